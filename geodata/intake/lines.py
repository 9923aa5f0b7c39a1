"""The file of waters and roads that an administrator supplies: read, or refused with a sentence.

Not here: how fine lines have to be (``geography.lines``) or how they are drawn (``layers``).
"""

import logging
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.core.errors import DataError
from geodata.core.names import fold
from geodata.core.text import _
from geodata.geography import context
from geodata.geography.coordinates import WGS84
from geodata.geography.lines import CLASSES, fitted
from geodata.simulation.lines import invented

LARGEST = 200_000_000  # bytes
ENDINGS = (".gpkg", ".geojson", ".json")

_WORDS = {
    "song": "river",
    "kenh": "canal",
    "rach": "canal",
    "cao toc": "expressway",
    "duong cao toc": "expressway",
    "quoc lo": "national",
    "duong tinh": "provincial",
    "tinh lo": "provincial",
    "pha": "ferry",
}


class Lines(NamedTuple):
    """Lines with ``class`` and ``name`` in EPSG:4326; ``left_out`` counts other classes."""

    frame: gpd.GeoDataFrame
    left_out: dict[str, int]


def read(path: Path) -> Lines:
    """Return the lines of a GeoPackage or GeoJSON, of all its layers that have a ``class``.

    Parameters
    ----------
    path
        ``class`` is one of `geography.lines.CLASSES` or the Vietnamese word for it, ``name`` is
        optional; any coordinate system the file names.

    Returns
    -------
    lines
        Those that reach into `context.FRAME`, as written.

    Raises
    ------
    DataError
        If the file is missing, too large or unreadable, or nothing in it can be drawn.
    """
    if not path.is_file():
        raise DataError(_("There is no file of waters and roads at {path}.").format(path=path))
    if path.suffix.lower() not in ENDINGS or path.stat().st_size > LARGEST:
        raise DataError(
            _("{path} cannot be drawn: give a GeoPackage or GeoJSON of at most 200 MB.").format(
                path=path
            )
        )
    try:
        layers = [_layer(path, str(name)) for name, _kind in pyogrio.list_layers(path)]
        every = [layer for layer in layers if layer is not None]
        rows = pd.concat(every, ignore_index=True) if every else None
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as error:
        words = _("{path} cannot be read as a map: {reason}")
        raise DataError(words.format(path=path, reason=error)) from error
    if rows is None:
        words = _("{path} has no column “class” (one of: {known}).")
        raise DataError(words.format(path=path, known=", ".join(CLASSES)))
    return _sorted(path, rows)


def drawn(path: Path | None, sample: BaseGeometry | None) -> gpd.GeoDataFrame | None:
    """Return waters and roads as a map draws them: of a file, else invented ones across an area.

    A file that cannot be drawn costs its lines and not the map; ``doctor`` says what is wrong.

    Parameters
    ----------
    path
        The file, if one is named.
    sample
        The area of a simulated workspace, EPSG:4326; real data has no invented lines.
    """
    if path and path.exists():
        try:
            return fitted(read(path).frame)
        except DataError:
            logging.getLogger(__name__).exception("The file of waters and roads is not drawn")
    return None if sample is None else fitted(invented(sample))


def _layer(path: Path, name: str) -> gpd.GeoDataFrame | None:
    """Return a layer's lines in EPSG:4326; None for one without shapes or classes."""
    rows = gpd.read_file(path, layer=name, engine="pyogrio")
    columns = {str(column).strip().lower(): column for column in rows.columns}
    if not isinstance(rows, gpd.GeoDataFrame) or "class" not in columns:
        return None
    if rows.crs is None:
        raise ValueError(_("layer “{name}” does not say its coordinate system").format(name=name))
    rows = rows.to_crs(WGS84)
    named = rows[columns["name"]].astype("string") if "name" in columns else pd.NA
    kinds = rows[columns["class"]].astype("string")
    table = {"class": kinds, "name": named, "geometry": shapely.force_2d(rows.geometry.to_numpy())}
    return gpd.GeoDataFrame(table, index=rows.index, crs=WGS84)


def _sorted(path: Path, rows: gpd.GeoDataFrame) -> Lines:
    """Return what can be drawn, by class, and how much of what else there is."""
    written = rows["class"].fillna("")
    kind = written.map(lambda word: _WORDS.get(fold(word), word.strip().lower()))
    known = kind.isin(CLASSES)
    left_out = dict(Counter(written[~known].tolist()))
    shapes = rows.geometry
    lines = shapes.notna() & ~shapes.is_empty & ~shapes.geom_type.str.endswith("Point", na=True)
    near = shapes.intersects(shapely.box(*context.FRAME))
    drawn = rows.assign(**{"class": kind})[known & lines & near]
    if drawn.empty:
        words = _("Nothing in {path} can be drawn near the province: class one of {known}.")
        raise DataError(words.format(path=path, known=", ".join(CLASSES)))
    return Lines(drawn.reset_index(drop=True), left_out)
