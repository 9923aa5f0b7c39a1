"""The passport of the chosen site, lying over the panel of a screen with a map.

Not here: what stands in it (``passport``).
"""

import streamlit as st

from geodata.core.text import _
from geodata.reading.briefing import knowledge
from geodata.reading.passport import passport
from geodata.reading.view import View
from geodata.register.evidence import event_sizes
from geodata.rules.plan import Plan
from pages.parts.map import passport as passport_view
from pages.parts.map import report, sheet
from pages.parts.shared import style
from pages.parts.shared.data import Data, entered_since
from pages.parts.shared.state import change


def render(site: str, data: Data, view: View, plan: Plan) -> None:
    """Show the passport of a site, with the way to close it."""
    st.html(style.PASSPORT)
    with st.container(key="passport"):
        sheet.handle()
        with st.container(horizontal=True, gap="small"):
            st.button(
                _("Close the passport"),
                on_click=change,
                kwargs={"site": None},
                type="tertiary",
                icon=":material/close:",
            )
            report.button(view)
        report.form(view, data)
        for words in knowledge(data.known_at, entered_since(data, plan, view.as_of)):
            st.caption(words)
        sizes = event_sizes(data.evidence)
        passport_view.render(passport(site, data.sites, data.evidence, plan, view.as_of), sizes)
        report.answers(view)
