"""Numbers and dates in Vietnamese form, and the catalogue they stand beside."""

from datetime import date

import pytest

from geodata.core.text import _, day, language, number, share, speaking


@pytest.mark.parametrize(
    ("value", "said"),
    [(date(2024, 3, 8), "08/03/2024"), (date(2024, 12, 31), "31/12/2024")],
)
def test_a_day_is_written_day_month_year(value, said):
    assert day(value) == said


@pytest.mark.parametrize(
    ("value", "decimals", "said"),
    [
        (0, 0, "0"),
        (999, 0, "999"),
        (1234567, 0, "1.234.567"),
        (1622.4, 1, "1.622,4"),
        (69.2, 1, "69,2"),
        (70, 1, "70,0"),
        (9.7845, 5, "9,78450"),
        (-0.5, 2, "-0,50"),
    ],
)
def test_a_number_has_a_decimal_comma_and_thousands_points(value, decimals, said):
    assert number(value, decimals) == said


def test_a_text_is_read_in_vietnamese():
    assert _("Map") == "Bản đồ"


def test_a_text_that_is_not_in_the_catalogue_stays_readable():
    assert _("not in the catalogue") == "not in the catalogue"


def test_english_has_its_own_signs_and_days_stay_as_they_are():
    with speaking("en"):
        assert (language(), number(1622.4, 1), share(1, 3)) == ("en", "1,622.4", "33.3%")
        assert (day(date(2024, 3, 8)), _("Denominator")) == ("08/03/2024", "Denominator")
    assert (language(), number(1622.4, 1), _("Denominator")) == ("vi", "1.622,4", "Mẫu số")


@pytest.mark.parametrize(("value", "said"), [(0, "0 sites"), (1, "1 site"), (1000, "1,000 sites")])
def test_english_counts_one_site_and_two_sites(value, said):
    with speaking("en"):
        assert f"{number(value):site|sites}" == said


def test_a_number_is_text_wherever_no_words_follow():
    assert f"{number(1):>3}" == "  1"
