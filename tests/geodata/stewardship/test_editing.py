"""Editing one site or record: what is typed becomes a row, or a sentence beside the answer."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.geography import units
from geodata.geography.coordinates import to_vn2000
from geodata.intake.attachments import Attachment
from geodata.intake.judging.cells import Level
from geodata.register import evidence, ids, lifecycle, sites
from geodata.rules.plan import of_year, shipped
from geodata.rules.status import status_of
from geodata.stewardship import editing, records
from geodata.stewardship.answers import Known, answers_of, canonical
from geodata.stewardship.placing import Geography
from tests.examples import examples
from tests.shipped import EVIDENCE as RECORDS
from tests.shipped import SITES as REGISTER

TODAY = date(2026, 11, 22)
GEOGRAPHY = Geography.of(units.load_blocks(), units.load_legacy_communes())
KNOWN = Known("real", REGISTER, RECORDS, GEOGRAPHY, TODAY)
SITE = "HG-ST-01"
VI_TAN, CHAU_THANH = "31333", "31366"
GOOD = {
    "kind": "supermarket",
    "name_vi": "Siêu thị Mới",
    "position": "9,7845; 105,4701",
    "position_accuracy_m": "10",
}
HELD = {
    "subject": SITE, "axis": "outreach", "kind": "held", "event_date": "5/6/2026", "grade": "A",
    "scope": "site", "topic": "scp",
}  # fmt: skip
CHECK = {"axis": "compliance", "kind": "check", "answers": "R3=yes", "profile": "ND08-64"}


def new(**answers):
    return editing.edited_site(None, GOOD | answers, KNOWN)


def blocked(edited, column):
    """The sentences that keep an answer from being saved."""
    assert edited.frame is None
    return [r.message for r in edited.of(column) if r.level is not Level.NOTICE]


def row_of(edited):
    assert edited.frame is not None, edited.remarks
    return edited.frame.iloc[0]


# --- a site --------------------------------------------------------------------------------


@pytest.mark.parametrize("site", REGISTER.index[::5])
def test_looking_at_a_site_of_the_register_changes_nothing_of_it(site):
    row = REGISTER.loc[site]
    answers = answers_of(row, editing.ANSWERS)
    assert editing.edited_site(row, answers, KNOWN).frame is None
    renamed = row_of(editing.edited_site(row, answers | {"name_vi": "Tên mới"}, KNOWN))
    differs = [c for c in sites.COLUMNS if canonical(renamed[c]) != canonical(row[c])]
    assert differs == ["name_vi"]


def test_a_new_site_has_an_id_of_its_own_and_the_units_it_lies_in():
    row = row_of(new())
    assert row["id"] == "HG-ST-04"
    assert (row["district_legacy"], row["commune_2025"]) == ("930", VI_TAN)
    assert (row["lat"], row["lon"], row["position_accuracy_m"]) == (9.7845, 105.4701, 10)


@pytest.mark.parametrize(
    "text",
    [
        "9.7845, 105.4701",
        "105,4701; 9,7845",
        "9°47'04.2\"N 105°28'12.36\"E",
        "X {x:.2f}; Y {y:.2f}",
        "{x:.2f} {y:.2f}",
        "{x105:.2f} {y105:.2f}",
    ],
)
def test_a_position_may_be_written_in_any_form_and_on_either_meridian(text):
    metres, other = to_vn2000(105.4701, 9.7845), to_vn2000(105.4701, 9.7845, 105.5)
    grid = {"x": metres.north_x, "y": metres.east_y, "x105": other.north_x, "y105": other.east_y}
    meridian = {"central_meridian": "105,5"} if "x105" in text else {}
    row = row_of(new(position=text.format(**grid), commune_2025=VI_TAN, **meridian))
    assert (row["lat"], row["lon"]) == pytest.approx((9.7845, 105.4701), abs=1e-6)


@pytest.mark.parametrize(
    ("answers", "codes"),
    [
        ({"commune_legacy": "31375"}, ("933", "31375", CHAU_THANH)),
        ({"commune_2025": CHAU_THANH}, ("933", "", CHAU_THANH)),
        ({"district_legacy": "932"}, ("932", "", "")),
        ({}, ("", "", "")),
    ],
)
def test_without_a_position_the_units_follow_from_the_one_chosen(answers, codes):
    row = row_of(new(position="", position_accuracy_m="", **answers))
    assert (
        tuple(canonical(row[c]) for c in ("district_legacy", "commune_legacy", "commune_2025"))
        == codes
    )
    assert pd.isna(row["lat"])


def test_a_position_elsewhere_than_the_commune_chosen_is_not_saved_and_told():
    edited = new(commune_2025=CHAU_THANH)
    assert blocked(edited, "position")
    assert edited.place.agrees is False
    assert edited.place.inside.new == VI_TAN
    assert "Phường Vị Tân" in edited.place.answer
    assert edited.place.at == (9.7845, 105.4701)


@pytest.mark.parametrize(
    ("answers", "column"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": "factory"}, "kind"),
        ({"name_vi": "  "}, "name_vi"),
        ({"position": "cạnh chợ"}, "position"),
        ({"position": "21,03; 105,85"}, "position"),
        ({"position_accuracy_m": ""}, "position_accuracy_m"),
        ({"position_accuracy_m": "-5"}, "position_accuracy_m"),
        ({"commune_legacy": "31375", "commune_2025": VI_TAN, "position": ""}, "commune_2025"),
        ({"decision_date": "1/2/2024"}, "decision"),
        ({"decision": "1/QĐ", "decision_date": "1/2/2027"}, "decision_date"),
        ({"decision": "1/QĐ", "decision_date": "30/2/2024"}, "decision_date"),
        ({"valid_from": "1/1/2024", "valid_to": "31/12/2023"}, "valid_to"),
        ({"area_ha": "rộng"}, "area_ha"),
        ({"area_ha": "1,234"}, "area_ha"),  # 1.234 ha or 1234 ha
        ({"year": "19x5"}, "year"),
        ({"public": "maybe"}, "public"),
    ],
)
def test_a_wrong_answer_is_told_beside_it_and_nothing_is_saved(answers, column):
    assert blocked(new(**answers), column)


def test_a_status_among_the_answers_goes_nowhere():
    forged = {"outreach": "reached", "compliance": "compliant", "status": "reached", "id": "HG-X-1"}
    assert row_of(new(**forged)).drop("geometry").equals(row_of(new()).drop("geometry"))
    assert not {"outreach", "compliance", "stage", "status", "id"} & {*editing.ANSWERS}


def test_moving_a_site_moves_its_units():
    row = REGISTER.loc[SITE]
    answers = answers_of(row, editing.ANSWERS) | {"position": "9,965; 105,844"}
    answers |= dict.fromkeys(("commune_legacy", "commune_2025", "district_legacy"), "")
    moved = row_of(editing.edited_site(row, answers, KNOWN))
    assert (moved["id"], moved["district_legacy"], moved["commune_2025"]) == (SITE, "933", "31366")


@examples(12)
@given(
    lon=st.floats(105.3, 105.95).map(lambda v: round(v, 6)),
    lat=st.floats(9.55, 10.05).map(lambda v: round(v, 6)),
)
def test_a_click_anywhere_is_saved_where_it_was_or_not_at_all(lon, lat):
    clicked = f"{lat:.6f}; {lon:.6f}".replace(".", ",")
    edited = new(position=clicked)
    if edited.frame is not None:
        assert (row_of(edited)["lat"], row_of(edited)["lon"]) == (lat, lon)
    else:
        assert blocked(edited, "position")


@examples(12)
@given(answers=st.dictionaries(st.sampled_from(editing.ANSWERS), st.text(max_size=30)))
def test_whatever_is_typed_gives_a_row_the_store_takes_or_a_sentence(answers):
    edited = new(**answers)
    if edited.frame is None:
        assert any(r.message and r.level is not Level.NOTICE for r in edited.remarks)
    else:
        assert list(edited.frame.columns) == list(REGISTER.columns)
        assert edited.frame.dtypes.equals(REGISTER.dtypes)


# --- what a site was when ------------------------------------------------------------------

SHOP = {"id": "HG-ST-01", "kind": "supermarket", "name_vi": "Siêu thị Một", "source": "sổ cũ"}
PARK = {"id": "HG-CCN-01", "kind": "industrial_cluster", "name_vi": "CCN Một"}


def changed(old, **answers):
    """A site of the register with some answers changed."""
    row = sites.typed(pd.DataFrame([old])).iloc[0]
    return editing.edited_site(row, answers_of(row, editing.ANSWERS) | answers, KNOWN)


def states(edited, *days):
    assert edited.frame is not None, edited.remarks
    on = map(date.fromisoformat, days)
    return [lifecycle.lifecycle_on(edited.frame, day).iloc[0] for day in on]


def test_another_state_is_asked_for_its_day_and_leaves_the_days_before():
    old = SHOP | {"lifecycle": "operating"}
    (asked,) = blocked(changed(old, lifecycle="closed"), "valid_from")
    parts = "Đang hoạt động", "Đã dừng hoạt động", "từ ngày nào", "Đính chính"
    assert all(part in asked for part in parts)
    edited = changed(old, lifecycle="closed", valid_from="1/3/2025")
    assert states(edited, "2024-12-31", "2025-03-01") == ["operating", "closed"]
    assert row_of(edited)["history"] == "operating |  |  |  | sổ cũ"


def test_a_correction_takes_the_place_of_what_was_wrong_all_along():
    old = SHOP | {"lifecycle": "operating", "valid_from": "2019-05-01", "history": "planned"}
    right = {"lifecycle": "suspended", "valid_from": "", editing.CORRECTS: "yes"}
    assert states(changed(old, **right), "2018-01-01", "2024-12-31") == ["suspended", "suspended"]
    later = changed(old, valid_from="1/8/2019", **{editing.CORRECTS: "yes"})
    assert states(later, "2019-06-01", "2019-08-01") == ["planned", "operating"]


@pytest.mark.parametrize(
    ("old", "answers", "column"),
    [
        ({"valid_from": "2019-05-01"}, {"valid_from": "1/8/2019"}, "valid_from"),
        ({"valid_to": "2024-09-30"}, {"valid_to": ""}, "valid_from"),
        ({"valid_to": "2024-09-30"}, {"valid_to": "30/9/2025"}, "valid_from"),
        ({"founding": "not_decided"}, {"founding": "decided"}, "decision_date"),
        ({"decision": "1/QĐ"}, {"founding": "not_decided"}, "founding"),
        ({"decision": "1/QĐ"}, {"founding": "", "decision": ""}, "founding"),
        ({}, {"lifecycle": ""}, "valid_from"),
    ],
)
def test_what_was_on_record_is_only_taken_back_as_a_correction(old, answers, column):
    row = PARK | {"lifecycle": "operating"} | old
    assert "Đính chính" in blocked(changed(row, **answers), column)[0]
    assert changed(row, **answers, **{editing.CORRECTS: "yes"}).frame is not None


def test_a_correction_cannot_begin_before_what_came_later():
    old = SHOP | {
        "lifecycle": "closed",
        "valid_from": "2025-01-01",
        "history": "operating | 2019-05-01",
    }
    right = {"lifecycle": "suspended", "valid_from": "1/1/2018", editing.CORRECTS: "yes"}
    assert "01/05/2019" in blocked(changed(old, **right), "valid_from")[0]
    assert changed(old, **right, history="").frame is not None


def test_a_site_keeps_what_it_was_when_something_else_is_edited():
    old = SHOP | {"lifecycle": "suspended", "valid_from": "2024-02-01", "history": "operating"}
    assert row_of(changed(old, operator="Công ty Hai"))["history"] == "operating"
    assert changed(old, history="operating").frame is None
    assert row_of(changed(old, history=""))["history"] is pd.NA


def test_earlier_states_that_nobody_can_read_are_told():
    assert "Tạm ngừng | 01/02/2024" in blocked(changed(SHOP, history="mở | đóng"), "history")[0]


# --- a record ------------------------------------------------------------------------------


def test_a_new_record_is_of_today_and_counts_from_then():
    village, training = "HG-LN-05", {"topic": "scp", "scope": "site", "event_date": "5/6/2025"}
    edited = records.new_evidence(HELD | training | {"subject": village}, KNOWN)
    row = row_of(edited)
    assert (row["id"], row["recorded_at"].date()) == (ids.of_record("real", RECORDS["id"]), TODAY)
    every = evidence.categorised(pd.concat([RECORDS, edited.frame], ignore_index=True))
    plan = of_year(shipped(), 2025)
    now = status_of(REGISTER, every, plan, TODAY).loc[village, "outreach"]
    before = status_of(REGISTER, RECORDS, plan, TODAY).loc[village, "outreach"]
    assert (before, now) == ("no-data", "reached")


@pytest.mark.parametrize("text", ["", "quý I/2026", "tháng 5/2026", "2026"])
def test_a_record_without_a_day_is_kept_with_grade_d_and_that_is_said(text):
    edited = records.new_evidence(HELD | {"event_date": text}, KNOWN)
    row = row_of(edited)
    assert row["grade"] == "D"
    assert canonical(row["date_text"]) == text
    assert "hạng D" in edited.of("event_date")[0].message


@pytest.mark.parametrize(
    ("answers", "column"),
    [
        ({"axis": ""}, "axis"),
        ({"kind": "party"}, "kind"),
        ({"grade": ""}, "grade"),
        ({"grade": "E"}, "grade"),
        ({"event_date": "31/02/2026"}, "event_date"),
        ({"event_date": "23/11/2026"}, "event_date"),
        ({"participants": "đông"}, "participants"),
        ({"doc_date": "hôm qua"}, "doc_date"),
        ({"kind": "cancelled"}, "refers_to"),
        ({"kind": "cancelled", "refers_to": "EV-999"}, "refers_to"),
        ({"axis": "compliance", "kind": "check", "profile": "P45"}, "answers"),
        ({"axis": "compliance", "kind": "check", "profile": "P45", "answers": "R1=?"}, "answers"),
        ({"kind": "milestone"}, "kind"),
        ({"scope": ""}, "scope"),
        ({"topic": ""}, "topic"),
        ({"topic": "Phòng cháy"}, "topic"),
        ({**CHECK, "profile": ""}, "profile"),
        (CHECK, "method"),
    ],
)
def test_a_wrong_record_is_told_beside_the_answer(answers, column):
    assert blocked(records.new_evidence(HELD | answers, KNOWN), column)


def test_topics_may_be_spelled_anyhow_and_what_nobody_knows_is_said():
    edited = records.new_evidence(HELD | {"topic": "SXTDBV, phòng cháy"}, KNOWN)
    assert row_of(edited)["topic"] == "scp;phòng cháy"
    assert "phòng cháy" in edited.of("topic")[0].message


def test_a_topic_nobody_knows_can_be_said_to_be_something_else():
    (asked,) = records.new_evidence(HELD | {"topic": "Phòng cháy"}, KNOWN).of("topic")
    edited = records.new_evidence(HELD | {"topic": asked.choices[-1].value}, KNOWN)
    assert row_of(edited)["topic"] == "other;Phòng cháy"


def test_a_record_takes_no_place_of_one_on_another_axis():
    old = RECORDS.iloc[0]
    edited = records.superseding(old, HELD | {"subject": old["subject"]}, KNOWN)
    assert "rút lại" in blocked(edited, "axis")[0]


def test_a_record_in_place_of_another_ends_it_and_keeps_the_rest():
    old = RECORDS.iloc[0]
    answers = answers_of(old, records.ANSWERS)
    assert records.superseding(old, answers, KNOWN).frame is None
    row = row_of(records.superseding(old, answers | {"organiser": "UBND tỉnh"}, KNOWN))
    assert row["supersedes"] == old["id"]
    kept = [c for c in records.ANSWERS if c != "organiser"]
    assert [canonical(row[c]) for c in kept] == [canonical(old[c]) for c in kept]
    after = pd.concat([RECORDS, row.to_frame().T.astype(RECORDS.dtypes)], ignore_index=True)
    assert old["id"] not in set(evidence.live(evidence.categorised(after))["id"])


def test_a_withdrawal_needs_a_reason_and_only_what_stands_can_be_withdrawn():
    old = RECORDS.iloc[0]
    assert blocked(records.withdrawal(old, " ", TODAY, KNOWN), "summary_vi")
    edited = records.withdrawal(old, "nhập nhầm", TODAY, KNOWN)
    row = row_of(edited)
    assert (row["kind"], row["refers_to"], row["summary_vi"]) == (
        "withdraw",
        old["id"],
        "nhập nhầm",
    )
    after = pd.concat([RECORDS, edited.frame], ignore_index=True)
    later = Known("real", REGISTER, evidence.categorised(after), GEOGRAPHY, TODAY)
    assert old["id"] not in set(evidence.live(later.evidence)["id"])
    again = records.withdrawal(old, "lần nữa", TODAY, later)
    assert again.frame is None
    assert row["id"] in again.of("")[0].message


def test_one_document_can_prove_several_records():
    none = pd.DataFrame(columns=["id", "evidence", "name", "type", "size"])
    file = {"a" * 64: Attachment("biên bản.pdf", "application/pdf", 12)}
    first = records.attached(none, file, "EV-044")
    second = records.attached(first, file, "EV-045")
    assert len(second) == 1
    for record in ("EV-044", "EV-045"):
        assert records.documents_of(second, record)["name"].tolist() == ["biên bản.pdf"]
    assert records.documents_of(second, "EV-04").empty
