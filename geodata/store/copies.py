"""Copies of a whole store: from one database to another, to a backup file and back.

Not here: documents (``documents``), or what a store holds.
"""

import errno
import hashlib
import json
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import sqlalchemy as sa

from geodata.core.errors import StoreError, WrongCallError
from geodata.core.progress import Listener, unheard
from geodata.core.text import _
from geodata.core.workroom import workroom
from geodata.store import (
    accounts,
    drafts,
    engine,
    headings,
    identities,
    journal,
    reports,
    rows,
    tables,
)
from geodata.store.documents import Documents
from geodata.store.store import Store
from geodata.store.tables import DATA

_TABLES = (
    *(tables.workspace, tables.journal, *(kept.table for kept in DATA)),
    *(accounts.TABLE, identities.TABLE, headings.TABLE, drafts.TABLE),
    reports.TABLE,
)
_STORE, _MANIFEST, _DOCUMENTS = "store.sqlite", "manifest.json", "documents/"
_PIECE = 1 << 20
_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, sqlite3.DatabaseError),
    *(KeyError, ValueError, TypeError, EOFError, RuntimeError),
)


def copy(source: Store, target: Store, listener: Listener = unheard) -> None:
    """Copy a store into an empty one, of the same engine or another, all or nothing.

    Raises
    ------
    WrongCallError
        If the target holds data already.
    StoreError
        If the source's seals do not hold, or a database cannot be read or written.
    """
    target.create()
    with source.opened() as reading, target.opened(writing=True) as writing:
        if writing.execute(sa.select(tables.workspace.c.name)).first():
            raise WrongCallError(
                _("{store} holds data already; copy into an empty store.").format(store=target.name)
            )
        _pour(reading, writing, listener)
        _refuse_broken(writing, source.name)


def copy_documents(source: Documents, target: Documents) -> list[str]:
    """Copy all documents; return the keys of those that are damaged and so were left behind."""
    damaged = []
    for key, _path in source.files():
        try:
            content = source.get(key)
        except StoreError:
            damaged.append(key)
        else:
            target.put(content)
    return damaged


def _pour(reading: sa.Connection, writing: sa.Connection, listener: Listener) -> None:
    for done, table in enumerate(_TABLES):
        listener(done / len(_TABLES), _("Copying: {table}").format(table=table.name))
        result = reading.execute(sa.select(table).order_by(*table.c[: _keys(table)]))
        for part in result.mappings().partitions(rows.CHUNK):
            writing.execute(sa.insert(table), [dict(row) for row in part])
    listener(1.0, _("Checking the copy"))


def _keys(table: sa.Table) -> int:
    """Return by how many leading columns a table is ordered: parents come before children."""
    return 3 if "line" in table.c else 2 if "entry" in table.c else 1


def _refuse_broken(connection: sa.Connection, store: str) -> None:
    for name in connection.scalars(sa.select(tables.workspace.c.name)).all():
        if wrong := journal.breaks(connection, name):
            raise StoreError(
                _(
                    "The journal of {store} was tampered with or damaged at entry {entry}; it was "
                    "not copied. Take a backup from before."
                ).format(store=store, entry=f"{name}/{wrong[0]}")
            )


# --- backup --------------------------------------------------------------------------------


def backup(
    store: Store, documents: Documents, path: Path, listener: Listener = unheard
) -> list[str]:
    """Write the store and its documents to one file, while others go on working.

    The file appears under its name only when it is complete and has been read back.

    Returns
    -------
    list of str
        The keys of documents that are damaged and so were left out.

    Raises
    ------
    StoreError
        If something cannot be read or written, or the journal does not hold.
    """
    with _file(path), workroom(path.absolute().parent) as folder:
        copied, packed = folder / _STORE, folder / "backup.zip"
        listener(0.0, _("Copying the store"))
        _take(store, copied)
        listener(0.4, _("Packing"))
        damaged = _pack(packed, copied, documents)
        listener(0.8, _("Reading it back"))
        with _unpacked(packed, folder / "read", store.name):
            pass
        packed.replace(path)
    listener(1.0, _("Done"))
    return damaged


def _take(store: Store, copied: Path) -> None:
    """Copy a store as it is at one moment into an SQLite file."""
    if not store.path:
        copy(store, Store(_url(copied)))
        return
    store.workspaces()  # says in a sentence what may be wrong with it
    with closing(sqlite3.connect(store.path)) as live, closing(sqlite3.connect(copied)) as new:
        live.backup(new)
        new.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it


def _pack(packed: Path, copied: Path, documents: Documents) -> list[str]:
    """Pack a store and the documents that are whole; return the keys of those that are not."""
    keys, damaged = [], []
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(copied, _STORE)
        for key, _path in documents.files():
            try:
                content = documents.get(key)
            except StoreError:
                damaged.append(key)
            else:
                archive.writestr(_DOCUMENTS + key, content, zipfile.ZIP_STORED)
                keys.append(key)
        manifest = {"store": _digest(copied), "workspaces": _versions(copied), "documents": keys}
        archive.writestr(_MANIFEST, json.dumps(manifest))
    return damaged


def _versions(path: Path) -> dict[str, str]:
    return {name: workspace.version for name, workspace in Store(_url(path)).workspaces().items()}


def _url(path: Path) -> str:
    return f"sqlite:///{path.as_posix()}"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _file(path: Path) -> Iterator[None]:
    """Say in one sentence why a backup cannot be read or written."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise StoreError(engine.sentence(str(error), str(path))) from error
        sentence = _(
            "{path} cannot be read or written; check that file and folder exist and that you may "
            "use them."
        )
        raise StoreError(sentence.format(path=path)) from error


# --- restore -------------------------------------------------------------------------------


def restore(store: Store, documents: Documents, path: Path, listener: Listener = unheard) -> None:
    """Put a backup in the place of what the store holds, after checking that it is whole.

    Documents are added, never taken away. A file that is no store any more is kept beside the
    new one under a name that says so.

    Raises
    ------
    StoreError
        If the backup is damaged or the store cannot be written; then nothing has changed.
    """
    with _file(path):
        path.open("rb").close()
    beside = (store.path or path).absolute().parent
    with engine.explained(store.name):
        beside.mkdir(parents=True, exist_ok=True)
        with workroom(beside) as folder:
            listener(0.0, _("Checking the backup"))
            with _unpacked(path, folder, str(path)) as fresh:
                listener(0.5, _("Replacing the store"))
                for key, content in _packed_documents(path):
                    documents.put(content, expected=key)
                if store.path:
                    _replace_file(fresh, store.path)
                else:
                    _replace_server(fresh, store)
        store.testify()
    listener(1.0, _("Done"))


@contextmanager
def _unpacked(path: Path, folder: Path, name: str) -> Iterator[Store]:
    """Give the store of a backup, unpacked into a folder and found to be whole.

    A backup of an older software is brought up to date.
    """
    folder.mkdir(exist_ok=True)
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = json.loads(archive.read(_MANIFEST))
            with archive.open(_STORE) as packed, (folder / _STORE).open("wb") as file:
                while piece := packed.read(_PIECE):
                    file.write(piece)
        whole = _digest(folder / _STORE) == manifest["store"]
        whole &= sorted(manifest["documents"]) == sorted(_sound(path))
    except _UNREADABLE as error:
        raise _no_backup(path) from error
    fresh = Store(_url(folder / _STORE))
    fresh.name = name
    if not whole:
        raise _no_backup(path)
    fresh.create()
    if fresh.damage():
        raise _no_backup(path)
    with fresh.opened() as connection:
        _refuse_broken(connection, name)
    yield fresh


def _sound(path: Path) -> list[str]:
    """Return the keys of the documents in a backup that are what their keys say."""
    held = _packed_documents(path)
    return [key for key, content in held if hashlib.sha256(content).hexdigest() == key]


def _packed_documents(path: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith(_DOCUMENTS):
                yield name.removeprefix(_DOCUMENTS), archive.read(name)


def _no_backup(path: Path) -> StoreError:
    sentence = _("{path} is no backup, or a damaged one; nothing was replaced.")
    return StoreError(sentence.format(path=path))


def _replace_file(fresh: Store, path: Path) -> None:
    """Write a store over an SQLite file in one transaction, so that it is the old or the new."""
    assert fresh.path  # noqa: S101 - backups are files
    if path.exists():
        with closing(sqlite3.connect(fresh.path)) as new, closing(sqlite3.connect(path)) as live:
            live.execute(f"PRAGMA busy_timeout={engine.WAIT_S * 1000}")
            try:
                new.backup(live, progress=_stop_waiting)
            except sqlite3.OperationalError as error:
                raise StoreError(engine.sentence(str(error), str(path))) from error
            except sqlite3.DatabaseError:
                pass
            else:
                return
    _put_aside(path)
    fresh.path.replace(path)


def _stop_waiting(status: int, _remaining: int, _total: int) -> None:
    """Give up where Python would wait for ever for a store that is in use."""
    if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        raise sqlite3.OperationalError("database is locked")


def _put_aside(path: Path) -> None:
    """Keep a file that is no database any more, with what SQLite left beside it."""
    for suffix in ("", "-wal", "-shm"):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.replace(part.with_name(f"{path.name}.damaged{suffix}"))


def _replace_server(fresh: Store, store: Store) -> None:
    store.create()
    with fresh.opened() as reading, store.opened(writing=True) as writing:
        for table in reversed(_TABLES):
            writing.exec_driver_sql(f"ALTER TABLE {table.name} DISABLE TRIGGER USER")
            writing.execute(sa.delete(table))
        _pour(reading, writing, unheard)
        for table in _TABLES:
            writing.exec_driver_sql(f"ALTER TABLE {table.name} ENABLE TRIGGER USER")
