"""What happens inside a transaction: the state of a workspace, and writing one entry to it.

Not here: opening transactions and who may write (``store``), the seals (``journal``), what is
refused (``refusals``).
"""

import hashlib
from datetime import date, datetime

import pandas as pd
import sqlalchemy as sa

from geodata.core.clock import local
from geodata.core.lookup import is_in
from geodata.register import evidence as ev
from geodata.store import journal, refusals, rows, tables
from geodata.store.change import Change
from geodata.store.tables import DATA


def version(revision: int, content: str) -> str:
    """Return a data version in words: entry and digest."""
    return f"{revision}-{content[:8]}"


def schema(connection: sa.Connection) -> str | None:
    """Return the schema revision of a database, None if it holds no store."""
    if not sa.inspect(connection).has_table(tables.alembic.name):
        return None
    return connection.scalar(sa.select(tables.alembic.c.version_num))


# --- the row of a workspace ----------------------------------------------------------------


def state(connection: sa.Connection, workspace: str, *, published: bool = False) -> tuple[int, str]:
    """Return the last entry that changed data, and the digest of all data up to it."""
    fields = tables.workspace.c
    columns = (
        (fields.published, fields.published_content)
        if published
        else (fields.revision, fields.content)
    )
    row = connection.execute(sa.select(*columns).where(fields.name == workspace)).one_or_none()
    if row is None:
        raise refusals.no_workspace(workspace)
    return int(row[0]), str(row[1])


def content_at(connection: sa.Connection, workspace: str, entry: int) -> str:
    """Return the digest of all data up to an entry of the journal."""
    fields = tables.journal.c
    query = sa.select(fields.content).where(fields.workspace == workspace, fields.entry == entry)
    content = connection.scalar(query)
    if content is None:
        raise refusals.no_entry(entry)
    return str(content)


def make(connection: sa.Connection, workspace: str, moment: object) -> None:
    """Make an empty workspace."""
    row = {"name": workspace, "revision": 0, "content": "", "published": 0}
    row |= {"published_content": "", "seal": "", "description": ""}
    row |= {"created_at": moment, "changed_at": moment}
    connection.execute(sa.insert(tables.workspace).values(row))


def lock(connection: sa.Connection, workspace: str, moment: datetime) -> bool:
    """Take a workspace for writing, before anything is read; return whether it is there."""
    return describe(connection, workspace, changed_at=moment) == 1


def describe(connection: sa.Connection, workspace: str, **values: object) -> int:
    """Write to the row of a workspace; return how many there are of it."""
    row = sa.update(tables.workspace).where(tables.workspace.c.name == workspace)
    return connection.execute(row.values(values)).rowcount


# --- the day of knowledge ------------------------------------------------------------------


def as_known(
    connection: sa.Connection,
    workspace: str,
    known_at: date,
    newest: list[pd.DataFrame],
    upto: int,
    *,
    drafts: bool,
) -> tuple[list[pd.DataFrame], pd.DataFrame]:
    """Return the tables of `DATA` as they were known at the end of a day, and what came later.

    Records tell themselves when they were entered; one that was undone later was still known.
    Nothing after the entry `upto` is looked at; without drafts nothing either that was undone
    before it was ever published.
    """
    entry = _last_entry(connection, workspace, known_at, upto)
    without = set() if drafts else _never_published(connection, workspace)
    if entry == upto and not without:
        then = newest
    else:
        then = [rows.latest(connection, kept, workspace, entry, without) for kept in DATA]
    _register, records, declared, _documents = newest
    known = [
        _with_undone(ev.known_at(now, known_at), ev.known_at(before, known_at))
        for now, before in ((records, then[1]), (declared, then[2]))
    ]
    late = (records["recorded_at"] > pd.Timestamp(known_at)).to_numpy()
    return [then[0], *known, then[3]], records[late]


def _with_undone(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Return what is known now and what was before it was undone."""
    undone = before[~is_in(before["id"], now["id"])]
    return pd.concat([now, undone], ignore_index=True)


def _last_entry(connection: sa.Connection, workspace: str, known_at: date, upto: int) -> int:
    """Return the last entry that changed data by the end of a day, or the first one there is."""
    fields = tables.journal.c
    query = sa.select(fields.entry, fields.at).where(
        fields.workspace == workspace, fields.action.in_(journal.WRITING), fields.entry <= upto
    )
    made = connection.execute(query.order_by(fields.entry)).all()
    known = [entry for entry, at in made if local(at).date() <= known_at]
    return int(known[-1] if known else made[0].entry)


def _never_published(connection: sa.Connection, workspace: str) -> set[int]:
    """Return the entries that were undone before they were published, and those that undid them."""
    fields = tables.journal.c
    query = sa.select(fields.entry, fields.action, fields.about).where(
        fields.workspace == workspace, fields.action.in_(("fill", "undo", "publish"))
    )
    log_rows = connection.execute(query).all()
    shown = [(row.entry, row.about or row.entry) for row in log_rows if row.action != "undo"]
    pairs = [(row.about, row.entry) for row in log_rows if row.action == "undo"]
    kept = {
        about for about, undo in pairs if any(at < undo and about <= last for at, last in shown)
    }
    return {entry for pair in pairs if pair[0] not in kept for entry in pair}


# --- writing -------------------------------------------------------------------------------


def write(
    connection: sa.Connection,
    workspace: str,
    change: Change,
    before: journal.Head,
    by: journal.Origin,
    *,
    action: str,
    about: int | None = None,
    note: str = "",
) -> journal.Head:
    """Write the rows of an entry and the entry itself, or refuse them whole."""
    refusals.refuse_taken(connection, workspace, change)
    running, counts = hashlib.sha256(), []
    for kept, frame, gone in change.parts():
        refusals.refuse_nul(frame)
        place = workspace, before.entry + 1
        parts = [*rows.of_frame(kept, *place, frame, removed=False)]
        parts += rows.of_frame(kept, *place, gone, after=len(frame), removed=True)
        for part in parts:
            connection.execute(sa.insert(kept.table), part)
            running.update(rows.canonical(kept, part).encode())
        counts.append(len(frame) + len(gone))
    refusals.refuse_unknown(connection, workspace, change)
    content = journal.content_after(before.content, running.hexdigest())
    written = journal.add(
        connection,
        workspace,
        before,
        by,
        action,
        written=tuple(counts),
        content=content,
        about=about,
        note=note,
    )
    values = {"revision": written.entry, "content": content, "changed_at": by.at}
    describe(connection, workspace, **values)
    return written


def publish(connection: sa.Connection, workspace: str, revision: int, content: str) -> None:
    """Show the public everything up to an entry."""
    describe(connection, workspace, published=revision, published_content=content)


def reverse(connection: sa.Connection, workspace: str, entry: int) -> Change:
    """Return the change that takes an entry back, or refuse if later ones build on it."""
    restored, gone = {}, {}
    for kept in DATA:
        wrote = rows.written(connection, kept, workspace, kept.table.c.entry == entry)
        refusals.refuse_built_on(connection, kept, workspace, entry, wrote)
        earlier = rows.latest(connection, kept, workspace, entry - 1)
        known = rows.identity(kept, earlier)
        restored[kept.table.name] = earlier[is_in(known, wrote)]
        alive = rows.latest(connection, kept, workspace, entry)
        ids = rows.identity(kept, alive)
        gone[kept.table.name] = alive[is_in(ids, wrote) & ~is_in(ids, known)]
    register, records, declared, documents = restored.values()
    back = frozenset(key for kept in DATA for key in rows.identity(kept, restored[kept.table.name]))
    return Change(register, records, declared, documents, replaces=back, gone=gone)
