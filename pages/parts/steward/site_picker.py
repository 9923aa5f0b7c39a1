"""Which sites took part in an event: from a list, by unit, on the map, or pasted.

Whatever way they come, they stand in one list from which each can be taken out. Not here: what a
pasted line or an area means (``stewardship.choosing``).
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from geodata.core.text import N_, _, number
from geodata.geography import selection
from geodata.geography.units import Vintage
from geodata.reading.labels import kind_label
from geodata.reading.view import View, plan_of
from geodata.register.sites import KINDS
from geodata.rules.plan import shipped
from geodata.stewardship import choosing, events
from geodata.stewardship.answers import Edited, Known
from pages.parts.map import view as map_view
from pages.parts.shared import style
from pages.parts.shared.data import data, unit_names
from pages.parts.shared.words import plain
from pages.parts.steward import drafts
from pages.parts.steward.drafts import Draft

MAP = "map_event"
UNIT, AREA, PASTED = "unit", "area", "pasted"
NOTE = ":blue[:material/info: {}]"
UNITS = {  # column of the register to the level of its units' names
    "commune_2025": (Vintage.Y2025.value, N_("from 01/07/2025")),
    "district_legacy": (Vintage.LEGACY.value, N_("to 30/06/2025")),
    "commune_legacy": ("commune_legacy", N_("to 30/06/2025")),
}


def render(draft: Draft, edited: Edited, known: Known, view: View) -> None:
    """Show the sites chosen, and the ways to choose more."""
    chosen = list(events.sites_of(draft.answers))
    key = f"{draft.name}_{events.SUBJECTS}"
    st.session_state[key] = chosen
    names = known.sites["name_vi"].fillna("")
    st.multiselect(
        _("Sites that took part ({n}) *").format(n=number(len(chosen))),
        list(dict.fromkeys([*known.sites.index, *chosen])),
        key=key,
        format_func=lambda site: f"{site} · {names.get(site, '')}",
        placeholder=_("Type a code or a name"),
        on_change=_take,
        args=(draft, key),
    )
    drafts.remarks(draft, edited, events.SUBJECTS)
    ways: dict[str, tuple[str, Callable[[], None]]] = {
        UNIT: (_("All of a commune or district"), partial(_by_unit, draft, known)),
        AREA: (_("On the map"), partial(_by_area, draft, known, view)),
        PASTED: (_("Paste a list"), partial(_by_list, draft, known)),
    }
    way = st.segmented_control(
        _("Add several at once"),
        list(ways),
        format_func=lambda one: ways[one][0],
        key=f"{draft.name}_way",
        on_change=lambda: st.session_state.pop(_notes(draft), None),
    )
    if way:
        ways[way][1]()
    for sentence in st.session_state.get(_notes(draft), []):
        st.markdown(sentence)


def _take(draft: Draft, key: str) -> None:
    _set(draft, st.session_state[key])


def _set(draft: Draft, sites: Iterable[str]) -> None:
    draft.answers[events.SUBJECTS] = ";".join(dict.fromkeys(sites))


def _notes(draft: Draft) -> str:
    return f"{draft.name}_way_notes"


def _add(
    draft: Draft, sites: Iterable[str], more: Iterable[str] = (), unclear: Iterable[str] = ()
) -> None:
    """Add sites to those chosen, and keep what there is to say of it."""
    before = events.sites_of(draft.answers)
    new = [site for site in sites if site not in before]
    _set(draft, [*before, *new])
    added = _("{n} sites added.").format(n=number(len(new)))
    st.session_state[_notes(draft)] = [
        *(NOTE.format(plain(sentence)) for sentence in (added, *more)),
        *(drafts.WRONG.format(plain(sentence)) for sentence in unclear),
    ]


def _kinds(draft: Draft) -> tuple[str, ...]:
    """Show a list of kinds of sites; return those to add, none for all."""
    kind = st.selectbox(
        _("Kind of site"),
        ["", *KINDS],
        format_func=lambda kind: kind_label(kind) if kind else _("All kinds"),
        key=f"{draft.name}_way_kind",
    )
    return (kind,) if kind else ()


# --- by unit -------------------------------------------------------------------------------


def _by_unit(draft: Draft, known: Known) -> None:
    left, right = st.columns(2)
    with left:
        kinds = _kinds(draft)
    units = {("", ""): _("The whole province")} | _units(known.sites)
    with right:
        column, code = st.selectbox(
            _("Commune or district"), list(units), format_func=units.__getitem__, key=_unit(draft)
        )
    sites = choosing.in_unit(known.sites, kinds, column, code)
    new = set(sites) - set(events.sites_of(draft.answers))
    label = _("Add {n} sites").format(n=number(len(new)))
    st.button(
        label, key=f"{draft.name}_unit_add", on_click=_add, args=(draft, sites), disabled=not new
    )
    if not sites:
        st.caption(_("No site of this kind lies there; choose another unit or all kinds."))


def _unit(draft: Draft) -> str:
    return f"{draft.name}_way_unit"


def _units(sites: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Return what the units that have sites are called, by column and code."""
    words = {}
    for column, (level, period) in UNITS.items():
        codes = sites[column].dropna().unique()
        names = {code: unit_names().get((level, str(code)), str(code)) for code in codes}
        for code in sorted(names, key=names.__getitem__):
            words[column, str(code)] = f"{names[code]} ({_(period)})"
    return words


# --- on the map ----------------------------------------------------------------------------


def _by_area(draft: Draft, known: Known, view: View) -> None:
    """Show the map to draw on; a click on a site adds it, or takes it out again."""
    kinds = _kinds(draft)
    st.caption(_("Draw an area with the buttons on the map, or click single sites."))
    st.html(style.PLACE_PICKER)
    whole = replace(view, kinds=kinds, statuses=(), unit=None)
    with st.container(key="placing"):
        map_view.render(
            data(view.workspace),
            whole,
            plan_of(whole, shipped()),
            lambda: _on_map(draft, known, kinds),
            key=MAP,
            more={"draw": True, "area": None},
        )


def _on_map(draft: Draft, known: Known, kinds: tuple[str, ...]) -> None:
    event = st.session_state[MAP].event
    chosen = events.sites_of(draft.answers)
    if site := event.get("site"):
        _set(draft, [one for one in chosen if one != site] if site in chosen else [*chosen, site])
        st.session_state[_notes(draft)] = []
    if not event.get("area"):
        return
    try:
        area = selection.read(str(event["area"]))
    except ValueError:
        wrong = plain(_("This area cannot be read; draw it again."))
        st.session_state[_notes(draft)] = [drafts.WRONG.format(wrong)]
        return
    drawn = choosing.in_area(known.sites, kinds, area)
    notes = []
    if drawn.unsure:
        notes.append(
            _(
                "For {n} sites near the edge it depends on a roughly known position "
                "whether they lie in the area."
            ).format(n=number(drawn.unsure))
        )
    if drawn.unplaced:
        notes.append(
            _("{n} sites without a position are in no area.").format(n=number(drawn.unplaced))
        )
    _add(draft, drawn.sites, notes)


# --- pasted --------------------------------------------------------------------------------


def _by_list(draft: Draft, known: Known) -> None:
    key = f"{draft.name}_way_list"
    st.text_area(
        _("Codes or names, one a line"), key=key, placeholder=_("HG-LN-05\nthe name of a village …")
    )
    st.button(
        _("Add the sites of the list"),
        key=f"{draft.name}_list_add",
        on_click=_add_list,
        args=(draft, key, known),
    )


def _add_list(draft: Draft, key: str, known: Known) -> None:
    """Add the sites of a pasted list; what names none stays in the field, to be put right."""
    pasted = choosing.pasted(str(st.session_state.get(key) or ""), known.sites)
    _add(draft, pasted.sites, unclear=pasted.unclear.values())
    st.session_state[key] = "\n".join(pasted.unclear)
