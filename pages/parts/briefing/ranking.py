"""Units side by side: bars against the threshold, with their table twin.

Not here: the counting (``geodata.rules.coverage``).
"""

import pandas as pd
import streamlit as st
from pandas.api.typing import NAType

from geodata.core.text import _, number, share
from geodata.outputs.briefing.sections import ranked, sections
from geodata.outputs.briefing.wording import words
from geodata.reading.answer import Bar
from geodata.reading.briefing import Briefing
from geodata.reading.labels import kind_label
from pages.parts.briefing import markup
from pages.parts.shared.words import plain


def remarks(briefing: Briefing) -> None:
    """Say what the choices of the view do to the units: kinds narrow them, if any counts."""
    target, asked = briefing.result.target.id, briefing.result.target.kinds
    if briefing.part:
        kinds = ", ".join(kind_label(kind).lower() for kind in briefing.part)
        st.caption(_("Only a part of {target}: {kinds}.").format(target=target, kinds=kinds))
    elif briefing.view.kinds and not set(briefing.view.kinds) & set(asked):
        words = _(
            "None of the kinds chosen counts for {target}; the units are counted for all of it."
        )
        st.caption(words.format(target=target))


def chart(briefing: Briefing) -> None:
    """Show each unit's share as a bar against the threshold, best first, counts as text."""
    part = sections(briefing).units
    units = ranked(briefing)
    if units.empty:
        st.info(_("The view holds no site that counts."))
        return
    st.html(markup.many(bars(briefing)))
    for note in part.notes:
        st.caption(plain(note))


def bars(briefing: Briefing) -> list[str]:
    """Return the units as bars on the scale of the board; nothing known is not a bar of none."""
    goal = briefing.result.goal
    rows = []
    for _code, unit in ranked(briefing).iterrows():
        sites, yes = int(unit["sites"]), int(unit["yes"])
        text = f"{number(yes)}/{number(sites)} ({share(yes, sites, goal)})"
        drawn = None
        if not sites:
            text = _("not known yet")
        elif pd.notna(unit["shade"]) and unit["shade"] == "no-data":  # nowhere has no shade
            text = _("{n} sites, no data yet").format(n=number(sites))
        else:
            drawn = Bar(yes / sites, int(unit["unknown"]) / sites, float(goal) if goal else None)
        more = "" if "moved" not in unit or pd.isna(unit["moved"]) else _arrow(unit["moved"])
        rows.append(markup.measured(str(unit["name"]), text, drawn, more.strip("–")))
    return rows


def table(briefing: Briefing) -> None:
    """Show the same units as a table, with how their rank moved."""
    gaps = ranked(briefing, every=True)
    counts = list(zip(gaps["yes"], gaps["sites"], strict=True))
    shares = pd.Series([share(*n, briefing.result.goal) for n in counts], index=gaps.index)
    none = (gaps["sites"] == 0).to_numpy()
    shares = shares.mask(none, _("no sites")).mask(none & (gaps["open"] > 0), _("not known yet"))
    no_data = (gaps["shade"] == "no-data").fillna(value=False).to_numpy(dtype=bool)
    done, unknown, no = words(briefing.view.axis)
    frame = pd.DataFrame(
        {
            _("Rank"): gaps["rank"],
            _("Unit"): gaps["name"],
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
