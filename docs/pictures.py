"""Take pictures of the app as it is (needs Chromium): the README's, or with ``ALL=1`` every screen.

The latter, for eyes that look for what annoys, are those of `SCREENS` with real and simulated data,
at a desk, on a small desk and on a phone, in light and dark, and go to ``tests/output/pictures``.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from io import BytesIO
from itertools import product
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from geodata.store import SIMULATED, Store
from tests.browser.conftest import FLAGS, NAMES
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
SIZES = {"desk": (1440, 900), "small": (1024, 768), "phone": (360, 740)}
DRAWN_MS = 6_000  # the map, the solver of visits
PATIENCE_MS = 120_000


def main() -> None:
    """Show the app to a browser, and keep what it sees."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        store = Path(folder, "store.sqlite")
        command(store, "init", "--demo", "--sites", "300", "--seed", "1")
        wanted = every() if os.environ.get("ALL") else readme(store)
        chromium = next(filter(None, map(shutil.which, NAMES)), None)
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        server = Server(store)
        try:
            for path, address, size, theme in wanted:
                take(browser, server.url + address, path, size, theme)
        finally:
            server.stop()
            browser.close()


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
    spaces, themes = ("real", "simulated"), ("light", "dark")
    for (name, address), space, size, theme in product(SCREENS.items(), spaces, SIZES, themes):
        joined = f"{address}{'&' if '?' in address else '?'}workspace={space}"
        yield EVERY / f"{name}-{space}-{size}-{theme}.png", joined, size, theme


def take(browser: Browser, address: str, path: Path, size: str, theme: str) -> None:
    """Take one picture of what a reader sees at an address."""
    wide, high = SIZES[size]
    page = browser.new_page(
        viewport={"width": wide, "height": high},
        color_scheme="dark" if theme == "dark" else "light",
        locale="vi-VN",
    )
    page.set_default_timeout(PATIENCE_MS)
    page.goto(address, wait_until="networkidle")
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    page.wait_for_timeout(DRAWN_MS)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.open(BytesIO(page.screenshot())).save(path)
    page.close()


if __name__ == "__main__":
    main()
