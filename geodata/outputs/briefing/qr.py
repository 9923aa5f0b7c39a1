"""A code that leads from paper to the view on the screen. Not here: the address (``imprint``)."""

from io import BytesIO
from typing import Any

import segno


def png(link: str) -> bytes:
    """Return an address as a QR code, with the quiet edge that readers need."""
    return _made(link, kind="png", scale=8, border=4)


def svg(link: str) -> str:
    """Return an address as a QR code of lines, without an edge: for pages that have margins."""
    return _made(link, kind="svg", border=0, omitsize=True).decode()


def _made(link: str, **how: Any) -> bytes:
    out = BytesIO()
    segno.make(link, error="m", micro=False).save(out, **how)
    return out.getvalue()
