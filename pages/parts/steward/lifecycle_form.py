"""What a site was when, in its form: the statements on record, and how to correct them.

Not here: the fields of the newest one (``site_form``), or what a change is asked
(``geodata.stewardship.editing``).
"""

import pandas as pd
import streamlit as st

from geodata.core.text import _
from geodata.register import lifecycle
from geodata.stewardship import editing
from geodata.stewardship.answers import Edited
from pages.parts.map.lifecycle import line
from pages.parts.steward import drafts
from pages.parts.steward.drafts import Draft


def render(draft: Draft, edited: Edited, old: pd.Series) -> None:
    """Show the statements as they will be saved, earlier ones to be left out where wrong."""
    site = old if edited.frame is None else edited.frame.iloc[0]
    heading = _("States on record:") if edited.frame is None else _("States once this is saved:")
    st.caption(heading)
    earlier = lifecycle.read(draft.answers.get("history", ""))
    for statement in lifecycle.sequence(site):
        if statement not in earlier:
            st.markdown(line(statement, site))
            continue
        left, leave = st.columns([3, 1], vertical_alignment="center")
        left.markdown(line(statement, site))
        leave.button(
            _("Leave out: recorded in error"),
            key=f"{draft.name}_leave_{earlier.index(statement)}",
            on_click=_leave_out,
            args=(draft, statement),
        )
    drafts.remarks(draft, edited, "history")
    drafts.tick(
        draft,
        editing.CORRECTS,
        _("Correction: what is on record was wrong all along"),
        help_=_("Without it, a new state begins on the day you give, and earlier years stay."),
    )


def _leave_out(draft: Draft, statement: lifecycle.Statement) -> None:
    earlier = lifecycle.read(draft.answers["history"])
    draft.answers["history"] = lifecycle.spelled(s for s in earlier if s != statement)
