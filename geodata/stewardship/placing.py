"""Placing one site: what a typed position and chosen units come to, and whether they agree.

The rules are those of a whole file's rows. Not here: how positions are read (``intake.readings``)
or units named (``intake.places``).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from geodata.core.text import _, number
from geodata.geography import units
from geodata.intake.judging import places, positions, readings
from geodata.intake.judging.cells import Level, Remark
from geodata.register import frames

POSITION = "position"
"""The answer that holds a position as it is written, or as a click on the map gave it."""

ANSWERS = (*places.CODES, POSITION, "central_meridian")
_SHOWN = 5  # decimals of a degree: a metre


@dataclass(frozen=True)
class Geography:
    """The building blocks by key (EPSG:4326), all areas in metres, and all names."""

    blocks: gpd.GeoDataFrame
    areas: gpd.GeoDataFrame
    gazetteer: places.Gazetteer

    @classmethod
    def of(cls, blocks: gpd.GeoDataFrame, legacy_communes: pd.DataFrame) -> "Geography":
        """Return the geography of what `units` reads."""
        by_key = blocks.set_index("unit", drop=False)
        gazetteer = places.Gazetteer.from_communes(legacy_communes)
        return cls(by_key, positions.areas(blocks), gazetteer)

    def block(self, lon: float, lat: float) -> places.Option:
        """Return district and commune in which a point lies; both empty outside."""
        key = units.locate(self.blocks, lon, lat)[0]
        if pd.isna(key):
            return places.Option()
        row = self.blocks.loc[str(key)]
        return places.Option(str(row["district_legacy"]), "", str(row["commune_2025"]))

    def described(self, option: places.Option) -> str:
        """Return district and commune of an option by name."""
        named = (
            (_("{unit} (from 01/07/2025)"), places.Option(new=option.new)),
            (_("{unit} (to 30/06/2025)"), places.Option(district=option.district)),
        )
        labels = [w.format(unit=self.gazetteer.name(one)) for w, one in named if any(one)]
        return ", ".join(labels) or _("outside the study area")


@dataclass(frozen=True)
class Place:
    """Where a site is: degrees in EPSG:4326 (or neither), codes of units, and what to say of it.

    ``answer`` says what was read and where that lies; ``agrees`` whether the chosen units say the
    same, None where there is nothing to compare. ``inside`` is where the position lies, ``at`` its
    latitude and longitude even where it cannot be taken.
    """

    lat: float | None
    lon: float | None
    units: places.Option
    answer: str
    agrees: bool | None
    inside: places.Option
    at: tuple[float, float] | None
    remarks: tuple[Remark, ...]


def place(answers: Mapping[str, str], accuracy_m: float | None, geography: Geography) -> Place:
    """Return what one site's position and units come to.

    Parameters
    ----------
    answers : mapping of str to str
        Of `ANSWERS`, and the days the site is valid (ISO); blank or absent is not answered.
    accuracy_m : float, optional
        How far the position may be off, metres.
    geography : Geography
        Borders and names.

    Returns
    -------
    Place
        Its remarks name the answer they speak of; an error or question leaves no position.
    """
    asked = (*ANSWERS, "valid_from", "valid_to")
    cells = frames.blank_to_missing(pd.DataFrame([dict(answers)]), asked)
    candidates = readings.candidates(cells, tuple(geography.blocks.total_bounds))
    where, remarks = places.resolve(cells, geography.gazetteer, candidates, geography.areas)
    reach = pd.Series([np.nan if accuracy_m is None else accuracy_m])
    near = positions.distances(candidates, where["key"], geography.areas)
    judged = positions.judge(near, cells, where["key"], reach)
    remarks = [_in_names(remark) for remark in remarks]
    remarks += positions.remarks(judged, cells, where["name"])
    row, stated = judged.iloc[0], _stated(where)
    if row["verdict"] not in ("ok", "read"):
        return _unplaced(row, stated, geography, remarks)
    lat, lon = float(row["lat"]), float(row["lon"])
    inside = geography.block(lon, lat)
    agrees = _agrees(stated, inside)
    chosen = _narrowed(inside if agrees or not any(stated) else stated, stated, geography)
    answer = _answer(lat, lon, geography.described(inside), agrees)
    return Place(lat, lon, chosen, answer, agrees, inside, (lat, lon), tuple(remarks))


def _in_names(remark: Remark) -> Remark:
    """Return a remark without the codes that stand behind the names a person chose."""
    if remark.rule != places.AGREEMENT_RULE:
        return remark
    message = _(
        "The communes and the district chosen do not belong together; leave one of them open."
    )
    return remark._replace(message=message)


def _unplaced(
    row: pd.Series, stated: places.Option, geography: Geography, remarks: list[Remark]
) -> Place:
    """Return a place without a usable position: none given, or one nobody can take."""
    answer, agrees, inside, at = "", None, places.Option(), None
    if row["verdict"] == "outside" and row["candidates"]:
        nearest = row["candidates"][0]
        at = (float(nearest.lat), float(nearest.lon))
        inside = geography.block(nearest.lon, nearest.lat)
        agrees = False if any(stated) else None
        answer = _answer(nearest.lat, nearest.lon, geography.described(inside), agrees)
    chosen = _narrowed(stated, stated, geography)
    return Place(None, None, chosen, answer, agrees, inside, at, tuple(remarks))


def _stated(where: pd.DataFrame) -> places.Option:
    """Return the units that the answers name."""
    return places.Option(*(str(code) for code in where.loc[0, list(places.CODES)].fillna("")))


def _agrees(stated: places.Option, inside: places.Option) -> bool | None:
    """Say whether a point lies in the units named, as far as both are known."""
    if not any(stated):
        return None
    pairs = ((stated.district, inside.district), (stated.new, inside.new))
    return all(one == other for one, other in pairs if one)


def _narrowed(option: places.Option, stated: places.Option, geography: Geography) -> places.Option:
    """Return an option with the former commune, where it was named or there is only one."""
    legacy = geography.gazetteer.legacy
    if stated.legacy or not option.new:
        return places.Option(option.district, stated.legacy, option.new)
    inside = units.predecessors(legacy, option.new)
    if option.district:
        inside = inside[inside["district_legacy"] == option.district]
    districts = inside["district_legacy"].unique()
    district = option.district or (str(districts[0]) if len(districts) == 1 else "")
    only = str(inside.index[0]) if len(inside) == 1 else ""
    return places.Option(district, only, option.new)


def _answer(lat: float, lon: float, where: str, agrees: bool | None) -> str:
    """Return what was read, where that lies, and whether the units chosen say the same."""
    sentence = {
        None: _("Read as {lat}° N, {lon}° E: {where}."),
        True: _("Read as {lat}° N, {lon}° E: {where}. This agrees with the unit chosen."),
        False: _("Read as {lat}° N, {lon}° E: {where}. This differs from the unit chosen."),
    }[agrees]
    return sentence.format(lat=number(lat, _SHOWN), lon=number(lon, _SHOWN), where=where)


def blocking(remarks: tuple[Remark, ...]) -> bool:
    """Say whether some remark keeps answers from being saved."""
    return any(remark.level is not Level.NOTICE for remark in remarks)
