"""The store: workspaces of sites and evidence in one database, each with its data version.

The only module that knows the database. Not here: what sites and evidence mean, reading files,
and where the store is (``settings``).
"""

import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import geopandas as gpd
import pandas as pd
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from geodata import evidence as ev
from geodata import frames, sites, units
from geodata.errors import StoreError, WrongCallError
from geodata.text import _

REAL = "real"
SIMULATED = "simulated"
WORKSPACES = (REAL, SIMULATED)
PROVINCE = "province"

HEAD = "0001"
"""The newest schema revision, the one this software reads and writes."""

_CHUNK = 20_000
_WAIT_S = 30
_STALE_S = 3600


@dataclass(frozen=True)
class Snapshot:
    """One workspace as it stood at one data version."""

    workspace: str
    version: str
    sites: gpd.GeoDataFrame
    evidence: pd.DataFrame


@dataclass(frozen=True)
class Workspace:
    """What is known of a workspace without reading it; times are UTC."""

    name: str
    version: str
    description: str
    created_at: datetime
    changed_at: datetime


class _Kept(NamedTuple):
    """A table of the database and the types its columns have in a frame."""

    table: sa.Table
    types: dict[str, str]


_metadata = sa.MetaData()
_alembic = sa.Table("alembic_version", _metadata, sa.Column("version_num", sa.Text))
_workspace = sa.Table(
    "workspace",
    _metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("revision", sa.Integer),
    sa.Column("digest", sa.Text),
    sa.Column("description", sa.Text),
    sa.Column("created_at", sa.DateTime),
    sa.Column("changed_at", sa.DateTime),
)


def _kept(name: str, columns: tuple[str, ...], types: dict[str, str]) -> _Kept:
    in_database = {"string": sa.Text, "float64": sa.Double, frames.DAY: sa.Date}
    of_frame = {column: types.get(column, "string") for column in columns}
    table = sa.Table(
        name,
        _metadata,
        sa.Column("workspace", sa.Text),
        sa.Column("entry", sa.Integer),
        *(sa.Column(column, in_database[kind]) for column, kind in of_frame.items()),
    )
    return _Kept(table, of_frame)


_SITES = _kept(
    "site",
    sites.COLUMNS,
    dict.fromkeys(sites.DAYS, frames.DAY) | dict.fromkeys(sites.NUMBERS, "float64"),
)
_EVIDENCE = _kept("evidence", ev.COLUMNS, dict.fromkeys(ev.DAYS, frames.DAY))


def known_subjects(site_ids: Iterable[str]) -> pd.Index:
    """Return what evidence may speak of: the given sites, the districts, and the province."""
    districts = units.load_legacy_communes()["district_legacy"].unique()
    return pd.Index([*site_ids, *districts, PROVINCE])


class Store:
    """The door to one database; one a process is enough, all threads may use it.

    Parameters
    ----------
    url : str
        An SQLAlchemy URL, as `settings.load` gives it.

    Raises
    ------
    WrongCallError
        If the URL is none, or names a database whose driver is not installed.
    """

    def __init__(self, url: str) -> None:
        try:
            parsed = sa.make_url(url)
            # No pool: SQLite opens in a moment, and a connection that is kept would go on
            # reading the old file after a backup was put back in its place.
            self._engine = sa.create_engine(parsed, poolclass=sa.NullPool)
        except (sa.exc.ArgumentError, ImportError) as error:
            raise _unusable(url) from error
        if parsed.get_backend_name() != "sqlite":
            raise _unusable(url)  # elsewhere nothing would yet keep the evidence append-only
        self.name = parsed.database or str(parsed)
        self.path = Path(self.name) if parsed.get_backend_name() == "sqlite" else None
        if self.path:
            sa.event.listen(self._engine, "connect", _prepare_sqlite)
            sa.event.listen(self._engine, "begin", _begin_sqlite)

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
        if not self.path or self.path.exists():
            self._complete(register, records)
            return
        with self._told(), _draft(self.path) as draft:
            made = Store(f"sqlite:///{draft.as_posix()}")
            made.name = self.name
            made._complete(register, records)

    def _complete(self, register: gpd.GeoDataFrame | None, records: pd.DataFrame | None) -> None:
        with self._transaction(writing=True) as connection:
            found = _schema(connection)
            if found is None and sa.inspect(connection).get_table_names():
                raise StoreError(
                    _(
                        "{store} is a database of another program; choose another file as HG_STORE."
                    ).format(store=self.name)
                )
            self._refuse_newer(found)
            if found != HEAD:
                config = Config()
                config.set_main_option("script_location", "geodata:migrations")
                config.attributes["connection"] = connection
                command.upgrade(config, HEAD)
        if register is not None and records is not None and REAL not in self.workspaces():
            self.fill(REAL, register, records)

    # --- reading ---------------------------------------------------------------------------

    def workspaces(self) -> dict[str, Workspace]:
        """Return the workspaces there are, by name, the real one first."""
        with self._opened() as connection:
            rows = connection.execute(sa.select(_workspace).order_by(_workspace.c.name))
            return {
                row.name: Workspace(
                    row.name,
                    _version(row.revision, row.digest),
                    row.description,
                    row.created_at,
                    row.changed_at,
                )
                for row in rows
            }

    def version(self, workspace: str) -> str:
        """Return the data version of a workspace: revision and digest, such as ``3-9f2c41ab``."""
        with self._opened() as connection:
            return _version(*_state(connection, workspace))

    def load(self, workspace: str) -> Snapshot:
        """Return all of a workspace, in the order of entry.

        Returns
        -------
        Snapshot
            Sites as from `sites.typed`, evidence as from `evidence.typed`, and the data
            version they belong to.

        Raises
        ------
        WrongCallError
            If there is no such workspace.
        StoreError
            If the store is missing, damaged, or of another schema.
        """
        with self._opened() as connection:
            version = _version(*_state(connection, workspace))
            try:
                register = _read(connection, _SITES, workspace)
                records = _read(connection, _EVIDENCE, workspace)
            except ValueError as error:  # bytes that are no text, a day that is none
                raise StoreError(_sentence("malformed", self.name)) from error
        return Snapshot(workspace, version, sites.located(register), ev.categorised(records))

    def damage(self) -> list[str]:
        """Return what the database finds wrong with its own file; other servers check theirs."""
        if not self.path:
            return []
        with self._opened() as connection:
            said = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
            orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        return [str(line) for line in said if line != "ok"] + [str(tuple(row)) for row in orphans]

    # --- writing ---------------------------------------------------------------------------

    def fill(
        self,
        workspace: str,
        register: gpd.GeoDataFrame,
        records: pd.DataFrame,
        *,
        replace: bool = False,
        description: str = "",
    ) -> str:
        """Add sites and evidence to a workspace, making it if need be: all or nothing.

        Parameters
        ----------
        workspace : str
            One of `WORKSPACES`.
        register, records : DataFrame
            Sites as from `sites.typed`, evidence as from `evidence.typed`.
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
            raise _no_workspace(workspace)
        if replace and workspace != SIMULATED:
            raise WrongCallError(
                _("Real data is never replaced; enter a record that supersedes the wrong one.")
            )
        with self._opened(writing=True) as connection:
            if not _locked(connection, workspace):
                row = {"name": workspace, "revision": 0, "digest": "", "description": ""}
                connection.execute(sa.insert(_workspace).values(row))
            if replace:
                for table in (_EVIDENCE.table, _SITES.table):
                    connection.execute(sa.delete(table).where(table.c.workspace == workspace))
                # The digest tells the content, whatever was there before.
                _describe(connection, workspace, digest="")
            if description:
                _describe(connection, workspace, description=description)
            return _write(connection, workspace, register, records)

    def append(self, workspace: str, records: pd.DataFrame) -> str:
        """Add evidence to a workspace that there is, all or nothing; return the new version.

        Raises
        ------
        DataError
            If an id is taken or evidence speaks of something unknown.
        """
        with self._opened(writing=True) as connection:
            if not _locked(connection, workspace):
                raise _no_workspace(workspace)
            return _write(connection, workspace, None, records)

    # --- connecting ------------------------------------------------------------------------

    @contextmanager
    def _opened(self, *, writing: bool = False) -> Iterator[sa.Connection]:
        """Give a transaction on a store of the current schema."""
        with self._transaction(writing=writing) as connection:
            found = _schema(connection)
            if found is None:
                raise self._missing()
            self._refuse_newer(found)
            if found < HEAD:
                raise StoreError(
                    _(
                        "The store {store} was made by an older version of the software; run "
                        "“python -m geodata init” to upgrade it, nothing gets lost."
                    ).format(store=self.name)
                )
            yield connection

    @contextmanager
    def _transaction(self, *, writing: bool) -> Iterator[sa.Connection]:
        # SQLite would make an empty file of a missing one.
        if self.path and not self.path.exists():
            raise self._missing()
        engine = self._engine.execution_options(writing=writing)
        with self._told(), engine.begin() as connection:
            yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what the database or the disk reports into one sentence."""
        try:
            yield
        except sa.exc.DBAPIError as error:
            raise StoreError(_sentence(str(error.orig), self.name)) from error
        except OSError as error:
            raise StoreError(_sentence(str(error), self.name)) from error

    def _missing(self) -> StoreError:
        return StoreError(
            _("There is no store at {store} yet; run “python -m geodata init” to make it.").format(
                store=self.name
            )
        )

    def _refuse_newer(self, found: str | None) -> None:
        if found and found > HEAD:
            raise StoreError(
                _(
                    "The store {store} was made by a newer version of the software; install that "
                    "version, or set HG_STORE to another file."
                ).format(store=self.name)
            )


# --- SQLite --------------------------------------------------------------------------------


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Let readers and one writer work side by side, and let us say where transactions begin."""
    connection.isolation_level = None
    for pragma in (f"busy_timeout={_WAIT_S * 1000}", "journal_mode=WAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    # Left to the driver, a transaction begins at the first write: what is read before would not be
    # of one moment. And who reads first and writes then cannot go on if someone else has written
    # in between, so writers queue up from the start.
    writing = connection.get_execution_options()["writing"]
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _unusable(url: str) -> WrongCallError:
    sentence = _(
        "HG_STORE is “{url}”, which is not the address of a database that can be used; "
        "give the path of a file."
    )
    return WrongCallError(sentence.format(url=url.rpartition("@")[2]))  # no password on a screen


@contextmanager
def _draft(path: Path) -> Iterator[Path]:
    """Give an empty file that takes its place at the path once the work on it is done."""
    path.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{path.name}-"
    for left in path.parent.glob(f"{prefix}*"):  # by a run that was killed
        if time.time() - left.stat().st_mtime > _STALE_S:
            shutil.rmtree(left, ignore_errors=True)
    with TemporaryDirectory(prefix=prefix, dir=path.parent) as folder:
        draft = Path(folder) / path.name
        draft.touch()
        yield draft
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # someone else was faster; theirs is as complete as ours
        except OSError:
            draft.rename(path)  # file systems without links, such as a USB stick's


def _sentence(reason: str, store: str) -> str:
    """Return the sentence for what a database or an operating system says went wrong."""
    sentences = {
        ("is full", "No space left"): _(
            "The disk with {store} is full, nothing was saved; free some space and try again."
        ),
        ("is locked",): _(
            "The store {store} is in use by another program, nothing was saved; try again in a "
            "minute."
        ),
        ("not a database", "malformed"): _(
            "The store {store} is damaged; put a backup in its place, or move the file away and "
            "run “python -m geodata init”."
        ),
        (
            "unable to open",
            "readonly",
            "Permission denied",
            "Read-only",
            "Not a directory",
            "File exists",
        ): _(
            "The store {store} cannot be opened or written; check that the folder exists and that "
            "you may write to it."
        ),
    }
    for signs, sentence in sentences.items():
        if any(sign in reason for sign in signs):
            return sentence.format(store=store)
    return _("The store {store} reports an error, nothing was saved: {reason}.").format(
        store=store, reason=reason
    )


# --- inside a transaction ------------------------------------------------------------------


def _schema(connection: sa.Connection) -> str | None:
    """Return the schema revision of a database, None if it holds no store."""
    if not sa.inspect(connection).has_table(_alembic.name):
        return None
    return connection.scalar(sa.select(_alembic.c.version_num))


def _version(revision: int, digest: str) -> str:
    return f"{revision}-{digest[:8]}"


def _state(connection: sa.Connection, workspace: str) -> tuple[int, str]:
    """Return revision and digest of a workspace."""
    query = sa.select(_workspace.c.revision, _workspace.c.digest)
    row = connection.execute(query.where(_workspace.c.name == workspace)).one_or_none()
    if row is None:
        raise _no_workspace(workspace)
    return row.revision, row.digest


def _no_workspace(workspace: str) -> WrongCallError:
    return WrongCallError(
        _(
            "The store holds no workspace “{workspace}”; run “python -m geodata init” for the real "
            "one, with --demo for the simulated one."
        ).format(workspace=workspace)
    )


def _describe(connection: sa.Connection, workspace: str, **values: object) -> int:
    """Write to the row of a workspace; return how many there are of it."""
    row = sa.update(_workspace).where(_workspace.c.name == workspace)
    return connection.execute(row.values(values)).rowcount


def _locked(connection: sa.Connection, workspace: str) -> bool:
    """Take a workspace for writing, before anything is read; return whether it is there."""
    return _describe(connection, workspace, changed_at=sa.func.now()) == 1


def _write(
    connection: sa.Connection,
    workspace: str,
    register: gpd.GeoDataFrame | None,
    records: pd.DataFrame,
) -> str:
    """Insert rows, or refuse them whole; move the data version on and return it."""
    new = [(_EVIDENCE, records)]
    if register is not None:
        _refuse_taken(connection, _SITES, workspace, register, _("Sites"))
        new.insert(0, (_SITES, register))
    _refuse_taken(connection, _EVIDENCE, workspace, records, _("Evidence"))
    revision, digest = _state(connection, workspace)
    chained = hashlib.sha256(digest.encode())
    for kept, frame in new:
        for rows in _rows(connection, kept, workspace, frame):
            connection.execute(sa.insert(kept.table), rows)
            chained.update(_canonical(rows).encode())
    site = _SITES.table
    there = connection.scalars(sa.select(site.c.id).where(site.c.workspace == workspace))
    frames.refuse(_("Evidence"), ev.unknown_subjects(records, known_subjects(there)))
    digest = chained.hexdigest()
    _describe(connection, workspace, revision=revision + 1, digest=digest)
    return _version(revision + 1, digest)


def _refuse_taken(
    connection: sa.Connection, kept: _Kept, workspace: str, frame: pd.DataFrame, what: str
) -> None:
    """Refuse rows whose id is in the workspace already, or twice among them."""
    table, ids = kept.table, frame["id"]
    here = sa.select(table.c.id).where(table.c.workspace == workspace)
    there: set[str] = set()
    if connection.execute(here.limit(1)).first():
        for start in range(0, len(ids), _CHUNK):
            some = ids.iloc[start : start + _CHUNK].tolist()
            there.update(connection.scalars(here.where(table.c.id.in_(some))))
    rule = _("is already in the store; nothing is entered twice")
    taken = (ids.isin(there) | ids.duplicated()).to_numpy().nonzero()[0]
    frames.refuse(what, [frames.Fault(int(i) + 1, "id", str(ids.iloc[i]), rule) for i in taken])


def _rows(
    connection: sa.Connection, kept: _Kept, workspace: str, frame: pd.DataFrame
) -> Iterator[list[dict[str, Any]]]:
    """Give the rows of a frame as the database takes them, numbered on from those it has."""
    entry = kept.table.c.entry
    last = connection.scalar(
        sa.select(sa.func.max(entry)).where(kept.table.c.workspace == workspace)
    )
    names = ("workspace", "entry", *kept.types)
    first = (last or 0) + 1
    for start in range(0, len(frame), _CHUNK):
        part = frame.iloc[start : start + _CHUNK]
        columns = [_plain(part[name]) for name in kept.types]
        entries = range(first + start, first + start + len(part))
        yield [
            dict(zip(names, (workspace, *row), strict=True))
            for row in zip(entries, *columns, strict=True)
        ]


def _plain(column: pd.Series) -> list[Any]:
    """Return a column as text, floats or days of plain Python, None where it is missing."""
    if pd.api.types.is_datetime64_any_dtype(column):
        return list(column.to_numpy("datetime64[D]").astype(object))
    return column.astype(object).where(column.notna(), None).tolist()


def _canonical(rows: list[dict[str, Any]]) -> str:
    """Return rows as text that is the same on every machine: JSON, one row a line, days ISO."""
    return "".join(json.dumps(list(row.values()), default=str) + "\n" for row in rows)


def _read(connection: sa.Connection, kept: _Kept, workspace: str) -> pd.DataFrame:
    """Return the rows of a workspace, in the order of entry."""
    columns = [kept.table.c[name] for name in kept.types]
    query = sa.select(*columns).where(kept.table.c.workspace == workspace)
    rows = connection.execute(query.order_by(kept.table.c.entry))
    parts = [_frame(part, kept.types) for part in chain(rows.partitions(_CHUNK), [()])]
    return pd.concat(parts, ignore_index=True)


def _frame(rows: Sequence[Sequence[Any]], types: dict[str, str]) -> pd.DataFrame:
    columns = zip(*rows, strict=True) if rows else ((),) * len(types)
    return pd.DataFrame(
        {
            name: pd.Series(list(values), dtype=pd.api.types.pandas_dtype(kind))
            for (name, kind), values in zip(types.items(), columns, strict=True)
        }
    )
