"""The guard: who may ask this server, in whose frame it stands, and what a browser may load for it.

One ASGI layer around everything, the socket included. Not here: sign-in (``shared.access``), how
much may be sent up (``uploads``), and TLS, which is the proxy's.
"""

from collections.abc import Iterable
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geodata.core.text import _
from pages.parts.server.refusals import note, refused

# What a proxy or its host asks by whatever name it has for this process.
_WATCHED = ("/healthz", "/readyz")
# Streamlit's own figures and its door for programs: `metrics` has the ones for the office.
_CLOSED = ("/_stcore/metrics", "/_stcore/agent", "/st-metrics")
_A_YEAR = "max-age=31536000"

# Everything comes from here. Streamlit puts scripts and styles into its pages itself, makes code of
# its components from "blob:", and the map page stands in a frame of ours.
_LOADED = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "frame-src 'self' blob:; worker-src 'self' blob:; connect-src 'self'; object-src 'none'; "
    "base-uri 'self'; form-action 'self'"
)
# The app asks a device for nothing but where it is, and that only whoever presses “near me”.
_DEVICE = "geolocation=(self), camera=(), microphone=(), payment=(), usb=()"


class Guard:
    """Lets through who asks by a known name, and tells browsers what they may do with the answer.

    Parameters
    ----------
    app : ASGIApp
        What is guarded.
    hosts : iterable of str
        The names under which people open the app; none is any.
    embedders : iterable of str
        Origins (``https://…``) whose pages may show the app in a frame.
    keeps : bool
        Whether a browser may keep an answer that does not say so itself.
    """

    def __init__(
        self,
        app: ASGIApp,
        hosts: Iterable[str] = (),
        embedders: Iterable[str] = (),
        *,
        keeps: bool = True,
    ) -> None:
        self.app = app
        self.keeps = keeps
        self.hosts = frozenset(hosts)
        framed_by = " ".join(("'self'", *embedders))
        self.sent = {
            "Content-Security-Policy": f"{_LOADED}; frame-ancestors {framed_by}",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Permissions-Policy": _DEVICE,
            "Cross-Origin-Opener-Policy": "same-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse before anything behind the guard hears of it."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope)

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                if message["status"] == HTTPStatus.METHOD_NOT_ALLOWED:
                    note("method not in use")
                answer = MutableHeaders(scope=message)
                answer.update(self.sent)
                if not self.keeps:
                    answer.setdefault("Cache-Control", "no-store")
                if scope["scheme"] == "https":
                    answer["Strict-Transport-Security"] = _A_YEAR
                    message["headers"] = [_encrypted(*header) for header in message["headers"]]
            await send(message)

        app = self._refusal(scope, asked) or self.app
        await app(scope, receive, sending)

    def _refusal(self, scope: Scope, asked: Headers) -> ASGIApp | None:
        """Return what refuses, if something is to be refused; a socket gets the same by status."""
        path, host = scope["path"], asked.get("host", "")
        if any(part in path for part in _CLOSED):
            return refused("closed address", HTTPStatus.NOT_FOUND, "Not Found")
        if self.hosts and not path.endswith(_WATCHED) and _name(host) not in self.hosts:
            sentence = _("This server is not opened by the name “{name}”; see HG_HOSTS.")
            return refused(
                "foreign name", HTTPStatus.BAD_REQUEST, sentence.format(name=_name(host))
            )
        # Streamlit lets in pages of some other origins, and asks a foreign host which these are.
        origin = asked.get("origin")
        if scope["type"] == "websocket" and origin and urlsplit(origin).netloc != host:
            return refused("foreign origin", HTTPStatus.FORBIDDEN)
        return None


def _name(host: str) -> str:
    """Return a host's name without its port."""
    return (urlsplit(f"//{host}").hostname or "").lower()


def _encrypted(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """Return a header, a cookie of Streamlit's as one that the browser only sends encrypted."""
    if name.lower() == b"set-cookie" and b"; secure" not in value.lower():
        value += b"; Secure"
    return name, value
