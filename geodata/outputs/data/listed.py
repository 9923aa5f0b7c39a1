"""A table of a screen as a file, exactly as it is seen: the same columns, rows, order and words.

Not here: which rows and columns those are (the screen), or data to be taken in again
(``exchange``).
"""

import csv
from collections.abc import Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import pandas as pd
import xlsxwriter

from geodata.core.text import _, day
from geodata.intake.reading.delimited import guarded

_WIDTHS = (8, 48)  # characters
_LOOKED_AT = 200  # rows that tell how wide a column is
_LONGEST = 32_767  # characters in a cell, as Excel has it
_SHEET = 31


def csv_file(seen: pd.DataFrame) -> bytes:
    """Return a table as UTF-8 with BOM, so that Excel reads it; no cell starts a formula."""
    out = StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow([guarded(str(name)) for name in seen.columns])
    lines.writerows([guarded(_text(cell)) for cell in row] for row in _rows(seen))
    return out.getvalue().encode("utf-8-sig")


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
    out = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(_("Table")[:_SHEET])
        bold = book.add_format({"bold": True, "font_size": 13})
        head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#EEF2F6"}
        )
        days = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
        sheet.write_string(0, 0, title, bold)
        for at, fact in enumerate(facts, 1):
            sheet.write_string(at, 0, fact)
        top = len(facts) + 2
        for at, name in enumerate(seen.columns):
            sheet.write_string(top, at, str(name), head)
            sheet.set_column(at, at, _width(str(name), seen.iloc[:, at]))
        for row, cells in enumerate(_rows(seen), top + 1):
            for at, cell in enumerate(cells):
                _put(sheet, (row, at), cell, days)
        sheet.freeze_panes(top + 1, 1)
        if len(seen):
            sheet.autofilter(top, 0, top + len(seen), len(seen.columns) - 1)
    return out.getvalue()


def _rows(seen: pd.DataFrame) -> zip:  # type: ignore[type-arg]
    return zip(*(seen.iloc[:, at].astype(object) for at in range(seen.shape[1])), strict=True)


def _put(sheet: Any, place: tuple[int, int], cell: Any, days: Any) -> None:
    if pd.isna(cell):
        return
    if isinstance(cell, date):
        sheet.write_datetime(*place, cell, days)
    elif isinstance(cell, str):
        sheet.write_string(*place, cell[:_LONGEST])
    else:
        sheet.write_number(*place, cell)


def _text(cell: Any) -> str:
    if pd.isna(cell):
        return ""
    return day(cell) if isinstance(cell, date) else str(cell)


def _width(name: str, cells: pd.Series) -> float:
    longest = max((len(_text(cell)) for cell in cells.head(_LOOKED_AT)), default=0)
    return min(_WIDTHS[1], max(_WIDTHS[0], longest + 2, *(len(w) + 2 for w in name.split())))
