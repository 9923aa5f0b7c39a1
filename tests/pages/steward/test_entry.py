"""A file on the screen: nothing is saved while something is wrong, then all of it, as a draft."""

import html
import io

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from geodata.core.text import _
from geodata.outputs.data import exchange
from geodata.people.access import Person
from geodata.store import REAL, Change
from pages.parts.shared import access
from pages.parts.shared.data import HOME
from pages.parts.steward import upload as uploads

HOA = Person("hoa@example.vn", "Hòa", frozenset({"steward"}))
BINH = Person("binh@example.vn", "Bình", frozenset({"reviewer"}))
GOOD = {
    "Mã cơ sở": "HG-ST-90",
    "Loại cơ sở": "Siêu thị",
    "Tên cơ sở": "Siêu thị *Thử* Nghiệm",
    "Xã, phường, thị trấn": "Phường Vị Tân",
    "Tọa độ": "9,7845; 105,4701",
    "Sai số vị trí (m)": 20,
}
WRONG = GOOD | {"Ngày quyết định": "31/02/2024"}


@pytest.fixture
def page(store):  # noqa: ARG001 - the app opens it
    app = AppTest.from_file(HOME / "app.py", default_timeout=60).run()
    return app.switch_page("pages/steward/entry.py").run()


def workbook(*rows):
    out = io.BytesIO()
    pd.DataFrame(list(rows)).to_excel(out, index=False)
    return out.getvalue()


def upload(page, content, name="danh sách.xlsx"):
    return page.file_uploader[0].set_value([(name, content, "")]).run()


def labels(page):
    return [button.label for button in page.button]


def press(page, label):
    (found,) = (button for button in page.button if button.label == label)
    return found.click().run()


def said(page):
    """All sentences on the screen, as a person reads them."""
    every = (*page.markdown, *page.caption, *page.error, *page.warning, *page.success, *page.info)
    text = "\n".join(html.unescape(str(element.value)) for element in every)
    return text.replace("\u2068", "").replace("\u2069", "").replace("\u2060", "").replace("\\", "")


def test_a_wrong_cell_is_listed_with_its_place_and_there_is_nothing_to_save(page, store):
    upload(page, workbook(WRONG))
    assert not page.exception
    where, sentence = (html.unescape(text) for text in page.table[0].value.iloc[0])
    assert "Sheet1 G2 · Ngày quyết định: 31" in where
    assert "không phải là ngày" in sentence
    assert _("Save as a draft") not in labels(page)
    assert _("Nothing is saved.") in said(page)
    assert store.journal(REAL)["action"].tolist() == ["fill"]


def test_a_clean_file_is_saved_as_a_draft_and_makes_room_for_the_next(page, store):
    upload(page, workbook(GOOD))
    page.text_input(key="u_note").set_value(" danh sách tháng 3 ")
    press(page, _("Save as a draft"))
    assert not page.exception
    entry = store.journal(REAL).iloc[0]
    assert (entry["who"], entry["origin"], entry["action"], entry["note"]) == (
        "lan@example.vn",
        "danh sách.xlsx",
        "import",
        "danh sách tháng 3",
    )
    assert "danh sách.xlsx" in said(page)
    assert "bản nháp" in said(page)
    assert not page.file_uploader[0].value
    assert "HG-ST-90" not in store.load(REAL, published=True).sites.index
    page.run()
    assert "danh sách.xlsx" not in said(page)


def test_a_question_is_answered_on_the_screen_and_then_the_file_can_be_saved(page, store):
    upload(page, workbook(GOOD, GOOD | {"Mã cơ sở": "HG-ST-91"}))
    assert _("Save as a draft") not in labels(page)
    (asked,) = (box for box in page.selectbox if str(box.key).startswith("u_"))
    asked.set_value("new").run()
    assert not page.exception
    press(page, _("Save as a draft"))
    assert {"HG-ST-90", "HG-ST-91"} <= set(store.load(REAL).sites.index)


def test_a_site_somebody_else_changed_meanwhile_is_not_overwritten(page, store):
    known = {"Mã cơ sở": "HG-ST-01", "Tên cơ sở": "Tên của Lan", "Loại cơ sở": "Siêu thị"}
    upload(page, workbook(known))
    now = store.load(REAL)
    theirs = now.sites.loc[["HG-ST-01"]].assign(operator="Hòa sửa")
    change = Change(theirs, replaces=frozenset({"HG-ST-01"}))
    store.write(REAL, change, who=HOA, origin="screen", action="edit", based_on=now.revision)
    press(page, _("Save as a draft"))
    assert not page.exception
    assert page.error
    row = store.load(REAL).sites.loc["HG-ST-01"]
    assert (row["name_vi"] != "Tên của Lan", row["operator"]) == (True, "Hòa sửa")
    press(page, _("Save as a draft"))  # held against the newest data now
    row = store.load(REAL).sites.loc["HG-ST-01"]
    assert (row["name_vi"], row["operator"]) == ("Tên của Lan", "Hòa sửa")


def test_taking_the_file_away_clears_what_was_said_of_it(page):
    upload(page, workbook(WRONG))
    page.file_uploader[0].set_value([]).run()
    assert not page.table
    assert "danh sách" not in said(page)
    for key in (uploads._SHEETS, uploads._FOUND, uploads._ANSWERS):
        assert key not in page.session_state


def test_what_is_no_table_is_refused_in_a_sentence(page):
    upload(page, b"%PDF-1.4", "a.xlsx")
    assert "không phải" in page.error[0].value
    assert not page.exception


def test_the_data_as_it_is_changes_nothing_and_is_not_saved(page, store):
    known = store.load(REAL)
    upload(page, exchange.render(known, "xlsx"))
    assert f"{len(known.sites) + len(known.evidence)} dòng" in said(page)
    assert _("Save as a draft") not in labels(page)


def test_a_reviewer_has_no_such_page(store, monkeypatch):  # noqa: ARG001 - the app opens it
    monkeypatch.setattr(access, "person", lambda: BINH)
    app = AppTest.from_file(HOME / "app.py", default_timeout=60).run()
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        app.switch_page("pages/steward/entry.py")
