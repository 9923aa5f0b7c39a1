"""Worklists: every gap is there with its reason, and what is about to lapse is seen in time."""

from datetime import date, timedelta

import pandas as pd
import pytest

from geodata import evidence as ev
from geodata import plan, sites, status, worklist
from geodata.targets import YES

AS_OF = date(2025, 6, 1)
PLAN = plan.of_year(plan.shipped(), 2025)


def register(*rows):
    base = {"kind": "supermarket", "lifecycle": "operating", "lat": "9.8", "lon": "105.5"}
    return sites.typed(pd.DataFrame([{**base, "name_vi": row["id"], **row} for row in rows]))


def records(*rows):
    return ev.typed(pd.DataFrame([{"id": f"E{i}", **row} for i, row in enumerate(rows)]), AS_OF)


def held(subject, day, grade="A"):
    said = {"axis": "outreach", "kind": "held", "scope": "site", "topic": "scp"}
    return {"subject": subject, "event_date": day, "grade": grade, **said}


def check(subject, day):
    said = {"axis": "compliance", "kind": "check", "grade": "A", "profile": "P45"}
    return {"subject": subject, "event_date": day, "answers": "R1=yes;R2=yes", **said}


def gaps(places, told):
    found = status.status_of(places, told, PLAN, AS_OF)["outreach"]
    return worklist.gaps(places, told, found, "outreach", AS_OF)


def test_a_gap_says_since_when_nothing_is_known():
    places = register({"id": "S1"}, {"id": "S2"}, {"id": "S3"})
    told = records(held("S1", "2025-05-01"), held("S2", "2024-05-02"), held("S2", "2023-01-01"))
    table = gaps(places, told)
    assert list(table.index) == ["S3", "S2"]  # nothing known at all comes first
    assert table.loc["S2", ["status", "last_evidence", "days_ago"]].tolist() == [
        "lapsed",
        "E1",
        395,
    ]
    assert pd.isna(table.loc["S3", "last_evidence"])


def test_the_distance_to_the_nearest_reached_site_carries_its_margin():
    places = register(
        {"id": "S1", "position_accuracy_m": "3000"},
        {"id": "S2", "lon": "105.51", "position_accuracy_m": "20"},
    )
    table = gaps(places, records(held("S2", "2025-05-01")))
    assert table.loc["S1", "nearest_reached"] == "S2"
    assert table.loc["S1", "nearest_m"] == pytest.approx(1096, abs=5)
    assert table.loc["S1", "margin_m"] == 3020


def test_verified_and_exempt_sites_are_no_gap(simulated):
    places, told = simulated
    found = status.status_of(places, told, PLAN, AS_OF)["outreach"]
    table = worklist.gaps(places, told, found, "outreach", AS_OF)
    open_ = found[~found.isin([*YES["outreach"], "not-applicable"])]
    assert set(table.index) == set(open_.index)
    assert (table["status"] == open_.reindex(table.index)).all()


@pytest.mark.parametrize(("ago", "days"), [(340, 30), (320, 60), (290, 90), (200, None)])
def test_a_check_is_named_before_it_is_too_old(ago, days):
    places = register({"id": "S1"})
    told = records(check("S1", f"{AS_OF - timedelta(days=ago)}"))
    found = worklist.lapsing(places, told, plan.shipped(), AS_OF)
    assert found["days"].tolist() == ([days] if days else [])
    assert found["becomes"].tolist() == (["stale"] if days else [])


def test_outreach_lapses_with_the_plans_window():
    places, as_of = register({"id": "S1", "kind": "craft_village"}), date(2024, 12, 15)
    told = records(held("S1", "2024-05-01")).assign(recorded_at=pd.Timestamp("2024-05-02"))
    found = worklist.lapsing(places, told, plan.shipped(), as_of)
    assert found.to_dict("records") == [
        {"axis": "outreach", "site": "S1", "days": 30, "becomes": "lapsed"}
    ]


# --- what lies around ----------------------------------------------------------------------


def around(places, told, radius_m=5000):
    found = status.status_of(places, told, PLAN, AS_OF)
    rows = worklist.gaps(places, told, found["outreach"], "outreach", AS_OF)
    return worklist.around(
        rows, places, told, found, axis="outreach", as_of=AS_OF, radius_m=radius_m
    )


def milestone(subject, stage):
    said = {"axis": "model", "kind": "milestone", "grade": "A", "topic": stage}
    return {"subject": subject, "event_date": "2025-02-01", **said}


def test_only_accepted_models_are_near():
    places = register(
        {"id": "S1"},
        {"id": "M1", "kind": "pilot_model", "lon": "105.51"},
        {"id": "M2", "kind": "pilot_model", "lon": "105.6"},
    )
    told = records(milestone("M1", "building"), milestone("M2", "accepted"))
    row = around(places, told).loc["S1"]
    assert row["nearest_model"] == "M2"
    assert row["model_m"] == pytest.approx(10_970, abs=50)


def test_an_event_is_where_its_site_is_and_counts_only_once_held():
    places = register({"id": "S1"}, {"id": "S2", "lon": "105.51"}, {"id": "S3", "lon": "105.6"})
    plain = {"axis": "outreach", "scope": "site", "topic": "scp", "grade": "B"}
    told = records(
        {**plain, "subject": "S2", "kind": "planned", "event_date": "2025-05-01"},
        {**plain, "subject": "S3", "kind": "held", "event_date": "2023-05-01"},
        {**plain, "subject": "930", "kind": "held", "event_date": "2025-05-01"},
    )
    table = around(places, told)
    assert table["nearest_event"].tolist() == ["S3"] * 3
    assert table.loc["S3", "event_m"] == 0


@pytest.mark.parametrize(
    ("accuracy", "other", "counted", "depends"),
    [("10", "20", 1, False), ("3000", "20", 1, True), ("10", "3000", 1, True)],
)
def test_a_gap_says_whether_it_depends_on_a_rough_position(accuracy, other, counted, depends):
    places = register(
        {"id": "S1", "position_accuracy_m": accuracy},
        {"id": "S2", "lon": "105.53", "position_accuracy_m": other},  # 3.3 km away
    )
    row = around(places, records(held("S2", "2025-05-01"))).loc["S1"]
    assert row["reached_within"] == counted
    assert row["depends_on_position"] == depends


def test_a_gap_without_a_position_has_no_count_and_no_distance():
    places = register({"id": "S1", "lat": "", "lon": ""}, {"id": "S2"})
    row = around(places, records(held("S2", "2025-05-01"))).loc["S1"]
    assert row.isna().all()
