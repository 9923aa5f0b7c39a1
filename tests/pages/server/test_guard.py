"""Who may ask, what may stand around the app, and what a browser is told."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from pages.parts.server import served
from pages.parts.server.guard import Guard


async def _page(_request):
    return PlainTextResponse("in")


async def _file(_request):
    answer = PlainTextResponse("kept", headers={"Cache-Control": "public"})
    answer.set_cookie("its_own", "x", secure=True)
    answer.set_cookie("streamlits", "y", httponly=True)
    return answer


async def _socket(socket):
    await socket.accept()
    await socket.close()


def _client(base="http://map.vn", **words):
    paths = ("/", "/healthz", "/readyz", "/_stcore/metrics", "/_stcore/agent/x")
    routes = [Route(path, _page) for path in paths]
    routes.append(Route("/file", _file))
    app = Starlette(routes=[*routes, WebSocketRoute("/_stcore/stream", _socket)])
    return TestClient(Guard(app, **words), base_url=base)


def test_every_answer_says_what_a_browser_may_load_and_who_may_frame_it():
    sent = _client(embedders=("https://office.vn",)).get("/").headers
    rules = dict(rule.split(" ", 1) for rule in sent["content-security-policy"].split("; "))
    assert rules["frame-ancestors"] == "'self' https://office.vn"
    assert rules["default-src"] == rules["connect-src"] == "'self'"
    assert not any("http" in rule for name, rule in rules.items() if name != "frame-ancestors")
    assert "unsafe-eval" not in sent["content-security-policy"]
    assert sent["x-content-type-options"] == "nosniff"
    assert sent["referrer-policy"] == "same-origin"
    assert "geolocation=(self)" in sent["permissions-policy"]


def test_only_what_is_encrypted_is_promised_to_stay_so():
    assert "strict-transport-security" not in _client().get("/").headers
    assert "strict-transport-security" in _client("https://map.vn").get("/").headers


def test_over_tls_every_cookie_stays_there():
    assert "; Secure" not in _client().get("/file").headers.get_list("set-cookie")[1]
    cookies = _client("https://map.vn").get("/file").headers.get_list("set-cookie")
    assert [cookie.count("; Secure") for cookie in cookies] == [1, 1]
    assert "HttpOnly" in cookies[1]


def test_what_a_steward_is_sent_is_not_kept_unless_it_says_so(monkeypatch):
    monkeypatch.setenv("HG_MODE", "steward")
    guard, *_others = served.middleware()
    client = _client("http://localhost", **guard.kwargs)
    assert client.get("/").headers["cache-control"] == "no-store"
    assert client.get("/file").headers["cache-control"] == "public"
    assert "cache-control" not in _client().get("/").headers


@pytest.mark.parametrize(
    ("base", "status"),
    [
        ("http://map.vn", 200),
        ("http://MAP.vn:8501", 200),
        ("http://evil.vn", 400),
        ("http://map.vn.evil.vn", 400),
        ("http://10.0.0.1", 400),
    ],
)
def test_a_server_with_names_answers_to_them_alone(base, status):
    answer = _client(base, hosts=("map.vn",)).get("/")
    assert answer.status_code == status
    assert "nosniff" in answer.headers["x-content-type-options"]  # a refusal is guarded too


def test_a_refusal_says_what_to_set_and_a_watcher_needs_no_name():
    client = _client("http://10.0.0.1", hosts=("map.vn",))
    assert "HG_HOSTS" in client.get("/").text
    assert client.get("/healthz").status_code == client.get("/readyz").status_code == 200


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/x"])
def test_figures_and_doors_of_streamlit_are_closed(path):
    assert _client().get(path).status_code == 404


@pytest.mark.parametrize("origin", ["http://map.vn", None])
def test_the_apps_own_page_opens_its_socket(origin):
    sent = {"origin": origin} if origin else {}
    with _client().websocket_connect("ws://map.vn/_stcore/stream", headers=sent):
        pass


@pytest.mark.parametrize(
    "origin", ["http://evil.vn", "null", "http://localhost", "http://map.vn:1"]
)
def test_another_page_does_not(origin):
    with (
        pytest.raises(WebSocketDisconnect),
        _client().websocket_connect("ws://map.vn/_stcore/stream", headers={"origin": origin}),
    ):
        pass
