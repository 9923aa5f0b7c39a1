"""Evidence of a site, of several, a district or the province: its records, and entering them.

A record is never changed: another one takes its place or withdraws it. Not here: what the answers
mean (``geodata.stewardship``), the list (``record_list``), or the form (``record_form``).
"""

import streamlit as st

from geodata.core.text import _
from geodata.geography.units import Tier
from geodata.reading.view import View
from geodata.register.evidence import PROVINCE
from geodata.stewardship import events
from geodata.stewardship.answers import Known
from geodata.store import Snapshot
from pages.parts.shared.data import Data
from pages.parts.steward import desk, record_form, record_list, withdrawing
from pages.parts.steward.record_form import MANY
from pages.parts.steward.record_list import CALL_OFF, EVENT, SUPERSEDE, WITHDRAW

DOING = "record_doing"  # what is being done, and with which record
NEW = "new"


def render(now: Snapshot, view: View, data: Data) -> None:
    """Show the records of a subject, and the form of what is being done with one of them."""
    known = desk.known(now)
    subject = _subject(known, view, data)
    what, key = st.session_state.get(DOING, (None, ""))
    if not _possible(what, key, subject, now):
        _listed(subject, now, known)
        return
    st.button(_("Back to the records"), icon=":material/arrow_back:", on_click=do, args=("", ""))
    if _doing((what, key), subject, now, known, view):
        do("", "")
        st.rerun()


def do(what: str, key: str) -> None:
    """Go on with something, or with the list."""
    st.session_state[DOING] = (what, key)


def _possible(what: str | None, key: str, subject: str, now: Snapshot) -> bool:
    """Say whether what was being done is about what is looked at, and still can be."""
    if what == NEW:
        return key == subject
    if what in (EVENT, CALL_OFF):
        subjects = set(events.of_event(now.evidence, key)["subject"])
        return bool(subjects) and (subject == MANY or subject in subjects)
    one = (now.evidence["id"] == key).to_numpy(dtype=bool)
    return what in (SUPERSEDE, WITHDRAW) and subject in set(now.evidence["subject"][one])


def _doing(doing: tuple[str, str], subject: str, now: Snapshot, known: Known, view: View) -> bool:
    """Show the form of what is being done; return whether something was saved."""
    what, key = doing
    if what == NEW:
        return record_form.render(now, known, view, record_form.new(subject))
    if what in (EVENT, CALL_OFF):
        old = events.of_event(now.evidence, key)
        if what == CALL_OFF:
            return withdrawing.event(key, old, now, known)
        return record_form.render(now, known, view, record_form.of_event(key, old))
    record = now.evidence[(now.evidence["id"] == key).to_numpy(dtype=bool)]
    if what == WITHDRAW:
        return withdrawing.record(record.iloc[0], now, known)
    return record_form.render(now, known, view, record_form.in_place_of(record))


def _listed(subject: str, now: Snapshot, known: Known) -> None:
    """Show what there is, and the way to add to it."""
    if subject == MANY:
        record_list.of_events(known, do)
        label = _("Add an event at several sites")
    else:
        about = (now.evidence["subject"] == subject).fillna(value=False).to_numpy(dtype=bool)
        record_list.of_subject(now.evidence[about], now, known, do)
        label = _("Add evidence")
    st.button(label, icon=":material/add:", type="primary", on_click=do, args=(NEW, subject))


def _subject(known: Known, view: View, data: Data) -> str:
    """Show whom the records are about: the site chosen, several, a district, the province."""
    named = {view.site: str(data.sites.loc[view.site, "name_vi"])} if view.site else {}
    named[MANY] = _("Several sites (one event)")
    listed = known.geography.gazetteer.listed
    named |= {unit.code: unit.name for unit in listed if unit.level is Tier.DISTRICT}
    named[PROVINCE] = _("Whole province")
    return st.selectbox(
        _("Evidence about"),
        list(named),
        format_func=named.__getitem__,
        key=f"record_subject_{view.workspace}_{view.site or ''}",
    )
