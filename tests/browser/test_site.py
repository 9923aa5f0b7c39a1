"""The site without a server: from a file with the network off, by keyboard, for everybody."""

import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, expect

from geodata.core.text import _, speaking
from geodata.outputs.open.tables import origin_of
from geodata.people.letterhead import Letterhead
from geodata.reading.view import usual_day
from geodata.rules.plan import shipped
from geodata.store import Store
from layers.site import build, leaf, sites
from layers.site import map as map_page
from layers.site.build import publish
from layers.site.edition import Edition, edition_of
from tests.browser.server import shipped_store
from tests.browser.test_screens import barriers

DESK, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 740}
REFLOWED = {"width": 320, "height": 256}  # what 1280 × 1024 shows at 400 %
PAGES = (
    *("index.html", "danh-sach.html", "don-vi.html", "muc-tieu.html", "minh-chung.html"),
    *("ban-do-noi-gi.html", "chua-biet.html", "phuong-phap.html", "tai-ve.html"),
    *("gioi-thieu.html", "404.html", "co-so/HG-ST-01.html", "don-vi/legacy-930.html"),
)
# What other colours or other words may break: all other rules are of what both pages share.
OTHERWISE = (
    *("color-contrast", "html-has-lang", "html-lang-valid", "valid-lang", "target-size"),
    *("button-name", "link-name", "input-button-name", "label", "select-name", "image-alt"),
)
SITE = "HG-ST-01"
Opens = Callable[..., Page]


@pytest.fixture(scope="session")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    store = tmp_path_factory.mktemp("store") / "store.sqlite"
    shipped_store(store)
    held = Store(f"sqlite:///{store}")
    snapshot, day = held.load("real", published=True), date(2026, 11, 27)
    origin = origin_of(held, snapshot, usual_day(shipped(), day), Letterhead(), shipped())
    return edition_of(snapshot, origin, day)


@pytest.fixture(scope="session")
def folder(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("published") / "site"
    publish(edition, made)
    return made


@pytest.fixture(scope="module")
def contexts() -> Iterator[dict[str, BrowserContext]]:
    """The contexts there are, by what they are asked for; each keeps the page that it has."""
    made: dict[str, BrowserContext] = {}
    yield made
    for context in made.values():
        context.close()


@pytest.fixture
def opens(browser: Browser, folder: Path, contexts: dict[str, BrowserContext]) -> Iterator[Opens]:
    """Open a page from its file, without a network; nothing may go wrong in it."""
    wrong: list[str] = []
    used: list[Page] = []

    def failed(error: Error) -> None:
        wrong.append(str(error))

    def complained(line: ConsoleMessage) -> None:
        if line.type == "error":
            wrong.append(line.text)

    def opened(path: str, size: dict[str, int] = DESK, base: str = "", **more: str) -> Page:
        key = f"{size}{more}{base}"
        if key not in contexts:
            contexts[key] = browser.new_context(viewport=size, offline=not base, **more)
            contexts[key].new_page()
        page = contexts[key].pages[0]
        page.on("pageerror", failed)
        page.on("console", complained)
        used.append(page)
        page.goto(f"{base or folder.as_uri()}/{path}")
        if leaf.MAP in path:
            page.locator("body[data-ready]").wait_for()
        return page

    yield opened
    for page in used:
        page.evaluate("localStorage.clear(); sessionStorage.clear()")
        page.emulate_media(media="null")
        page.remove_listener("pageerror", failed)
        page.remove_listener("console", complained)
    assert wrong == []


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[str]:
    """The same folder behind the plainest server there is."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.mark.parametrize(("prefix", "size"), [("", DESK), ("en/", PHONE)], ids=["vi", "en"])
def test_the_map_shows_every_site_that_has_a_place(
    opens: Opens, edition: Edition, size: dict[str, int], prefix: str
) -> None:
    page = opens(f"{prefix}index.html", size)
    placed = int(edition.sites["lat"].notna().sum())
    expect(page.locator("body")).to_have_attribute("data-drawn", str(placed))
    assert page.evaluate("document.fonts.check('16px \"Source Sans\"', 'Ờ')")
    legend = page.locator("#hg-legend")
    with speaking("en" if prefix else "vi"):
        expect(legend).to_contain_text(_("What is where"))


def test_a_link_to_a_site_opens_it_and_leads_to_its_page(opens: Opens, edition: Edition) -> None:
    page = opens(f"index.html?site={SITE}&axis=outreach")
    name = str(edition.sites["name_vi"][SITE])
    card = page.locator("#card")
    expect(card.get_by_role("heading")).to_have_text(name)
    expect(page.locator("body")).to_have_attribute("data-selected", SITE)
    card.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.get_by_role("link", name=_("On the map")).click()
    expect(card.get_by_role("heading")).to_have_text(name)


def test_the_address_says_what_is_seen_in_the_other_language_too(opens: Opens) -> None:
    page = opens("index.html")
    page.get_by_role("button", name=_("Compliance")).click()
    page.locator(".hg-row[aria-pressed='true']").first.click()
    expect(page.locator(".hg-row[aria-pressed='true']").first).to_be_visible()
    assert "axis=compliance" in page.url
    assert "statuses=" in page.url
    page.get_by_role("link", name="English").click()
    page.locator("body[data-ready]").wait_for()
    pressed = page.locator("[data-paint][aria-pressed='true']")
    expect(pressed).to_have_text("Compliance")


def test_a_unit_pressed_has_its_own_counts(opens: Opens, edition: Edition) -> None:
    code = str(edition.register["commune_2025"].value_counts().index[0])
    n = int((edition.register["commune_2025"] == code).sum())
    page = opens(f"index.html?unit={code}&axis=outreach")
    expect(page.locator("#card h2")).to_have_text(edition.unit_names["2025", code])
    expect(page.locator("#hg-legend")).to_contain_text(f"Tổng cộng: {n} cơ sở")


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("co.opmart vi thanh", "Co.opmart Vị Thanh"),
        ("thanh vi coopmart", "Co.opmart Vị Thanh"),
        ("song hau giai doan", "KCN Sông Hậu"),
        ("sogn hau", "KCN Sông Hậu"),
        ("huyen long my", "Huyện Long Mỹ"),
        ("chua biet", "Chúng tôi chưa biết"),
    ],
)
def test_the_search_forgives(opens: Opens, typed: str, label: str) -> None:
    page = opens("muc-tieu.html")
    page.get_by_role("combobox").fill(typed)
    expect(page.get_by_role("option").first).to_contain_text(label)


def test_all_goes_by_keyboard(opens: Opens) -> None:
    page = opens("danh-sach.html")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text(_("To the content"))
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.get_by_role("combobox").focus()
    page.keyboard.type("coopmart vi thanh")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Co.opmart")


def test_the_list_can_be_narrowed(opens: Opens) -> None:
    page = opens("danh-sach.html")
    page.get_by_label(_("Show only rows with")).fill("lang nghe")
    rows = page.locator("tbody tr:visible")
    expect(rows).to_have_count(13)


@pytest.mark.parametrize("path", PAGES)
def test_no_page_keeps_anybody_out_in_the_dark_and_in_english_too(
    opens: Opens, served: str, path: str
) -> None:
    # Served, for axe asks for the style sheets, which a page from a file may not.
    page = opens(path, PHONE, served, color_scheme="light")
    assert barriers(page) == []
    page = opens(f"en/{path}", PHONE, served, color_scheme="dark")
    assert barriers(page, *OTHERWISE) == []


@pytest.mark.parametrize("path", PAGES)
def test_at_400_percent_nothing_is_cut_off(opens: Opens, path: str) -> None:
    page = opens(path, REFLOWED)
    assert page.evaluate("document.documentElement.scrollWidth") <= REFLOWED["width"]


def test_on_another_page_it_stands_without_its_bar(opens: Opens) -> None:
    page = opens("index.html?embed=1")
    expect(page.get_by_role("combobox")).to_be_hidden()
    expect(page.locator("#hg-legend > details")).not_to_have_attribute("open", "")
    assert "embed=1" in page.url


def test_near_me_asks_first_and_sorts_on_the_device(browser: Browser, served: str) -> None:
    place = {"latitude": 9.7849, "longitude": 105.4710}  # the middle of Vị Thanh
    context = browser.new_context(geolocation=place, permissions=["geolocation"])
    page, asked = context.new_page(), []
    page.goto(f"{served}/danh-sach.html")
    page.on("request", lambda request: asked.append(request.url))
    expect(page.locator("[data-near]")).to_contain_text("không gửi đi đâu")
    page.get_by_role("button", name=_("Near me")).click()
    expect(page.locator("tbody tr").first).to_contain_text("Vị T")
    expect(page.locator("tbody tr .km").first).to_contain_text("km")
    context.close()
    assert [url for url in asked if "105.4" in url or "9.78" in url] == []


def test_what_was_read_once_is_there_without_a_network(browser: Browser, served: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{served}/index.html")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("caches.keys().then((names) => names.length === 1)")
    context.set_offline(True)
    page.goto(f"{served}/muc-tieu.html")
    expect(page.get_by_role("heading", level=1)).to_have_text(_("Targets of the plan"))
    page.goto(f"{served}/en/index.html")
    page.locator("body[data-ready]").wait_for()
    context.close()


def test_paper_has_the_words_and_no_buttons(opens: Opens) -> None:
    page = opens("co-so/HG-ST-01.html", color_scheme="dark")
    page.emulate_media(media="print")
    expect(page.get_by_role("combobox")).to_be_hidden()
    expect(page.get_by_role("button", name=_("Print"))).to_be_hidden()
    expect(page.locator("main .card").first).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_many_sites_come_after_the_first_view(
    browser: Browser, edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sites, "MOST_PAGES", 10)
    written = dict(build._shared(edition))
    written["index.html"] = map_page.rendered(edition).encode()
    for path, content in written.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(content)
    assert SITE.encode() not in written["index.html"]
    page = browser.new_page(viewport=DESK)
    page.goto(f"{tmp_path.as_uri()}/index.html")
    page.locator("body[data-ready]").wait_for()
    placed = int(edition.sites["lat"].notna().sum())
    expect(page.locator("body")).to_have_attribute("data-drawn", str(placed))
    page.close()


def test_a_shared_link_and_frame_show_the_same_place_of_the_same_view(
    opens: Opens, served: str
) -> None:
    page = opens("index.html?axis=outreach#map=13/9.78/105.47", base=served)
    page.get_by_text(_("Share this view")).click()
    link = page.get_by_label(_("Link to what you see")).input_value()
    frame = page.get_by_label(_("This map on another page")).input_value()
    (source,) = (part for part in frame.split('"') if part.startswith("http"))
    place = page.locator("body").get_attribute("data-view") or ""
    assert place.startswith("13/9.78")
    for address in (link, source.replace("&amp;", "&")):
        page.goto("about:blank")
        page.goto(address)
        page.locator("body[data-ready]").wait_for()
        expect(page.locator("body")).to_have_attribute("data-view", place)
        expect(page.locator("[data-paint=outreach]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("html.embed")).to_have_count(1)


def test_a_folder_that_nobody_serves_says_so_in_place_of_a_link(opens: Opens) -> None:
    page = opens("muc-tieu.html")
    page.get_by_text(_("Share this view")).click()
    expect(page.get_by_label(_("Link to what you see"))).to_be_hidden()
    expect(page.locator("[data-unserved]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("[data-unserved]")).to_be_hidden()
