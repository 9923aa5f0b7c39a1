"""Local accounts: who may sign in where the office has no identity provider of its own.

Not here: how a password is kept or when guessing stops (``passwords``), and what a person may do
(``access``).
"""

import hashlib
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import sqlalchemy as sa

from geodata.core.clock import local
from geodata.core.errors import AccessError, WrongCallError
from geodata.core.text import _, day
from geodata.people import passwords
from geodata.people.access import address, required_address

COLUMNS = (
    sa.Column("email", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("password_hash", sa.Text, nullable=False),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("locked_until", sa.DateTime),
    sa.Column("created_at", sa.DateTime, nullable=False),
    sa.Column("changed_at", sa.DateTime, nullable=False),
)
TABLE = sa.Table("account", sa.MetaData(), *COLUMNS)

_OF = TABLE.c


class Door(Protocol):
    """What of a store is needed: a transaction on its database."""

    def opened(self, *, writing: bool = False) -> AbstractContextManager[sa.Connection]:
        """Give a transaction that ends well or leaves everything as it was."""


@dataclass(frozen=True)
class Account:
    """A local account as an administrator sees it; times are UTC."""

    email: str
    name: str
    locked_until: datetime | None


@dataclass(frozen=True)
class SignedIn:
    """Who has signed in; the stamp changes with the password and tells nothing about it."""

    email: str
    name: str
    stamp: str


class Accounts:
    """The local accounts of a store; every moment given is UTC, without a zone on it."""

    def __init__(self, store: Door) -> None:
        self._opened = store.opened

    # --- keeping ---------------------------------------------------------------------------

    def add(self, email: str, name: str, password: str, now: datetime) -> None:
        """Make an account.

        Raises
        ------
        WrongCallError
            If the address is none or has an account, or the password is too short.
        """
        known = required_address(email)
        row = {
            "email": known,
            "name": name.strip() or known,
            "password_hash": passwords.hashed(password),
            "failures": 0,
            "created_at": now,
            "changed_at": now,
        }
        with self._opened(writing=True) as connection:
            if _found(connection, known):
                raise WrongCallError(
                    _("{email} already has an account; “user password” changes it.").format(
                        email=known
                    )
                )
            connection.execute(sa.insert(TABLE).values(row))

    def change_password(self, email: str, password: str, now: datetime) -> None:
        """Give an account another password, and lift its lock; open sessions end.

        Raises
        ------
        WrongCallError
            If there is no such account, or the password is too short.
        """
        kept = passwords.hashed(password)
        cells = {"password_hash": kept, "failures": 0, "locked_until": None, "changed_at": now}
        self._update(email, cells)

    def unlock(self, email: str) -> None:
        """Let somebody try again at once.

        Raises
        ------
        WrongCallError
            If there is no such account.
        """
        self._update(email, {"failures": 0, "locked_until": None})

    def remove(self, email: str) -> None:
        """Remove an account; open sessions end.

        Raises
        ------
        WrongCallError
            If there is no such account.
        """
        with self._opened(writing=True) as connection:
            gone = connection.execute(sa.delete(TABLE).where(_OF.email == address(email)))
            if not gone.rowcount:
                raise _no_account(email)

    def listed(self) -> list[Account]:
        """Return all accounts, by address."""
        wanted = sa.select(_OF.email, _OF.name, _OF.locked_until).order_by(_OF.email)
        with self._opened() as connection:
            return [Account(*row) for row in connection.execute(wanted)]

    # --- signing in ------------------------------------------------------------------------

    def sign_in(self, email: str, password: str, now: datetime) -> SignedIn:
        """Return who an address and a password belong to.

        An unknown address costs the same work as a known one. The attempt is counted before the
        password is looked at, so that neither a crash nor many attempts at once are for free.

        Raises
        ------
        AccessError
            If they do not belong together, or there were too many attempts; the sentence does
            not say which of the two was wrong.
        """
        row = self._attempted(address(email), now)
        if row and row.locked_until and row.locked_until > now:
            raise AccessError(
                _("Too many wrong attempts; try again after {time}.").format(
                    time=_clock_time(row.locked_until)
                )
            )
        if not passwords.matches(row.password_hash if row else None, password) or not row:
            raise AccessError(_("Wrong e-mail address or password."))
        kept = row.password_hash
        if passwords.outdated(kept):
            kept = passwords.hashed(password)
        cells = {"password_hash": kept, "failures": 0, "locked_until": None}
        with self._opened(writing=True) as connection:
            # Somebody may have changed the password since it was looked at.
            same = (_OF.email == row.email) & (_OF.password_hash == row.password_hash)
            connection.execute(sa.update(TABLE).where(same).values(cells))
        return SignedIn(row.email, row.name, _stamp(kept))

    def stands(self, session: SignedIn) -> bool:
        """Say whether the account somebody signed in with is still there and the same."""
        with self._opened() as connection:
            row = _found(connection, session.email)
        return row is not None and _stamp(row.password_hash) == session.stamp

    def _attempted(self, known: str, now: datetime) -> sa.Row[tuple[object, ...]] | None:
        """Count an attempt and return the account as it was before, if there is one."""
        with self._opened(writing=True) as connection:
            row = _found(connection, known)
            if row and not (row.locked_until and row.locked_until > now):
                failures = row.failures + 1
                lock = passwords.locked_for(failures)
                cells = {"failures": failures, "locked_until": now + lock if lock else None}
                connection.execute(sa.update(TABLE).where(_OF.email == known).values(cells))
        return row

    def _update(self, email: str, cells: dict[str, object]) -> None:
        with self._opened(writing=True) as connection:
            change = sa.update(TABLE).where(_OF.email == address(email)).values(cells)
            if not connection.execute(change).rowcount:
                raise _no_account(email)


def _found(connection: sa.Connection, known: str) -> sa.Row[tuple[object, ...]] | None:
    return connection.execute(sa.select(TABLE).where(_OF.email == known)).one_or_none()


def _stamp(kept: str) -> str:
    return hashlib.sha256(kept.encode()).hexdigest()


def _clock_time(moment: datetime) -> str:
    """Return a moment as the clocks in Việt Nam show it: ``14:05 22/11/2026``."""
    here = local(moment)
    return f"{here:%H:%M} {day(here.date())}"


def _no_account(email: str) -> WrongCallError:
    return WrongCallError(
        _("{email} has no local account; “user list” shows those there are.").format(email=email)
    )
