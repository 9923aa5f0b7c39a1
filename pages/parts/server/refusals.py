"""Refusals: what the server turns away and files that the app does not take, counted and logged.

Not here: who or what is refused (``guard``, ``uploads``, ``handover``, ``map.served``, the
screens that take files); sign-ins that are (``shared.access``).
"""

import logging
import time

from starlette.responses import PlainTextResponse

from pages.parts.server.metrics import figures

_APART_S = 60
_logged: dict[str, float] = {}


def refused(reason: str, status: int, sentence: str = "") -> PlainTextResponse:
    """Return the answer that refuses, and have it noted."""
    note(reason)
    return PlainTextResponse(sentence or reason.capitalize(), status_code=status)


def note(reason: str) -> None:
    """Count that something was refused, and why.

    Each reason has a line in the log once a minute at most: whoever knocks without end fills no
    disk, the count says how often.
    """
    figures().refusals.labels(reason).inc()
    moment = time.monotonic()
    if moment - _logged.get(reason, -_APART_S) >= _APART_S:
        _logged[reason] = moment
        logging.getLogger(__name__).warning("Refused: %s", reason)
