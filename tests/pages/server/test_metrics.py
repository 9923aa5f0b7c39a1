"""The office's figures of the server: for whoever has the word, about no person and no place."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from geodata.store import Store
from pages.parts.server import metrics, refusals, served
from pages.parts.server.guard import Guard

WORD = "a-long-word"


@pytest.fixture
def client(monkeypatch, tmp_path):
    store = f"sqlite:///{tmp_path / 's.sqlite'}"
    Store(store).create()
    monkeypatch.setenv("HG_STORE", store)
    metrics.figures.cache_clear()
    return TestClient(Starlette(routes=served.routes()))


def _asked(client, word):
    return client.get("/metrics", headers={"Authorization": f"Bearer {word}"})


@pytest.mark.parametrize(("setting", "word"), [(WORD, "other"), (WORD, ""), ("", ""), ("", WORD)])
def test_without_the_word_there_is_nothing(client, monkeypatch, setting, word):
    monkeypatch.setenv("HG_METRICS_TOKEN", setting)
    assert _asked(client, word).status_code == 404
    assert client.get("/metrics").status_code == 404


def test_screens_and_failures_are_counted(client, monkeypatch):
    monkeypatch.setenv("HG_METRICS_TOKEN", WORD)
    with metrics.timed("ban-do"):
        pass
    with pytest.raises(ValueError, match="x"), metrics.timed("ban-do"):
        raise ValueError("x")
    text = _asked(client, WORD).text
    assert 'hg_screen_seconds_count{screen="ban-do"} 2.0' in text
    assert 'hg_screen_failures_total{screen="ban-do"} 1.0' in text
    assert "hg_sessions 0.0" in text


def test_a_choice_that_overtakes_a_screen_is_no_failure(client, monkeypatch):
    monkeypatch.setenv("HG_METRICS_TOKEN", WORD)
    with pytest.raises(KeyboardInterrupt), metrics.timed("ban-do"):
        raise KeyboardInterrupt  # as Streamlit's own, no Exception
    assert "hg_screen_failures_total{" not in _asked(client, WORD).text


def test_what_is_turned_away_is_counted_each_time_and_in_the_log_once_a_minute(
    client, monkeypatch, caplog
):
    monkeypatch.setenv("HG_METRICS_TOKEN", WORD)
    monkeypatch.setattr(refusals, "_logged", {})
    guarded = TestClient(Guard(client.app, hosts=("map.vn",)))
    answers = [guarded.get("/", headers={"Host": "evil.vn"}).status_code for _n in range(3)]
    assert answers == [400] * 3
    assert caplog.messages == ["Refused: foreign name"]
    assert 'hg_refusals_total{reason="foreign name"} 3.0' in _asked(client, WORD).text


@pytest.mark.parametrize(
    ("method", "path", "reason"),
    [
        ("POST", "/healthz", "method not in use"),
        ("GET", "/map/public/none.html", "map page not open to this reader"),
        ("GET", "/_stcore/metrics", "closed address"),
    ],
)
def test_whatever_the_server_turns_away_is_noted(client, monkeypatch, caplog, method, path, reason):  # noqa: PLR0917
    monkeypatch.setattr(refusals, "_logged", {})
    assert TestClient(Guard(client.app)).request(method, path).status_code in (404, 405)
    assert caplog.messages == [f"Refused: {reason}"]


def test_a_server_is_ready_when_its_store_opens_and_says_no_path_when_not(
    client, monkeypatch, tmp_path
):
    assert client.get("/healthz").text == "ok\n"
    monkeypatch.setenv("HG_STORE", str(tmp_path / "none" / "x.sqlite"))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"ready": False}
    assert client.get("/healthz").status_code == 200


def test_a_ready_server_says_its_data_version(client):
    from geodata.commands.main import main

    main(["init"])
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["version"].startswith("1-")
