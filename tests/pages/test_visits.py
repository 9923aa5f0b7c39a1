"""The next visits on the screen: why each, keeping and leaving out, and two scenarios."""

from pathlib import Path

import pytest

from pages.parts import visit_result, visit_solving

SCREEN = str(Path(__file__).parents[2] / "pages" / "visits.py")
INVENTED = {"workspace": "simulated", "as_of": "2024-12-31", "n": "2", "at": "commune,site"}


@pytest.fixture
def opened(open_app, monkeypatch):
    """Open the screen at an address, and let the solver end before it is drawn."""
    monkeypatch.setattr(visit_solving, "WAIT", 60)

    def run(**query):
        app = open_app(**query).switch_page(SCREEN)
        for name, text in query.items():
            app.query_params[name] = text
        app.run()
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
