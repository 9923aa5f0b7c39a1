"""What an Excel file of before 2007 says of its cells beyond their values: formats, hiding, links.

The records of its stream are walked once. Not here: the values (``spreadsheet``).
"""

import io
import struct
from collections.abc import Iterator

import olefile
from openpyxl.styles.numbers import BUILTIN_FORMATS

from geodata.intake.reading.grid import Size, letter
from geodata.intake.reading.marks import Marks, is_telling

_FORMAT, _XF, _SHEET, _BEGIN, _END = 0x041E, 0x00E0, 0x0085, 0x0809, 0x000A
_ROW, _COLUMNS, _FORMULA, _NUMBER, _SHORT, _SHORTS = 0x0208, 0x007D, 0x0006, 0x0203, 0x027E, 0x00BD
_ERROR, _LINK, _PASSWORD = 0x0205, 0x01B8, 0x002F
_BIFF8 = 0x0600
_WEB = bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b")  # the kind of a link to an address
_HIDDEN = 30  # columns named of a hidden range


class BinaryBook:
    """The marks of the sheets of an Excel 97–2003 workbook, by title.

    Parameters
    ----------
    content
        The file.
    """

    def __init__(self, content: bytes) -> None:
        with olefile.OleFileIO(io.BytesIO(content)) as file:
            names = [name for name in ("Workbook", "Book") if file.exists(name)]
            self._stream = file.openstream(names[0]).read() if names else b""
        self._formats: list[str] = []
        self._starts: dict[str, int] = {}
        codes: dict[int, str] = {}
        for kind, record in _records(self._stream, 0):
            if kind == _PASSWORD or (kind == _BEGIN and _word(record, 0) != _BIFF8):
                return  # what follows is no text, or in an older form: no more is said of it
            if kind == _FORMAT:
                codes[_word(record, 0)] = _text(record, _word(record, 2), 4)
            elif kind == _XF:
                number = _word(record, 2)
                self._formats.append(codes.get(number) or BUILTIN_FORMATS.get(number, ""))
            elif kind == _SHEET:
                self._starts[_text(record, record[6], 7)] = struct.unpack_from("<I", record)[0]

    @property
    def titles(self) -> tuple[str, ...]:
        """The names of the sheets."""
        return tuple(self._starts)

    def marks_of(self, title: str, _size: Size) -> Marks:
        """Return what is said of the cells of a sheet."""
        marks = Marks()
        start = self._starts.get(title, len(self._stream))
        for kind, record in _records(self._stream, start):
            self._take(marks, kind, record)
        return marks

    def _take(self, marks: Marks, kind: int, record: bytes) -> None:
        """Take one record of a sheet."""
        if kind == _ROW and _word(record, 12) & 0x20:
            marks.rows.append(_word(record, 0) + 1)
        elif kind == _COLUMNS and record[8] & 1:
            last = min(_word(record, 2) + 1, _word(record, 0) + _HIDDEN)
            marks.columns += [letter(at) for at in range(_word(record, 0), last)]
        elif kind == _LINK:
            if target := _target(record):
                marks.links[_word(record, 0) + 1, _word(record, 4)] = target
        elif kind == _SHORTS:
            for at in range((len(record) - 6) // 6):
                self._format(marks, record, _word(record, 2) + at, _word(record, 4 + at * 6))
        elif kind in (_FORMULA, _NUMBER, _SHORT, _ERROR):
            self._format(marks, record, _word(record, 2), _word(record, 4))
            name = f"{letter(_word(record, 2))}{_word(record, 0) + 1}"
            failed = kind == _FORMULA and record[12:14] == b"\xff\xff" and record[6] == 2  # noqa: PLR2004
            if failed or (kind == _ERROR and record[7]):
                marks.errors.append(name)
            elif kind == _FORMULA:
                marks.formulas.append(name)

    def _format(self, marks: Marks, record: bytes, column: int, style: int) -> None:
        code = self._formats[style] if style < len(self._formats) else ""
        if is_telling(code):
            marks.formats[_word(record, 0) + 1, column] = code


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records of one part of a stream; parts within it, such as charts, are passed."""
    depth = 0
    while start + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, start)
        start += 4
        depth += (kind == _BEGIN) - (kind == _END)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, stream[start : start + size]
        start += size


def _word(record: bytes, at: int) -> int:
    return int.from_bytes(record[at : at + 2], "little")


def _text(record: bytes, letters: int, flags: int) -> str:
    """Return a text: how many letters it has, and where the mark of their width stands."""
    wide = record[flags] & 1
    raw = record[flags + 1 : flags + 1 + letters * (2 if wide else 1)]
    return raw.decode("utf-16-le" if wide else "latin-1")


def _target(record: bytes) -> str:
    """Return the address that a link leads to, empty if it leads elsewhere."""
    at = record.find(_WEB, 24)
    if at < 0:
        return ""
    size = int.from_bytes(record[at + 16 : at + 20], "little")
    raw = record[at + 20 : at + 20 + size]
    return raw.decode("utf-16-le", "ignore").partition("\x00")[0]
