"""A code that leads from paper to the view on the screen. Not here: the address (``imprint``)."""

from io import BytesIO
from typing import Any

import segno

_CODE: dict[str, Any] = {"error": "m", "micro": False}
_SCALE, _EDGE = 8, 4


def png(link: str) -> bytes:
    """Return an address as a QR code, with the quiet edge that readers need."""
    return _made(link, kind="png", scale=_SCALE, border=_EDGE)


def pixels(link: str) -> int:
    """Return how many pixels wide and high the picture of an address is."""
    return int(segno.make(link, **_CODE).symbol_size(_SCALE, _EDGE)[0])


def svg(link: str) -> str:
    """Return an address as a QR code of lines, without an edge: for pages that have margins."""
    return _made(link, kind="svg", border=0, omitsize=True).decode()


def _made(link: str, **how: Any) -> bytes:
    out = BytesIO()
    segno.make(link, **_CODE).save(out, **how)
    return out.getvalue()
