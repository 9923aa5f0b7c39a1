"""The method's screen: the rules, grades, criteria and targets that the software really uses."""

import re
from html import escape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geodata.reading.glossary import glossary
from geodata.reading.labels import status_label
from geodata.reading.passport import compliance_rule, outreach_rule
from geodata.rules import plan, status
from pages.parts.method.pictures import symbol
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


def text(app):
    return "\n".join(element.value for element in (*app.markdown, *app.caption))


def test_it_can_be_opened_from_the_menu():
    app = AppTest.from_file(HOME / "app.py", default_timeout=60).run()
    app = app.switch_page(str(HOME / "pages" / "method.py")).run()
    assert not app.exception
    assert [title.value for title in app.title] == ["Phương pháp"]


def test_without_data_it_says_so_and_shows_the_rules_of_the_latest_plan(method):
    assert not method.exception
    assert len(method.info) == 1
    latest = PLANS[max(PLANS)]
    assert all(target.text in text(method) for target in latest.targets)


def test_it_explains_every_term_that_the_screens_use(method):
    assert all(f"**{name}**: {meaning}" in text(method) for name, meaning in glossary())


@pytest.mark.parametrize("year", PLANS)
@pytest.mark.parametrize(
    ("place", "axis", "statuses"),
    [(0, "outreach", status.OUTREACH), (1, "compliance", status.COMPLIANCE)],
)
def test_every_status_is_there_with_its_sign_and_its_rule_in_the_order_they_fire(
    year, place, axis, statuses
):
    def ladders(year):
        from geodata.rules import plan
        from pages.parts.method import rules

        rules.rules(plan.of_year(plan.shipped(), year))

    app = AppTest.from_function(ladders, args=(year,)).run()
    ladder = [one.proto.body for one in app.get("html") if "hg-ladder" in one.proto.body][place]
    rule = {"outreach": lambda s: outreach_rule(s, PLANS[year]), "compliance": compliance_rule}
    wanted = [
        f"<li>{symbol(axis, s)}<b>{escape(status_label(axis, s))}</b>"
        f"<span>{escape(rule[axis](s))}</span></li>"
        for s in statuses
    ]
    assert re.findall("<li>.*?</li>", ladder) == wanted


def shown(section, year):
    """Return what a section says of a plan."""

    def alone(section, year):
        from geodata.rules import plan
        from pages.parts.method import rules

        getattr(rules, section)(plan.of_year(plan.shipped(), year))

    return text(AppTest.from_function(alone, args=(section, year)).run())


@pytest.mark.parametrize("year", PLANS)
def test_every_criterion_of_every_profile_is_there(year):
    words = shown("profiles", year)
    for profile in PLANS[year].profiles:
        assert f"{profile.code} – {profile.name}" in words
        assert profile.basis in words
        assert all(f"{code}: {line}" in words for code, line in profile.criteria.items())


@pytest.mark.parametrize("year", PLANS)
def test_the_seven_targets_are_there_in_the_plans_own_words(year):
    words = shown("targets", year)
    assert all(target.text in words for target in PLANS[year].targets)


def test_the_grades_of_evidence_are_explained(method):
    assert all(f"- {grade} – " in text(method) for grade in "ABCD")
