"""What a talk says slide by slide: the same on the screen and in a file, in the same order.

Each slide answers one question: a title that is the answer, a number, a picture, a sentence, and
notes for who speaks. A slide that would say nothing is left out. Not here: how a slide is drawn
(``slides``, ``pages.parts.briefing.slides``), or what papers say (``sections``).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

import pandas as pd

from geodata.core.text import _, day, number
from geodata.geography.units import Vintage, dissolve, load_blocks
from geodata.outputs.briefing.lists import unit_names
from geodata.outputs.briefing.sections import closed_text, map_words, ranked
from geodata.outputs.briefing.wording import (
    NAME,
    NOTHING,
    axis_of,
    beside,
    not_named,
    plain,
    transitions,
)
from geodata.planning import reasons
from geodata.planning.proposal import open_sites, proposed
from geodata.reading import board
from geodata.reading.board import BoardRow
from geodata.reading.briefing import Briefing, Line
from geodata.reading.findings import counted, open_text, sentences, threshold_text
from geodata.reading.labels import axis_label, kind_label, status_label
from geodata.reading.symbology import SYMBOLS
from geodata.reading.tokens import PAPER, QUIET
from geodata.rules.coverage import NOWHERE
from geodata.rules.targets import Count, Result

SHORT = 40  # letters of a name in a title
FEW = 3  # units that are named, changes that are put into words


@dataclass(frozen=True)
class Targets:
    """The board: the targets with a threshold as bars on one scale, and the others."""

    rows: tuple[BoardRow, ...]
    others: tuple[BoardRow, ...]


@dataclass(frozen=True)
class Everywhere:
    """The map of the view, over the whole slide; `words` are for who does not see it."""

    words: str


@dataclass(frozen=True)
class Shares:
    """Counts side by side as bars: name, count in words, and the count; `goal` is a share."""

    axis: str
    rows: tuple[tuple[str, str, Count], ...]
    goal: float | None


@dataclass(frozen=True)
class Tiles:
    """A tile for each district: its name, how it stands, and the colour of that."""

    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Cells:
    """A small table; its first column names the rows."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Steps:
    """Visits one after another: where, what each adds, how many are covered then, and of all."""

    rows: tuple[tuple[str, str, int], ...]
    total: int


Picture: TypeAlias = Targets | Everywhere | Shares | Tiles | Cells | Steps


@dataclass(frozen=True)
class Slide:
    """One idea.

    `about` says what the slide is about, `title` is the answer, `figure` its number and `unit`
    what that counts; `facts` are a few words each, `sentences` what to say in any case, `notes`
    how the figure comes about. `verdict` is that of a target, as (code, words).
    """

    key: str
    about: str
    title: str
    figure: str
    unit: str
    picture: Picture
    sentences: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    verdict: tuple[str, str] | None = None
    notes: tuple[str, ...] = ()


def deck(briefing: Briefing) -> tuple[Slide, ...]:
    """Return the slides of a briefing in the order in which they are shown."""
    judged, others = board.rows(briefing)
    rows = {row.line.id: row for row in (*judged, *others)}
    results = {result.target.id: result for result in briefing.results}
    made = (
        _answer(briefing, judged, others),
        where(briefing),
        *(_target(briefing, rows[name], results[name]) for name in ("T3", "T6", "T5")),
        _changes(briefing),
        _visits(briefing),
        needs(briefing, judged),
    )
    return tuple(slide for slide in made if slide)


# --- the answer and the map ------------------------------------------------------------------


def _answer(
    briefing: Briefing, judged: tuple[BoardRow, ...], others: tuple[BoardRow, ...]
) -> Slide:
    """Return how many targets are met."""
    plan = _("Plan {decision} ({year}) · figures to {day}")
    last = day(briefing.plan.last_day(briefing.view.as_of))
    parts = {"decision": briefing.plan.decision, "year": briefing.plan.year, "day": last}
    return Slide(
        key="answer",
        about=f"{briefing.title} · {plan.format(**parts)}",
        title=_title(board.headline(briefing.results)),
        figure=board.met(briefing.results),
        unit=_("targets with a threshold are met"),
        picture=Targets(judged, others),
        sentences=(board.rest(briefing.results),),
        notes=(
            _("Met or not met is said only where it holds whatever becomes of what is not known."),
            _("Only verified evidence (grade A or B) counts as a yes."),
            *(f"{_numbered(row)}: {board.without_threshold(row.line)}." for row in others),
            *_no_comparison(briefing),
            _basis(briefing),
        ),
    )


def _no_comparison(briefing: Briefing) -> tuple[str, ...]:
    """Return that nothing is said of changes, where no day is compared."""
    if briefing.compared_to:
        return ()
    return (_("No earlier day was chosen to compare with, so there is no slide of changes."),)


def where(briefing: Briefing) -> Slide:
    """Return which units are there and which are furthest behind."""
    result = briefing.result
    units = ranked(briefing)
    units = units[((units["sites"] > 0) & (units.index != NOWHERE)).to_numpy()]
    known = units[(units["shade"] != "no-data").to_numpy(dtype=bool)]
    return Slide(
        key="map",
        about=" · ".join((_("Where they are"), axis_label(briefing.view.axis))),
        picture=Everywhere(map_words(briefing)),
        notes=(
            _("A unit is counted where it has sites of target {n}.").format(
                n=result.target.id.removeprefix("T")
            ),
            *_not_known(result.count),
            *filter(None, (closed_text(briefing),)),
            _basis(briefing),
        ),
        **(_nothing_known(briefing) if known.empty else _known(known, len(units), result)),
    )


def _nothing_known(briefing: Briefing) -> dict[str, Any]:
    """Return what a map says of which nothing is verified: how much there is."""
    groups = (row for group in briefing.legend["groups"] for row in group["rows"])
    n = number(sum(row["count"] for row in groups))
    title = _("{n} sites are on record; of those that count nothing is verified yet")
    return {
        "title": title.format(n=n),
        "figure": n,
        "unit": _("sites on record"),
        "sentences": (_("Not known does not mean not reached."),),
    }


def _known(known: pd.DataFrame, every: int, result: Result) -> dict[str, Any]:
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
    return {
        "title": title,
        "figure": f"{number(there.sum())}/{number(every)}",
        "unit": _("units at {goal}").format(goal=goal),
        "sentences": (rest,) if every > len(known) else (),
    }


# --- one target ------------------------------------------------------------------------------


def _target(briefing: Briefing, row: BoardRow, result: Result) -> Slide:
    """Return one target; where it cannot be judged, what is missing."""
    line, texts = row.line, sentences(result, briefing.plan, briefing.view.as_of)
    title, *more = texts or (row.missing or board.without_threshold(line),)
    if row.missing and row.missing != title:
        more.append(row.missing)
    figure, _space, percent = line.counted.partition(" ")
    pace = board.pace_texts(result, briefing.plan, briefing)  # the sentences say it too
    return Slide(
        key=line.id,
        about=_numbered(row),
        title=_title(title),
        figure=figure,
        unit=percent.strip("()"),
        picture=_picture(briefing, result),
        sentences=tuple(more),
        facts=tuple(fact for fact in row.facts if fact not in pace),
        verdict=(line.verdict, line.verdict_text) if line.verdict else None,
        notes=tuple(_how_counted(briefing, line, result)),
    )


def _picture(briefing: Briefing, result: Result) -> Picture:
    """Return the kinds of a share and all of it; of a target of districts each of them."""
    if result.target.unit == "district":
        status = result.counted["status"].astype(str)
        return Tiles(tuple(_tile(str(code), key) for code, key in status.items()))
    rows = [(kind_label(part.code), part.count) for part in result.breakdown]
    if result.count:
        rows.append((_("All together"), result.count))
    if result.cumulative:
        since = _("Since {start}").format(start=day(briefing.plan.cumulative_since))
        rows.append((since, result.cumulative))
    goal = None if result.goal is None else float(result.goal)
    texts = tuple((name, counted(n, result), n) for name, n in rows if n.total)
    return Shares(axis_of(result), texts, goal)


def _tile(code: str, status: str) -> tuple[str, str, str]:
    """Return the name of a district, how it stands, and a colour that is seen on paper."""
    symbol = SYMBOLS["outreach"][status]
    colour = QUIET if symbol.fill == PAPER else symbol.fill
    return unit_names().get(code, code), status_label("outreach", status), colour


def _how_counted(briefing: Briefing, line: Line, result: Result) -> Iterator[str]:
    """Yield how the figure of a target comes about, and what is not known."""
    last = briefing.plan.last_day(briefing.view.as_of)
    count = result.count
    if count is None or count.total is None:
        yield _("Nothing can be counted as of {day}.").format(day=day(last))
    else:
        words = _("Numerator: {yes}, verified (grade A or B). Denominator: {n}. As of {day}.")
        yield words.format(yes=number(count.yes), n=number(count.total), day=day(last))
    yield from _not_known(count)
    yield from beside(result)
    if unnamed := not_named(result):
        yield f"{unnamed}."
    yield from line.notes
    if result.cumulative and result.cumulative.total:
        words = _("Counted since {start}: {counted}.")
        since = day(briefing.plan.cumulative_since)
        yield words.format(start=since, counted=counted(result.cumulative, result))
    yield _basis(briefing)


def _not_known(count: Count | None) -> Iterator[str]:
    """Yield what is not known of a count, and what that may come to."""
    if count and count.unknown:
        words = _("Not known: {n}; neither yes nor no. If all turn out well it is {most}.")
        total = "" if count.total is None else f"/{number(count.total)}"
        yield words.format(n=number(count.unknown), most=f"{number(count.most)}{total}")
    if count and count.open:
        text = open_text(count)
        yield f"{text[:1].upper()}{text[1:]}."


def _basis(briefing: Briefing) -> str:
    """Return what every figure was made from."""
    return _("Basis: {facts}.").format(facts=" · ".join(briefing.facts))


# --- changes, visits, needs ------------------------------------------------------------------


def _changes(briefing: Briefing) -> Slide | None:
    """Return what is other than on the day compared; nothing if no day is."""
    if briefing.compared_to is None:
        return None
    then, now = day(briefing.compared_to), day(briefing.view.as_of)
    n = len(briefing.changes)
    judged = zip(briefing.compared, briefing.board, strict=True)
    rows = tuple(
        (f"{line.id.removeprefix('T')}. {row.name}", row.then, row.now, row.change or NOTHING)
        for row, line in judged
        if line.verdict is not None
    )
    return Slide(
        key="changes",
        about=_("{before} beside {after}").format(before=then, after=now),
        title=changed_text(briefing.compared_to, n),
        figure=number(n),
        unit=_("statuses changed"),
        picture=Cells((_("Target"), then, now, "±"), rows),
        sentences=tuple(_moves(briefing)),
        notes=(
            _("Each site may change on both axes; a lapsed status is a change without an event."),
            *(_unlisted(briefing)),
            _basis(briefing),
        ),
    )


def changed_text(then: date, n: int) -> str:
    """Return how many statuses have changed since a day."""
    words = _("Since {then} {n} statuses of sites have changed")
    if not n:
        words = _("Since {then} no site has changed its status")
    return words.format(then=day(then), n=number(n))


def _moves(briefing: Briefing) -> Iterator[str]:
    """Yield the changes that most sites made."""
    moves = transitions(briefing)
    parts = [f"{axis}: {before} → {after} {number(n)}" for axis, before, after, n in moves[:FEW]]
    if parts:
        yield _("Most often: {changes}.").format(changes="; ".join(parts))


def _unlisted(briefing: Briefing) -> tuple[str, ...]:
    """Return that some sites are not listed, if so."""
    if not any(result.unnamed for result in briefing.results):
        return ()
    return (_("Sites that are not public are not listed here."),)


def _visits(briefing: Briefing) -> Slide | None:
    """Return the next visits that reach most of the sites that are left; nothing if none can."""
    blocks = load_blocks()
    proposal = proposed(briefing, {each.value: dissolve(blocks, each) for each in Vintage})
    if proposal is None:
        return None
    ready, choice = proposal
    rows, covered = [], 0
    for pick in choice.picks:
        covered += pick.gain
        if pick.gain:
            name = plain(reasons.name(ready, pick.venue), NAME)
            rows.append((name, reasons.of_pick(ready, pick, briefing.view.axis), covered))
    if not rows:
        return None
    total = len(open_sites(briefing))
    title = _("{n} events could reach {covered} of the {total} sites still open")
    counts = {"n": number(len(rows)), "covered": number(covered), "total": number(total)}
    return Slide(
        key="visits",
        about=_("Next visits"),
        title=title.format(**counts),
        figure=f"{number(covered)}/{number(total)}",
        unit=_("open sites reached"),
        picture=Steps(tuple(rows), total),
        sentences=tuple(_still_short(briefing.result, covered)),
        notes=(
            _("Events in the middle of communes; who lies within {km} km comes.").format(
                km=number(ready.scenario.radius_km)
            ),
            reasons.of_choice(ready, choice),
            reasons.of_proof(ready, choice),
            _("Distances are straight lines; the way by road or canal is longer."),
            _basis(briefing),
        ),
    )


def _still_short(result: Result, covered: int) -> Iterator[str]:
    """Yield what the visits would leave to do for the target."""
    if not result.short:
        return
    goal, rest = threshold_text(result.target), max(0, result.short - covered)
    words = _("The target of {goal} lacks {short}; {rest} would then be left.")
    if not rest:
        words = _("The target of {goal} lacks {short}; that would be enough.")
    yield words.format(goal=goal, short=number(result.short), rest=number(rest))


def needs(briefing: Briefing, judged: Sequence[BoardRow]) -> Slide | None:
    """Return what is needed of whom before each target is met or can be judged."""
    left = [row for row in judged if row.line.verdict != "met"]
    if not left:
        return None
    unclear = sum(row.line.verdict != "not-met" for row in left)
    results = {result.target.id: result for result in briefing.results}
    rows = tuple(
        (_numbered(row), row.line.short or NOTHING, needed(results[row.line.id], row))
        for row in left
    )
    return Slide(
        key="needs",
        about=_("What we need"),
        title=_needs_title(len(left), unclear),
        figure=f"{number(len(left))}/{number(len(judged))}",
        unit=_("targets still to be met"),
        picture=Cells((_("Target"), _("Short"), _("What is needed")), rows),
        sentences=tuple(_time_left(briefing)),
        notes=(
            _("Short: how many more are needed among those that surely count."),
            _("What is not known is settled by a paper: date, number, issuer, who was there."),
            _basis(briefing),
        ),
    )


def _needs_title(left: int, unclear: int) -> str:
    """Return how many targets need work and how many a paper."""
    if not unclear:
        return _("{n} targets are short of their threshold").format(n=number(left))
    if unclear == left:
        return _("{n} targets cannot be judged before more is on record").format(n=number(left))
    words = _("{short} targets are short; {unclear} cannot be judged before more is on record")
    return words.format(short=number(left - unclear), unclear=number(unclear))


def needed(result: Result, row: BoardRow) -> str:
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


def _time_left(briefing: Briefing) -> Iterator[str]:
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


def _numbered(row: BoardRow) -> str:
    """Return the name of a target with its number."""
    return f"{row.line.id.removeprefix('T')}. {row.line.name}"


def _title(sentence: str) -> str:
    """Return a sentence as a title: without its full stop."""
    return plain(sentence.removesuffix("."))
