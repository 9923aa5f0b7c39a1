"""A server with real and simulated data, a Chromium, and readers who open the app in it."""

import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Playwright,
    ViewportSize,
    sync_playwright,
)

from tests.browser.screen import DESK, Screen
from tests.browser.server import Server, command, shipped_store
from tests.browser.standing import Standing
from tests.browser.truth import Truth

Make = Callable[..., Screen]
Idle = dict[tuple[int, ...], list[BrowserContext]]
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
LATE = (
    "--initial-heap-size=1024 --min-semi-space-size=64 --max-semi-space-size=128"
    " --invocation-count-for-maglev=8000 --invocation-count-for-turbofan=30000"
    " --interrupt-budget=1000000"
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    # A page is left after seconds: what is optimised early, and room won back, is for nobody.
    f"--js-flags={LATE}",
)
ABSENT = (
    "browser tests need Chromium: install it (Debian: apt install chromium) "
    "or run “playwright install chromium”"
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder as driving a browser."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once why nothing of this folder was run."""
    skipped = terminalreporter.stats.get("skipped", [])
    if any(ABSENT in str(report.longrepr) for report in skipped):
        terminalreporter.write_line(f"skipped: {ABSENT}")


def _executable(playwright: Playwright) -> str:
    """Return a Chromium of this machine; without one, skip – or fail if all must run."""
    own = playwright.chromium.executable_path
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found or Path(own).exists():
        return found or own
    if os.environ.get("HG_TEST_ALL") == "1":
        pytest.fail(ABSENT, pytrace=False)
    pytest.skip(ABSENT)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=_executable(playwright), args=list(FLAGS)
        )
        yield launched
        try:
            launched.close()
        except Error:  # it has gone by itself
            return


@pytest.fixture(scope="session")
def serve(
    browser: Browser,  # noqa: ARG001 - no server where no browser is
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[[Callable[[Path], None]], Server]]:
    """Start the app on a new store that the caller fills."""
    servers: list[Server] = []

    def start(fill: Callable[[Path], None]) -> Server:
        store = tmp_path_factory.mktemp("store") / "store.sqlite"
        fill(store)
        servers.append(Server(store))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


@pytest.fixture(scope="session")
def server(serve: Callable[[Callable[[Path], None]], Server]) -> Server:
    """The app with the shipped data and 1,000 simulated sites: more than any file has yet."""

    def fill(store: Path) -> None:
        shipped_store(store)
        command(store, "init", "--demo", "--sites", "1000", "--seed", "1")

    return serve(fill)


@pytest.fixture(scope="session")
def real(server: Server) -> Truth:
    return Truth(server.store)


@pytest.fixture(scope="session")
def simulated(server: Server) -> Truth:
    return Truth(server.store, "simulated")


@pytest.fixture(scope="session")
def idle() -> Idle:
    """The contexts that readers have left, by the size of their window."""
    return defaultdict(list)


def _taken(browser: Browser, idle: Idle, url: str, size: ViewportSize) -> Screen:
    """Give a reader a context that another has left, or a new one."""
    left = idle[tuple(size.values())]
    context = left.pop() if left else browser.new_context(viewport=size, locale="vi-VN")
    return Screen(context, url, size)


def _left(idle: Idle, screen: Screen) -> None:
    """Let a reader go; it must be without a fault."""
    screen.close()
    idle[tuple(screen.size.values())].append(screen.context)


@pytest.fixture
def reader(browser: Browser, idle: Idle) -> Iterator[Make]:
    """Make readers, each with a browser of their own; all must leave without a fault."""
    readers: list[Screen] = []

    def make(server: Server, size: ViewportSize = DESK) -> Screen:
        readers.append(_taken(browser, idle, server.url, size))
        return readers[-1]

    yield make
    for one in readers:
        _left(idle, one)


@pytest.fixture(scope="module")
def standing(browser: Browser, idle: Idle) -> Iterator[Standing]:
    """What ``still`` has opened last."""
    last = Standing(
        lambda url, size: _taken(browser, idle, url, size), lambda one: _left(idle, one)
    )
    yield last
    last.leave()


@pytest.fixture
def still(standing: Standing, server: Server) -> Iterator[Make]:
    """Open an address for all tests in a row that look at it and leave it as they found it."""
    yield lambda address="", size=DESK: standing.at(server.url, address, size)
    standing.judge()


@pytest.fixture
def screen(reader: Make, server: Server) -> Screen:
    """One reader of the main server at a desk."""
    return reader(server)
