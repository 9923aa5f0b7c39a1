"""T5: districts that organise outreach, while there were districts (to 30/06/2025)."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from geodata.rules import status as st
from geodata.rules.plan import Period, Target
from geodata.rules.targets.case import Case, first_days, listed
from geodata.rules.targets.members import count_of
from geodata.rules.targets.result import Count, Result, part_of

DISTRICTS_END = date(2025, 6, 30)  # Resolution 203/2025/QH15: districts stop on 01/07/2025


def organising_districts(case: Case, target: Target) -> Result:
    """Count the districts that organised outreach, until there were no districts (T5)."""
    window = case.plan.window
    last = min(window.end, DISTRICTS_END)
    ended = window.end > DISTRICTS_END and case.end > DISTRICTS_END
    notes = ("districts-ended",) if ended else ()
    if window.start > DISTRICTS_END:
        return Result(target, Count(0, 0), notes=("districts-ended",))
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
    plan = replace(
        case.plan, window=Period(window.start, last), topics={"T3": case.plan.topics["T5"]}
    )
    status = st.outreach(districts, events, plan, case.end)["outreach"]
    days = first_days(case, districts, events, plan, codes)
    counted = listed(codes, status).assign(part=part_of(status, "outreach").to_numpy())
    return Result(
        target,
        count_of(counted.assign(member="in")),
        counted=counted,
        reached_on=days,
        figures={"gained": len(days)},
        notes=notes,
    )
