"""Excel workbooks (XLSX) as grids of text, read as a stream: what a cell shows, never a formula.

Not here: which of the rows are a table (``headers``), or opening the archive (``archive``).
"""

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from geodata.core.errors import DataError
from geodata.core.text import _
from geodata.intake.reading import markup
from geodata.intake.reading.archive import damaged
from geodata.intake.reading.grid import COLUMNS, ROWS, Grid, Size, Span, letter

SHEETS = 50
SPANS = 20_000
STRINGS = 1_000_000
FORMATS = 70_000  # Excel itself stops at 65,490 styles
LONGEST = 32_767  # characters of a cell, Excel's own limit
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def grids(archive: zipfile.ZipFile, name: str, progress: Callable[[float], None]) -> Iterator[Grid]:
    """Yield the visible sheets of a workbook as text.

    Dates come as ISO text, numbers as plain digits with a decimal point, booleans as yes and no.

    Parameters
    ----------
    archive
        The opened file.
    name
        Of the file, for the sentences.
    progress
        Called with the share of sheets done.

    Raises
    ------
    DataError
        If it has macros or formulas, is too large, or is damaged.
    """
    names = archive.namelist()
    if any(n.lower().endswith("vbaproject.bin") or "macrosheets/" in n.lower() for n in names):
        raise DataError(
            _("“{name}” contains macros; save it as .xlsx (without macros) and try again.").format(
                name=name
            )
        )
    try:
        book = _Book()
        _read(archive, "xl/workbook.xml", book, name)
        _read(archive, "xl/_rels/workbook.xml.rels", book, name)
        _read(archive, "xl/styles.xml", book, name)
        strings = _Strings()
        _read(archive, "xl/sharedStrings.xml", strings, name)
        size = Size()
        for at, (title, path) in enumerate(book.sheets()):
            progress(at / len(book.titles))
            sheet = _Sheet(title, book, strings.all, size)
            _read(archive, path, sheet, name)
            yield Grid(title, sheet.rows, tuple(sheet.spans))
    except (KeyError, ValueError, IndexError, OverflowError) as error:
        raise damaged(name) from error


def _read(archive: zipfile.ZipFile, path: str, handler: markup.Handler, name: str) -> None:
    """Read one part of the workbook, if it has it."""
    if path in archive.namelist():
        with archive.open(path) as source:
            markup.walk(source, handler, name)


class _Book:
    """Which sheets there are and where, which styles are dates, and since when days count."""

    def __init__(self) -> None:
        self.titles: dict[str, str] = {}
        self.targets: dict[str, str] = {}
        self.formats: dict[int, str] = {}
        self.dates: set[int] = set()
        self.epoch = CALENDAR_WINDOWS_1900
        self._styles = -1

    def sheets(self) -> Iterator[tuple[str, str]]:
        """Yield name and path of the sheets a person sees."""
        for key, title in self.titles.items():
            if key in self.targets:
                yield title, posixpath.normpath(posixpath.join("/xl", self.targets[key]))[1:]

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet" and attributes.get("state", "visible") == "visible":
            key = next(value for n, value in attributes.items() if n.rpartition(":")[2] == "id")
            self.titles[key] = attributes["name"]
        elif name == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            self.epoch = CALENDAR_MAC_1904
        elif name == "Relationship" and attributes["Type"].endswith("/worksheet"):
            self.targets[attributes["Id"]] = attributes["Target"]
        elif name == "numFmt" and "formatCode" in attributes:
            self.formats[int(attributes["numFmtId"])] = attributes["formatCode"]
        elif name == "cellXfs":
            self._styles = 0
        elif name == "xf" and self._styles >= 0:
            if self._is_day(int(attributes.get("numFmtId", "0"))):
                self.dates.add(self._styles)
            self._styles += 1
        if max(len(self.titles), len(self.targets)) > SHEETS or len(self.formats) > FORMATS:
            raise ValueError(name)

    def text(self, text: str) -> None:
        """Take nothing: all is in attributes."""

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._styles = -1

    def _is_day(self, number_format: int) -> bool:
        code = self.formats.get(number_format) or BUILTIN_FORMATS.get(number_format, "")
        return bool(code) and is_date_format(code) and not is_timedelta_format(code)


class _Strings:
    """The table of texts that cells point to."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._parts: list[str] = []
        self._inside = False
        self._aside = False  # readings aids for East Asian letters, no part of the text

    def start(self, name: str, _attributes: Mapping[str, str]) -> None:
        if name == "t":
            self._inside = not self._aside
        elif name == "si":
            self._parts = []
        elif name == "rPh":
            self._aside = True

    def text(self, text: str) -> None:
        if self._inside:
            self._parts.append(text)

    def end(self, name: str) -> None:
        if name == "t":
            self._inside = False
        elif name == "rPh":
            self._aside = False
        elif name == "si":
            self.all.append(_whole(self._parts))
            if len(self.all) > STRINGS:
                raise ValueError(name)


class _Sheet:
    """The cells of one sheet that hold something, and the merged ones."""

    def __init__(self, title: str, book: _Book, strings: list[str], size: Size) -> None:
        self.rows: dict[int, list[str]] = {}
        self.spans: list[Span] = []
        self._title, self._size = title, size
        self._strings, self._dates, self._epoch = strings, book.dates, book.epoch
        self._row = self._column = 0  # the row counts from 1, the column from 0
        self._type, self._style = "n", 0
        self._parts: list[str] = []
        self._in_cell = self._inside = self._aside = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            at = attributes.get("r")
            self._column = _position(at.rstrip("0123456789")) if at else self._column + 1
            self._type, self._style = attributes.get("t", "n"), int(attributes.get("s", "0"))
            self._parts = []
            self._in_cell = True
        elif name == "mergeCell":
            self._merge(attributes["ref"])
        elif not self._in_cell:
            if name == "row":
                self._row = int(attributes["r"]) if "r" in attributes else self._row + 1
                self._column = -1
        elif name in ("v", "t"):
            self._inside = not self._aside
        elif name == "f":
            raise _formula(self._title, f"{letter(self._column)}{self._row}")
        elif name == "rPh":
            self._aside = True

    def text(self, text: str) -> None:
        if self._inside:
            self._parts.append(text)

    def end(self, name: str) -> None:
        if name == "c":
            self._in_cell = False
            if self._parts:
                self._put(self._value(_whole(self._parts)))
        elif name in ("v", "t"):
            self._inside = False
        elif name == "rPh":
            self._aside = False

    def _put(self, text: str) -> None:
        """Keep the text of the cell."""
        if not text or text.isspace():
            return
        row = self.rows.get(self._row)
        if row is None:
            self._size.add(self._row, 0, 0)
            row = self.rows[self._row] = []
        if (more := self._column + 1 - len(row)) > 0:
            self._size.add(self._row, self._column + 1, more)
            row += [""] * more
        row[self._column] = text

    def _value(self, text: str) -> str:
        """Return what the cell shows, as text."""
        if self._type == "s":
            return self._strings[int(text)]
        if self._type == "n":
            return _day(text, self._epoch) if self._style in self._dates else _plain(text)
        if self._type == "b":
            return "yes" if text.strip() == "1" else "no"
        return text[:10] if self._type == "d" else text

    def _merge(self, reference: str) -> None:
        """Take note of a merged cell that begins within what is read."""
        left, top, right, bottom = range_boundaries(reference)
        if left <= COLUMNS and top <= ROWS:
            right, bottom = min(right, COLUMNS), min(bottom, ROWS)
            self.spans.append(Span(top, left - 1, bottom, right - 1))
        if len(self.spans) > SPANS:
            raise ValueError(reference)


@lru_cache(maxsize=20_000)
def _position(letters: str) -> int:
    """Return the position, from 0, of the column with some letters."""
    position = 0
    for char in letters:
        position = position * 26 + ord(char) - ord("A") + 1
    return position - 1


@lru_cache(maxsize=5_000)
def _day(text: str, epoch: datetime) -> str:
    """Return a day as ISO text; a time of day alone, or no day at all, as it is."""
    value = from_excel(float(text), epoch)
    return value.isoformat()[:10] if isinstance(value, date) else _plain(text)


def _plain(text: str) -> str:
    """Return a number in plain digits, 15 of them as Excel shows it."""
    if text.isdigit():
        return text
    value = float(text)
    if value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004 - what Excel keeps
        return str(int(value))
    short = f"{value:.15g}"
    return format(Decimal(short), "f") if "e" in short else short


def _whole(parts: list[str]) -> str:
    """Return a text out of its pieces."""
    whole = parts[0] if len(parts) == 1 else "".join(parts)
    if "_x" in whole:  # as the format writes what XML cannot hold, and itself
        whole = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), whole).replace("\r\n", "\n")
    if len(whole) > LONGEST:
        raise ValueError(len(whole))
    return whole


def _formula(title: str, cell: str) -> DataError:
    return DataError(
        _(
            "Cell {cell} of the sheet “{sheet}” holds a formula; copy the table, paste it as "
            "values and try again."
        ).format(cell=cell, sheet=title)
    )
