"""History on screen: who entered what, before and after, two moments, undone as a whole."""

from datetime import timedelta

import pytest

from geodata.core.clock import now
from geodata.store import REAL
from pages.parts.shared import access
from pages.parts.steward import journal
from tests.entering import REVIEWER, STEWARD
from tests.geodata.store.samples import changed
from tests.pages.steward.conftest import HOSTILE

SITE = "HG-ST-01"


@pytest.fixture
def opened(enter):
    def run(who=STEWARD, **query):
        return enter("pages/steward/history.py", who, **query)

    return run


@pytest.fixture
def comparing(opened):
    screen = opened()
    screen.app.segmented_control(key="h_show").set_value("So sánh hai ngày").run()
    return screen


def test_the_journal_says_who_when_what_and_how_far(opened):
    (journal, _changes) = opened().tables()
    assert journal["Mục"].tolist() == [3, 2, 1]
    assert journal["Người thực hiện"].tolist() == [STEWARD.email, STEWARD.email, "phần mềm"]
    assert journal["Tình trạng"].tolist() == ["Chờ duyệt", "Chờ duyệt", "Đã công bố"]
    assert journal["Nội dung"].tolist()[1] == "Nhập từ tệp: a list.xlsx"
    assert journal["Thời gian"].str.fullmatch(r"\d\d/\d\d/\d{4} \d\d:\d\d").all()


def test_an_entry_shows_before_and_after(opened):
    (row,) = opened().tables()[1].to_dict("records")
    assert row["Mã"] == SITE
    assert row["Cột"] == "Chủ đầu tư, đơn vị quản lý"
    assert (row["Trước"], row["Sau"]) == ("Saigon Co.op", "Công ty A")


def test_another_entry_can_be_chosen_and_names_stay_plain_text(opened):
    screen = opened().choose(2, "journal")
    assert screen.tables()[1]["Mã"].tolist() == ["S1", "E1"]
    assert HOSTILE in screen.text()
    assert not any("](javascript" in str(m.value) for m in screen.app.markdown)


def test_the_journal_can_be_narrowed_to_one_person(opened):
    screen = opened()
    screen.app.selectbox(key="h_who").set_value("phần mềm").run()
    assert screen.tables()[0]["Mục"].tolist() == [1]


def test_a_sites_own_history_is_reached_by_its_address(opened):
    (changes,) = opened(site="S1").tables()
    assert changes["Mã"].tolist() == ["S1", "E1"]
    assert set(changes["Người thực hiện"]) == {STEWARD.email}


def test_a_site_nobody_knows_has_no_history_and_a_way_back(opened):
    screen = opened(site="HG-XX-99")
    assert "không có mục nào về cơ sở này" in screen.text()
    assert len(screen.press("Trở lại toàn bộ nhật ký").tables()) == 2


def test_two_entries_are_compared_whichever_is_named_first(comparing):
    app = comparing.app
    app.radio[0].set_value("Theo mục").run()
    app.selectbox(key="h_from_entry").set_value(3)
    app.selectbox(key="h_to_entry").set_value(1).run()
    (changes,) = comparing.tables()
    assert set(changes["Mã"]) == {"S1", "E1", SITE}
    assert set(changes["Thay đổi"]) == {"Thêm mới", "Sửa đổi"}


def test_two_days_on_which_nothing_happened_do_not_differ(comparing):
    assert "Không có khác biệt" in comparing.text()


def test_undoing_asks_first_and_names_what_goes(opened, drafts):
    screen = opened().choose(2, "journal").press("Hoàn tác mục 2 …")
    assert f"Thêm mới: 1 cơ sở – {HOSTILE}" in screen.text()
    assert "S1" in drafts.load(REAL).sites.index
    assert "Đã hoàn tác mục 2" in screen.press("Hoàn tác mục 2").text()
    after = drafts.load(REAL)
    assert "S1" not in after.sites.index
    assert "E1" not in set(after.evidence["id"])
    assert after.sites.loc[SITE, "operator"] == "Công ty A"


def test_what_later_entries_build_on_is_not_undone_and_that_is_said(opened, drafts):
    changed(drafts, drafts.load(REAL).sites.loc[["S1"]].assign(operator="Công ty B"))
    screen = opened().choose(2, "journal").press("Hoàn tác mục 2 …").press("Hoàn tác mục 2")
    (refusal,) = screen.app.error
    assert "S1" in refusal.value
    assert "S1" in drafts.load(REAL).sites.index


def test_what_is_undone_cannot_be_undone_again(opened, drafts):
    drafts.undo(REAL, 2, who=STEWARD)
    screen = opened().choose(2, "journal")
    assert "Đã hoàn tác" in screen.text()
    assert not any("Hoàn tác" in label for label in screen.labels())


def test_what_comes_with_the_software_cannot_be_undone(opened):
    assert not any("Hoàn tác" in label for label in opened().choose(1, "journal").labels())


def test_only_a_steward_is_offered_to_undo(opened):
    assert any("Hoàn tác" in label for label in opened().labels())
    assert not any("Hoàn tác" in label for label in opened(REVIEWER).labels())


def test_a_right_taken_away_meanwhile_undoes_nothing(opened, drafts, monkeypatch):
    screen = opened().press("Hoàn tác mục 3 …")
    monkeypatch.setattr(access, "person", lambda: REVIEWER)
    screen.press("Hoàn tác mục 3")
    assert len(screen.app.error) == 1
    assert drafts.load(REAL).sites.loc[SITE, "operator"] == "Công ty A"


def test_a_clock_behind_the_newest_entry_is_said(opened, monkeypatch):
    assert not opened().app.warning
    behind = now() - timedelta(hours=1)
    monkeypatch.setattr(journal, "now", lambda: behind)
    assert "Đồng hồ của máy chủ" in opened().app.warning[0].value
