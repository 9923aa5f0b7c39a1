"""“Near me” on the map: asked for first, worked out in the page, told to nobody."""

from playwright.sync_api import expect

from geodata.core.text import _
from tests.browser.screen import Screen

PLACE = {"latitude": 9.7849, "longitude": 105.4710}  # the middle of Vị Thanh


def test_near_me_asks_first_lists_by_distance_and_opens_a_site(screen: Screen) -> None:
    page, context = screen.open().page, screen.context
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
    rows.first.get_by_role("button").click()
    screen.expect_selected("HG-ST-01")
    expect(screen.passport()).to_contain_text("Co.opmart Vị Thanh")
    assert [url for url in asked if "105.47" in url or "9.78" in url] == []

    rows.first.get_by_role("button").press("Escape")
    expect(box).to_be_hidden()
    expect(screen.passport()).to_be_visible()  # Escape left the list, not the site
    context.clear_permissions()
