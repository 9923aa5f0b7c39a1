"""Replication: for each model that works, the nearest sites of its trade that have none.

Pure. Two sites are of one trade if their names, sectors or details name the same word of
`TRADES`. Not here: the stage of a model (``status``), or drawing the lines.
"""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from geodata.geography import distances
from geodata.geography.coordinates import metres_of
from geodata.register.sectors import spelled
from geodata.register.sites import placed

APPLIED = ("applied", "accepted", "replicated")
COLUMNS = ("model", "site", "trade", "metres", "margin", "name", "kind")
NEAREST = 3  # sites told of each model
_SAME = 1e-6  # metres: as far as makes no difference

# Trades and crops by the words that name them in the register, as official lists write them.
TRADES = {
    "lúa": ("lúa", "gạo", "trấu", "rơm"),
    "mía": ("mía", "đường mía"),
    "khóm": ("khóm", "dứa"),
    "chanh": ("chanh",),
    "bưởi": ("bưởi",),
    "xoài": ("xoài",),
    "mít": ("mít",),
    "thủy sản": ("thủy sản", "cá", "tôm", "thát lát", "lươn"),
    "chăn nuôi": ("bò", "heo", "gia cầm", "chăn nuôi"),
    "nấm": ("nấm",),
    "mật ong": ("mật ong",),
    "giấy": ("giấy",),
    "đan lát": ("đan", "lục bình", "đan lát"),
    "gỗ": ("gỗ", "mộc"),
    "than": ("than",),
    "bao bì": ("bao bì", "siêu thị", "trung tâm thương mại"),
    "năng lượng": ("điện mặt trời", "năng lượng tái tạo", "điện sinh khối"),
    "thực phẩm": ("thực phẩm", "chế biến thực phẩm"),
}
_KEYS = {trade: tuple(map(spelled, words)) for trade, words in TRADES.items()}


def trades(sites: pd.DataFrame) -> pd.Series:
    """Return the trades that each site's name, sectors and details name, as sets of `TRADES`."""
    words = sites[["name_vi", "sectors", "details"]].fillna("").astype(str)
    texts = (words["name_vi"] + " ; " + words["sectors"] + " ; " + words["details"]).map(spelled)
    return texts.map(
        lambda text: frozenset(t for t, keys in _KEYS.items() if any(k in text for k in keys))
    )


def suggested(register: gpd.GeoDataFrame, stage: pd.Series, count: int = NEAREST) -> pd.DataFrame:
    """Return the sites nearest to each model that works, of its trade and without a model.

    Parameters
    ----------
    register : GeoDataFrame
        Sites in EPSG:4326, indexed by id.
    stage : Series
        The stage of every pilot model, as from `status.stage`; models further than building
        count.
    count : int
        How many sites are told of each model.

    Returns
    -------
    DataFrame
        `COLUMNS`: model and site by id, the trade they share, the distance and how far it may
        be off in metres; nearest first within each model. A site that bears a model's own name,
        or is one, has a model.
    """
    sited = register[placed(register).to_numpy()]
    works = stage.reindex(sited.index).isin(APPLIED).to_numpy()
    models = sited[works]
    others = sited[(sited["kind"] != "pilot_model").to_numpy()]
    if models.empty or others.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    makes, made = (trades(table).to_numpy() for table in (models, others))
    near = _nearest(metres_of(models), metres_of(others), makes, made, count)
    margin_of, margin_to = distances.accuracy(models), distances.accuracy(others)
    rows = [
        (
            *(models.index[model], others.index[site]),
            ", ".join(sorted(makes[model] & made[site])),
            *(metres, margin_of.iloc[model] + margin_to.iloc[site]),
            *(others["name_vi"].iloc[site], others["kind"].iloc[site]),
        )
        for model in sorted(near)
        for metres, site in zip(*near[model], strict=True)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _nearest(
    here: Any, there: Any, makes: Any, made: Any, count: int
) -> dict[int, tuple[Any, Any]]:
    """Return for each model that has any the metres to sites of its trade, and which they are."""
    taken = _taken(here, there, makes, made)
    near: dict[int, tuple[Any, Any]] = {}
    for own in dict.fromkeys(makes):  # few sets of trades, whose sites are laid out once
        fits = np.flatnonzero([bool(own & trade) for trade in made] & ~taken)
        if len(fits):
            tree = cKDTree(there[fits])
            for model in np.flatnonzero([trade == own for trade in makes]):
                far = tree.query(here[model], [min(count, len(fits))])[0][0]
                some = np.sort(fits[tree.query_ball_point(here[model], far + _SAME)])
                metres = np.hypot(*(there[some] - here[model]).T)
                first = np.argsort(metres, kind="stable")[:count]  # of one place as registered
                near[int(model)] = metres[first], some[first]
    return near


def _taken(here: Any, there: Any, makes: Any, made: Any) -> np.ndarray:
    """Return which sites share their place with a model of their trade, to the metre."""
    taken = np.zeros(len(there), dtype=bool)
    for model, sites in enumerate(cKDTree(there).query_ball_point(here, 1)):
        for site in sites:
            taken[site] |= bool(makes[model] & made[site])
    return taken
