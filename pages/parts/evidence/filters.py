"""Search and filters above the records; each shows the choice and changes it.

Not here: which records a choice leaves (``geodata.reading.records_choice``).
"""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from geodata.core.text import _, number
from geodata.reading.labels import grade_text
from geodata.reading.records import UNDATED
from geodata.reading.records_choice import RecordChoice
from geodata.register import vocabulary
from geodata.register.evidence import AXES, GRADES
from pages.parts.evidence import state
from pages.parts.shared.words import spoken

_MOST_SUBJECTS = 5000


def render(choice: RecordChoice, table: pd.DataFrame) -> None:
    """Show the search, and the filters behind a button."""
    with st.container(key="record_search", horizontal=True, vertical_alignment="bottom"):
        st.session_state["w_record_text"] = choice.text
        st.text_input(
            _("Find in the evidence"),
            key="w_record_text",
            placeholder=_("Name, content, document number; with or without diacritics"),
            icon=":material/search:",
            on_change=_take,
            args=("text",),
        )
        words = _("Filter")
        if choice.narrows:
            words = _("Filter ({n})").format(n=number(choice.narrows))
        with st.popover(words, icon=":material/filter_list:"):
            _filters(choice, table)


def _filters(choice: RecordChoice, table: pd.DataFrame) -> None:
    years = sorted({str(year) for year in table["year"].unique()} - {UNDATED}, reverse=True)
    if (table["year"] == UNDATED).any():
        years.append(UNDATED)
    axes = [axis for axis in AXES if (table["axis"] == axis).any()]
    _many("axes", _("Subject matter"), axes, choice.axes, axis_word)
    _many("grades", _("Grade"), GRADES, choice.grades, grade_text)
    _many("years", _("Year"), years, choice.years, year_word)
    names, whole = _subjects(table, choice)
    st.session_state["w_record_subject"] = choice.subject
    st.selectbox(
        _("About whom"),
        ["", *map(str, names.index)],
        key="w_record_subject",
        format_func=lambda code: spoken(names[code]) if code else _("All"),
        help=None if whole else _("Of so many sites none is listed here: the search finds each."),
        on_change=_take,
        args=("subject",),
    )
    if choice.narrows or choice.text:
        st.button(_("Remove search and filters"), key="w_record_clear", on_click=state.clear)


def _subjects(table: pd.DataFrame, choice: RecordChoice) -> tuple[pd.Series, bool]:
    """Return the names of those to choose from, and whether they are all.

    Of too many sites only the one chosen is among them.

    A search finds a site by its name, and a browser waits for a list as long as that.
    """
    subjects = table.drop_duplicates("subject").set_index("subject")
    whole = len(subjects) <= _MOST_SUBJECTS
    if not whole:
        chosen = subjects.index == choice.subject
        subjects = subjects[subjects["site"].isna().to_numpy() | chosen]
    return subjects["about"].astype(str).sort_values(), whole


def _many(
    name: str,
    label: str,
    options: Sequence[str],
    picked: Sequence[str],
    word: Callable[[str], str],
) -> None:
    """Show a list from which any number can be chosen; none chosen means all."""
    key = f"w_record_{name}"
    every = list(dict.fromkeys([*options, *picked]))
    st.session_state[key] = list(picked)
    st.multiselect(
        label,
        every,
        key=key,
        format_func=word,
        placeholder=_("All"),
        on_change=_take,
        args=(name,),
    )


def _take(name: str) -> None:
    """Carry what a widget now says over into the choice."""
    value: Any = st.session_state[f"w_record_{name}"]
    if isinstance(value, list):
        value = tuple(value)
    elif value is None:
        value = ""
    state.change(**{name: value})


def axis_word(axis: str) -> str:
    """Return what an axis of records is called."""
    return vocabulary.label_of("axis", axis)


def year_word(year: str) -> str:
    """Return a year of records as people read it."""
    return _("Without a day") if year == UNDATED else year
