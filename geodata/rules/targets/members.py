"""Who is in the denominator of a target about sites, who may be, who is not, and why.

Not here: membership itself (``register.lifecycle``), or the targets (``outreach``, ``packaging``).
"""

from datetime import date

import pandas as pd

from geodata.register.lifecycle import lifecycle_on, missing_on
from geodata.rules.plan import Target
from geodata.rules.targets.result import Count, Slice, count, part_of


def table_of(asked: pd.DataFrame, member: pd.Series, status: pd.Series, axis: str) -> pd.DataFrame:
    """Return each site asked about: `member`, `status` on an axis and `part` of the count."""
    statuses = status.astype("string").reindex(asked.index)
    return pd.DataFrame({"member": member, "status": statuses, "part": part_of(statuses, axis)})


def count_of(table: pd.DataFrame) -> Count:
    """Return the count of a table of sites."""
    inside, open_ = ((table["member"] == name).to_numpy() for name in ("in", "open"))
    return count(table["part"][inside], table["part"][open_])


def by_kind(table: pd.DataFrame, asked: pd.DataFrame, target: Target) -> tuple[Slice, ...]:
    """Return the count of each kind of a target."""
    return tuple(
        Slice(kind, count_of(table[(asked["kind"] == kind).to_numpy()])) for kind in target.kinds
    )


def members(table: pd.DataFrame, member: str) -> pd.DataFrame:
    """Return the sites of one membership, without it."""
    inside = table[(table["member"] == member).to_numpy()].drop(columns="member")
    return inside.rename_axis("id")


def open_members(table: pd.DataFrame, asked: pd.DataFrame, on: date) -> pd.DataFrame:
    """Return the sites that may count, with what is missing to say so: `missing`, joined by ;."""
    rows = members(table, "open")[["status", "part"]]
    missing = missing_on(asked.loc[rows.index], on).map(";".join)
    return rows.assign(missing=missing.astype("string"))


def not_counted(asked: pd.DataFrame, member: pd.Series, on: date) -> pd.DataFrame:
    """Return the sites outside the denominator: their lifecycle, or that none recognised them."""
    lifecycle = lifecycle_on(asked, on)
    reason = lifecycle.mask(lifecycle.isin(["operating", "unknown"]), "not-recognised")
    outside = (member == "out").to_numpy()
    return pd.DataFrame({"reason": reason[outside].to_numpy()}, index=asked.index[outside])
