"""Worklists: every gap is there with its reason, and what is about to lapse is seen in time."""

from datetime import date, timedelta

import pandas as pd
import pytest

from geodata.reading import worklist
from geodata.register import evidence as ev
from geodata.register import sites
from geodata.rules import plan, targets

AS_OF = date(2025, 6, 1)
PLAN = plan.of_year(plan.shipped(), 2025)


def register(*rows):
    base = {"kind": "craft_village", "lifecycle": "operating", "lat": "9.8", "lon": "105.5"}
    base |= {"founding": "decided"}
    return sites.typed(pd.DataFrame([{**base, "name_vi": row["id"], **row} for row in rows]))


def records(*rows):
    return ev.typed(pd.DataFrame([{"id": f"E{i}", **row} for i, row in enumerate(rows)]), AS_OF)


def held(subject, day, grade="A"):
    said = {"axis": "outreach", "kind": "held", "scope": "site", "topic": "scp"}
    return {"subject": subject, "event_date": day, "grade": grade, **said}


def check(subject, day):
    said = {"axis": "compliance", "kind": "check", "method": "inspection"}
    said |= {"grade": "A", "profile": "P45"}
    return {"subject": subject, "event_date": day, "answers": "R1=yes;R2=yes", **said}


def result_of(places, told, axis="outreach", as_of=AS_OF):
    return targets.of_axis(targets.results(places, told, PLAN, as_of, ()), axis)


def gaps(places, told, axis="outreach", as_of=AS_OF):
    return worklist.gaps(places, told, result_of(places, told, axis, as_of), axis, as_of)


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
        {"id": "S3", "lon": "105.505"},  # nearer, and not reached
    )
    table = gaps(places, records(held("S2", "2025-05-01")))
    assert table.loc["S1", "nearest_reached"] == "S2"
    assert table.loc["S1", "nearest_m"] == pytest.approx(1096, abs=5)
    assert table.loc["S1", "margin_m"] == 3020


@pytest.mark.parametrize("axis", targets.OF_AXIS)
def test_the_gaps_are_what_the_target_counts_and_has_not_verified(simulated, axis):
    places, told = simulated
    result = result_of(places, told, axis)
    table = gaps(places, told, axis)
    assert len(table) == result.count.total - result.count.yes > 0
    assert (table["status"] == result.counted["status"].reindex(table.index)).all()
    named = places.iloc[::2]
    shown = worklist.gaps(named, told, result, axis, AS_OF)
    assert set(shown.index) == set(table.index) & set(named.index) < set(table.index)
    assert set(shown["nearest_reached"].dropna()) <= set(named.index)


def test_a_plan_that_is_over_keeps_its_gaps_whatever_happens_next():
    # The check lapses in 2026, and only then is S2 visited: at the plan's end S1 met, S2 did not.
    places = register({"id": "S1", "kind": "supermarket"}, {"id": "S2", "kind": "supermarket"})
    told = records(check("S1", "2025-03-01")).assign(recorded_at=pd.Timestamp("2025-03-02"))
    table = gaps(places, told, "compliance", date(2026, 11, 22))
    assert table["status"].to_dict() == {"S2": "no-data"}


def test_what_may_count_has_a_list_of_its_own_that_says_what_is_missing():
    places = register(
        {"id": "S1"},
        {"id": "S2", "founding": "unknown"},
        {"id": "S3", "founding": "unknown", "lifecycle": "unknown"},
    )
    told = records(held("S2", "2025-05-01"))
    asked = places, told, result_of(places, told), "outreach", AS_OF
    open_ = worklist.undecided(*asked)
    assert open_["missing"].to_dict() == {"S3": "decision;lifecycle", "S2": "decision"}
    assert open_.loc["S2", ["status", "last_evidence"]].tolist() == ["reached", "E0"]
    both = worklist.with_undecided(worklist.gaps(*asked), open_, asked[2])
    assert list(both.index) == ["S1", "S3"]  # S2 needs no visit
    assert both.crs == places.crs


@pytest.mark.parametrize(("ago", "days"), [(340, 30), (320, 60), (290, 90), (200, None)])
def test_a_check_is_named_before_it_is_too_old(ago, days):
    places = register({"id": "S1", "kind": "supermarket"})
    told = records(check("S1", f"{AS_OF - timedelta(days=ago)}"))
    found = worklist.lapsing(places, told, plan.shipped(), AS_OF)
    assert found["days"].tolist() == ([days] if days else [])
    assert found["becomes"].tolist() == (["stale"] if days else [])


def test_outreach_lapses_with_the_plans_window():
    places, as_of = register({"id": "S1"}), date(2024, 12, 15)
    told = records(held("S1", "2024-05-01")).assign(recorded_at=pd.Timestamp("2024-05-02"))
    found = worklist.lapsing(places, told, plan.shipped(), as_of)
    assert found.to_dict("records") == [
        {"axis": "outreach", "site": "S1", "days": 30, "becomes": "lapsed"}
    ]


# --- what lies around ----------------------------------------------------------------------


def around(places, told):
    rows, result = gaps(places, told), result_of(places, told)
    return worklist.around(rows, places, told, result, as_of=AS_OF, radius_m=5000)


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
