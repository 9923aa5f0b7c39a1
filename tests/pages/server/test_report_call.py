"""Reports from programs: the same checks as the form's, bounded, refused in a sentence."""

import base64

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from geodata.intake import laid, spool
from geodata.people.turns import Turns
from pages.parts.server import api, report_call, reports, served
from pages.parts.server.metrics import figures
from tests.geodata.intake.test_attachments import photo
from tests.pages.conftest import HIDDEN

PATH = "/api/v1/reports"
JSON = {"Content-Type": "application/json; charset=utf-8"}
GOOD = {"site": "HG-ST-01", "topic": "place", "words": "Sai chỗ"}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    folder = tmp_path / "spool"
    folder.mkdir()
    monkeypatch.setenv("HG_SPOOL", str(folder))
    monkeypatch.setattr(reports, "_turns", Turns())
    return folder


@pytest.fixture
def client(store_path, folder):  # noqa: ARG001 - the app opens it
    app = Starlette(routes=served.routes(), middleware=served.middleware())
    return TestClient(app, base_url="http://localhost")


def test_a_report_is_handed_over_with_its_photo(client, folder):
    picture = base64.b64encode(photo("JPEG")).decode()
    answer = client.post(PATH, json={**GOOD, "contact": "0939", "photo": picture})
    assert answer.status_code == 201, answer.text
    (name,) = laid.names(folder)
    one = laid.judged(folder, name)
    assert (one.report.words, one.report.contact) == ("Sai chỗ", "0939")
    assert one.photo
    assert answer.json() == {"number": f"{one.number[:5]}-{one.number[5:]}"}
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"json": {**GOOD, "site": HIDDEN}}, 404),
        ({"json": {**GOOD, "site": "nowhere"}}, 404),
        ({"json": {**GOOD, "topic": "evidence"}}, 400),
        ({"json": {**GOOD, "words": ""}}, 400),
        ({"json": {**GOOD, "words": ["x"]}}, 400),
        ({"json": {**GOOD, "status": "reached"}}, 400),
        ({"json": {**GOOD, "photo": "no base64"}}, 400),
        ({"json": {**GOOD, "photo": base64.b64encode(b"GIF89a").decode()}}, 400),
        ({"json": [GOOD]}, 400),
        ({"content": b"[" * 100_000, "headers": JSON}, 400),
        ({"content": b"\xff", "headers": JSON}, 400),
        ({"content": b"x" * (report_call.MOST_BYTES + 1), "headers": JSON}, 413),
        ({"content": (b"x" * 100_000 for _turn in range(100)), "headers": JSON}, 413),
        ({"data": GOOD}, 415),
        ({"content": b"{}"}, 415),
    ],
)
def test_what_is_no_report_is_refused_in_a_sentence_and_leaves_nothing(
    client, folder, sent, status
):
    answer = client.post(PATH, **sent)
    assert answer.status_code == status
    assert answer.headers["content-type"] == api.PROBLEM
    assert HIDDEN not in answer.text
    assert laid.names(folder) == []


def test_who_sends_too_often_is_told_when_to_come_again(client, folder):
    answers = [client.post(PATH, json=GOOD) for _turn in range(4)]
    assert [answer.status_code for answer in answers] == [201, 201, 201, 429]
    assert 0 < int(answers[-1].headers["retry-after"]) <= 31
    assert len(laid.names(folder)) == 3
    counted = figures().registry.get_sample_value
    assert counted("hg_refusals_total", {"reason": "report too soon"}) >= 1


def test_a_spool_that_is_full_or_gone_is_said(client, folder, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(spool, "MOST_FILES", 0)
        assert client.post(PATH, json=GOOD).status_code == 503
    folder.rmdir()
    answer = client.post(PATH, json=GOOD)
    assert answer.status_code == 503
    assert str(folder.parent) not in answer.text


def test_one_can_only_send(client):
    for method in ("GET", "PUT", "DELETE"):
        answer = client.request(method, PATH)
        assert (answer.status_code, answer.headers["allow"]) == (405, "POST, OPTIONS")
    asked = {"Origin": "https://news.example.vn", "Access-Control-Request-Method": "POST"}
    answer = client.options(PATH, headers=asked)
    assert answer.headers["access-control-allow-methods"] == "POST, OPTIONS"


def test_it_stands_in_the_interface_where_it_is_taken_and_only_there(client, monkeypatch):
    assert "/v1/reports" in client.get("/api/v1/openapi.json").json()["paths"]
    for name, mode in (("HG_SPOOL", ""), ("HG_MODE", "steward")):
        with monkeypatch.context() as patch:
            patch.setenv(name, mode)
            other = TestClient(Starlette(routes=served.routes()), base_url="http://localhost")
            assert "/v1/reports" not in other.get("/api/v1/openapi.json").json()["paths"]
            assert other.post(PATH, json=GOOD).status_code == 405
