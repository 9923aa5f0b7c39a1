"""Units side by side: a chart of their coverage with its table twin, and what changed.

Not here: the counting (``geodata.coverage``).
"""

import altair as alt
import pandas as pd
import streamlit as st

from geodata.briefing import Briefing, status_name
from geodata.outputs.wording import transitions
from geodata.symbology import SYMBOLS, axis_label, status_label
from geodata.text import _, day, number, share

YES = {"outreach": "reached", "compliance": "compliant"}
NO = {"outreach": "not-reached", "compliance": "non-compliant"}
# On a slide: letters of a chart and height of a row, in px; large where the units are so few.
LARGE, SMALL, FEW = (15, 46), (11, 15), 10
MOST_MOVES = 8  # rows of a table that a slide holds


def chart(briefing: Briefing, *, tall: bool = False) -> None:
    """Show for each unit how many sites are reached, unknown, and not; tall ones fill a slide."""
    if not briefing.gaps["sites"].any():
        st.info(_("The view holds no site that counts."))
        return
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
            y=alt.Y(
                "name:N",
                sort=list(_ordered(briefing)["name"]),
                title=None,
                axis=alt.Axis(labelLimit=0, labelOverlap=False),
            ),
            x=alt.X("n:Q", title=_("Number of sites"), axis=alt.Axis(tickMinStep=1, tickCount=8)),
            color=alt.Color(
                "kind:N",
                scale=alt.Scale(domain=list(words.values()), range=colours),
                legend=alt.Legend(
                    orient="top", direction="vertical", title=axis_label(axis), labelLimit=0
                ),
            ),
            order=alt.Order("order:Q"),
            tooltip=["name", "kind", "n"],
        )
        .transform_calculate(order=f"indexof({list(words.values())}, datum.kind)")
    )
    if tall:
        letters, step = LARGE if len(briefing.gaps) <= FEW else SMALL
        size = {"labelFontSize": letters, "titleFontSize": letters}
        bars = (
            bars.configure_axis(**size).configure_legend(**size).properties(height=alt.Step(step))
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


def moves(briefing: Briefing) -> None:
    """Show how many sites moved from which status to which, the most frequent first."""
    rows = transitions(briefing)
    if not rows:
        st.info(_("No site changed its status between the two dates."))
        return
    st.table(
        pd.DataFrame(
            [(*words, number(n)) for *words, n in rows[:MOST_MOVES]],
            columns=[_("Axis"), _("Before"), _("Now"), _("Number of sites")],
        ),
        hide_index=True,
    )
    dates = {"before": day(briefing.compared_to), "after": day(briefing.view.as_of)}
    said = _("{n} changes between {before} and {after}").format(
        n=number(sum(n for *_words, n in rows)), **dates
    )
    if rest := sum(n for *_words, n in rows[MOST_MOVES:]):
        said += " · " + _("{n} of other kinds, not listed here").format(n=number(rest))
    st.caption(said)


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
