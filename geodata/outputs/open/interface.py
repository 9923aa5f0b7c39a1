"""The OpenAPI 3.1 document of the API, made from what is answered and from the data dictionary.

Not here: the answers (``answers``, ``ogc``).
"""

from collections.abc import Iterable
from typing import Any

from geodata.core.text import LANGUAGE, LANGUAGES, _
from geodata.geography.units import Vintage
from geodata.outputs.data.origin import LICENCE, title
from geodata.outputs.open import answered, ogc
from geodata.outputs.open.answers import GEOJSON, JSON, RESOURCES, Page
from geodata.outputs.open.asking import COMMON, MOST
from geodata.outputs.open.catalogue import MEDIA_TYPE as JSON_LD
from geodata.outputs.open.catalogue import description
from geodata.outputs.open.dictionary import Column, columns_of, table_meaning, table_title
from geodata.outputs.open.features import compact
from geodata.outputs.open.tables import NAMES, PLACED, UNITS
from geodata.reading.view import AXES, statuses
from geodata.register import reports
from geodata.register.sites import KINDS

VERSION = "1.0.0"
PROBLEM = "application/problem+json"

_COLLECTION = {"name": "collection", "in": "path", "required": True}
_ITEM = {"name": "item", "in": "path", "required": True, "schema": {"type": "string"}}


def page(base: str, *, takes_reports: bool = False) -> Page:
    """Return the document; `base` is the address of the API, without a slash at its end.

    `takes_reports` says whether the public may send reports there.
    """
    paths = {f"/v1/{name}": _path(name) for name in RESOURCES}
    document = {
        "openapi": "3.1.0",
        "info": {
            "title": title(),
            "version": VERSION,
            "description": description(),
            "license": {"name": "CC BY 4.0", "url": LICENCE},
        },
        "servers": [{"url": base}],
        "paths": paths | _documents() | _ogc() | (_reports() if takes_reports else {}),
        "components": {
            "parameters": _parameters(),
            "schemas": {name: _row(name) for name in NAMES} | _shapes(),
            "responses": _refusals(),
        },
    }
    return Page(compact(document), ogc.OPENAPI)


def _path(name: str) -> dict[str, Any]:
    resource = RESOURCES[name]
    table = resource.table if resource.table in NAMES else UNITS[Vintage.Y2025]
    schema: dict[str, Any] = {"type": "string"}
    if resource.media_type == GEOJSON:
        schema = {"$ref": "#/components/schemas/FeatureCollection"}
    elif resource.media_type == JSON:
        rows = {"type": "array", "items": {"$ref": f"#/components/schemas/{table}"}}
        schema = {"type": "object", "required": [table], "properties": {table: rows}}
    form = resource.media_type.partition(";")[0], schema
    return _get(name, table_meaning(table), resource.words, form)


def _documents() -> dict[str, Any]:
    """Return what version 1 has besides tables: this document, the catalogue, the answers."""
    anything = {"type": "object"}
    return {
        "/v1/openapi.json": _get("openapi", _("This document"), ["lang"], (ogc.OPENAPI, anything)),
        "/v1/catalog.jsonld": _get(
            "catalogue", _("The catalogue (DCAT-AP 3)"), COMMON, (JSON_LD, anything)
        ),
        f"/v1/{answered.NAME}": _get(
            "reportAnswers",
            _("What the office answered to reports of the public"),
            ["lang"],
            (JSON, answered.schema()),
        ),
    }


def _ogc() -> dict[str, Any]:
    """Return OGC API – Features."""
    anything = {"type": "object", "required": ["links"]}
    path = {**_COLLECTION, "schema": {"type": "string", "enum": [*PLACED]}}
    several = {"$ref": "#/components/schemas/FeatureCollection"}
    words = ogc.words_of_items("sites")
    return {
        "/ogc": _get("landing", _("Landing page"), ogc.FORMAT, (JSON, anything)),
        "/ogc/conformance": _get(
            "conformance", _("What it conforms to"), ogc.FORMAT, (JSON, {"type": "object"})
        ),
        "/ogc/collections": _get("collections", _("The collections"), ogc.FORMAT, (JSON, anything)),
        "/ogc/collections/{collection}": _get(
            "describe", _("A collection"), ogc.FORMAT, (JSON, anything), [path]
        ),
        "/ogc/collections/{collection}/items": _get(
            "items", _("Its features"), words, (GEOJSON, several), [path]
        ),
        "/ogc/collections/{collection}/items/{item}": _get(
            "item",
            _("A feature"),
            ogc.WORDS_OF_ITEM,
            (GEOJSON, {"$ref": "#/components/schemas/Feature"}),
            [path, _ITEM],
        ),
    }


def _get(
    name: str,
    summary: str,
    words: Iterable[str],
    form: tuple[str, dict[str, Any]],
    path: Iterable[dict[str, Any]] = (),
) -> dict[str, Any]:
    """Return a path that can be read."""
    asked = [{"$ref": f"#/components/parameters/{word}"} for word in words]
    refused = {"400": "Refused", "404": "Missing", "429": "Busy", "503": "Unready"}
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": [*path, *asked],
            "responses": {
                "200": {
                    "description": summary,
                    "headers": {"ETag": {"schema": {"type": "string"}}},
                    "content": {form[0]: {"schema": form[1]}},
                },
                "304": {"description": _("Unchanged since it was last sent")},
                **{c: {"$ref": f"#/components/responses/{r}"} for c, r in refused.items()},
            },
        }
    }


def _reports() -> dict[str, Any]:
    """Return the one path that something can be sent to."""
    text = {"type": "string"}
    report = {
        "type": "object",
        "required": ["site", "topic", "words"],
        "additionalProperties": False,
        "properties": {
            "site": text,
            "topic": {"type": "string", "enum": [*reports.TOPICS]},
            "words": {**text, "minLength": reports.LEAST_WORDS, "maxLength": reports.MOST_WORDS},
            "contact": {**text, "maxLength": reports.MOST_CONTACT},
            "photo": {**text, "contentEncoding": "base64"},
        },
    }
    number = {"type": "object", "required": ["number"], "properties": {"number": text}}
    content = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    untaken = {"description": _("The report cannot be taken"), "content": content}
    return {
        "/v1/reports": {
            "post": {
                "operationId": "report",
                "summary": _("Report that something about a site is wrong"),
                "description": _("Reports go to the office; nothing on the map changes by them."),
                "parameters": [{"$ref": "#/components/parameters/lang"}],
                "requestBody": {"required": True, "content": {JSON: {"schema": report}}},
                "responses": {
                    "201": {
                        "description": _("Handed over to the office"),
                        "content": {JSON: {"schema": number}},
                    },
                    **dict.fromkeys(("400", "404", "408", "413", "415", "429", "503"), untaken),
                },
            }
        }
    }


# --- what is asked -----------------------------------------------------------------------------


def _parameters() -> dict[str, Any]:
    every = sorted({key for axis in AXES for key in statuses(axis)})
    numbers = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 6}
    most = _("Rows of an answer, at most {most}.").format(most=MOST)
    systems = {"type": "string", "enum": [*ogc.SYSTEMS]}
    given: dict[str, tuple[dict[str, Any], str]] = {
        "as_of": ({"type": "string", "format": "date"}, _("The day looked at, not after today.")),
        "lang": ({"enum": [*LANGUAGES], "default": LANGUAGE}, _("The language of words.")),
        "kind": (_list(KINDS), _("Kinds of site.")),
        "axis": ({"enum": [*AXES], "default": "outreach"}, _("What `status` is about.")),
        "status": (_list(every), _("Statuses on the axis, or stages of pilot models.")),
        "unit": ({"type": "string"}, _("The code of a unit, of the structure `vintage`.")),
        "vintage": (
            {"enum": [vintage.value for vintage in Vintage]},
            _("The structure of units: that of the day, unless it is named."),
        ),
        "bbox": (numbers, _("West, south, east, north.")),
        "limit": ({"type": "integer", "minimum": 1}, most),
        "offset": ({"type": "integer", "minimum": 0}, _("How many rows to leave out.")),
        "f": ({"enum": ["json"]}, _("The form of the answer.")),
        "crs": (systems, _("The coordinate system of the answer.")),
        "bbox-crs": (systems, _("The coordinate system of the box.")),
        "datetime": ({"type": "string"}, _("A moment or a span of time, as RFC 3339 has it.")),
    }
    several = {"style": "form", "explode": False}
    return {
        name: {
            "name": name,
            "in": "query",
            "description": meaning,
            "schema": {"type": "string", **schema},
            **(several if schema.get("type") == "array" else {}),
        }
        for name, (schema, meaning) in given.items()
    }


def _list(values: Iterable[str]) -> dict[str, Any]:
    return {"type": "array", "items": {"type": "string", "enum": [*values]}, "minItems": 1}


# --- what is answered --------------------------------------------------------------------------


def _row(table: str) -> dict[str, Any]:
    """Return what a row of a table is."""
    cells = {column.name: _cell(column) for column in columns_of(table)}
    return {"type": "object", "title": table_title(table), "properties": cells}


def _cell(column: Column) -> dict[str, Any]:
    kind = "string" if column.type == "date" else column.type
    given: dict[str, Any] = {"type": [kind, "null"], "title": column.title}
    if column.type == "date":
        given["format"] = "date"
    if meaning := " ".join(filter(None, (column.meaning, column.unit))):
        given["description"] = meaning
    if column.values is not None:
        given["enum"] = [*column.values, None]
    return given


def _shapes() -> dict[str, Any]:
    point = {"type": ["object", "null"], "required": ["type", "coordinates"]}
    feature = {
        "type": "object",
        "required": ["type", "geometry", "properties"],
        "properties": {
            "type": {"const": "Feature"},
            "id": {"type": "string"},
            "geometry": point,
            "properties": {"type": "object"},
        },
    }
    several = {"type": "array", "items": {"$ref": "#/components/schemas/Feature"}}
    return {
        "Feature": feature,
        "FeatureCollection": {
            "type": "object",
            "required": ["type", "features", "numberMatched", "numberReturned"],
            "properties": {
                "type": {"const": "FeatureCollection"},
                "numberMatched": {"type": "integer"},
                "numberReturned": {"type": "integer"},
                "features": several,
            },
        },
        "Problem": {
            "type": "object",
            "required": ["type", "title", "status", "detail"],
            "properties": {
                "type": {"type": "string"},
                "title": {"type": "string"},
                "status": {"type": "integer"},
                "detail": {"type": "string"},
            },
        },
    }


def _refusals() -> dict[str, Any]:
    content = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    given = {
        "Refused": _("The question cannot be answered"),
        "Missing": _("There is nothing here"),
        "Busy": _("Too much is asked at once"),
        "Unready": _("The data cannot be read now"),
    }
    return {name: {"description": text, "content": content} for name, text in given.items()}
