"""The poster for the wall: three numbers and the units, best and last.

Not here: its map (``pdf``), or how it looks (``templates``).
"""

from geodata.core.text import _, number, share
from geodata.outputs import typeset
from geodata.outputs.briefing import bars
from geodata.outputs.briefing.sections import count_of, rank_text, ranked, sections
from geodata.outputs.briefing.wording import words
from geodata.outputs.typeset import Content
from geodata.reading import board, findings
from geodata.reading.briefing import Briefing

_ENDS = 7  # units at either end of the ranking


def content(briefing: Briefing) -> Content:
    """Return what the poster says: three numbers, and the units."""
    return {
        "small": 14,
        "headline": board.tally(briefing.results),
        "numbers": _numbers(briefing),
        "ranking": _ranking(briefing),
    }


def _numbers(briefing: Briefing) -> list[Content]:
    """Return the three numbers that carry the poster, each with its words."""
    result = briefing.result
    count, goal = result.count, findings.threshold_text(result.target)
    done = words(briefing.view.axis)[0].lower()
    three = [(board.met(briefing.results), _("targets with a threshold are met"))]
    if count and count.total:
        text = _("{status} – {percent}; target {goal}").format(
            status=done, percent=share(count.yes, count.total, result.goal), goal=goal
        )
        three.append((f"{number(count.yes)}/{number(count.total)}", text))
    if count and result.short:
        text = _("short of {goal}; {n} not known").format(goal=goal, n=number(count.unknown))
        three.append((number(result.short), text))
    return [{"number": value, "words": text} for value, text in three]


def _ranking(briefing: Briefing) -> Content:
    """Return the best and the last units, and how many lie between."""
    gaps = ranked(briefing)
    rows = [
        [
            rank_text(row["rank"]),
            row["name"],
            f"{number(row['yes'])}/{number(row['sites'])}",
            bars.of_count(count_of(row), briefing.result.goal),
        ]
        for _code, row in gaps.iterrows()
    ]
    if (between := len(rows) - 2 * _ENDS) > 0:
        dots = ["", _("… {n} units between …").format(n=number(between)), "", ""]
        rows = [*rows[:_ENDS], dots, *rows[-_ENDS:]]
    heads = (_("Rank"), _("Unit"), words(briefing.view.axis)[0], "")
    table = typeset.table(heads, rows, (13, 66, 32, 55), right=(2,))
    return typeset.part(sections(briefing).units.title, table)
