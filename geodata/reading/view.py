"""A view: what a screen shows of a snapshot, and the frames it leaves of it.

Pure. Not here: its words in an address (``address``), the widgets that change it, status rules.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from geodata.geography.units import Vintage, vintage_of
from geodata.register.sites import KINDS, placed
from geodata.rules.plan import Plan, default, in_force, of_year, require_started
from geodata.rules.status import COMPLIANCE, OUTREACH, STAGES

AXES = {"outreach": OUTREACH, "compliance": COMPLIANCE}
VINTAGES = ("date", *(vintage.value for vintage in Vintage))
UNIT_COLUMN = {Vintage.LEGACY: "district_legacy", Vintage.Y2025: "commune_2025"}
STAGE = "stage-"
PAINTS = ("kinds", "statuses")
RADII_KM = (0.1, 100.0)  # what may count as near


@dataclass(frozen=True)
class View:
    """Everything a person chose; an empty tuple or None means no restriction."""

    as_of: date
    known_at: date | None = None  # what was entered by the end of this day; None is today
    workspace: str = "real"
    axis: str = "outreach"
    paint: str | None = None  # what colours say on the map; None: whatever suits what is known
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    unit: str | None = None
    vintage: str = "date"
    plan: int | None = None
    site: str | None = None
    compare: date | None = None  # an earlier day, in a briefing
    slide: int | None = None  # where a presentation stands; None is no presentation
    area: str | None = None  # drawn on the map, as `selection.read` takes it
    radius_km: float = 5.0  # what counts as near a site

    def known(self, today: date) -> date:
        """Return the day of knowledge: the chosen one, or today."""
        return self.known_at or today

    @property
    def units_of(self) -> Vintage:
        """The vintage of units shown: the chosen one, or the one of the as-of date."""
        return vintage_of(self.as_of) if self.vintage == "date" else Vintage(self.vintage)


def statuses(axis: str) -> tuple[str, ...]:
    """Return all keys a site can be shown under on an axis; stages of models come last."""
    return (*AXES[axis], *(STAGE + stage for stage in STAGES))


def shown(status: pd.DataFrame, axis: str) -> pd.Series:
    """Return the key each site is shown under: its status, or a model's stage."""
    models = status["stage"].notna()
    staged = STAGE + status["stage"].astype("string")
    return status[axis].astype("string").mask(models, staged).rename("shown")


def within(sites: pd.DataFrame, view: View) -> pd.DataFrame:
    """Return the sites of the view's kinds and unit, whatever their status."""
    keep = sites["kind"].isin(view.kinds or KINDS)
    if view.unit:
        keep &= (sites[UNIT_COLUMN[view.units_of]] == view.unit).fillna(value=False)
    return sites[keep.to_numpy()]


def selected(sites: pd.DataFrame, status: pd.DataFrame, view: View) -> pd.DataFrame:
    """Return the sites of the view, its statuses applied too."""
    inside = within(sites, view)
    if not view.statuses:
        return inside
    return inside[shown(status, view.axis).loc[inside.index].isin(view.statuses).to_numpy()]


def counts(sites: pd.DataFrame, status: pd.DataFrame, view: View) -> pd.Series:
    """Return how many sites of the view's kinds and unit have each status.

    All keys of the axis are there, in order, so the counts always add up to all sites
    within the view; the view's choice of statuses does not change them.
    """
    keys = shown(status, view.axis).loc[within(sites, view).index]
    return keys.value_counts().reindex(list(statuses(view.axis)), fill_value=0).astype(int)


def unplaced(sites: pd.DataFrame) -> pd.DataFrame:
    """Return the sites that are not on the map for want of a position."""
    return sites[~placed(sites).to_numpy()]


def plan_of(view: View, plans: Sequence[Plan]) -> Plan:
    """Return the plan the view looks at.

    Raises
    ------
    WrongCallError
        If there is no such plan, or it had not begun at the as-of date.
    """
    plan = of_year(plans, view.plan) if view.plan else default(plans, view.as_of)
    require_started(plan, view.as_of)
    return plan


def settled(old: View, new: View, plans: Sequence[Plan]) -> View:
    """Return a changed view without the choices that no longer make sense."""
    if new.axis != old.axis or (new.paint != old.paint and new.paint == "kinds"):
        new = replace(new, statuses=())
    if new.units_of != old.units_of:
        new = replace(new, unit=None)
    if new.compare and new.compare >= new.as_of:
        new = replace(new, compare=None)
    if new.workspace != old.workspace:
        new = replace(new, site=None)
    if new.known_at and new.known_at == old.as_of != new.as_of:
        new = replace(new, known_at=new.as_of)  # "as known then" goes along with the day
    if new.plan and new.as_of < of_year(plans, new.plan).window.start:
        new = replace(new, plan=None)
    return new


def usual_day(plans: Sequence[Plan], today: date) -> date:
    """Return the day looked at where none is asked for (DESIGN: the start).

    Today, if a plan's window holds it; else the last day of the latest plan that had begun.
    """
    return today if in_force(plans, today) else min(today, default(plans, today).window.end)
