"""The rows of all sheets of one kind as one table, which remembers where each row stands.

Not here: what the cells mean or whether they are right.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.core.errors import DataError
from geodata.core.text import _
from geodata.geography import notation
from geodata.intake.judging import cells, readings
from geodata.intake.judging.cells import Cell, Level, Remark
from geodata.intake.reading.grid import EXTRAS, Sheet, Type
from geodata.register import frames, vocabulary

Answers = Mapping[tuple[str, int, str], str]
"""What a person chose, by sheet, row and column: the value to read in place of the cell's."""

NEW = "new"
"""Answer in the column ``id``: this row is none of those proposed."""
SAME = "same:"
"""Answer in the column ``id``, before an id: this row is that record."""
ROW = "row:"
"""Answer in the column ``id``, before sheet and row: this row repeats that one and is left out."""
COLUMN = "column:"
"""Answer that holds for all cells of its column, before what was chosen."""


@dataclass
class Rows:
    """Rows of one kind out of several sheets.

    Attributes
    ----------
    table
        Text, rows counted from 0; the columns of the kind and `EXTRAS`.
    present
        Of the shape of ``table``: does the row's sheet have that column?
    types
        Of the shape of ``table``: the `Type` of the cell in the file; what a person answered
        is `Type.TEXT`.
    sheets, numbers
        For each row the name of its sheet and its number there.
    letters
        For each row where its columns stand.
    identity
        For a row, by its count, what a person said it is: `NEW` or an id.
    remarks
        What there is to say; grows while the rows are judged.
    headers
        For each row the headers of its columns, as written.
    units
        For each row the units that its headers name.
    decided
        By sheet and column, what a person answered for the whole column.
    answered
        Cells that a person put right or confirmed: row by its count, and column.
    blanks
        By column, how many known values its blank cells would empty.
    kind
        Of the tables, which says what their columns are called.
    layers
        For each row whether it is a feature of a map layer.
    """

    table: pd.DataFrame
    present: pd.DataFrame
    types: pd.DataFrame
    sheets: list[str]
    numbers: list[int]
    letters: list[Mapping[str, str]]
    identity: dict[int, str] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    blanks: dict[str, int] = field(default_factory=dict)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    units: list[Mapping[str, str]] = field(default_factory=list)
    decided: dict[tuple[str, str], str] = field(default_factory=dict)
    answered: set[tuple[int, str]] = field(default_factory=set)
    kind: str = ""
    layers: list[bool] = field(default_factory=list)

    def say(self, remarks: Iterable[Remark], rows: NDArray[np.int64] | None = None) -> None:
        """Take remarks, whose rows are counted among ``rows`` if those are given."""
        self.remarks += (
            remarks if rows is None else [r._replace(at=int(rows[r.at])) for r in remarks]
        )

    def say_faults(self, faults: Iterable[frames.Fault]) -> None:
        """Take faults of cells about which nothing was said yet."""
        silent = {(r.at, r.column) for r in self.remarks if r.level is not Level.NOTICE}
        for fault in faults:
            at = fault.row - 1
            if (at, fault.column) in silent:
                continue
            message = self._fault_text(fault)
            self.remarks.append(Remark(at, fault.column, fault.value, fault.rule, message))

    def _fault_text(self, fault: frames.Fault) -> str:
        """Return what to say of a fault: a blank cell shows nothing, so its column is named."""
        if fault.value:
            return f"“{fault.value}” {fault.rule}."
        header = vocabulary.HEADERS.get(self.kind, {}).get(fault.column, fault.column)
        if fault.rule == _(frames.REQUIRED):
            return _("“{column}” must not be blank; fill it in.").format(column=header)
        return _("“{column}” is blank; it {rule}.").format(column=header, rule=fault.rule)

    def row_text(self, at: int) -> str:
        """Return what a person calls a row of the file, by its count."""
        row = _("feature {row}") if self.layers[at] else _("row {row}")
        return row.format(row=self.numbers[at])

    def read_column(self, column: str, reader: Callable[[str], Cell], rule: str) -> pd.Series:
        """Read a column in place; return what was said in it in place of a day."""
        plain, periods, remarks = cells.column_of(self.table[column], reader, rule)
        self.table[column] = plain
        self.remarks += remarks
        return periods

    def known_in(self, known: pd.DataFrame) -> NDArray[np.bool_]:
        """Return which rows bear the id of a known record; ``known`` is indexed by id."""
        ids = self.table["id"].fillna("").to_numpy(dtype=object)
        return np.asarray(known.index.get_indexer(pd.Index(ids)) >= 0)

    def complete(self, known: pd.DataFrame, columns: Iterable[str]) -> None:
        """Fill the columns about which a row says nothing from the known record of its id.

        Parameters
        ----------
        known : DataFrame
            Text, indexed by id.
        columns : iterable of str
            To be filled.
        """
        is_known = self.known_in(known)
        for column in columns:
            wanting = is_known & ~self.present[column].to_numpy()
            if wanting.any():
                ids = self.table.loc[wanting, "id"]
                self.table.loc[wanting, column] = known[column].reindex(ids).to_numpy()


def gather(sheets: Iterable[Sheet], columns: Sequence[str], answers: Answers) -> Rows:
    """Return the rows of sheets of one kind, with the answers put into their cells.

    Parameters
    ----------
    sheets : iterable of Sheet
        Of one kind.
    columns : sequence of str
        Of that kind.
    answers : Mapping
        As far as people were asked; unknown keys are left alone.
    """
    wanted = [*columns, *EXTRAS]
    frames_of: list[tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]] = []
    sources: list[Sheet] = []
    numbers: list[int] = []
    identity: dict[int, str] = {}
    decided: dict[tuple[str, str], str] = {}
    answered: set[tuple[int, str]] = set()
    for sheet in sheets:
        text = frames.blank_to_missing(sheet.cells, wanted)
        has = pd.DataFrame({c: c in sheet.cells for c in wanted}, index=text.index)
        letters_of = sheet.types.reindex(text.index, columns=wanted, fill_value=str(Type.UNTYPED))
        sheet_answers = {(r, c): v for (name, r, c), v in answers.items() if name == sheet.name}
        left_out = {r for (r, c), v in sheet_answers.items() if c == "id" and v.startswith(ROW)}
        text, has, letters_of = (f[~f.index.isin(left_out)] for f in (text, has, letters_of))
        at_of = {int(number): at for at, number in enumerate(text.index, start=len(sources))}
        for (row, column), value in sheet_answers.items():
            if row not in at_of or column not in wanted:
                continue
            answered.add((at_of[row], column))
            if value.startswith(COLUMN):
                decided[sheet.name, column] = value.removeprefix(COLUMN)
            elif column == "id" and (value == NEW or value.startswith(SAME)):
                identity[at_of[row]] = value.removeprefix(SAME)
            else:
                _put(text, has, row, column, value)
                letters_of.loc[row, column] = str(Type.TEXT)
        frames_of.append((text, has, letters_of))
        sources += [sheet] * len(text)
        numbers += [int(number) for number in text.index]
    table, present, types = (
        pd.concat(parts, ignore_index=True) for parts in zip(*frames_of, strict=True)
    )
    return Rows(
        table.astype("string"),
        present.astype(bool),
        types,
        [sheet.name for sheet in sources],
        numbers,
        [sheet.places for sheet in sources],
        identity,
        headers=[sheet.headers for sheet in sources],
        units=[sheet.units for sheet in sources],
        decided=decided,
        answered=answered,
        kind=sources[0].kind if sources else "",
        layers=[sheet.is_layer for sheet in sources],
    )


def _put(text: pd.DataFrame, has: pd.DataFrame, row: int, column: str, value: str) -> None:
    """Put an answer into a cell; one that is a whole position takes the place of all its cells."""
    if column in readings.COLUMNS and _is_position(value):
        text.loc[row, [*readings.COLUMNS, "central_meridian"]] = pd.NA
        has.loc[row, list(readings.COLUMNS)] = True
        column = "position"
    text.loc[row, column] = value or pd.NA
    has.loc[row, column] = True


def _is_position(value: str) -> bool:
    try:
        notation.parse(value)
    except DataError:
        return False
    return True


def at_place(rows: Rows, at: int) -> str:
    """Return the answer that names a row: `ROW`, its sheet and its number."""
    return f"{ROW}{rows.sheets[at]}:{rows.numbers[at]}"


def unchanged_cells(rows: Rows, known: pd.DataFrame, columns: Iterable[str]) -> NDArray[np.bool_]:
    """Return the rows whose cells in some columns say what is known of their id, or nothing.

    A column that the row's sheet lacks says nothing.
    """
    at = known.index.get_indexer(pd.Index(rows.table["id"].fillna("").to_numpy(dtype=object)))
    same = at >= 0
    for column in columns:
        old = known[column].fillna("").to_numpy(dtype=object)[at] if len(known) else ""
        now = rows.table[column].fillna("").to_numpy(dtype=object)
        same &= (old == now) | ~rows.present[column].to_numpy()
    return np.asarray(same)
