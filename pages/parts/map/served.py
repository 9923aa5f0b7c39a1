"""What the map page fetches by itself: its own file, and the statuses of days.

It lies in memory, is given only to those who may see it, and no longer than it is the newest; the
decision is ADR 7. Not here: what is in it (``view``, ``time``), or who is signed in (``access``).
"""

import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import NamedTuple
from weakref import WeakValueDictionary

import streamlit as st
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from geodata import leaflet
from geodata.core.errors import ModelError
from pages.parts.server.refusals import note
from pages.parts.shared.below import below
from pages.parts.shared.data import Data, mode, store
from pages.parts.shared.private import browser_of, same_browser, session_name

ROOT, LEAFLET = "map", "../leaflet"
_PUBLIC, _SESSION = "public", "map_shelf"
_MOST = 128  # files of a shelf; the page asks for each at once and keeps what it has got
# What a publication shut while it was on its way: the app around it is asked for a newer one.
_GONE = "<!doctype html><script>parent.postMessage({hg: {gone: true}}, location.origin)</script>"
_KINDS = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "bin": "application/octet-stream",
}


class _File(NamedTuple):
    content: bytes
    workspace: str
    version: str
    current: Callable[[], bool]


@dataclass(eq=False)
class Shelf:
    """The files of some readers: of all the public, or of one steward while signed in."""

    name: str
    stands: Callable[[], bool]  # whether those readers may still have them
    browser: str | None = None  # whose they are, as its cookie says; None is anybody's
    files: OrderedDict[str, _File] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def put(self, name: str, content: bytes, data: Data) -> None:
        """Lay a file there, and take away those of other versions of its workspace."""
        at, public = store(), mode() == "public"

        def current() -> bool:
            return at.version(data.workspace, published=public) == data.version

        with self.lock:
            for key, file in [*self.files.items()]:
                if file.workspace == data.workspace and file.version != data.version:
                    del self.files[key]
            self.files[name] = _File(content, data.workspace, data.version, current)
            self.files.move_to_end(name)
            while len(self.files) > _MOST:
                self.files.popitem(last=False)

    def get(self, name: str, browser: str) -> bytes | None:
        """Return a file's content, if a browser may have it now."""
        with self.lock:
            file = self.files.get(name)
        try:
            if file and self.opens(browser) and file.current():
                return file.content
        except ModelError:  # what cannot be asked for is not given
            return None
        return None

    def opens(self, browser: str) -> bool:
        """Say whether a browser is the one whose shelf it is, and its sign-in stands."""
        return (self.browser is None or same_browser(self.browser, browser)) and self.stands()


_everybody = Shelf(_PUBLIC, lambda: True)
# A session holds its shelf: what ends the session, or signs out, takes the files away with it.
_shelves: WeakValueDictionary[str, Shelf] = WeakValueDictionary({_PUBLIC: _everybody})
_of_sessions: WeakValueDictionary[str, Shelf] = WeakValueDictionary()


def hold(stands: Callable[[], bool]) -> None:
    """Give the session a shelf of its own, for as long as `stands` says that it is signed in."""
    kept = st.session_state.get(_SESSION)
    if kept is None:
        kept = st.session_state[_SESSION] = Shelf(secrets.token_urlsafe(32), stands)
        _shelves[kept.name] = kept
    kept.stands, kept.browser = stands, browser_of(st.context.cookies)
    _of_sessions[session_name()] = kept


def opens(session: str, browser: str) -> bool:
    """Say whether a session of Streamlit's is signed in now, in that browser."""
    kept = _of_sessions.get(session)
    try:
        return kept is not None and kept.opens(browser)
    except ModelError:
        return False


def laid(file: tuple[str, bytes], data: Data) -> str:
    """Lay a named file where this reader's map page finds it, and return its name."""
    name, content = file
    _shelf().put(name, content, data)
    return name


def address(name: str) -> str:
    """Return the address of a file laid for this reader, as seen from the app."""
    return f"{ROOT}/{_shelf().name}/{name}"


def _shelf() -> Shelf:
    """Return this reader's shelf; on a steward's server only who signed in has one."""
    shelf: Shelf = _everybody if mode() == "public" else st.session_state[_SESSION]
    return shelf


def fetched(at: str, browser: str = "") -> bytes | None:
    """Return what lies at an address of a file, if a browser may have it now."""
    _root, shelf, name = at.split("/")
    kept = _shelves.get(shelf)
    return kept.get(name, browser) if kept else None


def routes() -> list[Route]:
    """Return what answers the map page in the app's server."""
    return [
        Route(below(f"/{ROOT}/leaflet/{{name}}"), _answer_leaflet),
        Route(below(f"/{ROOT}/{{shelf}}/{{name}}"), _answer),
    ]


def _answer(request: Request) -> Response:
    shelf, name = request.path_params["shelf"], request.path_params["name"]
    content = fetched(f"{ROOT}/{shelf}/{name}", browser_of(request.cookies))
    if content is None:
        note("map page not open to this reader")
        return HTMLResponse(_GONE, 404)
    # A name is made from the content; but whether it may still be seen is asked each time.
    headers = {"Cache-Control": "no-cache" if shelf == _PUBLIC else "no-store", "ETag": f'"{name}"'}
    if shelf == _PUBLIC and name in request.headers.get("If-None-Match", ""):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=_KINDS[name.rpartition(".")[2]], headers=headers)


def _answer_leaflet(request: Request) -> Response:
    try:
        path = leaflet.located()[request.path_params["name"]]
    except (KeyError, leaflet.MissingLeafletError):
        return Response(status_code=404)
    return FileResponse(path, headers={"Cache-Control": "public, max-age=86400"})
