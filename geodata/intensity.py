"""Intensity: what a sector uses of each material or fuel for a unit of product, in two years.

Pure. Not here: the declarations it is computed from (``declarations``), the verdict on the
target (``targets``).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

import pandas as pd

from geodata.declarations import live_at
from geodata.plan import Plan, Target
from geodata.sectors import spelled

FEWEST = 3  # own rule: with fewer plants the public could tell what one of them uses

COLUMNS = (
    "sector",  # as it was declared
    "input",
    "consumption_unit",  # both missing where no plant can be compared
    "output_unit",
    "baseline",  # consumption by output, exact; missing like the units
    "current",
    "reduction",  # 1 − current ÷ baseline, exact; missing after a baseline of nothing
    "plants",  # that declared both years in these units
    "plants_left_out",  # of this input, in its first row: one year only, other units, unclear
    "verified",  # whether all that was counted is of grade A or B
    "hidden",  # whether the numbers are kept from the public
)

# What a row, and a sector, is found to be (`judged`, `overall`).
YES = ("exceeded", "met")
UNKNOWN = ("too-few", "reported", "not-comparable", "undeclared", "no-baseline")
STATUSES = (*YES, "below", *UNKNOWN)

_Record = Mapping[Any, Any]  # a declaration, by column
_Units = tuple[str, str]


class _Said(NamedTuple):
    """What a plant declared of one input in one year."""

    consumption: Fraction
    output: Fraction
    units: _Units
    verified: bool


_Both = tuple[_Said, _Said]  # of the baseline year and the year looked at


def of_plan(declarations: pd.DataFrame, plan: Plan, as_of: date) -> pd.DataFrame:
    """Return the intensities a plan asks for at a date; none if it has no baseline year."""
    asked = next((t for t in plan.targets if t.unit == "sector"), None)
    if asked is None or asked.baseline_year is None:
        return pd.DataFrame(columns=list(COLUMNS))
    return by_sector(declarations, asked.baseline_year, plan.year, as_of)


def by_sector(
    declarations: pd.DataFrame, baseline_year: int, year: int, as_of: date
) -> pd.DataFrame:
    """Return what each sector uses of each input, in a year beside the baseline year.

    Consumption and output are added up over the plants that declared both years in the same
    units, then divided: plants weigh by their output, percentages are never averaged. Inputs
    and units never mix. If a plant has more than one live declaration of the same thing, the
    better grade counts; if those of the same grade differ, the plant is left out.

    Parameters
    ----------
    declarations : DataFrame
        As from `declarations.typed`.
    baseline_year, year : int
        The years compared.
    as_of : date
        What was known at the end of this day is counted.

    Returns
    -------
    DataFrame
        `COLUMNS`, by sector, input and units; numbers are exact fractions. An input of which
        no plant can be compared has one row without numbers.
    """
    live = live_at(declarations, as_of)
    live = live[live["year"].isin([baseline_year, year]).to_numpy()]
    rows = []
    for _key, told in sorted(_by(live, "sector", "input").items()):
        sector, named = (min(record[c] for record in told) for c in ("sector", "input"))
        head = {"sector": sector, "input": named, "hidden": False}
        rows += [head | row for row in _rows(told, baseline_year, year)]
    # Objects, so that what is missing is None and fractions stay exact.
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="object")


def public(intensities: pd.DataFrame) -> pd.DataFrame:
    """Return what the public may see: no number at all where fewer than three plants report."""
    rows = [_kept(row) if row["plants"] < FEWEST else row for row in _records(intensities)]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="object")


def _kept(row: _Record) -> _Record:
    """Return a row of which only sector and input are told."""
    told = {"sector": row["sector"], "input": row["input"], "verified": False, "hidden": True}
    return dict.fromkeys(COLUMNS) | told


def _records(frame: pd.DataFrame) -> list[_Record]:
    return [*frame.to_dict("records")]


def judged(row: Mapping[Any, Any], target: Target) -> str:
    """Return what one row is found to be under a target: one of `STATUSES`.

    Only what is verified is met or below; the fractions are compared as they are.
    """
    if row["hidden"]:
        return "too-few"
    if row["reduction"] is None:
        return "not-comparable"
    if not row["verified"]:
        return "reported"
    if target.threshold is not None and row["reduction"] < target.threshold:
        return "below"
    over = target.ceiling is not None and row["reduction"] > target.ceiling
    return "exceeded" if over else "met"


def overall(statuses: Iterable[str]) -> str:
    """Return what a sector is found to be from its inputs: one of `STATUSES`.

    It is below if one verified input is; it meets the target if every declared input does; as
    long as one of them is not known, neither is the sector.
    """
    found = set(statuses)
    if "below" in found:
        return "below"
    for unknown in UNKNOWN:
        if unknown in found:
            return unknown
    if not found:
        return "undeclared"
    return "met" if "met" in found else "exceeded"


def _by(records: pd.DataFrame, *columns: str) -> dict[tuple[str, ...], list[_Record]]:
    """Return the records by what some columns mean, however it was written."""
    groups: dict[tuple[str, ...], list[_Record]] = defaultdict(list)
    for record in _records(records):
        groups[tuple(_meant(column, record[column]) for column in columns)].append(record)
    return groups


def _meant(column: str, text: str) -> str:
    return spelled(text) if column == "sector" else " ".join(text.casefold().split())


def _rows(told: list[_Record], baseline_year: int, year: int) -> list[dict[str, Any]]:
    """Return the rows of one input of a sector: one for each pair of units that compare."""
    plants = _by(pd.DataFrame(told), "plant").values()
    comparable: dict[_Units, list[_Both]] = defaultdict(list)
    for records in plants:
        before, now = (_one(r for r in records if r["year"] == y) for y in (baseline_year, year))
        if before and now and before.units == now.units:
            comparable[now.units].append((before, now))
    left_out = len(plants) - sum(map(len, comparable.values()))
    rows = [_row(units, both) for units, both in sorted(comparable.items())] or [_row(None, [])]
    return [row | {"plants_left_out": 0 if n else left_out} for n, row in enumerate(rows)]


def _one(records: Iterable[_Record]) -> _Said | None:
    """Return what a plant declared for a year; nothing if it says two things of one grade."""
    ranked = sorted(records, key=lambda record: str(record["grade"]))
    said = {_said(r) for r in ranked if r["grade"] == ranked[0]["grade"]}
    return said.pop() if len(said) == 1 else None


def _said(record: _Record) -> _Said:
    units = (record["consumption_unit"], record["output_unit"])
    consumption, output = _exact(record["consumption"]), _exact(record["output"])
    return _Said(consumption, output, units, record["grade"] in ("A", "B"))


def _exact(value: float) -> Fraction:
    """Return a declared number as it was written: its shortest decimal, not its binary."""
    return Fraction(repr(float(value)))


def _row(units: _Units | None, plants: list[_Both]) -> dict[str, Any]:
    """Return the numbers of the plants that compare in a pair of units."""
    consumption_unit, output_unit = units or (None, None)
    before, now = (_ratio([both[k] for both in plants]) for k in (0, 1))
    return {
        "consumption_unit": consumption_unit,
        "output_unit": output_unit,
        "baseline": before,
        "current": now,
        "reduction": 1 - now / before if before and now is not None else None,
        "plants": len(plants),
        "verified": bool(plants) and all(said.verified for both in plants for said in both),
    }


def _ratio(said: list[_Said]) -> Fraction | None:
    """Return what all of some plants used together for a unit of what they made together."""
    output = sum((one.output for one in said), Fraction())
    return sum((one.consumption for one in said), Fraction()) / output if output else None
