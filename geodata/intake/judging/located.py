"""The units in which an exact position lies, for rows that name none.

Near a border, nearer than the position is exact, a person is asked. Not here: which units a row
names (``places``), or which reading of a position holds (``positions``).
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.core.text import N_, _
from geodata.geography import units
from geodata.geography.coordinates import to_vn2000
from geodata.geography.units import Vintage
from geodata.intake.judging import places, positions
from geodata.intake.judging.cells import Choice, Level, Remark
from geodata.intake.judging.places import Gazetteer, Option
from geodata.register.sites import UNCERTAIN_M

RULE = N_("An exact position tells the commune of a row that names none")


class Located(NamedTuple):
    """A row without commune: where it lies in degrees, in which district, how far it may be off.

    ``reach_m`` is what the row says of that; ``digits_m`` gives what its digits say, on demand.
    """

    at: int
    lon: float
    lat: float
    district: str
    reach_m: float
    digits_m: Callable[[], float]


def communes(
    points: list[Located], outlines: gpd.GeoDataFrame, gazetteer: Gazetteer
) -> tuple[dict[int, Option], list[Remark]]:
    """Return the units in which points lie, where there is one commune within reach.

    Parameters
    ----------
    points : list of Located
        Of rows that name no commune.
    outlines : GeoDataFrame
        As from `positions.areas`.
    gazetteer : Gazetteer
        Of all units.

    Returns
    -------
    options : dict
        By row: codes of both vintages; none where several communes are within reach.
    remarks : list of Remark
        What was taken, and what is asked.
    """
    options, remarks = {}, []
    options_of: dict[tuple[tuple[str, str], ...], Option] = {}
    named: dict[Option, str] = {}
    for point, blocks in zip(points, _near(points, outlines), strict=True):
        near = {pair: away for pair, away in blocks.items() if point.district in ("", pair[0])}
        reach = max(point.reach_m, positions.TOLERANCE_M)
        if len(near) > 1:
            reach = max(reach, point.digits_m())
        pairs = tuple(pair for pair, away in near.items() if away <= reach)
        new = sorted({commune for _district, commune in pairs})
        if len(new) == 1:
            if pairs not in options_of:
                option = options_of[pairs] = _option(pairs, gazetteer.legacy)
                named[option] = _in_words(option, gazetteer)
            options[point.at] = options_of[pairs]
            remarks.append(_taken(point, named[options[point.at]]))
        elif len(new) > 1:
            remarks.append(_several(point, new, reach, gazetteer))
    return options, remarks


def where(places: Sequence[tuple[float, float]], outlines: gpd.GeoDataFrame) -> list[str]:
    """Return the code of the commune of today in which each place lies, empty outside of all.

    Parameters
    ----------
    places : sequence of (float, float)
        Degrees east and north in EPSG:4326.
    outlines : GeoDataFrame
        As from `positions.areas`.
    """
    points = [Located(at, lon, lat, "", 0.0, float) for at, (lon, lat) in enumerate(places)]
    return [
        next((pair[1] for pair, away in near.items() if away == 0), "")
        for near in (_near(points, outlines) if points else ())
    ]


def _near(points: list[Located], outlines: gpd.GeoDataFrame) -> list[dict[tuple[str, str], float]]:
    """Return the blocks near each point, with the distance to them in metres.

    A block is where a former district and a commune of today meet.
    """
    blocks = outlines[outlines.index.str.contains("-")]
    pairs = [(key[: key.index("-")], key[key.index("-") + 1 :]) for key in blocks.index]
    shapes = blocks.geometry.to_numpy()
    grid = to_vn2000(np.array([p.lon for p in points]), np.array([p.lat for p in points]))
    places = np.asarray(shapely.points(grid.east_y, grid.north_x))
    reach = np.array([max(point.reach_m, UNCERTAIN_M) for point in points])
    which, hit = shapely.STRtree(shapes).query(places, predicate="dwithin", distance=reach)
    away = shapely.distance(places[which], shapes[hit])
    near: list[dict[tuple[str, str], float]] = [{} for _point in points]
    for turn in np.lexsort((hit, which)).tolist():
        near[which[turn]][pairs[hit[turn]]] = float(away[turn])
    return near


def _option(pairs: Sequence[tuple[str, str]], legacy: pd.DataFrame) -> Option:
    """Return the units of blocks of one commune; the former commune where there was only one."""
    district, new = pairs[0]
    if len(pairs) > 1:
        return Option(new=new)
    inside = units.predecessors(legacy, new)
    inside = inside[inside["district_legacy"] == district]
    return Option(district, str(inside.index[0]) if len(inside) == 1 else "", new)


def _in_words(option: Option, gazetteer: Gazetteer) -> str:
    """Return units of both vintages by name."""
    named = (
        (_("{unit} (from 01/07/2025)"), Option(new=option.new)),
        (_("{unit} (to 30/06/2025)"), Option(option.district, option.legacy)),
    )
    return ", ".join(text.format(unit=gazetteer.name(one)) for text, one in named if any(one))


def _taken(point: Located, named: str) -> Remark:
    message = _("The row names no commune; its position lies in {units}, which was used.")
    sentence = message.format(units=named)
    return Remark(point.at, "commune_2025", "", RULE, sentence, level=Level.NOTICE)


def _several(point: Located, new: list[str], reach: float, gazetteer: Gazetteer) -> Remark:
    """Return what to say of a point near a border: a question, or of a rough one a notice."""
    names = {code: gazetteer.name(Option(new=code)) for code in new}
    listed = ", ".join(names.values())
    if reach >= UNCERTAIN_M:
        message = _(
            "The row names no commune, and its position is too rough to tell one: {units}. The "
            "commune stays blank."
        )
        sentence = message.format(units=listed)
        return Remark(point.at, "commune_2025", "", RULE, sentence, level=Level.NOTICE)
    message = _(
        "The row names no commune, and its position lies near a border: {units}. Choose one."
    )
    choices = tuple(Choice(f"{Vintage.Y2025}:{code}", name) for code, name in names.items())
    sentence = message.format(units=listed)
    return Remark(
        *(point.at, places.NAMES[1], "", RULE, sentence), level=Level.QUESTION, choices=choices
    )
