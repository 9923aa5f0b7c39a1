"""What every target is counted from, and the lists it leaves behind.

Not here: what counts for which target (the other modules of this package).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from geodata.core.lookup import is_in
from geodata.rules import status as st
from geodata.rules.plan import Plan, Target


@dataclass(frozen=True)
class Case:
    """What all targets are counted from: the plan, the days, and what was known."""

    sites: pd.DataFrame
    live: pd.DataFrame  # as from `status.speaking` at the end
    member: pd.Series  # whether each site belongs to a denominator then, as from `membership_on`
    districts: tuple[str, ...]
    plan: Plan
    end: date  # the last day that counts: the as-of date, or the window's end if that is past
    sectors: pd.DataFrame  # as from `intensity.of_plan`

    def of_kinds(self, target: Target) -> pd.DataFrame:
        """Return the register's sites of a target's kinds."""
        return self.sites[self.sites["kind"].isin(target.kinds).to_numpy()]

    def records(
        self, axis: str, kind: str | None = None, columns: Sequence[str] | None = None
    ) -> pd.DataFrame:
        """Return the live records of an axis, or of one kind, up to the last day that counts.

        Of all columns or of some: each text that goes along takes its time.
        """
        fits = (self.live["axis"] == axis) & (self.live["event_date"] <= pd.Timestamp(self.end))
        if kind:
            fits &= self.live["kind"] == kind
        live = self.live if columns is None else self.live[list(columns)]
        return live[fits.to_numpy()]


def case_of(
    sites: pd.DataFrame,
    evidence: pd.DataFrame,
    plan: Plan,
    as_of: date,
    *,
    districts: Sequence[str],
    sectors: pd.DataFrame,
    at_hand: st.Day | None = None,
) -> Case:
    """Return what a plan's targets are counted from at a date; parameters as in `results`.

    `at_hand` is what `status.day_of` gives of the last day that counts, where it is kept.
    """
    sites = pd.DataFrame(sites)  # a geometry's ways make each look at a column dear
    end = plan.last_day(as_of)
    day = at_hand or st.day_of(sites, evidence, end)
    return Case(sites, day.live, day.member, tuple(districts), plan, end, sectors)


def in_window(records: pd.DataFrame, plan: Plan) -> np.ndarray:
    """Return for each record whether it lies in the plan's window, both ends included."""
    window = plan.window
    inside = records["event_date"].between(pd.Timestamp(window.start), pd.Timestamp(window.end))
    return inside.to_numpy()


def how_many(status: pd.Series, *wanted: str) -> int:
    """Return how many are in one of some statuses."""
    return int(status.isin(wanted).sum())


def first_days(live: pd.DataFrame, plan: Plan, end: date, reached: pd.Index) -> tuple[date, ...]:
    """Return the day of the first verified event of each site reached, earliest first."""
    events = st.reaching(live, plan, end)
    events = events[is_in(events["subject"], reached)]
    first = events.groupby("subject")["event_date"].min()
    return tuple(sorted(first.dt.date))


def listed(ids: Sequence[str] | pd.Index | pd.Series, status: pd.Series) -> pd.DataFrame:
    """Return what was counted, with the status of each."""
    statuses = status.astype("string").to_numpy()
    return pd.DataFrame({"status": statuses}, index=pd.Index(ids, name="id"))


def left_out(ids: Sequence[str] | pd.Index | pd.Series, reason: str) -> pd.DataFrame:
    """Return what was left out for one reason."""
    return pd.DataFrame({"reason": reason}, index=pd.Index(ids, name="id"))


def behind(ids: Sequence[str] | pd.Index | pd.Series, figure: str) -> pd.DataFrame:
    """Return what one of the further figures was counted from."""
    return pd.DataFrame({"figure": figure}, index=pd.Index(ids, name="id"))
