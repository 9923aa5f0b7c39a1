"""The briefing: are we on target, where not, how many short, at what pace – and as a file."""

import streamlit as st

from geodata.core.text import _, day
from geodata.reading.findings import title
from pages.parts.briefing import board, changes, downloads, given, linked, ranking, slides
from pages.parts.shared import controls, find, heading, sharing, state, style
from pages.parts.shared.data import briefing
from pages.parts.shared.opening import opened
from pages.parts.shared.words import plain, today

view, workspaces, data, plan = opened()
now = briefing(data, plan, view)

# Before the map: its shell then puts back the place that this takes out of the address.
state.write_address(view, today())
if view.slide:
    slides.present(data, plan, now, view)
    st.stop()

for sheet in (style.PANEL, style.BRIEFING):
    st.html(sheet)
find.render(data, view, plan)
with st.sidebar:
    controls.render(view, workspaces)
    controls.compare(view)
    given.render(view)

# All in one container, so that the map keeps its place below however much is said above it.
with st.container(key="brief_head", gap=None):
    board.answer(now)
    heading.days(view, plan)
    heading.problems()
    with st.container(key="brief_ways", horizontal=True):
        st.button(_("Present"), icon=":material/slideshow:", on_click=slides.begin)
        files = st.popover(_("Take it as a file"), icon=":material/file_download:")
with st.container(key="brief", gap=None):
    with st.container(key="brief_board", gap="small"):
        board.whole(now)
        board.render(now)
    with st.container(key="brief_map", gap="small"):
        st.caption(linked.caption(now))
        linked.render(data, view, plan, now)
        linked.chosen_site(data, view)
st.caption(heading.facts(data, view, plan))
sharing.render()
with st.container(key="brief_more"):
    st.subheader(title(plan, view.as_of), anchor=False)
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in now.findings))
    if not now.findings:
        st.info(_("The data on record cannot carry a finding yet; enter evidence to change that."))
    board.by_sector(now)
    if view.compare:
        dates = {"before": day(view.compare), "after": day(view.as_of)}
        st.subheader(_("{before} beside {after}").format(**dates), anchor=False)
        board.compared(now)
        st.subheader(_("What changed"), anchor=False)
        changes.render(now, data.evidence)
    st.subheader(board.target_title(now.result), anchor=False)
    ranking.remarks(now)
    ranking.chart(now)
    with st.expander(_("The same as a table")):
        ranking.table(now)
with files:  # last, so that all else stands while a file is being made
    downloads.render(now)
