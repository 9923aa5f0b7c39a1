"""The coordinate doctor: which place a row of numbers means, tried on the unit it is said to be in.

The reading that lies in the unit holds, if it is the only one; else a person chooses. Not here:
the ways of reading (``readings``), and which unit a row names (``places``).
"""

from itertools import groupby
from operator import itemgetter

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.core.text import N_, _, number
from geodata.geography import units
from geodata.geography.coordinates import to_metres, to_vn2000
from geodata.geography.notation import Notation
from geodata.intake.judging.cells import Choice, Level, Remark
from geodata.intake.judging.readings import (
    COLUMNS,
    LOCAL_MERIDIANS,
    Reading,
    arc,
    stated_meridians,
    text_of,
)

EVERYWHERE = ""
"""The key of the whole study area, for rows that name no unit."""

TOLERANCE_M = 50.0  # the borders are generalised to 30 m
MARGIN_M = 2_000.0  # around the study area, for plain degrees of rows that name no unit
_ONE_PLACE_M = 50.0  # two readings closer than this are the same place

RULE = N_("A position lies in the unit the row names, in one way of reading only")

_DIGITS = 8  # decimals of a degree in an answer: a millimetre


def areas(blocks: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return every area a row can name, in metres (VN-2000 105°00′), with its name.

    Parameters
    ----------
    blocks : GeoDataFrame
        As from `units.load_blocks`.

    Returns
    -------
    GeoDataFrame
        ``name`` and ``geometry`` by key: a district's code, the code of a commune of 2025, a
        block (district-commune, which is where a legacy commune lies), and `EVERYWHERE`.
    """
    parts = [units.dissolve(blocks, vintage) for vintage in units.Vintage]
    whole = blocks.assign(unit=blocks["unit"], name=blocks["commune_name"]).set_index("unit")
    every = gpd.GeoDataFrame(
        {"name": [_("the study area")]},
        geometry=[shapely.unary_union(blocks.geometry.to_numpy())],
        index=[EVERYWHERE],
        crs=blocks.crs,
    )
    outlines = gpd.GeoDataFrame(pd.concat([*parts, whole[["name", "geometry"]], every]))
    return to_metres(outlines.set_crs(blocks.crs, allow_override=True))


def distances(
    candidates: pd.DataFrame, keys: pd.Series, outlines: gpd.GeoDataFrame
) -> pd.DataFrame:
    """Return candidates with ``distance_m`` to the area their row names, 0 inside.

    Parameters
    ----------
    candidates : DataFrame
        As from `readings.candidates`.
    keys : Series
        For each row the key of an area.
    outlines : GeoDataFrame
        As from `areas`.
    """
    grid = to_vn2000(candidates["lon"].to_numpy(), candidates["lat"].to_numpy())
    points = np.asarray(shapely.points(grid.east_y, grid.north_x))
    away = np.full(len(candidates), np.inf)
    of_row = keys.to_numpy()[candidates["row"].to_numpy()]
    for key in pd.unique(of_row):
        at = (of_row == key).nonzero()[0]
        away[at] = shapely.distance(outlines.geometry[key], points[at])
    return candidates.assign(distance_m=away)


def judge(
    candidates: pd.DataFrame, cells: pd.DataFrame, keys: pd.Series, accuracy_m: pd.Series
) -> pd.DataFrame:
    """Say of every row which reading holds.

    Parameters
    ----------
    candidates : DataFrame
        As from `distances`.
    cells : DataFrame
        As for `readings.candidates`.
    keys : Series
        For each row the key of the area it names, `EVERYWHERE` for none.
    accuracy_m : Series
        For each row how far the position may be off, metres, as the row says.

    Returns
    -------
    DataFrame
        A row each: ``lon``, ``lat`` (EPSG:4326), ``reading``, ``distance_m`` to the area,
        ``verdict`` and ``candidates`` (tuple of `Reading`, the one that holds first). Verdicts:
        ``ok`` as written, ``read`` in another way, ``ambiguous``, ``outside``, ``unreadable``,
        ``none`` written. Only the first two have a position.
    """
    written = pd.Series(data=False, index=range(len(cells)))
    for name in COLUMNS:
        written |= text_of(cells, name).notna()
    named = (keys != EVERYWHERE).to_numpy(dtype=bool)
    margin = np.where(named, TOLERANCE_M, MARGIN_M)
    loose = np.fmax(margin, accuracy_m.to_numpy(dtype=np.float64))
    stated = stated_meridians(cells).to_numpy()
    rows: list[tuple[float, float, str, float, str, tuple[Reading, ...]]] = [
        (np.nan, np.nan, "", np.nan, "unreadable" if some else "none", ()) for some in written
    ]
    verdicts = _plain_ones(candidates)
    kept = ["row", "lon", "lat", "distance_m"]
    for at, lon, lat, away in zip(*(verdicts[column].tolist() for column in kept), strict=True):
        rows[at] = (lon, lat, Notation.DECIMAL.value, away, "ok", ())
    rest = candidates[~candidates["row"].isin(verdicts["row"])]
    values = zip(*(rest[field].tolist() for field in Reading._fields), strict=True)
    ordered = zip(rest["row"].tolist(), map(Reading._make, values), strict=True)
    for at, group in groupby(ordered, key=itemgetter(0)):
        every = [reading for _at, reading in group]
        rows[at] = _of_row(every, loose[at], stated[at], named=named[at])
    columns = ["lon", "lat", "reading", "distance_m", "verdict", "candidates"]
    return pd.DataFrame(rows, columns=columns)


def _plain_ones(candidates: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that need no thought: one reading, plain degrees, in the named unit."""
    alone = ~candidates["row"].duplicated(keep=False)
    plain = (
        (candidates["notation"] == Notation.DECIMAL)
        & ~candidates["swapped"]
        & (candidates["scale"] == "")
    )
    inside = candidates["distance_m"].to_numpy() <= TOLERANCE_M
    chosen: pd.DataFrame = candidates.loc[(alone & plain).to_numpy() & inside]
    return chosen


def _of_row(
    readings: list[Reading], loose: float, stated: float, *, named: bool
) -> tuple[float, float, str, float, str, tuple[Reading, ...]]:
    """Return the verdict on one row with something to think about."""
    inside = _different([r for r in readings if r.distance_m <= TOLERANCE_M])
    as_stated = [r for r in readings if r.meridian == stated]
    if len(inside) > 1:
        inside = [r for r in inside if r.meridian == stated] or inside
    nearest = sorted(readings, key=lambda r: r.distance_m)
    asked = _different([*inside, *as_stated]) if inside else []
    if not named and len(inside) == 1 and not as_stated and not _is_usual(inside[0]):
        # Somewhere in the study area is no proof of a meridian that nobody uses there.
        asked = _different([*inside, *filter(_is_usual, nearest)])
    if len(asked) > 1:
        return np.nan, np.nan, "", np.nan, "ambiguous", tuple(asked)
    near_enough = [r for r in nearest if _is_plain(r) and r.distance_m <= loose]
    chosen = (inside or near_enough or nearest)[0]
    verdict = "ok" if _is_plain(chosen) else "read"
    if not inside and not near_enough:
        verdict = "outside"
    others = tuple(r for r in nearest if r != chosen)
    return chosen.lon, chosen.lat, str(chosen), chosen.distance_m, verdict, (chosen, *others)


def _is_usual(reading: Reading) -> bool:
    return reading.notation != Notation.VN2000 or reading.meridian in LOCAL_MERIDIANS


def _is_plain(reading: Reading) -> bool:
    return reading.notation == Notation.DECIMAL and not reading.swapped and not reading.scale


def _different(readings: list[Reading]) -> list[Reading]:
    """Return the readings that lead to different places, the first of each place."""
    kept: list[Reading] = []
    for reading in readings:
        if all(_apart(reading, other) > _ONE_PLACE_M for other in kept):
            kept.append(reading)
    return kept


def _apart(one: Reading, other: Reading) -> float:
    """Return the distance of two places in metres, roughly, as decisions here need it."""
    north = (one.lat - other.lat) * 110_600
    east = (one.lon - other.lon) * 111_320 * np.cos(np.radians(one.lat))
    return float(np.hypot(north, east))


def _away(metres: float) -> str:
    """Return a distance as people say it: ``350 m``, ``54,9 km``."""
    return f"{number(metres)} m" if round(metres) < 1000 else f"{number(metres / 1000, 1)} km"  # noqa: PLR2004 - a kilometre


def remarks(judged: pd.DataFrame, cells: pd.DataFrame, names: pd.Series) -> list[Remark]:
    """Return what there is to say of the positions.

    Parameters
    ----------
    judged : DataFrame
        As from `judge`.
    cells : DataFrame
        As for `readings.candidates`.
    names : Series
        For each row what the area is called that it names.
    """
    texts = {name: text_of(cells, name).tolist() for name in COLUMNS if name in cells}
    near_miss = (judged["verdict"] == "ok") & (judged["distance_m"] > TOLERANCE_M)
    remarked = ~judged["verdict"].isin(["ok", "none"]) | (
        near_miss & judged["candidates"].map(bool)
    )
    verdicts, every = judged["verdict"].tolist(), judged["candidates"].tolist()
    places = names.astype(object).tolist()
    position_remarks = []
    for at in remarked.to_numpy().nonzero()[0]:
        filled = {name: text[at] for name, text in texts.items() if isinstance(text[at], str)}
        verdict, readings = verdicts[at], every[at]
        value = "; ".join(filled.values())
        message, suggestion, level = _sentence(verdict, readings, str(places[at]), value)
        choices: tuple[Choice, ...] = ()
        if verdict == "ambiguous":
            choices = tuple(Choice(_written(r), str(r)) for r in readings)
        column = next(iter(filled))
        position_remarks.append(
            Remark(int(at), column, value, RULE, message, suggestion, level, choices)
        )
    return position_remarks


def _written(reading: Reading) -> str:
    """Return a place as an answer that is read back as just that place."""
    return f"{reading.lat:.{_DIGITS}f} {reading.lon:.{_DIGITS}f}"


def _sentence(
    verdict: str, readings: tuple[Reading, ...], place: str, value: str
) -> tuple[str, str, Level]:
    """Return message, suggestion and level for one row."""
    if verdict == "unreadable":
        message = _(
            "“{value}” is not a position in Việt Nam; give latitude and longitude in degrees, "
            "or X (north) and Y (east) in VN-2000 metres."
        )
        return message.format(value=value), "", Level.ERROR
    if verdict == "ambiguous":
        listed = "; ".join(f"{r} ({_away(r.distance_m)})" for r in readings)
        message = _(
            "“{value}” can be read in several ways, with this distance to {place}: {readings}. "
            "Choose one; nothing was moved."
        )
        return message.format(value=value, place=place, readings=listed), "", Level.QUESTION
    used = {"reading": readings[0], "place": place, "distance": _away(readings[0].distance_m)}
    if verdict == "outside":
        message = _(
            "Read as {reading} the position lies {distance} outside {place}, and no other reading "
            "is closer. Correct the position or the unit."
        )
        return message.format(**used), "", Level.ERROR
    if verdict == "ok":
        message = _("The position lies {distance} outside {place}, near enough to be accepted.")
        return message.format(**used), "", Level.NOTICE
    shown = f"{readings[0].lat:.6f}; {readings[0].lon:.6f}".replace(".", ",")
    others = [r for r in readings[1:] if r.notation == Notation.VN2000]
    if others := [r for r in others if r.meridian in LOCAL_MERIDIANS] or others:
        message = _(
            "Read as {reading} the position lies in {place}; as {other} it is {other_distance} "
            "away. {reading} was used."
        )
        used |= {"other": arc(others[0]), "other_distance": _away(others[0].distance_m)}
        return message.format(**used), shown, Level.NOTICE
    message = _("Read as {reading} the position lies in {place}. This reading was used.")
    return message.format(**used), shown, Level.NOTICE
