"""The evidence: every record that may be shown, what it supports, what is not known yet."""

from dataclasses import replace

import streamlit as st

from geodata.core.text import _, number
from geodata.reading.records_choice import chosen, to_words
from pages.parts.evidence import cards, filters, known
from pages.parts.evidence import data as record_data
from pages.parts.evidence import state as record_state
from pages.parts.map import frame
from pages.parts.shared import controls, find, heading, state, style
from pages.parts.shared.opening import opened
from pages.parts.shared.words import plain, today

view, workspaces, data, plan = opened()
every = record_data.every(data, plan, view.as_of)
choice = record_state.known(record_state.current(), set(every.table["subject"]))
find.render(data, view, plan)
for sheet in (style.PANEL, style.EVIDENCE):
    st.html(sheet)
with st.sidebar:
    frame.head(view)
    known.answer(every.tally)
    frame.days(view, plan)
    controls.days(view, workspaces)
    frame.facts(data, replace(view, kinds=(), statuses=(), unit=None), plan)
state.write_address(view, today(), to_words(choice))
for problem in record_state.problems():
    st.warning(plain(problem))
known.brief(every.tally)
with st.container(key="record_simulated"):
    heading.simulated(view)
with st.container(key="record_ways"):
    known.ways()

rows = chosen(every.table, choice)
left, right = st.columns([1.75, 1], gap="large")
with left:
    filters.render(choice, every.table)
    title = _("Evidence: {n:record|records}").format(n=number(len(rows)))
    with st.container(horizontal=True, vertical_alignment="center", key="record_files"):
        st.markdown(f"**{_('{n} records').format(n=number(len(rows)))}**", width="content")
        cards.files(rows, title, record_data.facts(data, plan, view))
    if every.unlisted:
        words = _("{n} records speak of what is not public: they are counted and not listed.")
        st.caption(words.format(n=number(every.unlisted)))
    cards.render(rows, choice, view)
with right, st.container(key="record_known"):
    known.render(every, record_data.names(data))
    known.add(data)
