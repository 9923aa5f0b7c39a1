"""The box that finds, worked by keyboard: it answers letters, and each choice leads there."""

import re

import pytest
from playwright.sync_api import expect

from geodata.core.text import _
from tests.browser.screen import PHONE, Screen, overflow
from tests.browser.truth import Truth


def test_the_keyboard_finds_a_site_a_unit_and_a_document(screen: Screen, real: Truth) -> None:
    screen.open()
    box, page = screen.search_box(), screen.page
    there = tuple(real.sites.loc["HG-ST-01", ["lat", "lon"]])
    for turn, words in enumerate(
        ("coopmart vi th", "CO.OPMART VỊ TH")
    ):  # "c" and "r" are no orders
        options = screen.search(words)
        expect(options.first).to_have_attribute("aria-selected", "true")
        page.keyboard.press("Enter")
        screen.expect_selected("HG-ST-01")
        screen.expect_place(*there)
        expect(screen.passport()).to_contain_text("Co.opmart Vị Thanh")
        if turn == 0:
            screen.drag(150, 90)
            assert screen.place[1:] != pytest.approx(there, abs=1e-3)
    assert screen.kept()

    options = screen.search("thanh pho vi thanh")
    active = page.locator(".find [aria-selected=true]")
    expect(active).to_contain_text("Thành phố Vị Thanh")
    for key, at in (("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", -1), ("Home", 0), ("End", -1)):
        page.keyboard.press(key)
        expect(options.nth(at)).to_have_attribute("aria-selected", "true")
        expect(box).to_have_attribute(
            "aria-activedescendant", options.nth(at).get_attribute("id") or "none"
        )
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    screen.expect_query("unit=930&vintage=legacy")
    expect(screen.passport()).to_have_count(0)

    assert screen.search("zzzzqqqq").count() == 0
    expect(page.get_by_text(_("Nothing found; try one word of the name."))).to_be_visible()

    page.set_viewport_size(PHONE)
    screen.search("45/KH-UBND")
    place = page.locator(".find .list").bounding_box()
    assert place
    assert place["x"] >= 0
    assert place["x"] + place["width"] <= PHONE["width"]
    assert overflow(page) == 0
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/minh-chung.*search=EV-009"))
    expect(page.get_by_text("45/KH-UBND").first).to_be_visible()
