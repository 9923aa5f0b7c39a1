"""A clerk's desk in a browser: an event of many sites, an office's list, a new site on the map.

All of it stays a draft until it is published, and what is typed on one device is there on the next.
One server for all, in this order: the last test publishes. Not here: signing in (``test_sign_in``).
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from geodata.core.text import _
from geodata.people.access import operator
from geodata.reading.labels import event_label, grade_text
from geodata.stewardship import events
from geodata.store import REAL, Store
from tests.browser.office import LAN, WORDS, steward
from tests.browser.screen import PATIENCE, PHONE, Screen, overflow
from tests.browser.server import Server

EDIT, TAKE_IN = "sua-du-lieu", "nhap-lieu"
NAME, NEW = "Siêu thị Mới Mở", "HG-ST-04"
LONE = "HG-ST-01"
CORNERS = ((-70, -70), (70, -70), (70, 70), (-70, 70))  # around a site, in pixels
HEAD = ["TT", "Tên siêu thị", "Loại hình", "Xã, phường", "Tọa độ", "Sai số (m)", "Ngày khai trương"]
WRONG = [1, NAME, "Chợ đêm", "Phường Vị Tân", "21,03; 105,85", "gần", "31/02/2024"]
RIGHT = [1, NAME, "Siêu thị", "P. Vị Tân", "105,4701; 9,7845", 20, date(2024, 2, 29)]
HAS = """(id) => {
  const layer = Object.values(map_hau_giang._layers).find((one) => one.columns);
  return layer.columns.id.includes(id);
}"""
# In the middle of Phường Vị Tân, on the page of the map.
POINT = """() => {
  const at = map_hau_giang.latLngToContainerPoint([9.7845, 105.4701]);
  return [at.x, at.y];
}"""
FORM = Path(__file__).parents[1] / "geodata" / "intake" / "cases" / "01_bieu_chuan_co_quan.xlsx"
COUNT = (
    "window.clicks = 0; addEventListener('click', (e) => { window.clicks += e.isTrusted; }, true)"
)


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


@pytest.fixture(scope="module")
def signed_in() -> list[dict[str, object]]:
    """What the browser kept of the first sign-in; the others go on with it."""
    return []


@pytest.fixture
def clerk(
    reader: Callable[..., Screen],
    office: tuple[Server, Server],
    signed_in: list[dict[str, object]],
) -> Callable[..., Screen]:
    """Open a steward's screen as a clerk, on a desk or a phone."""

    def at(place: str, *size: object) -> Screen:
        screen = reader(office[0], *size)
        screen.context.add_cookies(signed_in)
        page = screen.page
        page.goto(screen.server + place)
        if not signed_in:
            page.get_by_label(_("E-mail")).fill(LAN)
            page.get_by_label(_("Password"), exact=True).fill(WORDS)
            page.get_by_role("button", name=_("Sign in"), exact=True).click()
        if place == EDIT:
            page.get_by_role("button", name=_("Add a site")).wait_for()
        else:
            heading = page.get_by_role("heading", name=_("Take in a file"), exact=True)
            expect(heading).to_be_visible()
        screen.settle()
        signed_in[:] = screen.context.cookies()
        return screen

    return at


def kept(office: tuple[Server, Server]) -> Store:
    """Return what both servers work on."""
    return Store(f"sqlite:///{office[0].store}")


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
    clerk: Callable[..., Screen], office: tuple[Server, Server]
) -> None:
    screen = clerk(EDIT)
    page = screen.page
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

    store = kept(office)
    records = events.of_event(store.load(REAL).evidence, "SK-0001")
    assert {"HG-LN-01", "HG-LN-13", LONE, "HG-KCN-01"} <= set(records["subject"])
    assert store.journal(REAL)["evidence"].iloc[0] == len(records)
    words = event_label("SK-0001", len(records))
    expect(page.get_by_text(words)).to_be_visible()


def test_what_was_typed_at_the_desk_is_there_on_the_phone_and_fits_it(
    clerk: Callable[..., Screen],
) -> None:
    desk = clerk(EDIT)
    press(desk, _("Add an event at several sites"))
    desk.press(_("All of a commune or district"))
    press(desk, _("Add {n} sites").format(n=46))
    fill(desk, "Đơn vị tổ chức", "Sở Công Thương")

    phone = clerk(EDIT, PHONE)
    page = phone.page
    expect(page.get_by_text("nhập dở lúc")).to_be_visible(timeout=PATIENCE)
    press(phone, _("Go on"))
    chosen(page, 46)
    expect(page.get_by_label("Đơn vị tổ chức", exact=True)).to_have_value("Sở Công Thương")
    expect(page.get_by_text("Tệp đính kèm không được giữ")).to_be_visible()
    assert overflow(page) == 0
    press(phone, _("Discard this unfinished form"))
    chosen(page, 0)


def workbook(folder: Path, row: list[object], name: str = "danh sách") -> Path:
    """Write a list as offices have it: a title over it, a signature below it."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet
    sheet.append(["DANH SÁCH SIÊU THỊ NĂM 2024"])
    sheet.merge_cells("A1:G1")
    sheet.append([])
    for line in (HEAD, row, [], [None, "Người lập biểu"]):
        sheet.append(line)
    path = folder / f"{name}.xlsx"
    book.save(path)
    return path


def upload(screen: Screen, path: Path) -> None:
    with screen.rerun():
        screen.page.locator("input[type=file]").set_input_files(path)


def test_a_messy_list_is_corrected_saved_as_a_draft_and_undone(
    clerk: Callable[..., Screen], office: tuple[Server, Server], tmp_path: Path
) -> None:
    before = kept(office).load(REAL)
    screen = clerk(TAKE_IN)
    page = screen.page
    save = page.get_by_role("button", name=_("Save as a draft"))

    upload(screen, workbook(tmp_path, WRONG))
    main = page.get_by_test_id("stMain")
    heading = _("To be put right here, or in the file")
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    for wrong in ("31/02/2024", "gần", "Chợ đêm"):
        expect(main.get_by_label(f"“{wrong}”").first).to_be_visible()
    expect(save).to_have_count(0)

    with screen.rerun():
        page.get_by_role("button", name="danh sách.xlsx").click()
    taken = page.get_by_text(_("Choose a file, or take the template and fill it in."))
    expect(taken).to_be_visible()
    expect(page.get_by_role("button", name="danh sách.xlsx")).to_have_count(0)
    upload(screen, workbook(tmp_path, RIGHT, "danh sách đã sửa"))
    expect(page.get_by_text(_("Nothing is wrong."))).to_be_visible()
    with screen.rerun():
        save.click()
    expect(main).to_contain_text("thành mục", timeout=PATIENCE)
    assert kept(office).load(REAL).sites.loc[NEW, "name_vi"] == NAME
    entry = int(kept(office).journal(REAL)["entry"].iloc[0])

    screen.go(_("History"))
    expect(page.get_by_role("heading", name=_("History"), exact=True)).to_be_visible()
    screen.settle()
    expect(main).to_contain_text(NAME)
    page.get_by_role("button", name=_("Undo entry {entry} …").format(entry=entry)).click()
    with screen.rerun():
        page.get_by_role(
            "button", name=_("Undo entry {entry}").format(entry=entry), exact=True
        ).click()
    expect(main).to_contain_text(
        _("Entry {entry} is undone.").format(entry=entry), timeout=PATIENCE
    )
    after = kept(office).load(REAL)
    assert after.sites.drop(columns="geometry").equals(before.sites.drop(columns="geometry"))


def test_on_a_phone_every_sentence_is_read_without_a_second_scrollbar(
    clerk: Callable[..., Screen], tmp_path: Path
) -> None:
    screen = clerk(TAKE_IN, PHONE)
    page = screen.page
    upload(screen, workbook(tmp_path, WRONG))
    expect(page.get_by_text("“31/02/2024”").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def pick(screen: Screen, path: Path) -> None:
    """Choose a file as a person does: a click on the field, then the file."""
    with screen.page.expect_file_chooser() as chooser:
        screen.page.get_by_test_id("stFileUploaderDropzone").click()
    with screen.rerun():
        chooser.value.set_files(path)


def test_an_offices_own_form_takes_six_clicks_at_first_and_three_the_next_month(
    clerk: Callable[..., Screen], tmp_path: Path
) -> None:
    screen = clerk(TAKE_IN)
    page = screen.page
    page.evaluate(COUNT)
    save = page.get_by_role("button", name=_("Save as a draft"))
    saved = page.get_by_test_id("stMain").get_by_text("thành mục").first

    pick(screen, FORM)
    for question in ("1.200 ha", "Phường Vị Thanh (gồm Phường III cũ)"):
        with screen.rerun():
            page.get_by_role("combobox", name=question).click()
            page.get_by_role("option").first.click()
    with screen.rerun():
        save.click()
    expect(saved).to_be_visible(timeout=PATIENCE)
    assert page.evaluate("window.clicks") <= 6

    book = openpyxl.load_workbook(FORM)
    book.active["I11"] = 1260
    book.save(next_month := tmp_path / "tháng sau.xlsx")
    page.evaluate("window.clicks = 0")
    pick(screen, next_month)
    with screen.rerun():
        save.click()
    expect(saved).to_be_visible(timeout=PATIENCE)
    assert page.evaluate("window.clicks") <= 3


def click_map(screen: Screen) -> None:
    """Click the map where a point of Phường Vị Tân is."""
    screen.iframe.scroll_into_view_if_needed()
    x, y = screen.frame.evaluate(POINT)
    box = screen.iframe.bounding_box()
    assert box
    with screen.rerun():
        screen.page.mouse.click(box["x"] + 1 + x, box["y"] + 1 + y)


def has(screen: Screen, site: str) -> bool:
    return bool(screen.frame.evaluate(HAS, site))


def test_a_site_placed_with_a_click_is_public_only_after_its_publication(
    clerk: Callable[..., Screen], reader: Callable[..., Screen], office: tuple[Server, Server]
) -> None:
    screen = clerk(EDIT)
    page = screen.page
    press(screen, _("Add a site"))
    screen.arrived()
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
    assert NEW not in kept(office).load(REAL).sites.index

    fill(screen, "Sai số vị trí (m)", "10")
    with screen.rerun():
        save.click()
    expect(page.get_by_test_id("stToast")).to_contain_text("chờ duyệt", timeout=PATIENCE)

    page.get_by_role("link", name=_("Map"), exact=True).click()
    screen.arrived()
    assert has(screen, NEW)
    visitor = reader(office[1])
    assert not has(visitor.open(), NEW)

    store = kept(office)
    boss = operator("boss", one_person=True)
    journal = store.journal(REAL)
    for entry in journal.loc[~journal["reviewed"] & ~journal["published"], "entry"]:
        store.review(REAL, int(entry), who=boss)
    store.publish(REAL, who=boss)
    assert has(visitor.open(), NEW)


def test_the_form_fits_a_phone(clerk: Callable[..., Screen]) -> None:
    screen = clerk(EDIT, PHONE)
    press(screen, _("Add a site"))
    screen.arrived()
    click_map(screen)
    expect(screen.page.get_by_text("Phường Vị Tân").first).to_be_visible(timeout=PATIENCE)
    assert overflow(screen.page) == 0
