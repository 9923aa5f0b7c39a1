"""“Near me” on the map: asked for first, worked out in the page, told to nobody."""

from playwright.sync_api import expect

from geodata.core.text import _
from tests.browser.conftest import Make
from tests.browser.truth import Truth

PLACE = {"latitude": 9.7849, "longitude": 105.4710}  # the middle of Vị Thanh


def test_an_answer_that_comes_after_the_list_was_closed_is_not_taken(still: Make) -> None:
    screen = still()
    slow = "navigator.geolocation.getCurrentPosition = (took) => { window.later = took; }"
    screen.frame.evaluate(slow)
    near = screen.map.get_by_role("button", name=_("Near me"))
    box, before = screen.map.get_by_role("region", name=_("Near me")), screen.place
    near.click()
    box.get_by_role("button", name=_("Find where I am")).click()
    near.click()
    screen.frame.evaluate("later({coords: {latitude: 9.7849, longitude: 105.4710, accuracy: 9}})")
    near.click()
    expect(box.get_by_role("listitem")).to_have_count(0)
    assert screen.place == before
    near.click()
    screen.frame.evaluate("delete navigator.geolocation.getCurrentPosition")


def test_near_me_asks_first_lists_by_distance_and_opens_a_site(still: Make, real: Truth) -> None:
    screen = still()
    page, context = screen.page, screen.context
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    screen.map.get_by_role("button", name=_("Near me")).click()
    box = screen.map.get_by_role("region", name=_("Near me"))
    expect(box).to_contain_text("không gửi đi đâu")
    rows, start = box.get_by_role("listitem"), box.get_by_role("button", name=_("Find where I am"))
    start.click()
    expect(box.get_by_role("status")).to_contain_text("Chưa biết vị trí")
    expect(rows).to_have_count(0)

    context.grant_permissions(["geolocation"])
    context.set_geolocation(PLACE)
    start.click()
    expect(rows).to_have_count(10)
    away = [float(km.split()[0].replace(",", ".")) for km in box.locator("small").all_inner_texts()]
    assert away == sorted(away)
    expect(rows.first).to_contain_text("Co.opmart Vị Thanh")
    # The map, and with it the address, goes to the site and not to the reader.
    screen.expect_place(*real.sites.loc["HG-ST-01", ["lat", "lon"]])
    rows.first.get_by_role("button").click()
    screen.expect_selected("HG-ST-01")
    expect(screen.passport()).to_contain_text("Co.opmart Vị Thanh")
    assert [url for url in asked if "105.47" in url or "9.78" in url] == []

    rows.first.get_by_role("button").press("Escape")
    expect(box).to_be_hidden()
    expect(screen.passport()).to_be_visible()  # Escape left the list, not the site
    context.clear_permissions()
