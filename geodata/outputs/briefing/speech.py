"""What is said of a briefing's figures in a talk: titles, what is needed, how a figure comes about.

Papers say some of it too. Not here: which slides there are (``deck``), the findings themselves
(``reading.findings``), or words that all files share (``wording``).
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import pandas as pd

from geodata.core.text import _, day, number
from geodata.outputs.briefing.sections import ranked
from geodata.outputs.briefing.wording import axis_of, beside, not_named, plain, transitions
from geodata.reading import board
from geodata.reading.board import BoardRow
from geodata.reading.briefing import Briefing, Line
from geodata.reading.findings import counted, open_text, threshold_text
from geodata.rules.coverage import NOWHERE
from geodata.rules.targets import Count, Result

SHORT = 40  # letters of a name in a title
FEW = 3  # units that are named, changes that are put into words


class Where(NamedTuple):
    """How the units stand: the answer, its number, what that counts, and what else to say."""

    title: str
    figure: str
    unit: str
    sentences: tuple[str, ...]


def where(briefing: Briefing) -> Where:
    """Return how many units are there and which are furthest behind."""
    units = ranked(briefing)
    units = units[((units["sites"] > 0) & (units.index != NOWHERE)).to_numpy()]
    known = units[(units["shade"] != "no-data").to_numpy(dtype=bool)]
    if known.empty:
        return _nothing_known(briefing)
    return _known(known, len(units), briefing.result)


def _nothing_known(briefing: Briefing) -> Where:
    """Return what a map says of which nothing is verified: how much there is."""
    groups = (row for group in briefing.legend["groups"] for row in group["rows"])
    n = number(sum(row["count"] for row in groups))
    title = _("{n} sites are on record; of those that count nothing is verified yet")
    rest = (_("Not known does not mean not reached."),)
    return Where(title.format(n=n), n, _("sites on record"), rest)


def _known(known: pd.DataFrame, every: int, result: Result) -> Where:
    """Return how many units are there, which are furthest behind, and of how many nothing is known.

    `known` has the units of which something is verified, out of `every`.
    """
    there = (known["shade"] == "met").to_numpy(dtype=bool)
    goal = threshold_text(result.target)
    title = _("{x} of {n} units have reached {goal}")
    title = title.format(x=number(there.sum()), n=number(every), goal=goal)
    behind = known[~there].assign(part=lambda rows: rows["yes"] / rows["sites"])
    behind = behind.sort_values(["part", "sites"], ascending=[True, False], kind="stable")
    names = ", ".join(
        f"{plain(row['name'], SHORT)} {number(row['yes'])}/{number(row['sites'])}"
        for _code, row in behind.head(FEW).iterrows()
    )
    if names:
        title = _("{text}; furthest behind: {names}").format(text=title, names=names)
    rest = _("Units of which nothing is verified: {n}.").format(n=number(every - len(known)))
    figure = f"{number(there.sum())}/{number(every)}"
    unit = _("units at {goal}").format(goal=goal)
    return Where(title, figure, unit, (rest,) if every > len(known) else ())


def no_comparison(briefing: Briefing) -> tuple[str, ...]:
    """Return that nothing is said of changes, where no day is compared."""
    if briefing.compared_to:
        return ()
    return (_("No earlier day was chosen to compare with, so there is no slide of changes."),)


# --- one target ------------------------------------------------------------------------------


def how_counted(briefing: Briefing, line: Line, result: Result) -> Iterator[str]:
    """Yield how the figure of a target comes about, and what is not known."""
    last = briefing.plan.last_day(briefing.view.as_of)
    count = result.count
    if count is None or count.total is None:
        yield _("Nothing can be counted as of {day}.").format(day=day(last))
    else:
        words = _("Numerator: {yes}, verified (grade A or B). Denominator: {n}. As of {day}.")
        yield words.format(yes=number(count.yes), n=number(count.total), day=day(last))
    yield from not_known(count)
    yield from beside(result)
    if unnamed := not_named(result):
        yield f"{unnamed}."
    yield from line.notes
    if result.cumulative and result.cumulative.total:
        words = _("Counted since {start}: {counted}.")
        since = day(briefing.plan.cumulative_since)
        yield words.format(start=since, counted=counted(result.cumulative, result))
    yield basis(briefing)


def not_known(count: Count | None) -> Iterator[str]:
    """Yield what is not known of a count, and what that may come to."""
    if count and count.unknown:
        words = _("Not known: {n}; neither yes nor no. If all turn out well it is {most}.")
        total = "" if count.total is None else f"/{number(count.total)}"
        yield words.format(n=number(count.unknown), most=f"{number(count.most)}{total}")
    if count and count.open:
        text = open_text(count)
        yield f"{text[:1].upper()}{text[1:]}."


def basis(briefing: Briefing) -> str:
    """Return what every figure was made from."""
    return _("Basis: {facts}.").format(facts=" · ".join(briefing.facts))


# --- changes, visits, needs ------------------------------------------------------------------


def changed_text(then: date, n: int) -> str:
    """Return how many statuses have changed since a day."""
    words = _("Since {then} {n} statuses of sites have changed")
    if not n:
        words = _("Since {then} no site has changed its status")
    return words.format(then=day(then), n=number(n))


def moves(briefing: Briefing) -> Iterator[str]:
    """Yield the changes that most sites made."""
    moves = transitions(briefing)
    parts = [f"{axis}: {before} → {after} {number(n)}" for axis, before, after, n in moves[:FEW]]
    if parts:
        yield _("Most often: {changes}.").format(changes="; ".join(parts))


def unlisted(briefing: Briefing) -> tuple[str, ...]:
    """Return that some sites are not listed, if so."""
    if not any(result.unnamed for result in briefing.results):
        return ()
    return (_("Sites that are not public are not listed here."),)


def still_short(result: Result, covered: int) -> Iterator[str]:
    """Yield what the visits would leave to do for the target."""
    if not result.short:
        return
    goal, rest = threshold_text(result.target), max(0, result.short - covered)
    words = _("The target of {goal} lacks {short}; {rest} would then be left.")
    if not rest:
        words = _("The target of {goal} lacks {short}; that would be enough.")
    yield words.format(goal=goal, short=number(result.short), rest=number(rest))


def needs(briefing: Briefing) -> list[tuple[BoardRow, str]]:
    """Return each target still to be met, with what has to come before it is or can be judged."""
    judged, _others = board.rows(briefing)
    results = {result.target.id: result for result in briefing.results}
    left = (row for row in judged if row.line.verdict != "met")
    return [(row, _needed(results[row.line.id], row)) for row in left]


def _needed(result: Result, row: BoardRow) -> str:
    """Return what has to come before a target is met or can be judged."""
    if row.missing:
        return row.missing
    count = result.count
    words = {
        "district": _("{n} more districts have to organise outreach"),
        "model": _("{n} more new models"),
        "sector": _("{n} more sectors have to reach the reduction"),
    }.get(result.target.unit)
    if words is None:
        words = {
            "outreach": _("{n} more sites have to be reached, with papers"),
            "compliance": _("{n} more sites have to meet the profile, checked"),
        }[axis_of(result)]
    text = words.format(n=row.line.short or "0")
    if count and count.unknown:
        text += _("; {n} of those not known may be among them").format(n=number(count.unknown))
    return text


def needs_title(left: int, unclear: int) -> str:
    """Return how many targets need work and how many a paper."""
    if not unclear:
        return _("{n} targets are short of their threshold").format(n=number(left))
    if unclear == left:
        return _("{n} targets cannot be judged before more is on record").format(n=number(left))
    words = _("{short} targets are short; {unclear} cannot be judged before more is on record")
    return words.format(short=number(left - unclear), unclear=number(unclear))


def time_left(briefing: Briefing) -> Iterator[str]:
    """Yield how long the plan still runs."""
    end, as_of = briefing.plan.window.end, briefing.view.as_of
    if as_of < end:
        words = _("{n} days are left until {end}.")
        yield words.format(n=number((end - as_of).days), end=day(end))
    else:
        yield _("Plan {decision} ended on {end}; papers can still be handed in.").format(
            decision=briefing.plan.decision, end=day(end)
        )


# --- small parts -----------------------------------------------------------------------------


def numbered(row: BoardRow) -> str:
    """Return the name of a target with its number."""
    return f"{row.line.id.removeprefix('T')}. {row.line.name}"


def title(sentence: str) -> str:
    """Return a sentence as a title: without its full stop."""
    return plain(sentence.removesuffix("."))
