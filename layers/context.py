"""What lies around and beneath the sites as plain data for the page: sea, borders, names, ways.

Not here: where it comes from (``geodata.geography``) or how the page draws it.
"""

from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.core.text import _
from geodata.geography import context
from layers.units import SCALE, steps

_PROVINCE = "Tỉnh "
_CITY = ("Thành phố ", "TP ")


def around(area: BaseGeometry, provinces: gpd.GeoDataFrame, towns: pd.DataFrame) -> dict[str, Any]:
    """Return what the page draws around the study area.

    Parameters
    ----------
    area : BaseGeometry
        The study area in EPSG:4326.
    provinces : GeoDataFrame
        As from `context.load_provinces`.
    towns : DataFrame
        As from `context.load_towns`.

    Returns
    -------
    dict
        `credit` (whom to thank), `frame` (south, west, north, east in degrees), `sea` and
        `lines` (steps as of a unit's rings), `neighbours` (`name`, and `anchors`: steps from one
        place for it to the next) and `towns` (name, rank, lat and lon in 1e-5 degree).
    """
    west, south, east, north = context.FRAME
    water = shapely.get_parts(context.sea(provinces))
    return {
        "credit": _("Borders generalised · towns: GeoNames, CC BY 4.0"),
        "frame": [south, west, north, east],
        "sea": [steps(part.exterior) for part in water],
        "lines": [steps(line) for line in shapely.get_parts(context.borders(provinces, area))],
        "neighbours": [
            {"name": _called(one), "anchors": steps(shapely.MultiPoint(one.anchors))}
            for one in context.neighbours(provinces, area)
        ],
        "towns": [
            [name, context.RANKS.index(rank), round(lat * SCALE), round(lon * SCALE)]
            for name, rank, lat, lon in zip(
                *(towns[column].tolist() for column in ("name", "rank", "lat", "lon")), strict=True
            )
        ],
    }


def ways(lines: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Return waters and roads as the page draws them, in the order of drawing.

    Parameters
    ----------
    lines : GeoDataFrame
        As from `geodata.geography.lines.fitted`.

    Returns
    -------
    list of dict
        For each class and name: `class`, `name`, `area` (whether it is filled) and `lines`
        (steps as of a unit's rings).
    """
    return [
        {
            "class": kind,
            "name": name,
            "area": shape.geom_type.endswith("Polygon"),
            "lines": [steps(line) for line in _parts(shape)],
        }
        for kind, name, shape in zip(lines["class"], lines["name"], lines.geometry, strict=True)
    ]


def _parts(shape: BaseGeometry) -> list[BaseGeometry]:
    """Return the lines of a shape, or the rings of an area."""
    return [
        line
        for part in shapely.get_parts(shape)
        for line in (shapely.get_rings(part) if part.geom_type == "Polygon" else [part])
    ]


def _called(neighbour: context.Neighbour) -> str:
    """Return what a neighbour is called on a map: a province without the word for it."""
    name = neighbour.name.removeprefix(_PROVINCE).replace(*_CITY)
    return _("The rest of {name}").format(name=name) if neighbour.is_remainder else name
