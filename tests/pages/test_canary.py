"""Strings in every private field and id, and everything that a public server then sends: none."""

import html
import io
import shutil
import zipfile
from datetime import date
from urllib.parse import quote

import pandas as pd
import pypdf
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from geodata.outputs.briefing.files import KINDS
from geodata.outputs.open import release
from geodata.outputs.open.tables import origin_of
from geodata.people.letterhead import Letterhead
from geodata.reading.view import View, plan_of
from geodata.rules.plan import shipped
from geodata.store import Store
from pages.parts.map import served
from pages.parts.server import served as served_by_server
from pages.parts.shared import data
from tests.canaries import ANSWER, CALLED_OFF, lay
from tests.pages.conftest import PRIVATE

WITHDRAWN = {"compare": "2024-05-15", "as_of": "2024-12-31"}
ANSWERS = (
    *("v1/sites.geojson", "v1/units.geojson", "v1/evidence.json", "v1/indicators.json"),
    *("v1/status.csv", "v1/catalog.jsonld", "ogc/collections", "ogc/collections/sites/items"),
    *("ogc/collections/units_2025/items", "ogc/collections/evidence/items"),
)
SCREENS = [
    ("", {}),
    ("", {"site": CALLED_OFF, "paint": "statuses", "as_of": "2024-12-31"}),
    ("", {"unit": "933", "vintage": "legacy", **WITHDRAWN}),
    ("", {"axis": "compliance", "kinds": "supermarket"}),
    ("briefing", WITHDRAWN),
    ("briefing", {"slide": "1", **WITHDRAWN}),
    ("gaps", {"as_of": "2024-12-31"}),
    ("gaps", {"axis": "compliance", "as_of": "2024-12-31"}),
    ("visits", {"as_of": "2024-12-31"}),
    ("method", {}),
    ("evidence", {"as_of": "2024-12-31"}),
    ("evidence", {"site": CALLED_OFF, "as_of": "2024-12-31"}),
]


@pytest.fixture(scope="module")
def laid(made, tmp_path_factory):
    """A store with records about the private site that are full of them, and all of them."""
    path = shutil.copy(made, tmp_path_factory.mktemp("laid") / "store.sqlite")
    return path, lay(Store(f"sqlite:///{path}"), PRIVATE)


@pytest.fixture
def canaries(laid, store_path):
    """All that must not be sent, and lies in the store that the app opens."""
    shutil.copy(laid[0], store_path)
    return laid[1]


def leaked(canaries, sent):
    return [canary for canary in canaries if canary.encode() in sent]


@pytest.mark.parametrize(("screen", "query"), SCREENS, ids=str)
def test_no_screen_and_no_page_of_the_map_sends_one(canaries, open_app, shown, screen, query):
    app = open_app(screen, **query)
    assert not app.exception
    assert not app.error
    sent = shown(app).payload() + b"".join(f.content for f in served._everybody.files.values())
    assert CALLED_OFF.encode() in sent or screen == "method"
    assert leaked(canaries, sent) == []


def test_of_a_report_the_public_is_told_the_answer_alone(
    canaries, open_app, shown, monkeypatch, tmp_path
):
    monkeypatch.setenv("HG_SPOOL", str(tmp_path))
    screen = shown(open_app(site=CALLED_OFF, report="1"))
    assert ANSWER in html.unescape(screen.text())
    assert "Chưa trả lời: 1" in html.unescape(screen.text())
    assert leaked(canaries, screen.payload()) == []


def test_no_file_holds_one(canaries, store_path):  # noqa: ARG001 - the app opens it
    view = View(as_of=date(2024, 12, 31), compare=date(2024, 5, 15))
    briefing = data.briefing(data.data("real"), plan_of(view, shipped()), view)
    for kind in ("pdf", "pptx", "docx", "xlsx"):
        assert leaked(canaries, words(KINDS[kind](briefing)).encode()) == [], kind


@pytest.mark.usefixtures("store_path")
@pytest.mark.parametrize("mode", ["public", "steward"])
def test_no_answer_of_the_api_holds_one(canaries, monkeypatch, mode):
    monkeypatch.setenv("HG_MODE", mode)
    client = TestClient(Starlette(routes=served_by_server.routes()))
    for path in ANSWERS:
        day = {} if path == "ogc/collections" else {"as_of": "2024-12-31"}
        answer = client.get(f"/api/{path}", params=day)
        assert answer.status_code == 200, path
        assert leaked(canaries, answer.content + str(answer.headers).encode()) == [], path


@pytest.mark.usefixtures("store_path")
def test_no_refusal_of_the_api_says_one(canaries):
    client = TestClient(Starlette(routes=served_by_server.routes()))
    for collection in ("sites", "evidence"):
        for key in canaries:
            answer = client.get(f"/api/ogc/collections/{collection}/items/{quote(key, safe='')}")
            assert answer.status_code == 404
            assert leaked(canaries, answer.content) == []


def test_no_file_of_a_release_holds_one(canaries, store, tmp_path):
    snapshot = store.load("real", published=True)
    origin = origin_of(store, snapshot, date(2024, 12, 31), Letterhead(), shipped())
    for file in release.release(snapshot, tmp_path, origin):
        content = file.path.read_bytes()
        assert CALLED_OFF.encode() in content or not file.path.name.startswith("sites")
        content += words(content).encode() if file.path.suffix == ".xlsx" else b""
        content += cells(file.path) if file.path.suffix == ".parquet" else b""
        assert leaked(canaries, content) == [], file.path.name


def cells(path):
    """All cells of a table that is packed."""
    return (
        pd.read_parquet(path)
        .drop(columns="geometry", errors="ignore")
        .astype(str)
        .to_csv()
        .encode()
    )


def words(content):
    """All that can be read in a file."""
    if content.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(archive.read(n).decode("utf-8", "replace") for n in archive.namelist())
