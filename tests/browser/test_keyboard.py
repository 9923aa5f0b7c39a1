"""Everything works without a mouse: keys do it. What they reach is in ``test_screens``."""

from playwright.sync_api import expect

from geodata.core.text import _
from geodata.reading.labels import axis_label
from tests.browser.conftest import Make
from tests.browser.screen import PATIENCE, Screen
from tests.browser.truth import Truth

ADDRESS = "?paint=statuses"


def press_until_moved(screen: Screen, key: str) -> None:
    before = screen.place
    screen.page.keyboard.press(key)
    screen.moved_from(before)


def test_keys_open_a_site_from_the_map_and_close_it_again(still: Make, real: Truth) -> None:
    screen = still(ADDRESS)
    there = real.sites.loc["HG-ST-01", ["lat", "lon"]]
    screen.look_at("HG-ST-01", 15)
    screen.expect_place(*there)
    screen.map.locator(".folium-map").focus()
    for key in ("ArrowRight", "ArrowLeft"):  # it says what lies at the cross wherever it rests
        press_until_moved(screen, key)
    screen.expect_place(*there)
    expect(screen.map.locator(".hg-cross")).to_be_visible()
    expect(screen.map.locator("#hg-label")).to_contain_text("Co.opmart Vị Thanh")
    with screen.rerun():
        screen.page.keyboard.press("Enter")
    screen.expect_selected("HG-ST-01")
    expect(screen.passport()).to_contain_text("Co.opmart Vị Thanh")
    with screen.rerun():
        screen.page.keyboard.press("Escape")
    expect(screen.passport()).to_have_count(0)


def test_keys_choose_in_the_legend_fold_it_and_choose_the_axis(still: Make, real: Truth) -> None:
    screen, key = still(ADDRESS), real.common("outreach")
    screen.map.locator(".folium-map").focus()
    focused = screen.map.locator(":focus")
    for _row in range(20):  # the legend lies before the map
        screen.page.keyboard.press("Shift+Tab")
        if focused.get_attribute("data-status") == key:
            break
    for left in (real.drawn(statuses=(key,)), real.drawn()):
        expect(focused).to_have_attribute("data-status", key)
        with screen.rerun():
            screen.page.keyboard.press("Enter")
        screen.expect_drawn(left)
    title = screen.map.locator("#hg-legend > details > summary")
    title.focus()
    row = screen.map.locator("#hg-legend .hg-row").first
    for folded in (True, False):
        screen.page.keyboard.press("Enter" if folded else "Space")
        expect(row).to_be_hidden() if folded else expect(row).to_be_visible()
    screen.page.get_by_role("radio", name=axis_label("outreach")).focus()
    with screen.rerun():
        screen.page.keyboard.press("ArrowRight")
        screen.page.keyboard.press("Space")
    screen.eventually(lambda: "compliance" in screen.page.url, wanted=True)
    screen.press(axis_label("outreach"))


def test_keys_open_the_time_and_move_through_it(still: Make) -> None:
    screen = still(ADDRESS)
    screen.map.locator("#hg-time-open").focus()
    screen.page.keyboard.press("Enter")
    thumb = screen.map.get_by_role("slider", name=_("Day on the map"))
    expect(thumb).to_be_focused(timeout=PATIENCE)
    day = thumb.get_attribute("aria-valuetext")
    with screen.rerun():
        screen.page.keyboard.press("ArrowLeft")
        screen.page.keyboard.press("Enter")
    assert thumb.get_attribute("aria-valuetext") != day
    screen.eventually(lambda: "as_of=" in screen.page.url, wanted=True)
