"""Venues: the places where an outreach event can be held, or the units it can be held for.

Pure. Not here: whom a venue reaches (``scenario``), or which of them to choose (``visits``).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

import geopandas as gpd
import numpy as np
import pandas as pd

from geodata.core.errors import DataError
from geodata.core.text import _, number
from geodata.geography import distances, units
from geodata.geography.coordinates import WGS84, to_metres
from geodata.geography.units import Vintage
from geodata.register.sites import placed

COLUMNS = ("id", "name", "source", "unit", "accuracy_m")
SOURCES = ("commune", "point", "site", "whole-district", "whole-commune")
WHOLE = {"whole-district": Vintage.LEGACY, "whole-commune": Vintage.Y2025}
"""Sources whose venues take every site of a unit, wherever in it the site lies."""

_DIGITS = 5  # decimals of a degree in the name of a clicked point: a metre


def candidates(
    register: gpd.GeoDataFrame,
    frames: Mapping[str, gpd.GeoDataFrame],
    sources: Sequence[str] = ("site", "commune"),
    points: Sequence[tuple[float, float]] = (),
) -> gpd.GeoDataFrame:
    """Return the venues that can be chosen, those that are easiest to arrange first.

    Parameters
    ----------
    register : GeoDataFrame
        Sites; those without a position or outside the study area are no venue.
    frames : mapping of GeoDataFrame
        The units of each vintage by code, with `name`; EPSG:4326. The middle of a commune of
        2025 stands for its hall.
    sources : sequence of str
        Which of `SOURCES` are wanted.
    points : sequence of (lon, lat)
        Places of one's own in degrees, wanted with the source ``point``.

    Returns
    -------
    GeoDataFrame
        `COLUMNS` and points in EPSG:4326, indexed by id: a commune's code, ``P1`` …, a site's
        own id, ``all-`` and the code of a unit that is taken whole (its `unit`). `accuracy_m`
        is how far the position may be off. In the order of `SOURCES`, then by id.

    Raises
    ------
    DataError
        If a point lies outside the study area, or there is no venue at all.
    """
    communes = frames[Vintage.Y2025.value]
    made: dict[str, Callable[[], gpd.GeoDataFrame]] = {
        "commune": lambda: _venues(communes.index, communes["name"], "commune", _middles(communes)),
        "point": lambda: _points(points, communes),
        "site": lambda: _sites(register, communes),
        **{s: partial(_wholes, frames[vintage.value], s) for s, vintage in WHOLE.items()},
    }
    parts = [made[source]().sort_index() for source in SOURCES if source in sources]
    venues = pd.concat(parts) if parts else pd.DataFrame()
    if venues.empty:
        raise DataError(_("There is no venue to choose from; choose another kind of venue."))
    return gpd.GeoDataFrame(venues, geometry="geometry", crs=WGS84)


def outside(register: gpd.GeoDataFrame, communes: gpd.GeoDataFrame) -> pd.Index:
    """Return the sites that have a position, but outside the study area."""
    sited = register[placed(register).to_numpy()]
    nowhere = np.asarray(pd.isna(units.locate(communes, sited["lon"], sited["lat"])))
    venues: pd.Index = sited.index[nowhere]
    return venues


def _sites(register: gpd.GeoDataFrame, communes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    inside = placed(register).to_numpy() & ~register.index.isin(outside(register, communes))
    sited = register[inside]
    table = _venues(sited.index, sited["name_vi"], "site", sited.geometry)
    return table.assign(accuracy_m=distances.accuracy(sited).to_numpy())


def _wholes(frame: gpd.GeoDataFrame, source: str) -> gpd.GeoDataFrame:
    ids = "all-" + frame.index.astype(str)
    return _venues(ids, frame["name"], source, _middles(frame)).assign(unit=frame.index.astype(str))


def _points(points: Sequence[tuple[float, float]], communes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    inside = units.locate(communes, [p[0] for p in points], [p[1] for p in points])
    for at, missing in zip(_named(points), pd.isna(inside), strict=True):
        if missing:
            raise DataError(
                _("The point {at} lies outside the province; choose one inside.").format(at=at)
            )
    lon, lat = zip(*points, strict=True) if points else ((), ())
    ids = pd.Index([f"P{k}" for k in range(1, len(points) + 1)], dtype="object")
    names = pd.Series(list(_named(points)), dtype="string")
    return _venues(ids, names, "point", gpd.GeoSeries(gpd.points_from_xy(lon, lat), crs=WGS84))


def _named(points: Sequence[tuple[float, float]]) -> Iterator[str]:
    for lon, lat in points:
        yield f"{number(lat, _DIGITS)}; {number(lon, _DIGITS)}"


def _middles(frame: gpd.GeoDataFrame) -> gpd.GeoSeries:
    return to_metres(frame.geometry).representative_point().to_crs(WGS84)


def _venues(
    ids: pd.Index, names: pd.Series, source: str, points: gpd.GeoSeries
) -> gpd.GeoDataFrame:
    table = {
        "id": ids.astype(str),
        "name": names.astype("string").to_numpy(),
        "source": source,
        "unit": pd.Series([pd.NA] * len(ids), dtype="string").to_numpy(),
        "accuracy_m": 0.0,
    }
    return gpd.GeoDataFrame(table, geometry=points.to_numpy(), index=ids.astype(str), crs=WGS84)
