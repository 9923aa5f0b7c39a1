"""An edition: one published data version on one day, counted once for all pages and languages.

Not here: what pages say of it (their own modules), or which columns are public (``register``).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd

from geodata.core.lookup import is_in
from geodata.core.text import _, language
from geodata.geography import units
from geodata.outputs.data.origin import Provenance
from geodata.outputs.ledger import AllKnown, Records, Uses, every_record, uses_of
from geodata.outputs.open.tables import targets_of
from geodata.people.letterhead import Letterhead
from geodata.reading import inventory
from geodata.reading.briefing import AtHand, Briefing, brief
from geodata.reading.unit_sheet import events_held
from geodata.reading.view import UNIT_COLUMN, View
from geodata.register import evidence, sites
from geodata.register.evidence import PROVINCE
from geodata.register.reports import Reported
from geodata.rules.plan import Plan, shipped
from geodata.rules.status import status_of
from geodata.rules.targets import Result
from geodata.store import SIMULATED, Snapshot, known_subjects

MOST_RECORDS = 1000
"""Records that the site writes out, the newest; the files hold all."""
_COUNTED_BY = (
    *("kind", "lat", "lon", "position_accuracy_m", "area_ha"),
    *UNIT_COLUMN.values(),
)


class Cut(NamedTuple):
    """Sites with the columns that legends count by, as a plain frame, which is quickly cut.

    Beside them their statuses and entries, and those of them that may be named.
    """

    sites: pd.DataFrame
    status: pd.DataFrame
    entries: pd.Series
    shown: pd.DataFrame


@dataclass(frozen=True)
class Edition:
    """What the pages are made of, the same in every language.

    `sites` and `evidence` are what may be named and shown, by the same functions as in the app's
    public mode; the snapshot's own frames are all there is, to be counted and never shown. `day`
    is that on which it is made; `address` where the site will lie (``https://…/``), or nothing.
    `reported` is what the office answered to reports on each site, `app` the address of the app
    that takes further ones, or nothing.
    """

    snapshot: Snapshot
    view: View
    origin: Provenance
    day: date
    address: str
    sites: gpd.GeoDataFrame
    evidence: pd.DataFrame
    frames: Mapping[str, gpd.GeoDataFrame]
    legacy: pd.DataFrame
    ways: gpd.GeoDataFrame | None
    reported: Mapping[str, Reported]
    app: str

    @property
    def register(self) -> gpd.GeoDataFrame:
        """Every site there is."""
        return self.snapshot.sites

    @property
    def plan(self) -> Plan:
        """The plan that is counted."""
        return self.origin.plan

    @property
    def letterhead(self) -> Letterhead:
        """Who issues it."""
        return self.origin.letterhead

    @property
    def simulated(self) -> bool:
        """Whether nothing in it is real."""
        return self.snapshot.workspace == SIMULATED

    @property
    def districts(self) -> tuple[str, ...]:
        """Codes of the eight districts."""
        return tuple(map(str, self.frames["legacy"].index))

    @cached_property
    def _cuts(self) -> dict[str | None, Cut]:
        counted = pd.DataFrame(self.register[list(_COUNTED_BY)])
        named = is_in(counted.index, self.sites.index)
        return {None: Cut(counted, self.status, self.entries, counted[named])}

    def cut(self, unit: str | None) -> Cut:
        """Return what legends of a unit count, cut out once for all of them; None for all."""
        if unit not in self._cuts:
            column, whole = UNIT_COLUMN[self.view.units_of], self._cuts[None]
            here, named = (
                (frame[column] == unit).fillna(value=False).to_numpy(dtype=bool)
                for frame in (whole.sites, whole.shown)
            )
            self._cuts[unit] = Cut(
                whole.sites[here], whole.status[here], whole.entries[here], whole.shown[named]
            )
        return self._cuts[unit]

    @cached_property
    def status(self) -> pd.DataFrame:
        """The status of every site, to be counted and never shown."""
        return status_of(self.register, self.snapshot.evidence, self.plan, self.view.as_of)

    @cached_property
    def entries(self) -> pd.Series:
        """What the inventory says of every site."""
        return inventory.entries(self.register, self.snapshot.evidence, self.view.as_of)

    @cached_property
    def known(self) -> int:
        """How many sites have public evidence."""
        return inventory.known(self.entries)

    @cached_property
    def held(self) -> pd.DataFrame:
        """The record of the last event of each subject that took place and may be shown."""
        every = events_held(self.evidence, self.view.as_of)
        return every.sort_values(["event_date", "id"]).drop_duplicates("subject", keep="last")

    @cached_property
    def _places(self) -> dict[units.Vintage, dict[str, np.ndarray]]:
        return {
            vintage: self.sites.groupby(column).indices for vintage, column in UNIT_COLUMN.items()
        }

    def named(self, vintage: units.Vintage, code: str) -> pd.Index:
        """Return the ids of the sites of a unit that may be named."""
        here: pd.Index = self.sites.index[self._places[vintage].get(code, [])]
        return here

    @cached_property
    def results(self) -> tuple[Result, ...]:
        """The plan's targets over every site."""
        return targets_of(self.snapshot, self.origin)

    @cached_property
    def unit_names(self) -> dict[tuple[str, str], str]:
        """The name of every unit by vintage or level and code."""
        return units.names(self.frames, self.legacy)

    def briefing(self) -> Briefing:
        """Return what is told of the view, in the language spoken."""
        counted: Callable[[Plan, date], tuple[Result, ...]] = lambda _plan, _on: self.results  # noqa: E731
        return brief(
            self.register,
            self.snapshot.evidence,
            self.plan,
            self.view,
            units=self.frames[self.view.units_of.value],
            districts=self.districts,
            data_version=self.snapshot.version,
            shown=self.sites,
            at_hand=AtHand(counted, lambda _plan, _on: self.status),
        )

    @cached_property
    def _ledgers(self) -> dict[str, Records]:
        return {}

    def ledger(self) -> Records:
        """Return the newest records with what each supports, in the language spoken."""
        spoken = language()
        if spoken not in self._ledgers:
            self._ledgers[spoken] = self._ledger()
        return self._ledgers[spoken]

    @cached_property
    def _known(self) -> AllKnown:
        return AllKnown(self.register, self.snapshot.evidence, self.plan, self.view.as_of)

    @cached_property
    def _uses(self) -> Uses:
        return uses_of(self._known, self.results, self.districts)

    def _ledger(self) -> Records:
        return every_record(
            self._known,
            self.results,
            self._uses,
            shown=(self.evidence, self.sites.index),
            names=self.subjects(),
            plans=shipped(),
            most=MOST_RECORDS,
        )

    def subjects(self) -> dict[str, str]:
        """Return what each subject that may be named is called, in the language spoken."""
        named = {code: self.unit_names["legacy", code] for code in self.districts}
        every_site = {str(site): str(name) for site, name in self.sites["name_vi"].items()}
        return {PROVINCE: _("The province"), **named, **every_site}


def edition_of(
    snapshot: Snapshot,
    origin: Provenance,
    day: date,
    *,
    address: str = "",
    ways: gpd.GeoDataFrame | None = None,
    reported: Mapping[str, Reported] = MappingProxyType({}),
    app: str = "",
) -> Edition:
    """Return the edition of a published snapshot.

    Parameters
    ----------
    snapshot : Snapshot
        What was last published of a workspace.
    origin : Provenance
        The day looked at, its plan and who issues it, as from `open.tables.origin_of`.
    day : date
        On which the edition is made.
    address, ways : optional
        Where the site will lie; waters and roads beneath the map.
    reported, app : optional
        As of `Edition`.
    """
    view = View(as_of=origin.as_of, workspace=snapshot.workspace)
    named = sites.public(snapshot.sites)
    blocks = units.load_blocks()
    return Edition(
        snapshot,
        view,
        origin,
        day,
        address and address.rstrip("/") + "/",
        named,
        evidence.public(snapshot.evidence, known_subjects(named.index)),
        {vintage.value: units.dissolve(blocks, vintage) for vintage in units.Vintage},
        units.load_legacy_communes(),
        ways,
        reported,
        app and app.rstrip("/") + "/",
    )
