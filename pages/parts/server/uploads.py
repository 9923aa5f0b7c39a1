"""Uploads: whose files come in, how large, and how many are kept, for Streamlit has them in memory.

Not here: who is signed in (``shared.access``), or what a file must be to be read
(``geodata.intake``).
"""

from asyncio import Lock
from collections import OrderedDict
from collections.abc import Callable
from http import HTTPMethod, HTTPStatus
from weakref import WeakValueDictionary

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.parts.server.refusals import refused
from pages.parts.shared.private import browser_of, forget_upload

LARGEST_MB = 1
MOST, MOST_SIGNED_IN = 3, 10
"""How large a file may be that anybody sends, and how many of a session are kept at once."""

_UPLOADS = "/_stcore/upload_file/"
_AROUND = 4096  # what a form puts around a file
_SESSIONS = 10_000


class FewUploads:
    """Takes files of a session one after the other, and lets the oldest go for one too many.

    Each is read by the screen as soon as it is here, so what goes has been looked at.

    Parameters
    ----------
    app : ASGIApp
        What takes the files: Streamlit, which refuses sessions that it does not know.
    largest_mb, most : int
        How large a file may be, and how many of a session are kept.
    opens : callable, optional
        Says of a session of Streamlit's and a browser whether files are taken from them; without
        it from anybody.
    """

    def __init__(
        self,
        app: ASGIApp,
        largest_mb: int = LARGEST_MB,
        most: int = MOST,
        opens: Callable[[str, str], bool] | None = None,
    ) -> None:
        self.app, self.most, self.opens = app, most, opens
        self.largest = largest_mb * 1024 * 1024 + _AROUND
        self._kept: OrderedDict[str, OrderedDict[str, None]] = OrderedDict()
        self._turns: WeakValueDictionary[str, Lock] = WeakValueDictionary()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is small enough and from whom files are taken; refuse it unread else."""
        if scope["type"] != "http" or _UPLOADS not in scope["path"]:
            await self.app(scope, receive, send)
            return
        session, _slash, file = scope["path"].partition(_UPLOADS)[2].partition("/")
        asked = Headers(scope=scope)
        if scope["method"] == HTTPMethod.DELETE:
            self._kept.get(session, OrderedDict()).pop(file, None)
        elif scope["method"] == HTTPMethod.PUT:
            if refusal := await self._refusal(session, asked):
                await refusal(scope, receive, send)
                return
            async with self._turns.setdefault(session, Lock()):
                if await self._passed_on(scope, receive, send):
                    self._keep(session, file)
            return
        await self.app(scope, receive, send)

    async def _refusal(self, session: str, asked: Headers) -> ASGIApp | None:
        """Return what refuses a file, if it is; one whose length is not said is: browsers do."""
        length = asked.get("content-length", "")
        if not length.isdecimal() or int(length) > self.largest:
            return refused("upload too large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        browser = browser_of(cookie_parser(asked.get("cookie", "")))
        if self.opens and not await run_in_threadpool(self.opens, session, browser):
            return refused("upload without a sign-in", HTTPStatus.FORBIDDEN)
        return None

    async def _passed_on(self, scope: Scope, receive: Receive, send: Send) -> bool:
        """Pass a file on; say whether it was taken."""
        status = 0

        async def sending(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        await self.app(scope, receive, sending)
        return HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES

    def _keep(self, session: str, file: str) -> None:
        """Remember a file of a session; the oldest goes if it is one too many."""
        kept = self._kept.setdefault(session, OrderedDict())
        self._kept.move_to_end(session)
        if len(self._kept) > _SESSIONS:
            self._kept.popitem(last=False)
        kept[file] = None
        kept.move_to_end(file)
        if len(kept) > self.most:
            forget_upload(session, kept.popitem(last=False)[0])
