"""Metrics: how often screens ran, how long, how many failed; by Prometheus' own library.

Sent only to who has the office's word (``HG_METRICS_TOKEN``); without one there is nothing here.
Nothing in them is about a person or a place. Not here: health, the log.
"""

import hmac
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import NamedTuple

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from geodata import settings
from pages.parts.shared.data import HOME
from pages.parts.shared.private import open_sessions


class Figures(NamedTuple):
    """What this process counts of itself, from its start on."""

    registry: CollectorRegistry
    seconds: Histogram
    failures: Counter
    refusals: Counter


@cache
def figures() -> Figures:
    """Return the figures of this process; one set, made when first counted or asked for."""
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    sessions = Gauge("hg_sessions", "Readers connected now", registry=registry)
    sessions.set_function(open_sessions)
    return Figures(
        registry,
        Histogram("hg_screen_seconds", "Time to make a screen", ["screen"], registry=registry),
        Counter("hg_screen_failures", "Screens that failed", ["screen"], registry=registry),
        Counter("hg_refusals", "Requests turned away", ["reason"], registry=registry),
    )


@contextmanager
def timed(screen: str) -> Iterator[None]:
    """Count one making of a screen, its time, and whether it failed.

    A screen that Streamlit stops, for a newer choice of the reader, has not failed.
    """
    begun = time.perf_counter()
    try:
        yield
    except Exception:
        figures().failures.labels(screen).inc()
        raise
    finally:
        figures().seconds.labels(screen).observe(time.perf_counter() - begun)


def answer(request: Request) -> Response:
    """Send the figures to who has the word; to anybody else there is no such page."""
    word = settings.load(os.environ, HOME).metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not word or not hmac.compare_digest(given.encode(), word.encode()):
        return PlainTextResponse("Not Found", status_code=404)
    return Response(generate_latest(figures().registry), media_type=CONTENT_TYPE_LATEST)
