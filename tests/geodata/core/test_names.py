import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.core.names import UnitType, fold, strip_unit_type, unaccent


@pytest.mark.parametrize(
    "spelling",
    [
        "Hòa An",
        "Hoà An",
        "hoa an",
        "  HÒA   AN ",
        "Hòa-An",
        unicodedata.normalize("NFD", "Hòa An"),
    ],
)
def test_spellings_of_one_name_are_equal(spelling):
    assert fold(spelling) == "hoa an"


@pytest.mark.parametrize("letter", ["Đ", "đ", "Ð", "ð"])
def test_both_letters_that_look_like_dj_are_d(letter):
    assert fold(f"{letter}ông Phước") == "dong phuoc"


def test_unaccent_leaves_what_is_not_a_letter():
    assert unaccent("9°47′4,2″ Đông") == "9°47′4,2″ dong"


@given(st.text(max_size=40))
def test_folding_is_final_and_blind_to_composition(text):
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert fold(composed) == fold(decomposed)
    assert fold(fold(composed)) == fold(composed)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Phường Vị Tân", (UnitType.WARD, "vi tan")),
        ("phuong vi tan", (UnitType.WARD, "vi tan")),
        ("P.Vị Tân", (UnitType.WARD, "vi tan")),
        ("Xã Vị Tân", (UnitType.COMMUNE, "vi tan")),
        ("X. Vị Tân", (UnitType.COMMUNE, "vi tan")),
        ("Thị trấn Nàng Mau", (UnitType.TOWNSHIP, "nang mau")),
        ("TT Nàng Mau", (UnitType.TOWNSHIP, "nang mau")),
        ("Huyện Long Mỹ", (UnitType.DISTRICT, "long my")),
        ("H. Long Mỹ", (UnitType.DISTRICT, "long my")),
        ("Thị xã Long Mỹ", (UnitType.TOWN, "long my")),
        ("TX.Long Mỹ", (UnitType.TOWN, "long my")),
        ("Thành phố Vị Thanh", (UnitType.CITY, "vi thanh")),
        ("TP. Vị Thanh", (UnitType.CITY, "vi thanh")),
        ("tp vi thanh", (UnitType.CITY, "vi thanh")),
        ("Long Mỹ", (None, "long my")),
        ("Xà Phiên", (None, "xa phien")),
        ("Xã Xà Phiên", (UnitType.COMMUNE, "xa phien")),
        ("Phường 7", (UnitType.WARD, "vii")),
        ("P7", (UnitType.WARD, "vii")),
        ("Vị Thanh 1", (None, "vi thanh 1")),
        ("Phường", (None, "phuong")),
        ("", (None, "")),
    ],
)
def test_unit_type_is_told_from_the_name(text, expected):
    assert strip_unit_type(text) == expected
