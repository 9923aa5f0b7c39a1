"""The seven targets of a plan: what was counted, what was left out and why, and the verdict.

A module a target, counted from one `case.Case` into one `result.Result`. Pure. Every figure is a
count of records or sites; percentages are made last and never cross a threshold by rounding.
Not here: status rules (``status``), sentences and files.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from geodata.core.lookup import is_in
from geodata.rules import intensity
from geodata.rules.plan import Plan, Target
from geodata.rules.targets.case import Case, case_of
from geodata.rules.targets.districts import DISTRICTS_END, district_window, organising_districts
from geodata.rules.targets.documents import policies
from geodata.rules.targets.grounds import OWN, REPLY, grounds
from geodata.rules.targets.institutions import institutions
from geodata.rules.targets.models import UNSETTLED, models
from geodata.rules.targets.outreach import reached_sites
from geodata.rules.targets.packaging import friendly_packaging
from geodata.rules.targets.result import (
    PARTS,
    UNKNOWN,
    VERDICTS,
    YES,
    Count,
    Result,
    Slice,
    count,
)
from geodata.rules.targets.sectors import sectors as reducing_sectors

__all__ = [
    "DISTRICTS_END",
    "OF_AXIS",
    "OWN",
    "PARTS",
    "REPLY",
    "UNKNOWN",
    "UNSETTLED",
    "VERDICTS",
    "YES",
    "Case",
    "Count",
    "Result",
    "Slice",
    "case_of",
    "count",
    "counted",
    "district_window",
    "grounds",
    "named",
    "of_axis",
    "results",
]

OF_AXIS = {"outreach": "T3", "compliance": "T6"}
"""The target that the gaps on an axis are held against."""

_COUNTED = {
    "T1": policies,
    "T2": reducing_sectors,
    "T3": reached_sites,
    "T4": models,
    "T5": organising_districts,
    "T6": friendly_packaging,
    "T7": institutions,
}


def results(
    sites: pd.DataFrame,
    evidence: pd.DataFrame,
    plan: Plan,
    as_of: date,
    districts: Sequence[str],
    *,
    sectors: pd.DataFrame | None = None,
) -> tuple[Result, ...]:
    """Return the plan's targets at a date, in the plan's order (domain section 2).

    Parameters
    ----------
    sites, evidence : DataFrame
        All of the register, private sites too, and the records that are known, as
        `sites.typed` and `evidence.typed` give them.
    plan : Plan
        Whose targets are counted.
    as_of : date
        The day looked at; a plan whose window is over is counted at its last day (domain rule
        4.3a), with what was entered late.
    districts : sequence of str
        Codes of the districts that were to organise outreach, frozen at 30/06/2025.
    sectors : DataFrame, optional
        The intensity of the plan's sectors, as from `intensity.of_plan`; nothing declared if
        left out.
    """
    if sectors is None:
        sectors = pd.DataFrame(columns=list(intensity.COLUMNS))
    case = case_of(sites, evidence, plan, as_of, districts=districts, sectors=sectors)
    return tuple(counted(case, target) for target in plan.targets)


def counted(case: Case, target: Target) -> Result:
    """Return one target, counted from a case as from `case_of`."""
    result = _COUNTED[target.id](case, target)
    return replace(result, outside=len(result.left_out))


def named(result: Result, shown: pd.Index, register: pd.Index) -> Result:
    """Return a result that lists only the sites that may be named; its figures stay whole.

    Parameters
    ----------
    result : Result
        Counted over the whole register.
    shown, register : Index
        The ids of the sites that may be named, and of all.
    """
    hidden = register.difference(shown)
    lists = {
        name: frame[~is_in(frame.index, hidden)]
        for name in ("counted", "open", "left_out", "behind")
        for frame in [getattr(result, name)]
    }
    unnamed = sum(len(getattr(result, name)) - len(lists[name]) for name in ("counted", "open"))
    return replace(result, **lists, unnamed=unnamed)


def of_axis(results: Sequence[Result], axis: str) -> Result:
    """Return the result that gaps, ranking and visits on an axis are about (T3 or T6)."""
    return next(result for result in results if result.target.id == OF_AXIS[axis])
