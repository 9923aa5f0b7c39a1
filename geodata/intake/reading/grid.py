"""A table of text out of a foreign file, before (`Grid`) and after (`Sheet`) it is recognised.

Not here: how files become tables (``files``), what the columns mean (``vocabulary``), or what is
wrong with the cells.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, NamedTuple

import pandas as pd

from geodata.core.errors import DataError
from geodata.core.text import _, number

ROWS = 200_000
COLUMNS = 200
CELLS = 1_500_000
"""No table of two people with Excel is larger; more is refused before it fills the memory."""

EXTRAS = (
    "position",  # one free-text cell with a coordinate
    "vn2000_x",  # metres north
    "vn2000_y",  # metres east
    "central_meridian",
    "commune",  # names of units as written
    "district",
)
"""Columns that foreign files have beside those of sites, evidence and declarations."""


class Type(StrEnum):
    """What a cell was in the file, beyond its text; a letter each: a row is a short text."""

    TEXT = "t"  # typed as text
    NUMBER = "n"  # a number, in plain digits
    DAY = "d"  # a day, in ISO form
    MONTH = "m"  # a day shown without its day: text as shown, ``06/2024``
    SHOWN = "s"  # a number whose format adds letters: text as shown, ``HG-ST-07``
    UNTYPED = "u"  # the format knows no types, as CSV


class Part(StrEnum):
    """What kind of thing was left out of a file."""

    COLUMN = "column"
    GEOMETRY = "geometry"  # of a layer, which is none of its columns
    ROW = "row"
    SHEET = "sheet"
    LAYER = "layer"
    FILE = "file"  # in an archive
    FEATURE = "feature"
    CELL = "cell"


class LeftOut(NamedTuple):
    """Parts of a file that were not taken in, all for one reason.

    ``sheet`` is where they stand, empty for the whole file; ``items`` their names, numbers or
    letters as a person finds them; ``reason`` a Vietnamese sentence or a few words of one.
    """

    sheet: str
    part: Part
    items: tuple[str, ...]
    reason: str

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {**self._asdict(), "part": str(self.part), "items": list(self.items)}


@dataclass(frozen=True)
class Sheet:
    """One table of a file, as text.

    Attributes
    ----------
    name
        Of the sheet or layer; empty for a CSV file.
    kind
        ``sites``, ``evidence`` or ``declarations``, recognised by the headers.
    cells
        Of dtype ``string``, one column per recognised canonical column (those of the kind, and
        `EXTRAS`), missing where blank; indexed by the row number in the file, counted from 1 as
        Excel shows it (features of a layer are counted from 1). Dates are ISO text, numbers plain
        text with a decimal point, positions degrees in EPSG:4326 unless they are
        ``vn2000_x`` and ``vn2000_y``.
    places
        Canonical column to where it stands: the letter in a sheet, the field's name in a layer.
    headers
        Canonical column to the header as written.
    ignored
        Headers that nobody recognised, as written.
    notes
        Sentences for the steward about what was converted.
    types
        The `Type` of each cell, by row and column of ``cells``; `Type.UNTYPED` throughout if not
        given. A blank cell's does not matter.
    left_out
        What of the file was not taken in; every reader fills it.
    spare
        The columns that nobody recognised, by their header, as text; their types in
        `spare_types`. A person may say what they are (``intake.mapping``).
    units
        Canonical column to the unit its header names, as written: ``nghìn m2``.
    is_layer
        Whether it is a layer of a map file: its rows are features, its columns fields.
    """

    name: str
    kind: str
    cells: pd.DataFrame
    places: Mapping[str, str]
    headers: Mapping[str, str]
    ignored: tuple[str, ...]
    notes: tuple[str, ...]
    types: pd.DataFrame = None  # type: ignore[assignment]
    left_out: tuple[LeftOut, ...] = ()
    spare: pd.DataFrame = None  # type: ignore[assignment]
    spare_types: pd.DataFrame = None  # type: ignore[assignment]
    units: Mapping[str, str] = field(default_factory=dict)
    is_layer: bool = False

    def __post_init__(self) -> None:
        """Have types and spare columns in the rows of the cells; without types all is untyped."""
        index = self.cells.index
        spare = pd.DataFrame(index=index) if self.spare is None else self.spare.reindex(index)
        object.__setattr__(self, "spare", spare)
        for name, frame in (("types", self.cells), ("spare_types", spare)):
            given = getattr(self, name)
            types = pd.DataFrame(index=index) if given is None else given
            whole = types.reindex(index, columns=frame.columns, fill_value=str(Type.UNTYPED))
            object.__setattr__(self, name, whole)

    def noting(self, *notes: str) -> "Sheet":
        """Return the same table with further notes."""
        return replace(self, notes=(*self.notes, *notes))

    def leaving_out(self, *parts: LeftOut) -> "Sheet":
        """Return the same table with further parts that were left out."""
        return replace(self, left_out=(*self.left_out, *parts))


class UnrecognisedError(DataError):
    """No table of a file is one of ours; `sheets` are its tables, all of their columns spare."""

    def __init__(self, sentence: str, sheets: tuple[Sheet, ...]) -> None:
        super().__init__(sentence)
        self.sheets = sheets


class Span(NamedTuple):
    """A merged cell: rows counted from 1, columns from 0, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Grid:
    """A table as it stands in a file, before anybody knows what its columns mean.

    Attributes
    ----------
    name
        Of the sheet; empty for a CSV file.
    rows
        Row number, counted from 1 as Excel shows it, to the cells from column A on, as text;
        empty where blank. Rows differ in length.
    spans
        Merged cells; only the first cell of each has text.
    types
        Row number to the letters of `Type`, one a cell; rows that are not there are untyped.
    left_out
        What of the sheet was not taken in.
    notes
        Sentences about what was read, and how.
    """

    name: str
    rows: dict[int, list[str]]
    spans: tuple[Span, ...] = field(default=())
    types: Mapping[int, str] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()


class Size:
    """Counts the cells of one file while it is read, and refuses one that is too large."""

    def __init__(self) -> None:
        self.cells = 0

    def add(self, rows: int, columns: int, more: int) -> None:
        """Take note of a row: how many there are now, how wide it is, its cells.

        Raises
        ------
        DataError
            If the table has more rows, columns or cells than are read.
        """
        self.cells += more
        if columns > COLUMNS:
            raise DataError(
                _(
                    "The table has more than {n} columns; delete the columns that are not needed "
                    "and try again."
                ).format(n=number(COLUMNS))
            )
        if rows > ROWS or self.cells > CELLS:
            raise DataError(
                _(
                    "The table has more than {rows} rows or {cells} cells; split it into smaller "
                    "files and try again."
                ).format(rows=number(ROWS), cells=number(CELLS))
            )


def letter(position: int) -> str:
    """Return the letter Excel shows for a column, counted from 0."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def clean(text: str) -> str:
    """Return text composed (NFC), stripped, and without invisible and control characters."""
    if text.isprintable():
        return (text if text.isascii() else unicodedata.normalize("NFC", text)).strip()
    kept = (c if c == "\n" or c.isprintable() else _INVISIBLE.get(c, " ") for c in text)
    return unicodedata.normalize("NFC", "".join(kept)).strip()


# Of what cannot be printed, these have no width; the soft hyphen is a letter in TCVN3.
_INVISIBLE = {"\ufeff": "", "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\xad": ""}
