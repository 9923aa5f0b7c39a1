"""A table of a screen as a file, exactly as it is seen: the same columns, rows, order and words.

Not here: which rows and columns those are (the screen), or data to be taken in again
(``exchange``).
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from geodata.core.text import _, day
from geodata.outputs import sheets

_WIDTHS = (8, 48)  # characters


def csv_file(seen: pd.DataFrame) -> bytes:
    """Return a table as UTF-8 with BOM, so that Excel reads it; no cell starts a formula."""
    return sheets.csv_file(map(str, seen.columns), (map(_text, row) for row in _rows(seen)))


def workbook(seen: pd.DataFrame, title: str, facts: Sequence[str]) -> bytes:
    """Return a table as a workbook: numbers and days as such, all else text, never a formula.

    Parameters
    ----------
    seen : DataFrame
        The table as the screen shows it.
    title : str
        What it is a table of.
    facts : sequence of str
        Lines that belong above it: date, plan, data version, that it is simulated.
    """

    def fill(book: Any) -> None:
        sheet = book.add_worksheet(_("Table"))
        bold = book.add_format({"bold": True, "font_size": 13})
        looks = sheets.Looks(book)
        sheet.write_string(0, 0, title, bold)
        for at, fact in enumerate(facts, 1):
            sheet.write_string(at, 0, fact)
        top = len(facts) + 2
        for at, name in enumerate(seen.columns):
            sheet.write_string(top, at, str(name), looks.head)
            sheet.set_column(at, at, _width(str(name), seen.iloc[:, at]))
        for row, cells in enumerate(_rows(seen), top + 1):
            for at, cell in enumerate(cells):
                _put(sheet, (row, at), cell, looks)
        sheet.freeze_panes(top + 1, 1)
        sheets.for_paper(sheet)
        sheet.repeat_rows(top)
        if len(seen):
            sheet.autofilter(top, 0, top + len(seen), len(seen.columns) - 1)

    return sheets.workbook(fill)


def _rows(seen: pd.DataFrame) -> zip:  # type: ignore[type-arg]
    return zip(*(seen.iloc[:, at].astype(object) for at in range(seen.shape[1])), strict=True)


def _put(sheet: Any, place: tuple[int, int], cell: Any, looks: sheets.Looks) -> None:
    if pd.isna(cell):
        return
    if isinstance(cell, date):
        sheet.write_datetime(*place, cell, looks.day)
    elif isinstance(cell, str):
        sheet.write_string(*place, cell[: sheets.LONGEST], looks.text)
    else:
        sheet.write_number(*place, cell)


def _text(cell: Any) -> str:
    if pd.isna(cell):
        return ""
    return day(cell) if isinstance(cell, date) else str(cell)


def _width(name: str, cells: pd.Series) -> float:
    return sheets.width(name, map(_text, cells.head(sheets.LOOKED_AT)), _WIDTHS)
