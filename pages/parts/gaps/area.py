"""An area drawn on the map: its sites by status, their list and its files.

Not here: which sites lie in it (``geodata.geography.selection``).
"""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from geodata.core.text import _, number
from geodata.geography import selection
from geodata.reading.labels import kind_label, status_label
from geodata.reading.view import AXES, UNIT_COLUMN, View
from geodata.register.sites import placed
from pages.parts.gaps.data import KM, Gaps
from pages.parts.map.frame import LIST
from pages.parts.shared import radius as radii
from pages.parts.shared import state
from pages.parts.shared.data import Data, unit_names
from pages.parts.shared.sorted_list import ListColumn
from pages.parts.shared.sorted_list import render as render_sorted
from pages.parts.shared.words import plain


def radius(view: View) -> None:
    """Show how far around a site is near."""
    radii.choice(
        _("Radius around a site"),
        "w_radius_km",
        view.radius_km,
        lambda: state.change(radius_km=st.session_state["w_radius_km"]),
    )


def in_short(gaps: Gaps, view: View) -> None:
    """Say how many sites lie in the area drawn, with the way to them, and that it can go."""
    if not view.area:
        return
    n = int(selection.inside(gaps.asked, selection.read(view.area)).sites.sum())
    with st.container(key="short_area", gap=None):
        label = _("In the drawn area: {n:site|sites}").format(n=number(n))
        st.markdown(f"[{label}](#{LIST})")
        st.button(
            _("Remove the drawn area"),
            icon=":material/close:",
            key="w_no_area",
            type="tertiary",
            on_click=state.change,
            kwargs={"area": None},
        )


def by_hand(data: Data, view: View) -> None:
    """Offer a circle around the chosen site, for those who cannot draw."""
    site = data.sites.loc[view.site] if view.site else None
    usable = site is not None and bool(placed(data.sites.loc[[view.site]]).iloc[0])
    st.button(
        _("Circle of {km} km around the chosen site").format(km=number(view.radius_km, 1)),
        icon=":material/adjust:",
        key="w_circle",
        disabled=not usable,
        help=_("Choose a site in the search, on the map or in a table; the radius on the left."),
        on_click=_circle,
        args=(site, view.radius_km) if usable else (),
    )


def _circle(site: pd.Series, radius_km: float) -> None:
    area = selection.Circle(site["lat"], site["lon"], radius_km * KM)
    state.change(area=selection.spelled(area))


def render(data: Data, gaps: Gaps, view: View, facts: Mapping[str, str]) -> None:
    """Show what lies in the area of the view, if one is drawn."""
    if not view.area:
        st.caption(_("Draw an area with the buttons on the map to count and take the sites in it."))
        return
    hits = selection.inside(gaps.asked, selection.read(view.area))
    rows = gaps.asked[hits.sites.to_numpy()]
    statuses = gaps.status[view.axis][rows.index]
    st.subheader(_("In the drawn area: {n:site|sites}").format(n=number(len(rows))), anchor=False)
    lost = int((~placed(gaps.asked)).sum())
    notes = [
        f"{plain(status_label(view.axis, key))}: **{number(n)}**"
        for key in AXES[view.axis]
        if (n := int((statuses == key).sum()))
    ]
    if notes:
        st.markdown(" · ".join(notes))
    unsure = int(hits.unsure.sum())
    if unsure:
        st.caption(
            _(
                "For {n} sites near the edge it depends on a roughly known position "
                "whether they lie in the area."
            ).format(n=number(unsure))
        )
    if data.withheld:
        st.caption(_("Sites that are not public are in no area: that would tell where they are."))
    if lost:
        st.caption(_("{n} sites without a position are in no area.").format(n=number(lost)))
    if rows.empty:
        st.info(_("No site lies in this area; draw a larger one or choose other kinds."))
        return
    column, vintage, units = UNIT_COLUMN[view.units_of], view.units_of.value, unit_names()
    columns = {
        _("Name"): ListColumn(rows["name_vi"]),
        _("Kind"): ListColumn(rows["kind"].map(kind_label)),
        _("Unit"): ListColumn(
            rows[column].fillna("").map(lambda code: units.get((vintage, code), ""))
        ),
        _("Status"): ListColumn(
            statuses.map(lambda key: status_label(view.axis, key)).astype("string")
        ),
        _("Position ± m"): ListColumn(rows["position_accuracy_m"].round().astype("Int64")),
        _("Remark"): ListColumn(
            pd.Series("", index=rows.index).mask(
                hits.unsure[rows.index], _("at the edge: depends on the position")
            )
        ),
    }
    render_sorted(columns, _("Sites in the drawn area"), facts, name="vung-ve", on_row=state.find)
