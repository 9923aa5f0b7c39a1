"""The scenario of this session, kept in step with the address; those saved by name beside it.

Not here: what a scenario means (``geodata.planning.scenario``), or the view (``state``).
"""

from dataclasses import replace

import streamlit as st

from geodata.planning.scenario import Scenario
from geodata.planning.words import WORDS, from_words, to_words

CURRENT, SPELLED, PROBLEMS = "visits_scenario", "visits_address", "visits_problems"
SAVED, MATRICES = "visits_saved", "visits_matrices"
MOST_SAVED = 20


def current() -> Scenario:
    """Return the session's scenario, taken anew from the address when that was changed by hand."""
    address = st.query_params.to_dict()
    words = {word: address[word] for word in WORDS.values() if word in address}
    # Coming from another screen empties the address; that changes nothing.
    if CURRENT not in st.session_state or (address and words != st.session_state[SPELLED]):
        st.session_state[CURRENT], st.session_state[PROBLEMS] = from_words(words)
    scenario: Scenario = st.session_state[CURRENT]
    st.session_state[SPELLED] = to_words(scenario)
    return scenario


def change(**to: object) -> None:
    """Change the scenario."""
    take(replace(st.session_state[CURRENT], **to))


def take(scenario: Scenario) -> None:
    """Make a scenario the one shown; the address is written when the page is."""
    st.session_state[CURRENT] = scenario
    st.session_state[SPELLED] = {
        word: st.query_params[word] for word in WORDS.values() if word in st.query_params
    }
    st.session_state[PROBLEMS] = []


def keep(venue: str) -> None:
    """Choose a venue in any case, or no longer so."""
    now: Scenario = st.session_state[CURRENT]
    rest = tuple(one for one in now.locked if one != venue)
    change(
        locked=rest if venue in now.locked else (*rest, venue),
        avoided=tuple(one for one in now.avoided if one != venue),
    )


def leave(venue: str) -> None:
    """Choose a venue never."""
    now: Scenario = st.session_state[CURRENT]
    change(
        locked=tuple(one for one in now.locked if one != venue),
        avoided=(*(one for one in now.avoided if one != venue), venue),
    )


def problems() -> list[str]:
    """Return what the address or a file asked for and could not get."""
    listed: list[str] = st.session_state.setdefault(PROBLEMS, [])
    return listed


def saved() -> dict[str, Scenario]:
    """Return the scenarios saved in this session, by name."""
    by_name: dict[str, Scenario] = st.session_state.setdefault(SAVED, {})
    return by_name


def save(scenario: Scenario) -> None:
    """Keep a scenario under its name; the oldest goes when there are too many."""
    kept = saved()
    kept.pop(scenario.name, None)
    kept[scenario.name] = scenario
    while len(kept) > MOST_SAVED:
        kept.pop(next(iter(kept)))
