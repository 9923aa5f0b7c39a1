"""Plans: the two shipped ones say what the decisions say, exactly, and only in their time."""

import tomllib
from contextlib import suppress
from datetime import date, timedelta
from fractions import Fraction
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.core.errors import WrongCallError
from geodata.core.names import unaccent
from geodata.register.sites import KINDS
from geodata.rules import plan

PLANS = plan.shipped()
YEARS = [p.year for p in PLANS]
EACH = pytest.mark.parametrize("of", PLANS, ids=YEARS)
RETAIL = ("supermarket", "shopping_centre")
THRESHOLDS = {
    "T1": (None, None),
    "T2": (Fraction(5, 100), Fraction(8, 100)),
    "T3": (Fraction(7, 10), None),
    "T4": (Fraction(1), Fraction(2)),
    "T5": (Fraction(1), None),
    "T6": (Fraction(1), None),
    "T7": (None, None),
}


def table(**changes):
    source = files("geodata").joinpath("plans", "2025.toml").read_text("utf-8")
    return tomllib.loads(source) | changes


def refusal(call, *arguments):
    with pytest.raises(WrongCallError) as refused:
        call(*arguments)
    sentence = str(refused.value)
    assert unaccent(sentence) != sentence.lower()
    assert sentence.endswith(".")
    return sentence


def test_both_plans_are_there_with_their_decisions():
    found = [(p.year, p.decision, p.issued) for p in PLANS]
    assert found == [
        (2024, "45/KH-UBND", date(2024, 3, 8)),
        (2025, "66/KH-UBND", date(2025, 2, 28)),
    ]


@EACH
def test_the_thresholds_are_exact(of):
    found = {t.id: (t.threshold, t.ceiling) for t in of.targets}
    assert found == THRESHOLDS
    assert not any(isinstance(value, float) for pair in found.values() for value in pair)


def test_a_plan_says_what_its_file_says():
    said = table()
    made = plan.parse(said)
    # Read anew: what was read when the tests began is not looked at here.
    for name in ("year", "decision", "issued", "issuer", "cumulative_since"):
        assert getattr(made, name) == said[name], name
    assert vars(made.window) == said["window"]
    area = {"name": made.study_area, "vintage": made.study_vintage}
    assert area == said["study_area"]
    assert made.topics == {target: tuple(tags) for target, tags in said["topics"].items()}
    assert {t.id: (t.threshold, t.ceiling) for t in made.targets} == THRESHOLDS
    for target, words in zip(made.targets, said["targets"], strict=True):
        listed = (target.kinds, target.sectors)
        assert listed == tuple(tuple(words.get(name, ())) for name in ("kinds", "sectors"))
    for profile, words in zip(made.profiles, said["profiles"], strict=True):
        assert vars(profile.valid) == {"end": date.max, **words["valid"]}
        assert profile.kinds == tuple(words["kinds"])
        assert profile.criteria == words["criteria"]


@EACH
def test_a_window_is_the_whole_year_and_no_day_more(of):
    first, last = date(of.year, 1, 1), date(of.year, 12, 31)
    assert first in of.window
    assert last in of.window
    assert first - timedelta(days=1) not in of.window
    assert last + timedelta(days=1) not in of.window


@EACH
def test_what_a_target_names_is_in_the_plan(of):
    assert {t.profile for t in of.targets} - {None} <= {p.code for p in of.profiles}
    assert {kind for t in of.targets for kind in t.kinds} <= set(KINDS)
    assert {kind for p in of.profiles for kind in p.kinds} <= set(KINDS)
    assert {"T3", "T5"} <= set(of.topics)


@EACH
@pytest.mark.parametrize(("as_of", "days_on"), [(-1, -1), (0, 0), (1, 0)])
def test_a_plan_counts_no_day_after_its_window(of, as_of, days_on):
    end = of.window.end
    assert of.last_day(end + timedelta(days=as_of)) == end + timedelta(days=days_on)


@EACH
@pytest.mark.parametrize("kind", RETAIL)
@pytest.mark.parametrize(
    ("on", "code"),
    [
        (date(2023, 12, 31), None),
        (date(2024, 1, 1), "P45"),
        (date(2025, 12, 31), "P45"),
        (date(2026, 1, 1), "ND08-64"),
        (date(2030, 12, 31), "ND08-64"),
        (date(2031, 1, 1), None),
    ],
)
def test_shops_change_their_profile_with_the_year_2026(of, kind, on, code):
    profile = of.profile_for(kind, on)
    assert (profile.code if profile else None) == code


@EACH
def test_the_profile_of_craft_villages_has_no_end(of):
    assert of.profile_for("craft_village", date(2021, 12, 31)) is None
    assert of.profile_for("craft_village", date(2022, 1, 1)).code == "CV56"
    assert of.profile_for("craft_village", date(2099, 1, 1)).code == "CV56"


@EACH
def test_no_profile_asks_anything_of_other_kinds(of):
    others = set(KINDS) - {*RETAIL, "craft_village"}
    assert {of.profile_for(kind, date(2024, 6, 1)) for kind in others} == {None}


def test_a_year_has_its_plan():
    assert [plan.of_year(PLANS, year).year for year in YEARS] == YEARS


def test_a_year_without_a_plan_is_answered_with_those_there_are():
    sentence = refusal(plan.of_year, PLANS, 2023)
    assert "2023" in sentence
    assert "2024, 2025." in sentence


@pytest.mark.parametrize(
    ("as_of", "year"),
    [
        (date(2024, 1, 1), 2024),
        (date(2024, 12, 31), 2024),
        (date(2025, 1, 1), 2025),
        (date(2026, 11, 22), 2025),
    ],
)
def test_the_plan_shown_is_that_of_the_day_or_the_latest(as_of, year):
    assert plan.default(PLANS, as_of).year == year


@pytest.mark.parametrize("order", [PLANS, PLANS[::-1]])
def test_no_plan_speaks_of_a_day_before_the_first(order):
    sentence = refusal(plan.default, order, date(2023, 12, 31))
    assert "31/12/2023" in sentence
    assert "45/KH-UBND" in sentence


@EACH
def test_a_plan_says_nothing_before_it_begins(of):
    plan.require_started(of, of.window.start)
    sentence = refusal(plan.require_started, of, of.window.start - timedelta(days=1))
    assert of.decision in sentence
    assert f"01/01/{of.year}" in sentence


def test_a_plan_for_a_coming_year_does_not_show_before_it_begins():
    coming = {"start": date(2027, 1, 1), "end": date(2027, 12, 31)}
    plans = (*PLANS, plan.parse(table(year=2027, window=coming)))
    assert plan.in_force(plans, date(2026, 12, 31)) is None
    assert plan.default(plans, date(2026, 12, 31)).year == 2025
    assert plan.default(plans, date(2027, 1, 1)).year == 2027


def test_a_province_adds_a_plan_as_data_only():
    targets = [{"id": "T3", "text": "Hai phần ba", "unit": "site", "threshold": "2/3"}]
    own = plan.parse(table(year=2031, decision="7/KH-UBND", targets=targets, profiles=[]))
    assert own.targets[0].threshold == Fraction(2, 3)
    assert own.profile_for("supermarket", date(2026, 1, 1)) is None


@EACH
def test_no_baseline_year_is_shipped_and_one_may_be_named(of):
    assert all(t.baseline_year is None for t in of.targets)
    named = plan.with_baseline(of, 2019)
    assert [t.id for t in named.targets if t.baseline_year == 2019] == ["T2"]


@EACH
def test_a_baseline_year_lies_before_the_plan(of):
    refusal(plan.with_baseline, of, of.year)
    sentence = refusal(plan.with_baseline, of, of.year + 1)
    assert all(str(year) in sentence for year in (of.year, of.year + 1))


def test_a_plan_file_may_name_its_baseline_year():
    sector = {"id": "T2", "text": "Giảm", "unit": "sector", "sectors": ["thép"]}
    made = plan.parse(table(targets=[sector | {"baseline_year": 2020}]))
    assert made.targets[0].baseline_year == 2020
    assert "2025" in refusal(plan.parse, table(targets=[sector | {"baseline_year": 2025}]))


SHIPPED = files("geodata").joinpath("plans", "2025.toml").read_text("utf-8")


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe",
        b"",
        SHIPPED.replace("decision", "quyet_dinh", 1).encode(),
        SHIPPED.replace("window = {", "window = {{", 1).encode(),
    ],
)
def test_a_file_that_is_no_plan_is_refused_by_name(content):
    assert "2027.toml" in refusal(plan._of_file, "2027.toml", content)


@given(st.data())
def test_whatever_an_office_writes_into_a_plan_is_a_plan_or_a_sentence(data):
    lines = SHIPPED.splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    word = st.sampled_from(["", "x", "1", "[a]", "[[targets]]", '"', "-1", "2025-02-30", "{"])
    lines[at] = data.draw(st.one_of(word, word.map(lambda w: lines[at].split("=")[0] + "= " + w)))
    with suppress(WrongCallError):
        assert plan._of_file("2027.toml", "\n".join(lines).encode()).year
