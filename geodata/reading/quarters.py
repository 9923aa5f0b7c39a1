"""The quarters of the programme: from which to which day, how much happened in each.

Pure. Not here: the statuses of a day (``rules.status``), or the slider that stands on these days.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from geodata.core.text import _, number
from geodata.register.evidence import live
from geodata.rules.plan import Plan

HAPPENED = ("held", "check", "milestone", "document")
"""The kinds of record that tell of something that took place."""
_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Quarter:
    """A quarter from its first to its last day, and how many events took place in it.

    The quarter that is not over ends today.
    """

    first: date
    last: date
    events: int

    @property
    def words(self) -> str:
        """Which quarter it is and how much happened, as people read it."""
        over = (self.last + timedelta(days=1)).month != self.last.month
        words = _("Quarter {n}/{year} · {events} events")
        if not over:
            words = _("Quarter {n}/{year} until today · {events} events")
        n = _ROMAN[(self.first.month - 1) // 3]
        return words.format(n=n, year=self.first.year, events=number(self.events))


def quarters(plans: Sequence[Plan], records: pd.DataFrame, today: date) -> tuple[Quarter, ...]:
    """Return every quarter from the first that a plan looks back to until today.

    Parameters
    ----------
    plans : sequence of Plan
        All there are.
    records : DataFrame
        The records that may be shown. Those of one event are one event; what is only planned,
        declared, superseded or withdrawn is none.
    today : date
        No quarter is later.
    """
    since = min(plan.cumulative_since for plan in plans)
    counted = live(records)
    happened = counted["kind"].isin(HAPPENED) & (counted["event_date"] <= pd.Timestamp(today))
    counted = counted[happened.to_numpy()]
    occasion = counted["event"].fillna(counted["id"])
    events = occasion.groupby(counted["event_date"].dt.to_period("Q")).nunique()
    return tuple(
        Quarter(period.start_time.date(), min(period.end_time.date(), today), int(n))
        for period in pd.period_range(since, today, freq="Q")
        for n in [events.get(period, 0)]
    )


def days(every: Sequence[Quarter], plans: Sequence[Plan]) -> tuple[date, ...]:
    """Return the last day of each quarter that can be looked at: from the first plan on."""
    start = min(plan.window.start for plan in plans)
    return tuple(quarter.last for quarter in every if quarter.last >= start)
