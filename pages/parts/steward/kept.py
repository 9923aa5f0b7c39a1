"""The drafts of who is signed in, of this session and of earlier ones: to go on with, or give up.

Not here: keeping them (``drafts``), or the forms they belong to.
"""

import streamlit as st

from geodata.core.text import _, number
from geodata.register import evidence as ev
from geodata.stewardship import events, wording
from geodata.store import Snapshot
from pages.parts.shared.words import plain
from pages.parts.steward import desk, drafts, evidence_form
from pages.parts.steward.drafts import Draft
from pages.parts.steward.record_form import MANY
from pages.parts.steward.record_list import CALL_OFF, EVENT, SUPERSEDE, WITHDRAW

_OF_EVENTS, _OF_RECORDS = (EVENT, CALL_OFF), (SUPERSEDE, WITHDRAW)
PART = "edit_part"


def render(now: Snapshot) -> None:
    """Show the drafts there are, each with the way to it."""
    # The place is kept when there are none: what stands below, a map too, must not be drawn anew.
    place = st.container()
    every = drafts.listed(now.workspace)
    if not every:
        return
    before = any(one.from_before for one in every)
    title = _("Your unfinished forms: {n}").format(n=number(len(every)))
    with place.expander(title, expanded=before, icon=":material/edit_note:"):
        for draft in every:
            _line(draft, now)


def _line(draft: Draft, now: Snapshot) -> None:
    what, key = _aim(draft)
    subject = _subject(what, key, now)
    label = _label(what, key, now)
    if draft.from_before is not None:
        moment = drafts.moment_text(draft.from_before)
        label = _("{what} – your unfinished form of {moment}").format(what=label, moment=moment)
    left, middle, right = st.columns([4, 1, 1], vertical_alignment="center")
    left.markdown(plain(label))
    if subject is None:
        left.caption(_("What it was about is no longer there; it can only be discarded."))
    else:
        middle.button(
            _("Go on"),
            key=f"{draft.name}_go_on",
            width="stretch",
            on_click=_go_on,
            args=(what, key, subject, now),
        )
    right.button(
        _("Discard"),
        key=f"{draft.name}_give_up",
        width="stretch",
        on_click=drafts.discard,
        args=(draft,),
    )


def _aim(draft: Draft) -> tuple[str, str]:
    """Return what a draft does, and with what: its name says so."""
    rest = draft.name.partition("_")[2]
    for what in ("site", evidence_form.NEW, *_OF_RECORDS, *_OF_EVENTS):
        if rest.startswith(f"{what}_"):
            return what, rest.removeprefix(f"{what}_")
    return rest, ""


def _subject(what: str, key: str, now: Snapshot) -> str | None:
    """Return the subject whose screen a draft stands on; None if there is none any more."""
    if what == "site":
        return key if not key or key in now.sites.index else None
    if what in _OF_EVENTS:
        return None if events.of_event(now.evidence, key).empty else MANY
    if what in _OF_RECORDS:
        stands = ev.standing(now.evidence)
        here = stands.loc[(stands["id"] == key).to_numpy(dtype=bool), "subject"]
        return str(here.iloc[0]) if len(here) else None
    return key


def _label(what: str, key: str, now: Snapshot) -> str:
    """Return what a draft is, in words."""
    name = wording.subject_name(key, now.sites["name_vi"].dropna().to_dict())
    if what == "site":
        return _("Site {name}").format(name=name) if key else _("New site")
    if what == evidence_form.NEW:
        if key == MANY:
            return _("New event at several sites")
        return _("New evidence about {name}").format(name=name)
    return {
        SUPERSEDE: _("In place of {record}"),
        WITHDRAW: _("Withdraw {record}"),
        EVENT: _("Correction of event {record}"),
        CALL_OFF: _("Withdraw {record}"),
    }.get(what, "{record}").format(record=key)


def _go_on(what: str, key: str, subject: str, now: Snapshot) -> None:
    """Open the form of a draft."""
    if what == "site" and not subject:
        desk.begin(new=True)
        return
    site = subject if subject in now.sites.index else ""
    if site:
        desk.chosen(site)
        st.session_state[PART] = "site" if what == "site" else "evidence"
    else:
        desk.begin(new=False)
    if what != "site":
        st.session_state[f"record_subject_{now.workspace}_{site}"] = subject
        evidence_form.do(what, key)
