"""The map beside the board: it shows what the chosen target counts, or every site.

Not here: the map itself (``map.view``), or which target is chosen (``geodata.reading.board``).
"""

from collections import Counter
from dataclasses import replace
from typing import Any

import streamlit as st

from geodata.core.errors import ModelError
from geodata.core.text import _
from geodata.reading import board
from geodata.reading.briefing import Briefing
from geodata.reading.labels import status_label, target_name
from geodata.reading.legend import legend
from geodata.reading.view import View
from geodata.rules.plan import Plan
from geodata.rules.targets import Result
from pages.parts.map import view as map_view
from pages.parts.shared import state
from pages.parts.shared.data import Data, every_status
from pages.parts.shared.words import plain, today

KEY = "map_briefing"
_SHADES = {"reached": "met", "not-reached": "zero"}
NOBODY = "nobody"  # a status that no site has: the map then shows districts alone


def on_event() -> None:
    """Take a click on the map: a site, or a row of the legend."""
    event = st.session_state[KEY].event
    if "site" in event:
        state.change(site=event["site"])
    elif "statuses" in event:
        state.change(statuses=tuple(event["statuses"]))


def caption(briefing: Briefing) -> str:
    """Return what the map shows."""
    seen = board.chosen(briefing.view, briefing.plan.targets)
    if seen is None:
        return _("On the map: every site. Choose a target to see only what it counts.")
    words = _("On the map: target {n}, {name}. Choose it again to see every site.")
    return words.format(n=seen.removeprefix("T"), name=target_name(seen).lower())


def render(data: Data, view: View, plan: Plan, briefing: Briefing, *, large: bool = False) -> None:
    """Show the map of the view, or why it cannot be shown; `large` is for a room."""
    seen = board.chosen(view, plan.targets)
    result = next((one for one in briefing.results if one.target.id == seen), None)
    more: dict[str, Any] = {"large": large, "rings": True}
    if result is not None and result.target.unit == "district":
        more |= districts(data, view, plan, result)
    try:
        map_view.render(data, view, plan, on_event, key=KEY, more=more)
    except ModelError as error:
        st.error(plain(error))


def districts(data: Data, view: View, plan: Plan, result: Result) -> dict[str, Any]:
    """Return what the map is told where it shows districts: shaded, and no site."""
    status = result.counted["status"].astype(str)
    shades = {str(code): _SHADES.get(key, "no-data") for code, key in status.items()}
    labels = {
        "met": status_label("outreach", "reached"),
        "zero": status_label("outreach", "not-reached"),
        "no-data": _("Nothing verified"),
    }
    counts = Counter(shades.values())
    words = legend(
        data.register,
        every_status(data, plan, view.as_of),
        replace(view, statuses=(NOBODY,)),
        data.sites,
    )
    words["groups"], words["kinds"] = [], []
    words["title"] = _("Legend")
    words["notes"] = [_("Counted is who organised it: the district's authority, not its sites.")]
    words["shades"] = {
        "title": target_name(result.target.id),
        "rows": [
            {"shade": shade, "label": label, "count": counts[shade]}
            for shade, label in labels.items()
        ],
    }
    notes = {code: labels[shade].lower() for code, shade in shades.items()}
    return {"statuses": [NOBODY], "shades": shades, "notes": notes, "legend": words}


def chosen_site(data: Data, view: View) -> None:
    """Name the site that was clicked, as the way to its passport."""
    if not view.site:
        return
    name = str(data.sites["name_vi"][view.site])
    st.page_link(
        "pages/map.py",
        label=_("Passport of {name}").format(name=plain(name)),
        icon=":material/description:",
        query_params=state.spelled(view, today()),
    )
