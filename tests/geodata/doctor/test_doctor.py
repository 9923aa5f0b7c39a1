"""The doctor: the shipped data is well, and each thing that is wrong is found and named."""

import shutil
import socket
from datetime import timedelta

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geodata import intake
from geodata.core.clock import now
from geodata.doctor import around, data, kept
from geodata.doctor.examine import examine
from geodata.outputs import fonts
from geodata.register import sites
from geodata.store import Store
from geodata.store.documents import Documents
from tests.entering import drafted
from tests.geodata.store.samples import said
from tests.shipped import EVIDENCE, SITES


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    """The file of a store of the shipped data, to be copied."""
    path = tmp_path_factory.mktemp("shipped") / "store.sqlite"
    Store(f"sqlite:///{path}").create(SITES, EVIDENCE)
    return path


@pytest.fixture
def store(shipped, tmp_path):
    shutil.copy(shipped, tmp_path)
    return Store(f"sqlite:///{tmp_path}/{shipped.name}")


@pytest.fixture
def documents(tmp_path):
    return Documents(tmp_path / "documents")


def levels(findings):
    return {finding.check: finding.level for finding in findings}


def moved(register, site, **cells):
    table = pd.DataFrame(register.drop(columns="geometry"))
    table.loc[site, list(cells)] = list(cells.values())
    return sites.located(table.reset_index(drop=True))


def test_the_shipped_data_is_well(store, documents):
    found = levels(examine(store, documents))
    assert found.pop("unplaced") == "note"
    assert set(found.values()) == {"ok"}
    assert set(found) == {
        "store", "integrity", "journal", "documents",
        "guards", "descriptions", "accounts", "clock",
        "codes", "positions", "subjects", "references", "leaflet", "disk",
    }  # fmt: skip


def test_a_missing_store_is_a_fault_and_stays_missing(tmp_path, documents):
    path = tmp_path / "no" / "store.sqlite"
    found = levels(examine(Store(f"sqlite:///{path}"), documents))
    assert found == {"store": "fault", "leaflet": "ok", "disk": "ok"}
    assert not path.parent.exists()


def test_damage_is_a_fault(store, documents, monkeypatch):
    monkeypatch.setattr(Store, "damage", lambda _store: ["page 7 is lost"])
    finding = next(f for f in examine(store, documents) if f.check == "integrity")
    assert finding.level == "fault"
    assert "page 7 is lost" in finding.message


def finding(store, documents, check):
    return next(f for f in examine(store, documents) if f.check == check)


def test_an_entry_changed_past_the_software_is_a_fault(store, documents, monkeypatch):
    monkeypatch.setattr(Store, "breaks", lambda _store: ["real/7"])
    found = finding(store, documents, "journal")
    assert found.level == "fault"
    assert "real/7" in found.message


def test_documents_that_are_missing_or_damaged_are_named(store, documents, tmp_path):
    rows = [
        {"id": documents.put(content), "evidence": "EV-001", "name": name, "type": "x", "size": 1.0}
        for name, content in (("tốt.pdf", b"1"), ("hỏng.pdf", b"2"), ("mất.pdf", b"3"))
    ]
    text = {column: "string" for column in rows[0] if column != "size"}
    drafted(store, documents=pd.DataFrame(rows).astype(text))
    assert finding(store, documents, "documents").level == "ok"
    damaged, lost = (tmp_path / "documents" / row["id"][:2] / row["id"] for row in rows[1:])
    damaged.write_bytes(b"4")
    lost.unlink()
    found = finding(store, documents, "documents")
    assert found.level == "fault"
    assert "hỏng.pdf, mất.pdf" in found.message


@pytest.mark.parametrize("column", ["district_legacy", "commune_legacy", "commune_2025"])
def test_an_unknown_unit_code_is_found(column):
    register = moved(intake.shipped_sites(), "HG-ST-01", **{column: "99999"})
    assert data.unknown_codes(register) == ["HG-ST-01"]


def test_a_position_outside_its_unit_is_found():
    register = moved(intake.shipped_sites(), "HG-ST-01", lat=10.5, lon=106.5)
    assert data.misplaced(register) == ["HG-ST-01"]


def test_a_position_is_outside_only_beyond_its_accuracy():
    register = intake.shipped_sites()
    other = next(code for code in sorted(set(register["district_legacy"].dropna()))
                 if code != register.loc["HG-ST-01", "district_legacy"])  # fmt: skip
    wrong = moved(register, "HG-ST-01", district_legacy=other, position_accuracy_m=50.0)
    vague = moved(register, "HG-ST-01", district_legacy=other, position_accuracy_m=100_000.0)
    assert data.misplaced(wrong) == ["HG-ST-01"]
    assert data.misplaced(vague) == []


def test_a_reference_to_nothing_is_found():
    records = intake.shipped_evidence()
    records.loc[3, "supersedes"] = "EV-001"
    records.loc[4, "supersedes"] = "EV-999"
    records.loc[5, "refers_to"] = "EV-999"
    assert data.dangling(records) == ["EV-005", "EV-006"]


def test_leaflet_that_is_not_there_is_a_fault(store, documents, monkeypatch):
    monkeypatch.setattr(around.leaflet, "PACKAGE", "no-such-package")
    assert levels(examine(store, documents))["leaflet"] == "fault"


def test_a_font_that_is_not_there_is_a_fault(store, documents, monkeypatch, tmp_path):
    monkeypatch.setitem(fonts.FILES, fonts.FAMILY, (tmp_path / "Source.ttf",) * 2)
    monkeypatch.setattr(fonts, "folder", fonts.folder.__wrapped__)  # what is kept stays for others
    (symptom,) = [one for one in examine(store, documents) if one.check == "fonts"]
    assert symptom.level == "fault"
    assert "Source.ttf" in symptom.message


def test_little_room_is_a_fault(store, documents, monkeypatch):
    monkeypatch.setattr(around, "_LEAST_FREE_MB", 10**12)
    assert levels(examine(store, documents))["disk"] == "fault"


def test_a_port_in_use_is_a_fault():
    with socket.create_server(("127.0.0.1", 0)) as server:
        number = server.getsockname()[1]
        assert around.port(number).level == "fault"
    assert around.port(number).level == "ok"


def test_the_file_of_waters_and_roads_is_looked_at(store, documents, tmp_path):
    path = tmp_path / "lines.geojson"
    context = lambda: [f for f in examine(store, documents, path) if f.check == "context"]  # noqa: E731
    assert [finding.level for finding in context()] == ["fault"]
    line = shapely.LineString([(105.5, 9.7), (105.6, 9.8)])
    gpd.GeoDataFrame({"class": ["river", "đê"]}, geometry=[line] * 2, crs=4326).to_file(path)
    assert [finding.level for finding in context()] == ["ok", "note"]
    assert "“đê” (1)" in context()[1].message


def test_a_clock_that_is_behind_the_newest_entry_is_a_fault(store, documents, monkeypatch):
    behind = now() - timedelta(hours=1)
    monkeypatch.setattr(kept, "now", lambda: behind)
    assert levels(examine(store, documents))["clock"] == "fault"


def test_an_entry_dated_before_an_earlier_one_is_noted(store, documents, monkeypatch):
    behind = now() - timedelta(hours=1)
    monkeypatch.setattr("geodata.store.store.now", lambda: behind)
    drafted(store, said("E1"))
    (finding,) = (f for f in examine(store, documents) if f.check == "clock")
    assert (finding.level, "2" in finding.message) == ("note", True)


def test_a_spool_is_looked_at_where_there_is_to_be_one(tmp_path):
    assert around.spool(None) == []
    (missing,) = around.spool(tmp_path / "none")
    assert (missing.check, missing.level) == ("spool", "fault")
    (tmp_path / "A.report").write_bytes(b"x")
    (tmp_path / "aside").mkdir()
    (tmp_path / "aside" / "strange").write_bytes(b"x")
    assert levels(around.spool(tmp_path)) == {"spool": "ok", "aside": "note"}
