"""What the tests of the store write: the shipped data, and a few rows of their own."""

import sqlite3
from contextlib import closing
from datetime import date
from functools import cache

import pandas as pd
import sqlalchemy as sa

from geodata.people.access import Person
from geodata.register import declarations, sites
from geodata.register import evidence as ev
from geodata.store import REAL, Change
from tests.entering import REVIEWER, STEWARD, drafted, entered, reviewed
from tests.shipped import EVIDENCE as RECORDS
from tests.shipped import SITES as REGISTER

__all__ = ["RECORDS", "REGISTER", "REVIEWER", "STEWARD", "drafted", "entered", "reviewed"]

ADMIN = Person("an@example.vn", "An", frozenset({"admin"}))
ALONE = Person("mot@example.vn", "Một", frozenset({"admin"}), one_person=True)
NOBODY = Person("khach@example.vn", "Khách", frozenset())
KEPT = ("site", "evidence", "declaration", "document")


def site(name="Siêu thị", key="S1", **cells):
    return _site(name, key, **cells).copy()


@cache  # to read a row costs more than to write it
def _site(name, key, **cells):
    row = {"id": key, "kind": "supermarket", "name_vi": name, **cells}
    return sites.typed(pd.DataFrame([row]))


def said(*keys, subject="HG-ST-01", **cells):
    if cells:
        return _said(*keys, subject=subject, **cells)
    same = _said("E", subject=subject).iloc[[0] * len(keys)].reset_index(drop=True)
    return same.assign(id=pd.array(keys, dtype="string"))


@cache
def _said(*keys, subject, **cells):
    rows = [{"id": key, "subject": subject, "axis": "outreach", "kind": "held"} for key in keys]
    table = pd.DataFrame(rows).assign(event_date="2024-05-01", grade="A", **cells)
    return ev.typed(table, date(2024, 6, 1))


def declared(*keys, **cells):
    row = {"plant": "Nhà máy A", "sector": "mía đường", "input": "điện", "year": "2022"}
    row |= {"consumption": "10.5", "consumption_unit": "kWh", "output": "2", "output_unit": "tấn"}
    table = pd.DataFrame([{"id": key, **row, "grade": "B", **cells} for key in keys])
    return declarations.typed(table, date(2024, 6, 1))


def scanned(key, record, name="biên bản.pdf"):
    row = {"id": key, "evidence": record, "name": name, "type": "application/pdf", "size": 3.0}
    text = {name: "string" for name in row if name != "size"}
    return pd.DataFrame([row]).astype(text)


def changed(store, register, *, based_on=None, who=STEWARD, seen=None, **change):
    """Give sites that are there a new version."""
    based_on = store.load(REAL).revision if based_on is None else based_on
    new = Change(register, replaces=frozenset(register["id"]), **change)
    seal = {"based_on": based_on, "seen": seen}
    return store.write(REAL, new, who=who, origin="screen", action="edit", **seal)


def removed(store, key, **options):
    now = store.load(REAL)
    gone = {"site": pd.DataFrame(now.sites.loc[[key]].drop(columns="geometry"))}
    return store.write(
        REAL,
        Change(gone=gone),
        who=STEWARD,
        origin="screen",
        action="edit",
        based_on=options.get("based_on", now.revision),
    )


def run(store, *statements):
    """Run SQL past the store, as somebody with the database's password could."""
    if store.path:
        with closing(sqlite3.connect(store.path, isolation_level=None)) as connection:
            connection.execute("PRAGMA foreign_keys=ON")
            return [connection.execute(statement).fetchall() for statement in statements]
    results = []
    with store._engine.begin() as connection:
        for statement in statements:
            result = connection.exec_driver_sql(statement)
            results.append([tuple(row) for row in result] if result.returns_rows else [])
    return results


def unguarded(store):
    """Drop every trigger of the store."""
    if store.path:
        (names,) = run(store, "SELECT name FROM sqlite_master WHERE type = 'trigger'")
        run(store, *(f"DROP TRIGGER {name}" for (name,) in names))
    else:
        for table in ("journal", *KEPT):
            run(store, f"ALTER TABLE {table} DISABLE TRIGGER USER")


REFUSED = (sqlite3.DatabaseError, sa.exc.DBAPIError)
