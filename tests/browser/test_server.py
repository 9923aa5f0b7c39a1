"""The server as a process: what it asks of others, how it is watched, and how it ends."""

import http.client
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from geodata.core.text import _
from tests.browser.screen import Screen
from tests.browser.server import Server, answer, shipped_store

WORD = "a-long-word"


@pytest.fixture(scope="module")
def trap() -> Iterator[socket.socket]:
    """A proxy that would be asked for every foreign host."""
    with closing(socket.socket()) as proxy:
        proxy.bind(("127.0.0.1", 0))
        proxy.listen()
        proxy.settimeout(0.5)
        yield proxy


@pytest.fixture(scope="module")
def started(trap: socket.socket, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that has just started."""
    store = tmp_path_factory.mktemp("started") / "store.sqlite"
    shipped_store(store)
    through = f"http://127.0.0.1:{trap.getsockname()[1]}"
    names = ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy")
    proxies = {**dict.fromkeys(names, through), "NO_PROXY": ""}
    server = Server(store, {**proxies, "HG_LOG": "json", "HG_METRICS_TOKEN": WORD})
    yield server
    server.stop()


def test_no_foreign_host_is_asked_at_the_start_nor_when_another_page_knocks(
    trap: socket.socket, started: Server
):
    """Streamlit's greeting and its check of origins would both ask one for our own address."""
    knock = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Origin": "http://foreign.example",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
    }
    with closing(http.client.HTTPConnection(urlsplit(started.url).netloc)) as other:
        other.request("GET", "/_stcore/stream", headers=knock)
        assert other.getresponse().status == 403
    with pytest.raises(TimeoutError):
        trap.accept()


def test_the_first_deep_link_after_a_start_finds_its_page(
    started: Server, reader: Callable[..., Screen]
):
    screen = reader(started)
    screen.stand("bao-cao?as_of=2024-12-31")
    expect(screen.page.get_by_role("dialog")).to_have_count(0)
    expect(screen.page.get_by_role("button", name=_("Present"))).to_be_visible()


def test_a_server_says_how_it_is_and_ends_when_asked_with_a_reader_connected(
    started: Server, reader: Callable[..., Screen]
):
    screen = reader(started).open()
    assert answer(f"{started.url}healthz")[0] == answer(f"{started.url}readyz")[0] == 200
    status, figures = answer(f"{started.url}metrics", Authorization=f"Bearer {WORD}")
    assert status == 200
    assert re.search(
        r"^hg_sessions [12]\.0$", figures, re.MULTILINE
    )  # who left may be kept a while
    assert 'hg_screen_seconds_count{screen="ban-do"}' in figures
    assert answer(f"{started.url}metrics")[0] == answer(f"{started.url}_stcore/metrics")[0] == 404
    expect(screen.page.get_by_text("Bản đồ").first).to_be_visible()
    assert started.ends() in (0, -15)
    assert "127.0.0.1:" not in started.log(), "a reader's address is personal"
