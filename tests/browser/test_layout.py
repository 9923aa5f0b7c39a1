"""The page fits a phone, and speaks up when the map cannot start.

Not here: every screen at every size (``test_screens``), and what keys do (``test_keyboard``).
"""

import re
from collections.abc import Callable
from datetime import date

from playwright.sync_api import expect

from geodata.core.text import _
from tests.browser.screen import PATIENCE, PHONE, Screen, overflow
from tests.browser.server import Server
from tests.browser.truth import Truth

NOT_STARTED = _("The map could not start in this browser. The table below shows the same sites.")
NOT_STARTED_ALONE = _("The map could not start in this browser; reload the page.")
HEIGHTS = "['#hg-legend', '.folium-map'].map((one) => document.querySelector(one).clientHeight)"
NO_DAY = _("The statuses of this day could not be loaded; reload the page.")


def test_on_a_phone_the_map_is_visible_and_its_legend_unfolds_and_leaves_one(
    reader: Callable[..., Screen], server: Server, simulated: Truth
) -> None:
    screen = reader(server, PHONE).open("?workspace=simulated&paint=statuses")  # with its mark
    screen.expect_drawn(simulated.drawn())
    box = screen.iframe.bounding_box()
    assert box
    assert box["y"] + 300 < PHONE["height"]
    assert box["width"] > 0.85 * PHONE["width"]
    assert overflow(screen.page) == overflow(screen.frame) == 0
    title = screen.map.locator("#hg-legend > details > summary")
    row = screen.map.locator("#hg-legend .hg-row").first
    expect(title).to_be_visible()
    expect(row).to_be_hidden()
    title.click()
    expect(row).to_be_visible()
    legend, left = screen.frame.evaluate(HEIGHTS)
    assert legend > 100
    assert left > 100
    chosen = tuple((row.get_attribute("data-status") or "").split())
    row.click()
    screen.expect_drawn(simulated.drawn(statuses=chosen))
    expect(row).to_be_visible()  # it stays as the reader left it
    title.click()
    expect(row).to_be_hidden()


def test_without_leaflet_a_sentence_and_the_table(
    reader: Callable[..., Screen], server: Server, real: Truth
) -> None:
    screen = reader(server)
    screen.context.route("**/leaflet.js", lambda route: route.abort())
    screen.page.goto(server.url)
    sentence = screen.page.get_by_text(NOT_STARTED)
    expect(sentence).to_be_visible(timeout=PATIENCE)
    assert screen.table_row(0)[0] == real.rows()["name_vi"].iloc[0]
    alone = screen.iframe.get_attribute("src")
    assert alone
    screen.page.goto(alone)
    expect(screen.page.get_by_role("alert")).to_contain_text(NOT_STARTED_ALONE)
    assert all(re.search(r"\bL\b|hg\.|_hau_giang", fault) for fault in screen.faults)
    screen.faults.clear()


def test_when_a_day_cannot_be_loaded_it_says_so_until_one_can(
    screen: Screen, simulated: Truth
) -> None:
    screen.open("?workspace=simulated")
    screen.context.route("**/map/*/*.json", lambda route: route.abort())
    screen.set_day("30062025")
    message = screen.map.locator("#hg-message")
    expect(message).to_contain_text(NO_DAY)
    screen.context.unroute("**/map/*/*.json")
    screen.set_day("01072025")
    screen.expect_drawn(simulated.drawn(as_of=date(2025, 7, 1)))
    expect(message).to_be_hidden()
    expect(screen.page.get_by_text(NOT_STARTED)).to_have_count(0)
