"""The method: how a status follows from evidence, in the words and numbers the software uses."""

import streamlit as st

from geodata.core.text import _
from geodata.rules.plan import shipped
from pages.parts import method as method_view

st.title(_("Method"), anchor=False)
plans = {plan.year: plan for plan in shipped()}
year = st.segmented_control(
    _("Plan"),
    list(plans),
    default=max(plans),
    required=True,
    format_func=lambda year: f"{plans[year].decision} ({year})",
)
chosen = plans[year]
method_view.dates()
method_view.rules(chosen)
method_view.grades()
method_view.profiles(chosen)
method_view.targets(chosen)
method_view.counting()
method_view.intensity(chosen)
method_view.sources()
