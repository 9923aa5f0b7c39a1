"""OGC API – Features: pages that add up, places in three systems, times and boxes."""

import json
from datetime import date
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest

from geodata.core.errors import WrongCallError
from geodata.geography import coordinates
from geodata.outputs.open import ogc
from geodata.outputs.open.asking import NothingThereError
from geodata.outputs.open.service import Call, respond
from geodata.outputs.open.tables import KEYS, PLACED

BASE = "https://map.example.vn/api"
GRID = "http://www.opengis.net/def/crs/EPSG/0/5897"
NORTH_FIRST = "http://www.opengis.net/def/crs/EPSG/0/4326"
TODAY = date(2024, 12, 31)


@pytest.fixture
def asked(edition):
    def ask(path, **words):
        named = {name.replace("_crs", "-crs"): str(value) for name, value in words.items()}
        call = Call(f"ogc{path}", [*named.items()], BASE, TODAY, lambda _day: edition, dict)
        page = respond(call)
        return json.loads(page.content), page.headers

    return ask


def every(asked, address):
    """All features from an address on, page by page."""
    while address:
        parts = urlsplit(address)
        answer, _headers = asked(
            parts.path.removeprefix("/api/ogc"), **dict(parse_qsl(parts.query))
        )
        yield from answer["features"]
        address = next((one["href"] for one in answer["links"] if one["rel"] == "next"), None)


@pytest.mark.parametrize("table", PLACED)
def test_pages_hold_every_row_once_and_each_can_be_asked_for_alone(asked, tables, table):
    keys = list(tables[table][KEYS[table]])
    size = len(keys) // 3 + 1
    features = list(every(asked, f"{BASE}/ogc/collections/{table}/items?limit={size}"))
    assert [feature["id"] for feature in features] == keys
    alone, _headers = asked(f"/collections/{table}/items/{keys[-1]}")
    assert alone["properties"] == features[-1]["properties"]


def test_a_number_with_a_slash_is_asked_for_like_any_other(edition, tables):
    record = tables["evidence"].head(1).assign(id="12/BC-SCT")
    own = edition._replace(tables={**tables, "evidence": record})
    call = Call("ogc/collections/evidence/items/12/BC-SCT", [], BASE, TODAY, lambda _day: own, dict)
    assert json.loads(respond(call).content)["id"] == "12/BC-SCT"


def test_a_private_site_is_nowhere(asked, snapshot):
    (hidden, *_rest) = snapshot.sites.index[snapshot.sites["public"] == "no"]
    with pytest.raises(NothingThereError):
        asked(f"/collections/sites/items/{hidden}")


@pytest.mark.parametrize("crs", ogc.SYSTEMS)
def test_a_place_is_the_same_in_every_system(asked, tables, crs):
    site = tables["sites"][tables["sites"].geometry.notna()].iloc[0]
    answer, headers = asked(f"/collections/sites/items/{site['id']}", crs=crs)
    first, second = answer["geometry"]["coordinates"]
    lon, lat = first, second
    if crs == NORTH_FIRST:
        lat, lon = first, second
    elif crs == GRID:
        given = coordinates.GridPosition(east_y=first, north_x=second)
        lon, lat = coordinates.from_vn2000(given)
    assert np.allclose([lon, lat], [site.geometry.x, site.geometry.y], atol=1e-7)
    assert headers["Content-Crs"] == f"<{crs}>"


@pytest.mark.parametrize("crs", ogc.SYSTEMS)
def test_a_box_is_the_same_in_every_system(asked, crs):
    box = {ogc.CRS84: "105.6,9.7,105.8,9.9", NORTH_FIRST: "9.7,105.6,9.9,105.8"}
    west, south = (coordinates.to_vn2000(105.6, 9.7), coordinates.to_vn2000(105.8, 9.9))
    box[GRID] = f"{west.east_y},{west.north_x},{south.east_y},{south.north_x}"
    ids = [
        {
            f["id"]
            for f in asked("/collections/sites/items", bbox=box[one], bbox_crs=one)[0]["features"]
        }
        for one in (ogc.CRS84, crs)
    ]
    assert ids[0]
    # The grid is turned a little against north: a box in it is a little larger than itself.
    assert ids[0] <= ids[1]
    assert len(ids[1]) - len(ids[0]) <= 2


@pytest.mark.parametrize(
    ("span", "inside"),
    [
        ("2024-03-01/2024-03-31", lambda day: "2024-03-01" <= day <= "2024-03-31"),
        ("2024-05-01T00:00:00Z/..", lambda day: day >= "2024-05-01"),
        ("../2024-05-01T12:00:00+07:00", lambda day: day <= "2024-05-01"),
    ],
)
def test_evidence_is_of_the_time_that_is_asked_for(asked, tables, span, inside):
    answer, _headers = asked("/collections/evidence/items", datetime=span, limit=10_000)
    days = tables["evidence"]["event_date"].dropna().dt.strftime("%Y-%m-%d")
    assert answer["numberMatched"] == sum(map(inside, days)) > 0


def test_units_are_asked_for_by_when_they_were_in_force(asked):
    for table, times in (("units_legacy", (8, 0)), ("units_2025", (0, 28))):
        for day, n in zip(("2025-06-30", "2025-07-01"), times, strict=True):
            answer, _headers = asked(f"/collections/{table}/items", datetime=day)
            assert len([f for f in answer["features"] if f["geometry"]]) == n


@pytest.mark.parametrize(
    "words",
    [
        {"bbox": "1,2,3"},
        {"bbox": "1,2,3,x"},
        {"bbox": "0,nan,1,1"},
        {"bbox": "0,2,1,1"},
        {"crs": "http://www.opengis.net/def/crs/EPSG/0/3857"},
        {"datetime": "2024-13-01"},
        {"datetime": "../.."},
        {"datetime": "2025-01-01/2024-01-01"},
        {"limit": "0"},
        {"limit": "-1"},
        {"offset": "1e3"},
        {"f": "html"},
        {"kind": "castle"},
        {"axis": "compliance", "status": "reached"},
        {"unit": "31321", "vintage": "legacy"},
        {"as_of": "2025-01-01"},  # after today
        {"as_of": "2023-01-01"},  # before any plan
        {"nonsense": "1"},
    ],
    ids=str,
)
def test_what_means_nothing_is_refused_with_a_sentence(asked, words):
    with pytest.raises(WrongCallError, match=r"[^\x00-\x7f]"):
        asked("/collections/sites/items", **words)


def test_more_than_a_page_can_hold_is_cut_not_refused(asked):
    answer, _headers = asked("/collections/units_2025/items", limit=999_999)
    assert answer["numberReturned"] == answer["numberMatched"]
