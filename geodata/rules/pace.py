"""How fast, and how fast it would have to be: pace towards a target, and a cautious outlook.

Pure arithmetic on counts and days. Not here: what is counted (``targets``).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from geodata.rules.plan import Period

DAYS_A_QUARTER = 365 / 4
LEAST_POINTS = 4


LEAST_DAYS = 90  # own rule: before that a pace says nothing


@dataclass(frozen=True)
class Pace:
    """What is gained a quarter: `so_far` in the window, `needed` to its end (None: no time)."""

    so_far: float | None
    needed: float | None


def pace(gained: int, short: int, window: Period, as_of: date) -> Pace:
    """Return the pace so far and the pace needed to close a gap before the window ends.

    There is none before 90 days of the window have passed (domain rule 4.3a).

    Parameters
    ----------
    gained, short : int
        How many were gained inside the window, and how many more are needed.
    window : Period
        The plan year.
    as_of : date
        The day looked at.
    """
    passed = (min(as_of, window.end) - window.start).days + 1
    left = (window.end - as_of).days
    return Pace(
        so_far=gained * DAYS_A_QUARTER / passed if passed >= LEAST_DAYS else None,
        needed=short * DAYS_A_QUARTER / left if left > 0 else None,
    )


def outlook(
    reached_on: Sequence[date], total: int, window: Period, as_of: date
) -> tuple[int, int] | None:
    """Return between how many and how many there may be at the window's end, or None.

    The slower and the faster half of the time so far are carried on; no more than `total`.
    Fewer than four days with an event, or a window that is over, carry no outlook.
    """
    passed = (as_of - window.start).days + 1
    left = (window.end - as_of).days
    if len(set(reached_on)) < LEAST_POINTS or left <= 0:
        return None
    middle = window.start + timedelta(days=passed // 2)
    early = sum(day < middle for day in reached_on)
    rates = [Fraction(2 * n, passed) for n in (early, len(reached_on) - early)]
    low, high = (len(reached_on) + rate * left for rate in (min(rates), max(rates)))
    return min(total, math.floor(low)), min(total, math.ceil(high))
