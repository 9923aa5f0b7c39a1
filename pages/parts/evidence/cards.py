"""The records, one a card: when, how strong, about whom, what, by whom, what for, from where.

Not here: what a record supports or why it does not count (``geodata.reading.records``).
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from geodata.core.text import _, number
from geodata.reading.labels import grade_text
from geodata.reading.records import title, titled
from geodata.reading.records_choice import PAGE, RecordChoice
from geodata.reading.view import View
from pages.parts.evidence import state
from pages.parts.shared import sorted_list
from pages.parts.shared.state import spelled
from pages.parts.shared.words import date_text, links, plain, today, when

MAP = "pages/map.py"


def render(rows: pd.DataFrame, choice: RecordChoice, view: View) -> None:
    """Show the records that a choice leaves, the first of them at once."""
    if rows.empty:
        _nothing(choice)
        return
    for _at, record in rows.head(choice.rows).iterrows():
        _card(record, view)
    if (more := len(rows) - choice.rows) > 0:
        st.button(
            _("Show {n} more of {rest}").format(n=number(min(PAGE, more)), rest=number(more)),
            key="w_record_more",
            icon=":material/expand_more:",
            width="stretch",
            on_click=state.change,
            kwargs={"rows": choice.rows + PAGE},
        )


def _nothing(choice: RecordChoice) -> None:
    """Say what to do where no record is left."""
    if not (choice.text or choice.narrows):
        st.info(
            _("No evidence has been published yet; take the template below and send the first.")
        )
        return
    st.info(_("No record matches; search for one word of it, or remove a filter."))
    st.button(_("Remove search and filters"), key="w_record_none", on_click=state.clear)


def _card(record: pd.Series, view: View) -> None:
    """Show one record."""
    with st.container(border=True, key=f"record_{record['id']}"):
        left, right = st.columns([1, 3], gap="small")
        with left:
            st.markdown(f"**{when(record)}**")
            st.caption(f"{title(record)}  \n{_grade(str(record['grade']))}")
        with right:
            _about(record, view)
            lines = [plain(record["summary_vi"]), _issued(record), _counts(record)]
            st.markdown("  \n".join(line for line in lines if line))
            ends = (plain(record["id"]), links(record["source_url"]))
            st.caption(" · ".join(part for part in ends if part))


def _about(record: pd.Series, view: View) -> None:
    """Show whom a record is about; a site leads to its passport."""
    if pd.isna(record["site"]):
        st.markdown(f"**{plain(record['about'])}**")
        return
    st.page_link(
        MAP,
        label=f"**{plain(record['about'])}**",
        icon=":material/location_on:",
        query_params=spelled(replace(view, site=str(record["site"])), today()),
    )


def _grade(grade: str) -> str:
    """Return a grade with its meaning."""
    words = _("Grade {grade}")
    return words.format(grade=grade_text(grade))


def _issued(record: pd.Series) -> str:
    """Return who issued or held it, and by which document."""
    document = ""
    if pd.notna(record["doc_no"]):
        document = _("Document: {number}").format(number=plain(record["doc_no"]))
        if pd.notna(record["doc_date"]):
            document += f" ({date_text(record['doc_date'])})"
    return " · ".join(part for part in (plain(record["organiser"]), document) if part)


def _counts(record: pd.Series) -> str:
    """Return what a record supports today, or why it does not count."""
    if pd.notna(record["supports"]):
        words = _("**Supports:** {uses}").format(uses=plain(record["supports"]))
        return f":material/check_circle: {words}"
    words = _("**Does not count:** {reason}").format(reason=plain(record["reason"]))
    return f":material/info: {words}"


def files(rows: pd.DataFrame, heading: str, facts: Mapping[str, str]) -> None:
    """Offer the records that a choice leaves as files, all of them."""
    sorted_list.files(partial(_in_columns, rows), heading, facts, "minh-chung")


def _in_columns(rows: pd.DataFrame) -> pd.DataFrame:
    pairs = zip(rows["axis"], rows["kind"], strict=True)
    return pd.DataFrame(
        {
            _("Code"): rows["id"],
            _("Day"): rows["event_date"],
            _("Date as written"): rows["date_text"],
            _("Grade"): rows["grade"].astype("string").map(grade_text),
            _("What it is"): [titled(axis, kind) for axis, kind in pairs],
            _("About whom"): rows["about"],
            _("Code of the subject"): rows["subject"],
            _("Summary"): rows["summary_vi"],
            _("Issued or held by"): rows["organiser"],
            _("Document number"): rows["doc_no"],
            _("Supports"): rows["supports"],
            _("Why it does not count"): rows["reason"],
            _("Source"): rows["source_url"],
        }
    )
