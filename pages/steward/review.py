"""Review and publication: what has been entered since the public's version, seen and let out."""

import pandas as pd
import streamlit as st

from geodata.core.text import _, number
from geodata.people.access import ROLES
from geodata.stewardship import history
from geodata.store.refusals import waiting
from pages.parts.shared import access, heading, state
from pages.parts.shared.data import store
from pages.parts.shared.opening import begun
from pages.parts.shared.words import plain, today
from pages.parts.steward import journal as journal_view
from pages.parts.steward import panel, publication


def last_published() -> None:
    """Say which version the public sees, and since when."""
    notes = journal[(journal["action"] == "publish").to_numpy()]
    version = store().version(view.workspace, published=True)
    if notes.empty:
        st.caption(_("The public sees version {version}.").format(version=version))
        return
    last = journal_view.entries(notes)[0]
    words = _("The public sees version {version}, published {at} by {who}.")
    at, who = journal_view.moment_text(last["at"]), history.who_text(last)
    st.caption(words.format(version=version, at=at, who=plain(who)))


def review(drafts: list[int]) -> None:
    """Let a reviewer say that entries are right."""
    if not person.may("reviewer"):
        st.caption(_("A reviewer looks at this and says whether it is right."))
        return
    key = "_".join(map(str, drafts))
    note = st.text_input(_("Note (optional)"), key=f"r_note_{key}", max_chars=500)

    def seen() -> None:
        who = access.required("reviewer")
        store().review(view.workspace, *drafts, who=who, note=note.strip(), seen=newest)

    if len(drafts) == 1:
        label = _("Looked at entry {entry}, it is right").format(entry=drafts[0])
        done = _("Entry {entry} is reviewed.").format(entry=drafts[0])
    else:
        n, listed = number(len(drafts)), ", ".join(map(str, drafts))
        label = _("Looked at {n} entries, they are right").format(n=n)
        done = _("{n} entries are reviewed: {listed}.").format(n=n, listed=listed)
    st.button(
        label,
        icon=":material/check:",
        key=f"r_seen_{key}",
        on_click=journal_view.attempt,
        args=(seen, done),
    )


def publish() -> None:
    """Show what the public will see change, and let a reviewer publish it."""
    st.subheader(_("Publication"), anchor=False)
    publication.render(publication.preview(view.workspace))
    if len(left):
        listed = ", ".join(str(n) for n in left["entry"])
        words = _("Still to be reviewed before publication: entries {listed}.")
        st.info(words.format(listed=listed))
        return
    if not person.may("reviewer"):
        st.caption(_("All is reviewed; a reviewer can publish it."))
        return

    def out() -> None:
        store().publish(view.workspace, who=access.required("reviewer"), seen=newest)

    st.button(
        _("Publish {n} entries").format(n=number(len(waits))),
        type="primary",
        icon=":material/public:",
        key="r_publish",
        on_click=journal_view.attempt,
        args=(out, _("Published; the public now sees this version.")),
    )


person = access.required(*ROLES)
view, workspaces = begun()
state.write_address(view, today())
journal = store().journal(view.workspace)
newest = journal_view.seen(journal)
waits = history.unpublished(journal)
unseen = waits["entry"].isin(waiting(journal)).to_numpy()
left = waits[unseen]

panel.render(view, workspaces)
st.title(_("Review and publish"), anchor=False)
heading.simulated(view)
journal_view.clock(journal)
last_published()
if waits.empty:
    journal_view.notice()
    st.info(_("Nothing waits: what has been entered is published. Enter or import data first."))
    st.stop()
st.subheader(_("Entered since then"), anchor=False)
# What needs somebody comes first, so that it is the one chosen.
chosen = journal_view.choose(pd.concat([left, waits[~unseen]]), "review", many=True)
if len(left) > 1 and st.toggle(
    _("All {n} that wait for review at once").format(n=number(len(left))), key="r_all"
):
    chosen = left["entry"].tolist()
if len(chosen) == 1:
    journal_view.entry_shown(view.workspace, journal, journal_view.one(waits, chosen[0]))
else:
    journal_view.together(view.workspace, journal, chosen)
journal_view.notice()  # beside the buttons: who pressed one looks there
if drafts := sorted(set(chosen) & set(left["entry"])):
    review(drafts)
publish()
