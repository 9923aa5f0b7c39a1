"""The map page inside the app: written once a data version, then only told what to show.

Not here: the page itself (``layers.page``) or which sites are kept (``geodata.reading.view``).
"""

import hashlib
import json
import time
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd
import streamlit as st

from geodata import leaflet
from geodata.core.files import write_whole
from geodata.core.text import _
from geodata.reading.inventory import entries
from geodata.reading.legend import inventory, legend
from geodata.reading.view import View, plan_of, usual_day
from geodata.rules.plan import Plan, of_year, shipped
from layers import page
from layers.sites import letters
from pages.parts.map.ways import stamp, ways
from pages.parts.shared.data import BY_VERSION, HOME, Data, every_status, status, unit_frames
from pages.parts.shared.private import font, recalled
from pages.parts.shared.state import looked_for, spelled
from pages.parts.shared.words import today

STATIC = HOME / "static"
URL = "app/static"
KEY = "map"
UNUSED_S = 24 * 3600
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
        If Leaflet is missing or the page cannot be written.
    """
    html = _page(data, usual_day(shipped(), today()), _leaflet(), stamp())
    _shell(
        key=key,
        data={
            "page": f"{URL}/map/{written(html)}",
            "state": {
                **_message(data, view, plan, paint),
                "site": view.site,
                "find": looked_for(view),
                "pick": pick,
                **more,
            },
            **recalled(spelled(view, today())),
            "title": _("Map of sites"),
            "failed": _(
                "The map could not start in this browser. The table below shows the same sites."
            ),
        },
        on_event_change=on_event,
    )


def _message(data: Data, view: View, plan: Plan, paint: str = "statuses") -> dict[str, Any]:
    """Return what the page is told about a view: about a kilobyte, however many sites."""
    return {
        "axis": "entry" if paint == "kinds" else view.axis,
        "kinds": list(view.kinds) or None,
        "statuses": list(view.statuses) or None,
        **scene(data, view, plan, paint),
        "day": written(day_file(data, plan.year, view.as_of)),
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


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs=BY_VERSION)
def day_file(data: Data, year: int, as_of: date) -> tuple[str, bytes]:
    """Return the statuses of a day as a small file; the same for every rerun that shows it."""
    entry = entries_on(data, as_of)[data.sites.index]
    of_day = letters(status(data, of_year(shipped(), year), as_of), entry)
    return named(json.dumps(of_day), "json")


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs=BY_VERSION)
def entries_on(data: Data, as_of: date) -> pd.Series:
    """Return what the inventory says of every site at a date."""
    return entries(data.register, data.records, as_of)


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs=BY_VERSION)
def _page(data: Data, on: date, leaflet: str, context: str) -> tuple[str, bytes]:
    """Return the page of a data version, showing nobody's choices until it is told."""
    _swept()
    view = View(as_of=on, workspace=data.workspace)
    neutral = _message(data, view, plan_of(view, shipped()))
    lines = ways(data.workspace, context)
    html = page.render(data.sites, unit_frames(), neutral, leaflet, lines, font=font())
    return named(html, "html")


def named(text: str, ending: str) -> tuple[str, bytes]:
    """Return a file's content under a name made from it: equal names hold equal files."""
    content = text.encode()
    return f"{hashlib.sha256(content).hexdigest()[:16]}.{ending}", content


def written(file: tuple[str, bytes]) -> str:
    """Make sure a named file lies among those served, and return its name."""
    name, content = file
    path = STATIC / "map" / name
    if path.exists():
        path.touch()  # still in use: `_swept` goes by age
    else:
        write_whole(path, content)
    return name


@st.cache_resource
def _leaflet() -> str:
    """Lay Leaflet's files among those served; return where, seen from a page."""
    for name, source in leaflet.located().items():
        write_whole(STATIC / "leaflet" / name, source.read_bytes())
    return "../leaflet"


def _swept() -> None:
    """Remove pages and days that nobody looked at for a day: what was public may not be now."""
    for path in (STATIC / "map").glob("*.*"):
        if time.time() - path.stat().st_mtime > UNUSED_S:
            path.unlink(missing_ok=True)
