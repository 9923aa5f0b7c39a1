"""The method: how a status follows from evidence, in the words and numbers the software uses."""

import streamlit as st

from geodata.core.errors import ModelError
from geodata.core.text import _
from geodata.rules.plan import shipped
from pages.parts.map import frame
from pages.parts.method import rules, worked
from pages.parts.shared import controls, find, state, style
from pages.parts.shared.opening import opened
from pages.parts.shared.words import plain, today

for sheet in (style.PANEL, style.METHOD):
    st.html(sheet)
try:
    view, workspaces, data, plan = opened()
    find.render(data, view, plan)
    with st.sidebar:
        frame.head(view)
        rules.listed()
        frame.days(view, plan, map_too=False)
        controls.place(view, workspaces)
        frame.facts(data, view, plan)
    state.write_address(view, today())
    missing = ""
except ModelError as error:  # the rules can be read without any data
    missing, plan = plain(error), shipped()[-1]
st.title(_("Method"), anchor=False)
st.markdown(
    _(
        "Dated evidence about real places, under dated rules, becomes a status; statuses become a "
        "figure. Below, each step is worked out from the figures in view."
    )
)
rules.section("vi-du")
if missing:
    st.info(missing)
else:
    worked.render(data, view, plan)
rules.rules(plan)
rules.counting()
rules.visits()
rules.dates()
rules.grades()
rules.sources()
rules.targets(plan)
rules.profiles(plan)
rules.intensity(plan)
rules.terms()
