"""A backup put back under a running server: numbers begin anew, and mean other entries."""

import shutil

import pytest

from geodata.core.errors import DataError
from geodata.store import REAL, Store, copies
from geodata.store.documents import Documents
from pages.parts.shared.data import store as opened_store
from pages.parts.steward import drafts as drafts_view
from pages.parts.steward import journal as journal_view
from tests.entering import REVIEWER, STEWARD
from tests.geodata.store.samples import changed

SITE, HEAD = "HG-ST-01", "Sau"


def renamed(store, operator):
    """Correct a site as entry 4 of the journal."""
    return changed(store, store.load(REAL).sites.loc[[SITE]].assign(operator=operator))


@pytest.fixture
def put_back(drafts, tmp_path):
    """Give the store a fourth entry; return what puts back a backup with another fourth entry."""
    other = Store(f"sqlite:///{shutil.copy(drafts.path, tmp_path / 'other.sqlite')}")
    assert renamed(drafts, "Công ty MỘT") == renamed(other, "Công ty HAI") == 4
    documents, file = Documents(tmp_path / "documents"), tmp_path / "backup.zip"
    copies.backup(other, documents, file)
    return lambda: copies.restore(drafts, documents, file)


def test_the_history_shows_what_the_entry_of_that_number_is_now(enter, put_back):
    screen = enter("history.py")
    assert screen.tables()[1][HEAD].tolist() == ["Công ty MỘT"]
    put_back()
    screen.app.run()
    assert screen.tables()[1][HEAD].tolist() == ["Công ty HAI"]


def test_what_was_seen_before_is_neither_reviewed_nor_published(enter, drafts, put_back):
    screen = enter("review.py", REVIEWER).choose(4, "review")
    put_back()
    screen.press("Duyệt mục 4: đã xem, đúng")
    assert "bản sao lưu" in screen.text()
    journal = drafts.journal(REAL)
    assert not journal["reviewed"].iloc[0]
    with pytest.raises(DataError, match="bản sao lưu"):
        drafts.publish(REAL, who=REVIEWER, seen="0" * 64)


def test_what_was_seen_before_is_not_undone(enter, drafts, put_back):
    screen = enter("history.py").press("Hoàn tác mục 4 …")
    put_back()
    screen.press("Hoàn tác mục 4")
    assert "bản sao lưu" in screen.text()
    assert drafts.load(REAL).sites.loc[SITE, "operator"] == "Công ty HAI"


def test_a_state_is_asked_for_by_its_seal(drafts, put_back):
    journal = drafts.journal(REAL)
    put_back()
    with pytest.raises(DataError, match="bản sao lưu"):
        opened_store().load(REAL, upto=4, seen=journal_view.seen(journal))
    assert drafts.load(REAL, upto=4, seen=drafts.seal(REAL)).revision == 4


def test_a_draft_begun_before_is_compared_with_what_there_is_now(drafts, put_back):
    before = drafts.load(REAL)
    draft = drafts_view.Draft("x", {"operator": "mine"}, before.revision, before.seal)
    put_back()
    edit = drafts.load(REAL).sites.loc[[SITE]].assign(operator="mine")
    with pytest.raises(DataError, match="bản sao lưu"):
        changed(drafts, edit, based_on=draft.based_on, seen=draft.seen)
    drafts_view.rebase(draft, {"operator": "Công ty HAI"}, drafts.load(REAL))
    assert changed(drafts, edit, based_on=draft.based_on, seen=draft.seen) == 5
    assert STEWARD.email == drafts.journal(REAL)["who"].iloc[0]
