"""What an ODS file says of its cells beyond their values: formats, formulas, links, hiding.

Read as a stream, in memory that does not grow. Not here: the values (``spreadsheet``).
"""

import zipfile
from collections.abc import Mapping

from geodata.intake.reading import markup
from geodata.intake.reading.grid import Size, letter
from geodata.intake.reading.marks import Marks, is_telling

_HIDDEN = 30  # columns, or rows, named of a hidden range
_DATE_PARTS = {"day": "d", "month": "mm", "year": "yyyy", "hours": "h", "day-of-week": "d"}
_STYLES = 70_000
_NAMED = 1_000_000  # formats, links and the like


class OpenBook:
    """The marks of the sheets of an ODS file, by title.

    Parameters
    ----------
    archive
        The opened file.
    name
        Of the file, for the sentences.
    """

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        formats = _Formats()
        cells = _OpenCells(formats)
        for member, handler in (("styles.xml", formats), ("content.xml", cells)):
            if member in archive.namelist():
                with archive.open(member) as source:
                    markup.walk(source, handler, name)
        self._marks = cells.sheets

    @property
    def titles(self) -> tuple[str, ...]:
        """The names of the sheets."""
        return tuple(self._marks)

    def marks_of(self, title: str, _size: Size) -> Marks:
        """Return what is said of the cells of a sheet."""
        return self._marks[title]


class _Formats:
    """The formats of cells, written as Excel does, by the name of the style."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        self._code_of: dict[str, str] = {}
        self._open = ""
        self._in_text = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        kind = name.removeprefix("number:")
        if kind in ("number-style", "date-style"):
            self._open = attributes.get("style:name", "")
            self._codes[self._open] = ""
        elif name == "style:style" and "style:data-style-name" in attributes:
            self._code_of[attributes["style:name"]] = attributes["style:data-style-name"]
        elif self._open and kind in _DATE_PARTS:
            self._codes[self._open] += _DATE_PARTS[kind]
        elif self._open and kind == "number":
            self._codes[self._open] += _digits(attributes)
        self._in_text = bool(self._open) and kind == "text"
        if len(self._codes) + len(self._code_of) > _STYLES:
            raise ValueError(name)

    def text(self, text: str) -> None:
        """Take a text that a format shows around its value."""
        if self._in_text:
            self._codes[self._open] += "".join(f"\\{char}" for char in text)

    def end(self, name: str) -> None:
        """Take the end of a format."""
        self._in_text = False
        if name in ("number:number-style", "number:date-style"):
            self._open = ""

    def telling(self, style: str) -> str:
        """Return the format of a style if a value alone does not tell what it shows."""
        code = self._codes.get(self._code_of.get(style, ""), "")
        return code if is_telling(code) else ""


def _digits(attributes: Mapping[str, str]) -> str:
    """Return how a number is shown: ``00`` is one with two digits, ``#`` any other."""
    whole = attributes.get("number:decimal-places", "0") == "0"
    plain = whole and attributes.get("number:grouping") != "true"
    return "0" * min(int(attributes.get("number:min-integer-digits", "1")), 20) if plain else "#"


class _OpenCells:
    """The cells of all sheets; rows and cells may be repeated."""

    def __init__(self, formats: _Formats) -> None:
        self.sheets: dict[str, Marks] = {}
        self._formats = formats
        self._marks = Marks()
        self._row_marks = Marks()  # of one row, as if it were the first
        self._row = self._rows = 0
        self._column = self._columns = 0
        self._style_of_column: list[tuple[int, str]] = []
        self._size = Size()
        self._filled = self._named = 0  # cells of the row that hold something; all that was said

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "table:table":
            self._marks = self.sheets[attributes.get("table:name", "")] = Marks()
            self._row = self._column = 0
            self._style_of_column = []
        elif name == "table:table-column":
            self._take_column(attributes)
        elif name == "table:table-row":
            self._rows, self._column = int(attributes.get("table:number-rows-repeated", "1")), 0
            self._row_marks, self._filled = Marks(), 0
            if attributes.get("table:visibility", "visible") != "visible":
                last = min(self._rows, _HIDDEN)
                self._marks.rows += range(self._row + 1, self._row + last + 1)
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._columns = int(attributes.get("table:number-columns-repeated", "1"))
            self._take_cell(attributes)
        elif name == "text:a" and "xlink:href" in attributes:
            self._row_marks.links[0, self._column] = attributes["xlink:href"]
        elif self._row == 0:
            self._formats.start(name, attributes)

    def text(self, text: str) -> None:
        """Take a text of a format: those of cells are read elsewhere."""
        if self._row == 0:
            self._formats.text(text)

    def end(self, name: str) -> None:
        if name in ("table:table-cell", "table:covered-table-cell"):
            self._column += self._columns
        elif name == "table:table-row":
            self._end_row()
        elif self._row == 0:
            self._formats.end(name)

    def _take_column(self, attributes: Mapping[str, str]) -> None:
        repeated = int(attributes.get("table:number-columns-repeated", "1"))
        self._style_of_column.append(
            (self._column + repeated, attributes.get("table:default-cell-style-name", ""))
        )
        if attributes.get("table:visibility", "visible") != "visible":
            last = min(repeated, _HIDDEN)
            self._marks.columns += [letter(self._column + at) for at in range(last)]
        self._column += repeated

    def _take_cell(self, attributes: Mapping[str, str]) -> None:
        kind = attributes.get("calcext:value-type") or attributes.get("office:value-type")
        own = attributes.get("table:style-name")
        if kind:
            self._filled += self._columns
            self._size.add(self._row + self._rows, self._column + self._columns, 0)
        if "table:formula" in attributes:
            named = self._row_marks.formulas if kind else self._row_marks.uncached
            named.append(str(self._column))
        if kind == "error":
            self._row_marks.errors.append(str(self._column))
        if kind in ("float", "date") and (code := self._formats.telling(own or self._default())):
            for at in range(self._column, self._column + self._columns):
                self._row_marks.formats[0, at] = code

    def _default(self) -> str:
        """Return the style of the column where a cell has none of its own."""
        return next((style for end, style in self._style_of_column if self._column < end), "")

    def _end_row(self) -> None:
        """Give what was said of a row to all rows that it stands for."""
        of_row = self._row_marks
        named = len(of_row.formulas) + len(of_row.uncached) + len(of_row.errors)
        size = named + len(of_row.formats) + len(of_row.links)
        self._size.add(0, 0, self._filled * self._rows)
        self._named += size * self._rows
        if self._named > _NAMED:
            raise ValueError(self._named)
        for row in range(self._row + 1, self._row + self._rows + 1) if size else ():
            for names in ("formulas", "uncached", "errors"):
                getattr(self._marks, names).extend(
                    f"{letter(int(at))}{row}" for at in getattr(of_row, names)
                )
            self._marks.formats.update({(row, at): c for (_r, at), c in of_row.formats.items()})
            self._marks.links.update({(row, at): c for (_r, at), c in of_row.links.items()})
        self._row += self._rows
