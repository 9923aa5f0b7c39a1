"""What the columns of an office's own files mean: said once by a person, remembered for the next.

Not here: what a column may mean (``intake.mapping``), or the columns that everybody knows
(``register.vocabulary``).
"""

from collections.abc import Mapping

import sqlalchemy as sa

from geodata.core.clock import now
from geodata.core.names import fold
from geodata.people.access import Person, require
from geodata.store import journal, tables
from geodata.store.door import Door

TABLE = sa.Table(
    "heading",
    sa.MetaData(),
    sa.Column("workspace", sa.Text, primary_key=True),
    sa.Column("spelling", sa.Text, primary_key=True),  # folded
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("header", sa.Text, nullable=False),  # as written
    sa.Column("column", sa.Text, nullable=False),  # canonical; empty for one that is not needed
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
)
_OF = TABLE.c


class Headings:
    """The remembered columns of a workspace.

    Parameters
    ----------
    door : Door
        The store.
    workspace : str
        For whose files they hold.
    """

    def __init__(self, door: Door, workspace: str) -> None:
        self._door, self._workspace = door, workspace

    def ways(self) -> dict[tuple[str, str], str]:
        """Return the column for each kind of table and folded header."""
        return {(row["kind"], row["spelling"]): row["column"] for row in self.listed()}

    def listed(self) -> list[dict[str, str]]:
        """Return all that is remembered, as written, by kind and header."""
        query = sa.select(TABLE).where(_OF.workspace == self._workspace)
        with self._door.opened() as connection:
            rows = connection.execute(query.order_by(_OF.kind, _OF.spelling)).mappings()
            return [{name: str(row[name]) for name in row if name != "workspace"} for row in rows]

    def remember(self, columns: Mapping[tuple[str, str], str], *, who: Person) -> None:
        """Keep what a person said of headers, by kind of table and header as written.

        Raises
        ------
        AccessError
            If the person is no steward.
        """
        require(who, "steward")
        moment = now()
        with self._door.opened(writing=True) as connection:
            one = tables.workspace.c.name == self._workspace  # so that no entry is made meanwhile
            connection.execute(sa.select(tables.workspace.c.name).where(one).with_for_update())
            for (kind, header), column in columns.items():
                spelling = fold(header)
                this = (_OF.workspace == self._workspace) & (_OF.spelling == spelling)
                connection.execute(sa.delete(TABLE).where(this & (_OF.kind == kind)))
                row: dict[str, object] = {"header": header, "column": column, "at": moment}
                row |= {"workspace": self._workspace, "spelling": spelling, "kind": kind}
                row["who"] = who.email
                connection.execute(sa.insert(TABLE).values(row))
            note = "; ".join(f"{kind}: {h} → {c or '–'}" for (kind, h), c in columns.items())
            before = journal.head(connection, self._workspace)
            by = journal.Origin(moment, who.email, "")
            journal.add(connection, self._workspace, before, by, "headings", note=note)
