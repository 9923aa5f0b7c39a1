"""T3: parks, clusters, craft villages reached by outreach. Not here: who is (``status``)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from geodata.rules import status as st
from geodata.rules.plan import Period, Target
from geodata.rules.targets.case import Case, behind, first_days, in_window
from geodata.rules.targets.members import (
    by_kind,
    count_of,
    members,
    not_counted,
    open_members,
    table_of,
)
from geodata.rules.targets.result import UNKNOWN, Count, Result, Slice, part_of

_OF_FIRMS = ("subject", "grade", "event_date", "enterprises_present")


def reached_sites(case: Case, target: Target) -> Result:
    """Count the sites reached in the window, and since the cumulative count began (T3)."""
    asked = case.of_kinds(target)
    member = case.member[asked.index]
    status = st.outreach(case.sites, case.live, case.plan, case.end, case.member)["outreach"]
    since = replace(case.plan, window=Period(case.plan.cumulative_since, case.plan.window.end))
    ever = st.outreach(case.sites, case.live, since, case.end, case.member)["outreach"]
    # "Not reached" said of an earlier year leaves this one as open as the in-year count has it.
    still_open = (ever == "not-reached") & status.isin(UNKNOWN["outreach"])
    table = table_of(asked, member, status, "outreach").assign(
        cumulative=ever.mask(still_open, "no-data").astype("string").reindex(asked.index)
    )
    parts = by_kind(table, asked, target)
    pooled = count_of(table)
    inside = asked[(member == "in").to_numpy()]
    firms = _enterprises(case, inside)
    reached = inside.index[(table.loc[inside.index, "status"] == "reached").to_numpy(dtype=bool)]
    days = first_days(case.live, case.plan, case.end, reached)
    return Result(
        target,
        pooled,
        parts,
        count_of(table.assign(part=part_of(table["cumulative"], "outreach"))),
        counted=members(table, "in"),
        open=open_members(table, asked, case.end),
        left_out=not_counted(asked, member, case.end),
        reached_on=days,
        figures={"gained": len(days)}
        | ({} if firms.empty else _sums(firms) | {"sites_with_both_numbers": len(firms)}),
        behind=behind(firms.index, "enterprises").join(firms),
        notes=_kind_below(pooled, parts, target),
    )


def _kind_below(pooled: Count, parts: Sequence[Slice], target: Target) -> tuple[str, ...]:
    """Return a note if the pooled share meets a threshold that one of its kinds misses."""
    assert target.threshold is not None  # noqa: S101 - the plan gives T3 one
    missed = any(p.count.verdict(target.threshold) != "met" for p in parts if p.count.total)
    met = pooled.verdict(target.threshold) == "met"
    return ("kind-below",) if met and missed else ()


def _enterprises(case: Case, inside: pd.DataFrame) -> pd.DataFrame:
    """Return the enterprise convention: firms present at verified events, of all at those sites.

    Only sites where both numbers are on record; the most firms present at one event count.
    Indexed by site: `enterprises_present`, `enterprises`.
    """
    held = case.records("outreach", "held", _OF_FIRMS)
    held = held[held["grade"].isin(["A", "B"]).to_numpy() & in_window(held, case.plan)]
    number = pd.to_numeric(held["enterprises_present"], errors="coerce")
    present = number.groupby(held["subject"]).max().reindex(inside.index)
    both = (present.notna() & inside["enterprises"].gt(0)).to_numpy()
    total = inside.loc[both, "enterprises"].astype(int)
    firms = {"enterprises_present": np.minimum(present[both].astype(int), total)}
    return pd.DataFrame({**firms, "enterprises": total})


def _sums(numbers: pd.DataFrame) -> dict[str, Any]:
    return {str(column): int(numbers[column].sum()) for column in numbers}
