"""Finding the table in a sheet or layer: its header rows under titles, and its columns.

Not here: the words (``vocabulary``), the rows below (``body``), or how a file becomes a grid.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

import pandas as pd

from geodata.core.errors import DataError
from geodata.core.text import _
from geodata.intake.reading.body import at, refuse_shifted, reported, rows_under, sectioned
from geodata.intake.reading.grid import COLUMNS, Grid, Sheet, clean, letter
from geodata.register import vocabulary

SEARCHED = 30  # rows in which the headers have to be

_LONGEST = 300  # characters of a header; the longest texts are no names of columns

Header = tuple[str, ...]
"""What stands over one column, from top to bottom: ``("Tọa độ", "X")``."""


@dataclass(frozen=True)
class Columns:
    """Which column is which in a table of one kind: canonical column to its position."""

    kind: str = ""
    positions: Mapping[str, int] = field(default_factory=dict)
    twins: tuple[tuple[int, int], ...] = ()


# A table is of a kind if it has one column of each group at least; whole pairs count.
_NEEDED: Mapping[str, tuple[tuple[frozenset[str], ...], ...]] = {
    "sites": (
        (frozenset({"id"}), frozenset({"name_vi"})),
        (
            *(frozenset({c}) for c in ("kind", "position", "commune", "district", "lifecycle")),
            *(frozenset({c}) for c in ("district_legacy", "commune_legacy", "commune_2025")),
            *(frozenset({c}) for c in ("decision", "operator", "area_ha")),
            frozenset({"lat", "lon"}),
            frozenset({"vn2000_x", "vn2000_y"}),
        ),
    ),
    "evidence": (
        (frozenset({"subject"}),),
        (frozenset({"axis"}), frozenset({"kind"}), frozenset({"event_date"})),
    ),
    "declarations": (
        (frozenset({"plant"}), frozenset({"sector"})),
        (frozenset({"consumption"}), frozenset({"output"})),
    ),
}


def recognised(headers: Sequence[Header]) -> Columns:
    """Return the kind of table that headers speak of, and which column is which.

    Of two headers that mean one column the more exact is taken; equally exact ones are twins.
    """
    candidates = [_columns(kind, headers) for kind in vocabulary.HEADERS]
    fitting = [columns for columns in candidates if _is_whole(columns)]
    return max(fitting, key=lambda columns: len(columns.positions), default=Columns())


def sheet(grid: Grid) -> Sheet | None:
    """Return the table that a sheet holds, None if no header row is in it.

    Raises
    ------
    DataError
        If two columns of the table have the same header.
    """
    last, columns, headers = _header(grid)
    if not columns.kind:
        return None
    for one, other in columns.twins:
        raise _doubled((letter(one), letter(other)), headers[other])
    body, notes = rows_under(grid, last, list(columns.positions.values()))
    if not grid.name:
        refuse_shifted(body, len(headers))
    wanted = set(columns.positions.values())
    across = {
        position: _text(values)
        for position, values in enumerate(zip_longest(*body.values(), fillvalue=""))
        if position in wanted
    }
    blank = _text([""] * len(body))
    cells = pd.DataFrame(
        {column: across.get(position, blank) for column, position in columns.positions.items()},
        index=pd.Index(list(body), dtype="int64"),
    )
    places = {column: letter(position) for column, position in columns.positions.items()}
    written = {column: _joined(headers[position]) for column, position in columns.positions.items()}
    ignored = tuple(
        _joined(header) for c, header in enumerate(headers) if c not in wanted and any(header)
    )
    whole = Sheet(grid.name, columns.kind, cells, places, written, ignored, notes)
    return sectioned(whole) if whole.kind == "sites" else reported(whole)


def layer(
    name: str, fields: Mapping[str, list[str]], kept: Mapping[str, list[str]]
) -> Sheet | None:
    """Return a layer of features as a table, None if it is none of ours.

    Parameters
    ----------
    name
        Of the layer.
    fields
        Attributes by the name of their field, as text, empty where blank.
    kept
        Canonical columns made from the geometry; a field of the same meaning gives way.

    Raises
    ------
    DataError
        If two fields mean the same.
    """
    names = list(fields)
    columns = recognised([*((column,) for column in kept), *((field,) for field in names)])
    if not columns.kind:
        return None
    for one, other in columns.twins:
        if one >= len(kept):
            pair = (names[one - len(kept)], names[other - len(kept)])
            raise _doubled(pair, (pair[1],))
    made = [*kept, *names]
    values = [*kept.values(), *fields.values()]
    cells = pd.DataFrame(
        {column: _text(map(clean, values[place])) for column, place in columns.positions.items()}
    )
    cells.index = pd.RangeIndex(1, len(cells) + 1)
    places = {column: made[place] for column, place in columns.positions.items()}
    used = set(places.values())
    ignored = tuple(field for field in names if field not in used)
    filled = cells[cells.notna().any(axis=1)]
    return Sheet(name, columns.kind, filled, places, dict(places), ignored, ())


def score(rows: Mapping[int, list[str]]) -> tuple[int, int]:
    """Return how well a reading of a file's first rows fits: columns recognised, then width."""
    width = max((len(row) for row in rows.values()), default=0)
    if width > COLUMNS:
        return 0, width
    _last, columns, _headers = _header(Grid("", dict(rows)))
    return len(columns.positions), width


def _columns(kind: str, headers: Sequence[Header]) -> Columns:
    """Return which column is which, if the table is of a kind."""
    best: dict[str, tuple[int, int]] = {}
    twins: dict[str, tuple[int, int]] = {}
    for position, header in enumerate(headers):
        meaning = _meaning(kind, header)
        if meaning is None:
            continue
        rank, earlier = best.get(meaning.column, (None, 0))
        if rank == meaning.rank:
            twins[meaning.column] = (earlier, position)
        if rank is None or meaning.rank < rank:
            best[meaning.column] = (meaning.rank, position)
            twins.pop(meaning.column, None)
    positions = {column: position for column, (_rank, position) in best.items()}
    return Columns(kind, positions, tuple(twins.values()))


def _meaning(kind: str, header: Header) -> vocabulary.Meaning | None:
    """Return what a header means: all its lines together, or else the lowest."""
    if not header or sum(map(len, header)) > _LONGEST:
        return None
    whole = vocabulary.meaning_of(kind, " ".join(header))
    return whole or vocabulary.meaning_of(kind, header[-1])


def _is_whole(columns: Columns) -> bool:
    """Say whether a table has what its kind needs."""
    have = set(columns.positions)
    return all(any(choice <= have for choice in group) for group in _NEEDED[columns.kind])


def _header(grid: Grid) -> tuple[int, Columns, list[Header]]:
    """Return the last row of the headers, which column is which, and the headers."""
    lines = {number: row for number, row in list(grid.rows.items())[:SEARCHED] if any(row)}
    wide, narrow = _spread(grid, lines, wide=True), _spread(grid, lines, wide=False)
    best: tuple[int, Columns, list[Header]] = (0, Columns(), [])
    numbers = list(lines)
    for height in (1, 2, 3):
        for first in range(len(numbers) - height + 1):
            source = wide if height > 1 else narrow
            stack = [source[n] for n in numbers[first : first + height]]
            headers = _stacked(stack)
            columns = recognised(headers)
            # Of equals, those under a heading of several columns are told together with it.
            better = len(columns.positions) - len(best[1].positions)
            grouped = better == 0 and height > 1 and _is_group(grid, numbers[first], len(headers))
            if better > 0 or (grouped and numbers[first + height - 1] == best[0]):
                best = (numbers[first + height - 1], columns, headers)
    return best


def _is_group(grid: Grid, row: int, width: int) -> bool:
    """Say whether a row has a cell merged over some, not all, of the columns: no title."""
    spans = (span for span in grid.spans if span.bottom == row)
    return any(0 < span.right - span.left < width - 1 for span in spans)


def _spread(grid: Grid, lines: Mapping[int, list[str]], *, wide: bool) -> dict[int, list[str]]:
    """Return the first rows with the text of merged cells in all they cover.

    To the right only if wide, and only over further headers: a wide cell alone is one column.
    """
    spread = {number: list(row) for number, row in lines.items()}
    for span in grid.spans:
        text = at(lines.get(span.top, []), span.left)
        over = any(lines.get(span.bottom + 1, [])[span.left + 1 : span.right + 1])
        right = span.right if wide and over else span.left
        for number in range(span.top, min(span.bottom, span.top + SEARCHED) + 1):
            if text and number in spread:
                row = spread[number]
                row += [""] * (right + 1 - len(row))
                row[span.left : right + 1] = [text] * (right + 1 - span.left)
    return spread


def _stacked(stack: Sequence[list[str]]) -> list[Header]:
    """Return the headers that some rows make together, each text once a column."""
    width = max(len(row) for row in stack)
    columns = ([clean(at(row, c)) for row in stack] for c in range(width))
    return [tuple(dict.fromkeys(text for text in column if text)) for column in columns]


def _doubled(places: tuple[str, str], header: Header) -> DataError:
    """Return the sentence for two columns that say they are the same."""
    return DataError(
        _(
            "Columns {one} and {other} have the same meaning, “{header}”; keep one of them and "
            "try again."
        ).format(one=places[0], other=places[1], header=_joined(header))
    )


def _joined(header: Header) -> str:
    """Return a header as written, its lines joined."""
    return " ".join(" ".join(header).split())


def _text(values: Iterable[str]) -> pd.api.extensions.ExtensionArray:
    """Return values as a column of text, missing where blank."""
    return pd.array([value or None for value in values], dtype="string")
