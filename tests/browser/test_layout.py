"""The page fits its screen, works without a mouse, and speaks up when the map cannot start."""

import re
from collections.abc import Callable
from datetime import date

from playwright.sync_api import expect

from geodata.core.text import _
from tests.browser.conftest import Make
from tests.browser.screen import PATIENCE, PHONE, Screen, overflow
from tests.browser.server import Server
from tests.browser.truth import Truth

NOT_STARTED = _("The map could not start in this browser. The table below shows the same sites.")
NOT_STARTED_ALONE = _("The map could not start in this browser; reload the page.")
NO_DAY = _("The statuses of this day could not be loaded; reload the page.")


def test_on_a_phone_the_map_is_visible_and_nothing_runs_off_sideways(
    still: Make, real: Truth
) -> None:
    screen = still("", PHONE)
    screen.expect_drawn(real.drawn())
    box = screen.iframe.bounding_box()
    assert box
    assert box["y"] + 300 < PHONE["height"]
    assert box["width"] > 0.85 * PHONE["width"]
    assert overflow(screen.page) == overflow(screen.frame) == 0
    screen.visit("phuong-phap", _("Method"))
    assert overflow(screen.page) == 0
    screen.visit("minh-chung", _("What is known, and what is not"))
    assert overflow(screen.page) == 0


def test_on_a_phone_the_legend_unfolds_and_folds(
    reader: Callable[..., Screen], server: Server, real: Truth
) -> None:
    screen = reader(server, PHONE).open("?paint=statuses")
    row, title = (
        screen.legend(real.common("outreach")),
        screen.map.locator("#hg-legend > details > summary"),
    )
    expect(title).to_be_visible()
    expect(row).to_be_hidden()
    title.click()
    expect(row).to_be_visible()
    row.click()
    screen.expect_drawn(real.drawn(statuses=(real.common("outreach"),)))
    expect(row).to_be_visible()  # it stays as the reader left it
    title.click()
    expect(row).to_be_hidden()


def test_on_a_phone_the_legend_leaves_a_map_also_below_the_mark_of_simulated_data(
    reader: Callable[..., Screen], server: Server
) -> None:
    screen = reader(server, PHONE).open("?workspace=simulated")
    screen.map.locator("#hg-legend > details > summary").click()
    heights = "['#hg-legend', '.folium-map'].map((one) => document.querySelector(one).clientHeight)"
    legend, left = screen.frame.evaluate(heights)
    assert legend > 100
    assert left > 100


def test_the_map_draws_to_the_foot_of_the_room_that_it_has(still: Make) -> None:
    screen = still("?paint=statuses&unit=31340")
    known, has = screen.frame.evaluate(
        "[map_hau_giang.getSize().y, document.querySelector('.folium-map').clientHeight]"
    )
    assert known == has


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


def test_map_and_legend_work_without_a_mouse(still: Make, real: Truth) -> None:
    key = real.common("outreach")
    screen = still("?paint=statuses")
    screen.map.locator(".folium-map").focus()
    before = screen.place
    screen.page.keyboard.press("ArrowRight")
    screen.eventually(lambda: screen.place != before, wanted=True)
    focused = screen.map.locator(":focus")
    for _row in range(20):  # the legend lies before the map
        screen.page.keyboard.press("Shift+Tab")
        if focused.get_attribute("data-status") == key:
            break
    for left in (real.drawn(statuses=(key,)), real.drawn()):
        expect(focused).to_have_attribute("data-status", key)
        screen.page.keyboard.press("Enter")
        screen.expect_drawn(left)


def test_everything_to_press_has_a_name(still: Make) -> None:
    screen = still("?paint=statuses")
    for part in (screen.page, screen.map):
        for button in part.get_by_role("button").all():
            expect(button).to_have_accessible_name(re.compile(r"\S"))
    assert screen.iframe.get_attribute("title")
