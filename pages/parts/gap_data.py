"""The gaps of a view: the sites its target is about, the units' table, the worklist.

Not here: how they are counted (``geodata.coverage``, ``geodata.worklist``), or widgets.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple

import geopandas as gpd
import pandas as pd
import streamlit as st

from geodata import coverage, worklist
from geodata.plan import Plan, of_year, shipped
from geodata.sites import KINDS
from geodata.symbology import kind_label
from geodata.targets import YES, Count
from geodata.text import _, day, number
from geodata.view import AXES, UNIT_COLUMN, View
from pages.parts.data import Data, status, unit_frames

KM = 1000


class Gaps(NamedTuple):
    """What the screen of gaps shows of a view."""

    threshold: Fraction
    radius_km: float
    asked: gpd.GeoDataFrame  # the sites that are asked about: kinds of the view, every unit
    status: pd.DataFrame
    units: pd.DataFrame  # as from `coverage.gap_table`
    kinds: pd.DataFrame  # the same, kind by kind, of the unit chosen
    whole: Count  # of the unit chosen, or the province
    open: gpd.GeoDataFrame  # the worklist with what lies around, filtered by the view


def kinds(plan: Plan, axis: str) -> tuple[str, ...]:
    """Return the kinds of sites that the target of an axis is about."""
    about = coverage.target_of(plan, axis).kinds
    return tuple(kind for kind in KINDS if kind in about)


def reasons(axis: str) -> tuple[str, ...]:
    """Return the statuses that make a site a gap."""
    return tuple(key for key in AXES[axis] if key not in {*YES[axis], "not-applicable"})


def chosen(plan: Plan, view: View) -> tuple[str, ...]:
    """Return the kinds looked at: those chosen, if the target is about any of them."""
    about = kinds(plan, view.axis)
    return tuple(kind for kind in about if kind in view.kinds) or about


def percent(threshold: Fraction) -> str:
    """Return a share to be reached as people write it: ``70%``."""
    exact = threshold * 100
    return number(float(exact), 0 if exact.denominator == 1 else 1) + "%"


def found(of: Data, plan: Plan, view: View, radius_km: float) -> Gaps:
    """Return the gaps of a view."""
    axis, column = view.axis, UNIT_COLUMN[view.units_of]
    threshold = coverage.target_of(plan, axis).threshold or Fraction(1)
    told = status(of, plan, view.as_of)
    looked = chosen(plan, view)
    asked = of.sites[of.sites["kind"].isin(looked).to_numpy()]
    names = unit_frames()[view.units_of.value]["name"]
    units = coverage.gap_table(told[axis][asked.index], asked[column], names, axis, threshold)
    here = asked[(asked[column] == view.unit).fillna(value=False)] if view.unit else asked
    labels = pd.Series({kind: kind_label(kind) for kind in looked})
    by_kind = coverage.gap_table(told[axis][here.index], here["kind"], labels, axis, threshold)
    sums = by_kind[["yes", "sites", "unknown"]].sum()
    rows = _worklist(of, plan.year, view.as_of, axis, radius_km)
    kept = rows["kind"].isin(looked) & rows["status"].isin(_asked(view))
    if view.unit:
        kept &= (rows[column] == view.unit).fillna(value=False)
    whole = Count(*(int(n) for n in sums))
    open_ = rows[kept.to_numpy()]
    return Gaps(threshold, radius_km, asked, told, units, by_kind, whole, open_)


def _asked(view: View) -> tuple[str, ...]:
    """Return the reasons looked at: those chosen, if they are any."""
    every = reasons(view.axis)
    return tuple(key for key in every if key in view.statuses) or every


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs={Data: lambda of: of[:2]})
def _worklist(of: Data, year: int, as_of: date, axis: str, radius_km: float) -> gpd.GeoDataFrame:
    """Return every gap on an axis with what lies around it."""
    plan = of_year(shipped(), year)
    told = status(of, plan, as_of)
    about = of.sites[of.sites["kind"].isin(kinds(plan, axis)).to_numpy()]
    rows = worklist.gaps(about, of.evidence, told[axis], axis, as_of)
    near = worklist.around(
        rows, of.sites, of.evidence, told, axis=axis, as_of=as_of, radius_m=radius_km * KM
    )
    return rows.join(near)


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs={Data: lambda of: of[:2]})
def lapsing(of: Data, as_of: date) -> pd.DataFrame:
    """Return what is about to lapse, on both axes."""
    return worklist.lapsing(of.sites, of.evidence, shipped(), as_of)


def facts(of: Data, plan: Plan, view: View) -> Mapping[str, str]:
    """Return what a file of this screen says of itself, and the day in its name."""
    line = _("Plan {decision} ({year}) · as of {as_of} · data version {version}")
    said = {
        "line": line.format(
            decision=plan.decision, year=plan.year, as_of=day(view.as_of), version=of.version
        ),
        "day": view.as_of.isoformat(),
    }
    if view.workspace == "simulated":
        said["simulated"] = _("SIMULATED DATA – invented sites and statuses, not real figures")
    return said
