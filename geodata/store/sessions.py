"""Sessions of local accounts: who is signed in in which browser, until when.

A browser holds a random word, the store its digest: who reads the store cannot sign in with it.
Not here: the cookie (``pages.parts.server.handover``), or checking a password (``accounts``).
"""

import hashlib
import secrets
from datetime import datetime, timedelta

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
_OF = TABLE.c


class Sessions:
    """The open sessions of a store; every moment given is UTC, without a zone on it."""

    def __init__(self, store: Door) -> None:
        self._opened = store.opened
        self._accounts = Accounts(store)

    def begin(self, who: SignedIn, now: datetime) -> str:
        """Begin a session; return the word that its browser is to hold."""
        token = secrets.token_urlsafe(32)
        row = {
            "key": _key(token),
            "email": who.email,
            "stamp": who.stamp,
            "began": now,
            "seen": now,
        }
        with self._opened(writing=True) as connection:
            connection.execute(sa.delete(TABLE).where(_OF.began < now - LONGEST))
            connection.execute(sa.insert(TABLE).values(row))
        return token

    def find(self, token: str, now: datetime) -> SignedIn | None:
        """Return who holds a word, while the session lasts and their account is the same."""
        with self._opened() as connection:
            row = connection.execute(sa.select(TABLE).where(_OF.key == _key(token))).one_or_none()
        if row is None or now - row.seen > IDLE or now - row.began > LONGEST:
            return None
        who = self._accounts.named(row.email, row.stamp)
        if who is not None and now - row.seen > _NOTED:
            with self._opened(writing=True) as connection:
                seen = sa.update(TABLE).where(_OF.key == row.key).values(seen=now)
                connection.execute(seen)
        return who

    def end(self, token: str) -> None:
        """End one session."""
        with self._opened(writing=True) as connection:
            connection.execute(sa.delete(TABLE).where(_OF.key == _key(token)))

    def end_all(self, email: str) -> None:
        """End every session of somebody, in whatever browser."""
        with self._opened(writing=True) as connection:
            connection.execute(sa.delete(TABLE).where(_OF.email == email))


def _key(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
