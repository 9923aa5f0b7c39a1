"""The API: open data for programs, beside the app; for reading alone, without a name or a cookie.

What is answered is made in ``geodata.outputs.open``; here stand headers, refusals, and what is
kept of answers. Not here: who may ask at all (``guard``), or the data (``editions``).
"""

import hashlib
import logging
import re
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from functools import partial
from threading import Lock
from typing import NamedTuple
from urllib.parse import parse_qsl

import anyio
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from geodata.core.clock import today
from geodata.core.errors import ModelError, WrongCallError
from geodata.core.text import LANGUAGE, LANGUAGES, _, language, speaking
from geodata.outputs.open.answered import NAME
from geodata.outputs.open.answers import RESOURCES, Page
from geodata.outputs.open.asking import LONGEST, NothingThereError
from geodata.outputs.open.features import compact
from geodata.outputs.open.interface import PROBLEM
from geodata.outputs.open.service import Call, respond
from geodata.store import REAL
from pages.parts.server.editions import BusyError, Editions
from pages.parts.server.newest import Newest
from pages.parts.server.packing import WAYS, packed, taken
from pages.parts.server.reports import accepted
from pages.parts.shared.below import below
from pages.parts.shared.data import store

ROOT = "/api"
MOST_BYTES = 64 * 1024 * 1024
"""Of answers kept, packed and unpacked together."""

_THREADS = 4  # so that programs leave the others to readers
_QUEUE = 32  # calls that wait for a thread; those that are answered from memory need none
_METHODS = "GET, HEAD, OPTIONS"
_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?|\[[0-9a-fA-F:]{2,45}\](:[0-9]{1,5})?")
_WORDS = 20  # of a query
_UNVERSIONED = f"v1/{NAME}"  # an answer to a report makes no new data version
_TABLES = {f"v1/{name}" for name in RESOURCES}


class Answered(NamedTuple):
    """An answer as it is sent: packed too where that is worth it."""

    page: Page
    packed: Mapping[str, bytes]
    tag: str

    @property
    def size(self) -> int:
        """How many bytes are kept of it."""
        return len(self.page.content) + sum(map(len, self.packed.values()))


class Recent:
    """Answers of one data version, those asked for last; bounded in bytes."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most, self._size, self._version = most, 0, ""
        self._kept: OrderedDict[Hashable, Answered] = OrderedDict()
        self._lock = Lock()

    @property
    def size(self) -> int:
        """How many bytes are kept."""
        return self._size

    def get(self, version: str, key: Hashable) -> Answered | None:
        """Return an answer, if it is of this version and still there."""
        with self._lock:
            if version != self._version or key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key]

    def put(self, version: str, key: Hashable, answered: Answered) -> None:
        """Keep an answer, and let go those of other versions and what no longer finds room."""
        with self._lock:
            if version != self._version:
                self._kept.clear()
                self._size, self._version = 0, version
            if (before := self._kept.pop(key, None)) is not None:
                self._size -= before.size
            self._kept[key] = answered
            self._size += answered.size
            while self._size > self._most:
                self._size -= self._kept.popitem(last=False)[1].size


class Api:
    """Answers programs; any page of the web may read what it says, and nothing can be changed.

    Parameters
    ----------
    open_to_pages : bool
        Whether pages of other origins may read the answers in a browser.
    """

    def __init__(self, *, open_to_pages: bool) -> None:
        self.recent, self.editions = Recent(), Editions()
        self._newest = Newest(_published)
        self._limiter = anyio.CapacityLimiter(_THREADS)
        self._always = {"Vary": "Accept-Encoding", "Accept-Ranges": "none"}
        if open_to_pages:
            self._always |= {
                "Access-Control-Allow-Origin": "*",
                "Access-Control-Expose-Headers": "ETag, Link, Content-Crs",
            }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call; its body is never read."""
        request = Request(scope)
        response = await self._answer(request)
        response.headers.update(self._always)
        if request.method == "HEAD":
            response.body = b""
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            allowed = {"Allow": _METHODS, "Access-Control-Allow-Methods": _METHODS}
            allowed |= {"Access-Control-Allow-Headers": "*", "Access-Control-Max-Age": "86400"}
            return Response(status_code=204, headers=allowed)
        try:
            pairs = _pairs(request)
        except ValueError:
            return problem(400, _("The question is too long; ask for less at once."))
        wished = dict(pairs).get("lang", LANGUAGE)
        with speaking(wished if wished in LANGUAGES else LANGUAGE):
            if wished not in LANGUAGES:
                sentence = _("“{text}” cannot be used as {name}.")
                return problem(400, sentence.format(text=wished[:60], name="lang"))
            if request.method not in _METHODS.split(", "):
                refused = problem(405, _("Here one can only read."))
                refused.headers["Allow"] = _METHODS
                return refused
            return await self._page(request, pairs)

    async def _page(self, request: Request, pairs: list[tuple[str, str]]) -> Response:
        """Return the answer to what is asked, or why there is none; faults are for the log."""
        try:
            return _sent(await self._answered(request, pairs), request)
        except BusyError as error:
            busy = problem(429, str(error))
            busy.headers["Retry-After"] = "60"
            return busy
        except NothingThereError as error:
            return problem(404, str(error))
        except WrongCallError as error:
            return problem(400, str(error))
        except ModelError:
            logging.getLogger(__name__).exception("The API cannot read the store")
            return problem(503, _("The data cannot be read now; ask again later."))
        except Exception:
            logging.getLogger(__name__).exception("The API failed")
            return problem(500, _("Something went wrong; the log of the server says what."))

    async def _answered(self, request: Request, pairs: list[tuple[str, str]]) -> Answered:
        """Return an answer of the newest version, one that is kept if there is any."""
        version, day = await self._newest.version(), today()
        path = request.path_params["path"].strip("/")
        base = _base(request)
        # Only what has whole addresses in it differs by the name under which it is asked for.
        key = path, tuple(sorted(pairs)), "" if path in _TABLES else base, day
        if kept := self.recent.get(version, key):
            return kept
        if self._limiter.statistics().tasks_waiting >= _QUEUE:
            raise BusyError(_("Too much is asked at once; ask again in a minute."))
        edition = partial(self.editions.of_day, store(), version)
        reported = partial(store().reported, REAL)
        made = partial(_made, Call(path, pairs, base, day, edition, reported, accepted()))
        answered = await anyio.to_thread.run_sync(made, limiter=self._limiter)
        if path != _UNVERSIONED:
            self.recent.put(version, key, answered)
        return answered


def _published() -> str:
    """Return the data version that the public sees."""
    return store().version(REAL, published=True)


def _made(call: Call) -> Answered:
    """Return a new answer, ready to be sent."""
    page = respond(call)
    return Answered(page, packed(page.content), hashlib.sha256(page.content).hexdigest()[:32])


def routes(*, open_to_pages: bool) -> list[Route]:
    """Return what answers programs in the app's server."""
    api = Api(open_to_pages=open_to_pages)
    return [Route(below(f"{ROOT}/{{path:path}}"), api)]


def _pairs(request: Request) -> list[tuple[str, str]]:
    """Return the words of a query; ValueError if they are too many or too long."""
    query = request.url.query
    if len(query) > 2 * LONGEST:
        raise ValueError
    return parse_qsl(query, keep_blank_values=True, max_num_fields=_WORDS)


def _base(request: Request) -> str:
    """Return the API's own address as who asks wrote it; only its path if that is no address."""
    host = request.headers.get("host", "")
    if not _HOST.fullmatch(host):
        return below(ROOT)
    return f"{request.url.scheme}://{host}{below(ROOT)}"


def _sent(answered: Answered, request: Request) -> Response:
    """Return an answer as a browser or program can take it, or that it has it already."""
    way = taken(request.headers.get("accept-encoding", "")) if answered.packed else ""
    tag = f'"{answered.tag}{"-" if way else ""}{way}"'
    # Whether it may still be seen is asked each time, as of map pages (ADR 7).
    headers = {"Cache-Control": "public, no-cache", "ETag": tag, "Content-Language": language()}
    headers |= answered.page.headers
    if _has(request.headers.get("if-none-match", ""), answered.tag):
        return Response(status_code=304, headers=headers)
    content = answered.page.content
    if way:
        content = answered.packed[way]
        headers["Content-Encoding"] = way
    return Response(content, headers=headers, media_type=answered.page.media_type)


def _has(tags: str, tag: str) -> bool:
    """Whether a program has an answer already, packed or not."""
    given = {one.strip().removeprefix("W/").strip('"') for one in tags.split(",")}
    return bool(given & {"*", tag, *(f"{tag}-{way}" for way in WAYS)})


def problem(status: int, sentence: str) -> Response:
    """Return a refusal as RFC 9457 has it."""
    titles: Mapping[int, str] = {
        400: _("The question cannot be answered"),
        404: _("There is nothing here"),
        405: _("Here one can only read"),
        429: _("Too much is asked at once"),
        503: _("The data cannot be read now"),
    }
    document = {
        "type": "about:blank",
        "title": titles.get(status, _("Something went wrong")),
        "status": status,
        "detail": sentence,
    }
    headers = {"Cache-Control": "no-store"}
    return Response(compact(document), status, headers, PROBLEM)
