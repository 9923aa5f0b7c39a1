"""The answers of version 1 of the API: which tables there are, a page of one as GeoJSON, JSON, CSV.

Pure. Not here: the words of a question (``asking``), OGC API – Features (``ogc``), routes.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from geodata.outputs.open import features
from geodata.outputs.open.asking import ABOUT_SITES, COMMON, PAGED, Chosen, rows, table_of_units
from geodata.outputs.open.tables import Tables

JSON = "application/json"
GEOJSON = "application/geo+json"
CSV = "text/csv; charset=utf-8"


class Resource(NamedTuple):
    """What is answered at a name: a table (units: of the vintage asked for), and in which form."""

    table: str
    media_type: str
    words: tuple[str, ...]


RESOURCES: Mapping[str, Resource] = {
    "sites.geojson": Resource("sites", GEOJSON, (*COMMON, *ABOUT_SITES, *PAGED)),
    "units.geojson": Resource("units", GEOJSON, (*COMMON, "vintage", *PAGED)),
    "evidence.json": Resource("evidence", JSON, (*COMMON, *ABOUT_SITES, *PAGED)),
    "indicators.json": Resource("indicators", JSON, COMMON),
    "status.csv": Resource("status", CSV, (*COMMON, *ABOUT_SITES, *PAGED)),
}


class Page(NamedTuple):
    """An answer: its content, what it is, and headers that say more of it."""

    content: bytes
    media_type: str
    headers: Mapping[str, str] = {}


def answer(name: str, tables: Tables, metadata: Mapping[str, str], question: Chosen) -> Page:
    """Return one page of what is asked for.

    Parameters
    ----------
    name : str
        A key of `RESOURCES`.
    tables : Mapping
        As from `tables.tables_of`, of the day of the question.
    metadata : Mapping
        What the answer says of itself, as from `origin.facts`.
    question : Chosen
        Which rows.
    """
    resource = RESOURCES[name]
    table = table_of_units(question.view) if resource.table == "units" else resource.table
    every = rows(tables, table, question)
    page = every.iloc[question.offset : question.offset + question.limit]
    further = _next(question, len(every))
    headers = {"Link": f'<{further}>; rel="next"'} if further else {}
    if resource.media_type == CSV:
        return Page(features.csv(page, table), CSV, headers)
    counts: dict[str, Any] = {"numberMatched": len(every), "numberReturned": len(page)}
    if further:
        counts["links"] = [{"rel": "next", "href": further, "type": resource.media_type}]
    if resource.media_type == GEOJSON:
        content = features.geojson(features.features(page, table), metadata, **counts)
    else:
        listed = features.plain(page, table).to_dict("records")
        content = features.compact({"metadata": metadata, **counts, resource.table: listed})
    return Page(content, resource.media_type, headers)


def _next(question: Chosen, total: int) -> str | None:
    """Return the query of the next page, as seen from this one."""
    after = question.offset + question.limit
    return f"?{urlencode({**question.words, 'offset': after})}" if after < total else None
