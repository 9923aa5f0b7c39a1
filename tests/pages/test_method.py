"""The method's screen: the rules, grades, criteria and targets that the software really uses."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geodata.reading.labels import status_label
from geodata.reading.passport import compliance_rule, outreach_rule
from geodata.rules import plan, status
from pages.parts.shared import data

HOME = Path(__file__).parents[2]
PLANS = {p.year: p for p in plan.shipped()}


@pytest.fixture(autouse=True)
def _nowhere(tmp_path, monkeypatch):
    """There is no store: the method can be read all the same."""
    monkeypatch.setenv("HG_STORE", str(tmp_path / "none.sqlite"))
    data.store.clear()


@pytest.fixture
def method():
    return AppTest.from_file(HOME / "pages" / "method.py", default_timeout=60).run()


def choose(app, year):
    return app.button_group[0].set_value(year).run()


def text(app):
    return "\n".join(element.value for element in (*app.markdown, *app.caption))


def test_it_can_be_opened_from_the_menu():
    app = AppTest.from_file(HOME / "app.py", default_timeout=60).run()
    app = app.switch_page(str(HOME / "pages" / "method.py")).run()
    assert not app.exception
    assert [title.value for title in app.title] == ["Phương pháp"]


def test_it_opens_on_the_latest_plan(method):
    assert not method.exception
    assert method.button_group[0].value == max(PLANS)


@pytest.mark.parametrize("year", PLANS)
@pytest.mark.parametrize(
    ("table", "axis", "statuses"),
    [(0, "outreach", status.OUTREACH), (1, "compliance", status.COMPLIANCE)],
)
def test_every_status_is_there_with_its_rule_in_the_order_they_fire(
    method, year, table, axis, statuses
):
    rows = choose(method, year).table[table].value.to_numpy().tolist()
    rule = {
        "outreach": lambda s: outreach_rule(s, PLANS[year]),
        "compliance": compliance_rule,
    }[axis]
    assert rows == [[status_label(axis, s), rule(s)] for s in statuses]


@pytest.mark.parametrize("year", PLANS)
def test_every_criterion_of_every_profile_is_there(method, year):
    said = text(choose(method, year))
    for profile in PLANS[year].profiles:
        assert f"{profile.code} – {profile.name}" in said
        assert profile.basis in said
        assert all(f"{code}: {words}" in said for code, words in profile.criteria.items())


@pytest.mark.parametrize("year", PLANS)
def test_the_seven_targets_are_there_in_the_plans_own_words(method, year):
    said = text(choose(method, year))
    assert all(target.text in said for target in PLANS[year].targets)


def test_the_grades_of_evidence_are_explained(method):
    assert all(f"- {grade} – " in text(method) for grade in "ABCD")
