"""Attempts to sign in: who has to wait, by address and by where they come from.

By address alone, strangers could keep people out; by source alone, a shared office network could.
Addresses are kept as digests, whether there is such an account or not: what somebody types may be
anything, and the answer must not tell. Not here: how long a wait is (``people.waits``).
"""

import hashlib
from datetime import datetime, timedelta

import sqlalchemy as sa

from geodata.people import passwords
from geodata.people.waits import wait_after

COLUMNS = (
    sa.Column("address", sa.Text, primary_key=True),
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("until", sa.DateTime, nullable=False),
    sa.Column("last", sa.DateTime, nullable=False),
)
TABLE = sa.Table("attempt", sa.MetaData(), *COLUMNS)

MOST_KEPT = 10_000
_FORGOTTEN = timedelta(days=1)
_OF = TABLE.c
_ANY = "*"  # the row of a source, whatever the address


def counted(connection: sa.Connection, address: str, source: str, now: datetime) -> datetime | None:
    """Count an attempt; return until when to wait if it comes too early, and is not looked at.

    Parameters
    ----------
    connection : Connection
        In a writing transaction, so that many attempts at once are counted one by one.
    address, source : str
        Whom somebody says to be, and where they come from.
    now : datetime
        UTC.
    """
    keys = ((_digest(address), source), (_ANY, source))
    kept = {key: _row(connection, *key) for key in keys}
    waits = [row.until for row in kept.values() if row and row.until > now]
    if waits:
        longest: datetime = max(waits)
        return longest
    _sweep(connection, now)
    for key, allowed in zip(keys, passwords.ALLOWED, strict=True):
        row = kept[key]
        failures = row.failures + 1 if row else 1
        cells = {
            "failures": failures,
            "until": now + wait_after(failures, allowed),
            "last": now,
        }
        if row:
            connection.execute(sa.update(TABLE).where(_is(*key)).values(cells))
        else:
            names = {"address": key[0], "source": key[1]}
            connection.execute(sa.insert(TABLE).values({**names, **cells}))
    return None


def forgiven(connection: sa.Connection, address: str, source: str | None = None) -> None:
    """Forget the failures of an address, from one source or from all."""
    mine = _OF.address == _digest(address)
    if source is not None:
        mine = (mine | (_OF.address == _ANY)) & (_OF.source == source)
    connection.execute(sa.delete(TABLE).where(mine))


def waiting(connection: sa.Connection, address: str) -> datetime | None:
    """Return until when somebody who says to have an address has to wait, from any source."""
    query = sa.select(sa.func.max(_OF.until)).where(_OF.address == _digest(address))
    moment: datetime | None = connection.execute(query).scalar_one()
    return moment


def _row(connection: sa.Connection, address: str, source: str) -> sa.Row[tuple[object, ...]] | None:
    return connection.execute(sa.select(TABLE).where(_is(address, source))).one_or_none()


def _is(address: str, source: str) -> sa.ColumnElement[bool]:
    return (_OF.address == address) & (_OF.source == source)


def _sweep(connection: sa.Connection, now: datetime) -> None:
    """Forget what is a day old, and the oldest of too many: whoever asks must not fill the disk."""
    connection.execute(sa.delete(TABLE).where(_OF.last < now - _FORGOTTEN))
    newest = sa.select(_OF.last).order_by(_OF.last.desc()).offset(MOST_KEPT).limit(1)
    beyond = connection.execute(newest).scalar_one_or_none()
    if beyond is not None:
        connection.execute(sa.delete(TABLE).where(_OF.last <= beyond))


def _digest(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()
