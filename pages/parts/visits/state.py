"""The scenario of this session, kept in step with the address; those saved by name beside it.

Not here: what a scenario means (``geodata.planning.scenario``), or the view (``state``).
"""

import streamlit as st

from geodata.planning.scenario import Scenario
from geodata.planning.words import WORDS, from_words, to_words
from pages.parts.shared.addressed import Addressed

_SCENARIO = Addressed("visits", WORDS.values(), from_words, to_words)
SAVED, MATRICES = "visits_saved", "visits_matrices"
MOST_SAVED = 20


def current() -> Scenario:
    """Return the session's scenario, taken anew from the address when that was changed by hand."""
    return _SCENARIO.current()


def change(**to: object) -> None:
    """Change the scenario."""
    _SCENARIO.change(**to)


def take(scenario: Scenario) -> None:
    """Make a scenario the one shown; the address is written when the page is."""
    _SCENARIO.take(scenario)


def keep(venue: str) -> None:
    """Choose a venue in any case, or no longer so."""
    now = _SCENARIO.kept()
    rest = tuple(one for one in now.locked if one != venue)
    change(
        locked=rest if venue in now.locked else (*rest, venue),
        avoided=tuple(one for one in now.avoided if one != venue),
    )


def leave(venue: str) -> None:
    """Choose a venue never."""
    now = _SCENARIO.kept()
    change(
        locked=tuple(one for one in now.locked if one != venue),
        avoided=(*(one for one in now.avoided if one != venue), venue),
    )


def problems() -> list[str]:
    """Return what the address or a file asked for and could not get."""
    return _SCENARIO.problems()


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
