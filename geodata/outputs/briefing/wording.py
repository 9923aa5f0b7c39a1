"""What all files of a briefing say alike: scope, units, comparison, changes, marks, plain text.

Not here: the figures (``briefing``, ``findings``) or how a format lays them out.
"""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from math import floor, log10
from typing import Any, Protocol

import pandas as pd

from geodata.core.text import _, day, number, share
from geodata.reading.briefing import Briefing
from geodata.reading.findings import hidden_text, intensity_label, reduction_text, threshold_text
from geodata.reading.labels import (
    axis_label,
    key_label,
    kind_label,
    reason_label,
    sector_label,
    status_label,
    target_name,
)
from geodata.rules.coverage import NOWHERE
from geodata.rules.targets import UNKNOWN, YES, Result

NAME = 120  # letters of a name shown in a table
FILE_NAME = 40  # letters of a file's name in a mark
NOTHING, CHOSEN = "–", "▶ "
# Control characters a document cannot hold, and marks that turn the text beside them round.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]+"
)


def plain(text: object, most: int = 1000) -> str:
    """Return a text on one line, without characters that no file can hold or nobody sees."""
    line = " ".join(_UNSEEN.sub(" ", str(text)).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def axis_of(result: Result) -> str:
    """Return the axis a target is counted on."""
    return "compliance" if result.target.profile else "outreach"


def words(axis: str) -> tuple[str, str, str]:
    """Return what yes, unknown and no are called on an axis."""
    no = {
        "outreach": status_label("outreach", "not-reached"),
        "compliance": _("Does not meet it, or only partly"),
    }
    return status_label(axis, YES[axis][0]), _("Unknown or awaiting"), no[axis]


def scope(briefing: Briefing) -> list[str]:
    """Return what the view was narrowed to, and how many sites that leaves."""
    view, units = briefing.view, briefing.units
    every = _("all")
    kinds = ", ".join(kind_label(kind).lower() for kind in view.kinds) or every
    unit = units["name"].get(view.unit, view.unit) if view.unit else _("Whole province")
    chosen = ", ".join(key_label(view.axis, key) for key in view.statuses) or every
    return [
        _("Axis: {axis}").format(axis=axis_label(view.axis).lower()),
        _("Unit: {unit}").format(unit=plain(unit, NAME)),
        _("Kinds of sites: {kinds}").format(kinds=kinds),
        _("Statuses: {chosen}").format(chosen=chosen),
        _total(briefing),
    ]


def _total(briefing: Briefing) -> str:
    """Return how many sites the view holds, and how many of them are not named."""
    rows = (row for group in briefing.legend["groups"] for row in group["rows"])
    unnamed = sum(row["count"] for row in rows) - len(briefing.sites)
    total = str(briefing.legend["notes"][0])
    if not unnamed:
        return total
    return ", ".join([total, _("of these {n} sites are not named").format(n=number(unnamed))])


def closed(briefing: Briefing) -> str:
    """Return that the targets stand at another day than the map, where the plan is over."""
    end, as_of = briefing.plan.window.end, briefing.view.as_of
    if as_of <= end:
        return ""
    words = _("Plan {decision} closed on {closed}; the map shows the state on {as_of}.")
    return words.format(decision=briefing.plan.decision, closed=day(end), as_of=day(as_of))


def cumulative_label(briefing: Briefing) -> str:
    """Return what the count since an earlier day is called."""
    return _("Cumulative since {start}").format(start=day(briefing.plan.cumulative_since))


def beside(result: Result) -> list[str]:
    """Return what must be said beside a target's share: who is left out, other conventions."""
    sentences = []
    if result.outside:
        reasons = result.left_out["reason"].value_counts(sort=False)
        parts = [f"{reason_label(str(key)).lower()} {number(n)}" for key, n in reasons.items()]
        if unnamed := result.outside - len(result.left_out):
            parts.append(_("not named {n}").format(n=number(unnamed)))
        sentences.append(
            _("Outside the denominator: {n} ({parts}).").format(
                n=number(result.outside), parts="; ".join(parts)
            )
        )
    figures = result.figures
    if "enterprises" in figures:
        present, total = figures["enterprises_present"], figures["enterprises"]
        sentences.append(
            _("Counted by enterprises: {counted} at the {n} sites with both numbers.").format(
                counted=f"{number(present)}/{number(total)} ({share(present, total)})",
                n=number(figures["sites_with_both_numbers"]),
            )
        )
    if stores := figures.get("convenience_stores"):
        sentences.append(
            _("Apart, without a target: {n} convenience stores.").format(n=number(stores))
        )
    return sentences


def sectors(
    briefing: Briefing, *, remarks: bool = True
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the sectors present, input by input, as text: heads, rows; none if no baseline.

    Sector, input with its units, intensity in the baseline year and now, reduction, plants
    counted, and what is found. Without `remarks` the verdict stands alone where figures are
    hidden; `sectors_remark` then belongs below.
    """
    result = next((r for r in briefing.results if "baseline_year" in r.figures), None)
    if result is None:
        return (), []
    rows: list[tuple[str, ...]] = []
    for sector, status in result.counted["status"].items():
        inputs = result.behind[result.behind.index == sector].to_dict("records")
        rows += [(str(sector), *_intensity(row, result, remarks=remarks)) for row in inputs]
        if not inputs:
            rows.append((str(sector), *["–"] * 5, sector_label(status)))
    return sectors_head(result), rows


def sectors_remark(briefing: Briefing) -> str:
    """Return why figures are hidden, if some are."""
    hidden = any("sectors-hidden" in result.notes for result in briefing.results)
    return f"{hidden_text()}." if hidden else ""


def _intensity(row: Mapping[Any, Any], result: Result, *, remarks: bool) -> tuple[str, ...]:
    """Return one input of a sector as text."""
    shown = [_amount(row[column]) for column in ("baseline", "current")]
    less, plants = row["reduction"], row["plants"]
    return (
        plain(input_of(row), NAME),
        *shown,
        "–" if less is None else reduction_text(less, result.target),
        "–" if plants is None else number(plants),
        intensity_label(row) if remarks else sector_label(row["status"]),
    )


def input_of(row: Mapping[Any, Any]) -> str:
    """Return an input with its units: ``điện (kWh/tấn)``."""
    if row["consumption_unit"] is None:
        return str(row["input"])
    return f"{row['input']} ({row['consumption_unit']}/{row['output_unit']})"


def _amount(value: Fraction | None) -> str:
    """Return a number with four digits that count, or more before the comma."""
    if value is None:
        return "–"
    return number(float(value), max(0, 3 - floor(log10(value))) if value else 0)


def sectors_head(result: Result) -> tuple[str, ...]:
    """Return the heads of the columns of `sectors`."""
    years = result.figures
    intensity = _("Intensity {year}")
    return (
        _("Sector"),
        _("Material or fuel"),
        intensity.format(year=years["baseline_year"]),
        intensity.format(year=years["year"]),
        _("Reduction"),
        _("Plants"),
        _("Verdict"),
    )


# --- units -----------------------------------------------------------------------------------


def units_title(briefing: Briefing) -> str:
    """Return what the units are about: their target, its threshold, the kinds if not all."""
    target = briefing.result.target
    title = _("Target {n}, threshold {threshold}: {target} – unit by unit").format(
        n=target.id.removeprefix("T"),
        threshold=threshold_text(target),
        target=target_name(target.id),
    )
    if not briefing.view.kinds:
        return title
    kinds = ", ".join(kind_label(kind).lower() for kind in briefing.view.kinds)
    return "; ".join([title, _("only {kinds}").format(kinds=kinds)])


def ranked(briefing: Briefing) -> pd.DataFrame:
    """Return the units that have sites or may have, best first: the rows of `Briefing.gaps`.

    Those without a rank come after the others, the sites of no known unit last of all; the
    unit of the view is marked.
    """
    gaps = briefing.gaps
    rows = gaps[((gaps["sites"] > 0) | (gaps["open"] > 0)).to_numpy()]
    rows = rows.assign(nowhere=rows.index == NOWHERE)
    order = ["nowhere", "rank", "sites", "name"]
    rows = rows.sort_values(order, ascending=[True, True, False, True]).drop(columns="nowhere")
    return rows.assign(
        name=[unit_name(code, name, briefing) for code, name in rows["name"].items()]
    )


def unit_name(code: object, name: str, briefing: Briefing) -> str:
    """Return the name of a unit; the sites of no known unit have one too."""
    if code == NOWHERE:
        return _("Unit not known")
    return f"{CHOSEN if code == briefing.view.unit else ''}{plain(name, NAME)}"


def chosen_note(briefing: Briefing) -> str:
    """Return what the mark before a unit means, if one is chosen."""
    if not briefing.view.unit:
        return ""
    return _("All units are ranked; the one chosen is marked ▶.")


def ranking(briefing: Briefing) -> list[tuple[str, ...]]:
    """Return the units that have sites or may have as rows of text, best first.

    Rank, name, sites, yes, unknown, no, share, those that may count, and the move if two dates
    are compared.
    """
    goal = briefing.result.goal
    return [_ranked(row, goal) for _code, row in ranked(briefing).iterrows()]


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


def rank_text(rank: Any) -> str:
    """Return a rank; a unit of which nothing is known has none."""
    return NOTHING if pd.isna(rank) else number(rank)


def moved_text(moved: Any) -> str:
    """Return how many ranks a unit gained or lost."""
    if pd.isna(moved) or moved == 0:
        return NOTHING
    return f"▲ {number(moved)}" if moved > 0 else f"▼ {number(-moved)}"


def ranking_head(briefing: Briefing) -> tuple[str, ...]:
    """Return the heads of the columns of `ranking`."""
    head = (
        _("Rank"),
        _("Unit"),
        _("Sites counted"),
        *words(briefing.view.axis),
        _("Share"),
        open_head(),
    )
    return (*head, _("Moved")) if "moved" in briefing.gaps else head


def open_head() -> str:
    """Return the head of a column of those that may count or not."""
    return _("Not known whether in the denominator")


def without_sites(briefing: Briefing) -> str:
    """Return how many units have no site that counts or may count, or nothing."""
    gaps = briefing.gaps
    n = int(((gaps["sites"] == 0) & (gaps["open"] == 0)).sum())
    return _("Units without a site that counts here: {n}.").format(n=number(n)) if n else ""


# --- what may count --------------------------------------------------------------------------


def open_results(briefing: Briefing) -> list[Result]:
    """Return the targets for which some sites may count or not."""
    return [result for result in briefing.results if result.count and result.count.open]


def missing_text(missing: str) -> str:
    """Return what has to be found out of a site before it counts, as people say it."""
    names = {
        "decision": _("the decision that establishes or recognises it"),
        "lifecycle": _("whether it operates"),
    }
    return "; ".join(names[name] for name in missing.split(";"))


def keeper(kind: str) -> str:
    """Return who keeps the register of a kind of site (domain section 5)."""
    trade = _("Department of Industry and Trade")
    return {
        "industrial_park": _("Management Board of Industrial Parks"),
        "craft_village": _("Department of Agriculture and Environment"),
    }.get(kind, trade)


def status_on_list(result: Result, row: pd.Series) -> str:
    """Return the status of a site on a target's list; what is only claimed is marked so."""
    axis, status = axis_of(result), str(row["status"])
    label = status_label(axis, status)
    claimed = row["part"] == "unknown" and status not in UNKNOWN[axis]
    return _("{status} (not verified)").format(status=label) if claimed else label


# --- two dates -------------------------------------------------------------------------------


def comparison_title(briefing: Briefing) -> str:
    """Return what the comparison of two dates is called."""
    assert briefing.compared_to  # noqa: S101 - asked only then
    return _("{before} beside {after}").format(
        before=day(briefing.compared_to), after=day(briefing.view.as_of)
    )


def comparison_head(briefing: Briefing) -> tuple[str, ...]:
    """Return the heads of the columns of `comparison`."""
    assert briefing.compared_to  # noqa: S101 - asked only then
    days = day(briefing.compared_to), day(briefing.view.as_of)
    return (_("Target"), *days, "±", _("Verdict"))


def comparison(briefing: Briefing) -> list[tuple[str, ...]]:
    """Return each target at both dates as text: name, then, now, change, verdict now."""
    return [
        (row.name, row.then, row.now, row.change or NOTHING, row.verdict)
        for row in briefing.compared
    ]


def comparison_note(briefing: Briefing) -> str:
    """Return that the earlier day was looked at under another plan, if it was."""
    then = briefing.compared_to
    if then is None or then in briefing.plan.window:
        return ""
    return _("The figures of {then} are those of the plan of that day.").format(then=day(then))


def transitions(briefing: Briefing) -> list[tuple[str, str, str, int]]:
    """Return axis, status before, status now, and how many sites moved so; most first."""
    changes = briefing.changes
    counts = Counter(zip(changes["axis"], changes["before"], changes["after"], strict=True))
    return [
        (axis_name(axis, after), key_label(axis, before), key_label(axis, after), n)
        for (axis, before, after), n in counts.most_common()
    ]


def unlisted(briefing: Briefing) -> str:
    """Return that changes name public sites only, where there are others."""
    if not any(result.unnamed for result in briefing.results):
        return ""
    return _("Sites that are not public are not listed here.")


def axis_name(axis: str, key: str) -> str:
    """Return the axis of a change; models have stages instead."""
    return axis_label("stage" if key.startswith("stage-") else axis)


# --- marks -----------------------------------------------------------------------------------


class Marked(Protocol):
    """What bears marks: a briefing, or a day in the field."""

    @property
    def simulated(self) -> bool:
        """Whether nothing in it is real."""

    @property
    def assumed(self) -> tuple[str, ...]:
        """Names of the files that stand in for the store's data."""

    @property
    def internal(self) -> bool:
        """Whether it names sites that are not public."""


def marks(about: Marked) -> tuple[str, ...]:
    """Return what every page, slide and sheet bears; a plain public file bears nothing."""
    names = ", ".join(plain(name, FILE_NAME) for name in about.assumed)
    every = (
        (about.simulated, watermark()),
        (about.internal, _("FOR INTERNAL USE")),
        (bool(names), _("WHAT IF ({names})").format(names=names)),
    )
    return tuple(mark for is_due, mark in every if is_due)


def across(about: Marked) -> str:
    """Return what stands across every page: that its figures are not those of the office."""
    every = ((about.simulated, _("SIMULATED DATA")), (bool(about.assumed), _("WHAT IF")))
    return " · ".join(mark for is_due, mark in every if is_due)


def watermark() -> str:
    """Return what stands on every page and slide of simulated data."""
    return _("SIMULATED DATA – not real figures").upper()


# --- the rest --------------------------------------------------------------------------------


def in_words(moment: date) -> str:
    """Return a date as official papers write it, a zero before days to 9, January, February."""
    month = f"{moment.month:02}" if moment.month <= 2 else str(moment.month)  # noqa: PLR2004
    return _("day {day} month {month} year {year}").format(
        day=f"{moment.day:02}", month=month, year=moment.year
    )


def alternative(briefing: Briefing) -> str:
    """Return what the map shows, for those who do not see it."""
    rows = [row for group in briefing.legend["groups"] for row in group["rows"] if row["count"]]
    counts = "; ".join(f"{row['label']}: {number(row['count'])}" for row in rows)
    return _("Map of {axis} as of {as_of}. {counts}. {total}.").format(
        axis=axis_label(briefing.view.axis).lower(),
        as_of=day(briefing.view.as_of),
        counts=counts or _("No site in this view.").removesuffix("."),
        total=briefing.legend["notes"][0],
    )
