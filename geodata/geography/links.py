"""Links to map services: which parts of an address say where, the surest first.

Pure text; nothing is opened. Not here: reading the parts as positions (``notation``).
"""

import re
from typing import NamedTuple
from urllib.parse import unquote_plus


class LinkPart(NamedTuple):
    """A part of a link that may hold a position: what it stands for there, and its text."""

    way: str
    text: str


_LINK = re.compile(
    r"(?:https?://|geo:|www\.|maps\.|goo\.gl/|(?:[a-z]+\.)?google\.)\S+", re.IGNORECASE
)
_SHORT = re.compile(
    r"(?:maps\.app\.goo\.gl|goo\.gl|g\.co|g\.page|bit\.ly|tinyurl\.com)/", re.IGNORECASE
)
_NUMBER = r"-?\d{1,3}(?:\.\d+)?"
_PAIR = rf"({_NUMBER})(?:,|%2C)\s*\+?({_NUMBER})"
# What was searched for or sent, then the pin of a place, then where the map was looked at.
_PARTS = (
    ("query", re.compile(r"[?&](?:q|query|daddr|destination)=(?:loc:)?([^&#]+)", re.IGNORECASE)),
    ("query", re.compile(rf"[?&]mlat=({_NUMBER})&mlon=({_NUMBER})", re.IGNORECASE)),
    ("query", re.compile(r"/(?:place/|search/|dir//)([^/@?]+)", re.IGNORECASE)),
    ("query", re.compile(rf"^geo:({_NUMBER}),({_NUMBER})", re.IGNORECASE)),
    ("pin", re.compile(rf"!8m2!3d({_NUMBER})!4d({_NUMBER})")),
    ("pin", re.compile(rf"!3d({_NUMBER})!4d({_NUMBER})")),
    ("pin", re.compile(rf"[?&](?:ll|sll)={_PAIR}", re.IGNORECASE)),
    ("view", re.compile(rf"/@{_PAIR}")),
    ("view", re.compile(rf"[?&](?:center|cp|viewpoint)={_PAIR}", re.IGNORECASE)),
    ("view", re.compile(rf"#map=\d+/({_NUMBER})/({_NUMBER})", re.IGNORECASE)),
)
_ROUTE = re.compile(r"/dir/[^/@]")
_UNSURE = re.compile(r"^geo:[^?]*;u=(\d+(?:\.\d+)?)", re.IGNORECASE)


def link_in(text: str) -> str:
    """Return the link that a text holds, empty if it holds none."""
    match = _LINK.search(text)
    return match[0] if match else ""


def is_short(link: str) -> bool:
    """Say whether a link only forwards to another one, so that it tells no place by itself."""
    return bool(_SHORT.search(link))


def accuracy_m(link: str) -> float | None:
    """Return how far off the place of a ``geo:`` link may be, metres, if it says so."""
    match = _UNSURE.search(link)
    return float(match[1]) if match and float(match[1]) else None


def parts(link: str) -> list[LinkPart]:
    """Return the parts of a link that may say where, the surest first.

    A part whose places differ says nothing, nor does a route, which is no place.
    """
    if _ROUTE.search(link):
        return []
    listed = []
    for way, pattern in _PARTS:
        texts = {
            " ".join(unquote_plus(group) for group in groups) for groups in _hits(pattern, link)
        }
        if len(texts) == 1:
            listed.append(LinkPart(way, texts.pop()))
    return listed


def _hits(pattern: re.Pattern[str], link: str) -> list[tuple[str, ...]]:
    return [match.groups() for match in pattern.finditer(link)]
