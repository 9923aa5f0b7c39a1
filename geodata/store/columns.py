"""Copies of a workspace as columns, in a folder beside the store: what is read instead of its rows.

A hundred thousand sites take seconds to come out of a database row by row, and a moment out of
Arrow files that all processes map into their memory. A copy is of one entry, named and held to by
the digest of all data up to it; what is damaged, of another store or of another version of the
software is as good as none. Not here: rows (``rows``), or which entry is asked for (``store``).
"""

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import sqlalchemy as sa
from pyarrow import ipc

from geodata.core.errors import WrongCallError
from geodata.core.workroom import workroom
from geodata.register.evidence import CATEGORIES
from geodata.store import rows
from geodata.store.entries import content_at, state
from geodata.store.tables import DATA, Kept

WORTH = 20_000  # rows that are read more slowly than a copy of all is written
_FORM = 1  # of the files; another one is not read
_MANIFEST = "manifest.json"
_UNREADABLE = (OSError, ValueError, KeyError, WrongCallError, pa.ArrowException)
_TEXT = pd.StringDtype("pyarrow")  # stays where it is mapped


class _Copy(NamedTuple):
    """A copy: the entry that it is of, and its tables in the order of `DATA`, as from `settled`."""

    entry: int
    tables: list[pd.DataFrame]


def held(
    connection: sa.Connection,
    folder: Path | None,
    workspace: str,
    entry: int,
    content: str,
    *,
    mode: int | None,
) -> list[pd.DataFrame]:
    """Return the tables of `DATA` at an entry: the newest copy, and the rows written since.

    Parameters
    ----------
    connection : Connection
        A transaction on the store.
    folder : Path or None
        Where the copies are; None if there are to be none.
    workspace, entry, content
        What is asked for: the workspace, the entry, the digest of all data up to it.
    mode : int or None
        The permissions of the copy that is written where that saves the next one time; None if
        nothing may be written.

    Returns
    -------
    list of DataFrame
        As from `rows.latest`; columns of few values may be categories already.
    """
    copy = _newest(connection, folder, workspace, entry, content) if folder else None
    since = copy.entry if copy else 0
    later = [rows.between(connection, kept, workspace, (since, entry)) for kept in DATA]
    tables = _joined(copy, later)
    if folder and mode is not None and sum(map(len, later)) >= WORTH:
        readers = {state(connection, workspace, published=public)[0] for public in (False, True)}
        if entry in readers and _written(folder, workspace, (entry, content), tables, mode):
            _tidy(connection, folder, workspace, min(readers))
            # What is mapped lies in memory once for all processes.
            copy = _newest(connection, folder, workspace, entry, content)
            tables = copy.tables if copy and copy.entry == entry else tables
    return [rows.alive(table) for table in tables]


def differing(connection: sa.Connection, folder: Path, workspace: str) -> list[str]:
    """Return the names of the copies of a workspace that would be read and are not its rows."""
    names = []
    for entry, place in _places(folder, workspace):
        with suppress(*_UNREADABLE):
            kept = _opened(place, content_at(connection, workspace, entry))
            written = [rows.between(connection, k, workspace, (0, entry)) for k in DATA]
            true = [rows.settled(k, table) for k, table in zip(DATA, written, strict=True)]
            pairs = zip(kept, true, strict=True)
            if not all(one.equals(other.astype(one.dtypes.to_dict())) for one, other in pairs):
                names.append(place.name)
    return sorted(names)


def _joined(copy: _Copy | None, later: list[pd.DataFrame]) -> list[pd.DataFrame]:
    """Return the last version of each id, of a copy and of the rows written since."""
    if copy is None:
        return [rows.settled(kept, table) for kept, table in zip(DATA, later, strict=True)]
    return [
        rows.settled(kept, pd.concat([_worded(before), _worded(table)], ignore_index=True))
        if len(table)
        else before
        for kept, before, table in zip(DATA, copy.tables, later, strict=True)
    ]


def _worded(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with all its text in one form, also that of categories, to add to it."""
    return table.astype(dict.fromkeys(table.select_dtypes(["category", "string"]), _TEXT))


def _newest(
    connection: sa.Connection, folder: Path, workspace: str, upto: int, content: str
) -> _Copy | None:
    """Return the newest copy of a workspace that goes no further than an entry; None if none is."""
    for entry, place in sorted(_places(folder, workspace), reverse=True):
        if entry > upto:
            continue
        with suppress(*_UNREADABLE):
            then = content if entry == upto else content_at(connection, workspace, entry)
            return _Copy(entry, _opened(place, then))
    return None


def _written(
    folder: Path,
    workspace: str,
    at: tuple[int, str],
    tables: list[pd.DataFrame],
    mode: int,
) -> bool:
    """Write a copy; where nothing can be written there is none."""
    place, through = folder / _name(workspace, *at), mode | (mode & 0o444) >> 2
    with suppress(OSError):
        if not folder.is_dir():
            folder.mkdir(mode=0o700)
            folder.chmod(through)
        with workroom(folder) as room:
            made = room / "copy"
            made.mkdir()
            sums = [_saved(made, kept, table) for kept, table in zip(DATA, tables, strict=True)]
            manifest = {"form": _FORM, "content": at[1], "sums": sums}
            (made / _MANIFEST).write_text(json.dumps(manifest), "utf-8")
            for path in made.iterdir():
                path.chmod(mode)
            made.chmod(through)
            shutil.rmtree(place, ignore_errors=True)  # one that could not be read
            made.rename(place)
        return True
    return False


def _tidy(connection: sa.Connection, folder: Path, workspace: str, published: int) -> None:
    """Leave the newest copy and the newest that the public may see.

    Of the others the journal knows nothing, or nobody would read them.
    """
    there = {}
    for entry, place in _places(folder, workspace):
        with suppress(WrongCallError):
            if place.name == _name(workspace, entry, content_at(connection, workspace, entry)):
                there[entry] = place
    kept = {max(there), max((entry for entry in there if entry <= published), default=0)}
    for _entry, place in _places(folder, workspace):
        if place not in {there.get(entry) for entry in kept}:
            shutil.rmtree(place, ignore_errors=True)  # who has it mapped keeps what they have


def _name(workspace: str, entry: int, content: str) -> str:
    return f"{workspace}-{entry}-{content[:16]}"


def _places(folder: Path, workspace: str) -> Iterator[tuple[int, Path]]:
    """Give the copies of a workspace with their entries."""
    for place in folder.glob(f"{workspace}-*-*"):
        number = place.name.removeprefix(f"{workspace}-").partition("-")[0]
        if number.isdecimal():
            yield int(number), place


def _saved(folder: Path, kept: Kept, table: pd.DataFrame) -> str:
    """Write one table, and return the digest of its file."""
    path = folder / f"{kept.table.name}.arrow"
    columns = {name: _column(table[name], kind) for name, kind in _types(kept).items()}
    written = pa.table(columns).combine_chunks()
    with ipc.new_file(path, written.schema) as out:
        out.write_table(written)
    return _sum(path)


def _opened(place: Path, content: str) -> list[pd.DataFrame]:
    """Return the tables of a copy.

    Raises
    ------
    ValueError
        If it is not what was written, or of something else.
    """
    manifest = json.loads((place / _MANIFEST).read_text("utf-8"))
    if manifest["form"] != _FORM or manifest["content"] != content:
        raise ValueError(place)
    return [
        _frame(place, kept, sealed) for kept, sealed in zip(DATA, manifest["sums"], strict=True)
    ]


def _frame(place: Path, kept: Kept, sealed: str) -> pd.DataFrame:
    """Return one table of a copy; its text stays where it is mapped."""
    path = place / f"{kept.table.name}.arrow"
    if _sum(path) != sealed:
        raise ValueError(path)
    table = ipc.open_file(pa.memory_map(str(path))).read_all()
    if table.column_names != list(_types(kept)):  # columns of another version of the software
        raise ValueError(path)
    return pd.DataFrame({name: _series(table[name], kind) for name, kind in _types(kept).items()})


def _types(kept: Kept) -> dict[str, str]:
    """Return the type of each column of a table, as in a frame."""
    named = dict.fromkeys(CATEGORIES, "category") if kept.table.name == "evidence" else {}
    return {"removed": "bool", **kept.types, **named}


def _column(cells: pd.Series, kind: str) -> pa.Array:
    """Return a column as it is written."""
    if kind == "category":
        codes = pd.Categorical(cells)
        return pa.DictionaryArray.from_arrays(
            pa.array(codes.codes, mask=codes.codes < 0),
            pa.array(codes.categories, pa.large_string()),
        )
    if kind == "string":
        return pa.array(cells, pa.large_string())
    return pa.array(cells.to_numpy())


def _series(column: pa.ChunkedArray, kind: str) -> Any:
    """Return a column as it stands in a frame.

    Raises
    ------
    ValueError
        If it is of another version of the software.
    """
    if (kind == "category") != pa.types.is_dictionary(column.type):
        raise ValueError(column.type)
    if kind == "string":
        return pd.array(column, dtype=_TEXT)
    if kind == "category":
        if not len(column):  # nothing has no values either
            return pd.Categorical(pd.array([], dtype=_TEXT))
        whole = column.combine_chunks()
        codes = whole.indices.fill_null(-1).to_numpy()
        return pd.Categorical.from_codes(codes, pd.Index(pd.array(whole.dictionary, _TEXT)))
    return np.array(column.to_numpy())  # a copy, for what is mapped cannot be written to


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
