"""Withdrawing a record, or all records of an event, for a reason.

Not here: the list they are chosen from (``record_list``).
"""

import pandas as pd
import streamlit as st

from geodata.core.text import _, day
from geodata.reading.labels import event_label
from geodata.stewardship import events, records
from geodata.stewardship.answers import Known
from geodata.store import Snapshot
from pages.parts.shared.words import plain, when
from pages.parts.steward import before_saving, drafts, record_form, record_list


def record(one: pd.Series, now: Snapshot, known: Known) -> bool:
    """Ask for the reason of the withdrawal of a record; return whether it was saved."""
    key = str(one["id"])
    st.subheader(_("Withdraw {record}").format(record=plain(key)), anchor=False)
    return _asked(one.to_frame().T, f"withdraw_{key}", now, known)


def event(name: str, old: pd.DataFrame, now: Snapshot, known: Known) -> bool:
    """Ask for the reason of the withdrawal of an event; return whether it was saved."""
    title = plain(event_label(name, len(old)))
    st.subheader(_("Withdraw {record}").format(record=title), anchor=False)
    return _asked(old, f"call_off_{name}", now, known)


def _asked(old: pd.DataFrame, name: str, now: Snapshot, known: Known) -> bool:
    first = old.iloc[0]
    st.markdown(f"{when(first)} · {record_list.title(first)} · {plain(first['summary_vi'])}")
    st.caption(
        _("The record stays in the journal but no longer counts from {day} on.").format(
            day=day(known.today)
        )
    )
    draft = drafts.opened(f"{now.workspace}_{name}", {}, now)
    drafts.restored(draft)
    drafts.text(draft, "summary_vi", _("Reason *"), area=True)
    reason = draft.answers.get("summary_vi", "")
    edited = (
        records.withdrawal(first, reason, known.today, known)
        if len(old) == 1
        else events.withdrawal(old, reason, known)
    )
    drafts.remarks(draft, edited, "summary_vi")
    before_saving.render(draft, edited, known)
    if not drafts.saving(draft):
        return False
    listed = ", ".join(old["id"].head(1)) if len(old) == 1 else str(first["event"])
    return record_form.save(draft, edited, now, _("withdrawal of {record}").format(record=listed))
