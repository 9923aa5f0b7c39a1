"""Ways of reading a position: degrees or VN-2000 metres, on every meridian, in either order.

All rows at once, and every way on each of them; none is taken because it is usual. Not here:
which of them holds (``positions``), and how one position is written (``geography.coordinates``).
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.core.errors import DataError
from geodata.core.names import unaccent
from geodata.core.text import N_, _
from geodata.geography.coordinates import (
    CENTRAL_MERIDIAN,
    GridPosition,
    from_vn2000,
    to_vn2000,
)
from geodata.geography.notation import Notation, parse

MERIDIANS = (
    *(103.0, 104.0, 104.5, 104.75, 105.0, 105.5, 105.75, 106.0, 106.25, 106.5),
    *(107.0, 107.25, 107.5, 107.75, 108.0, 108.25, 108.5),
)
"""Central meridians of the provinces, degrees east: EPSG 5897–5899 and 9205–9218."""

LOCAL_MERIDIANS = (CENTRAL_MERIDIAN, 105.5)
"""Those in use in the city of today: Hậu Giang and old Cần Thơ, and old Sóc Trăng."""

COLUMNS = ("lat", "lon", "position", "vn2000_x", "vn2000_y")
"""Where a row may say its position, in EPSG:4326 or VN-2000 metres (X north, Y east)."""

_NEAR_DEGREES = 0.15  # how far off the study area a meridian is still worth an exact look

_NORTH, _EAST = (8.0, 24.0), (102.0, 118.0)  # degrees: Việt Nam, islands included
_NORTH_M, _EAST_M = (880_000.0, 2_660_000.0), (120_000.0, 850_000.0)
_SCALES = {"": 1.0, "thousands": 1_000.0, "millimetres": 0.001}
_PAIR = (
    r"^\(?\s*([\d.,]+?)\s*[;|]\s*([\d.,]+)\s*\)?$",
    r"^\(?\s*([\d.,]+?),?\s+([\d.,]+)\s*\)?$",
    r"^\(?(\d+\.\d+),(\d+\.\d+)\)?$",
    r"^\(?\s*[xX]\s*[:=]?\s*([\d.,]*\d)\s*[;,]?\s*[yY]\s*[:=]?\s*([\d.,]*\d)\s*\)?$",
)
_MERIDIAN = re.compile(r"(10[2-9])(?:[.,](\d+)|\D{1,5}(\d{1,2})(?:\D.*)?)?\D{0,3}")
_HALVES = ("lat", "lon"), ("vn2000_x", "vn2000_y")


class CellReading(NamedTuple):
    """One way of reading a row, and where it leads; degrees in EPSG:4326, metres to the unit.

    ``way`` is what had to be done with the numbers, or out of what they were taken, as in
    `notation.Reading`; ``stated_m`` how far off the place may be where the text says so.
    """

    lon: float
    lat: float
    notation: str
    meridian: float
    swapped: bool
    way: str
    stated_m: float
    distance_m: float

    def __str__(self) -> str:
        """Return the way of reading as people here say it."""
        if self.notation == Notation.VN2000:
            parts = [_("VN-2000 with central meridian {meridian}").format(meridian=arc(self))]
        else:
            parts = [_(_NAMES[self.notation])]
        if self.swapped:
            parts.append(_("axes swapped"))
        if self.way:
            parts.append(_(_WAYS[self.way]))
        return ", ".join(parts)


_NAMES = {
    Notation.DECIMAL.value: N_("degrees in WGS 84"),
    Notation.DMS.value: N_("degrees, minutes and seconds in WGS 84"),
}
_WAYS = {
    "thousands": N_("thousands separators removed"),
    "millimetres": N_("in millimetres"),
    "digits": N_("lost decimal comma put back"),
    "query": N_("the place a link asks for"),
    "pin": N_("the pin of a link"),
    "view": N_("the middle of the map a link shows, which need not be the place itself"),
    "point": N_("a point of map software"),
    "utm": N_("out of UTM zone 48"),
    "survey": N_("latitude, longitude, height and accuracy of a survey tool"),
    "aside": N_("without the words beside it"),
}


def candidates(cells: pd.DataFrame, within: tuple[float, float, float, float]) -> pd.DataFrame:
    """Return every way of reading every row.

    Parameters
    ----------
    cells : DataFrame
        Text; any of `COLUMNS` and ``central_meridian``.
    within : tuple of float
        Bounds of the study area, degrees in EPSG:4326; of the meridians only those are kept
        that lead near it, the usual one and the stated one.

    Returns
    -------
    DataFrame
        ``row`` (counted from 0) and the fields of `CellReading` but for the distance.
    """
    # Most rows say nothing of a place: a column of blanks reads as one that is not there.
    written = cells.loc[:, cells.notna().any().to_numpy()]
    frames = [_of_pair(_numbers(first), _numbers(second)) for first, second in _pairs(written)]
    if words := _in_words(written):
        frames.append(_of_words(words))
    every = pd.concat(frames, ignore_index=True) if frames else _none()
    degrees = every[every["notation"] != Notation.VN2000]
    stated = stated_meridians(written).to_numpy()
    grid = _on_meridians(every[every["notation"] == Notation.VN2000], stated, within)
    # A stable order, whatever the order of the rows: as written first, then by meridian.
    return pd.concat([degrees, grid], ignore_index=True).sort_values("row", kind="stable")


def _none() -> pd.DataFrame:
    """Return no candidates; ``lon`` and ``lat`` hold east and north metres until projected."""
    return pd.DataFrame(
        {
            "row": np.array([], dtype=np.int64),
            "lon": np.array([], dtype=np.float64),
            "lat": np.array([], dtype=np.float64),
            "notation": np.array([], dtype=object),
            "meridian": np.array([], dtype=np.float64),
            "swapped": np.array([], dtype=bool),
            "way": np.array([], dtype=object),
            "stated_m": np.array([], dtype=np.float64),
        }
    )


def text_of(cells: pd.DataFrame, name: str) -> pd.Series:
    """Return a column of text by position, missing throughout where there is none."""
    if name in cells:
        return cells[name].reset_index(drop=True)
    return pd.Series(pd.NA, index=range(len(cells)), dtype="string")


def _pairs(cells: pd.DataFrame) -> list[tuple[pd.Series, pd.Series]]:
    """Return the pairs of numbers as text: those of two columns, and those in one cell."""
    pairs = [(text_of(cells, a), text_of(cells, b)) for a, b in _HALVES if a in cells or b in cells]
    for text in _single_cells(cells):
        first = pd.Series(pd.NA, index=text.index, dtype="string")
        second = first.copy()
        for pattern in _PAIR:
            parts = text.str.extract(pattern)
            first, second = first.fillna(parts[0]), second.fillna(parts[1])
        pairs.append((first, second))
    return pairs


def _single_cells(cells: pd.DataFrame) -> list[pd.Series]:
    """Return the cells that hold a whole position, also where it stands in one of two columns."""
    columns = [text_of(cells, "position")] if "position" in cells else []
    for a, b in (half for half in _HALVES if half[0] in cells or half[1] in cells):
        first, second = text_of(cells, a), text_of(cells, b)
        alone = first.where(second.isna(), second.where(first.isna()))
        if alone.notna().any():
            columns.append(alone)
    return columns


def _in_words(cells: pd.DataFrame) -> dict[int, str]:
    """Return, by row, what is no pair of plain numbers: degrees with marks, words, labels."""
    text_by_row: dict[int, str] = {}
    for a, b in (half for half in _HALVES if half[0] in cells and half[1] in cells):
        first, second = text_of(cells, a), text_of(cells, b)
        both = first.notna() & second.notna()
        odd = both & ~(np.isfinite(_numbers(first)) & np.isfinite(_numbers(second)))
        text_by_row |= {int(i): f"{first[i]}; {second[i]}" for i in odd.to_numpy().nonzero()[0]}
    for text in _single_cells(cells):
        plain = pd.Series(data=False, index=text.index)
        for pattern in _PAIR:
            plain |= text.str.match(pattern).fillna(value=False).astype(bool)
        odd = text.notna() & ~plain
        text_by_row |= {int(i): str(text[i]) for i in odd.to_numpy().nonzero()[0]}
    return text_by_row


def precision_m(row: Mapping[str, str]) -> float:
    """Return half a unit of the last digit that a row writes its position with, metres.

    Parameters
    ----------
    row : Mapping
        Any of `COLUMNS` to their text.

    Returns
    -------
    float
        The coarsest of all its notations; 0 where none reads as it stands.
    """
    texts = dict(row)
    halves = [[texts.pop(name) for name in pair if name in texts] for pair in _HALVES]
    coarsest = 0.0
    for text in (*texts.values(), *("; ".join(half) for half in halves if half)):
        try:
            coarsest = max(coarsest, parse(text).precision_m)
        except DataError:
            continue
    return coarsest


def _numbers(text: pd.Series) -> NDArray[np.float64]:
    """Return numbers with their points and commas understood, NaN where there is none."""
    bare = text.str.replace(r"[\s\u00a0]", "", regex=True)
    value = pd.to_numeric(bare, errors="coerce").astype("Float64")  # whole ones take no fractions
    for decimal, thousands in ((".", ","), (",", ".")):
        plain = bare.str.fullmatch(rf"\d+{re.escape(decimal)}\d+").fillna(value=False)
        grouped = bare.str.fullmatch(
            rf"\d{{1,3}}(?:{re.escape(thousands)}\d{{3}}){{2,}}(?:{re.escape(decimal)}\d+)?"
            rf"|\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+{re.escape(decimal)}\d+"
        ).fillna(value=False)
        chosen = (plain | grouped).astype(bool) & value.isna()
        cleaned = bare.where(chosen).str.replace(thousands, "", regex=False)
        cleaned = cleaned.str.replace(decimal, ".", regex=False)
        value = value.fillna(pd.to_numeric(cleaned, errors="coerce"))
    return np.asarray(value.astype("float64").to_numpy(na_value=np.nan), dtype=np.float64)


def _of_pair(first: NDArray[np.float64], second: NDArray[np.float64]) -> pd.DataFrame:
    """Return what two numbers a row can mean: degrees, or metres still without meridian."""
    frames: list[pd.DataFrame] = []
    for swapped in (False, True):
        north, east = (second, first) if swapped else (first, second)
        plain = _between(north, _NORTH) & _between(east, _EAST)
        degrees: dict[str, str | bool] = {"notation": Notation.DECIMAL.value, "swapped": swapped}
        frames += _some(plain, east, north, **degrees, way="")
        north_d, east_d = _put_back(north, _NORTH), _put_back(east, _EAST)
        shifted = np.isfinite(north_d) & np.isfinite(east_d) & ~plain
        frames += _some(shifted, east_d, north_d, **degrees, way="digits")
        for (north_m, scale_n), (east_m, scale_e) in (
            (n, e) for n in _metres(north, _NORTH_M) for e in _metres(east, _EAST_M)
        ):
            hits = np.isfinite(north_m) & np.isfinite(east_m)
            grid: dict[str, str | bool] = {"notation": Notation.VN2000.value, "swapped": swapped}
            frames += _some(hits, east_m, north_m, **grid, way=scale_n or scale_e)
    return pd.concat(frames, ignore_index=True) if frames else _none()


def _between(values: NDArray[np.float64], bounds: tuple[float, float]) -> NDArray[np.bool_]:
    within: NDArray[np.bool_] = (values >= bounds[0]) & (values <= bounds[1])
    return within


def _put_back(values: NDArray[np.float64], bounds: tuple[float, float]) -> NDArray[np.float64]:
    """Return degrees whose decimal separator was lost, with it put back; NaN for others."""
    with np.errstate(divide="ignore", invalid="ignore"):
        power = np.floor(np.log10(values / bounds[0]))
        shifted = values / 10.0 ** np.maximum(power, 0)
    lost = (power > 0) & (values == np.floor(values)) | _between(values, bounds)
    kept: NDArray[np.float64] = np.where(lost & _between(shifted, bounds), shifted, np.nan)
    return kept


def _metres(
    values: NDArray[np.float64], bounds: tuple[float, float]
) -> list[tuple[NDArray[np.float64], str]]:
    """Return metres on each scale, NaN where out of bounds; no number fits two scales."""
    scaled = [(values * factor, scale) for scale, factor in _SCALES.items()]
    return [(np.where(_between(v, bounds), v, np.nan), scale) for v, scale in scaled]


def _some(
    rows: NDArray[np.bool_], lon: NDArray[np.float64], lat: NDArray[np.float64], **how: str | bool
) -> list[pd.DataFrame]:
    """Return candidates of the rows in question, read as ``how`` says; no frame for no rows."""
    at = rows.nonzero()[0]
    if not len(at):
        return []
    values = {"row": at, "lon": lon[at], "lat": lat[at], "meridian": np.nan, "stated_m": np.nan}
    values |= how
    return [pd.DataFrame(values, columns=_none().columns)]


def _of_words(text_by_row: dict[int, str]) -> pd.DataFrame:
    """Return candidates of positions written with marks and words; each text is parsed once."""
    rows = []
    for row, text in text_by_row.items():
        try:
            reading = parse(text)
        except DataError:
            continue
        lon, lat = reading.lon, reading.lat
        if reading.notation is Notation.VN2000:  # back to the metres: the meridian is unknown
            grid = to_vn2000(lon, lat)
            lon, lat = float(grid.east_y), float(grid.north_x)
        how = (str(reading.notation), np.nan, reading.swapped, reading.way)
        rows.append((row, lon, lat, *how, reading.accuracy_m or np.nan))
    return pd.DataFrame(rows, columns=_none().columns) if rows else _none()


def stated_meridians(cells: pd.DataFrame) -> pd.Series:
    """Return the central meridian each row states, degrees east; missing where it states none."""
    text = text_of(cells, "central_meridian")
    known = {written: _meridian(written) for written in text.dropna().unique()}
    return text.map(known).astype("float64")


def _meridian(text: str) -> float:
    """Return the meridian of ``105°30′``, ``105,5``, ``105 30``; NaN for anything else."""
    match = _MERIDIAN.fullmatch(unaccent(text).replace("ktt", "").strip(" :="))
    if match is None:
        return np.nan
    degrees, decimals, minutes = match.groups()
    value = float(f"{degrees}.{decimals or 0}") + float(minutes or 0) / 60
    return value if value in MERIDIANS else np.nan


def _on_meridians(
    grid: pd.DataFrame, stated: NDArray[np.float64], within: tuple[float, float, float, float]
) -> pd.DataFrame:
    """Return metres as degrees, once for each meridian that leads near the study area."""
    if grid.empty:
        return grid
    frames = []
    east, north = grid["lon"].to_numpy(), grid["lat"].to_numpy()
    turn = (east - 500_000) / (111_320 * np.cos(np.radians(north / 110_600)))
    for meridian in MERIDIANS:
        near = (meridian + turn > within[0] - _NEAR_DEGREES) & (
            meridian + turn < within[2] + _NEAR_DEGREES
        )
        near |= (meridian in LOCAL_MERIDIANS) | (stated[grid["row"]] == meridian)
        part = grid[near]
        if part.empty:
            continue
        place = from_vn2000(
            GridPosition(
                north_x=part["lat"].to_numpy(),
                east_y=part["lon"].to_numpy(),
                central_meridian=meridian,
            )
        )
        frames.append(part.assign(lon=place.lon, lat=place.lat, meridian=meridian))
    return pd.concat(frames, ignore_index=True) if frames else grid


def arc(reading: CellReading) -> str:
    """Return a meridian as ``105°30′``."""
    degrees, minutes = divmod(round(reading.meridian * 60), 60)
    return f"{degrees}°{minutes:02d}′"
