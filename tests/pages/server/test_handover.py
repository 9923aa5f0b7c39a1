"""From the socket to a cookie: once, soon, to the own page, and out of reach of scripts."""

import time

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from pages.parts.server import handover

HTTP, HTTPS = "http://map.vn", "https://map.vn"


def _client(base=HTTP):
    return TestClient(
        Starlette(routes=[Route(handover.PATH, handover.keep, methods=["POST"])]), base_url=base
    )


def _exchanged(client, ticket, origin=HTTP):
    headers = {"origin": origin} if origin else {}
    return client.post(handover.PATH, content=ticket, headers=headers)


def test_a_ticket_gives_a_cookie_that_no_script_reads():
    answer = _exchanged(_client(), handover.ticket_for("the-word"))
    assert answer.status_code == 204
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("hg_session=the-word;")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie


def test_over_tls_the_cookie_never_leaves_it_nor_comes_from_elsewhere():
    answer = _exchanged(_client(HTTPS), handover.ticket_for("the-word"), HTTPS)
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-hg_session=the-word;")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


def test_a_ticket_is_good_once():
    client, ticket = _client(), handover.ticket_for("the-word")
    assert [_exchanged(client, ticket).status_code for _time in range(2)] == [204, 403]


@pytest.mark.parametrize("origin", ["http://evil.vn", "null", "", "http://map.vn:1"])
def test_another_page_gets_nothing_for_a_ticket(origin):
    ticket = handover.ticket_for("the-word")
    answer = _exchanged(_client(), ticket, origin)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("ticket", ["", "x" * 100_000, "\xff", "the-word"])
def test_what_is_no_ticket_gets_nothing(ticket):
    assert _exchanged(_client(), ticket.encode("latin-1")).status_code == 403


def test_a_ticket_is_good_for_a_minute(monkeypatch):
    ticket = handover.ticket_for("the-word")
    begun = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: begun + 61)
    assert _exchanged(_client(), ticket).status_code == 403
    handover.ticket_for("another")
    assert ticket not in handover._waiting
