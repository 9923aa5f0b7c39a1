"""The handover: a browser gets the cookie of the session that the app has just begun for it.

The app speaks through a socket, which can set no cookie: it gives the page a ticket, good once and
for a minute, and the page exchanges it here. A public server never loads this. Not here: who may
have a session (``shared.access``, ``store.sessions``).
"""

import secrets
import time
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from geodata.store.sessions import LONGEST
from pages.parts.server.refusals import refused

PATH = "/_session"
COOKIE = "hg_session"
SECURE_COOKIE = "__Host-hg_session"
"""Over TLS the browser itself holds that the cookie came from here, encrypted, for all paths."""

_GOOD_S = 60
_waiting: dict[str, tuple[str, float]] = {}


def ticket_for(token: str) -> str:
    """Return a ticket for the word of a session."""
    now = time.monotonic()
    for ticket, (_token, until) in list(_waiting.items()):
        if until < now:
            _waiting.pop(ticket, None)
    ticket = secrets.token_urlsafe(32)
    _waiting[ticket] = token, now + _GOOD_S
    return ticket


async def keep(request: Request) -> Response:
    """Give the cookie for a ticket; to anything else nothing."""
    origin = request.headers.get("origin")
    if origin is None or urlsplit(origin).netloc != request.headers.get("host"):
        return refused("foreign origin", HTTPStatus.FORBIDDEN)
    ticket = (await request.body())[:200].decode("ascii", "replace")
    token, until = _waiting.pop(ticket, ("", 0.0))
    if not token or until < time.monotonic():
        return refused("no ticket", HTTPStatus.FORBIDDEN)
    answer = Response(status_code=204, headers={"Cache-Control": "no-store"})
    secure = request.url.scheme == "https"
    answer.set_cookie(
        SECURE_COOKIE if secure else COOKIE,
        token,
        max_age=int(LONGEST.total_seconds()),
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )
    return answer
