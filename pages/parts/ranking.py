"""Units side by side: a chart of their coverage with its table twin, and what changed.

Not here: the counting (``geodata.coverage``).
"""

import altair as alt
import pandas as pd
import streamlit as st

from geodata.briefing import Briefing, status_name
from geodata.symbology import SYMBOLS, axis_label, status_label
from geodata.text import _, number, share

YES = {"outreach": "reached", "compliance": "compliant"}
NO = {"outreach": "not-reached", "compliance": "non-compliant"}


def chart(briefing: Briefing) -> None:
    """Show for each unit how many sites are reached, unknown, and not."""
    axis = briefing.view.axis
    words = {
        "yes": status_label(axis, YES[axis]),
        "unknown": _("Unknown or awaiting"),
        "no": _("Not, confirmed"),
    }
    colours = [SYMBOLS[axis][YES[axis]].fill, "#c9d1d8", SYMBOLS[axis][NO[axis]].fill]
    rows = briefing.gaps.rename(columns=words).melt("name", list(words.values()), "kind", "n")
    bars = (
        alt.Chart(rows)
        .mark_bar()
        .encode(
            y=alt.Y("name:N", sort=list(_ordered(briefing)["name"]), title=None),
            x=alt.X("n:Q", title=_("Sites"), axis=alt.Axis(tickMinStep=1)),
            color=alt.Color(
                "kind:N",
                scale=alt.Scale(domain=list(words.values()), range=colours),
                legend=alt.Legend(orient="top", title=axis_label(axis), labelLimit=0),
            ),
            order=alt.Order("order:Q"),
            tooltip=["name", "kind", "n"],
        )
        .transform_calculate(order=f"indexof({list(words.values())}, datum.kind)")
    )
    st.altair_chart(bars, width="stretch", alt=_("Coverage of each unit, as in the table"))


def _ordered(briefing: Briefing) -> pd.DataFrame:
    """Return the units by rank, those without sites last."""
    return briefing.gaps.sort_values(["rank", "sites", "name"], ascending=[True, False, True])


def table(briefing: Briefing) -> None:
    """Show the same units as a table, with how their rank moved."""
    gaps = _ordered(briefing)
    counts = list(zip(gaps["yes"], gaps["sites"], strict=True))
    frame = pd.DataFrame(
        {
            _("Rank"): gaps["rank"],
            _("Unit"): gaps["name"],
            _("Reached of sites"): [f"{number(yes)}/{number(sites)}" for yes, sites in counts],
            _("Share"): [share(yes, sites) or _("no sites") for yes, sites in counts],
            _("Unknown"): gaps["unknown"],
        }
    )
    if "moved" in gaps:
        frame[_("Moved")] = gaps["moved"].map(_arrow)
    st.dataframe(frame, hide_index=True, alt=_("Coverage of each unit"))


def _arrow(moved: object) -> str:
    """Return how many ranks a unit gained or lost, with an arrow."""
    if pd.isna(moved) or moved == 0:
        return "–"
    return f"▲ {number(moved)}" if moved > 0 else f"▼ {number(-moved)}"


def changes(briefing: Briefing) -> None:
    """Show which sites changed since the date compared, and which records changed them."""
    rows = briefing.changes
    if rows.empty:
        st.caption(_("No site changed its status between the two dates."))
        return
    pairs = list(zip(rows["axis"], rows["before"], rows["after"], strict=True))
    st.dataframe(
        pd.DataFrame(
            {
                _("Name"): rows["name"],
                _("Axis"): rows["axis"].map(axis_label),
                _("Before"): [status_name(axis, before) for axis, before, _after in pairs],
                _("Now"): [status_name(axis, after) for axis, _before, after in pairs],
                _("Evidence"): rows["evidence"].fillna("–"),
            }
        ),
        hide_index=True,
        alt=_("Sites whose status changed"),
    )
