"""A language once chosen, found again by the next visit of the same browser.

The bar's switch leaves a cookie that holds two letters and nothing of its reader; who comes with
it to a screen without a word for the language is shown to the address that has one. Not here:
the language itself (``shared.language``).
"""

from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from geodata.core.text import LANGUAGE, LANGUAGES
from pages.parts.shared.below import below
from pages.parts.shared.language import COOKIE, WORD
from pages.parts.shared.screens import ADDRESSES


class Remembered:
    """Sends who has chosen another language than the usual to it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.paths = frozenset(below(f"/{name}") for name in ADDRESSES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as asked, unless a screen is asked for in no language by who has chosen one."""
        if scope["type"] == "http" and scope["path"] in self.paths and scope["method"] == "GET":
            request = Request(scope)
            code = request.cookies.get(COOKIE, LANGUAGE)
            if WORD not in request.query_params and code in LANGUAGES and code != LANGUAGE:
                there = request.url.include_query_params(**{WORD: code})
                kept = {"Cache-Control": "no-store"}
                answer = RedirectResponse(f"{there.path}?{there.query}", 307, kept)
                await answer(scope, receive, send)
                return
        await self.app(scope, receive, send)
