"""Briefings given: noted by a steward, then one click away for everybody who compares."""

from datetime import date

import pytest

from geodata.reading.view import View
from geodata.stewardship import history
from geodata.store import REAL
from pages.parts.shared import data
from tests.entering import STEWARD

GIVEN = date(2024, 6, 30)
LAST = "Lần trình trước: 30/06/2024"
NOTE = "Ghi nhận đã trình"


@pytest.fixture
def opened(enter):
    def run(**query):
        return enter("pages/briefing.py", as_of="2024-12-31", **query)

    return run


@pytest.fixture
def given(drafts):
    drafts.remember(REAL, history.noted(View(GIVEN, unit="930")), who=STEWARD)


def test_a_steward_notes_that_a_briefing_was_given(opened, drafts):
    screen = opened(unit="930").press(NOTE)
    assert "số liệu đến 31/12/2024" in screen.text()
    (note,) = drafts.given(REAL)
    assert history.given_on(note) == date(2024, 12, 31)
    assert "unit=930" in note
    assert drafts.journal(REAL)["who"].iloc[0] == STEWARD.email


@pytest.mark.usefixtures("given")
@pytest.mark.parametrize("mode", ["public", "steward"])
def test_the_last_briefing_is_one_click_away(opened, monkeypatch, mode):
    monkeypatch.setenv("HG_MODE", mode)
    data.store.clear()
    screen = opened()
    assert (NOTE in screen.labels()) == (mode == "steward")
    screen.press(LAST)
    assert screen.app.query_params["compare"] in ("2024-06-30", ["2024-06-30"])
    assert LAST not in screen.labels()


@pytest.mark.usefixtures("given")
def test_a_briefing_of_a_later_day_is_not_compared_with(enter):
    labels = enter("pages/briefing.py", as_of="2024-06-30").labels()
    assert not any("Lần trình trước" in label for label in labels)


@pytest.mark.usefixtures("given")
def test_the_public_is_told_the_day_and_not_who_gave_it(opened, shown, monkeypatch):
    monkeypatch.setenv("HG_MODE", "public")
    data.store.clear()
    sent = shown(opened().app).payload()
    assert LAST.encode() in sent
    assert STEWARD.email.encode() not in sent
