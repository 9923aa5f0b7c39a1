"""The API: what a kept answer costs beside the first one and beside the bare server, in one run."""

import asyncio
import gzip
import time

import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from geodata.geography import units
from geodata.rules import plan
from geodata.simulation import simulate
from geodata.store import Store
from pages.parts.server import api
from pages.parts.server.packing import WAYS
from pages.parts.shared import data

pytestmark = pytest.mark.benchmark

SITES, CALLS, AT_ONCE = 3_000, 1_024, 64
SCOPE = {
    "type": "http",
    "method": "GET",
    "query_string": b"",
    "scheme": "http",
    "raw_path": b"",
    "headers": [(b"host", b"x"), (b"accept-encoding", b"gzip")],
    "http_version": "1.1",
    "server": ("x", 80),
    "client": ("y", 1),
}


@pytest.fixture
def app(tmp_path, monkeypatch):
    address = f"sqlite:///{tmp_path / 's.sqlite'}"
    blocks, legacy = units.load_blocks(), units.load_legacy_communes()
    made = simulate.simulate(blocks, legacy, plan.shipped(), SITES, 1)
    Store(address).create(*made)
    monkeypatch.setenv("HG_STORE", address)
    data.store.clear()
    bare = Route("/bare", lambda _request: Response(b"x"))
    yield Starlette(routes=[*api.routes(open_to_pages=True), bare])
    data.store.clear()


def calls(app, path, number, at_once=1):
    """Ask so often; return the content of the last answer and processor seconds a call."""
    body = []

    async def send(message):
        body[:] = [message.get("body", b"")]

    async def every():
        for _turn in range(number // at_once):
            asked = (app({**SCOPE, "path": path}, None, send) for _ in range(at_once))
            await asyncio.gather(*asked)

    started = time.process_time()
    asyncio.run(every())
    return body[0], (time.process_time() - started) / number


def test_a_kept_answer_costs_little(app, report):
    path = "/api/v1/sites.geojson"
    content, first = calls(app, path, 1)
    _content, alone = calls(app, path, CALLS // 8)
    _content, together = calls(app, path, CALLS, AT_ONCE)
    _content, bare = calls(app, "/bare", CALLS, AT_ONCE)
    plain = gzip.decompress(content)
    size = len(plain)
    for way, pack in WAYS.items():
        started = time.process_time()
        share = len(pack(plain)) / size
        report(
            f"API, {SITES} sites: {size / 1e6:.1f} MB, by {way} {share:.1%} of it "
            f"in {time.process_time() - started:.3f} s"
        )
    report(
        f"API: first answer {first:.2f} s; kept {alone * 1000:.2f} ms alone, "
        f"{together * 1000:.2f} ms of {AT_ONCE} at once; first : kept = {first / together:.0f}, "
        f"kept : an empty answer of Starlette = {together / bare:.1f}"
    )
    assert first > 10 * together
