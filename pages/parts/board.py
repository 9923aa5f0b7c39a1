"""The target board: seven cards with count, threshold, verdict and what is missing.

Not here: the figures (``geodata.briefing``).
"""

import pandas as pd
import streamlit as st

from geodata.briefing import Briefing, Line
from geodata.outputs.wording import sectors
from geodata.text import _, day
from pages.parts.words import plain

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


def show(briefing: Briefing) -> None:
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


def compared(now: Briefing, then: Briefing) -> None:
    """Show the counts of two dates side by side."""
    st.dataframe(
        pd.DataFrame(
            {
                _("Target"): [line.name for line in now.board],
                day(then.view.as_of): [line.counted for line in then.board],
                day(now.view.as_of): [line.counted for line in now.board],
                _("Verdict"): [line.verdict_text for line in now.board],
            }
        ),
        hide_index=True,
        alt=_("Counts of all targets at two dates"),
    )
