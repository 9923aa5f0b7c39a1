"""The records there are of a subject, and the events of several sites, each with what can be done.

Not here: doing it (``evidence_form``).
"""

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from geodata.core.text import _, number
from geodata.reading.labels import event_label, grade_text
from geodata.register import evidence as ev
from geodata.register import vocabulary
from geodata.stewardship import records
from geodata.stewardship.answers import Known
from geodata.store import Snapshot
from pages.parts.shared.words import plain, when
from pages.parts.steward import desk

SUPERSEDE, WITHDRAW, EVENT, CALL_OFF = "supersede", "withdraw", "event", "call_off"
_SITES_NAMED = 6
_EVENTS_SHOWN = 50

Do = Callable[[str, str], None]
"""Goes on with something: what, and the record or event it is done with."""


def of_subject(about: pd.DataFrame, now: Snapshot, known: Known, do: Do) -> None:
    """Show the records of a subject, the latest first, each with what can be done with it."""
    if about.empty:
        st.info(_("No evidence has been entered yet."))
    sizes = ev.event_sizes(known.evidence)
    for _at, record in about.sort_values(["event_date", "id"], ascending=False).iterrows():
        with st.container(border=True):
            count = 0 if pd.isna(record["event"]) else sizes.get(str(record["event"]), 0)
            _one(record, count, now, known, do)


def of_events(known: Known, do: Do) -> None:
    """Show the events of several sites, the latest first, each as one."""
    sizes = ev.event_sizes(known.evidence)
    if not sizes:
        st.info(_("No event at several sites has been entered yet."))
        return
    stands = ev.standing(known.evidence)
    shared = stands[stands["event"].isin(list(sizes)).to_numpy(dtype=bool)]
    firsts = shared.sort_values(["event_date", "event"], ascending=False).drop_duplicates("event")
    for _at, first in firsts.head(_EVENTS_SHOWN).iterrows():
        event = str(first["event"])
        with st.container(border=True):
            subjects = shared.loc[(shared["event"] == event).to_numpy(dtype=bool), "subject"]
            _event(first, event, subjects.tolist(), known)
            _buttons(event, [(EVENT, _("Correct the event")), (CALL_OFF, _("Withdraw"))], do)
    if (more := len(firsts) - _EVENTS_SHOWN) > 0:
        st.caption(_("{n} earlier events are found at their sites.").format(n=number(more)))


def title(record: pd.Series) -> str:
    """Return what a record is, in the words of the register."""
    axis = vocabulary.label_of("axis", str(record["axis"]))
    return f"{axis} – {vocabulary.label_of('kind', str(record['kind']))}"


def _event(record: pd.Series, event: str, subjects: list[str], known: Known) -> None:
    names = known.sites["name_vi"]
    st.markdown(f"**{plain(event_label(event, len(subjects)))}**")
    st.markdown(
        f"{when(record)} · {title(record)} · {plain(record['organiser'])}  \n"
        f"{plain(record['summary_vi'])}"
    )
    shown = [f"{site} {names.get(site, '')}".strip() for site in subjects[:_SITES_NAMED]]
    if (more := len(subjects) - _SITES_NAMED) > 0:
        shown.append(_("and {n} more").format(n=number(more)))
    st.caption(f"{plain('; '.join(shown))} · {grade_text(str(record['grade']))}")


def _one(record: pd.Series, count: int, now: Snapshot, known: Known, do: Do) -> None:
    key = str(record["id"])
    st.markdown(f"**{when(record)}** · {title(record)}")
    lines = [
        plain(event_label(str(record["event"]), count)) if count else "",
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
        whole = [(EVENT, _("Correct the event"))] if count else []
        label = _("Supersede here only") if count else _("Supersede")
        _buttons(key, [(SUPERSEDE, label), (WITHDRAW, _("Withdraw"))], do)
        _buttons(str(record["event"]), whole, do, at=key)


def _buttons(key: str, offered: list[tuple[str, str]], do: Do, at: str = "") -> None:
    """Show what can be done side by side."""
    for place, (what, label) in zip(st.columns([1, 1, 3]), offered, strict=False):
        place.button(
            label,
            key=f"{what}_{key}{f'_{at}' if at else ''}",
            width="stretch",
            on_click=do,
            args=(what, key),
        )


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
