"""What a briefing says part by part, in plain text, the same in every kind of file.

It is built once of a briefing; ``pdf``, ``slides``, ``report`` and ``workbook`` lay it out. Not
here: the figures (``reading.briefing``), or words that pages and lists say too (``wording``).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd

from geodata.core.text import _, day, number, share
from geodata.outputs.briefing.wording import (
    NAME,
    NOTHING,
    beside,
    open_head,
    plain,
    transitions,
    words,
)
from geodata.reading.briefing import Briefing, Line
from geodata.reading.findings import threshold_text
from geodata.reading.findings import title as findings_title
from geodata.reading.labels import axis_label, key_label, kind_label, target_name
from geodata.rules.coverage import NOWHERE
from geodata.rules.targets import Count, Result

CHOSEN = "▶ "


@dataclass(frozen=True)
class TableSection:
    """A table with its title, what is said where it has no rows, and what is said below it."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class TargetSection:
    """A target: its line of the board, its numbered name, and what must be said beside it."""

    line: Line
    result: Result
    name: str
    beside: tuple[str, ...]


@dataclass(frozen=True)
class Sections:
    """The parts of a briefing; `comparison` and `changes` only if two dates are compared.

    `narrowed` says what the view leaves out, `total` how many sites it holds.
    """

    total: str
    narrowed: tuple[str, ...]
    closed: str
    targets: tuple[TargetSection, ...]
    findings_title: str
    findings: tuple[str, ...]
    comparison: TableSection | None
    units: TableSection
    map: str
    no_site: str
    changes: TableSection | None


def sections(briefing: Briefing) -> Sections:
    """Return what a briefing says."""
    none = _("The data on record cannot carry a finding yet.")
    targets = zip(briefing.board, briefing.results, strict=True)
    return Sections(
        total=_total(briefing),
        narrowed=tuple(_narrowed(briefing)),
        closed=closed_text(briefing),
        targets=tuple(
            TargetSection(
                line, result, f"{line.id.removeprefix('T')}. {line.name}", tuple(beside(result))
            )
            for line, result in targets
        ),
        findings_title=findings_title(briefing.plan, briefing.view.as_of),
        findings=briefing.findings or (none,),
        comparison=_comparison(briefing),
        units=_units(briefing),
        map=map_words(briefing),
        no_site=_("No site in this view.") if briefing.listed.empty else "",
        changes=_changes(briefing),
    )


def _narrowed(briefing: Briefing) -> Iterator[str]:
    """Yield what was left out of the view, as people say it; nothing if it is the whole."""
    view = briefing.view
    if view.unit:
        unit = plain(briefing.units["name"].get(view.unit, view.unit), NAME)
        yield _("Map and list hold only {unit}").format(unit=unit)
        if without_sites(briefing) and not view.kinds:
            yield _("no site is on record there")
    if view.kinds:
        kinds = ", ".join(kind_label(kind).lower() for kind in view.kinds)
        yield _("Map and list hold only {kinds}").format(kinds=kinds)
    if view.statuses:
        chosen = ", ".join(key_label(view.axis, key).lower() for key in view.statuses)
        yield _("Map and list hold only sites that are: {chosen}").format(chosen=chosen)


def without_sites(briefing: Briefing) -> bool:
    """Return whether a view holds no site at all, those that are not named included."""
    return not _counted(briefing)


def _counted(briefing: Briefing) -> int:
    """Return how many sites the view holds, those that are not named included."""
    return sum(row["count"] for group in briefing.legend["groups"] for row in group["rows"])


def _total(briefing: Briefing) -> str:
    """Return how many sites the view holds, and how many of them are not named."""
    unnamed = _counted(briefing) - len(briefing.sites)
    total = str(briefing.legend["notes"][0])
    if not unnamed:
        return total
    return ", ".join(
        [total, _("of these {n:site is|sites are} not named").format(n=number(unnamed))]
    )


def closed_text(briefing: Briefing) -> str:
    """Return that the targets stand at another day than the map, where the plan is over."""
    end, as_of = briefing.plan.window.end, briefing.view.as_of
    if as_of <= end:
        return ""
    words = _("Plan {decision} closed on {closed}; the map shows the state on {as_of}.")
    return words.format(decision=briefing.plan.decision, closed=day(end), as_of=day(as_of))


def _comparison(briefing: Briefing) -> TableSection | None:
    """Return each target at both dates: name, then, now, change, verdict now."""
    then, now = briefing.compared_to, day(briefing.view.as_of)
    if then is None:
        return None
    notes = []
    if then not in briefing.plan.window:
        words = _("The figures of {then} are those of the plan of that day.")
        notes.append(words.format(then=day(then)))
    return TableSection(
        _("{before} beside {after}").format(before=day(then), after=now),
        (_("Target"), day(then), now, "±", _("Verdict")),
        tuple(
            (row.name, row.then, row.now, row.change or NOTHING, row.verdict)
            for row in briefing.compared
        ),
        notes=tuple(notes),
    )


# --- units -----------------------------------------------------------------------------------


def _units(briefing: Briefing) -> TableSection:
    """Return the units that have sites or may have, best first.

    Rank, name, sites, yes, unknown, no, share, those that may count, and the move if two dates
    are compared.
    """
    gaps, goal = briefing.gaps, briefing.result.goal
    head = (
        _("Rank"),
        _("Unit"),
        _("Sites counted"),
        *words(briefing.view.axis),
        _("Share"),
        open_head(),
    )
    return TableSection(
        _units_title(briefing),
        (*head, _("Moved")) if "moved" in gaps else head,
        tuple(_ranked(row, goal) for _code, row in ranked(briefing).iterrows()),
        _("The view holds no site that counts."),
        tuple(_unit_notes(briefing)),
    )


def _units_title(briefing: Briefing) -> str:
    """Return what the units are about: their target, its threshold, the kinds if not all."""
    target = briefing.result.target
    title = _("Target {n}, threshold {threshold}: {target} – unit by unit").format(
        n=target.id.removeprefix("T"),
        threshold=threshold_text(target),
        target=target_name(target.id),
    )
    if not briefing.part:
        return title
    kinds = ", ".join(kind_label(kind).lower() for kind in briefing.part)
    return "; ".join([title, _("only {kinds}").format(kinds=kinds)])


def _unit_notes(briefing: Briefing) -> Iterator[str]:
    """Yield how many units have no site, what the mark of one means, and what moving is."""
    gaps = briefing.gaps
    if n := int(((gaps["sites"] == 0) & (gaps["open"] == 0)).sum()):
        yield _("Units without a site that counts here: {n}.").format(n=number(n))
    if briefing.view.unit:
        yield _("All units are ranked; the one chosen is marked ▶.")
    if (earlier := briefing.compared_to) and (gaps[["sites", "open"]] > 0).any(axis=None):
        yield _("Moved: ranks gained or lost since {earlier}.").format(earlier=day(earlier))


def ranked(briefing: Briefing, *, every: bool = False) -> pd.DataFrame:
    """Return the units that have sites or may have, best first: the rows of `Briefing.gaps`.

    Those without a rank come after the others, the sites of no known unit last of all; the
    unit of the view is marked. If `every`, those without a site come as well.
    """
    gaps = briefing.gaps
    rows = gaps[(every | (gaps["sites"] > 0) | (gaps["open"] > 0)).to_numpy()]
    rows = rows.assign(nowhere=rows.index == NOWHERE)
    order, up = ["nowhere", "rank", "sites", "open", "name"], [True, True, False, False, True]
    rows = rows.sort_values(order, ascending=up).drop(columns="nowhere")
    return rows.assign(
        name=[unit_name(code, name, briefing) for code, name in rows["name"].items()]
    )


def unit_name(code: object, name: str, briefing: Briefing) -> str:
    """Return the name of a unit; the sites of no known unit have one too."""
    if code == NOWHERE:
        return _("Unit not known")
    return f"{CHOSEN if code == briefing.view.unit else ''}{plain(name, NAME)}"


def _ranked(row: pd.Series, goal: Fraction | None) -> tuple[str, ...]:
    """Return one unit as text."""
    counts = [number(row[column]) for column in ("sites", "yes", "unknown", "no")]
    cells = (
        rank_text(row["rank"]),
        row["name"],
        *counts,
        share(row["yes"], row["sites"], goal) or NOTHING,
        number(row["open"]),
    )
    return (*cells, moved_text(row["moved"])) if "moved" in row else cells


def count_of(unit: Any) -> Count:
    """Return the count of a unit, or of several together: a row of `Briefing.gaps`, or its sum."""
    return Count(int(unit["yes"]), int(unit["sites"]), int(unit["unknown"]))


def rank_text(rank: Any) -> str:
    """Return a rank; a unit of which nothing is known has none."""
    return NOTHING if pd.isna(rank) else number(rank)


def moved_text(moved: Any) -> str:
    """Return how many ranks a unit gained or lost."""
    if pd.isna(moved) or moved == 0:
        return NOTHING
    return f"▲ {number(moved)}" if moved > 0 else f"▼ {number(-moved)}"


# --- changes and map -------------------------------------------------------------------------


def _changes(briefing: Briefing) -> TableSection | None:
    """Return how many sites moved from which status to which since the date compared."""
    if briefing.compared_to is None:
        return None
    title = _("Changes of status since {earlier}").format(earlier=day(briefing.compared_to))
    unnamed = any(result.unnamed for result in briefing.results)
    return TableSection(
        title,
        (_("Axis"), _("Before"), _("Now"), _("Sites counted")),
        tuple((*cells, number(n)) for *cells, n in transitions(briefing)),
        _("No site changed its status between the two dates."),
        (_("Sites that are not public are not listed here."),) if unnamed else (),
    )


def map_words(briefing: Briefing) -> str:
    """Return what the map shows, for those who do not see it."""
    rows = [row for group in briefing.legend["groups"] for row in group["rows"] if row["count"]]
    counts = "; ".join(f"{row['label']}: {number(row['count'])}" for row in rows)
    return _("Map of {axis} as of {as_of}. {counts}. {total}.").format(
        axis=axis_label(briefing.view.axis).lower(),
        as_of=day(briefing.view.as_of),
        counts=counts or _("No site in this view.").removesuffix("."),
        total=briefing.legend["notes"][0],
    )
