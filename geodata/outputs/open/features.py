"""Rows of open data as GeoJSON, JSON and CSV: values as the dictionary says, the same each time.

Not here: which rows (``asking``), links and pages of answers (``answers``, ``collections``).
"""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import shapely

from geodata.outputs.open.dictionary import columns_of
from geodata.outputs.open.tables import KEYS
from geodata.outputs.sheets import csv_columns

DECIMALS = 8  # of a degree: a millimetre
Project = Callable[[np.ndarray], np.ndarray]


def plain(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """Return a table in the dictionary's order with values that JSON has; days are ISO.

    Whole numbers are ints, what is missing is None, places are left out.
    """
    given = {column.name: _plain(frame[column.name], column.type) for column in columns_of(table)}
    return pd.DataFrame(given, dtype=object)


def _plain(values: pd.Series, kind: str) -> list[Any]:
    cells: list[Any] = _cells(values, kind).to_pylist()
    return cells


def _cells(values: pd.Series, kind: str) -> pa.Array | pa.ChunkedArray:
    """Return a column with values that JSON has; long ones quickly, by Arrow."""
    if kind == "date":
        days = pa.array(values.to_numpy(dtype="datetime64[D]"), pa.date32(), from_pandas=True)
        return days.cast(pa.large_string())
    made = {"integer": pa.int64(), "number": pa.float64()}.get(kind, pa.large_string())
    plain = values.astype("string") if made == pa.large_string() else values
    return pa.array(plain, made, from_pandas=True)


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
    columns = columns_of(table)
    cells = [_text(_cells(frame[one.name], one.type), one.type) for one in columns]
    return csv_columns([one.name for one in columns], cells)


def _text(cells: pa.Array | pa.ChunkedArray, kind: str) -> pa.Array | pa.ChunkedArray:
    """Return cells as texts; a number as short as it is exact, and never with an exponent."""
    if kind != "number":
        return cells.cast(pa.large_string())
    texts = [None if value is None else _digits(value) for value in cells.to_pylist()]
    return pa.array(texts, pa.large_string())


def _digits(value: float) -> str:
    text = repr(value)
    return np.format_float_positional(value, trim="-") if "e" in text else text.removesuffix(".0")
