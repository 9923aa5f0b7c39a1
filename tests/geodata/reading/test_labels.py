"""Labels: what is put together of several values where people read it."""

from datetime import date

import pytest

from geodata.reading import labels


@pytest.mark.parametrize(
    ("on", "words", "text"),
    [
        (date(2025, 6, 5), "05/06/2025–07/06/2025", "05/06/2025–07/06/2025"),
        (date(2025, 6, 5), "5-7/6/2025", "05/06/2025 (5-7/6/2025)"),
        (None, "tháng 6/2025", "tháng 6/2025"),
    ],
)
def test_words_about_a_time_stand_with_its_day_unless_they_name_it(on, words, text):
    assert labels.when_text(on, words) == text
