"""What a page lacks for who does not see it, as far as its markup alone tells.

A browser judges more (colours, sizes, order): the tests have axe do it. Not here: links
(``checked``).
"""

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

from geodata.core.text import _

_FIELDS = ("input", "select", "textarea")
_NAMES = ("aria-label", "aria-labelledby", "title")
_UNSEEN = ("hidden", "submit", "button", "reset")


class _Open(NamedTuple):
    """A part that needs words and has not ended yet."""

    tag: str
    words: list[str]


class _Page(HTMLParser):
    """Collects what has a name, and what should."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.language = self.title = ""
        self.tags: Counter[str] = Counter()
        self.places: Counter[str] = Counter()
        self.unnamed: list[str] = []
        self.asked: dict[str, str] = {}  # fields whose name may stand in a label, by their id
        self.labelled: set[str] = set()
        self._open: list[_Open] = []
        self.feed(text)
        self.unnamed += [tag for place, tag in self.asked.items() if place not in self.labelled]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags[tag] += 1
        if place := given.get("id"):
            self.places[place] += 1
        if tag == "html":
            self.language = given.get("lang", "")
        if tag == "label":
            self.labelled.add(given.get("for", ""))
        words = next((given[name] for name in _NAMES if given.get(name)), "")
        if tag == "img":
            if "alt" not in given:
                self.unnamed.append(tag)
            self._say(given.get("alt", ""))
        elif tag in _FIELDS and given.get("type") not in _UNSEEN and not words:
            if not any(one.tag == "label" for one in self._open):
                self.asked[given.get("id") or f"{tag} {self.getpos()}"] = tag
        elif tag in {"a", "button", "title", "label", "summary"}:
            self._open.append(_Open(tag, [words]))

    def handle_data(self, data: str) -> None:
        self._say(data)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1].tag != tag:
            return
        words = "".join(self._open.pop().words).strip()
        if tag == "title" and not self._open:
            self.title = self.title or words  # a drawing in the page has one of its own
        if not words:
            self.unnamed.append(tag)

    def _say(self, words: str) -> None:
        for one in self._open:
            one.words.append(words)


def lacking(path: str, text: str) -> Iterator[str]:
    """Yield what a page lacks, a sentence each."""
    page = _Page(text)
    if not page.language:
        yield _("{path}: does not say its language").format(path=path)
    if not page.title:
        yield _("{path}: has no title").format(path=path)
    if page.tags["h1"] != 1:
        words = _("{path}: has {n} headings of the first level instead of one")
        yield words.format(path=path, n=page.tags["h1"])
    for tag, n in Counter(page.unnamed).items():
        yield _("{path}: {n} × <{tag}> without a name").format(path=path, n=n, tag=tag)
    for place in (place for place, n in page.places.items() if n > 1):
        yield _("{path}: “{place}” is there twice").format(path=path, place=place)
