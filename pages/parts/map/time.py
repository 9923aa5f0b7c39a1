"""Time on the map: what the page needs to look at every quarter by itself, and what it reports.

Two small files are made when a reader first asks for the time; from then on the page paints any
quarter without asking. Not here: the slider (``layers/assets/time.js``), or what a quarter is.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from geodata.core.text import _, day
from geodata.geography.units import REFORM
from geodata.reading.legend import spare
from geodata.reading.quarters import Quarter, days, quarters
from geodata.reading.view import View, plan_of, settled, usual_day
from geodata.rules.plan import shipped
from pages.parts.map.served import laid
from pages.parts.map.view import day_file, named, scene
from pages.parts.shared import data as shared
from pages.parts.shared import state
from pages.parts.shared.data import BY_VERSION, WORDLESS, Data
from pages.parts.shared.words import today

OPEN = "time_open"


def took(event: Mapping[str, Any]) -> bool:
    """Take what the time control reports, if it is that; say whether it was.

    ``time`` is whether it is open, ``day`` the day to look at, ``compare`` an earlier one to see
    beside it, or nothing. What is no such day changes nothing.
    """
    if "time" in event:
        st.session_state[OPEN] = event["time"] is True
        if not st.session_state[OPEN]:
            state.change(compare=None)
    elif "compare" in event:
        state.change(compare=_offered_day(event["compare"]))
    elif "day" in event:
        if on := _offered_day(event["day"]):
            state.change(as_of=on)
    else:
        return False
    return True


def _offered_day(text: object) -> date | None:
    """Return a day that can be looked at, as the page reports it; None if it is none."""
    try:
        on = date.fromisoformat(str(text))
    except ValueError:
        return None
    return on if min(plan.window.start for plan in shipped()) <= on <= today() else None


def offered(data: Data, view: View, paint: str) -> dict[str, Any]:
    """Return what the page is told of time: the day, one compared, the files once asked for."""
    message: dict[str, Any] = {"as_of": view.as_of.isoformat(), "text": day(view.as_of)}
    if view.compare:
        message["compare"] = _compared(data, view, view.compare, paint)
    if st.session_state.get(OPEN):
        every = quarters(shipped(), data.evidence, today())
        stops = tuple(_at(view, on) for on in days(every, shipped()))
        bare = tuple(
            View(as_of=v.as_of, known_at=v.known_at, workspace=v.workspace, plan=v.plan)
            for v in stops
        )
        message["files"] = [
            laid(_letters(data, bare), data),
            laid(_scenes(data, stops, every, paint), data),
        ]
    return message


def _at(view: View, on: date) -> View:
    """Return a view as it would be at another day, without what means nothing for the map."""
    shown = replace(view, compare=None, site=None, area=None, slide=None)
    return settled(shown, replace(shown, as_of=on), shipped())


def _known(data: Data, view: View) -> Data:
    """Return the data of a view: at hand, unless the day of knowledge goes along with the day."""
    known_at = None if view.known_at == today() else view.known_at
    return data if known_at == data.known_at else shared.data(view.workspace, known_at)


def _compared(data: Data, view: View, on: date, paint: str) -> dict[str, Any]:
    """Return the scene of a day compared: what is chosen stays, the units too."""
    then = _at(replace(view, vintage=view.units_of.value), on)
    at_hand, plan = _known(data, then), plan_of(then, shipped())
    laid(day_file(at_hand, plan.year, on), at_hand)
    return _stop(at_hand, then, paint)


def _stop(data: Data, view: View, paint: str) -> dict[str, Any]:
    """Return a day that the slider can stand on, and how the map looks on it."""
    at_hand = _known(data, view)
    shown = scene(at_hand, view, plan_of(view, shipped()), paint)
    return {
        "as_of": view.as_of.isoformat(),
        "text": day(view.as_of),
        **shown,
        "legend": spare(shown["legend"]),
    }


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs={View: repr, **WORDLESS})
def _letters(data: Data, stops: Sequence[View]) -> tuple[str, bytes]:
    """Return the letters of all quarters as one file, each under the name of its day's own file.

    It stays the same whatever is filtered or coloured.
    """
    files = (
        day_file(_known(data, view), plan_of(view, shipped()).year, view.as_of) for view in stops
    )
    parts = {name: f'"{name}": {content.decode()}' for name, content in files}
    return named("{" + ", ".join(parts.values()) + "}", "json")


@st.cache_resource(
    max_entries=32, show_spinner=False, hash_funcs={View: repr, Quarter: repr, **BY_VERSION}
)
def _scenes(
    data: Data, stops: Sequence[View], every: Sequence[Quarter], paint: str
) -> tuple[str, bytes]:
    """Return the axis of the slider and the scene of each of its stops as a file."""
    words = {quarter.last: quarter.words for quarter in every}
    stopped = [{**_stop(data, view, paint), "words": words[view.as_of]} for view in stops]
    content = json.dumps({**_axis(every), "stops": stopped}, ensure_ascii=False)
    return named(content, "json")


def _axis(every: Sequence[Quarter]) -> dict[str, Any]:
    """Return what stands along the slider: quarters with their events, plans, two days of note."""
    plans, last = shipped(), every[-1].last
    opens = usual_day(plans, last)
    reform = _("From {day} on 28 communes in place of 8 districts").format(day=day(REFORM))
    usual = _("The day the map opens on: {day}").format(day=day(opens))
    return {
        "first": every[0].first.isoformat(),
        "last": last.isoformat(),
        "quarters": [[q.first.isoformat(), q.last.isoformat(), q.events, q.words] for q in every],
        "windows": [
            [plan.window.start.isoformat(), plan.window.end.isoformat(), plan.decision]
            for plan in plans
        ],
        "marks": [[REFORM.isoformat(), "reform", reform], [opens.isoformat(), "usual", usual]],
    }
