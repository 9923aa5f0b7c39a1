"""T6: supermarkets and shopping centres that meet the profile. Not here: checks (``status``)."""

from datetime import timedelta

import pandas as pd

from geodata.rules import status as st
from geodata.rules.plan import Target
from geodata.rules.targets.case import Case, behind, left_out
from geodata.rules.targets.members import (
    by_kind,
    count_of,
    members,
    not_counted,
    open_members,
    table_of,
)
from geodata.rules.targets.result import YES, Result


def friendly_packaging(case: Case, target: Target) -> Result:
    """Count the supermarkets and shopping centres that meet the plan's profile (T6).

    A shop to which no criterion applies is outside, whoever says so. What is only claimed, well
    or ill, settles nothing.
    """
    asked = case.of_kinds(target)
    member = case.member[asked.index]
    judged = st.compliance(case.sites, case.live, case.plan, case.end, case.member)
    judged = judged.reindex(asked.index)
    exempt = (judged["compliance"] == "not-applicable") & (member != "out")
    table = table_of(asked, member.mask(exempt, "out"), judged["compliance"], "compliance")
    claimed = judged["claimed"].to_numpy(dtype=bool)
    table["part"] = table["part"].mask(claimed & (table["part"] == "no").to_numpy(), "unknown")
    needless = left_out(asked.index[exempt.to_numpy()], "not-applicable")
    apart = case.sites.index[(case.sites["kind"] == "convenience_store").to_numpy()]
    counted = members(table, "in")
    return Result(
        target,
        count_of(table),
        by_kind(table, asked, target),
        counted=counted,
        open=open_members(table, asked, case.end),
        left_out=pd.concat([not_counted(asked, member, case.end), needless]),
        figures={"convenience_stores": len(apart), "gained": _gained(case, counted)},
        behind=behind(apart, "convenience_stores"),
    )


def _gained(case: Case, counted: pd.DataFrame) -> int:
    """Return how many shops meet the profile that did not when the window began.

    They are a stock: what was there before is no pace. A shop is gained if no check of before
    the window carries its status.
    """
    yes = counted.index[(counted["part"] == "yes").to_numpy()]
    if yes.empty:
        return 0
    before = case.plan.window.start - timedelta(days=1)
    then = st.compliance(case.sites, case.live, case.plan, before)["compliance"]
    return int((~then.reindex(yes).isin(YES["compliance"])).sum())
