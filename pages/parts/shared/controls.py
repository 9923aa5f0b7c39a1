"""The choices of a map: axis, kinds, statuses, unit, date, plan, workspace.

Every widget shows the view and changes the view; it keeps nothing of its own.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

import streamlit as st

from geodata.core.text import _
from geodata.reading.labels import (
    axis_label,
    inventory_label,
    key_label,
    kind_label,
    vintage_label,
    workspace_label,
)
from geodata.reading.view import AXES, STAGE, VINTAGES, View, statuses, usual_day
from geodata.register.sites import KINDS
from geodata.rules.plan import shipped
from pages.parts.shared.data import unit_frames
from pages.parts.shared.state import change
from pages.parts.shared.words import today

KINDS_PAINTED = "kinds"  # stands among the axes, for it is chosen like one
# What a widget says when nothing is chosen, in the view's words.
EMPTY: dict[str, Any] = {"unit": None, "plan": None, "compare": None, "known_at": None}


def render(
    view: View,
    workspaces: Sequence[str],
    kinds: Sequence[str] = KINDS,
    keys: Sequence[str] | None = None,
) -> None:
    """Show all choices; `kinds` and `keys` say which kinds and statuses there are to choose."""
    workspace(view, workspaces)
    axis(view)
    narrowing(view, kinds, statuses(view.axis) if keys is None else keys)


def axis(view: View) -> None:
    """Show which of the two questions the screen is about."""
    bare = {"label_visibility": "collapsed", "required": True, "width": "stretch"}
    lit = partial(st.segmented_control, **bare)
    _choose(lit, "axis", _("Colour by"), tuple(AXES), view, word=axis_label)


def narrowing(view: View, kinds: Sequence[str], keys: Sequence[str]) -> None:
    """Show the day, the unit, the filters and the plan; without `keys` no statuses."""
    _as_of(view)
    _unit(view)
    with st.expander(_("Filters"), expanded=bool(view.kinds or view.statuses)):
        _choose_many("kinds", _("Kinds of sites"), kinds, view, kind_label)
        if keys:
            _choose_many("statuses", _("Statuses"), keys, view, _status_name(view.axis))
    _plan_and_units(view)


def paint(view: View, painted: str) -> None:
    """Show what the colours of the map may say: what is where, or the statuses of an axis."""
    options = (KINDS_PAINTED, *AXES)
    st.session_state["w_axis"] = KINDS_PAINTED if painted == "kinds" else view.axis
    st.segmented_control(
        _("Colour by"),
        options,
        required=True,
        key="w_axis",
        format_func=lambda name: inventory_label() if name == KINDS_PAINTED else axis_label(name),
        on_change=_take_paint,
        label_visibility="collapsed",
        width="stretch",
    )


def _take_paint() -> None:
    """Carry what the colours are to say over into the view."""
    if (name := st.session_state["w_axis"]) == KINDS_PAINTED:
        change(paint="kinds")
    elif name:
        change(paint="statuses", axis=name)


def days(view: View, workspaces: Sequence[str]) -> None:
    """Show the choices of a screen without a map: workspace, dates, plan."""
    workspace(view, workspaces)
    _as_of(view)
    _plan(view)
    _known_at(view)


def place(view: View, workspaces: Sequence[str]) -> None:
    """Show the choices of a screen about figures of a day and a place."""
    workspace(view, workspaces)
    _as_of(view)
    _unit(view)
    _plan_and_units(view)


def _plan_and_units(view: View) -> None:
    """Show by which plan, in which units and by whose records all is counted, folded."""
    with st.expander(_("Plan and administrative units")):
        _choose(
            st.selectbox, "vintage", _("Administrative units"), VINTAGES, view, word=vintage_label
        )
        _plan(view)
        _known_at(view)


def workspace(view: View, workspaces: Sequence[str]) -> None:
    """Show the workspaces, if there is more than one."""
    if len(workspaces) > 1:
        _choose(st.radio, "workspace", _("Data"), tuple(workspaces), view, word=workspace_label)


def _status_name(axis: str) -> Callable[[str], str]:
    """Return how the statuses of an axis are named where stages stand among them."""

    def name(key: str) -> str:
        label = key_label(axis, key)
        return _("Model: {stage}").format(stage=label) if key.startswith(STAGE) else label

    return name


def _take(name: str) -> None:
    """Carry what a widget now says over into the view."""
    value = st.session_state[f"w_{name}"]
    if isinstance(value, list):
        value = tuple(value)
    if not value and name in EMPTY:
        change(**{name: EMPTY[name]})
    elif value is not None:
        change(**{name: value})
    elif name == "as_of":  # cleared: as usual
        change(as_of=usual_day(shipped(), today()))


def _choose(
    widget: Callable[..., Any],
    name: str,
    label: str,
    options: Sequence[Any],
    view: View,
    *,
    word: Callable[[Any], str],
) -> None:
    """Show a widget for one choice of the view."""
    key = f"w_{name}"
    chosen = getattr(view, name)
    st.session_state[key] = options[0] if chosen is None else chosen
    widget(label, options, key=key, format_func=word, on_change=_take, args=(name,))


def _choose_many(
    name: str, label: str, options: Sequence[str], view: View, word: Callable[[str], str]
) -> None:
    """Show a list from which any number can be chosen; none chosen means all."""
    st.session_state[f"w_{name}"] = [value for value in getattr(view, name) if value in options]
    st.multiselect(
        label,
        options,
        key=f"w_{name}",
        format_func=word,
        placeholder=_("All"),
        on_change=_take,
        args=(name,),
    )


def _as_of(view: View) -> None:
    """Show the as-of date."""
    st.session_state["w_as_of"] = view.as_of
    first = min(plan.window.start for plan in shipped())
    st.date_input(
        _("As-of date"),
        key="w_as_of",
        min_value=first,
        max_value=today(),
        format="DD/MM/YYYY",
        help=_("What happened after this day does not count."),
        on_change=_take,
        args=("as_of",),
    )


def _known_at(view: View) -> None:
    """Show the day up to whose entries all is counted, and the two usual ones in one click."""
    st.session_state["w_known_at"] = view.known_at
    st.date_input(
        _("By the records entered up to"),
        key="w_known_at",
        min_value=min(plan.window.start for plan in shipped()),
        max_value=today(),
        format="DD/MM/YYYY",
        help=_("Blank: all that has been entered up to today."),
        on_change=_take,
        args=("known_at",),
    )
    if view.known_at:
        label, day = _("By all records up to today"), None
    elif view.as_of < today():
        label, day = _("As known on the as-of date"), view.as_of
    else:
        return
    st.button(label, key="w_known", on_click=change, kwargs={"known_at": day})


def _unit(view: View) -> None:
    """Show the units of the vintage in view."""
    names = unit_frames()[view.units_of.value]["name"].astype(str).sort_values()
    _choose(
        st.selectbox,
        "unit",
        _("Unit"),
        ["", *map(str, names.index)],
        view,
        word=lambda code: str(names[code]) if code else _("Whole province"),
    )


def _plan(view: View) -> None:
    """Show the plans that had begun at the as-of date."""
    decisions = {plan.year: plan.decision for plan in shipped() if plan.window.start <= view.as_of}
    _choose(
        st.selectbox,
        "plan",
        _("Plan"),
        [0, *decisions],
        view,
        word=lambda year: f"{year} – {decisions[year]}" if year else _("By the date"),
    )


def compare(view: View) -> None:
    """Show the earlier day that the as-of date is compared with."""
    st.session_state["w_compare"] = view.compare
    st.date_input(
        _("Compare with"),
        key="w_compare",
        min_value=min(plan.window.start for plan in shipped()),
        max_value=view.as_of - timedelta(days=1),
        format="DD/MM/YYYY",
        on_change=_take,
        args=("compare",),
    )
