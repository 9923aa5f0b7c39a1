"""The ledger of a view, made once a data version, plan and day.

Not here: the rules behind it (``geodata.reading.records``), or widgets.
"""

from datetime import date

import streamlit as st

from geodata.core.text import _, day
from geodata.outputs.ledger import AllKnown, Records, every_record, uses_of
from geodata.reading.view import View
from geodata.register.evidence import PROVINCE
from geodata.rules.plan import Plan, of_year, shipped
from pages.parts.gaps import data as gap_data
from pages.parts.shared.data import BY_VERSION, Data, targets, unit_frames, unit_names


def every(data: Data, plan: Plan, as_of: date) -> Records:
    """Return the records of a workspace, as they stand at a day under a plan."""
    return _every(data, plan.year, as_of)


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs=BY_VERSION)
def _every(data: Data, year: int, as_of: date) -> Records:
    plan = of_year(shipped(), year)
    known = AllKnown(data.register, data.records, plan, as_of)
    counted = targets(data, plan, as_of)
    return every_record(
        known,
        counted,
        uses_of(known, counted, tuple(unit_frames()["legacy"].index)),
        shown=(data.evidence, data.sites.index),
        names=names(data),
        plans=shipped(),
    )


def names(data: Data) -> dict[str, str]:
    """Return what each subject that may be named is called."""
    units = {code: name for (level, code), name in unit_names().items() if level == "legacy"}
    every_site = {str(site): str(name) for site, name in data.sites["name_vi"].items()}
    return {PROVINCE: _("The province"), **units, **every_site}


def facts(data: Data, plan: Plan, view: View) -> dict[str, str]:
    """Return what a file of the records says of itself, and the day in its name."""
    lines = gap_data.facts(data, plan, view) | {"stem": view.as_of.isoformat()}  # of all axes
    if "closed" in lines:
        words = _("Plan {decision} closed on {closed}: targets as of then, statuses on {as_of}.")
        parts = {"closed": day(plan.window.end), "as_of": day(view.as_of)}
        lines["closed"] = words.format(decision=plan.decision, **parts)
    return lines
