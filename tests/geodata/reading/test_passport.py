"""The passport: what decides a status is named, and of every other record why it does not."""

from datetime import date

import pandas as pd
import pytest

from geodata.core.names import unaccent
from geodata.reading.passport import (
    compliance_rule,
    outreach_rule,
    passport,
    passports,
    stage_rule,
)
from geodata.register import evidence as ev
from geodata.register import sites
from geodata.rules import plan, status

PLAN = plan.of_year(plan.shipped(), 2024)
ENTERED = date(2026, 11, 22)
END = date(2024, 12, 31)
SHOP, MODEL = "S1", "M1"
NOTHING = ev.typed(pd.DataFrame(), ENTERED)
REGISTER = sites.typed(
    pd.DataFrame(
        [
            {"id": SHOP, "kind": "supermarket", "name_vi": "A", "lifecycle": "operating"},
            {"id": "S2", "kind": "supermarket", "name_vi": "B", "lifecycle": "operating"},
            {"id": "S3", "kind": "supermarket", "name_vi": "C", "lifecycle": "closed"},
            {"id": MODEL, "kind": "pilot_model", "name_vi": "D", "lifecycle": "operating"},
        ]
    )
)


def told(axis, kind, day, grade="A", **cells):
    said = {"axis": axis, "kind": kind, "event_date": day, "recorded_at": day, "grade": grade}
    return {"subject": SHOP, **said, **cells}


def held(day, grade="A", **cells):
    return told("outreach", "held", day, grade, **{"scope": "site", "topic": "scp", **cells})


def planned(day, **cells):
    return told("outreach", "planned", day, **{"recorded_at": "2024-01-02", **cells})


def check(day, answers, grade="A", **cells):
    cells = {"kind": "check", "method": "inspection", "profile": "P45", **cells}
    return told("compliance", cells.pop("kind"), day, grade, answers=answers, **cells)


def milestone(stage, day, **cells):
    return told("model", "milestone", day, subject=MODEL, topic=stage, **cells)


def read(*records, site=SHOP, as_of=END):
    """The passport of a site on these records, which are called E1, E2 and so on."""
    table = pd.DataFrame([{"id": f"E{n}", **r} for n, r in enumerate(records, 1)])
    return passport(site, REGISTER, ev.typed(table, ENTERED), PLAN, as_of)


def finding(of, axis):
    return next(f for f in of.findings if f.axis == axis)


def reasons(of):
    return dict(zip(of.others["id"], of.others["reason"], strict=True))


def remarks(*records, **how):
    return finding(read(*records, **how), "outreach").remarks


# --- what decides --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "records", "deciding"),
    [
        ("reached", [held("2024-05-01"), held("2024-06-01", "C")], {"E1"}),
        ("reported", [held("2024-05-01", "C"), held("2022-05-01")], {"E1"}),
        ("lapsed", [held("2022-05-01"), planned("2024-12-31")], {"E1"}),
        ("planned", [planned("2024-12-31"), planned("2024-06-01")], {"E1"}),
        ("overdue", [planned("2024-06-01"), planned("2024-07-01")], {"E1", "E2"}),
        ("not-reached", [told("outreach", "none_confirmed", "2024-12-01")], {"E1"}),
        ("no-data", [held("2024-05-01", scope="mass")], set()),
    ],
)
def test_an_outreach_status_names_the_records_behind_it(said, records, deciding):
    found = finding(read(*records), "outreach")
    assert found.status == said
    assert set(found.records["id"]) == deciding
    assert found.rule == outreach_rule(said, PLAN)


@pytest.mark.parametrize(
    ("said", "records", "deciding"),
    [
        ("compliant", [check("2024-05-01", "R1=yes;R2=yes"), check("2024-04-01", "R1=no")], {"E1"}),
        ("partial", [check("2024-05-01", "R1=yes;R2=no")], {"E1"}),
        ("non-compliant", [check("2024-05-01", "R1=no;R2=no")], {"E1"}),
        ("incomplete", [check("2024-05-01", "R1=yes")], {"E1"}),
        (
            "self-declared",
            [check("2024-05-01", "R1=yes;R2=yes", "C", kind="self_declared", method="self")],
            {"E1"},
        ),
        ("stale", [check("2024-01-01", "R1=yes;R2=yes")], {"E1"}),
        ("no-data", [check("2024-05-01", "R3=yes", profile="ND08-64")], set()),
    ],
)
def test_a_compliance_status_names_the_checks_behind_it(said, records, deciding):
    as_of = date(2025, 6, 1) if said == "stale" else END
    found = finding(read(*records, as_of=as_of), "compliance")
    assert found.status == said
    assert set(found.records["id"]) == deciding
    assert found.rule == compliance_rule(said)


def test_a_place_outside_the_denominator_has_no_record_behind_it():
    record = held("2024-05-01") | {"subject": "S3"}
    outreach, compliance = read(record, site="S3").findings
    assert outreach.status == compliance.status == "not-applicable"
    assert outreach.records.empty
    assert compliance.records.empty


def test_a_model_has_its_stage_instead_of_the_two_axes():
    of = read(milestone("building", "2024-03-01"), milestone("applied", "2024-09-01"), site=MODEL)
    (found,) = of.findings
    assert (found.axis, found.status) == ("stage", "applied")
    assert set(found.records["id"]) == {"E2"}


def test_the_latest_record_comes_first():
    found = finding(read(held("2024-05-01"), held("2024-09-01")), "outreach")
    assert list(found.records["id"]) == ["E2", "E1"]


def test_a_passport_says_under_which_profile_it_was_checked():
    assert read(held("2024-05-01")).profile.code == "P45"
    assert read(held("2024-05-01"), as_of=date(2026, 1, 1)).profile.code == "ND08-64"
    assert read(milestone("applied", "2024-05-01"), site=MODEL).profile is None


def test_a_site_that_is_not_there_has_no_passport():
    with pytest.raises(KeyError):
        read(held("2024-05-01"), site="nowhere")


def test_every_rule_is_a_sentence_in_vietnamese():
    rules = [
        *(outreach_rule(s, PLAN) for s in status.OUTREACH),
        *map(compliance_rule, status.COMPLIANCE),
        *map(stage_rule, status.STAGES),
    ]
    assert all(unaccent(rule) != rule.lower() and rule.endswith(".") for rule in rules)
    assert "01/01/2024" in outreach_rule("reached", PLAN)


# --- the passport agrees with the map ------------------------------------------------------


@pytest.fixture(scope="module")
def every(simulated):
    return list(passports(*simulated, PLAN, END))


def test_every_passport_says_what_the_map_says_and_hides_no_record(simulated, every):
    register, records = simulated
    all_of = status.status_of(register, records, PLAN, END)
    for of, (site, row) in zip(every, all_of.iterrows(), strict=True):
        said = {f.axis: f.status for f in of.findings}
        expected = row[["stage"]] if "stage" in said else row[["outreach", "compliance"]]
        assert said == expected.to_dict()
        listed = [*of.others["id"], *(i for f in of.findings for i in f.records["id"])]
        assert sorted(listed) == sorted(records.loc[records["subject"] == site, "id"])


def test_a_correction_that_speaks_of_another_site_counts_here_too():
    wrong, right = held("2024-05-01"), held("2024-05-01", subject="S2", supersedes="E1")
    assert finding(read(wrong, right, site="S2"), "outreach").status == "reached"
    of = read(wrong, right)
    assert finding(of, "outreach").status == "no-data"
    assert list(of.others["id"]) == ["E1"]


# --- what it was when ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "cells", "said"),
    [
        ("supermarket", {"lifecycle": "operating"}, "Tính vào mẫu số của mục tiêu 6."),
        ("craft_village", {"lifecycle": "operating", "decision": "1/QĐ"}, "mục tiêu 3."),
        (
            "craft_village",
            {"lifecycle": "suspended", "founding": "not_decided"},
            "vì đang tạm ngừng hoạt động và chưa có quyết định thành lập, công nhận.",
        ),
        (
            "supermarket",
            {"lifecycle": "operating", "valid_to": "2024-06-30"},
            "vì đã dừng hoạt động.",
        ),
        (
            "industrial_park",
            {},
            "thiếu quyết định thành lập, công nhận và tình trạng hoạt động.",
        ),
        ("supermarket", {}, "thiếu tình trạng hoạt động."),
        ("convenience_store", {"lifecycle": "operating"}, "không đặt mục tiêu cho loại"),
        ("pilot_model", {"lifecycle": "operating"}, ""),
    ],
)
def test_a_passport_says_whether_the_site_counts_and_why_not(kind, cells, said):
    one = sites.typed(pd.DataFrame([{"id": SHOP, "kind": kind, "name_vi": "A", **cells}]))
    sentence = passport(SHOP, one, NOTHING, PLAN, END).membership
    assert sentence.endswith(said) if said.endswith(".") else said in sentence
    assert bool(sentence) == bool(said)


def test_a_passport_tells_all_states_with_their_days_as_they_were_on_record():
    cells = {
        "lifecycle": "operating",
        "valid_from": "2025-02-01",
        "history": "suspended | 2024-03-01",
    }
    one = sites.typed(pd.DataFrame([{"id": SHOP, "kind": "supermarket", "name_vi": "A", **cells}]))
    of = passport(SHOP, one, NOTHING, PLAN, END)
    assert [(s.state, str(s.since)) for s in of.lifecycle] == [
        ("suspended", "2024-03-01"),
        ("operating", "2025-02-01"),
    ]
    assert "tạm ngừng" in of.membership


# --- remarks -------------------------------------------------------------------------------


def test_an_ordinary_record_needs_no_remark():
    assert remarks(held("2024-05-01")) == ()


def test_what_was_entered_after_the_window_is_marked():
    (remark,) = remarks(held("2024-05-01", recorded_at="2025-02-01"), as_of=date(2025, 3, 1))
    assert "muộn" in remark


def test_what_was_held_before_the_plan_was_issued_is_marked():
    assert remarks(held("2024-03-08")) == ()
    (remark,) = remarks(held("2024-03-07"))
    assert "ban hành" in remark


def test_a_lapsed_site_says_that_a_new_event_is_planned():
    lapsed, coming = held("2022-05-01"), planned("2024-12-31")
    assert remarks(lapsed) == ()
    assert len(remarks(lapsed, coming)) == 1


def test_an_event_that_was_cancelled_is_not_announced():
    gone = told("outreach", "cancelled", "2024-02-01", refers_to="E2")
    assert remarks(held("2022-05-01"), planned("2024-12-31"), gone) == ()


def test_mass_communication_alone_is_named_as_not_enough():
    mass = held("2024-05-01", scope="mass")
    assert len(remarks(mass)) == 1
    assert remarks(mass, held("2024-06-01")) == ()


def test_checks_of_one_day_that_disagree_are_marked_and_the_worse_one_counts():
    found = finding(
        read(check("2024-05-01", "R1=yes;R2=yes"), check("2024-05-01", "R1=no;R2=no")), "compliance"
    )
    assert (found.status, set(found.records["id"])) == ("non-compliant", {"E2"})
    assert len(found.remarks) == 1


@pytest.mark.parametrize(
    "other",
    [
        check("2024-05-01", "R1=yes;R2=yes"),
        check("2024-04-01", "R1=no;R2=no"),
        check("2024-05-01", "R1=no;R2=no", "B"),
        check("2024-05-01", "R1=no;R2=no", profile="ND08-64"),
    ],
    ids=["agrees", "older", "weaker", "of another profile"],
)
def test_other_checks_are_no_contradiction(other):
    of = read(check("2024-05-01", "R1=yes;R2=yes"), other)
    assert finding(of, "compliance").remarks == ()


def test_a_check_that_was_moved_to_another_site_contradicts_nothing_here():
    wrong = check("2024-05-01", "R1=no;R2=no")
    of = read(
        check("2024-05-01", "R1=yes;R2=yes"), wrong, wrong | {"subject": "S2", "supersedes": "E2"}
    )
    assert finding(of, "compliance").status == "compliant"
    assert finding(of, "compliance").remarks == ()


# --- the others ----------------------------------------------------------------------------


def test_each_record_that_did_not_decide_says_why():
    found = reasons(
        read(
            held("2024-05-01"),
            held("2024-04-01", "D"),
            held("2025-02-01"),
            held("2024-07-01"),
            held("2024-08-01", supersedes="E4"),
            held("2024-09-01"),
            told("outreach", "withdraw", "2024-09-02", refers_to="E6"),
            held("2024-02-01", "C"),
        )
    )
    assert set(found) == {"E2", "E3", "E4", "E6", "E7", "E8"}
    weak, later, replaced, withdrawn = (found[i] for i in ("E2", "E3", "E4", "E6"))
    assert withdrawn == replaced
    assert found["E7"] == found["E8"]
    assert len({weak, later, replaced, found["E8"]}) == 4
    assert all(unaccent(reason) != reason.lower() for reason in found.values())


def test_a_claim_is_marked_as_not_verified():
    claim = check("2024-05-01", "R1=no;R2=no", "C")
    assert finding(read(claim), "compliance").status == "non-compliant"
    assert len(finding(read(claim), "compliance").remarks) == 1
    verified = check("2024-05-01", "R1=no;R2=no")
    assert finding(read(verified), "compliance").remarks == ()


def test_all_at_once_say_what_each_says_alone(simulated, every):
    register, records = simulated
    assert [one.site["id"] for one in every] == list(register.index)
    for one in every[::12]:
        assert spoken(one) == spoken(passport(one.site["id"], register, records, PLAN, END))


def spoken(one):
    """All that a passport says, records by their ids."""
    axes = [(s.axis, s.status, s.rule, s.remarks, {*s.records["id"]}) for s in one.findings]
    others = dict(zip(one.others["id"], one.others["reason"], strict=True))
    return one.membership, one.lifecycle, one.profile, axes, others
