"""The seven targets of a plan: what was counted, what was left out and why, and the verdict.

Pure. Every figure is a count of records or sites; percentages are made last and never cross a
threshold by rounding. Not here: status rules (``status``), sentences and files.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from geodata.register import evidence as ev
from geodata.register.lifecycle import lifecycle_on, membership_on, missing_on
from geodata.register.sectors import spelled
from geodata.rules import intensity
from geodata.rules import status as st
from geodata.rules.intensity import overall
from geodata.rules.plan import Period, Plan, Target

VERDICTS = ("met", "not-met", "undetermined", "undefined")
DISTRICTS_END = date(2025, 6, 30)  # Resolution 203/2025/QH15: districts stop on 01/07/2025

# Domain rule 4.4: what a verified yes is, and what may still turn out to be one.
YES = {"outreach": ("reached",), "compliance": ("compliant",)}
UNKNOWN = {
    "outreach": ("reported", "lapsed", "planned", "overdue", "no-data"),
    "compliance": ("incomplete", "self-declared", "stale", "no-data"),
}
PARTS = ("yes", "unknown", "no")
OF_AXIS = {"outreach": "T3", "compliance": "T6"}
"""The target that the gaps on an axis are held against."""
_UNSETTLED = "unsettled"
_OPEN = pd.DataFrame({"status": [], "part": [], "missing": []}, dtype="string")


@dataclass(frozen=True)
class Count:
    """Whole numbers: `yes` of `total`, with `unknown` that may turn out to be yes.

    Without a `total` it is a mere number, and a threshold is a number to be reached. Beside the
    total stand those of which it is not known whether they belong to it, by what they would be:
    `open_yes`, `open_unknown`, `open_no`.
    """

    yes: int
    total: int | None
    unknown: int = 0
    open_yes: int = 0
    open_unknown: int = 0
    open_no: int = 0

    @property
    def no(self) -> int:
        """How many are known not to be yes; only of a count with a total."""
        return (self.total or 0) - self.yes - self.unknown

    @property
    def open(self) -> int:
        """How many may belong to the total or not."""
        return self.open_yes + self.open_unknown + self.open_no

    @property
    def most(self) -> int:
        """The upper bound: all that is unknown turns out to be yes."""
        return self.yes + self.unknown

    def verdict(self, threshold: Fraction) -> str:
        """Return one of `VERDICTS` (domain rule 4.4); no share of nothing is ever met.

        Met is what is met even if every open one that is not yes belongs; not met is what is
        not even met if everything unknown turns out well.
        """
        if self.total is None:
            if self.yes >= threshold:
                return "met"
            return "not-met" if self.most < threshold else "undetermined"
        if self.total + self.open == 0:
            return "undefined"
        if self.yes >= threshold * (self.total + self.open_unknown + self.open_no):
            return "met"
        hopeful = self.open_yes + self.open_unknown
        if self.most + hopeful < threshold * (self.total + hopeful):
            return "not-met"
        return "undetermined"

    def short(self, threshold: Fraction) -> int:
        """Return how many more are needed to meet a threshold among those that surely count."""
        goal = threshold if self.total is None else threshold * self.total
        return max(0, math.ceil(goal) - self.yes)


@dataclass(frozen=True)
class Part:
    """One line of a breakdown: what it is about, and its count."""

    code: str
    count: Count


@dataclass(frozen=True)
class Result:
    """One target at a date; `outside` is how many are left out of the denominator.

    `counted` lists what is in the denominator with its `status` (of sites also the `part` of the
    count, one of `PARTS`), `open` in the same way what may be in it with what is `missing`,
    `left_out` what is not with the `reason` (all by id; documents with their number as `name`);
    `unnamed` says how many of them are counted and not listed. `reached_on` has the day
    of each verified yes, where days are known. `figures` are further numbers that have no
    threshold, `behind` what they were counted from (by id, with the `figure`), `notes` codes
    that say how to read the result.
    """

    target: Target
    count: Count | None = None
    breakdown: tuple[Part, ...] = ()
    cumulative: Count | None = None
    counted: pd.DataFrame = field(default_factory=lambda: pd.DataFrame({"status": []}))
    open: pd.DataFrame = field(default_factory=_OPEN.copy)
    left_out: pd.DataFrame = field(default_factory=lambda: pd.DataFrame({"reason": []}))
    outside: int = 0
    unnamed: int = 0
    reached_on: tuple[date, ...] = ()
    figures: Mapping[str, Any] = field(default_factory=dict)
    behind: pd.DataFrame = field(default_factory=lambda: pd.DataFrame({"figure": []}))
    notes: tuple[str, ...] = ()

    @property
    def goal(self) -> Fraction | None:
        """What the count has to reach.

        The threshold, except of sectors: theirs is about each reduction, and all have to meet it.
        """
        return Fraction(1) if self.target.unit == "sector" else self.target.threshold

    @property
    def verdict(self) -> str | None:
        """One of `VERDICTS`, or None for a target that has no threshold."""
        if self.goal is None:
            return None
        return self.count.verdict(self.goal) if self.count else "undefined"

    @property
    def short(self) -> int | None:
        """How many more are needed; None without threshold or denominator."""
        if self.goal is None or not self.count or self.count.total == 0:
            return None
        return self.count.short(self.goal)


@dataclass(frozen=True)
class _Case:
    """What all targets are counted from: the plan, the days, and what was known."""

    sites: pd.DataFrame
    live: pd.DataFrame  # as from `status.speaking` at the end
    districts: tuple[str, ...]
    plan: Plan
    end: date  # the last day that counts: the as-of date, or the window's end if that is past
    sectors: pd.DataFrame  # as from `intensity.of_plan`

    def of_kinds(self, target: Target) -> pd.DataFrame:
        """Return the register's sites of a target's kinds."""
        return self.sites[self.sites["kind"].isin(target.kinds).to_numpy()]

    def records(self, axis: str, kind: str | None = None) -> pd.DataFrame:
        """Return the live records of an axis, or of one kind, up to the last day that counts."""
        fits = (self.live["axis"] == axis) & (self.live["event_date"] <= pd.Timestamp(self.end))
        if kind:
            fits &= self.live["kind"] == kind
        return self.live[fits.to_numpy()]


def results(
    sites: pd.DataFrame,
    evidence: pd.DataFrame,
    plan: Plan,
    as_of: date,
    districts: Sequence[str],
    *,
    sectors: pd.DataFrame | None = None,
) -> tuple[Result, ...]:
    """Return the plan's targets at a date, in the plan's order (domain section 2).

    Parameters
    ----------
    sites, evidence : DataFrame
        All of the register, private sites too, and the records that are known, as
        `sites.typed` and `evidence.typed` give them.
    plan : Plan
        Whose targets are counted.
    as_of : date
        The day looked at; a plan whose window is over is counted at its last day (domain rule
        4.3a), with what was entered late.
    districts : sequence of str
        Codes of the districts that were to organise outreach, frozen at 30/06/2025.
    sectors : DataFrame, optional
        The intensity of the plan's sectors, as from `intensity.of_plan`; nothing declared if
        left out.
    """
    if sectors is None:
        sectors = pd.DataFrame(columns=list(intensity.COLUMNS))
    end = plan.last_day(as_of)
    live = st.speaking(sites, evidence, end)
    # The public sees no head-counts: what is not there is blank.
    live = live.join(evidence.reindex(columns=["organiser", "enterprises_present", "doc_no"]))
    case = _Case(sites, live, tuple(districts), plan, end, sectors)
    counted = (_COUNTED[target.id](case, target) for target in plan.targets)
    return tuple(replace(result, outside=len(result.left_out)) for result in counted)


def named(result: Result, shown: pd.Index, register: pd.Index) -> Result:
    """Return a result that lists only the sites that may be named; its figures stay whole.

    Parameters
    ----------
    result : Result
        Counted over the whole register.
    shown, register : Index
        The ids of the sites that may be named, and of all.
    """
    hidden = register.difference(shown)
    lists = {
        name: frame[~frame.index.isin(hidden)]
        for name in ("counted", "open", "left_out", "behind")
        for frame in [getattr(result, name)]
    }
    unnamed = sum(len(getattr(result, name)) - len(lists[name]) for name in ("counted", "open"))
    return replace(result, **lists, unnamed=unnamed)


def of_axis(results: Sequence[Result], axis: str) -> Result:
    """Return the result that gaps, ranking and visits on an axis are about (T3 or T6)."""
    return next(result for result in results if result.target.id == OF_AXIS[axis])


# --- T1, T7: counted, without a threshold --------------------------------------------------


def _policies(case: _Case, target: Target) -> Result:
    """Count central documents of the window that a provincial one implements (T1)."""
    documents = case.records("policy", "document")
    topic = documents["topic"]
    scp_tags = case.plan.topics["T3"]
    scp = ev.names_any(topic, scp_tags)
    central = documents[scp & ev.names_any(topic, ("central",)) & _in_window(documents, case.plan)]
    needless = ev.names_any(central["topic"], ("no_local_action",))
    undecided = ev.names_any(central["topic"], ("local_action_open",)) & ~needless
    asked = central[~needless & ~undecided]
    local = documents[ev.names_any(topic, ("provincial",))]
    answers = (
        local.assign(answered=local["refers_to"].str.split(r"\s*;\s*", regex=True))
        .explode("answered")
        .groupby("answered")["event_date"]
        .min()
    )
    issued = answers.reindex(asked["id"]).set_axis(asked.index)
    days = (issued - asked["event_date"]).dt.days.dropna()
    answered = issued.notna().map({True: "answered", False: "open"})
    own = local[ev.names_any(local["topic"], scp_tags) & _in_window(local, case.plan)]
    return Result(
        target,
        Count(int(issued.notna().sum()), len(asked)),
        counted=_listed(asked["id"], answered).assign(
            name=asked["doc_no"].to_numpy(),
            issued=asked["event_date"].to_numpy(),
            answered_on=issued.to_numpy(),
        ),
        left_out=pd.concat(
            _left(central["id"][rows], reason).assign(name=central["doc_no"][rows].to_numpy())
            for rows, reason in ((needless, "no-local-action"), (undecided, "to-be-decided"))
        ),
        figures={
            "median_days": None if days.empty else float(days.median()),
            "provincial_documents": len(own),
        },
        behind=_behind(own["id"], "provincial_documents").assign(name=own["doc_no"].to_numpy()),
    )


def _education(case: _Case, target: Target) -> Result:
    """Count institutions whose teaching takes the subject in (T7): organisers on record."""
    told = case.records("education")
    told = told[_in_window(told, case.plan)]
    verified = set(told.loc[told["grade"].isin(["A", "B"]).to_numpy(), "organiser"].dropna())
    said = set(told["organiser"].dropna()) - verified
    ids = [*sorted(verified), *sorted(said)]
    status = pd.Series(["taught"] * len(verified) + ["reported"] * len(said), dtype="string")
    return Result(target, Count(len(verified), None, len(said)), counted=_listed(ids, status))


# --- T2: intensity -------------------------------------------------------------------------


def _intensity(case: _Case, target: Target) -> Result:
    """Count the sectors present that use less than in the baseline year (T2).

    A sector is present if a site that may be operating names it, or a plant declared for it.
    Without a baseline year nothing can be computed. Rows whose figures are hidden count all the
    same, by the status they came with.
    """
    operating = lifecycle_on(case.sites, case.end).isin(["operating", "unknown"]).to_numpy()
    named = case.sites.loc[operating, "sectors"].dropna().map(spelled)
    rows = _of_sectors(case.sectors, target)
    listed = pd.DataFrame(
        {
            "sites": [int(named.str.contains(s, regex=False).sum()) for s in _keys(target)],
            "status": [overall(rows["status"][rows.index == s]) for s in target.sectors],
        },
        index=pd.Index(target.sectors, name="id"),
    )
    present = ((listed["sites"] > 0) | listed.index.isin(rows.index)).to_numpy()
    # Where nobody says what is made, no sector can be said to be absent.
    reason = "not-applicable" if present.any() else "no-sectors-named"
    counted = listed[present].astype({"status": "string"})
    parts = tuple(Part(str(s), _judged(counted.loc[[s], "status"])) for s in counted.index)
    left_out = _left(listed.index[~present], reason)
    if target.baseline_year is None:
        counted["status"] = pd.Series("no-baseline", index=counted.index, dtype="string")
        return Result(
            target, None, parts, counted=counted, left_out=left_out, notes=("no-baseline",)
        )
    return Result(
        target,
        _judged(counted["status"]),
        parts,
        counted=counted,
        left_out=left_out,
        figures={
            "baseline_year": target.baseline_year,
            "year": case.plan.year,
            "exceeded": _how_many(counted["status"], "exceeded"),
        },
        behind=rows.assign(figure="intensity"),
        notes=("sectors-hidden",) if rows["hidden"].any() else (),
    )


def _keys(target: Target) -> list[str]:
    return [spelled(sector) for sector in target.sectors]


def _of_sectors(intensities: pd.DataFrame, target: Target) -> pd.DataFrame:
    """Return the intensities of a target's sectors, by sector as the plan writes it."""
    called = dict(zip(_keys(target), target.sectors, strict=True))
    sector = intensities["sector"].map(lambda name: called.get(spelled(name)))
    rows = intensities.set_index(pd.Index(sector, name="id", dtype="object"))
    return rows[rows.index.notna()].drop(columns="sector")


def _judged(status: pd.Series) -> Count:
    """Return the count of a list of sectors."""
    unknown = _how_many(status, *intensity.UNKNOWN)
    return Count(_how_many(status, *intensity.YES), len(status), unknown)


# --- T3, T5, T6: shares --------------------------------------------------------------------


def _reached_sites(case: _Case, target: Target) -> Result:
    """Count the sites reached in the window, and since the cumulative count began (T3)."""
    asked = case.of_kinds(target)
    member = membership_on(asked, case.end)
    status = st.outreach(case.sites, case.live, case.plan, case.end)["outreach"]
    since = replace(case.plan, window=Period(case.plan.cumulative_since, case.plan.window.end))
    ever = st.outreach(case.sites, case.live, since, case.end)["outreach"]
    # "Not reached" said of an earlier year leaves this one as open as the in-year count has it.
    still_open = (ever == "not-reached") & status.isin(UNKNOWN["outreach"])
    table = _table(asked, member, status, "outreach").assign(
        cumulative=ever.mask(still_open, "no-data").astype("string").reindex(asked.index)
    )
    parts = _by_kind(table, asked, target)
    pooled = _count(table)
    inside = asked[(member == "in").to_numpy()]
    firms = _enterprises(case, inside)
    days = _first_days(case, case.sites, case.live, case.plan, inside.index)
    return Result(
        target,
        pooled,
        parts,
        _count(table.assign(part=_part(table["cumulative"], "outreach"))),
        counted=_members(table, "in"),
        open=_openly(table, asked, case.end),
        left_out=_not_counted(asked, member, case.end),
        reached_on=days,
        figures={"gained": len(days)}
        | ({} if firms.empty else _sums(firms) | {"sites_with_both_numbers": len(firms)}),
        behind=_behind(firms.index, "enterprises").join(firms),
        notes=_kind_below(pooled, parts, target),
    )


def _kind_below(pooled: Count, parts: Sequence[Part], target: Target) -> tuple[str, ...]:
    """Return a note if the pooled share meets a threshold that one of its kinds misses."""
    assert target.threshold is not None  # noqa: S101 - the plan gives T3 one
    missed = any(p.count.verdict(target.threshold) != "met" for p in parts if p.count.total)
    met = pooled.verdict(target.threshold) == "met"
    return ("kind-below",) if met and missed else ()


def _enterprises(case: _Case, inside: pd.DataFrame) -> pd.DataFrame:
    """Return the enterprise convention: firms present at verified events, of all at those sites.

    Only sites where both numbers are on record; the most firms present at one event count.
    Indexed by site: `enterprises_present`, `enterprises`.
    """
    held = case.records("outreach", "held")
    held = held[held["grade"].isin(["A", "B"]).to_numpy() & _in_window(held, case.plan)]
    number = pd.to_numeric(held["enterprises_present"], errors="coerce")
    present = number.groupby(held["subject"]).max().reindex(inside.index)
    both = (present.notna() & inside["enterprises"].gt(0)).to_numpy()
    total = inside.loc[both, "enterprises"].astype(int)
    firms = {"enterprises_present": np.minimum(present[both].astype(int), total)}
    return pd.DataFrame({**firms, "enterprises": total})


def _sums(numbers: pd.DataFrame) -> dict[str, Any]:
    return {str(column): int(numbers[column].sum()) for column in numbers}


def _organising_districts(case: _Case, target: Target) -> Result:
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
    told = case.live.assign(
        at=codes.get_indexer(pd.Index(case.live["subject"])),
        scope=pd.Categorical(["group"] * len(case.live)),
    )
    plan = replace(
        case.plan, window=Period(window.start, last), topics={"T3": case.plan.topics["T5"]}
    )
    status = st.outreach(districts, told, plan, case.end)["outreach"]
    days = _first_days(case, districts, told, plan, codes)
    counted = _listed(codes, status).assign(part=_part(status, "outreach").to_numpy())
    return Result(
        target,
        _count(counted.assign(member="in")),
        counted=counted,
        reached_on=days,
        figures={"gained": len(days)},
        notes=notes,
    )


def _friendly_packaging(case: _Case, target: Target) -> Result:
    """Count the supermarkets and shopping centres that meet the plan's profile (T6).

    A shop to which no criterion applies is outside, whoever says so. What is only claimed, well
    or ill, settles nothing.
    """
    asked = case.of_kinds(target)
    member = membership_on(asked, case.end)
    said = st.compliance(case.sites, case.live, case.plan, case.end).reindex(asked.index)
    exempt = (said["compliance"] == "not-applicable") & (member != "out")
    table = _table(asked, member.mask(exempt, "out"), said["compliance"], "compliance")
    claimed = said["claimed"].to_numpy(dtype=bool)
    table["part"] = table["part"].mask(claimed & (table["part"] == "no").to_numpy(), "unknown")
    needless = _left(asked.index[exempt.to_numpy()], "not-applicable")
    apart = case.sites.index[(case.sites["kind"] == "convenience_store").to_numpy()]
    counted = _members(table, "in")
    return Result(
        target,
        _count(table),
        _by_kind(table, asked, target),
        counted=counted,
        open=_openly(table, asked, case.end),
        left_out=pd.concat([_not_counted(asked, member, case.end), needless]),
        figures={"convenience_stores": len(apart), "gained": _gained(case, counted)},
        behind=_behind(apart, "convenience_stores"),
    )


def _gained(case: _Case, counted: pd.DataFrame) -> int:
    """Return how many shops meet the profile that did not when the window began.

    They are a stock: what was there before is no pace. A shop is gained if no check of before
    the window carries its status.
    """
    yes = counted.index[(counted["part"] == "yes").to_numpy()]
    before = case.plan.window.start - timedelta(days=1)
    then = st.compliance(case.sites, case.live, case.plan, before)["compliance"]
    return int((~then.reindex(yes).isin(YES["compliance"])).sum())


# --- T4: models ----------------------------------------------------------------------------


def _models(case: _Case, target: Target) -> Result:
    """Count models first applied in the window, and replications apart (T4).

    A model applied before the window is not new; one of which only a report or nothing at
    all is known may still turn out to be.
    """
    asked = case.of_kinds(target)
    told = case.records("model", "milestone")
    applied = told[ev.names_any(told["topic"], ("applied", "accepted", "replicated"))]
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
    again = told[ev.names_any(told["topic"], ("replicated",)) & _in_window(told, case.plan)]
    again_sure = again["grade"].isin(["A", "B"]).to_numpy()
    return Result(
        target,
        Count(_how_many(status, "applied"), None, _how_many(status, "reported", _UNSETTLED)),
        counted=_listed(asked.index, status)[(status != "earlier").to_numpy()],
        left_out=_left(asked.index[(status == "earlier").to_numpy()], "applied-earlier"),
        figures={
            "replications": int(again_sure.sum()),
            "replications_reported": int((~again_sure).sum()),
        },
        behind=pd.concat(
            [
                _behind(again["subject"][again_sure], "replications"),
                _behind(again["subject"][~again_sure], "replications_reported"),
            ]
        ),
    )


_COUNTED = {
    "T1": _policies,
    "T2": _intensity,
    "T3": _reached_sites,
    "T4": _models,
    "T5": _organising_districts,
    "T6": _friendly_packaging,
    "T7": _education,
}


# --- shared --------------------------------------------------------------------------------


def _how_many(status: pd.Series, *wanted: str) -> int:
    return int(status.isin(wanted).sum())


def _first_days(
    case: _Case, sites: pd.DataFrame, live: pd.DataFrame, plan: Plan, inside: pd.Index
) -> tuple[date, ...]:
    """Return the day of the first verified event of each site reached, earliest first."""
    pairs = st.outreach_basis(sites, live, plan, case.end)
    reached = st.outreach(sites, live, plan, case.end)["outreach"] == "reached"
    pairs = pairs[pairs["site"].isin(inside.intersection(sites.index[reached.to_numpy()]))]
    days = live.set_index("id")["event_date"].reindex(pairs["evidence"]).set_axis(pairs["site"])
    return tuple(sorted(days.groupby(level=0).min().dt.date))


def _table(asked: pd.DataFrame, member: pd.Series, status: pd.Series, axis: str) -> pd.DataFrame:
    """Return each site asked about: `member`, `status` on an axis and `part` of the count."""
    said = status.astype("string").reindex(asked.index)
    return pd.DataFrame({"member": member, "status": said, "part": _part(said, axis)})


def _part(status: pd.Series, axis: str) -> pd.Series:
    """Return which part of a count each status is: one of `PARTS`."""
    yes, unknown = status.isin(YES[axis]), status.isin(UNKNOWN[axis])
    part = np.select([yes.to_numpy(), unknown.to_numpy()], ["yes", "unknown"], "no")
    return pd.Series(part, index=status.index, dtype="string")


def count(part: pd.Series, open_: pd.Series) -> Count:
    """Return the count of what is in a denominator and of what may be, each by its part."""
    yes, unknown, _no = (int((part == name).sum()) for name in PARTS)
    return Count(yes, len(part), unknown, *(int((open_ == name).sum()) for name in PARTS))


def _count(table: pd.DataFrame) -> Count:
    """Return the count of a table of sites."""
    inside, open_ = ((table["member"] == name).to_numpy() for name in ("in", "open"))
    return count(table["part"][inside], table["part"][open_])


def _by_kind(table: pd.DataFrame, asked: pd.DataFrame, target: Target) -> tuple[Part, ...]:
    """Return the count of each kind of a target."""
    return tuple(
        Part(kind, _count(table[(asked["kind"] == kind).to_numpy()])) for kind in target.kinds
    )


def _members(table: pd.DataFrame, member: str) -> pd.DataFrame:
    """Return the sites of one membership, without it."""
    inside = table[(table["member"] == member).to_numpy()].drop(columns="member")
    return inside.rename_axis("id")


def _openly(table: pd.DataFrame, asked: pd.DataFrame, on: date) -> pd.DataFrame:
    """Return the sites that may count, with what is missing to say so: `missing`, joined by ;."""
    rows = _members(table, "open")[["status", "part"]]
    missing = missing_on(asked.loc[rows.index], on).map(";".join)
    return rows.assign(missing=missing.astype("string"))


def _in_window(records: pd.DataFrame, plan: Plan) -> np.ndarray:
    window = plan.window
    inside = records["event_date"].between(pd.Timestamp(window.start), pd.Timestamp(window.end))
    return inside.to_numpy()


def _listed(ids: Sequence[str] | pd.Index | pd.Series, status: pd.Series) -> pd.DataFrame:
    """Return what was counted, with the status of each."""
    said = status.astype("string").to_numpy()
    return pd.DataFrame({"status": said}, index=pd.Index(ids, name="id"))


def _left(ids: Sequence[str] | pd.Index | pd.Series, reason: str) -> pd.DataFrame:
    """Return what was left out for one reason."""
    return pd.DataFrame({"reason": reason}, index=pd.Index(ids, name="id"))


def _behind(ids: Sequence[str] | pd.Index | pd.Series, figure: str) -> pd.DataFrame:
    """Return what one of the further figures was counted from."""
    return pd.DataFrame({"figure": figure}, index=pd.Index(ids, name="id"))


def _not_counted(asked: pd.DataFrame, member: pd.Series, on: date) -> pd.DataFrame:
    """Return the sites outside the denominator: their lifecycle, or that none recognised them."""
    lifecycle = lifecycle_on(asked, on)
    reason = lifecycle.mask(lifecycle.isin(["operating", "unknown"]), "not-recognised")
    outside = (member == "out").to_numpy()
    return pd.DataFrame({"reason": reason[outside].to_numpy()}, index=asked.index[outside])
