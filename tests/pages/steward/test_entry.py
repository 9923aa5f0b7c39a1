"""A file on the screen: nothing is saved while something is wrong, then all of it, as a draft."""

import html
import io

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from geodata.core.text import _
from geodata.intake.reading import files
from geodata.people.access import Person
from geodata.store import REAL, Change
from pages.parts.shared import access
from pages.parts.shared.data import HOME
from pages.parts.steward import upload as uploads
from tests.exporting import exported
from tests.pages.opening import screen_at

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
def page(store, monkeypatch):  # noqa: ARG001 - the app opens it
    """The screen; files are read here: their process has tests of its own, and the browser's."""
    monkeypatch.setattr(uploads.apart, "read", files.read)
    return screen_at("entry").run()


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


def lines(page):
    """What is said of the cells that can be put right."""
    wrong = (box for box in page.text_input if box.key.startswith("u_mend_"))
    return [html.unescape(box.label) for box in wrong]


def mend(page, at, value):
    boxes = [box for box in page.text_input if box.key.startswith("u_mend_")]
    return boxes[at].set_value(value).run()


def test_a_wrong_cell_is_listed_with_its_place_and_saved_once_it_is_put_right(page, store):
    upload(page, workbook(WRONG))
    assert not page.exception
    (line,) = lines(page)
    assert "Sheet1 G2 · Ngày quyết định" in line
    assert "không phải là ngày" in line
    assert _("Save as a draft") not in labels(page)
    assert _("Nothing is saved.") in said(page)
    assert store.journal(REAL)["action"].tolist() == ["fill"]
    mend(page, 0, "29/02/2024")
    assert lines(page) == []
    press(page, _("Save as a draft"))
    assert store.load(REAL).sites.loc["HG-ST-90", "decision_date"] == pd.Timestamp(2024, 2, 29)


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
    assert "chờ duyệt" in said(page)
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


def test_what_is_no_table_is_refused_in_a_sentence_and_not_read_again(page, monkeypatch):
    upload(page, b"%PDF-1.4", "a.xlsx")
    assert "là tệp PDF" in page.error[0].value
    assert not page.exception
    monkeypatch.setattr(uploads.apart, "read", lambda *_given: pytest.fail("read again"))
    page.run()
    assert "là tệp PDF" in page.error[0].value


def test_the_data_as_it_is_changes_nothing_and_is_not_saved(page, store):
    known = store.load(REAL)
    upload(page, exported(known, "xlsx"))
    assert f"{len(known.sites) + len(known.evidence)} dòng" in said(page)
    assert _("Save as a draft") not in labels(page)


def test_a_reviewer_has_no_such_page(store, monkeypatch):  # noqa: ARG001 - the app opens it
    monkeypatch.setattr(access, "person", lambda: BINH)
    app = AppTest.from_file(HOME / "app.py", default_timeout=60).run()
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        app.switch_page("pages/steward/entry.py")


OWN = {key: GOOD[key] for key in ("Loại cơ sở", "Tên cơ sở", "Tọa độ", "Sai số vị trí (m)")}
OWN |= {"Số điện thoại": "0293 3876 543", "Doanh thu 2023": "1.234"}
KEEP = "Dùng cách ghép này và ghi nhớ"


def test_a_column_nobody_knows_is_offered_with_its_likeliest_place_and_remembered(page, store):
    upload(page, workbook(OWN))
    assert "2 cột không đưa vào: Số điện thoại (E), Doanh thu 2023 (F)" in said(page)
    phone = next(box for box in page.selectbox if "Số điện thoại" in box.label)
    assert "0293 3876 543" in phone.label
    assert phone.value == "contact_phone"
    press(page, KEEP)
    assert "Doanh thu 2023" in said(page)
    assert KEEP not in labels(page)
    press(page, _("Save as a draft"))
    assert store.load(REAL).sites["contact_phone"].dropna().tolist() == ["0293 3876 543"]
    assert "headings" in store.journal(REAL)["action"].tolist()
    upload(page, workbook(OWN | {"Tên cơ sở": "Siêu thị khác", "Tọa độ": "9,7745; 105,4711"}))
    assert KEEP not in labels(page)
    assert _("Save as a draft") in labels(page)


def test_a_table_of_no_known_column_can_still_be_taken_in(page, store):
    rows = {"Điểm bán": "Siêu thị Lạ", "Kiểu": "Siêu thị", "Nơi chốn": "9,7845; 105,4701"}
    upload(page, workbook(rows))
    name = next(box for box in page.selectbox if "Điểm bán" in box.label)
    name.set_value("name_vi")
    press(page, KEEP)
    assert not page.exception
    press(page, _("Save as a draft"))
    assert "Siêu thị Lạ" in store.load(REAL).sites["name_vi"].tolist()


def test_what_stands_in_many_cells_is_put_right_once(page):
    rows = [
        WRONG | {"Mã cơ sở": f"HG-ST-{90 + n}", "Tên cơ sở": name, "Tọa độ": f"9,78{n}5; 105,4701"}
        for n, name in enumerate(("Siêu thị Sen", "Cửa hàng Mận", "Chợ Ba Láng"))
    ]
    upload(page, workbook(*rows))
    (line,) = (line for line in lines(page) if "Ngày quyết định" in line)
    assert "G2, Sheet1 G3, Sheet1 G4" in line
    mend(page, lines(page).index(line), "29/02/2024")
    assert not [line for line in lines(page) if "Ngày quyết định" in line]


def test_a_suggestion_is_one_click_away(page):
    upload(page, workbook(GOOD | {"Loại cơ sở": "Siêu thij"}))
    (take,) = (button for button in page.button if str(button.key).endswith("_take"))
    take.click().run()
    assert lines(page) == []
    assert _("Save as a draft") in labels(page)


def test_cells_put_right_are_no_answers_to_questions(page):
    upload(page, workbook(WRONG, GOOD | {"Mã cơ sở": "HG-ST-91"}))
    mend(page, 0, "29/02/2024")
    assert "Đã trả lời" not in said(page)


def test_blank_cells_keep_what_is_known_unless_a_tick_says_that_they_empty_it(page, store):
    known = store.load(REAL).sites.loc["HG-ST-01"]
    row = {"Mã cơ sở": "HG-ST-01", "Tên cơ sở": known["name_vi"], "Loại cơ sở": "Siêu thị"}
    upload(page, workbook(row | {"Chủ đầu tư, đơn vị quản lý": None, "Năm thành lập": 2008}))
    assert "Ô trống giữ nguyên 1 giá trị đang có" in said(page)
    (tick,) = (box for box in page.checkbox if box.label == _("Blank cells mean: empty the value"))
    tick.check().run()
    assert "Ô trống sẽ xóa 1 giá trị đang có" in said(page)
    press(page, _("Save as a draft"))
    saved = store.load(REAL).sites.loc["HG-ST-01"]
    assert pd.isna(saved["operator"])
    assert saved["year"] == 2008
