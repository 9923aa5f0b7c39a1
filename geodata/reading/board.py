"""The board of targets as an answer: one sentence, a row a target, and which one a view looks at.

Pure. Not here: counting (``rules.targets``), the board's lines in words (``briefing``), drawing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from geodata.core.text import _, day, number
from geodata.reading.answer import Bar, bar
from geodata.reading.briefing import Briefing, Line
from geodata.reading.findings import open_text
from geodata.reading.labels import note_text, short_target_name, verdict_label
from geodata.reading.view import View
from geodata.rules.pace import Pace, pace
from geodata.rules.plan import Plan, Target
from geodata.rules.targets import OF_AXIS, Count, Result, district_window

_AXIS_OF = {target: axis for axis, target in OF_AXIS.items()}
_LEGACY = "legacy"  # the districts, that one target counts


@dataclass(frozen=True)
class BoardRow:
    """A target on the board: its line, its bar, and what is said below it.

    `facts` are threshold, shortfall, change and pace in a few words each; `missing` says why
    nothing can be concluded, `note` how the figure is to be read. `bar` is None where nothing
    is counted.
    """

    line: Line
    bar: Bar | None
    facts: tuple[str, ...]
    missing: str
    note: str


def rows(briefing: Briefing) -> tuple[tuple[BoardRow, ...], tuple[BoardRow, ...]]:
    """Return the targets with a threshold, and those without one."""
    changes = [row.change for row in briefing.compared] or [""] * len(briefing.board)
    parts = zip(briefing.board, briefing.results, changes, strict=True)
    every = [_row(line, result, change, briefing) for line, result, change in parts]
    judged = tuple(row for row in every if row.line.verdict is not None)
    return judged, tuple(row for row in every if row.line.verdict is None)


def _row(line: Line, result: Result, change: str, briefing: Briefing) -> BoardRow:
    facts = []
    if line.verdict is not None:
        facts.append(_("threshold {threshold}").format(threshold=line.threshold))
    if line.short:
        facts.append(_("{n} short").format(n=line.short))
    if change and briefing.compared_to:
        facts.append(change_text(change, briefing))
    facts += pace_texts(result, briefing.plan, briefing)
    if result.count and result.count.open and not missing(result):
        facts.append(open_text(result.count))
    notes = [note_text(note) for note in result.notes] if result.count else []
    return BoardRow(line, scale(result), tuple(facts), missing(result), " ".join(notes))


def change_text(change: str, briefing: Briefing) -> str:
    """Return how much a count has changed since the day compared."""
    earlier = day(briefing.compared_to) if briefing.compared_to else ""
    if change == "0":
        return _("unchanged since {earlier}").format(earlier=earlier)
    return _("{change} since {earlier}").format(change=change, earlier=earlier)


def pace_texts(result: Result, plan: Plan, briefing: Briefing) -> list[str]:
    """Return how fast it went and has to go, where that is known: ``18,3 a quarter needed``."""
    speed = _pace(result, plan, briefing)
    texts = []
    if speed and speed.so_far is not None and speed.needed is not None:
        texts.append(_("so far {n} a quarter").format(n=number(speed.so_far, 1)))
        texts.append(_("{n} a quarter needed").format(n=number(speed.needed, 1)))
    return texts


def _pace(result: Result, plan: Plan, briefing: Briefing) -> Pace | None:
    """Return the pace of a target that is short; none of one that has no days."""
    if not result.short or "gained" not in result.figures:
        return None
    window = district_window(plan) if result.target.unit == "district" else plan.window
    return pace(result.figures["gained"], result.short, window, briefing.view.as_of)


def scale(result: Result) -> Bar | None:
    """Return the bar of a target on the one scale of all: to the right end is all of it.

    A mere number is measured by how many the plan asks for at least: as many fill the bar.
    """
    count, goal = result.count, result.goal
    if count is None or goal is None or count.total is not None:
        return bar(result)
    yes = min(1.0, float(count.yes / goal))
    return Bar(yes, min(1.0 - yes, float(count.unknown / goal)), 1.0)


def missing(result: Result) -> str:
    """Return in one line what is missing where a target cannot be judged; else nothing."""
    if result.verdict not in {"undetermined", "undefined"}:
        return ""
    count = result.count
    if count is None:
        return note_text(result.notes[0]) if result.notes else _("Nothing is on record.")
    parts = [_unsettled(result, count)] if count.unknown else []
    parts += [open_text(count)] if count.open else []
    if not parts:
        return _("Nothing that counts is on record.")
    return _("Missing: {what}.").format(what="; ".join(parts))


def _unsettled(result: Result, count: Count) -> str:
    """Return of how many it is not known how they stand."""
    words = {
        "district": _("whether {n:district|districts} organised outreach"),
        "model": _("whether {n:model is a new one|models are new ones}"),
        "sector": _("comparable figures of {n:sector|sectors}"),
    }.get(result.target.unit, _("verified evidence of {n:site|sites}"))
    return words.format(n=number(count.unknown))


def without_threshold(line: Line) -> str:
    """Return what a target that has no threshold comes to."""
    if line.counted in {"–", "0/0"}:
        return _("nothing to count is on record")
    words = {
        "T1": _("{counted} central documents have a provincial one"),
        "T7": _("{counted} institutions have it in their teaching"),
    }.get(line.id, "{counted}")
    return words.format(counted=line.counted)


# --- the answer ------------------------------------------------------------------------------


def met(results: Sequence[Result]) -> str:
    """Return how many of the targets with a threshold are met: ``1/5``."""
    return f"{number(len(_of(results, 'met')))}/{number(len(_judged(results)))}"


def tally(results: Sequence[Result]) -> str:
    """Return in one line how many targets with a threshold have which verdict."""
    words = _("{counted} targets with a threshold are met").format(counted=met(results))
    rest = (
        f"{number(n)} {verdict_label(verdict).lower()}"
        for verdict in ("not-met", "undetermined", "undefined")
        if (n := len(_of(results, verdict)))
    )
    return "; ".join((words, *rest))


def headline(results: Sequence[Result]) -> str:
    """Return the one sentence that is repeated: how many targets with a threshold are met."""
    judged = _judged(results)
    if done := _of(judged, "met"):
        words = _("{x} of {n} targets with a threshold are met: {names}.")
        return words.format(x=number(len(done)), n=number(len(judged)), names=_names(done))
    if not _of(judged, "not-met"):
        words = _("Of none of the {n} targets with a threshold can anything be concluded yet.")
        return words.format(n=number(len(judged)))
    return _("None of the {n} targets with a threshold is met.").format(n=number(len(judged)))


def rest(results: Sequence[Result]) -> str:
    """Return which targets are not met or cannot be judged, with how many each is short."""
    if not _of(results, "met") and not _of(results, "not-met"):
        names = _names(_judged(results))
        return _("Too little is on record of: {names}.").format(names=names)
    sentences = [
        f"{verdict_label(verdict)}: {_names(some)}."
        for verdict in ("not-met", "undetermined", "undefined")
        if (some := _of(results, verdict))
    ]
    return " ".join(sentences)


def _judged(results: Iterable[Result]) -> list[Result]:
    return [result for result in results if result.verdict is not None]


def _of(results: Iterable[Result], verdict: str) -> list[Result]:
    return [result for result in results if result.verdict == verdict]


def _names(results: Iterable[Result]) -> str:
    """Return targets in very few words, with how many they are short."""
    parts = []
    for result in results:
        short = _(" ({n} short)").format(n=number(result.short)) if result.short else ""
        parts.append(short_target_name(result.target.id) + short)
    return "; ".join(parts)


# --- the target that a view looks at ---------------------------------------------------------


def choosable(target: Target) -> bool:
    """Whether the map can show what a target counts: sites of some kinds, or districts."""
    return bool(target.kinds) or target.unit == "district"


def chosen(view: View, targets: Iterable[Target]) -> str | None:
    """Return the target whose sites, and no others, a view looks at; None if there is none."""
    return next((target.id for target in targets if _looks_at(view, target)), None)


def _looks_at(view: View, target: Target) -> bool:
    if target.unit == "district":
        return view.vintage == _LEGACY and not view.kinds and view.axis == axis_of(target)
    right = target.id not in _AXIS_OF or view.axis == axis_of(target)
    return bool(target.kinds) and set(view.kinds) == set(target.kinds) and right


def axis_of(target: Target) -> str:
    """Return the axis on which a target's sites are looked at."""
    return _AXIS_OF.get(target.id, "outreach")


def looking_at(view: View, target: Target | None, targets: Sequence[Target]) -> View:
    """Return a view that looks at a target's sites, or at all again where there is none."""
    vintage = view.vintage
    before = next((one for one in targets if one.id == chosen(view, targets)), None)
    if before is not None and before.unit == "district":
        vintage = "date"
    if target is None:
        return replace(view, kinds=(), statuses=(), vintage=vintage)
    if target.unit == "district":
        vintage = _LEGACY
    axis = axis_of(target)
    return replace(view, kinds=target.kinds, statuses=(), axis=axis, vintage=vintage)
