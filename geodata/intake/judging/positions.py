"""The coordinate doctor: which place a row of numbers means, tried on the unit it is said to be in.

The reading that lies in the unit holds, if it is the only one; else a person chooses. Not here:
the ways of reading (``readings``), and which unit a row names (``places``).
"""

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.core.errors import DataError
from geodata.core.text import N_, _, number
from geodata.geography import units
from geodata.geography.coordinates import Position, apart, to_metres, to_vn2000
from geodata.geography.notation import NamedError, Notation, parse
from geodata.intake.judging.cells import Choice, Level, Remark
from geodata.intake.judging.readings import (
    COLUMNS,
    LOCAL_MERIDIANS,
    CellReading,
    arc,
    precision_m,
    stated_meridians,
    text_of,
)

EVERYWHERE = ""
"""The key of the whole study area, for rows that name no unit."""

TOLERANCE_M = 50.0  # the borders are generalised to 30 m
MARGIN_M = 2_000.0  # around the study area, for plain degrees of rows that name no unit
_ONE_PLACE_M = 50.0  # two readings closer than this are the same place

RULE = N_("A position lies in the unit the row names, in one way of reading only")

REPAIRS = ("thousands", "millimetres", "digits")
"""Ways of reading that put something right in the numbers."""

_ALL_COMMAS = re.compile(r"(\d{1,2},\d+) ?, ?(\d{3},\d+)")
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
        ``verdict``, ``candidates`` (tuple of `CellReading`, the one that holds first) and
        ``stated_m``, how far off the place may be by its own text. Beside its area a place is
        taken as far as it may be off: as the row says, or half a unit of its last digit. Verdicts:
        ``ok`` as written, ``read`` in another way, ``ambiguous``, ``outside``, ``unreadable``,
        ``none`` written. Only the first two have a position.
    """
    texts = {name: text_of(cells, name).tolist() for name in COLUMNS if name in cells}
    written = pd.Series(data=False, index=range(len(cells)))
    for name in texts:
        written |= text_of(cells, name).notna()
    named = (keys != EVERYWHERE).to_numpy(dtype=bool)
    margin = np.where(named, TOLERANCE_M, MARGIN_M)
    loose = np.fmax(margin, accuracy_m.to_numpy(dtype=np.float64))
    stated = stated_meridians(cells).to_numpy()
    rows: list[_Judged] = [
        (np.nan, np.nan, "", np.nan, "unreadable" if some else "none", (), np.nan)
        for some in written
    ]
    verdicts = _plain_ones(candidates)
    kept = ["row", "lon", "lat", "distance_m"]
    for at, lon, lat, away in zip(*(verdicts[column].tolist() for column in kept), strict=True):
        rows[at] = (lon, lat, Notation.DECIMAL.value, away, "ok", (), np.nan)
    rest = candidates[~candidates["row"].isin(verdicts["row"])]
    values = zip(*(rest[field].tolist() for field in CellReading._fields), strict=True)
    ordered = zip(rest["row"].tolist(), map(CellReading._make, values), strict=True)
    for at, group in groupby(ordered, key=itemgetter(0)):
        every = [reading for _at, reading in group]
        reach = loose[at]
        if all(reading.distance_m > TOLERANCE_M for reading in every):
            digits_m = precision_m(_filled(texts, at))
            reach = max(reach, TOLERANCE_M + digits_m, *np.nan_to_num([r.stated_m for r in every]))
        rows[at] = _of_row(every, reach, stated[at], named=named[at])
    columns = ["lon", "lat", "reading", "distance_m", "verdict", "candidates", "stated_m"]
    return pd.DataFrame(rows, columns=columns)


_Judged = tuple[float, float, str, float, str, tuple[CellReading, ...], float]
"""A row of `judge`."""


def _plain_ones(candidates: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that need no thought: one reading, plain degrees, in the named unit."""
    alone = ~candidates["row"].duplicated(keep=False)
    plain = (
        (candidates["notation"] == Notation.DECIMAL)
        & ~candidates["swapped"]
        & (candidates["way"] == "")
    )
    inside = candidates["distance_m"].to_numpy() <= TOLERANCE_M
    chosen: pd.DataFrame = candidates.loc[(alone & plain).to_numpy() & inside]
    return chosen


def _of_row(readings: list[CellReading], loose: float, stated: float, *, named: bool) -> _Judged:
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
        return np.nan, np.nan, "", np.nan, "ambiguous", tuple(asked), np.nan
    near_enough = [r for r in nearest if _is_plainly_written(r) and r.distance_m <= loose]
    chosen = (inside or near_enough or nearest)[0]
    verdict = "ok" if _is_plain(chosen) else "read"
    if not inside and not near_enough:
        verdict = "outside"
    others = tuple(r for r in nearest if r != chosen)
    where = (chosen.lon, chosen.lat, str(chosen), chosen.distance_m)
    return (*where, verdict, (chosen, *others), chosen.stated_m)


def _is_usual(reading: CellReading) -> bool:
    return reading.notation != Notation.VN2000 or reading.meridian in LOCAL_MERIDIANS


def _is_plain(reading: CellReading) -> bool:
    return reading.notation == Notation.DECIMAL and not reading.swapped and not reading.way


def _is_plainly_written(reading: CellReading) -> bool:
    """Say whether degrees were read as they stand, in any notation, nothing put right."""
    return (
        reading.notation != Notation.VN2000 and not reading.swapped and reading.way not in REPAIRS
    )


def _different(readings: list[CellReading]) -> list[CellReading]:
    """Return the readings that lead to different places, the first of each place."""
    kept: list[CellReading] = []
    for reading in readings:
        if all(_apart(reading, other) > _ONE_PLACE_M for other in kept):
            kept.append(reading)
    return kept


def _apart(one: CellReading, other: CellReading) -> float:
    """Return the distance of two places in metres, roughly, as decisions here need it."""
    return float(apart(Position(one.lon, one.lat), Position(other.lon, other.lat)))


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
    for at in remarked.to_numpy().nonzero()[0].tolist():
        filled = _filled(texts, at)
        verdict, readings = verdicts[at], every[at]
        value = "; ".join(filled.values())
        message, suggestion, level = _sentence(verdict, readings, str(places[at]), value)
        choices: tuple[Choice, ...] = ()
        if verdict == "ambiguous":
            choices = tuple(Choice(_written(r), str(r)) for r in readings)
        column = next(iter(filled))
        position_remarks.append(
            Remark(at, column, value, RULE, message, suggestion, level, choices)
        )
    return position_remarks


def _filled(texts: Mapping[str, Sequence[object]], at: int) -> dict[str, str]:
    """Return what stands in the columns of a row that are not blank."""
    return {name: text for name, column in texts.items() if isinstance(text := column[at], str)}


def _written(reading: CellReading) -> str:
    """Return a place as an answer that is read back as just that place."""
    return f"{reading.lat:.{_DIGITS}f} {reading.lon:.{_DIGITS}f}"


def outside_text(reading: CellReading, place: str) -> str:
    """Return how far outside of its unit a position lies; not what to do about it."""
    message = _(
        "Read as {reading} the position lies {distance} outside {place}, and no other reading is "
        "closer."
    )
    return message.format(reading=reading, place=place, distance=_away(reading.distance_m))


def _sentence(
    verdict: str, readings: tuple[CellReading, ...], place: str, value: str
) -> tuple[str, str, Level]:
    """Return message, suggestion and level for one row."""
    if verdict == "unreadable":
        return _why_unreadable(value), _parted(value), Level.ERROR
    if verdict == "ambiguous":
        listed = "; ".join(f"{r} ({_away(r.distance_m)})" for r in readings)
        message = _(
            "“{value}” can be read in several ways, with this distance to {place}: {readings}. "
            "Choose one; nothing was moved."
        )
        return message.format(value=value, place=place, readings=listed), "", Level.QUESTION
    used = {"reading": readings[0], "place": place, "distance": _away(readings[0].distance_m)}
    if verdict == "outside":
        message = _("{message} Correct the position or the unit.")
        return message.format(message=outside_text(readings[0], place)), "", Level.ERROR
    if readings[0].distance_m > TOLERANCE_M:
        message = _("The position lies {distance} outside {place}, near enough to be accepted.")
        if verdict == "read":
            message = _(
                "Read as {reading} the position lies {distance} outside {place}; it is accepted."
            )
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


def _why_unreadable(text: str) -> str:
    """Return why nothing could be read; of a text that is known for what it is, that."""
    try:
        parse(text)
    except NamedError as error:
        return str(error)
    except DataError:
        pass
    message = _(
        "“{value}” is not a position in Việt Nam; give latitude and longitude in degrees, "
        "or X (north) and Y (east) in VN-2000 metres."
    )
    return message.format(value=text)


def _parted(text: str) -> str:
    """Return two numbers with decimal commas, parted by a third one, as they may be meant."""
    parts = _ALL_COMMAS.fullmatch(text.strip())
    return f"{parts[1]}; {parts[2]}" if parts else ""
