"""The gaps of a view: its target, the units' table, the worklists.

All of it stands as the plan's target counts it. Not here: the counting (``geodata.rules.targets``,
``geodata.rules.coverage``, ``geodata.reading.worklist``), or widgets.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

import geopandas as gpd
import pandas as pd
import streamlit as st

from geodata.core.lookup import is_in
from geodata.core.text import _, day, number
from geodata.reading import worklist
from geodata.reading.briefing import knowledge
from geodata.reading.imprint import stem
from geodata.reading.labels import kind_label
from geodata.reading.view import AXES, UNIT_COLUMN, View
from geodata.register.sites import KINDS
from geodata.rules import coverage
from geodata.rules.plan import Plan, of_year, shipped
from geodata.rules.targets import OF_AXIS, YES, Count, Result
from pages.parts.shared.data import (
    BY_VERSION,
    Data,
    entered_since,
    status,
    target_on,
    unit_frames,
    unit_names,
)
from pages.parts.shared.heading import closed_text

KM = 1000


@dataclass(frozen=True)
class Gaps:
    """What the screen of gaps shows of a view."""

    result: Result  # the target, all of it
    count: Count  # of the kinds and the unit chosen
    part: bool  # whether those are only a part of the target
    until: date  # the day counted: the as-of date, or the plan's last if that is past
    radius_km: float
    asked: gpd.GeoDataFrame  # the sites that may be named: kinds of the view, every unit
    status: pd.DataFrame  # of those, as the target counts them
    units: pd.DataFrame  # as from `coverage.by_unit`
    kinds: pd.DataFrame  # the same, kind by kind, of the unit chosen
    left: gpd.GeoDataFrame  # the worklist with what lies around, filtered by the view
    left_unnamed: int  # how many more belong to it
    undecided: gpd.GeoDataFrame  # the sites that may count or not
    undecided_unnamed: int

    @property
    def threshold(self) -> Fraction:
        """The share to be reached."""
        return self.result.goal or Fraction(1)


def kinds(plan: Plan, axis: str) -> tuple[str, ...]:
    """Return the kinds of sites that the target of an axis is about."""
    about = next(target.kinds for target in plan.targets if target.id == OF_AXIS[axis])
    return tuple(kind for kind in KINDS if kind in about)


def reasons(axis: str) -> tuple[str, ...]:
    """Return the statuses that make a site a gap."""
    return tuple(key for key in AXES[axis] if key not in {*YES[axis], "not-applicable"})


def chosen(plan: Plan, view: View) -> tuple[str, ...]:
    """Return the kinds looked at: those chosen, if the target is about any of them."""
    about = kinds(plan, view.axis)
    return tuple(kind for kind in about if kind in view.kinds) or about


def narrowed(plan: Plan, view: View) -> View:
    """Return the view of the sites that the target is about."""
    return replace(view, kinds=chosen(plan, view), statuses=())


def counted(plan: Plan, view: View) -> View:
    """Return the same on the last day that counts."""
    until = plan.last_day(view.as_of)
    vintage = view.units_of.value  # that of the day chosen, whichever day is counted
    return replace(narrowed(plan, view), as_of=until, vintage=vintage)


def percent(threshold: Fraction) -> str:
    """Return a share to be reached as people write it: ``70%``."""
    exact = threshold * 100
    return number(float(exact), 0 if exact.denominator == 1 else 1) + "%"


def gaps(data: Data, plan: Plan, view: View) -> Gaps:
    """Return the gaps of a view."""
    column, every = UNIT_COLUMN[view.units_of], data.register
    result = target_on(view.axis, data, plan, view.as_of)
    looked = chosen(plan, view)
    among = every.index[every["kind"].isin(looked).to_numpy()]
    here = among
    if view.unit:
        inside = (every[column] == view.unit).fillna(value=False)
        here = among.intersection(every.index[inside.to_numpy(dtype=bool)])
    names = unit_frames()[view.units_of.value]["name"]
    labels = pd.Series({kind: kind_label(kind) for kind in looked})
    about = data.sites[data.sites["kind"].isin(looked).to_numpy()]
    rows, undecided = _worklists(data, plan.year, view.as_of, view.axis, view.radius_km)
    rows, undecided = rows[is_in(rows.index, here)], undecided[is_in(undecided.index, here)]
    left = result.counted[(result.counted["part"] != "yes").to_numpy(dtype=bool)]
    left = left[left["status"].isin(asked(view)) & is_in(left.index, here)]
    rows = rows[is_in(rows.index, left.index)]
    return Gaps(
        result=result,
        count=coverage.whole(result, here),
        part=bool(view.unit) or looked != kinds(plan, view.axis),
        until=plan.last_day(view.as_of),
        radius_km=view.radius_km,
        asked=about,
        status=status(data, plan, plan.last_day(view.as_of)).loc[about.index],
        units=coverage.by_unit(result, every[column], names, among),
        kinds=coverage.by_unit(result, every["kind"], labels, here),
        left=rows,
        left_unnamed=len(left) - len(rows),
        undecided=undecided,
        undecided_unnamed=int(is_in(result.open.index, here).sum()) - len(undecided),
    )


def asked(view: View) -> tuple[str, ...]:
    """Return the reasons looked at: those chosen, if they are any."""
    every = reasons(view.axis)
    return tuple(key for key in every if key in view.statuses) or every


def asked_for(event: Mapping[str, Any], axis: str) -> tuple[str, ...]:
    """Return the reasons that a click on the legend of the map asks for, in their usual order."""
    return tuple(key for key in reasons(axis) if key in event.get("statuses", ()))


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs=BY_VERSION)
def _worklists(
    data: Data, year: int, as_of: date, axis: str, radius_km: float
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return every gap on an axis with what lies around it, and the sites that may be one."""
    plan = of_year(shipped(), year)
    result = target_on(axis, data, plan, as_of)
    rows = worklist.gaps(data.sites, data.evidence, result, axis, as_of)
    near = worklist.around(
        rows, data.sites, data.evidence, result, as_of=as_of, radius_m=radius_km * KM
    )
    return rows.join(near), worklist.undecided(data.sites, data.evidence, result, axis, as_of)


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs=BY_VERSION)
def lapsing(data: Data, as_of: date) -> pd.DataFrame:
    """Return what is about to lapse, on both axes, of every site."""
    return worklist.lapsing(data.register, data.records, shipped(), as_of)


def facts(data: Data, plan: Plan, view: View) -> dict[str, str]:
    """Return what a file of this screen says of itself, and the unit, axis and day in its name."""
    unit = unit_names()[view.units_of.value, view.unit] if view.unit else ""
    line = _("Plan {decision} ({year}) · as of {as_of} · data version {version}")
    lines = {
        "line": line.format(
            decision=plan.decision, year=plan.year, as_of=day(view.as_of), version=data.version
        ),
        "stem": stem(view, unit),
    }
    if known := knowledge(data.known_at, entered_since(data, plan, view.as_of)):
        lines["known"] = known[0]
    if view.as_of > plan.window.end:
        lines["closed"] = closed_text(plan)
    if data.withheld:
        lines["unnamed"] = _("Lists name public sites only; counts hold all sites.")
    if view.workspace == "simulated":
        lines["simulated"] = _("SIMULATED DATA – invented sites and statuses, not real figures")
    return lines
