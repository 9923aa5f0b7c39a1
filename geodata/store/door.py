"""The door to one database: which it is, and a transaction on it if it is one of this software.

Not here: how connections behave (``engine``), what is read and written (``store``), and how a
store comes to be (``making``).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from geodata.core.errors import StoreError
from geodata.core.text import _
from geodata.store import engine, entries

HEAD = "0006"
"""The newest schema revision, the one this software reads and writes."""


class Door:
    """The way into one database; one a process is enough, all threads may use it.

    Parameters
    ----------
    url : str
        An SQLAlchemy URL, as `settings.load` gives it.
    writable : bool
        Without it the database itself refuses to write, whatever is asked.

    Raises
    ------
    WrongCallError
        If the URL is none, or names a database that a store cannot be kept in.
    """

    def __init__(self, url: str, *, writable: bool = True) -> None:
        self._engine = engine.connect(url, writable=writable)
        parsed = self._engine.url
        self.name = parsed.database or str(parsed)
        self.path = Path(self.name) if parsed.get_backend_name() == "sqlite" else None

    @contextmanager
    def opened(self, *, writing: bool = False) -> Iterator[sa.Connection]:
        """Give a transaction on a store of the current schema."""
        with self.transaction(writing=writing) as connection:
            schema = entries.schema(connection)
            if schema is None:
                raise self._missing()
            self.refuse_newer(schema)
            if schema < HEAD:
                raise StoreError(
                    _(
                        "The store {store} was made by an older version of the software; run "
                        "“python -m geodata init” to upgrade it, nothing gets lost."
                    ).format(store=self.name)
                )
            yield connection

    @contextmanager
    def transaction(self, *, writing: bool) -> Iterator[sa.Connection]:
        """Give a transaction on whatever is there.

        Raises
        ------
        StoreError
            If nothing is there, or the database fails.
        """
        # SQLite would make an empty file of a missing one.
        if self.path and not self.path.exists():
            raise self._missing()
        options: dict[str, Any] = {"writing": writing}
        if writing and not self.path:
            # What was read before the queue was passed would be of a moment too early.
            options["isolation_level"] = "READ COMMITTED"
        chosen = self._engine.execution_options(**options)
        with engine.explained(self.name), chosen.begin() as connection:
            yield connection

    def _missing(self) -> StoreError:
        return StoreError(
            _("There is no store at {store} yet; run “python -m geodata init” to make it.").format(
                store=self.name
            )
        )

    def refuse_newer(self, schema: str | None) -> None:
        """Refuse a schema that this software does not know yet."""
        if schema and schema > HEAD:
            raise StoreError(
                _(
                    "The store {store} was made by a newer version of the software; install that "
                    "version, or set HG_STORE to another file."
                ).format(store=self.name)
            )
