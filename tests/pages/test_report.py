"""“Báo sai” in a passport: where it is offered, what it says, and that nothing typed is lost."""

import html

import pytest

from geodata.intake import laid, spool
from geodata.people.turns import Turns
from geodata.register.ids import REAL
from geodata.register.reports import PublicReport
from geodata.store.inbox import Inbox
from pages.parts.map import report
from pages.parts.server import reports
from tests.entering import STEWARD
from tests.pages.conftest import HIDDEN

SITE = "HG-ST-01"
BUTTON, SEND = "Báo sai", "Gửi đến cơ quan"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    folder = tmp_path / "spool"
    folder.mkdir()
    monkeypatch.setenv("HG_SPOOL", str(folder))
    monkeypatch.setattr(reports, "_turns", Turns())
    monkeypatch.setattr(report, "_place", lambda: "203.0.113.7")  # AppTest has none
    return folder


def labels(app):
    return [button.label for button in app.button]


def press(app, label):
    (button,) = (one for one in app.button if one.label == label)
    button.click().run()
    assert not app.exception
    return app


def filled(app, words="Đã chuyển đi", topic="closed"):
    (radio,) = (one for one in app.radio if one.label == "Nội dung sai")
    radio.set_value(topic)
    (area,) = app.text_area
    area.set_value(words)
    return app


def test_without_a_spool_there_is_no_button_and_no_word_of_it(open_app):
    app = open_app(site=SITE, report="1")
    assert BUTTON not in labels(app)
    assert not app.text_area


def test_a_report_is_handed_over_and_has_a_number(open_app, folder):
    app = press(open_app(site=SITE), BUTTON)
    app = press(filled(app), SEND)
    (name,) = laid.names(folder)
    one = laid.judged(folder, name)
    assert one.report == PublicReport(SITE, "closed", "Đã chuyển đi", "")
    (done,) = app.success
    assert f"{one.number[:5]}-{one.number[5:]}" in done.value
    assert not app.text_area
    app = press(press(app, BUTTON), BUTTON)  # the next one begins empty
    assert app.text_area[0].value == ""


def test_a_link_opens_the_form_and_the_address_forgets_it(open_app, folder, shown):  # noqa: ARG001
    app = open_app(site=SITE, report="1")
    assert app.text_area
    assert shown(app).address() == {"site": SITE}


def test_what_is_missing_is_said_and_what_was_typed_stays(open_app, folder):
    app = press(open_app(site=SITE, report="1"), SEND)
    assert [one.value for one in app.error]
    app.text_area[0].set_value("Sai tên")
    app = press(app, SEND)
    assert (app.text_area[0].value, laid.names(folder)) == ("Sai tên", [])


def test_what_was_typed_is_there_again_after_another_site_and_gone_once_sent(open_app, folder):
    app = filled(open_app(site=SITE, report="1"), "Sai tên").run()
    for where in ("HG-ST-03", SITE):
        app.query_params["site"] = where
        app.run()
        assert len(app.text_area) == (where == SITE)
    app = press(press(app, BUTTON), BUTTON)
    assert (app.text_area[0].value, app.radio(key=f"report_topic_{SITE}").value) == (
        "Sai tên",
        "closed",
    )
    app = press(press(press(app, SEND), BUTTON), BUTTON)
    assert (app.text_area[0].value, len(laid.names(folder))) == ("", 1)


@pytest.mark.parametrize("wrong", ["full", "missing", "often"])
def test_what_cannot_be_taken_is_said_and_what_was_typed_stays(
    open_app, folder, monkeypatch, wrong
):
    if wrong == "missing":
        folder.rmdir()
    elif wrong == "full":
        monkeypatch.setattr(spool, "MOST_FILES", 0)
    else:
        monkeypatch.setattr(reports, "OF_ALL", 1)
        reports._turns.take({"*": 1}, reports.now())
    app = press(filled(open_app(site=SITE, report="1")), SEND)
    (error,) = app.error
    assert "vẫn còn đây" in error.value
    assert app.text_area[0].value == "Đã chuyển đi"


def test_neither_a_private_site_nor_the_simulated_data_has_one(open_app, folder):  # noqa: ARG001
    app = open_app(site=HIDDEN, report="1")
    assert not app.text_area
    app = open_app(workspace="simulated", report="1")
    assert BUTTON not in labels(app)


def test_the_answer_stands_in_the_passport_as_text(open_app, store, shown):
    inbox = Inbox(store, REAL, STEWARD)
    for number in ("AAAAAAAAAA", "BBBBBBBBBB"):
        inbox.add(number, PublicReport(SITE, "place", "WORDS-QX7Z"), b"", reports.now(), number)
    inbox.answer("AAAAAAAAAA", "Đã chuyển <b>điểm</b>", mended=True)
    written = html.unescape(markup := shown(open_app(site=SITE)).text())
    assert "đã sửa ngày" in written
    assert "Chưa trả lời: 1" in written
    assert "<b>" not in markup.replace("</b>", "")
    assert "WORDS-QX7Z" not in written


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("203.0.113.7", "203.0.113.7", True),
        ("203.0.113.7", "203.0.113.8", False),
        ("::ffff:203.0.113.7", "203.0.113.7", True),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("", "", True),
    ],
)
def test_a_place_is_an_address_or_the_network_of_a_home(one, other, same):
    assert (reports._network(one) == reports._network(other)) is same
