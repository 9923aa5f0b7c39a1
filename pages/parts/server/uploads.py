"""Uploads on a public server: small ones, and few, for Streamlit keeps them in memory.

A steward's server has the size that Streamlit is set to. Not here: what a file must be to be read
(``geodata.intake``).
"""

from collections import OrderedDict
from http import HTTPMethod

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

LARGEST_MB = 1
MOST = 3
"""How large a file may be that anybody sends, and how many a session may have at once."""

_UPLOADS = "/_stcore/upload_file/"
_AROUND = 4096  # what a form puts around a file
_SESSIONS = 10_000


class FewUploads:
    """Refuses what is too large or one too many before it is read."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._held: OrderedDict[str, set[str]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is small enough and within the session's number."""
        app = self.app
        if scope["type"] == "http" and _UPLOADS in scope["path"]:
            session, _slash, file = scope["path"].partition(_UPLOADS)[2].partition("/")
            method, asked = scope["method"], Headers(scope=scope)
            if method == HTTPMethod.DELETE:
                self._held.get(session, set()).discard(file)
            elif method == HTTPMethod.PUT and not self._fits(session, file, asked):
                app = PlainTextResponse("Too large", status_code=413)
        await app(scope, receive, send)

    def _fits(self, session: str, file: str, asked: Headers) -> bool:
        """Say whether a file may be sent, and remember that it was.

        One whose length is not said is refused: browsers say it.
        """
        length = asked.get("content-length", "")
        if not length.isdecimal() or int(length) > LARGEST_MB * 1024 * 1024 + _AROUND:
            return False
        held = self._held.setdefault(session, set())
        self._held.move_to_end(session)
        if len(self._held) > _SESSIONS:
            self._held.popitem(last=False)
        if len(held | {file}) > MOST:
            return False
        held.add(file)
        return True
