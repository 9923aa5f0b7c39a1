"""The server as a process: what it asks of others, how it is watched, and how it ends."""

import http.client
import socket
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.screen import Screen
from tests.browser.server import Server, answer, command

WORD = "a-long-word"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "store.sqlite"
    command(path, "init")
    return path


def test_no_foreign_host_is_asked_at_the_start_nor_when_another_page_knocks(store):
    """Streamlit's greeting and its check of origins would both ask one for our own address."""
    with closing(socket.socket()) as proxy:
        proxy.bind(("127.0.0.1", 0))
        proxy.listen()
        proxy.settimeout(0.5)
        through = f"http://127.0.0.1:{proxy.getsockname()[1]}"
        names = ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy")
        server = Server(store, {**dict.fromkeys(names, through), "NO_PROXY": ""})
        try:
            knock = {
                "Connection": "Upgrade",
                "Upgrade": "websocket",
                "Origin": "http://foreign.example",
                "Sec-WebSocket-Version": "13",
                "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
            }
            with closing(http.client.HTTPConnection(urlsplit(server.url).netloc)) as other:
                other.request("GET", "/_stcore/stream", headers=knock)
                assert other.getresponse().status == 403
            with pytest.raises(TimeoutError):
                proxy.accept()
        finally:
            server.stop()


def test_a_server_says_how_it_is_and_ends_when_asked_with_a_reader_connected(
    store: Path, reader: Callable[..., Screen]
):
    server = Server(store, {"HG_LOG": "json", "HG_METRICS_TOKEN": WORD})
    try:
        screen = reader(server).open()
        assert answer(f"{server.url}healthz")[0] == answer(f"{server.url}readyz")[0] == 200
        status, figures = answer(f"{server.url}metrics", Authorization=f"Bearer {WORD}")
        assert status == 200
        assert "hg_sessions 1.0" in figures
        assert 'hg_screen_seconds_count{screen="ban-do"}' in figures
        assert answer(f"{server.url}metrics")[0] == answer(f"{server.url}_stcore/metrics")[0] == 404
        expect(screen.page.get_by_text("Bản đồ").first).to_be_visible()
        assert server.ends() in (0, -15)
        assert "127.0.0.1:" not in server.log(), "a reader's address is personal"
    finally:
        server.stop()
