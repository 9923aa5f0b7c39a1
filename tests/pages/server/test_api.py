"""The API as programs meet it: the screens' figures, nobody's secrets, bounded whatever comes."""

import threading
import time
from datetime import date
from urllib.parse import quote

import hypothesis
import pandas as pd
import pytest
import schemathesis
import uvicorn
from hypothesis import strategies as st
from owslib.ogcapi.features import Features
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.applications import Starlette
from starlette.testclient import TestClient

from geodata.core.clock import local, now
from geodata.reading.view import View, plan_of
from geodata.register.ids import REAL
from geodata.register.reports import PublicReport
from geodata.rules.plan import shipped
from geodata.rules.targets import of_axis
from geodata.store.inbox import Inbox
from pages.parts.server import api, editions, served
from pages.parts.server.api import Answered, Page, Recent
from pages.parts.shared import data
from tests.entering import STEWARD, reviewed
from tests.examples import examples
from tests.geodata.store.samples import changed
from tests.pages.conftest import HIDDEN

DAY = date(2024, 12, 31)
V1 = ("sites.geojson", "units.geojson", "evidence.json", "indicators.json", "status.csv")
EVERY = (
    *(f"/api/v1/{name}" for name in (*V1, "openapi.json", "catalog.jsonld", "report-answers.json")),
    *(f"/api/ogc{path}" for path in ("", "/conformance", "/collections", "/collections/sites")),
    *(f"/api/ogc/collections/{name}/items" for name in ("sites", "units_2025", "evidence")),
    "/api/ogc/collections/sites/items/HG-ST-01",
)


def served_app():
    return Starlette(routes=served.routes(), middleware=served.middleware())


@pytest.fixture
def client(store_path):  # noqa: ARG001 - the app opens it
    return TestClient(served_app(), base_url="http://localhost")


def ids(answer):
    return {feature["id"] for feature in answer.json()["features"]}


# --- what is answered --------------------------------------------------------------------------


def test_answers_to_reports_are_there_at_once_and_nothing_else_of_them(client, store):
    inbox = Inbox(store, REAL, STEWARD)
    for number, site in (
        ("AAAAAAAAAA", "HG-ST-01"),
        ("BBBBBBBBBB", "HG-ST-01"),
        ("C" * 10, HIDDEN),
    ):
        report = PublicReport(site, "place", "WORDS-QX7Z", "CONTACT-QX7Z")
        inbox.add(number, report, b"", now(), number)
    assert client.get("/api/v1/report-answers.json").json()["answers"] == []
    inbox.answer("AAAAAAAAAA", "Đã dời điểm", mended=True)
    inbox.answer("C" * 10, "HIDDEN-QX7Z", mended=False)
    answer = client.get("/api/v1/report-answers.json")
    today = local(now()).date().isoformat()
    mended = {"sent": today, "answered": today, "mended": True, "sentence": "Đã dời điểm"}
    assert answer.json() == {
        "answers": [{"site": "HG-ST-01", **mended}],
        "waiting": [{"site": "HG-ST-01", "reports": 1}],
    }


def test_figures_are_those_of_the_screens(client):
    at_hand, plan = data.data("real"), plan_of(View(as_of=DAY), shipped())
    results = data.targets(at_hand, plan, DAY)
    answer = client.get("/api/v1/indicators.json", params={"as_of": DAY}).json()
    numbers = [(row["numerator"], row["denominator"]) for row in answer["indicators"]]
    assert numbers == [(r.count.yes, r.count.total) if r.count else (None, None) for r in results]
    for vintage in ("2025", "legacy"):
        asked = {"as_of": DAY, "vintage": vintage}
        units = client.get("/api/v1/units.geojson", params=asked).json()["features"]
        whole = sum(unit["properties"]["outreach_sites"] for unit in units)
        assert whole == of_axis(results, "outreach").count.total
    status = data.status(at_hand, plan, DAY)
    sites = client.get("/api/v1/sites.geojson", params={"as_of": DAY}).json()["features"]
    given = {site["id"]: site["properties"]["status_outreach"] for site in sites}
    assert given == status["outreach"].astype(str).to_dict()


def test_sites_are_narrowed_as_on_the_map(client):
    sites = data.data("real").sites
    kinds = ids(client.get("/api/v1/sites.geojson", params={"kind": "supermarket,craft_village"}))
    assert kinds == set(sites.index[sites["kind"].isin(["supermarket", "craft_village"])])
    unit = ids(client.get("/api/v1/sites.geojson", params={"unit": "930", "vintage": "legacy"}))
    assert unit == set(sites.index[(sites["district_legacy"] == "930").fillna(value=False)])
    reached = client.get("/api/v1/sites.geojson", params={"status": "reached", "as_of": DAY})
    assert ids(reached) == {"HG-ST-01"}
    about = client.get("/api/v1/evidence.json", params={"kind": "supermarket", "as_of": DAY})
    assert {row["subject"][:5] for row in about.json()["evidence"]} == {"HG-ST"}


def test_pages_are_led_to_by_links(client):
    first = client.get("/api/v1/sites.geojson", params={"limit": 30, "kind": "craft_village"})
    assert "link" not in first.headers
    first = client.get("/api/v1/sites.geojson", params={"limit": 30})
    second = client.get(f"/api/v1/sites.geojson{first.json()['links'][0]['href']}")
    assert first.headers["link"] == f'<{first.json()["links"][0]["href"]}>; rel="next"'
    assert (
        len(ids(first) | ids(second))
        == first.json()["numberMatched"]
        == len(data.data("real").sites)
    )
    assert not ids(first) & ids(second)


def test_words_are_in_the_language_asked_for(client):
    spoken = [
        client.get("/api/v1/indicators.json", params={"lang": lang}).json()["indicators"][0]["name"]
        for lang in ("vi", "en")
    ]
    assert spoken == ["Ban hành chính sách kịp thời", "Policies issued in time"]


# --- how it is answered ------------------------------------------------------------------------


def test_what_a_program_has_is_not_sent_again(client):
    for path in EVERY:
        first = client.get(path)
        assert first.status_code == 200, path
        assert first.headers["cache-control"] == "public, no-cache"
        again = client.get(path, headers={"If-None-Match": f'"x", W/{first.headers["etag"]}'})
        assert (again.status_code, again.content) == (304, b""), path
        head = client.head(path)
        assert (head.content, head.headers["etag"]) == (b"", first.headers["etag"]), path


def test_answers_are_packed_for_who_takes_them(client):
    plain = client.get("/api/v1/sites.geojson", headers={"Accept-Encoding": "identity"})
    for accepted, way in (
        ("br, gzip", "br"),
        ("gzip, deflate", "gzip"),
        ("GZIP;q=0.5,br; q=0", "gzip"),
        ("gzip;q=0, br;q=0.0", ""),
        ("identity", ""),
        ("", ""),
    ):
        sent = client.get("/api/v1/sites.geojson", headers={"Accept-Encoding": accepted})
        assert sent.headers.get("content-encoding", "") == way
        assert sent.content == plain.content
        assert int(sent.headers["content-length"]) <= len(plain.content) / (4 if way else 1)
        assert (sent.headers["etag"] != plain.headers["etag"]) == bool(way)


def test_any_page_may_read_a_public_server_and_none_a_steward_s(client, monkeypatch):
    asked = {"Origin": "https://news.example.vn", "Access-Control-Request-Method": "GET"}
    answer = client.options("/api/v1/sites.geojson", headers=asked)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "set-cookie" not in answer.headers
    assert client.get("/api/v1/none", headers=asked).headers["access-control-allow-origin"] == "*"
    monkeypatch.setenv("HG_MODE", "steward")
    steward = TestClient(served_app(), base_url="http://localhost")
    answer = steward.get("/api/v1/sites.geojson", headers=asked)
    assert answer.status_code == 200
    assert "access-control-allow-origin" not in answer.headers


def test_nothing_can_be_written(client):
    for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE", "QUERY"):
        answer = client.request(method, "/api/v1/sites.geojson", content=b"x" * 1000)
        assert answer.status_code == 405
        assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/sites.geojson?as_of=2099-01-01", 400),
        ("/api/v1/sites.geojson?lang=fr", 400),
        ("/api/v1/sites.geojson?kind=supermarket&kind=craft_village", 400),
        ("/api/v1/sites.geojson?unit=" + "9" * 5000, 400),
        ("/api/v1/sites.geojson?" + "&".join(f"a{n}=1" for n in range(100)), 400),
        ("/api/v1/indicators.json?bbox=1,2,3,4", 400),
        ("/api/v1/secrets.json", 404),
        ("/api/v2/sites.geojson", 404),
        ("/api/", 404),
        ("/api/ogc/collections/accounts", 404),
        ("/api/ogc/collections/accounts/items", 404),
        ("/api/ogc/collections/sites/items/x/y", 404),
        ("/api/ogc/collections/sites/items/%2e%2e%2fetc%2fpasswd", 404),
    ],
)
def test_a_refusal_is_a_sentence_and_no_more(client, store_path, path, status):
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == api.PROBLEM
    problem = answer.json()
    assert set(problem) == {"type", "title", "status", "detail"}
    assert len(answer.content) < 1500
    assert str(store_path.parent) not in answer.text
    assert not problem["detail"].isascii()


def test_a_store_that_cannot_be_read_is_not_described(client, store_path):
    store_path.write_bytes(b"no store")
    answer = client.get("/api/v1/sites.geojson")
    assert answer.status_code == 503
    assert store_path.name not in answer.text


# --- what is published -------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["public", "steward"])
def test_only_what_was_published_is_given_on_both_kinds_of_server(store, monkeypatch, mode):
    monkeypatch.setenv("HG_MODE", mode)
    client = TestClient(served_app(), base_url="http://localhost")
    before = client.get("/api/v1/sites.geojson")
    assert HIDDEN not in ids(before)
    site = store.load("real").sites.loc[["HG-ST-01"]]
    entry = changed(store, site.assign(public=pd.array(["no"], dtype="string")))
    for asking in (client, TestClient(served_app(), base_url="http://localhost")):  # kept, and new
        assert asking.get("/api/v1/sites.geojson").content == before.content  # no more than a draft
    reviewed(store, entry)
    assert "HG-ST-01" not in client.get("/api/v1/sites.geojson").text
    assert client.get("/api/ogc/collections/sites/items/HG-ST-01").status_code == 404


# --- what is kept ------------------------------------------------------------------------------


def test_answers_are_kept_up_to_a_number_of_bytes_and_of_one_version():
    kept = Recent(1000)
    for n in range(50):
        kept.put("1", n, Answered(Page(b"x" * 90, ""), {"br": b"y" * 10}, ""))
    assert kept.size == 1000
    assert kept.get("1", 0) is None
    assert kept.get("1", 49)
    kept.put("2", 0, Answered(Page(b"x", ""), {}, ""))
    assert (kept.size, kept.get("1", 49)) == (1, None)
    kept.put("2", 1, Answered(Page(b"x" * 1001, ""), {}, ""))
    assert kept.size <= 1000


def test_who_would_wait_too_long_is_asked_to_come_back(client, monkeypatch):
    monkeypatch.setattr(editions, "_PATIENCE_S", 0.01)
    app = served_app()
    (route,) = (one for one in app.routes if one.path.startswith("/api"))
    route.app.editions._making.acquire()
    answer = TestClient(app, base_url="http://localhost").get("/api/v1/sites.geojson")
    assert answer.status_code == 429
    assert answer.headers["retry-after"]
    assert client.get("/api/v1/sites.geojson").status_code == 200


def test_a_flood_of_new_questions_is_turned_away_and_what_is_kept_still_given(client, monkeypatch):
    kept = client.get("/api/v1/indicators.json")
    monkeypatch.setattr(api, "_QUEUE", 0)
    assert client.get("/api/v1/indicators.json?lang=en").status_code == 429
    assert client.get("/api/v1/indicators.json").content == kept.content


# --- OGC's own client --------------------------------------------------------------------------


@pytest.fixture
def address(store_path):  # noqa: ARG001 - the app opens it
    """The API behind a real server, for a client that speaks HTTP by itself."""
    config = uvicorn.Config(served_app(), host="127.0.0.1", port=0, log_level="warning")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    (listening,) = server.servers[0].sockets
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/api"
    server.should_exit = True
    thread.join()


def test_an_ogc_client_reads_every_collection(address):
    client = Features(f"{address}/ogc")
    assert {"service-desc", "conformance", "data"} <= {link["rel"] for link in client.links}
    assert any("conf/core" in one for one in client.conformance()["conformsTo"])
    assert client.feature_collections() == ["sites", "units_2025", "units_legacy", "evidence"]
    sites = data.data("real").sites
    page = client.collection_items("sites", limit=10, offset=40)
    assert page["numberMatched"] == len(sites)
    assert client.collection_item("sites", "HG-ST-01")["id"] == "HG-ST-01"
    (west, south, east, north) = client.collection("sites")["extent"]["spatial"]["bbox"][0]
    inside = client.collection_items("sites", bbox=[west, south, east, north])
    assert inside["numberMatched"] == sites["lat"].notna().sum()


# --- whatever comes ----------------------------------------------------------------------------

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)


@pytest.fixture(scope="module")
def fuzzed(made_real, tmp_path_factory):
    """An app on a store of its own that stands for all examples of a test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HG_STORE", str(made_real))
        patch.setenv("HG_SPOOL", str(tmp_path_factory.mktemp("spool")))
        data.store.clear()
        yield served_app()
        data.store.clear()


@hypothesis.settings(parent=examples(40), suppress_health_check=[*hypothesis.HealthCheck])
@hypothesis.given(drawn=st.data())
def test_every_call_of_the_interface_is_answered_as_it_says(fuzzed, drawn):
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", fuzzed)
    operations = sorted(path for path in schema)
    path = drawn.draw(st.sampled_from(operations))
    method = "POST" if path == "/v1/reports" else "GET"
    call = drawn.draw(schema[path][method].as_strategy())
    call.call_and_validate(checks=CHECKS)


ANY = st.text(st.characters(blacklist_categories=["Cs"]), max_size=30)
HEADERS = st.dictionaries(
    st.sampled_from(["Range", "If-None-Match", "If-Match", "Accept-Encoding", "Accept", "Cookie"]),
    st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=60).map(
        lambda text: text.encode("latin-1")
    ),
)


@hypothesis.settings(parent=examples(50), suppress_health_check=[*hypothesis.HealthCheck])
@hypothesis.given(path=ANY, words=st.dictionaries(ANY, ANY), headers=HEADERS)
def test_whatever_comes_is_answered_and_bounded(fuzzed, path, words, headers):
    client = TestClient(fuzzed, base_url="http://localhost")
    item = f"/api/ogc/collections/sites/items/{quote(path, safe='')}"
    for place in ("/api/v1/sites.geojson", f"/api/{quote(path)}", item):
        answer = client.get(place, params=words, headers=headers)
        assert answer.status_code in (200, 304, 400, 404)
        if answer.status_code not in (200, 304):
            assert len(answer.content) < 2000
            assert str(client.base_url) not in answer.text
