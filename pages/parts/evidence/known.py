"""What is known and what is not, and how to add to it.

Not here: the counting (``geodata.reading.knowledge``).
"""

from collections.abc import Mapping

import streamlit as st

from geodata.core.text import _, number
from geodata.outputs.data import template
from geodata.outputs.ledger import Records
from geodata.reading import board
from geodata.reading.answer import Bar
from geodata.reading.knowledge import Opening, Tally, known_texts, opening_text
from geodata.reading.labels import target_name
from geodata.rules.targets import Result
from pages.parts.map import frame
from pages.parts.shared.bullet import bullet
from pages.parts.shared.data import Data
from pages.parts.shared.words import plain

KNOWN, ADD = "biet-gi", "bo-sung"


def ways() -> None:
    """Show the ways to what stands below the list on a phone."""
    names = {KNOWN: _("What is known, and what is not"), ADD: _("Send in evidence")}
    st.markdown(" · ".join(f"[{words}](#{anchor})" for anchor, words in names.items()))


def answer(tally: Tally) -> None:
    """Show how much evidence there is, of how many of the sites."""
    sentence = _sentence(tally)
    with st.container(key="answer", gap=None):
        st.markdown(f"### {_headline(tally)}")
        if tally.sites:
            st.html(bullet(Bar(tally.with_records / tally.sites, 0, None), sentence))
        st.markdown(sentence)


def brief(tally: Tally) -> None:
    """Say the same where there is no room for the panel."""
    frame.brief(_headline(tally), _sentence(tally))


def _headline(tally: Tally) -> str:
    words = _("{x}/{sites} sites have evidence")
    return words.format(x=number(tally.with_records), sites=number(tally.sites))


def _sentence(tally: Tally) -> str:
    """Return how many records there are, and how many of them one can look up."""
    words = _("{n} records, {sourced} of them with a source.")
    if not tally.records:
        words = _("No evidence is on record yet.")
    elif tally.sourced == tally.records:
        words = _("{n} records, each with a source.")
    return words.format(n=number(tally.records), sourced=number(tally.sourced))


def render(known: Records, names: Mapping[str, str]) -> None:
    """Show how much is known, which targets cannot be judged, and where papers are missing."""
    st.html(f'<div id="{KNOWN}"></div>')  # an anchor of Streamlit's own is called in English
    st.subheader(_("What is known, and what is not"), anchor=False)
    listed(known, names)


def listed(known: Records, names: Mapping[str, str]) -> None:
    """Show the same without its title."""
    st.markdown("\n".join(f"- {line}" for line in known_texts(known.tally)))
    if known.unjudged:
        title = _("Targets of which nothing can be concluded yet")
        unjudged = "\n".join(f"- {_why(result)}" for result in known.unjudged)
        st.markdown(f"**{title}**\n\n{unjudged}")
    if known.openings:
        title = _("Where one paper would change most")
        places = [f"{n}. {_place(one, names)}" for n, one in enumerate(known.openings, 1)]
        st.markdown("\n".join([f"**{title}**\n", *places]))
        st.caption(
            _(
                "Counted by the districts of before 01/07/2025: the sites, models and districts "
                "of which it is not known whether they count, or what happened there."
            )
        )


def _why(result: Result) -> str:
    """Return why a target cannot be judged."""
    head = f"{result.target.id[1:]}. {target_name(result.target.id)}"
    return f"**{head}**: {board.missing(result)}"


def _place(opening: Opening, names: Mapping[str, str]) -> str:
    """Return how much a district's papers would settle."""
    words = _("**{place}**: one dated report that names them would settle {parts}.")
    return words.format(place=plain(names.get(opening.district, "")), parts=opening_text(opening))


def add(data: Data) -> None:
    """Offer the template, and say where a paper is sent."""
    with st.container(border=True):
        st.html(f'<div id="{ADD}"></div>')
        st.subheader(_("Send in evidence"), anchor=False)
        st.markdown(
            _(
                "A report, minutes, a decision or a press item helps if it says **what** was done, "
                "**where**, **on which day** and **by whom**. Fill in one line of the template for "
                "each, attach the paper or its address, and send both to the office in charge of "
                "the plan."
            )
        )
        st.download_button(
            _("Template"),
            lambda: template.render(data.sites),
            file_name="hau-giang-mau-nhap-lieu.xlsx",
            icon=":material/draft:",
            on_click="ignore",
            key="w_record_template",
        )
        st.caption(_("Nothing is taken in by itself: a steward reads each paper and grades it."))
