"""Cells in words: nobody who reads a screen or the journal has to know a code."""

import pytest

from geodata.stewardship import wording


@pytest.mark.parametrize(
    ("column", "text", "words"),
    [
        ("subject", "province", "Toàn Hậu Giang (cũ)"),
        ("subject", "930", "Thành phố Vị Thanh"),
        ("subject", "HG-ST-01", "HG-ST-01"),
        ("district_legacy", "930", "Thành phố Vị Thanh"),
        ("kind", "supermarket", "Siêu thị"),
        ("decision_date", "2024-02-01", "01/02/2024"),
        ("lat", "9.78", "9,78"),
        ("name_vi", "930", "930"),
        ("commune_2025", "", ""),
    ],
)
def test_a_cell_reads_as_people_write_it(column, text, words):
    assert wording.value_text(column, text) == words


def test_one_code_of_both_vintages_is_two_communes():
    now, before = (wording.term_text(c, "31321") for c in ("commune_2025", "commune_legacy"))
    assert now != before
    assert "31321" not in (now, before)


def test_a_site_is_called_by_its_name_where_that_is_known():
    assert wording.subject_name("HG-ST-01", {"HG-ST-01": "Siêu thị A"}) == "Siêu thị A"
    assert wording.subject_name("HG-ST-01", {}) == "HG-ST-01"
