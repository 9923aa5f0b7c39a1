"""T2: sectors that use less material and fuel. Not here: intensity itself (``rules.intensity``)."""

import pandas as pd

from geodata.register.lifecycle import lifecycle_on
from geodata.register.sectors import spelled
from geodata.rules import intensity
from geodata.rules.intensity import overall
from geodata.rules.plan import Target
from geodata.rules.targets.case import Case, how_many, left_out
from geodata.rules.targets.result import Count, Result, Slice


def sectors(case: Case, target: Target) -> Result:
    """Count the sectors present that use less than in the baseline year (T2).

    A sector is present if a site that may be operating names it, or a plant declared for it.
    Without a baseline year nothing can be computed. Rows whose figures are hidden count all the
    same, by the status they came with.
    """
    operating = lifecycle_on(case.sites, case.end).isin(["operating", "unknown"]).to_numpy()
    named = case.sites.loc[operating, "sectors"].dropna().map(spelled)
    rows = _of_sectors(case.sectors, target)
    listed = pd.DataFrame(
        {
            "sites": [int(named.str.contains(s, regex=False).sum()) for s in _keys(target)],
            "status": [overall(rows["status"][rows.index == s]) for s in target.sectors],
        },
        index=pd.Index(target.sectors, name="id"),
    )
    present = ((listed["sites"] > 0) | listed.index.isin(rows.index)).to_numpy()
    # Where nobody says what is made, no sector can be said to be absent.
    reason = "not-applicable" if present.any() else "no-sectors-named"
    counted = listed[present].astype({"status": "string"})
    parts = tuple(Slice(str(s), _judged(counted.loc[[s], "status"])) for s in counted.index)
    absent = left_out(listed.index[~present], reason)
    if target.baseline_year is None:
        counted["status"] = pd.Series("no-baseline", index=counted.index, dtype="string")
        return Result(target, None, parts, counted=counted, left_out=absent, notes=("no-baseline",))
    return Result(
        target,
        _judged(counted["status"]),
        parts,
        counted=counted,
        left_out=absent,
        figures={
            "baseline_year": target.baseline_year,
            "year": case.plan.year,
            "exceeded": how_many(counted["status"], "exceeded"),
        },
        behind=rows.assign(figure="intensity"),
        notes=("sectors-hidden",) if rows["hidden"].any() else (),
    )


def _keys(target: Target) -> list[str]:
    return [spelled(sector) for sector in target.sectors]


def _of_sectors(intensities: pd.DataFrame, target: Target) -> pd.DataFrame:
    """Return the intensities of a target's sectors, by sector as the plan writes it."""
    called = dict(zip(_keys(target), target.sectors, strict=True))
    sector = intensities["sector"].map(lambda name: called.get(spelled(name)))
    rows = intensities.set_index(pd.Index(sector, name="id", dtype="object"))
    return rows[rows.index.notna()].drop(columns="sector")


def _judged(status: pd.Series) -> Count:
    """Return the count of a list of sectors."""
    unknown = how_many(status, *intensity.UNKNOWN)
    return Count(how_many(status, *intensity.YES), len(status), unknown)
