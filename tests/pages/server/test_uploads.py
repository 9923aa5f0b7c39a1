"""What is taken of files that are sent up: from whom, how large, and how many are kept."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from pages.parts.server import served, uploads
from pages.parts.server.uploads import LARGEST_MB, MOST, FewUploads
from pages.parts.shared.private import XSRF_COOKIE_NAME

MB = 1024 * 1024
PATH = "/_stcore/upload_file/{session}/{file}"


@pytest.fixture
def kept(monkeypatch):
    """The files that Streamlit has in memory; it knows the sessions “a” and “b”."""
    held = {}
    monkeypatch.setattr(uploads, "forget_upload", lambda *file: held.pop(file))
    return held


@pytest.fixture
def put(kept):
    """Send a file up to a server with some settings; return the status."""

    async def take(request):
        session, file = request.path_params["session"], request.path_params["file"]
        if request.method == "DELETE":
            del kept[session, file]
        elif session not in "ab":
            return PlainTextResponse("unknown", status_code=400)
        else:
            kept[session, file] = await request.body()
        return PlainTextResponse("taken")

    def make(**options):
        routes = [Route(PATH, take, methods=["PUT", "DELETE"])]
        client = TestClient(FewUploads(Starlette(routes=routes), **options))

        def send(session, file, content=b"x", **words):
            path = PATH.format(session=session, file=file)
            method = "PUT" if content else "DELETE"
            return client.request(method, path, content=content, **words).status_code

        return send

    return make


def test_a_small_file_is_taken_and_a_large_one_refused_unread(put, kept):
    send = put()
    assert send("a", 1, b"x" * LARGEST_MB * MB) == 200
    assert send("a", 2, b"x" * (LARGEST_MB * MB + 5000)) == 413
    assert set(kept) == {("a", "1")}


def test_a_file_that_does_not_say_its_length_is_refused(put):
    assert put()("a", 1, (b"x" for _ in range(3))) == 413


def test_one_file_too_many_is_taken_and_the_oldest_goes(put, kept):
    send = put()
    assert [send("a", n) for n in range(MOST + 1)] == [200] * (MOST + 1)
    assert list(kept) == [("a", str(n)) for n in range(1, MOST + 1)]
    assert send("b", 0) == 200
    assert len(kept) == MOST + 1, "another reader is not held to the first one's files"


def test_a_file_again_or_one_taken_back_makes_room(put, kept):
    send = put()
    for n in (*range(MOST), 0):
        send("a", n)
    assert len(kept) == MOST
    send("a", 1, None)
    send("a", "another")
    assert list(kept) == [("a", "0"), ("a", "2"), ("a", "another")]


def test_a_session_that_nobody_has_counts_for_nothing(put, kept):
    send = put()
    assert [send(f"c{n}", n) for n in range(5)] == [400] * 5
    assert kept == {}


def test_a_steward_s_server_takes_files_of_who_signed_in_alone(put, kept):
    sent = {"Cookie": f"{XSRF_COOKIE_NAME}=lan"}
    send = put(opens=lambda session, browser: (session, browser) == ("a", "lan"))
    assert send("a", 1, headers=sent) == 200
    assert send("a", 2) == 403  # another browser
    assert send("b", 3, headers=sent) == 403  # a session at the gate
    assert set(kept) == {("a", "1")}


def test_so_does_the_one_that_is_started(monkeypatch):
    monkeypatch.setenv("HG_MODE", "steward")
    (few,) = (one for one in served.middleware() if one.cls is FewUploads)
    client = TestClient(few.cls(Starlette(), *few.args, **few.kwargs))
    assert client.put(PATH.format(session="a", file=1), content=b"x").status_code == 403
