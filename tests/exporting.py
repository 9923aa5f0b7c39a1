"""Data as a file that the app writes, of a plan and days of its own."""

from datetime import date, datetime

from geodata.outputs.data import exchange
from geodata.outputs.data.origin import Provenance
from geodata.rules import plan

MADE = datetime(2026, 3, 1, 8, 30)  # noqa: DTZ001 - as the clocks there show it
PLAN = plan.of_year(plan.shipped(), 2024)
ORIGIN = Provenance(PLAN, date(2024, 12, 31), date(2026, 3, 1), MADE)


def exported(snapshot, kind, table="sites", origin=ORIGIN):
    return exchange.render(snapshot, origin, kind, table)
