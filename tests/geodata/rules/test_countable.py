"""What cannot count is named, with what to write instead; what can is left alone."""

from datetime import date

import pandas as pd
import pytest

from geodata import intake
from geodata.core.names import unaccent
from geodata.geography import units
from geodata.register import evidence
from geodata.rules import countable, plan
from geodata.simulation import simulate

TODAY = date(2026, 11, 22)
PLANS = plan.shipped()
HELD = {
    "axis": "outreach", "kind": "held", "event_date": "2024-05-01", "grade": "A",
    "scope": "site", "topic": "scp",
}  # fmt: skip
CHECK = {
    "axis": "compliance", "kind": "check", "event_date": "2024-05-01", "grade": "A",
    "profile": "P45", "answers": "R1=yes;R2=yes", "method": "inspection",
}  # fmt: skip
MILESTONE = {"axis": "model", "kind": "milestone", "event_date": "2024-05-01", "grade": "B"}
DOCUMENT = {"axis": "policy", "kind": "document", "event_date": "2024-05-01", "grade": "A"}
DECLARED = {"kind": "self_declared", "event_date": "2024-05-01", "grade": "C"}
CANCELLED = {"axis": "outreach", "kind": "cancelled", "event_date": "2024-05-01", "grade": "A"}
WITHDRAW = {"axis": "outreach", "kind": "withdraw", "event_date": "2024-05-01", "grade": "A"}


def records(*rows):
    named = [{"id": f"E{n}", "subject": "S1", **row} for n, row in enumerate(rows, 1)]
    return evidence.typed(pd.DataFrame(named), TODAY)


def named(*rows, known=None):
    found = countable.cannot_count(records(*rows), PLANS, known)
    return [(one.record, one.column, one.reason) for one in found]


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ({**HELD, "kind": "check"}, "kind", "kind"),
        ({**CHECK, "kind": "held"}, "kind", "kind"),
        ({**DOCUMENT, "topic": "central", "kind": "milestone"}, "kind", "kind"),
        ({**DECLARED, "axis": "consumption", "kind": "milestone"}, "kind", "kind"),
        ({**HELD, "scope": ""}, "scope", "scope"),
        ({**HELD, "topic": ""}, "topic", "topic-blank"),
        ({**HELD, "topic": "fire"}, "topic", "topic-unknown"),
        ({**HELD, "topic": "other;fire"}, "topic", "topic-other"),
        ({**HELD, "topic": "plastic_reduction"}, "topic", "topic-other"),
        ({**HELD, "topic": "sustainable_lifestyle"}, "topic", "topic-other"),
        ({**HELD, "subject": "930", "topic": "waste_sorting"}, "topic", "topic-other"),
        ({**CHECK, "profile": ""}, "profile", "profile"),
        ({**CHECK, "profile": "P46"}, "profile", "profile"),
        ({**CHECK, "kind": "self_declared", "profile": ""}, "profile", "profile"),
        ({**CHECK, "event_date": "2026-02-01"}, "event_date", "profile-day"),
        ({**CHECK, "method": ""}, "method", "method"),
        ({**MILESTONE, "topic": "circular_economy"}, "topic", "stage"),
        ({**DOCUMENT, "topic": "scp"}, "topic", "level"),
        ({**DECLARED, "axis": "outreach"}, "kind", "self-declared"),
        ({**DECLARED, "axis": "consumption"}, "axis", "consumption"),
        ({**DECLARED, "axis": "education"}, "organiser", "organiser"),
        ({**HELD, "supersedes": "E1"}, "supersedes", "replaces-itself"),
        (CANCELLED, "refers_to", "names-nothing"),
        (WITHDRAW, "refers_to", "names-nothing"),
        ({**WITHDRAW, "event_date": "", "grade": "D"}, "refers_to", "names-nothing"),
        ({**WITHDRAW, "refers_to": "E1"}, "refers_to", "names-itself"),
        ({**HELD, "event_date": ""}, "event_date", "undated"),
        ({**HELD, "event_date": "2020-06-23"}, "event_date", "early"),
    ],
)
def test_a_record_that_cannot_count_is_named_by_its_cell(row, column, reason):
    assert named(row) == [("E1", column, reason)]


@pytest.mark.parametrize(
    "row",
    [
        HELD,
        {**HELD, "topic": "waste_sorting;scp", "scope": "group"},
        {**HELD, "scope": "mass", "topic": "waste_sorting"},
        {**HELD, "subject": "930", "topic": "sustainable_lifestyle", "scope": "mass"},
        {**HELD, "kind": "planned", "scope": "", "topic": ""},
        {**HELD, "kind": "none_confirmed", "scope": "", "topic": ""},
        {**HELD, "grade": "D", "scope": "", "topic": "fire"},
        {**HELD, "event_date": "2020-06-24"},
        {**CANCELLED, "refers_to": "E9"},
        {**WITHDRAW, "refers_to": "E9", "event_date": "", "grade": "D"},
        {**WITHDRAW, "refers_to": "E9", "axis": "education"},
        CHECK,
        {**CHECK, "kind": "self_declared", "method": "", "grade": "C"},
        {**CHECK, "profile": "ND08-64", "event_date": "2026-02-01"},
        {**MILESTONE, "topic": "circular_economy;applied"},
        {**DOCUMENT, "topic": "provincial;scp"},
        {**DECLARED, "axis": "education", "organiser": "Trường Cao đẳng"},
    ],
)
def test_a_record_that_may_count_or_never_was_to_is_left_alone(row):
    assert named(row) == []


def test_every_pair_of_axis_and_kind_outside_the_contract_is_named():
    for axis in evidence.AXES:
        fits = {*evidence.KINDS_OF[axis], *evidence.ON_ANY_AXIS}
        for kind in evidence.EVENT_KINDS:
            found = {reason for _id, _column, reason in named({**HELD, "axis": axis, "kind": kind})}
            assert ("kind" in found) == (kind not in fits), (axis, kind)


@pytest.mark.parametrize(
    ("later", "fits"),
    [({}, True), ({"subject": "S2"}, False), (CHECK, False), ({"supersedes": "E9"}, True)],
)
def test_a_record_replaces_only_one_of_its_subject_and_axis(later, fits):
    later = {**HELD, "id": "N1", "supersedes": "E1", **later}
    expected = [] if fits else [("N1", "supersedes", "replaces-other")]
    assert named(HELD, later) == expected
    assert named(later, known=records(HELD)) == expected


def test_a_reason_says_what_to_write_instead_in_the_office_s_words():
    (one,) = countable.cannot_count(records({**HELD, "scope": ""}), PLANS)
    assert one.instead == evidence.SCOPES
    assert "“Tại cơ sở”, “Nhóm cơ sở” hoặc “Truyền thông đại chúng”" in one.rule
    assert one.grave


def test_one_sentence_a_kind_of_reason_says_how_many_records_it_is_about():
    rows = [{**HELD, "scope": ""}] * 5 + [{**HELD, "topic": "fire"}]
    scope, topic = countable.sentences(countable.cannot_count(records(*rows), PLANS))
    assert scope.startswith("5 minh chứng (E1, E2, E3, …): ")
    assert topic.startswith("1 minh chứng (E6 “fire”): ")
    assert all(s.endswith(".") and unaccent(s) != s.lower() for s in (scope, topic))


def test_nothing_that_is_shipped_or_simulated_needs_to_be_put_right():
    made = simulate.simulate(units.load_blocks(), units.load_legacy_communes(), PLANS, 60, 1)[1]
    for frame in (intake.shipped_evidence(), made):
        assert [one for one in countable.cannot_count(frame, PLANS) if one.grave] == []
