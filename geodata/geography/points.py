"""Points as programs write them: WKT, GeoJSON, UTM, and the four numbers of survey tools.

Pure text. Not here: what people write (``notation``), or the conversion (``coordinates``).
"""

import json
import re
from typing import Any, NamedTuple

WGS84_SRIDS = (0, 4326, 4979)
UTM_48N = 32648
MERIDIANS = {
    5896: 102.0,
    5897: 105.0,
    5898: 108.0,
    5899: 107.75,
    9205: 103.0,
    9206: 104.0,
    9207: 104.5,
    9208: 104.75,
    9209: 105.5,
    9210: 105.75,
    9211: 106.0,
    9212: 106.25,
    9213: 106.5,
    9214: 107.0,
    9215: 107.25,
    9216: 107.5,
    9217: 108.25,
    9218: 108.5,
}
"""EPSG code of VN-2000 / TM-3 to its central meridian, degrees east."""


class Point(NamedTuple):
    """A point as written: first and second number, the code of its system, what wrote it.

    ``accuracy_m`` is how far off it may be, as the tool says.
    """

    first: str
    second: str
    srid: int = 4326
    way: str = "point"
    accuracy_m: float | None = None


_NUMBER = r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?"
_WKT = re.compile(
    rf"(?:srid\s*=\s*(\d+)\s*;\s*)?point\s*(?:zm?|m)?\s*\(\s*({_NUMBER})[\s,]+({_NUMBER})"
    rf"(?:[\s,]+{_NUMBER}){{0,2}}\s*\)",
    re.IGNORECASE,
)
_UTM = re.compile(r"48\s?[npNP]\s*[:,;]?\s*(\d{6}(?:\.\d+)?)[\s,;mE]+(\d{6,7}(?:\.\d+)?)\s*[mN]?")
_SURVEY = re.compile(
    r"(\d{1,2}[.,]\d+)(?:\s*;\s*|,?\s+)(\d{3}[.,]\d+)(?:\s*;\s*|,?\s+)(-?\d+(?:[.,]\d+)?)"
    r"(?:\s*;\s*|,?\s+)(\d+(?:[.,]\d+)?)"
)


def point_in(text: str) -> Point | None:
    """Return the point that a program wrote, None if the text is none."""
    if match := _WKT.fullmatch(text):
        return Point(match[2], match[3], int(match[1] or 4326))
    if match := _UTM.fullmatch(text):
        return Point(match[1], match[2], UTM_48N, "utm")
    if match := _SURVEY.fullmatch(text):
        return Point(match[1], match[2], 4326, "survey", float(match[4].replace(",", ".")) or None)
    return _of_geojson(text) if text.startswith("{") else None


def _of_geojson(text: str) -> Point | None:
    try:
        geometry: Any = json.loads(text)
        geometry = geometry.get("geometry", geometry)
        first, second = geometry["coordinates"][:2]
        is_point = geometry["type"] == "Point"
        return Point(repr(float(first)), repr(float(second))) if is_point else None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
