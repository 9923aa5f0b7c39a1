"""What a target comes to: counts with what is not known, verdicts, the lists behind them.

Not here: how anything is counted (the other modules of this package), or sentences (``reading``).
"""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from geodata.rules.plan import Target

VERDICTS = ("met", "not-met", "undetermined", "undefined")

# Domain rule 4.4: what a verified yes is, and what may still turn out to be one.
YES = {"outreach": ("reached",), "compliance": ("compliant",)}
UNKNOWN = {
    "outreach": ("reported", "lapsed", "planned", "overdue", "no-data"),
    "compliance": ("incomplete", "self-declared", "stale", "no-data"),
}
PARTS = ("yes", "unknown", "no")

_OPEN = pd.DataFrame({"status": [], "part": [], "missing": []}, dtype="string")


@dataclass(frozen=True)
class Count:
    """Whole numbers: `yes` of `total`, with `unknown` that may turn out to be yes.

    Without a `total` it is a mere number, and a threshold is a number to be reached. Beside the
    total stand those of which it is not known whether they belong to it, by what they would be:
    `open_yes`, `open_unknown`, `open_no`.
    """

    yes: int
    total: int | None
    unknown: int = 0
    open_yes: int = 0
    open_unknown: int = 0
    open_no: int = 0

    @property
    def no(self) -> int:
        """How many are known not to be yes; only of a count with a total."""
        return (self.total or 0) - self.yes - self.unknown

    @property
    def open(self) -> int:
        """How many may belong to the total or not."""
        return self.open_yes + self.open_unknown + self.open_no

    @property
    def most(self) -> int:
        """The upper bound: all that is unknown turns out to be yes."""
        return self.yes + self.unknown

    def verdict(self, threshold: Fraction) -> str:
        """Return one of `VERDICTS` (domain rule 4.4); no share of nothing is ever met.

        Met is what is met even if every open one that is not yes belongs; not met is what is
        not even met if everything unknown turns out well.
        """
        if self.total is None:
            if self.yes >= threshold:
                return "met"
            return "not-met" if self.most < threshold else "undetermined"
        if self.total + self.open == 0:
            return "undefined"
        if self.yes >= threshold * (self.total + self.open_unknown + self.open_no):
            return "met"
        hopeful = self.open_yes + self.open_unknown
        if self.most + hopeful < threshold * (self.total + hopeful):
            return "not-met"
        return "undetermined"

    def short(self, threshold: Fraction) -> int:
        """Return how many more are needed to meet a threshold among those that surely count."""
        goal = threshold if self.total is None else threshold * self.total
        return max(0, math.ceil(goal) - self.yes)


@dataclass(frozen=True)
class Slice:
    """One line of a breakdown: what it is about, and its count."""

    code: str
    count: Count


@dataclass(frozen=True)
class Result:
    """One target at a date; `outside` is how many are left out of the denominator.

    `counted` lists what is in the denominator with its `status` (of sites also the `part` of the
    count, one of `PARTS`), `open` in the same way what may be in it with what is `missing`,
    `left_out` what is not with the `reason` (all by id; documents with their number as `name`);
    `unnamed` says how many of them are counted and not listed. `reached_on` has the day
    of each verified yes, where days are known. `figures` are further numbers that have no
    threshold, `behind` what they were counted from (by id, with the `figure`), `notes` codes
    that say how to read the result.
    """

    target: Target
    count: Count | None = None
    breakdown: tuple[Slice, ...] = ()
    cumulative: Count | None = None
    counted: pd.DataFrame = field(default_factory=lambda: pd.DataFrame({"status": []}))
    open: pd.DataFrame = field(default_factory=_OPEN.copy)
    left_out: pd.DataFrame = field(default_factory=lambda: pd.DataFrame({"reason": []}))
    outside: int = 0
    unnamed: int = 0
    reached_on: tuple[date, ...] = ()
    figures: Mapping[str, Any] = field(default_factory=dict)
    behind: pd.DataFrame = field(default_factory=lambda: pd.DataFrame({"figure": []}))
    notes: tuple[str, ...] = ()

    @property
    def goal(self) -> Fraction | None:
        """What the count has to reach.

        The threshold, except of sectors: theirs is about each reduction, and all have to meet it.
        """
        return Fraction(1) if self.target.unit == "sector" else self.target.threshold

    @property
    def verdict(self) -> str | None:
        """One of `VERDICTS`, or None for a target that has no threshold."""
        if self.goal is None:
            return None
        return self.count.verdict(self.goal) if self.count else "undefined"

    @property
    def short(self) -> int | None:
        """How many more are needed; None without threshold or denominator."""
        if self.goal is None or not self.count or self.count.total == 0:
            return None
        return self.count.short(self.goal)


def part_of(status: pd.Series, axis: str) -> pd.Series:
    """Return which part of a count each status is: one of `PARTS`."""
    names = dict.fromkeys(YES[axis], "yes") | dict.fromkeys(UNKNOWN[axis], "unknown")
    few = pd.Categorical(status)
    parts = np.array([*(names.get(one, "no") for one in few.categories), "no"], dtype=object)
    return pd.Series(parts[few.codes], index=status.index, dtype="string")


def count(part: pd.Series, open_: pd.Series) -> Count:
    """Return the count of what is in a denominator and of what may be, each by its part."""
    sure, perhaps = (Counter(each.to_numpy(dtype=object)) for each in (part, open_))
    return Count(sure["yes"], len(part), sure["unknown"], *(perhaps[name] for name in PARTS))
