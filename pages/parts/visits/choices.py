"""What is asked of the next visits: how many, how far, where, and what counts how much.

Every widget shows the scenario and changes the scenario. Not here: saving it (``visit_files``).
"""

import hashlib
from collections.abc import Sequence
from functools import partial

import streamlit as st

from geodata.core.errors import DataError
from geodata.core.text import _, number
from geodata.intake import matrix
from geodata.intake.reading import apart
from geodata.intake.reading.files import LARGEST
from geodata.planning.scenario import HEAVIEST, MOST, WEIGHTS, Scenario
from geodata.planning.venues import SOURCES
from geodata.reading.labels import kind_label
from pages.parts.server.refusals import note
from pages.parts.shared import radius
from pages.parts.shared.sending import most_mb
from pages.parts.shared.words import plain, without_folders
from pages.parts.visits import state as visit_state

FILE, FILE_ERROR = "visits_file", "visits_file_error"
ADDING = "visits_adding"


def source_label(source: str) -> str:
    """Return what a kind of venue is called."""
    return {
        "commune": _("Commune centres"),
        "point": _("Points of your own"),
        "site": _("At a site"),
        "whole-district": _("Whole districts (former)"),
        "whole-commune": _("Whole communes"),
        "file": _("From the file of distances"),
    }[source]


def render(wanted: Scenario, kinds: Sequence[str]) -> None:
    """Show the choices that matter most, and the others folded."""
    with st.container(key="short_choices", gap="small"):
        _number("count", _("Number of venues (N)"), wanted.count)
        radius.choice(_("Radius"), "v_radius_km", wanted.radius_km, partial(_take, "radius_km"))
    st.session_state["v_sources"] = list(wanted.sources)
    st.pills(
        _("Where visits can be held"),
        SOURCES,
        key="v_sources",
        selection_mode="multi",
        format_func=source_label,
        on_change=_take,
        args=("sources",),
    )
    with st.expander(_("Capacity, weights, own points and distances")):
        _number("capacity", _("Sites one event can take"), wanted.capacity, _("No limit"))
        _weights(wanted, kinds)
        _points(wanted)
        _distances(wanted)


def undecided(wanted: Scenario, n: int) -> None:
    """Offer to visit also the sites of which it is not known whether they count."""
    if not n and not wanted.undecided:
        return
    st.session_state["v_undecided"] = wanted.undecided
    st.checkbox(
        _("Also the {n:site|sites} not known to belong to the denominator").format(n=number(n)),
        key="v_undecided",
        on_change=_take,
        args=("undecided",),
    )


def _take(name: str) -> None:
    """Carry what a widget now says over into the scenario."""
    value = st.session_state[f"v_{name}"]
    if isinstance(value, list):
        value = tuple(value)
    visit_state.change(**{name: value})


def _number(name: str, label: str, now: int | None, placeholder: str | None = None) -> None:
    """Show a number of the scenario, which may be none where something stands for that."""
    st.session_state[f"v_{name}"] = now
    st.number_input(
        label,
        key=f"v_{name}",
        min_value=1,
        max_value=MOST[name],
        placeholder=placeholder,
        on_change=_take,
        args=(name,),
    )


def _weights(wanted: Scenario, kinds: Sequence[str]) -> None:
    """Show what makes a site count more than another."""
    labels = {
        "size": _("Each enterprise of a site counts (1 if unknown)"),
        "overdue": _("Overdue or lapsed sites count twice"),
    }
    for name in WEIGHTS:
        st.session_state[f"v_weigh_{name}"] = name in wanted.weigh
        st.checkbox(labels[name], key=f"v_weigh_{name}", on_change=_take_weights)
    weights = dict(wanted.kinds)
    for kind in kinds:
        st.session_state[f"v_kind_{kind}"] = weights.get(kind, 1)
        st.slider(
            _("Weight of: {kind}").format(kind=kind_label(kind).lower()),
            0,
            HEAVIEST,
            key=f"v_kind_{kind}",
            on_change=_take_kind,
            args=(kind,),
        )


def _take_weights() -> None:
    visit_state.change(weigh=tuple(w for w in WEIGHTS if st.session_state[f"v_weigh_{w}"]))


def _take_kind(kind: str) -> None:
    weights = dict(visit_state.current().kinds) | {kind: st.session_state[f"v_kind_{kind}"]}
    visit_state.change(kinds=tuple((k, weight) for k, weight in weights.items() if weight != 1))


def _points(wanted: Scenario) -> None:
    """Show the points of one's own, and how to add one."""
    st.toggle(_("Click the map to add a point"), key=ADDING)
    for n, (lon, lat) in enumerate(wanted.points, start=1):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(plain(f"P{n}: {lat:.5f}; {lon:.5f}".replace(".", ",")))
            st.button(
                _("Remove"),
                key=f"v_point_{n}",
                type="tertiary",
                on_click=_remove_point,
                args=(n,),
            )


def add_point(lon: float, lat: float) -> None:
    """Add a point of one's own to the venues."""
    now = visit_state.current()
    points = (*now.points, (round(lon, 5), round(lat, 5)))[-MOST["points"] :]
    sources = tuple(s for s in SOURCES if s in {*now.sources, "point"})
    visit_state.change(points=points, sources=sources)


def _remove_point(number: int) -> None:
    """Remove a point; what was said of points goes, since their numbers move."""
    now = visit_state.current()
    codes = {f"P{k}" for k in range(1, len(now.points) + 1)}
    visit_state.change(
        points=tuple(p for k, p in enumerate(now.points, start=1) if k != number),
        locked=tuple(v for v in now.locked if v not in codes),
        avoided=tuple(v for v in now.avoided if v not in codes),
    )


def _distances(wanted: Scenario) -> None:
    """Show which distances are used, and take a file of others."""
    st.file_uploader(
        _("Distances by road or canal (CSV or XLSX)"),
        ("csv", "xlsx"),
        key=FILE,
        on_change=_take_file,
        max_upload_size=most_mb(LARGEST),
        help=_(
            "First cell: km or m. First row: ids of sites. First column: ids of venues, or names "
            "of routes with the distance to their nearest stop."
        ),
    )
    if error := st.session_state.get(FILE_ERROR):
        st.error(plain(error))
    if wanted.distances:
        st.caption(_("Distances from the file {name}.").format(name=plain(wanted.distances)))
        table = st.session_state.get(visit_state.MATRICES, {}).get(wanted.distances)
        if table is not None and (blank := matrix.unreachable(table)):
            st.caption(plain(blank))
        st.button(
            _("Back to straight-line distances"),
            on_click=visit_state.change,
            kwargs={"distances": ""},
            type="tertiary",
        )


def _take_file() -> None:
    """Read the file of distances and use it, or say what is wrong with it."""
    st.session_state[FILE_ERROR] = ""
    given = st.session_state[FILE]
    if given is None:
        return
    content = given.getvalue()
    try:
        table = apart.distances(content, given.name)
    except DataError as error:
        note("distances")
        st.session_state[FILE_ERROR] = without_folders(error)
        return
    name = f"{given.name[:60]} ({hashlib.sha256(content).hexdigest()[:6]})".replace(",", " ")
    st.session_state.setdefault(visit_state.MATRICES, {})[name] = table
    visit_state.change(distances=name)
