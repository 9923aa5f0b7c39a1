"""A GeoPackage made harmless before GDAL opens it: views, triggers and the like are taken out.

A view may compute without end, a virtual table may lead to other files. What the database itself
lists as stored is left; what is taken out is named. The one place outside the store that speaks
SQL: to a foreign file, never to ours. Not here: reading the layers (``vectors``).
"""

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from geodata.core.text import _
from geodata.intake.reading.archive import damaged
from geodata.intake.reading.grid import LeftOut, Part

_VERSIONS = slice(18, 20)  # how the file is written and read: 1 by a journal, 2 by a log beside it
_STEPS = 10_000  # of the database between two looks at the clock
_PATIENCE = 2_000  # looks: a second or two; lists of tables take none
_TEXT = 1_000_000  # bytes of one value in them
_OF_FORMAT = re.compile(
    r"(gpkg|rtree|sqlite)_|st_(spatial_ref_sys|geometry_columns)$", re.IGNORECASE
)
_INDEX = re.compile(r"\s*create\s+virtual\s+table\s.*\susing\s+rtree\b", re.IGNORECASE | re.DOTALL)
_BROKEN = (sqlite3.Error, UnicodeDecodeError, OverflowError)


class Contents(NamedTuple):
    """What was taken out of a GeoPackage, what there is to say of it, and the tables it stores.

    ``tables`` have the names of their columns, also of those that GDAL does not know to read;
    ``listed`` are those that it names as layers of features or of attributes.
    """

    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]
    tables: dict[str, tuple[str, ...]]
    listed: frozenset[str]


def write_harmless(content: bytes, path: Path, name: str) -> Contents:
    """Write a GeoPackage without anything that computes.

    Parameters
    ----------
    content
        The file.
    path
        Where to write, in a folder of our own.
    name
        Of the file, for the sentences.

    Raises
    ------
    DataError
        If the database is damaged.
    """
    logged = 2 in content[_VERSIONS]  # noqa: PLR2004 - the version with a log
    path.write_bytes(content[: _VERSIONS.start] + b"\x01\x01" + content[_VERSIONS.stop :])
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as base:
            _bound(base)
            computed = _taken_out(base)
            kinds = _kinds(base)
            tables = _tables(base)
    except _BROKEN as error:
        raise damaged(name) from error
    pictures = [title for title, of_features in kinds.items() if not of_features]
    note = _(
        "The GeoPackage is open in another program, or was when it was copied: changes not yet "
        "written may be missing. Close it there (in QGIS remove the layer), copy it again and "
        "compare."
    )
    parts = (
        (computed, _("It is computed by the file itself (a view or a virtual table), not stored.")),
        (pictures, _("It holds pictures, not features.")),
    )
    left_out = tuple(
        LeftOut("", Part.LAYER, tuple(titles), reason) for titles, reason in parts if titles
    )
    stored = {title: columns for title, columns in tables.items() if title not in pictures}
    listed = frozenset(title for title in stored if kinds.get(title))
    return Contents(left_out, (note,) if logged else (), stored, listed)


def _bound(base: sqlite3.Connection) -> None:
    """Let a hostile database do little, and not for long."""
    looks = iter(range(_PATIENCE))
    base.set_progress_handler(lambda: next(looks, None) is None, _STEPS)
    base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _TEXT)
    base.execute("PRAGMA trusted_schema = OFF")
    base.execute("PRAGMA cell_size_check = ON")


def _taken_out(base: sqlite3.Connection) -> list[str]:
    """Delete what has no pages of its own: views, triggers, virtual tables; name those with data.

    The indexes that the format itself prescribes are virtual too, and needed by nobody here.
    """
    rows = base.execute(
        "SELECT name, type, sql FROM sqlite_master WHERE coalesce(rootpage, 0) = 0"
    ).fetchall()
    base.execute("PRAGMA writable_schema = ON")
    base.execute("DELETE FROM sqlite_master WHERE coalesce(rootpage, 0) = 0")
    titles = [
        str(title)
        for title, kind, sql in rows
        if kind in ("view", "table")
        and not _OF_FORMAT.match(str(title))
        and not _INDEX.match(str(sql))
    ]
    base.execute("PRAGMA writable_schema = RESET")
    for title in titles:
        for table in ("gpkg_contents", "gpkg_geometry_columns"):
            base.execute(f"DELETE FROM {table} WHERE table_name = ?", (title,))  # noqa: S608 - ours
    return titles


def _kinds(base: sqlite3.Connection) -> dict[str, bool]:
    """Return what the format's own list names: whether it holds features or attributes."""
    rows = base.execute("SELECT table_name, data_type FROM gpkg_contents")
    return {str(title): kind in ("features", "attributes", "aspatial") for title, kind in rows}


def _tables(base: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    """Return the tables that are stored, without those of the format itself; their columns."""
    rows = base.execute(
        "SELECT t.name, c.name FROM sqlite_master AS t, pragma_table_xinfo(t.name) AS c "
        "WHERE t.type = 'table' ORDER BY t.rowid, c.cid"
    )
    tables: dict[str, tuple[str, ...]] = {}
    for title, column in rows:
        if not _OF_FORMAT.match(str(title)):
            tables[str(title)] = (*tables.get(str(title), ()), str(column))
    return tables
