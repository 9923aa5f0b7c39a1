"""Status: what the evidence says of each site at a date, on two axes that never mix.

Pure rules from frames, a plan and a date (domain rules 4.2 and 4.3). Not here: targets and
shares, which count these; labels and colours (``symbology``).
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
import pandas as pd

from geodata.core.lookup import is_in, places_in
from geodata.register import evidence as ev
from geodata.register.lifecycle import membership_on
from geodata.rules.plan import Period, Plan, Profile

# In the order in which the rules fire; not-applicable is decided by the register.
OUTREACH = (
    "reached",
    "reported",
    "lapsed",
    "planned",
    "overdue",
    "not-reached",
    "no-data",
    "not-applicable",
)
COMPLIANCE = (
    "compliant",
    "partial",
    "non-compliant",
    "incomplete",
    "self-declared",
    "stale",
    "no-data",
    "not-applicable",
)
STAGES = ("replicated", "accepted", "applied", "building", "proposed", "no-data")

# What the answers of one check add up to, worst first: on equal days and grades the worse counts.
EVALUATIONS = ("non-compliant", "partial", "incomplete", "compliant", "not-applicable")
_NOTHING = len(OUTREACH)  # the rank of a record that fires no rule
_CLAIMED = 1  # the tier of a fresh record that is no verified check

# The columns that the rules of statuses and targets read; others need not be carried along.
_READ = (
    *("id", "subject", *ev.DAYS, "supersedes", "refers_to", *ev.CATEGORIES),
    *("organiser", "enterprises_present", "doc_no"),
)
# Those by which each axis is judged: ids that go along cost more than the judging.
_HEARD = ("at", "cancelled", *ev.DAYS, *ev.CATEGORIES)
_WEIGHED = ("at", "event_date", *ev.CATEGORIES)
_WHOSE = ("id", "subject")


class Day(NamedTuple):
    """What the rules of every plan start from on a day: as from `speaking` and `membership_on`."""

    live: pd.DataFrame
    member: pd.Series


def day_of(sites: pd.DataFrame, evidence: pd.DataFrame, as_of: date) -> Day:
    """Return what the rules start from on a day; parameters as in `status_of`."""
    sites = _plain(sites)
    return Day(speaking(sites, evidence, as_of), membership_on(sites, as_of))


def status_of(
    sites: pd.DataFrame,
    evidence: pd.DataFrame,
    plan: Plan,
    as_of: date,
    at_hand: Day | None = None,
) -> pd.DataFrame:
    """Return every site's status on both axes, and the stage of pilot models.

    Parameters
    ----------
    sites, evidence : DataFrame
        The register and the records that are known (domain rule 4.0: as of the second date), as
        `sites.typed` and `evidence.typed` give them.
    plan : Plan
        Whose window, topics and profiles apply.
    as_of : date
        The day in the world that is looked at; what happens later does not count.
    at_hand : Day, optional
        What `day_of` gives of these, where it is kept.

    Returns
    -------
    DataFrame
        Indexed by site id: `outreach`, `compliance`, `profile` (code, missing where none
        applies), `claimed` (whether compliance is only what somebody claims) and `stage`
        (missing except for pilot models).
    """
    sites = _plain(sites)
    records, member = at_hand or day_of(sites, evidence, as_of)
    return pd.concat(
        [
            outreach(sites, records, plan, as_of, member),
            compliance(sites, records, plan, as_of, member),
            stage(sites, records, as_of),
        ],
        axis=1,
    )


def basis_of(sites: pd.DataFrame, evidence: pd.DataFrame, plan: Plan, as_of: date) -> pd.DataFrame:
    """Return the records behind each status: `axis`, `site`, `evidence`, one row a pair."""
    sites = _plain(sites)
    records = speaking(sites, evidence, as_of)
    parts = {
        "outreach": outreach_basis(sites, records, plan, as_of),
        "compliance": compliance_basis(sites, records, plan, as_of),
        "model": stage_basis(sites, records, as_of),
    }
    return pd.concat(parts, names=["axis"]).reset_index(level="axis").reset_index(drop=True)


def speaking(sites: pd.DataFrame, evidence: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return the live records, each with the position of its site: what all axes start from.

    A record that calls another one off is seen from the day on which it was called off.

    Returns
    -------
    DataFrame
        The columns the rules read, blank where they are not there, as head-counts for the
        public; `at`, where in the register its subject stands (-1 where
        it speaks of no site); `cancelled`, whether a live record says that it was called off.
    """
    live = ev.live(evidence.reindex(columns=list(_READ)))
    called_off = (live["kind"] == "cancelled") & (live["event_date"] <= pd.Timestamp(as_of))
    cancels = live["refers_to"][called_off.to_numpy()]
    return live.assign(
        at=places_in(live["subject"], sites.index), cancelled=is_in(live["id"], cancels)
    )


# --- outreach ------------------------------------------------------------------------------


def outreach(
    sites: pd.DataFrame,
    records: pd.DataFrame,
    plan: Plan,
    as_of: date,
    member: pd.Series | None = None,
) -> pd.DataFrame:
    """Return the outreach status of each site (domain rule 4.2): the first rule that fires.

    A site of which it is not known whether it counts is evaluated like one that does.

    Parameters
    ----------
    sites : DataFrame
        The register.
    records : DataFrame
        As from `speaking` at that date.
    plan : Plan
        Whose window and topics apply.
    as_of : date
        The day looked at.
    member : Series, optional
        As from `membership_on` at that date, where it is at hand.

    Returns
    -------
    DataFrame
        Indexed by site id, column `outreach`, one of `OUTREACH`.
    """
    events = _about(records[list(_HEARD)], "outreach")
    fired = _first(sites, events, _outreach_rank(events, plan, as_of), OUTREACH.index("no-data"))
    model = (sites["kind"] == "pilot_model").to_numpy(dtype=bool)
    outside = _outside(sites, as_of, member) | model
    codes = np.where(outside, OUTREACH.index("not-applicable"), fired)
    return _category(codes, OUTREACH, sites.index, "outreach").to_frame()


def outreach_basis(
    sites: pd.DataFrame,
    records: pd.DataFrame,
    plan: Plan,
    as_of: date,
) -> pd.DataFrame:
    """Return the records that fired each site's outreach rule: `site`, `evidence`."""
    fired = outreach(sites, records, plan, as_of)["outreach"].cat.codes.to_numpy()
    events = _about(records, "outreach")
    return _pairs(events[_outreach_rank(events, plan, as_of) == fired[events["at"]]])


def reaching(records: pd.DataFrame, plan: Plan, as_of: date) -> pd.DataFrame:
    """Return the records that fire the rule of a reached site, as from `speaking`.

    Of a site that is reached these are the records behind it.
    """
    events = _about(records[[*_WHOSE, *_HEARD]], "outreach")
    fires: pd.DataFrame = events[_outreach_rank(events, plan, as_of) == OUTREACH.index("reached")]
    return fires


def _outreach_rank(records: pd.DataFrame, plan: Plan, as_of: date) -> np.ndarray:
    """Return for each record the rule it fires, as a position in `OUTREACH`."""
    window = plan.window
    happened = records["event_date"].to_numpy()
    by_end = happened <= np.datetime64(min(as_of, window.end))
    in_window = _within(happened, window)
    verified = records["grade"].isin(["A", "B"]).to_numpy()
    kind = records["kind"]
    held = (
        (kind == "held").to_numpy()
        & by_end
        & records["scope"].isin(["site", "group"]).to_numpy()
        & ev.names_any(records["topic"], plan.topics["T3"])
    )
    before = _within(happened, Period(plan.cumulative_since, window.start - timedelta(days=1)))
    seen = (records["doc_date"].fillna(records["recorded_at"]) <= pd.Timestamp(as_of)).to_numpy()
    called_off = records["cancelled"].to_numpy()
    planned = (kind == "planned").to_numpy() & in_window & seen & ~called_off
    fires = [
        held & in_window & verified,
        held & in_window,
        held & before & verified,
        planned & (happened >= np.datetime64(as_of)),
        planned,
        (kind == "none_confirmed").to_numpy() & verified & in_window & by_end,
    ]
    return np.select(fires, range(len(fires)), _NOTHING)


# --- compliance ----------------------------------------------------------------------------


def compliance(
    sites: pd.DataFrame,
    records: pd.DataFrame,
    plan: Plan,
    as_of: date,
    member: pd.Series | None = None,
) -> pd.DataFrame:
    """Return the compliance status of each site under its profile (domain rule 4.3).

    Parameters are those of `outreach`; the profile and the fresh days are the plan's.

    Returns
    -------
    DataFrame
        Indexed by site id: `compliance`, one of `COMPLIANCE`; `profile`, the code of the
        profile in force for that kind of site at the as-of date, missing where none is;
        `claimed`, whether no verified check carries the status: an inspection of grade C or a
        declaration shows what was claimed and settles nothing.
    """
    profiles = _profiles(sites, plan, as_of)
    code = sites["kind"].map({kind: p.code for kind, p in profiles.items()}).astype("string")
    outside = _outside(sites, as_of, member)
    chosen = _chosen_checks(sites, records[list(_WEIGHED)], profiles, as_of, ~outside)
    codes = np.full(len(sites), COMPLIANCE.index("no-data"))
    given = pd.Categorical(chosen["status"], categories=COMPLIANCE)
    codes[chosen["at"].to_numpy()] = given.codes
    codes[code.isna().to_numpy() | outside] = COMPLIANCE.index("not-applicable")
    claimed = np.zeros(len(sites), dtype=bool)
    claimed[chosen["at"].to_numpy()] = (chosen["tier"] == _CLAIMED).to_numpy()
    status = _category(codes, COMPLIANCE, sites.index)
    return pd.DataFrame({"compliance": status, "profile": code, "claimed": claimed})


def compliance_basis(
    sites: pd.DataFrame, records: pd.DataFrame, plan: Plan, as_of: date
) -> pd.DataFrame:
    """Return the checks that decided each site's compliance: `site`, `evidence`."""
    asked = ~_outside(sites, as_of, None)
    checks = records[[*_WHOSE, *_WEIGHED]]
    return _pairs(_chosen_checks(sites, checks, _profiles(sites, plan, as_of), as_of, asked))


def _profiles(sites: pd.DataFrame, plan: Plan, as_of: date) -> dict[str, Profile]:
    """Return the profile in force at a date for each kind of site that has one."""
    profiles_by_kind = {kind: plan.profile_for(kind, as_of) for kind in sites["kind"].unique()}
    return {kind: profile for kind, profile in profiles_by_kind.items() if profile}


def _chosen_checks(
    sites: pd.DataFrame,
    records: pd.DataFrame,
    profiles: Mapping[str, Profile],
    as_of: date,
    asked: np.ndarray,
) -> pd.DataFrame:
    """Return the checks that decide for each site asked about, with the `status` they give it.

    A fresh verified check comes before a fresh declaration, that before anything older;
    then the latest day, the better grade, the worse result. Checks equal in all of these
    are all returned.
    """
    checks = _about(records, "compliance")
    fits = checks["kind"].isin(["check", "self_declared"]).to_numpy()
    checks = checks[fits & asked[checks["at"]]]
    kinds = pd.Categorical(sites["kind"])
    codes = [profiles[kind].code if kind in profiles else "" for kind in kinds.categories]
    code = np.array([*codes, ""], dtype=object)[kinds.codes[checks["at"]]]
    parts = [
        _weighed(checks[code == profile.code], profile, as_of)
        for profile in {profile.code: profile for profile in profiles.values()}.values()
    ]
    usable = pd.concat([p for p in parts if len(p)] or [_weighed_none(checks)])
    order = ["at", "tier", "age", "grade_order", "result"]
    weights = usable[order].to_numpy()
    ranks = np.lexsort(weights.T[::-1])
    weights = weights[ranks]
    begins = np.ones(len(weights), dtype=bool)
    begins[1:] = weights[1:, 0] != weights[:-1, 0]
    best = weights[np.flatnonzero(begins)[np.cumsum(begins) - 1]]
    chosen: pd.DataFrame = usable.iloc[ranks[(weights == best).all(axis=1)]]
    return chosen


def _weighed_none(records: pd.DataFrame) -> pd.DataFrame:
    """Return no records, with the columns of weighed ones."""
    return records.head(0).assign(tier=0, age=0, grade_order=0, result=0, status="")


def _weighed(records: pd.DataFrame, profile: Profile, as_of: date) -> pd.DataFrame:
    """Return the records usable under a profile, with what orders them and their status."""
    happened = records["event_date"].to_numpy()
    valid = _within(happened, profile.valid) & (happened <= np.datetime64(as_of))
    usable = records[(records["profile"] == profile.code).to_numpy() & valid]
    verified = (
        (usable["kind"] == "check").to_numpy()
        & usable["grade"].isin(["A", "B"]).to_numpy()
        & usable["method"].isin(["inspection", "document"]).to_numpy()
    )
    happened = usable["event_date"].to_numpy()
    fresh = happened >= np.datetime64(as_of - timedelta(days=profile.fresh_days))
    result = _results(usable["answers"], profile)
    evaluation = np.array(EVALUATIONS, dtype=object)[result]
    declared = np.where(evaluation == "compliant", "self-declared", evaluation)
    return usable.assign(
        tier=np.select([fresh & verified, fresh], [0, _CLAIMED], 2),
        age=(np.datetime64(as_of) - happened.astype("datetime64[D]")).astype(int),
        grade_order=usable["grade"].map(ev.GRADES.index).astype(int),
        result=result,
        status=np.select([fresh & verified, fresh], [evaluation, declared], "stale"),
    )


def _results(answers: pd.Series, profile: Profile) -> np.ndarray:
    """Return what each row's answers add up to, as positions in `EVALUATIONS`."""
    values = [EVALUATIONS.index(evaluate(text, profile)) for text in answers.cat.categories]
    blank = EVALUATIONS.index(evaluate("", profile))
    return np.array([*values, blank])[answers.cat.codes.to_numpy()]


def evaluate(answers: str, profile: Profile) -> str:
    """Return what the answers of one check add up to under a profile (domain rule 4.3).

    Parameters
    ----------
    answers : str
        ``R1=yes;R2=partial``; a mandatory criterion that is not mentioned was not checked.
    profile : Profile
        Whose criteria are all mandatory.

    Returns
    -------
    str
        One of `EVALUATIONS`.
    """
    pairs = (part.partition("=") for part in answers.split(";") if part)
    given = {name.strip(): value.strip() for name, _equals, value in pairs}
    asked = [given.get(criterion, "not_checked") for criterion in profile.criteria]
    counts = [answer for answer in asked if answer != "na"]
    if not counts:
        return "not-applicable"
    if "no" in counts:
        return "partial" if {"yes", "partial"} & set(counts) else "non-compliant"
    if "partial" in counts:
        return "partial"
    return "incomplete" if "not_checked" in counts else "compliant"


# --- stages of pilot models ----------------------------------------------------------------


def stage(sites: pd.DataFrame, records: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return the furthest stage a dated milestone shows for each pilot model.

    Returns
    -------
    DataFrame
        Indexed by site id, column `stage`: one of `STAGES`, missing for other kinds.
    """
    milestones = _about(records[list(_HEARD)], "model")
    reached = _first(sites, milestones, _stage_rank(milestones, as_of), STAGES.index("no-data"))
    ranks = np.where(sites["kind"] == "pilot_model", reached, -1)
    return _category(ranks, STAGES, sites.index, "stage").to_frame()


def stage_basis(sites: pd.DataFrame, records: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return the milestones that decided each model's stage: `site`, `evidence`."""
    reached = stage(sites, records, as_of)["stage"].cat.codes.to_numpy()
    milestones = _about(records, "model")
    rank = _stage_rank(milestones, as_of)
    return _pairs(
        milestones[(rank == reached[milestones["at"]]) & (rank != STAGES.index("no-data"))]
    )


def _stage_rank(records: pd.DataFrame, as_of: date) -> np.ndarray:
    """Return for each record the stage it shows, as a position in `STAGES`."""
    happened = (
        (records["kind"] == "milestone") & (records["event_date"] <= pd.Timestamp(as_of))
    ).to_numpy()
    shows = [happened & ev.names_any(records["topic"], (tag,)) for tag in STAGES[:-1]]
    return np.select(shows, range(len(shows)), len(shows))


# --- shared --------------------------------------------------------------------------------


def _about(records: pd.DataFrame, axis: str) -> pd.DataFrame:
    """Return the records of one axis that speak of a site of the register."""
    return records[((records["axis"] == axis) & (records["at"] >= 0)).to_numpy()]


def _first(
    sites: pd.DataFrame, records: pd.DataFrame, rank: np.ndarray, nothing: int
) -> np.ndarray:
    """Return each site's lowest rank among its records; `nothing` where none fires."""
    first = np.full(len(sites), _NOTHING)
    np.minimum.at(first, records["at"].to_numpy(), rank)
    return np.where(first == _NOTHING, nothing, first)


def _outside(sites: pd.DataFrame, as_of: date, member: pd.Series | None) -> np.ndarray:
    """Return which sites belong to no denominator."""
    known = membership_on(sites, as_of) if member is None else member
    return (known == "out").to_numpy()


def _plain(sites: pd.DataFrame) -> pd.DataFrame:
    """Return the same columns without their geometry's ways, which make each look at one dear."""
    return pd.DataFrame(sites)


def _within(days: np.ndarray, period: Period) -> np.ndarray:
    """Return which days lie in a period."""
    return (days >= np.datetime64(period.start)) & (days <= np.datetime64(period.end))


def _category(
    codes: np.ndarray, names: tuple[str, ...], index: pd.Index, name: str | None = None
) -> pd.Series:
    """Return positions in a list of names as a category column; -1 is missing."""
    column = pd.Categorical.from_codes(codes, list(names))  # type: ignore[call-overload]
    return pd.Series(column, index=index, name=name)


def _pairs(records: pd.DataFrame) -> pd.DataFrame:
    """Return site and evidence ids of some records, in the order of the ids."""
    pairs = records[["subject", "id"]].set_axis(["site", "evidence"], axis=1)
    return pairs.sort_values(["site", "evidence"], ignore_index=True)
