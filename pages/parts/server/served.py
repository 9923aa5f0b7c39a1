"""What the server answers beside the app, and what it does when it starts and stops.

Not here: the answers themselves (``health``, ``metrics``, ``api``), or what is refused
(``guard``).
"""

import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route

from geodata import settings
from geodata.core.errors import WrongCallError
from geodata.core.text import _
from pages.parts.map import served as map_files
from pages.parts.server import api, health, log, metrics, report_call
from pages.parts.server.guard import Guard
from pages.parts.server.remembered import Remembered
from pages.parts.server.uploads import MOST_SIGNED_IN, FewUploads
from pages.parts.shared.below import below
from pages.parts.shared.data import HOME

_HERE = ("localhost", "127.0.0.1", "::1")


def routes() -> list[BaseRoute]:
    """Return what is answered beside the app, under its path if it has one."""
    own: list[BaseRoute] = [
        Route(below("/healthz"), health.alive),
        Route(below("/readyz"), health.ready),
        Route(below("/metrics"), metrics.answer),
        *map_files.routes(),
        *report_call.routes(),
        *api.routes(open_to_pages=_settings().mode == "public"),
    ]
    if _settings().mode == "steward":
        from pages.parts.server import handover  # noqa: PLC0415 - a public server never loads it

        own.append(Route(below(handover.PATH), handover.keep, methods=["POST"]))
    return own


def middleware() -> list[Middleware]:
    """Return what stands around the app, outermost first."""
    configured = _settings()
    if configured.mode == "public":
        guard = Middleware(Guard, hosts=configured.hosts, embedders=configured.embedders)
        return [guard, Middleware(FewUploads), Middleware(Remembered)]
    # Made for the machine it stands on; behind a proxy it is told its name. What it sends is for
    # who signed in, not for whoever sits there next.
    return [
        Middleware(Guard, hosts=(*_HERE, *configured.hosts), keeps=False),
        Middleware(
            FewUploads,
            largest_mb=int(st.get_option("server.maxUploadSize")),
            most=MOST_SIGNED_IN,
            opens=map_files.opens,
        ),
        Middleware(Remembered),
    ]


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Begin the log in the form that the settings ask for, and say where the app is."""
    if _settings().log == "json":
        log.begin()
    address = f"http://localhost:{st.get_option('server.port')}"
    print(_("Open {address}").format(address=address), file=sys.stderr)  # noqa: T201 - no log line
    yield


def _settings() -> settings.Settings:
    """Return the settings; where they cannot be read, those of a bare public server.

    Each screen then says what is wrong with them.
    """
    try:
        return settings.load(os.environ, HOME)
    except WrongCallError:
        return settings.load({}, HOME / "pages")
