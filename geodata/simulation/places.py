"""Invented sites on the real geography: how many of which kind, how far along, and where.

Not here: what happens to them (`fates`, `records`).
"""

from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.geography import coordinates
from geodata.register import frames
from geodata.register import sites as register
from geodata.register.lifecycle import FOUNDED_KINDS
from geodata.simulation.fates import deal

NOWHERE, VAGUE, PRIVATE = 0.02, 0.10, 0.02  # shares without position, of the commune only, unnamed
VAGUE_M = 3000.0
EXACT_M = (10.0, 30.0, 100.0)


class SiteKind(NamedTuple):
    """How sites of a kind are called, and between which areas in ha they lie."""

    kind: str
    name_vi: str
    name_en: str
    area_ha: tuple[int, int] | None = None


KINDS = {
    "KCN": SiteKind("industrial_park", "KCN Mô phỏng", "Simulated industrial park", (100, 400)),
    "CCN": SiteKind("industrial_cluster", "CCN Mô phỏng", "Simulated industrial cluster", (10, 75)),
    "LN": SiteKind("craft_village", "Làng nghề Mô phỏng", "Simulated craft village"),
    "ST": SiteKind("supermarket", "Siêu thị Mô phỏng", "Simulated supermarket"),
    "TTTM": SiteKind("shopping_centre", "TTTM Mô phỏng", "Simulated shopping centre"),
    "CH": SiteKind(
        "convenience_store", "Cửa hàng tiện ích Mô phỏng", "Simulated convenience store"
    ),
    "MH": SiteKind("pilot_model", "Mô hình Mô phỏng", "Simulated pilot model"),
}
# Of twenty sites in a row, these; so the shares hold for any number of sites.
TWENTY = (
    *("LN", "ST", "CCN", "MH", "LN", "ST", "TTTM", "LN", "CH", "ST"),
    *("LN", "CCN", "MH", "LN", "ST", "CH", "KCN", "LN", "ST", "LN"),
)


class Life(NamedTuple):
    """A row of lifecycle columns; ``weight`` says how many of the later sites get it."""

    weight: int
    lifecycle: str
    founding: str = "decided"
    valid_from: str | None = None
    valid_to: str | None = None
    history: str | None = None


# The first sites all operate, so that every status shows however few sites there are.
SHOWCASE = 60
LIVES = (
    Life(78, "operating"),
    Life(4, "planned", "unknown"),
    Life(2, "established"),
    Life(3, "suspended"),
    Life(2, "closed"),
    Life(3, "unknown", "unknown"),
    Life(2, "operating", "not_decided"),
    Life(
        2,
        "operating",
        valid_from="2024-05-01",
        history="operating | 2012-03-01; suspended | 2023-06-01",
    ),
    Life(2, "operating", valid_to="2024-09-30"),
    Life(2, "closed", valid_from="2025-09-01", history="operating"),
)

# Villages and models of one trade, so that a model can be suggested to a village.
TRADED = ("LN", "MH")
TRADES = ("đan lát lục bình", "chế biến khóm", "trồng nấm rơm", "hầm than củi", "chế biến gỗ")


def invent(
    rng: np.random.Generator, blocks: gpd.GeoDataFrame, legacy_communes: pd.DataFrame, n_sites: int
) -> gpd.GeoDataFrame:
    """Return the invented register."""
    turn = np.arange(n_sites)
    prefix = pd.Series(np.resize(TWENTY, n_sites), dtype="str")
    number = prefix.groupby(prefix).cumcount() + 1
    kinds = pd.DataFrame([KINDS[p] for p in prefix], columns=SiteKind._fields)
    lives = pd.DataFrame(LIVES, dtype="object")
    dealt = deal(rng, [life.weight for life in LIVES], turn - SHOWCASE)
    places = _places(rng, blocks, legacy_communes, n_sites)
    columns = kinds.drop(columns="area_ha").assign(
        id="SIM-" + prefix + "-" + number.astype("str").str.zfill(4),
        name_vi=kinds["name_vi"] + " " + number.astype("str").str.zfill(2),
        name_en=kinds["name_en"] + " " + number.astype("str").str.zfill(2),
        **{column: lives[column].to_numpy()[dealt] for column in Life._fields[1:]},
        area_ha=_areas(rng, kinds["area_ha"]),
        sectors=pd.Series(np.array(TRADES)[number % len(TRADES)]).where(prefix.isin(TRADED)),
        year=rng.integers(1995, 2021, n_sites),
        operator="Đơn vị mô phỏng " + pd.Series(rng.integers(1, 40, n_sites).astype(str)),
        source="Dữ liệu mô phỏng, không phải nơi có thật",
        confidence="high",
        public=np.where(rng.random(n_sites) < PRIVATE, "no", "yes"),
        **places,
    )
    return register.located(_register_types(_founded(columns)))


def _areas(rng: np.random.Generator, bounds: pd.Series) -> np.ndarray:
    """Return areas in ha between the bounds of each kind, missing for kinds without."""
    low, high = np.array([b or (np.nan, np.nan) for b in bounds], dtype=float).reshape(-1, 2).T
    areas: np.ndarray = low + (high - low) * rng.random(len(bounds))
    return areas.round(1)


def _founded(sites: pd.DataFrame) -> pd.DataFrame:
    """Return the sites with a decision where their kind has one and it was taken."""
    has = sites["kind"].isin(FOUNDED_KINDS)
    decided = has & (sites["founding"] == "decided")
    number = pd.Series(np.arange(len(sites)) % 99 + 1).astype("str").str.zfill(2) + "/MP-QĐ"
    return sites.assign(
        founding=sites["founding"].where(has, "unknown"),
        decision=number.where(decided),
        decision_date=(sites["year"].astype(str) + "-06-15").where(decided),
    )


def _register_types(sites: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of the register with the types that `sites.typed` gives them."""
    whole = sites.reindex(columns=list(register.COLUMNS))
    days = {column: frames.days(whole[column].astype("string")) for column in register.DAYS}
    numbers = dict.fromkeys(register.NUMBERS, "float64")
    return whole.assign(**days).astype(dict.fromkeys(register.TEXT, "string") | numbers)


def _places(
    rng: np.random.Generator, blocks: gpd.GeoDataFrame, legacy_communes: pd.DataFrame, n: int
) -> dict[str, Any]:
    """Return unit codes and positions: most exact, some of the commune only, some none."""
    communes = legacy_communes.reset_index()
    keys = ["commune_2025", "district_legacy"]
    block = pd.MultiIndex.from_frame(blocks[keys]).get_indexer(
        pd.MultiIndex.from_frame(communes[keys])
    )
    area = coordinates.to_metres(blocks).area.to_numpy()[block] / np.bincount(block)[block]
    commune = rng.choice(len(communes), size=n, p=area / area.sum())
    # All sites known only to a commune stand on one and the same point of it.
    shared = _points(rng, blocks, block)
    exact = _points(rng, blocks, block[commune])
    lot = rng.random(n)[:, None]
    known = [lot < NOWHERE, lot < NOWHERE + VAGUE]
    lon, lat = np.select(known, [np.nan, shared[commune]], exact).T
    metres = np.select(known, [np.nan, VAGUE_M], rng.choice(EXACT_M, size=n)[:, None])
    codes = {c: communes[c].to_numpy()[commune] for c in (*keys, "commune_legacy")}
    return codes | {"lon": lon, "lat": lat, "position_accuracy_m": metres[:, 0]}


def _points(rng: np.random.Generator, blocks: gpd.GeoDataFrame, block: np.ndarray) -> np.ndarray:
    """Return a random point (lon, lat; 5 decimals) inside the block of each row."""
    bounds = blocks.geometry.bounds.to_numpy()[block]
    points = np.full((len(block), 2), np.nan)
    shapes = blocks.geometry.to_numpy()
    shapely.prepare(shapes)
    missing = np.arange(len(block))
    while len(missing):
        low, high = bounds[missing, :2], bounds[missing, 2:]
        tries = np.round(low + (high - low) * rng.random((len(missing), 2)), 5)
        points[missing] = tries
        missing = missing[~_inside(shapes, block[missing], tries)]
    return points


def _inside(shapes: np.ndarray, block: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Return which points lie inside the block of their row (block by block: prepared, fast)."""
    inside = np.zeros(len(points), dtype=bool)
    for b in np.unique(block):
        rows = np.flatnonzero(block == b)
        inside[rows] = shapely.contains_xy(shapes[b], points[rows])
    return inside
