"""What all files of a briefing say alike: scope, ranking, changes, the watermark, plain text.

Not here: the figures (``briefing``, ``findings``) or how a format lays them out.
"""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from math import floor, log10
from typing import Any

import pandas as pd

from geodata.briefing import Briefing, status_name
from geodata.findings import reason_label, reduction_text, sector_label
from geodata.symbology import axis_label, kind_label, status_label
from geodata.targets import YES, Result
from geodata.text import _, day, number, share

NAME = 120  # letters of a name shown in a table
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
    return status_label(axis, YES[axis][0]), _("Unknown or awaiting"), _("Not, confirmed")


def scope(briefing: Briefing) -> list[str]:
    """Return what the view was narrowed to, and how many sites that leaves."""
    view, units = briefing.view, briefing.units
    every = _("all")
    kinds = ", ".join(kind_label(kind).lower() for kind in view.kinds) or every
    unit = units["name"].get(view.unit, view.unit) if view.unit else _("Whole province")
    chosen = ", ".join(status_name(view.axis, key) for key in view.statuses) or every
    return [
        _("Axis: {axis}").format(axis=axis_label(view.axis).lower()),
        _("Unit: {unit}").format(unit=plain(unit, NAME)),
        _("Kinds of sites: {kinds}").format(kinds=kinds),
        _("Statuses: {chosen}").format(chosen=chosen),
        briefing.legend["notes"][0],
    ]


def cumulative_label(briefing: Briefing) -> str:
    """Return what the count since an earlier day is called."""
    return _("Cumulative since {start}").format(start=day(briefing.plan.cumulative_since))


def beside(result: Result) -> list[str]:
    """Return what must be said beside a target's share: who is left out, other conventions."""
    said = []
    if result.outside:
        reasons = result.left_out["reason"].value_counts(sort=False)
        parts = [f"{reason_label(str(key)).lower()} {number(n)}" for key, n in reasons.items()]
        said.append(
            _("Outside the denominator: {n} ({parts}).").format(
                n=number(result.outside), parts="; ".join(parts)
            )
        )
    figures = result.figures
    if "enterprises" in figures:
        present, total = figures["enterprises_present"], figures["enterprises"]
        said.append(
            _("Counted by enterprises: {counted} at the {n} sites with both numbers.").format(
                counted=f"{number(present)}/{number(total)} ({share(present, total)})",
                n=number(figures["sites_with_both_numbers"]),
            )
        )
    if stores := figures.get("convenience_stores"):
        said.append(_("Apart, without a target: {n} convenience stores.").format(n=number(stores)))
    return said


def sectors(briefing: Briefing) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the sectors present, input by input, as text: heads, rows; none if no baseline.

    Sector, input with its units, intensity in the baseline year and now, reduction, plants
    counted, and what is found.
    """
    result = next((r for r in briefing.results if "baseline_year" in r.figures), None)
    if result is None:
        return (), []
    rows: list[tuple[str, ...]] = []
    for sector, status in result.counted["status"].items():
        told = result.behind[result.behind.index == sector].to_dict("records")
        rows += [(str(sector), *_intensity(row, result)) for row in told]
        if not told:
            rows.append((str(sector), *["–"] * 5, sector_label(status)))
    return sectors_head(result), rows


def _intensity(row: Mapping[Any, Any], result: Result) -> tuple[str, ...]:
    """Return one input of a sector as text."""
    shown = [_amount(row[column]) for column in ("baseline", "current")]
    less, plants = row["reduction"], row["plants"]
    return (
        plain(input_of(row), NAME),
        *shown,
        "–" if less is None else reduction_text(less, result.target),
        "–" if plants is None else number(plants),
        sector_label(row["status"]),
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


def ranking(briefing: Briefing) -> list[tuple[str, ...]]:
    """Return the units that have sites as rows of text, best first.

    Rank, name, sites, yes, unknown, no, share, and the move if two dates are compared.
    """
    gaps = briefing.gaps[(briefing.gaps["sites"] > 0).to_numpy()]
    gaps = gaps.sort_values(["rank", "sites", "name"], ascending=[True, False, True])
    return [_ranked(row) for _code, row in gaps.iterrows()]


def _ranked(row: pd.Series) -> tuple[str, ...]:
    """Return one unit as text."""
    counts = [number(row[column]) for column in ("sites", "yes", "unknown", "no")]
    cells = (
        number(row["rank"]),
        plain(row["name"], NAME),
        *counts,
        share(row["yes"], row["sites"]),
    )
    return (*cells, _moved(row["moved"])) if "moved" in row else cells


def _moved(moved: float) -> str:
    """Return how many ranks a unit gained or lost."""
    if pd.isna(moved) or moved == 0:
        return "–"
    return f"▲ {number(moved)}" if moved > 0 else f"▼ {number(-moved)}"


def ranking_head(briefing: Briefing) -> tuple[str, ...]:
    """Return the heads of the columns of `ranking`."""
    yes, unknown, no = words(briefing.view.axis)
    head = (_("Rank"), _("Unit"), _("Sites counted"), yes, unknown, no, _("Share"))
    return (*head, _("Moved")) if "moved" in briefing.gaps else head


def without_sites(briefing: Briefing) -> str:
    """Return how many units have no site that counts, or nothing."""
    n = int((briefing.gaps["sites"] == 0).sum())
    return _("Units without a site that counts here: {n}.").format(n=number(n)) if n else ""


def transitions(briefing: Briefing) -> list[tuple[str, str, str, int]]:
    """Return axis, status before, status now, and how many sites moved so; most first."""
    changes = briefing.changes
    counts = Counter(zip(changes["axis"], changes["before"], changes["after"], strict=True))
    return [
        (axis_name(axis, after), status_name(axis, before), status_name(axis, after), n)
        for (axis, before, after), n in counts.most_common()
    ]


def axis_name(axis: str, key: str) -> str:
    """Return the axis of a change; models have stages instead."""
    return axis_label("stage" if key.startswith("stage-") else axis)


def watermark() -> str:
    """Return what stands on every page and slide of simulated data."""
    return _("SIMULATED DATA – not real figures").upper()


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
        counts=counts or _("No sites"),
        total=briefing.legend["notes"][0],
    )
