"""The look holds in the dark, on paper, enlarged and without motion."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from geodata.core.text import _
from geodata.reading.tokens import theme
from tests.browser.screen import PATIENCE, Screen
from tests.browser.server import Server
from tests.browser.test_screens import DOUBLED, GROUND, rgb

LETTERS = "Array.from(document.fonts, (font) => font.family + ' ' + font.status)"

MOVING = """() => document.getAnimations()
  .filter((one) => Number(one.effect.getComputedTiming().duration) > 20)
  .map((one) => one.animationName || one.transitionProperty)"""


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


def test_who_wants_no_motion_gets_none(reader: Callable[..., Screen], server: Server) -> None:
    screen = reader(server, DOUBLED)
    screen.page.emulate_media(reduced_motion="reduce")
    screen.open("?workspace=simulated&as_of=2024-12-31")
    assert screen.page.evaluate(MOVING) == []
    screen.page.locator("[data-testid=stSidebar] .hg-handle").click()
    assert screen.page.evaluate(MOVING) == []
    screen.page.get_by_role("link", name=_("Briefing")).click()
    assert screen.page.evaluate(MOVING) == []
    expect(screen.page).to_have_url(re.compile("bao-cao"), timeout=PATIENCE)
    screen.settle()
    assert screen.page.evaluate(MOVING) == []
    screen.page.emulate_media(reduced_motion="no-preference")
