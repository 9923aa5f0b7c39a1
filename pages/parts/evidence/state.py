"""The choice among the records of this session, kept in step with the address.

Not here: what a choice means (``geodata.reading.records_choice``), or the view (``state``).
"""

from collections.abc import Collection
from dataclasses import replace
from typing import TypedDict, Unpack

from geodata.reading.address import unusable
from geodata.reading.records_choice import PAGE, WORDS, RecordChoice, from_words, to_words
from pages.parts.shared.addressed import Addressed

_CHOICE = Addressed("records", WORDS.values(), from_words, to_words)


class Wanted(TypedDict, total=False):
    """Parts of a choice, by the names they have there."""

    text: str
    axes: tuple[str, ...]
    grades: tuple[str, ...]
    years: tuple[str, ...]
    subject: str
    rows: int


def current() -> RecordChoice:
    """Return the session's choice, taken anew from the address when that was changed by hand."""
    return _CHOICE.current()


def change(**to: Unpack[Wanted]) -> None:
    """Change the choice; another list begins at its top again."""
    _CHOICE.change(**{"rows": PAGE, **to})


def clear() -> None:
    """Give up search and filters."""
    _CHOICE.take(RecordChoice())


def known(choice: RecordChoice, subjects: Collection[str]) -> RecordChoice:
    """Return a choice rid of a subject of which there are no records, and say so."""
    if not choice.subject or choice.subject in subjects:
        return choice
    problems().append(unusable(WORDS["subject"], choice.subject))
    return _CHOICE.settle(replace(choice, subject=""))


def problems() -> list[str]:
    """Return what the address asked for and could not get."""
    return _CHOICE.problems()
