"""What a report of the public may say: text alone, bounded, and nothing that nobody sees."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.core.errors import DataError
from geodata.register import reports

GOOD = {"site": "HG-ST-01", "topic": "place", "words": "Sai chỗ", "contact": ""}


@pytest.mark.parametrize(
    "wrong",
    [
        {"topic": ""},
        {"topic": "evidence"},
        {"words": ""},
        {"words": " \n\u200b"},
        {"words": "x" * (reports.MOST_WORDS + 1)},
        {"contact": "x" * (reports.MOST_CONTACT + 1)},
    ],
)
def test_what_is_missing_or_too_long_is_said(wrong):
    assert reports.checked(**GOOD).words == "Sai chỗ"
    with pytest.raises(DataError):
        reports.checked(**GOOD | wrong)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nb\n\n\n\nc  d ", "a\nb\n\nc d"),
        ("a\u202eb\x00c\u2066", "a b c"),
        ("Ho\u0300a", "Hòa"),
        ("<b>=1+1</b>", "<b>=1+1</b>"),
    ],
)
def test_words_are_kept_as_they_are_seen(typed, kept):
    assert reports.cleaned(typed) == kept


@given(st.text(max_size=200))
def test_no_sign_that_nobody_sees_is_left_and_nothing_more_is_to_be_cleaned(text):
    once = reports.cleaned(text)
    assert {unicodedata.category(c)[0] for c in once if c != "\n"}.isdisjoint("C")
    assert reports.cleaned(once) == once


def test_an_answer_is_one_line_and_says_something():
    assert reports.answered(" Đã sửa\nvị trí ") == "Đã sửa vị trí"
    for wrong in ("", " \n", "x" * (reports.MOST_ANSWER + 1)):
        with pytest.raises(DataError):
            reports.answered(wrong)
