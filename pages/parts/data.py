"""Data at hand for the screens: opened once a process, cached by data version.

Public mode reads only what may be shown. Not here: SQL, rules, widgets.
"""

import os
from datetime import date
from pathlib import Path
from typing import NamedTuple

import geopandas as gpd
import pandas as pd
import streamlit as st

from geodata import evidence, settings, sites, units
from geodata.plan import Plan, shipped
from geodata.status import status_of
from geodata.store import Store, known_subjects

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
    return _data(store().name, workspace, store().version(workspace))


@st.cache_resource(max_entries=4, show_spinner=False)
def _data(name: str, workspace: str, version: str) -> Data:  # noqa: ARG001 - the name is a cache key
    snapshot = store().load(workspace)
    shown = sites.public(snapshot.sites)
    records = evidence.public(snapshot.evidence, known_subjects(shown.index))
    return Data(workspace, version, shown, records, len(snapshot.sites) - len(shown))


def status(of: Data, plan: Plan, as_of: date) -> pd.DataFrame:
    """Return every site's status at a date under a plan."""
    return _status(store().name, of.workspace, of.version, plan.year, as_of)


@st.cache_resource(max_entries=32, show_spinner=False)
def _status(name: str, workspace: str, version: str, year: int, as_of: date) -> pd.DataFrame:
    of = _data(name, workspace, version)
    plan = next(plan for plan in shipped() if plan.year == year)
    return status_of(of.sites, of.evidence, plan, as_of)


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
