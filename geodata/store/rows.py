"""Rows of the database from frames and back, and the text in which they are sealed.

Not here: which rows are written or read when (``store``).
"""

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import pandas as pd
import sqlalchemy as sa

from geodata.store.tables import DECLARATIONS, DOCUMENTS, EVIDENCE, SITES, Kept

CHUNK = 20_000
SEPARATOR = "\n"
_PLACE = ("workspace", "entry", "line", "removed")


def of_frame(
    kept: Kept, workspace: str, entry: int, frame: pd.DataFrame, *, after: int = 0, removed: bool
) -> Iterator[list[dict[str, Any]]]:
    """Give the rows of a frame as the database takes them, lines numbered on from `after`."""
    names = (*_PLACE, *kept.types)
    for start in range(0, len(frame), CHUNK):
        part = frame.iloc[start : start + CHUNK]
        columns = [_plain(part[name]) for name in kept.types]
        lines = range(after + start + 1, after + start + 1 + len(part))
        yield [
            dict(zip(names, (workspace, entry, line, removed, *cells), strict=True))
            for line, *cells in zip(lines, *columns, strict=True)
        ]


def identity(kept: Kept, frame: pd.DataFrame) -> pd.Series:
    """Return what names each row of a table among all versions of all rows."""
    names = frame[kept.key[0]]
    for column in kept.key[1:]:
        names = names + SEPARATOR + frame[column]
    return names


def _plain(column: pd.Series) -> list[Any]:
    """Return a column as text, floats or days of plain Python, None where it is missing."""
    if pd.api.types.is_float_dtype(column):
        column = column + 0.0  # SQLite does not keep the sign of a zero
    if pd.api.types.is_datetime64_any_dtype(column):
        return list(column.to_numpy("datetime64[D]").astype(object))
    return column.astype(object).where(column.notna(), None).tolist()


def canonical(kept: Kept, rows: Sequence[dict[str, Any]]) -> str:
    """Return rows as text that is the same on every machine and database.

    JSON, one row a line, days ISO; what is missing is left out, so that a column that a
    later version adds does not change what was sealed before.
    """
    table = kept.table.name
    return "".join(
        json.dumps(
            [table, row["line"], bool(row["removed"])]
            + [[name, row[name]] for name in kept.types if row[name] is not None],
            default=str,
        )
        + "\n"
        for row in rows
    )


def every(connection: sa.Connection, kept: Kept, workspace: str) -> Iterator[list[dict[str, Any]]]:
    """Give all rows of a workspace as they stand in the database, in the order of entry."""
    query = sa.select(kept.table).where(kept.table.c.workspace == workspace)
    result = connection.execute(query.order_by(kept.table.c.entry, kept.table.c.line))
    for part in result.mappings().partitions(CHUNK):
        yield [dict(row) for row in part]


def latest(
    connection: sa.Connection,
    kept: Kept,
    workspace: str,
    upto: int,
    without: Collection[int] = (),
) -> pd.DataFrame:
    """Return what a table holds at an entry: of each id the last version, unless removed.

    In the order in which the ids were first entered; some entries can be left out.
    """
    return alive(settled(kept, between(connection, kept, workspace, (0, upto), without)))


def between(
    connection: sa.Connection,
    kept: Kept,
    workspace: str,
    span: tuple[int, int],
    without: Collection[int] = (),
) -> pd.DataFrame:
    """Return what was written to a table after an entry and up to another, with `removed`."""
    after, upto = span
    table = kept.table
    columns = [table.c.removed, *(table.c[name] for name in kept.types)]
    written = (table.c.workspace == workspace, table.c.entry > after, table.c.entry <= upto)
    query = sa.select(*columns).where(*written)
    if without:
        query = query.where(table.c.entry.not_in(without))
    result = connection.execute(query.order_by(table.c.entry, table.c.line))
    types = {"removed": "bool", **kept.types}
    parts = [_frame(part, types) for part in result.partitions(CHUNK)] or [_frame((), types)]
    return pd.concat(parts, ignore_index=True) if parts[1:] else parts[0]


def settled(kept: Kept, every: pd.DataFrame) -> pd.DataFrame:
    """Return the last version of each id, removed or not, in the order of the first ones."""
    ids = identity(kept, every)
    if not ids.duplicated().any():
        return every.reset_index(drop=True)
    order = pd.Index(ids.drop_duplicates())
    last = ~ids.duplicated(keep="last").to_numpy()
    newest: pd.DataFrame = every[last].iloc[order.get_indexer(ids[last]).argsort()]
    return newest.reset_index(drop=True)


def alive(every: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that were not removed, and no more of that."""
    if every["removed"].any():
        every = every[~every["removed"]]
    return every.drop(columns="removed").reset_index(drop=True)


def versions(connection: sa.Connection, kept: Kept, workspace: str, key: str) -> pd.DataFrame:
    """Return every version of one id, oldest first, with its `entry` and whether `removed`."""
    table = kept.table
    columns = [table.c.entry, table.c.removed, *(table.c[name] for name in kept.types)]
    query = sa.select(*columns).where(table.c.workspace == workspace, table.c.id == key)
    result = connection.execute(query.order_by(table.c.entry, table.c.line)).all()
    return _frame(result, {"entry": "int64", "removed": "bool", **kept.types})


def touching(connection: sa.Connection, workspace: str, site: str) -> list[int]:
    """Return the entries that wrote a site, or a record or document about it, newest first."""
    document, record = DOCUMENTS.table.c, EVIDENCE.table.c
    records = sa.select(record.id).where(record.workspace == workspace, record.subject == site)
    abouts = (
        (SITES.table, SITES.table.c.id == site),
        (EVIDENCE.table, record.subject == site),
        (DECLARATIONS.table, DECLARATIONS.table.c.plant == site),
        (DOCUMENTS.table, document.evidence.in_(records)),
    )
    queries = [
        sa.select(table.c.entry).where(table.c.workspace == workspace, about)
        for table, about in abouts
    ]
    return sorted(set(connection.scalars(sa.union(*queries))), reverse=True)


def _frame(rows: Sequence[Sequence[Any]], types: dict[str, str]) -> pd.DataFrame:
    columns = zip(*rows, strict=True) if rows else ((),) * len(types)
    return pd.DataFrame(
        {
            name: pd.Series(list(values), dtype=pd.api.types.pandas_dtype(kind))
            for (name, kind), values in zip(types.items(), columns, strict=True)
        },
        copy=False,
    )


def written(
    connection: sa.Connection, kept: Kept, workspace: str, which: sa.ColumnElement[bool]
) -> set[str]:
    """Return what names the rows of certain entries."""
    fields = kept.table.c
    query = sa.select(*(fields[column] for column in kept.key)).where(
        fields.workspace == workspace, which
    )
    return {SEPARATOR.join(row) for row in connection.execute(query)}
