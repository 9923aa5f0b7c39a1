"""Everything works without a mouse: it can be reached, one sees where one is, and keys do it."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from geodata.core.text import _
from geodata.reading.labels import axis_label
from tests.browser.screen import PATIENCE, Screen
from tests.browser.truth import Truth

FOCUS = Path(__file__).with_name("focus.js").read_text("utf-8")
WITH_A_MAP = {
    "map": "?workspace=simulated",
    "briefing": "bao-cao?workspace=simulated",
    "gaps": "khoang-trong?workspace=simulated",
    "visits": "lich-den?workspace=simulated",
}
WITHOUT = {
    "minh-chung": _("What is known, and what is not"),
    "phuong-phap": _("Method"),
}


def walked(page: Page, key: str) -> list[dict[str, Any]]:
    """Press a key from the start of a page until the focus has left it; return where it was."""
    page.evaluate(FOCUS)
    total = page.evaluate("__walk.total")
    stops: list[dict[str, Any]] = []
    while len(stops) < 2 * total + 40:
        page.keyboard.press(key)
        stops.append(page.evaluate("__walk.here()"))
        if stops[-1]["body"]:
            return stops[:-1]
    raise AssertionError(f"the focus never leaves: {stops[-3:]}")


def missed(page: Page, stops: list[dict[str, Any]]) -> list[str]:
    """Return what can be pressed and was not reached; what was drawn anew is known by its name."""
    reached = {stop["at"] for stop in stops}
    names = {stop["name"] for stop in stops}
    left = [i for i in range(page.evaluate("__walk.total")) if i not in reached]
    return [n for n in page.evaluate("(which) => __walk.names(which)", left) if n not in names]


@pytest.mark.parametrize("name", [*WITH_A_MAP, *WITHOUT])
def test_tab_reaches_everything_and_one_sees_where_one_is(screen: Screen, name: str) -> None:
    if name in WITH_A_MAP:
        screen.open(WITH_A_MAP[name])
    else:
        screen.visit(name, WITHOUT[name])
    there = walked(screen.page, "Tab")
    assert missed(screen.page, there) == []
    assert [stop["name"] for stop in there if not stop["seen"]] == []
    if name == "map":  # and there is a way back through all of it
        assert missed(screen.page, walked(screen.page, "Shift+Tab")) == []


def test_keys_choose_what_the_map_shows_and_fold_its_groups(screen: Screen) -> None:
    screen.open("?workspace=simulated&paint=statuses")
    axis = screen.page.get_by_role("radio", name=axis_label("outreach"))
    axis.focus()
    with screen.rerun():
        screen.page.keyboard.press("ArrowRight")
        screen.page.keyboard.press("Space")
    screen.eventually(lambda: "compliance" in screen.page.url, wanted=True)
    title = screen.map.locator("#hg-legend summary")
    title.focus()
    row = screen.map.locator("#hg-legend .hg-row").first
    for folded in (True, False):
        screen.page.keyboard.press("Enter" if folded else "Space")
        expect(row).to_be_hidden() if folded else expect(row).to_be_visible()


def test_keys_open_a_site_from_the_map_and_close_it_again(screen: Screen, real: Truth) -> None:
    screen.open("?paint=kinds")
    there = real.sites.loc["HG-ST-01", ["lat", "lon"]]
    screen.look_at("HG-ST-01", 15)
    screen.expect_place(*there)
    screen.map.locator(".folium-map").focus()
    before = screen.place
    for key in (
        "ArrowRight",
        "ArrowLeft",
    ):  # it says what lies at the cross wherever it comes to rest
        screen.page.keyboard.press(key)
        screen.eventually(lambda was=before: screen.place != was, wanted=True)
        before = screen.place
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


def test_keys_open_the_time_and_move_through_it(screen: Screen) -> None:
    screen.open("?workspace=simulated")
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
