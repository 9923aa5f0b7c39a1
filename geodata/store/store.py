"""The store: workspaces of sites, evidence and declarations in one database.

Everything is only ever added to, as entries of a journal; what holds at an entry follows from
them. Not here: what the data means, reading files, and where the store is (``settings``).
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import geopandas as gpd
import pandas as pd
import sqlalchemy as sa

from geodata.core.clock import now
from geodata.core.errors import StoreError, WrongCallError
from geodata.core.text import _
from geodata.core.workroom import swept
from geodata.people.access import Person, require, require_other
from geodata.register import evidence as ev
from geodata.register import sites
from geodata.register.ids import REAL, SIMULATED, WORKSPACES
from geodata.register.reports import Reported
from geodata.store import columns as of_columns
from geodata.store import engine, entries, journal, making, refusals, reports, rows, tables
from geodata.store.change import Change
from geodata.store.door import Door
from geodata.store.tables import DATA, SITES
from geodata.store.witness import Witness

P = ParamSpec("P")
T = TypeVar("T")

_TURNS, _PAUSE_S = 4, 0.05
_DIGITS = 8  # of the digest in a data version


@dataclass(frozen=True)
class Snapshot:
    """One workspace as it stood at one data version."""

    workspace: str
    version: str
    sites: gpd.GeoDataFrame
    evidence: pd.DataFrame
    declarations: pd.DataFrame
    documents: pd.DataFrame
    unseen: pd.DataFrame  # the records entered after the day of knowledge, if one was asked for
    seal: str = ""  # of the journal's last entry, or of the one gone back to

    @property
    def revision(self) -> int:
        """The entry that this is the state after."""
        return int(self.version.partition("-")[0])


@dataclass(frozen=True)
class Workspace:
    """What is known of a workspace without reading it; times are UTC."""

    name: str
    version: str
    published: str
    description: str
    created_at: datetime
    changed_at: datetime


def _patient(reading: Callable[P, T]) -> Callable[P, T]:
    """Read again what was not of one moment, a few times."""

    @wraps(reading)
    def patiently(*args: P.args, **options: P.kwargs) -> T:
        for _turn in range(_TURNS):
            with suppress(engine.ChangedError):
                return reading(*args, **options)
            time.sleep(_PAUSE_S)
        return reading(*args, **options)

    return patiently


class Store(Door):
    """All that is read from one database and written to it.

    Parameters
    ----------
    url, writable
        As of `Door`.
    witness : Witness, optional
        Where each newest seal of the real journal is noted, outside the store.
    columns : Path, optional
        The folder of its copies as columns; else beside the file, and of a server there are none.
    """

    def __init__(
        self,
        url: str,
        *,
        writable: bool = True,
        witness: Witness | None = None,
        columns: Path | None = None,
    ) -> None:
        super().__init__(url, writable=writable)
        self.witness, self.writable = witness, writable
        self.columns = columns or (self.path and self.path.with_name(f"{self.path.name}-columns"))

    @contextmanager
    def opened(self, *, writing: bool = False) -> Iterator[sa.Connection]:
        """Give a transaction on a store of the current schema; testify to what it wrote."""
        with super().opened(writing=writing) as connection:
            yield connection
        if writing:  # and only now is it there
            self.testify()

    # --- making ----------------------------------------------------------------------------

    def create(
        self, register: gpd.GeoDataFrame | None = None, records: pd.DataFrame | None = None
    ) -> None:
        """Make the store, or bring an existing one to the current schema; safe to repeat.

        A new SQLite file appears under its name only when it is complete.

        Parameters
        ----------
        register, records : DataFrame, optional
            Sites and evidence for the real workspace, put in if there is none yet.

        Raises
        ------
        StoreError
            If that fails; then everything is as it was.
        """
        if self.path:
            swept(self.path.parent)
        if not self.path or self.path.exists():
            making.complete(self, register, records)
        else:
            with engine.explained(self.name), making.draft(self.path, self.name) as draft:
                made = Door(f"sqlite:///{draft.as_posix()}")
                made.name = self.name
                making.complete(made, register, records)
        self.testify()

    # --- reading ---------------------------------------------------------------------------

    @_patient
    def workspaces(self) -> dict[str, Workspace]:
        """Return the workspaces there are, by name, the real one first."""
        with self.opened() as connection:
            query = sa.select(tables.workspace).order_by(tables.workspace.c.name)
            return {
                row.name: Workspace(
                    row.name,
                    entries.version(row.revision, row.content),
                    entries.version(row.published, row.published_content),
                    row.description,
                    row.created_at,
                    row.changed_at,
                )
                for row in connection.execute(query)
            }

    @_patient
    def version(self, workspace: str, *, published: bool = False) -> str:
        """Return the data version of a workspace: entry and digest, such as ``3-9f2c41ab``."""
        with self.opened() as connection:
            return entries.version(*entries.state(connection, workspace, published=published))

    def seal(self, workspace: str) -> str:
        """Return the seal of the journal's last entry, which stands for all of it."""
        with self.opened() as connection:
            return journal.head(connection, workspace).seal

    @_patient
    def load(
        self,
        workspace: str,
        *,
        published: bool = False,
        upto: int | None = None,
        seen: str | None = None,
        known_at: date | None = None,
    ) -> Snapshot:
        """Return all of a workspace, in the order of entry.

        Parameters
        ----------
        workspace : str
            One of `WORKSPACES`.
        published : bool
            Whether to return what was last published instead of the newest.
        upto : int, optional
            The entry of the journal to go back to.
        seen : str, optional
            A seal that the journal has to go on from, for `upto` to mean what was seen.
        known_at : date, optional
            Leave out what was entered after this day in Việt Nam (domain rule 4.0): records and
            declarations by their `recorded_at`, the register by its journal. Before its first
            entry the register is taken as it first was. The data version stays that of the
            store, for it says what was looked into.

        Returns
        -------
        Snapshot
            Sites, evidence and declarations as from their `typed`, and their data version.

        Raises
        ------
        WrongCallError
            If there is no such workspace.
        DataError
            If the journal does not go on from `seen`.
        StoreError
            If the store is missing, damaged, or of another schema.
        """
        with self.opened() as connection:
            refusals.refuse_replaced(connection, workspace, seen)
            seal = journal.head(connection, workspace).seal
            revision, content = entries.state(connection, workspace, published=published)
            if upto is not None and upto < revision:
                revision, content = upto, entries.content_at(connection, workspace, upto)
            try:
                at = workspace, revision, content
                frames = of_columns.held(connection, self.columns, *at, mode=self._mode())
                unseen = frames[1].head(0)
                if known_at is not None:
                    frames, unseen = entries.as_known(
                        connection, workspace, known_at, frames, revision, drafts=not published
                    )
            except (TypeError, ValueError) as error:  # bytes that are no text, no day
                raise StoreError(engine.sentence("malformed", self.name)) from error
        register, records, declared, documents = frames
        held = sites.located(register), ev.categorised(records), declared, documents
        return Snapshot(workspace, entries.version(revision, content), *held, unseen, seal)

    def journal(self, workspace: str) -> pd.DataFrame:
        """Return who entered what and when, newest first; see `journal.listed`."""
        with self.opened() as connection:
            published, _content = entries.state(connection, workspace, published=True)
            return journal.listed(connection, workspace, published)

    @_patient
    def given(self, workspace: str) -> list[str]:
        """Return what `remember` was told of each briefing, newest first; nothing of who."""
        with self.opened() as connection:
            return journal.given(connection, workspace)

    @_patient
    def reported(self, workspace: str, site: str | None = None) -> Mapping[str, Reported]:
        """Return what the public sees of the reports on each site that has any, or on one."""
        with self.opened() as connection:
            return reports.reported(connection, workspace, site)

    def touching(self, workspace: str, site: str) -> list[int]:
        """Return the entries that wrote something about a site, newest first."""
        with self.opened() as connection:
            return rows.touching(connection, workspace, site)

    def versions(self, workspace: str, site: str) -> pd.DataFrame:
        """Return every version of a site, oldest first, with `entry` and `removed`."""
        with self.opened() as connection:
            return rows.versions(connection, SITES, workspace, site)

    def breaks(self) -> list[str]:
        """Return the entries, as workspace/number, that do not fit their seal.

        Raises
        ------
        StoreError
            If a cell holds what no store ever wrote, such as a day that is none.
        """
        with self.opened() as connection:
            names = connection.scalars(sa.select(tables.workspace.c.name)).all()
            try:
                return [f"{name}/{n}" for name in names for n in journal.breaks(connection, name)]
            except (TypeError, ValueError) as error:
                raise StoreError(engine.sentence("malformed", self.name)) from error

    def _mode(self) -> int | None:
        """Return the permissions of what is written beside the store; None if nothing is."""
        if not self.writable:
            return None
        return self.path.stat().st_mode & 0o666 if self.path else 0o600

    def miscopied(self) -> list[str]:
        """Return the names of the copies as columns that are not what the rows say."""
        if not self.columns:
            return []
        with self.opened() as connection:
            names = connection.scalars(sa.select(tables.workspace.c.name)).all()
            differ = [of_columns.differing(connection, self.columns, name) for name in names]
        return [name for each in differ for name in each]

    def holding(self, proof: str) -> tuple[str, int] | None:
        """Return the workspace and entry that a seal, or a data version, is of; None if none.

        With `breaks` empty, all up to that entry is as it was when the seal was given.
        """
        with self.opened() as connection:
            for name in connection.scalars(sa.select(tables.workspace.c.name)).all():
                seal = _seal_of(connection, name, proof) or proof
                if entry := journal.entry_of(connection, name, seal):
                    return name, entry
        return None

    def seal_of(self, workspace: str, version: str) -> str:
        """Return the seal of the entry that a data version is of; empty if it is of none."""
        with self.opened() as connection:
            return _seal_of(connection, workspace, version)

    def entered_at(self, workspace: str, version: str) -> datetime:
        """Return when what a data version is of was entered, UTC.

        Raises
        ------
        StoreError
            If the journal has no such version.
        """
        with self.opened() as connection:
            if (sealed := _sealed(connection, workspace, version)) is None:
                raise StoreError(engine.sentence("malformed", self.name))
            return sealed[1]

    def unguarded(self) -> list[str]:
        """Return the guards against changes that the database no longer has, by their names."""
        with self.opened() as connection:
            there = engine.guards(connection)
        marks = ("changes", "goes", "replaced" if self.path else "emptied")
        kept = (tables.journal.name, *(each.table.name for each in DATA))
        return sorted({f"{name}_never_{mark}" for name in kept for mark in marks} - there)

    def testify(self) -> None:
        """Have the witness note the newest seal of the real journal, if there is a witness."""
        if self.witness:
            with self.opened() as connection:
                head = journal.head(connection, REAL)
            if head.entry:
                self.witness.note(now(), head.entry, head.seal)

    def damage(self) -> list[str]:
        """Return what the database finds wrong with its own file; other servers check theirs."""
        if not self.path:
            return []
        with self.opened() as connection:
            problems = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
            orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        return [str(line) for line in problems if line != "ok"] + [
            str(tuple(row)) for row in orphans
        ]

    # --- writing ---------------------------------------------------------------------------

    def fill(
        self,
        workspace: str,
        register: gpd.GeoDataFrame,
        records: pd.DataFrame,
        declared: pd.DataFrame | None = None,
        *,
        replace: bool = False,
        description: str = "",
    ) -> str:
        """Add data that comes with the software, making the workspace if need be; publish it.

        Parameters
        ----------
        workspace : str
            One of `WORKSPACES`.
        register, records, declared : DataFrame
            Sites, evidence and declarations, as their modules' `typed` give them.
        replace : bool
            Whether what was in the workspace goes; only ever in the simulated one.
        description : str
            What the data is, for people; kept as it was if empty.

        Returns
        -------
        str
            The new data version.

        Raises
        ------
        DataError
            If an id is taken or evidence speaks of something unknown.
        """
        if workspace not in WORKSPACES:
            raise refusals.no_workspace(workspace)
        if replace and workspace != SIMULATED:
            raise WrongCallError(
                _("Real data is never replaced; enter a record that supersedes the wrong one.")
            )
        change = Change(register, records, declared)
        with self.opened(writing=True) as connection:
            return making.fill(
                connection, workspace, change, replace=replace, description=description
            )

    def write(
        self,
        workspace: str,
        change: Change,
        *,
        who: Person,
        origin: str,
        action: str,
        note: str = "",
        based_on: int | None = None,
        seen: str | None = None,
    ) -> int:
        """Write a change to a workspace that there is, all or nothing, as a draft.

        Parameters
        ----------
        workspace : str
            One of `WORKSPACES`.
        change : Change
            Records under new ids only; sites under new ones, or changed ones if `based_on`
            names the entry whose state the change was made from.
        who : Person
            Must be a steward.
        origin, action, note : str
            For the journal; action is ``import`` or ``edit``.
        seen : str, optional
            The newest seal that the person had seen, here as in what follows: if the journal does
            not go on from it, a backup was put back and numbers are those of other entries.

        Returns
        -------
        int
            The number of the entry.

        Raises
        ------
        AccessError
            If the person is no steward.
        DataError
            If an id is taken, evidence speaks of something unknown, somebody else changed one of
            the sites in the meantime, or the store was replaced.
        """
        require(who, "steward")
        refusals.refuse_misuse(change, action, based_on)
        with self.opened(writing=True) as connection:
            _lock(connection, workspace)
            refusals.refuse_replaced(connection, workspace, seen)
            if based_on is not None:
                refusals.refuse_outdated(connection, workspace, change, based_on)
            before = journal.head(connection, workspace)
            by = journal.Origin(now(), who.email, origin)
            return entries.write(
                connection, workspace, change, before, by, action=action, note=note
            ).entry

    def undo(self, workspace: str, entry: int, *, who: Person, seen: str | None = None) -> int:
        """Take an entry back as a whole, by a new one; return its number.

        Raises
        ------
        AccessError
            If the person is no steward.
        DataError
            If later entries build on what would go.
        """
        require(who, "steward")
        with self.opened(writing=True) as connection:
            _lock(connection, workspace)
            refusals.refuse_replaced(connection, workspace, seen)
            refusals.author(connection, workspace, entry, refusals.DIRECT)
            refusals.refuse_undone(connection, workspace, entry)
            change = entries.reverse(connection, workspace, entry)
            before = journal.head(connection, workspace)
            by = journal.Origin(now(), who.email, "")
            place = connection, workspace
            return entries.write(*place, change, before, by, action="undo", about=entry).entry

    def review(
        self, workspace: str, *numbers: int, who: Person, note: str = "", seen: str | None = None
    ) -> int:
        """Note that a person has looked at entries and found them right; return the last number.

        All of them or none.

        Raises
        ------
        AccessError
            If the person is no reviewer, or made one of them and the office wants two people.
        """
        require(who, "reviewer")
        noted = 0
        with self.opened(writing=True) as connection:
            _lock(connection, workspace)
            refusals.refuse_replaced(connection, workspace, seen)
            for entry in numbers:
                author = refusals.author(connection, workspace, entry, refusals.CHANGES)
                require_other(who, author)
                noted = _noted(connection, workspace, who, "review", about=entry, note=note)
        return noted

    def publish(
        self, workspace: str, *, who: Person, note: str = "", seen: str | None = None
    ) -> int:
        """Show the public everything up to the newest entry; return the number.

        Raises
        ------
        AccessError
            If the person is no reviewer.
        DataError
            If an entry since the last publication is not reviewed, or there is a newer one than
            the person has seen.
        """
        require(who, "reviewer")
        with self.opened(writing=True) as connection:
            _lock(connection, workspace)
            published, _content = entries.state(connection, workspace, published=True)
            revision, content = entries.state(connection, workspace)
            refusals.refuse_replaced(connection, workspace, seen)
            refusals.refuse_unseen(connection, workspace, revision, seen)
            waiting = refusals.waiting(journal.listed(connection, workspace, published))
            if waiting or revision == published:
                raise refusals.unpublishable(waiting)
            noted = _noted(connection, workspace, who, "publish", about=revision, note=note)
            entries.publish(connection, workspace, revision, content)
            return noted

    def remember(self, workspace: str, note: str, *, who: Person) -> int:
        """Note that a briefing was given, in words of its view; return the entry's number."""
        require(who, "steward", "reviewer")
        with self.opened(writing=True) as connection:
            _lock(connection, workspace)
            return _noted(connection, workspace, who, "briefing", note=note)


def _seal_of(connection: sa.Connection, workspace: str, version: str) -> str:
    sealed = _sealed(connection, workspace, version)
    return sealed[0] if sealed else ""


def _sealed(connection: sa.Connection, workspace: str, version: str) -> tuple[str, datetime] | None:
    """Return seal and moment of the entry that a data version is of."""
    number, _dash, content = version.partition("-")
    if not number.isdecimal() or len(content) < _DIGITS:
        return None
    return journal.sealed(connection, workspace, int(number), content)


def _lock(connection: sa.Connection, workspace: str) -> None:
    if not entries.lock(connection, workspace, now()):
        raise refusals.no_workspace(workspace)


def _noted(
    connection: sa.Connection, workspace: str, who: Person, action: str, **details: Any
) -> int:
    """Add an entry that changes no data; return its number."""
    before = journal.head(connection, workspace)
    by = journal.Origin(now(), who.email, "")
    return journal.add(connection, workspace, before, by, action, **details).entry
