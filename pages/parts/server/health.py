"""Health: whether this process answers, and whether it can serve readers.

For a reverse proxy and whoever watches the server. Not here: figures (``metrics``), or whether the
data is sound (``geodata.doctor``).
"""

import logging
import os
from functools import cache

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from geodata import settings
from geodata.core.errors import ModelError
from geodata.store import REAL, Store
from pages.parts.shared.data import HOME


async def alive(_request: Request) -> Response:
    """Say that the process answers; it may still be unable to serve (`ready`)."""
    return PlainTextResponse("ok\n", headers=_UNKEPT)


def ready(_request: Request) -> Response:
    """Say whether readers can be served now: the store opens and its schema is this software's.

    Why not stands in the log alone: the sentence names paths, and anybody may ask.
    """
    try:
        version = _door(settings.load(os.environ, HOME).store).version(REAL, published=True)
    except ModelError:
        logging.getLogger(__name__).exception("Not ready")
        return JSONResponse({"ready": False}, status_code=503, headers=_UNKEPT)
    return JSONResponse({"ready": True, "version": version}, headers=_UNKEPT)


_UNKEPT = {"Cache-Control": "no-store"}


@cache
def _door(url: str) -> Store:
    """Return the store as anybody's: asking never writes, on a steward's server either.

    Kept, for it is asked every few seconds, and each door to a server has connections of its own.
    """
    return Store(url, writable=False)
