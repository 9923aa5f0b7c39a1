"""T7: institutions whose teaching takes the subject in. A count without a threshold."""

import pandas as pd

from geodata.rules.plan import Target
from geodata.rules.targets.case import Case, in_window, listed
from geodata.rules.targets.result import Count, Result


def institutions(case: Case, target: Target) -> Result:
    """Count institutions whose teaching takes the subject in (T7): organisers on record."""
    records = teaching(case)
    verified = set(records.loc[records["grade"].isin(["A", "B"]).to_numpy(), "organiser"].dropna())
    claimed = set(records["organiser"].dropna()) - verified
    ids = [*sorted(verified), *sorted(claimed)]
    status = pd.Series(["taught"] * len(verified) + ["reported"] * len(claimed), dtype="string")
    return Result(target, Count(len(verified), None, len(claimed)), counted=listed(ids, status))


def teaching(case: Case) -> pd.DataFrame:
    """Return the records of teaching that are counted by who organised it."""
    records = case.records("education")
    return records[in_window(records, case.plan)]
