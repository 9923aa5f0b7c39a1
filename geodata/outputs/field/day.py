"""A day in the field: the stops in order, and what an inspector has to know of each.

One `FieldDay` is told alike by the pages to print and the sheet to fill in. Not here: how a file
lays it out (``field.pdf``, ``field.workbook``), or the order itself (``routes``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import geopandas as gpd
import pandas as pd

from geodata.core.errors import WrongCallError
from geodata.core.text import _, day, number
from geodata.geography import units as admin
from geodata.geography.coordinates import WGS84, to_metres
from geodata.geography.units import Vintage
from geodata.planning import routes
from geodata.planning.routes import Route
from geodata.reading.briefing import knowledge
from geodata.reading.labels import axis_label, status_label
from geodata.reading.passport import Passport, passports
from geodata.register.sites import placed
from geodata.rules.plan import Plan

MOST = 60
"""Stops of a day; more are a mistake of choosing."""

_LISTED = 5  # unknown ids named in a sentence


_UNIT_COLUMNS = ("commune_2025", "commune_legacy", "district_legacy")


@dataclass(frozen=True)
class UnitNames:
    """The units of both vintages by `Vintage`, with `name`; all names by column and code.

    A code alone is no name: the reform gave codes of former communes to new ones.
    """

    units: Mapping[str, gpd.GeoDataFrame]
    names: Mapping[tuple[str, str], str]

    @classmethod
    def of(
        cls, units: Mapping[str, gpd.GeoDataFrame], legacy_communes: pd.DataFrame
    ) -> "UnitNames":
        """Return the geography of the units of each vintage and the former communes."""
        named = (
            units[Vintage.Y2025.value]["name"],
            legacy_communes["commune_legacy_name"],
            units[Vintage.LEGACY.value]["name"],
        )
        names = {
            (column, str(code)): str(name)
            for column, of_column in zip(_UNIT_COLUMNS, named, strict=True)
            for code, name in of_column.items()
        }
        return cls(units, names)


@dataclass(frozen=True)
class Stop:
    """One site to be visited: its passport, the units by name, and how far it is.

    `metres` is from the stop before, straight; missing for the first one without a start and for
    those without a position.
    """

    passport: Passport
    unit_now: str
    unit_before: str
    metres: float | None

    @property
    def site(self) -> pd.Series:
        """The row of the register."""
        return self.passport.site

    @property
    def placed(self) -> bool:
        """Whether its position is known."""
        return bool(pd.notna(self.site["lat"]) and pd.notna(self.site["lon"]))


@dataclass(frozen=True)
class FieldDay:
    """The stops of a day in order, under a plan, as known at a date.

    `start` is the name of where the day begins, `origin` its point (EPSG:4326) as a frame of one
    row; both missing where it begins at the first stop. `outlines` are the units of the date.
    `address` is where the app is found, empty if that is not known. `assumed` names the files
    that stand in for the store's data, `known_at` the day of knowledge where it is not today.
    """

    stops: tuple[Stop, ...]
    route: Route
    start: str | None
    origin: gpd.GeoDataFrame | None
    outlines: gpd.GeoDataFrame
    plan: Plan
    as_of: date
    version: str
    simulated: bool
    address: str = ""
    assumed: tuple[str, ...] = ()
    known_at: date | None = None

    @property
    def internal(self) -> bool:
        """Whether it names sites that are not public."""
        return any(stop.site.get("public") == "no" for stop in self.stops)

    @property
    def facts(self) -> tuple[str, ...]:
        """What stands at the foot of every page."""
        return (
            _("As of {as_of}").format(as_of=day(self.as_of)),
            *knowledge(self.known_at, 0),
            _("Plan {decision} ({year})").format(decision=self.plan.decision, year=self.plan.year),
            _("Data version {version}").format(version=self.version),
        )

    def unit_of(self, stop: Stop) -> str:
        """Return the unit of a stop in the vintage of the date, or the other where that is open."""
        if admin.vintage_of(self.as_of) is Vintage.Y2025:
            return stop.unit_now or stop.unit_before
        return stop.unit_before or stop.unit_now

    @property
    def order_text(self) -> str:
        """What kind of order this is, and how far to trust its distances."""
        if not self.route.order:
            return _("No stop has a known position: the order is as chosen, without distances.")
        if self.route.proven:
            return _(
                "The shortest order, proven, by distances straight across the land; roads and "
                "canals are longer."
            )
        return _(
            "A short order, not proven to be the shortest ({n} stops), by distances straight "
            "across the land; roads and canals are longer."
        ).format(n=number(len(self.route.order)))


def km(metres: float | None) -> str:
    """Return metres as kilometres with one decimal."""
    return number((metres or 0.0) / 1000, 1)


class DayMaterial(NamedTuple):
    """What a day is made from: register and records that may be shown, the rules, and the date.

    `version` is that of the data; `simulated`, `assumed` and `known_at` are told on every page
    (see `FieldDay`).
    """

    sites: gpd.GeoDataFrame
    evidence: pd.DataFrame
    plan: Plan
    as_of: date
    geography: UnitNames
    version: str
    simulated: bool
    assumed: tuple[str, ...] = ()
    known_at: date | None = None


def prepare(
    chosen: Sequence[str],
    known: DayMaterial,
    *,
    start: str | None = None,
    back: bool = False,
    address: str = "",
) -> FieldDay:
    """Return a day in the field.

    Parameters
    ----------
    chosen : sequence of str
        Ids of the sites to be visited; one named twice is visited once.
    known : DayMaterial
        The data at hand.
    start : str, optional
        Id of a site with a position, or code of a commune of 2025, whose middle is taken.
    back : bool
        Whether the day ends where it began.
    address : str, optional
        Of the app, to which pages can point.

    Raises
    ------
    WrongCallError
        If no site is chosen, too many are, one is not in the register, or the start is no place.
    """
    sites, records, plan, as_of, geography = known[:5]
    ids = list(dict.fromkeys(chosen))
    require(ids, sites.index)
    origin = None if start is None else _origin(start, sites, geography)
    route = routes.straight(sites.loc[ids], origin, back=back)
    legs: dict[str, float] = dict(zip(route.order, route.legs, strict=True))
    if origin is None and route.order:
        del legs[route.order[0]]
    visited = sites.loc[list(route.stops)]
    stops = tuple(
        Stop(one, *_units(one.site, geography), legs.get(str(one.site.name)))
        for one in passports(visited, records, plan, as_of)
    )
    named = None if origin is None else str(origin["name"].iloc[0])
    outlines = geography.units[admin.vintage_of(as_of).value]
    return FieldDay(
        stops=stops,
        route=route,
        start=named,
        origin=origin,
        outlines=outlines,
        plan=plan,
        as_of=as_of,
        version=known.version,
        simulated=known.simulated,
        address=address,
        assumed=known.assumed,
        known_at=known.known_at,
    )


def require(chosen: Sequence[str], known: pd.Index) -> None:
    """Refuse a choice of sites that makes no day.

    Raises
    ------
    WrongCallError
        If no site is chosen, too many are, or one is not known.
    """
    ids = list(dict.fromkeys(chosen))
    if not ids:
        raise WrongCallError(_("No site is chosen; choose at least one to visit."))
    if len(ids) > MOST:
        raise WrongCallError(
            _("{n} sites are too many for a day; choose at most {most}.").format(
                n=number(len(ids)), most=number(MOST)
            )
        )
    if strange := [site for site in ids if site not in known]:
        listed = ", ".join(f"“{site[:40]}”" for site in strange[:_LISTED])
        raise WrongCallError(
            _("{listed} is not in the register; write the codes of known sites.").format(
                listed=listed + (" …" if len(strange) > _LISTED else "")
            )
        )


def _origin(start: str, sites: gpd.GeoDataFrame, geography: UnitNames) -> gpd.GeoDataFrame:
    """Return the point where the day begins, with its `name`: a site, or a commune's middle."""
    communes = geography.units[Vintage.Y2025.value]
    if start in sites.index and sites.loc[[start]].pipe(placed).all():
        name, points = sites.loc[start, "name_vi"], sites.loc[[start]].geometry
    elif start in communes.index:
        middle = to_metres(communes.loc[[start]].geometry).representative_point()
        name, points = communes.loc[start, "name"], middle.to_crs(WGS84)
    else:
        raise WrongCallError(
            _(
                "“{start}” is no place to start from; write the code of a site with a position or "
                "of a commune."
            ).format(start=start[:40])
        )
    return gpd.GeoDataFrame({"name": [name]}, geometry=points.to_numpy(), index=[start], crs=WGS84)


def _units(site: pd.Series, geography: UnitNames) -> tuple[str, str]:
    """Return the units of a site by name: from 01/07/2025, and before."""
    now, commune, district = (
        ""
        if pd.isna(site[column])
        else geography.names.get((column, str(site[column])), str(site[column]))
        for column in _UNIT_COLUMNS
    )
    return now, ", ".join(name for name in (commune, district) if name)


def statuses(site_passport: Passport) -> list[tuple[str, str, str, pd.Series | None]]:
    """Return axis, status, rule and last record behind, for each axis of a passport."""
    return [
        (
            axis_label(finding.axis),
            status_label(finding.axis, finding.status),
            " ".join([finding.rule, *(f"{remark}." for remark in finding.remarks)]),
            _last(site_passport, finding.axis, finding.records),
        )
        for finding in site_passport.findings
    ]


def _last(site_passport: Passport, axis: str, deciding: pd.DataFrame) -> pd.Series | None:
    """Return the record that decides, else the latest one on the axis that does not count."""
    if len(deciding):
        return deciding.iloc[0]
    spoken = "model" if axis == "stage" else axis
    others = site_passport.others[(site_passport.others["axis"] == spoken).to_numpy()]
    return others.iloc[0] if len(others) else None
