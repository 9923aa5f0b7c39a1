"""Beside a map of which little is known: the newest records, what they leave open, how to add one.

Not here: all of them (``pages.evidence``).
"""

import pandas as pd
import streamlit as st

from geodata.core.text import _, number
from geodata.reading.labels import grade_text
from geodata.reading.view import View
from geodata.rules.plan import Plan
from pages.parts.evidence import data as record_data
from pages.parts.evidence import known
from pages.parts.map.answer import to_records
from pages.parts.shared.data import Data
from pages.parts.shared.words import links, plain, when

SHOWN, LETTERS = 3, 110


def render(data: Data, view: View, plan: Plan) -> None:
    """Show the newest records, the way to all of them, and what is not known."""
    every = record_data.every(data, plan, view.as_of)
    past = every.table["event_date"] <= pd.Timestamp(view.as_of)
    newest = every.table[past.to_numpy(dtype=bool)].head(SHOWN)
    if len(newest):
        title = _("Newest evidence")
        st.markdown(f"**{title}**")
        with st.container(key="recent", gap="small"):
            for _id, record in newest.iterrows():
                _line(record)
    to_records(_("All {n} records, or add one").format(n=number(len(every.table))), view)
    with st.expander(_("What is known, and what is not")):
        known.listed(every, record_data.names(data))


def _line(record: pd.Series) -> None:
    """Show a record in a few lines: when and how strong, what, and from where."""
    summary = record["summary_vi"] if pd.notna(record["summary_vi"]) else record["about"]
    words = "" if pd.isna(summary) else str(summary)
    short = words if len(words) <= LETTERS else words[:LETTERS].rsplit(" ", 1)[0] + " …"
    grade = grade_text(str(record["grade"])).split(" – ")[0]
    head = _("{day} · grade {grade}").format(day=when(record), grade=grade)
    st.markdown(f"**{head}**  \n{plain(short)}  \n{links(record['source_url'])}")
