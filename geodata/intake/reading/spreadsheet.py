"""Spreadsheets (.xlsx, .xls, .xlsb, .ods) as grids of text, each cell with its type.

The values are read by calamine; what it does not say is added (``marks`` of XLSX,
``opendocument``, ``binary``). Not here: which of the rows are a table (``headers``).
"""

import io
import struct
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import python_calamine as calamine

from geodata.core.errors import DataError
from geodata.core.text import _
from geodata.intake.reading import binary, opendocument
from geodata.intake.reading.archive import damaged
from geodata.intake.reading.grid import Grid, LeftOut, Part, Size, Span, Type
from geodata.intake.reading.marks import Book, Marks, is_month, prefix_of, suffix_of

LONGEST = 32_767  # characters of a cell, Excel's own limit
_NAMED = 12  # cells or rows named in a sentence
_EXACT = 1e15  # whole numbers up to here keep their digits in a cell of Excel

_BROKEN = (KeyError, ValueError, IndexError, OverflowError)

_PANIC = "PanicException"  # of pyo3, which no module holds

Progress = Callable[[float], None]


def grids(
    content: bytes, archive: zipfile.ZipFile | None, name: str, progress: Progress
) -> Iterator[Grid]:
    """Yield the sheets of a workbook as text; a hidden one has no rows and says that it is.

    Days come as ISO text, numbers as plain digits with a decimal point, booleans as yes and no.

    Parameters
    ----------
    content
        The file.
    archive
        The same, opened, if it is a zip.
    name
        Of the file, for the sentences.
    progress
        Called with the share of sheets done.

    Raises
    ------
    DataError
        If it has macros, is protected, too large, or damaged.
    """
    if _has_macros(content, archive):
        raise DataError(
            _("“{name}” contains macros; save it as .xlsx (without macros) and try again.").format(
                name=name
            )
        )
    try:
        size = Size()
        book = _book(content, archive, name)
        # What is wrong in the XML is said before calamine lays out rows and columns.
        marks_by_title = (
            {title: book.marks_of(title, size) for title in book.titles} if book else {}
        )
        sheets = _sheets(content, name)
        for at, about in enumerate(sheets.sheets_metadata):
            progress(at / len(sheets.sheet_names))
            if about.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            if about.visible != calamine.SheetVisibleEnum.Visible:
                hidden = LeftOut("", Part.SHEET, (about.name,), _("The sheet is hidden."))
                yield Grid(about.name, {}, left_out=(hidden,))
                continue
            sheet = sheets.get_sheet_by_name(about.name)
            marks = marks_by_title.get(about.name, Marks())
            grid = _grid(sheet, marks, Size() if isinstance(book, Book) else size)
            yield grid if book else replace(grid, notes=(*grid.notes, _values_only()))
    except (calamine.CalamineError, OSError, struct.error, *_BROKEN) as error:
        raise damaged(name) from error
    except BaseException as error:  # what calamine panics with is no Exception
        if type(error).__name__ != _PANIC:
            raise
        raise damaged(name) from error


def _book(
    content: bytes, archive: zipfile.ZipFile | None, name: str
) -> Book | opendocument.OpenBook | binary.BinaryBook | None:
    """Return what a workbook says beyond its values, None for a format of which that is unknown."""
    if archive is None:
        return binary.BinaryBook(content)
    members = {member.lower() for member in archive.namelist()}
    if "xl/workbook.xml" in members:
        return Book(archive, name)
    return opendocument.OpenBook(archive, name) if "content.xml" in members else None


def _sheets(content: bytes, name: str) -> calamine.CalamineWorkbook:
    try:
        return calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    except calamine.PasswordError as error:
        raise DataError(
            _("“{name}” is protected by a password; remove it and try again.").format(name=name)
        ) from error


def _has_macros(content: bytes, archive: zipfile.ZipFile | None) -> bool:
    if archive is None:
        return "_VBA_PROJECT".encode("utf-16-le") in content
    names = [member.lower() for member in archive.namelist()]
    return any(n.endswith("vbaproject.bin") or "macrosheets/" in n for n in names)


def _grid(sheet: calamine.CalamineSheet, marks: Marks, size: Size) -> Grid:
    """Return a sheet as text."""
    rows: dict[int, list[str]] = {}
    types: dict[int, str] = {}
    _row, first = sheet.start or (0, 0)  # rows are counted from the top, columns from the first
    for number, values in enumerate(sheet.iter_rows(), 1):
        if not any(value != "" for value in values):
            continue
        cells = [_cell(value) for value in values]
        texts = [*[""] * first, *(text for text, _type in cells)]
        while texts and not texts[-1]:
            texts.pop()
        size.add(number, len(texts), len(texts))
        rows[number] = texts
        types[number] = Type.TEXT * first + "".join(kind for _text, kind in cells)
    _show(rows, types, marks)
    spans = tuple(
        Span(top + 1, left, bottom + 1, right)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    return Grid(sheet.name, rows, spans, types, tuple(_left_out(sheet.name, marks)), _notes(marks))


def _cell(value: Any) -> tuple[str, Type]:
    """Return a value as text, and what it was."""
    if isinstance(value, str):
        if len(value) > LONGEST:
            raise ValueError(len(value))
        return value.replace("\r\n", "\n"), Type.TEXT
    if isinstance(value, bool):
        return "yes" if value else "no", Type.TEXT
    if isinstance(value, int | float):
        return plain(value), Type.NUMBER
    if isinstance(value, datetime) and value.time() != time():
        return value.isoformat(" ", "minutes"), Type.DAY
    if isinstance(value, date):  # a moment is one too
        return value.isoformat()[:10], Type.DAY
    return str(value), Type.TEXT  # a time of day, or how long something took


def plain(value: float) -> str:
    """Return a number in plain digits, 15 of them as Excel shows it."""
    if float(value).is_integer() and abs(value) < _EXACT:
        return str(int(value))
    short = f"{value:.15g}"
    return format(Decimal(short), "f") if "e" in short else short


def _show(rows: dict[int, list[str]], types: dict[int, str], marks: Marks) -> None:
    """Put what cells show, or lead to, in the place of their bare values."""
    for (number, column), code in marks.formats.items():
        row = rows.get(number, [])
        if column >= len(row) or not row[column]:
            continue
        kind = types[number][column]
        if kind == Type.DAY and is_month(code):
            year, month = row[column][:4], row[column][5:7]
            row[column], kind = f"{month}/{year}", Type.MONTH
        elif kind == Type.NUMBER and row[column].isdigit() and (prefix := prefix_of(code)):
            row[column], kind = prefix[0] + row[column].zfill(prefix[1]), Type.SHOWN
        elif kind == Type.NUMBER and (unit := suffix_of(code)):
            row[column], kind = f"{row[column].replace('.', ',')} {unit}", Type.TEXT
        types[number] = types[number][:column] + kind + types[number][column + 1 :]
    for (number, column), target in marks.links.items():
        row = rows.get(number, [])
        if column < len(row) and target.startswith(("http", "geo:")) and "://" not in row[column]:
            row[column] = f"{row[column]} {target}"


def _left_out(title: str, marks: Marks) -> Iterator[LeftOut]:
    if marks.uncached:
        reason = _("Formulas without a value; open the file in Excel, save it, and try again.")
        yield LeftOut(title, Part.CELL, tuple(marks.uncached), reason)
    if marks.errors:
        reason = _("The value is an error of Excel, such as #REF!; correct the formula.")
        yield LeftOut(title, Part.CELL, tuple(marks.errors), reason)


def _notes(marks: Marks) -> tuple[str, ...]:
    notes = []
    if formulas := [name for name in marks.formulas if name not in {*marks.errors}]:
        sentence = _("Formulas were taken by the value Excel kept last: cells {cells}.")
        notes.append(sentence.format(cells=_listed(formulas)))
    if marks.rows:
        sentence = _("Hidden rows were read as well: {rows}.")
        notes.append(sentence.format(rows=_listed(list(map(str, marks.rows)))))
    if marks.columns:
        sentence = _("Hidden columns were read as well: {columns}.")
        notes.append(sentence.format(columns=_listed(marks.columns)))
    return tuple(notes)


def _values_only() -> str:
    return _(
        "Of an .xlsb file only the values are read; what formats, formulas, links and hidden rows "
        "say is not. Save it as .xlsx to have that read as well."
    )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
