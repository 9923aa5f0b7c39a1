"""A code that leads from paper to the view on the screen. Not here: the address (``imprint``)."""

from io import BytesIO

import segno


def png(link: str) -> bytes:
    """Return an address as a QR code, with the quiet edge that readers need."""
    out = BytesIO()
    segno.make(link, error="m", micro=False).save(out, kind="png", scale=8, border=4)
    return out.getvalue()
