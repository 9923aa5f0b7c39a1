"""Who owns a plant: one business under any spelling, two where the tax codes differ."""

import pandas as pd
import pytest

from geodata.register import owners


def same(*texts):
    """Say whether plants operated by these are of one owner."""
    plants = [f"P{i}" for i in range(len(texts))]
    return len(set(owners.of_plants(plants, pd.Series(texts, plants)).values())) == 1


ONE = {
    "legal form and tone marks": (
        "Công ty TNHH MTV Thép Hòa",
        "CTY CP THÉP HOÀ",
        "Công ty Cổ phần thép hòa",
        "Doanh nghiệp tư nhân Thép Hòa",
        "Công ty TNHH một thành viên Thép Hòa",
        "Công ty trách nhiệm hữu hạn 2 thành viên trở lên Thép-Hòa",
    ),
    "a tax code": ("Giấy Sông Hậu, MST 1800123456", "Chi nhánh miền Tây (1800123456)"),
    "a branch of a tax code": ("1800123456", "1800123456-001", "1800123456002"),
    "a tax code given once": ("Công ty Giấy Sông Hậu, MST: 1800123456", "GIẤY SÔNG HẬU"),
}
TWO = {
    "names": ("Công ty TNHH Thép Hòa", "Công ty TNHH Thép Bình"),
    "tax codes of one name": ("Minh Phú 1800123456", "Minh Phú 1800123457"),
    "a longer number is no tax code": ("Kho 18001234567", "Kho 18001234568"),
    "a name that is a legal form alone": ("Công ty TNHH", "Hợp tác xã"),
}


@pytest.mark.parametrize("texts", ONE.values(), ids=ONE)
def test_one_owner_however_it_is_written(texts):
    assert same(*texts)


@pytest.mark.parametrize("texts", TWO.values(), ids=TWO)
def test_two_owners_stay_two(texts):
    assert not same(*texts)


def test_a_plant_without_an_owner_is_its_own():
    operators = pd.Series({"P1": None, "P2": " ", "P3": pd.NA}, dtype="object")
    found = owners.of_plants(["P1", "P2", "P3", "P4"], operators)
    assert len(set(found.values())) == 4


def test_a_plant_named_like_the_owner_of_another_is_of_that_owner():
    found = owners.of_plants(["KCN-01", "Thép Hòa"], pd.Series({"KCN-01": "Công ty Thép Hoà"}))
    assert len(set(found.values())) == 1


def test_a_site_is_found_however_its_code_is_written():
    found = owners.of_plants(["kcn-01", "KCN-02 "], pd.Series({"KCN-01": "Minh", "KCN-02": "Minh"}))
    assert len(set(found.values())) == 1
