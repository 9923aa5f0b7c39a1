"""The same twice: what is taken for one site or one event, and what is not."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.intake.judging import duplicates
from tests.examples import examples

LON, LAT = 105.4701, 9.7845
METRE = 1 / 110_600  # degrees north


def table(*rows):
    columns = {
        "id": None, "kind": "supermarket", "name_vi": None, "commune_2025": "31321",
        "lat": LAT, "lon": LON, "known": False,
    }  # fmt: skip
    return pd.DataFrame([{**columns, **row} for row in rows])


def sites(*rows):
    return [(p.goes, p.stays, p.exact) for p in duplicates.sites(table(*rows))]


def test_the_same_name_near_by_is_a_duplicate_however_it_is_spelled():
    near = {"name_vi": "SIEU THI  Hoà Bình", "lat": LAT + 290 * METRE}
    assert sites({"name_vi": "Siêu thị Hòa Bình"}, near) in ([(0, 1, True)], [(1, 0, True)])


def test_the_same_name_elsewhere_is_another_site():
    assert sites({"name_vi": "Làng nghề"}, {"name_vi": "Làng nghề", "lat": LAT + 0.02}) == []


def test_a_name_much_alike_within_a_kilometre_is_asked_about():
    pairs = duplicates.sites(
        table(
            {"name_vi": "Siêu thị Hòa Bình", "id": "A"},
            {"name_vi": "Siêu thị Hòa Bìn", "id": "B", "lat": LAT + 700 * METRE},
        )
    )
    assert [(p.goes, p.stays, p.exact) for p in pairs] == [(1, 0, False)]
    assert pairs[0].distance_m == pytest.approx(700, abs=2)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CCN Phú Hữu - giai đoạn 1", "CCN Phú Hữu - giai đoạn 3"),
        ("Siêu thị Phường III", "Siêu thị Phường IV"),
        ("Siêu thị Hòa Bình", "Chợ nổi Ngã Bảy"),
    ],
)
def test_names_with_other_numbers_or_words_are_two_sites(one, other):
    assert sites({"name_vi": one}, {"name_vi": other}) == []


def test_without_a_position_the_commune_decides():
    row = {"name_vi": "Làng nghề", "lat": np.nan, "lon": np.nan}
    assert sites({**row, "id": "A"}, {**row, "id": "B"}) == [(1, 0, True)]
    assert sites({**row, "id": "A"}, {"name_vi": "Làng nghề", "id": "B"}) == [(1, 0, True)]
    assert sites(row, {**row, "commune_2025": "31333"}) == []
    assert sites({**row, "commune_2025": None}, {**row, "commune_2025": None}) == []


def test_the_same_name_of_another_kind_is_asked_about():
    assert sites(
        {"name_vi": "Vincom", "id": "A"},
        {"name_vi": "Vincom", "id": "B", "kind": "shopping_centre"},
    ) == [(1, 0, False)]


def test_a_site_of_the_register_stays_and_two_of_them_are_left_alone():
    new, known = {"name_vi": "Vincom", "id": "A"}, {"name_vi": "Vincom", "id": "Z", "known": True}
    assert sites(new, known) == [(0, 1, True)]
    assert sites(known, {**known, "id": "Y"}) == []


@examples(30)
@given(st.permutations(range(6)))
def test_the_order_of_rows_does_not_matter(order):
    rows = [
        {"name_vi": "Vincom", "id": "A"},
        {"name_vi": "vincom", "id": "B", "lat": LAT + 100 * METRE},
        {"name_vi": "Vincom", "id": "C", "lat": LAT + 5000 * METRE},
        {"name_vi": "VINCOM", "id": "D", "known": True},
        {"name_vi": "Vincomm", "id": "E", "lat": LAT + 400 * METRE},
        {"name_vi": "Chợ", "id": "F"},
    ]
    shuffled = [rows[at] for at in order]
    named = {(shuffled[g]["id"], shuffled[s]["id"], e) for g, s, e in sites(*shuffled)}
    assert named == {("A", "D", True), ("B", "D", True), ("E", "D", False)}


def events(*rows):
    columns = {
        "id": None, "subject": "HG-ST-01", "event_date": "2024-06-30", "kind": "held",
        "organiser": "Sở Công Thương", "supersedes": None, "known": False,
    }  # fmt: skip
    frame = pd.DataFrame([{**columns, **row} for row in rows])
    return [(p.goes, p.stays) for p in duplicates.events(frame)]


def test_one_event_entered_twice_is_found():
    assert events({"id": "A"}, {"id": "B", "organiser": "SỞ CÔNG THƯƠNG "}) == [(1, 0)]
    assert events({"id": "A"}, {"id": "Z", "known": True}) == [(0, 1)]


@pytest.mark.parametrize(
    "other",
    [
        {"subject": "HG-ST-02"},
        {"event_date": "2024-07-01"},
        {"event_date": None},
        {"kind": "planned"},
        {"organiser": "UBND huyện"},
        {"supersedes": "A"},
    ],
)
def test_another_event_or_a_correction_is_none(other):
    first = {"id": "A", "event_date": other.get("event_date", "2024-06-30")}
    assert events({**first, "event_date": "2024-06-30"}, {"id": "B", **other}) == []


def test_undated_records_are_left_alone():
    assert events({"event_date": None}, {"event_date": None}) == []
