"""Columns of days: in which order day and month stand, and days that can hardly be.

Where a cell shows that the month stands first, one answer decides for its column. Not here: one
text as a day (``days``).
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial

import numpy as np
import pandas as pd

from geodata.core.text import N_, _, day, number
from geodata.intake.judging import cells, days
from geodata.intake.judging.cells import Cell, Choice, Level, Remark
from geodata.intake.judging.rows import COLUMN, Rows

ORDER_RULE = N_("The day stands before the month")
FAR_RULE = N_("A day far from today is confirmed by a person")

DAY_FIRST, MONTH_FIRST = "dmy", "mdy"
"""The order of a column; also the answers to the question which one it is."""
EARLIEST = date(1950, 1, 1)

_NAMED = 3  # cells in a sentence


def read(rows: Rows, column: str, *, keeps_words: bool = False) -> pd.Series:
    """Read a column of days in place; return what was said in it in place of one day.

    Parameters
    ----------
    rows : Rows
        Changed in place.
    column : str
        Of days.
    keeps_words : bool
        Whether there is a column for the words, so that of several days the first will do.
    """
    periods = pd.Series(pd.NA, index=rows.table.index, dtype="string")
    sheets = np.array(rows.sheets, dtype=object)
    for sheet in dict.fromkeys(rows.sheets):
        places = np.flatnonzero(sheets == sheet)
        texts = rows.table[column].iloc[places]
        order = rows.decided.get((sheet, column), "")
        reader = partial(days.read_day, month_first=order == MONTH_FIRST)
        one: Callable[[str], Cell] = reader if keeps_words else partial(_one_day, reader)
        plain, words, remarks = cells.column_of(texts, one, days.DAY_RULE)
        shown = {text: days.order_of(text) for text in texts.dropna().unique()}
        if order == MONTH_FIRST:
            remarks += _turned(texts, plain, shown)
        elif not order and (question := _question(texts, shown)):
            turned = {at for at, text in enumerate(texts) if shown.get(text) == MONTH_FIRST}
            remarks = [question, *(r for r in remarks if r.at not in turned)]
        rows.say(remarks, places)
        rows.table.loc[plain.index, column] = plain
        periods[words.index] = words
    return periods


def _one_day(reader: Callable[[str], Cell], text: str) -> Cell:
    """Read one day where no words can be kept: several are none, and a year alone is of no use."""
    cell = reader(text)
    if cell.text is None and cell.suggestion.isdecimal():
        return cell._replace(suggestion="")
    if cell.text is None or cell.period is None:
        return cell
    message = _("“{value}” names several days; write one.").format(value=text)
    return Cell(None, message, day(date.fromisoformat(cell.text)))


def _question(texts: pd.Series, shown: Mapping[str, str]) -> Remark | None:
    """Return the question about a column in which a cell shows the month first, if it matters.

    It does where other cells can be read both ways, or nothing shows that the day stands first.
    """
    orders = np.array([shown.get(text, "") for text in texts], dtype=object)
    (turned,), (unsure,) = (np.nonzero(orders == order) for order in (MONTH_FIRST, "open"))
    if not len(turned) or not (len(unsure) or DAY_FIRST not in orders):
        return None
    first = int(turned[0])
    asked = [str(texts.iloc[at]) for at in (first, *unsure[:1].tolist())]
    labels = []
    for order, name in ((MONTH_FIRST, _("month/day/year")), (DAY_FIRST, _("day/month/year"))):
        read_so = [days.read_day(text, month_first=order == MONTH_FIRST).text for text in asked]
        pairs = (
            _("“{value}” is {day}").format(value=text, day=day(date.fromisoformat(iso)))
            if iso
            else _("“{value}” is no day").format(value=text)
            for text, iso in zip(asked, read_so, strict=True)
        )
        labels.append(Choice(COLUMN + order, f"{name}: {', '.join(pairs)}"))
    message = _(
        "“{value}” is a day only with the month first; choose the order for the whole column "
        "({n} cells)."
    )
    sentence = message.format(value=asked[0], n=number(len(turned) + len(unsure)))
    column = str(texts.name)
    details = (ORDER_RULE, sentence, "", Level.QUESTION, tuple(labels))
    return Remark(first, column, asked[0], *details)


def _turned(texts: pd.Series, plain: pd.Series, shown: Mapping[str, str]) -> list[Remark]:
    """Return the notice about the cells that were read with the month first."""
    differs = np.array([shown.get(text) in {MONTH_FIRST, "open"} for text in texts], dtype=bool)
    at = np.flatnonzero(differs & plain.notna().to_numpy())
    if not len(at):
        return []
    pairs = [
        f"“{texts.iloc[one]}” → {day(date.fromisoformat(plain.iloc[one]))}" for one in at[:_NAMED]
    ]
    listed = ", ".join([*pairs, *(["…"] if len(at) > _NAMED else [])])
    message = _("Read with the month first ({n} cells): {values}.")
    sentence = message.format(n=number(len(at)), values=listed)
    value = str(texts.iloc[at[0]])
    return [Remark(int(at[0]), str(texts.name), value, ORDER_RULE, sentence, level=Level.NOTICE)]


def ask_far(rows: Rows, known: pd.DataFrame, columns: Iterable[str], latest: date | None) -> None:
    """Ask about days long ago or yet to come, unless a person confirmed them.

    What is known of the record already is not asked again.

    Parameters
    ----------
    rows : Rows
        Days in ISO form.
    known : DataFrame
        Text, indexed by id.
    columns : iterable of str
        Of days.
    latest : date, optional
        The last day that is taken without a question; without it any later day is.
    """
    ids = rows.table["id"].fillna("").to_numpy(dtype=object)
    for column in columns:
        texts = rows.table[column].fillna("").to_numpy(dtype=object)
        before = known[column].reindex(ids).fillna("").to_numpy(dtype=object)
        far = (texts != "") & (texts < EARLIEST.isoformat())
        if latest is not None:
            far |= texts > latest.isoformat()
        for at in np.flatnonzero(far & (texts != before)).tolist():
            if (at, column) not in rows.answered:
                rows.say([_far(at, column, str(texts[at]))])


def _far(at: int, column: str, iso: str) -> Remark:
    named = day(date.fromisoformat(iso))
    message = _("“{value}” lies in the future; is that day right?")
    if iso < EARLIEST.isoformat():
        message = _("“{value}” lies before {year}; is that day right?")
    sentence = message.format(value=named, year=EARLIEST.year)
    keep = Choice(iso, _("yes, {value} is right").format(value=named))
    details = (FAR_RULE, sentence, "", Level.QUESTION, (keep, Choice("", _("no, leave it out"))))
    return Remark(at, column, named, *details)
