"""Editing on screen: what a steward types is answered at once, kept, saved as a draft – or not."""

import html
import io

import pytest
from PIL import Image

from geodata import intake
from geodata.core.names import unaccent
from geodata.core.text import _
from geodata.people.access import Person
from geodata.stewardship.records import documents_of
from geodata.store import REAL, SIMULATED, Change
from tests.pages.opening import screen_at

HOA = Person("hoa@example.vn", "Hòa", frozenset({"steward"}))
SITE = "HG-ST-01"
VI_TAN = "9,7845; 105,4701"


@pytest.fixture
def desk(store):  # noqa: ARG001 - the app opens it
    def run(**query):
        return screen_at("editing", **query).run()

    return run


def field(app, column, name=""):
    """The widget of an answer, whatever kind of widget it is."""
    ending = f"_site_{name}_{column}"
    every = (*app.text_input, *app.selectbox, *app.text_area)
    (found,) = (w for w in every if w.key and w.key.endswith(ending))
    return found


def press(app, label):
    (found,) = (button for button in app.button if button.label == label)
    return found.click().run()


def said(app):
    """All sentences on the screen, as a person reads them."""
    every = (*app.markdown, *app.caption, *app.error, *app.warning, *app.success, *app.info)
    text = "\n".join(html.unescape(str(element.value)) for element in every)
    return text.replace("\u2068", "").replace("\u2069", "").replace("\u2060", "")


def new_site(desk, **answers):
    app = press(desk(), _("Add a site"))
    for column, text in answers.items():
        field(app, column).set_value(text)
    return app.run()


GOOD = {"kind": "supermarket", "name_vi": "Siêu thị Mới", "position": VI_TAN}


# --- a site --------------------------------------------------------------------------------


def test_a_position_is_answered_at_once_with_the_commune_it_lies_in(desk):
    app = new_site(desk, position=VI_TAN)
    assert "Phường Vị Tân" in said(app)
    field(app, "commune_2025").set_value("31366").run()
    assert "Không khớp" in said(app)
    (use,) = (b for b in app.button if "Phường Vị Tân" in html.unescape(b.label))
    app = use.click().run()
    assert field(app, "commune_2025").value == "31333"
    assert "Khớp với đơn vị hành chính đã chọn" in said(app)


POSITIONS = [
    ("9°47'04\"N 105°28'12\"E", "Phường Vị Tân"),
    ("X 1082345; Y 551234", "105°00′"),
    ("Vị Thanh", "không phải là"),
    ("1082345,0 551234,0", "Phường Vị Tân"),
    ("21,03; 105,85", "ngoài địa bàn"),
]


def test_every_way_of_writing_a_position_gets_an_answer(desk):
    app = new_site(desk)
    for text, told in POSITIONS:
        assert told not in said(app)
        field(app, "position").set_value(text).run()
        assert not app.exception
        assert told in said(app)


def test_a_new_site_is_saved_as_a_draft_the_public_does_not_see(desk, store):
    app = new_site(desk, **GOOD, position_accuracy_m="10")
    app = press(app, _("Save as a draft"))
    assert not app.exception
    assert "Đã lưu" in said(app)
    assert "chờ duyệt" in said(app)
    row = store.load(REAL).sites.loc["HG-ST-04"]
    assert (row["lat"], row["lon"], row["commune_2025"]) == (9.7845, 105.4701, "31333")
    assert "HG-ST-04" not in store.load(REAL, published=True).sites.index
    entry = store.journal(REAL).iloc[0]
    assert (entry["who"], entry["action"], entry["sites"]) == ("lan@example.vn", "edit", 1)


WRONG = [
    ("position_accuracy_m", "", "10", "sai số vị trí"),
    ("position_accuracy_m", "gần", "10", "không phải là số"),
    ("name_vi", " ", GOOD["name_vi"], "Hãy điền"),
    ("position", "ở chợ", VI_TAN, "không phải là"),
    ("decision_date", "31/02/2024", "", "không phải là ngày"),
    ("area_ha", "1.234,5,6", "", "không phải là số"),
    ("decision_date", "1/2/2024", "", "số quyết định"),
    ("valid_to", "31/12/1990", "", "trước ngày bắt đầu"),
]


def test_a_wrong_answer_gets_a_sentence_and_nothing_is_saved(desk, store):
    app = new_site(desk, **GOOD, position_accuracy_m="10", valid_from="01/01/2000")
    for column, text, right, told in WRONG:
        field(app, column).set_value(text)
        app = press(app, _("Save as a draft"))
        assert told in said(app), column
        assert store.journal(REAL)["action"].tolist() == ["fill"]
        assert field(app, "kind").value == "supermarket"
        field(app, column).set_value(right)
        assert told not in said(app.run()), column


def test_what_was_typed_outlives_other_screens_and_other_sites(desk):
    app = desk(site=SITE)
    field(app, "name_vi", SITE).set_value("Tên đang sửa").run()
    app.switch_page("pages/map.py").run()
    app.switch_page("pages/steward/editing.py").run()
    assert field(app, "name_vi", SITE).value == "Tên đang sửa"
    app = press(app, _("Choose another site"))
    other = "HG-ST-03"
    app.session_state["find_site_chosen"] = f"site:{other}"
    app = app.run()
    assert field(app, "name_vi", other).value != "Tên đang sửa"
    assert not app.exception


def test_a_change_somebody_else_made_meanwhile_is_shown_and_not_lost(desk, store):
    app = desk(site=SITE)
    field(app, "name_vi", SITE).set_value("Tên của Lan").run()
    now = store.load(REAL)
    theirs = now.sites.loc[[SITE]].assign(operator="Hòa sửa")
    change = Change(theirs, replaces=frozenset({SITE}))
    store.write(REAL, change, who=HOA, origin="screen", action="edit", based_on=now.revision)
    app = press(app, _("Save as a draft"))
    assert "người khác đã" in unaccent_free(said(app))
    assert store.load(REAL).sites.loc[SITE, "name_vi"] != "Tên của Lan"
    assert field(app, "name_vi", SITE).value == "Tên của Lan"
    assert "Hòa sửa" in said(app)
    app = press(app, _("I have seen it; keep what I changed and take over the rest"))
    press(app, _("Save as a draft"))
    row = store.load(REAL).sites.loc[SITE]
    assert (row["name_vi"], row["operator"]) == ("Tên của Lan", "Hòa sửa")


def unaccent_free(text):
    return text.replace("Người", "người").replace("Có người", "có người")


def test_another_state_is_asked_for_its_day_and_what_it_was_stays_in_sight(desk, store):
    app = desk(site=SITE)
    field(app, "lifecycle", SITE).set_value("suspended").run()
    assert "từ ngày nào?" in said(app)
    app = press(app, _("Save as a draft"))
    assert store.journal(REAL)["action"].tolist() == ["fill"]
    field(app, "valid_from", SITE).set_value("1/2/2025").run()
    assert "từ ngày nào?" not in said(app)
    assert "Tạm ngừng** từ 01/02/2025" in said(app)
    app = press(app, _("Save as a draft"))
    row = store.load(REAL).sites.loc[SITE]
    assert (row["lifecycle"], f"{row['valid_from']:%d/%m/%Y}") == ("suspended", "01/02/2025")
    assert row["history"].startswith("operating")
    assert "Đang hoạt động** (không ghi từ ngày nào)" in said(app)


def test_what_was_recorded_in_error_is_corrected_and_left_out(desk, store):
    now = store.load(REAL)
    wrong = now.sites.loc[[SITE]].assign(
        lifecycle="closed", history="operating; planned | 2020-01-01"
    )
    change = Change(wrong, replaces=frozenset({SITE}))
    store.write(REAL, change, who=HOA, origin="screen", action="edit", based_on=now.revision)
    app = desk(site=SITE)
    field(app, "lifecycle", SITE).set_value("operating").run()
    assert "Đính chính" in said(app)
    (tick,) = (box for box in app.checkbox if box.label.startswith("Đính chính"))
    app = tick.set_value(True).run()
    assert "“Quy hoạch” từ ngày 01/01/2020" in said(app)
    app = app.button(key=f"real_site_{SITE}_leave_1").click().run()
    press(app, _("Save as a draft"))
    row = store.load(REAL).sites.loc[[SITE]]
    assert row["lifecycle"].tolist() == ["operating"]
    assert row["history"].isna().all()


def test_no_field_asks_for_a_status(desk):
    app = desk(site=SITE)
    labels = [unaccent(w.label) for w in (*app.selectbox, *app.text_input, *app.text_area)]
    assert not [label for label in labels if "pho bien" in label or "dap ung" in label]


def test_the_simulated_workspace_is_edited_by_itself(desk, store):
    app = desk(workspace=SIMULATED)
    app = press(app, _("Add a site"))
    for column, text in (GOOD | {"position_accuracy_m": "10"}).items():
        field(app, column).set_value(text)
    press(app, _("Save as a draft"))
    assert len(store.load(SIMULATED).sites) == 41
    assert len(store.load(REAL).sites) == len(intake.shipped_sites())


# --- evidence ------------------------------------------------------------------------------


def evidence_of(desk, site=SITE):
    app = desk(site=site)
    return app.button_group(key="edit_part").set_value("evidence").run()


def picture(colour):
    written = io.BytesIO()
    Image.new("RGB", (30, 20), colour).save(written, "PNG")
    return written.getvalue()


def answer(app, column):
    every = (*app.text_input, *app.selectbox, *app.text_area)
    (found,) = (w for w in every if w.key and w.key.endswith(f"_{column}"))
    return found


def topics(app):
    (found,) = (m for m in app.multiselect if m.key and m.key.endswith("_topics"))
    return found


def test_a_record_with_a_document_is_entered_superseded_and_withdrawn(desk, store, tmp_path):
    app = press(evidence_of(desk), _("Add evidence"))
    answer(app, "event_date").set_value("5/6/2026")
    answer(app, "organiser").set_value("Sở Công Thương")
    answer(app, "grade").set_value("A")
    topics(app).set_value(["scp"])
    app.file_uploader[0].set_value([("biên bản.pdf", picture("red"), "application/pdf")]).run()
    assert "biên bản.png" in said(app)
    app = press(app, _("Save as a draft"))
    assert not app.exception
    (record,) = store.load(REAL).evidence.query("organiser == 'Sở Công Thương'")["id"]
    (document,) = documents_of(store.load(REAL).documents, record)["id"]
    assert (tmp_path / "documents" / document[:2] / document).read_bytes() == picture("red")
    assert "biên bản.png" in next(html.unescape(b.label) for b in app.get("download_button"))

    app = app.button(key=f"supersede_{record}").click().run()
    assert answer(app, "event_date").value == "05/06/2026"
    answer(app, "event_date").set_value("6/6/2026")
    app = press(app, _("Save as a draft"))
    later = store.load(REAL).evidence.set_index("supersedes").loc[record]
    assert f"{later['event_date']:%d/%m}" == "06/06"
    assert f"supersede_{record}" not in [b.key for b in app.button]

    app = app.button(key=f"withdraw_{later['id']}").click().run()
    app = press(app, _("Save as a draft"))
    assert "lý do" in said(app)
    answer(app, "summary_vi").set_value("nhập nhầm cơ sở")
    app = press(app, _("Save as a draft"))
    (gone,) = store.load(REAL).evidence.query("kind == 'withdraw'")["refers_to"]
    assert gone == later["id"]


def test_a_wrong_record_is_not_saved(desk, store):
    app = press(evidence_of(desk), _("Add evidence"))
    answer(app, "event_date").set_value("5/6/2026")
    assert "Hãy điền" in said(press(app, _("Save as a draft")))
    answer(app, "grade").set_value("A")
    for column, text, right, told in (
        ("event_date", "32/1/2026", "5/6/2026", "không phải là ngày"),
        ("event_date", "1/1/2099", "5/6/2026", "chưa đến"),
        ("participants", "nhiều", "", "không phải là số"),
        ("scope", "", "", "không ghi phạm vi"),
    ):
        answer(app, column).set_value(text)
        app = press(app, _("Save as a draft"))
        assert told in said(app), column
        assert store.journal(REAL)["action"].tolist() == ["fill"]
        answer(app, column).set_value(right)


def test_an_event_needs_a_topic_in_any_spelling(desk, store):
    app = press(evidence_of(desk), _("Add evidence"))
    answer(app, "event_date").set_value("5/6/2026")
    answer(app, "grade").set_value("A").run()
    assert "không ghi chủ đề" not in said(app)
    app = press(app, _("Save as a draft"))
    assert "không ghi chủ đề" in said(app)
    app = topics(app).set_value(["SXTDBV"]).run()
    assert topics(app).value == ["scp"]
    press(app, _("Save as a draft"))
    assert store.load(REAL).evidence.iloc[-1]["topic"] == "scp"


def test_what_a_site_declares_of_itself_is_answered_criterion_by_criterion(desk):
    app = press(evidence_of(desk), _("Add evidence"))
    answer(app, "axis").set_value("compliance").run()
    answer(app, "kind").set_value("self_declared").run()
    assert answer(app, "profile").options


def test_a_file_that_is_none_is_refused_beside_the_field(desk, tmp_path):
    app = press(evidence_of(desk), _("Add evidence"))
    app.file_uploader[0].set_value([("virus.pdf", b"MZ\x90\0", "application/pdf")]).run()
    assert "PDF, DOCX, PNG hay JPEG" in said(app)
    assert not (tmp_path / "documents").exists()


def test_a_check_is_answered_criterion_by_criterion(desk, store):
    app = press(evidence_of(desk), _("Add evidence"))
    answer(app, "axis").set_value("compliance").run()
    answer(app, "event_date").set_value("5/6/2026")
    answer(app, "grade").set_value("A")
    answer(app, "profile").set_value("ND08-64").run()
    answer(app, "method").set_value("inspection")
    for criterion in ("R3", "R4"):
        group = next(g for g in app.button_group if g.key and g.key.endswith(f"_{criterion}"))
        app = group.set_value("yes").run()
    press(app, _("Save as a draft"))
    row = store.load(REAL).evidence.iloc[-1]
    assert (row["kind"], row["answers"]) == ("check", "R3=yes;R4=yes")


def test_evidence_of_a_district_needs_no_site(desk, store):
    app = desk()
    app.selectbox(key="record_subject_real_").set_value("932").run()
    app = press(app, _("Add evidence"))
    answer(app, "event_date").set_value("5/6/2026")
    answer(app, "grade").set_value("A")
    topics(app).set_value(["sustainable_lifestyle"])
    press(app, _("Save as a draft"))
    assert store.load(REAL).evidence.iloc[-1]["subject"] == "932"


def test_a_new_site_much_like_another_one_nearby_is_asked_about(desk, store):
    row = store.load(REAL).sites.loc[SITE]
    position = f"{row['lat']:.5f}; {row['lon']:.5f}".replace(".", ",")
    like = {"kind": "supermarket", "name_vi": row["name_vi"], "position": position}
    app = new_site(desk, **like, position_accuracy_m="10")
    assert "có phải là cùng một cơ sở không" in said(app).lower()
    app = press(app, _("Save as a draft"))
    assert "hãy trả lời câu hỏi" in said(app)
    assert store.journal(REAL)["action"].tolist() == ["fill"]
    app = press(app, _("Two different sites: save both"))
    press(app, _("Save as a draft"))
    assert "HG-ST-04" in store.load(REAL).sites.index
