"""Evidence of a site, a district or the province: its records, and entering one by hand.

A record is never changed: another one takes its place or withdraws it. Not here: what the answers
mean (``geodata.stewardship.records``).
"""

from functools import partial

import pandas as pd
import streamlit as st

from geodata.core.text import _, day
from geodata.geography.units import Level
from geodata.reading.labels import grade_text
from geodata.reading.view import View
from geodata.register import vocabulary
from geodata.stewardship import records
from geodata.stewardship.answers import Known
from geodata.store import PROVINCE, Snapshot
from pages.parts.shared.data import Data
from pages.parts.shared.words import date_text, plain
from pages.parts.steward import desk, drafts, record_form

DOING = "record_doing"  # what is being done, and with which record
NEW, SUPERSEDE, WITHDRAW = "new", "supersede", "withdraw"


def render(now: Snapshot, view: View, data: Data) -> None:
    """Show the records of a subject, and the form of what is being done with one of them."""
    known = desk.known(now)
    subject = _subject(known, view, data)
    about = now.evidence[(now.evidence["subject"] == subject).fillna(value=False).to_numpy()]
    doing, key = st.session_state.get(DOING, (None, ""))
    if doing in (SUPERSEDE, WITHDRAW) and key not in set(about["id"]):
        doing = None
    if doing == NEW and key != subject:
        doing = None
    if doing is None:
        _listed(about, now, known)
        st.button(
            _("Add evidence"),
            icon=":material/add:",
            type="primary",
            on_click=_do,
            args=(NEW, subject),
        )
        return
    st.button(_("Back to the records"), icon=":material/arrow_back:", on_click=_do, args=(None, ""))
    if doing == WITHDRAW:
        _withdraw(now.evidence.set_index("id", drop=False).loc[key], now, known)
    else:
        record = now.evidence.set_index("id", drop=False).loc[key] if doing == SUPERSEDE else None
        if record_form.render(now, known, subject, record):
            _do(None, "")
            st.rerun()


def _do(what: str | None, key: str) -> None:
    st.session_state[DOING] = (what, key)


def _subject(known: Known, view: View, data: Data) -> str:
    """Show whom the records are about: the site chosen, a district, the province."""
    named = {view.site: str(data.sites.loc[view.site, "name_vi"])} if view.site else {}
    listed = known.geography.gazetteer.listed
    named |= {unit.code: unit.name for unit in listed if unit.level is Level.DISTRICT}
    named[PROVINCE] = _("Whole province")
    return st.selectbox(
        _("Evidence about"),
        list(named),
        format_func=named.__getitem__,
        key=f"record_subject_{view.workspace}_{view.site or ''}",
    )


# --- the records there are -----------------------------------------------------------------


def _listed(about: pd.DataFrame, now: Snapshot, known: Known) -> None:
    """Show records, the latest first, each with what can be done with it."""
    if about.empty:
        st.info(_("No evidence has been entered yet."))
    for _at, record in about.sort_values(["event_date", "id"], ascending=False).iterrows():
        with st.container(border=True):
            _one(record, now, known)


def _one(record: pd.Series, now: Snapshot, known: Known) -> None:
    key = str(record["id"])
    st.markdown(f"**{date_text(record['event_date'])}** · {record_title(record)}")
    lines = [
        plain(record["organiser"]),
        plain(record["summary_vi"]),
        _("Document: {number}").format(number=plain(record["doc_no"]))
        if pd.notna(record["doc_no"])
        else "",
    ]
    st.markdown("  \n".join(part for part in lines if part))
    st.caption(f"{plain(key)} · {grade_text(str(record['grade']))}")
    _documents(key, now)
    if later := records.ended_by(key, known):
        st.caption(_("No longer stands since {later} was entered.").format(later=plain(later)))
    elif record["kind"] != "withdraw":
        left, right, _rest = st.columns([1, 1, 3])
        for place, label, what in (
            (left, _("Supersede"), SUPERSEDE),
            (right, _("Withdraw"), WITHDRAW),
        ):
            place.button(
                label, key=f"{what}_{key}", width="stretch", on_click=_do, args=(what, key)
            )


def record_title(record: pd.Series) -> str:
    """Return what a record is, in the words of the register."""
    axis = vocabulary.label_of("axis", str(record["axis"]))
    return f"{axis} – {vocabulary.label_of('kind', str(record['kind']))}"


def _documents(record: str, now: Snapshot) -> None:
    """Show the documents of a record; one is read from the folder only when asked for."""
    for _at, file in records.documents_of(now.documents, record).iterrows():
        st.download_button(
            plain(desk.file_text(file["name"], file["size"])),
            data=partial(desk.documents().get, str(file["id"])),
            file_name=str(file["name"]),
            mime=str(file["type"]),
            key=f"document_{record}_{file['id']}",
            icon=":material/attach_file:",
            on_click="ignore",
            type="tertiary",
        )


# --- withdrawing ---------------------------------------------------------------------------


def _withdraw(record: pd.Series, now: Snapshot, known: Known) -> None:
    """Ask for the reason of a withdrawal."""
    st.subheader(_("Withdraw {record}").format(record=plain(record["id"])), anchor=False)
    st.markdown(
        f"{date_text(record['event_date'])} · {record_title(record)} · "
        f"{plain(record['summary_vi'])}"
    )
    st.caption(
        _("The record stays in the journal but no longer counts from {day} on.").format(
            day=day(known.today)
        )
    )
    draft = drafts.opened(f"{now.workspace}_withdraw_{record['id']}", {}, now.revision)
    drafts.text(draft, "summary_vi", _("Reason *"), area=True)
    edited = records.withdrawal(record, draft.answers.get("summary_vi", ""), known.today, known)
    drafts.remarks(draft, edited, "summary_vi")
    if drafts.saving(draft):
        what = _("withdrawal of {record}").format(record=record["id"])
        if record_form.save(draft, edited, now, what):
            _do(None, "")
            st.rerun()
