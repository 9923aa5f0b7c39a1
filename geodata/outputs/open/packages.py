"""The data package: a release described for programs (Frictionless Data Package v2).

Not here: the files (``release``), or the catalogue for portals (``catalogue``).
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from geodata.core.text import in_each
from geodata.outputs.data.origin import LICENCE, licence, sources, title
from geodata.outputs.open.catalogue import description
from geodata.outputs.open.dictionary import Column, columns_of
from geodata.outputs.open.tables import KEYS, NAMES
from geodata.store import SIMULATED

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_SCHEMA = "https://datapackage.org/profiles/2.0/tableschema.json"
_DIALECT = {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True}


class Described(NamedTuple):
    """A file of a package: its name, titles, type, size and digest."""

    name: str
    title: Mapping[str, str]
    media_type: str
    size: int
    sha256: str


def document(about: Mapping[str, str], files: Sequence[Described]) -> bytes:
    """Return ``datapackage.json``.

    Parameters
    ----------
    about : Mapping
        Facts, as from `origin.facts`.
    files : sequence of Described
        All files of the package but this one and the catalogue.
    """
    simulated = about["workspace"] == SIMULATED
    titles, texts = in_each(title), in_each(description)
    terms = in_each(lambda: licence(simulated=simulated))
    licences = {"name": "CC-BY-4.0", "path": LICENCE, "title": " / ".join(terms.values())}
    if simulated:
        licences = {"name": "other-open", "title": " / ".join(terms.values())}
    origins = in_each(lambda: sources(simulated=simulated))
    whole = {
        "$schema": _PROFILE,
        "name": "hau-giang",
        "version": about["data_version"],
        "created": about["made_at"][:16] + ":00+07:00",
        "title": titles["vi"],
        "title_en": titles["en"],
        "description": texts["vi"],
        "description_en": texts["en"],
        "licenses": [licences],
        "sources": [{"title": text} for text in origins.values()],
        "contributors": [{"title": about.get("issued_by") or titles["vi"], "roles": ["publisher"]}],
        "as_of": about["as_of"],
        "known_at": about["known_at"],
        "plan": about["plan"],
        **({"seal": about["seal"]} if "seal" in about else {}),
        "resources": [_resource(file) for file in files],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def _resource(file: Described) -> dict[str, Any]:
    stem, _dot, kind = file.name.rpartition(".")
    given: dict[str, Any] = {
        "name": f"{stem}-{kind}".replace("_", "-"),
        "path": file.name,
        "title": file.title["vi"],
        "title_en": file.title["en"],
        "format": kind,
        "mediatype": file.media_type.partition(";")[0],
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
    }
    if kind == "csv" and stem in NAMES:
        given |= {"type": "table", "encoding": "utf-8-sig", "dialect": _DIALECT}
        given["schema"] = _schema(stem)
    return given


def _schema(table: str) -> dict[str, Any]:
    """Return what the columns of a table are."""
    fields = in_each(lambda: columns_of(table))
    pairs = zip(fields["vi"], fields["en"], strict=True)
    return {
        "$schema": _SCHEMA,
        "fields": [_field(*pair) for pair in pairs],
        "primaryKey": [KEYS[table]],
        "missingValues": [""],
    }


def _field(column: Column, english: Column) -> dict[str, Any]:
    texts = {
        "title": column.title,
        "title_en": english.title,
        "description": column.meaning,
        "description_en": english.meaning,
        "unit": column.unit,
    }
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.values is not None:
        constraints["enum"] = list(column.values)
    given = {"name": column.name, "type": column.type, **texts, "constraints": constraints}
    return {name: value for name, value in given.items() if value}
