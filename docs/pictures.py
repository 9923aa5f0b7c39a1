"""Take pictures of the app as it is (needs Chromium): the README's, or with ``ALL=1`` every screen.

The latter, for eyes that look for what annoys, are those of `SCREENS` with real and simulated data,
and the stewards' with real, at a desk, on a small desk and on a phone, in light and dark, and go to
``tests/output/pictures``.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from io import BytesIO
from itertools import product
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from geodata.core.text import _
from geodata.store import SIMULATED, Store
from pages.steward import SCREENS as OF_STEWARDS
from tests.browser.conftest import FLAGS, NAMES
from tests.browser.office import LAN, WORDS, servers
from tests.browser.server import Server, command

HOME = Path(__file__).parents[1]
README, EVERY = HOME / ".github" / "pictures", HOME / "tests" / "output" / "pictures"
SCREENS = {
    "map": "",
    "briefing": "bao-cao",
    "talk": "bao-cao?slide=1",
    "gaps": "khoang-trong",
    "visits": "lich-den",
    "method": "phuong-phap",
    "evidence": "minh-chung",
}
THEMES = ("light", "dark")
SIZES = {"desk": (1440, 900), "small": (1024, 768), "phone": (360, 740)}
DRAWN_MS = 6_000  # the map, the solver of visits
PATIENCE_MS = 120_000


def main() -> None:
    """Show the app to a browser, and keep what it sees."""
    chromium = next(filter(None, map(shutil.which, NAMES)), None)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        readers(browser, Path(folder))
        if os.environ.get("ALL"):
            for office, _public in servers(Path(tempfile.mkdtemp(dir=folder))):
                stewards(browser, office.url)
        browser.close()


def readers(browser: Browser, folder: Path) -> None:
    """Take what everybody sees."""
    store = folder / "store.sqlite"
    command(store, "init", "--demo", "--sites", "300", "--seed", "1")
    server = Server(store)
    try:
        for path, address, size, theme in every() if os.environ.get("ALL") else readme(store):
            page = opened(browser, size, theme)
            take(page, server.url + address, path)
            page.close()
    finally:
        server.stop()


def readme(store: Path) -> Iterator[tuple[Path, str, str, str]]:
    """Yield the README's pictures: where, of which address, size and theme."""
    site = Store(f"sqlite:///{store}").load(SIMULATED).sites.index[0]
    addresses = {
        "map": "",
        "simulated": f"?workspace=simulated&site={site}",
        "briefing": "bao-cao?workspace=simulated",
        "gaps": "khoang-trong?workspace=simulated",
    }
    for name, address in addresses.items():
        yield README / f"{name}.webp", address, "desk", "light"


def every() -> Iterator[tuple[Path, str, str, str]]:
    """Yield the pictures of all screens, as `readme`."""
    spaces = ("real", "simulated")
    for (name, address), space, size, theme in product(SCREENS.items(), spaces, SIZES, THEMES):
        joined = f"{address}{'&' if '?' in address else '?'}workspace={space}"
        yield EVERY / f"{name}-{space}-{size}-{theme}.png", joined, size, theme


def stewards(browser: Browser, url: str) -> None:
    """Take the way in and the screens of who enters data."""
    for size, theme in product(SIZES, THEMES):
        page = opened(browser, size, theme)
        take(page, url, EVERY / f"sign-in-{size}-{theme}.png")
        page.get_by_label(_("E-mail")).fill(LAN)
        page.get_by_label(_("Password"), exact=True).fill(WORDS)
        page.get_by_role("button", name=_("Sign in"), exact=True).click()
        page.locator("iframe[data-ready=yes]").wait_for()
        for screen in OF_STEWARDS:
            path = EVERY / f"{screen.file.removesuffix('.py')}-{size}-{theme}.png"
            take(page, url + screen.path, path)
        page.close()


def opened(browser: Browser, size: str, theme: str) -> Page:
    """Return a new reader's window."""
    wide, high = SIZES[size]
    page = browser.new_page(
        viewport={"width": wide, "height": high},
        color_scheme="dark" if theme == "dark" else "light",
        locale="vi-VN",
    )
    page.set_default_timeout(PATIENCE_MS)
    return page


def take(page: Page, address: str, path: Path) -> None:
    """Take one picture of what a reader sees at an address."""
    page.goto(address, wait_until="networkidle")
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    page.wait_for_timeout(DRAWN_MS)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.open(BytesIO(page.screenshot())).save(path)


if __name__ == "__main__":
    main()
