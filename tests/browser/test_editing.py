"""Editing with a mouse: a clerk places a new site on the map, and only a publication shows it."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from geodata.core.text import _
from geodata.people.access import operator
from geodata.store import REAL, Store
from tests.browser.office import LAN, WORDS, steward
from tests.browser.screen import PATIENCE, PHONE, Screen
from tests.browser.server import Server

PLACE, NAME, NEW = "sua-du-lieu", "Siêu thị Mới Mở", "HG-ST-04"
HAS = """(id) => {
  const layer = Object.values(map_hau_giang._layers).find((one) => one.columns);
  return layer.columns.id.includes(id);
}"""
# In the middle of Phường Vị Tân, on the page of the map.
POINT = """() => {
  const at = map_hau_giang.latLngToContainerPoint([9.7845, 105.4701]);
  return [at.x, at.y];
}"""


@pytest.fixture(scope="module")
def office(
    browser: object,  # noqa: ARG001 - no server where no browser is
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Server, Server]]:
    """A steward's and a public server on one store."""
    own = steward(tmp_path_factory.mktemp("desk"))
    both = own, Server(own.store)
    yield both
    for server in both:
        server.stop()


def sign_in(screen: Screen) -> Page:
    page = screen.page
    page.goto(screen.server + PLACE)
    page.get_by_label(_("E-mail")).fill(LAN)
    page.get_by_label(_("Password"), exact=True).fill(WORDS)
    page.get_by_role("button", name=_("Sign in"), exact=True).click()
    page.get_by_role("button", name=_("Add a site")).click()
    screen.arrived()
    return page


def click_map(screen: Screen) -> None:
    """Click the map where a point of Phường Vị Tân is."""
    screen.iframe.scroll_into_view_if_needed()
    x, y = screen.frame.evaluate(POINT)
    box = screen.iframe.bounding_box()
    assert box
    with screen.rerun():
        screen.page.mouse.click(box["x"] + 1 + x, box["y"] + 1 + y)


def fill(screen: Screen, label: str, text: str) -> None:
    field = screen.page.get_by_label(label, exact=True)
    with screen.rerun():
        field.fill(text)
        field.press("Tab")


def has(screen: Screen, site: str) -> bool:
    return bool(screen.frame.evaluate(HAS, site))


def test_a_site_placed_with_a_click_is_public_only_after_its_publication(
    reader: Callable[..., Screen], office: tuple[Server, Server]
) -> None:
    stewards, public = office
    screen = reader(stewards)
    page = sign_in(screen)
    fill(screen, "Tên cơ sở *", NAME)
    click_map(screen)
    position = page.get_by_label("Tọa độ", exact=True)
    expect(position).to_have_value(re.compile(r"^9,78\d+; 105,4[67]\d+$"), timeout=PATIENCE)
    expect(page.get_by_text("Phường Vị Tân").first).to_be_visible()
    expect(screen.body).to_have_attribute("data-place", re.compile(r"^9\.78"))
    screen.choose("Loại cơ sở *", "Siêu thị")

    save = page.get_by_role("button", name=_("Save as a draft"))
    with screen.rerun():
        save.click()
    expect(page.get_by_text("Hãy ghi sai số vị trí")).to_be_visible()
    expect(position).to_have_value(re.compile("^9,78"))
    assert NEW not in Store(f"sqlite:///{stewards.store}").load(REAL).sites.index

    fill(screen, "Sai số vị trí (m)", "10")
    with screen.rerun():
        save.click()
    expect(page.get_by_test_id("stToast")).to_contain_text("chờ duyệt", timeout=PATIENCE)

    page.get_by_role("link", name=_("Map"), exact=True).click()
    screen.arrived()
    assert has(screen, NEW)
    visitor = reader(public)
    assert not has(visitor.open(), NEW)

    store = Store(f"sqlite:///{stewards.store}")
    boss = operator("boss", one_person=True)
    store.review(REAL, int(store.journal(REAL)["entry"].iloc[0]), who=boss)
    store.publish(REAL, who=boss)
    assert has(visitor.open(), NEW)


def test_the_form_fits_a_phone(
    reader: Callable[..., Screen], office: tuple[Server, Server]
) -> None:
    screen = reader(office[0], PHONE)
    sign_in(screen)
    click_map(screen)
    expect(screen.page.get_by_text("Phường Vị Tân").first).to_be_visible(timeout=PATIENCE)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert screen.page.evaluate(wide) == 0
