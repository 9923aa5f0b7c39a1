"""The target board: seven cards with count, threshold, verdict and what is missing.

Not here: the figures (``geodata.reading.briefing``).
"""

import pandas as pd
import streamlit as st

from geodata.core.text import _, day
from geodata.outputs.briefing.wording import sectors
from geodata.reading.briefing import Briefing, Line
from geodata.reading.labels import target_name
from geodata.rules.plan import default, shipped
from geodata.rules.targets import Result
from pages.parts.gaps.data import percent
from pages.parts.shared.words import plain

# Colour and shape together: a verdict is never told by colour alone.
MARKS = {
    "met": ":green-badge[:material/check_circle: {}]",
    "not-met": ":orange-badge[:material/remove_circle: {}]",
    "undetermined": ":blue-badge[:material/help: {}]",
    "undefined": ":gray-badge[:material/radio_button_unchecked: {}]",
    None: ":gray-badge[{}]",
}
A_ROW = 4


def verdict(line: Line) -> str:
    """Return a verdict as shape, colour and word."""
    return MARKS[line.verdict].format(line.verdict_text)


def render(briefing: Briefing) -> None:
    """Show the board as cards, and what the second target is made of."""
    cards(briefing)
    head, rows = sectors(briefing)
    if rows:
        with st.expander(_("Material and fuel by sector")):
            st.dataframe(
                pd.DataFrame(rows, columns=list(head)),
                hide_index=True,
                alt=_("Material and fuel by sector"),
            )


def target_title(result: Result) -> str:
    """Return which target units are counted for, and its threshold: ``T3 – 70%: …``."""
    target = result.target
    head = target.id if result.goal is None else f"{target.id} – {percent(result.goal)}"
    return f"{head}: {target_name(target.id)}"


def cards(briefing: Briefing) -> None:
    """Show the targets as cards, four in a row where there is room."""
    lines = briefing.board
    for start in range(0, len(lines), A_ROW):
        for column, line in zip(st.columns(A_ROW), lines[start : start + A_ROW], strict=False):
            with column.container(border=True, height="stretch"):
                _card(line)


def _card(line: Line) -> None:
    """Show one target."""
    st.caption(f"{line.id.removeprefix('T')}. {line.name}", help=plain(line.text))
    st.markdown(f"### {line.counted}")
    st.markdown(verdict(line))
    words = []
    if line.verdict is not None:
        words.append(_("Threshold {threshold}").format(threshold=line.threshold))
    if line.short:
        words.append(_("{n} short").format(n=line.short))
    words += [line.bounds] if line.bounds else []
    st.caption(" · ".join(words))
    for note in line.notes:
        st.caption(note)


def compared(now: Briefing) -> None:
    """Show each target beside what it was on the earlier day, and how much that has changed."""
    rows, earlier = now.compared, now.compared_to
    if earlier is None:
        return
    if (then := default(shipped(), earlier)) != now.plan:
        words = _("{before} is counted under plan {decision} ({year}), the one of that day.")
        parts = {"before": day(earlier), "decision": then.decision, "year": then.year}
        st.caption(words.format(**parts))
    st.dataframe(
        pd.DataFrame(
            {
                _("Target"): [row.name for row in rows],
                day(earlier): [row.then for row in rows],
                day(now.view.as_of): [row.now for row in rows],
                _("Change"): [row.change or "–" for row in rows],
                _("Verdict"): [row.verdict for row in rows],
            }
        ),
        hide_index=True,
        alt=_("Counts of all targets at two dates"),
    )
