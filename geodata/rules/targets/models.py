"""T4: models first applied in the window, and replications. Not here: stages (``status``)."""

import pandas as pd

from geodata.register import evidence as ev
from geodata.rules import status as st
from geodata.rules.plan import Target
from geodata.rules.targets.case import Case, behind, how_many, in_window, left_out, listed
from geodata.rules.targets.result import Count, Result

_UNSETTLED = "unsettled"

UNSETTLED = ("reported", _UNSETTLED)
"""The statuses of models that may still turn out to be new ones."""


def models(case: Case, target: Target) -> Result:
    """Count models first applied in the window, and replications apart (T4).

    A model applied before the window is not new; one of which only a report or nothing at
    all is known may still turn out to be.
    """
    asked = case.of_kinds(target)
    milestones = case.records("model", "milestone")
    applied = applications(case)
    sure = applied[applied["grade"].isin(["A", "B"]).to_numpy()]
    start = pd.Timestamp(case.plan.window.start)
    first, first_sure = (
        records.groupby("subject")["event_date"].min().reindex(asked.index)
        for records in (applied, sure)
    )
    old = first < start
    status = pd.Series("not-applied", index=asked.index, dtype="string")
    stage = st.stage(case.sites, case.live, case.end)["stage"].reindex(asked.index)
    status = status.mask((stage == "no-data").to_numpy(), _UNSETTLED)
    status = status.mask(first.notna() & ~old, "reported")
    status = status.mask(first_sure.notna() & ~old, "applied").mask(old, "earlier")
    again = milestones[
        ev.names_any(milestones["topic"], ("replicated",)) & in_window(milestones, case.plan)
    ]
    again_sure = again["grade"].isin(["A", "B"]).to_numpy()
    return Result(
        target,
        Count(how_many(status, "applied"), None, how_many(status, *UNSETTLED)),
        counted=listed(asked.index, status)[(status != "earlier").to_numpy()],
        left_out=left_out(asked.index[(status == "earlier").to_numpy()], "applied-earlier"),
        figures={
            "replications": int(again_sure.sum()),
            "replications_reported": int((~again_sure).sum()),
        },
        behind=pd.concat(
            [
                behind(again["subject"][again_sure], "replications"),
                behind(again["subject"][~again_sure], "replications_reported"),
            ]
        ),
    )


def applications(case: Case) -> pd.DataFrame:
    """Return the milestones that show a model in use."""
    milestones = case.records("model", "milestone")
    return milestones[ev.names_any(milestones["topic"], ("applied", "accepted", "replicated"))]
