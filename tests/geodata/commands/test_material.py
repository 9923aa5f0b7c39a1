"""What a call is about: files stand in for the store, and leave it alone."""

import json

import pytest

from geodata import intake
from geodata.commands.main import main
from geodata.store import Store
from tests.geodata.commands.samples import EVIDENCE, SITES, digest

pytestmark = pytest.mark.usefixtures("store")


def test_a_what_if_answers_from_its_files(file, rows):
    options = ("--sites", file("s.csv", SITES), "--evidence", file("e.csv", EVIDENCE))
    shop, model = rows("--as-of", "2024-12-31", "--known-at", "2024-12-31", *options)
    assert shop == {
        "id": "T1",
        "kind": "supermarket",
        "outreach": "reached",
        "compliance": "compliant",
        "profile": "P45",
        "outreach_evidence": ["X1"],
        "compliance_evidence": ["X2"],
    }
    assert (model["stage"], model["outreach"]) == ("applied", "not-applicable")


@pytest.mark.parametrize(
    ("known", "seen"), [("2024-05-01", []), ("2025-01-31", ["X1"]), ("2025-02-01", ["X1", "X4"])]
)
def test_a_record_of_a_file_is_seen_from_the_day_it_was_recorded(file, capsys, known, seen):
    words = ["status", "--json", "--as-of", "2024-12-31", "--known-at", known]
    words += ["--sites", file("s.csv", SITES), "--evidence", file("e.csv", EVIDENCE)]
    assert main(words) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)[0]["outreach_evidence"] == seen
    assert bool(printed.err) == (known != "2025-02-01")  # and what is left out is said


def test_a_what_if_leaves_the_store_alone(store, file, rows):
    before = digest(store), Store(f"sqlite:///{store}").version("real")
    rows("--sites", file("s.csv", SITES), "--evidence", file("e.csv", EVIDENCE))
    rows("--sites", file("s.csv", SITES))
    rows("--evidence", file("none.csv", "id,subject\n"))
    assert (digest(store), Store(f"sqlite:///{store}").version("real")) == before


def test_a_what_if_with_both_files_needs_no_store(tmp_path, file, rows, monkeypatch):
    monkeypatch.setenv("HG_STORE", str(tmp_path / "none.sqlite"))
    rows("--sites", file("s.csv", SITES), "--evidence", file("e.csv", EVIDENCE))
    assert not (tmp_path / "none.sqlite").exists()


def test_other_sites_do_without_the_evidence_of_the_register(file, rows):
    (row, _model) = rows("--as-of", "2024-12-31", "--sites", file("s.csv", SITES))
    assert (row["outreach"], row["outreach_evidence"]) == ("no-data", [])


def test_other_evidence_speaks_of_the_sites_of_the_register(file, rows):
    records = EVIDENCE.splitlines()[0] + "\nX9,HG-ST-01,compliance,check,2024-06-01,2024-06-02,A,,,"
    records += "P45,R1=yes;R2=yes,inspection\n"
    options = ("--as-of", "2024-12-31", "--evidence", file("e.csv", records))
    by_site = {row["id"]: row for row in rows(*options)}
    assert by_site["HG-ST-01"]["compliance_evidence"] == ["X9"]
    assert len(by_site) == len(intake.shipped_sites())


def test_evidence_about_an_unknown_site_ends_with_1(file, refusal):
    code, message = refusal("status", "--evidence", file("e.csv", EVIDENCE))
    assert code == 1
    assert "T1" in message
    assert "e.csv" in message


@pytest.mark.parametrize("option", ["--sites", "--evidence"])
def test_a_file_that_is_not_there_ends_with_1(refusal, option):
    code, message = refusal("status", option, "lost.csv")
    assert code == 1
    assert "lost.csv" in message
