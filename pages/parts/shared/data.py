"""Data at hand for the screens: opened once a process, cached by data version.

Public mode reads only what may be shown. Not here: SQL, rules, widgets.
"""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import geopandas as gpd
import pandas as pd
import streamlit as st

from geodata import settings
from geodata.core.lookup import is_in
from geodata.core.text import language
from geodata.geography import units
from geodata.reading.briefing import AtHand, Briefing, brief
from geodata.reading.view import View
from geodata.register import evidence, sites
from geodata.register.evidence import entered_later
from geodata.rules import intensity
from geodata.rules.plan import Plan, default, of_year, shipped
from geodata.rules.status import Day, day_of, status_of
from geodata.rules.targets import OF_AXIS, Case, Result, case_of, counted
from geodata.store import Store, known_subjects
from geodata.store.witness import named

HOME = Path(__file__).parents[3]


class Data(NamedTuple):
    """One workspace at one data version, as known on a day.

    `sites` and `evidence` are what may be named and shown; `register` and `records` are all there
    is, to be counted and never shown. No figure needs `evidence`: whoever first asks picks it out.
    """

    workspace: str
    version: str
    known_at: date | None  # None is today
    sites: gpd.GeoDataFrame
    pick: Callable[[], pd.DataFrame]
    register: gpd.GeoDataFrame
    records: pd.DataFrame
    unseen: pd.DataFrame  # records entered after the day of knowledge
    sectors: Callable[[Plan], pd.DataFrame]  # their public intensity; never a plant's

    @property
    def evidence(self) -> pd.DataFrame:
        """The records that may be shown."""
        return self.pick()

    @property
    def withheld(self) -> int:
        """How many sites are counted and not named."""
        return len(self.register) - len(self.sites)


BY_VERSION: dict[str | type[Any], Callable[[Any], Any]] = {
    Data: lambda data: (*data[:3], language())
}
"""How a cache tells apart what is made of data: by workspace, version, day of knowledge and the
language it is read in."""

WORDLESS: dict[str | type[Any], Callable[[Any], Any]] = {Data: lambda data: data[:3]}
"""The same where what is made holds no text, and is good for every reader."""


def mode() -> str:
    """Return what this server is for: ``public``, where nothing can be written, or ``steward``."""
    return settings.load(os.environ, HOME).mode


@st.cache_resource(show_spinner=False)  # programs ask too, who see no spinner
def store() -> Store:
    """Return the store named by the settings; a public server cannot write to it."""
    configured = settings.load(os.environ, HOME)
    witness = named(configured.seals, configured.seal_key)
    writable = configured.mode == "steward"
    return Store(configured.store, writable=writable, witness=witness, columns=configured.columns)


def data(workspace: str, known_at: date | None = None) -> Data:
    """Return a workspace as it is now; read again only when its version has changed.

    The public sees what was last published; stewards see the newest, every site of it. With a
    day, only what was entered by its end.
    """
    public = mode() == "public"
    version = store().version(workspace, published=public)
    at_hand = _data(store().name, workspace, version, public, known_at)
    if at_hand.version != version:  # somebody wrote between the two looks
        _data.clear()
        return data(workspace, known_at)
    return at_hand


@st.cache_resource(max_entries=6, show_spinner=False)
def _data(name: str, workspace: str, version: str, public: bool, known_at: date | None) -> Data:  # noqa: ARG001
    snapshot = store().load(workspace, published=public, known_at=known_at)
    shown = sites.public(snapshot.sites) if public else snapshot.sites
    if public and known_at is not None:  # a day that is past does not name what is private now
        shown = shown[is_in(shown.index, data(workspace).sites.index)]

    @cache
    def pick() -> pd.DataFrame:
        return evidence.public(snapshot.evidence, known_subjects(shown.index))

    def sectors(plan: Plan) -> pd.DataFrame:
        judged = intensity.of_plan(snapshot.declarations, plan, snapshot.sites["operator"])
        return intensity.public(judged)

    return Data(
        workspace,
        snapshot.version,
        known_at,
        shown,
        pick,
        snapshot.sites,
        snapshot.evidence,
        snapshot.unseen,
        sectors,
    )


def status(at_hand: Data, plan: Plan, as_of: date) -> pd.DataFrame:
    """Return the status at a date of every site that may be named."""
    named: pd.DataFrame = every_status(at_hand, plan, as_of).loc[at_hand.sites.index]
    return named


def every_status(at_hand: Data, plan: Plan, as_of: date) -> pd.DataFrame:
    """Return the status of every site, to be counted and never shown."""
    return _status(at_hand, plan.year, as_of)


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs=WORDLESS)
def _status(at_hand: Data, year: int, as_of: date) -> pd.DataFrame:
    known = _day(at_hand, as_of)
    return status_of(at_hand.register, at_hand.records, of_year(shipped(), year), as_of, known)


# As large as the records themselves; a screen asks much of one day, two readers of two.
@st.cache_resource(max_entries=2, show_spinner=False, hash_funcs=WORDLESS)
def _day(at_hand: Data, as_of: date) -> Day:
    return day_of(at_hand.register, at_hand.records, as_of)


def targets(at_hand: Data, plan: Plan, as_of: date) -> tuple[Result, ...]:
    """Return the plan's targets at a date, counted over every site; they list all of them."""
    day = plan.last_day(as_of)
    return tuple(_target(at_hand, plan.year, day, target.id) for target in plan.targets)


def target_on(axis: str, at_hand: Data, plan: Plan, as_of: date) -> Result:
    """Return the target that an axis is about, as in `targets`; no other one is counted."""
    return _target(at_hand, plan.year, plan.last_day(as_of), OF_AXIS[axis])


@st.cache_resource(max_entries=224, show_spinner=False, hash_funcs=BY_VERSION)
def _target(at_hand: Data, year: int, as_of: date, code: str) -> Result:
    target = next(one for one in of_year(shipped(), year).targets if one.id == code)
    return counted(_case(at_hand, year, as_of), target)


@st.cache_resource(max_entries=2, show_spinner=False, hash_funcs=WORDLESS)
def _case(at_hand: Data, year: int, as_of: date) -> Case:
    plan = of_year(shipped(), year)
    return case_of(
        at_hand.register,
        at_hand.records,
        plan,
        as_of,
        districts=tuple(unit_frames()["legacy"].index),
        sectors=at_hand.sectors(plan),
        at_hand=_day(at_hand, as_of),
    )


@st.cache_resource
def unit_frames() -> dict[str, gpd.GeoDataFrame]:
    """Return the units of each vintage, indexed by code."""
    blocks = units.load_blocks()
    return {vintage.value: units.dissolve(blocks, vintage) for vintage in units.Vintage}


@st.cache_resource
def unit_names() -> dict[tuple[str, str], str]:
    """Return the name of every unit by vintage or level and code."""
    return units.names(unit_frames(), units.load_legacy_communes())


def entered_since(at_hand: Data, plan: Plan, as_of: date) -> int:
    """Return how many records of a plan's period were entered after the day of knowledge."""
    if at_hand.known_at is None:
        return 0
    return entered_later(at_hand.unseen, at_hand.known_at, plan.window.start, plan.last_day(as_of))


def briefing(at_hand: Data, plan: Plan, view: View) -> Briefing:
    """Return the briefing of a view; what it does not depend on does not make a new one."""
    return _briefing(at_hand, plan.year, replace(view, site=None, slide=None))


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs={View: repr, **BY_VERSION})
def _briefing(at_hand: Data, year: int, view: View) -> Briefing:
    plan = of_year(shipped(), year)
    return brief(
        at_hand.register,
        at_hand.records,
        plan,
        view,
        units=unit_frames()[view.units_of.value],
        districts=tuple(unit_frames()["legacy"].index),
        data_version=at_hand.version,
        compared_to=view.compare,
        earlier_plan=default(shipped(), view.compare) if view.compare else None,
        shown=at_hand.sites,
        later=entered_since(at_hand, plan, view.as_of),
        at_hand=AtHand(partial(targets, at_hand), partial(every_status, at_hand)),
    )
