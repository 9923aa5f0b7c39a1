"""Briefings given: comparing with the last one, and noting that this one was given.

Not here: how one is kept (``geodata.store``), or its words (``geodata.stewardship.history``).
"""

import streamlit as st

from geodata.core.text import _, day
from geodata.reading.view import View
from geodata.stewardship import history
from pages.parts.shared.data import mode, store
from pages.parts.shared.state import change


def render(view: View) -> None:
    """Show the way to compare with the last briefing; to a steward, noting this one."""
    last = history.last_given(store().given(view.workspace), view.as_of)
    if last and last != view.compare:
        st.button(
            _("Last briefing: {last}").format(last=day(last)),
            icon=":material/history:",
            help=_("Shows what has changed since then."),
            key="w_last_given",
            on_click=change,
            kwargs={"compare": last},
        )
    if mode() == "steward":
        _note(view)


def _note(view: View) -> None:
    """Let a steward note that this briefing was given."""
    # A public server never loads what can write.
    from pages.parts.shared import access  # noqa: PLC0415
    from pages.parts.steward import journal as journal_view  # noqa: PLC0415

    def remember() -> None:
        who = access.required("steward", "reviewer")
        store().remember(view.workspace, history.noted(view), who=who)

    st.button(
        _("Note that it was given"),
        icon=":material/task_alt:",
        help=_("The next briefing can then be compared with this one."),
        key="w_given",
        on_click=journal_view.attempt,
        args=(remember, _("Noted: briefing given, as of {as_of}.").format(as_of=day(view.as_of))),
    )
    journal_view.notice()
