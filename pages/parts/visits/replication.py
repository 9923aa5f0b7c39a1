"""Replication on the screen: each model that works and the nearest sites of its trade.

Not here: what a trade is, or the distances (``geodata.planning.replication``).
"""

from datetime import date

import pandas as pd
import streamlit as st

from geodata.core.text import _
from geodata.planning import reasons, replication
from geodata.reading.labels import kind_label
from geodata.reading.view import View
from geodata.rules.plan import Plan, of_year, shipped
from pages.parts.shared.data import BY_VERSION, Data, status


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=BY_VERSION)
def _suggested(data: Data, year: int, as_of: date) -> pd.DataFrame:
    stage = status(data, of_year(shipped(), year), as_of)["stage"]
    return replication.suggested(data.sites, stage)


def render(data: Data, plan: Plan, view: View) -> None:
    """Show where the models that work could be taken up next."""
    st.subheader(_("Replicating the models"), anchor=False)
    rows = _suggested(data, plan.year, view.as_of)
    if not status(data, plan, view.as_of)["stage"].isin(replication.APPLIED).any():
        st.info(_("No model is on record as applied or accepted by this date; record a milestone."))
        return
    if rows.empty:
        st.info(
            _(
                "No site of the trade or crop of a model that works is on record; enter the "
                "sectors of the sites."
            )
        )
        return
    st.dataframe(
        pd.DataFrame(
            {
                _("Model"): data.sites["name_vi"].reindex(rows["model"]).to_numpy(),
                _("Nearest site without a model"): rows["name"],
                _("Kind of site"): rows["kind"].map(kind_label),
                _("Trade or crop"): rows["trade"],
                _("Distance"): [
                    f"{reasons.length(m)} ± {reasons.length(off)}"
                    for m, off in zip(rows["metres"], rows["margin"], strict=True)
                ],
            }
        ),
        hide_index=True,
        alt=_("Sites to which models could be taken"),
    )
    st.caption(_("Straight-line distances; ± is how far both positions may be off."))
