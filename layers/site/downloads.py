"""What can be taken home: the data as files, and the page that lists them.

Not here: what is in the files (``geodata.outputs.open``).
"""

from typing import Any

from geodata.core.text import LANGUAGE, _, day, in_each, language, number, speaking
from geodata.outputs.data import origin, template
from geodata.outputs.data.origin import LICENCE, licence, sources
from geodata.outputs.open.formats import MOST_ROWS, fits
from geodata.outputs.open.release import WHOLE, Contents, contents, media_type
from geodata.outputs.open.tables import NAMES
from layers.site import leaf
from layers.site.edition import Edition
from layers.site.sites import data_block

TEMPLATE = "mau-nhap-lieu.xlsx"


def files(edition: Edition) -> Contents:
    """Return a release of the edition's open data, and the template offices fill in."""
    with speaking(LANGUAGE):  # its words are what an office sends in again
        blank = template.render(edition.sites)
    titles = in_each(lambda: _("Template to send in sites and evidence"))
    return contents(edition.snapshot, edition.origin) | {TEMPLATE: (titles, blank)}


def page(edition: Edition, written: Contents) -> leaf.SitePage:
    """Return the page that lists the files with their sizes."""
    about = _("The public data as files, for Excel, map programs and other offices.")
    listed = [
        {
            "name": name,
            "about": _about(titles[language()], name.rpartition(".")[2]),
            "size": _size(len(content)),
        }
        for name, (titles, content) in sorted(written.items(), key=_place)
    ]
    way = f"{edition.address}{leaf.prefix(language())}{leaf.MAP}?embed=1"
    content = {
        "files": listed,
        "fewer": not all(
            fits(table, kind) for table in (edition.sites, edition.evidence) for kind in MOST_ROWS
        ),
        "licence": licence(simulated=edition.simulated),
        "embed": way,
        "dataset": "" if edition.simulated else data_block(_dataset(edition, written)),
    }
    return leaf.SitePage(leaf.DOWNLOADS, "downloads.html", _("Downloads"), about, content)


def _place(item: tuple[str, Any]) -> int:
    """Return where a file stands in the list: what holds all first, then table by table."""
    stem = item[0].partition(".")[0]
    order = (WHOLE, TEMPLATE.partition(".")[0], *NAMES)
    return order.index(stem) if stem in order else len(order)


def _about(title: str, kind: str) -> str:
    """Return what a file is, with what kind of file where tables come in several."""
    words = {
        "xlsx": _("workbook"),
        "csv": _("table of text"),
        "geojson": _("map layer"),
        "gpkg": _("map layer for QGIS and others"),
        "kml": _("map layer for Google Earth"),
        "parquet": _("columns for analysis"),
    }
    return f"{title} – {words[kind]}" if kind in words else title


def _size(count: int) -> str:
    return f"{number(count / 1000, 1)} kB"


def _dataset(edition: Edition, written: Contents) -> dict[str, Any]:
    """Return the data as a ``Dataset`` of schema.org."""
    title = origin.title()
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
        "license": LICENCE,
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
                "encodingFormat": media_type(name),
            }
            for name in written
        ]
    return value
