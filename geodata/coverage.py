"""Coverage: how many sites of each unit are reached, unknown or not, and the rank of the unit.

Pure. Not here: targets of a plan (``targets``), distances or visits.
"""

from fractions import Fraction

import pandas as pd

from geodata.plan import Plan, Target
from geodata.targets import UNKNOWN, YES, Count

# The target that a gap on an axis is held against.
TARGET = {"outreach": "T3", "compliance": "T6"}
# How a unit is shaded, best first; the share decides, and what is not known is never a share.
SHADES = ("met", "near", "far", "zero", "no-data", "no-sites")
NOWHERE = ""
"""The code of the row of sites whose unit is not known."""


def target_of(plan: Plan, axis: str) -> Target:
    """Return the target of a plan that the gaps on an axis are held against."""
    return next(target for target in plan.targets if target.id == TARGET[axis])


def by_unit(status: pd.Series, unit: pd.Series, names: pd.Series, axis: str) -> pd.DataFrame:
    """Return the coverage of every unit on an axis.

    Parameters
    ----------
    status : Series
        The status of each site on the axis; those that do not apply are not counted.
    unit : Series
        The code of each site's unit, indexed alike; sites without one are counted nowhere.
    names : Series
        The name of every unit by code: units without sites stay in the table.
    axis : str
        ``outreach`` or ``compliance``.

    Returns
    -------
    DataFrame
        Indexed by code: `name`, `sites`, `yes`, `unknown`, `no` (whole numbers) and `rank`
        (1 is best by share, equal shares share a rank; missing for a unit without sites).
    """
    counts = (status != "not-applicable").to_numpy() & unit.notna().to_numpy()
    said, where = status[counts].astype("string"), unit[counts]
    groups = {"yes": YES[axis], "unknown": UNKNOWN[axis]}
    table = pd.DataFrame({"name": names.astype("string")})
    table["sites"] = where.value_counts().reindex(table.index, fill_value=0)
    for column, statuses in groups.items():
        hits = where[said.isin(statuses).to_numpy()].value_counts()
        table[column] = hits.reindex(table.index, fill_value=0)
    table["no"] = table["sites"] - table["yes"] - table["unknown"]
    shares = pd.Series(
        [Fraction(y, n) if n else None for y, n in zip(table["yes"], table["sites"], strict=True)],
        index=table.index,
        dtype=object,
    )
    best = sorted(set(shares.dropna()), reverse=True)
    better = {share: int((shares.dropna() > share).sum()) + 1 for share in best}
    table["rank"] = shares.map(better).astype("Int64")
    return table


def short(table: pd.DataFrame, threshold: Fraction) -> pd.Series:
    """Return how many more sites each unit needs to reach a share; missing without sites."""
    more = [
        Count(yes, total).short(threshold) if total else None
        for yes, total in zip(table["yes"], table["sites"], strict=True)
    ]
    return pd.Series(more, index=table.index, dtype="Int64")


def gap_table(
    status: pd.Series, unit: pd.Series, names: pd.Series, axis: str, threshold: Fraction
) -> pd.DataFrame:
    """Return the gaps of every unit, so that the rows add up to all sites that count.

    Parameters are those of `by_unit`, with the share that is to be reached.

    Returns
    -------
    DataFrame
        `by_unit` with `most` (reached if all that is unknown turns out so), `no_data` (sites of
        which nothing is known), `short` and `shade`, one of `SHADES`. A unit of which nothing
        is known has no rank. Sites of no known unit stand in a last row, `NOWHERE`, without
        rank, shortfall or shade; there is none if all have a unit.
    """
    known = unit.where(unit.isin(names.index))
    table = by_unit(status, known, names, axis)
    table["no_data"] = _without_data(status, known).reindex(table.index, fill_value=0)
    table["short"] = short(table, threshold)
    table["shade"] = _shades(table, threshold)
    table["rank"] = table["rank"].mask(table["shade"] == "no-data")
    lost = known.isna()
    rest = by_unit(status[lost], known[lost].fillna(NOWHERE), pd.Series({NOWHERE: ""}), axis)
    if rest["sites"].any():
        rest["no_data"] = _without_data(status[lost], known[lost].fillna(NOWHERE))
        blank = rest.reindex(columns=table.columns).astype(table.dtypes)
        blank["rank"] = pd.NA
        table = pd.concat([table, blank.fillna({"no_data": 0})])
    table["most"] = table["yes"] + table["unknown"]
    return table


def _without_data(status: pd.Series, unit: pd.Series) -> pd.Series:
    return unit[(status == "no-data").to_numpy()].value_counts()


def _shades(table: pd.DataFrame, threshold: Fraction) -> pd.Series:
    """Return how each unit is shaded: exact shares, so that none crosses the target by rounding."""

    def shade(yes: int, sites: int, no_data: int) -> str:
        if not sites:
            return "no-sites"
        if no_data == sites:
            return "no-data"
        if yes >= threshold * sites:
            return "met"
        if yes * 2 >= threshold * sites:
            return "near"
        return "far" if yes else "zero"

    rows = zip(table["yes"], table["sites"], table["no_data"], strict=True)
    shades = [shade(int(yes), int(sites), int(no_data)) for yes, sites, no_data in rows]
    return pd.Series(shades, index=table.index, dtype="string")
