"""What a talk says slide by slide: the same on the screen and in a file, in the same order.

Each slide answers one question: a title that is the answer, a number, a picture, a sentence, and
notes for who speaks. A slide that would say nothing is left out. Not here: the sentences on it
(``speech``), how a slide is drawn (``slides``, ``pages.parts.briefing.slides``), or what papers say
(``sections``).
"""

from dataclasses import dataclass
from typing import TypeAlias

from geodata.core.text import _, day, number
from geodata.geography.units import Vintage, dissolve, load_blocks
from geodata.outputs.briefing import speech
from geodata.outputs.briefing.lists import unit_names
from geodata.outputs.briefing.sections import closed_text, map_words
from geodata.outputs.briefing.wording import (
    NAME,
    NOTHING,
    axis_of,
    plain,
)
from geodata.planning import reasons
from geodata.planning.proposal import open_sites, proposed
from geodata.reading import board
from geodata.reading.board import BoardRow
from geodata.reading.briefing import Briefing
from geodata.reading.findings import counted, sentences
from geodata.reading.labels import axis_label, kind_label, status_label
from geodata.reading.symbology import SYMBOLS
from geodata.reading.tokens import PAPER, QUIET
from geodata.rules.targets import Count, Result


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
        _where(briefing),
        *(_target(briefing, rows[name], results[name]) for name in ("T3", "T6", "T5")),
        _changes(briefing),
        _visits(briefing),
        _needs(briefing, len(judged)),
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
        title=speech.title(board.headline(briefing.results)),
        figure=board.met(briefing.results),
        unit=_("targets with a threshold are met"),
        picture=Targets(judged, others),
        sentences=(board.rest(briefing.results),),
        notes=(
            _("Met or not met is said only where it holds whatever becomes of what is not known."),
            _("Only verified evidence (grade A or B) counts as a yes."),
            *(f"{speech.numbered(row)}: {board.without_threshold(row.line)}." for row in others),
            *speech.no_comparison(briefing),
            speech.basis(briefing),
        ),
    )


def _where(briefing: Briefing) -> Slide:
    """Return which units are there and which are furthest behind."""
    result = briefing.result
    return Slide(
        key="map",
        about=" · ".join((_("Where they are"), axis_label(briefing.view.axis))),
        picture=Everywhere(map_words(briefing)),
        notes=(
            _("A unit is counted where it has sites of target {n}.").format(
                n=result.target.id.removeprefix("T")
            ),
            *speech.not_known(result.count),
            *filter(None, (closed_text(briefing),)),
            speech.basis(briefing),
        ),
        **speech.where(briefing)._asdict(),
    )


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
        about=speech.numbered(row),
        title=speech.title(title),
        figure=figure,
        unit=percent.strip("()"),
        picture=_picture(briefing, result),
        sentences=tuple(more),
        facts=tuple(fact for fact in row.facts if fact not in pace),
        verdict=(line.verdict, line.verdict_text) if line.verdict else None,
        notes=tuple(speech.how_counted(briefing, line, result)),
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
    return unit_names("district_legacy").get(code, code), status_label("outreach", status), colour


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
        title=speech.changed_text(briefing.compared_to, n),
        figure=number(n),
        unit=_("statuses changed"),
        picture=Cells((_("Target"), then, now, "±"), rows),
        sentences=tuple(speech.moves(briefing)),
        notes=(
            _("Each site may change on both axes; a lapsed status is a change without an event."),
            *speech.unlisted(briefing),
            speech.basis(briefing),
        ),
    )


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
        sentences=tuple(speech.still_short(briefing.result, covered)),
        notes=(
            _("Events in the middle of communes; who lies within {km} km comes.").format(
                km=number(ready.scenario.radius_km)
            ),
            reasons.of_choice(ready, choice),
            reasons.of_proof(ready, choice),
            _("Distances are straight lines; the way by road or canal is longer."),
            speech.basis(briefing),
        ),
    )


def _needs(briefing: Briefing, judged: int) -> Slide | None:
    """Return what is needed of whom before each target is met or can be judged."""
    left = speech.needs(briefing)
    if not left:
        return None
    unclear = sum(row.line.verdict != "not-met" for row, _need in left)
    rows = tuple((speech.numbered(row), row.line.short or NOTHING, need) for row, need in left)
    return Slide(
        key="needs",
        about=_("What we need"),
        title=speech.needs_title(len(left), unclear),
        figure=f"{number(len(left))}/{number(judged)}",
        unit=_("targets still to be met"),
        picture=Cells((_("Target"), _("Short"), _("What is needed")), rows),
        sentences=tuple(speech.time_left(briefing)),
        notes=(
            _("Short: how many more are needed among those that surely count."),
            _("What is not known is settled by a paper: date, number, issuer, who was there."),
            speech.basis(briefing),
        ),
    )


# --- small parts -----------------------------------------------------------------------------
