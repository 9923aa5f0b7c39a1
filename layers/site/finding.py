"""The search's index and the texts of the pages' own script.

Not here: what matches (``assets/site.js``), or what can be found (``geodata.reading.search``).
"""

import json
from collections.abc import Iterator

from geodata.core.names import fold
from geodata.core.text import _, language
from geodata.geography.units import gazetteer, successor
from geodata.reading import search
from geodata.reading.search import Findable
from layers.site import leaf, sites
from layers.site.edition import Edition

_LEVELS = {"2025": "commune_2025", "commune_legacy": "commune_legacy", "legacy": "district_legacy"}


def index_script(edition: Edition, leaves: list[tuple[str, str]]) -> str:
    """Return what can be found as a script: sites, units old and new, pages by path and title."""
    rows = [*_entries(edition), *([title, "", path, ""] for path, title in leaves)]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return "hgIndex({rows});".format(rows=text.replace("<", "\\u003c"))


def _entries(edition: Edition) -> Iterator[list[str]]:
    """Yield label, note, path and further folded words of each thing."""
    vintage = edition.view.units_of
    names = {(_LEVELS[level], code): name for (level, code), name in edition.unit_names.items()}
    if len(edition.sites) <= sites.MOST_PAGES:
        for one in search.findable_sites(edition.sites, names, vintage):
            yield _row(one, leaf.site_path(one.key.removeprefix("site:")))
    for one in search.findable_units(gazetteer(edition.legacy), edition.legacy, vintage):
        kind, *rest = one.key.split(":")
        code = rest[-1]
        path = (
            leaf.unit_path("2025", successor(edition.legacy, code))
            if kind == "commune"
            else leaf.unit_path(rest[0], code)
        )
        yield _row(one, path)


def _row(one: Findable, path: str) -> list[str]:
    seen = set(fold(f"{one.label} {one.note}").split())
    more = [word for word in one.words.split() if word not in seen]
    return [one.label, one.note, path, " ".join(dict.fromkeys(more))]


def words_script() -> str:
    """Return the texts of the pages' script, in the language spoken."""
    words = {
        "index": f"{{root}}{leaf.ASSETS}tim-{language()}.js",
        "found": _("{n} found"),
        "km": _("{km} km from here"),
        "asking": _("Waiting for your answer and for the device to find its place …"),
        "sorted": _("Sorted by distance; what has no position stands last."),
        "refused": _("The place is not known: it was refused, or the device cannot find it."),
        "copied": _("Copied"),
        "copy": _("Copy this address"),
    }
    return f"const hgSiteWords={json.dumps(words, ensure_ascii=False)};"
