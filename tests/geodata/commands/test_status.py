"""``status``: what it prints for machines, and which plan and day it is of."""

import pandas as pd
import pytest

from geodata import intake
from geodata.commands.main import main
from geodata.register.sites import KINDS
from geodata.rules import status

SITE_KEYS = {
    *("id", "kind", "outreach", "compliance", "profile"),
    *("outreach_evidence", "compliance_evidence"),
}

pytestmark = pytest.mark.usefixtures("store")


def test_status_prints_what_the_contract_says(rows):
    printed = rows("--as-of", "2024-12-31", "--plan", "2024")
    shipped = intake.shipped_sites()
    assert [row["id"] for row in printed] == list(shipped["id"])
    for row in printed:
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
    headings = {}
    for day in ("2024-12-31", "2025-12-31"):
        assert main(["status", "--as-of", day]) == 0
        headings[day] = capsys.readouterr().out.splitlines()[0]
    assert "45/KH-UBND" in headings["2024-12-31"]
    assert "66/KH-UBND" in headings["2025-12-31"]


def test_before_anything_was_entered_there_is_the_register_and_no_evidence(rows):
    at_the_end = ("--as-of", "2024-12-31")
    then, now = rows(*at_the_end, "--known-at", "2024-12-31"), rows(*at_the_end)
    assert [row["id"] for row in then] == [row["id"] for row in now]
    stages = [{row["stage"] for row in listed if "stage" in row} for listed in (then, now)]
    assert stages[0] == {"no-data"} < stages[1]  # entered late, of 2024 all the same


def test_status_without_a_date_is_that_of_today(rows):
    assert len(rows()) == len(intake.shipped_sites())


def test_the_simulated_workspace_shows_every_status(rows):
    table = pd.DataFrame(rows("--demo", "--as-of", "2024-12-31"))
    assert len(table) == 200
    assert set(table["outreach"]) == set(status.OUTREACH)
    assert set(table["compliance"]) == set(status.COMPLIANCE)
    assert set(table["stage"].dropna()) == set(status.STAGES)
    assert table["id"].str.startswith("SIM-").all()
