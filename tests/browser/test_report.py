"""“Báo sai”, the whole way: sent on a phone, taken in, answered, read by everybody."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Route, expect

from geodata.core.text import _
from geodata.register.reports import MOST_PHOTO
from tests.browser.office import LAN, ROLES, WORDS, make_account
from tests.browser.screen import PHONE, Screen, overflow
from tests.browser.server import Server, shipped_store
from tests.browser.test_screens import barriers

SENTENCE = "A sentence for the public: what was changed, or why nothing was"
SITE = "HG-ST-01"
HOSTILE = 'Đã <img src=x onerror="alert(1)"> chuyển đi [x](javascript:alert(1)) $x^2$'
PRIVATE = "0939 871 QX7Z"
ANSWER = "Đã dời điểm <b>theo</b> biên bản"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Server]]:
    """A steward's and a public server on one store and one spool."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "roles.toml").write_text(ROLES, "utf-8")
    (folder / "spool").mkdir()
    store = folder / "store.sqlite"
    shipped_store(store)
    make_account(store, LAN)
    spool = {"HG_SPOOL": str(folder / "spool")}
    steward = {"HG_MODE": "steward", "HG_LOCAL_ACCOUNTS": "yes"}
    steward |= {"HG_ROLES": str(folder / "roles.toml"), "HG_DOCUMENTS": str(folder / "documents")}
    both = Server(store, steward | spool), Server(store, spool)
    yield both
    for server in both:
        server.stop()


def taken_photo() -> bytes:
    packed, exif = io.BytesIO(), Image.Exif()
    exif[0x013B] = "ARTIST-QX7Z"
    Image.new("RGB", (600, 400), "white").save(packed, "JPEG", exif=exif)
    return packed.getvalue()


def large_photo() -> bytes:
    packed = io.BytesIO()
    noise = Image.effect_noise((3000, 2000), 80).convert("RGB")
    noise.save(packed, "JPEG", quality=90)
    assert packed.tell() > 2 * MOST_PHOTO
    return packed.getvalue()


def send(screen: Screen) -> str:
    """Report on a phone that something is wrong; return the number."""
    page = screen.page
    with screen.rerun():
        page.get_by_role("button", name=_("Report an error")).click()
    page.get_by_role("textbox", name=_("In your own words")).fill(HOSTILE)
    page.get_by_label(_("How to reach you (optional; only the office sees it)")).fill(PRIVATE)
    photo = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": taken_photo()}
    page.locator("input[type=file]").set_input_files(photo)
    expect(page.get_by_text("a.jpg")).to_be_visible()
    with screen.rerun():
        page.get_by_role("button", name=_("Send to the office")).click()
    expect(page.get_by_text(_("Choose what is wrong."))).to_be_visible()
    page.get_by_test_id("stRadio").get_by_text(_("It has closed or moved")).click()
    assert overflow(page) <= 0
    page.get_by_role("button", name=_("Send to the office")).click()
    receipt = page.get_by_test_id("stAlert").filter(has_text=_("Handed over to the office."))
    expect(receipt).to_be_visible()
    return (receipt.text_content() or "").split()[-1]


def answer(screen: Screen, number: str) -> None:
    """Answer a report in the inbox; its photo is seen, its words are text."""
    page = screen.page
    page.goto(f"{screen.server}phan-anh")
    page.locator("input[autocomplete=username]").fill(LAN)
    page.locator("input[type=password]").fill(WORDS)
    page.keyboard.press("Enter")
    expect(page.get_by_text(number).first).to_be_visible()
    expect(page.get_by_text(HOSTILE)).to_be_visible()
    expect(page.get_by_text(PRIVATE)).to_be_visible()
    photo = page.get_by_role("img", name=_("Photo of the report"))
    expect(photo).to_be_visible()
    assert photo.evaluate("one => one.naturalWidth") == 600
    assert barriers(page) == []
    screen.settle()
    page.get_by_test_id("stMain").get_by_text(_("Mended"), exact=True).click()
    page.get_by_role("textbox", name=_(SENTENCE)).fill(ANSWER)
    page.get_by_role("button", name=_("Answer in public")).click()
    done = _("Report {number} is answered.").format(number=number)
    expect(page.get_by_text(done)).to_be_visible()


def test_a_report_sent_on_a_phone_is_answered_for_all_to_read(
    reader: Callable[..., Screen], office: tuple[Server, Server]
) -> None:
    steward, public = office
    number = send(reader(public, PHONE).open(f"?site={SITE}"))
    spool = Path(public.store).with_name("spool")
    (file,) = spool.iterdir()
    assert b"ARTIST-QX7Z" not in file.read_bytes()
    answer(reader(steward), number)
    assert list(spool.iterdir()) == []
    other = reader(public).open(f"?site={SITE}")
    expect(other.passport().get_by_text(ANSWER)).to_be_visible()
    assert PRIVATE not in other.page.content()
    assert "onerror" not in other.page.content()


def test_a_link_opens_the_form_at_once_and_it_refuses_what_is_no_photo_in_one_s_language(
    reader: Callable[..., Screen], office: tuple[Server, Server]
) -> None:
    screen = reader(office[1]).open(f"?site={SITE}&report=1")
    expect(screen.page.get_by_role("button", name=_("Send to the office"))).to_be_visible()
    assert barriers(screen.page) == []
    screen.expect_query(f"site={SITE}")
    broken = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8" * MOST_PHOTO}
    screen.page.locator("input[type=file]").set_input_files(broken)
    expect(screen.page.get_by_text("quá lớn")).to_be_visible()


def test_a_form_left_by_mistake_keeps_what_was_typed_and_a_large_photo_arrives_smaller(
    reader: Callable[..., Screen], office: tuple[Server, Server]
) -> None:
    screen = reader(office[1], PHONE).open(f"?site={SITE}&report=1")
    own = screen.page.get_by_role("textbox", name=_("In your own words"))
    own.fill("Sai tên cơ sở")
    with screen.rerun():
        screen.page.get_by_role("button", name=_("Close the passport")).click()
    expect(own).to_have_count(0)
    with screen.rerun():
        screen.page.go_back()
    expect(own).to_have_value("Sai tên cơ sở")
    with screen.rerun():
        screen.page.get_by_role("button", name=_("Report an error")).click()
    with screen.rerun():
        screen.page.get_by_role("button", name=_("Report an error")).click()
    expect(own).to_have_value("Sai tên cơ sở")
    photo = {"name": "IMG_1.jpeg", "mimeType": "image/jpeg", "buffer": large_photo()}
    send, held = screen.page.get_by_role("button", name=_("Send to the office")), list[Route]()

    def hold(route: Route) -> None:
        held.append(route)

    screen.page.route("**/upload_file/**", hold)
    with screen.page.expect_request(lambda one: one.method == "PUT") as sent:
        screen.page.locator("input[type=file]").set_input_files(photo)
        expect(send).to_be_disabled()  # nothing goes without the photo that is on its way
    assert int(sent.value.header_value("content-length") or 0) < MOST_PHOTO + 4096
    expect(send).to_be_disabled()
    held[0].continue_()
    expect(screen.page.get_by_text("IMG_1.jpg")).to_be_visible()
    expect(send).to_be_enabled()
    screen.settle()
    screen.page.get_by_test_id("stRadio").get_by_text(_("It has closed or moved")).click()
    screen.page.get_by_role("button", name=_("Send to the office")).click()
    expect(screen.page.get_by_text(_("Handed over to the office."))).to_be_visible()
