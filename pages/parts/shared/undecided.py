"""The sites of which it is not known whether they count: what is missing, and who would know.

Not here: which they are (``geodata.reading.worklist``).
"""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from geodata.core.text import _, number
from geodata.outputs.briefing.wording import keeper, missing_text
from geodata.reading.labels import kind_label, status_label
from geodata.reading.view import UNIT_COLUMN, View
from pages.parts.gaps.data import Gaps
from pages.parts.shared.data import unit_names
from pages.parts.shared.listing import counted_unnamed
from pages.parts.shared.sorted_list import ListColumn, coded, named, positions
from pages.parts.shared.sorted_list import render as render_sorted
from pages.parts.shared.state import find


def render(gaps: Gaps, view: View, facts: Mapping[str, str]) -> None:
    """Show the sites that may belong to the denominator or not, if there are any."""
    rows, unnamed = gaps.undecided, gaps.undecided_unnamed
    if rows.empty and not unnamed:
        return
    title = _("Not known whether in the denominator")
    heading = _("{title}: {n:site|sites}").format(title=title, n=number(len(rows) + unnamed))
    st.subheader(heading, anchor=False)
    st.caption(
        _(
            "They are neither counted nor left out until the decision that founds them, or "
            "whether they operate, is on record; ask those who keep the register."
        )
    )
    if unnamed:
        st.caption(counted_unnamed(unnamed))
    if rows.empty:
        return
    units, vintage = unit_names(), view.units_of.value
    columns = {
        **coded(rows.index),
        _("Name"): ListColumn(rows["name_vi"]),
        _("Kind"): named(rows["kind"], kind_label),
        _("Unit"): named(
            rows[UNIT_COLUMN[view.units_of]].fillna(""),
            lambda code: units.get((vintage, code), ""),
        ),
        _("What is missing"): named(rows["missing"], missing_text),
        _("Who would know"): named(rows["kind"], keeper),
        _("Status on record"): named(rows["status"], partial(status_label, view.axis)),
        _("Last evidence"): ListColumn(rows["last_evidence"].fillna(_("none"))),
        _("Of the day"): ListColumn(rows["last_date"]),
        _("Responsible body"): ListColumn(rows["operator"].fillna("")),
        **positions(rows),
    }
    render_sorted(columns, title, facts, name="chua-ro-mau-so", on_row=find)
