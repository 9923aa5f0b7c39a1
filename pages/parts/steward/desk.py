"""The desk of who edits: the newest state of a workspace, the office's documents, and saving.

Not here: what an answer means (``geodata.stewardship.editing``, ``geodata.stewardship.records``).
"""

import os

import streamlit as st

from geodata import settings
from geodata.core.text import _, number
from geodata.geography import units
from geodata.stewardship.answers import Known
from geodata.stewardship.placing import Geography
from geodata.store import Change, Snapshot
from geodata.store.documents import Documents
from pages.parts.shared import access, state
from pages.parts.shared.data import HOME, store
from pages.parts.shared.words import today

SAVED = "saved"
_MB = 1024**2
NEW = "new_site"  # whether the form of a new site is open


def snapshot(workspace: str) -> Snapshot:
    """Return a workspace as it is now, drafts and all."""
    seal = store().seal(workspace)
    now = _snapshot(workspace, seal)
    if now.seal != seal:  # somebody wrote between the two looks
        _snapshot.clear()
        return snapshot(workspace)
    return now


@st.cache_resource(max_entries=2, show_spinner=False)
def _snapshot(workspace: str, seal: str) -> Snapshot:  # noqa: ARG001 - cache keys
    return store().load(workspace)


def known(now: Snapshot) -> Known:
    """Return what answers are held against."""
    return Known(now.workspace, now.sites, now.evidence, geography(), today())


@st.cache_resource(show_spinner=False)
def geography() -> Geography:
    """Return borders and names, read once."""
    return Geography.of(units.load_blocks(), units.load_legacy_communes())


def documents() -> Documents:
    """Return the folder of documents; it lies outside what the server hands out."""
    return Documents(settings.load(os.environ, HOME).documents)


def file_text(name: str, size: float) -> str:
    """Return a document's name and how large it is."""
    large = size >= _MB
    return f"{name} ({number(size / _MB, 1)} MB)" if large else f"{name} ({number(size / 1024)} KB)"


def save(
    now: Snapshot, change: Change, what: str, based_on: int | None = None, seen: str | None = None
) -> None:
    """Write a change as a draft, and say so at the top of the next screen.

    `based_on` and `seen` are of the state it was made from, by default of the one on the screen.

    Raises
    ------
    geodata.errors.ModelError
        If the person may not, or somebody else changed the same site; nothing is saved then.
    """
    who = access.required("steward")
    entry = store().write(
        now.workspace,
        change,
        who=who,
        origin="screen",
        action="edit",
        note=what,
        based_on=based_on,
        seen=seen or now.seal,
    )
    sentence = _("Saved: {what} – entry {entry} of the journal. It is a draft and awaits review.")
    st.session_state[SAVED] = sentence.format(what=what, entry=entry)


def begin(new: bool) -> None:
    """Go on with the form of a new site, or with none."""
    st.session_state[NEW] = new
    state.change(site=None)


def chosen(site: str) -> None:
    """Go on with a site, also one that has just been added."""
    st.session_state[NEW] = False
    state.find(site)
