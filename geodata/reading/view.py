"""A view: what a screen shows of a snapshot, as words in its address and as filtered frames.

Pure. Not here: the widgets that change it, or status rules.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

import pandas as pd

from geodata.core.errors import WrongCallError
from geodata.core.text import _
from geodata.geography import selection
from geodata.geography.units import Vintage, vintage_of
from geodata.register.sites import KINDS, placed
from geodata.rules.plan import Plan, default, in_force, of_year, require_started
from geodata.rules.status import COMPLIANCE, OUTREACH, STAGES

AXES = {"outreach": OUTREACH, "compliance": COMPLIANCE}
WORKSPACES = ("real", "simulated")
VINTAGES = ("date", *(vintage.value for vintage in Vintage))
UNIT_COLUMN = {Vintage.LEGACY: "district_legacy", Vintage.Y2025: "commune_2025"}
STAGE = "stage-"


@dataclass(frozen=True)
class View:
    """Everything a person chose; an empty tuple or None means no restriction."""

    as_of: date
    known_at: date | None = None  # what was entered by the end of this day; None is today
    workspace: str = "real"
    axis: str = "outreach"
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    unit: str | None = None
    vintage: str = "date"
    plan: int | None = None
    site: str | None = None
    compare: date | None = None  # an earlier day, in a briefing
    slide: int | None = None  # where a presentation stands; None is no presentation
    area: str | None = None  # drawn on the map, as `selection.read` takes it

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
    if new.axis != old.axis:
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


def to_query(view: View, usual_as_of: date) -> dict[str, str]:
    """Return the view as words of an address; what is as usual is left out.

    `usual_as_of` is the day looked at where an address names none, as from `usual_day`.
    """
    usual = View(as_of=usual_as_of)
    words = {f.name: getattr(view, f.name) for f in fields(View)}
    return {
        name: ",".join(value) if isinstance(value, tuple) else str(value)
        for name, value in words.items()
        if value != getattr(usual, name)
    }


def from_query(
    query: Mapping[str, str],
    today: date,
    plans: Sequence[Plan],
    units: Mapping[str, Collection[str]],
) -> tuple[View, list[str]]:
    """Return the view an address describes, and a sentence for each word it cannot use.

    Parameters
    ----------
    query : Mapping
        The words of the address.
    today : date
        Where the address names no day, `usual_day` of it is looked at; none may be later.
    plans : sequence of Plan
        Those that can be chosen.
    units : Mapping
        For each vintage the codes of its units.
    """
    usual = usual_day(plans, today)
    view = View(as_of=usual)
    problems = []
    for name, reader in _readers(today, plans).items():
        if not (text := query.get(name)):
            continue
        try:
            view = replace(view, **{name: reader(text)})
        except ValueError:
            problems.append(unusable(name, text))
    try:
        plan_of(view, plans)
    except WrongCallError as error:
        problems.append(str(error))
        view = replace(view, as_of=usual, plan=None)
    if view.compare and view.compare >= view.as_of:
        problems.append(unusable("compare", view.compare.isoformat()))
        view = replace(view, compare=None)
    if strange := [key for key in view.statuses if key not in statuses(view.axis)]:
        problems.append(unusable("statuses", ",".join(strange)))
        view = replace(view, statuses=tuple(k for k in view.statuses if k not in strange))
    if view.unit and view.unit not in units[view.units_of]:
        problems.append(unusable("unit", view.unit))
        view = replace(view, unit=None)
    return view, problems


def unusable(name: str, text: str) -> str:
    """Return the sentence for a word of the address that means nothing."""
    return _(
        "The address asks for {name} = “{text}”, which does not exist; it was left out."
    ).format(name=name, text=text[:60])


def _readers(today: date, plans: Sequence[Plan]) -> dict[str, Callable[[str], Any]]:
    """Return for each word of the address how it is read; a wrong one raises."""
    every = {key for axis in AXES for key in statuses(axis)}

    def past_day(text: str) -> date:
        moment = date.fromisoformat(text)
        if moment > today:
            raise ValueError
        return moment

    return {
        "as_of": past_day,
        "known_at": past_day,
        "workspace": _one_of(WORKSPACES),
        "axis": _one_of(tuple(AXES)),
        "kinds": lambda text: tuple(map(_one_of(KINDS), text.split(","))),
        "statuses": lambda text: tuple(map(_one_of(tuple(every)), text.split(","))),
        "unit": str,
        "vintage": _one_of(VINTAGES),
        "plan": lambda text: int(_one_of(tuple(str(p.year) for p in plans))(text)),
        "site": str,
        "compare": past_day,
        "slide": lambda text: max(1, int(text)),
        "area": lambda text: selection.spelled(selection.read(text)),
    }


def _one_of(values: Sequence[str]) -> Callable[[str], str]:
    """Return a reader that takes one of some values and refuses all else."""

    def read(text: str) -> str:
        return values[values.index(text)]

    return read
