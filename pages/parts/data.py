"""Data at hand for the screens: opened once a process, cached by data version.

Public mode reads only what may be shown. Not here: SQL, rules, widgets.
"""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import geopandas as gpd
import pandas as pd
import streamlit as st

from geodata import evidence, settings, sites, units
from geodata.briefing import Briefing, brief
from geodata.names import fold
from geodata.plan import Plan, of_year, shipped
from geodata.status import status_of
from geodata.store import Store, known_subjects
from geodata.view import View

HOME = Path(__file__).parents[2]


class Data(NamedTuple):
    """The public part of one workspace at one data version."""

    workspace: str
    version: str
    sites: gpd.GeoDataFrame
    evidence: pd.DataFrame
    withheld: int  # how many sites are not public


@st.cache_resource
def store() -> Store:
    """Return the store named by the settings."""
    return Store(settings.load(os.environ, HOME).store)


def data(workspace: str) -> Data:
    """Return a workspace as it is now; read again only when its version has changed."""
    version = store().version(workspace)
    of = _data(store().name, workspace, version)
    if of.version != version:  # somebody wrote between the two looks
        _data.clear()
        return data(workspace)
    return of


@st.cache_resource(max_entries=4, show_spinner=False)
def _data(name: str, workspace: str, version: str) -> Data:  # noqa: ARG001 - cache keys
    snapshot = store().load(workspace)
    shown = sites.public(snapshot.sites)
    records = evidence.public(snapshot.evidence, known_subjects(shown.index))
    withheld = len(snapshot.sites) - len(shown)
    return Data(workspace, snapshot.version, shown, records, withheld)


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
    return brief(
        of.sites,
        of.evidence,
        of_year(shipped(), year),
        view,
        units=unit_frames()[view.units_of.value],
        districts=tuple(unit_frames()["legacy"].index),
        data_version=of.version,
        compared_to=view.compare,
    )
