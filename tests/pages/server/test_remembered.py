"""A language once chosen is there again at the next visit, on screens alone."""

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from pages.parts.server.remembered import Remembered
from pages.parts.shared.screens import ADDRESSES, SCREENS


@pytest.fixture
def asked():
    """Ask for an address with a cookie; return where one is led, or nothing."""
    answer = Route("/{path:path}", lambda _request: PlainTextResponse("as asked"))
    app = Starlette(routes=[answer], middleware=[Middleware(Remembered)])

    def at(address, chosen):
        cookies = {"hg_lang": chosen} if chosen else {}
        client = TestClient(app, cookies=cookies, follow_redirects=False)
        return client.get(address).headers.get("location", "")

    return at


def test_who_chose_english_is_led_to_it_with_the_view_as_asked(asked):
    assert asked("/ban-do?axis=compliance", "en") == "/ban-do?axis=compliance&lang=en"


@pytest.mark.parametrize("chosen", ["", "vi", "xx"])
def test_others_see_the_screen_they_ask_for(asked, chosen):
    assert asked("/ban-do", chosen) == ""


def test_the_word_of_a_link_counts_more_than_what_was_chosen(asked):
    assert asked("/?lang=vi", "en") == ""


@pytest.mark.parametrize("address", ["/map/public/x.html", "/api/v1", "/_stcore/health"])
def test_what_is_no_screen_is_answered_as_it_is(asked, address):
    assert asked(address, "en") == ""


def test_every_screen_for_everybody_is_known(asked):
    pages = Path(__file__).parents[3] / "pages"
    files = {path.stem for path in pages.glob("*.py")} - {"__init__"}
    assert {one.file for one in SCREENS} == files
    assert [path for path in ADDRESSES if asked(f"/{path}", "en") != f"/{path}?lang=en"] == []
