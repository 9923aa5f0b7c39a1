"""A target as a bar, and the answer that a map gives first: its axis's target in a sentence.

Pure. Not here: counting (``rules.targets``), the board of all targets (``briefing``), drawing.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from geodata.core.text import _, number
from geodata.reading.findings import counted, open_text, threshold_text
from geodata.reading.labels import verdict_label
from geodata.rules.targets import Result, of_axis


@dataclass(frozen=True)
class Bar:
    """The parts of a target's bar as shares of the denominator, 0 to 1.

    `unknown` is what may turn out to be yes, `goal` where the threshold stands, if there is one.
    """

    yes: float
    unknown: float
    goal: float | None


@dataclass(frozen=True)
class MapAnswer:
    """A target in few words, with its bar."""

    target: str
    headline: str
    detail: str
    bar: Bar


def bar(result: Result) -> Bar | None:
    """Return the bar of a target; None where there is no threshold or no denominator."""
    count, goal = result.count, result.goal
    if count is None or not count.total or goal is None:
        return None
    return Bar(count.yes / count.total, count.unknown / count.total, float(goal))


def answer(results: Iterable[Result], axis: str) -> MapAnswer | None:
    """Return the answer of an axis; None where nothing belongs to the denominator of its target.

    Parameters
    ----------
    results : iterable of Result
        The plan's targets at the day looked at, of the whole register.
    axis : str
        One of `view.AXES`.
    """
    result = of_axis(tuple(results), axis)
    count, drawn = result.count, bar(result)
    if count is None or drawn is None:
        return None
    sentence = {
        "outreach": _("{counted} sites have been reached"),
        "compliance": _("{counted} sites meet the profile"),
    }[axis]
    detail = [
        _("target {threshold}").format(threshold=threshold_text(result.target)),
        _("{n} short").format(n=number(result.short)) if result.short else "",
        _("{n} not known").format(n=number(count.unknown)) if count.unknown else "",
        open_text(count) if count.open else "",
        verdict_label(result.verdict).lower(),
    ]
    return MapAnswer(
        target=result.target.id,
        headline=sentence.format(counted=counted(count, result)),
        detail=" · ".join(filter(None, detail)),
        bar=drawn,
    )
