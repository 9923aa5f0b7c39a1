"""The address: it restores a view, it survives nonsense, and Back goes back."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from geodata.core.text import _
from geodata.reading.labels import axis_label, inventory_label, kind_label
from tests.browser.screen import PATIENCE, PHONE, Screen
from tests.browser.server import Server
from tests.browser.truth import Truth

STATUSES = "?paint=statuses"  # of the real sites too little is known to open on them
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


def test_address_restores_the_whole_view_in_a_fresh_browser(
    reader: Callable[..., Screen], server: Server, simulated: Truth
) -> None:
    words = "&".join(f"{name}={value}" for name, value in CHOICES.items())
    first = reader(server).open(f"?{words}")
    left = simulated.drawn(
        as_of=simulated.view().as_of.replace(2025, 6, 30),
        axis="compliance",
        kinds=("craft_village", "supermarket"),
        statuses=("no-data", "stale"),
        unit="932",
        plan=2025,
    )
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
    assert second.place == pytest.approx(place, abs=1e-3)
    expect(second.outlines()).to_have_count(8)
    expect(second.passport().get_by_text(site)).to_be_visible()
    expect(second.page.get_by_test_id("stSidebar")).to_contain_text(kind_label("supermarket"))


SOME_SITE = """() => {
  const layer = Object.values(map_hau_giang._layers).find((one) => one.columns);
  return layer.columns.id[layer.visible[0]];
}"""


def test_place_in_the_address_follows_the_map_and_outlives_a_choice(screen: Screen) -> None:
    screen.open("#map=12/9.9/105.7")
    assert screen.place == (12, 9.9, 105.7)
    screen.drag(60, 30)
    zoom, lat, lng = screen.place
    screen.choose(_("Kinds of sites"), kind_label("supermarket"))
    screen.press(axis_label("compliance"))
    screen.expect_query("axis=compliance&paint=statuses&kinds=supermarket")
    assert screen.page.url.endswith(f"#map={zoom:g}/{lat:.5f}/{lng:.5f}")


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


def test_a_place_that_is_none_is_left_out_of_the_address(screen: Screen) -> None:
    usual = screen.open().place
    alone = screen.frame.url.partition("#")[0]
    page = screen.context.new_page()
    for place in ("99/999/999", "Infinity/9.8/105.6", "-3/9.8/105.6/7", "12/10/-80", "x"):
        page.goto(f"{alone}#map={place}")
        page.reload()  # another place alone loads nothing anew
        expect(page.locator("body")).to_have_attribute("data-ready", "yes")
        zoom, *where = map(float, page.evaluate("document.body.dataset.view").split("/"))
        assert 8 <= zoom <= 18
        assert where == pytest.approx(usual[1:], abs=0.3)


def test_back_and_forward_walk_through_the_choices(screen: Screen, real: Truth) -> None:
    screen.open()
    place = screen.place
    screen.choose(_("Kinds of sites"), kind_label("supermarket"))
    screen.press(axis_label("compliance"))
    screen.expect_query("axis=compliance&paint=statuses&kinds=supermarket")
    screen.page.go_back()
    screen.expect_query("kinds=supermarket")
    expect(screen.map.locator("#hg-legend > details > summary")).to_contain_text(inventory_label())
    screen.expect_drawn(real.drawn(kinds=("supermarket",)))
    screen.page.go_back()
    screen.expect_query("")
    screen.expect_drawn(real.drawn())
    screen.page.go_forward()
    screen.expect_query("kinds=supermarket")
    screen.expect_drawn(real.drawn(kinds=("supermarket",)))
    assert screen.place == pytest.approx(place, abs=1e-3)
    assert screen.kept()


def test_a_change_of_screen_keeps_the_view_and_back_restores_it(
    screen: Screen, real: Truth
) -> None:
    screen.open("?axis=compliance&kinds=supermarket&unit=31340")
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


def test_two_quick_steps_back_lose_none(screen: Screen) -> None:
    page = screen.open("?kinds=supermarket").page
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


def test_a_screen_opens_in_a_new_tab_with_its_address(screen: Screen) -> None:
    page = screen.open("?kinds=supermarket").page
    hows: tuple[dict[str, Any], ...] = ({"modifiers": ["Control"]}, {"button": "middle"})
    for how in hows:
        with screen.context.expect_page() as opened:
            page.locator(".st-key-bar a").filter(has_text=_("Gaps")).click(**how)
        expect(opened.value).to_have_url(
            re.compile(r"khoang-trong\?kinds=supermarket"), timeout=PATIENCE
        )
        opened.value.close()
        screen.expect_query("kinds=supermarket")
        assert screen.kept()


def test_the_map_has_a_path_of_its_own_and_a_lit_axis_clicked_again_stays(
    screen: Screen, real: Truth
) -> None:
    screen.open("ban-do?kinds=supermarket")
    screen.expect_drawn(real.drawn(kinds=("supermarket",)))
    screen.press(axis_label("compliance"))
    lit = screen.page.locator(".st-key-bar a").first
    expect(lit).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")
    address = re.compile(r"/ban-do\?axis=compliance&paint=statuses&kinds=supermarket#map=")
    expect(screen.page).to_have_url(address, timeout=PATIENCE)
    screen.page.get_by_role("radio", name=axis_label("compliance")).click()
    screen.page.wait_for_timeout(500)  # nothing is to happen
    screen.settle()
    expect(screen.page).to_have_url(address)
    expect(screen.map.locator("#hg-legend > details > summary")).to_contain_text(
        axis_label("compliance")
    )


def test_two_readers_never_see_each_others_choices(
    reader: Callable[..., Screen], server: Server, real: Truth
) -> None:
    one = reader(server).open(STATUSES)
    site = str(real.rows(kinds=("supermarket",)).index[0])
    one.choose(_("Kinds of sites"), kind_label("supermarket"))
    one.look_at(site, 13)
    one.click_site(site)
    one.expect_selected(site)
    one.expect_drawn(real.drawn(kinds=("supermarket",)))
    other, key = reader(server, PHONE).open(STATUSES), real.common("outreach")
    other.expect_drawn(real.drawn())
    other.map.locator("#hg-legend > details > summary").click()
    with other.rerun():
        other.legend(key).click()
    other.expect_drawn(real.drawn(statuses=(key,)))
    other.expect_selected("")
    other.expect_query(f"paint=statuses&statuses={key}")
    expect(other.page.get_by_text(site)).to_have_count(0)
    with one.rerun():
        one.legend(key).click()
    one.expect_drawn(real.drawn(kinds=("supermarket",), statuses=(key,)))
    one.expect_selected(site)
