"""One cell that names units of several levels, and says which of them are no more.

``ấp 3, xã Vị Thủy, huyện Vị Thủy``, ``xã Hỏa Lựu (cũ)``, ``xã X (nay là phường Y)``. Pure text. Not
here: which units there are (``places``).
"""

import re
import unicodedata
from typing import NamedTuple

from geodata.core.names import UnitType, strip_unit_type, unaccent


class Address(NamedTuple):
    """What a cell names, part by part, as written; empty where it does not.

    ``commune`` of whichever vintage, ``former`` one that is no more, ``present`` one of today.
    ``vintage`` is what the province says of it; ``aside`` what names no unit.
    """

    commune: str = ""
    former: str = ""
    present: str = ""
    district: str = ""
    vintage: str = ""
    aside: tuple[str, ...] = ()


PROVINCES = {"can tho": "2025", "hau giang": "legacy", "tinh hau giang": "legacy"}
"""Provinces by folded name without type, and the vintage in which they held these communes."""

_PRESENT = re.compile(
    r"[\s,;(]+(?:(?:hien )?(?:nay|bay gio) (?:la|thuoc)|hien (?:la|thuoc)|doi thanh|sap nhap vao)"
    r"\s+([^()]+?)\s*\)?$"
)
_ONCE = re.compile(
    r"\s*\(\s*(?:truoc (?:day|kia)|truoc|ten cu|cu)(?: la| thuoc)?\s*:?\s+([^()]+)\)$"
)
_REFORM = r"(?:sap nhap|0?1/0?7/2025)"
_FORMER = re.compile(rf"[\s,(]+(?:cu|truoc (?:day|kia|{_REFORM}))\s*\)?$")
_NEW = re.compile(rf"[\s,(]+(?:moi|sau {_REFORM})\s*\)?$")
_BETWEEN = re.compile(
    r"\s*[,;\n]\s*|\s+[-–—/]\s+"
    r"|\s*[-–—/]?\s*(?<=[^\W_. ])[-–—/ ]\s*(?=(?:tp|tx|huyen|thi xa|thanh pho|tinh)\b|h\.)"
)
_BESIDE = re.compile(
    r"(?:ap|khu vuc|kv|khom|thon|to|duong|so|hem|quoc lo|ql|tinh lo|dt)\b.*|\d+\s*\D.*"
)
_COMMUNES = (UnitType.WARD, UnitType.COMMUNE, UnitType.TOWNSHIP)


def parted(text: str) -> Address:
    """Return the parts of a cell; one that is a single name comes back as its commune."""
    written = " ".join(unicodedata.normalize("NFC", text).split(" "))
    rest, present = _off(written, _PRESENT)
    rest, is_new = _flagged(rest, _NEW)
    rest, is_former = _flagged(rest, _FORMER)
    rest, former = _off(rest, _ONCE)
    address = _by_level(_split(rest))
    if present:
        now = _by_level(_split(present))
        return address._replace(commune="", former=address.commune, present=now.commune)
    if former:
        then = _by_level(_split(former))
        district = address.district or then.district
        return address._replace(
            commune="", former=then.commune, present=address.commune, district=district
        )
    if is_former:
        return address._replace(commune="", former=address.commune)
    return address._replace(commune="", present=address.commune) if is_new else address


def _off(text: str, pattern: re.Pattern[str]) -> tuple[str, str]:
    """Return a text without what a pattern finds in it, and the name in that."""
    match = pattern.search(unaccent(text))
    return (text[: match.start()], text[slice(*match.span(1))]) if match else (text, "")


def _flagged(text: str, pattern: re.Pattern[str]) -> tuple[str, bool]:
    """Return a text without the word that a pattern finds at its end, and whether it did."""
    match = pattern.search(unaccent(text))
    return (text[: match.start()], True) if match else (text, False)


def _split(text: str) -> list[str]:
    """Return the parts of a text, as written."""
    parts, start = [], 0
    for match in _BETWEEN.finditer(unaccent(text)):
        parts.append(text[start : match.start()])
        start = match.end()
    return [part for part in (*parts, text[start:]) if part.strip()]


def _by_level(parts: list[str]) -> Address:
    """Return parts by what their unit types, or else their order, say they are."""
    kinds = {part: strip_unit_type(part) for part in parts}
    provinces = [part for part in parts if kinds[part][1] in PROVINCES]
    beside = [part for part in parts if len(parts) > 1 and _BESIDE.fullmatch(unaccent(part))]
    named = [part for part in parts if part not in (*provinces, *beside)]
    communes = [part for part in named if kinds[part][0] in _COMMUNES]
    districts = [part for part in named if kinds[part][0] and part not in communes]
    bare = [part for part in named if part not in (*communes, *districts)]
    if not communes and bare:
        communes = [bare.pop(0)]
    if not districts and bare:
        districts = [bare.pop(0)]
    aside = (*beside, *bare, *communes[1:], *districts[1:])
    return Address(
        commune=communes[0] if communes else "",
        district=districts[0] if districts else "",
        vintage=PROVINCES[kinds[provinces[0]][1]] if provinces else "",
        aside=tuple(part for part in parts if part in aside),
    )
