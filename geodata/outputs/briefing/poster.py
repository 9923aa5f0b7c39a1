"""The poster for the wall: three numbers and the units, best first.

Not here: its map (``pdf``), or how it looks (``templates``).
"""

from geodata.core.text import _, number, share
from geodata.outputs import typeset
from geodata.outputs.briefing import bars
from geodata.outputs.briefing.sections import count_of, rank_text, ranked, sections
from geodata.outputs.briefing.wording import words
from geodata.outputs.fonts import MM
from geodata.outputs.map import FEW
from geodata.outputs.typeset import Content
from geodata.reading import board, findings
from geodata.reading.briefing import Briefing
from geodata.rules.coverage import NOWHERE

_ROOM, _HIGHEST = 214, 19  # mm that the rows of the ranking share; of one row at most


def content(briefing: Briefing) -> Content:
    """Return what the poster says: three numbers, and the units."""
    return {
        "small": 14,
        "headline": board.tally(briefing.results),
        "numbers": _numbers(briefing),
        "ranking": _ranking(briefing),
        "keys": bars.keys(beyond=False),
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


def numbers(briefing: Briefing) -> dict[str, int]:
    """Return by which number the map says which row of the ranking a unit is, if many are."""
    codes = ranked(briefing).index.drop(NOWHERE, errors="ignore")
    many = len(briefing.units) >= FEW
    return {str(code): n for n, code in enumerate(codes, 1)} if many else {}


def _ranking(briefing: Briefing) -> Content:
    """Return all units, best first, each a bar against the threshold, as high as there is room."""
    gaps, places = ranked(briefing), numbers(briefing)
    rows = [
        [
            str(places.get(str(code), "")) if places else rank_text(row["rank"]),
            row["name"],
            f"{number(row['yes'])}/{number(row['sites'])}",
            bars.of_count(count_of(row), briefing.result.goal),
        ]
        for code, row in gaps.iterrows()
    ]
    heads = ("" if places else _("Rank"), _("Unit"), words(briefing.view.axis)[0], "")
    table = typeset.table(heads, rows, (14, 65, 30, 41), right=(0, 2))
    part = sections(briefing).units
    high = min(_HIGHEST, _ROOM / max(1, len(rows)))
    title = typeset.part(part.title, table, sentences=[] if rows else [part.empty])
    return title | {"high": high * MM}
