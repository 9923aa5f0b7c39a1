"""The journal of a workspace: who entered what, when and from where, sealed entry by entry.

Every entry's seal covers the one before it, so that what is changed, dropped or slipped in past the
software breaks the chain; against whoever recomputes it there is the ``witness``.
Not here: what an entry writes (``store``).
"""

import hashlib
import json
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import pandas as pd
import sqlalchemy as sa

from geodata.store import rows
from geodata.store.tables import DATA
from geodata.store.tables import journal as table
from geodata.store.tables import workspace as workspaces

ACTIONS = ("fill", "import", "edit", "undo", "review", "publish", "briefing", "headings", "answer")
WRITING = ACTIONS[:4]  # the actions that change data

_COUNTS = ("sites", "evidence", "declarations", "documents")  # in the order of DATA
_SEALED = ("entry", "at", "who", "origin", "action", "about", "note", *_COUNTS, "content")
_LISTED = (*_SEALED[:-1], "seal")
COLUMNS = (*_LISTED, "reviewed", "published", "undone")


class Origin(NamedTuple):
    """Where an entry comes from: the moment (UTC), the person, the file or screen."""

    at: datetime
    who: str
    origin: str


class Head(NamedTuple):
    """The last entry of a workspace, and the digests that the next one goes on from."""

    entry: int
    content: str
    seal: str


def head(connection: sa.Connection, workspace: str) -> Head:
    """Return the last entry of a workspace; number 0 without digests if there is none."""
    query = sa.select(table.c.entry, table.c.content, table.c.seal)
    last = query.where(table.c.workspace == workspace).order_by(table.c.entry.desc()).limit(1)
    row = connection.execute(last).one_or_none()
    return Head(*row) if row else Head(0, "", "")


def entry_of(connection: sa.Connection, workspace: str, seal: str) -> int | None:
    """Return the entry that a seal is of; None if this journal does not go on from it."""
    query = sa.select(table.c.entry).where(table.c.workspace == workspace, table.c.seal == seal)
    return connection.scalar(query)


def sealed(
    connection: sa.Connection, workspace: str, entry: int, content: str
) -> tuple[str, datetime] | None:
    """Return seal and moment (UTC) of an entry whose content begins like this, if it does."""
    query = sa.select(table.c.content, table.c.seal, table.c.at).where(
        table.c.workspace == workspace, table.c.entry == entry
    )
    row = connection.execute(query).one_or_none()
    return (str(row.seal), row.at) if row and row.content.startswith(content) else None


def add(
    connection: sa.Connection,
    workspace: str,
    before: Head,
    by: Origin,
    action: str,
    *,
    written: tuple[int, ...] = (0, 0, 0, 0),
    content: str | None = None,
    about: int | None = None,
    note: str = "",
) -> Head:
    """Add an entry behind the last one and return it.

    `written` says how many rows of each table of `DATA` belong to it; `content` is the digest
    of all data up to and with it, by default that of the entry before.
    """
    values: dict[str, Any] = {
        "entry": before.entry + 1,
        **by._asdict(),
        "action": action,
        "about": about,
        "note": note,
        **dict(zip(_COUNTS, written, strict=True)),
        "content": before.content if content is None else content,
    }
    seal = _seal(before.seal, values)
    connection.execute(sa.insert(table).values(workspace=workspace, seal=seal, **values))
    newest = sa.update(workspaces).where(workspaces.c.name == workspace)
    connection.execute(newest.values(seal=seal))
    return Head(values["entry"], values["content"], seal)


def _seal(before: str, values: dict[str, Any]) -> str:
    text = json.dumps([values[name] for name in _SEALED], default=_plain, ensure_ascii=False)
    return hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def content_after(before: str, data: str) -> str:
    """Return the digest of all data, from that of the data before and that of what is new."""
    return hashlib.sha256(f"{before}\n{data}".encode()).hexdigest()


def breaks(connection: sa.Connection, workspace: str) -> list[int]:
    """Return the entries whose seal does not fit what the database holds of them.

    The numbers must run on; the first entry of a workspace that was replaced as a whole may
    have any number. Where the workspace itself says something else than its journal about what
    is newest and what is published, that is told of the last entry.
    """
    query = sa.select(table).where(table.c.workspace == workspace).order_by(table.c.entry)
    data = _data(connection, workspace)
    wrong, before, expected, state = [], Head(0, "", ""), None, _State()
    for row in connection.execute(query).mappings().all():
        values = dict(row)
        number = values["entry"]
        written = values["action"] in WRITING or number in data
        running, counts = data.pop(number, (hashlib.sha256(), dict.fromkeys(_COUNTS, 0)))
        content = content_after(before.content, running.hexdigest()) if written else before.content
        recorded = {name: values[name] for name in _COUNTS}
        held = (content, _seal(before.seal, values), counts)
        if held != (values["content"], values["seal"], recorded) or expected not in (None, number):
            wrong.append(number)
        before, expected = Head(number, values["content"], values["seal"]), number + 1
        state.follow(values)
    columns = [workspaces.c[name] for name in _State.COLUMNS]
    workspace_row = connection.execute(
        sa.select(*columns).where(workspaces.c.name == workspace)
    ).one()
    if list(workspace_row) != [*state.newest, *state.published, before.seal]:
        wrong.append(before.entry)
    return sorted({*wrong, *data})


class _State:
    """What a workspace has to say of its data, followed through its journal."""

    COLUMNS = ("revision", "content", "published", "published_content", "seal")

    def __init__(self) -> None:
        self.newest = self.published = (0, "")
        self._contents = {0: ""}

    def follow(self, values: dict[str, Any]) -> None:
        """Go on by one entry."""
        number, action, about = values["entry"], values["action"], values["about"]
        self._contents[number] = values["content"]
        if action in WRITING:
            self.newest = number, values["content"]
        if action == "fill":
            self.published = self.newest
        if action == "publish":
            self.published = about, self._contents.get(about, "")


def _data(connection: sa.Connection, workspace: str) -> dict[int, tuple[Any, dict[str, int]]]:
    """Return for each entry the running hash of its rows, in the order of sealing, and counts."""
    by_entry: dict[int, tuple[Any, dict[str, int]]] = {}
    for kept, name in zip(DATA, _COUNTS, strict=True):
        for part in rows.every(connection, kept, workspace):
            for entry, lines in groupby(part, itemgetter("entry")):
                running, counts = by_entry.setdefault(
                    entry, (hashlib.sha256(), dict.fromkeys(_COUNTS, 0))
                )
                group = list(lines)
                counts[name] += len(group)
                running.update(rows.canonical(kept, group).encode())
    return by_entry


def seal_unsealed(connection: sa.Connection) -> None:
    """Seal the first entries that a migration made of what an older schema held."""
    query = sa.select(table).where(table.c.seal == "")
    for row in connection.execute(query).mappings().all():
        values, workspace = dict(row), row["workspace"]
        running, counts = _data(connection, workspace).get(row["entry"], (hashlib.sha256(), {}))
        values |= counts
        values["content"] = content_after("", running.hexdigest())
        here = (table.c.workspace == workspace) & (table.c.entry == row["entry"])
        sealed = {**counts, "content": values["content"], "seal": _seal("", values)}
        connection.execute(sa.update(table).where(here).values(sealed))
        state = {"content": values["content"], "published_content": values["content"]}
        state["seal"] = sealed["seal"]
        which = workspaces.c.name == workspace
        connection.execute(sa.update(workspaces).where(which).values(state))


def given(connection: sa.Connection, workspace: str) -> list[str]:
    """Return the notes of the briefings given, newest first."""
    query = sa.select(table.c.note).where(
        table.c.workspace == workspace, table.c.action == "briefing"
    )
    return list(connection.scalars(query.order_by(table.c.entry.desc())))


def listed(connection: sa.Connection, workspace: str, published: int) -> pd.DataFrame:
    """Return the journal, newest first: `COLUMNS`, with what is reviewed and published."""
    columns = [table.c[name] for name in _LISTED]
    query = sa.select(*columns).where(table.c.workspace == workspace)
    result = connection.execute(query.order_by(table.c.entry.desc())).all()
    entries = pd.DataFrame([tuple(row) for row in result], columns=[c.name for c in columns])
    entries["about"] = entries["about"].astype("Int64")
    seen = entries.loc[(entries["action"] == "review").to_numpy(), "about"]
    entries["reviewed"] = entries["entry"].isin(seen) | (entries["action"] == "fill")
    entries["published"] = entries["entry"] <= published
    undone = entries.loc[(entries["action"] == "undo").to_numpy(), "about"]
    entries["undone"] = entries["entry"].isin(undone)
    return entries[list(COLUMNS)]
