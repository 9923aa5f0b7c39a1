"""The body of a table: its rows under the headers, without numbering, totals and signatures.

Not here: where the headers are (``headers``), or what is wrong in the rows.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from geodata.core.errors import DataError
from geodata.core.text import _
from geodata.intake.reading.grid import Grid, LeftOut, Part, Sheet, clean
from geodata.register import vocabulary
from geodata.register.sites import KINDS

# What a field sheet says of a visit before it was made; answers then are all “not checked”.
_BEFORE_A_VISIT = {"subject", "axis", "kind", "scope", "topic", "profile", "method", "answers"}
_SHOWN = 12  # rows named in a sentence
_ORDINAL = re.compile(r"\d{1,4}[.)]?")
_TOTAL = re.compile(r"t[oổ]ng\s+(c[oộ]ng|s[oố])\b|(t[oổ]ng|c[oộ]ng)\W*$", re.IGNORECASE)


def rows_under(
    grid: Grid, last: int, columns: Mapping[str, int], numbering: int | None = None
) -> tuple[dict[int, list[str]], tuple[LeftOut, ...]]:
    """Return the rows of a table by number, and what was left out.

    Parameters
    ----------
    grid
        The sheet.
    last
        The last row of the headers.
    columns
        Canonical column to its position, from 0.
    numbering
        The position of the column that numbers the rows, if there is one.
    """
    positions = list(columns.values())
    rows = {
        number: [clean(text) for text in row]
        for number, row in grid.rows.items()
        if number > last and any(row) and row != grid.rows[last]  # a header on a further page
    }
    first = next(iter(rows), 0)
    if first and _is_count(rows[first]):
        del rows[first]
    _fill_down(grid, rows)
    filled = {n: sum(1 for p in positions if p < len(row) and row[p]) for n, row in rows.items()}
    body = {number: row for number, row in rows.items() if filled[number]}
    ends = _end(body, filled, min(3, len(positions))), _last_of_a_kind(body, columns)
    end = max(*ends, _last_numbered(body, numbering))
    totals = [number for number in body if _is_total(body[number])]
    below = [number for number in body if number > end and number not in totals]
    beside = [number for number in rows if number not in body]
    gone = {*totals, *below}
    left_out = tuple(
        LeftOut(grid.name, Part.ROW, tuple(map(str, numbers)), reason)
        for numbers, reason in (
            (totals, _("The row adds up the others.")),
            (below, _("The row stands below the table.")),
            (beside, _("The row has nothing in the columns that are known.")),
        )
        if numbers
    )
    return {n: row for n, row in body.items() if n not in gone}, left_out


def refuse_shifted(body: Mapping[int, list[str]], width: int) -> None:
    """Refuse a text file with a row wider than the header: its cells stand in wrong columns."""
    for number, row in body.items():
        if len(row) > width:
            raise DataError(
                _(
                    "Row {row} has more cells than the header has columns; put cells that contain "
                    "the separator in quotation marks, or save the file as .xlsx."
                ).format(row=number)
            )


def sectioned(table: Sheet) -> Sheet:
    """Return a table of sites without the rows that head a section by its kind.

    “I. Khu công nghiệp” over the parks tells their kind where the column is blank.
    """
    cells = table.cells
    if "name_vi" not in cells or len(cells.columns) < 3:  # noqa: PLR2004
        return table
    alone = cells["name_vi"].notna() & (cells.drop(columns="name_vi").notna().sum(axis=1) == 0)
    titles = cells.loc[alone, "name_vi"].str.replace(r"^[IVX\d]+[.)\s]+", "", regex=True)
    kinds = titles.map(lambda text: vocabulary.value_of("kind", text)).astype("string")
    kinds = kinds[kinds.isin(KINDS)]
    if kinds.empty:
        return table
    kind_by_row = kinds.reindex(cells.index).ffill()
    cells = cells.assign(kind=cells["kind"].fillna(kind_by_row) if "kind" in cells else kind_by_row)
    note = _("The kind was taken from the headings between the rows where it was blank.")
    return replace(
        table.noting(note),
        cells=cells.drop(index=kinds.index),
        places={"kind": table.places["name_vi"], **table.places},
        headers={"kind": table.headers["name_vi"], **table.headers},
    )


def reported(table: Sheet) -> Sheet:
    """Return a sheet of visits without those that nobody reported on; other sheets as they are.

    A field sheet names site, kind of event and criteria before anybody went there. A row that
    says no more is no evidence, not even undated.
    """
    if table.kind != "evidence" or not table.name.startswith(vocabulary.FIELD_SHEET):
        return table
    with_report = table.cells.drop(columns=[*_BEFORE_A_VISIT & {*table.cells}]).notna().any(axis=1)
    if "answers" in table.cells:
        checked = table.cells["answers"].map(_checked, na_action="ignore")
        with_report |= checked.fillna(value=False).astype(bool)
    kept = replace(table, cells=table.cells[with_report])
    if not with_report.all():
        sentence = _("Visits without a report, left out: row {rows}.")
        kept = kept.noting(sentence.format(rows=_listed(~with_report)))
    undated = with_report & (
        table.cells["event_date"].isna() if "event_date" in table.cells else True
    )
    if undated.any():
        sentence = _(
            "Visits with a report but without a day: row {rows}. They would be grade D, kept but "
            "never counted; fill in the day."
        )
        kept = kept.noting(sentence.format(rows=_listed(undated)))
    return kept


def _checked(answers: str) -> bool:
    """Say whether answers tell of any criterion that was looked at."""
    canonical = vocabulary.value_of("answers", answers)
    return canonical is None or any(
        not part.endswith("=not_checked") for part in canonical.split(";")
    )


def _listed(rows: pd.Series) -> str:
    """Return the numbers of the first rows that are told of."""
    numbers = [str(row) for row in rows.index[rows.to_numpy()]]
    return ", ".join(numbers[:_SHOWN]) + (" …" if len(numbers) > _SHOWN else "")


def at(row: Sequence[str], position: int) -> str:
    """Return a cell of a row, empty beyond its end."""
    return row[position] if position < len(row) else ""


def _fill_down(grid: Grid, rows: dict[int, list[str]]) -> None:
    """Give every row of a vertically merged cell its text."""
    for span in grid.spans:
        text = at(rows.get(span.top, []), span.left)
        if text and span.bottom > span.top:
            for number in (n for n in _between(rows, span.top + 1, span.bottom)):
                row = rows[number]
                row += [""] * (span.left + 1 - len(row))
                row[span.left] = text


def _between(rows: Mapping[int, list[str]], first: int, last: int) -> Iterable[int]:
    """Return the numbers of existing rows in a range, without walking an endless one."""
    if last - first < len(rows):
        return [number for number in range(first, last + 1) if number in rows]
    return [number for number in rows if first <= number <= last]


def _end(body: Mapping[int, list[str]], filled: Mapping[int, int], full: int) -> int:
    """Return the last row before a gap after which no row is full: signatures stand there."""
    numbers = list(body)
    end = numbers[-1] if numbers else 0
    for place in range(len(numbers) - 1, 0, -1):
        if filled[numbers[place]] >= full:
            break
        if numbers[place] - numbers[place - 1] > 1:
            end = numbers[place - 1]
    return end


def _last_of_a_kind(body: Mapping[int, list[str]], columns: Mapping[str, int]) -> int:
    """Return the last row that says of which kind it is: no signature does."""
    if "kind" not in columns:
        return 0
    known = (n for n, row in body.items() if vocabulary.value_of("kind", at(row, columns["kind"])))
    return max(known, default=0)


def _last_numbered(body: Mapping[int, list[str]], numbering: int | None) -> int:
    """Return the last row that has a number of its own: no signature does."""
    if numbering is None:
        return 0
    return max((n for n, row in body.items() if _ORDINAL.fullmatch(at(row, numbering))), default=0)


def _is_count(row: list[str]) -> bool:
    """Say whether a row only numbers the columns, as forms do: (1), (2), (3)."""
    digits = [re.sub(r"\D", "", text) for text in row if text]
    return len(digits) > 2 and digits == [str(n + 1) for n in range(len(digits))]  # noqa: PLR2004


def _is_total(row: list[str]) -> bool:
    """Say whether a row adds up the others."""
    return bool(_TOTAL.match(next((text for text in row if text), "")))
