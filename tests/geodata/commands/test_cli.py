"""The command line: what it prints for machines, what it refuses, and that it asks no more."""

import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from geodata import intake
from geodata.commands import cli
from geodata.core.names import unaccent
from geodata.register.sites import KINDS
from geodata.rules import status
from geodata.store import Store

HOME = Path(__file__).parents[3]
SITE_KEYS = {
    *("id", "kind", "outreach", "compliance", "profile"),
    *("outreach_evidence", "compliance_evidence"),
}
SITES = (
    "id,kind,name_vi,lifecycle\nT1,supermarket,Siêu thị A,operating\nT2,pilot_model,B,operating\n"
)
EVIDENCE = (
    "id,subject,axis,kind,event_date,recorded_at,grade,scope,topic,profile,answers,method\n"
    "X1,T1,outreach,held,2024-05-01,2024-05-02,A,site,scp,,,\n"
    "X2,T1,compliance,check,2024-06-01,2024-06-02,A,,,P45,R1=yes;R2=yes,inspection\n"
    "X3,T2,model,milestone,2024-06-01,2024-06-02,A,,applied,,,\n"
    "X4,T1,outreach,held,2024-07-01,2025-02-01,A,site,scp,,,\n"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A store with both workspaces, to be copied."""
    path = tmp_path_factory.mktemp("store") / "store.sqlite"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HG_STORE", str(path))
        assert cli.main(["init", "--demo", "--sites", "200", "--seed", "1"]) == 0
    return path


@pytest.fixture(autouse=True)
def store(made, tmp_path, monkeypatch):
    path = tmp_path / "store.sqlite"
    shutil.copy(made, path)
    monkeypatch.setenv("HG_STORE", str(path))
    return path


@pytest.fixture
def file(tmp_path):
    def write(name, content):
        (tmp_path / name).write_text(content, "utf-8")
        return str(tmp_path / name)

    return write


@pytest.fixture
def rows(capsys):
    """Run `status --json` and return what it prints."""

    def run(*options):
        assert cli.main(["status", "--json", *options]) == 0
        return json.loads(capsys.readouterr().out)

    return run


@pytest.fixture
def refusal(capsys):
    """Run a command that must fail; return its exit code and its one sentence."""

    def run(*arguments):
        capsys.readouterr()
        code = cli.main(arguments)
        out, err = capsys.readouterr()
        assert out == ""
        return code, sentence(err)

    return run


def sentence(said):
    """The one line on stderr, in Vietnamese."""
    (line,) = said.splitlines()
    assert unaccent(line) != line.lower()
    assert "Traceback" not in line
    return line


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def python_m_geodata(store, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "geodata", *arguments],
        cwd=HOME,
        env={**os.environ, "HG_STORE": str(store)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


# --- as a program --------------------------------------------------------------------------


def test_a_fresh_machine_has_statuses_after_two_commands(tmp_path):
    path = tmp_path / "new" / "store.sqlite"
    assert python_m_geodata(path, "init").returncode == 0
    done = python_m_geodata(path, "status", "--as-of", "2024-12-31", "--plan", "2024", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(json.loads(done.stdout)) == len(intake.shipped_sites())


def test_a_wrong_call_is_answered_in_one_sentence(tmp_path):
    done = python_m_geodata(tmp_path / "no.sqlite", "status", "--plan", "1999")
    assert (done.returncode, done.stdout) == (2, "")
    assert "1999" in sentence(done.stderr)


# --- init ----------------------------------------------------------------------------------


def test_init_twice_changes_nothing(store, capsys):
    before = Store(f"sqlite:///{store}").workspaces()
    assert cli.main(["init"]) == 0
    assert Store(f"sqlite:///{store}").workspaces() == before
    assert str(store) in capsys.readouterr().out


def test_init_tells_the_data_versions(store, capsys):
    assert cli.main(["init", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    there = Store(f"sqlite:///{store}").workspaces()
    assert said == {"store": str(store), "workspaces": {k: w.version for k, w in there.items()}}


def test_init_with_a_seed_is_repeatable(tmp_path, monkeypatch):
    found = set()
    for name in ("one", "other"):
        monkeypatch.setenv("HG_STORE", str(tmp_path / name))
        assert cli.main(["init", "--demo", "--sites", "20", "--seed", "5"]) == 0
        found.add(Store(f"sqlite:///{tmp_path / name}").version("simulated"))
    assert len(found) == 1


# --- status --------------------------------------------------------------------------------


def test_status_prints_what_the_contract_says(rows):
    found = rows("--as-of", "2024-12-31", "--plan", "2024")
    shipped = intake.shipped_sites()
    assert [row["id"] for row in found] == list(shipped["id"])
    for row in found:
        model = row["kind"] == "pilot_model"
        assert set(row) == SITE_KEYS | ({"stage"} if model else set())
        assert row["kind"] in KINDS
        assert row["outreach"] in status.OUTREACH
        assert row["compliance"] in status.COMPLIANCE
        assert row.get("stage", "no-data") in status.STAGES
        assert row["profile"] in {None, "P45", "CV56"}
        assert all(isinstance(i, str) for key in SITE_KEYS if "_" in key for i in row[key])


def test_a_status_names_evidence_that_is_there(rows):
    shipped = intake.shipped_evidence().set_index("id")["subject"]
    for row in rows("--as-of", "2026-11-22", "--plan", "2025"):
        for record in (*row["outreach_evidence"], *row["compliance_evidence"]):
            assert shipped[record] == row["id"]


def test_the_plan_follows_the_day(capsys):
    said = {}
    for day in ("2024-12-31", "2025-12-31"):
        assert cli.main(["status", "--as-of", day]) == 0
        said[day] = capsys.readouterr().out.splitlines()[0]
    assert "45/KH-UBND" in said["2024-12-31"]
    assert "66/KH-UBND" in said["2025-12-31"]


def test_before_anything_was_entered_there_is_the_register_and_no_evidence(rows):
    at_the_end = ("--as-of", "2024-12-31")
    then, now = rows(*at_the_end, "--known-at", "2024-12-31"), rows(*at_the_end)
    assert [row["id"] for row in then] == [row["id"] for row in now]
    stages = [{row["stage"] for row in found if "stage" in row} for found in (then, now)]
    assert stages[0] == {"no-data"} < stages[1]  # entered late, of 2024 all the same


def test_status_without_a_date_is_that_of_today(rows):
    assert len(rows()) == len(intake.shipped_sites())


def test_the_simulated_workspace_shows_every_status(rows):
    found = pd.DataFrame(rows("--demo", "--as-of", "2024-12-31"))
    assert len(found) == 200
    assert set(found["outreach"]) == set(status.OUTREACH)
    assert set(found["compliance"]) == set(status.COMPLIANCE)
    assert set(found["stage"].dropna()) == set(status.STAGES)
    assert found["id"].str.startswith("SIM-").all()


# --- what if -------------------------------------------------------------------------------


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
    assert cli.main(words) == 0
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
    told = EVIDENCE.splitlines()[0] + "\nX9,HG-ST-01,compliance,check,2024-06-01,2024-06-02,A,,,"
    told += "P45,R1=yes;R2=yes,inspection\n"
    options = ("--as-of", "2024-12-31", "--evidence", file("e.csv", told))
    found = {row["id"]: row for row in rows(*options)}
    assert found["HG-ST-01"]["compliance_evidence"] == ["X9"]
    assert len(found) == len(intake.shipped_sites())


# --- refusals ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["status", "--plan", "2019"], "2019"),
        (["status", "--as-of", "2019-05-01"], "01/05/2019"),
        (["status", "--as-of", "2026-05-01"], "01/05/2026"),
        (["status", "--as-of", "2019-05-01", "--plan", "2024"], "01/05/2019"),
        (["gaps", "--known-at", "2999-01-01"], "01/01/2999"),
        (["status", "--as-of", "2024-06-01", "--plan", "2025"], "01/06/2024"),
        (["status", "--as-of", "31/12/2024"], "31/12/2024"),
        (["status", "--as-of", "2024-02-30"], "2024-02-30"),
        (["status", "--plan", "next"], "next"),
        (["status", "--wrong"], "--wrong"),
        (["init", "--demo", "--sites", "0"], "0"),
        (["init", "--demo", "--seed", "-1"], "-1"),
        (["doctor", "--port", "99999"], "99999"),
        (["doctor", "--port", "-1"], "-1"),
        (["conquer"], "conquer"),
        ([], "COMMAND"),
    ],
)
def test_a_wrong_call_ends_with_2_and_says_why(store, refusal, arguments, named):
    before = digest(store)
    code, said = refusal(*arguments)
    assert code == 2
    assert named in said
    assert digest(store) == before


def test_evidence_about_an_unknown_site_ends_with_1(file, refusal):
    code, said = refusal("status", "--evidence", file("e.csv", EVIDENCE))
    assert code == 1
    assert "T1" in said
    assert "e.csv" in said


@pytest.mark.parametrize("option", ["--sites", "--evidence"])
def test_a_file_that_is_not_there_ends_with_1(refusal, option):
    code, said = refusal("status", option, "lost.csv")
    assert code == 1
    assert "lost.csv" in said


@pytest.mark.parametrize("command", [["status"], ["status", "--demo"], ["status", "--json"]])
def test_a_missing_store_ends_with_1_and_stays_missing(tmp_path, monkeypatch, refusal, command):
    path = tmp_path / "no" / "store.sqlite"
    monkeypatch.setenv("HG_STORE", str(path))
    code, said = refusal(*command)
    assert code == 1
    assert "python -m geodata init" in said
    assert not path.parent.exists()


@pytest.mark.parametrize("command", [["status"], ["init"], ["init", "--demo"]])
def test_a_broken_store_ends_with_1_and_is_left_as_it_is(store, refusal, command):
    store.write_bytes(b"no database at all " * 300)
    before = digest(store)
    code, said = refusal(*command)
    assert code == 1
    assert str(store) in said
    assert digest(store) == before


def test_a_store_that_is_no_address_ends_with_2(monkeypatch, refusal):
    monkeypatch.setenv("HG_STORE", "oracle-of-delphi://here")
    assert refusal("status")[0] == 2


def test_a_simulated_workspace_that_is_not_there_ends_with_2(tmp_path, monkeypatch, refusal):
    monkeypatch.setenv("HG_STORE", str(tmp_path / "real_only.sqlite"))
    assert cli.main(["init"]) == 0
    code, said = refusal("status", "--demo")
    assert code == 2
    assert "--demo" in said


# --- doctor --------------------------------------------------------------------------------


def test_the_doctor_finds_the_shipped_data_well(capsys):
    assert cli.main(["doctor", "--json"]) == 0
    findings = json.loads(capsys.readouterr().out)
    assert all(set(finding) == {"check", "level", "message"} for finding in findings)
    assert {finding["level"] for finding in findings} <= {"ok", "note"}


def test_the_doctor_fails_on_a_missing_store(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("HG_STORE", str(tmp_path / "none.sqlite"))
    assert cli.main(["doctor", "--json"]) == 1
    findings = {f["check"]: f["level"] for f in json.loads(capsys.readouterr().out)}
    assert findings["store"] == "fault"


def test_the_doctor_fails_on_a_port_in_use(capsys):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert cli.main(["doctor", "--port", str(port)]) == 1
    assert str(port) in capsys.readouterr().out


# --- sectors -------------------------------------------------------------------------------

DECLARED = "id,plant,sector,input,year,consumption,consumption_unit,output,output_unit,grade\n"
TWO_YEARS = DECLARED + "".join(
    f"{plant}1,{plant},thép,điện,2020,100,kWh,10,tấn,A\n"
    f"{plant}2,{plant},thép,điện,2024,95,kWh,10,tấn,A\n"
    for plant in "KLM"  # of fewer than three no figures are told
)


@pytest.fixture
def sectors(capsys):
    """Run `indicators --json` and return what it says of T2."""

    def run(*options):
        capsys.readouterr()
        assert cli.main(["indicators", "--json", "--plan", "2024", *options]) == 0
        told = json.loads(capsys.readouterr().out)
        return next(target for target in told["targets"] if target["id"] == "T2")

    return run


def test_a_baseline_year_and_a_file_of_declarations_are_a_what_if(store, file, sectors):
    before = digest(store)
    declared = ("--declarations", file("d.csv", TWO_YEARS), "--sites", file("s.csv", SITES))
    assert sectors(*declared)["verdict"] == "undefined"
    # 1 − (285/30)/(300/30) = 5 %, exactly the threshold.
    found = sectors(*declared, "--baseline-year", "2020")
    assert (found["numerator"], found["denominator"], found["verdict"]) == (1, 1, "met")
    assert (found["threshold"], found["counted"]) == (0.05, {"thép": "met"})
    (row,) = found["sectors"]
    assert (row["baseline"], row["current"], row["reduction"], row["plants"]) == (10, 9.5, 0.05, 3)
    assert digest(store) == before


def test_the_simulated_workspace_has_declarations_and_the_real_one_none(sectors):
    assert sectors("--baseline-year", "2019", "--demo")["counted"]["nhựa"] == "reported"
    assert sectors("--baseline-year", "2019")["sectors"] == []


def test_a_declaration_of_a_sector_nobody_knows_ends_with_1(file, refusal):
    path = file("d.csv", TWO_YEARS.replace("thép", "giày da"))
    code, said = refusal("indicators", "--declarations", path, "--as-of", "2024-12-31")
    assert code == 1
    assert "giày da" in said


def test_a_baseline_year_that_is_not_earlier_ends_with_2(refusal):
    code, said = refusal("indicators", "--plan", "2024", "--baseline-year", "2024")
    assert code == 2
    assert "2024" in said
