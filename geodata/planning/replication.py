"""Replication: for each model that works, the nearest sites of its trade that have none.

Pure. Two sites are of one trade if their names, sectors or details name the same word of
`TRADES`. Not here: the stage of a model (``status``), or drawing the lines.
"""

import geopandas as gpd
import pandas as pd

from geodata.geography import distances
from geodata.register.sectors import spelled
from geodata.register.sites import placed

APPLIED = ("applied", "accepted", "replicated")
COLUMNS = ("model", "site", "trade", "metres", "margin", "name", "kind")
NEAREST = 3  # sites told of each model

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
    makes, made = trades(models), trades(others)
    # A site that shares its place with a model of its trade to the metre is where that model is.
    metres = distances.straight(models, others)
    margin_of, margin_to = distances.accuracy(models), distances.accuracy(others)
    rows = []
    taken = {
        site
        for model in models.index
        for site in others.index[(metres.loc[model] < 1).to_numpy()]
        if makes[model] & made[site]
    }
    for model in models.index:
        shared = made.map(lambda trades, own=makes[model]: trades & own)
        fits = shared.map(bool).to_numpy() & ~others.index.isin(taken)
        for site in metres.loc[model][fits].nsmallest(count).index:
            margin = margin_of[model] + margin_to[site]
            row = (model, site, ", ".join(sorted(shared[site])), metres.loc[model, site], margin)
            rows.append((*row, others["name_vi"][site], others["kind"][site]))
    return pd.DataFrame(rows, columns=list(COLUMNS))
