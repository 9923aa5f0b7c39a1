"""Administrative units of both vintages: their borders, who took over whom, and their names.

Not here: what happens in a unit. Units are joined by code and date; a name is only a question.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from importlib.resources import as_file, files

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import ArrayLike
from rapidfuzz import fuzz, process

from geodata.core.errors import DataError
from geodata.core.names import fold, strip_unit_type
from geodata.core.text import _


class Vintage(StrEnum):
    """A set of administrative units that was in force together."""

    LEGACY = "legacy"
    """8 districts and 75 communes of Hậu Giang, to 30/06/2025."""
    Y2025 = "2025"
    """28 communes of Cần Thơ city, from 01/07/2025."""


class Tier(StrEnum):
    """The tier of an administrative unit."""

    DISTRICT = "district"
    COMMUNE = "commune"


REFORM = date(2025, 7, 1)
"""The first day of the units of 2025."""
_COLUMNS = {
    Vintage.LEGACY: {"district_legacy": "code", "district_name": "name"},
    Vintage.Y2025: {"commune_2025": "code", "commune_name": "name"},
}
_SUGGESTIONS = 3
_SIMILARITY = 75
"""Percent of letters in common, below which a name is no suggestion."""


@dataclass(frozen=True)
class Unit:
    """One administrative unit; ``districts`` are the legacy districts it lies in, by code."""

    code: str
    name: str
    level: Tier
    vintage: Vintage
    districts: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """What a name can mean: all units that bear it, or, if none does, units of similar name."""

    candidates: tuple[Unit, ...]
    suggestions: tuple[Unit, ...] = ()

    @property
    def unit(self) -> Unit | None:
        """The unit meant, None unless there is exactly one."""
        return self.candidates[0] if len(self.candidates) == 1 else None


def vintage_of(as_of: date) -> Vintage:
    """Return the vintage in force on a day.

    Parameters
    ----------
    as_of
        The day.

    Returns
    -------
    vintage
        The legacy one up to and including 30/06/2025.
    """
    return Vintage.LEGACY if as_of < REFORM else Vintage.Y2025


def load_blocks() -> gpd.GeoDataFrame:
    """Read the building blocks, the parts common to a legacy district and a commune of 2025.

    Returns
    -------
    blocks
        30 polygons in EPSG:4326 with ``unit``, ``commune_2025``, ``commune_name``,
        ``district_legacy``, ``district_name``. Generalised to 30 m; for overview, not land matters.
    """
    with as_file(files("geodata") / "data" / "units.geojson") as path:
        return gpd.read_file(path)


def load_legacy_communes() -> pd.DataFrame:
    """Read the 75 legacy communes with their district and the commune of 2025 that took them.

    Returns
    -------
    legacy_communes
        Indexed by ``commune_legacy``; all codes are text.
    """
    with (files("geodata") / "data" / "communes_legacy.csv").open(encoding="utf-8") as lines:
        return pd.read_csv(lines, dtype=str).set_index("commune_legacy")


def districts() -> list[str]:
    """Return the codes of the eight districts, in the order of the shipped list."""
    return load_legacy_communes()["district_legacy"].unique().tolist()


def dissolve(blocks: gpd.GeoDataFrame, vintage: Vintage) -> gpd.GeoDataFrame:
    """Join the blocks to the units of one vintage.

    Parameters
    ----------
    blocks
        As from ``load_blocks``.
    vintage
        Legacy gives the 8 districts, 2025 the 28 communes.

    Returns
    -------
    units
        ``name`` and ``geometry`` by ``code``, in the CRS of the blocks.
    """
    columns = _COLUMNS[vintage]
    units = blocks[[*columns, "geometry"]].rename(columns=columns)
    return units.dissolve("code")[["name", "geometry"]]


def names(
    frames: Mapping[str, gpd.GeoDataFrame], legacy_communes: pd.DataFrame
) -> dict[tuple[str, str], str]:
    """Return what every unit is called.

    Parameters
    ----------
    frames : Mapping
        The units by the value of their vintage, as from `dissolve`.
    legacy_communes : DataFrame
        As from `load_legacy_communes`.

    Returns
    -------
    dict
        By vintage, or ``commune_legacy``, and code.
    """
    named = {
        (vintage, str(code)): str(name)
        for vintage, frame in frames.items()
        for code, name in frame["name"].items()
    }
    communes = legacy_communes["commune_legacy_name"].items()
    return named | {("commune_legacy", str(code)): str(name) for code, name in communes}


def locate(
    units: gpd.GeoDataFrame, lon: ArrayLike, lat: ArrayLike
) -> pd.api.extensions.ExtensionArray:
    """Say in which unit each point lies.

    Parameters
    ----------
    units
        As from ``dissolve``, in EPSG:4326.
    lon
        Degrees east in EPSG:4326.
    lat
        Degrees north in EPSG:4326.

    Returns
    -------
    codes
        One for each point; missing where the point is outside, or has no position itself. A point
        on a shared border belongs to the unit with the lowest code.
    """
    points = np.asarray(shapely.points(np.atleast_1d(lon), np.atleast_1d(lat)))
    ordered = units.sort_index()
    which, hit = ordered.sindex.query(points, predicate="intersects")
    codes = np.full(len(points), None, dtype=object)
    # Written from the highest code to the lowest, so that the lowest stays.
    order = np.argsort(-hit, kind="stable")
    codes[which[order]] = ordered.index.to_numpy()[hit[order]]
    return pd.array(codes, dtype="str")


def successor(legacy_communes: pd.DataFrame, code: str) -> str:
    """Return the code of the commune of 2025 that took a legacy commune.

    Parameters
    ----------
    legacy_communes
        As from ``load_legacy_communes``.
    code
        Of the legacy commune.

    Returns
    -------
    code
        Of the commune of 2025; no legacy commune was divided.

    Raises
    ------
    DataError
        If there is no such legacy commune.
    """
    return _told_of(legacy_communes, code, "commune_2025")


def district_of(legacy_communes: pd.DataFrame, code: str) -> str:
    """Return the code of the district a legacy commune belonged to.

    Parameters
    ----------
    legacy_communes
        As from ``load_legacy_communes``.
    code
        Of the legacy commune.

    Returns
    -------
    code
        Of the district.

    Raises
    ------
    DataError
        If there is no such legacy commune.
    """
    return _told_of(legacy_communes, code, "district_legacy")


def predecessors(legacy_communes: pd.DataFrame, code: str) -> pd.DataFrame:
    """Return the legacy communes a commune of 2025 was made of.

    Two communes of 2025 straddle old districts, so ``district_legacy`` of the answer may hold
    several; which of them a place was in, only its position or its legacy commune tells.

    Parameters
    ----------
    legacy_communes
        As from ``load_legacy_communes``.
    code
        Of the commune of 2025.

    Returns
    -------
    legacy_communes
        The rows in question.

    Raises
    ------
    DataError
        If there is no such commune.
    """
    matches = legacy_communes[legacy_communes["commune_2025"] == code]
    if matches.empty:
        raise _unknown(code)
    return matches


def neighbours(units: gpd.GeoDataFrame, code: str) -> tuple[str, ...]:
    """Return the codes of the units that share a stretch of border with one, in order.

    Parameters
    ----------
    units
        As from ``dissolve``.
    code
        Of the unit; who meets it at a corner alone is no neighbour.
    """
    shapes = units.geometry.to_numpy()
    shared = shapely.length(shapely.intersection(shapes, units.geometry[code]))
    beside = (shared > 0) & (units.index != code)
    return tuple(sorted(map(str, units.index[beside])))


def _told_of(legacy_communes: pd.DataFrame, code: str, column: str) -> str:
    if code not in legacy_communes.index:
        raise _unknown(code)
    return str(legacy_communes.loc[code, column])


def _unknown(code: str) -> DataError:
    return DataError(_("There is no administrative unit with the code {code}.").format(code=code))


def gazetteer(legacy_communes: pd.DataFrame) -> tuple[Unit, ...]:
    """List every unit that has a name: districts and communes of both vintages.

    Parameters
    ----------
    legacy_communes
        As from ``load_legacy_communes``.

    Returns
    -------
    units
        8 districts, 75 legacy communes, 28 communes of 2025.
    """
    levels = (
        ("district_legacy", Tier.DISTRICT, Vintage.LEGACY),
        ("commune_legacy", Tier.COMMUNE, Vintage.LEGACY),
        ("commune_2025", Tier.COMMUNE, Vintage.Y2025),
    )
    rows = legacy_communes.reset_index().to_dict("list")
    listed = []
    for column, level, vintage in levels:
        districts: dict[tuple[str, str], set[str]] = {}
        columns = (rows[column], rows[f"{column}_name"], rows["district_legacy"])
        for code, name, district in zip(*columns, strict=True):
            districts.setdefault((code, name), set()).add(district)
        listed += [
            Unit(code, name, level, vintage, tuple(sorted(districts[code, name])))
            for code, name in sorted(districts)
        ]
    return tuple(listed)


def find(
    text: str,
    units: Iterable[Unit],
    *,
    vintage: Vintage | None = None,
    level: Tier | None = None,
    district: str | None = None,
) -> Answer:
    """Look up a name, with or without diacritics and unit type, old or new tone placement.

    Where the text leaves several units, all are given: to choose is for the person, or for the
    caller who knows the date or the district. A unit type is honoured: no "Phường" is a "Xã".

    Parameters
    ----------
    text
        The name as typed.
    units
        As from ``gazetteer``.
    vintage
        Only units of this vintage, if given.
    level
        Only units of this level, if given.
    district
        Only units in this legacy district, by code, if given.

    Returns
    -------
    answer
        One unit, several, or none with suggestions.
    """
    eligible = [
        unit
        for unit in units
        if vintage in (None, unit.vintage)
        and level in (None, unit.level)
        and (district is None or district in unit.districts)
    ]
    asked_type, asked_name = strip_unit_type(text)
    folded = fold(text)
    names = {unit: strip_unit_type(unit.name) for unit in eligible}
    matches = tuple(
        unit
        for unit, (kind, name) in names.items()
        if name == folded or (name == asked_name and asked_type in (None, kind))
    )
    if matches:
        return Answer(matches)
    bare = {unit: name for unit, (_kind, name) in names.items()}
    similar = process.extract(
        asked_name, bare, scorer=fuzz.ratio, limit=_SUGGESTIONS, score_cutoff=_SIMILARITY
    )
    return Answer((), tuple(unit for _name, _score, unit in similar))
