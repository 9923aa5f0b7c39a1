"""Intensity: what a sector uses of each material or fuel for a unit of product, in two years.

Every row is counted; whether its numbers may be shown is said beside them. Pure. Not here: the
declarations it is computed from (``declarations``), who owns a plant (``owners``), the verdict
on the target (``targets``).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

import pandas as pd

from geodata.register import owners as business
from geodata.register.declarations import live
from geodata.register.sectors import spelled
from geodata.rules.plan import Plan, Target

# Own rules: from fewer owners, or of one that makes nearly all, a sum tells what one plant uses.
FEWEST = 3
LARGEST = Fraction(80, 100)

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
    "hidden",  # whether the figures must not be shown
    "status",  # what the row is found to be, judged by its exact numbers: one of `STATUSES`
)
_FIGURES = ("baseline", "current", "reduction", "plants", "plants_left_out")

# What a row, and a sector, is found to be (`judged`, `overall`).
YES = ("exceeded", "met")
UNKNOWN = ("reported", "not-comparable", "undeclared", "no-baseline")
STATUSES = (*YES, "below", *UNKNOWN)

_Record = Mapping[Any, Any]  # a declaration, by column
_Units = tuple[str, str]


class _Use(NamedTuple):
    """What a plant declared of one input in one year."""

    consumption: Fraction
    output: Fraction
    units: _Units
    verified: bool


class _Plant(NamedTuple):
    """A plant that declared both years in the same units."""

    owner: str
    before: _Use
    now: _Use


def of_plan(
    declarations: pd.DataFrame, plan: Plan, owners: pd.Series | None = None
) -> pd.DataFrame:
    """Return the intensities a plan asks for; none if it has no baseline year.

    Parameters are those of `by_sector`.
    """
    asked = next((t for t in plan.targets if t.unit == "sector"), None)
    if asked is None or asked.baseline_year is None:
        return pd.DataFrame(columns=list(COLUMNS))
    return by_sector(declarations, asked, plan.year, owners=owners)


def by_sector(
    declarations: pd.DataFrame, target: Target, year: int, owners: pd.Series | None = None
) -> pd.DataFrame:
    """Return what each sector uses of each input, in a year beside a target's baseline year.

    Consumption and output are added up over the plants that declared both years in the same
    units, then divided: plants weigh by their output, percentages are never averaged. Inputs
    and units never mix. If a plant has more than one live declaration of the same thing, the
    better grade counts; if those of the same grade differ, the plant is left out.

    Parameters
    ----------
    declarations : DataFrame
        What was known, as from `declarations.typed`; all that is live in it counts.
    target : Target
        Whose baseline year is compared with, and whose threshold a row is judged by.
    year : int
        The year looked at.
    owners : Series, optional
        Who operates a site, as text, by site id; a plant without an owner is its own.

    Returns
    -------
    DataFrame
        `COLUMNS`, by sector, input and units; numbers are exact fractions. An input of which
        no plant can be compared has one row without numbers.
    """
    records = live(declarations)
    records = records[records["year"].isin([target.baseline_year, year]).to_numpy()]
    owner = business.of_plants(records["plant"], owners)
    records = records.assign(owner=records["plant"].map(owner))
    rows = []
    for _key, group in sorted(_by(records, "sector", "input").items()):
        sector, named = (min(record[c] for record in group) for c in ("sector", "input"))
        rows += [
            {"sector": sector, "input": named, **row, "status": judged(row, target)}
            for row in _rows(group, (target.baseline_year, year))
        ]
    # Objects, so that what is missing is None and fractions stay exact.
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="object")


def public(intensities: pd.DataFrame) -> pd.DataFrame:
    """Return the rows without the figures that must not be shown; what they come to stays."""
    blank = dict.fromkeys(_FIGURES)
    rows = [{**row, **blank} if row["hidden"] else row for row in _records(intensities)]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="object")


def _records(frame: pd.DataFrame) -> list[_Record]:
    return [*frame.to_dict("records")]


def judged(row: Mapping[Any, Any], target: Target) -> str:
    """Return what one row of exact numbers is found to be under a target: one of `STATUSES`.

    Only what is verified is met or below; the fractions are compared as they are.
    """
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
    present = set(statuses)
    if "below" in present:
        return "below"
    for unknown in UNKNOWN:
        if unknown in present:
            return unknown
    if not present:
        return "undeclared"
    return "met" if "met" in present else "exceeded"


def _by(records: pd.DataFrame, *columns: str) -> dict[tuple[str, ...], list[_Record]]:
    """Return the records by what some columns mean, however it was written."""
    groups: dict[tuple[str, ...], list[_Record]] = defaultdict(list)
    for record in _records(records):
        groups[tuple(_meant(column, record[column]) for column in columns)].append(record)
    return groups


def _meant(column: str, text: str) -> str:
    return spelled(text) if column == "sector" else " ".join(text.casefold().split())


def _rows(records: list[_Record], years: tuple[int | None, int]) -> list[dict[str, Any]]:
    """Return the rows of one input of a sector: one for each pair of units that compare."""
    plants = _by(pd.DataFrame(records), "plant").values()
    comparable: dict[_Units, list[_Plant]] = defaultdict(list)
    for declared in plants:
        before, now = (_use(r for r in declared if r["year"] == year) for year in years)
        if before and now and before.units == now.units:
            comparable[now.units].append(_Plant(declared[0]["owner"], before, now))
    left_out = len(plants) - sum(map(len, comparable.values()))
    rows = [_row(units, group) for units, group in sorted(comparable.items())] or [_row(None, [])]
    return [row | {"plants_left_out": 0 if n else left_out} for n, row in enumerate(rows)]


def _use(records: Iterable[_Record]) -> _Use | None:
    """Return what a plant declared for a year; nothing if two of one grade do not agree."""
    ranked = sorted(records, key=lambda record: str(record["grade"]))
    best = {_exactly(r) for r in ranked if r["grade"] == ranked[0]["grade"]}
    return best.pop() if len(best) == 1 else None


def _exactly(record: _Record) -> _Use:
    units = (record["consumption_unit"], record["output_unit"])
    consumption, output = _exact(record["consumption"]), _exact(record["output"])
    return _Use(consumption, output, units, record["grade"] in ("A", "B"))


def _exact(value: float) -> Fraction:
    """Return a declared number as it was written: its shortest decimal, not its binary."""
    return Fraction(repr(float(value)))


def _row(units: _Units | None, plants: list[_Plant]) -> dict[str, Any]:
    """Return the numbers of the plants that compare in a pair of units."""
    consumption_unit, output_unit = units or (None, None)
    before, now = _ratio([p.before for p in plants]), _ratio([p.now for p in plants])
    return {
        "consumption_unit": consumption_unit,
        "output_unit": output_unit,
        "baseline": before,
        "current": now,
        "reduction": 1 - now / before if before and now is not None else None,
        "plants": len(plants),
        "verified": bool(plants) and all(p.before.verified and p.now.verified for p in plants),
        "hidden": _hidden(plants),
    }


def _hidden(plants: list[_Plant]) -> bool:
    """Say whether numbers of these plants would tell too much of one; of none there is nothing."""
    if len({plant.owner for plant in plants}) < FEWEST:
        return bool(plants)
    years = ([(p.owner, p.before) for p in plants], [(p.owner, p.now) for p in plants])
    return any(_largest_share(uses) > LARGEST for uses in years)


def _largest_share(uses: list[tuple[str, _Use]]) -> Fraction:
    """Return which part of all output is that of the owner who makes the most."""
    outputs: dict[str, Fraction] = defaultdict(Fraction)
    for owner, use in uses:
        outputs[owner] += use.output
    return max(outputs.values()) / sum(outputs.values(), Fraction())


def _ratio(uses: list[_Use]) -> Fraction | None:
    """Return what all of some plants used together for a unit of what they made together."""
    output = sum((use.output for use in uses), Fraction())
    return sum((use.consumption for use in uses), Fraction()) / output if output else None
