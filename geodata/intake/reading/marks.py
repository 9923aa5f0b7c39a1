"""What an XLSX file says of its cells beyond their values: formats, formulas, links, hiding.

Read as a stream, in memory that does not grow. Not here: the values (``spreadsheet``).
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.cell import range_boundaries

from geodata.intake.reading import markup
from geodata.intake.reading.grid import Size, letter

SHEETS = 50
FORMATS = 70_000  # Excel itself stops at 65,490 styles
LINKS = 200_000
_BEGINNING = 4096
_PIECE = 1 << 16
_LONGEST_SIGN = 20  # bytes
_HIDDEN = 30  # columns named of a hidden range
_MOST_CELLS = 10_000_000  # blank ones included: formats alone make no table
# Signs of a formula, an error, something hidden, a link, a declaration, a prefix …
_MORE = (b"<f", b't="e"', b"t='e'", b"hidden=", b"hyperlink", b"<!DOCTYPE", b":sheetData", b"r='")
_FAR = re.compile(rb'r="[A-Z]{0,3}(?:(?<=[A-Z]{3})|\d{6})')  # … or of a cell far out

_AREA = re.compile(r"\s*((?:nghìn |ngàn |1[.]?000 ?)?(?:m2|m²|km2|km²))\s*", re.IGNORECASE)

Place = tuple[int, int]
"""A cell: its row, counted from 1, and its column, counted from 0."""


@dataclass
class Marks:
    """What is said of the cells of one sheet.

    Attributes
    ----------
    formulas, uncached, errors
        Names of cells, such as ``E4``: with a formula and its value, with a formula alone, with
        an error as their value.
    rows, columns
        Those that are hidden.
    formats
        The format of cells that show more or less than their value, by place.
    links
        Where cells lead, by place.
    """

    formulas: list[str] = field(default_factory=list)
    uncached: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    formats: dict[Place, str] = field(default_factory=dict)
    links: dict[Place, str] = field(default_factory=dict)


class Book:
    """The parts of a workbook, and its formats that show more or less than a value.

    Parameters
    ----------
    archive
        The opened file.
    name
        Of the file, for the sentences.
    """

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive, self._name = archive, name
        self._members = {member.lower(): member for member in archive.namelist()}
        self._parts = _Parts()
        self._walk("xl/workbook.xml", self._parts)
        self._walk("xl/_rels/workbook.xml.rels", self._parts)
        self._refuse_declarations("xl/sharedstrings.xml")
        styles = _Styles()
        self._walk("xl/styles.xml", styles)
        self._formats = styles.telling

    @property
    def titles(self) -> tuple[str, ...]:
        """The names of the sheets."""
        return tuple(self._parts.titles)

    def marks_of(self, title: str, size: Size) -> Marks:
        """Return what is said of the cells of a sheet, whose extent `size` judges.

        Raises
        ------
        DataError
            If it is too large, or no XML.
        """
        target = self._parts.targets.get(self._parts.titles.get(title, ""), "")
        path = posixpath.normpath(posixpath.join("/xl", target))[1:]
        marks = Marks()
        folder, _slash, leaf = path.rpartition("/")
        leads = _Parts()
        self._walk(f"{folder}/_rels/{leaf}.rels", leads)
        if self._formats or self._says_more(path):
            self._walk(path, _Cells(marks, self._formats, leads.targets, size))
        return marks

    def _says_more(self, path: str) -> bool:
        """Say whether a sheet has anything to walk it for: in most there are values alone."""
        member = self._members.get(path.lower())
        if member is None:
            return False
        with self._archive.open(member) as source:
            before = b""
            while piece := source.read(_PIECE):
                content = before + piece
                if any(sign in content for sign in _MORE) or _FAR.search(content):
                    return True
                before = piece[-_LONGEST_SIGN:]
        return False

    def _refuse_declarations(self, path: str) -> None:
        """Refuse a part that is not walked here but declares a document type."""
        if member := self._members.get(path):
            with self._archive.open(member) as source:
                if b"<!DOCTYPE" in source.read(_BEGINNING):
                    raise markup.declaration(self._name)

    def _walk(self, path: str, handler: markup.Handler) -> None:
        if member := self._members.get(path.lower()):
            with self._archive.open(member) as source:
                markup.walk(source, handler, self._name)


class _Parts:
    """The sheets of a workbook by title, and what its keys lead to."""

    def __init__(self) -> None:
        self.titles: dict[str, str] = {}
        self.targets: dict[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            key = next(value for n, value in attributes.items() if n.rpartition(":")[2] == "id")
            self.titles[attributes["name"]] = key
        elif name == "Relationship":
            self.targets[attributes["Id"]] = attributes.get("Target", "")
        if len(self.titles) > SHEETS or len(self.targets) > LINKS:
            raise ValueError(name)

    def text(self, text: str) -> None:
        """Take nothing: all is in attributes."""

    def end(self, name: str) -> None:
        """Take nothing."""


class _Styles:
    """The formats of cells that a value alone does not tell, by the number of the style."""

    def __init__(self) -> None:
        self.telling: dict[str, str] = {}
        self._codes: dict[int, str] = {}
        self._style = -1

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt" and "formatCode" in attributes:
            self._codes[int(attributes["numFmtId"])] = attributes["formatCode"]
        elif name == "cellXfs":
            self._style = 0
        elif name == "xf" and self._style >= 0:
            number = int(attributes.get("numFmtId", "0"))
            code = self._codes.get(number) or BUILTIN_FORMATS.get(number, "")
            if is_telling(code):
                self.telling[str(self._style)] = code
            self._style += 1
        if len(self._codes) > FORMATS or self._style > FORMATS:
            raise ValueError(name)

    def text(self, text: str) -> None:
        """Take nothing: all is in attributes."""

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._style = -1


class _Cells:
    """The cells of a sheet; where one stands is worked out only when something is said of it."""

    def __init__(
        self, marks: Marks, formats: Mapping[str, str], leads: Mapping[str, str], size: Size
    ) -> None:
        self._marks, self._formats, self._leads, self._size = marks, formats, leads, size
        self._row = 0
        self._at: str | None = None  # the name of the cell, if it has one …
        self._column = -1  # … and its place among its row's, if not
        self._filled: tuple[str | None, int] = (None, -1)  # the row's last that holds something
        self._cells = 0
        self._open = self._inside = False  # whether a formula waits for its value, and within it

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            self._cell(attributes)
        elif name in ("v", "is"):
            self._filled = (self._at, self._column)
            self._inside = self._open
        elif name == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column, self._filled = -1, (None, -1)
            if attributes.get("hidden") in ("1", "true"):
                self._marks.rows.append(self._row)
        elif name == "f":
            self._marks.uncached.append(self._name())
            self._open = True
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            first = int(attributes["min"]) - 1
            last = min(int(attributes["max"]), first + _HIDDEN)
            self._marks.columns += [letter(at) for at in range(first, last)]
        elif name == "hyperlink":
            self._link(attributes)

    def text(self, text: str) -> None:
        """Take note that a formula has a value; which, is read elsewhere."""
        if self._inside and not text.isspace():
            self._marks.formulas.append(self._marks.uncached.pop())
            self._open = self._inside = False

    def end(self, name: str) -> None:
        if name == "c":
            self._open = self._inside = False
        elif name == "row" and self._filled[1] >= 0:
            row, column = self._place(*self._filled)
            self._size.add(row, column + 1, column + 1)

    def _cell(self, attributes: Mapping[str, str]) -> None:
        self._at = attributes.get("r")
        self._column += 1
        self._cells += 1
        if self._cells > _MOST_CELLS:
            raise ValueError(self._at)
        if attributes.get("t") == "e":
            self._marks.errors.append(self._name())
        if code := self._formats.get(attributes.get("s", "")):
            self._marks.formats[self._place(self._at, self._column)] = code

    def _place(self, at: str | None, column: int) -> Place:
        """Return where a cell stands, by its name or by counting."""
        if at is None:
            return self._row, column
        left, top, _right, _bottom = range_boundaries(at)
        return top, left - 1

    def _name(self) -> str:
        return self._at or f"{letter(self._column)}{self._row}"

    def _link(self, attributes: Mapping[str, str]) -> None:
        key = next((v for n, v in attributes.items() if n.rpartition(":")[2] == "id"), "")
        target = self._leads.get(key, "")
        if target and "ref" in attributes:
            left, top, _right, _bottom = range_boundaries(attributes["ref"])
            self._marks.links[top, left - 1] = target
        if len(self._marks.links) > LINKS:
            raise ValueError(key)


def _bare(code: str) -> Iterator[tuple[str, bool]]:
    """Yield the characters of the first section of a format, and whether each is shown as it is."""
    section, quoted, escaped = re.sub(r"\[[^\]]*\]", "", code), False, False
    for char in section:
        if escaped:
            yield char, True
            escaped = False
        elif char == "\\":
            escaped = True
        elif char == '"':
            quoted = not quoted
        elif char == ";" and not quoted:
            return
        else:
            yield char, quoted


def is_month(code: str) -> bool:
    """Say whether a format shows a day without the day: ``mm/yyyy``."""
    if not code or not is_date_format(code) or is_timedelta_format(code):
        return False
    signs = "".join(char for char, shown in _bare(code) if not shown).lower()
    return "d" not in signs and "y" in signs and "h" not in signs


def prefix_of(code: str) -> tuple[str, int] | None:
    """Return the letters that a format puts before a whole number, and how many digits it shows.

    None for a format that is none of a code: ``"HG-ST-"00`` is one, ``0.00" ha"`` is not.
    """
    parts = list(_bare(code or ""))
    signs = "".join(char for char, shown in parts if not shown and char != "-")
    if not re.fullmatch(r"0+", signs):
        return None
    first = next(at for at, (char, shown) in enumerate(parts) if char == "0" and not shown)
    prefix = "".join(char for char, _shown in parts[:first])
    rest = "".join(char for char, shown in parts[first:] if shown)
    is_code = not rest and (any(map(str.isalpha, prefix)) or len(signs) > 1)
    return (prefix, len(signs)) if is_code else None


def suffix_of(code: str) -> str:
    """Return the measure of area that a format puts behind a number, empty if there is none."""
    shown = "".join(char for char, as_is in _bare(code or "") if as_is)
    match = _AREA.fullmatch(shown)
    return match[1] if match else ""


def is_telling(code: str) -> bool:
    """Say whether a cell of this format shows more, or less, than its value."""
    return bool(code) and (is_month(code) or prefix_of(code) is not None or bool(suffix_of(code)))
