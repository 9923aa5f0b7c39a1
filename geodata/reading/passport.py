"""The passport of one site: what it was when, its status on each axis, the records behind.

Pure. Not here: the rules themselves (``status``) or how a screen shows them.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.core.lookup import is_in
from geodata.core.text import _, day
from geodata.register import evidence as ev
from geodata.register.lifecycle import Statement, membership_on, missing_on, sequence, shut_out_on
from geodata.rules import status as st
from geodata.rules.plan import Plan, Profile

_BEHIND = ("outreach", "compliance", "model")
_NONE = np.empty(0, dtype=int)


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
    return next(passports(sites.loc[[site]], evidence, plan, as_of))


def passports(
    sites: pd.DataFrame, evidence: pd.DataFrame, plan: Plan, as_of: date
) -> Iterator[Passport]:
    """Yield the passport of each of some sites, in their order, all of them counted at once.

    Parameters are those of `passport`.
    """
    of_sites = is_in(evidence["subject"], sites.index)
    evidence = evidence[ev.with_those_naming(evidence, of_sites)]
    status = _plain(st.status_of(sites, evidence, plan, as_of))
    spoken = st.speaking(sites, evidence, as_of)
    live = spoken[(spoken["at"] >= 0).to_numpy()]
    heard = _Heard.among(live, as_of)
    about, decides = _reasoned(
        evidence, live["id"], st.basis_of(sites, evidence, plan, as_of), as_of
    )
    of_site, others = about.groupby("subject").indices, about["reason"].notna().to_numpy()
    records = _plain(about.drop(columns="reason"))
    memberships = _memberships(sites, plan, as_of)
    plain = _plain(sites)
    for at, site in enumerate(plain.index):
        row, own = plain.iloc[at], np.asarray(of_site.get(site, _NONE), dtype=int)
        rules = plan.profile_for(str(row["kind"]), as_of)
        behind = {axis: records.iloc[own[decides[own] == axis]] for axis in _BEHIND}
        yield Passport(
            row,
            sequence(row),
            memberships[at],
            rules,
            _standings(status.iloc[at], behind, (heard, at), rules, plan),
            about.take(own[others[own]]),
        )


def _reasoned(
    evidence: pd.DataFrame, live: pd.Series, basis: pd.DataFrame, as_of: date
) -> tuple[pd.DataFrame, NDArray[np.object_]]:
    """Return all records, latest first, with the `reason` of each that decides nothing.

    Besides the axis on which each of them decides.
    """
    records = evidence.sort_values("event_date", ascending=False)
    axis_of = basis.drop_duplicates("evidence").set_index("evidence")["axis"]
    decides = records["id"].map(axis_of).astype(object).fillna("").to_numpy()
    pairs = pd.MultiIndex.from_frame(basis[["site", "axis"]].astype(object))
    asked = pd.MultiIndex.from_frame(records[["subject", "axis"]].astype(object))
    reason = left_aside(records, live, np.asarray(asked.isin(pairs)), as_of).fillna(no_rule())
    return _plain(records.assign(reason=reason.mask(decides != ""))), decides


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame of one block of plain cells: its rows are taken many times as fast."""
    cells = frame.to_numpy(dtype=object)
    return pd.DataFrame(cells, index=frame.index, columns=frame.columns, dtype=object)


class _Heard(NamedTuple):
    """What the records that count say beside a status, by the place of their site."""

    coming: frozenset[int]  # an event is planned
    mass: frozenset[int]  # mass communication took place
    checks: Mapping[
        Hashable, pd.DataFrame
    ]  # those that others of their day and grade may contradict

    @classmethod
    def among(cls, live: pd.DataFrame, as_of: date) -> "_Heard":
        """Return what records say; they are as from `status.speaking`, of sites alone."""
        outreach = (live["axis"] == "outreach").to_numpy()
        ahead = (live["event_date"] >= pd.Timestamp(as_of)) & ~live["cancelled"]
        coming = outreach & ((live["kind"] == "planned") & ahead).to_numpy()
        mass = outreach & ((live["kind"] == "held") & (live["scope"] == "mass")).to_numpy()
        equal = ["at", "kind", "profile", "event_date", "grade"]
        checks = live[(live["profile"].notna() & live.duplicated(equal, keep=False)).to_numpy()]
        by_site = {at: checks.iloc[rows] for at, rows in checks.groupby("at").indices.items()}
        return cls(frozenset(live["at"][coming]), frozenset(live["at"][mass]), by_site)


def _standings(
    row: pd.Series,
    behind: Mapping[str, pd.DataFrame],
    spoken: tuple[_Heard, int],
    rules: Profile | None,
    plan: Plan,
) -> tuple[Standing, ...]:
    """Return both axes of a site, or the stage of a model, with the records behind them."""
    if pd.notna(row["stage"]):
        return (Standing("stage", row["stage"], stage_rule(row["stage"]), behind["model"]),)
    outreach, compliance = row["outreach"], row["compliance"]
    events, checks = behind["outreach"], behind["compliance"]
    heard, at = spoken
    doubts = (*_claimed(row), *_conflict(heard.checks.get(at), checks, rules))
    remarks = _remarks(heard, at, outreach, events, plan)
    return (
        Standing("outreach", outreach, outreach_rule(outreach, plan), events, remarks),
        Standing("compliance", compliance, compliance_rule(compliance), checks, doubts),
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
    return _memberships(one, plan, on)[0]


def _memberships(sites: pd.DataFrame, plan: Plan, on: date) -> list[str]:
    """Return the sentence of `membership_text` for each site."""
    rows = zip(
        sites["kind"],
        membership_on(sites, on),
        shut_out_on(sites, on),
        missing_on(sites, on),
        strict=True,
    )
    return [_membership(plan, *row) for row in rows]


def _membership(
    plan: Plan, kind: str, member: str, shut_out: Sequence[str], missing: Sequence[str]
) -> str:
    if kind == "pilot_model":
        return ""
    target = next((t for t in plan.targets if t.unit == "site" and kind in t.kinds), None)
    if target is None:
        return _("No target of the plan counts sites of this kind.")
    sentence, words = {
        "in": (_("Counts in the denominator of target {n}."), ()),
        "out": (_("Does not count in the denominator of target {n}: {reasons}."), shut_out),
        "open": (
            _("Not known whether it counts in the denominator of target {n}: {reasons} missing."),
            missing,
        ),
    }[member]
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
    heard: _Heard, at: int, status: str, records: pd.DataFrame, plan: Plan
) -> tuple[str, ...]:
    """Return the badges that an outreach status carries, on the records behind it."""
    in_year = status in {"reached", "reported"}
    closed, issued = pd.Timestamp(plan.window.end), pd.Timestamp(plan.issued)
    labels = {
        _("Entered late"): any(on > closed for on in records["recorded_at"]),
        _("Before the plan was issued"): in_year
        and any(on < issued for on in records["event_date"]),
        _("A new event is planned"): status == "lapsed" and at in heard.coming,
        _("Mass communication alone does not count"): not in_year and at in heard.mass,
    }
    return tuple(remark for remark, holds in labels.items() if holds)


def _claimed(row: pd.Series) -> tuple[str, ...]:
    """Return a remark if no verified check carries what is shown of compliance."""
    adverse = row["compliance"] in {"partial", "non-compliant", "incomplete"}
    return (_("Not verified: a claim settles no target"),) if row["claimed"] and adverse else ()


def _conflict(
    live: pd.DataFrame | None, records: pd.DataFrame, profile: Profile | None
) -> tuple[str, ...]:
    """Return a remark if a check as recent and as strong as the deciding one says otherwise."""
    if profile is None or records.empty or live is None:
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
    counts = is_in(rest["id"], live)
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
