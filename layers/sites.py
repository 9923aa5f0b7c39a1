"""Sites as compact columns for the map page, and the statuses of a day as letters.

Not here: which sites may be shown (the caller gives the public ones), status rules,
or symbols (``geodata.reading.symbology``).
"""

from typing import Any

import numpy as np
import pandas as pd

from geodata.reading.symbology import ENTRIES, SIZES_HA, STATUSES
from geodata.register.sites import KINDS, placed, uncertain
from layers.units import SCALE


def columns(sites: pd.DataFrame, unit_codes: dict[str, list[str]]) -> dict[str, list[Any]]:
    """Return what the page draws of each site, one list a column.

    Parameters
    ----------
    sites : DataFrame
        The register's rows that may be shown, positions in EPSG:4326.
    unit_codes : dict
        For each vintage the codes of its units, in the order in which the page knows them.

    Returns
    -------
    dict
        `id`, `name`, `kind` (position in `KINDS`), `lat` and `lon` (1e-5 degree, None
        without a position), `accuracy` (m, 0 if not stated), `uncertain` (0 or 1),
        `size` (0, 1 or 2 by area, see `symbology.SIZES_HA`), `shared` (None, or which of how
        many sites at this very position), and for each vintage the position of the site's unit
        (-1 if not known).
    """
    known = placed(sites)
    unit_columns = {"legacy": "district_legacy", "2025": "commune_2025"}
    return {
        "id": sites["id"].tolist(),
        "name": sites["name_vi"].tolist(),
        "kind": pd.Index(KINDS).get_indexer(pd.Index(sites["kind"])).tolist(),
        "lat": _grid(sites["lat"], known),
        "lon": _grid(sites["lon"], known),
        "accuracy": sites["position_accuracy_m"].fillna(0).astype(int).tolist(),
        "uncertain": uncertain(sites).astype(int).tolist(),
        "size": np.searchsorted(SIZES_HA, sites["area_ha"].fillna(0), side="right").tolist(),
        "shared": _shared(sites, known),
        **{
            vintage: pd.Index(codes).get_indexer(pd.Index(sites[unit_columns[vintage]])).tolist()
            for vintage, codes in unit_codes.items()
        },
    }


def _grid(degrees: pd.Series, known: pd.Series) -> list[int | None]:
    """Return degrees as whole 1e-5 degrees, None where there is no position."""
    whole = np.rint(degrees.fillna(0) * SCALE).astype(int)
    return [value if there else None for value, there in zip(whole.tolist(), known, strict=True)]


def _shared(sites: pd.DataFrame, known: pd.Series) -> list[list[int] | None]:
    """Return for each site which of how many it is at its position; None if alone."""
    here = sites[["lat", "lon"]].round(5).reset_index(drop=True)
    groups = here.groupby(["lat", "lon"], dropna=False)
    number = groups.cumcount().tolist()
    sizes = groups["lat"].transform("size").tolist()
    together = known.to_numpy() & (np.array(sizes) > 1)
    return [[k, n] if yes else None for k, n, yes in zip(number, sizes, together, strict=True)]


def letters(status: pd.DataFrame, entries: pd.Series) -> dict[str, str]:
    """Return the statuses of a day as one letter a site, for each axis, and its entry.

    Small letters count through the statuses of the axis; pilot models have a stage
    instead, in capitals. A hundred thousand sites make a hundred kilobytes before
    compression.
    """
    stage = status["stage"].cat.codes.to_numpy()
    statuses = {axis: _letters(status[axis], stage) for axis in ("outreach", "compliance")}
    return {**statuses, "entry": _letters(entries, np.full(len(entries), -1))}


def _letters(axis: pd.Series, stage: np.ndarray) -> str:
    """Return one letter a site: a stage where there is one, else the axis' status."""
    codes = np.where(stage >= 0, stage + ord("A"), axis.cat.codes.to_numpy() + ord("a"))
    return codes.astype(np.uint8).tobytes().decode("ascii")


def look(unit_codes: dict[str, list[str]]) -> dict[str, Any]:
    """Return the order in which the page counts through kinds, statuses and units."""
    return {
        "kinds": list(KINDS),
        "order": {**{a: list(s) for a, s in STATUSES.items()}, "entry": list(ENTRIES)},
        "units": unit_codes,
    }
