"""The same sites without the map: a table, and those that have no position."""

import pandas as pd
import streamlit as st

from geodata.core.text import _, number
from geodata.reading.labels import key_label, kind_label, status_label
from geodata.reading.view import UNIT_COLUMN, View, selected, shown, unplaced, within
from pages.parts.shared.data import Data, unit_names
from pages.parts.shared.sorted_list import clicked
from pages.parts.shared.state import change, find
from pages.parts.shared.words import plain

MOST_ROWS = 1000


def counted_unnamed(n: int) -> str:
    """Return how many sites of a list stand in its number and not in its rows."""
    words = _("Of these {n:site is|sites are} not public: counted and not listed.")
    return words.format(n=number(n))


def missing(data: Data, view: View) -> None:
    """List the sites of the view that have no position."""
    lost = unplaced(within(data.sites, view))
    unnamed = len(within(data.register, view)) - len(within(data.sites, view))
    if not len(lost) and not unnamed:
        return
    with st.expander(_("Not on the map: {n}").format(n=number(len(lost) + unnamed))):
        if unnamed:
            st.caption(counted_unnamed(unnamed))
        if len(lost):
            st.caption(_("These sites count like all others; their position is not known."))
        for site, name in lost["name_vi"].head(200).items():
            st.button(plain(name), key=f"lost_{site}", on_click=find, args=(site,), type="tertiary")


def table(data: Data, status: pd.DataFrame, view: View) -> None:
    """Show the sites of the view as a table; choosing a row opens its passport.

    `status` is that of every site.
    """
    every = selected(data.register, status, view)
    rows = data.sites.loc[every.index.intersection(data.sites.index)]
    st.subheader(_("The same {n:site|sites} as a table").format(n=number(len(every))), anchor=False)
    if len(rows) < len(every):
        st.caption(counted_unnamed(len(every) - len(rows)))
    if rows.empty:
        if every.empty:
            st.info(_("No site matches these choices; remove one in the panel on the left."))
        return
    shortened = rows.head(MOST_ROWS)
    key = f"w_table_{hash(tuple(shortened.index))}"
    st.dataframe(
        _frame(shortened, status, view),
        hide_index=True,
        key=key,
        selection_mode="single-cell",  # a click anywhere on a row, not on a box beside it alone
        on_select=lambda: _open(key, list(shortened.index)),
        column_config={_("Name"): st.column_config.TextColumn(width="large")},
        alt=_("Table of the sites in view with their statuses"),
    )
    if len(rows) > MOST_ROWS:
        more = _("{n} more sites match; narrow the choice to see them here.")
        st.caption(more.format(n=number(len(rows) - MOST_ROWS)))


def _frame(rows: pd.DataFrame, status: pd.DataFrame, view: View) -> pd.DataFrame:
    """Return sites as people read them, one a row."""
    names = unit_names()
    column = UNIT_COLUMN[view.units_of]
    here = status.loc[rows.index]
    units = rows[column].fillna("").map(lambda code: names.get((view.units_of.value, code), ""))
    return pd.DataFrame(
        {
            _("Name"): rows["name_vi"],
            _("Kind"): rows["kind"].map(kind_label),
            _("Unit"): units,
            _("Outreach or stage"): shown(here, "outreach").map(
                lambda key: key_label("outreach", key)
            ),
            _("Compliance"): here["compliance"].map(
                lambda status: status_label("compliance", status)
            ),
        }
    )


def _open(key: str, ids: list[str]) -> None:
    """Open the passport of the row that was chosen."""
    row = clicked(st.session_state[key]["selection"])
    if row is not None and row < len(ids):
        find(ids[row])
    else:
        change(site=None)
