"""Units by name: old or new, with or without district; what one name cannot tell is asked."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.core.names import unaccent
from geodata.geography import units
from geodata.intake.judging import places, positions, readings
from geodata.intake.judging.cells import Level
from tests.examples import examples

BLOCKS = units.load_blocks()
AREAS = positions.areas(BLOCKS)
LEGACY = units.load_legacy_communes()
GAZETTEER = places.Gazetteer.from_communes(LEGACY)
CODES = list(places.CODES)
NEW = ("Vị Thanh", "Vị Thủy", "Đông Phước", "Vĩnh Tường")  # names that changed meaning


def resolved(rows):
    cells = pd.DataFrame(rows).astype("string")
    candidates = readings.candidates(cells, tuple(BLOCKS.total_bounds))
    return places.resolve(cells, GAZETTEER, candidates, AREAS)


def one(**cells):
    """Return district, legacy commune and new commune (empty where open), and the remarks."""
    table, remarks = resolved([cells])
    return tuple(table[CODES].fillna("").iloc[0]), remarks


KNOWN = [
    ({"commune": "Phường I"}, ("930", "31318", "31321")),
    ({"commune": "P.1", "district": "TP Vị Thanh"}, ("930", "31318", "31321")),
    ({"commune": "xa vi thuy", "district": "vi thuy"}, ("935", "31447", "31453")),
    ({"commune": "Xã Vị Thuỷ", "district": "Huyện Vị Thuỷ"}, ("935", "31447", "31453")),
    ({"commune": "Xã Vị Thủy", "valid_from": "2025-08-01"}, ("935", "", "31441")),
    ({"commune": "Xã Vị Thủy", "valid_to": "2024-12-31"}, ("935", "31447", "31453")),
    ({"commune": "phường Vĩnh Tường"}, ("937", "31475", "31473")),
    ({"commune": "Long Trị", "district": "Long Mỹ"}, ("937", "31477", "31471")),
    ({"commune": "Tân Hòa"}, ("932", "", "31342")),  # old within new: the new one is sure
    ({"commune": "Bình Thạnh"}, ("937", "31473", "31473")),  # not Bình Thành
    ({"commune_2025": "Xã Vị Thủy"}, ("935", "", "31441")),
    ({"commune_2025": "31441"}, ("935", "", "31441")),
    ({"commune_2025": "Đông Phước"}, ("", "", "31369")),  # straddles two districts
    ({"commune_2025": "Đông Phước", "district": "932"}, ("932", "", "31369")),
    ({"commune_legacy": "31318"}, ("930", "31318", "31321")),
    ({"commune_legacy": "Đông Phước"}, ("933", "31384", "31378")),
    ({"district": "Thị xã Long Mỹ"}, ("937", "", "")),
    ({"district_legacy": "936"}, ("936", "", "")),
    ({"district": "TP Cần Thơ"}, ("", "", "")),
    ({"commune": None, "district": None}, ("", "", "")),
    ({"commune": "legacy:31447"}, ("935", "31447", "31453")),
    ({"commune": "2025:31441"}, ("935", "", "31441")),
]


ONE_CELL = [
    ("xã Vị Thủy, huyện Vị Thủy", ("935", "31447", "31453")),
    ("Vị Thủy, Vị Thủy", ("935", "31447", "31453")),
    ("xã Vị Thủy huyện Vị Thủy", ("935", "31447", "31453")),
    ("huyện Vị Thủy - xã Vị Thủy", ("935", "31447", "31453")),
    ("P. Vị Tân - TP Vị Thanh", ("930", "", "31333")),
    ("P.Vị Tân-TP.Vị Thanh", ("930", "", "31333")),
    ("Phường 3; TP. Vị Thanh; tỉnh Hậu Giang", ("930", "31321", "31321")),
    ("xã Vị Thủy, TP Cần Thơ", ("935", "", "31441")),
    ("xã Hỏa Lựu (cũ)", ("930", "31336", "31338")),
    ("xã Vị Thủy cũ", ("935", "31447", "31453")),
    ("xã Vị Thủy (mới)", ("935", "", "31441")),
    ("xã Vị Thủy (trước 01/07/2025)", ("935", "31447", "31453")),
    ("Xã Vị Tân (nay là phường Vị Tân)", ("930", "31333", "31333")),
    ("Vị Thủy, huyện Vị Thủy (nay là xã Vĩnh Thuận Đông, TP Cần Thơ)", ("935", "31447", "31453")),
    ("Vị Tân, nay là phường Vị Tân", ("930", "31333", "31333")),
    ("Phường Vị Tân (trước đây là xã Vị Tân, TP Vị Thanh)", ("930", "31333", "31333")),
]


@pytest.mark.parametrize(("text", "codes"), ONE_CELL)
def test_one_cell_may_name_commune_and_district_and_what_has_become_of_them(text, codes):
    assert one(commune=text) == (codes, [])


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        ("ấp 3, xã Vị Thủy, huyện Vị Thủy, tỉnh Hậu Giang", "ấp 3"),
        ("123 Trần Hưng Đạo, xã Vị Thủy, huyện Vị Thủy", "123 Trần Hưng Đạo"),
        ("Khu trung tâm, xã Vị Thủy, huyện Vị Thủy", "Khu trung tâm"),
    ],
)
def test_what_of_an_address_names_no_unit_is_said(text, aside):
    codes, remarks = one(commune=text)
    assert codes == ("935", "31447", "31453")
    assert [remark.level for remark in remarks] == [Level.NOTICE]
    assert f"“{aside}”" in remarks[0].message


@pytest.mark.parametrize(
    "text",
    [
        "xã Vị Thủyy, huyện Vị Thủy",
        "xã Vị Thủy, huyện Phụng Hiệp",
        "xã Vị Thủy (nay là phường Vị Tân)",
    ],
)
def test_parts_of_an_address_that_nobody_knows_or_that_disagree_are_refused(text):
    codes, remarks = one(commune=text)
    assert codes == ("", "", "")
    assert [(remark.level, remark.value) for remark in remarks] == [(Level.ERROR, text)]


def test_the_suggestion_for_a_part_is_the_whole_cell_put_right():
    _codes, remarks = one(commune="xã Vị Thủyy, huyện Vị Thủy")
    assert remarks[0].suggestion == "Xã Vị Thủy, huyện Vị Thủy"


@examples(25)
@given(st.sampled_from(list(LEGACY.index)), st.sampled_from([", ", " - ", "; ", " / "]))
def test_every_old_commune_is_found_by_one_cell_with_its_district(code, between):
    row = LEGACY.loc[code]
    text = f"{row['commune_legacy_name']}{between}{row['district_legacy_name']}"
    assert one(commune=text) == ((row["district_legacy"], code, row["commune_2025"]), [])


@examples(25)
@given(st.sampled_from(list(LEGACY.index)))
def test_every_old_commune_is_found_by_what_has_become_of_it(code):
    row = LEGACY.loc[code]
    text = f"{row['commune_legacy_name']} (nay là {row['commune_2025_name']})"
    codes, remarks = one(commune=text)
    assert codes[2] == row["commune_2025"]
    assert (codes[1], remarks) == (code, [])


@pytest.mark.parametrize(("cells", "codes"), KNOWN)
def test_a_unit_is_known_by_name_or_code(cells, codes):
    assert one(**cells) == (codes, [])


@pytest.mark.parametrize("name", NEW)
def test_a_name_that_changed_meaning_is_asked_about_and_each_answer_settles_it(name):
    codes, remarks = one(commune=name)
    assert codes == ("", "", "")
    assert [remark.level for remark in remarks] == [Level.QUESTION]
    assert len(remarks[0].choices) == 2
    answered = {one(commune=choice.value)[0] for choice in remarks[0].choices}
    assert len({new for _district, _old, new in answered}) == 2
    assert "01/07/2025" in remarks[0].message


@pytest.mark.parametrize("name", NEW)
def test_a_position_decides_what_a_name_meant_and_says_so(name):
    _codes, remarks = one(commune=name)
    for choice in remarks[0].choices:
        district, old, new = one(commune=choice.value)[0]
        key = f"{district}-{new}" if district else new
        point = BLOCKS[BLOCKS["unit"].str.endswith(new)].iloc[0].geometry.representative_point()
        codes, remarks_now = one(commune=name, lat=str(point.y), lon=str(point.x))
        assert codes[1:] == (old, new), key
        assert [remark.level for remark in remarks_now] == [Level.NOTICE]


def test_one_of_two_districts_of_a_name_is_asked_about():
    codes, remarks = one(district="Long Mỹ")
    assert codes == ("", "", "")
    assert [choice.value for choice in remarks[0].choices] == ["936", "937"]


def test_two_communes_that_differ_in_their_marks_are_told_apart_or_asked_about():
    assert one(commune="Bình Thành")[0][1] == "31402"
    _codes, remarks = one(commune="binh thanh")
    assert {choice.value for choice in remarks[0].choices} == {"legacy:31402", "legacy:31473"}


def test_a_name_nobody_knows_is_refused_with_the_closest():
    codes, remarks = one(commune="Xã Trường Long Tâyy")
    assert codes == ("", "", "")
    assert remarks[0].level is Level.ERROR
    assert remarks[0].suggestion.startswith("Xã Trường Long Tây")


@pytest.mark.parametrize(
    "cells",
    [
        {"commune": "Phường I", "district": "Phụng Hiệp"},
        {"commune_legacy": "31318", "commune_2025": "31333"},
        {"commune_2025": "31441", "district_legacy": "930"},
    ],
)
def test_units_that_do_not_belong_together_are_refused(cells):
    codes, remarks = one(**cells)
    assert codes == ("", "", "")
    assert [remark.level for remark in remarks] == [Level.ERROR]
    assert all(text in remarks[0].message for text in cells.values())


@examples(25)
@given(st.sampled_from(list(LEGACY.index)), st.booleans(), st.booleans())
def test_every_old_commune_is_found_by_its_name_and_district(code, plain, bare):
    row = LEGACY.loc[code]
    commune, district = row["commune_legacy_name"], row["district_legacy_name"]
    if plain:
        commune, district = unaccent(commune), unaccent(district)
    if bare:
        district = row["district_legacy"]
    codes, remarks = one(commune=commune, district=district)
    assert codes == (row["district_legacy"], code, row["commune_2025"])
    assert remarks == []


@examples(15)
@given(st.sampled_from(sorted(LEGACY["commune_2025"].unique())))
def test_every_new_commune_is_found_by_its_name_and_gives_no_old_one(code):
    name = LEGACY.loc[LEGACY["commune_2025"] == code, "commune_2025_name"].iloc[0]
    codes, remarks = one(commune_2025=name)
    assert codes[1:] == ("", code)
    assert remarks == []


def test_the_order_of_rows_does_not_matter():
    rows = [cells for cells, _codes in KNOWN]
    table, _remarks = resolved(rows)
    back, _remarks = resolved(rows[::-1])
    pd.testing.assert_frame_equal(table, back[::-1].reset_index(drop=True))
