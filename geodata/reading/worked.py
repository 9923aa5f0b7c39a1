"""A target worked out step by step, from the figures of a day and a place.

Pure. Nothing is counted here: the figures are the target's own (``rules.targets``), a unit's part
that of ``rules.coverage``. Not here: how a rule goes (``passport``, ``method``), or looks.
"""

import math
from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction

import pandas as pd

from geodata.core.lookup import is_in
from geodata.core.text import _, day, number
from geodata.reading.findings import counted, threshold_text
from geodata.reading.labels import kind_label, reason_label, status_label, verdict_label
from geodata.rules import coverage
from geodata.rules.status import COMPLIANCE, OUTREACH
from geodata.rules.targets import PARTS, Count, Result

AXES = {"T3": "outreach", "T5": "outreach", "T6": "compliance"}
"""The targets whose count is a share of statuses, and on which axis."""
OF_SITES = ("T3", "T6")
WORKED = (*OF_SITES, "T5", "T1")
"""The targets that are worked out, first those about sites."""

_ORDER = {"outreach": OUTREACH, "compliance": COMPLIANCE}


@dataclass(frozen=True)
class Row:
    """One line of a step: what, how many; of a status also its axis and its part of the count."""

    label: str
    figure: str
    axis: str = ""
    status: str = ""
    part: str = ""


@dataclass(frozen=True)
class Reach:
    """Whether so many of a total reach a threshold."""

    has: int
    total: int
    goal: Fraction

    @property
    def holds(self) -> bool:
        """The answer, by whole numbers; nothing reaches a share of nothing."""
        return self.total > 0 and self.has >= self.goal * self.total

    @property
    def words(self) -> dict[str, str]:
        """How many it needs, of how many, and how many there are."""
        numbers = {"need": math.ceil(self.goal * self.total), "total": self.total, "has": self.has}
        return {name: number(n) for name, n in numbers.items()}


@dataclass(frozen=True)
class Step:
    """One step: what is done, what comes of it, why, and what it is made of."""

    title: str
    figure: str
    sentence: str
    rows: tuple[Row, ...] = ()


def within(result: Result, here: pd.Index) -> Result:
    """Return the part of a target about sites that some of them have.

    Parameters
    ----------
    result : Result
        Counted over the whole register.
    here : Index
        The ids of the sites looked at.
    """
    left_out = _among(result.left_out, here)
    return replace(
        result,
        count=coverage.whole(result, here),
        counted=_among(result.counted, here),
        open=_among(result.open, here),
        left_out=left_out,
        outside=len(left_out),
    )


def _among(frame: pd.DataFrame, here: pd.Index) -> pd.DataFrame:
    return frame[is_in(frame.index, here)]


def steps(result: Result, kind: pd.Series) -> tuple[Step, ...]:
    """Return how a target comes to its figure, one step after the other.

    Parameters
    ----------
    result : Result
        One of the targets of `WORKED`.
    kind : Series
        The kind of every site of the register, by id.
    """
    if result.count is None:
        return ()
    numerator = _papers(result) if result.target.id == "T1" else _records(result)
    return (_asked(result, kind), _member(result), numerator, _share(result), _judged(result))


def questions(count: Count, goal: Fraction) -> tuple[Reach, Reach]:
    """Return whether a target is surely met, and whether it may still be (domain rule 4.4).

    Surely: every open one that is no verified yes belongs. Perhaps: all unknown turns out well.
    """
    total, hopeful = count.total or 0, count.open_yes + count.open_unknown
    return (
        Reach(count.yes, total + count.open_unknown + count.open_no, goal),
        Reach(count.most + hopeful, total + hopeful, goal),
    )


def status_row(axis: str, status: str, part: str, figure: str = "") -> Row:
    """Return a status as a line, with its part of the count and how many have it."""
    return Row(status_label(axis, status), figure, axis, status, part)


def examples(result: Result, named: pd.Index) -> list[str]:
    """Return the ids of sites to look at: one that is a verified yes, and one that is not yet.

    Parameters
    ----------
    result : Result
        A target about sites.
    named : Index
        The ids of the sites that may be named, those first of which most is known.
    """
    if result.target.id not in OF_SITES:
        return []
    part = result.counted["part"].reindex(named).dropna()
    first = (part.index[(part == name).to_numpy(dtype=bool)][:1] for name in PARTS)
    return [str(site) for ids in first for site in ids][:2]


# --- the steps -------------------------------------------------------------------------------


def _asked(result: Result, kind: pd.Series) -> Step:
    """Return who is asked about at all."""
    ids = [one for part in (result.counted, result.open, result.left_out) for one in part.index]
    if result.target.id == "T1":
        words = _("Central documents on the subject, issued in the plan's year.")
    elif result.target.id == "T5":
        words = _("The districts, towns and cities that there were until 30/06/2025.")
    else:
        words = _("All sites of these kinds on the list, public or not.")
    kinds = kind.reindex(ids).dropna().value_counts()  # of sites alone there are kinds
    rows = [Row(kind_label(str(each)), number(int(n))) for each, n in kinds.items()]
    return Step(_("Who is asked about"), number(len(ids)), words, tuple(rows))


def _member(result: Result) -> Step:
    """Return who belongs to the denominator, and what keeps the others out."""
    count = _sure(result)
    total, open_ = count.total or 0, count.open
    reasons = result.left_out["reason"].value_counts()
    rows = [Row(reason_label(str(why)), f"− {number(int(n))}") for why, n in reasons.items()]
    if open_:
        rows.append(Row(_("Not known whether it counts: beside, not in"), f"− {number(open_)}"))
    if result.target.id in OF_SITES:
        words = _(
            "In: established or recognised by a decision, and operating on the day. Nobody is left "
            "out without a reason."
        )
    elif result.target.id == "T1":
        words = _("In: what needs a document of the province.")
    else:
        words = _("All of them.")
    return Step(_("Who counts: the denominator"), number(total), words, tuple(rows))


def _records(result: Result) -> Step:
    """Return the statuses that records give, each with its part of the count."""
    axis, count = AXES[result.target.id], _sure(result)
    # One status may be either: a claim that nothing verified is not known.
    pairs = Counter(zip(result.counted["status"], result.counted["part"], strict=True))
    rows = tuple(
        status_row(axis, status, part, number(pairs[status, part]))
        for status in _ORDER[axis]
        for part in PARTS
        if (status, part) in pairs
    )
    words = _(
        "Each has exactly one status, from the records up to the day. Only what is verified (grade "
        "A or B) is a yes; what is not known is neither yes nor no."
    )
    figure = _("{yes} yes, {unknown} not known, {no} no")
    parts = {"yes": count.yes, "unknown": count.unknown, "no": count.no}
    text = figure.format(**{name: number(n) for name, n in parts.items()})
    return Step(_("What the records say: the numerator"), text, words, rows)


def _papers(result: Result) -> Step:
    """Return the documents asked for, each with the day on which it was answered."""
    papers = result.counted
    rows = tuple(
        Row(
            _("{document} of {day}").format(document=paper["name"], day=_day(paper["issued"])),
            _("answered on {day}").format(day=_day(paper["answered_on"]))
            if pd.notna(paper["answered_on"])
            else _("no document of the province on record"),
            part="yes" if pd.notna(paper["answered_on"]) else "unknown",
        )
        for _id, paper in papers.iterrows()
    )
    words = _("A document of the province counts that names the central one it implements.")
    yes = number(_sure(result).yes)
    return Step(_("What the records say: the numerator"), yes, words, rows)


def _share(result: Result) -> Step:
    """Return the count as x/N, with its upper bound."""
    count = _sure(result)
    words = _("Numerator over denominator; the percentage is made last and decides nothing.")
    if count.unknown:
        most = _("If all {n} that are not known turned out well, it would be {most}/{total}.")
        numbers = {"n": count.unknown, "most": count.most, "total": count.total or 0}
        words = f"{words} {most.format(**{name: number(n) for name, n in numbers.items()})}"
    return Step(_("The figure"), counted(count, result), words)


def _judged(result: Result) -> Step:
    """Return the verdict, by whole numbers: whether it is surely met, or surely not."""
    count, goal = _sure(result), result.goal
    title = _("Against the threshold")
    if goal is None:
        words = _("This target has no threshold: the figure is told and not judged.")
        return Step(title, verdict_label(None), words)
    least, most = questions(count, goal)
    met = _("needs {need} of {total}, has {has}")
    rows = (
        Row(_("Surely met?"), met.format(**least.words), part="yes" if least.holds else "no"),
        Row(
            _("Still possible, if all that is not known turns out well?"),
            met.format(**most.words),
            part="yes" if most.holds else "no",
        ),
    )
    words = _("Threshold {threshold}. Whole numbers decide; nothing is rounded across it.")
    sentence = words.format(threshold=threshold_text(result.target))
    return Step(title, verdict_label(result.verdict), sentence, rows)


def _sure(result: Result) -> Count:
    assert result.count is not None  # noqa: S101 - `steps` asks
    return result.count


def _day(value: pd.Timestamp) -> str:
    return day(value.date()) if pd.notna(value) else "–"
