"""What records would do once saved: which site gets which status, which target moves, or why none.

Pure: the rules are asked twice, without the records and with them. Not here: the rules (``rules``),
or what keeps a record from being saved (``records``).
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import pandas as pd

from geodata.core.lookup import is_in
from geodata.core.text import _, day, number
from geodata.geography.units import Tier
from geodata.reading.labels import status_label, target_name
from geodata.reading.passport import compliance_rule, membership_text, outreach_rule
from geodata.register import evidence as ev
from geodata.register.lifecycle import membership_on, missing_on, shut_out_on
from geodata.rules import countable, targets
from geodata.rules import status as st
from geodata.rules.plan import Plan, default, in_force
from geodata.stewardship.answers import Known

AXES = {"outreach": "outreach", "compliance": "compliance", "model": "stage"}
"""Axis of a record to that of a site's status."""

_NAMED = 3  # sites named in a sentence


class Outcome(NamedTuple):
    """What becomes of one site: its status on an axis without the records and with them.

    `reason` says why it stays as it is; empty where it changes.
    """

    site: str
    axis: str
    before: str
    after: str
    reason: str


def sentences(known: Known, new: pd.DataFrame, plans: Sequence[Plan]) -> list[str]:
    """Return what saving would do, in words, under each plan that the records are of.

    Parameters
    ----------
    known : Known
        The workspace as it stands, and the day on which the records would be saved.
    new : DataFrame
        The records that would be added, as from `evidence.typed`.
    plans : sequence of Plan
        Those there are.
    """
    lines = []
    for plan in plans_of(new, plans, known.today):
        on = plan.last_day(known.today)
        results = outcomes(known.sites, known.evidence, new, plan, on)
        lines += _of_sites(results, known.sites, plan)
        if not results:
            lines += _of_targets(known, new, plan, on)
    return list(dict.fromkeys(lines)) or [_nothing(new, plans)]


def plans_of(new: pd.DataFrame, plans: Sequence[Plan], today: date) -> list[Plan]:
    """Return the plans to ask: those whose windows hold the events, and the one of today."""
    started = [plan for plan in plans if plan.window.start <= today]
    if not started:
        return []
    days = sorted({moment.date() for moment in new["event_date"].dropna()})
    asked = [in_force(started, on) for on in days] + [default(started, today)]
    return list({plan.year: plan for plan in asked if plan}.values())


def outcomes(
    sites: pd.DataFrame, evidence: pd.DataFrame, new: pd.DataFrame, plan: Plan, as_of: date
) -> list[Outcome]:
    """Return what becomes of each site that the records speak of, on the axes they are of."""
    asked = sites.loc[is_in(sites.index, new["subject"])]
    axes = _axes(evidence, new)
    if asked.empty or not axes:
        return []
    about = is_in(evidence["subject"], asked.index)
    known = evidence[ev.with_those_naming(evidence, about)]
    every = ev.categorised(pd.concat([known, new], ignore_index=True))
    before = st.status_of(asked, known, plan, as_of)
    after = st.status_of(asked, every, plan, as_of)
    basis = st.basis_of(asked, every, plan, as_of)
    carried = set(basis.loc[basis["evidence"].isin(new["id"]).to_numpy(dtype=bool), "site"])
    whys = _Whys(asked, new, plan, as_of)
    results = []
    for site in asked.index:
        for axis in axes:
            was, now = before.loc[site, axis], after.loc[site, axis]
            if pd.isna(now):
                continue
            reason = ""
            if was == now:
                proof = _("this record is one more proof of it")
                reason = proof if site in carried else whys[site, str(axis), str(now)]
            results.append(Outcome(str(site), axis, str(was), str(now), reason))
    return results


class _Whys(dict[tuple[str, str, str], str]):
    """Why a site keeps its status on an axis, worked out once for all sites alike."""

    def __init__(self, asked: pd.DataFrame, new: pd.DataFrame, plan: Plan, as_of: date) -> None:
        super().__init__()
        self._asked, self._plan, self._as_of = asked, plan, as_of
        firsts = new.drop_duplicates("subject")
        self._records = {str(row["subject"]): row for _at, row in firsts.iterrows()}
        uncounted = countable.cannot_count(new, [plan])
        self._cannot = {one.record: _clause(one.rule) for one in reversed(uncounted)}
        alike = [asked["kind"], membership_on(asked, as_of), shut_out_on(asked, as_of)]
        alike.append(missing_on(asked, as_of))
        self._alike = dict(zip(asked.index, zip(*alike, strict=True), strict=True))
        self._outside: dict[object, str] = {}

    def __missing__(self, key: tuple[str, str, str]) -> str:
        site, axis, status = key
        record = self._records[site]
        weak = bool(pd.isna(record["event_date"]) or record["grade"] == "D")
        if status == "not-applicable" and not weak and record["kind"] != "withdraw":
            return self._not_counted(site, axis)
        return _why_not(
            record, axis, self._plan, self._as_of, self._cannot.get(str(record["id"]), "")
        )

    def _not_counted(self, site: str, axis: str) -> str:
        """Return why a site is outside what is counted on an axis."""
        alike = axis, *self._alike[site]
        if alike not in self._outside:
            text = ""
            if axis == "outreach":
                text = membership_text(self._asked.loc[[site]], self._plan, self._as_of)
                text = text or outreach_rule("not-applicable", self._plan)
            self._outside[alike] = _clause(text or compliance_rule("not-applicable"))
        return self._outside[alike]


def _axes(evidence: pd.DataFrame, new: pd.DataFrame) -> list[str]:
    """Return the axes of statuses that records are of, those of records they end included."""
    ended = {*new["supersedes"].dropna(), *new["refers_to"].dropna()}
    before = evidence.loc[evidence["id"].isin(ended).to_numpy(dtype=bool), "axis"]
    named = {*new["axis"].dropna().astype(str), *before.dropna().astype(str)}
    return [column for axis, column in AXES.items() if axis in named]


def _why_not(record: pd.Series, axis: str, plan: Plan, as_of: date, cannot: str) -> str:
    """Return why a record leaves the status of a site that counts as it is."""
    happened = record["event_date"]
    if record["kind"] == "withdraw":
        return _("another record decides")
    if pd.isna(happened) or record["grade"] == "D":
        return _("without a day, or with grade D, a record is kept and never counted")
    if cannot:
        return cannot
    if axis == "outreach" and record["scope"] == "mass":
        return _("mass communication reaches no single site")
    since, until = date.min, as_of
    if axis == "outreach":
        since, until = plan.cumulative_since, plan.window.end
    if not since <= happened.date() <= until:
        sentence = _("{day} lies outside the period of the plan ({start} to {end})")
        return sentence.format(
            day=day(happened.date()), start=day(plan.window.start), end=day(plan.window.end)
        )
    return _("another record decides")


def _clause(sentence: str) -> str:
    """Return a sentence as the end of another one."""
    return (sentence[:1].lower() + sentence[1:]).rstrip(".")


# --- in words ------------------------------------------------------------------------------


def _of_sites(results: Sequence[Outcome], sites: pd.DataFrame, plan: Plan) -> list[str]:
    """Return a sentence for each thing that happens to some sites."""
    groups: dict[tuple[str, str, str], list[Outcome]] = {}
    for one in results:
        groups.setdefault((one.axis, one.after, one.reason), []).append(one)
    ordered = sorted(groups.items(), key=lambda item: (item[0][2] != "", -len(item[1])))
    return [_sentence(group, sites, plan) for _alike, group in ordered]


def _sentence(group: Sequence[Outcome], sites: pd.DataFrame, plan: Plan) -> str:
    first, many = group[0], len(group) > 1
    label = status_label(first.axis, first.after)
    who = f"{first.site} {sites['name_vi'][first.site]}"
    if many:
        shown = [*(one.site for one in group[:_NAMED]), *(["…"] if len(group) > _NAMED else [])]
        who = _("{n} sites ({listed})").format(n=number(len(group)), listed=", ".join(shown))
    if first.reason:
        sentence = _("{who}: no change, stays “{status}” (plan {plan}): {reason}.")
    elif many:
        sentence = _("{who} will become “{status}” (plan {plan}).")
    else:
        sentence = _("This record will make {who} “{status}” (plan {plan}).")
    return sentence.format(who=who, status=label, plan=plan.decision, reason=first.reason)


def _of_targets(known: Known, new: pd.DataFrame, plan: Plan, as_of: date) -> list[str]:
    """Return a sentence for each target whose count the records change."""
    listed = known.geography.gazetteer.listed
    districts = [unit.code for unit in listed if unit.level is Tier.DISTRICT]
    every = ev.categorised(pd.concat([known.evidence, new], ignore_index=True))
    before = targets.results(known.sites, known.evidence, plan, as_of, districts)
    after = targets.results(known.sites, every, plan, as_of, districts)
    sentence = _("Target {n} – {name}: {before} becomes {after} (plan {plan}).")
    return [
        sentence.format(
            n=now.target.id[1:],
            name=target_name(now.target.id),
            before=number(was.count.yes),
            after=number(now.count.yes),
            plan=plan.decision,
        )
        for was, now in zip(before, after, strict=True)
        if was.count and now.count and was.count.yes != now.count.yes
    ]


def _nothing(new: pd.DataFrame, plans: Sequence[Plan]) -> str:
    """Return the sentence about records that move no status and no target."""
    reasons = countable.cannot_count(new, plans)
    if new["event_date"].isna().all() or (new["grade"] == "D").all():
        why = _("without a day, or with grade D, a record is kept and never counted")
    elif reasons:
        why = _clause(reasons[0].rule)
    else:
        why = _("no target counts it, or other records show the same already")
    return _("This record will change no status and no target: {reason}.").format(reason=why)
