"""One training at many sites with a mouse: chosen by unit, on the map and pasted, saved as one.

And what is typed on one device is there on the next.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from geodata.core.text import _
from geodata.reading.labels import event_label, grade_text
from geodata.stewardship import events
from geodata.store import REAL, Store
from tests.browser.office import LAN, WORDS, steward
from tests.browser.screen import PATIENCE, PHONE, Screen, overflow
from tests.browser.server import Server

PLACE = "sua-du-lieu"
CORNERS = ((-70, -70), (70, -70), (70, 70), (-70, 70))  # around a site, in pixels
LONE = "HG-ST-01"


@pytest.fixture(scope="module")
def office(
    browser: object,  # noqa: ARG001 - no server where no browser is
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Server]:
    """A steward's server."""
    server = steward(tmp_path_factory.mktemp("events"))
    yield server
    server.stop()


def sign_in(screen: Screen) -> Page:
    page = screen.page
    page.goto(screen.server + PLACE)
    page.get_by_label(_("E-mail")).fill(LAN)
    page.get_by_label(_("Password"), exact=True).fill(WORDS)
    page.get_by_role("button", name=_("Sign in"), exact=True).click()
    page.get_by_role("button", name=_("Add a site")).wait_for()
    screen.settle()
    return page


def press(screen: Screen, name: str) -> None:
    with screen.rerun():
        screen.page.get_by_role("button", name=name, exact=True).click()


def fill(screen: Screen, label: str, text: str) -> None:
    field = screen.page.get_by_label(label, exact=True)
    with screen.rerun():
        field.fill(text)
        field.press("Tab")


def chosen(page: Page, count: int) -> None:
    """Wait until so many sites are said to take part."""
    label = _("Sites that took part ({n}) *").format(n=count)
    expect(page.get_by_text(label, exact=True)).to_be_visible(timeout=PATIENCE)


def draw_around(screen: Screen, site: str) -> None:
    """Draw a polygon around a site on the map."""
    page = screen.page
    screen.press(_("On the map"))
    screen.choose(_("Kind of site"), _("All kinds"))
    screen.arrived()
    screen.iframe.scroll_into_view_if_needed()
    screen.look_at(site, 15)
    screen.map.get_by_role("button", name=_("Draw a polygon"), exact=True).click()
    x, y = screen.site_at(site)
    for dx, dy in CORNERS:
        page.mouse.click(x + dx, y + dy)
    with screen.rerun():
        page.keyboard.press("Enter")


def test_a_training_at_many_sites_is_chosen_in_every_way_and_saved_as_one(
    reader: Callable[..., Screen], office: Server
) -> None:
    screen = reader(office)
    page = sign_in(screen)
    press(screen, _("Add an event at several sites"))
    screen.press(_("All of a commune or district"))
    screen.choose(_("Kind of site"), "Làng nghề")
    press(screen, _("Add {n} sites").format(n=13))
    chosen(page, 13)
    draw_around(screen, LONE)
    label = re.compile(re.escape(_("Sites that took part ({n}) *")).replace(r"\{n\}", r"(1[4-9])"))
    expect(page.get_by_text(label)).to_be_visible(timeout=PATIENCE)
    screen.press(_("Paste a list"))
    page.get_by_label(_("Codes or names, one a line")).fill("hg-kcn-1\nHG-LN-99")
    press(screen, _("Add the sites of the list"))
    expect(page.get_by_text("“HG-LN-99” không có trong danh mục")).to_be_visible()

    fill(screen, "Ngày diễn ra", "5/6/2025")
    fill(screen, _("Last day, if several"), "7/6/2025")
    screen.choose("Hạng minh chứng *", grade_text("A"))
    topics = page.get_by_label("Chủ đề", exact=True)
    topics.fill("scp")
    with screen.rerun():
        topics.press("Enter")
    page.keyboard.press("Escape")
    expect(page.get_by_text("sẽ chuyển thành “Đã được phổ biến” (kế hoạch 66")).to_be_visible()
    assert overflow(page) == 0
    press(screen, _("Save as a draft"))
    expect(page.get_by_test_id("stToast")).to_contain_text("chờ duyệt", timeout=PATIENCE)

    store = Store(f"sqlite:///{office.store}")
    records = events.of_event(store.load(REAL).evidence, "SK-0001")
    assert {"HG-LN-01", "HG-LN-13", LONE, "HG-KCN-01"} <= set(records["subject"])
    assert store.journal(REAL)["evidence"].iloc[0] == len(records)
    words = event_label("SK-0001", len(records))
    expect(page.get_by_text(words)).to_be_visible()


def test_what_was_typed_at_the_desk_is_there_on_the_phone_and_fits_it(
    reader: Callable[..., Screen], office: Server
) -> None:
    desk = reader(office)
    sign_in(desk)
    press(desk, _("Add an event at several sites"))
    desk.press(_("All of a commune or district"))
    press(desk, _("Add {n} sites").format(n=46))
    fill(desk, "Đơn vị tổ chức", "Sở Công Thương")

    phone = reader(office, PHONE)
    page = sign_in(phone)
    expect(page.get_by_text("nhập dở lúc")).to_be_visible(timeout=PATIENCE)
    press(phone, _("Go on"))
    chosen(page, 46)
    expect(page.get_by_label("Đơn vị tổ chức", exact=True)).to_have_value("Sở Công Thương")
    expect(page.get_by_text("Tệp đính kèm không được giữ")).to_be_visible()
    assert overflow(page) == 0
    press(phone, _("Discard this unfinished form"))
    chosen(page, 0)
