"""Rows of open data as GeoJSON, JSON and CSV: values as the dictionary says, the same each time.

Not here: which rows (``asking``), links and pages of answers (``answers``, ``collections``).
"""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.outputs.open.dictionary import columns_of
from geodata.outputs.open.tables import KEYS
from geodata.outputs.sheets import csv_file

DECIMALS = 8  # of a degree: a millimetre
Project = Callable[[np.ndarray], np.ndarray]


def plain(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """Return a table in the dictionary's order with values that JSON has; days are ISO.

    Whole numbers are ints, what is missing is None, places are left out.
    """
    given = {column.name: _plain(frame[column.name], column.type) for column in columns_of(table)}
    return pd.DataFrame(given, dtype=object)


def _plain(values: pd.Series, kind: str) -> list[Any]:
    if kind == "date":
        values = values.dt.strftime("%Y-%m-%d")
    make = {"integer": int, "number": float}.get(kind, str)
    return [None if missing else make(v) for v, missing in zip(values, values.isna(), strict=True)]


def features(
    frame: gpd.GeoDataFrame, table: str, project: Project | None = None, decimals: int = DECIMALS
) -> list[dict[str, Any]]:
    """Return rows as GeoJSON features, in the order of the table.

    Parameters
    ----------
    frame : GeoDataFrame
        In EPSG:4326; outlines are turned as RFC 7946 has them.
    table : str
        One of `tables.PLACED`.
    project : callable, optional
        From degrees east and north to other coordinates, in the order in which they are sent.
    decimals : int
        Of a coordinate.
    """

    def moved(points: np.ndarray) -> np.ndarray:
        return np.round(project(points) if project else points, decimals)

    shapes = shapely.transform(shapely.orient_polygons(frame.geometry.to_numpy()), moved)
    properties = plain(frame, table).drop(columns=["lat", "lon"], errors="ignore")
    return [
        {
            "type": "Feature",
            "id": cells[KEYS[table]],
            "geometry": None if shape is None else _geometry(shape),
            "properties": cells,
        }
        for shape, cells in zip(shapes, properties.to_dict("records"), strict=True)
    ]


def _geometry(shape: Any) -> dict[str, Any]:
    given: dict[str, Any] = shapely.geometry.mapping(shape)
    return given


def geojson(
    rows: Iterable[Mapping[str, Any]], metadata: Mapping[str, Any], **members: Any
) -> bytes:
    """Return features as a collection that says of itself where it comes from (RFC 7946, 6.1)."""
    whole = {"type": "FeatureCollection", "metadata": metadata, **members, "features": [*rows]}
    return compact(whole)


def compact(answer: Any) -> bytes:
    """Return an answer as JSON in UTF-8 without spaces."""
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()


def csv(frame: pd.DataFrame, table: str) -> bytes:
    """Return a table as UTF-8 with BOM, so that Excel reads it; no cell starts a formula."""
    text = plain(frame, table)
    rows = text.map(lambda value: "" if value is None else _text(value)).itertuples(index=False)
    return csv_file(text.columns, rows)


def _text(value: Any) -> str:
    return np.format_float_positional(value, trim="-") if isinstance(value, float) else str(value)
