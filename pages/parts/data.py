"""Data at hand for the screens: opened once a process, cached by data version.

Public mode reads only what may be shown. Not here: SQL, rules, widgets.
"""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import geopandas as gpd
import pandas as pd
import streamlit as st

from geodata import evidence, intensity, settings, sites, units
from geodata.briefing import Briefing, brief
from geodata.names import fold
from geodata.plan import Plan, of_year, shipped
from geodata.status import status_of
from geodata.store import Store, known_subjects
from geodata.view import View

HOME = Path(__file__).parents[2]


class Data(NamedTuple):
    """What may be shown of one workspace at one data version."""

    workspace: str
    version: str
    sites: gpd.GeoDataFrame
    evidence: pd.DataFrame
    withheld: int  # how many sites are not public
    sectors: Callable[[Plan, date], pd.DataFrame]  # their public intensity; never a plant's


def mode() -> str:
    """Return what this server is for: ``public``, where nothing can be written, or ``steward``."""
    return settings.load(os.environ, HOME).mode


@st.cache_resource
def store() -> Store:
    """Return the store named by the settings; a public server cannot write to it."""
    found = settings.load(os.environ, HOME)
    return Store(found.store, writable=found.mode == "steward")


def data(workspace: str) -> Data:
    """Return a workspace as it is now; read again only when its version has changed.

    The public sees what was last published; stewards see the newest, every site of it.
    """
    public = mode() == "public"
    version = store().version(workspace, published=public)
    of = _data(store().name, workspace, version, public)
    if of.version != version:  # somebody wrote between the two looks
        _data.clear()
        return data(workspace)
    return of


@st.cache_resource(max_entries=4, show_spinner=False)
def _data(name: str, workspace: str, version: str, public: bool) -> Data:  # noqa: ARG001
    snapshot = store().load(workspace, published=public)
    shown = sites.public(snapshot.sites) if public else snapshot.sites
    records = evidence.public(snapshot.evidence, known_subjects(shown.index))
    withheld = len(snapshot.sites) - len(shown)
    declared = snapshot.declarations

    def sectors(plan: Plan, as_of: date) -> pd.DataFrame:
        return intensity.public(intensity.of_plan(declared, plan, as_of))

    return Data(workspace, snapshot.version, shown, records, withheld, sectors)


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs={Data: lambda of: of[:2]})
def folded_names(of: Data) -> dict[str, str]:
    """Return every site's name as a search compares it."""
    return {site: fold(name) for site, name in of.sites["name_vi"].items()}


def status(of: Data, plan: Plan, as_of: date) -> pd.DataFrame:
    """Return every site's status at a date under a plan."""
    return _status(of, plan.year, as_of)


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs={Data: lambda of: of[:2]})
def _status(of: Data, year: int, as_of: date) -> pd.DataFrame:
    return status_of(of.sites, of.evidence, of_year(shipped(), year), as_of)


@st.cache_resource
def unit_frames() -> dict[str, gpd.GeoDataFrame]:
    """Return the units of each vintage, indexed by code."""
    blocks = units.load_blocks()
    return {vintage.value: units.dissolve(blocks, vintage) for vintage in units.Vintage}


@st.cache_resource
def unit_names() -> dict[tuple[str, str], str]:
    """Return the name of every unit by vintage or level and code."""
    legacy = units.load_legacy_communes()
    named = {
        (vintage, str(code)): str(name)
        for vintage, frame in unit_frames().items()
        for code, name in frame["name"].items()
    }
    communes = legacy["commune_legacy_name"].items()
    return named | {("commune_legacy", str(code)): str(name) for code, name in communes}


def briefing(of: Data, plan: Plan, view: View) -> Briefing:
    """Return the briefing of a view; what it does not depend on does not make a new one."""
    return _briefing(of, plan.year, replace(view, site=None, slide=None))


@st.cache_resource(
    max_entries=16, show_spinner=False, hash_funcs={View: repr, Data: lambda of: of[:2]}
)
def _briefing(of: Data, year: int, view: View) -> Briefing:
    plan = of_year(shipped(), year)
    return brief(
        of.sites,
        of.evidence,
        plan,
        view,
        units=unit_frames()[view.units_of.value],
        districts=tuple(unit_frames()["legacy"].index),
        data_version=of.version,
        compared_to=view.compare,
        sectors=of.sectors(plan, view.as_of),
    )
