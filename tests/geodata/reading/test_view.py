"""A view: its address, the sites it keeps, and that nothing falls out of the counts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata import intake
from geodata.core.errors import WrongCallError
from geodata.core.names import unaccent
from geodata.geography import units
from geodata.geography.units import Vintage
from geodata.reading import address, view
from geodata.reading.view import View
from geodata.register.ids import WORKSPACES
from geodata.register.sites import KINDS
from geodata.rules import plan, status
from geodata.simulation import simulate
from tests.examples import examples

TODAY = date(2026, 11, 22)
PLANS = plan.shipped()
CLOSED = date(2025, 12, 31)  # the last day of the latest plan: what an address without a day means
FIRST = min(p.window.start for p in PLANS)
LEGACY = units.load_legacy_communes()
CODES = {
    "legacy": sorted(LEGACY["district_legacy"].unique()),
    "2025": sorted(LEGACY["commune_2025"].unique()),
}
DAYS = (date(2024, 6, 30), date(2024, 12, 31), date(2025, 12, 31), TODAY)
ANY_DAY = st.dates(FIRST, TODAY)
WORDS = ("as_of", "known_at", "workspace", "axis", "kinds", "statuses", "unit", "plan", "site")


@pytest.fixture(scope="module")
def simulated():
    sites, evidence = simulate.simulate(units.load_blocks(), LEGACY, PLANS, 200, 7)
    days = {d: status.status_of(sites, evidence, plan.default(PLANS, d), d) for d in DAYS}
    return sites, days


@st.composite
def views(draw, days=ANY_DAY):
    as_of = draw(days)
    axis = draw(st.sampled_from(list(view.AXES)))
    vintage = draw(st.sampled_from(view.VINTAGES))
    keys = st.lists(st.sampled_from(view.statuses(axis)), unique=True)
    begun = [p.year for p in PLANS if p.window.start <= as_of]
    some = View(
        as_of=as_of,
        known_at=draw(st.none() | ANY_DAY),
        workspace=draw(st.sampled_from(WORKSPACES)),
        axis=axis,
        kinds=tuple(draw(st.lists(st.sampled_from(KINDS), unique=True))),
        statuses=tuple(draw(keys)),
        vintage=vintage,
        plan=draw(st.sampled_from([None, *begun])),
        site=draw(st.none() | st.text(min_size=1)),
        area=draw(st.sampled_from([None, "circle:9.80000;105.50000;5000"])),
        radius_km=draw(st.integers(100, 100_000)) / 1000,
    )
    unit = draw(st.sampled_from([None, *CODES[some.units_of.value]]))
    return view.replace(some, unit=unit)


def read(query):
    return address.from_query(query, TODAY, PLANS, CODES)


# --- address -------------------------------------------------------------------------------


@given(views())
def test_an_address_brings_back_the_view_it_was_made_from(some):
    assert read(address.to_query(some, CLOSED)) == (some, [])


def test_the_usual_view_needs_no_words():
    assert address.to_query(View(as_of=CLOSED), CLOSED) == {}


def test_an_address_reads_like_words():
    some = View(as_of=date(2024, 12, 31), kinds=("supermarket", "craft_village"), unit="931")
    assert address.to_query(some, CLOSED) == {
        "as_of": "2024-12-31",
        "kinds": "supermarket,craft_village",
        "unit": "931",
    }


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("as_of", "31/12/2024"),
        ("as_of", "2024-02-30"),
        ("as_of", (TODAY + timedelta(days=1)).isoformat()),
        ("known_at", (TODAY + timedelta(days=1)).isoformat()),
        ("workspace", "secret"),
        ("axis", "money"),
        ("kinds", "casino"),
        ("kinds", "supermarket,casino"),
        ("statuses", "reached,bribed"),
        ("statuses", "compliant"),  # of the other axis
        ("unit", "999"),
        ("unit", "930"),  # of the other vintage
        ("vintage", "1802"),
        ("plan", "2023"),
        ("plan", "<script>"),
        ("area", "circle:<script>;1;2"),
        ("radius_km", "nan"),
        ("radius_km", "1000"),
        ("compare", CLOSED.isoformat()),  # not earlier than the day it is compared with
    ],
)
def test_a_wrong_word_gets_one_sentence_and_is_left_out(name, text):
    some, problems = read({name: text})
    assert some == View(as_of=CLOSED)
    (sentence,) = problems
    assert name in sentence
    assert text.split(",")[-1] in sentence


def test_what_is_right_stays_beside_what_is_wrong():
    some, problems = read({"axis": "compliance", "statuses": "stale,reached", "plan": "x"})
    assert (some.axis, some.statuses, some.plan) == ("compliance", ("stale",), None)
    assert len(problems) == 2


@pytest.mark.parametrize(
    "query", [{"as_of": "2023-12-31"}, {"plan": "2025", "as_of": "2024-06-01"}]
)
def test_a_day_before_its_plan_gets_one_sentence_and_the_usual_view(query):
    some, problems = read(query)
    assert some == View(as_of=CLOSED)
    (sentence,) = problems
    assert unaccent(sentence) != sentence.lower()


@given(
    st.dictionaries(
        st.sampled_from(WORDS) | st.text(),
        st.text(max_size=80) | st.sampled_from(["2024-06-01", "2025", "930", "31318", "stale"]),
    )
)
def test_any_address_gives_a_view_that_can_be_shown(query):
    some, problems = read(query)
    assert view.plan_of(some, PLANS) in PLANS
    assert set(some.statuses) <= set(view.statuses(some.axis))
    assert some.unit is None or some.unit in CODES[some.units_of.value]
    assert len(problems) <= len(query)
    assert read(address.to_query(some, CLOSED)) == (some, [])


# --- plan and vintage ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "vintage"),
    [(date(2025, 6, 30), Vintage.LEGACY), (date(2025, 7, 1), Vintage.Y2025)],
)
def test_the_units_follow_the_day(as_of, vintage):
    assert View(as_of=as_of).units_of is vintage


def test_a_chosen_vintage_stays_whatever_the_day():
    assert View(as_of=TODAY, vintage="legacy").units_of is Vintage.LEGACY
    assert View(as_of=FIRST, vintage="2025").units_of is Vintage.Y2025


@pytest.mark.parametrize(
    ("today", "usual"),
    [
        (date(2024, 6, 1), date(2024, 6, 1)),
        (CLOSED, CLOSED),
        (date(2026, 1, 1), CLOSED),  # outside every plan: the latest, as it closed
        (TODAY, CLOSED),
    ],
)
def test_without_a_day_the_latest_plan_is_shown_on_a_day_it_covers(today, usual):
    assert view.usual_day(PLANS, today) == usual
    assert address.from_query({}, today, PLANS, CODES) == (View(as_of=usual), [])


JUNE = date(2024, 6, 30)


@pytest.mark.parametrize(
    ("known_at", "then"),
    [(None, None), (JUNE, date(2024, 12, 31)), (date(2024, 7, 1), date(2024, 7, 1))],
)
def test_as_known_on_the_day_itself_goes_along_with_the_day(known_at, then):
    old = View(as_of=JUNE, known_at=known_at)
    new = view.replace(old, as_of=date(2024, 12, 31))
    assert view.settled(old, new, PLANS).known_at == then


@pytest.mark.parametrize(
    ("chosen", "as_of", "year"),
    [
        (None, date(2024, 12, 31), 2024),
        (None, date(2025, 1, 1), 2025),
        (None, TODAY, 2025),
        (2024, TODAY, 2024),
    ],
)
def test_the_plan_is_the_chosen_one_or_that_of_the_day(chosen, as_of, year):
    assert view.plan_of(View(as_of=as_of, plan=chosen), PLANS).year == year


@pytest.mark.parametrize(("chosen", "as_of"), [(2025, FIRST), (None, date(2023, 12, 31))])
def test_no_plan_answers_for_a_day_before_it_began(chosen, as_of):
    with pytest.raises(WrongCallError):
        view.plan_of(View(as_of=as_of, plan=chosen), PLANS)


def test_a_plan_that_is_not_there_is_named():
    with pytest.raises(WrongCallError, match="2031"):
        view.plan_of(View(as_of=TODAY, plan=2031), PLANS)


# --- what is kept --------------------------------------------------------------------------


@examples(50)
@given(some=views(st.sampled_from(DAYS)))
def test_the_counts_add_up_to_all_sites_of_the_view(simulated, some):
    sites, days = simulated
    counts = view.counts(sites, days[some.as_of], some)
    assert counts.sum() == len(view.within(sites, some))
    assert tuple(counts.index) == view.statuses(some.axis)


@examples(50)
@given(some=views(st.sampled_from(DAYS)))
def test_the_sites_shown_are_those_counted(simulated, some):
    sites, days = simulated
    counts = view.counts(sites, days[some.as_of], some)
    kept = view.selected(sites, days[some.as_of], some)
    assert set(kept.index) <= set(view.within(sites, some).index)
    assert len(kept) == counts[list(some.statuses) or counts.index].sum()


@given(some=views(st.sampled_from(DAYS)))
def test_a_view_keeps_its_kinds_and_its_unit_only(simulated, some):
    kept = view.within(simulated[0], some)
    assert set(kept["kind"]) <= set(some.kinds or KINDS)
    if some.unit:
        assert set(kept[view.UNIT_COLUMN[some.units_of]]) <= {some.unit}


@pytest.mark.parametrize("vintage", ["legacy", "2025"])
def test_each_site_belongs_to_one_unit_at_most(simulated, vintage):
    sites, _days = simulated
    of_units = [
        len(view.within(sites, View(as_of=TODAY, vintage=vintage, unit=code)))
        for code in CODES[vintage]
    ]
    assert sum(of_units) == sites[view.UNIT_COLUMN[Vintage(vintage)]].notna().sum()


def test_a_model_is_shown_by_its_stage_and_nothing_else_is(simulated):
    sites, days = simulated
    for axis in view.AXES:
        keys = view.shown(days[TODAY], axis)
        assert (keys.str.startswith(view.STAGE) == (sites["kind"] == "pilot_model")).all()


def test_sites_without_a_position_are_listed_not_lost():
    sites = intake.shipped_sites()
    lost = view.unplaced(sites)
    assert 0 < len(lost) < len(sites)
    assert (lost["lat"].isna() | lost["lon"].isna()).all()
    assert sites.drop(lost.index)[["lat", "lon"]].notna().all(axis=None)
