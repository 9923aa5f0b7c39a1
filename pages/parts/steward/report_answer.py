"""A report from the public on a steward's screen: all of it, as text, and the answer to it.

Not here: which reports there are (``steward.inbox``), what an answer does (``store.inbox``).
"""

import base64
from collections.abc import Callable

import pandas as pd
import streamlit as st

from geodata.core.text import _
from geodata.reading.labels import report_label, topic_label
from geodata.register.reports import ANSWERED, MOST_ANSWER, spelled
from geodata.store.inbox import Inbox, KeptReport
from pages.parts.shared import access
from pages.parts.shared.data import store
from pages.parts.shared.words import plain
from pages.parts.steward import desk
from pages.parts.steward import journal as journal_view

EDITING = "pages/steward/editing.py"


def inbox(workspace: str) -> Inbox:
    """Return the inbox for who is signed in, if they are a steward."""
    return Inbox(store(), workspace, access.required("steward"))


def render(workspace: str, one: KeptReport, name: str) -> None:
    """Show a report, the way to its site, and the answer or how to give it."""
    st.subheader(plain(name), anchor=False)
    parts = (spelled(one.number), topic_label(one.topic), report_label(one.state))
    st.caption(" · ".join((*parts, journal_view.moment_text(pd.Timestamp(one.sent)))))
    _said(workspace, one)
    if st.button(_("Open the site to edit it"), icon=":material/edit_location:", key="i_edit"):
        desk.chosen(one.site)
        st.switch_page(EDITING, query_params={"site": one.site})
    if one.state == "new":
        _button(_("I am looking at it"), "i_look", lambda: inbox(workspace).look(one.number))
    _answered(one)
    if one.state != "dropped":
        _ask(workspace, one)


def _said(workspace: str, one: KeptReport) -> None:
    """Show what was sent: text, whatever it spells, and a photo that only this page holds."""
    if one.words is None:
        st.caption(_("Words, photo and how to reach who sent it have been deleted, as promised."))
        return
    st.text(one.words)
    st.caption(_("To reach who sent it: {contact}").format(contact=plain(one.contact) or "–"))
    if one.photographed:
        photo = base64.b64encode(inbox(workspace).photo(one.number)).decode()
        # Not as Streamlit's own picture: that lies at an address which asks for no sign-in.
        alt = _("Photo of the report")
        fits = "max-width:100%;max-height:60vh"
        st.html(f'<img alt="{alt}" style="{fits}" src="data:image/jpeg;base64,{photo}">')


def _answered(one: KeptReport) -> None:
    """Say what was answered, by whom, and whether the public sees it."""
    if one.state not in ANSWERED or one.answered is None:
        return
    words = _("Answered on {at} by {who}: {sentence}")
    at = journal_view.moment_text(pd.Timestamp(one.answered))
    st.markdown(words.format(at=at, who=plain(one.who), sentence=plain(one.answer)))
    if one.waits_for:
        st.info(
            _(
                "The public sees this answer once entry {entry} is published: it says that "
                "something is mended, and until then the map shows the old."
            ).format(entry=one.waits_for)
        )


def _ask(workspace: str, one: KeptReport) -> None:
    """Ask for the answer; what was typed stays until it has been given."""
    choices = {True: _("Mended"), False: _("Not changed")}
    with st.form(f"answer_{one.number}", border=True):
        mended = st.radio(
            _("Answer for the public"),
            list(choices),
            format_func=choices.__getitem__,
            index=None,
            horizontal=True,
            key=f"i_mended_{one.number}",
        )
        sentence = st.text_area(
            _("A sentence for the public: what was changed, or why nothing was"),
            max_chars=MOST_ANSWER,
            key=f"i_sentence_{one.number}",
            help=_(
                "It stands in the passport of the site. Name nobody, and copy nothing personal."
            ),
        )
        if st.form_submit_button(_("Answer in public"), type="primary"):
            _give(workspace, one, sentence, mended=mended)
    if one.state not in ANSWERED:
        _button(
            _("Put away: this is no report"),
            "i_drop",
            lambda: inbox(workspace).drop(one.number),
            help_=_("Advertisements and the like; the words go at once, and nobody counts it."),
        )


def _give(workspace: str, one: KeptReport, sentence: str, *, mended: bool | None) -> None:
    if mended is None:
        st.session_state[journal_view.REFUSED] = _("Choose whether it was mended.")
    else:
        journal_view.attempt(
            lambda: inbox(workspace).answer(one.number, sentence, mended=mended),
            _("Report {number} is answered.").format(number=spelled(one.number)),
        )
    st.rerun()


def _button(label: str, key: str, do: Callable[[], object], help_: str | None = None) -> None:
    """Show a button that does something with a report."""
    done = _("Noted.")
    st.button(label, key=key, on_click=journal_view.attempt, args=(do, done), help=help_)
