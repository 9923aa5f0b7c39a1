"""A proxy or a bad line cuts the app's socket: the page comes back by itself, its view kept."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import pytest

from geodata.reading.labels import axis_label
from tests.browser.screen import Screen
from tests.browser.server import Server
from tests.examples import ROUNDS


class Line:
    """What lies between a browser and a server, and can be cut."""

    def __init__(self, server: Server) -> None:
        self._target = urlsplit(server.url)
        self._loop = asyncio.new_event_loop()
        self._open: set[asyncio.StreamWriter] = set()
        self.store = server.store
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self._listener = self._done(asyncio.start_server(self._taken, "127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.sockets[0].getsockname()[1]}/"

    def _done(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(20)

    async def _taken(self, source: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        address = self._target.hostname, self._target.port
        answers, target = await asyncio.open_connection(*address)
        self._open |= {answer, target}
        await asyncio.gather(self._passed(source, target), self._passed(answers, answer))

    async def _passed(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while piece := await source.read(1 << 16):
                target.write(piece)
                await target.drain()
        target.close()
        self._open.discard(target)

    async def _cut(self) -> None:
        for one in self._open:
            one.transport.abort()
        self._open.clear()

    def cut(self) -> None:
        """Cut every connection there is; new ones are let through."""
        self._done(self._cut())

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._listener.close)
        self.cut()
        self._loop.call_soon_threadsafe(self._loop.stop)


@pytest.fixture
def line(server: Server) -> Iterator[Line]:
    made = Line(server)
    yield made
    made.stop()


def test_the_page_comes_back_with_its_view_when_the_line_was_cut(
    reader: Callable[..., Screen], line: Line
) -> None:
    screen = reader(line).open("?kinds=supermarket&paint=statuses")
    sockets: list[object] = []
    screen.page.on("websocket", lambda one: sockets.append(one))  # noqa: PLW0108 - it writes on what it is given
    for turn in range(max(1, ROUNDS // 20)):
        before = len(sockets)
        line.cut()
        screen.eventually(lambda: len(sockets) > before, wanted=True)  # noqa: B023
        screen.press(axis_label(("compliance", "outreach")[turn % 2]))
        assert "kinds=supermarket" in screen.page.url
        assert screen.frame.evaluate("window.__mark") == "kept", "the map was loaded anew"
