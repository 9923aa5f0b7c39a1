"""The seven targets of a plan: what was counted, what was left out and why, and the verdict.

Pure. Every figure is a count of records or sites; percentages are made last and never cross a
threshold by rounding. Not here: status rules (``status``), sentences and files.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from geodata import evidence as ev
from geodata import intensity
from geodata import status as st
from geodata.intensity import judged, overall
from geodata.plan import Period, Plan, Target
from geodata.sectors import spelled
from geodata.sites import counted_on, lifecycle_on

VERDICTS = ("met", "not-met", "undetermined", "undefined")
DISTRICTS_END = date(2025, 6, 30)  # Resolution 203/2025/QH15: districts stop on 01/07/2025

# Domain rule 4.4: what a verified yes is, and what may still turn out to be one.
YES = {"outreach": ("reached",), "compliance": ("compliant",)}
UNKNOWN = {
    "outreach": ("reported", "lapsed", "planned", "overdue", "no-data"),
    "compliance": ("incomplete", "self-declared", "stale", "no-data"),
}
_UNSETTLED = "unsettled"


@dataclass(frozen=True)
class Count:
    """Whole numbers: `yes` of `total`, with `unknown` that may turn out to be yes.

    Without a `total` it is a mere number, and a threshold is a number to be reached.
    """

    yes: int
    total: int | None
    unknown: int = 0

    @property
    def most(self) -> int:
        """The upper bound: all that is unknown turns out to be yes."""
        return self.yes + self.unknown

    def verdict(self, threshold: Fraction) -> str:
        """Return one of `VERDICTS` (domain rule 4.4); no share of nothing is ever met."""
        if self.total == 0:
            return "undefined"
        goal = self._goal(threshold)
        if self.yes >= goal:
            return "met"
        return "not-met" if self.most < goal else "undetermined"

    def short(self, threshold: Fraction) -> int:
        """Return how many more are needed to meet a threshold."""
        return max(0, math.ceil(self._goal(threshold)) - self.yes)

    def _goal(self, threshold: Fraction) -> Fraction:
        return threshold if self.total is None else threshold * self.total


@dataclass(frozen=True)
class Part:
    """One line of a breakdown: what it is about, and its count."""

    code: str
    count: Count


@dataclass(frozen=True)
class Result:
    """One target at a date.

    `counted` lists what is in the denominator with its `status`, `left_out` what is not with
    the `reason` (both by id; documents with their number as `name`); `reached_on` has the day
    of each verified yes, where days are known. `figures` are further numbers that have no
    threshold, `behind` what they were counted from (by id, with the `figure`), `notes` codes
    that say how to read the result.
    """

    target: Target
    count: Count | None = None
    breakdown: tuple[Part, ...] = ()
    cumulative: Count | None = None
    counted: pd.DataFrame = field(default_factory=lambda: pd.DataFrame({"status": []}))
    left_out: pd.DataFrame = field(default_factory=lambda: pd.DataFrame({"reason": []}))
    reached_on: tuple[date, ...] = ()
    figures: Mapping[str, Any] = field(default_factory=dict)
    behind: pd.DataFrame = field(default_factory=lambda: pd.DataFrame({"figure": []}))
    notes: tuple[str, ...] = ()

    @property
    def outside(self) -> int:
        """How many are left out of the denominator."""
        return len(self.left_out)

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
    live: pd.DataFrame  # as from `status.speaking` at the as-of date
    districts: tuple[str, ...]
    plan: Plan
    as_of: date
    sectors: pd.DataFrame  # as from `intensity.of_plan`

    @property
    def end(self) -> date:
        """The last day that counts: the as-of date, or the window's end if that is past."""
        return min(self.as_of, self.plan.window.end)

    def of_kinds(self, target: Target) -> pd.DataFrame:
        """Return the register's sites of a target's kinds."""
        return self.sites[self.sites["kind"].isin(target.kinds).to_numpy()]

    def told(self, axis: str, kind: str | None = None) -> pd.DataFrame:
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
        The register and the records, as `sites.typed` and `evidence.typed` give them.
    plan : Plan
        Whose targets are counted.
    as_of : date
        What was known at the end of this day is counted; in a closed year events after the
        window do not count, records entered late do.
    districts : sequence of str
        Codes of the districts that were to organise outreach, frozen at 30/06/2025.
    sectors : DataFrame, optional
        The intensity of the plan's sectors at that date, as from `intensity.of_plan` or, for
        the public, `intensity.public`; nothing declared if left out.
    """
    if sectors is None:
        sectors = pd.DataFrame(columns=list(intensity.COLUMNS))
    live = st.speaking(sites, evidence, as_of)
    # The public sees no head-counts: what is not there is blank.
    live = live.join(evidence.reindex(columns=["organiser", "enterprises_present", "doc_no"]))
    case = _Case(sites, live, tuple(districts), plan, as_of, sectors)
    return tuple(_COUNTED[target.id](case, target) for target in plan.targets)


# --- T1, T7: counted, without a threshold --------------------------------------------------


def _policies(case: _Case, target: Target) -> Result:
    """Count central documents of the window that a provincial one implements (T1)."""
    documents = case.told("policy", "document")
    topic = documents["topic"]
    scp_tags = case.plan.topics["T3"]
    scp = ev.names_any(topic, scp_tags)
    central = documents[scp & ev.names_any(topic, ("central",)) & _in_window(documents, case.plan)]
    needless = ev.names_any(central["topic"], ("no_local_action",))
    asked = central[~needless]
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
        left_out=_left(central["id"][needless], "no-local-action").assign(
            name=central["doc_no"][needless].to_numpy()
        ),
        figures={
            "median_days": None if days.empty else float(days.median()),
            "provincial_documents": len(own),
        },
        behind=_behind(own["id"], "provincial_documents").assign(name=own["doc_no"].to_numpy()),
    )


def _education(case: _Case, target: Target) -> Result:
    """Count institutions whose teaching takes the subject in (T7): organisers on record."""
    told = case.told("education")
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
    Without a baseline year nothing can be computed.
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
    """Return the intensities of a target's sectors, by sector as the plan writes it, judged."""
    called = dict(zip(_keys(target), target.sectors, strict=True))
    sector = intensities["sector"].map(lambda name: called.get(spelled(name)))
    rows = intensities.set_index(pd.Index(sector, name="id", dtype="object"))
    rows = rows[rows.index.notna()].drop(columns="sector")
    rows["status"] = [judged(row, target) for row in rows.to_dict("records")]
    return rows


def _judged(status: pd.Series) -> Count:
    """Return the count of a list of sectors."""
    unknown = _how_many(status, *intensity.UNKNOWN)
    return Count(_how_many(status, *intensity.YES), len(status), unknown)


# --- T3, T5, T6: shares --------------------------------------------------------------------


def _reached_sites(case: _Case, target: Target) -> Result:
    """Count the sites reached in the window, and since the cumulative count began (T3)."""
    asked = case.of_kinds(target)
    counted = counted_on(asked, case.end)
    inside = asked[(counted == "yes").to_numpy()]
    status = _outreach(case, case.plan).reindex(inside.index)
    since = replace(case.plan, window=Period(case.plan.cumulative_since, case.plan.window.end))
    parts = tuple(
        Part(kind, _count(status[(inside["kind"] == kind).to_numpy()], "outreach"))
        for kind in target.kinds
    )
    pooled = _count(status, "outreach")
    cumulative = _outreach(case, since).reindex(inside.index)
    # "Not reached" said of an earlier year leaves this one as open as the in-year count has it.
    still_open = (cumulative == "not-reached") & status.isin(UNKNOWN["outreach"])
    cumulative = cumulative.mask(still_open, "no-data")
    firms = _enterprises(case, inside)
    return Result(
        target,
        pooled,
        parts,
        _count(cumulative, "outreach"),
        _listed(inside.index, status).assign(cumulative=cumulative.astype("string")),
        _not_counted(asked, counted, case.end),
        _first_days(case, case.sites, case.live, case.plan, inside.index),
        {} if firms.empty else _sums(firms) | {"sites_with_both_numbers": len(firms)},
        _behind(firms.index, "enterprises").join(firms),
        _kind_below(pooled, parts, target),
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
    held = case.told("outreach", "held")
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
    ended = window.end > DISTRICTS_END and case.as_of > DISTRICTS_END
    notes = ("districts-ended",) if ended else ()
    if window.start > DISTRICTS_END:
        return Result(target, Count(0, 0), notes=("districts-ended",))
    codes = pd.Index(case.districts)
    districts = pd.DataFrame(
        {"kind": "district", "lifecycle": "operating", "founding": "decided"}, index=codes
    )
    districts[["valid_from", "valid_to"]] = np.datetime64("NaT")
    # Whether an event was for few or many is a question for sites; a district only has to hold it.
    told = case.live.assign(
        at=codes.get_indexer(pd.Index(case.live["subject"])),
        scope=pd.Categorical(["group"] * len(case.live)),
    )
    plan = replace(
        case.plan, window=Period(window.start, last), topics={"T3": case.plan.topics["T5"]}
    )
    status = st.outreach(districts, told, plan, case.as_of)["outreach"]
    return Result(
        target,
        _count(status, "outreach"),
        counted=_listed(codes, status),
        reached_on=_first_days(case, districts, told, plan, codes),
        notes=notes,
    )


def _friendly_packaging(case: _Case, target: Target) -> Result:
    """Count the supermarkets and shopping centres that meet the plan's profile (T6)."""
    asked = case.of_kinds(target)
    counted = counted_on(asked, case.end)
    inside = asked[(counted == "yes").to_numpy()]
    status = st.compliance(case.sites, case.live, case.plan, case.end)["compliance"]
    status = status.astype("string").reindex(inside.index)
    # Nothing of the profile applies: outside, if that is verified; a mere claim leaves it open.
    exempt = (status == "not-applicable").to_numpy(dtype=bool)
    claimed = exempt & inside.index.isin(_only_claimed(case))
    status = status.mask(claimed, "incomplete")[~exempt | claimed]
    needless = _left(inside.index[exempt & ~claimed], "not-applicable")
    inside = inside.loc[status.index]
    parts = tuple(
        Part(kind, _count(status[(inside["kind"] == kind).to_numpy()], "compliance"))
        for kind in target.kinds
    )
    apart = case.sites.index[(case.sites["kind"] == "convenience_store").to_numpy()]
    return Result(
        target,
        _count(status, "compliance"),
        parts,
        counted=_listed(inside.index, status),
        left_out=pd.concat([_not_counted(asked, counted, case.end), needless]),
        figures={"convenience_stores": len(apart)},
        behind=_behind(apart, "convenience_stores"),
    )


def _only_claimed(case: _Case) -> list[str]:
    """Return the sites whose compliance rests on a declaration, not on a verified check."""
    basis = st.compliance_basis(case.sites, case.live, case.plan, case.end)
    records = case.live.set_index("id").loc[basis["evidence"]]
    sure = (records["kind"] == "check") & records["grade"].isin(["A", "B"])
    sure &= (records["method"] != "self").fillna(value=True)
    return list(basis["site"][~sure.to_numpy()])


# --- T4: models ----------------------------------------------------------------------------


def _models(case: _Case, target: Target) -> Result:
    """Count models first applied in the window, and replications apart (T4).

    A model applied before the window is not new; one of which only a report or nothing at
    all is known may still turn out to be.
    """
    asked = case.of_kinds(target)
    told = case.told("model", "milestone")
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


def _outreach(case: _Case, plan: Plan) -> pd.Series:
    return st.outreach(case.sites, case.live, plan, case.as_of)["outreach"]


def _how_many(status: pd.Series, *wanted: str) -> int:
    return int(status.isin(wanted).sum())


def _first_days(
    case: _Case, sites: pd.DataFrame, live: pd.DataFrame, plan: Plan, inside: pd.Index
) -> tuple[date, ...]:
    """Return the day of the first verified event of each site reached, earliest first."""
    pairs = st.outreach_basis(sites, live, plan, case.as_of)
    reached = st.outreach(sites, live, plan, case.as_of)["outreach"] == "reached"
    pairs = pairs[pairs["site"].isin(inside.intersection(sites.index[reached.to_numpy()]))]
    days = live.set_index("id")["event_date"].reindex(pairs["evidence"]).set_axis(pairs["site"])
    return tuple(sorted(days.groupby(level=0).min().dt.date))


def _count(status: pd.Series, axis: str) -> Count:
    """Return the count of a list of statuses on an axis."""
    return Count(_how_many(status, *YES[axis]), len(status), _how_many(status, *UNKNOWN[axis]))


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


def _not_counted(asked: pd.DataFrame, counted: pd.Series, on: date) -> pd.DataFrame:
    """Return the sites outside the denominator: their lifecycle, or that none recognised them."""
    outside = (counted != "yes").to_numpy()
    lifecycle = lifecycle_on(asked, on)
    reason = lifecycle.mask((counted == "no") & (lifecycle == "operating"), "not-recognised")
    reason = reason.mask((counted == "no") & (lifecycle == "unknown"), "not-recognised")
    return pd.DataFrame({"reason": reason[outside].to_numpy()}, index=asked.index[outside])
