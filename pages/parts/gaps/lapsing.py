"""What is verified today and about to lapse, in time to do something about it.

Not here: how that is found (``geodata.reading.worklist``).
"""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from geodata.core.lookup import is_in
from geodata.core.text import _, number
from geodata.reading.labels import kind_label, status_label
from geodata.reading.view import UNIT_COLUMN, View
from geodata.reading.worklist import LAPSES
from pages.parts.gaps import data as gap_data
from pages.parts.gaps.data import Gaps
from pages.parts.shared.data import Data, unit_names
from pages.parts.shared.listing import counted_unnamed
from pages.parts.shared.sorted_list import ListColumn, coded, named, positions
from pages.parts.shared.sorted_list import render as render_sorted
from pages.parts.shared.state import find


def render(data: Data, gaps: Gaps, view: View, facts: Mapping[str, str]) -> None:
    """Show which sites of the view lapse within the next days, or say that none does."""
    st.subheader(_("About to lapse"), anchor=False)
    rows = gap_data.lapsing(data, view.as_of)
    column = UNIT_COLUMN[view.units_of]
    every = data.register.loc[data.register.index.intersection(gaps.result.counted.index)]
    every = every[every["kind"].isin(gaps.kinds.index).to_numpy()]
    if view.unit:
        every = every[(every[column] == view.unit).fillna(value=False).to_numpy(dtype=bool)]
    rows = rows[((rows["axis"] == view.axis) & is_in(rows["site"], every.index)).to_numpy()]
    counts = " · ".join(
        _("within {days} days: **{n}**").format(days=days, n=number((rows["days"] <= days).sum()))
        for days in LAPSES
    )
    st.markdown(counts)
    shown = rows[is_in(rows["site"], data.sites.index)]
    if len(shown) < len(rows):
        st.caption(counted_unnamed(len(rows) - len(shown)))
    if rows.empty:
        st.caption(
            _("Nothing verified lapses within the next {days} days.").format(days=LAPSES[-1])
        )
        return
    rows = shown.set_index("site", drop=False)
    if rows.empty:
        return
    sites, units = data.sites.loc[rows.index], unit_names()
    columns = {
        **coded(sites.index),
        _("Name"): ListColumn(sites["name_vi"]),
        _("Kind"): named(sites["kind"], kind_label),
        _("Unit"): named(
            sites[column].fillna(""), lambda code: units.get((view.units_of.value, code), "")
        ),
        _("Lapses within, days"): ListColumn(rows["days"]),
        _("Becomes"): named(rows["becomes"], partial(status_label, view.axis)),
        _("Responsible body"): ListColumn(sites["operator"].fillna("")),
        **positions(sites),
    }
    render_sorted(columns, _("About to lapse"), facts, name="sap-het-hieu-luc", on_row=find)
