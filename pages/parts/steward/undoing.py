"""Undoing an entry as a whole: the button, and the question before it.

Not here: what can be undone (``geodata.store``).
"""

import pandas as pd
import streamlit as st

from geodata.core.text import _
from geodata.stewardship import history
from pages.parts.shared import access
from pages.parts.shared.data import store
from pages.parts.shared.words import plain
from pages.parts.steward import journal as journal_view

UNDOABLE = ("import", "edit")


def button(workspace: str, journal: pd.DataFrame, entry: journal_view.Entry) -> None:
    """Show the button that undoes an entry, to those who may and where it can be."""
    who = access.person()
    if entry["action"] not in UNDOABLE or entry["undone"] or not (who and who.may("steward")):
        return
    number = int(entry["entry"])
    label = _("Undo entry {entry} …").format(entry=number)
    if st.button(label, icon=":material/undo:", key="undo"):
        _ask(workspace, journal, number)


@st.dialog(_("Undo this entry?"))
def _ask(workspace: str, journal: pd.DataFrame, entry: int) -> None:
    """Name what goes and what comes back, and ask."""
    differences = journal_view.changed_by(workspace, journal, entry)
    st.markdown(_("All that entry {entry} did is taken back:").format(entry=entry))
    st.markdown("\n".join(f"- {plain(line)}" for line in history.summary(differences)))
    st.caption(
        _("Nothing is lost: undoing is an entry of its own, which is reviewed and published.")
    )
    label = _("Undo entry {entry}").format(entry=entry)
    if st.button(
        label, type="primary", on_click=_undo, args=(workspace, entry, journal_view.seen(journal))
    ):
        st.rerun()  # closes the question


def _undo(workspace: str, entry: int, seen: str) -> None:
    def undo() -> None:
        store().undo(workspace, entry, who=access.required("steward"), seen=seen)

    journal_view.attempt(undo, _("Entry {entry} is undone.").format(entry=entry))
