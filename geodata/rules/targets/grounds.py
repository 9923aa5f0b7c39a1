"""Which records a plan's targets rest on: each figure back to the papers behind it.

By the same helpers that count them. Not here: the figures (the other modules), or sentences.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

import pandas as pd

from geodata.core.lookup import is_in
from geodata.rules import intensity
from geodata.rules import status as st
from geodata.rules.plan import Plan
from geodata.rules.targets.case import Case, case_of
from geodata.rules.targets.districts import events_behind
from geodata.rules.targets.documents import replies
from geodata.rules.targets.institutions import teaching
from geodata.rules.targets.models import applications
from geodata.rules.targets.result import Result

COLUMNS = ("target", "evidence", "status", "counts")
REPLY, OWN = "reply", "own"
"""What a provincial document is to T1: the answer to a central one, or one about the subject."""


def grounds(
    counted: Sequence[Result],
    sites: pd.DataFrame,
    evidence: pd.DataFrame,
    plan: Plan,
    as_of: date,
    *,
    districts: Sequence[str],
) -> pd.DataFrame:
    """Return the records that a plan's targets rest on at a date.

    Parameters
    ----------
    counted : sequence of Result
        The plan's targets, as from `results` with the other parameters.
    sites, evidence, plan, as_of, districts
        As in `results`.

    Returns
    -------
    DataFrame
        One row a target and record: `target`, `evidence`, whether it `counts`, and the `status`
        that what it speaks of has there, or the reason why that is left out of the target.
    """
    nothing = pd.DataFrame(columns=list(intensity.COLUMNS))
    case = case_of(sites, evidence, plan, as_of, districts=districts, sectors=nothing)
    parts = [_of(case, result) for result in counted if result.target.id in _OF_TARGET]
    every = pd.concat(parts) if parts else _pairs([], [])
    return every.reindex(columns=list(COLUMNS)).drop_duplicates(ignore_index=True)


def _of(case: Case, result: Result) -> pd.DataFrame:
    """Return the records of one target, and which of them speak of what is left out of it."""
    rows = _OF_TARGET[result.target.id](case, result)
    counts = ~rows["status"].isin(set(result.left_out["reason"])).to_numpy(dtype=bool)
    return rows.assign(target=result.target.id, counts=counts)


def _pairs(ids: Iterable[str], statuses: Iterable[str]) -> pd.DataFrame:
    return pd.DataFrame({"evidence": list(ids), "status": list(statuses)}, dtype="object")


def _of_documents(case: Case, result: Result) -> pd.DataFrame:
    """Return the documents of T1: asked for, left out, the province's own, and its replies."""
    documents = case.records("policy", "document")
    answered = replies(documents)
    reply = answered["id"][answered["answered"].isin(result.counted.index).to_numpy()]
    rows = [
        _pairs(result.counted.index, result.counted["status"]),
        _pairs(result.left_out.index, result.left_out["reason"]),
        _pairs(reply, [REPLY] * len(reply)),
        _pairs(result.behind.index, [OWN] * len(result.behind)),
    ]
    return pd.concat(rows).drop_duplicates("evidence")


def _of_sites(pairs: pd.DataFrame, result: Result) -> pd.DataFrame:
    """Return the records behind what a target counts, or may count, with the status there."""
    status = pd.concat([result.counted["status"], result.open["status"]])
    kept = pairs[is_in(pairs["site"], status.index)]
    return _pairs(kept["evidence"], status.reindex(kept["site"]))


def _of_outreach(case: Case, result: Result) -> pd.DataFrame:
    return _of_sites(st.outreach_basis(case.sites, case.live, case.plan, case.end), result)


def _of_packaging(case: Case, result: Result) -> pd.DataFrame:
    return _of_sites(st.compliance_basis(case.sites, case.live, case.plan, case.end), result)


def _of_districts(case: Case, result: Result) -> pd.DataFrame:
    return _of_sites(events_behind(case), result)


def _of_models(case: Case, result: Result) -> pd.DataFrame:
    """Return the milestones of T4: of models in use, and of those known not to be so yet."""
    status = pd.concat([result.counted["status"], result.left_out["reason"]])
    used = applications(case)
    used = used[is_in(used["subject"], status.index)]
    early = st.stage_basis(case.sites, case.live, case.end)
    not_yet = (status.reindex(early["site"]) == "not-applied").fillna(value=False)
    early = early[not_yet.to_numpy(dtype=bool)]
    rows = [
        _pairs(used["id"], status.reindex(used["subject"])),
        _pairs(early["evidence"], ["not-applied"] * len(early)),
    ]
    return pd.concat(rows)


def _of_institutions(case: Case, result: Result) -> pd.DataFrame:
    records = teaching(case)
    records = records[records["organiser"].isin(result.counted.index).to_numpy()]
    return _pairs(records["id"], result.counted["status"].reindex(records["organiser"]))


_OF_TARGET: Mapping[str, Callable[[Case, Result], pd.DataFrame]] = {
    "T1": _of_documents,
    "T3": _of_outreach,
    "T4": _of_models,
    "T5": _of_districts,
    "T6": _of_packaging,
    "T7": _of_institutions,
}
