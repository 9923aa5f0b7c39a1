"""One event at many sites on the screen: chosen, foretold, asked about, saved and mended as one."""

import pytest
from streamlit.testing.v1 import AppTest

from geodata.core.text import _
from geodata.people.access import Person
from geodata.store import REAL
from geodata.store import drafts as kept_drafts
from geodata.store.drafts import Drafts
from pages.parts.shared import access
from pages.parts.shared.data import HOME
from pages.parts.steward import site_picker
from tests.pages.opening import screen_at
from tests.pages.steward.conftest import LAN
from tests.pages.steward.test_editing import SITE, answer, press, said, topics

VILLAGES = ["HG-LN-05", "HG-LN-06", "HG-LN-07"]
HOA = Person("hoa@example.vn", "Hòa", frozenset({"steward"}))


def opened(**query):
    return screen_at("editing", **query).run()


@pytest.fixture
def screen(store):  # noqa: ARG001 - the app opens it
    return opened


def widget(app, kind, ending):
    (one,) = (w for w in getattr(app, kind) if w.key and w.key.endswith(ending))
    return one


def sites(app):
    return widget(app, "multiselect", "_subjects")


def begun(screen):
    return press(screen(), _("Add an event at several sites"))


def filled(app, day="5/6/2025", **more):
    for column, text in ({"event_date": day, "grade": "A"} | more).items():
        answer(app, column).set_value(text)
    return topics(app).set_value(["scp"]).run()


def training(screen, **more):
    app = begun(screen)
    sites(app).set_value(VILLAGES)
    return filled(app, organiser="Sở Công Thương", **more)


def events_of(store):
    records = store.load(REAL).evidence
    return records[records["event"].notna().to_numpy()]


# --- choosing ------------------------------------------------------------------------------


def test_a_training_at_three_villages_is_one_entry_and_shown_as_one_event(screen, store):
    app = training(screen, last_day="7/6/2025")
    assert "3 cơ sở (HG-LN-05, HG-LN-06, HG-LN-07) sẽ chuyển thành “Đã được phổ biến”" in said(app)
    app = press(app, _("Save as a draft"))
    assert not app.exception
    assert "sự kiện SK-0001: minh chứng của 3 cơ sở" in said(app)
    rows = events_of(store)
    assert rows["subject"].tolist() == VILLAGES
    assert set(rows["date_text"]) == {"05/06/2025–07/06/2025"}
    entry = store.journal(REAL).iloc[0]
    assert (entry["action"], entry["evidence"]) == ("edit", 3)
    assert "Sự kiện SK-0001 · 3 cơ sở" in said(app)
    assert "05/06/2025–07/06/2025" in said(app)


def test_all_sites_of_a_unit_and_a_pasted_list_join_those_chosen(screen):
    app = begun(screen)
    app = widget(app, "button_group", "_way").set_value(site_picker.UNIT).run()
    widget(app, "selectbox", "_way_kind").set_value("craft_village").run()
    widget(app, "selectbox", "_way_unit").set_value(("district_legacy", "932")).run()
    app = app.button(key="real_new_many_unit_add").click().run()
    here = sites(app).value
    assert here
    app = widget(app, "button_group", "_way").set_value(site_picker.PASTED).run()
    widget(app, "text_area", "_way_list").set_value("hg st 1\nKhông có làng này").run()
    app = app.button(key="real_new_many_list_add").click().run()
    assert sites(app).value == [*here, "HG-ST-01"]
    assert "“Không có làng này” không có trong danh mục" in said(app)
    assert widget(app, "text_area", "_way_list").value == "Không có làng này"
    app = sites(app).unselect("HG-ST-01").run()
    assert sites(app).value == here


def test_an_area_drawn_on_the_map_adds_what_lies_in_it(screen, monkeypatch):
    events = []
    monkeypatch.setattr(site_picker.map_view, "render", lambda *a, **_k: events.append(a[3]))
    app = begun(screen)
    app = widget(app, "button_group", "_way").set_value(site_picker.AREA).run()
    assert not app.exception
    assert events


def test_without_sites_nothing_is_saved_and_what_is_missing_is_named(screen, store):
    app = filled(begun(screen))
    assert "Cơ sở tham gia" in said(app)
    app = press(app, _("Save as a draft"))
    assert "ít nhất một cơ sở" in said(app)
    assert store.journal(REAL)["action"].tolist() == ["fill"]


def test_on_a_site_s_own_screen_other_sites_can_join(screen, store):
    app = screen(site=SITE)
    app = app.button_group(key="edit_part").set_value("evidence").run()
    app = press(app, _("Add evidence"))
    assert sites(app).value == [SITE]
    sites(app).set_value([SITE, *VILLAGES])
    app = press(filled(app), _("Save as a draft"))
    assert events_of(store)["subject"].tolist() == [SITE, *VILLAGES]
    assert "Sự kiện SK-0001 · 4 cơ sở" in said(app)


# --- mending -------------------------------------------------------------------------------


def test_an_event_is_corrected_as_one_and_a_site_taken_out(screen, store):
    app = press(training(screen), _("Save as a draft"))
    app = app.button(key="event_SK-0001").click().run()
    assert sites(app).value == VILLAGES
    answer(app, "organiser").set_value("Chi cục")
    sites(app).set_value(VILLAGES[:2])
    app = press(app, _("Save as a draft"))
    assert not app.exception
    rows = events_of(store).tail(3)
    assert rows["kind"].tolist() == ["held", "held", "withdraw"]
    assert rows["organiser"].tolist()[:2] == ["Chi cục", "Chi cục"]
    assert "Sự kiện SK-0001 · 2 cơ sở" in said(app)


def test_an_event_is_withdrawn_as_one(screen, store):
    app = press(training(screen), _("Save as a draft"))
    app = app.button(key="call_off_SK-0001").click().run()
    answer(app, "summary_vi").set_value("nhập nhầm").run()
    assert "3 cơ sở" in said(app)
    assert "“Chưa có dữ liệu”" in said(app)
    app = press(app, _("Save as a draft"))
    assert not app.exception
    assert events_of(store)["kind"].tolist() == ["held"] * 3 + ["withdraw"] * 3
    assert "SK-0001 ·" not in said(app)


# --- before saving -------------------------------------------------------------------------


def test_an_event_entered_already_is_asked_about_before_it_is_saved(screen, store):
    press(training(screen), _("Save as a draft"))
    app = begun(screen)
    sites(app).set_value([*VILLAGES[1:], "HG-LN-08"])
    app = filled(app, organiser="sở công thương")
    assert "Tại 2 cơ sở đã có minh chứng cùng ngày" in said(app)
    app = press(app, _("Save as a draft"))
    assert "hãy trả lời câu hỏi" in said(app)
    assert len(events_of(store)) == 3
    app = app.button(key="real_new_many_same").click().run()
    assert sites(app).value == ["HG-LN-08"]
    app = sites(app).set_value(["HG-LN-07", "HG-LN-08"]).run()
    app = app.button(key="real_new_many_other").click().run()
    press(app, _("Save as a draft"))
    assert len(events_of(store)) == 5


def test_one_record_entered_already_is_given_up_or_saved(screen, store):
    def entered():
        app = screen(site=SITE)
        app = app.button_group(key="edit_part").set_value("evidence").run()
        return filled(press(app, _("Add evidence")))

    press(entered(), _("Save as a draft"))
    app = entered()
    assert "Có phải là cùng một sự kiện không?" in said(app)
    app = app.button(key=f"real_new_{SITE}_same").click().run()
    assert answer(app, "event_date").value == ""
    assert len(store.load(REAL).evidence) == 50


def test_why_a_record_does_not_count_is_said_before_it_is_saved(screen):
    app = training(screen)
    for more, words in (
        ({"event_date": "5/6/2026", "grade": "A"}, "ngoài kỳ"),
        ({"event_date": "5/6/2025", "grade": "D"}, "không được tính"),
        ({"event_date": "5/6/2025", "grade": "C"}, "chờ xác minh"),
    ):
        assert words not in said(app)
        for column, text in more.items():
            answer(app, column).set_value(text)
        assert words in said(app.run())


# --- own drafts ----------------------------------------------------------------------------


def test_what_was_typed_is_there_again_at_the_next_sign_in(screen, store):
    training(screen)
    (kept,) = Drafts(store, REAL, LAN).listed()
    assert kept.answers["subjects"] == ";".join(VILLAGES)
    app = screen()
    assert "Sự kiện mới tại nhiều cơ sở – nhập dở lúc" in said(app)
    app = app.button(key="real_new_many_go_on").click().run()
    assert sites(app).value == VILLAGES
    assert answer(app, "organiser").value == "Sở Công Thương"
    assert "Tệp đính kèm không được giữ" in said(app)
    press(app, _("Save as a draft"))
    assert len(events_of(store)) == 3
    assert Drafts(store, REAL, LAN).listed() == []
    assert "nhập dở lúc" not in said(screen())


def test_a_draft_given_up_is_gone_for_good(screen, store):
    training(screen)
    app = screen()
    app.button(key="real_new_many_give_up").click().run()
    assert Drafts(store, REAL, LAN).listed() == []
    training(screen)
    app = screen().button(key="real_new_many_go_on").click().run()
    press(app, _("Discard this unfinished form"))
    assert Drafts(store, REAL, LAN).listed() == []


def test_a_draft_of_a_site_is_restored_and_what_others_changed_is_shown(screen, store):
    app = screen(site=SITE)
    name = next(w for w in app.text_input if w.key == f"real_site_{SITE}_name_vi")
    before = name.value
    name.set_value("Tên đang sửa").run()
    app = screen()
    assert "nhập dở lúc" in said(app)
    app = app.button(key=f"real_site_{SITE}_go_on").click().run()
    name = next(w for w in app.text_input if w.key == f"real_site_{SITE}_name_vi")
    assert name.value == "Tên đang sửa"
    name.set_value(before).run()
    assert Drafts(store, REAL, LAN).listed() == []


def test_nobody_sees_the_drafts_of_another(screen, store, monkeypatch):
    training(screen)
    monkeypatch.setattr(access, "person", lambda: HOA)
    app = screen()
    assert "nhập dở" not in said(app)
    assert sites(press(app, _("Add an event at several sites"))).value == []
    assert len(Drafts(store, REAL, LAN).listed()) == 1


def test_a_draft_too_long_to_be_kept_is_said_and_stays_on_the_screen(screen, store, monkeypatch):
    monkeypatch.setattr(kept_drafts, "LONGEST", 100)
    app = training(screen)
    assert "không được giữ lại" in said(app)
    assert sites(app).value == VILLAGES
    press(app, _("Save as a draft"))
    assert len(events_of(store)) == 3


def test_what_a_draft_was_about_may_be_gone_meanwhile(screen, store):
    app = press(training(screen), _("Save as a draft"))
    app = app.button(key="event_SK-0001").click().run()
    answer(app, "organiser").set_value("Chi cục").run()
    store.undo(REAL, 2, who=HOA)
    app = screen()
    assert "không còn nữa" in said(app)
    app = app.button(key="real_event_SK-0001_give_up").click().run()
    assert not app.exception
    assert Drafts(store, REAL, LAN).listed() == []


def test_the_passport_of_a_site_names_the_event_and_its_days(screen, monkeypatch):
    monkeypatch.setattr(site_picker.map_view, "render", lambda *_a, **_k: None)
    press(training(screen, last_day="7/6/2025"), _("Save as a draft"))
    app = AppTest.from_file(HOME / "app.py", default_timeout=60)
    app.query_params["site"] = VILLAGES[0]
    text = said(app.run())
    assert "Sự kiện SK-0001 · 3 cơ sở" in text
    assert "05/06/2025–07/06/2025" in text
