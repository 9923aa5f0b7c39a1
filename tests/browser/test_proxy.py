"""Behind the proxy that we ship: two replicas, readers kept to one, and one of them lost."""

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from geodata.core.text import _
from tests.browser.screen import PATIENCE, Screen
from tests.browser.server import HOME, Server, answer, free_port, shipped_store

REPLICA, WORD = "hg_replica", "a-long-word"


SETTINGS = {"HG_HOSTS": "127.0.0.1", "HG_METRICS_TOKEN": WORD}


class Proxied(Server):
    """Two servers on one store, and Caddy before them with the project's own file."""

    def __init__(self, store: Path) -> None:
        self.replicas = [Server(store, SETTINGS) for _n in range(2)]
        self.url = f"http://127.0.0.1:{free_port()}/"
        addresses = " ".join(one.url.removeprefix("http://").rstrip("/") for one in self.replicas)
        self.store = store
        self._log = store.with_suffix(".proxy.log").open("wb")
        self._process = subprocess.Popen(
            ["caddy", "run", "--config", "deploy/Caddyfile", "--adapter", "caddyfile"],
            cwd=HOME,
            env={
                **os.environ,
                "PUBLIC_HOST": self.url.rstrip("/"),
                "STEWARD_HOST": "http://127.0.0.1:0",
                "PUBLIC": addresses,
                "STEWARD": addresses,
            },
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._wait()

    def stop(self) -> None:
        super().stop()
        for one in self.replicas:
            one.stop()


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxied]:
    if shutil.which("caddy") is None:
        pytest.skip("needs caddy (Debian: apt install caddy)")
    store = tmp_path_factory.mktemp("proxied") / "store.sqlite"
    shipped_store(store)
    started = Proxied(store)
    yield started
    started.stop()


def _readers(server: Server) -> float:
    figures = answer(f"{server.url}metrics", Authorization=f"Bearer {WORD}")[1]
    (line,) = [line for line in figures.splitlines() if line.startswith("hg_sessions ")]
    return float(line.split()[1])


def test_what_is_for_watchers_is_not_for_readers_and_foreign_names_find_nothing(proxied: Proxied):
    assert answer(f"{proxied.url}healthz")[0] == 200
    for path in ("metrics", "readyz"):
        assert answer(f"{proxied.url}{path}", Authorization=f"Bearer {WORD}")[0] == 404
    assert answer(proxied.replicas[0].url, Host="foreign.example")[0] == 400


def test_a_reader_stays_with_one_replica_and_keeps_the_view_when_it_is_lost(
    proxied: Proxied, reader: Callable[..., Screen]
):
    screen = reader(proxied).open("?axis=outreach&unit=934")
    (first,) = [one["value"] for one in screen.context.cookies() if one["name"] == REPLICA]
    screen.page.reload()
    screen.arrived()
    (again,) = [one["value"] for one in screen.context.cookies() if one["name"] == REPLICA]
    assert again == first
    seen = screen.page.url
    serving = next(one for one in proxied.replicas if _readers(one))
    os.killpg(serving._process.pid, signal.SIGKILL)
    screen.page.reload()  # the same address alone would load nothing anew
    screen.arrived()
    expect(screen.page.get_by_text(_("Map")).first).to_be_visible(timeout=PATIENCE)
    assert screen.page.url == seen
