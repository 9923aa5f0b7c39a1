"""Drafts: what somebody has typed and not saved yet, kept for that person from day to day.

Neither journalled nor sealed, never public, gone once saved or given up. Not here: what the
answers mean (``stewardship``), or the files to attach, which are not kept.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from geodata.core.clock import now
from geodata.core.errors import DataError
from geodata.core.text import _, number
from geodata.people.access import Person, require
from geodata.store import journal, refusals
from geodata.store.door import Door

TABLE = sa.Table(
    "draft",
    sa.MetaData(),
    sa.Column("workspace", sa.Text, primary_key=True),
    sa.Column("person", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("answers", sa.Text, nullable=False),
    sa.Column("began", sa.Text, nullable=False),
    sa.Column("based_on", sa.Integer, nullable=False),
    sa.Column("changed_at", sa.DateTime, nullable=False),
)
_OF = TABLE.c

LONGEST = 200_000
"""Characters of a draft: a training at some thousand sites."""
MOST = 100
"""Drafts of one person in one workspace."""


@dataclass(frozen=True)
class KeptDraft:
    """A draft as it was kept: answers by column, those it began with, and when (UTC)."""

    name: str
    answers: Mapping[str, str]
    began: Mapping[str, str]
    based_on: int
    changed_at: datetime
    seen: str  # the newest seal of the journal that it lies beside


class Drafts:
    """The drafts of one person in one workspace; nobody else sees or changes them.

    Parameters
    ----------
    door : Door
        The store.
    workspace : str
        What they are about.
    who : Person
        Whose they are.

    Raises
    ------
    AccessError
        If the person is no steward.
    """

    def __init__(self, door: Door, workspace: str, who: Person) -> None:
        require(who, "steward")
        self._door, self._workspace, self._person = door, workspace, who.email
        self._mine = (_OF.workspace == workspace) & (_OF.person == who.email)

    def listed(self) -> list[KeptDraft]:
        """Return all there are, the newest first."""
        query = sa.select(TABLE).where(self._mine).order_by(_OF.changed_at.desc(), _OF.name)
        with self._door.opened() as connection:
            seal = journal.head(connection, self._workspace).seal
            return [
                KeptDraft(
                    row.name,
                    json.loads(row.answers),
                    json.loads(row.began),
                    row.based_on,
                    row.changed_at,
                    seal,
                )
                for row in connection.execute(query)
            ]

    def keep(
        self,
        name: str,
        answers: Mapping[str, str],
        began: Mapping[str, str],
        based_on: int,
        *,
        seen: str | None = None,
    ) -> None:
        """Keep a draft in place of the one of its name.

        Raises
        ------
        DataError
            If it is too long, there are too many, or the journal does not go on from what was
            `seen`; what was kept before stays.
        """
        texts = {
            column: json.dumps(dict(part), ensure_ascii=False)
            for column, part in (("answers", answers), ("began", began))
        }
        if sum(map(len, texts.values())) > LONGEST:
            sentence = _(
                "This unfinished form is longer than {n} characters and is not kept; save it soon."
            )
            raise DataError(sentence.format(n=number(LONGEST)))
        row: dict[str, object] = {"workspace": self._workspace, "person": self._person}
        row |= {"name": name, **texts, "based_on": based_on, "changed_at": now()}
        with self._door.opened(writing=True) as connection:
            refusals.refuse_replaced(connection, self._workspace, seen)
            connection.execute(sa.delete(TABLE).where(self._mine & (_OF.name == name)))
            count = sa.select(sa.func.count()).select_from(TABLE).where(self._mine)
            if (connection.scalar(count) or 0) >= MOST:
                sentence = _(
                    "{n} unfinished forms are kept already, this one is not; save or discard some."
                )
                raise DataError(sentence.format(n=number(MOST)))
            connection.execute(sa.insert(TABLE).values(row))

    def discard(self, name: str) -> None:
        """Give a draft up, if there is one of that name."""
        with self._door.opened(writing=True) as connection:
            connection.execute(sa.delete(TABLE).where(self._mine & (_OF.name == name)))
