"""Local accounts: who may sign in where the office has no identity provider of its own.

Not here: how a password is kept (``passwords``), who has to wait (``attempts``), who is signed in
(``sessions``), and what a person may do (``access``).
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from geodata.core.clock import local
from geodata.core.errors import AccessError, WrongCallError
from geodata.core.text import _, day
from geodata.people import passwords
from geodata.people.access import address, required_address
from geodata.store import attempts
from geodata.store.door import Door

COLUMNS = (
    sa.Column("email", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("password_hash", sa.Text, nullable=False),
    sa.Column("created_at", sa.DateTime, nullable=False),
    sa.Column("changed_at", sa.DateTime, nullable=False),
)
TABLE = sa.Table("account", sa.MetaData(), *COLUMNS)

_OF = TABLE.c


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
            If the address is none or has an account, or the password is too short or too easy.
        """
        known = required_address(email)
        row = {
            "email": known,
            "name": name.strip() or known,
            "password_hash": passwords.chosen(password, known, name),
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
        """Give an account another password, and let its owner try at once; open sessions end.

        Raises
        ------
        WrongCallError
            If there is no such account, or the password is too short or too easy.
        """
        kept = passwords.chosen(password, email)
        with self._known(email) as connection:
            change = sa.update(TABLE).where(_OF.email == address(email))
            connection.execute(change.values(password_hash=kept, changed_at=now))
            attempts.forgiven(connection, address(email))

    def unlock(self, email: str) -> None:
        """Let somebody try again at once.

        Raises
        ------
        WrongCallError
            If there is no such account.
        """
        with self._known(email) as connection:
            attempts.forgiven(connection, address(email))

    def remove(self, email: str) -> None:
        """Remove an account; open sessions end.

        Raises
        ------
        WrongCallError
            If there is no such account.
        """
        with self._known(email) as connection:
            connection.execute(sa.delete(TABLE).where(_OF.email == address(email)))

    def listed(self) -> list[Account]:
        """Return all accounts, by address."""
        wanted = sa.select(_OF.email, _OF.name).order_by(_OF.email)
        with self._opened() as connection:
            rows = connection.execute(wanted).all()
            return [Account(*row, attempts.waiting(connection, row.email)) for row in rows]

    # --- signing in ------------------------------------------------------------------------

    def sign_in(self, email: str, password: str, now: datetime, source: str = "") -> SignedIn:
        """Return who an address and a password belong to.

        An unknown address costs the same work and the same waits as a known one. The attempt is
        counted before the password is looked at, so that neither a crash nor many attempts at once
        are for free.

        Parameters
        ----------
        source : str
            Where the attempt comes from; empty if that is not known.

        Raises
        ------
        AccessError
            If they do not belong together, or there were too many attempts; the sentence does
            not say which of the two was wrong.
        """
        known = address(email)
        with self._opened(writing=True) as connection:
            until = attempts.counted(connection, known, source, now)
            row = _found(connection, known)
        if until:
            raise AccessError(
                _("Too many wrong attempts; try again after {time}.").format(
                    time=_clock_time(until)
                )
            )
        if not passwords.matches(row.password_hash if row else None, password) or not row:
            raise AccessError(_("Wrong e-mail address or password."))
        kept = row.password_hash
        if passwords.outdated(kept):
            kept = passwords.hashed(password)
        with self._opened(writing=True) as connection:
            # Somebody may have changed the password since it was looked at.
            same = (_OF.email == row.email) & (_OF.password_hash == row.password_hash)
            connection.execute(sa.update(TABLE).where(same).values(password_hash=kept))
            attempts.forgiven(connection, known, source)
        return SignedIn(row.email, row.name, _stamp(kept))

    def named(self, email: str, stamp: str) -> SignedIn | None:
        """Return who an account belongs to, while it is the one somebody signed in with."""
        with self._opened() as connection:
            row = _found(connection, email)
        if row is None or _stamp(row.password_hash) != stamp:
            return None
        return SignedIn(row.email, row.name, stamp)

    @contextmanager
    def _known(self, email: str) -> Iterator[sa.Connection]:
        """Give a transaction on an account that there is."""
        with self._opened(writing=True) as connection:
            if not _found(connection, address(email)):
                raise _no_account(email)
            yield connection


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
