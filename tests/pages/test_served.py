"""What the map page fetches: for whom, how long, and nowhere on the disk."""

from types import SimpleNamespace

import pandas as pd
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string

from pages.parts.map import served
from pages.parts.shared import access
from pages.parts.shared.private import XSRF_COOKIE_NAME
from tests.entering import STEWARD, reviewed
from tests.geodata.store.samples import changed

TURNED = "HG-ST-01"  # a site that turns private
OWN = b"o" * 16


def turned_private(store):
    """Say that a site is private from now on; return the entry, a draft."""
    site = store.load("real").sites.loc[[TURNED]]
    return changed(store, site.assign(public=pd.array(["no"], dtype="string")))


def cookie(token):
    """What Streamlit gives a browser; each time the same token in other signs."""
    return {XSRF_COOKIE_NAME: generate_xsrf_token_string(token, 1)}


def addresses(of):
    """Of a screen the addresses of its page and of the day that it is told."""
    page, day = of.map()["page"], of.map()["state"]["day"]
    return page, f"{page.rpartition('/')[0]}/{day}"


def codes(server, at, **options):
    return {server.get(address, **options).status_code for address in at}


@pytest.fixture
def server():
    """A browser at the server."""
    return TestClient(Starlette(routes=served.routes()), cookies=cookie(OWN))


def test_page_and_day_are_given_from_memory(open_app, shown, server, store_path):
    for address in addresses(shown(open_app())):
        answer = server.get(address)
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")
        again = server.get(address, headers={"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    # SQLite may lay the index of its log beside the store; nothing else is written.
    assert {path.stem for path in store_path.parent.iterdir()} == {"store"}


def test_leaflet_is_given_and_nothing_else_of_its_package(server):
    given = ("leaflet.js", "leaflet.css")
    assert codes(server, (f"map/leaflet/{name}" for name in given)) == {200}
    others = ("leaflet/leaflet-src.js", "leaflet/%2e%2e", "public/none.html", "nobody/none.html")
    assert codes(server, (f"map/{name}" for name in others)) == {404}


def test_a_publication_takes_every_older_page_away_before_it_answers(
    open_app, shown, server, store
):
    old = addresses(shown(open_app(paint="statuses")))
    entry = turned_private(store)
    assert codes(server, old) == {200}  # no more than a draft
    reviewed(store, entry)
    assert codes(server, old) == {404}  # though nobody has opened the public app since
    new = addresses(shown(open_app(paint="statuses")))
    assert codes(server, new) == {200}
    assert TURNED not in server.get(new[0]).text
    assert not {name.rpartition("/")[2] for name in old} & set(served._everybody.files)


def test_a_site_that_is_private_now_is_not_named_on_a_day_before(open_app, shown, server, store):
    query = {"as_of": "2025-06-30", "known_at": "2025-06-30", "paint": "statuses"}
    before = shown(open_app(**query))
    reviewed(store, turned_private(store))
    after = shown(open_app(**query))
    assert TURNED.encode() in before.payload()
    assert TURNED.encode() not in after.payload() + server.get(addresses(after)[0]).content


def test_no_more_is_kept_than_is_asked_for(open_app, shown, monkeypatch):
    monkeypatch.setattr(served, "_MOST", 3)
    for day in ("2024-03-31", "2024-06-30", "2024-09-30"):
        of = shown(open_app(as_of=day))
        assert all(map(served.fetched, addresses(of)))
    assert len(served._everybody.files) == 3


# --- a steward's server ----------------------------------------------------------------------


@pytest.fixture
def signed_in(store, monkeypatch):  # noqa: ARG001 - the app opens it
    """A steward's server with somebody signed in; until ``stands`` says no."""
    ground = {"stands": True}
    monkeypatch.setattr(served.st, "context", SimpleNamespace(cookies=cookie(OWN), url=""))
    monkeypatch.setenv("HG_MODE", "steward")
    monkeypatch.setattr(access, "person", lambda: STEWARD)
    monkeypatch.setattr(access, "standing", lambda: lambda: ground["stands"])
    return ground


def test_of_a_steward_s_server_nothing_is_given_under_a_name_that_can_be_guessed(
    signed_in, open_app, shown, server
):
    of, other = shown(open_app()), shown(open_app())
    mine, theirs = addresses(of), addresses(other)
    assert codes(server, (*mine, *theirs)) == {200}
    assert server.get(mine[0]).headers["cache-control"] == "no-store"
    assert not set(mine) & set(theirs)
    assert len(mine[0].split("/")[1]) > 40
    assert not served._everybody.files
    guessed = [f"map/public/{address.rpartition('/')[2]}" for address in mine]
    assert codes(server, guessed) == {404}
    signed_in["stands"] = False
    assert codes(server, mine) == {404}


@pytest.mark.usefixtures("signed_in")
def test_signing_out_takes_the_pages_away(open_app, shown, server):
    app = open_app()
    mine = addresses(shown(app))
    del app.session_state[served._SESSION]  # as `access.sign_out` empties the session
    assert codes(server, mine) == {404}


@pytest.mark.usefixtures("signed_in")
def test_a_steward_s_page_opens_in_no_other_browser(open_app, shown, server):
    app = open_app()
    mine = addresses(shown(app))
    assert codes(server, mine) == {200}
    for others in (cookie(b"x" * 16), {}, {XSRF_COOKIE_NAME: "2|nonsense"}):
        server.cookies = others
        assert codes(server, mine) == {404}
