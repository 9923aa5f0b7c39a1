"""The engines a store runs on: SQLite in a file, PostgreSQL with PostGIS on a server.

What differs between them stands here, and what they report becomes one sentence. Not here: SQL
that both understand.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from geodata.core.errors import StoreError, WrongCallError
from geodata.core.text import _

WAIT_S = 30
POSTGRESQL = "postgresql+psycopg"
_QUEUE = 45_2025  # any number, so long as all writers lock the same


def connect(url: str, *, writable: bool) -> sa.Engine:
    """Return the engine for a store's URL; a store that is not writable is so by the database.

    Raises
    ------
    WrongCallError
        If the URL is none, or names a database that a store cannot be kept in.
    """
    try:
        parsed = sa.make_url(url)
        if parsed.drivername == "sqlite":
            # No pool: SQLite opens in a moment, and a connection that is kept would go on
            # reading the old file after a backup was put back in its place.
            # Who only reads has the file opened so by the system, too.
            opening = {} if writable else {"creator": lambda: _read_only(str(parsed.database))}
            engine = sa.create_engine(
                parsed, poolclass=sa.NullPool, hide_parameters=True, **opening
            )
            sa.event.listen(engine, "connect", _prepare_sqlite(writable=writable))
            sa.event.listen(engine, "begin", _begin_sqlite)
            for end in ("commit", "rollback"):
                sa.event.listen(engine, end, _refuse_changed)
        elif parsed.drivername == POSTGRESQL:
            modes = "-c default_transaction_read_only=" + ("off" if writable else "on")
            modes += f" -c lock_timeout={WAIT_S}s"
            engine = sa.create_engine(
                parsed,
                isolation_level="REPEATABLE READ",
                hide_parameters=True,  # no sentence may carry what a row holds
                pool_pre_ping=True,
                connect_args={"options": modes, "connect_timeout": WAIT_S},
            )
            sa.event.listen(engine, "begin", _begin_postgresql)
        else:
            raise _unusable(url)
    except (sa.exc.ArgumentError, ImportError) as error:
        raise _unusable(url) from error
    return engine


def _unusable(url: str) -> WrongCallError:
    sentence = _(
        "HG_STORE is “{url}”, which is not the address of a database that can be used; give the "
        "path of a file, or postgresql+psycopg://…"
    )
    return WrongCallError(sentence.format(url=url.rpartition("@")[2]))  # no password on a screen


def _prepare_sqlite(*, writable: bool) -> Any:
    """Let readers and one writer work side by side, and let us say where transactions begin."""

    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        pragmas = [f"busy_timeout={WAIT_S * 1000}", "foreign_keys=ON"]
        pragmas += ["journal_mode=WAL"] if writable else ["query_only=ON"]
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    return prepare


class ChangedError(StoreError):
    """What was read is not of one moment, for somebody wrote meanwhile; read again."""


class _Frozen(sqlite3.Connection):
    """A file that is read without its log, as it stood when it was opened."""

    path: Path
    stamp: tuple[int, int, int]


def _read_only(path: str) -> sqlite3.Connection:
    """Open a file for reading, also where nothing at all may be written: no permission, no room.

    Beside a file SQLite wants an index of its log. Where it cannot be made and there is no log,
    nobody is writing, and the file is read as it stands; `_refuse_changed` sees if that ends.
    """
    address = f"{Path(path).absolute().as_uri()}?mode=ro"
    connection = sqlite3.connect(address, uri=True)
    try:
        connection.execute("PRAGMA schema_version")
    except sqlite3.OperationalError:
        connection.close()
        log = Path(f"{path}-wal")  # the try itself may have left an empty one
        if log.exists() and log.stat().st_size:
            raise
        stamp = _stamp(Path(path))
        frozen = sqlite3.connect(f"{address}&immutable=1", uri=True, factory=_Frozen)
        frozen.path, frozen.stamp = Path(path), stamp
        return frozen
    return connection


def _stamp(path: Path) -> tuple[int, int, int]:
    """Return what changes with a file, to the tick of the file system's clock."""
    now = path.stat()
    return now.st_ino, now.st_size, now.st_mtime_ns


def _refuse_changed(connection: sa.Connection) -> None:
    """Refuse, at the end of a transaction, what was read of a file while it was written to."""
    held = connection.connection.dbapi_connection
    if isinstance(held, _Frozen) and _stamp(held.path) != held.stamp:
        raise ChangedError(sentence("is locked", str(held.path)))


def _begin_sqlite(connection: sa.Connection) -> None:
    # Left to the driver, a transaction begins at the first write: what is read before would not be
    # of one moment. And who reads first and writes then cannot go on if someone else has written
    # in between, so writers queue up from the start.
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _begin_postgresql(connection: sa.Connection) -> None:
    # Writers queue up here too; what is read afterwards is of the moment the queue was passed.
    if connection.get_execution_options().get("writing"):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_QUEUE})")


def guards(connection: sa.Connection) -> set[str]:
    """Return the names of the triggers that refuse changes, as far as they are in force."""
    if connection.dialect.name == "sqlite":
        query = (
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            " AND sql LIKE '%RAISE(ABORT,%append-only%'"
        )
    else:
        query = (
            "SELECT tgname FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
            " WHERE tgenabled IN ('O', 'A') AND proname = 'append_only'"
        )
    return {str(name) for name in connection.exec_driver_sql(query).scalars()}


@contextmanager
def explained(store: str) -> Iterator[None]:
    """Turn what the database or the disk reports into one sentence."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        raise StoreError(sentence(str(error.orig), store)) from error
    except OSError as error:
        raise StoreError(sentence(str(error), store)) from error


def sentence(reason: str, store: str) -> str:
    """Return the sentence for what a database or an operating system says went wrong."""
    sentences = {
        ("is full", "No space left"): _(
            "The disk with {store} is full, nothing was saved; free some space and try again."
        ),
        ("is locked", "lock timeout"): _(
            "The store {store} is in use by another program, nothing was saved; try again in a "
            "minute."
        ),
        ("not a database", "malformed"): _(
            "The store {store} is damaged; put the newest backup in its place: "
            "“python -m geodata restore BACKUP.zip”. Without one, move the file away and run "
            "“python -m geodata init”."
        ),
        ("connection failed", "connection to server", "could not translate host name"): _(
            "The server of the store {store} does not let us in; check HG_STORE and that the "
            "server is running."
        ),
        ("terminating connection", "closed the connection", "connection is lost"): _(
            "The server of the store {store} broke the connection off; look whether what you did "
            "is there, and try again in a minute."
        ),
        ("postgis",): _(
            "The database {store} lacks PostGIS; have its administrator run “CREATE EXTENSION "
            "postgis” there once."
        ),
        (
            "unable to open",
            "readonly",
            "read-only",
            "Permission denied",
            "permission denied",
            "Read-only",
            "Not a directory",
            "Is a directory",
            "No such file or directory",
            "File exists",
        ): _(
            "The store {store} cannot be opened or written; check that the folder exists and that "
            "you may write to it."
        ),
    }
    for signs, message in sentences.items():
        if any(sign in reason for sign in signs):
            return message.format(store=store)
    return _("The store {store} reports an error, nothing was saved: {reason}.").format(
        store=store, reason=" ".join(reason.split())
    )
