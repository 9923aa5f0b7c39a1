"""Worklists that explain themselves: which sites are a gap, why, since when, and who answers.

Pure. Which sites those are is the target's own count (``targets``). Not here: shares and ranks
of units (``coverage``), or choosing visits (``visits``).
"""

from collections.abc import Sequence
from datetime import date, timedelta

import geopandas as gpd
import pandas as pd

from geodata.core.lookup import is_in
from geodata.geography import distances
from geodata.register import evidence as ev
from geodata.register import sites
from geodata.rules.plan import Plan, default
from geodata.rules.status import speaking, stage, status_of
from geodata.rules.targets import YES, Result

COLUMNS = (
    "name_vi",
    "kind",
    "district_legacy",
    "commune_2025",
    "status",
    "last_evidence",
    "last_date",
    "days_ago",
    "accuracy_m",
    "nearest_reached",
    "nearest_m",
    "margin_m",
    "operator",
)
AROUND = (
    "nearest_model",
    "model_m",
    "model_margin_m",
    "nearest_event",
    "event_m",
    "event_margin_m",
    "reached_within",
    "depends_on_position",
)
ACCEPTED = ("accepted", "replicated")
"""The stages at which a pilot model is accepted."""
LAPSES = (30, 60, 90)
"""Days ahead for which it is asked what is about to lapse."""


def gaps(
    register: gpd.GeoDataFrame, evidence: pd.DataFrame, result: Result, axis: str, as_of: date
) -> gpd.GeoDataFrame:
    """Return the sites of a target that are not verified, with what explains each.

    Parameters
    ----------
    register : GeoDataFrame
        The sites that may be named, indexed by id.
    evidence : DataFrame
        The records that may be shown, as known.
    result : Result
        The target of the axis: in the list is what counts for it and is no verified yes.
    axis : str
        ``outreach`` or ``compliance``.
    as_of : date
        The day looked at.

    Returns
    -------
    GeoDataFrame
        `COLUMNS` and the point, indexed by site id; longest without evidence first. Distances
        are to the nearest site that is verified, in metres with the margin that the accuracy
        of both positions leaves.
    """
    done = result.counted["part"] == "yes"
    left = result.counted[~done.to_numpy(dtype=bool)]
    return _explained(register, result, left, _last(evidence, axis, as_of), as_of)


def undecided(
    register: gpd.GeoDataFrame, evidence: pd.DataFrame, result: Result, axis: str, as_of: date
) -> gpd.GeoDataFrame:
    """Return the sites of which it is not known whether they count for a target.

    Parameters are those of `gaps`.

    Returns
    -------
    GeoDataFrame
        As from `gaps`, with `missing`: ``decision``, ``lifecycle`` or both, joined by ``;``.
    """
    last = _last(evidence, axis, as_of)
    table = _explained(register, result, result.open, last, as_of)
    return table.assign(missing=result.open["missing"].reindex(table.index))


def with_undecided(
    worklist: gpd.GeoDataFrame, undecided_: gpd.GeoDataFrame, result: Result
) -> gpd.GeoDataFrame:
    """Return a worklist with the sites that may count for its target and are no verified yes."""
    left = result.open.index[(result.open["part"] != "yes").to_numpy(dtype=bool)]
    more = undecided_[is_in(undecided_.index, left)].reindex(columns=worklist.columns)
    return (
        gpd.GeoDataFrame(pd.concat([worklist, more]), crs=worklist.crs) if len(more) else worklist
    )


def _explained(
    register: gpd.GeoDataFrame,
    result: Result,
    listed: pd.DataFrame,
    last: pd.DataFrame,
    as_of: date,
) -> gpd.GeoDataFrame:
    """Return some sites of a target with the columns of a worklist."""
    rows = register[is_in(register.index, listed.index)]
    last = last.reindex(rows.index)
    nearest = distances.nearest(rows, _verified(register, result))
    table = rows[["name_vi", "kind", "district_legacy", "commune_2025", "operator", "geometry"]]
    table = table.assign(
        status=listed["status"].reindex(rows.index),
        last_evidence=last["id"],
        last_date=last["event_date"],
        days_ago=(pd.Timestamp(as_of) - last["event_date"]).dt.days.astype("Int64"),
        accuracy_m=distances.accuracy(rows).where(sites.placed(rows)),
        nearest_reached=nearest.ids,
        nearest_m=nearest.metres,
        margin_m=nearest.margin,
    )
    ordered = table.sort_values("last_date", na_position="first", kind="stable")
    return ordered[[*COLUMNS, "geometry"]]


def _verified(register: gpd.GeoDataFrame, result: Result) -> gpd.GeoDataFrame:
    """Return the sites of a register that a target has as a verified yes."""
    yes = result.counted.index[(result.counted["part"] == "yes").to_numpy(dtype=bool)]
    return register[is_in(register.index, yes)]


def around(
    worklist: gpd.GeoDataFrame,
    register: gpd.GeoDataFrame,
    evidence: pd.DataFrame,
    result: Result,
    *,
    as_of: date,
    radius_m: float,
) -> pd.DataFrame:
    """Return what lies around each site of a worklist.

    Parameters
    ----------
    worklist : GeoDataFrame
        As from `gaps`.
    register, evidence : DataFrame
        All sites and records that may be shown.
    result, as_of
        Those of the worklist.
    radius_m : float
        How near a site that is verified has to be.

    Returns
    -------
    DataFrame
        `AROUND`, indexed like the worklist: the nearest accepted model and the nearest place
        of a past event (its own may be one) with distance and margin in metres; how many
        sites of the target are verified within the radius; whether it hangs on positions if
        there is one. An event is where its site is; those of a district or
        the province have no place.
    """
    places = register.loc[worklist.index]
    live = speaking(register, evidence, as_of)
    past = (live["kind"] == "held") & (live["event_date"] <= pd.Timestamp(as_of))
    held = live["at"][(past & ~live["cancelled"] & (live["at"] >= 0)).to_numpy()].unique()
    accepted = stage(register, live, as_of)["stage"].isin(ACCEPTED).to_numpy()
    model = distances.nearest(places, register[accepted])
    event = distances.nearest(places, register.iloc[held], itself=True)
    reached = _verified(register, result)
    columns = (
        *model,
        *event,
        distances.around(places, reached, radius_m),
        distances.depends(places, reached, radius_m),
    )
    table = pd.DataFrame(dict(zip(AROUND, columns, strict=True)), index=worklist.index)
    table["reached_within"] = table["reached_within"].astype("Int64").where(sites.placed(places))
    return table


def _last(evidence: pd.DataFrame, axis: str, as_of: date) -> pd.DataFrame:
    """Return the last live record of each subject on an axis, indexed by subject."""
    live = ev.live(evidence)
    past = (live["axis"] == axis) & (live["event_date"] <= pd.Timestamp(as_of))
    ordered = live[past.to_numpy()].sort_values(["event_date", "id"], kind="stable")
    last = ordered.drop_duplicates("subject", keep="last").set_index("subject")
    return last[["id", "event_date"]]


def lapsing(
    register: gpd.GeoDataFrame, evidence: pd.DataFrame, plans: Sequence[Plan], as_of: date
) -> pd.DataFrame:
    """Return what is verified today and will no longer be if nothing new is recorded.

    Found by looking at the same evidence from 30, 60 and 90 days ahead, under the plan in
    force then.

    Returns
    -------
    DataFrame
        `axis`, `site`, `days` (one of `LAPSES`, the first day looked at on which it has
        lapsed) and `becomes`, the status it will have.
    """
    now = status_of(register, evidence, default(plans, as_of), as_of)
    verified = pd.DataFrame({axis: now[axis].isin(YES[axis]) for axis in YES})
    held = register[verified.any(axis=1).to_numpy()]  # nothing else can lapse
    open_ = {axis: verified.loc[held.index, axis] for axis in YES}
    rows = []
    for days in LAPSES if len(held) else ():
        ahead = as_of + timedelta(days=days)
        then = status_of(held, evidence, default(plans, ahead), ahead)
        for axis, still in open_.items():
            gone = still & ~then[axis].isin([*YES[axis], "not-applicable"])
            ids = held.index[gone.to_numpy()]
            rows += [(axis, site, days, then[axis][site]) for site in ids]
            open_[axis] = still & ~gone
    return pd.DataFrame(rows, columns=["axis", "site", "days", "becomes"])
