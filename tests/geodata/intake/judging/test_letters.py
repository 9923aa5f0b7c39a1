"""Texts that lost letters are named; a question mark that asks something is none."""

from datetime import date

import pytest

from geodata.intake.judging import letters
from geodata.intake.judging.diagnosis import diagnose
from geodata.intake.reading import files
from tests.shipped import KNOWN

LOST = [
    "L?ng ngh? đan lát",
    "?an lát",
    "V\ufffd Th\ufffdy",
    "nghá»\ufffd Ä‘an",
    "Ngã B?y",
    "X? V? Tân",
    "Phường V? Thanh",
    "Ph??ng",
]


@pytest.mark.parametrize("text", LOST)
def test_lost_letters_are_seen(text):
    assert letters.lost(text)


def test_each_cell_that_lost_letters_is_named():
    content = "".join(f"{text};Siêu thị\n" for text in ("Tên cơ sở;Loại cơ sở", *LOST))
    content = content.replace("cơ sở;Siêu thị", "cơ sở").encode()
    diagnosis = diagnose(files.read(content, "a.csv"), KNOWN, date(2026, 11, 22))
    named = [(f.row, f.column) for f in diagnosis.open if "hỏng" in f.message]
    assert named == [(row, "name_vi") for row in range(2, 2 + len(LOST))]


@pytest.mark.parametrize("text", ["TrÃ ng", "ÃŠm", "CÅ©ng", "Äƒn"])
def test_letters_read_as_another_set_are_seen(text):
    assert letters.lost(text)


@pytest.mark.parametrize(
    "text",
    [
        "Đã làm?",
        "Có? Không",
        "https://a.vn/x?y=1",
        "R&D (?)",
        "Âu Cơ",
        "Ngã Bảy",
        "A ? B",
        "NGÃ BẢY",
        "Trường THPT?",
        "Có? Không?",
        "Công ty ABC? 🙂",
    ],
)
def test_what_only_asks_has_lost_nothing(text):
    assert not letters.lost(text)


def test_what_is_known_already_is_not_asked_about():
    register = KNOWN.sites.copy()
    register.loc[register.index[0], "details"] = "a?b"
    known = KNOWN._replace(sites=register)
    row = register.iloc[0]
    content = (
        f"Mã cơ sở;Tên cơ sở;Loại cơ sở;Chi tiết\n{row['id']};{row['name_vi']};{row['kind']};a?b"
    )
    diagnosis = diagnose(files.read(content.encode(), "a.csv"), known, date(2026, 11, 22))
    assert [f.message for f in diagnosis.open if f.column == "details"] == []
