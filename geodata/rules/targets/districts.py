"""T5: districts that organise outreach, while there were districts (to 30/06/2025)."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from geodata.rules import status as st
from geodata.rules.plan import Period, Plan, Target
from geodata.rules.targets.case import Case, first_days, listed
from geodata.rules.targets.members import count_of
from geodata.rules.targets.result import Count, Result, part_of

DISTRICTS_END = date(2025, 6, 30)  # Resolution 203/2025/QH15: districts stop on 01/07/2025


def district_window(plan: Plan) -> Period:
    """Return the days of a plan on which there are districts to count, its own or fewer."""
    return replace(plan.window, end=min(plan.window.end, DISTRICTS_END))


def organising_districts(case: Case, target: Target) -> Result:
    """Count the districts that organised outreach, until there were no districts (T5)."""
    notes = ("districts-ended",) if case.end > DISTRICTS_END else ()
    if case.plan.window.start > DISTRICTS_END:
        return Result(target, Count(0, 0), notes=("districts-ended",))
    districts, events, plan = _as_sites(case)
    status = st.outreach(districts, events, plan, case.end)["outreach"]
    reached = districts.index[(status == "reached").to_numpy()]
    days = first_days(events, plan, case.end, reached)
    part = part_of(status, "outreach").to_numpy()
    counted = listed(districts.index, status).assign(part=part)
    return Result(
        target,
        count_of(counted.assign(member="in")),
        counted=counted,
        reached_on=days,
        figures={"gained": len(days)},
        notes=notes,
    )


def events_behind(case: Case) -> pd.DataFrame:
    """Return the records that gave each district its status: `site`, `evidence`."""
    if case.plan.window.start > DISTRICTS_END:
        return pd.DataFrame(columns=["site", "evidence"])
    return st.outreach_basis(*_as_sites(case), case.end)


def _as_sites(case: Case) -> tuple[pd.DataFrame, pd.DataFrame, Plan]:
    """Return the districts, their events and the plan in the form of a site's status rules."""
    codes = pd.Index(case.districts)
    districts = pd.DataFrame(
        {"kind": "district", "lifecycle": "operating", "founding": "decided"}, index=codes
    )
    districts[["valid_from", "valid_to", "decision_date"]] = np.datetime64("NaT")
    # Whether an event was for few or many is a question for sites; a district only has to hold it.
    events = case.live.assign(
        at=codes.get_indexer(pd.Index(case.live["subject"])),
        scope=pd.Categorical(["group"] * len(case.live)),
    )
    window = district_window(case.plan)
    topics = {"T3": case.plan.topics["T5"]}
    return districts, events, replace(case.plan, window=window, topics=topics)
