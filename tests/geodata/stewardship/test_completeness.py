"""Who has reported: any live record of the plan's window, and whom to call for the rest."""

from datetime import date

import pandas as pd
import pytest

from geodata.register import evidence, sites
from geodata.rules import plan
from geodata.stewardship import completeness

RULES = plan.default(plan.shipped(), date(2025, 12, 31))
AS_OF = date(2025, 12, 31)
ROWS = [
    {"id": "A", "kind": "supermarket", "district_legacy": "930", "contact_phone": "0293 3876543"},
    {"id": "B", "kind": "craft_village", "district_legacy": "930"},
    {"id": "C", "kind": "craft_village", "district_legacy": "931"},
    {"id": "D", "kind": "pilot_model", "district_legacy": "931"},
    {"id": "E", "kind": "supermarket", "district_legacy": "931", "lifecycle": "closed",
     "valid_from": "2020-01-01"},
]  # fmt: skip


@pytest.fixture
def register():
    return sites.typed(pd.DataFrame([{"name_vi": row["id"], **row} for row in ROWS]))


def records(*rows):
    usual = {"axis": "outreach", "kind": "held", "grade": "B"}
    made = [{"id": f"EV{n}", **usual, "subject": s, "event_date": d, **more}
            for n, (s, d, more) in enumerate(rows)]  # fmt: skip
    return evidence.typed(pd.DataFrame(made), AS_OF)


def test_a_record_of_the_window_is_a_report_and_an_older_one_is_its_last(register):
    start = RULES.window.start
    every = completeness.reported(
        register, records(("A", f"{start:%Y-%m-%d}", {}), ("B", "2021-05-01", {})), RULES, AS_OF
    )
    assert every["reported"].to_dict() == {"A": True, "B": False, "C": False}
    silent = completeness.silent(every)
    assert silent.index.tolist() == ["C", "B"]
    assert silent.loc["B", "last_date"] == pd.Timestamp(2021, 5, 1)


def test_what_was_withdrawn_or_lies_ahead_is_no_report(register):
    rows = (
        ("A", "2025-06-01", {}),
        ("A", "2025-06-02", {"kind": "withdraw", "refers_to": "EV0"}),
        ("B", "2026-03-01", {"kind": "planned"}),
    )
    every = completeness.reported(register, records(*rows), RULES, AS_OF)
    assert every.loc["B", "reported"] is not True
    assert every.loc["B", "last_date"] is pd.NaT


def test_units_with_most_still_to_report_come_first(register):
    every = completeness.reported(register, records(("C", "2025-06-01", {})), RULES, AS_OF)
    table = completeness.by_unit(every, "district_legacy", {"930": "Vị Thanh", "931": "Ngã Bảy"})
    assert table[["unit", "kind", "sites", "reported"]].to_numpy().tolist() == [
        ["Vị Thanh", "craft_village", 1, 0],
        ["Vị Thanh", "supermarket", 1, 0],
        ["Ngã Bảy", "craft_village", 1, 1],
    ]
