"""How a store comes to be: a file that appears whole, the schema's steps, what comes with it.

Not here: what people enter (``store``), and the steps themselves (``geodata/migrations``).
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import geopandas as gpd
import pandas as pd
import sqlalchemy as sa

from geodata.core.clock import now
from geodata.core.errors import StoreError
from geodata.core.text import _
from geodata.core.workroom import workroom
from geodata.register.ids import REAL
from geodata.store import entries, journal, tables
from geodata.store.change import Change
from geodata.store.door import HEAD, Door
from geodata.store.tables import DATA

_POSTGIS = {"spatial_ref_sys"}


@contextmanager
def draft(path: Path, name: str) -> Iterator[Path]:
    """Give an empty file that takes its place at the path once the work on it is done."""
    _refuse_left_log(path, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    with workroom(path.parent) as folder:
        made = folder / path.name
        made.touch()
        yield made
        try:
            os.link(made, path)
        except FileExistsError:
            pass  # someone else was faster; theirs is as complete as ours
        except OSError:
            made.rename(path)  # file systems without links, such as a USB stick's


def complete(door: Door, register: gpd.GeoDataFrame | None, records: pd.DataFrame | None) -> None:
    """Bring a database to the current schema, with the data that comes with the software."""
    with door.transaction(writing=True) as connection:
        schema = entries.schema(connection)
        if schema is None and set(sa.inspect(connection).get_table_names()) - _POSTGIS:
            raise StoreError(
                _(
                    "{store} is a database of another program; choose another file as HG_STORE."
                ).format(store=door.name)
            )
        door.refuse_newer(schema)
        if schema != HEAD:
            _upgrade(connection)
            journal.seal_unsealed(connection)
        name = tables.workspace.c.name
        there = connection.scalar(sa.select(name).where(name == REAL))
        if register is not None and records is not None and not there:
            fill(connection, REAL, Change(register, records))


def fill(
    connection: sa.Connection,
    workspace: str,
    change: Change,
    *,
    replace: bool = False,
    description: str = "",
) -> str:
    """Write and publish a change that comes with the software; return the new data version."""
    if not entries.lock(connection, workspace, now()):
        entries.make(connection, workspace, now())
    before = journal.head(connection, workspace)
    if replace:
        for table in (*(kept.table for kept in reversed(DATA)), tables.journal):
            connection.execute(sa.delete(table).where(table.c.workspace == workspace))
        # The digests tell the content, whatever was there before.
        before = journal.Head(before.entry, "", "")
    if description:
        entries.describe(connection, workspace, description=description)
    by = journal.Origin(now(), "init", "")
    written = entries.write(connection, workspace, change, before, by, action="fill")
    entries.publish(connection, workspace, written.entry, written.content)
    return entries.version(written.entry, written.content)


def _refuse_left_log(path: Path, name: str) -> None:
    """Refuse to make a file beside the log of one that is gone: SQLite would mix them."""
    left = path.with_name(f"{path.name}-wal")
    if left.exists() and not path.exists():
        raise StoreError(
            _(
                "The store {store} is gone but {left} is still there; put the store back or "
                "restore a backup."
            ).format(store=name, left=left.name)
        )


def _upgrade(connection: sa.Connection) -> None:
    """Bring the schema to `HEAD`."""
    from alembic import command  # noqa: PLC0415 - a tenth of a second of each start
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", "geodata:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)
