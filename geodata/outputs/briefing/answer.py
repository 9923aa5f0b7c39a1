"""The first page of a briefing on paper: the answer, three sentences, a bar a target, what next.

Not here: the figures (``geodata.reading.board``), or how the page looks (``templates``).
"""

from typing import Any

from geodata.core.text import _
from geodata.outputs import typeset
from geodata.outputs.briefing import bars, speech
from geodata.outputs.briefing.sections import TargetSection, sections
from geodata.outputs.briefing.wording import NOTHING
from geodata.outputs.fonts import tidy
from geodata.outputs.typeset import Content
from geodata.reading import board, findings
from geodata.reading.briefing import Briefing
from geodata.reading.symbology import SYMBOLS
from geodata.rules.targets import VERDICTS

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
    """Return the first page: the answer, three sentences, a bar a target, and what is needed."""
    every = {row.line.id: row for rows in board.rows(briefing) for row in rows}
    targets = sections(briefing).targets
    rows = [_board_row(target, every[target.line.id]) for target in targets]
    heads: tuple[Any, ...] = (_("Target"), _("Counted"), {"scale": True}, "", _("Verdict"))
    beyond = max((row[2]["open"] for row in rows if row[2]), default=0)
    return {
        "headline": board.tally(briefing.results),
        "sentences": sentences(briefing),
        "board": typeset.table(heads, rows, (60, 40, 52, 6, 22)),
        "beyond": min(beyond, _BEYOND),
        "keys": bars.keys(),
        "needs": _needs(briefing),
    }


def sentences(briefing: Briefing) -> list[str]:
    """Return what is met, what is not, and how the target of the view's axis stands."""
    result, view = briefing.result, briefing.view
    about = findings.sentences(result, briefing.plan, view.as_of)
    every = (board.headline(briefing.results), board.rest(briefing.results), " ".join(about))
    return [sentence for sentence in every if sentence]


def _needs(briefing: Briefing) -> Content:
    """Return what has to come before each target that is not met is met or can be judged."""
    rows = [(tidy(row.line.name, _NAME), tidy(need, 300)) for row, need in speech.needs(briefing)]
    return {"title": _("What we need"), "rows": rows}


def _board_row(target: TargetSection, row: board.BoardRow) -> list[Any]:
    """Return a target: name and facts, count and bounds, bar, verdict."""
    line, count = row.line, target.result.count
    facts = list(row.facts) if line.verdict else [line.threshold, *row.facts]
    if count is None and row.missing:
        facts.append(row.missing)
    return [
        [tidy(target.name, _NAME), tidy(" · ".join(facts), 300)],
        [line.counted, line.bounds],
        bars.of_target(row.bar, count),
        typeset.sign(_VERDICTS[line.verdict]) if line.verdict else "",
        line.verdict_text if line.verdict else NOTHING,
    ]
