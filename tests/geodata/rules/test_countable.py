"""What cannot count is named, with what to write instead; what can is left alone."""

import re
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


SCP, SHOPPING, LIFE = "Sản xuất và tiêu dùng bền vững", "Tiêu dùng bền vững", "Lối sống bền vững"
PROFILES = ("P45", "ND08-64", "CV56")
LEVELS = ("Văn bản trung ương", "Văn bản của tỉnh")
STAGES = ("Đã nhân rộng", "Đã nghiệm thu", "Đã áp dụng", "Đang xây dựng", "Được đề xuất")
METHODS = ("Kiểm tra tại chỗ", "Hồ sơ, văn bản", "Tự khai báo")
WIDER = ("scp", "sustainable_consumption", "sustainable_lifestyle")
# Reason: a record, its cell as the sentence shows it, the words to write, the values to choose.
INSTEAD = {
    "kind": (
        {**CHECK, "kind": "held"},
        *("held", ("Kiểm tra", "Tự khai báo"), ("check", "self_declared")),
    ),
    "scope": (
        {**HELD, "scope": ""},
        *("", ("Tại cơ sở", "Nhóm cơ sở", "Truyền thông đại chúng"), evidence.SCOPES),
    ),
    "topic-blank": ({**HELD, "topic": ""}, "", (SCP,), ("scp",)),
    "topic-blank of a district": (
        *({**HELD, "subject": "930", "topic": ""}, "", (SCP, SHOPPING, LIFE), WIDER),
    ),
    "topic-unknown": ({**HELD, "topic": "fire"}, "fire", (SCP, "Nội dung khác"), ("scp",)),
    "topic-other": ({**HELD, "topic": "waste_sorting"}, "waste_sorting", (SCP,), ()),
    "topic-other of a district": (
        {**HELD, "subject": "930", "topic": "waste_sorting"},
        *("waste_sorting", (SCP, SHOPPING, LIFE), ()),
    ),
    "profile": ({**CHECK, "profile": "P46"}, "P46", PROFILES, PROFILES),
    "profile-day": ({**CHECK, "event_date": "2026-02-01"}, "01/02/2026", (), ()),
    "method": ({**CHECK, "method": ""}, "", METHODS, evidence.METHODS),
    "self-declared outreach": (
        *({**DECLARED, "axis": "outreach"}, "self_declared", ("Đã tổ chức",), ()),
    ),
    "self-declared model": (
        {**DECLARED, "axis": "model", "topic": "applied"},
        *("self_declared", ("Mốc của mô hình",), ()),
    ),
    "self-declared document": (
        {**DECLARED, "axis": "policy", "topic": "central"},
        *("self_declared", ("Văn bản",), ()),
    ),
    "consumption": (
        {**DECLARED, "axis": "consumption"},
        *("consumption", ("Số liệu khai báo",), ()),
    ),
    "stage": ({**MILESTONE, "topic": "rice"}, "rice", STAGES, ()),
    "level": ({**DOCUMENT, "topic": "scp"}, "scp", LEVELS, ()),
    "organiser": ({**DECLARED, "axis": "education"}, "", (), ()),
    "replaces-itself": ({**HELD, "supersedes": "E1"}, "E1", (), ()),
    "names-nothing": (CANCELLED, "", (), ()),
    "names-itself": ({**WITHDRAW, "refers_to": "E1"}, "E1", (), ()),
    "undated": ({**HELD, "event_date": ""}, "", (), ()),
    "early": ({**HELD, "event_date": "2020-06-23"}, "23/06/2020", (), ()),
}


@pytest.mark.parametrize(("row", "value", "words", "instead"), INSTEAD.values(), ids=INSTEAD)
def test_a_reason_says_what_to_write_instead_in_the_office_s_words(row, value, words, instead):
    (one,) = countable.cannot_count(records(row), PLANS)
    assert (one.value, one.instead) == (value, instead)
    assert tuple(re.findall("“([^”]+)”", one.rule)) == words
    assert one.rule.endswith(".")
    assert unaccent(one.rule) != one.rule.lower()
    assert not {"{", "}", "None"} & set(re.findall("[{}]|None", one.rule))


def test_a_sentence_names_the_target_the_profile_and_the_day_it_is_about():
    def rule(**row):
        (one,) = countable.cannot_count(records(row), PLANS)
        return one.rule

    assert "mục tiêu 3;" in rule(**{**HELD, "topic": "waste_sorting"})
    assert "mục tiêu 5;" in rule(**{**HELD, "subject": "930", "topic": "waste_sorting"})
    assert "bộ tiêu chí P45 không" in rule(**{**CHECK, "event_date": "2026-02-01"})
    assert "(24/06/2020)" in rule(**{**HELD, "event_date": "2020-06-23"})
    assert "hoặc “Văn bản của tỉnh”." in rule(**{**DOCUMENT, "topic": "scp"})


GRAVE = {
    "a scope is missing": ({**HELD, "scope": ""}, True),
    "of another axis": ({**HELD, "kind": "check"}, True),
    "about something else": ({**HELD, "topic": "waste_sorting"}, False),
    "before the programme": ({**HELD, "event_date": "2020-06-23"}, False),
}


@pytest.mark.parametrize(("row", "grave"), GRAVE.values(), ids=GRAVE)
def test_what_nobody_can_have_meant_is_told_from_what_may_have_happened(row, grave):
    (one,) = countable.cannot_count(records(row), PLANS)
    assert one.grave is grave


def test_reasons_come_by_row_and_of_one_row_in_the_order_of_the_rules():
    rows = [{**CHECK, "profile": "", "method": ""}, HELD, {**HELD, "scope": ""}]
    found = countable.cannot_count(records(*rows), PLANS)
    assert [(one.row, one.record, one.reason) for one in found] == [
        (1, "E1", "profile"),
        (1, "E1", "method"),
        (3, "E3", "scope"),
    ]


def test_one_sentence_a_kind_of_reason_says_how_many_records_it_is_about():
    rows = [{**HELD, "scope": ""}] * 5 + [{**HELD, "topic": "fire"}]
    scope, topic = countable.sentences(countable.cannot_count(records(*rows), PLANS))
    assert scope.startswith("5 minh chứng (E1, E2, E3, …): ")
    assert topic.startswith("1 minh chứng (E6 “fire”): ")
    assert all(s.endswith(".") and unaccent(s) != s.lower() for s in (scope, topic))


def test_a_sentence_names_three_records_and_then_only_that_there_are_more():
    def listed(n, **row):
        (sentence,) = countable.sentences(
            countable.cannot_count(records(*[{**HELD, "scope": "", **row}] * n), PLANS)
        )
        return sentence.partition("): ")[0]

    assert listed(1) == "1 minh chứng (E1"
    assert listed(3) == "3 minh chứng (E1, E2, E3"
    assert listed(4) == "4 minh chứng (E1, E2, E3, …"


def test_nothing_that_is_shipped_or_simulated_needs_to_be_put_right():
    made = simulate.simulate(units.load_blocks(), units.load_legacy_communes(), PLANS, 60, 1)[1]
    for frame in (intake.shipped_evidence(), made):
        assert [one for one in countable.cannot_count(frame, PLANS) if one.grave] == []
