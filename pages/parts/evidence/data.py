"""The ledger of a view, made once a data version, plan and day.

Not here: the rules behind it (``geodata.reading.records``), or widgets.
"""

from datetime import date
from typing import NamedTuple

import pandas as pd
import streamlit as st

from geodata.core.text import _, day
from geodata.outputs.briefing.lists import status_text
from geodata.reading import records
from geodata.reading.labels import axis_label, status_label
from geodata.reading.view import View
from geodata.register.evidence import PROVINCE
from geodata.rules.plan import Plan, of_year, shipped
from geodata.rules.targets import OWN, REPLY, Result, grounds
from pages.parts.gaps import data as gap_data
from pages.parts.shared.data import BY_VERSION, Data, targets, unit_frames, unit_names


class Records(NamedTuple):
    """What the screen shows: the records by id, how many there are, and what is not known."""

    table: pd.DataFrame  # as from `records.ledger`
    tally: records.Tally
    unjudged: tuple[Result, ...]
    openings: tuple[records.Opening, ...]

    @property
    def unlisted(self) -> int:
        """Records that are counted and speak of what is not public."""
        return self.tally.records - len(self.table)


def every(data: Data, plan: Plan, as_of: date) -> Records:
    """Return the records of a workspace, as they stand at a day under a plan."""
    return _every(data, plan.year, as_of)


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs=BY_VERSION)
def _every(data: Data, year: int, as_of: date) -> Records:
    plan = of_year(shipped(), year)
    counted = targets(data, plan, as_of)
    about = data.register, data.records, plan, as_of
    behind = grounds(counted, *about, districts=tuple(unit_frames()["legacy"].index))
    used = records.supports(*about, behind)
    why_not = records.reasons(*about, grounds=behind, used=used, plans=shipped())
    table = records.ledger(
        data.evidence, names(data), data.sites.index, _in_words(used, counted), why_not
    )
    return Records(
        table,
        records.tally(data.records, data.register, used),
        records.unjudged(counted),
        records.openings(counted, data.register),
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


def _in_words(used: pd.DataFrame, counted: tuple[Result, ...]) -> dict[str, str]:
    """Return what each record supports, as people read it."""
    by_id = {result.target.id: result for result in counted}
    uses: dict[str, list[str]] = {}
    for record, axis, target, status in used.itertuples(index=False):
        words = (
            f"{axis_label(axis)}: {status_label(axis, status)}"
            if pd.isna(target)
            else _("target {n}: {status}").format(
                n=target.removeprefix("T"), status=_status(by_id[target], status)
            )
        )
        uses.setdefault(record, []).append(words)
    return {record: "; ".join(dict.fromkeys(words)) for record, words in uses.items()}


def _status(result: Result, status: str) -> str:
    """Return what a record says of what a target counts."""
    own = {
        REPLY: _("Provincial document that implements a central one"),
        OWN: _("Provincial document of the plan's period"),
    }
    return own[status] if status in own else status_text(result, status)
