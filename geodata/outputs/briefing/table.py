"""A table of the workbook: rows of cells, and formulas that count and add its columns up.

Not here: what stands in tables (``lists``, ``tally``, ``workbook``), or how they look (``layout``).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell

TOP = 3  # the row of the heads, counted from 0; above it stand banner, title and facts


class Formula(NamedTuple):
    """A formula, what it comes to, and a number format other than its column's."""

    text: str
    value: str | float
    style: str = ""


Cell = str | float | date | Formula | None


def whole(text: str, listed: int, value: int) -> Formula:
    """Return a formula over a list, with what is counted and not listed added as a number."""
    return Formula(f"{text}+{value - listed}" if value > listed else text, value)


@dataclass(frozen=True)
class TableColumn:
    """A column of a table: the head people read, its width in letters, and a number format."""

    head: str
    width: float
    style: str = ""


class Plot(NamedTuple):
    """A native chart of a table: a bar for each of its first `rows`, stacked of `parts`.

    `parts` are columns by what they mean (``yes``, ``unknown``, ``no``). With a `goal`, the column
    of thresholds, the bars are shares of the whole and stand below the table; else they lie beside
    it. `text` says it to who does not see it.
    """

    title: str
    text: str
    parts: Mapping[str, str]
    rows: int
    names: str = "name"
    goal: str = ""


@dataclass
class Table:
    """A table on a sheet of its own: rows of cells by column, of which some are `strong`.

    Below it may stand `sentences`, a chart, and the file's `origin`; the columns from `unprinted`
    on stay on the screen.
    """

    sheet: str
    title: str
    columns: Mapping[str, TableColumn]
    rows: list[dict[str, Cell]] = field(default_factory=list)
    strong: set[int] = field(default_factory=set)
    total: bool = False  # whether the last row adds the others up
    sentences: tuple[str, ...] = ()
    plot: Plot | None = None
    origin: tuple[str, ...] = ()
    unprinted: int | None = None
    _tallies: dict[Any, Counter[tuple[Cell, ...]]] = field(default_factory=dict)

    def at(self, column: str, row: int) -> str:
        """Return where a cell stands, as formulas name it: ``C5``."""
        return str(xl_rowcol_to_cell(TOP + 1 + row, list(self.columns).index(column)))

    def elsewhere(self, column: str, row: int) -> str:
        """Return where a cell stands, as formulas on other sheets name it."""
        return f"'{self.sheet}'!{self.at(column, row)}"

    def range(self, column: str, rows: int | None = None) -> str:
        """Return where a column stands, or its first rows, as formulas on any sheet name it."""
        place = list(self.columns).index(column)
        ends = (TOP + 1, TOP + max(1, len(self.rows) - self.total if rows is None else rows))
        first, last = (xl_rowcol_to_cell(r, place, row_abs=True, col_abs=True) for r in ends)
        return f"'{self.sheet}'!{first}:{last}"

    def count(self, value: int, **wanted: str) -> Formula:
        """Return the formula that counts the rows with these texts in these columns.

        It comes to `value`: what is counted and on no list, for it is not named, is added.
        """
        return whole(self.call(wanted), self.listed(wanted), value)

    def call(self, wanted: Mapping[str, str], cells: Mapping[str, str] | None = None) -> str:
        """Return the call that counts rows; of some columns the text wanted is in `cells`."""
        asked = {column: f'"{text}"' for column, text in wanted.items()} | {**(cells or {})}
        pairs = ",".join(f"{self.range(column)},{cell}" for column, cell in asked.items())
        return f"COUNTIFS({pairs})"

    def listed(self, wanted: Mapping[str, str]) -> int:
        """Return how many rows have these texts in these columns."""
        return self._tally(tuple(wanted))[tuple(wanted.values())]

    def added(self, column: str, value: int) -> Formula:
        """Return the formula that adds up a column; it comes to `value`, as `count` does."""
        cells = (row.get(column) for row in self.rows)
        listed = sum(float(cell) for cell in cells if isinstance(cell, int | float))
        return whole(f"SUM({self.range(column)})", int(listed), value)

    def _tally(self, columns: tuple[str, ...]) -> Counter[tuple[Cell, ...]]:
        """Return how many rows have which texts in some columns."""
        key = (columns, len(self.rows))
        if key not in self._tallies:
            self._tallies[key] = Counter(tuple(map(row.get, columns)) for row in self.rows)
        return self._tallies[key]
