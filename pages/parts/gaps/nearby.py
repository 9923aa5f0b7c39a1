"""The nearest verified sites of a chosen one: whom a visit there could be joined with.

Not here: the distances (``geodata.geography.distances``).
"""

import pandas as pd
import streamlit as st

from geodata.core.text import _
from geodata.geography import distances
from geodata.reading.labels import kind_label
from geodata.reading.view import View
from geodata.rules.targets import YES
from pages.parts.gaps.data import Gaps
from pages.parts.gaps.worklist import distance
from pages.parts.shared.data import Data
from pages.parts.shared.words import plain

NEAREST = 5


def render(data: Data, gaps: Gaps, view: View) -> None:
    """Show the nearest reached sites of the chosen site, if one is chosen."""
    if not view.site:
        return
    done = gaps.status[view.axis].isin(YES[view.axis]).to_numpy()
    reached = gaps.asked[done]
    near = distances.near(data.sites.loc[[view.site]], reached, NEAREST)
    name = plain(data.sites["name_vi"][view.site])
    with st.expander(_("Nearest reached sites of {name}").format(name=name), expanded=True):
        if near.empty:
            st.caption(_("There is no distance: this site or every reached one has no position."))
            return
        others = data.sites.loc[near["other"]]
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
