"""The next visits on the screen: why each, keeping and leaving out, and two scenarios."""

import re
from datetime import date
from pathlib import Path

import pytest

from geodata.rules.plan import of_year, shipped
from geodata.rules.targets import of_axis
from pages.parts.shared import data
from pages.parts.visits import result as visit_result
from pages.parts.visits import solving as visit_solving

SCREEN = str(Path(__file__).parents[2] / "pages" / "visits.py")
INVENTED = {"workspace": "simulated", "as_of": "2024-12-31", "n": "2", "at": "commune,site"}


@pytest.fixture
def opened(open_app, monkeypatch):
    """Open the screen at an address, and let the solver end before it is drawn."""
    monkeypatch.setattr(visit_solving, "WAIT", 60)

    def run(**query):
        app = open_app("visits", **query)
        assert not app.exception
        return app

    return run


def chosen(app):
    """The venues chosen, by the buttons that would keep them."""
    keys = [str(button.key) for button in app.button]
    return [key.removeprefix("keep_") for key in keys if key.startswith("keep_")]


def test_a_scenario_in_the_address_is_answered_with_reasons_and_a_proof(opened, shown):
    app = opened(**INVENTED)
    assert len(chosen(app)) == 2
    said = shown(app)
    assert said.text().count("Thêm ") == 2
    assert "Đã chứng minh" in said.text()
    assert "đường thẳng" in said.text()
    told = said.map()["state"]["visits"]
    assert [pick[2] for pick in told["picks"]] == [1, 2]
    assert told["radius"] == 5000
    assert app.query_params["n"] == "2"


def test_what_is_left_out_is_not_chosen_and_what_is_kept_is(opened):
    app = opened(**INVENTED)
    first, second = chosen(app)
    app.button(key=f"leave_{first}").click().run()
    assert first not in chosen(app)
    app.button(key=f"keep_{second}").click().run()
    assert chosen(app)[0] == second
    assert app.query_params["keep"] == second
    assert app.query_params["leave"] == first
    app.selectbox(key=visit_result.WHY_NOT).set_value(first).run()
    assert any("bị loại" in str(info.value) for info in app.info)


def test_two_scenarios_stand_side_by_side(opened, shown):
    app = opened(**INVENTED)
    app.text_input(key="v_name").set_value("Hai điểm").run()
    save = next(b for b in app.button if b.label == "Lưu kịch bản")
    save.click().run()
    app.number_input(key="v_count").set_value(3).run()
    app.selectbox(key="v_other").set_value("Hai điểm").run()
    assert not app.exception
    (table,) = (t.value for t in app.table)
    assert table.loc["Số điểm (N)"].tolist() == ["3", "2"]
    assert "Có trong cả hai" in shown(app).text()
    assert app.query_params["scenario"] == "Hai điểm"


@pytest.mark.parametrize(
    "query",
    [
        {"n": "99"},
        {"at": "point"},
        {"at": "point", "points": "1:1"},
        {"distances": "gone.csv"},
        {"keep": "NOWHERE"},
        {"km": "0.001", "at": "commune"},
    ],
)
def test_a_question_without_an_answer_gets_a_sentence_and_the_map_stays(opened, shown, query):
    app = opened(**{**INVENTED, "at": "commune", **query})
    assert len([*app.error, *app.warning]) == 1
    assert shown(app).map()["page"]


def test_stopping_leaves_the_best_found_so_far(opened, monkeypatch):
    monkeypatch.setattr(visit_solving.visits, "improving", _endless)
    monkeypatch.setattr(visit_solving, "WAIT", 0.3)
    app = opened(**INVENTED)
    stop = app.button(key="visits_stop")
    stop.click().run()
    assert len(chosen(app)) == 2
    assert "visits_stop" not in [button.key for button in app.button]


def _endless(problem, count, real=visit_solving.visits.improving):
    """Give the first choice again and again."""
    first = next(real(problem, count))
    while True:
        yield first


def test_a_hostile_name_of_a_scenario_stays_text(opened, shown):
    app = opened(**INVENTED, scenario="<b>*x*</b>")
    assert "<b>*x*" not in shown(app).text()


# --- which sites ---------------------------------------------------------------------------

ONLY = {"workspace": "real", "as_of": "2025-12-31", "at": "whole-district"}


def finding(app):
    return next(str(m.value) for m in app.markdown if " cơ sở còn thiếu" in str(m.value))


def open_ones(app):
    """The box that takes the sites in that may count or not, and how many it says there are."""
    box = app.checkbox(key="v_undecided")
    return box, int(re.search(r"\d+", box.label)[0])


def test_the_sites_are_those_of_the_gaps_and_open_ones_only_when_asked_for(opened):
    app = opened(**ONLY)
    rows = data.targets(data.data("real"), of_year(shipped(), 2025), date(2025, 12, 31))
    left = (of_axis(rows, "outreach").counted["part"] != "yes").sum()
    assert f" trên {left} cơ sở còn thiếu" in finding(app)
    box, more = open_ones(app)
    assert not box.value
    app = box.check().run()
    assert app.query_params["undecided"] == "yes"
    assert f" trên {left + more} cơ sở còn thiếu" in finding(app)
    again = opened(**ONLY, undecided="yes")
    assert finding(again) == finding(app)


def test_where_only_open_sites_are_left_they_are_offered(opened, shown):
    app = opened(**ONLY, kinds="craft_village")  # none has a known decision
    assert any("đánh dấu ô ở trên" in str(info.value) for info in app.info)
    assert not chosen(app)
    assert shown(app).map()["page"]
    app = open_ones(app)[0].check().run()
    assert "cơ sở còn thiếu" in finding(app)


def test_a_saved_scenario_keeps_whether_open_sites_are_taken(opened):
    app = opened(**ONLY, undecided="yes")
    app.text_input(key="v_name").set_value("Cả cơ sở chưa rõ").run()
    next(b for b in app.button if b.label == "Lưu kịch bản").click().run()
    app = open_ones(app)[0].uncheck().run()
    app.selectbox(key="v_other").set_value("Cả cơ sở chưa rõ").run()
    (table,) = (t.value for t in app.table)
    few, many = map(int, table.loc["Cơ sở còn thiếu"])
    assert many == few + open_ones(app)[1]
