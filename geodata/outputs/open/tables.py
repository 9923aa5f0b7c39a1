"""The tables of open data on a day: sites, units of both vintages, evidence, indicators, statuses.

Only what the public may see, counted over all there is, as on the screens. Not here: what their
columns mean (``dictionary``), or any format (``features``, ``release``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import geopandas as gpd
import pandas as pd

from geodata.core.clock import local
from geodata.core.text import _
from geodata.geography import units
from geodata.geography.units import REFORM, Vintage
from geodata.outputs.data import exchange
from geodata.outputs.data.origin import STATUSES, Provenance
from geodata.people.letterhead import Letterhead
from geodata.reading import labels
from geodata.reading.view import UNIT_COLUMN
from geodata.register import declarations
from geodata.rules import coverage, intensity, targets
from geodata.rules.plan import Plan, default
from geodata.rules.targets import Result
from geodata.store import Snapshot, Store

UNITS = {vintage: f"units_{vintage.value}" for vintage in Vintage}
"""By vintage the table of its units."""
NAMES = ("sites", UNITS[Vintage.Y2025], UNITS[Vintage.LEGACY], "evidence", "indicators", "status")
PLACED = NAMES[:4]
"""Tables whose rows have a place: points of sites and of what evidence is about, areas of units."""
KEYS = {**dict.fromkeys(NAMES, "id"), **dict.fromkeys(UNITS.values(), "code")}
"""By table the column that tells its rows apart."""
PARTS = ("sites", *targets.PARTS, "no_data", "open", "short")
"""What is counted of each unit, by both targets that are about sites (``coverage.COLUMNS``)."""
NOWHERE = "unknown"
"""The code of the row of sites whose unit is not known: with it all rows add up."""

_LEVELS = {Vintage.Y2025: units.Tier.COMMUNE, Vintage.LEGACY: units.Tier.DISTRICT}
_VALID = {Vintage.Y2025: (REFORM, None), Vintage.LEGACY: (None, REFORM - timedelta(days=1))}

Tables = Mapping[str, pd.DataFrame]


def origin_of(
    store: Store, snapshot: Snapshot, as_of: date, letterhead: Letterhead, plans: Sequence[Plan]
) -> Provenance:
    """Return where open data of a day comes from, the same whenever it is made.

    The day of knowledge, and of the making, is that on which the data version was entered.

    Parameters
    ----------
    store, snapshot
        What was last published, and where.
    as_of : date
        The day looked at.
    letterhead, plans
        Who issues it; the plans there are.

    Raises
    ------
    WrongCallError
        If no plan had begun on the day.
    """
    plan = default(plans, as_of)
    about = snapshot.workspace, snapshot.version
    entered, seal = local(store.entered_at(*about)), store.seal_of(*about)
    return Provenance(plan, as_of, entered.date(), entered, letterhead, public=True, seal=seal)


def tables_of(snapshot: Snapshot, origin: Provenance) -> Tables:
    """Return what all may see of a workspace, by the names of `NAMES`.

    Parameters
    ----------
    snapshot : Snapshot
        What was last published.
    origin : Provenance
        The plan and the day looked at.

    Returns
    -------
    Mapping
        `PLACED` as GeoDataFrames in EPSG:4326, the others as DataFrames, rows counted from 0 and
        columns as in `dictionary.columns_of`. Private sites are counted and not named.
    """
    public = exchange.tables_of(snapshot, replace(origin, public=True))
    results = targets_of(snapshot, origin)
    sites = exchange.placed(public["sites"], "sites", snapshot.sites)
    return {
        "sites": sites,
        **{UNITS[vintage]: _units(snapshot, vintage, results) for vintage in _LEVELS},
        "evidence": exchange.placed(public["evidence"], "evidence", snapshot.sites),
        "indicators": pd.DataFrame([_indicator(result) for result in results]),
        "status": pd.DataFrame(sites[["id", "kind", "name_vi", *STATUSES.values()]]),
    }


def targets_of(snapshot: Snapshot, origin: Provenance) -> tuple[Result, ...]:
    """Return the plan's targets, counted over every site; of few plants nothing is told."""
    declared = declarations.known_at(snapshot.declarations, origin.known_at)
    measured = intensity.of_plan(declared, origin.plan, snapshot.sites["operator"])
    return targets.results(
        snapshot.sites,
        snapshot.evidence,
        origin.plan,
        origin.as_of,
        units.districts(),
        sectors=intensity.public(measured),
    )


def _units(snapshot: Snapshot, vintage: Vintage, results: tuple[Result, ...]) -> gpd.GeoDataFrame:
    """Return the units of a vintage with what was counted in each by both axes."""
    outlines = _outlines(vintage)
    codes = snapshot.sites[UNIT_COLUMN[vintage]]
    since, until = _VALID[vintage]
    parts = []
    for axis in targets.OF_AXIS:
        result = targets.of_axis(results, axis)
        table = coverage.by_unit(result, codes, outlines["name"])[list(PARTS)]
        parts.append(table.add_prefix(f"{axis}_").astype("Int64"))
    rows = outlines.index.union(parts[0].index).union(parts[1].index)
    rows = [*(code for code in rows if code != coverage.NOWHERE), coverage.NOWHERE]
    rows = [row for row in rows if any(row in table.index for table in parts)]
    given = outlines.reindex(rows)
    made: dict[str, Any] = {
        "code": [row or NOWHERE for row in rows],
        "name": given["name"].fillna(_("Unit not known")).astype("string"),
        "vintage": vintage.value,
        "level": _LEVELS[vintage].value,
        "valid_from": pd.Timestamp(since) if since else pd.NaT,
        "valid_to": pd.Timestamp(until) if until else pd.NaT,
    }
    frame = pd.DataFrame(made, index=given.index).join([table.reindex(rows) for table in parts])
    frame = frame.astype({"valid_from": "datetime64[s]", "valid_to": "datetime64[s]"})
    return gpd.GeoDataFrame(frame, geometry=given.geometry, crs=outlines.crs).reset_index(drop=True)


@cache
def _outlines(vintage: Vintage) -> gpd.GeoDataFrame:
    return units.dissolve(units.load_blocks(), vintage).sort_index()


def _indicator(result: Result) -> dict[str, Any]:
    """Return one target with its count; a share's threshold is that share of one."""
    count, threshold = result.count, result.target.threshold
    names = ("yes", "total", "unknown", "open", "open_yes", "open_unknown", "open_no")
    numerator, denominator, *rest = (getattr(count, name, None) for name in names)
    return {
        "id": result.target.id,
        "name": labels.target_name(result.target.id),
        "unit": result.target.unit,
        "numerator": numerator,
        "denominator": denominator,
        **dict(zip(names[2:], rest, strict=True)),
        "threshold": None if threshold is None else float(threshold),
        "verdict": result.verdict,
        "short": result.short,
    }
