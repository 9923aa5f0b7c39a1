"""What changed since the day compared, as a timeline.

Not here: what happened (``geodata.reading.timeline``), or how it is drawn (``markup``).
"""

import pandas as pd
import streamlit as st

from geodata.core.text import _, day, number
from geodata.reading import timeline
from geodata.reading.briefing import Briefing
from geodata.reading.timeline import Happening
from pages.parts.briefing import markup


def happenings(briefing: Briefing, evidence: pd.DataFrame) -> tuple[Happening, ...]:
    """Return what happened since the day compared; nothing where there is none."""
    if briefing.compared_to is None:
        return ()
    every = timeline.happenings(briefing.changes, evidence, briefing.compared_to)
    return timeline.by_month(every)


def render(briefing: Briefing, evidence: pd.DataFrame) -> None:
    """Show what happened, the newest first, each with the sites it moved and its evidence."""
    every = happenings(briefing, evidence)
    if not every:
        st.caption(_("No site changed its status between the two dates."))
    else:
        st.markdown(summary(briefing, every))
        st.html(markup.many(map(markup.happening, every), "hg-timeline"))
    if any(result.unnamed for result in briefing.results):
        st.caption(_("Sites that are not public are not listed here."))


def summary(briefing: Briefing, every: tuple[Happening, ...]) -> str:
    """Return in a sentence how much changed between the two days."""
    words = _("{n} changes of status between {before} and {after}, the newest first.")
    return words.format(
        n=number(sum(one.sites for one in every)),
        before=day(briefing.compared_to) if briefing.compared_to else "",
        after=day(briefing.view.as_of),
    )
