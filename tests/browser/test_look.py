"""The look holds in the dark, on paper and enlarged."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page, expect

from geodata.core.text import _
from geodata.reading.tokens import theme
from tests.browser.screen import Screen
from tests.browser.server import Server

ENLARGED = {"width": 720, "height": 450}  # what a desk of 1440 × 900 shows at 200 %
BANNER = _("SIMULATED DATA – not real figures")
GROUND = "getComputedStyle(document.querySelector('.folium-map')).backgroundColor"
SCREENS = (
    "?workspace=simulated",
    "khoang-trong?workspace=simulated",
    "bao-cao?workspace=simulated&slide=2",
    "bao-cao?workspace=simulated",
    "?paint=kinds",
    "lich-den",
)
LETTERS = "Array.from(document.fonts, (font) => font.family + ' ' + font.status)"


def rgb(colour: str) -> str:
    red, green, blue = bytes.fromhex(colour[1:7])
    return f"rgb({red}, {green}, {blue})"


def test_the_map_follows_the_theme_of_the_reader_and_paper_is_light(screen: Screen) -> None:
    screen.open()
    screen.frame.wait_for_function(f"{LETTERS}.includes('Source Sans loaded')")
    assert screen.frame.evaluate(GROUND) == rgb(theme("light")["ground"])
    screen.page.emulate_media(color_scheme="dark")
    screen.eventually(lambda: screen.frame.evaluate(GROUND), wanted=rgb(theme("dark")["ground"]))
    assert screen.kept()  # told, not loaded again
    expect(screen.page.locator(".stApp")).to_have_css(
        "background-color", rgb(theme("dark")["paper"])
    )
    screen.frame.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert screen.frame.evaluate(GROUND) == rgb(theme("light")["ground"])
    screen.frame.evaluate("dispatchEvent(new Event('afterprint'))")
    assert screen.frame.evaluate(GROUND) == rgb(theme("dark")["ground"])


def test_enlarged_twice_the_mark_of_simulated_data_stays_and_all_can_be_reached(
    reader: Callable[..., Screen], server: Server
) -> None:
    screen = reader(server, ENLARGED).open("?workspace=simulated&paint=statuses")
    banner = screen.map.get_by_text(BANNER)
    expect(banner).to_be_in_viewport(ratio=1)
    above = screen.frame.evaluate(
        "() => { const b = document.getElementById('hg-banner').getBoundingClientRect();"
        " return document.elementFromPoint(b.x + 20, b.y + b.height / 2).id }"
    )
    assert above == "hg-banner"  # nothing lies over it
    for name in (_("Zoom in"), _("Zoom out"), _("Whole province")):
        expect(screen.map.get_by_role("button", name=name)).to_be_in_viewport()


def barriers(page: Page | Frame) -> list[str]:
    """Return what axe finds that keeps somebody out, and where."""
    violations = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['html'][:200]}"
        for one in violations
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_screen_keeps_anybody_out(screen: Screen, scheme: str) -> None:
    screen.page.emulate_media(color_scheme=scheme)
    for address in SCREENS:
        screen.open(address)
        assert barriers(screen.page) == [], address
        assert barriers(screen.frame) == [], address
    screen.visit("minh-chung", _("What is known, and what is not"))
    assert barriers(screen.page) == []
