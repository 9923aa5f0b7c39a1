"""Identities: whom the office's provider means by an address, from the first sign-in on.

An address can be given to another person; issuer and subject are never. Not here: what a provider
says of somebody (``shared.access``).
"""

from datetime import datetime

import sqlalchemy as sa

from geodata.store.door import Door

COLUMNS = (
    sa.Column("email", sa.Text, primary_key=True),
    sa.Column("issuer", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("since", sa.DateTime, nullable=False),
)
TABLE = sa.Table("identity", sa.MetaData(), *COLUMNS)
_OF = TABLE.c


class Identities:
    """The identities of a store; every moment given is UTC, without a zone on it."""

    def __init__(self, store: Door) -> None:
        self._opened = store.opened

    def holds(self, email: str, issuer: str, subject: str, now: datetime) -> bool:
        """Say whether an address belongs to an identity; the first who comes with it has it."""
        with self._opened() as connection:
            row = _pinned(connection, email)
        if row is None:
            with self._opened(writing=True) as connection:
                row = _pinned(connection, email)  # somebody may have come in between
                if row is None:
                    names = {"email": email, "issuer": issuer, "subject": subject, "since": now}
                    connection.execute(sa.insert(TABLE).values(names))
                    return True
        return (row.issuer, row.subject) == (issuer, subject)

    def forget(self, email: str) -> bool:
        """Let the next who comes with an address have it; say whether anybody had it."""
        with self._opened(writing=True) as connection:
            return bool(connection.execute(sa.delete(TABLE).where(_OF.email == email)).rowcount)


def _pinned(connection: sa.Connection, email: str) -> sa.Row[tuple[object, ...]] | None:
    return connection.execute(sa.select(TABLE).where(_OF.email == email)).one_or_none()
