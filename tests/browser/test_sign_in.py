"""Signing in as people do: at the office's provider, or with a local account; and nowhere else."""

from collections.abc import Callable, Iterator
from pathlib import Path

import oidc_provider_mock
import pytest
from playwright.sync_api import expect

from geodata.core.text import _
from tests.browser.office import WORDS, make_account
from tests.browser.screen import PHONE, Screen, overflow, plain
from tests.browser.server import Server, shipped_store

ROLES = """
[people]
"lan@example.vn" = ["steward"]
"hoa@example.vn" = ["admin"]
"""
AUTH = """
[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "{secret}"
client_id = "map"
client_secret = "any"
server_metadata_url = "http://localhost:{port}/.well-known/openid-configuration"
"""
PEOPLE = {
    "lan": {"email": "Lan@Example.vn", "email_verified": True, "name": "Lan <b>Hương</b>"},
    "forger": {"email": "hoa@example.vn", "email_verified": False, "name": "Hoa"},
}
STYLE_OF_THE_PROVIDER = "https://cdn.jsdelivr.net/npm/@picocss/pico@2/css/pico.min.css"
# The first visit to a server that has just started is to a file's name: before its menu is known,
# Streamlit would run a file of pages/ by itself.
TRIED = ("account", "tai-khoan")  # every screen: ``tests/pages/test_access``
STEWARDS = ("account", "steward", "access", "tai-khoan", "dang-nhap")
NONSENSE = "khong-co-trang-nay"
FILES = ("pages/steward/account.py", "app/static/../pages/steward/account.py", "steward/account")


@pytest.fixture(scope="module")
def provider() -> Iterator[int]:
    """A real provider on this machine; give its port."""
    people = [oidc_provider_mock.User(sub=sub, claims=claims) for sub, claims in PEOPLE.items()]
    with oidc_provider_mock.run_server_in_thread(user_claims=people) as running:
        yield running.server_port


@pytest.fixture(scope="module")
def office(provider: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A steward's server with the provider, and a local account of Lan."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "roles.toml").write_text(ROLES, "utf-8")
    secrets = folder / "secrets.toml"
    secrets.write_text(AUTH.format(port=provider, secret="s" * 64), "utf-8")
    store = folder / "store.sqlite"
    shipped_store(store)
    settings = {
        "HG_MODE": "steward",
        "HG_ROLES": str(folder / "roles.toml"),
        "HG_LOCAL_ACCOUNTS": "yes",
        "NO_PROXY": "localhost,127.0.0.1",
    }
    make_account(store, "lan@example.vn")
    server = Server(store, settings, "--secrets.files", str(secrets))
    yield server
    server.stop()
    assert WORDS not in server.log()


def gate(screen: Screen, path: str = "") -> Screen:
    """Open an address of the server and be asked who one is."""
    screen.page.goto(screen.server + path)
    expect(screen.page.get_by_role("heading", name=_("Sign in"), exact=True)).to_be_visible()
    screen.settle()
    return screen


def through_provider(screen: Screen, sub: str) -> None:
    """Go to the provider's own page, say who one is, and come back."""
    screen.page.get_by_role("button", name=_("Sign in with the office's account")).click()
    screen.page.wait_for_url("http://localhost:*/oauth2/authorize?*")
    screen.page.get_by_role("button", name=sub, exact=True).click()
    screen.page.wait_for_url(screen.server)
    screen.foreign[:] = [url for url in screen.foreign if url != STYLE_OF_THE_PROVIDER]


def with_password(screen: Screen, email: str, words: str) -> None:
    """Fill the form of local accounts."""
    screen.page.get_by_label(_("E-mail")).fill(email)
    screen.page.get_by_label(_("Password"), exact=True).fill(words)
    with screen.rerun():
        screen.page.get_by_role("button", name=_("Sign in"), exact=True).click()


def account(screen: Screen) -> str:
    """Go to one's account by the menu; return what the page says."""
    screen.go(_("Account"))
    expect(screen.page.get_by_role("heading", name=_("Account"))).to_be_visible()
    main = screen.page.get_by_test_id("stMain")
    expect(main).to_contain_text("@")  # whose account it is; what stood there before has none
    screen.settle()
    return plain(main.inner_text()).replace("\u2060", "")


def test_on_a_phone_the_way_to_data_entry_stands_with_the_others(
    reader: Callable[..., Screen], office: Server
) -> None:
    screen = gate(reader(office, PHONE))
    with_password(screen, "lan@example.vn", WORDS)
    screen.settle()
    expect(screen.page.get_by_role("button", name=_("Data entry"))).to_be_in_viewport(ratio=0.9)
    assert "lan@example.vn" in account(screen)
    assert overflow(screen.page) == 0


def taken_from_nobody_else(screen: Screen, stranger: Screen) -> None:
    """See a file taken in, and the same refused from who stands at the gate."""
    sent: list[str] = []
    screen.page.on("request", lambda one: sent.append(one.url) if one.method == "PUT" else None)
    expect(screen.page.get_by_role("heading", name=_("Take in a file"))).to_be_visible()
    screen.settle()
    with screen.rerun():
        screen.page.locator("input[type=file]").set_input_files(
            {"name": "x.csv", "mimeType": "text/csv", "buffer": b"id,name_vi\n"}
        )
    expect(screen.page.get_by_role("alert").first).to_be_visible()  # it was read
    (url,) = sent
    assert stranger.context.request.put(url, data=b"x").text() == "Upload without a sign-in"


def test_whom_the_provider_knows_and_the_office_lists_gets_in_and_out_again(
    reader: Callable[..., Screen], office: Server
) -> None:
    screen, stranger = gate(reader(office)), gate(reader(office))
    expect(screen.page.get_by_role("button", name=_("Data entry"))).to_have_count(0)
    through_provider(screen, "lan")
    screen.arrived()
    said = account(screen)
    assert "Lan <b>Hương</b>" in said
    assert "lan@example.vn" in said
    assert "cán bộ nhập liệu" in said
    assert _("People and roles") not in said
    screen.page.goto(f"{screen.server}nhap-lieu")  # the cookie remembers
    taken_from_nobody_else(screen, stranger)
    account(screen)
    screen.page.get_by_role("button", name=_("Sign out"), exact=True).click()
    screen.page.get_by_role("button", name="End session").click()
    expect(screen.page.get_by_role("heading", name=_("Sign in"), exact=True)).to_be_visible()
    gate(screen, "tai-khoan")
    screen.foreign[:] = [url for url in screen.foreign if url != STYLE_OF_THE_PROVIDER]


def test_whom_nobody_vouches_for_stays_outside(
    reader: Callable[..., Screen], office: Server
) -> None:
    screen = gate(reader(office))
    through_provider(screen, "forger")
    alert = screen.page.get_by_role("alert")
    expect(alert).to_be_visible()
    assert "chưa xác thực" in plain(alert.inner_text()).replace("\u2060", "")
    expect(screen.page.get_by_role("button", name=_("Sign out"))).to_be_visible()
    expect(screen.page.locator("iframe")).to_have_count(0)


def test_a_local_account_leads_to_what_was_asked_for_and_no_other_browser_there(
    reader: Callable[..., Screen], office: Server
) -> None:
    screen, stranger = gate(reader(office), "nhap-lieu"), gate(reader(office))
    with_password(screen, "LAN@example.vn", WORDS)
    taken_from_nobody_else(screen, stranger)
    (cookie,) = [one for one in screen.context.cookies() if one["name"] == "hg_session"]
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")
    screen.open()  # the cookie remembers
    page = screen.iframe.get_attribute("src") or ""
    assert screen.context.request.get(page).status == 200
    assert stranger.context.request.get(page).status == 404
    assert "lan@example.vn" in account(screen)
    screen.page.get_by_role("button", name=_("Sign out"), exact=True).click()
    expect(screen.page.get_by_role("heading", name=_("Sign in"), exact=True)).to_be_visible()
    assert screen.context.request.get(page).status == 404
    gate(screen, "tai-khoan")


@pytest.fixture(scope="module")
def public(
    serve: Callable[[Callable[[Path], None]], Server],
) -> Server:
    """A public server that nobody has opened yet."""
    return serve(shipped_store)


def words_of(screen: Screen) -> str:
    """Return all words of a screen, once no more come: widgets load after the map has."""
    before, words = "", screen.page.inner_text("body")
    while words != before:
        screen.page.wait_for_timeout(500)
        before, words = words, screen.page.inner_text("body")
    return words


def test_on_a_public_server_an_address_of_stewards_is_like_any_that_is_none(
    reader: Callable[..., Screen], public: Server
) -> None:
    screen = reader(public)
    words = {}
    for path in (*TRIED, NONSENSE):
        screen.page.goto(public.url + path)
        screen.page.locator("iframe[data-ready=yes]").wait_for()
        screen.settle()
        words[path] = words_of(screen)
    assert [path for path in TRIED if words[path] != words[NONSENSE]] == []
    assert _("Sign in") not in words[NONSENSE]
    request = screen.context.request
    told = {path: request.get(public.url + path) for path in (*STEWARDS, NONSENSE)}
    assert len({(one.status, one.text()) for one in told.values()}) == 1


def test_a_public_server_serves_no_file_of_stewards(
    reader: Callable[..., Screen], public: Server
) -> None:
    request = reader(public).context.request
    found = [request.get(public.url + path) for path in (*FILES, "x/" + NONSENSE)]
    assert len({(one.status, one.text()) for one in found}) == 1
