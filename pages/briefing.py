"""The briefing: are we on target, where not, how many short, at what pace – and as a file."""

import streamlit as st

from geodata.core.errors import ModelError
from geodata.core.text import _, day
from geodata.reading.findings import title
from pages.parts.briefing import board, downloads, given, ranking, slides
from pages.parts.map import view as map_view
from pages.parts.shared import controls, heading, state
from pages.parts.shared.data import briefing
from pages.parts.shared.opening import opened
from pages.parts.shared.words import plain, today

view, workspaces, data, plan = opened()
now = briefing(data, plan, view)


def show_map() -> None:
    """Show the map of the view, or why it cannot be shown."""
    try:
        map_view.render(data, view, plan, lambda: None)
    except ModelError as error:
        st.error(plain(error))


state.write_address(view, today())
if view.slide:
    slides.present(now, view.slide, show_map)
    st.stop()

with st.sidebar:
    controls.render(view, workspaces)
    controls.compare(view)
    given.render(view)

heading.render(data, view, plan)
with st.container(horizontal=True):
    st.button(_("Present"), icon=":material/slideshow:", on_click=state.change, kwargs={"slide": 1})
    files = st.popover(_("Take it as a file"), icon=":material/file_download:")
board.render(now)
st.subheader(title(plan, view.as_of), anchor=False)
for sentence in now.findings:
    st.markdown(f"- {plain(sentence)}")
if not now.findings:
    st.info(_("The data on record cannot carry a finding yet; enter evidence to change that."))
if view.compare:
    dates = {"before": day(view.compare), "after": day(view.as_of)}
    st.subheader(_("{before} beside {after}").format(**dates), anchor=False)
    board.compared(now)
    st.subheader(_("What changed"), anchor=False)
    ranking.changes(now)
st.subheader(board.target_title(now.result), anchor=False)
ranking.remarks(now)
ranking.chart(now)
ranking.table(now)
with files:  # last, so that all else stands while a file is being made
    downloads.render(now)
