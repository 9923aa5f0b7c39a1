"""The map page inside the app: made once a data version, then only told what to show.

Not here: the page itself (``layers.page``), who may have it (``served``), or which sites are kept
(``geodata.reading.view``).
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd
import streamlit as st

from geodata import leaflet
from geodata.core.text import _
from geodata.reading.inventory import entries
from geodata.reading.legend import inventory, legend, spare
from geodata.reading.view import View, plan_of, usual_day
from geodata.rules.plan import Plan, of_year, shipped
from layers import page
from layers.sites import letters
from pages.parts.map import served
from pages.parts.map.ways import stamp, ways
from pages.parts.shared.data import BY_VERSION, WORDLESS, Data, every_status, status, unit_frames
from pages.parts.shared.private import font, recalled
from pages.parts.shared.state import looked_for, spelled
from pages.parts.shared.words import today

KEY = "map"
MANY = 1000  # sites that come as a file of their own: of fewer the page has them sooner itself
SHELL = Path(__file__).with_name("shell.js").read_text("utf-8")
STYLE = Path(__file__).with_name("shell.css").read_text("utf-8")
_shell = st.components.v2.component("hau_giang_map", html="<p hidden></p>", css=STYLE, js=SHELL)


def render(
    data: Data,
    view: View,
    plan: Plan,
    on_event: Callable[[], None],
    *,
    key: str = KEY,
    paint: str = "statuses",
    pick: dict[str, Any] | None = None,
    more: Mapping[str, Any] = MappingProxyType({}),
) -> None:
    """Show the map of a view; with `pick` it asks for a place, and ``at`` of it is marked.

    `paint` is what colours say, one of `view.PAINTS`; `more` is what else the page is told, or
    other than usual (see `page.js`).

    Raises
    ------
    geodata.errors.ModelError
        If Leaflet is missing.
    """
    leaflet.located()
    usual = View(as_of=usual_day(shipped(), today()), workspace=data.workspace)
    message = {**_message(data, view, plan, paint), **more}
    html, *apart = _page(data, usual, stamp())
    for file in apart:
        served.laid(file, data)
    served.laid(day_file(data, plan.year, view.as_of), data)
    # Until it is told otherwise the page shows the usual day.
    served.laid(day_file(data, plan_of(usual, shipped()).year, usual.as_of), data)
    _shell(
        key=key,
        data={
            "page": served.address(served.laid(html, data)),
            "state": {
                "site": view.site,
                "find": looked_for(view),
                "turn": st.session_state.get(f"{key}_turn"),
                "pick": pick,
                **message,
                "legend": spare(message["legend"]),
            },
            **recalled(spelled(view, today())),
            "title": _("Map of sites"),
            "failed": _(
                "The map could not start in this browser. The table below shows the same sites."
            ),
        },
        on_event_change=partial(_hear, key, on_event),
    )


def _hear(key: str, on_event: Callable[[], None]) -> None:
    """Take what the page asks, and note which question it is: the next message answers it."""
    if isinstance(turn := st.session_state[key].event.get("turn"), int):
        st.session_state[f"{key}_turn"] = turn
    on_event()


def _message(data: Data, view: View, plan: Plan, paint: str = "statuses") -> dict[str, Any]:
    """Return what the page is told about a view, with a legend still in full."""
    return {
        "axis": "entry" if paint == "kinds" else view.axis,
        "kinds": list(view.kinds) or None,
        "statuses": list(view.statuses) or None,
        **scene(data, view, plan, paint),
        "banner": _("SIMULATED DATA – not real figures") if data.workspace == "simulated" else "",
    }


def scene(data: Data, view: View, plan: Plan, paint: str) -> dict[str, Any]:
    """Return the part of what the page is told that goes by the day: which file, units, counts."""
    return {
        "day": day_file(data, plan.year, view.as_of)[0],
        "vintage": view.units_of.value,
        "unit": view.unit,
        "legend": inventory(data.register, entries_on(data, view.as_of), view, data.sites)
        if paint == "kinds"
        else legend(data.register, every_status(data, plan, view.as_of), view, data.sites),
    }


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs=WORDLESS)
def day_file(data: Data, year: int, as_of: date) -> tuple[str, bytes]:
    """Return the statuses of a day as a small file; the same for every rerun that shows it."""
    entry = entries_on(data, as_of)[data.sites.index]
    of_day = letters(status(data, of_year(shipped(), year), as_of), entry)
    return named(json.dumps(of_day), "json")


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs=WORDLESS)
def entries_on(data: Data, as_of: date) -> pd.Series:
    """Return what the inventory says of every site at a date."""
    return entries(data.register, data.records, as_of)


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs={View: repr, **BY_VERSION})
def _page(data: Data, usual: View, context: str) -> list[tuple[str, bytes]]:
    """Return the page of a data version, showing nobody's choices until it is told.

    Very many sites are a file of their own, which follows.
    """
    neutral = _message(data, usual, plan_of(usual, shipped()))
    neutral["legend"] = spare(neutral["legend"])
    lines = ways(data.workspace, context)
    frames, apart = unit_frames(), []
    if len(data.sites) > MANY:
        apart.append(named(page.columns_file(data.sites, frames), "bin"))
    html = page.render(
        data.sites,
        frames,
        neutral,
        served.LEAFLET,
        lines,
        font=font(),
        apart=apart[0][0] if apart else "",
    )
    return [named(html, "html"), *apart]


def named(text: str | bytes, ending: str) -> tuple[str, bytes]:
    """Return a file's content under a name made from it: equal names hold equal files."""
    content = text if isinstance(text, bytes) else text.encode()
    return f"{hashlib.sha256(content).hexdigest()[:16]}.{ending}", content
