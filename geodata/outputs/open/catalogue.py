"""The catalogue of open data in DCAT-AP 3, as JSON-LD: one dataset, its files or its services.

Not here: the files (``release``), or what columns mean (``dictionary``).
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from geodata.core.text import _, in_each
from geodata.outputs.data.origin import licence, sources, title
from geodata.outputs.open.answers import RESOURCES, Page
from geodata.outputs.open.dictionary import table_title
from geodata.outputs.open.tables import NAMES
from geodata.store import SIMULATED

MEDIA_TYPE = "application/ld+json"

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "adms": "http://www.w3.org/ns/adms#",
}
_MEDIA = "https://www.iana.org/assignments/media-types/"
_LANGUAGES = {
    "vi": "http://publications.europa.eu/resource/authority/language/VIE",
    "en": "http://publications.europa.eu/resource/authority/language/ENG",
}
_SPECIFICATION = "http://www.opengis.net/doc/IS/ogcapi-features-1/1.0"


class Distribution(NamedTuple):
    """A file, or an address that answers like one; of the latter nobody knows the size."""

    title: Mapping[str, str]
    url: str
    media_type: str
    size: int | None = None


def description() -> str:
    """Return in a few sentences what the data is."""
    return _(
        "Industrial parks and clusters, craft villages, supermarkets and pilot models of the "
        "former province of Hậu Giang: where they are, what dated evidence shows of each, and the "
        "targets of the plan. “No data” means that nothing is on record, not that nothing was "
        "done."
    )


def document(
    about: Mapping[str, str],
    distributions: Iterable[Distribution],
    here: str = "",
    services: Iterable[dict[str, Any]] = (),
) -> bytes:
    """Return the catalogue.

    Parameters
    ----------
    about : Mapping
        Facts, as from `origin.facts`; its days and data version are used.
    distributions : iterable of Distribution
        What can be had; addresses may be relative to that of the catalogue.
    here : str
        The address of the catalogue; empty where it is not known.
    services : iterable of dict
        What answers questions, as `services_of` gives them.
    """
    simulated = about["workspace"] == SIMULATED
    publisher = {"@type": "foaf:Agent", "foaf:name": about.get("issued_by") or title()}
    terms = in_each(lambda: licence(simulated=simulated))
    head = {
        "dct:title": _tagged(in_each(title)),
        "dct:description": _tagged(in_each(description)),
        "dct:publisher": publisher,
        "dct:language": [{"@id": address} for address in _LANGUAGES.values()],
        "dct:modified": {"@value": f"{about['made_at'][:16]}:00+07:00", "@type": "xsd:dateTime"},
        "dct:license": {"@type": "dct:LicenseDocument", "rdfs:label": _tagged(terms)},
    }
    dataset = {
        **head,
        "@id": f"{here}#{about['data_version']}-{about['as_of']}",
        "@type": "dcat:Dataset",
        "dct:identifier": f"{about['data_version']} {about['as_of']}",
        "dcat:version": about["data_version"],
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:endDate": {"@value": about["as_of"], "@type": "xsd:date"},
        },
        "dct:provenance": {
            "@type": "dct:ProvenanceStatement",
            "rdfs:label": _tagged(in_each(lambda: sources(simulated=simulated))),
        },
        "dcat:distribution": [_distribution(one, terms) for one in distributions],
    }
    every = [{"@id": f"{here}#catalogue", "@type": "dcat:Catalog", **head}, dataset, *services]
    every[0]["dcat:dataset"] = {"@id": dataset["@id"]}
    if len(every) > 2:  # noqa: PLR2004 - beside catalogue and dataset
        every[0]["dcat:service"] = [{"@id": service["@id"]} for service in every[2:]]
    whole = {"@context": _CONTEXT, "@graph": every}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def _tagged(texts: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"@value": text, "@language": code} for code, text in texts.items()]


def _distribution(one: Distribution, terms: Mapping[str, str]) -> dict[str, Any]:
    media_type = one.media_type.partition(";")[0]
    given: dict[str, Any] = {
        "@type": "dcat:Distribution",
        "dct:title": _tagged(one.title),
        "dcat:accessURL": {"@id": one.url},
        "dcat:mediaType": {"@id": _MEDIA + media_type},
        "dct:license": {"@type": "dct:LicenseDocument", "rdfs:label": _tagged(terms)},
    }
    if one.size is not None:
        given["dcat:downloadURL"] = {"@id": one.url}
        given["dcat:byteSize"] = {"@value": str(one.size), "@type": "xsd:nonNegativeInteger"}
    return given


def services_of(base: str) -> list[dict[str, Any]]:
    """Return the two services of a server; `base` is the address of its API."""
    described = {"dcat:endpointDescription": {"@id": f"{base}/v1/openapi.json"}}
    named = {"v1": in_each(lambda: _("Open data for programs")), "ogc": in_each(lambda: _OGC)}
    return [
        {
            "@id": f"{base}/{name}",
            "@type": "dcat:DataService",
            "dct:title": _tagged(texts),
            "dcat:endpointURL": {"@id": f"{base}/{name}"},
            **described,
            **({"dct:conformsTo": {"@id": _SPECIFICATION}} if name == "ogc" else {}),
        }
        for name, texts in named.items()
    ]


_OGC = "OGC API – Features"


def page(base: str, about: Mapping[str, str]) -> Page:
    """Return the catalogue of a server, whose API has the address `base`."""
    listed = [
        Distribution(
            in_each(lambda table=resource.table: _titled(table)),  # type: ignore[misc]
            f"{base}/v1/{name}",
            resource.media_type,
        )
        for name, resource in RESOURCES.items()
    ]
    here = f"{base}/v1/catalog.jsonld"
    return Page(document(about, listed, here, services_of(base)), MEDIA_TYPE)


def _titled(table: str) -> str:
    return table_title(table) if table in NAMES else _("Units")
