"""The passport of one site: what it was when, its status on each axis, the records behind.

Pure. Not here: the rules themselves (``status``) or how a screen shows them.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.core.text import _, day
from geodata.register import evidence as ev
from geodata.register.lifecycle import Statement, membership_on, missing_on, sequence, shut_out_on
from geodata.rules import status as st
from geodata.rules.plan import Plan, Profile


@dataclass(frozen=True)
class Standing:
    """One axis of a passport: the status, why, on which records, and remarks."""

    axis: str
    status: str
    rule: str
    records: pd.DataFrame
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Passport:
    """What is known of one site at a date.

    `lifecycle` is all that the register says of when it was what, `membership` a sentence on
    whether it counts on the day. `others` are its records that did not decide, with a `reason`
    each.
    """

    site: pd.Series
    lifecycle: tuple[Statement, ...]
    membership: str
    profile: Profile | None
    findings: tuple[Standing, ...]
    others: pd.DataFrame


def passport(
    site: str, sites: pd.DataFrame, evidence: pd.DataFrame, plan: Plan, as_of: date
) -> Passport:
    """Return the passport of a site of the register at a date.

    Parameters
    ----------
    site : str
        Its id; a KeyError if the register does not have it.
    sites, evidence : DataFrame
        The register and the records that are known, as `sites.typed` and `evidence.typed` give
        them.
    plan : Plan
        Whose rules apply.
    as_of : date
        The day looked at.
    """
    one = sites.loc[[site]]
    of_site = (evidence["subject"] == site).fillna(value=False).to_numpy()
    about = evidence[of_site]
    heard = evidence[ev.with_those_naming(evidence, of_site)]
    row = st.status_of(one, heard, plan, as_of).iloc[0]
    basis = st.basis_of(one, heard, plan, as_of)
    spoken = st.speaking(one, heard, as_of)
    live = spoken[(spoken["at"] >= 0).to_numpy()]
    rules = plan.profile_for(one["kind"].iloc[0], as_of)

    def records(axis: str) -> pd.DataFrame:
        ids = basis.loc[(basis["axis"] == axis).to_numpy(), "evidence"]
        return about[about["id"].isin(ids).to_numpy()].sort_values("event_date", ascending=False)

    if pd.isna(row["stage"]):
        findings: tuple[Standing, ...] = (
            Standing(
                "outreach",
                row["outreach"],
                outreach_rule(row["outreach"], plan),
                records("outreach"),
                _remarks(live, row["outreach"], records("outreach"), plan, as_of),
            ),
            Standing(
                "compliance",
                row["compliance"],
                compliance_rule(row["compliance"]),
                records("compliance"),
                (*_claimed(row), *_conflict(live, records("compliance"), rules)),
            ),
        )
    else:
        findings = (Standing("stage", row["stage"], stage_rule(row["stage"]), records("model")),)
    return Passport(
        one.iloc[0],
        sequence(one.iloc[0]),
        membership_text(one, plan, as_of),
        rules,
        findings,
        _others(about, live, basis, as_of),
    )


def membership_text(one: pd.DataFrame, plan: Plan, on: date) -> str:
    """Return whether a site counts for a target of a plan, and if not, why (domain rule 4.1).

    Parameters
    ----------
    one : DataFrame
        The site, as a register of one row.
    plan : Plan
        Whose targets are meant.
    on : date
        The day looked at.

    Returns
    -------
    str
        A sentence; empty for a pilot model, which counts by its stage.
    """
    kind = one["kind"].iloc[0]
    if kind == "pilot_model":
        return ""
    target = next((t for t in plan.targets if t.unit == "site" and kind in t.kinds), None)
    if target is None:
        return _("No target of the plan counts sites of this kind.")
    sentence, words = {
        "in": (_("Counts in the denominator of target {n}."), ()),
        "out": (
            _("Does not count in the denominator of target {n}: {reasons}."),
            shut_out_on(one, on).iloc[0],
        ),
        "open": (
            _("Not known whether it counts in the denominator of target {n}: {reasons} missing."),
            missing_on(one, on).iloc[0],
        ),
    }[membership_on(one, on).iloc[0]]
    reasons = _(" and ").join(_membership_words()[word] for word in words)
    return sentence.format(n=target.id[1:], reasons=reasons)


def _membership_words() -> dict[str, str]:
    """Return what keeps a site out of a denominator, and what is missing to say so."""
    return {
        "planned": _("it is only planned"),
        "established": _("it is established or recognised and does not operate yet"),
        "suspended": _("it is suspended"),
        "closed": _("it has closed"),
        "not_decided": _("no decision establishes or recognises it"),
        "decision": _("the decision that establishes or recognises it"),
        "lifecycle": _("its state"),
    }


def outreach_rule(status: str, plan: Plan) -> str:
    """Return the rule behind an outreach status as a sentence (domain rule 4.2)."""
    start, end = day(plan.window.start), day(plan.window.end)
    since = day(plan.cumulative_since)
    return {
        "reached": _(
            "A verified event (grade A or B) naming the topic took place between {start} and {end}."
        ),
        "reported": _(
            "An event between {start} and {end} is only reported (grade C); it awaits verification."
        ),
        "lapsed": _("Reached between {since} and {start}, but not since."),
        "planned": _("An event is planned for a day that has not yet passed."),
        "overdue": _("All planned days have passed and no event on the topic is on record."),
        "not-reached": _("It is confirmed that no event took place between {start} and {end}."),
        "no-data": _("No usable record speaks of this site."),
        "not-applicable": _(
            "The site is not in the denominator: not operating, not recognised, or a pilot model."
        ),
    }[status].format(start=start, end=end, since=since)


def compliance_rule(status: str) -> str:
    """Return the rule behind a compliance status as a sentence (domain rule 4.3)."""
    return {
        "compliant": _(
            "The latest verified check that is still fresh meets every mandatory criterion."
        ),
        "partial": _("The latest fresh record meets the mandatory criteria in part."),
        "non-compliant": _("The latest fresh record finds the mandatory criteria not met."),
        "incomplete": _("The latest fresh record leaves mandatory criteria unchecked."),
        "self-declared": _("The site declares that it complies; no fresh verified check says so."),
        "stale": _("The only checks on record are older than they may be."),
        "no-data": _("No usable check under this profile is on record."),
        "not-applicable": _(
            "No profile applies to this kind of site today, it is not operating, or no criterion "
            "applies to it."
        ),
    }[status]


def stage_rule(stage: str) -> str:
    """Return the rule behind a model's stage as a sentence."""
    if stage == "no-data":
        return _("No dated milestone of grade A to C is on record.")
    return _("The furthest stage that a dated milestone shows.")


def _remarks(
    live: pd.DataFrame, status: str, records: pd.DataFrame, plan: Plan, as_of: date
) -> tuple[str, ...]:
    """Return the badges that an outreach status carries; `live` is as from `status.speaking`."""
    outreach = live[(live["axis"] == "outreach").to_numpy()]
    window = plan.window
    ahead = outreach["event_date"] >= pd.Timestamp(as_of)
    coming = (outreach["kind"] == "planned") & ahead & ~outreach["cancelled"]
    mass = (outreach["kind"] == "held") & (outreach["scope"] == "mass")
    in_year = status in {"reached", "reported"}
    labels = {
        _("Entered late"): (records["recorded_at"] > pd.Timestamp(window.end)).any(),
        _("Before the plan was issued"): in_year
        and (records["event_date"] < pd.Timestamp(plan.issued)).any(),
        _("A new event is planned"): status == "lapsed" and coming.any(),
        _("Mass communication alone does not count"): not in_year and mass.any(),
    }
    return tuple(remark for remark, holds in labels.items() if holds)


def _claimed(row: pd.Series) -> tuple[str, ...]:
    """Return a remark if no verified check carries what is shown of compliance."""
    adverse = row["compliance"] in {"partial", "non-compliant", "incomplete"}
    return (_("Not verified: a claim settles no target"),) if row["claimed"] and adverse else ()


def _conflict(
    live: pd.DataFrame, records: pd.DataFrame, profile: Profile | None
) -> tuple[str, ...]:
    """Return a remark if a check as recent and as strong as the deciding one says otherwise."""
    if profile is None or records.empty:
        return ()
    decided = records.iloc[0]
    equal = (
        (live["kind"] == decided["kind"])
        & ((live["method"] == "self") == (decided["method"] == "self"))
        & (live["profile"] == profile.code)
        & (live["event_date"] == decided["event_date"])
        & (live["grade"] == decided["grade"])
    )
    given = live.loc[equal.to_numpy(), "answers"].astype("string").fillna("")
    if len({st.evaluate(answers, profile) for answers in given}) > 1:
        return (_("Checks of the same day disagree; the worse one counts"),)
    return ()


def _others(
    about: pd.DataFrame, live: pd.DataFrame, basis: pd.DataFrame, as_of: date
) -> pd.DataFrame:
    """Return the records that did not decide, latest first, with the reason of each."""
    rest = about[~about["id"].isin(basis["evidence"]).to_numpy()]
    decided = rest["axis"].isin(set(basis["axis"])).to_numpy(dtype=bool)
    reason = left_aside(rest, live["id"], decided, as_of).fillna(no_rule())
    return rest.assign(reason=reason).sort_values("event_date", ascending=False)


def left_aside(
    rest: pd.DataFrame, live: pd.Series, decided: NDArray[np.bool_], as_of: date
) -> pd.Series:
    """Return why records decide nothing; missing where that is for the rules to say.

    Parameters
    ----------
    rest : DataFrame
        Records that are behind no status.
    live : Series
        The ids of the records that count, as from `status.speaking`.
    decided : array of bool
        Whether another record decides of the same subject on the same axis.
    as_of : date
        The day looked at.
    """
    counts = rest["id"].isin(live)
    weak = rest["event_date"].isna() | (rest["grade"] == "D")
    reason = pd.Series(pd.NA, index=rest.index, dtype="string")
    reason = reason.mask(decided, _("Another record decides"))
    reason = reason.mask(~counts, _("Replaced or withdrawn"))
    reason = reason.mask(weak, _("Grade D or without a date: kept, never counted"))
    after = rest["event_date"] > pd.Timestamp(as_of)
    return reason.mask(after & counts, _("After the as-of date"))


def no_rule() -> str:
    """Return what is said of a record that nothing speaks against and no rule uses."""
    return _("No rule uses it")
