"""The form of one site: what it is, where it is, its decision, what else the register says.

There is no field for a status: it follows from evidence. Not here: what the answers mean
(``geodata.stewardship.editing``).
"""

import pandas as pd
import streamlit as st

from geodata.core.errors import ModelError
from geodata.core.text import _
from geodata.reading.view import View
from geodata.register import vocabulary
from geodata.register.lifecycle import LIFECYCLES
from geodata.register.sites import KINDS
from geodata.stewardship import editing, wording
from geodata.stewardship.answers import Edited, answers_of
from geodata.stewardship.placing import POSITION
from geodata.store import Change, Snapshot
from pages.parts.shared.words import plain
from pages.parts.steward import before_saving, desk, drafts, lifecycle_form, place_picker
from pages.parts.steward.drafts import Draft

HEADS = vocabulary.HEADERS["sites"]
CHOICES = {
    "kind": KINDS,
    "lifecycle": LIFECYCLES,
    "founding": vocabulary.VALUES["founding"],
    "confidence": vocabulary.VALUES["confidence"],
    "public": vocabulary.VALUES["public"],
}
DAY_HINT = dict.fromkeys(("decision_date", "valid_from", "valid_to"), "dd/mm/yyyy")
WHAT = (("kind", "name_vi"), ("name_en",), ("lifecycle", "valid_from", "valid_to"))
DECISION = (("founding",), ("decision", "decision_date"))
MORE = (
    ("area_ha", "year", "enterprises"),
    ("sectors", "operator"),
    ("contact_name", "contact_phone", "contact_email"),
    ("details",),
    ("source", "source_note"),
    ("confidence", "public"),
)
REQUIRED = ("kind", "name_vi")
START = {"lifecycle": "operating", "public": "yes"}


def render(now: Snapshot, view: View, site: str | None) -> None:
    """Show the form of a site of the register, or of a new one."""
    known = desk.known(now)
    old = None if site is None else now.sites.loc[site]
    start = dict(START) if old is None else answers_of(old, editing.ANSWERS)
    draft = drafts.opened(f"{now.workspace}_site_{site or ''}", start, now)
    drafts.restored(draft)
    edited = editing.edited_site(old, draft.answers, known)
    st.subheader(_("1. What it is"), anchor=False)
    _rows(draft, edited, WHAT)
    if old is not None:
        lifecycle_form.render(draft, edited, old)
    st.subheader(_("2. Where it is"), anchor=False)
    place_picker.render(draft, edited, known, view)
    st.subheader(_("3. Decision that establishes or recognises it"), anchor=False)
    _rows(draft, edited, DECISION)
    with st.expander(_("4. Size, operator, source"), expanded=old is None):
        _rows(draft, edited, MORE)
    settled = site is not None or before_saving.new_site(draft, edited, known)
    _actions(draft, edited, now, site, settled=settled)


def _rows(draft: Draft, edited: Edited, rows: tuple[tuple[str, ...], ...]) -> None:
    """Show answers side by side."""
    for row in rows:
        for place, column in zip(st.columns(len(row)), row, strict=True):
            with place:
                _field(draft, column)
                drafts.remarks(draft, edited, column)


def _field(draft: Draft, column: str) -> None:
    label = HEADS[column] + (" *" if column in REQUIRED else "")
    if column in CHOICES:
        blank = None if column == "kind" else _("Not said")
        drafts.choice(
            draft,
            column,
            label,
            CHOICES[column],
            lambda value: vocabulary.label_of(column, value),
            blank=blank,
        )
    else:
        drafts.text(draft, column, label, area=column == "details", hint=DAY_HINT.get(column, ""))


def _actions(
    draft: Draft, edited: Edited, now: Snapshot, site: str | None, *, settled: bool
) -> None:
    """Show what can be done with the draft: save it, or give it up."""
    if site is not None and draft.touched and draft.seen != now.seal:
        _newer(draft, now, site)
    if not drafts.saving(draft):
        return
    if edited.frame is None:
        drafts.unsaved(edited.remarks)
    elif not settled:
        drafts.unanswered()
    else:
        _save(draft, edited.frame, now, site)


def _save(draft: Draft, frame: pd.DataFrame, now: Snapshot, site: str | None) -> None:
    """Write the site; refused, the form stays as it is."""
    changed = Change(sites=frame, replaces=frozenset() if site is None else frozenset({site}))
    name, key = str(frame["name_vi"].iloc[0]), str(frame["id"].iloc[0])
    what = _("site {name} ({id})").format(name=name, id=key)
    try:
        if site is None:
            desk.save(now, changed, what)
        else:
            desk.save(now, changed, what, draft.based_on, draft.seen)
    except ModelError as error:
        st.error(plain(error))
        return
    drafts.discard(draft)
    desk.chosen(key)
    st.rerun()


def _newer(draft: Draft, now: Snapshot, site: str) -> None:
    """Say what somebody else has changed at this site since the draft was begun."""
    newest = answers_of(now.sites.loc[site], editing.ANSWERS)
    theirs = {
        column: (draft.began.get(column, ""), text)
        for column, text in newest.items()
        if text != draft.began.get(column, "")
    }
    if not theirs:
        drafts.rebase(draft, newest, now)
        return
    st.warning(_("Somebody else has changed this site while you were typing:"))
    sentence = _("{what}: “{before}” became “{after}”")
    lines = []
    for column, texts in theirs.items():
        named = (wording.term_text(column, text) or wording.BLANK for text in texts)
        before, after = map(plain, named)
        lines.append("- " + sentence.format(what=_head(column), before=before, after=after))
    st.markdown("\n".join(lines))
    st.button(
        _("I have seen it; keep what I changed and take over the rest"),
        on_click=drafts.rebase,
        args=(draft, newest, now),
    )


def _head(column: str) -> str:
    return HEADS[POSITION] if column == POSITION else HEADS.get(column, column)
