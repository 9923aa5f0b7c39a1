"""The tables of the database, and the types their columns have in a frame.

Not here: who reads and writes them (``store``, ``journal``), or how they came to be (migrations).
"""

from typing import NamedTuple

import sqlalchemy as sa

from geodata.register import declarations, frames, sites
from geodata.register import evidence as ev

metadata = sa.MetaData()

alembic = sa.Table("alembic_version", metadata, sa.Column("version_num", sa.Text))

workspace = sa.Table(
    "workspace",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("revision", sa.Integer),  # the last entry that changed data …
    sa.Column("content", sa.Text),  # … and the digest of all data up to it
    sa.Column("published", sa.Integer),  # the same of what the public sees
    sa.Column("published_content", sa.Text),
    sa.Column("seal", sa.Text),  # of the newest entry, so that none is dropped from the end
    sa.Column("description", sa.Text),
    sa.Column("created_at", sa.DateTime),
    sa.Column("changed_at", sa.DateTime),
)

journal = sa.Table(
    "journal",
    metadata,
    sa.Column("workspace", sa.Text),
    sa.Column("entry", sa.Integer),
    sa.Column("at", sa.DateTime),  # UTC
    sa.Column("who", sa.Text),
    sa.Column("origin", sa.Text),
    sa.Column("action", sa.Text),
    sa.Column("about", sa.Integer),  # the entry undone, reviewed or published
    sa.Column("note", sa.Text),
    sa.Column("sites", sa.Integer),
    sa.Column("evidence", sa.Integer),
    sa.Column("declarations", sa.Integer),
    sa.Column("documents", sa.Integer),
    sa.Column("content", sa.Text),
    sa.Column("seal", sa.Text),
)


class Kept(NamedTuple):
    """A table of data, the types its columns have in a frame, and which of them name a row."""

    table: sa.Table
    types: dict[str, str]
    key: tuple[str, ...] = ("id",)


def _kept(name: str, columns: tuple[str, ...], types: dict[str, str]) -> Kept:
    in_database = {"string": sa.Text, "float64": sa.Double, frames.DAY: sa.Date}
    of_frame = {column: types.get(column, "string") for column in columns}
    table = sa.Table(
        name,
        metadata,
        sa.Column("workspace", sa.Text),
        sa.Column("entry", sa.Integer),
        sa.Column("line", sa.Integer),
        sa.Column("removed", sa.Boolean),
        *(sa.Column(column, in_database[kind]) for column, kind in of_frame.items()),
    )
    return Kept(table, of_frame)


SITES = _kept(
    "site",
    sites.COLUMNS,
    dict.fromkeys(sites.DAYS, frames.DAY) | dict.fromkeys(sites.NUMBERS, "float64"),
)
EVIDENCE = _kept("evidence", ev.COLUMNS, dict.fromkeys(ev.DAYS, frames.DAY))
DECLARATIONS = _kept(
    "declaration",
    declarations.COLUMNS,
    dict.fromkeys(declarations.DAYS, frames.DAY) | dict.fromkeys(declarations.NUMBERS, "float64"),
)
# One scan can belong to the records of many sites.
DOCUMENTS = _kept(
    "document", ("id", "evidence", "name", "type", "size"), {"size": "float64"}
)._replace(key=("id", "evidence"))

DATA = (SITES, EVIDENCE, DECLARATIONS, DOCUMENTS)
"""What an entry of the journal may write, in the order in which it is sealed."""
