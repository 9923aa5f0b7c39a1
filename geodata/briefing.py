"""A briefing: everything leadership is shown of a view, made once and told the same everywhere.

The board, the sentences, the table of units and the list of changes on the screen and in every
file come from one `Briefing`, so their figures agree to the digit. Pure. Not here: how a file
or a screen shows it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import geopandas as gpd
import pandas as pd

from geodata.coverage import by_unit
from geodata.findings import counted, findings, note_text, target_name, verdict_label
from geodata.legend import legend
from geodata.plan import Plan
from geodata.status import basis_of, status_of
from geodata.symbology import status_label
from geodata.targets import Result, results
from geodata.text import _, day, number, share
from geodata.view import UNIT_COLUMN, View, selected, shown, within

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
class Briefing:
    """What is shown of a view.

    `register` holds all sites that may be shown, for the targets ask of them whatever the
    filter. `sites` and `status` are those within the view (all statuses); `listed` those that its
    choice of statuses leaves. `units` has the outlines of the view's vintage, `gaps` their
    coverage on the view's axis, with `moved` (ranks gained since the date compared).
    `changes` has one row a site and axis that changed: `site`, `name`, `axis`, `before`,
    `after`, `evidence`.
    """

    title: str
    view: View
    plan: Plan
    data_version: str
    compared_to: date | None
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
    changes: pd.DataFrame

    @property
    def simulated(self) -> bool:
        """Whether every page must say that nothing here is real."""
        return self.view.workspace == "simulated"

    @property
    def facts(self) -> tuple[str, ...]:
        """What stands under every page: date, plan, data version, source."""
        return (
            _("As of {as_of}").format(as_of=day(self.view.as_of)),
            _("Plan {decision} ({year})").format(decision=self.plan.decision, year=self.plan.year),
            _("Data version {version}").format(version=self.data_version),
            _("WGS 84; borders generalised to 30 m"),
        )


def brief(
    sites: gpd.GeoDataFrame,
    evidence: pd.DataFrame,
    plan: Plan,
    view: View,
    *,
    units: gpd.GeoDataFrame,
    districts: Sequence[str],
    data_version: str,
    compared_to: date | None = None,
    sectors: pd.DataFrame | None = None,
) -> Briefing:
    """Return the briefing of a view.

    Parameters
    ----------
    sites, evidence, sectors : DataFrame
        The register, the records and the intensity of the plan's sectors (as `targets.results`
        takes it) that may be shown.
    plan : Plan
        Whose targets and rules apply.
    view : View
        Date, axis, kinds, unit and statuses; the targets are the plan's, whatever the filter.
    units : GeoDataFrame
        The units of the view's vintage, indexed by code, with `name`; EPSG:4326.
    districts : sequence of str
        Codes of the eight districts.
    data_version : str
        What the figures were made from.
    compared_to : date, optional
        An earlier day to compare with.
    """
    status = status_of(sites, evidence, plan, view.as_of)
    inside = within(sites, view)
    found = results(sites, evidence, plan, view.as_of, districts, sectors=sectors)
    gaps = _gaps(inside, status, view, units)
    changes = pd.DataFrame(columns=list(CHANGES))
    if compared_to:
        earlier = status_of(sites, evidence, plan, compared_to)
        gaps["moved"] = _moved(_gaps(inside, earlier, view, units), gaps)
        basis = _bases(sites, evidence, plan, compared_to, view.as_of)
        changes = _changes(inside, earlier, status, basis)
    return Briefing(
        title=_("Sustainable production and consumption – Hậu Giang"),
        view=view,
        plan=plan,
        data_version=data_version,
        compared_to=compared_to,
        results=found,
        board=tuple(_line(result) for result in found),
        findings=findings(found, plan, view.as_of),
        legend=legend(sites, status, view),
        register=sites,
        sites=inside,
        status=status.loc[inside.index],
        listed=selected(sites, status, view),
        units=units,
        gaps=gaps,
        changes=changes,
    )


def _moved(then: pd.DataFrame, now: pd.DataFrame) -> pd.Series:
    """Return how many ranks each unit gained; none where all stood level before."""
    moved = then["rank"] - now["rank"]
    level = (then["rank"].dropna() == 1).all()
    return moved.where(moved.isna(), 0) if level else moved


def _gaps(
    inside: pd.DataFrame, status: pd.DataFrame, view: View, units: gpd.GeoDataFrame
) -> pd.DataFrame:
    """Return the coverage of every unit of the view's vintage on its axis."""
    plain = inside[(inside["kind"] != "pilot_model").to_numpy()]
    unit = plain[UNIT_COLUMN[view.units_of]]
    return by_unit(status[view.axis].loc[plain.index], unit, units["name"], view.axis)


def _changes(
    inside: pd.DataFrame, before: pd.DataFrame, after: pd.DataFrame, basis: pd.DataFrame
) -> pd.DataFrame:
    """Return the sites whose status changed, and the records that now decide or undid it."""
    rows = []
    for axis in AXES:
        old, new = (shown(status, axis).loc[inside.index] for status in (before, after))
        models = after["stage"].loc[inside.index].notna()
        keep = (old != new) & (~models if axis == "compliance" else True)
        said = basis[(basis["axis"] != ("compliance" if axis == "outreach" else "outreach"))]
        behind = said.groupby("site")["evidence"].agg("; ".join)
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
    sites: pd.DataFrame, evidence: pd.DataFrame, plan: Plan, before: date, after: date
) -> pd.DataFrame:
    """Return the records that decide on the later day, or ended what decided on the earlier."""
    ended = _ended_by(basis_of(sites, evidence, plan, before), evidence, after)
    return pd.concat([basis_of(sites, evidence, plan, after), ended]).drop_duplicates()


def _ended_by(basis: pd.DataFrame, evidence: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return the records that replaced, withdrew or cancelled what once decided, a row a pair."""
    known = evidence[(evidence["recorded_at"] <= pd.Timestamp(as_of)).to_numpy()]
    undoes = known["kind"].isin(["withdraw", "cancelled"]).to_numpy()
    pairs = pd.concat(
        [
            known[["supersedes", "id"]].set_axis(["ended", "by"], axis=1),
            known.loc[undoes, ["refers_to", "id"]].set_axis(["ended", "by"], axis=1),
        ]
    ).dropna()
    found = basis.merge(pairs, left_on="evidence", right_on="ended")
    return found[["axis", "site", "by"]].rename(columns={"by": "evidence"})


def status_name(axis: str, key: str) -> str:
    """Return what a status or a model's stage is called, by the key it is shown under."""
    if key.startswith("stage-"):
        return status_label("stage", key.removeprefix("stage-"))
    return status_label(axis, key)


def _line(result: Result) -> Line:
    """Return a target as a line of the board."""
    count, target = result.count, result.target
    bounds = ""
    if count and count.unknown:
        of_all = "" if count.total is None else f"/{number(count.total)}"
        top = number(count.most) + of_all
        bounds = _("at most {top} with all unknown").format(top=top)
    return Line(
        id=target.id,
        name=target_name(target.id),
        text=target.text,
        counted=counted(count, result) if count else "–",
        bounds=bounds,
        threshold=_threshold(result),
        verdict=result.verdict,
        verdict_text=verdict_label(result.verdict),
        short="" if not result.short else number(result.short),
        notes=tuple(note_text(note) for note in result.notes),
    )


def _threshold(result: Result) -> str:
    """Return the threshold of a target as the plan writes it."""
    target = result.target
    if target.threshold is None:
        return _("no threshold")
    if target.unit == "model":
        return f"{target.threshold}–{target.ceiling}"
    low = share(target.threshold.numerator, target.threshold.denominator).replace(",0%", "%")
    if target.ceiling is None:
        return low
    high = share(target.ceiling.numerator, target.ceiling.denominator).replace(",0%", "%")
    return f"{low.removesuffix('%')}–{high}"
