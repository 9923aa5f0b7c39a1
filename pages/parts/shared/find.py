"""One box that finds sites, units, kinds and records while one types, on every screen of a view.

It asks in a fragment, so that a letter costs no run of the screen. Not here: what it lists
(``findable``).
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st

from geodata.core.text import _, in_each
from geodata.geography.units import Vintage, load_legacy_communes, successor
from geodata.reading.view import View, selected
from geodata.rules.plan import Plan
from pages.parts.shared import findable, state, style
from pages.parts.shared.data import Data, every_status
from pages.parts.shared.words import today

KEY, SITE_KEY = "find_box", "find_site"
MAP, EVIDENCE = "pages/map.py", "pages/evidence.py"
RECENT, REMEMBERED = "find_recent", 4
LONGEST = 200  # letters of what is typed

_HERE = Path(__file__).parent
_combobox = st.components.v2.component(
    "hau_giang_find",
    # Named from the first moment; the script gives a box its own name.
    html=_HERE.joinpath("find.html")
    .read_text("utf-8")
    .replace("{label}", " / ".join(in_each(lambda: _("Find")).values())),
    css=_HERE.joinpath("find.css").read_text("utf-8"),
    js=_HERE.joinpath("find.js").read_text("utf-8"),
)


def render(data: Data, view: View, plan: Plan, *, here: Sequence[str] = ()) -> None:
    """Show the box in the bar above a screen.

    `here` are the groups of which the screen itself shows what is chosen; for others the map or
    the evidence is opened.
    """

    def answer(asked: str) -> list[findable.Group]:
        if not asked.strip():
            return findable.offered(data, view, plan, _recent())
        return findable.matching(asked, [*findable.by_key(data, view.units_of).values()])

    st.html(style.FIND)
    with st.container(key="find"):
        _box(
            KEY,
            _("Find"),
            _("Site, commune, district, kind, document"),
            answer,
            lambda key: _go(key, data, view, plan, here),
        )


def site(data: Data, vintage: Vintage) -> None:
    """Show a box that finds sites only, and chooses one for the screen on which it stands."""
    index = findable.of_groups(data, vintage, {"site"})

    def go(key: str) -> None:
        if key in {one.key for one in index}:
            state.find(key.partition(":")[2])
            st.rerun()

    hint = _("Name, with or without diacritics")
    _box(SITE_KEY, _("Find a site"), hint, lambda asked: findable.matching(asked, index), go)


@st.fragment
def _box(
    key: str,
    label: str,
    hint: str,
    answer: Callable[[str], list[findable.Group]],
    go: Callable[[str], None],
) -> None:
    """Show a box, answer what was typed, and go to what was chosen."""
    asked = st.session_state.pop(f"{key}_asked", None)
    _combobox(
        key=key,
        data={
            "label": label,
            "hint": hint,
            "asked": asked,
            "groups": [] if asked is None else answer(asked),
            "nothing": _("Nothing found; try one word of the name.") if asked else "",
        },
        on_asked_change=lambda: _keep(key, "asked"),
        on_chosen_change=lambda: _keep(key, "chosen"),
    )
    # After the box, so that it stays while the screen runs anew.
    if chosen := st.session_state.pop(f"{key}_chosen", None):
        go(chosen)


def _keep(key: str, what: str) -> None:
    """Keep what a box reports until it is shown again."""
    value = st.session_state[key][what]
    if isinstance(value, str):
        st.session_state[f"{key}_{what}"] = value[:LONGEST]


def _recent() -> list[str]:
    """Return what was chosen in this session, the latest first."""
    kept: list[str] = st.session_state.get(RECENT, [])
    return kept


def _go(key: str, data: Data, view: View, plan: Plan, here: Sequence[str]) -> None:
    """Show what was chosen: on this screen if it can, else on the map or among the evidence."""
    group, _colon, code = key.partition(":")
    if key.startswith(findable.RECORDS):
        _to_records(view, code)
    chosen = findable.by_key(data, view.units_of).get(key)
    if chosen is None:  # gone since it was listed
        return
    st.session_state[RECENT] = [key, *(one for one in _recent() if one != key)][:REMEMBERED]
    if group == "record":
        _to_records(view, code)
    choose(group, code, data, view, plan)
    if chosen.group in here:
        st.rerun()
    st.switch_page(MAP, query_params=state.spelled(state.current(today()), today()))


def _to_records(view: View, text: str) -> None:
    """Open the evidence where a text is looked for."""
    words = state.spelled(view, today())
    words.pop("site", None)
    st.switch_page(EVIDENCE, query_params={**words, "search": text})


def choose(group: str, code: str, data: Data, view: View, plan: Plan) -> None:
    """Change the view to what was chosen, so that no other choice hides it."""
    if group == "kind":
        state.change(kinds=(code,), statuses=(), unit=None, site=None)
    elif group == "site":
        if code not in selected(data.register, every_status(data, plan, view.as_of), view).index:
            state.change(kinds=(), statuses=(), unit=None)
        state.find(code)
    else:
        vintage, unit = _on_the_map(group, code, view)
        if vintage != view.units_of.value:
            state.change(vintage=vintage)
        state.change(unit=unit, site=None)


def _on_the_map(group: str, code: str, view: View) -> tuple[str, str]:
    """Return vintage and code of a unit; of a legacy commune, which no map has, what holds it."""
    if group == "unit":
        vintage, _colon, unit = code.partition(":")
        return vintage, unit
    legacy = load_legacy_communes()
    if view.units_of == Vintage.LEGACY:
        return Vintage.LEGACY.value, str(legacy.loc[code, "district_legacy"])
    return Vintage.Y2025.value, successor(legacy, code)
