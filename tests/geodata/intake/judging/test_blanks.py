"""A dash or “không có” is a blank cell where no such word can be meant, said once a column."""

from datetime import date

import pytest

from geodata.intake.judging.diagnosis import diagnose
from geodata.intake.reading import files
from tests.shipped import KNOWN

HEAD = "Tên cơ sở;Loại cơ sở;Tọa độ;Diện tích (ha);Ngày quyết định;Quyết định;Chủ đầu tư;Ghi chú"


def checked(text):
    return diagnose(files.read(text.encode(), "a.csv"), KNOWN, date(2026, 11, 26))


@pytest.mark.parametrize("word", ["-", "–", "…", "không có", "Chưa có", "n/a"])
def test_words_that_say_nothing_are_blank_and_said_aloud(word):
    row = f"Siêu thị Thử;Siêu thị;9.7845, 105.4701;{word};{word};{word};{word};{word}"
    done = checked(f"{HEAD}\n{row}\n")
    site = done.sites.iloc[0]
    assert done.ok
    assert site[["area_ha", "decision_date", "decision", "operator"]].isna().all()
    assert site["source_note"] == word  # a remark may say so
    notices = [finding for finding in done.notices if "để trống" in finding.message]
    assert {finding.column for finding in notices} >= {"area_ha", "decision", "operator"}


def test_a_word_that_is_a_known_value_of_its_column_stays():
    head = "Tên cơ sở;Loại cơ sở;Tọa độ;Công khai;Tình trạng hoạt động"
    done = checked(f"{head}\nSiêu thị Thử;Siêu thị;9.7845, 105.4701;không;chưa rõ\n")
    assert done.sites.iloc[0][["public", "lifecycle"]].tolist() == ["no", "unknown"]
