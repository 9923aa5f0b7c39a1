"""What all tables we write as files have alike: nothing is a formula, widths, drop-downs, paper.

Not here: what stands in them (``briefing.workbook``, ``field.workbook``, ``data``).
"""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import BytesIO, StringIO
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from geodata.core.text import _
from geodata.intake.reading.delimited import FORMULA, guarded
from geodata.reading.tokens import PANEL

LONGEST = 32_767  # characters in a cell, as Excel has it
LOOKED_AT = 200  # rows that tell how wide a column is
COMMANDS = ("=", "+", "-", "@", "\t")  # with which a text would be a formula
DAY = "dd/mm/yyyy"
_A4, _A3 = 9, 8
_PRINTED = {_A4: 1046, _A3: 1511}  # pixels of a page on its side, between margins of 0,4 inches
_LEAST = 0.8  # of their size are letters of 10 points still 8
_MARGIN = 235  # letters of a page's margin, with room for its own commands
_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}


def workbook(fill: Callable[[Any], None], options: Mapping[str, Any] | None = None) -> bytes:
    """Return the workbook that a function fills; texts in it are never formulas or links."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {**_TEXT, **(options or {})})
    fill(book)
    book.close()
    return out.getvalue()


def csv_file(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """Return a table as UTF-8 with BOM, so that Excel reads it; no cell starts a formula."""
    out = StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerows([guarded(cell) for cell in row] for row in (heads, *rows))
    return out.getvalue().encode("utf-8-sig")


def csv_columns(heads: Sequence[str], columns: Sequence[pa.Array | pa.ChunkedArray]) -> bytes:
    """Return the table of `csv_file` from columns of text, in a fraction of the time."""
    texts = [_quoted(_guarded(column.fill_null(""))) for column in columns]
    lines = _joined(*texts, by=",").to_pylist()
    return csv_file(heads, []) + "".join(f"{line}\r\n" for line in lines).encode()


def _guarded(texts: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    if pc.any(pc.match_substring_regex(texts, f"^(?:{FORMULA.pattern})")).as_py():
        return pa.array([guarded(text) for text in texts.to_pylist()], pa.large_string())
    return texts


def _quoted(texts: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    unclear = pc.match_substring_regex(texts, '[,"\r\n]')
    if not pc.any(unclear).as_py():
        return texts
    whole = _joined('"', pc.replace_substring(texts, '"', '""'), '"')
    return pc.if_else(unclear, whole, texts)


def _joined(*parts: Any, by: str = "") -> pa.Array | pa.ChunkedArray:
    """Return columns and texts joined row by row."""
    kind = pa.large_string()
    given = [pa.scalar(part, kind) if isinstance(part, str) else part for part in (*parts, by)]
    return pc.binary_join_element_wise(*given)


class Looks:
    """How cells look: heads, days and text."""

    def __init__(self, book: Any) -> None:
        head = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}
        self.head = book.add_format({**head, "bg_color": PANEL})
        self.day = book.add_format({"num_format": DAY, "align": "left"})
        self.text = book.add_format({"num_format": "@"})


class Lists:
    """A hidden sheet with the terms that drop-downs offer."""

    def __init__(self, book: Any, name: str) -> None:
        self._sheet, self._name = book.add_worksheet(name), name
        self._sheet.hide()
        self._columns = 0

    def offer(
        self, sheet: Any, at: int, rows: tuple[int, int], terms: list[str], **how: str
    ) -> None:
        """Offer terms in the first to last of some rows of a column."""
        self._sheet.write_column(0, self._columns, terms)
        letter = xl_col_to_name(self._columns)
        self._columns += 1
        rule = {
            "validate": "list",
            "source": f"={self._name}!${letter}$1:${letter}${len(terms)}",
            "error_title": _("Choose from the list"),
            "error_message": _("Choose one of the terms of the list."),
        }
        sheet.data_validation(rows[0], at, rows[1], at, rule | how)


def width(head: str, texts: Iterable[str], bounds: tuple[float, float]) -> float:
    """Return how many characters wide a column is shown: as its texts and header need."""
    widest = max(map(len, texts), default=0)
    least, most = bounds
    return min(most, max(least, widest + 2, *(len(word) + 2 for word in head.split())))


def for_paper(sheet: Any, widths: Iterable[float] = (), pages: int = 0) -> None:
    """Make a sheet as wide as a page when printed, for those who check on paper.

    Where A4 would bring letters of 10 points below 8, the page is A3.

    Parameters
    ----------
    sheet : Worksheet
        The sheet.
    widths : iterable of float
        Those of its columns that are printed, in characters.
    pages : int
        How many pages high it is; 0 for as many as it needs.
    """
    wide = sum(pixels(width) for width in widths)
    sheet.set_landscape()
    sheet.set_paper(_A4 if wide * _LEAST <= _PRINTED[_A4] else _A3)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.fit_to_pages(1, pages)


def pixels(width: float) -> int:
    """Return how many pixels wide a column of some characters is, as workbooks come."""
    return int(width * 7 + 5)


def in_margin(text: str) -> str:
    """Return a text fit for a page's margin, where an ampersand commands and 255 letters fit."""
    cut = text.replace("\n", " ").replace("&", "&&")[:_MARGIN]
    return cut[:-1] if (len(cut) - len(cut.rstrip("&"))) % 2 else cut  # half an ampersand
