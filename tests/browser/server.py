"""A running app on a store of its own, in a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

HOME = Path(__file__).parents[2]
START_S = 120
PATIENCE_S = 60


def command(store: Path, *words: str) -> None:
    """Run one command of ``python -m geodata`` on a store."""
    subprocess.run(
        [sys.executable, "-m", "geodata", *words],
        cwd=HOME,
        env=_environment(store),
        check=True,
        stdout=subprocess.DEVNULL,
    )


@cache
def _shipped() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        command(store := Path(folder) / "store.sqlite", "init")
        return store.read_bytes()


def shipped_store(store: Path) -> None:
    """Make a store with the shipped data, which is made once and copied."""
    store.write_bytes(_shipped())


class Server:
    """The app, started for a store and stopped by its process group."""

    def __init__(
        self, store: Path, settings: Mapping[str, str] = MappingProxyType({}), *options: str
    ) -> None:
        self.store = store
        port = free_port()
        self.url = f"http://127.0.0.1:{port}/"
        self._log = store.with_suffix(".log").open("wb")
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "streamlit", "run", "app.py"),
                *("--server.port", str(port), "--server.address", "127.0.0.1"),
                *("--server.headless", "true"),
                *options,
            ],
            cwd=HOME,
            env={**_environment(store), **settings},
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._wait()

    def _wait(self) -> None:
        end = time.monotonic() + START_S
        while time.monotonic() < end and self._process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}_stcore/health", timeout=2):  # noqa: S310
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        self.stop()
        raise AssertionError(self.log())

    def log(self) -> str:
        """Return what the app has printed so far."""
        return Path(self._log.name).read_text("utf-8", "replace")

    def ends(self) -> int:
        """Ask the app to end, as its host does, and return its exit status."""
        self._process.terminate()
        return self._process.wait(PATIENCE_S)

    def stop(self) -> None:
        """End the app and whatever it started."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGTERM)
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait(10)
        self._log.close()


def _environment(store: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HG_")}
    return {**kept, "HG_STORE": str(store)}


def answer(url: str, **headers: str) -> tuple[int, str]:
    """Ask an address as a program does; return status and text."""
    request = urllib.request.Request(url, headers=headers)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE_S) as given:  # noqa: S310
            return given.status, given.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
