"""The first page of a briefing on paper: the answer, three sentences, a bar a target.

Not here: the figures (``geodata.reading.board``), or how the page looks (``templates``).
"""

from fractions import Fraction
from typing import Any

from geodata.core.text import _
from geodata.outputs import typeset
from geodata.outputs.briefing.sections import (
    TargetSection,
    sections,
)
from geodata.outputs.briefing.wording import NOTHING, open_head
from geodata.outputs.fonts import tidy
from geodata.outputs.typeset import Content
from geodata.reading import board, findings
from geodata.reading.answer import Bar
from geodata.reading.briefing import Briefing
from geodata.reading.symbology import SYMBOLS
from geodata.rules.targets import VERDICTS, Count

_NAME = 120  # letters of a name; longer ones are cut
_BEYOND = 0.25  # of a bar, at most, for what may count beside the whole

# A verdict is told by mark and word.
_VERDICTS = {
    verdict: SYMBOLS["compliance"][status]
    for verdict, status in zip(
        VERDICTS, ("compliant", "non-compliant", "no-data", "not-applicable"), strict=True
    )
}


def content(briefing: Briefing) -> Content:
    """Return the first page: the answer, three sentences, a bar a target."""
    every = {row.line.id: row for rows in board.rows(briefing) for row in rows}
    targets = sections(briefing).targets
    rows = [_board_row(target, every[target.line.id]) for target in targets]
    heads: tuple[Any, ...] = (_("Target"), _("Counted"), {"scale": True}, "", _("Verdict"))
    beyond = max((row[2]["open"] for row in rows if row[2]), default=0)
    return {
        "headline": board.tally(briefing.results),
        "sentences": sentences(briefing),
        "board": typeset.table(heads, rows, (62, 46, 44, 5, 22)),
        "beyond": min(beyond, _BEYOND),
        "keys": [
            (_("verified"), drawn(0.7)),
            (_("not known"), drawn(0.2, 0.6)),
            (open_head().lower(), drawn(0.2, open_=0.5)),
            (_("threshold"), drawn(0.2, goal=0.7)),
        ],
    }


def sentences(briefing: Briefing) -> list[str]:
    """Return what is met, what is not, and how the target of the view's axis stands."""
    result, view = briefing.result, briefing.view
    about = findings.sentences(result, briefing.plan, view.as_of)
    every = (board.headline(briefing.results), board.rest(briefing.results), " ".join(about))
    return [sentence for sentence in every if sentence]


def _board_row(target: TargetSection, row: board.BoardRow) -> list[Any]:
    """Return a target: name and facts, count and bounds, bar, verdict."""
    line, count = row.line, target.result.count
    facts = list(row.facts) if line.verdict else [line.threshold, *row.facts]
    if count is None and row.missing:
        facts.append(row.missing)
    return [
        [tidy(target.name, _NAME), tidy(" · ".join(facts), 300)],
        [line.counted, line.bounds],
        _target_bar(row.bar, count),
        typeset.sign(_VERDICTS[line.verdict]) if line.verdict else "",
        line.verdict_text if line.verdict else NOTHING,
    ]


def _target_bar(bar: Bar | None, count: Count | None) -> Content | str:
    """Return the bar of a target, where there is something to count."""
    if bar:
        open_ = count.open / count.total if count and count.total else 0.0
        return drawn(bar.yes, bar.unknown, open_, bar.goal)
    return bar_of(count) if count and count.total else ""


def bar_of(count: Count, goal: Fraction | None = None) -> Content:
    """Return the bar of a count that has a total."""
    total = count.total or 1
    return drawn(
        count.yes / total, count.unknown / total, count.open / total, None if goal is None else goal
    )


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
