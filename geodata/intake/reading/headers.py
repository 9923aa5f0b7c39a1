"""Finding the table in a sheet or layer: its header rows under titles, and its columns.

Not here: the words (``vocabulary``), the rows below (``body``), or how a file becomes a grid.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import pandas as pd

from geodata.core.errors import DataError
from geodata.core.text import _
from geodata.intake.reading.body import at, refuse_shifted, reported, rows_under, sectioned
from geodata.intake.reading.grid import (
    COLUMNS,
    Grid,
    LeftOut,
    Part,
    Sheet,
    Type,
    clean,
    letter,
)
from geodata.register import vocabulary

SEARCHED = 30  # rows in which the headers have to be

_FEWEST = 2  # texts of a row that can be a header
_STATES_UNIT = re.compile(r"\W*(ĐVT|đơn vị tính|đơn vị|unit)\b", re.IGNORECASE)
_LONGEST = 300  # characters of a header; the longest texts are no names of columns

Header = tuple[str, ...]
"""What stands over one column, from top to bottom: ``("Tọa độ", "X")``."""


@dataclass(frozen=True)
class Columns:
    """Which column is which in a table of one kind: canonical column to its position."""

    kind: str = ""
    positions: Mapping[str, int] = field(default_factory=dict)
    twins: tuple[tuple[int, int], ...] = ()


class HeaderRows(NamedTuple):
    """The header rows of a table: the first and the last, which column is which, the headers."""

    first: int
    last: int
    columns: Columns
    headers: list[Header]


# A table is of a kind if it has one column of each group at least; whole pairs count.
_NEEDED: Mapping[str, tuple[tuple[frozenset[str], ...], ...]] = {
    "sites": (
        (frozenset({"id"}), frozenset({"name_vi"})),
        (
            *(frozenset({c}) for c in ("kind", "position", "commune", "district", "lifecycle")),
            *(frozenset({c}) for c in ("district_legacy", "commune_legacy", "commune_2025")),
            *(frozenset({c}) for c in ("decision", "operator", "area_ha")),
            frozenset({"lat", "lon"}),
            frozenset({"vn2000_x", "vn2000_y"}),
        ),
    ),
    "evidence": (
        (frozenset({"subject"}),),
        (frozenset({"axis"}), frozenset({"kind"}), frozenset({"event_date"})),
    ),
    "declarations": (
        (frozenset({"plant"}), frozenset({"sector"})),
        (frozenset({"consumption"}), frozenset({"output"})),
    ),
}


def recognised(headers: Sequence[Header]) -> Columns:
    """Return the kind of table that headers speak of, and which column is which.

    Of two headers that mean one column the more exact is taken; equally exact ones are twins.
    """
    candidates = [_columns(kind, headers) for kind in vocabulary.HEADERS]
    fitting = [columns for columns in candidates if _is_whole(columns)]
    return max(fitting, key=lambda columns: len(columns.positions), default=Columns())


def sheet(grid: Grid) -> Sheet | None:
    """Return the first table that stands on a sheet, None if no header row is in it."""
    return next(iter(tables(grid)), None)


def tables(grid: Grid) -> list[Sheet]:
    """Return the tables that stand on a sheet one below another; none if no header row is in it.

    Raises
    ------
    DataError
        If two columns of a table have the same header.
    """
    head = _header(grid)
    if not head.columns.kind:
        return []
    cut = _next_header(grid, head)
    here = {n: row for n, row in grid.rows.items() if not cut or n < cut}
    below = {n: row for n, row in grid.rows.items() if cut and n >= cut}
    first = _table(replace(grid, rows=here), head)
    return [first, *tables(replace(grid, rows=below))] if below else [first]


def _table(grid: Grid, head: HeaderRows) -> Sheet:
    """Return the one table under its header rows."""
    columns, headers = head.columns, head.headers
    for one, other in columns.twins:
        raise _doubled((letter(one), letter(other)), headers[other])
    numbering = next((c for c, h in enumerate(headers) if vocabulary.is_aside(_joined(h))), None)
    body, left_out = rows_under(grid, head.last, columns.positions, numbering)
    if not grid.name:
        refuse_shifted(body, len(headers))
    wanted = set(columns.positions.values())
    unknown = _spare(headers, wanted)
    cells, types = _laid_out(grid, body, columns.positions)
    spare, spare_types = _laid_out(grid, body, unknown)
    places = {column: letter(position) for column, position in columns.positions.items()}
    written = {column: _joined(headers[position]) for column, position in columns.positions.items()}
    ignored = tuple(_joined(h) for c, h in enumerate(headers) if c not in wanted and any(h))
    titles = {n: row for n, row in grid.rows.items() if n < head.first and any(row)}
    whole = Sheet(
        *(grid.name, columns.kind, cells, places, written, ignored, ()),
        types=types,
        left_out=(*left_out, *_aside(grid, titles, unknown, _nameless(headers, wanted, body))),
        spare=spare,
        spare_types=spare_types,
        units=_units(written, titles),
    )
    return sectioned(whole) if whole.kind == "sites" else reported(whole)


def _aside(
    grid: Grid,
    titles: Mapping[int, list[str]],
    unknown: Mapping[str, int],
    nameless: tuple[str, ...],
) -> Iterator[LeftOut]:
    """Yield the rows above a table, and its columns that nobody recognised or that have no name."""
    named = tuple(f"{header} ({letter(position)})" for header, position in unknown.items())
    for part, items, reason in (
        (Part.ROW, tuple(map(str, titles)), _("The row stands above the table.")),
        (Part.COLUMN, named, _("The column is not known.")),
        (Part.COLUMN, nameless, _("The column has no header.")),
    ):
        if items:
            yield LeftOut(grid.name, part, items, reason)


def _units(headers: Mapping[str, str], titles: Mapping[int, list[str]]) -> dict[str, str]:
    """Return the units that headers name, or else a line above the table: ``ĐVT: nghìn m2``."""
    texts = (text for row in titles.values() for text in row if _STATES_UNIT.match(text))
    stated = next(filter(None, map(vocabulary.unit_of, texts)), "")
    units = {column: vocabulary.unit_of(header) for column, header in headers.items()}
    if "area_ha" in units and stated:
        units["area_ha"] = units["area_ha"] or stated
    return {column: unit for column, unit in units.items() if unit}


def _next_header(grid: Grid, head: HeaderRows) -> int:
    """Return where the next table of a sheet begins, 0 if there is none.

    A header stands below a gap or a title; the same header once more heads a further page.
    """
    numbers = [n for n, row in grid.rows.items() if n > head.last and any(row)]
    start, before = 0, head.last
    for number in numbers:
        row = grid.rows[number]
        alone = sum(1 for text in row if text) < _FEWEST
        if alone:
            start = start or number
        elif start or number - before > 1:
            if recognised(_stacked([row])).kind and row != grid.rows[head.last]:
                return start or number
            start = 0
        before = number
    return 0


def unrecognised(grid: Grid) -> Sheet | None:
    """Return a table whose columns nobody recognised, all of them spare, None if there is none.

    Its header is the row, among the first, with the most texts over the most rows.
    """
    lines = {number: row for number, row in list(grid.rows.items())[:SEARCHED] if any(row)}
    widths = {number: sum(1 for text in row if text) for number, row in lines.items()}
    last = max(widths, key=lambda number: (widths[number], -number), default=0)
    body = {
        number: [clean(text) for text in row]
        for number, row in grid.rows.items()
        if number > last and any(row)
    }
    if not body or widths[last] < _FEWEST:
        return None
    headers = [(clean(text),) if text else () for text in lines[last]]
    spare, types = _laid_out(grid, body, _spare(headers, set()))
    nothing = pd.DataFrame(index=spare.index)
    return Sheet(grid.name, "", nothing, {}, {}, (), (), spare=spare, spare_types=types)


def _spare(headers: Sequence[Header], wanted: set[int]) -> dict[str, int]:
    """Return the columns that nobody recognised, by header; numbers of rows are none."""
    unknown: dict[str, int] = {}
    for position, header in enumerate(headers):
        name = _joined(header)
        if position not in wanted and name and not vocabulary.is_aside(name):
            unknown[f"{name} {letter(position)}" if name in unknown else name] = position
    return unknown


def _nameless(
    headers: Sequence[Header], wanted: set[int], body: Mapping[int, list[str]]
) -> tuple[str, ...]:
    """Return the letters of columns that hold something under no header."""
    filled = {at for row in body.values() for at, text in enumerate(row) if text}
    named = wanted | {at for at, header in enumerate(headers) if any(header)}
    return tuple(map(letter, sorted(filled - named)))


def _laid_out(
    grid: Grid, body: Mapping[int, list[str]], positions: Mapping[str, int]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return columns of the body as text, and the types of their cells."""
    index = pd.Index(list(body), dtype="int64")
    width = max(positions.values(), default=-1) + 1
    rows = [row + [""] * (width - len(row)) for row in body.values()]
    cells = {c: _text(row[position] for row in rows) for c, position in positions.items()}
    untyped = Type.UNTYPED * width
    letters = [grid.types.get(number, "") + untyped for number in body]
    types = {c: [of_row[position] for of_row in letters] for c, position in positions.items()}
    return pd.DataFrame(cells, index=index), pd.DataFrame(types, index=index, dtype=object)


def layer(
    name: str,
    fields: Mapping[str, list[str]],
    kept: Mapping[str, list[str]],
    types: Mapping[str, Sequence[str]],
    kept_types: Mapping[str, Sequence[str]],
) -> Sheet | None:
    """Return a layer of features as a table, None if it is none of ours.

    Parameters
    ----------
    name
        Of the layer.
    fields
        Attributes by the name of their field, as text, empty where blank.
    kept
        Canonical columns made from the geometry; a field of the same meaning gives way.
    types, kept_types
        The `Type` of each of them, by the same names.

    Raises
    ------
    DataError
        If two fields mean the same.
    """
    names = list(fields)
    columns = recognised([*((column,) for column in kept), *((field,) for field in names)])
    if not columns.kind:
        return None
    for one, other in columns.twins:
        if one >= len(kept):
            pair = (names[one - len(kept)], names[other - len(kept)])
            raise _doubled(pair, (pair[1],))
    made = [*kept, *names]
    values = [*kept.values(), *fields.values()]
    cells = pd.DataFrame(
        {column: _text(map(clean, values[place])) for column, place in columns.positions.items()}
    )
    cells.index = pd.RangeIndex(1, len(cells) + 1)
    places = {column: made[place] for column, place in columns.positions.items()}
    used = set(columns.positions.values())
    spare_fields = (field for at, field in enumerate(names, len(kept)) if at not in used)
    ignored = tuple(field for field in spare_fields if not vocabulary.is_aside(field))
    filled = cells[cells.notna().any(axis=1)]
    left_out = _unused(name, columns.kind, ignored)
    if blank := [str(number) for number in cells.index[~cells.index.isin(filled.index)]]:
        left_out.append(LeftOut(name, Part.FEATURE, tuple(blank), _("Nothing is known of it.")))
    made_types = [*(kept_types[column] for column in kept), *(types[field] for field in names)]
    letters = {column: list(made_types[place]) for column, place in columns.positions.items()}
    spare = pd.DataFrame({field: _text(map(clean, fields[field])) for field in ignored})
    spare_types = pd.DataFrame({field: list(types[field]) for field in ignored}, dtype=object)
    return Sheet(
        *(name, columns.kind, filled, places, dict(places), ignored, ()),
        types=pd.DataFrame(letters, index=cells.index, dtype=object).loc[filled.index],
        left_out=tuple(left_out),
        spare=spare.reindex(filled.index - 1).set_axis(filled.index),
        spare_types=spare_types.reindex(filled.index - 1).set_axis(filled.index),
        units=_units(places, {}),
        is_layer=True,
    )


def _unused(name: str, kind: str, fields: tuple[str, ...]) -> list[LeftOut]:
    """Return the fields of a layer that are no column of its table, by why they are not."""
    twice = tuple(field for field in fields if _meaning(kind, (field,)))
    reasons = (
        (tuple(field for field in fields if field not in twice), _("The column is not known.")),
        (twice, _("The position drawn, or another column, says the same more exactly.")),
    )
    return [LeftOut(name, Part.COLUMN, items, reason) for items, reason in reasons if items]


def score(rows: Mapping[int, list[str]]) -> tuple[int, int]:
    """Return how well a reading of a file's first rows fits: columns recognised, then width."""
    width = max((len(row) for row in rows.values()), default=0)
    if width > COLUMNS:
        return 0, width
    return len(_header(Grid("", dict(rows))).columns.positions), width


def _columns(kind: str, headers: Sequence[Header]) -> Columns:
    """Return which column is which, if the table is of a kind."""
    best: dict[str, tuple[int, int]] = {}
    twins: dict[str, tuple[int, int]] = {}
    for position, header in enumerate(headers):
        meaning = _meaning(kind, header)
        if meaning is None:
            continue
        rank, earlier = best.get(meaning.column, (None, 0))
        if rank == meaning.rank:
            twins[meaning.column] = (earlier, position)
        if rank is None or meaning.rank < rank:
            best[meaning.column] = (meaning.rank, position)
            twins.pop(meaning.column, None)
    positions = {column: position for column, (_rank, position) in best.items()}
    return Columns(kind, positions, tuple(twins.values()))


def _meaning(kind: str, header: Header) -> vocabulary.Meaning | None:
    """Return what a header means: all its lines together, or else the lowest."""
    if not header or sum(map(len, header)) > _LONGEST:
        return None
    whole = vocabulary.meaning_of(kind, " ".join(header))
    return whole or vocabulary.meaning_of(kind, header[-1])


def _is_whole(columns: Columns) -> bool:
    """Say whether a table has what its kind needs."""
    have = set(columns.positions)
    return all(any(choice <= have for choice in group) for group in _NEEDED[columns.kind])


def _header(grid: Grid) -> HeaderRows:
    """Return the rows of the headers, which column is which, and the headers."""
    lines = {number: row for number, row in list(grid.rows.items())[:SEARCHED] if any(row)}
    wide, narrow = _spread(grid, lines, wide=True), _spread(grid, lines, wide=False)
    best = HeaderRows(0, 0, Columns(), [])
    numbers = list(lines)
    for height in (1, 2, 3):
        for first in range(len(numbers) - height + 1):
            source = wide if height > 1 else narrow
            stack = [source[n] for n in numbers[first : first + height]]
            headers = _stacked(stack)
            columns = recognised(headers)
            # Of equals, those under a heading of several columns are told together with it.
            better = len(columns.positions) - len(best.columns.positions)
            grouped = better == 0 and height > 1 and _is_group(grid, numbers[first], len(headers))
            last = numbers[first + height - 1]
            if better > 0 or (grouped and last == best.last):
                best = HeaderRows(numbers[first], last, columns, headers)
    return best


def _is_group(grid: Grid, row: int, width: int) -> bool:
    """Say whether a row has a cell merged over some, not all, of the columns: no title."""
    spans = (span for span in grid.spans if span.bottom == row)
    return any(0 < span.right - span.left < width - 1 for span in spans)


def _spread(grid: Grid, lines: Mapping[int, list[str]], *, wide: bool) -> dict[int, list[str]]:
    """Return the first rows with the text of merged cells in all they cover.

    To the right only if wide, and only over further headers: a wide cell alone is one column.
    """
    spread = {number: list(row) for number, row in lines.items()}
    for span in grid.spans:
        text = at(lines.get(span.top, []), span.left)
        over = any(lines.get(span.bottom + 1, [])[span.left + 1 : span.right + 1])
        right = span.right if wide and over else span.left
        for number in range(span.top, min(span.bottom, span.top + SEARCHED) + 1):
            if text and number in spread:
                row = spread[number]
                row += [""] * (right + 1 - len(row))
                row[span.left : right + 1] = [text] * (right + 1 - span.left)
    return spread


def _stacked(stack: Sequence[list[str]]) -> list[Header]:
    """Return the headers that some rows make together, each text once a column."""
    width = max(len(row) for row in stack)
    columns = ([clean(at(row, c)) for row in stack] for c in range(width))
    return [tuple(dict.fromkeys(text for text in column if text)) for column in columns]


def _doubled(places: tuple[str, str], header: Header) -> DataError:
    """Return the sentence for two columns that say they are the same."""
    return DataError(
        _(
            "Columns {one} and {other} have the same meaning, “{header}”; keep one of them and "
            "try again."
        ).format(one=places[0], other=places[1], header=_joined(header))
    )


def _joined(header: Header) -> str:
    """Return a header as written, its lines joined."""
    return " ".join(" ".join(header).split())


def _text(values: Iterable[str]) -> pd.api.extensions.ExtensionArray:
    """Return values as a column of text, missing where blank."""
    return pd.array([value or None for value in values], dtype="string")
