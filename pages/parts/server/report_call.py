"""Reports from programs and other pages: one address beside the API, to which one can only send.

Not here: what may be sent and how often (``reports``, as for the form), or reading (``api``).
"""

import base64
import binascii
import json
from datetime import timedelta

import anyio
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from geodata.core.clock import now
from geodata.core.errors import DataError, ModelError
from geodata.core.text import LANGUAGE, LANGUAGES, _, speaking
from geodata.intake.spool import SpoolError
from geodata.outputs.open.asking import NothingThereError
from geodata.outputs.open.features import compact
from geodata.register.ids import REAL
from geodata.register.reports import MOST_PHOTO, PublicReport, checked, spelled
from pages.parts.server import reports
from pages.parts.server.api import problem
from pages.parts.server.refusals import note
from pages.parts.shared.below import below
from pages.parts.shared.data import data

PATH = "/api/v1/reports"
MOST_BYTES = MOST_PHOTO * 4 // 3 + 64 * 1024
"""Of a report as JSON: the photo in base64, and words in whatever spelling of letters."""

_METHODS = "POST, OPTIONS"
_JSON = "application/json"
_PATIENCE_S = 30
_WORDS = ("site", "topic", "words", "contact", "photo")
_CORS = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Retry-After"}


class _TooLargeError(Exception):
    """More comes than a report may be."""


class ReportDoor:
    """Takes reports one by one; no cookie is looked at and none is given."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take one report, or say in a sentence why not."""
        response = await _response(Request(scope, receive))
        await response(scope, receive, send)


def routes() -> list[Route]:
    """Return what takes reports, where they are taken."""
    if not reports.accepted():
        return []
    return [Route(below(PATH), ReportDoor())]


async def _response(request: Request) -> Response:
    wished = request.query_params.get("lang", LANGUAGE)
    with speaking(wished if wished in LANGUAGES else LANGUAGE):
        response = await _answer(request)
    response.headers.update(_CORS)
    return response


async def _answer(request: Request) -> Response:
    if request.method == "OPTIONS":
        allowed = {"Allow": _METHODS, "Access-Control-Allow-Methods": _METHODS}
        allowed |= {"Access-Control-Allow-Headers": "content-type"}
        return Response(status_code=204, headers=allowed)
    if request.method != "POST":
        refused = problem(405, _("Reports can only be sent here."))
        refused.headers["Allow"] = _METHODS
        return refused
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _JSON:
        return problem(415, str(_no_report()))
    try:
        with anyio.fail_after(_PATIENCE_S):
            content = await _body(request)
    except _TooLargeError:
        note("report too large")
        return problem(413, _("This is larger than a report may be."))
    except (TimeoutError, ClientDisconnect):
        return problem(408, _("It took too long to arrive; send it again."))
    place = request.client.host if request.client else ""
    return await anyio.to_thread.run_sync(_taken, content, place)


async def _body(request: Request) -> bytes:
    """Return what is sent, as long as it is no more than a report may be."""
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > MOST_BYTES:
        raise _TooLargeError
    content = bytearray()
    async for piece in request.stream():
        content += piece
        if len(content) > MOST_BYTES:
            raise _TooLargeError
    return bytes(content)


def _taken(content: bytes, place: str) -> Response:
    try:
        report, photo = _read(content)
        number = reports.send(report, photo, place)
    except reports.TooSoonError as error:
        waits = problem(429, str(error))
        wait = max(timedelta(seconds=1), error.until - now())
        waits.headers["Retry-After"] = str(int(wait.total_seconds()) + 1)
        return waits
    except SpoolError as error:
        return problem(503, str(error))
    except NothingThereError as error:
        return problem(404, str(error))
    except DataError as error:
        return problem(400, str(error))
    except ModelError:
        return problem(503, _("The data cannot be read now; ask again later."))
    headers = {"Cache-Control": "no-store"}
    return Response(compact({"number": spelled(number)}), 201, headers, _JSON)


def _read(content: bytes) -> tuple[PublicReport, bytes]:
    """Return the report and the photo that some JSON holds.

    Raises
    ------
    DataError
        If it holds none.
    NothingThereError
        If it is about no site of the public map.
    """
    try:
        words = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise _no_report() from error
    texts = isinstance(words, dict) and all(isinstance(text, str) for text in words.values())
    if not texts or set(words) - set(_WORDS):
        raise _no_report()
    site, topic, own, contact, photo = (words.get(name, "") for name in _WORDS)
    try:
        picture = base64.b64decode(photo, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _no_report() from error
    report = checked(site, topic, own, contact)
    if report.site not in data(REAL).sites.index:
        raise NothingThereError(_("There is no such site on the public map."))
    return report, picture


def _no_report() -> DataError:
    return DataError(
        _(
            "A report is one object of JSON with site, topic, words and, if you like, contact and "
            "photo (base64)."
        )
    )
