"""The address: it restores a view, it survives nonsense, and Back goes back."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from geodata.core.text import _
from geodata.reading.labels import axis_label, inventory_label, kind_label
from tests.browser.screen import PATIENCE, Screen
from tests.browser.server import Server
from tests.browser.truth import Truth

# How high a map takes its room to be, and how high it is.
ROOM = "[map_hau_giang.getSize().y, document.querySelector('.folium-map').clientHeight]"
VIETNAMESE = re.compile("[ăâđêôơưạảấầậắặếềệọộớợụứựỳỵ]")
NONSENSE = "as_of=31/12/2024&axis=<b>x</b>&kinds=a,b&statuses=%00&vintage=-1&plan=1999"
CHOICES = {
    "as_of": "2025-06-30",
    "workspace": "simulated",
    "axis": "compliance",
    "kinds": "craft_village,supermarket",
    "statuses": "no-data,stale",
    "unit": "932",
    "plan": "2025",
}


def test_address_restores_the_whole_view_in_a_fresh_browser_and_joins_no_two_readers(
    reader: Callable[..., Screen], server: Server, simulated: Truth
) -> None:
    words = "&".join(f"{name}={value}" for name, value in CHOICES.items())
    first = reader(server).open(f"?{words}")
    chosen: dict[str, object] = {
        "as_of": simulated.view().as_of.replace(2025, 6, 30),
        "axis": "compliance",
        "kinds": ("craft_village", "supermarket"),
        "unit": "932",
        "plan": 2025,
    }
    left = simulated.drawn(**chosen, statuses=("no-data", "stale"))
    assert left > 0
    first.expect_drawn(left)
    site = str(first.frame.evaluate(SOME_SITE))
    first.look_at(site, 12.5)
    first.click_site(site)
    first.expect_selected(site)
    first.page.wait_for_function("location.search.includes('site=') && location.hash")
    copied, place = first.page.url, first.place

    second = reader(server).open(copied.removeprefix(server.url))
    assert second.page.url == copied
    second.expect_drawn(left)
    second.expect_selected(site)
    assert second.place == pytest.approx(place, abs=1e-3)  # and not at the unit
    expect(second.outlines()).to_have_count(8)
    expect(second.passport().get_by_text(site)).to_be_visible()
    expect(second.page.get_by_test_id("stSidebar")).to_contain_text(kind_label("supermarket"))

    for reads, status in ((second, "stale"), (first, "no-data")):
        with reads.rerun():
            reads.legend(status).click()
        reads.expect_drawn(simulated.drawn(**chosen, statuses=(status,)))
    second.close_passport()
    with first.rerun():
        first.legend("stale").click()
    first.expect_selected(site)
    second.expect_drawn(simulated.drawn(**chosen, statuses=("stale",)))


SOME_SITE = """() => {
  const layer = Object.values(map_hau_giang._layers).find((one) => one.columns);
  return layer.columns.id[layer.visible[0]];
}"""


def test_nonsense_in_the_address_gets_a_sentence_each_and_a_working_page(
    screen: Screen, real: Truth
) -> None:
    screen.open(f"?{NONSENSE}")
    said = screen.page.get_by_test_id("stAlert")
    expect(said).to_have_count(6)
    assert all(VIETNAMESE.search(text) for text in said.all_inner_texts())
    screen.expect_drawn(real.drawn())
    screen.choose(_("Kinds of sites"), kind_label("supermarket"))
    screen.expect_drawn(real.drawn(kinds=("supermarket",)))
    expect(said).to_have_count(0)
    screen.expect_query("kinds=supermarket")


def expect_path(screen: Screen, words: str) -> None:
    """Wait until the map's own path asks for this, and still says where the map is."""
    expect(screen.page).to_have_url(re.compile(rf"/ban-do{re.escape(words)}#map="))


def test_back_and_forward_walk_through_the_choices_and_the_place_outlives_them(
    screen: Screen, real: Truth
) -> None:
    screen.open("ban-do#map=12/9.9/105.7")  # the map has a path of its own, too
    assert screen.place == (12, 9.9, 105.7)
    screen.drag(60, 30)
    place = screen.place
    screen.choose(_("Kinds of sites"), kind_label("supermarket"))
    screen.press(axis_label("compliance"))
    expect_path(screen, every := "?axis=compliance&paint=statuses&kinds=supermarket")
    lit = screen.page.locator(".st-key-bar a").first
    expect(lit).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")
    screen.page.get_by_role("radio", name=axis_label("compliance")).click()
    screen.page.wait_for_timeout(500)  # nothing is to happen: lit, it stays
    screen.settle()
    expect_path(screen, every)
    title = screen.map.locator("#hg-legend > details > summary")
    expect(title).to_contain_text(axis_label("compliance"))
    zoom, lat, lng = place
    assert screen.page.url.endswith(f"#map={zoom:g}/{lat:.5f}/{lng:.5f}")

    screen.page.go_back()
    expect_path(screen, "?kinds=supermarket")
    expect(title).to_contain_text(inventory_label())
    screen.expect_drawn(real.drawn(kinds=("supermarket",)))
    screen.page.go_back()
    expect_path(screen, "")
    screen.expect_drawn(real.drawn())
    screen.page.go_forward()
    expect_path(screen, "?kinds=supermarket")
    screen.expect_drawn(real.drawn(kinds=("supermarket",)))
    assert screen.place == pytest.approx(place, abs=1e-3)
    assert screen.kept()


def test_a_change_of_screen_keeps_the_view_and_back_restores_it(
    screen: Screen, real: Truth
) -> None:
    screen.open("?axis=compliance&kinds=supermarket&unit=31340")
    assert screen.place[0] > 11  # without a place in it, at the unit
    known, has = screen.frame.evaluate(ROOM)
    assert known == has  # drawn to the foot
    ways = screen.page.locator(".st-key-bar a")
    expect(ways.first).to_have_attribute("href", re.compile("unit=31340"))
    assert ways.evaluate_all("(all) => all.every((a) => a.search.includes('unit=31340'))")
    before = screen.page.evaluate("history.length")
    ways.filter(has_text=_("Gaps")).click()
    screen.arrived()
    expect(screen.page).to_have_url(
        re.compile(r"khoang-trong\?axis=compliance&kinds=supermarket&unit=31340#")
    )
    assert screen.page.evaluate("history.length") == before + 1
    screen.choose(_("Unit"), _("Whole province"))
    expect(screen.page).to_have_url(re.compile(r"kinds=supermarket#"), timeout=PATIENCE)
    with screen.rerun():
        screen.page.go_back()
    expect(screen.page).to_have_url(re.compile(r"khoang-trong\?.*unit=31340"), timeout=PATIENCE)
    with screen.rerun():
        screen.page.go_back()
    screen.arrived()
    screen.expect_query("axis=compliance&kinds=supermarket&unit=31340")
    screen.expect_drawn(real.drawn(axis="compliance", kinds=("supermarket",), unit="31340"))
    screen.page.go_forward()
    expect(screen.page).to_have_url(re.compile(r"khoang-trong\?.*unit=31340"), timeout=PATIENCE)


def test_a_screen_opens_in_a_new_tab_and_two_quick_steps_back_lose_none(screen: Screen) -> None:
    page = screen.open("?kinds=supermarket").page
    hows: tuple[dict[str, Any], ...] = ({"modifiers": ["Control"]}, {"button": "middle"})
    for how in hows:
        with screen.context.expect_page() as opened:
            page.locator(".st-key-bar a").filter(has_text=_("Gaps")).click(**how)
        expect(opened.value).to_have_url(re.compile(r"khoang-trong\?kinds=supermarket"))
        opened.value.close()
        screen.expect_query("kinds=supermarket")
        assert screen.kept()
    ways = {_("Gaps"): "khoang-trong", _("Evidence"): "minh-chung", _("Method"): "phuong-phap"}
    for title, path in ways.items():  # with a map, and without
        page.locator(".st-key-bar a").filter(has_text=title).click()
        # A screen that one has clicked past before it came is none that one goes back to.
        expect(page).to_have_url(re.compile(path), timeout=PATIENCE)
        screen.settle()
    page.evaluate("() => { history.back(); setTimeout(() => history.back(), 20); }")
    expect(page).to_have_url(re.compile(r"khoang-trong\?kinds=supermarket"), timeout=PATIENCE)
    # What Streamlit does when the run that the first step asked for ends after the second one.
    page.evaluate("history.pushState({}, '', '/minh-chung')")
    screen.arrived()
    with screen.rerun():
        page.go_back()
    screen.expect_query("kinds=supermarket")
    page.locator(".st-key-bar a").filter(has_text=_("Method")).click()
    expect(page).to_have_url(re.compile("phuong-phap"), timeout=PATIENCE)  # a click goes on
