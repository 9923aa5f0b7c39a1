"""What the box that finds lists: matches of a text, and what is offered before one types.

Not here: what matches (``geodata.reading.search``), or the box (``find``).
"""

from collections.abc import Collection, Sequence
from typing import Any

import streamlit as st

from geodata.core.text import _, number
from geodata.geography.units import Vintage, gazetteer, load_legacy_communes
from geodata.reading import search
from geodata.reading.search import Findable
from geodata.reading.view import UNIT_COLUMN, View
from geodata.register.evidence import PROVINCE
from geodata.rules.coverage import by_unit
from geodata.rules.plan import Plan
from pages.parts.shared.data import BY_VERSION, Data, target_on, unit_frames, unit_names

RECORDS = "records:"
"""Begins the choice to look through all records for a text."""
Group = dict[str, Any]
"""A part of the list: its `title`, its `entries`, and in `more` how many it does not show."""

_LEVELS = {
    "commune_2025": Vintage.Y2025.value,
    "commune_legacy": "commune_legacy",
    "district_legacy": Vintage.LEGACY.value,
}


def matching(asked: str, index: Sequence[Findable]) -> list[Group]:
    """Return what matches a text, and how much of it is not shown."""
    titles = {"site": _("Site"), "unit": _("Units"), "kind": _("Kinds"), "record": _("Evidence")}
    shown = []
    for group, best, total in search.matches(asked, index):
        left, entries = total - len(best), [_line(one) for one in best]
        if left and group == "record":
            words = _("Look for “{text}” in all evidence")
            entries.append({"key": RECORDS + asked, "label": words.format(text=asked), "note": ""})
        more = _("{n} more; type on to see them").format(n=number(left)) if left else ""
        shown.append({"title": titles[group], "entries": entries, "more": more})
    return shown


def offered(data: Data, view: View, plan: Plan, lately: Sequence[str]) -> list[Group]:
    """Return what is worth a look before anything is typed.

    `lately` are the keys of what was chosen before, the latest first.
    """
    every = by_key(data, view.units_of)
    wanting = []
    for code, left, sites in _wanting(data, plan, view):
        words = _("{n} of {sites} sites not reached or not known")
        note = words.format(n=number(left), sites=number(sites))
        wanting.append({**_line(every[f"unit:{view.units_of.value}:{code}"]), "note": note})
    groups = {
        _("Found lately"): [_line(every[key]) for key in lately if key in every],
        _("Units with most still to do"): wanting,
        _("Kinds"): [_line(one) for one in every.values() if one.group == "kind"],
    }
    return [{"title": t, "entries": lines, "more": ""} for t, lines in groups.items() if lines]


def _line(one: Findable) -> dict[str, str]:
    return {"key": one.key, "label": one.label, "note": one.note}


def _wanting(data: Data, plan: Plan, view: View) -> list[tuple[str, int, int]]:
    """Return the units of the view in which most sites do not count as reached."""
    result = target_on(view.axis, data, plan, view.as_of)
    units = data.register[UNIT_COLUMN[view.units_of]]
    return search.most_wanting(by_unit(result, units, unit_frames()[view.units_of.value]["name"]))


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs=BY_VERSION)
def by_key(data: Data, vintage: Vintage) -> dict[str, Findable]:
    """Return all that can be found and may be named, by key, as a vintage calls it."""
    legacy, names = load_legacy_communes(), unit_names()
    by_column = {
        (column, code): name
        for column, level in _LEVELS.items()
        for (its_level, code), name in names.items()
        if its_level == level
    }
    districts = {code: name for (level, code), name in names.items() if level == "legacy"}
    about = {str(code): str(name) for code, name in data.sites["name_vi"].items()}
    every = (
        *search.findable_sites(data.sites, by_column, vintage),
        *search.findable_units(gazetteer(legacy), legacy, vintage),
        *search.findable_kinds(data.register["kind"]),
        *search.findable_records(
            data.evidence, {PROVINCE: _("The province"), **districts, **about}
        ),
    )
    return {one.key: one for one in every}


def of_groups(data: Data, vintage: Vintage, groups: Collection[str]) -> list[Findable]:
    """Return all of some groups that can be found and may be named."""
    return [one for one in by_key(data, vintage).values() if one.group in groups]
