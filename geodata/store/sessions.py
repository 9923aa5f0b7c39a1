"""Sessions: who is signed in in which browser, until when.

A browser holds a random word of ours, or one that the office's provider vouches for; the store
holds its digest: who reads the store cannot sign in with it. Not here: the cookies
(``pages.parts.server.handover``, Streamlit), or checking a password (``accounts``).
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from geodata.store.accounts import Accounts, SignedIn
from geodata.store.door import Door

COLUMNS = (
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("email", sa.Text, nullable=False),
    sa.Column("stamp", sa.Text, nullable=False),
    sa.Column("began", sa.DateTime, nullable=False),
    sa.Column("seen", sa.DateTime, nullable=False),
)
TABLE = sa.Table("session", sa.MetaData(), *COLUMNS)

IDLE = timedelta(hours=4)
LONGEST = timedelta(hours=12)
"""A session ends so long after it was last used, and so long after it began."""

_NOTED = timedelta(minutes=1)  # not every click is worth a write
_VOUCHED = ""  # the stamp of a session that no local account stands behind
_ENDED = datetime(1970, 1, 1)  # noqa: DTZ001 - last seen so long ago that it is idle for good
_OF = TABLE.c


class Sessions:
    """The open sessions of a store; every moment given is UTC, without a zone on it."""

    def __init__(self, store: Door) -> None:
        self._opened = store.opened
        self._accounts = Accounts(store)

    def begin(self, who: SignedIn, now: datetime) -> str:
        """Begin a session; return the word that its browser is to hold."""
        token = secrets.token_urlsafe(32)
        with self._opened(writing=True) as connection:
            _insert(connection, token, who.email, who.stamp, now)
        return token

    def find(self, token: str, now: datetime) -> SignedIn | None:
        """Return who holds a word, while the session lasts and their account is the same."""
        with self._opened() as connection:
            row = _kept(connection, token)
        if row is None or not _lasts(row, now):
            return None
        who = self._accounts.named(row.email, row.stamp)
        if who is not None:
            self._note(row, now)
        return who

    def lasts(self, word: str, email: str, now: datetime) -> bool:
        """Say whether a sign-in that a provider vouches for lasts; at its first use it begins.

        What was ended is remembered for longer than any word is good for: a copy of it that
        somebody kept opens nothing.
        """
        with self._opened() as connection:
            row = _kept(connection, word)
        if row is None:
            with self._opened(writing=True) as connection:
                row = _kept(connection, word)  # another screen may have come in between
                if row is None:
                    _insert(connection, word, email, _VOUCHED, now)
                    return True
        if lasting := _lasts(row, now):
            self._note(row, now)
        return lasting

    def end(self, token: str) -> None:
        """End one session."""
        self._end(_OF.key == _key(token))

    def end_all(self, email: str) -> None:
        """End every session of somebody, in whatever browser."""
        self._end(_OF.email == email)

    def _end(self, which: sa.ColumnElement[bool]) -> None:
        with self._opened(writing=True) as connection:
            connection.execute(sa.update(TABLE).where(which).values(seen=_ENDED))

    def _note(self, row: sa.Row[Any], now: datetime) -> None:
        """Note that a session is in use."""
        if now - row.seen > _NOTED:
            with self._opened(writing=True) as connection:
                # Not one that has been ended meanwhile.
                at = sa.and_(_OF.key == row.key, _OF.seen == row.seen)
                connection.execute(sa.update(TABLE).where(at).values(seen=now))


def _kept(connection: sa.Connection, token: str) -> sa.Row[Any] | None:
    return connection.execute(sa.select(TABLE).where(_OF.key == _key(token))).one_or_none()


def _insert(connection: sa.Connection, token: str, email: str, stamp: str, now: datetime) -> None:
    """Lay a session down, and take those away that nothing opens any more.

    A provider's word may be older than its session by as much as clocks differ: twice the longest.
    """
    connection.execute(sa.delete(TABLE).where(_OF.began < now - 2 * LONGEST))
    row = {"key": _key(token), "email": email, "stamp": stamp, "began": now, "seen": now}
    connection.execute(sa.insert(TABLE).values(row))


def _lasts(row: sa.Row[Any], now: datetime) -> bool:
    return bool(now - row.seen <= IDLE and now - row.began <= LONGEST)


def _key(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
