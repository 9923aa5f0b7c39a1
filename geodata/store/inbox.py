"""The inbox: reports from the public, kept for stewards until they are answered and then forgotten.

A report changes no status and is no evidence: a steward who finds it right corrects the site as
ever. Not here: the spool it came through (``intake.laid``), what the public sees (``reports``).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from geodata.core.clock import now
from geodata.core.errors import DataError
from geodata.core.text import _
from geodata.people.access import Person, require
from geodata.register import reports as rules
from geodata.register.reports import PublicReport
from geodata.store import entries, journal, rows
from geodata.store.door import Door
from geodata.store.reports import TABLE

_OF = TABLE.c
_PRIVATE: dict[str, object] = {"words": None, "contact": None, "photo": None}


@dataclass(frozen=True)
class KeptReport:
    """A report as stewards see it; times are UTC, and words are gone where they were forgotten."""

    number: str
    site: str
    topic: str
    words: str | None
    contact: str
    sent: datetime
    state: str
    answer: str
    answered: datetime | None
    who: str
    photographed: bool
    waits_for: int  # the entry that mends, where the public does not see it yet; else 0


class Inbox:
    """The reports of one workspace, for a steward.

    Parameters
    ----------
    door : Door
        The store.
    workspace : str
        What they are about.
    who : Person
        Who looks.

    Raises
    ------
    AccessError
        If the person is no steward.
    """

    def __init__(self, door: Door, workspace: str, who: Person) -> None:
        require(who, "steward")
        self._door, self._workspace, self._who = door, workspace, who.email
        self._mine = _OF.workspace == workspace

    def add(
        self, number: str, report: PublicReport, photo: bytes, sent: datetime, digest: str
    ) -> bool:
        """Keep a report; the same one a second time is kept once. Say whether it is a new one.

        Raises
        ------
        DataError
            If its number is another's; that one stays.
        """
        row: dict[str, object] = {**vars(report), "workspace": self._workspace, "number": number}
        row |= {"sent": sent, "state": "new", "shown_from": 0, "photo": photo or None}
        row |= {"digest": digest, "taken": now()}
        with self._door.opened(writing=True) as connection:
            there = connection.scalar(sa.select(_OF.digest).where(self._one(number)))
            if there is None:
                connection.execute(sa.insert(TABLE).values(row))
                return True
        if there != digest:
            raise DataError(_("its number is another report's"))
        return False

    def listed(self) -> list[KeptReport]:
        """Return all there are, those that wait first, the newest first."""
        columns = [column for column in _OF if column.name != "photo"]
        with self._door.opened() as connection:
            published, _content = entries.state(connection, self._workspace, published=True)
            query = sa.select(*columns, _OF.photo.is_not(None).label("photographed"))
            rows_ = connection.execute(query.where(self._mine).order_by(_OF.sent.desc())).all()
        listed = [_kept(row, published) for row in rows_]
        return sorted(listed, key=lambda one: rules.STATES.index(one.state))

    def photo(self, number: str) -> bytes:
        """Return the photo of a report; empty if there is none."""
        with self._door.opened() as connection:
            return connection.scalar(sa.select(_OF.photo).where(self._one(number))) or b""

    def look(self, number: str) -> None:
        """Note that somebody is looking at a report that nobody has looked at."""
        new = self._one(number) & (_OF.state == "new")
        with self._door.opened(writing=True) as connection:
            cells = {"state": "looking", "who": self._who}
            connection.execute(sa.update(TABLE).where(new).values(cells))

    def answer(self, number: str, sentence: str, *, mended: bool) -> int:
        """Answer a report in public, again if need be; return the entry of the journal.

        Raises
        ------
        DataError
            If the sentence is missing or too long, or there is no such report.
        """
        line = rules.answered(sentence)
        state = "mended" if mended else "unmended"
        with self._door.opened(writing=True) as connection:
            moment = now()
            entries.lock(connection, self._workspace, moment)
            site = connection.scalar(sa.select(_OF.site).where(self._one(number)))
            if site is None:
                raise _gone()
            touched = rows.touching(connection, self._workspace, site) if mended else []
            cells = {"state": state, "answer": line, "answered": moment, "who": self._who}
            cells["shown_from"] = max(touched, default=0)
            connection.execute(sa.update(TABLE).where(self._one(number)).values(cells))
            note = f"{rules.spelled(number)} · {site} · {state}: {line}"
            before = journal.head(connection, self._workspace)
            by = journal.Origin(moment, self._who, "")
            return journal.add(connection, self._workspace, before, by, "answer", note=note).entry

    def drop(self, number: str) -> None:
        """Put away what is no report, such as an advertisement; its words go at once.

        Raises
        ------
        DataError
            If it has been answered.
        """
        open_ = self._one(number) & _OF.state.not_in(rules.ANSWERED)
        with self._door.opened(writing=True) as connection:
            _for_good(connection)
            cells = {"state": "dropped", "who": self._who, **_PRIVATE}
            if not connection.execute(sa.update(TABLE).where(open_).values(cells)).rowcount:
                raise _gone()

    def _one(self, number: str) -> sa.ColumnElement[bool]:
        return self._mine & (_OF.number == number)


def forget(door: Door, moment: datetime) -> int:
    """Delete words, contacts and photos whose time is over, of every workspace; say of how many."""
    over = (_OF.answered < moment - rules.KEPT_ANSWERED) | (_OF.sent < moment - rules.KEPT)
    due = over & _OF.words.is_not(None)
    with door.opened() as connection:
        if connection.execute(sa.select(_OF.number).where(due).limit(1)).first() is None:
            return 0
    with door.opened(writing=True) as connection:
        _for_good(connection)
        return connection.execute(sa.update(TABLE).where(due).values(_PRIVATE)).rowcount


def _for_good(connection: sa.Connection) -> None:
    """Have SQLite overwrite what is deleted, instead of leaving it in the file for a while."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete=ON")


def _kept(row: Any, published: int) -> KeptReport:
    waits = row.state == "mended" and row.shown_from > published
    return KeptReport(
        row.number,
        row.site,
        row.topic,
        row.words,
        row.contact or "",
        row.sent,
        row.state,
        row.answer or "",
        row.answered,
        row.who or "",
        photographed=bool(row.photographed),
        waits_for=row.shown_from if waits else 0,
    )


def _gone() -> DataError:
    return DataError(_("This report is not there any more, or was answered; reload the page."))
