"""Kinds of records that are only ever added: what is particular to evidence, and to declarations.

Not here: judging their rows (``records``).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import pandas as pd

from geodata.register import declarations, evidence, frames, vocabulary
from geodata.rules import plan


class Kind(NamedTuple):
    """What is particular to evidence, or to declarations."""

    columns: Sequence[str]
    days: Sequence[str]
    numbers: Sequence[str]
    known: Mapping[str, Sequence[str]]
    references: Sequence[str]
    named_or_not: Sequence[str]
    texts: Sequence[str]
    required: Sequence[str]
    prefix: str
    parse: Callable[[pd.DataFrame, date], tuple[pd.DataFrame, list[frames.Fault]]]

    @property
    def sheet(self) -> str:
        """What tables of the kind are called."""
        return "evidence" if self is EVIDENCE else "declarations"

    def header(self, column: str) -> str:
        """Return the official header of a column."""
        return vocabulary.HEADERS[self.sheet].get(column, column)


_SECTORS = tuple(
    dict.fromkeys(s for one in plan.shipped() for target in one.targets for s in target.sectors)
)
"""What the plans call the sectors whose consumption they count."""

EVIDENCE = Kind(
    evidence.COLUMNS,
    evidence.DAYS,
    ("participants", "enterprises_present"),
    {
        "axis": evidence.AXES,
        "kind": evidence.EVENT_KINDS,
        "grade": evidence.GRADES,
        "scope": evidence.SCOPES,
        "method": evidence.METHODS,
    },
    ("supersedes", "refers_to"),
    ("doc_no", "participants", "enterprises_present", "supersedes", "refers_to", "event"),
    ("doc_no", "organiser", "summary_vi", "summary_en", "subject"),
    ("id", "subject", "axis", "kind", "grade"),
    "EV",
    evidence.read,
)
DECLARATIONS = Kind(
    declarations.COLUMNS,
    declarations.DAYS,
    declarations.NUMBERS,
    {"grade": evidence.GRADES, "sector": _SECTORS},
    ("supersedes",),
    ("supersedes",),
    ("input", "consumption_unit", "output_unit", "source"),
    ("id", "plant", "sector", "input", "grade"),
    "DC",
    declarations.read,
)
