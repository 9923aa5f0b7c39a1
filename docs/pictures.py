"""Take the README's pictures from the app as it is: ``make pictures`` (needs Chromium)."""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from geodata.store import SIMULATED, Store
from tests.browser.conftest import FLAGS, NAMES
from tests.browser.screen import DESK, Screen
from tests.browser.server import Server, command

HOME = Path(__file__).parents[1] / ".github" / "pictures"


def main() -> None:
    """Show real and simulated data to a browser, and keep what it sees."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        store = Path(folder, "store.sqlite")
        command(store, "init", "--demo", "--sites", "300", "--seed", "1")
        site = Store(f"sqlite:///{store}").load(SIMULATED).sites.index[0]
        addresses = {
            "map": "",
            "simulated": f"?workspace=simulated&site={site}",
            "gaps": "khoang-trong?workspace=simulated",
            "visits": "lich-den?workspace=simulated&km=5",
        }
        chromium = next(filter(None, map(shutil.which, NAMES)), None)
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        server = Server(store)
        try:
            for name, address in addresses.items():
                screen = Screen(browser, server.url, DESK)
                screen.open(address)
                screen.page.wait_for_timeout(6_000)  # the solver and the last tiles of the page
                screen.page.screenshot(path=HOME / f"{name}.png")
                screen.close()
        finally:
            server.stop()
            browser.close()


if __name__ == "__main__":
    main()
