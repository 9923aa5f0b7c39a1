"""A clerk's Excel list, from its first wrong cell to a draft, and back again by one undo."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from geodata.core.text import _
from geodata.store import REAL, Store
from tests.browser.office import LAN, WORDS, steward
from tests.browser.screen import PATIENCE, PHONE, Screen
from tests.browser.server import Server

PLACE, NAME, NEW = "nhap-lieu", "Siêu thị Mới Mở", "HG-ST-04"
HEAD = ["TT", "Tên siêu thị", "Loại hình", "Xã, phường", "Tọa độ", "Sai số (m)", "Ngày khai trương"]
WRONG = [1, NAME, "Chợ đêm", "Phường Vị Tân", "21,03; 105,85", "gần", "31/02/2024"]
RIGHT = [1, NAME, "Siêu thị", "P. Vị Tân", "105,4701; 9,7845", 20, date(2024, 2, 29)]


@pytest.fixture(scope="module")
def office(
    browser: object,  # noqa: ARG001 - no server where no browser is
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Server]:
    """A steward's server."""
    server = steward(tmp_path_factory.mktemp("intake"))
    yield server
    server.stop()


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


def sign_in(screen: Screen) -> Page:
    page = screen.page
    page.goto(screen.server + PLACE)
    page.get_by_label(_("E-mail")).fill(LAN)
    page.get_by_label(_("Password"), exact=True).fill(WORDS)
    page.get_by_role("button", name=_("Sign in"), exact=True).click()
    expect(page.get_by_role("heading", name=_("Take in a file"), exact=True)).to_be_visible()
    screen.settle()
    return page


def upload(screen: Screen, path: Path) -> None:
    with screen.rerun():
        screen.page.locator("input[type=file]").set_input_files(path)


def seen_by_the_public(server: Server) -> bool:
    published = Store(f"sqlite:///{server.store}").load(REAL, published=True)
    return NAME in published.sites["name_vi"].tolist()


def test_a_messy_list_is_corrected_saved_as_a_draft_and_undone(
    reader: Callable[..., Screen], office: Server, tmp_path: Path
) -> None:
    before = Store(f"sqlite:///{office.store}").load(REAL)
    screen = reader(office)
    page = sign_in(screen)
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
    assert Store(f"sqlite:///{office.store}").load(REAL).sites.loc[NEW, "name_vi"] == NAME

    assert not seen_by_the_public(office)  # on a screen: ``test_editing``

    screen.go(_("History"))
    expect(page.get_by_role("heading", name=_("History"), exact=True)).to_be_visible()
    screen.settle()
    expect(main).to_contain_text(NAME)
    page.get_by_role("button", name=_("Undo entry {entry} …").format(entry=2)).click()
    with screen.rerun():
        page.get_by_role("button", name=_("Undo entry {entry}").format(entry=2), exact=True).click()
    expect(main).to_contain_text(_("Entry {entry} is undone.").format(entry=2), timeout=PATIENCE)
    after = Store(f"sqlite:///{office.store}").load(REAL)
    assert after.sites.drop(columns="geometry").equals(before.sites.drop(columns="geometry"))


def test_on_a_phone_every_sentence_is_read_without_a_second_scrollbar(
    reader: Callable[..., Screen], office: Server, tmp_path: Path
) -> None:
    screen = reader(office, PHONE)
    page = sign_in(screen)
    upload(screen, workbook(tmp_path, WRONG))
    expect(page.get_by_text("“31/02/2024”").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


FORM = Path(__file__).parents[1] / "geodata" / "intake" / "cases" / "01_bieu_chuan_co_quan.xlsx"
COUNT = (
    "window.clicks = 0; addEventListener('click', (e) => { window.clicks += e.isTrusted; }, true)"
)


def pick(screen: Screen, path: Path) -> None:
    """Choose a file as a person does: a click on the field, then the file."""
    with screen.page.expect_file_chooser() as chooser:
        screen.page.get_by_test_id("stFileUploaderDropzone").click()
    with screen.rerun():
        chooser.value.set_files(path)


def test_an_offices_own_form_takes_six_clicks_at_first_and_three_the_next_month(
    reader: Callable[..., Screen], office: Server, tmp_path: Path
) -> None:
    screen = reader(office)
    page = sign_in(screen)
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
