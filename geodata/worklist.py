"""Worklists that explain themselves: which sites are a gap, why, since when, and who answers.

Pure. Not here: shares and ranks of units (``coverage``), or choosing visits (``visits``).
"""

from collections.abc import Sequence
from datetime import date, timedelta

import geopandas as gpd
import pandas as pd

from geodata import distances, sites
from geodata import evidence as ev
from geodata.plan import Plan, default
from geodata.status import speaking, status_of
from geodata.targets import YES

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
    register: gpd.GeoDataFrame,
    evidence: pd.DataFrame,
    status: pd.Series,
    axis: str,
    as_of: date,
) -> gpd.GeoDataFrame:
    """Return the sites that are not verified on an axis, with what explains each.

    Parameters
    ----------
    register : GeoDataFrame
        The sites looked at, indexed by id.
    evidence : DataFrame
        The records that may be shown.
    status : Series
        The status of every site on the axis.
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
    said = status.reindex(register.index)
    done = said.isin(YES[axis]).to_numpy()
    open_ = register[(~done & (said != "not-applicable").to_numpy())]
    last = _last(evidence, axis, as_of).reindex(open_.index)
    found = distances.nearest(open_, register[done])
    table = open_[["name_vi", "kind", "district_legacy", "commune_2025", "operator", "geometry"]]
    table = table.assign(
        status=said.reindex(open_.index),
        last_evidence=last["id"],
        last_date=last["event_date"],
        days_ago=(pd.Timestamp(as_of) - last["event_date"]).dt.days.astype("Int64"),
        accuracy_m=distances.accuracy(open_).where(sites.placed(open_)),
        nearest_reached=found.ids,
        nearest_m=found.metres,
        margin_m=found.margin,
    )
    ordered = table.sort_values("last_date", na_position="first", kind="stable")
    return ordered[[*COLUMNS, "geometry"]]


def around(
    worklist: gpd.GeoDataFrame,
    register: gpd.GeoDataFrame,
    evidence: pd.DataFrame,
    status: pd.DataFrame,
    *,
    axis: str,
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
    status : DataFrame
        As from `status.status_of` for the register.
    axis, as_of
        Those of the worklist.
    radius_m : float
        How near a site that is verified has to be.

    Returns
    -------
    DataFrame
        `AROUND`, indexed like the worklist: the nearest accepted model and the nearest place
        of a past event (its own may be one) with distance and margin in metres; how many
        sites of the worklist's kinds are verified within the radius; whether it hangs on
        positions if there is one. An event is where its site is; those of a district or
        the province have no place.
    """
    places = register.loc[worklist.index]
    told = speaking(register, evidence, as_of)
    past = (told["kind"] == "held") & (told["event_date"] <= pd.Timestamp(as_of))
    held = told["at"][(past & ~told["cancelled"] & (told["at"] >= 0)).to_numpy()].unique()
    model = distances.nearest(places, register[status["stage"].isin(ACCEPTED).to_numpy()])
    event = distances.nearest(places, register.iloc[held], itself=True)
    done = status[axis].isin(YES[axis]) & register["kind"].isin(worklist["kind"].unique())
    reached = register[done.to_numpy()]
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
    live = ev.live_at(evidence, as_of)
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
    open_ = {axis: now[axis].isin(YES[axis]) for axis in YES}
    rows = []
    for days in LAPSES:
        ahead = as_of + timedelta(days=days)
        then = status_of(register, evidence, default(plans, ahead), ahead)
        for axis, still in open_.items():
            gone = still & ~then[axis].isin([*YES[axis], "not-applicable"])
            ids = register.index[gone.to_numpy()]
            rows += [(axis, site, days, then[axis][site]) for site in ids]
            open_[axis] = still & ~gone
    return pd.DataFrame(rows, columns=["axis", "site", "days", "becomes"])
