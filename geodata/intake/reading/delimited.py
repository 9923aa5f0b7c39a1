"""Text files (CSV) as grids: which letters they are written in, and what parts their columns.

Not here: the old sets of letters (``legacy``), or which of the rows are a table (``headers``).
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator

from geodata.core.errors import DataError
from geodata.core.text import _, number
from geodata.intake.reading import headers, legacy
from geodata.intake.reading.grid import Grid, Size

DELIMITERS = (",", ";", "\t", "|")
_TRIED = 40  # rows read to tell the delimiter
_LONGEST = 100_000  # characters of one cell
# What a spreadsheet would take for a formula, and a number, which it may.
FORMULA = re.compile(r"'*[=+\-@]")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def grid(content: bytes, name: str) -> tuple[Grid, tuple[str, ...]]:
    """Return a text file as a table of text, and notes on how it was read.

    Parameters
    ----------
    content
        UTF-8 with or without BOM, UTF-16 with BOM, Windows-1258, TCVN3 or VNI; parted by comma,
        semicolon, tab or bar.
    name
        Of the file, for the sentences.

    Raises
    ------
    DataError
        If its letters are not known, it holds what no text holds, its lines do not fit its
        header, or it is too large.
    """
    text, encoding = _text(content, name)
    if "\x00" in text:
        raise DataError(
            _("“{name}” is not a table: it holds NUL bytes; save it as .xlsx or CSV.").format(
                name=name
            )
        )
    delimiter = max(DELIMITERS, key=lambda d: headers.score(dict(_first(text, d))))
    rows: dict[int, list[str]] = {}
    size = Size()
    for line, row in _rows(text, delimiter, name):
        if any(row):
            size.add(len(rows) + 1, len(row), len(row))
            rows[line] = row
    return Grid("", rows), (legacy.note(encoding),) if encoding else ()


def guarded(text: str) -> str:
    """Return a text with an apostrophe before it if a spreadsheet would take it for a formula.

    `grid` drops that apostrophe again.
    """
    return f"'{text}" if FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def _bare(text: str) -> str:
    """Return a text without the apostrophe that `guarded` put before it."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def _text(content: bytes, name: str) -> tuple[str, str]:
    """Return the text of a file, and the old set of letters it was in, empty for Unicode."""
    try:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return content.decode("utf-16"), ""
        return content.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return legacy.decoded(content, name)


def _first(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the first rows as one delimiter parts them, as far as that can be done."""
    lines = csv.reader(io.StringIO(text[:_LONGEST], newline=""), delimiter=delimiter)
    try:
        yield from zip(range(1, _TRIED + 1), lines, strict=False)
    except csv.Error:
        return


def _rows(text: str, delimiter: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows without blank cells at their ends, numbered as Excel does."""
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 0
    try:
        for line, row in enumerate(lines, start=1):
            while row and not row[-1].strip():
                row.pop()
            yield line, [_bare(text) for text in row]
    except csv.Error as error:
        raise DataError(
            _(
                "Row {row} of “{name}” cannot be read: a quotation mark is not closed or a cell "
                "is too long; correct it and try again."
            ).format(row=number(line + 1), name=name)
        ) from error
