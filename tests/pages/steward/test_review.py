"""Review and publication on screen: drafts stay inside until another person found them right."""

from dataclasses import replace

import pandas as pd
import pytest

from geodata.register import sites
from geodata.store import REAL
from pages.parts.steward import publication
from tests.entering import REVIEWER, STEWARD, drafted, reviewed
from tests.geodata.store.samples import changed, site

BOTH = replace(STEWARD, roles=frozenset({"steward", "reviewer"}))
SEEN = "Duyệt mục {}: đã xem, đúng"


@pytest.fixture
def opened(enter):
    def run(who=REVIEWER):
        return enter("pages/steward/review.py", who)

    return run


def public(store):
    return store.load(REAL, published=True)


def test_what_waits_is_seen_oldest_first_and_not_published_before_it_is_reviewed(opened, drafts):
    screen = opened()
    waiting, changes = screen.tables()[:2]
    assert waiting["Mục"].tolist() == [2, 3]
    assert set(waiting["Tình trạng"]) == {"Chờ duyệt"}
    assert changes["Mã"].tolist() == ["S1", "E1"]
    assert "Còn phải duyệt trước khi công bố: mục 2, 3" in screen.text()
    assert not any("Công bố" in label for label in screen.labels())
    assert "S1" not in public(drafts).sites.index
    _counted_before_and_after(screen, drafts)


def test_a_reviewer_goes_through_the_entries_and_publishes(opened, drafts):
    screen = opened()
    screen.app.text_input(key="r_note_2").set_value("đã đối chiếu").run()
    screen.press(SEEN.format(2))
    assert "Đã duyệt mục 2" in screen.text()
    screen.press(SEEN.format(3))
    assert "S1" not in public(drafts).sites.index
    screen.press("Công bố 2 mục")
    assert "S1" in public(drafts).sites.index
    assert "Không có nội dung nào chờ duyệt" in screen.text()
    log = drafts.journal(REAL)
    assert log["action"].tolist()[:3] == ["publish", "review", "review"]
    assert log["note"].tolist()[2] == "đã đối chiếu"


def test_what_one_entered_another_has_to_review(opened, drafts):
    screen = opened(BOTH).press(SEEN.format(2))
    (refusal,) = screen.app.error
    assert "người khác duyệt" in refusal.value
    assert not drafts.journal(REAL)["action"].eq("review").any()


def test_a_small_office_lets_one_person_do_both(opened, drafts):
    screen = opened(replace(BOTH, one_person=True))
    screen.press(SEEN.format(2)).press(SEEN.format(3)).press("Công bố 2 mục")
    assert "S1" in public(drafts).sites.index


def test_a_steward_sees_what_waits_but_cannot_let_it_out(opened):
    screen = opened(STEWARD)
    assert screen.tables()[0]["Mục"].tolist() == [2, 3]
    assert not any("Đã xem" in label or "Công bố" in label for label in screen.labels())


def _counted_before_and_after(screen, drafts):
    """What the public will see change is counted as it is and as it will be."""
    before, after = (
        len(sites.public(public(drafts).sites)),
        len(sites.public(drafts.load(REAL).sites)),
    )
    figures = next(t for t in screen.tables() if "Đang công bố" in t.columns).set_index("Số liệu")
    assert figures.loc["Số cơ sở công khai"].tolist() == [str(before), str(after)]
    moved = figures.filter(like="Tuyên truyền:", axis=0).astype(int)
    assert (moved["Sau khi công bố"] - moved["Đang công bố"]).sum() == after - before == 1


def test_a_review_works_out_no_figure_anew(opened, monkeypatch):
    screen, made = opened(), []
    monkeypatch.setattr(publication, "brief", lambda *_a, **_k: made.append(1))
    screen.press(SEEN.format(2))
    assert made == []
    assert "Đã duyệt mục 2" in screen.text()


def test_what_is_private_is_not_said_to_become_public(opened, drafts):
    drafted(drafts, None, site("Bí mật", "S9", public="no", source_note="riêng"))
    every = pd.concat([t for t in opened().tables() if "Sau" in t.columns][1:])
    assert "S1" in set(every["Mã"])
    assert "S9" not in set(every["Mã"])


def test_an_import_undone_needs_no_review(opened, drafts):
    drafts.undo(REAL, 3, who=STEWARD)
    screen = opened().press(SEEN.format(2))
    screen.press("Công bố 3 mục")
    assert "S1" in public(drafts).sites.index
    assert public(drafts).sites.loc["HG-ST-01", "operator"] == "Saigon Co.op"


def test_with_nothing_waiting_the_screen_says_what_to_do_and_who_published(opened, drafts):
    reviewed(drafts, 2, 3)
    text = opened().text()
    assert "Hãy nhập hoặc sửa dữ liệu trước" in text
    assert REVIEWER.email in text


def test_an_entry_made_meanwhile_is_not_published_unseen(opened, drafts):
    screen = opened().press(SEEN.format(2)).press(SEEN.format(3))
    drafted(drafts, None, site("Sau", "S2"))
    screen.press("Công bố 2 mục")
    assert len(screen.app.error) == 1
    assert "S1" not in public(drafts).sites.index


def test_many_entries_are_seen_side_by_side_and_reviewed_at_once(opened, drafts):
    changed(drafts, drafts.load(REAL).sites.loc[["HG-ST-01"]].assign(operator="Công ty B"))
    screen = opened()
    screen.app.toggle(key="r_all").set_value(True).run()
    changes = screen.tables()[1]
    operator = changes[changes["Mã"] == "HG-ST-01"]
    assert operator["Mục"].tolist() == [3, 4]
    assert operator["Sau"].tolist() == ["Công ty A", "Công ty B"]
    screen.press("Duyệt 3 mục: đã xem, đều đúng")
    assert "Đã duyệt 3 mục: 2, 3, 4" in screen.text()
    screen.press("Công bố 3 mục")
    assert public(drafts).sites.loc["HG-ST-01", "operator"] == "Công ty B"


def test_of_many_entries_all_are_reviewed_or_none(opened, drafts):
    changed(
        drafts, drafts.load(REAL).sites.loc[["HG-ST-01"]].assign(operator="Công ty B"), who=BOTH
    )
    screen = opened(BOTH)
    screen.app.toggle(key="r_all").set_value(True).run()
    screen.press("Duyệt 3 mục: đã xem, đều đúng")
    assert len(screen.app.error) == 1
    assert "review" not in drafts.journal(REAL)["action"].tolist()
