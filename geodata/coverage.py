"""Coverage: how many sites of each unit are reached, unknown or not, and the rank of the unit.

Pure. Not here: targets of a plan (``targets``), distances or visits.
"""

from fractions import Fraction

import pandas as pd

from geodata.targets import UNKNOWN, YES


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
