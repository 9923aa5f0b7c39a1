"""Any two moments of a workspace side by side, chosen by day or by entry.

Not here: what differs (``geodata.stewardship.history``).
"""

import pandas as pd
import streamlit as st

from geodata.core.clock import local
from geodata.core.text import _
from geodata.stewardship import history
from pages.parts.shared.words import plain, today
from pages.parts.steward import journal as journal_view


def render(workspace: str, journal: pd.DataFrame) -> None:
    """Ask for two moments and show what differs between them."""
    ways = {_("By days"): _days, _("By entries"): _entries}
    way = st.radio(_("Compare"), list(ways), horizontal=True, label_visibility="collapsed")
    earlier, later = ways[way](journal)
    if later is None:
        st.info(_("Nothing had been entered by then; choose a later day."))
        return
    if earlier is None:
        st.caption(_("Nothing had been entered by the earlier day: all is new."))
    differences = journal_view.between(workspace, journal, earlier, later)
    st.markdown("\n".join(f"- {plain(line)}" for line in history.summary(differences)))
    journal_view.render(differences)


def _days(journal: pd.DataFrame) -> tuple[int | None, int | None]:
    """Ask for two days, at first the last briefing and today; return the last entries by then."""
    given = journal[(journal["action"] == "briefing").to_numpy()]
    since = local((given if len(given) else journal.tail(1))["at"].iloc[0].to_pydatetime()).date()
    left, right = st.columns(2)
    last = today()
    one = left.date_input(_("Earlier"), since, key="h_from", max_value=last, format="DD/MM/YYYY")
    two = right.date_input(_("Later"), last, key="h_to", max_value=last, format="DD/MM/YYYY")
    st.caption(_("Each as the data stood at the end of the day."))
    earlier, later = sorted((one, two))
    return history.entry_on(journal, earlier), history.entry_on(journal, later)


def _entries(journal: pd.DataFrame) -> tuple[int | None, int | None]:
    """Ask for two entries, at first the last two."""
    labels = {e["entry"]: journal_view.entry_label(e) for e in journal_view.entries(journal)}
    numbers = list(labels)
    left, right = st.columns(2)
    label = labels.__getitem__
    second = min(1, len(numbers) - 1)
    one = left.selectbox(_("Earlier"), numbers, second, format_func=label, key="h_from_entry")
    two = right.selectbox(_("Later"), numbers, 0, format_func=label, key="h_to_entry")
    return min(one, two), max(one, two)
