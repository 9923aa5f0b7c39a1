"""OGC API – Features (core, GeoJSON) with coordinate systems (part 2): its documents and pages.

The collections are `tables.PLACED`. By hand, for pygeoapi would need a provider of ours, and a
configuration that knows no rights (ADR 9). Not here: the OpenAPI document (``interface``), routes.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.core.text import _
from geodata.geography import coordinates
from geodata.outputs.data.origin import LICENCE, title
from geodata.outputs.open import features
from geodata.outputs.open.answers import GEOJSON, JSON, Page
from geodata.outputs.open.asking import (
    ABOUT_SITES,
    COMMON,
    PAGED,
    Chosen,
    NothingThereError,
    read,
    rows,
)
from geodata.outputs.open.catalogue import description
from geodata.outputs.open.dictionary import table_meaning, table_title
from geodata.outputs.open.tables import KEYS, PLACED, UNITS, Tables

_CONF = "http://www.opengis.net/spec/ogcapi-features"
CONFORMANCE = (
    f"{_CONF}-1/1.0/conf/core",
    f"{_CONF}-1/1.0/conf/geojson",
    f"{_CONF}-2/1.0/conf/crs",
)
USUAL = 1_000
"""Features of one page where no limit is asked for."""
FORMAT = ("f", "lang")
OPENAPI = "application/vnd.oai.openapi+json;version=3.1"

_CRS = "http://www.opengis.net/def/crs"
CRS84 = f"{_CRS}/OGC/1.3/CRS84"
_VN2000 = f"{_CRS}/EPSG/0/5897"
_EVER = (pd.Timestamp("1900-01-01"), pd.Timestamp("2200-01-01"))
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2}))?")


class _System(NamedTuple):
    """A coordinate system: from and to degrees east and north, and the decimals that it needs."""

    project: Callable[[np.ndarray], np.ndarray]
    back: Callable[[np.ndarray], np.ndarray]
    decimals: int


def _same(points: np.ndarray) -> np.ndarray:
    return points


def _turned(points: np.ndarray) -> np.ndarray:
    return points[:, ::-1]


def _to_grid(points: np.ndarray) -> np.ndarray:
    grid = coordinates.to_vn2000(*points.T)
    return np.column_stack([grid.east_y, grid.north_x])


def _from_grid(points: np.ndarray) -> np.ndarray:
    east, north = points.T
    given = coordinates.GridPosition(north_x=north, east_y=east)
    return np.column_stack(coordinates.from_vn2000(given))


SYSTEMS: Mapping[str, _System] = {
    CRS84: _System(_same, _same, features.DECIMALS),
    f"{_CRS}/EPSG/0/4326": _System(_turned, _turned, features.DECIMALS),
    _VN2000: _System(_to_grid, _from_grid, 3),
}
"""Coordinate systems of answers, each in the order of its own axes: of 4326 north comes first."""


def words_of_items(table: str) -> tuple[str, ...]:
    """Return the words that a page of a collection takes."""
    narrowed = ABOUT_SITES if table in ("sites", "evidence") else ()
    return ("f", *COMMON, *PAGED, "bbox-crs", "crs", "datetime", *narrowed)


WORDS_OF_ITEM = ("f", *COMMON, "crs")


# --- documents ---------------------------------------------------------------------------------


def landing(base: str) -> Page:
    """Return the landing page; `base` is the address of the API, without a slash at its end."""
    links = [
        _link(f"{base}/ogc", "self", JSON, _("This page")),
        _link(f"{base}/v1/openapi.json", "service-desc", OPENAPI, "OpenAPI 3.1"),
        _link(f"{base}/ogc/conformance", "conformance", JSON, _("What it conforms to")),
        _link(f"{base}/ogc/collections", "data", JSON, _("The collections")),
    ]
    return _page({"title": title(), "description": description(), "links": links})


def conformance() -> Page:
    """Return the classes that are conformed to."""
    return _page({"conformsTo": CONFORMANCE})


def collections(base: str, tables: Tables) -> Page:
    """Return what collections there are."""
    here = f"{base}/ogc/collections"
    listed = [_collection(base, tables, table) for table in PLACED]
    links = [_link(here, "self", JSON, _("The collections"))]
    return _page({"links": links, "collections": listed, "crs": [*SYSTEMS]})


def collection(base: str, tables: Tables, table: str) -> Page:
    """Return what one collection is."""
    return _page(_collection(base, tables, required(table)))


def required(table: str) -> str:
    """Return the name of a collection that there is.

    Raises
    ------
    NothingThereError
        If there is none of that name.
    """
    if table not in PLACED:
        raise NothingThereError(_("There is no such collection."))
    return table


def _collection(base: str, tables: Tables, table: str) -> dict[str, Any]:
    here = f"{base}/ogc/collections/{table}"
    frame: Any = tables[table]
    placed = frame.geometry.dropna()
    extent: dict[str, Any] = {}
    if len(placed):
        extent["spatial"] = {"bbox": [placed.total_bounds.tolist()], "crs": CRS84}
    if table == "evidence" and frame["event_date"].notna().any():
        ends = (frame["event_date"].min(), frame["event_date"].max())
        extent["temporal"] = {"interval": [[f"{day:%Y-%m-%d}T00:00:00Z" for day in ends]]}
    return {
        "id": table,
        "title": table_title(table),
        "description": table_meaning(table),
        "itemType": "feature",
        "extent": extent,
        "crs": [*SYSTEMS],
        "storageCrs": CRS84,
        "links": [
            _link(here, "self", JSON, table_title(table)),
            _link(f"{here}/items", "items", GEOJSON, table_title(table)),
            _link(LICENCE, "license", "text/html", "CC BY 4.0"),
        ],
    }


def _link(href: str, rel: str, media_type: str, title: str) -> dict[str, str]:
    return {"href": href, "rel": rel, "type": media_type, "title": title}


def _page(answer: Any, media_type: str = JSON, **headers: str) -> Page:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return Page(features.compact(answer), media_type, named)


# --- features ----------------------------------------------------------------------------------


def items(base: str, tables: Tables, table: str, question: Chosen) -> Page:
    """Return a page of features.

    Parameters
    ----------
    base : str
        The address of the API.
    tables : Mapping
        As from `tables.tables_of`, of the day of the question.
    table : str
        One of `PLACED`.
    question : Chosen
        Which rows; of its words ``crs``, ``bbox-crs`` and ``datetime`` are read here.

    Raises
    ------
    WrongCallError
        If one of these cannot be used.
    """
    words = question.words
    if question.box is not None and "bbox-crs" in words:
        system = _system("bbox-crs", words["bbox-crs"])
        inside = read("bbox", words["bbox"], lambda text: _box_in(text, system))
        question = replace(question, box=inside)
    every = rows(tables, table, question)
    if "datetime" in words:
        every = every[_during(every, table, read("datetime", words["datetime"], _span))]
    page: Any = every.iloc[question.offset : question.offset + question.limit]
    here = f"{base}/ogc/collections/{table}"
    links = [
        _link(_with(f"{here}/items", words), "self", GEOJSON, table_title(table)),
        _link(here, "collection", JSON, table_title(table)),
    ]
    after = question.offset + question.limit
    if after < len(every):
        more = {**words, "offset": str(after)}
        links.append(_link(_with(f"{here}/items", more), "next", GEOJSON, _("Next page")))
    counts = {"numberMatched": len(every), "numberReturned": len(page), "links": links}
    return _placed(counts | {"type": "FeatureCollection"}, page, table, words, several=True)


def item(base: str, tables: Tables, table: str, key: str, words: Mapping[str, str]) -> Page:
    """Return one feature.

    Raises
    ------
    NothingThereError
        If there is none of that key that all may see.
    """
    frame: Any = tables[table]
    row = frame[(frame[KEYS[table]] == key).to_numpy(dtype=bool)]
    if row.empty:
        raise NothingThereError(_("There is nothing of that code in this collection."))
    here = f"{base}/ogc/collections/{table}"
    links = [
        _link(f"{here}/items/{quote(key, safe='')}", "self", GEOJSON, table_title(table)),
        _link(here, "collection", JSON, table_title(table)),
    ]
    return _placed({"links": links}, row, table, words, several=False)


def _placed(
    head: dict[str, Any],
    page: gpd.GeoDataFrame,
    table: str,
    words: Mapping[str, str],
    *,
    several: bool,
) -> Page:
    """Return features in the coordinate system that is asked for, which a header names."""
    crs = words.get("crs", CRS84)
    system = _system("crs", crs)
    given = features.features(page, table, system.project, system.decimals)
    answer = {**head, "features": given} if several else {**given[0], **head}
    return _page(answer, GEOJSON, Content_Crs=f"<{crs}>")


def _with(address: str, words: Mapping[str, str]) -> str:
    return f"{address}?{urlencode(words)}" if words else address


def _system(name: str, crs: str) -> _System:
    return SYSTEMS[read(name, crs, _known)]


def _known(crs: str) -> str:
    if crs not in SYSTEMS:
        raise ValueError
    return crs


def _box_in(text: str, system: _System) -> Any:
    """Return the box around what is a box in another coordinate system."""
    numbers = [float(number) for number in text.split(",")]
    half = len(numbers) // 2
    (one, other), (three, four) = numbers[:2], numbers[half : half + 2]
    corners = system.back(np.array([[one, other], [one, four], [three, other], [three, four]]))
    if not np.isfinite(corners).all():
        raise ValueError
    return shapely.box(*corners.min(axis=0), *corners.max(axis=0))


def _during(frame: pd.DataFrame, table: str, span: tuple[date | None, date | None]) -> Any:
    """Return which rows are of a moment or a span of time; all of what knows no time."""
    if table == "evidence":
        since = until = frame["event_date"]
    elif table in UNITS.values():
        since = frame["valid_from"].fillna(_EVER[0])
        until = frame["valid_to"].fillna(_EVER[1])
    else:
        return np.ones(len(frame), dtype=bool)
    start, end = span
    kept = since.notna()
    kept &= (until >= pd.Timestamp(start)) if start else True
    kept &= (since <= pd.Timestamp(end)) if end else True
    return kept.to_numpy(dtype=bool)


def _span(text: str) -> tuple[date | None, date | None]:
    """Return first and last day of a moment or span as RFC 3339 writes them; None is open."""
    first, slash, last = text.partition("/")
    start, end = _day(first), _day(last if slash else first)
    if start is end is None or (start and end and start > end):
        raise ValueError
    return start, end


def _day(text: str) -> date | None:
    if text in ("", ".."):
        return None
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise ValueError
    return date.fromisoformat(match[1])
