"""Units side by side: a chart of their coverage with its table twin, and what changed.

Not here: the counting (``geodata.rules.coverage``).
"""

import math

import altair as alt
import pandas as pd
import streamlit as st
from pandas.api.typing import NAType

from geodata.core.text import _, day, number, share
from geodata.outputs.briefing.wording import transitions, words
from geodata.reading.briefing import Briefing
from geodata.reading.labels import axis_label, key_label, kind_label
from geodata.reading.symbology import SYMBOLS
from geodata.rules.coverage import NOWHERE
from pages.parts.gaps.data import percent

YES = {"outreach": "reached", "compliance": "compliant"}
NO = {"outreach": "not-reached", "compliance": "non-compliant"}
PARTS = ("yes", "unknown", "no", "open")
UNKNOWN, OPEN, GOAL = "#c9d1d8", "#eef1f4", "#1f2933"
# On a slide: letters of a chart and height of a row, in px; large where the units are so few.
LARGE, SMALL, FEW = (15, 36), (11, 14), 10
MOST_MOVES = 8  # rows of a table that a slide holds
CHOSEN = "▶ "


def remarks(briefing: Briefing) -> None:
    """Say what the choices of the view do to the units: a unit is marked, kinds narrow them."""
    view = briefing.view
    if view.unit:
        st.caption(_("All units are ranked; the one chosen is marked ▶."))
    asked = briefing.result.target.kinds
    if kinds := [kind_label(kind).lower() for kind in asked if kind in view.kinds]:
        words = _("Only a part of {target}: {kinds}.")
        st.caption(words.format(target=briefing.result.target.id, kinds=", ".join(kinds)))


def chart(briefing: Briefing, *, tall: bool = False) -> None:
    """Show for each unit the parts of its count and how many it needs; tall ones fill a slide."""
    gaps = _ordered(briefing)
    if not gaps[["sites", "open"]].to_numpy().any():
        st.info(_("The view holds no site that counts."))
        return
    axis = briefing.view.axis
    # What may not count at all comes last and is palest.
    labels = (*words(axis), _("Not known whether in the denominator"))
    colours = [SYMBOLS[axis][YES[axis]].fill, UNKNOWN, SYMBOLS[axis][NO[axis]].fill, OPEN]
    rows = gaps.rename(columns=dict(zip(PARTS, labels, strict=True)))
    rows = rows.melt("label", list(labels), "kind", "n").query("n > 0")
    y = alt.Y(
        "label:N",
        scale=alt.Scale(domain=list(gaps["label"])),
        title=None,
        axis=alt.Axis(labelLimit=0, labelOverlap=False, labelFlush=False),
    )
    bars = (
        alt.Chart(rows)
        .mark_bar(stroke="#9aa5b1", strokeWidth=0.5)
        .encode(
            y=y,
            x=alt.X(
                "n:Q",
                scale=alt.Scale(nice=False),
                title=_("Number of sites"),
                axis=alt.Axis(tickMinStep=1, tickCount=8),
            ),
            color=alt.Color(
                "kind:N",
                scale=alt.Scale(domain=list(labels), range=colours),
                legend=alt.Legend(
                    orient="top",
                    direction="vertical",
                    title=axis_label(axis),
                    labelLimit=0,
                    symbolStrokeWidth=0.5,
                ),
            ),
            order=alt.Order("order:Q"),
            tooltip=["label", "kind", "n"],
        )
        .transform_calculate(order=f"indexof({list(labels)}, datum.kind)")
    )
    drawn = alt.layer(bars, _needed(briefing, gaps, y))
    if tall:
        letters, step = LARGE if len(gaps) <= FEW else SMALL
        drawn = (
            drawn.configure_axis(labelFontSize=letters, titleFontSize=letters)
            .configure_legend(labelFontSize=letters, titleFontSize=letters)
            .properties(height=alt.Step(step))
        )
    st.altair_chart(drawn, width="stretch", alt=_("Coverage of each unit, as in the table"))
    if goal := briefing.result.goal:
        line = _("The black line: as many sites as the target of {share} needs in that unit.")
        st.caption(line.format(share=percent(goal)))


def _needed(briefing: Briefing, gaps: pd.DataFrame, y: alt.Y) -> alt.Chart:
    """Return a line across each unit's bar at the number of sites that meets the threshold."""
    goal = briefing.result.goal or 1
    inside = gaps[((gaps["sites"] > 0) & (gaps.index != NOWHERE)).to_numpy()]
    needed = inside.assign(needed=[math.ceil(goal * int(n)) for n in inside["sites"]])
    ticks: alt.Chart = (
        alt.Chart(needed[["label", "needed"]])
        .mark_tick(color=GOAL, thickness=2.5)
        .encode(y=y, x="needed:Q", tooltip=["label", alt.Tooltip("needed:Q", title=_("Needed"))])
    )
    return ticks


def _ordered(briefing: Briefing) -> pd.DataFrame:
    """Return the units by rank, those without sites last, each with its `label`."""
    gaps = briefing.gaps
    name = gaps["name"].astype(object).mask(gaps.index == NOWHERE, _("Unit not known"))
    chosen = gaps.index == briefing.view.unit
    gaps = gaps.assign(label=name.mask(chosen, CHOSEN + name), last=gaps.index == NOWHERE)
    order = ["last", "rank", "sites", "open", "label"]
    return gaps.sort_values(order, ascending=[True, True, False, False, True])


def table(briefing: Briefing) -> None:
    """Show the same units as a table, with how their rank moved."""
    gaps = _ordered(briefing)
    counts = list(zip(gaps["yes"], gaps["sites"], strict=True))
    shares = pd.Series([share(*n, briefing.result.goal) for n in counts], index=gaps.index)
    none = (gaps["sites"] == 0).to_numpy()
    shares = shares.mask(none, _("no sites")).mask(none & (gaps["open"] > 0), _("not known yet"))
    no_data = (gaps["shade"] == "no-data").fillna(value=False).to_numpy(dtype=bool)
    done, unknown, no = words(briefing.view.axis)
    frame = pd.DataFrame(
        {
            _("Rank"): gaps["rank"],
            _("Unit"): gaps["label"],
            done: [f"{number(yes)}/{number(sites)}" for yes, sites in counts],
            _("Share"): shares.mask(no_data, _("no data yet")),
            unknown: gaps["unknown"],
            no: gaps["no"],
            _("Not known whether in the denominator"): gaps["open"],
        }
    )
    if "moved" in gaps:
        frame[_("Moved")] = gaps["moved"].map(_arrow)
    st.dataframe(frame, hide_index=True, placeholder="–", alt=_("Coverage of each unit"))


def _arrow(moved: float | NAType) -> str:
    """Return how many ranks a unit gained or lost, with an arrow."""
    if pd.isna(moved) or moved == 0:
        return "–"
    return f"▲ {number(moved)}" if moved > 0 else f"▼ {number(-moved)}"


def moves(briefing: Briefing) -> None:
    """Show how many sites moved from which status to which, the most frequent first."""
    rows, before = transitions(briefing), briefing.compared_to
    if before is None or not rows:
        st.info(_("No site changed its status between the two dates."))
        return
    st.table(
        pd.DataFrame(
            [(*words, number(n)) for *words, n in rows[:MOST_MOVES]],
            columns=[_("Axis"), _("Before"), _("Now"), _("Number of sites")],
        ),
        hide_index=True,
    )
    dates = {"before": day(before), "after": day(briefing.view.as_of)}
    line = _("{n} changes between {before} and {after}").format(
        n=number(sum(n for *_words, n in rows)), **dates
    )
    if any(result.unnamed for result in briefing.results):
        line += " · " + _("public sites only")
    if rest := sum(n for *_words, n in rows[MOST_MOVES:]):
        line += " · " + _("{n} of other kinds, not listed here").format(n=number(rest))
    st.caption(line)


def changes(briefing: Briefing) -> None:
    """Show which sites changed since the date compared, and which records changed them."""
    rows = briefing.changes
    if any(result.unnamed for result in briefing.results):
        st.caption(_("Sites that are not public are not listed here."))
    if rows.empty:
        st.caption(_("No site changed its status between the two dates."))
        return
    pairs = list(zip(rows["axis"], rows["before"], rows["after"], strict=True))
    st.dataframe(
        pd.DataFrame(
            {
                _("Name"): rows["name"],
                _("Axis"): rows["axis"].map(axis_label),
                _("Before"): [key_label(axis, before) for axis, before, _after in pairs],
                _("Now"): [key_label(axis, after) for axis, _before, after in pairs],
                _("Evidence"): rows["evidence"].fillna("–"),
            }
        ),
        hide_index=True,
        alt=_("Sites whose status changed"),
    )
