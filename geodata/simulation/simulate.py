"""A simulated workspace: invented sites, their evidence, and what plants declare.

Pure: no clock, no file. Not here: what is invented (`places`, `fates`, `records`), the store, the
banner, or anything about a real place.
"""

from collections.abc import Sequence
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd

from geodata.register import declarations
from geodata.rules.plan import Plan
from geodata.simulation import places, records
from geodata.simulation.fates import LAST_YEAR

# What plants declare of the electricity they use: consumption, unit and grade in each year.
DECLARED_YEARS = (2019, 2024, 2025)
DECLARED = (
    (
        "chế biến thủy sản",
        "tấn",
        (
            "900000/kWh/A 830000/kWh/A 810000/kWh/A",
            "1700000/kWh/B 1600000/kWh/A 1580000/kWh/B",
            "2500000/kWh/A 2360000/kWh/B 2290000/kWh/A",
        ),
    ),
    (
        "rượu bia nước giải khát",
        "nghìn lít",
        (
            "120000/kWh/A 119000/kWh/A 112000/kWh/A",
            "260000/kWh/A 252000/kWh/B 240000/kWh/A",
            "390000/kWh/B 385000/kWh/A 361000/kWh/A",
        ),
    ),
    (
        "giấy",
        "tấn",
        ("700000/kWh/A 640000/kWh/A 630000/kWh/A", "1420000/kWh/A 1300000/kWh/A 1290000/kWh/A"),
    ),
    (
        "nhựa",
        "tấn",
        (
            "500000/kWh/B 470000/kWh/C 465000/kWh/C",
            "980000/kWh/C 915000/kWh/C 900000/kWh/B",
            "1490000/kWh/B 1380000/kWh/B 1370000/kWh/B",
        ),
    ),
    ("dệt may", "nghìn sản phẩm", ("300000/kWh/A 285/MWh/A 280/MWh/A",)),
)


def simulate(
    blocks: gpd.GeoDataFrame,
    legacy_communes: pd.DataFrame,
    plans: Sequence[Plan],
    n_sites: int,
    seed: int,
) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Invent sites and the records about them; the same for the same number and seed.

    Parameters
    ----------
    blocks : GeoDataFrame
        The building blocks, as from `units.load_blocks`, EPSG:4326.
    legacy_communes : DataFrame
        As from `units.load_legacy_communes`.
    plans : sequence of Plan
        The latest says which profile a kind of site is checked against on a day.
    n_sites : int
        How many sites. From about 150 on, every status and stage occurs on 31/12/2024 under
        the plan of 2024 and on 31/12/2025 under that of 2025.
    seed : int
        For the random choices.

    Returns
    -------
    sites : GeoDataFrame
        As from `sites.typed`, with points in EPSG:4326.
    evidence : DataFrame
        As from `evidence.typed`, in the order of entry.
    """
    rng = np.random.default_rng(seed)
    sites = places.invent(rng, blocks, legacy_communes, n_sites)
    districts = sorted(blocks["district_legacy"].unique())
    casts = records.casts(rng, sites, districts, max(plans, key=lambda plan: plan.year))
    return sites, records.perform(rng, casts)


def declare() -> pd.DataFrame:
    """Invent what plants declared for a baseline year, 2019, and for each of three years after.

    By sector, of `DECLARED`: one that uses less, one that does not, one of two plants, one
    only reported, one whose units changed.

    Returns
    -------
    DataFrame
        As from `declarations.typed`, in the order of entry.
    """
    rows = []
    for sector, output_unit, consumptions in DECLARED:
        for plant, years in enumerate(consumptions, 1):
            for year, amount in zip(DECLARED_YEARS, years.split(), strict=True):
                consumption, unit, grade = amount.split("/")
                rows.append(
                    {
                        "plant": f"Nhà máy Mô phỏng {sector} {plant:02}",
                        "sector": sector,
                        "input": "điện",
                        "year": str(year),
                        "consumption": consumption,
                        "consumption_unit": unit,
                        "output": str(1000 * plant),
                        "output_unit": output_unit,
                        "grade": grade,
                        "recorded_at": f"{year}-12-{10 + plant}",
                        "source": "Dữ liệu mô phỏng, không phải cơ sở có thật",
                    }
                )
    table = pd.DataFrame(rows).sort_values(["recorded_at", "plant"], ignore_index=True)
    ids = "SIM-DE-" + (table.index + 1).astype("string").str.zfill(4)
    return declarations.typed(table.assign(id=ids), date(LAST_YEAR, 12, 31))
