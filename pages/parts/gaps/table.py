"""How far each unit and each kind is from the target: one sentence, then rows that add up.

Not here: the counting (``geodata.rules.coverage``).
"""

from collections.abc import Mapping
from fractions import Fraction

import pandas as pd
import streamlit as st

from geodata.core.text import _, number, share
from geodata.outputs.briefing.wording import words as parts
from geodata.reading.view import View
from geodata.rules.coverage import NOWHERE
from pages.parts.briefing.board import target_title
from pages.parts.gaps.data import Gaps, percent
from pages.parts.shared.sorted_list import ListColumn
from pages.parts.shared.sorted_list import render as render_sorted


def share_text(yes: int, sites: int, threshold: Fraction) -> str:
    """Return a count with its share, the count first: ``9/13 (69,2%)``."""
    return f"{number(yes)}/{number(sites)} ({share(yes, sites, threshold)})"


def render(gaps: Gaps, view: View, facts: Mapping[str, str]) -> None:
    """Show the units, and the kinds of the unit chosen, each with its gaps."""
    title = target_title(gaps.result)
    st.subheader(title, anchor=False)
    order = gaps.units.assign(nowhere=gaps.units.index == NOWHERE)
    order = order.sort_values(
        ["nowhere", "rank", "sites", "open"],
        ascending=[True, True, False, False],
        na_position="last",
        kind="stable",
    )
    units = gaps.units.loc[order.index]
    columns = _columns(gaps, view, units, _("Unit"))
    caption = " · ".join([title, _("Gaps of each unit")])
    render_sorted(columns, caption, facts, name="don-vi")
    with st.expander(_("Kind by kind")):
        columns = _columns(gaps, view, gaps.kinds, _("Kind"))
        caption = " · ".join([title, _("Gaps of each kind of site")])
        render_sorted(columns, caption, facts, name="loai-hinh")


def _columns(gaps: Gaps, view: View, table: pd.DataFrame, head: str) -> dict[str, ListColumn]:
    """Return the columns of a table of gaps; what is not known is never a share."""
    rows = list(zip(table["yes"], table["most"], table["sites"], strict=True))
    shares = [share_text(yes, sites, gaps.threshold) if sites else "" for yes, _m, sites in rows]
    most = [share_text(most, sites, gaps.threshold) if sites else "" for _y, most, sites in rows]
    seen = pd.Series(shares, index=table.index)
    none = (table["sites"] == 0).to_numpy()
    seen = seen.mask(none, _("no sites")).mask(none & (table["open"] > 0), _("not known yet"))
    unknown = (table["shade"] == "no-data").fillna(value=False).to_numpy(dtype=bool)
    seen = seen.mask(unknown, _("no data yet"))
    sites = table["sites"].where(table["sites"] > 0)
    name = table["name"].mask(table.index == NOWHERE, _("Unit not known"))
    done, waiting, not_so = parts(view.axis)
    return {
        head: ListColumn(name),
        _("In the denominator"): ListColumn(table["sites"]),
        done: ListColumn(table["yes"]),
        waiting: ListColumn(table["unknown"]),
        not_so: ListColumn(table["no"]),
        _("Not known whether in the denominator"): ListColumn(table["open"]),
        _("Share"): ListColumn(seen, (table["yes"] / sites).mask(unknown)),
        _("At most"): ListColumn(pd.Series(most, index=table.index), table["most"] / sites),
        _("Rank"): ListColumn(table["rank"]),
        _("Target of {share}").format(share=percent(gaps.threshold)): ListColumn(
            left_text(table), table["short"]
        ),
    }


def left_text(table: pd.DataFrame) -> pd.Series:
    """Return what each row lacks; where open sites may change it, not that it is met."""
    words = [
        ""
        if pd.isna(short)
        else _("short by {n}").format(n=number(short))
        if short
        else _("enough so far")
        if open_
        else _("met")
        for short, open_ in zip(table["short"], table["open"], strict=True)
    ]
    return pd.Series(words, index=table.index)
