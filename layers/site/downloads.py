"""What can be taken home: the data as files, and the page that lists them.

Not here: the formats (``geodata.outputs.data``), or what is public in them (``register``).
"""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from geodata.core.text import LANGUAGE, _, day, language, number, speaking
from geodata.outputs.data import exchange, template
from geodata.outputs.data.origin import Provenance, licence
from geodata.outputs.figure import sources
from layers.site import leaf
from layers.site.edition import Edition
from layers.site.sites import data_block

TEMPLATE = "mau-nhap-lieu.xlsx"
_TABLES = {"sites": "co-so", "evidence": "minh-chung"}


def files(edition: Edition) -> dict[str, bytes]:
    """Return the open data of an edition by file name; the one place to take a release instead.

    Words in workbooks are Vietnamese: they are what an office sends in again.
    """
    with speaking(LANGUAGE):
        made_at = datetime.combine(edition.day, time())  # of the day alone: equal data, equal files
        origin = Provenance(
            edition.plan,
            edition.view.as_of,
            edition.day,
            made_at,
            edition.letterhead,
            public=True,
        )
        named = {"du-lieu.xlsx": exchange.render(edition.snapshot, origin, "xlsx")}
        for table, name in _TABLES.items():
            for kind in exchange.KINDS[1:]:
                named[f"{name}.{kind}"] = exchange.render(edition.snapshot, origin, kind, table)
            beside = exchange.companion(edition.snapshot, origin, f"{name}.csv")
            named[f"{name}.csv-metadata.json"] = beside
        return named | {TEMPLATE: template.render(edition.sites)}


def page(edition: Edition, written: Mapping[str, bytes]) -> leaf.SitePage:
    """Return the page that lists the files with their sizes."""
    about = _("The public data as files, for Excel, map programs and other offices.")
    listed = [
        {"name": name, "about": _about(name), "size": _size(len(content))}
        for name, content in written.items()
    ]
    way = f"{edition.address}{leaf.prefix(language())}{leaf.MAP}?embed=1"
    content = {
        "files": listed,
        "licence": licence(simulated=edition.simulated),
        "embed": way,
        "dataset": "" if edition.simulated else data_block(_dataset(edition, written)),
    }
    return leaf.SitePage(leaf.DOWNLOADS, "downloads.html", _("Downloads"), about, content)


def _about(name: str) -> str:
    stem, _dot, kind = name.partition(".")
    if name == TEMPLATE:
        return _("Template to send in sites and evidence")
    table = {"co-so": _("Sites with their statuses"), "minh-chung": _("Evidence")}
    words = {
        "xlsx": _("workbook"),
        "csv": _("table of text"),
        "csv-metadata.json": _("what the table says of itself"),
        "geojson": _("map layer"),
        "gpkg": _("map layer for QGIS and others"),
        "kml": _("map layer for Google Earth"),
    }
    return f"{table.get(stem, _('All tables'))} – {words[kind]}"


def _size(count: int) -> str:
    return f"{number(count / 1000, 1)} kB"


def _dataset(edition: Edition, written: Mapping[str, bytes]) -> dict[str, Any]:
    """Return the data as a ``Dataset`` of schema.org."""
    title = _("Sustainable production and consumption – Hậu Giang")
    as_of = _("As of {as_of}").format(as_of=day(edition.view.as_of))
    base = edition.address
    value: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": title,
        "description": f"{title}. {as_of}. {sources(simulated=False)}",
        "version": edition.snapshot.version,
        "dateModified": edition.day.isoformat(),
        "temporalCoverage": f"{edition.plan.window.start}/{edition.plan.window.end}",
        "inLanguage": "vi",
        "isAccessibleForFree": True,
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "creditText": licence(simulated=False),
    }
    if edition.letterhead.body:
        value["publisher"] = {"@type": "GovernmentOrganization", "name": edition.letterhead.body}
    if base:
        value["url"] = base
        value["distribution"] = [
            {
                "@type": "DataDownload",
                "contentUrl": f"{base}{leaf.DATA}{name}",
                "encodingFormat": name.rpartition(".")[2],
            }
            for name in written
        ]
    return value
