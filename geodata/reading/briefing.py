"""A briefing: everything leadership is shown of a view, made once and told the same everywhere.

The board, the sentences, the table of units and the list of changes on the screen and in every
file come from one `Briefing`, so their figures agree to the digit. Pure. Not here: how a file
or a screen shows it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import geopandas as gpd
import pandas as pd

from geodata.core.lookup import is_in
from geodata.core.text import _, day, number
from geodata.reading.findings import counted, findings, open_text, threshold_text
from geodata.reading.imprint import Imprint
from geodata.reading.labels import note_text, target_name, verdict_label
from geodata.reading.legend import legend
from geodata.reading.view import UNIT_COLUMN, View, selected, shown, within
from geodata.register import evidence as ev
from geodata.rules.coverage import by_unit
from geodata.rules.plan import Plan
from geodata.rules.status import basis_of, status_of
from geodata.rules.targets import Result, named, of_axis, results

AXES = ("outreach", "compliance")
CHANGES = ("site", "name", "axis", "before", "after", "evidence")


@dataclass(frozen=True)
class Line:
    """One target on the board, in words."""

    id: str
    name: str
    text: str
    counted: str
    bounds: str
    threshold: str
    verdict: str | None
    verdict_text: str
    short: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Compared:
    """One target then and now, in words; `change` is empty where the two cannot be taken away."""

    name: str
    then: str
    now: str
    change: str
    verdict: str


class AtHand(NamedTuple):
    """What gives the targets of a plan at a date, over every site, and every site's status."""

    results: Callable[[Plan, date], tuple[Result, ...]]
    status: Callable[[Plan, date], pd.DataFrame]


@dataclass(frozen=True)
class Briefing:
    """What is shown of a view.

    `register` holds all sites that may be named, for the targets ask of them whatever the
    filter; figures count the others too. `sites` and `status` are those within the view (all
    statuses); `listed` those that its choice of statuses leaves. `units` has the outlines of the
    view's vintage, `gaps` the target of the view's axis unit by unit (`coverage.by_unit`) – of
    all units, whatever the view's own – with `moved` (ranks gained since the date compared).
    `compared` puts each target beside what it was then; `changes` has one row a site and axis
    that changed: `site`, `name`, `axis`, `before`, `after`, `evidence`. `known_at` is the day of
    knowledge where it is not the day of making, `later` how many records of the plan's period
    were entered after it; `assumed` names the files that stand in for the store's data. `imprint`
    says who issues and made a file of it; on the screen nobody does. `ways` are waters and roads
    beneath the sites of a printed map, as from `geography.lines.fitted`.
    """

    view: View
    plan: Plan
    data_version: str
    compared_to: date | None
    known_at: date | None
    later: int
    assumed: tuple[str, ...]
    internal: bool  # whether it names sites that are not public
    results: tuple[Result, ...]
    board: tuple[Line, ...]
    findings: tuple[str, ...]
    legend: Mapping[str, Any]
    register: gpd.GeoDataFrame
    sites: gpd.GeoDataFrame
    status: pd.DataFrame
    listed: gpd.GeoDataFrame
    units: gpd.GeoDataFrame
    gaps: pd.DataFrame
    compared: tuple[Compared, ...]
    changes: pd.DataFrame
    imprint: Imprint = field(default_factory=Imprint)
    ways: gpd.GeoDataFrame | None = None

    @property
    def title(self) -> str:
        """What a briefing is called."""
        return _("Sustainable production and consumption – Hậu Giang")

    @property
    def result(self) -> Result:
        """The target of the view's axis: what ranking and map are about."""
        return of_axis(self.results, self.view.axis)

    @property
    def part(self) -> tuple[str, ...]:
        """The kinds that the units are counted for, where it is only a part of the target's."""
        return _part(self.view, self.result)

    @property
    def simulated(self) -> bool:
        """Whether every page must say that nothing here is real."""
        return self.view.workspace == "simulated"

    @property
    def facts(self) -> tuple[str, ...]:
        """What stands under every page: date, plan, data version, source."""
        return (
            _("As of {as_of}").format(as_of=day(self.view.as_of)),
            *knowledge(self.known_at, self.later),
            _("Plan {decision} ({year})").format(decision=self.plan.decision, year=self.plan.year),
            _("Data version {version}").format(version=self.data_version),
            _("WGS 84; borders generalised to 30 m"),
        )


def knowledge(known_at: date | None, later: int) -> tuple[str, ...]:
    """Return what is said of the day of knowledge; nothing where that is today."""
    if known_at is None:
        return ()
    words = _("By the records entered up to {known_at}").format(known_at=day(known_at))
    if later:
        words += " " + _("({n} records of this period were entered later)").format(n=number(later))
    return (words,)


def brief(
    sites: gpd.GeoDataFrame,
    evidence: pd.DataFrame,
    plan: Plan,
    view: View,
    *,
    units: gpd.GeoDataFrame,
    districts: Sequence[str],
    data_version: str,
    earlier_plan: Plan | None = None,
    compared_to: date | None = None,
    sectors: Callable[[Plan], pd.DataFrame] | None = None,
    shown: gpd.GeoDataFrame | None = None,
    later: int = 0,
    assumed: tuple[str, ...] = (),
    at_hand: AtHand | None = None,
) -> Briefing:
    """Return the briefing of a view.

    Parameters
    ----------
    sites, evidence : DataFrame
        The whole register and the records, as known; all of it is counted.
    plan, view
        Whose targets and rules apply; date, axis, kinds, unit, statuses.
    units : GeoDataFrame
        The units of the view's vintage, indexed by code, with `name`; EPSG:4326.
    districts, data_version, later, assumed
        Codes of the eight districts; what the figures were made from, as in `Briefing`.
    compared_to, earlier_plan, sectors, shown, at_hand : optional
        An earlier day to compare with, and the plan of that day; what gives a plan's
        intensities, as `targets.results` takes them; the sites that may be named, where it is
        not all; what counts, where that is kept.
    """
    at_hand = at_hand or _counting(sites, evidence, districts, sectors)
    basis = _Basis(sites, evidence, at_hand, sites if shown is None else shown)
    counted_, status = at_hand.results(plan, view.as_of), at_hand.status(plan, view.as_of)
    gaps = _gaps(counted_, sites, view, units)
    before = at_hand.results(earlier_plan or plan, compared_to) if compared_to else ()
    if before:
        gaps["moved"] = _moved(_gaps(before, sites, view, units), gaps)
    listed = tuple(named(result, basis.shown.index, sites.index) for result in counted_)
    return Briefing(
        view=view,
        plan=plan,
        data_version=data_version,
        compared_to=compared_to,
        known_at=view.known_at,
        later=later,
        assumed=assumed,
        results=listed,
        board=tuple(map(_line, listed)),
        findings=findings(counted_, plan, view.as_of),
        units=units,
        gaps=gaps,
        compared=tuple(map(_compared, before, counted_)),
        changes=_changes(basis, view, (earlier_plan or plan, compared_to), (plan, status)),
        **_of_view(basis, status, view),
    )


class _Basis(NamedTuple):
    """What all figures of a briefing are made from."""

    sites: gpd.GeoDataFrame
    evidence: pd.DataFrame
    at_hand: AtHand
    shown: gpd.GeoDataFrame


def _counting(
    sites: gpd.GeoDataFrame,
    evidence: pd.DataFrame,
    districts: Sequence[str],
    sectors: Callable[[Plan], pd.DataFrame] | None,
) -> AtHand:
    """Return what counts targets and statuses whenever asked."""
    return AtHand(
        lambda plan, as_of: results(
            sites, evidence, plan, as_of, districts, sectors=sectors(plan) if sectors else None
        ),
        lambda plan, as_of: status_of(sites, evidence, plan, as_of),
    )


def _of_view(basis: _Basis, status: pd.DataFrame, view: View) -> dict[str, Any]:
    """Return what map and lists of a view show: the sites that may be named, and the legend."""
    shown = basis.shown
    inside = within(shown, view)
    return {
        "legend": legend(basis.sites, status, view, shown),
        "register": shown,
        "sites": inside,
        "status": status.loc[inside.index],
        "listed": selected(shown, status, view),
        "internal": bool("public" in shown and (shown["public"] == "no").any()),
    }


def _moved(then: pd.DataFrame, now: pd.DataFrame) -> pd.Series:
    """Return how many ranks each unit gained; none where all stood level before."""
    moved = then["rank"] - now["rank"]
    level = (then["rank"].dropna() == 1).all()
    return moved.where(moved.isna(), 0) if level else moved


def _gaps(
    counted_: Sequence[Result], sites: gpd.GeoDataFrame, view: View, units: gpd.GeoDataFrame
) -> pd.DataFrame:
    """Return the target of the view's axis for every unit of its vintage.

    Of the view's choices only the target's kinds count: a unit is ranked among all units, or not
    at all; and kinds that the target is not about would leave every unit with nothing to count.
    """
    result = of_axis(counted_, view.axis)
    part = _part(view, result)
    among = sites.index[sites["kind"].isin(part).to_numpy()] if part else None
    return by_unit(result, sites[UNIT_COLUMN[view.units_of]], units["name"], among)


def _part(view: View, result: Result) -> tuple[str, ...]:
    """Return the kinds chosen that a target is about, where that is neither none nor all."""
    about = result.target.kinds
    some = tuple(kind for kind in about if kind in view.kinds)
    return some if len(some) < len(about) else ()


def _compared(then: Result, now: Result) -> Compared:
    """Return one target beside what it was."""
    change = ""
    if then.count and now.count:
        more = now.count.yes - then.count.yes
        change = f"{more:+}".replace("-", "−") if more else "0"
    return Compared(
        target_name(now.target.id),
        counted(then.count, then) if then.count else "–",
        counted(now.count, now) if now.count else "–",
        change,
        verdict_label(now.verdict),
    )


def _changes(
    basis: _Basis,
    view: View,
    then: tuple[Plan, date | None],
    now: tuple[Plan, pd.DataFrame],
) -> pd.DataFrame:
    """Return the sites whose status changed, and the records that now decide or undid it.

    A record about a site that may not be named is not named either.

    `then` is a plan and its day, `now` a plan and the statuses of the view's day under it.
    """
    if then[1] is None:
        return pd.DataFrame(columns=list(CHANGES))
    earlier = (then[0], then[1])
    inside = within(basis.shown, view)
    plan, after = now
    before = basis.at_hand.status(*earlier)
    deciding = _bases((basis.sites, basis.evidence), earlier, (plan, view.as_of))
    unnamed = is_in(basis.evidence["subject"], basis.sites.index.difference(basis.shown.index))
    deciding = deciding[~is_in(deciding["evidence"], basis.evidence["id"][unnamed])]
    rows = []
    for axis in AXES:
        old, new = (shown(status, axis).loc[inside.index] for status in (before, after))
        models = after["stage"].loc[inside.index].notna()
        keep = (old != new) & (~models if axis == "compliance" else True)
        other = "compliance" if axis == "outreach" else "outreach"
        records = deciding[(deciding["axis"] != other).to_numpy()]
        behind = records.groupby("site")["evidence"].agg("; ".join)
        rows.append(
            pd.DataFrame(
                {
                    "site": inside.index[keep.to_numpy()],
                    "name": inside["name_vi"][keep.to_numpy()].to_numpy(),
                    "axis": axis,
                    "before": old[keep].to_numpy(),
                    "after": new[keep].to_numpy(),
                    "evidence": behind.reindex(inside.index[keep.to_numpy()]).to_numpy(),
                }
            )
        )
    return pd.concat(rows, ignore_index=True)


def _bases(
    data: tuple[pd.DataFrame, pd.DataFrame], before: tuple[Plan, date], after: tuple[Plan, date]
) -> pd.DataFrame:
    """Return the records that decide on the later day, or called off what decided on the earlier.

    Both days are looked at with the same knowledge, so nothing is withdrawn between them.
    """
    off = _calling_off(basis_of(*data, *before), data[1], after[1])
    return pd.concat([basis_of(*data, *after), off]).drop_duplicates()


def _calling_off(basis: pd.DataFrame, evidence: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return the records that called off what once decided, a row a pair."""
    live = ev.live(evidence)
    off = (live["kind"] == "cancelled") & (live["event_date"] <= pd.Timestamp(as_of))
    pairs = live.loc[off.to_numpy(), ["refers_to", "id"]].set_axis(["planned", "by"], axis=1)
    planned = basis.merge(pairs.dropna(), left_on="evidence", right_on="planned")
    return planned[["axis", "site", "by"]].rename(columns={"by": "evidence"})


def _line(result: Result) -> Line:
    """Return a target as a line of the board."""
    count, target = result.count, result.target
    bounds = []
    if count and count.unknown:
        of_all = "" if count.total is None else f"/{number(count.total)}"
        top = number(count.most) + of_all
        bounds.append(_("at most {top} with all unknown").format(top=top))
    if count and count.open:
        bounds.append(open_text(count))
    if result.unnamed:
        bounds.append(
            _("of these {n:site is|sites are} not named").format(n=number(result.unnamed))
        )
    return Line(
        id=target.id,
        name=target_name(target.id),
        text=target.text,
        counted=counted(count, result) if count else "–",
        bounds=" · ".join(bounds),
        threshold=threshold_text(target),
        verdict=result.verdict,
        verdict_text=verdict_label(result.verdict),
        short="" if not result.short else number(result.short),
        notes=tuple(note_text(note) for note in result.notes),
    )
