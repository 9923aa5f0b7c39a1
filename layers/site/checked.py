"""Looking a finished site over: its links, what lies in it, its columns, its bytes, its names.

Knows the folder alone, not what it was made from. Not here: writing it (``build``), or what a page
lacks for who does not see it (``accessible``).
"""

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from geodata.core.errors import ModelError
from geodata.core.text import _
from geodata.outputs.open.dictionary import columns_of
from geodata.outputs.open.tables import NAMES
from layers.site.accessible import lacking

LISTING = "ban-in.json"
FIRST_VIEW = 250_000
"""Bytes, as servers send them, that the first view of the map may have, the map included."""
_NAMED = 12  # faults that are written out

# What may lie in the folder, and nothing else.
_ALLOWED = re.compile(
    r"(en/)?[a-z0-9-]+\.html|(en/)?co-so/[A-Za-z0-9-]+\.html|(en/)?don-vi/(legacy|2025)-\d+\.html"
    r"|tep/(leaflet\.(js|css)|site\.css|(map|day|cot-\d+)\.js|(site|tim|canh)-(vi|en)\.js"
    r"|anh-(vi|en)\.png|(thuong|dam)\.woff)"
    r"|data/(mau-nhap-lieu|hau-giang)\.xlsx|data/hau-giang\.gpkg|data/README\.txt"
    r"|data/(dictionary\.csv|datapackage\.json|catalog\.jsonld)"
    rf"|data/({'|'.join(NAMES)})\.(csv|geojson|kml|parquet)"
    r"|sw\.js|robots\.txt"
)
_COLUMNS = {f"data/{table}.csv": {one.name for one in columns_of(table)} for table in NAMES}
_LOADED = {"script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src"}
_URL = re.compile(r'url\("?([^")]+)"?\)')


class Faulty(ModelError):  # noqa: N818 - said of the site
    """The site was not put in its place: something in it is not as it has to be."""

    def __init__(self, faults_: list[str]) -> None:
        more = len(faults_) - _NAMED
        words = faults_[:_NAMED] + ([_("and {n} others").format(n=more)] if more > 0 else [])
        super().__init__("\n".join([_("The site was not written; it has faults:"), *words]))


class _Markup(HTMLParser):
    """Collects where a page points, what it loads and which places it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.places: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.places.add(str(given["id"]))
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        address = given.get(_LOADED.get(tag, ""))
        if address and given.get("rel") not in {"canonical", "alternate"}:
            self.loads.append(address)
        elif address and given.get("rel") == "alternate":
            self.links.append(address)


def faults(folder: Path) -> list[str]:
    """Return what is wrong with a site, a sentence each; nothing if all is as it has to be."""
    listing = json.loads((folder / LISTING).read_text("utf-8"))
    texts = {
        path: (folder / path).read_text("utf-8")
        for path in listing["files"]
        if path.endswith(".html") and (folder / path).is_file()
    }
    pages = {path: _Markup(text) for path, text in texts.items()}
    return [
        *_files(folder, listing["files"]),
        *_columns(folder),
        *_links(pages, set(listing["files"])),
        *_bytes(folder, pages),
        *chain.from_iterable(lacking(path, text) for path, text in texts.items()),
    ]


def _files(folder: Path, listed: dict[str, Any]) -> Iterator[str]:
    """Yield files that are not listed, listed ones that are not there or changed, strange ones."""
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    for path in sorted(there - {*listed, LISTING}):
        yield _("{path}: is not in the list of files").format(path=path)
    for path, (_size, digest) in listed.items():
        if not _ALLOWED.fullmatch(path):
            yield _("{path}: no such file may be published").format(path=path)
        if path not in there:
            yield _("{path}: is missing").format(path=path)
        elif hashlib.sha256((folder / path).read_bytes()).hexdigest()[:16] != digest:
            yield _("{path}: has been changed").format(path=path)


def _columns(folder: Path) -> Iterator[str]:
    """Yield columns that may not be published."""
    for path, allowed in _COLUMNS.items():
        head = (folder / path).read_text("utf-8-sig").split("\n", 1)[0].strip()
        for column in sorted(set(head.split(",")) - allowed):
            yield _("{path}: the column {column} is not public").format(path=path, column=column)


def _links(pages: dict[str, _Markup], files: set[str]) -> Iterator[str]:
    """Yield links that lead nowhere, and anything loaded from another host."""
    for path, page in pages.items():
        for address in page.loads:
            if not address.startswith("data:") and _target(path, address)[0] not in files:
                yield _("{path}: loads {address}, which is not in the site").format(
                    path=path, address=address
                )
        for address in dict.fromkeys(page.links):
            if address.startswith(("https://", "http://")):
                continue
            target, place = _target(path, address)
            lost = target not in files or (
                place and place not in getattr(pages.get(target), "places", ())
            )
            if lost:
                yield _("{path}: the link {address} leads nowhere").format(
                    path=path, address=address
                )


def _target(path: str, address: str) -> tuple[str, str]:
    """Return the file and the place in it that an address on a page means."""
    parts = urlsplit(address)
    if not parts.path:
        return path, unquote(parts.fragment)
    steps: list[str] = []
    for step in (*PurePosixPath(path).parent.parts, *PurePosixPath(unquote(parts.path)).parts):
        if step == ".." and steps:
            steps.pop()
        else:
            steps.append(step)
    return "/".join(steps), unquote(parts.fragment)


def _bytes(folder: Path, pages: dict[str, _Markup]) -> Iterator[str]:
    """Yield a first view that is too heavy."""
    for path in sorted({"index.html", "en/index.html"} & set(pages)):
        size = first_view(folder, path, pages[path])
        if size > FIRST_VIEW:
            yield _("{path}: the first view has {n} bytes").format(path=path, n=size)


def first_view(folder: Path, path: str = "index.html", page: _Markup | None = None) -> int:
    """Return the bytes of a page and of all that it loads at once, as servers send them."""
    page = page or _Markup((folder / path).read_text("utf-8"))
    loaded = {_target(path, one)[0] for one in page.loads if not one.startswith("data:")}
    styles = [one for one in loaded if one.endswith(".css") and (folder / one).is_file()]
    for style in styles:
        urls = _URL.findall((folder / style).read_text("utf-8"))
        loaded |= {
            target
            for url in urls
            if (target := _target(style, url)[0]) and (folder / target).is_file()
        }
    there = [place for one in {path, *loaded} if (place := folder / one).is_file()]
    return sum(len(gzip.compress(place.read_bytes(), 6, mtime=0)) for place in there)
