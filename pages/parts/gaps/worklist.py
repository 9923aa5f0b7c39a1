"""The worklist: each site that is a gap, why, since when, how near help is, and who answers.

Not here: what a gap is (``geodata.reading.worklist``).
"""

from collections.abc import Mapping
from functools import partial

import geopandas as gpd
import pandas as pd
import streamlit as st

from geodata.core.text import _, number
from geodata.reading.labels import kind_label, status_label
from geodata.reading.view import UNIT_COLUMN, View
from geodata.register.sites import placed
from pages.parts.gaps.data import KM, Gaps
from pages.parts.shared.data import Data, unit_names
from pages.parts.shared.listing import counted_unnamed
from pages.parts.shared.sorted_list import ListColumn, coded, named, positions
from pages.parts.shared.sorted_list import render as render_sorted
from pages.parts.shared.state import find


def render(data: Data, gaps: Gaps, view: View, facts: Mapping[str, str]) -> None:
    """Show the worklist of a view, or say why there is none."""
    rows = gaps.left
    every = len(rows) + gaps.left_unnamed
    st.subheader(_("Worklist: {n:site|sites}").format(n=number(every)), anchor=False)
    if gaps.left_unnamed:
        st.caption(counted_unnamed(gaps.left_unnamed))
    if rows.empty:
        if not gaps.left_unnamed:
            _nothing(gaps)
        return
    if not placed(data.sites.loc[rows.index]).any():
        st.info(
            _(
                "None of these sites has a position yet, so none is drawn; "
                "they all stand in the list below."
            )
        )
    elif rows["depends_on_position"].fillna(value=False).any():
        st.caption(
            _(
                "Whether a reached site lies within {km} km depends for {n} of them on "
                "positions that are known only roughly; the remark says so."
            ).format(
                km=kilometres(gaps.radius_km * KM), n=number(rows["depends_on_position"].sum())
            )
        )
    render_sorted(
        _columns(data, gaps, view), _("Worklist"), facts, name="can-tiep-can", on_row=find
    )


def _nothing(gaps: Gaps) -> None:
    """Say why nothing is on the worklist."""
    count = gaps.count
    if count.total and count.yes == count.total:
        st.success(_("Every site that surely counts is reached; nothing is left to do here."))
    elif not count.total and count.open:
        st.info(_("No site surely counts here; the list below says what is missing to know that."))
    else:
        st.info(_("No site matches these choices; remove one in the panel on the left."))


def kilometres(metres: float) -> str:
    """Return metres as kilometres; whole ones without a decimal."""
    return number(metres / KM, 0 if metres % KM == 0 else 1)


def distance(metres: pd.Series, margin: pd.Series) -> pd.Series:
    """Return distances in km with what the positions leave open: ``1,1 ± 3,0``."""
    pairs = zip(metres, margin, strict=True)
    texts = ["" if pd.isna(m) else f"{number(m / KM, 1)} ± {number(o / KM, 1)}" for m, o in pairs]
    return pd.Series(texts, index=metres.index)


def _away(metres: pd.Series, margin: pd.Series) -> ListColumn:
    """Return a column of distances, sorted by the metres."""
    return ListColumn(metres, metres, lambda some: distance(some, margin[some.index]))


def _columns(data: Data, gaps: Gaps, view: View) -> dict[str, ListColumn]:
    rows = gaps.left
    names, units = data.sites["name_vi"], unit_names()
    column, vintage = UNIT_COLUMN[view.units_of], view.units_of.value
    return {
        **coded(rows.index),
        _("Name"): ListColumn(rows["name_vi"]),
        _("Kind"): named(rows["kind"], kind_label),
        _("Unit"): named(rows[column].fillna(""), lambda code: units.get((vintage, code), "")),
        _("Why it is a gap"): named(rows["status"], partial(status_label, view.axis)),
        _("Last evidence"): ListColumn(rows["last_evidence"].fillna(_("none"))),
        _("Of the day"): ListColumn(rows["last_date"]),
        _("Days ago"): ListColumn(rows["days_ago"]),
        _("Nearest reached site"): ListColumn(rows["nearest_reached"].map(names).fillna("")),
        _("Away, km"): _away(rows["nearest_m"], rows["margin_m"]),
        _("Reached within {km} km").format(km=kilometres(gaps.radius_km * KM)): ListColumn(
            rows["reached_within"]
        ),
        _("Nearest accepted model, km"): _away(rows["model_m"], rows["model_margin_m"]),
        _("Nearest past event, km"): _away(rows["event_m"], rows["event_margin_m"]),
        _("Position ± m"): ListColumn(rows["accuracy_m"].round().astype("Int64")),
        _("Responsible body"): ListColumn(rows["operator"].fillna("")),
        _("Remark"): ListColumn(
            rows["margin_m"], words=lambda some: _remarks(rows.loc[some.index])
        ),
        **positions(rows),
    }


def _remarks(rows: gpd.GeoDataFrame) -> pd.Series:
    """Return for each gap what is to be known of its position."""
    depends = rows["depends_on_position"].fillna(value=False).to_numpy()
    margins = rows["margin_m"].fillna(0)
    words = _("depends on a position ±{km} km")
    notes = margins.map(lambda margin: words.format(km=number(margin / KM, 1)))
    remarks: pd.Series = notes.where(depends, "").mask(
        rows["accuracy_m"].isna(), _("not on the map")
    )
    return remarks
