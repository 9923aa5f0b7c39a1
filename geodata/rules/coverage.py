"""Coverage: the count of a target unit by unit, so that the units add up to the target.

Pure. Nothing is counted here: each site's part of the count is the target's own (``targets``).
Not here: distances or visits.
"""

from collections.abc import Collection
from fractions import Fraction

import pandas as pd

from geodata.core.lookup import is_in
from geodata.rules.targets import PARTS, Count, Result, count

# How a unit is shaded, best first; the share decides, and what is not known is never a share.
SHADES = ("met", "near", "far", "zero", "no-data", "no-sites")
NOWHERE = ""
"""The code of the row of sites whose unit is not known."""

COLUMNS = ("sites", *PARTS, "no_data", "open", "most", "short")


def by_unit(
    result: Result, unit: pd.Series, names: pd.Series, among: Collection[str] | None = None
) -> pd.DataFrame:
    """Return a target's count of every unit; the rows add up to the target, to the site.

    Parameters
    ----------
    result : Result
        T3 or T6 over the whole register, as from `targets.results`.
    unit : Series
        The code of each site's unit by site id.
    names : Series
        The name of every unit by code: units without sites stay in the table.
    among : collection of str, optional
        The ids of the sites looked at, where it is not all.

    Returns
    -------
    DataFrame
        Indexed by code: `name`; whole numbers `sites` (in the denominator), `yes`, `unknown`,
        `no`, `no_data` (of which nothing is known), `open` (that may belong to it), `most`
        (reached if all that is unknown turns out so), `short` (missing without sites); `shade`,
        one of `SHADES`; `rank` (1 is best by share, equal shares share one; missing where there
        are no sites, or nothing is known of them). Sites of no known unit stand in a last row,
        `NOWHERE`, without shade, rank and shortfall; there is none if all have a unit.
    """
    threshold = result.goal or Fraction(1)
    counted, open_ = (
        frame if among is None else frame[is_in(frame.index, among)]
        for frame in (result.counted, result.open)
    )
    where, openly = (unit.reindex(frame.index) for frame in (counted, open_))
    codes = [*names.index, NOWHERE]
    where, openly = (place.where(place.isin(names.index), NOWHERE) for place in (where, openly))
    table = pd.DataFrame({"name": names.astype("string").reindex(codes).fillna("")})
    table["sites"] = _numbers(where, codes)
    for part in PARTS:
        table[part] = _numbers(where[(counted["part"] == part).to_numpy()], codes)
    table["no_data"] = _numbers(where[(counted["status"] == "no-data").to_numpy()], codes)
    table["open"] = _numbers(openly, codes)
    table["most"] = table["yes"] + table["unknown"]
    table["short"] = pd.Series(
        [
            Count(yes, total).short(threshold) if total else None
            for yes, total in zip(table["yes"], table["sites"], strict=True)
        ],
        index=codes,
        dtype="Int64",
    )
    table["shade"] = _shades(table, threshold)
    table["rank"] = _ranks(table.drop(index=NOWHERE)).reindex(codes)
    table.loc[NOWHERE, ["short", "shade"]] = pd.NA
    everywhere_known = (table.loc[[NOWHERE], ["sites", "open"]] == 0).to_numpy().all()
    return table.drop(index=NOWHERE) if everywhere_known else table


def whole(result: Result, among: Collection[str]) -> Count:
    """Return a target's count of some of its sites."""
    parts = (
        frame.loc[is_in(frame.index, among), "part"] for frame in (result.counted, result.open)
    )
    return count(*parts)


def _numbers(where: pd.Series, codes: list[str]) -> pd.Series:
    return where.value_counts().reindex(codes, fill_value=0).astype("int64")


def _ranks(table: pd.DataFrame) -> pd.Series:
    """Return the rank of each unit by its exact share."""
    known = ((table["sites"] > 0) & (table["shade"] != "no-data")).to_numpy(dtype=bool)
    shares = pd.Series(
        [
            Fraction(int(y), int(n)) if is_known else None
            for y, n, is_known in zip(table["yes"], table["sites"], known, strict=True)
        ],
        index=table.index,
        dtype=object,
    )
    best = sorted(shares.dropna(), reverse=True)
    first = {share: best.index(share) + 1 for share in set(best)}
    return shares.map(first).astype("Int64")


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
