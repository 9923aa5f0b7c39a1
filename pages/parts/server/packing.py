"""An answer packed in every way that programs take, and which of them one takes.

Not here: what is answered, or for how long it is kept (``api``).
"""

import gzip
from collections.abc import Callable, Mapping
from types import MappingProxyType

import brotli

SMALL = 1024
"""Of bytes, what is not worth packing."""


def _brotli(content: bytes) -> bytes:
    return bytes(brotli.compress(content, quality=5))


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, 6, mtime=0)


WAYS: Mapping[str, Callable[[bytes], bytes]] = MappingProxyType({"br": _brotli, "gzip": _gzip})
"""By the name that HTTP has for it (RFC 9110, 8.4.1), the best first."""


def packed(content: bytes) -> Mapping[str, bytes]:
    """Return content packed, by way; of what is small, nothing."""
    return {} if len(content) <= SMALL else {name: pack(content) for name, pack in WAYS.items()}


def taken(accepted: str) -> str:
    """Return the best way that a header ``Accept-Encoding`` takes; empty if it takes none.

    “br;q=0” says that who asks does not take it; other weights are not looked at, since all that
    take both unpack both.
    """
    weights = {}
    for part in accepted.lower().split(","):
        name, _semicolon, weight = part.partition(";")
        weights[name.strip()] = weight.replace(" ", "")
    refused = ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((way for way in WAYS if weights.get(way, "q=0") not in refused), "")
