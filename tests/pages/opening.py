"""Opening a screen at its address, as a browser does.

AppTest knows no addresses: until the app has run once it takes a file's name for one. To run the
first screen, only to leave it again, would be half of what a test of another screen costs.
"""

from pathlib import Path

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from pages.steward import SCREENS

APP = Path(__file__).parents[2] / "app.py"
ADDRESSES = {
    "briefing": "bao-cao",
    "gaps": "khoang-trong",
    "visits": "lich-den",
    "method": "phuong-phap",
    "evidence": "minh-chung",
    **{Path(screen.file).stem: screen.path for screen in SCREENS},
}
"""File of a screen to its address; of the first screen there is none."""


def screen_at(name: str = "", **query: str) -> AppTest:
    """Return the app at the address of a screen, not yet run."""
    app = AppTest.from_file(APP, default_timeout=60)
    if name:
        app._page_hash = calc_hash(ADDRESSES[name])  # what Streamlit makes of an address
    for key, text in query.items():
        app.query_params[key] = text
    return app
