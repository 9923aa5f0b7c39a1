"""Bars on paper: what is verified, not known and open as shares of the whole, and the threshold.

Not here: the counts (``rules.targets``), or how a bar looks (``templates``).
"""

from fractions import Fraction

from geodata.core.text import _
from geodata.outputs.briefing.wording import open_head
from geodata.outputs.typeset import Content
from geodata.reading.answer import Bar
from geodata.rules.targets import Count


def drawn(
    yes: float, unknown: float = 0, open_: float = 0, goal: float | Fraction | None = None
) -> Content:
    """Return a bar: verified, unknown and open as shares of the whole, and the threshold."""
    return {
        "yes": yes,
        "unknown": unknown,
        "open": open_,
        "goal": None if goal is None else float(goal),
    }


def of_count(count: Count, goal: Fraction | None = None) -> Content | str:
    """Return the bar of a count; of nothing there is none."""
    if not (total := count.total):
        return ""
    return drawn(count.yes / total, count.unknown / total, count.open / total, goal)


def of_target(bar: Bar | None, count: Count | None) -> Content | str:
    """Return the bar of a target on the scale of the board, where there is something to count."""
    if bar:
        open_ = count.open / count.total if count and count.total else 0.0
        return drawn(bar.yes, bar.unknown, open_, bar.goal)
    return of_count(count) if count else ""


def keys(*, beyond: bool = True) -> list[tuple[str, Content]]:
    """Return what the parts of a bar mean, with what goes `beyond` the whole, if bars have it."""
    outside = [(open_head().lower(), drawn(0.2, open_=0.5))] if beyond else []
    known = [(_("verified"), drawn(0.7)), (_("not known"), drawn(0.2, 0.6))]
    return [*known, *outside, (_("threshold"), drawn(0.2, goal=0.7))]
