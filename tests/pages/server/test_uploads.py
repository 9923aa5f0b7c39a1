"""What anybody may send to a public server."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from pages.parts.server.uploads import LARGEST_MB, MOST, FewUploads

MB = 1024 * 1024


async def _taken(request):
    return PlainTextResponse(str(len(await request.body())))


@pytest.fixture
def client():
    path = "/_stcore/upload_file/{session}/{file}"
    return TestClient(
        FewUploads(Starlette(routes=[Route(path, _taken, methods=["PUT", "DELETE"])]))
    )


def _put(client, session, file, size=10):
    return client.put(f"/_stcore/upload_file/{session}/{file}", content=b"x" * size).status_code


def test_a_small_file_is_taken_and_a_large_one_refused_unread(client):
    assert _put(client, "a", "1", LARGEST_MB * MB) == 200
    assert _put(client, "a", "2", LARGEST_MB * MB + 5000) == 413


def test_a_file_that_does_not_say_its_length_is_refused(client):
    pieces = (b"x" for _ in range(3))
    assert client.put("/_stcore/upload_file/a/1", content=pieces).status_code == 413


def test_a_session_has_few_files_at_once_and_one_taken_back_makes_room(client):
    assert [_put(client, "a", file) for file in range(MOST + 1)] == [200] * MOST + [413]
    assert _put(client, "b", "1") == 200, "another reader is not held to the first one's files"
    assert _put(client, "a", 0) == 200, "the same file again is no further one"
    client.delete("/_stcore/upload_file/a/0")
    assert _put(client, "a", "another") == 200
