"""Who has reported: how many sites of each unit and kind have a record, and whom to call.

A record of the plan's window is a report, whatever it says; what counts is another question
(``rules``). Pure.
"""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from geodata.register import evidence as ev
from geodata.register import lifecycle
from geodata.rules.plan import Plan

ASKED = (
    *("industrial_park", "industrial_cluster", "craft_village"),
    *("supermarket", "shopping_centre"),
)
"""The kinds of site that a plan asks about; models have milestones of their own."""


def reported(sites: pd.DataFrame, evidence: pd.DataFrame, plan: Plan, as_of: date) -> pd.DataFrame:
    """Return the sites that can report, with the day of their last record and whether they did.

    Parameters
    ----------
    sites : DataFrame
        The register, indexed by id.
    evidence : DataFrame
        All records.
    plan : Plan
        Whose window is meant.
    as_of : date
        Records after it are left aside.

    Returns
    -------
    DataFrame
        The sites of the kinds `ASKED` that are neither planned nor closed, with `last_date`
        (missing if nothing was ever recorded) and `reported`, a boolean.
    """
    away = lifecycle.lifecycle_on(sites, as_of).isin(["closed", "planned"])
    asked = sites[sites["kind"].isin(ASKED).to_numpy() & ~away.to_numpy()]
    live = ev.live(evidence)
    dated = live[(live["event_date"] <= pd.Timestamp(as_of)).to_numpy(dtype=bool, na_value=False)]
    last = dated.groupby("subject", observed=True)["event_date"].max()
    start = pd.Timestamp(plan.window.start)
    made = pd.DataFrame(asked).assign(last_date=last.reindex(asked.index).to_numpy())
    return made.assign(reported=(made["last_date"] >= start).to_numpy(dtype=bool, na_value=False))


def silent(every: pd.DataFrame) -> pd.DataFrame:
    """Return the sites that did not report, those of the oldest record first."""
    return every[~every["reported"]].sort_values("last_date", na_position="first", kind="stable")


def by_unit(every: pd.DataFrame, unit: str, names: Mapping[str, str]) -> pd.DataFrame:
    """Return a row a unit and kind: sites, those that reported, and the last record.

    Parameters
    ----------
    every : DataFrame
        As from `reported`.
    unit : str
        ``district_legacy`` or ``commune_2025``.
    names : Mapping
        Names of the units by code.

    Returns
    -------
    DataFrame
        `unit`, `kind`, `sites`, `reported` and `last_date`; units with the most silent sites
        first.
    """
    groups = every.assign(unit=every[unit].map(names).fillna("")).groupby(
        ["unit", "kind"], observed=True
    )
    table = groups.agg(
        sites=("reported", "size"), reported=("reported", "sum"), last_date=("last_date", "max")
    ).reset_index()
    missing = (table["sites"] - table["reported"]).groupby(table["unit"]).transform("sum")
    order = table.assign(missing=missing).sort_values(
        ["missing", "unit", "kind"], ascending=[False, True, True], kind="stable"
    )
    return order.drop(columns="missing").reset_index(drop=True)
