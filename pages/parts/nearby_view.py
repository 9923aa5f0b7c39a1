"""The nearest verified sites of a chosen one: whom a visit there could be joined with.

Not here: the distances (``geodata.distances``).
"""

import pandas as pd
import streamlit as st

from geodata import distances
from geodata.symbology import kind_label
from geodata.targets import YES
from geodata.text import _
from geodata.view import View
from pages.parts.data import Data
from pages.parts.gap_data import Gaps
from pages.parts.words import plain
from pages.parts.worklist_view import distance

NEAREST = 5


def show(of: Data, gaps: Gaps, view: View) -> None:
    """Show the nearest reached sites of the chosen site, if one is chosen."""
    if not view.site:
        return
    done = gaps.status[view.axis].isin(YES[view.axis]).to_numpy()
    reached = gaps.asked[done]
    near = distances.near(of.sites.loc[[view.site]], reached, NEAREST)
    name = plain(of.sites["name_vi"][view.site])
    with st.expander(_("Nearest reached sites of {name}").format(name=name), expanded=True):
        if near.empty:
            st.caption(_("There is no distance: this site or every reached one has no position."))
            return
        others = of.sites.loc[near["other"]]
        st.dataframe(
            pd.DataFrame(
                {
                    _("Name"): others["name_vi"].to_numpy(),
                    _("Kind"): others["kind"].map(kind_label).to_numpy(),
                    _("Away, km"): distance(near["metres"], near["margin"]).to_numpy(),
                }
            ),
            hide_index=True,
            alt=_("Nearest reached sites"),
        )
