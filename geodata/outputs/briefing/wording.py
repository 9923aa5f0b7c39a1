"""Words that files, pages and lists share: what counts as what, what may count, marks, plain text.

Not here: what a briefing says part by part (``sections``), or the figures (``reading.briefing``).
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
from geodata.reading.findings import hidden_text, intensity_label, reduction_text
from geodata.reading.labels import axis_label, key_label, reason_label, sector_label, status_label
from geodata.rules.targets import UNKNOWN, YES, Result

NAME = 120  # letters of a name shown in a table
FILE_NAME = 40  # letters of a file's name in a mark
NOTHING = "–"
# Which status gives yes, unknown and no their colour on an axis.
STATUS_OF = {
    "outreach": ("reached", "no-data", "not-reached"),
    "compliance": ("compliant", "no-data", "non-compliant"),
}
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


def not_named(result: Result) -> str:
    """Return how many of the sites counted are not named, if some are not."""
    if not result.unnamed:
        return ""
    return _("Of these {n:site is|sites are} counted and not named").format(
        n=number(result.unnamed)
    )


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


def open_head() -> str:
    """Return the head of a column of those that may count or not."""
    return _("Not known whether in the denominator")


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


def transitions(briefing: Briefing) -> list[tuple[str, str, str, int]]:
    """Return axis, status before, status now, and how many sites moved so; most first."""
    changes = briefing.changes
    counts = Counter(zip(changes["axis"], changes["before"], changes["after"], strict=True))
    return [
        (axis_name(axis, after), key_label(axis, before), key_label(axis, after), n)
        for (axis, before, after), n in counts.most_common()
    ]


def axis_name(axis: str, key: str) -> str:
    """Return the axis of a change; models have stages instead."""
    return axis_label("stage" if key.startswith("stage-") else axis)


# --- marks -----------------------------------------------------------------------------------


class Marked(Protocol):
    """What bears marks: a briefing, or a day in the field."""

    @property
    def facts(self) -> tuple[str, ...]:
        """What stands at the foot of every page."""

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
