"""One training at many sites: a record a site, one id, entered, corrected and withdrawn as one."""

import time
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from geodata.geography import selection, units
from geodata.register import evidence as ev
from geodata.rules.plan import of_year, shipped
from geodata.rules.status import status_of
from geodata.stewardship import choosing, effects, events, records, repeating
from geodata.stewardship.answers import Known
from geodata.stewardship.placing import Geography
from tests.shipped import EVIDENCE as RECORDS
from tests.shipped import SITES as REGISTER

TODAY = date(2026, 11, 22)
GEOGRAPHY = Geography.of(units.load_blocks(), units.load_legacy_communes())
KNOWN = Known("real", REGISTER, RECORDS, GEOGRAPHY, TODAY)
VILLAGES = ("HG-LN-05", "HG-LN-06", "HG-LN-07")
PLANNED, UNDECIDED = "HG-KCN-03", "HG-LN-01"
HELD = {
    "axis": "outreach", "kind": "held", "event_date": "5/6/2025", "grade": "A", "scope": "group",
    "topic": "scp", "organiser": "Sở Công Thương", "participants": "40",
}  # fmt: skip


def entered(sites=VILLAGES, known=KNOWN, old=None, **more):
    return events.edited(HELD | {events.SUBJECTS: ";".join(sites)} | more, known, old)


def frame_of(edited):
    assert edited.frame is not None, edited.remarks
    return edited.frame


def after(edited, known=KNOWN):
    """The workspace with what was entered."""
    every = ev.categorised(pd.concat([known.evidence, frame_of(edited)], ignore_index=True))
    return replace(known, evidence=every)


def corrected(known, event="SK-0001", **more):
    old = events.of_event(known.evidence, event)
    return events.edited(events.typed(old) | more, known, old)


def sentences(edited, known=KNOWN):
    return effects.sentences(known, frame_of(edited), shipped())


# --- entering ------------------------------------------------------------------------------


def test_a_training_at_many_sites_is_a_record_a_site_under_one_id():
    rows = frame_of(entered())
    assert rows["subject"].tolist() == list(VILLAGES)
    assert rows["id"].tolist() == ["EV-050", "EV-051", "EV-052"]
    assert set(rows["event"]) == {"SK-0001"}
    alike = [c for c in ev.COLUMNS if c not in {"id", "subject"}]
    assert len(rows[alike].drop_duplicates()) == 1
    assert frame_of(entered(VILLAGES, after(entered())))["event"].iloc[0] == "SK-0002"


def test_one_site_alone_needs_no_id():
    alone = records.new_evidence(HELD | {"subject": VILLAGES[0]}, KNOWN).frame
    pd.testing.assert_frame_equal(frame_of(entered(VILLAGES[:1])), alone)
    assert alone["event"].isna().all()


@pytest.mark.parametrize(
    ("more", "column", "words"),
    [
        ({events.SUBJECTS: ""}, events.SUBJECTS, "ít nhất một cơ sở"),
        ({events.SUBJECTS: "HG-LN-05;HG-LN-99"}, events.SUBJECTS, "HG-LN-99"),
        ({"event_date": "31/2/2025"}, "event_date", "không phải là ngày"),
        ({"grade": ""}, "grade", "Hãy điền"),
        ({"last_day": "4/6/2025"}, "last_day", "sau ngày đầu"),
        ({"last_day": "5/6/2025"}, "last_day", "sau ngày đầu"),
        ({"last_day": "nay mai"}, "last_day", "không phải là ngày"),
        ({"last_day": "7/6/2025", "event_date": ""}, "last_day", "ngày đầu"),
        ({"last_day": "7/6/2027"}, "last_day", "chưa đến"),
    ],
)
def test_what_is_wrong_is_said_once_beside_its_answer(more, column, words):
    edited = entered(**more)
    assert edited.frame is None
    (remark,) = edited.of(column)
    assert words in remark.message


def test_several_days_keep_the_first_and_the_words_and_are_typed_again_as_they_were():
    rows = frame_of(entered(last_day="7/6/2025"))
    assert {f"{moment:%d/%m/%Y}" for moment in rows["event_date"]} == {"05/06/2025"}
    assert set(rows["date_text"]) == {"05/06/2025–07/06/2025"}
    answers = records.typed(rows.iloc[0])
    assert (answers["last_day"], answers["date_text"]) == ("07/06/2025", "")
    known = after(entered(last_day="7/6/2025"))
    assert corrected(known).frame is None
    shorter = frame_of(corrected(known, last_day=""))
    assert shorter["date_text"].isna().all()
    assert len(shorter) == len(VILLAGES)


def test_words_about_another_day_do_not_outlive_it():
    old = RECORDS[(RECORDS["id"] == "EV-040").to_numpy()]
    answers = events.typed(old)
    assert answers["date_text"] == "sáng 12/03/2021"
    edited = events.edited(answers | {"event_date": "13/3/2021"}, KNOWN, old)
    assert frame_of(edited)["date_text"].isna().all()
    assert any("sáng 12/03/2021" in remark.message for remark in edited.of("event_date"))
    kept = events.edited(answers | {"organiser": "Khác"}, KNOWN, old)
    assert frame_of(kept)["date_text"].tolist() == ["sáng 12/03/2021"]


# --- correcting ----------------------------------------------------------------------------


def test_a_correction_supersedes_all_records_of_the_event():
    known = after(entered())
    edited = corrected(known, event_date="6/6/2025")
    rows = frame_of(edited)
    assert rows["supersedes"].tolist() == ["EV-050", "EV-051", "EV-052"]
    assert set(rows["event"]) == {"SK-0001"}
    now = after(edited, known)
    assert events.of_event(now.evidence, "SK-0001")["id"].tolist() == rows["id"].tolist()
    assert ev.event_sizes(now.evidence) == {"SK-0001": 3}
    assert corrected(now).frame is None


def test_a_site_is_added_and_another_taken_out_while_the_others_stay_as_they_are():
    known = after(entered())
    rows = frame_of(corrected(known, subjects=";".join([*VILLAGES[1:], "HG-LN-08"])))
    assert rows["subject"].tolist() == ["HG-LN-08", VILLAGES[0]]
    assert rows["kind"].tolist() == ["held", "withdraw"]
    assert rows["refers_to"].tolist()[1] == "EV-050"
    assert "SK-0001" in rows["summary_vi"].iloc[1]
    now = after(corrected(known, subjects=";".join([*VILLAGES[1:], "HG-LN-08"])), known)
    subjects = set(events.of_event(now.evidence, "SK-0001")["subject"])
    assert subjects == {*VILLAGES[1:], "HG-LN-08"}


def test_what_differs_between_sites_stays_with_each_unless_it_is_changed():
    known = after(entered())
    known.evidence.loc[known.evidence["id"] == "EV-051", "participants"] = "12"
    old = events.of_event(known.evidence, "SK-0001")
    assert events.differing(old) == {"participants": ["40", "12"]}
    kept = frame_of(corrected(known, organiser="Chi cục"))
    assert kept["participants"].tolist() == ["40", "12", "40"]
    assert set(kept["organiser"]) == {"Chi cục"}
    assert set(frame_of(corrected(known, participants="50"))["participants"]) == {"50"}


def test_a_record_of_one_site_becomes_an_event_once_others_join():
    known = after(entered(VILLAGES[:1]))
    old = known.evidence[(known.evidence["id"] == "EV-050").to_numpy()]
    answers = events.typed(old) | {events.SUBJECTS: ";".join(VILLAGES)}
    rows = frame_of(events.edited(answers, known, old))
    assert set(rows["event"]) == {"SK-0001"}
    assert rows["supersedes"].fillna("").tolist() == ["EV-050", "", ""]


def test_an_event_is_withdrawn_as_one_and_only_with_a_reason():
    known = after(entered())
    old = events.of_event(known.evidence, "SK-0001")
    assert events.withdrawal(old, " ", known).frame is None
    gone = events.withdrawal(old, "nhập nhầm", known)
    assert frame_of(gone)["refers_to"].tolist() == old["id"].tolist()
    assert events.of_event(after(gone, known).evidence, "SK-0001").empty


def test_a_planned_event_is_called_off_at_each_of_its_sites():
    known = after(entered(kind="planned", event_date="1/12/2026"))
    off = entered(known=known, kind="cancelled", event_date="20/11/2026", refers_to="SK-0001")
    assert frame_of(off)["refers_to"].tolist() == ["EV-050", "EV-051", "EV-052"]
    more = entered((*VILLAGES, "HG-LN-08"), known, kind="cancelled", refers_to="SK-0001")
    assert more.frame is None
    assert "HG-LN-08" in more.of("refers_to")[0].message


def test_who_corrects_what_somebody_else_has_corrected_meanwhile_is_told():
    known = after(entered())
    old = events.of_event(known.evidence, "SK-0001")
    now = after(corrected(known, organiser="Hòa"), known)
    late = events.edited(events.typed(old) | {"organiser": "Lan"}, now, old)
    assert late.frame is None
    assert [r.message for r in late.remarks] == [
        "EV-050 không còn hiệu lực từ khi nhập EV-053; hãy sửa EV-053."
    ]


# --- choosing ------------------------------------------------------------------------------


def test_pasted_codes_and_names_are_read_in_any_spelling_and_unclear_ones_are_named():
    name = REGISTER.loc["HG-LN-06", "name_vi"]
    text = f"hg ln 5\r\n{name.upper()}\n\n3. HG-LN-07 Làng gì đó;HG-LN-99\nĂn Giang"
    chosen = choosing.pasted(text, REGISTER)
    assert chosen.sites == VILLAGES
    assert list(chosen.unclear) == ["HG-LN-99", "Ăn Giang"]
    near, unknown = chosen.unclear.values()
    assert "HG-LN-09" in near
    assert "Ăn Giang" in unknown


def test_a_name_of_two_sites_is_asked_for_its_code():
    twice = REGISTER.assign(name_vi=REGISTER["name_vi"].where(REGISTER.index != "HG-LN-06", "X"))
    twice.loc["HG-LN-07", "name_vi"] = "x"
    chosen = choosing.pasted("X", twice)
    assert chosen.sites == ()
    assert "HG-LN-06, HG-LN-07" in chosen.unclear["X"]


def test_sites_are_chosen_by_kind_unit_and_area():
    villages = choosing.in_unit(REGISTER, ("craft_village",))
    assert set(villages) == set(REGISTER.index[REGISTER["kind"] == "craft_village"])
    here = choosing.in_unit(REGISTER, ("craft_village",), "district_legacy", "932")
    assert here
    assert set(here) < set(villages)
    site = REGISTER.loc[REGISTER["lat"].notna()].iloc[0]
    circle = selection.Circle(site["lat"], site["lon"], 500.0)
    assert site["id"] in choosing.in_area(REGISTER, (), circle).sites
    assert choosing.in_area(REGISTER, (), circle).unplaced == REGISTER["lat"].isna().sum()


# --- what it would do ----------------------------------------------------------------------


def test_it_is_said_which_sites_become_what_and_why_the_others_do_not():
    lines = sentences(entered((*VILLAGES, PLANNED, UNDECIDED)))
    assert len(lines) == 3
    assert lines[0].startswith(
        "3 cơ sở (HG-LN-05, HG-LN-06, HG-LN-07) sẽ chuyển thành “Đã được phổ biến”"
    )
    assert "66/KH-UBND" in lines[0]
    assert any(PLANNED in line and "quy hoạch" in line for line in lines[1:])
    assert any(UNDECIDED in line and "quyết định" in line for line in lines[1:])


def test_what_is_said_is_what_the_rules_say_once_it_is_saved():
    plan = of_year(shipped(), 2025)
    edited = entered((*VILLAGES, PLANNED, UNDECIDED))
    results = effects.outcomes(REGISTER, RECORDS, frame_of(edited), plan, plan.last_day(TODAY))
    truth = status_of(REGISTER, after(edited).evidence, plan, plan.last_day(TODAY))
    assert {one.site: one.after for one in results} == {
        one.site: truth.loc[one.site, "outreach"] for one in results
    }
    assert len(results) == 5


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "sẽ chuyển thành “Đã được phổ biến”"),
        ({"grade": "C"}, "chờ xác minh"),
        ({"event_date": "5/6/2026"}, "ngoài kỳ"),
        ({"scope": "mass"}, "truyền thông đại chúng"),
        ({"event_date": ""}, "không được tính"),
        ({"topic": "khac;x"}, "mục tiêu 3"),
        ({"event_date": "5/6/2024"}, "45/KH-UBND"),
    ],
)
def test_one_record_says_what_it_does_or_why_it_does_not(more, words):
    assert words in " ".join(sentences(entered(VILLAGES[:1], **more)))


def test_more_proof_of_what_is_known_is_said_to_be_just_that():
    known = after(entered(VILLAGES[:1]))
    (line,) = sentences(entered(VILLAGES[:1], known, event_date="6/6/2025"), known)
    assert "xác nhận thêm trạng thái đó" in line


def test_a_withdrawal_says_what_it_takes_away():
    known = after(entered())
    gone = events.withdrawal(events.of_event(known.evidence, "SK-0001"), "nhầm", known)
    (line,) = sentences(gone, known)
    assert "3 cơ sở" in line
    assert "“Chưa có dữ liệu”" in line


def test_what_is_about_no_site_names_the_target_it_moves():
    answers = HELD | {"subject": "932", "topic": "sustainable_lifestyle", "event_date": "3/3/2025"}
    assert "Mục tiêu 5" in sentences(records.new_evidence(answers, KNOWN))[0]
    document = {"axis": "policy", "kind": "document", "topic": "provincial"}
    (line,) = sentences(records.new_evidence(HELD | {"subject": "province"} | document, KNOWN))
    assert "không làm thay đổi" in line


# --- twice ---------------------------------------------------------------------------------


def test_what_was_entered_already_is_asked_about_also_under_another_spelling():
    known = after(entered(VILLAGES[:2]))
    again = frame_of(entered(known=known, organiser="sở công thương"))
    repeated = repeating.events(again, known)
    assert [one.other for one in repeated] == ["EV-050", "EV-051"]
    assert "EV-050" in repeating.question(repeated, many=True)
    assert repeating.events(frame_of(entered(known=known, event_date="6/6/2025")), known) == ()


def test_a_correction_and_what_was_withdrawn_are_no_repetition():
    known = after(entered())
    assert repeating.events(frame_of(corrected(known, participants="41")), known) == ()
    gone = events.withdrawal(events.of_event(known.evidence, "SK-0001"), "nhầm", known)
    now = after(gone, known)
    assert repeating.events(frame_of(entered(known=now)), now) == ()


def test_a_site_much_like_another_nearby_is_asked_about():
    near = REGISTER.loc[["HG-ST-01"]].assign(id="HG-ST-09")
    assert [one.other for one in repeating.sites(near, KNOWN)] == ["HG-ST-01"]
    assert repeating.sites(near.assign(name_vi="Siêu thị khác hẳn"), KNOWN) == ()


# --- time ----------------------------------------------------------------------------------


def test_two_hundred_sites_are_answered_while_one_types():
    many = pd.concat([REGISTER.loc[list(VILLAGES)]] * 70, ignore_index=True)
    names = [f"HG-LN-{100 + n}" for n in range(len(many))]
    many = many.assign(id=names).set_index("id", drop=False)
    known = replace(KNOWN, sites=pd.concat([REGISTER, many]))
    started = time.perf_counter()
    edited = entered(names, known)
    lines = sentences(edited, known)
    assert time.perf_counter() - started < 3
    assert lines[0].startswith("210 cơ sở")
