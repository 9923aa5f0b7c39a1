"""A leaf: one page of the site, and the frame around each of them.

Templates escape all they are given. Not here: what stands on a page (the modules of its kind).
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from geodata.core.text import LANGUAGE, LANGUAGES, _, day, language, number
from geodata.outputs.briefing import qr
from geodata.reading.glossary import FIGURES, SITE, glossary
from layers.site.edition import Edition

ASSETS, DATA = "tep/", "data/"
"""Where scripts, styles and letters lie, and what can be taken home."""
MAP, LIST, UNITS, TARGETS, RECORDS = (
    "index.html",
    "danh-sach.html",
    "don-vi.html",
    "muc-tieu.html",
    "minh-chung.html",
)
METHOD, HELP, UNKNOWN, DOWNLOADS, ABOUT, LOST = (
    "phuong-phap.html",
    "ban-do-noi-gi.html",
    "chua-biet.html",
    "tai-ve.html",
    "gioi-thieu.html",
    "404.html",
)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"
)
_PLAIN_ID = re.compile(r"[A-Z0-9][A-Z0-9-]{0,60}")


@dataclass(frozen=True)
class SitePage:
    """A page: where it lies below its language, its template, what it is called and is about."""

    path: str
    template: str
    title: str
    about: str
    content: Mapping[str, Any] = field(default_factory=dict)


def prefix(spoken: str) -> str:
    """Return the folder of a language: Vietnamese lies at the root."""
    return "" if spoken == LANGUAGE else f"{spoken}/"


def up(path: str) -> str:
    """Return the way from a page to the root of the site."""
    return "../" * path.count("/")


def site_path(site: str) -> str:
    """Return where a site's page lies; an id that is no plain name goes by its digest."""
    plain = _PLAIN_ID.fullmatch(site)
    name = site if plain else "x-" + hashlib.sha256(site.encode()).hexdigest()[:16]
    return f"co-so/{name}.html"


def unit_path(vintage: str, code: str) -> str:
    """Return where a unit's page lies."""
    return f"don-vi/{vintage}-{code}.html"


@cache
def environment() -> Environment:
    """Return what fills templates: everything escaped, nothing unknown passed over."""
    made = Environment(
        loader=PackageLoader("layers.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(_=_, day=day, number=number)
    made.globals.update(glossary=glossary, FIGURES=FIGURES, SITE=SITE)
    return made


def rendered(leaf: SitePage, edition: Edition) -> str:
    """Return a page as markup, in the language spoken."""
    around = frame(leaf, edition)
    if twice := around.keys() & leaf.content.keys():
        message = f"the frame around {leaf.path} has {sorted(twice)}, too"
        raise ValueError(message)
    return environment().get_template(leaf.template).render(around, **leaf.content)


def frame(leaf: SitePage, edition: Edition) -> dict[str, Any]:
    """Return what the frame around a page needs."""
    spoken = language()
    path = prefix(spoken) + leaf.path
    root = up(path)
    other = next(code for code in LANGUAGES if code != spoken)
    return {
        "lang": spoken,
        "policy": POLICY,
        "leaf": leaf,
        "root": root,
        "home": root + prefix(spoken),
        "assets": root + ASSETS,
        "data": root + DATA,
        "other": {"lang": other, "href": root + prefix(other) + leaf.path},
        "address": edition.address,
        "absolute": edition.address + path if edition.address else "",
        "qr": _code(edition.address + path) if edition.address and _chief(leaf) else "",
        "picture": f"{edition.address or root}{ASSETS}anh-{spoken}.png",
        "simulated": edition.simulated,
        "ways": _ways(leaf),
        "facts": edition_facts(edition),
        "version": edition.snapshot.version,
    }


def _chief(leaf: SitePage) -> bool:
    """Whether a page is one of the few that a sheet of paper may lead to."""
    return "/" not in leaf.path and leaf.path != "404.html"


def _code(address: str) -> Markup:
    """Return an address as a QR code for a page; each takes 9 ms, so chief pages alone have one."""
    drawn = qr.svg(address)
    return Markup(drawn[drawn.index("<svg") :])  # noqa: S704 - lines alone


def edition_facts(edition: Edition) -> list[str]:
    """Return what stands at the foot of each page: date, plan, data version, day of making."""
    made = _("Published on {day}").format(day=day(edition.day))
    return [
        _("As of {as_of}").format(as_of=day(edition.view.as_of)),
        _("Plan {decision} ({year})").format(
            decision=edition.plan.decision, year=edition.plan.year
        ),
        _("Data version {version}").format(version=edition.snapshot.version),
        made,
    ]


def _ways(leaf: SitePage) -> list[tuple[str, str, bool]]:
    """Return the ways to the chief pages: where, in which words, and whether one is there."""
    names = {
        MAP: _("Map"),
        LIST: _("List of sites"),
        UNITS: _("Units"),
        TARGETS: _("Targets"),
        RECORDS: _("Evidence"),
        HELP: _("What this map says"),
        UNKNOWN: _("What we do not know"),
        METHOD: _("Method"),
        DOWNLOADS: _("Downloads"),
        ABOUT: _("About"),
    }
    return [(path, name, path == leaf.path) for path, name in names.items()]
