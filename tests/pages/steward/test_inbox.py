"""The inbox on a steward's screen: taken in, shown as text, answered, and for stewards alone."""

import pytest

from geodata.core.clock import now
from geodata.intake.spool import Spool
from geodata.register.ids import REAL
from geodata.register.reports import PublicReport
from geodata.store.inbox import Inbox
from tests.entering import REVIEWER, STEWARD
from tests.geodata.intake.test_attachments import photo
from tests.pages.steward.conftest import HOSTILE

SITE = "HG-ST-01"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    folder = tmp_path / "spool"
    folder.mkdir()
    monkeypatch.setenv("HG_SPOOL", str(folder))
    return folder


def put(folder, words="Sai chỗ", picture=b""):
    return Spool(folder).put(PublicReport(SITE, "place", words, HOSTILE), picture, now())


def test_a_report_is_taken_in_looked_at_and_answered(enter, folder, drafts):
    put(folder)
    screen = enter("inbox.py")
    assert "1 phản ánh mới" in screen.text()
    screen.press("Tôi đang xem xét")
    assert screen.tables()[0]["Tình trạng"].tolist() == ["Đang xem xét"]
    (area,) = screen.app.text_area
    area.set_value("Không thấy sai")
    screen.press("Trả lời công khai")
    assert "Hãy chọn đã sửa hay không sửa." in screen.text()
    assert screen.app.text_area[0].value == "Không thấy sai"
    (radio,) = (one for one in screen.app.radio if one.label == "Kết quả")
    radio.set_value(False)
    screen.press("Trả lời công khai")
    assert drafts.reported(REAL, SITE)[SITE].answers[0].sentence == "Không thấy sai"


def test_hostile_words_are_text_and_the_photo_lies_at_no_address(enter, folder):
    put(folder, HOSTILE, photo("JPEG"))
    screen = enter("inbox.py")
    assert [one.value for one in screen.app.text] == [HOSTILE]
    assert "<b>" not in "".join(one.value for one in screen.app.caption)
    assert not screen.app.get("imgs")
    (picture,) = (one for one in screen.app.get("html") if "data:image/jpeg" in one.proto.body)
    assert "<img" in picture.proto.body


def test_what_is_strange_is_named_as_text(enter, folder):
    (folder / "<b>x").write_bytes(b"x")
    put(folder)
    screen = enter("inbox.py")
    (warning,) = screen.app.warning
    assert "<b>" not in warning.value
    assert "1 phản ánh mới" in screen.text()


def test_every_steward_s_screen_says_how_many_wait(enter, folder):
    assert "phản ánh" not in enter("history.py").text()
    put(folder)
    assert "1 phản ánh của người dân đang chờ trả lời" in enter("history.py").text()
    enter("inbox.py")
    assert "1 phản ánh của người dân đang chờ trả lời" in enter("history.py").text()


@pytest.mark.parametrize("spool", ["unset", "missing"])
def test_without_a_spool_it_says_so(enter, folder, monkeypatch, spool):
    if spool == "unset":
        monkeypatch.delenv("HG_SPOOL")
    folder.rmdir()
    assert "HG_SPOOL" in enter("inbox.py").text()


def test_a_reviewer_has_no_such_screen(enter, folder, drafts):  # noqa: ARG001 - the app opens it
    Inbox(drafts, REAL, STEWARD).add(
        "AAAAAAAAAA", PublicReport(SITE, "place", "WORDS-QX7Z"), b"", now(), "x"
    )
    screen = enter("inbox.py", REVIEWER)
    assert "WORDS-QX7Z" not in screen.text()
    assert not screen.app.text
