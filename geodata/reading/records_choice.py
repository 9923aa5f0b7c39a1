"""What a reader chose to see of the ledger, and the same as words of an address.

Pure. Not here: the ledger itself (``records``), or the widgets that change the choice.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace

import pandas as pd

from geodata.core.names import fold
from geodata.reading.address import unusable
from geodata.reading.records import UNDATED
from geodata.register.evidence import AXES, GRADES

PAGE = 50
_MOST = 100_000  # records shown at once
_LONGEST = 200  # letters of a search
WORDS = {
    "text": "search",
    "axes": "axes",
    "grades": "grades",
    "years": "years",
    "subject": "subject",
    "rows": "rows",
}
"""How each choice is spelled in an address."""


@dataclass(frozen=True)
class RecordChoice:
    """A search and filters; empty means no restriction. `rows` is how many are shown."""

    text: str = ""
    axes: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    subject: str = ""
    rows: int = PAGE

    @property
    def narrows(self) -> int:
        """How many filters are set; the search is none of them."""
        return sum(bool(one) for one in (self.axes, self.grades, self.years, self.subject))


def chosen(table: pd.DataFrame, choice: RecordChoice) -> pd.DataFrame:
    """Return the records of a ledger that a choice leaves, in its order.

    All words searched for must occur, in any order, with or without diacritics; a number such as
    45/KH-UBND is one word.
    """
    keep = pd.Series(data=True, index=table.index)
    for column, wanted in (("axis", choice.axes), ("grade", choice.grades), ("year", choice.years)):
        if wanted:
            keep &= table[column].isin(wanted)
    if choice.subject:
        keep &= table["subject"] == choice.subject
    for word in map(fold, choice.text.split()):
        keep &= table["folded"].str.contains(word, regex=False)
    return table[keep.fillna(value=False).to_numpy(dtype=bool)]


def to_words(choice: RecordChoice) -> dict[str, str]:
    """Return a choice as words of an address; what is as usual is left out."""
    usual = RecordChoice()
    values = {f.name: getattr(choice, f.name) for f in fields(RecordChoice)}
    return {
        WORDS[name]: ",".join(value) if isinstance(value, tuple) else str(value)
        for name, value in values.items()
        if value != getattr(usual, name)
    }


def from_words(words: Mapping[str, str]) -> tuple[RecordChoice, list[str]]:
    """Return the choice that words describe, and a sentence for each that is of no use."""
    made, problems = RecordChoice(text=words.get(WORDS["text"], "")[:_LONGEST]), []
    known = {"axes": AXES, "grades": GRADES}
    for name in ("axes", "grades", "years"):
        parts = [part for part in words.get(WORDS[name], "").split(",") if part]
        good = tuple(part for part in parts if _known(part, known.get(name)))
        made = replace(made, **{name: good})  # type: ignore[arg-type]
        if strange := [part for part in parts if part not in good]:
            problems.append(unusable(WORDS[name], ",".join(strange)))
    made = replace(made, subject=words.get(WORDS["subject"], ""))
    rows = words.get(WORDS["rows"], str(PAGE))
    if rows.isascii() and rows.isdigit() and PAGE <= int(rows[:9]) <= _MOST:
        return replace(made, rows=int(rows)), problems
    return made, [*problems, unusable(WORDS["rows"], rows)]


def _known(part: str, values: Collection[str] | None) -> bool:
    """Say whether a word is one of some values, or a year."""
    if values is not None:
        return part in values
    return part == UNDATED or (part.isascii() and part.isdigit() and len(part) == len("2024"))
