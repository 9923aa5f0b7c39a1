"""The seven targets, rule by rule (domain sections 2 and 4.4), with the arithmetic written out."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import count as counter
from itertools import product

import pandas as pd
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from geodata.core.text import share
from geodata.register import evidence as ev
from geodata.register.lifecycle import FOUNDED_KINDS
from geodata.rules import intensity, targets
from geodata.rules import plan as plans
from geodata.rules import status as rules
from geodata.rules.targets import Count
from tests.examples import examples
from tests.geodata.register import test_declarations as declarations
from tests.geodata.rules.test_intensity import both
from tests.geodata.rules.test_status import EDGES, frames_of, register_of, registers, views

D = date
END, MID_2025, TODAY = D(2024, 12, 31), D(2025, 6, 30), D(2026, 11, 22)
MAY, JUNE, SEPTEMBER, DECEMBER = (D(2024, month, 5) for month in (5, 6, 9, 12))
PLANS = {p.year: p for p in plans.shipped()}
DISTRICTS = ("930", "931", "932", "933", "934", "935", "936", "937")
PARK, CLUSTER, VILLAGE = FOUNDED_KINDS
SHOP, CENTRE = "supermarket", "shopping_centre"
MEETS = "R1=yes;R2=yes"
SEVENTY = Fraction(70, 100)


def site(name, kind=VILLAGE, **more):
    """Return a site in the denominator; `more` says what is different about it."""
    sound = {"id": name, "kind": kind, "name_vi": name, "lifecycle": "operating"}
    return sound | {"founding": "decided"} | more


def sites(kind, n, prefix="S", **more):
    return [site(f"{prefix}{i}", kind, **more) for i in range(n)]


def said(subject, axis, kind, happened, **more):
    """Return a verified record entered on the day it speaks of."""
    sound = {"subject": subject, "axis": axis, "kind": kind, "event_date": happened}
    return sound | {"recorded_at": happened, "grade": "A", "scope": "site", "topic": "scp"} | more


def held(subject, happened=MAY, **more):
    return said(subject, "outreach", "held", happened, **more)


def none(subject, happened=DECEMBER, **more):
    return said(subject, "outreach", "none_confirmed", happened, **more)


def check(subject, happened=JUNE, answers=MEETS, **more):
    how = {"answers": answers, "profile": "P45", "method": "inspection", "topic": None}
    kind = more.pop("kind", "check")
    return said(subject, "compliance", kind, happened, **(how | more))


def milestone(subject, stage, happened=MAY, **more):
    return said(subject, "model", "milestone", happened, **({"topic": f"rice;{stage}"} | more))


def document(name, level, happened, **more):
    tags = {"topic": f"{level};scp", "scope": None, "id": name}
    kind = more.pop("kind", "document")
    return said("province", "policy", kind, happened, **(tags | more))


def typed(places, records):
    """Return sites and records as the frames the model works on; records without id get one."""
    numbers = counter()
    rows = [{"id": f"E{next(numbers):03}"} | record for record in records]

    def text(cells):
        return [{k: str(v) for k, v in row.items() if v is not None} for row in cells]

    table = pd.DataFrame(text(rows), columns=list(ev.COLUMNS), dtype="string")
    return register_of(text(places)), ev.typed(table, TODAY)


def results_of(places, records, as_of=END, year=2024, known=TODAY):
    """Return the targets by id, from what was entered by the end of a day."""
    register_, evidence = typed(places, records)
    return Counted((register_, ev.known_at(evidence, known)), PLANS[year], as_of)


class Counted(Mapping):
    """The targets by id, each counted when it is asked for: most tests ask for one."""

    def __init__(self, seen, plan, as_of):
        self.seen, self.plan, self.as_of = seen, plan, as_of

    def __getitem__(self, name):
        alone = replace(self.plan, targets=tuple(t for t in self.plan.targets if t.id == name))
        (result,) = targets.results(*self.seen, alone, self.as_of, DISTRICTS)
        return result

    def __iter__(self):
        return (target.id for target in self.plan.targets)

    def __len__(self):
        return len(self.plan.targets)


def numbers(count):
    return (count.yes, count.total, count.unknown)


def opens(count):
    return (count.open_yes, count.open_unknown, count.open_no)


def statuses(result):
    return result.counted["status"].to_dict()


# --- 4.4: the verdict, in whole numbers ----------------------------------------------------

# (yes, total, unknown), threshold: verdict, short. Seventy per cent: 100·x against 70·N.
VERDICTS = {
    "9/13: 900 < 910, with 1 unknown 1000 ≥ 910": ((9, 13, 1), "7/10", "undetermined", 1),
    "9/13: 900 < 910, nothing unknown": ((9, 13, 0), "7/10", "not-met", 1),
    "7/10: 700 ≥ 700, exactly the threshold": ((7, 10, 0), "7/10", "met", 0),
    "2099/3000: 209900 < 210000": ((2099, 3000, 0), "7/10", "not-met", 1),
    "0/10 and all unknown: 0 < 700, 1000 ≥ 700": ((0, 10, 10), "7/10", "undetermined", 7),
    "0 of 0 is neither 0 % nor 100 %": ((0, 0, 0), "7/10", "undefined", 0),
    "7/8 and 1 unknown: 7 < 8, 8 ≥ 8": ((7, 8, 1), "1", "undetermined", 1),
    "a number: 0 < 1, nothing unknown": ((0, None, 0), "1", "not-met", 1),
    "a number: 0 < 1, 0 + 2 ≥ 1": ((0, None, 2), "1", "undetermined", 1),
    "7/10 and an open no: 700 < 70·11 = 770": ((7, 10, 0, 0, 0, 1), "7/10", "undetermined", 0),
    "8/10 and an open no: 800 ≥ 770": ((8, 10, 0, 0, 0, 1), "7/10", "met", 0),
    "7/10 and an open yes: belongs or not, 7/10 or 8/11": ((7, 10, 0, 1, 0, 0), "7/10", "met", 0),
    "6/10 and 4 open yes: 1000 ≥ 980": ((6, 10, 0, 4, 0, 0), "7/10", "undetermined", 1),
    "nothing sure, one open no": ((0, 0, 0, 0, 0, 1), "7/10", "undetermined", 0),
    "nothing sure, one open yes": ((0, 0, 0, 1, 0, 0), "7/10", "met", 0),
}


@pytest.mark.parametrize(
    ("given_numbers", "threshold", "verdict", "short"), VERDICTS.values(), ids=VERDICTS
)
def test_verdict_and_what_is_short(given_numbers, threshold, verdict, short):
    count, goal = Count(*given_numbers), Fraction(threshold)
    assert count.verdict(goal) == verdict
    assert count.short(goal) == short


def worlds(count):
    """Give (yes, total) of every world: open ones in or out, each unknown one yes or no."""
    unsure = [*[(1, 1)] * count.open_yes, *[(0, 1)] * count.open_no]
    choices = [[(0, 0), each] for each in unsure]
    choices += [[(0, 0), (0, 1), (1, 1)]] * count.open_unknown
    choices += [[(0, 1), (1, 1)]] * count.unknown
    for world in product(*choices):
        more = [sum(column) for column in zip(*world, strict=True)] or [0, 0]
        yield count.yes + more[0], count.total - count.unknown + more[1]


few = st.integers(0, 3)
COUNTS = st.builds(
    lambda yes, no, unknown, *open_: Count(yes, yes + no + unknown, unknown, *open_),
    *(st.integers(0, 9), st.integers(0, 9), few, few, few, few),
)


@given(COUNTS, st.sampled_from([Fraction(7, 10), Fraction(1), Fraction(13, 20), Fraction(1, 3)]))
def test_the_verdict_is_what_all_worlds_of_the_open_and_the_unknown_say(count, threshold):
    met = {not n or x * threshold.denominator >= threshold.numerator * n for x, n in worlds(count)}
    expected = {(True,): "met", (False,): "not-met", (False, True): "undetermined"}
    some = count.total + count.open
    assert count.verdict(threshold) == (expected[tuple(sorted(met))] if some else "undefined")
    short = count.short(threshold)
    assert (count.yes + short) >= threshold * count.total
    assert not short or (count.yes + short - 1) < threshold * count.total


SHARES = {
    "9/13 = 69,23…": (9, 13, "7/10", "69,2%"),
    "16/23 = 69,56… is no 70": (16, 23, "7/10", "69,6%"),
    "2099/3000 = 69,966… would round onto 70": (2099, 3000, "7/10", "69,9%"),
    "2100/3000 is 70": (2100, 3000, "7/10", "70,0%"),
    "1999/2000 = 99,95 would round onto 100": (1999, 2000, "1", "99,9%"),
    "7/8": (7, 8, "1", "87,5%"),
    "1/16 = 6,25 rounds half up": (1, 16, "7/10", "6,3%"),
    "without a threshold it just rounds": (2099, 3000, None, "70,0%"),
    "nothing": (0, 5, "7/10", "0,0%"),
    "a share of nothing is no share": (0, 0, "7/10", ""),
}


@pytest.mark.parametrize(("yes", "total", "threshold", "text"), SHARES.values(), ids=SHARES)
def test_a_share_never_rounds_across_its_threshold(yes, total, threshold, text):
    assert share(yes, total, Fraction(threshold) if threshold else None) == text


# --- all seven -----------------------------------------------------------------------------


@pytest.mark.parametrize("year", PLANS)
def test_a_plan_without_sites_and_evidence_has_all_seven_and_meets_none(year):
    found = results_of([], [], PLANS[year].window.end, year)
    assert list(found) == ["T1", "T2", "T3", "T4", "T5", "T6", "T7"]
    verdicts = {name: result.verdict for name, result in found.items()}
    assert verdicts["T1"] is verdicts["T7"] is None
    assert verdicts["T2"] == verdicts["T3"] == verdicts["T6"] == "undefined"
    assert (verdicts["T4"], verdicts["T5"]) == ("not-met", "undetermined")
    assert [found[name].short for name in ("T1", "T2", "T3", "T6", "T7")] == [None] * 5


def test_what_may_not_be_named_is_counted_and_in_no_list():
    places = [site("S0"), site("S1"), site("K", founding="unknown"), site("X", lifecycle="closed")]
    places += [site("M", "pilot_model"), site("C", "convenience_store")]
    records = [held("S0"), milestone("M", "replicated")]
    whole, shown = results_of(places, records), pd.Index(["S1"])
    for result in whole.values():
        public = targets.named(result, shown, pd.Index([place["id"] for place in places]))
        assert (public.count, public.breakdown, public.verdict, public.figures) == (
            *(result.count, result.breakdown, result.verdict, result.figures),
        )
        lists = (public.counted, public.open, public.left_out, public.behind)
        named = {name for frame in lists for name in frame.index} - {*DISTRICTS}
        assert named <= {"S1", *result.target.sectors}
    t3 = targets.named(whole["T3"], shown, pd.Index(["S0", "S1", "K", "X"]))
    assert (t3.unnamed, t3.outside, list(t3.counted.index)) == (2, 1, ["S1"])  # S0 and K


# --- T1 ------------------------------------------------------------------------------------

CENTRAL = document("C1", "central", D(2024, 2, 1))
T1 = {
    "no document: no share": ([], (0, 0, 0), None),
    "a central document without an answer": ([CENTRAL], (0, 1, 0), None),
    "answered after 29 days (February 2024 has 29)": (
        [CENTRAL, document("P1", "provincial", D(2024, 3, 1), refers_to="C1")],
        (1, 1, 0),
        29.0,
    ),
    **{
        f"one plan answers several ({both}): the median of 29 and 15 days is 22": (
            [
                *(CENTRAL, document("C2", "central", D(2024, 2, 15))),
                document("P1", "provincial", D(2024, 3, 1), refers_to=both),
            ],
            *((2, 2, 0), 22.0),
        )
        for both in ("C1;C2", "C1; C2")
    },
    "the earliest answer counts": (
        [
            CENTRAL,
            document("P2", "provincial", D(2024, 4, 1), refers_to="C1"),
            document("P1", "provincial", D(2024, 3, 1), refers_to="C1"),
        ],
        (1, 1, 0),
        29.0,
    ),
    "one that needs no local document is left out": (
        [CENTRAL, document("C2", "central", D(2024, 3, 1), topic="central;scp;no_local_action")],
        (0, 1, 0),
        None,
    ),
    "issued before the window: not asked": (
        *([document("C0", "central", D(2023, 12, 31))], (0, 0, 0), None),
    ),
    "issued on the first and the last day: asked": (
        [document("C1", "central", D(2024, 1, 1)), document("C2", "central", END)],
        *((0, 2, 0), None),
    ),
    "about plastic only: not asked": (
        *([document("C1", "central", D(2024, 2, 1), topic="central;plastic")], (0, 0, 0), None),
    ),
    "one of which it is open whether it needs any is left out too": (
        [CENTRAL, document("C2", "central", D(2024, 3, 1), topic="central;scp;local_action_open")],
        *((0, 1, 0), None),
    ),
    "what is no document is not asked": (
        [CENTRAL, document("C2", "central", D(2024, 3, 1), kind="withdraw")],
        *((0, 1, 0), None),
    ),
    "an answer after the window does not count in it": (
        [CENTRAL, document("P1", "provincial", D(2025, 1, 1), refers_to="C1")],
        *((0, 1, 0), None),
    ),
}


@pytest.mark.parametrize(("records", "expected", "days"), T1.values(), ids=T1)
def test_t1_documents_and_days(records, expected, days):
    result = results_of([], records, D(2025, 6, 1))["T1"]
    assert numbers(result.count) == expected
    assert result.figures["median_days"] == days
    assert (result.verdict, result.short) == (None, None)
    assert list(result.counted["status"]).count("answered") == expected[0]


def test_t1_lists_what_it_counted_and_why_it_left_something_out():
    records = [
        CENTRAL | {"doc_no": "10/QĐ-TTg"},
        document("C2", "central", MAY, topic="central;scp;no_local_action", doc_no="2/CT-TTg"),
        document("C3", "central", MAY, topic="central;scp;local_action_open", doc_no="3/CT-TTg"),
        document("C4", "central", MAY, topic="central;scp;no_local_action;local_action_open"),
        document("C5", "central", MAY),
        document("P1", "provincial", D(2024, 3, 1), refers_to="C1", doc_no="45/KH-UBND"),
        document("P2", "provincial", D(2023, 3, 1)),
        document("P3", "provincial", MAY, topic="provincial;plastic"),
    ]
    result = results_of([], records)["T1"]
    assert statuses(result) == {"C1": "answered", "C5": "open"}
    row = result.counted.loc["C1"]
    assert row["name"] == "10/QĐ-TTg"
    assert (row["issued"], row["answered_on"]) == (
        pd.Timestamp(2024, 2, 1),
        pd.Timestamp(2024, 3, 1),
    )
    reasons = {"C2": "no-local-action", "C3": "to-be-decided", "C4": "no-local-action"}
    assert result.left_out["reason"].to_dict() == reasons
    assert result.left_out["name"].dropna().to_dict() == {"C2": "2/CT-TTg", "C3": "3/CT-TTg"}
    # P2 is of an earlier year, P3 about something else
    assert result.figures["provincial_documents"] == 1
    assert result.behind["figure"].to_dict() == {"P1": "provincial_documents"}
    assert result.behind.loc["P1", "name"] == "45/KH-UBND"


# --- T2 ------------------------------------------------------------------------------------


def test_t2_is_undefined_without_a_baseline_year():
    result = results_of([site("P", PARK, sectors="giấy")], [])["T2"]
    assert result.count is None
    assert (result.verdict, result.short, result.notes) == ("undefined", None, ("no-baseline",))


SECTORS = {
    "as the plan writes it": ("chế biến thủy sản; giấy", {"chế biến thủy sản", "giấy"}),
    "the other tone placement": ("Hoá chất; chế biến thuỷ sản", {"hóa chất", "chế biến thủy sản"}),
    "within a longer name": ("sản xuất bột giấy", {"giấy"}),
    "footwear (giày) is not paper (giấy)": ("giày da; dược phẩm", set()),
    "aquafeed is not seafood processing": ("thức ăn thủy sản", set()),
    "a remark in brackets is no sector": ("đa ngành (thép, nhựa: dự kiến)", set()),
    "two sectors side by side are not a third": ("chế biến; thủy sản", set()),
    "nothing said": (None, set()),
}


@pytest.mark.parametrize(("named", "expected"), SECTORS.values(), ids=SECTORS)
def test_t2_says_where_the_sectors_are(named, expected):
    result = results_of([site("P", PARK, sectors=named)], [])["T2"]
    assert {part.code: numbers(part.count) for part in result.breakdown} == dict.fromkeys(
        expected, (0, 1, 1)
    )
    absent = result.left_out["reason"].to_dict()
    assert set(absent) == set(result.target.sectors) - expected
    assert set(absent.values()) == {"not-applicable" if expected else "no-sectors-named"}


def test_t2_a_site_that_does_not_operate_makes_no_sector_present():
    places = [
        site("A", PARK, sectors="giấy", lifecycle="planned"),
        site("B", PARK, sectors="nhựa", lifecycle="closed"),
        site("C", PARK, sectors="thép", lifecycle="unknown"),
    ]
    assert statuses(results_of(places, [])["T2"]) == {"thép": "no-baseline"}


FROM_2020 = plans.with_baseline(PLANS[2024], 2020)


def t2(rows, *sectors, baseline=FROM_2020):
    """Return T2 of an intensity frame, with a site for each further sector named."""
    places = [site(f"P{i}", PARK, sectors=name) for i, name in enumerate(sectors)]
    told = pd.DataFrame(rows, columns=list(intensity.COLUMNS), dtype="object")
    found = targets.results(*typed(places, []), baseline, END, DISTRICTS, sectors=told)
    return next(result for result in found if result.target.id == "T2")


def used(sector, reduction, named="điện", *, verified=True, plants=3):
    """Return a row of an intensity frame: from 1 a unit of product down by a reduction."""
    less = Fraction(reduction)
    row = {"sector": sector, "input": named, "consumption_unit": "kWh", "output_unit": "t"}
    row |= {"baseline": Fraction(1), "current": 1 - less, "reduction": less, "plants": plants}
    row |= {"plants_left_out": 0, "verified": verified, "hidden": plants < 3}
    target = next(target for target in FROM_2020.targets if target.id == "T2")
    return row | {"status": intensity.judged(row, target)}


OVERALL = {
    "just below 5 %": ([used("thép", "49999999999999999/1000000000000000000")], "below"),
    "5 % is enough": ([used("thép", "5/100")], "met"),
    "8 % is within the range": ([used("thép", "8/100")], "met"),
    "more than 8 %": ([used("thép", "8001/100000")], "exceeded"),
    "uses more": ([used("thép", "-3/100")], "below"),
    "only reported, even if far below": ([used("thép", "-1/2", verified=False)], "reported"),
    "each input has to meet it": ([used("thép", "6/100"), used("thép", "1/100", "nước")], "below"),
    "one met, one beyond": ([used("thép", "6/100"), used("thép", "9/100", "nước")], "met"),
    "one met, one reported": (
        [used("thép", "6/100"), used("thép", "9/100", "nước", verified=False)],
        "reported",
    ),
    "verified below and reported met: below": (
        [used("thép", "1/100"), used("thép", "9/100", "nước", verified=False)],
        "below",
    ),
    "nothing declared": ([], "undeclared"),
}


@pytest.mark.parametrize(("rows", "expected"), OVERALL.values(), ids=OVERALL)
def test_t2_a_sector_by_its_inputs(rows, expected):
    assert statuses(t2(rows, "thép")) == {"thép": expected}


# Sectors present, their rows: (met, present, unknown), verdict, short.
T2_VERDICTS = {
    "2 of 2 meet": ((used("thép", "6/100"), used("nhựa", "9/100")), (2, 2, 0), "met", 0),
    "1 of 2 meets: 5 % of the sectors is not the threshold": (
        (used("thép", "6/100"), used("nhựa", "1/100")),
        (1, 2, 0),
        "not-met",
        1,
    ),
    "1 of 2, the other reported": (
        (used("thép", "6/100"), used("nhựa", "6/100", verified=False)),
        (1, 2, 1),
        "undetermined",
        1,
    ),
    "none present": ((), (0, 0, 0), "undefined", None),
}


@pytest.mark.parametrize(
    ("rows", "expected", "verdict", "short"), T2_VERDICTS.values(), ids=T2_VERDICTS
)
def test_t2_all_sectors_present_have_to_meet_it(rows, expected, verdict, short):
    result = t2(rows)
    assert (numbers(result.count), result.verdict, result.short) == (expected, verdict, short)
    assert result.target.threshold == Fraction(5, 100)


def test_t2_says_what_it_compares_how_many_are_beyond_and_what_it_was_counted_from():
    rows = [used("thép", "6/100"), used("nhựa", "9/100"), used("giấy", "9/100", verified=False)]
    result = t2([*rows, used("giày da", "9/100")], "thép", "thép; giấy")
    assert result.figures == {"baseline_year": 2020, "year": 2024, "exceeded": 1}
    assert result.counted["sites"].to_dict() == {"thép": 2, "nhựa": 0, "giấy": 1}
    # a sector that the plan does not name is no part of it
    assert result.behind["figure"].to_dict() == dict.fromkeys(("thép", "nhựa", "giấy"), "intensity")
    assert {part.code: numbers(part.count) for part in result.breakdown} == {
        "thép": (1, 1, 0),
        "nhựa": (1, 1, 0),
        "giấy": (0, 1, 1),
    }
    assert result.notes == ()


def test_t2_a_sector_whose_figures_are_hidden_is_counted_and_it_is_said():
    rows = pd.DataFrame([used("thép", "6/100", plants=2), used("nhựa", "6/100")])
    result = t2(intensity.public(rows).to_dict("records"))
    assert statuses(result) == {"thép": "met", "nhựa": "met"}
    assert (numbers(result.count), result.verdict) == ((2, 2, 0), "met")
    assert result.notes == ("sectors-hidden",)
    assert list(result.behind["reduction"]) == [None, Fraction(6, 100)]


# Used now, of 100 in the baseline year; grade; sector.
declared_twice = st.tuples(
    st.integers(85, 105), st.sampled_from("AAC"), st.sampled_from(["thép", "nhựa"])
)


@examples(10, suppress_health_check=list(HealthCheck))
@given(st.lists(declared_twice, max_size=6))
def test_t2_is_the_same_for_the_public_and_the_office(plants):
    rows = [
        row
        for number, (now, grade, sector) in enumerate(plants)
        for row in both(f"P{number}", (100, 10), (now, 10), grade=grade, sector=sector)
    ]
    exact = intensity.of_plan(declarations.typed(*rows), FROM_2020)
    office, public = (t2(frame.to_dict("records")) for frame in (exact, intensity.public(exact)))
    for seen in ("count", "breakdown", "verdict", "short", "figures", "notes"):
        assert getattr(office, seen) == getattr(public, seen)
    assert statuses(office) == statuses(public)


def test_t2_a_declared_sector_is_present_however_it_is_spelled():
    result = t2([used("Chế biến thuỷ sản", "6/100")], "thép")
    assert statuses(result) == {"thép": "undeclared", "chế biến thủy sản": "met"}
    assert result.left_out["reason"].to_dict() == dict.fromkeys(
        ("dệt may", "nhựa", "hóa chất", "xi măng", "rượu bia nước giải khát", "giấy"),
        "not-applicable",
    )


# --- T3 ------------------------------------------------------------------------------------


def test_t3_nine_of_thirteen_is_undetermined_as_long_as_one_may_still_turn_out():
    places = [*sites(PARK, 2, "P"), *sites(CLUSTER, 3, "C"), *sites(VILLAGE, 8, "V")]
    reached = ["P0", "P1", "C0", "C1", *[f"V{i}" for i in range(5)]]
    records = [
        *map(held, reached),
        held("V5", grade="C"),
        *(none("C2"), none("V6"), none("V7")),
    ]
    result = results_of(places, records)["T3"]
    # 100·9 = 900 < 910 = 70·13, yet 100·(9 + 1) = 1000 ≥ 910; ⌈9,1⌉ − 9 = 1
    assert numbers(result.count) == (9, 13, 1)
    assert (result.verdict, result.short) == ("undetermined", 1)
    assert {p.code: numbers(p.count) for p in result.breakdown} == {
        PARK: (2, 2, 0),
        CLUSTER: (2, 3, 0),
        VILLAGE: (5, 8, 1),
    }
    # all said to be not reached but V5: 100·9 < 910, so it takes just that one
    without = results_of(places, [*records[:-4], none("V5"), *records[-3:]])["T3"]
    assert (numbers(without.count), without.verdict) == ((9, 13, 0), "not-met")


OPEN = {
    "reported": [held("S0", grade="C")],
    "lapsed": [held("S0", D(2023, 5, 1))],
    "planned": [said("S0", "outreach", "planned", END, recorded_at=D(2024, 5, 1))],
    "overdue": [said("S0", "outreach", "planned", D(2024, 6, 1), recorded_at=D(2024, 5, 1))],
    "no-data": [],
}


@pytest.mark.parametrize(("status", "records"), OPEN.items(), ids=OPEN)
def test_t3_counts_what_is_open_towards_the_upper_bound_only(status, records):
    result = results_of(sites(VILLAGE, 1), records)["T3"]
    assert statuses(result) == {"S0": status}
    # 0/1 reached, at most 1/1: 0 < 70 and 100 ≥ 70
    assert (numbers(result.count), result.count.most) == ((0, 1, 1), 1)
    assert result.verdict == "undetermined"


OUTSIDE = {
    "planned": {"lifecycle": "planned"},
    "established": {"lifecycle": "established"},
    "suspended": {"lifecycle": "suspended"},
    "closed": {"lifecycle": "closed"},
    "not-recognised": {"founding": "not_decided"},
    "closed, whoever founded it": {"lifecycle": "closed", "founding": "unknown"},
}


@pytest.mark.parametrize(("reason", "how"), OUTSIDE.items(), ids=OUTSIDE)
def test_t3_lists_beside_the_denominator_what_is_outside_with_the_reason(reason, how):
    places = [site("IN"), site("OUT", **how)]
    result = results_of(places, [held("IN"), held("OUT")])["T3"]
    assert (numbers(result.count), result.count.open) == ((1, 1, 0), 0)
    assert (list(result.counted.index), result.outside) == (["IN"], 1)
    assert result.left_out["reason"].to_dict() == {"OUT": reason.partition(",")[0]}


MAY_COUNT = {
    "no decision is known": ({"founding": "unknown"}, "decision"),
    "not known whether it operates": ({"lifecycle": "unknown"}, "lifecycle"),
    "neither": ({"founding": "unknown", "lifecycle": "unknown"}, "decision;lifecycle"),
}


@pytest.mark.parametrize(("how", "missing"), MAY_COUNT.values(), ids=MAY_COUNT)
@pytest.mark.parametrize(
    ("records", "parts"),
    [([held("K")], (1, 0, 0)), ([], (0, 1, 0)), ([none("K")], (0, 0, 1))],
    ids=["reached", "unknown", "not reached"],
)
def test_t3_keeps_what_may_count_apart_by_what_it_would_be(how, missing, records, parts):
    result = results_of([site("IN"), site("K", **how)], [held("IN"), *records])["T3"]
    assert (numbers(result.count), opens(result.count)) == ((1, 1, 0), parts)
    assert opens(result.breakdown[2].count) == parts
    assert result.open["missing"].to_dict() == {"K": missing}
    # 1/1 is met, if K belongs it may be 1/2: only what is reached cannot spoil it
    assert result.verdict == ("met" if parts[0] else "undetermined")


def test_t3_asks_no_shops_no_models_and_no_districts():
    places = [site("W", SHOP), site("M", "pilot_model"), site("C", "convenience_store")]
    result = results_of(places, [held("W"), held("M"), held("930")])["T3"]
    assert (numbers(result.count), result.outside) == ((0, 0, 0), 0)
    assert result.verdict == "undefined"


KINDS_BELOW = {
    "pooled 9/10: 900 ≥ 700, parks 0/1: 0 < 70": (
        [*sites(VILLAGE, 9), site("P", PARK)],
        *([*(held(f"S{i}") for i in range(9)), none("P")], ("kind-below",)),
    ),
    "one kind only, 700 ≥ 700": (sites(VILLAGE, 10), [held(f"S{i}") for i in range(7)], ()),
    "pooled not met either": ([site("S0"), site("P", PARK)], [held("S0")], ()),
}


@pytest.mark.parametrize(("places", "records", "notes"), KINDS_BELOW.values(), ids=KINDS_BELOW)
def test_t3_flags_a_kind_below_only_where_all_together_meet(places, records, notes):
    result = results_of(places, records)["T3"]
    assert (result.notes, result.verdict == "met") == (notes, len(places) == 10)


CUMULATIVE = {
    "reached in the window": ([held("S0")], (1, 1, 0), (1, 1, 0)),
    "reached in an earlier year": ([held("S0", D(2022, 5, 1))], (0, 1, 1), (1, 1, 0)),
    "reached on 01/01/2021": ([held("S0", D(2021, 1, 1))], (0, 1, 1), (1, 1, 0)),
    "reached on 31/12/2020": ([held("S0", D(2020, 12, 31))], (0, 1, 1), (0, 1, 1)),
    "two events are one site": ([held("S0"), held("S0", D(2022, 5, 1))], (1, 1, 0), (1, 1, 0)),
    "only reported, earlier": ([held("S0", D(2022, 5, 1), grade="C")], (0, 1, 1), (0, 1, 1)),
    "confirmed in the window that nobody came": ([none("S0")], (0, 1, 0), (0, 1, 0)),
    "confirmed for an earlier year only": ([none("S0", D(2022, 12, 1))], (0, 1, 1), (0, 1, 1)),
}


@pytest.mark.parametrize(("records", "in_year", "since"), CUMULATIVE.values(), ids=CUMULATIVE)
def test_t3_counts_since_2021_beside_the_year(records, in_year, since):
    result = results_of(sites(VILLAGE, 1), records)["T3"]
    assert (numbers(result.count), numbers(result.cumulative)) == (in_year, since)
    assert (result.counted["cumulative"] == "reached").sum() == since[0]


LATER = {
    "an event after the window does not count": ([held("S0", D(2025, 1, 1))], (0, 1, 1)),
    "a record withdrawn later is gone": (
        [
            held("S0", id="E1"),
            said("S0", "outreach", "withdraw", D(2025, 2, 1), refers_to="E1"),
        ],
        (0, 1, 1),
    ),
}


@pytest.mark.parametrize(("records", "expected"), LATER.values(), ids=LATER)
def test_t3_a_closed_year_seen_later(records, expected):
    result = results_of(sites(VILLAGE, 1), records, D(2025, 6, 1))["T3"]
    assert numbers(result.count) == expected


def test_t3_a_site_that_closed_after_the_window_stays_in_its_closed_year():
    places = [site("A", valid_to=END), site("B", valid_to=D(2024, 12, 30)), site("C")]
    result = results_of(places, [held("A")], MID_2025)["T3"]
    assert (set(result.counted.index), numbers(result.count)) == ({"A", "C"}, (1, 2, 1))
    assert result.left_out["reason"].to_dict() == {"B": "closed"}


@pytest.mark.parametrize(
    "wrong",
    [{"scope": "mass"}, {"topic": "plastic_reduction"}, {"grade": "D"}, {"event_date": None}],
    ids=str,
)
def test_t3_broadcasts_other_topics_and_undated_records_reach_nobody(wrong):
    result = results_of(sites(VILLAGE, 1), [held("S0", **wrong)])["T3"]
    assert statuses(result) == {"S0": "no-data"}


def test_t3_has_the_first_verified_day_of_each_site():
    records = [held("S0", D(2024, 7, 1)), held("S0", D(2024, 3, 1)), held("S1", D(2024, 5, 1))]
    more = [held("S2", grade="C"), held("S3", D(2023, 5, 1))]
    result = results_of(sites(VILLAGE, 4), [*records, *more])["T3"]
    assert result.reached_on == (D(2024, 3, 1), D(2024, 5, 1))


def test_t3_has_the_enterprise_convention_where_both_numbers_are_there():
    places = [
        *(site("A", PARK, enterprises=20), site("B", PARK, enterprises=10)),
        *(site("C", PARK), site("D", PARK, enterprises=5), site("E", PARK, enterprises=0)),
        site("X", PARK, enterprises=5, lifecycle="closed"),
    ]
    records = [
        held("A", D(2024, 3, 1), enterprises_present=8),
        held("A", D(2024, 5, 1), enterprises_present=12),
        held("B", grade="B", enterprises_present=14),
        *(held("C", enterprises_present=3), held("D")),
        *(held(name, enterprises_present=3) for name in "EX"),
        # nor does what is only reported, of another year, or still to come give D a number
        held("D", grade="C", enterprises_present=4),
        held("D", D(2023, 5, 1), enterprises_present=4),
        said("D", "outreach", "planned", DECEMBER, enterprises_present=4),
    ]
    result = results_of(places, records)["T3"]
    # A: the fuller event, 12 of 20; B: no more than there are, 10 of 10; the others lack a number
    assert result.figures == {
        "gained": 5,
        "enterprises_present": 12 + 10,
        "enterprises": 20 + 10,
        "sites_with_both_numbers": 2,
    }
    assert result.behind["figure"].to_dict() == {"A": "enterprises", "B": "enterprises"}
    assert result.behind["enterprises_present"].tolist() == [12, 10]
    assert list(map(str, result.behind["enterprises"])) == ["20", "10"]


# --- T4 ------------------------------------------------------------------------------------

T4 = {
    "nothing known: it may be": ([], {"M": "unsettled"}, (0, None, 1), "undetermined"),
    "applied in the window": (
        *([milestone("M", "applied")], {"M": "applied"}, (1, None, 0), "met"),
    ),
    "accepted is applied": ([milestone("M", "accepted")], {"M": "applied"}, (1, None, 0), "met"),
    "replicated is applied, whatever was written down before": (
        *([milestone("M", "replicated")], {"M": "applied"}, (1, None, 0), "met"),
    ),
    "grade B is verified": (
        *([milestone("M", "applied", grade="B")], {"M": "applied"}, (1, None, 0), "met"),
    ),
    "a mere declaration is no milestone": (
        [said("M", "model", "self_declared", MAY, topic="rice;applied")],
        *({"M": "unsettled"}, (0, None, 1), "undetermined"),
    ),
    "a contract only is being built": (
        *([milestone("M", "building")], {"M": "not-applied"}, (0, None, 0), "not-met"),
    ),
    "a proposal is not applied": (
        *([milestone("M", "proposed")], {"M": "not-applied"}, (0, None, 0), "not-met"),
    ),
    "applied, says one source": (
        [milestone("M", "applied", grade="C")],
        *({"M": "reported"}, (0, None, 1), "undetermined"),
    ),
    "applied on the first day": (
        [milestone("M", "applied", D(2024, 1, 1))],
        *({"M": "applied"}, (1, None, 0), "met"),
    ),
    "carried over from 2023: not new": (
        *([milestone("M", "applied", D(2023, 12, 31))], {}, (0, None, 0), "not-met"),
    ),
    "carried over and accepted now: still not new": (
        [milestone("M", "applied", D(2023, 5, 1)), milestone("M", "accepted")],
        *({}, (0, None, 0), "not-met"),
    ),
    "built in 2023, applied now: new": (
        [milestone("M", "building", D(2023, 5, 1)), milestone("M", "applied")],
        *({"M": "applied"}, (1, None, 0), "met"),
    ),
    "applied after the window": (
        [milestone("M", "building"), milestone("M", "applied", D(2025, 1, 1))],
        *({"M": "not-applied"}, (0, None, 0), "not-met"),
    ),
}


@pytest.mark.parametrize(("records", "status", "expected", "verdict"), T4.values(), ids=T4)
def test_t4_models_built_and_applied(records, status, expected, verdict):
    result = results_of([site("M", "pilot_model")], records, D(2025, 2, 1))["T4"]
    assert (statuses(result), numbers(result.count)) == (status, expected)
    assert result.verdict == verdict
    if not status:
        assert result.left_out["reason"].to_dict() == {"M": "applied-earlier"}


# Models that count, replications that do, and those only reported.
REPLICATED = {
    "at two places: one model and one replication": (
        *([milestone("M", "applied"), milestone("M", "replicated", SEPTEMBER)], (1, 1, 0)),
    ),
    "of an earlier model, in the window, once verified": (
        [
            *(milestone("M", "applied", D(2022, 5, 1)), milestone("M", "replicated")),
            milestone("M", "replicated", D(2024, 6, 1), grade="C"),
            milestone("M", "replicated", D(2024, 7, 1), grade="B"),
            milestone("M", "replicated", D(2023, 6, 1)),
        ],
        (0, 2, 1),
    ),
}


@pytest.mark.parametrize(("records", "expected"), REPLICATED.values(), ids=REPLICATED)
def test_t4_counts_replications_apart(records, expected):
    result = results_of([site("M", "pilot_model")], records)["T4"]
    names = ("replications", "replications_reported")
    assert (result.count.yes, *(result.figures[name] for name in names)) == expected
    assert set(result.behind.index) == {"M"}
    assert [sum(result.behind["figure"] == name) for name in names] == [*expected[1:]]


def test_t4_asks_models_only_and_each_by_its_own_milestones():
    places = [site("S"), *sites("pilot_model", 3, "M"), site("W", SHOP)]
    records = [milestone("M1", "building"), milestone("M2", "applied"), milestone("S", "applied")]
    result = results_of(places, records)["T4"]
    assert statuses(result) == {"M0": "unsettled", "M1": "not-applied", "M2": "applied"}
    assert result.figures == {"replications": 0, "replications_reported": 0}


def test_t4_two_are_met_and_a_third_is_no_fault():
    places = sites("pilot_model", 3)
    result = results_of(places, [milestone(f"S{i}", "applied") for i in range(3)])["T4"]
    assert (numbers(result.count), result.verdict, result.short) == ((3, None, 0), "met", 0)


# --- T5 ------------------------------------------------------------------------------------


def organised(*codes, on=MAY, **more):
    how = {"topic": "sustainable_lifestyle", "scope": "group"} | more
    return [held(code, on, **how) for code in codes]


EIGHT = {
    "100·7 = 700 < 800 = 100·8": ([none("937")], 7, (7, 8, 0), "not-met", 1),
    "7 < 8, with 1 unknown 8 ≥ 8": ([], 7, (7, 8, 1), "undetermined", 1),
    "8 ≥ 8": ([], 8, (8, 8, 0), "met", 0),
}


@pytest.mark.parametrize(
    ("records", "did", "expected", "verdict", "short"), EIGHT.values(), ids=EIGHT
)
def test_t5_asks_all_eight(records, did, expected, verdict, short):
    result = results_of([], [*organised(*DISTRICTS[:did]), *records])["T5"]
    assert (numbers(result.count), result.verdict, result.short) == (expected, verdict, short)


@pytest.mark.parametrize(("did", "other"), [("936", "937"), ("937", "936")])
def test_t5_the_two_long_my_are_two(did, other):
    status = statuses(results_of([], organised(did))["T5"])
    assert (status[did], status[other]) == ("reached", "no-data")


T5 = {
    "on consumption": ({"topic": "sustainable_consumption"}, "reached"),
    "on production and consumption": ({"topic": "scp"}, "reached"),
    "on waste sorting only": ({"topic": "waste_sorting"}, "no-data"),
    "a broadcast of its own is organised too": ({"scope": "mass"}, "reached"),
    "only reported": ({"grade": "C"}, "reported"),
    "last year": ({"on": D(2023, 5, 1)}, "lapsed"),
}


@pytest.mark.parametrize(("how", "status"), T5.values(), ids=T5)
def test_t5_what_a_district_has_to_do(how, status):
    assert statuses(results_of([], organised("930", **how))["T5"])["930"] == status


def test_t5_the_venue_of_an_event_is_no_organiser():
    place = site("V", district_legacy="930", commune_legacy="31318")
    assert statuses(results_of([place], [held("V")])["T5"])["930"] == "no-data"


FROZEN = {
    "on the last day": (D(2025, 6, 30), D(2025, 6, 30), "reached", ()),
    "on the day after there is no district": (
        *(D(2025, 7, 1), D(2025, 12, 31), "no-data", ("districts-ended",)),
    ),
    "before, seen on the day itself": (D(2025, 5, 1), D(2025, 6, 30), "reached", ()),
    "before, seen later": (D(2025, 5, 1), D(2025, 7, 1), "reached", ("districts-ended",)),
    "before, seen in 2026": (D(2025, 5, 1), D(2026, 3, 1), "reached", ("districts-ended",)),
    "the year 2024 is not touched": (END, D(2025, 12, 31), "reached", ()),
}


@pytest.mark.parametrize(("on", "as_of", "status", "notes"), FROZEN.values(), ids=FROZEN)
def test_t5_is_frozen_where_the_districts_ended(on, as_of, status, notes):
    result = results_of([], organised("930", on=on), as_of, on.year)["T5"]
    assert (statuses(result)["930"], result.notes) == (status, notes)
    assert tuple(result.counted.index) == DISTRICTS  # and never the 28 communes


LATER_PLANS = {
    "begun when there were none": (D(2026, 1, 1), (0, 0, 0), "undefined"),
    "begun on their last day": (D(2025, 6, 30), (1, 8, 7), "undetermined"),
}


@pytest.mark.parametrize(("start", "expected", "verdict"), LATER_PLANS.values(), ids=LATER_PLANS)
def test_t5_a_plan_asks_the_districts_that_there_still_were_when_it_began(start, expected, verdict):
    window = plans.Period(start, D(2026, 12, 31))
    later = plans.Plan(**{**vars(PLANS[2025]), "year": 2026, "window": window})
    records = organised("930", on=D(2025, 6, 30))
    found = targets.results(*typed([], records), later, D(2026, 6, 1), DISTRICTS)
    t5 = next(r for r in found if r.target.id == "T5")
    assert (numbers(t5.count), t5.verdict) == (expected, verdict)
    assert t5.notes == ("districts-ended",)


def test_t5_has_the_first_day_of_each_district():
    records = [*organised("931", on=JUNE), *organised("931", "930", on=MAY)]
    result = results_of([], [*records, *organised("932", grade="C")])["T5"]
    assert result.reached_on == (MAY, MAY)
    assert result.figures == {"gained": 2}


# --- T6 ------------------------------------------------------------------------------------

T6 = {
    "meets": ([check("S0")], "compliant", (1, 1, 0), "met"),
    "residual plastic does not fail it": (
        [check("S0", answers="R1=yes;R2=yes;R4=no")],
        *("compliant", (1, 1, 0), "met"),
    ),
    "partly is a no": ([check("S0", answers="R1=yes;R2=no")], "partial", (0, 1, 0), "not-met"),
    "does not meet": (
        [check("S0", answers="R1=no;R2=no")],
        *("non-compliant", (0, 1, 0), "not-met"),
    ),
    "half checked may still turn out": (
        *([check("S0", answers="R1=yes")], "incomplete", (0, 1, 1), "undetermined"),
    ),
    "self-declared may still turn out": (
        [check("S0", kind="self_declared", method="self", grade="C")],
        *("self-declared", (0, 1, 1), "undetermined"),
    ),
    "nothing known": ([], "no-data", (0, 1, 1), "undetermined"),
    "reached is not compliant": ([held("S0")], "no-data", (0, 1, 1), "undetermined"),
    "what is claimed ill settles nothing": (
        [check("S0", answers="R1=no;R2=no", grade="C")],
        *("non-compliant", (0, 1, 1), "undetermined"),
    ),
    "nor what a shop says ill of itself": (
        [check("S0", answers="R1=yes;R2=no", kind="self_declared", method="self", grade="C")],
        *("partial", (0, 1, 1), "undetermined"),
    ),
    "nor a well-meant inspection of grade C": (
        *([check("S0", grade="C")], "self-declared", (0, 1, 1), "undetermined"),
    ),
}


@pytest.mark.parametrize("kind", [SHOP, CENTRE])
@pytest.mark.parametrize(("records", "status", "expected", "verdict"), T6.values(), ids=T6)
def test_t6_friendly_packaging(kind, records, status, expected, verdict):
    result = results_of(sites(kind, 1), records)["T6"]
    assert (statuses(result), numbers(result.count)) == ({"S0": status}, expected)
    assert result.verdict == verdict


def test_t6_is_asked_under_its_own_profile_at_the_end_of_the_window():
    # On 31/12/2025 the check is 213 days old and P45 still holds; in 2026 only ND08-64 would.
    records = [check("S0", D(2025, 6, 1))]
    for as_of in (D(2025, 12, 31), D(2026, 1, 1), D(2026, 11, 22)):
        result = results_of(sites(SHOP, 1), records, as_of, 2025)["T6"]
        assert (statuses(result), result.verdict) == ({"S0": "compliant"}, "met"), as_of


def test_t6_a_check_under_the_later_profile_does_not_count():
    records = [check("S0", D(2026, 2, 1), "R3=yes;R4=yes", profile="ND08-64")]
    assert statuses(results_of(sites(SHOP, 1), records, D(2026, 3, 1), 2025)["T6"]) == {
        "S0": "no-data"
    }


# A stock: what stood before the window, and is still fresh, is there and not gained.
GAINED = {
    "checked in the window only": ([check("S0", D(2025, 3, 1))], 1),
    "still fresh from the year before": ([check("S0", D(2024, 6, 1))], 0),
    "fresh from the year before, and checked again": (
        *([check("S0", D(2024, 6, 1)), check("S0", D(2025, 3, 1))], 0),
    ),
    "checked on the last day before the window": ([check("S0", D(2024, 12, 31))], 0),
    "checked on its first day": ([check("S0", D(2025, 1, 1))], 1),
    "failed the year before": (
        *([check("S0", D(2024, 6, 1), "R1=no;R2=no"), check("S0", D(2025, 3, 1))], 1),
    ),
}


@pytest.mark.parametrize(("records", "gained"), GAINED.values(), ids=GAINED)
def test_t6_gains_only_what_came_about_inside_the_window(records, gained):
    result = results_of(sites(SHOP, 1), records, D(2025, 3, 31), 2025)["T6"]
    assert (result.count.yes, result.figures["gained"]) == (1, gained)


def test_t6_convenience_stores_stand_apart():
    places = [*sites(SHOP, 1), *sites("convenience_store", 3, "C")]
    result = results_of(places, [check("S0"), check("C0")])["T6"]
    assert (numbers(result.count), result.verdict, result.outside) == ((1, 1, 0), "met", 0)
    assert result.figures["convenience_stores"] == 3
    names = dict.fromkeys(("C0", "C1", "C2"), "convenience_stores")
    assert result.behind["figure"].to_dict() == names


def test_t6_a_supermarket_in_a_shopping_centre_is_two():
    result = results_of([site("S0", SHOP), site("T0", CENTRE)], [check("S0")])["T6"]
    assert {p.code: numbers(p.count) for p in result.breakdown} == {
        SHOP: (1, 1, 0),
        CENTRE: (0, 1, 1),
    }


@pytest.mark.parametrize("how", [{}, {"kind": "self_declared", "method": "self", "grade": "C"}])
def test_t6_a_shop_to_which_nothing_applies_is_outside_whoever_says_so(how):
    # S0 meets, to S1 nothing applies: 1/1, not 1/2.
    records = [check("S0"), check("S1", answers="R1=na;R2=na", **how)]
    closed = site("X", SHOP, lifecycle="closed")
    result = results_of([*sites(SHOP, 2), closed], records)["T6"]
    assert (numbers(result.count), result.verdict) == ((1, 1, 0), "met")
    assert result.left_out["reason"].to_dict() == {"S1": "not-applicable", "X": "closed"}
    assert len(result.left_out) == result.outside == 2
    seen = rules.status_of(*typed(sites(SHOP, 2), records), PLANS[2024], END)
    assert seen.loc["S1", "compliance"] == "not-applicable"  # and so the map has it


def test_t6_asks_only_shops_that_operate_and_needs_no_decision():
    places = [site("A", SHOP), site("B", SHOP, lifecycle="closed"), site("C", CENTRE)]
    places.append(site("D", SHOP, valid_from=D(2025, 1, 1)))
    places.append(site("K", SHOP, lifecycle="unknown", founding="unknown"))
    result = results_of(places, [check(name) for name in "ABCD"], MID_2025)["T6"]
    assert (set(result.counted.index), numbers(result.count)) == ({"A", "C"}, (2, 2, 0))
    assert result.left_out["reason"].to_dict() == {"B": "closed", "D": "planned"}
    assert (opens(result.count), result.open["missing"].to_dict()) == (
        (0, 1, 0),
        {"K": "lifecycle"},
    )


# --- T7 ------------------------------------------------------------------------------------


def taught(organiser, happened=SEPTEMBER, **more):
    how = {"organiser": organiser, "topic": "scp_teaching"} | more
    return said("province", "education", "held", happened, **how)


def test_t7_counts_institutions_and_never_judges():
    records = [
        *(taught("THPT Vị Thanh"), taught("THPT Vị Thanh", D(2024, 10, 1))),
        taught("CĐ Ngã Bảy", grade="B"),
        said("S0", "outreach", "held", SEPTEMBER, organiser="Sở Công Thương"),
        *(taught("THCS Ngã Sáu", grade="C"), taught("CĐ Ngã Bảy", grade="C")),
        *(taught("THPT Long Mỹ", D(2023, 9, 5)), taught("THPT Cây Dương", D(2025, 1, 1))),
    ]
    result = results_of([], records, D(2025, 3, 1))["T7"]
    assert numbers(result.count) == (2, None, 1)
    assert (result.verdict, result.short) == (None, None)
    assert statuses(result) == {
        "CĐ Ngã Bảy": "taught",
        "THPT Vị Thanh": "taught",
        "THCS Ngã Sáu": "reported",
    }


# --- what always holds ---------------------------------------------------------------------

LATE = {
    "T3": held("S0", D(2024, 11, 1), recorded_at=D(2025, 1, 15)),
    "T5": organised("930", on=D(2024, 11, 1), recorded_at=D(2025, 1, 15))[0],
    "T6": check("S1", D(2024, 11, 1), recorded_at=D(2025, 1, 15)),
}


@pytest.mark.parametrize(("known", "yes"), [(END, 0), (D(2025, 1, 14), 0), (D(2025, 1, 15), 1)])
@pytest.mark.parametrize("as_of", [END, MID_2025])
@pytest.mark.parametrize(("target", "record"), LATE.items(), ids=LATE)
def test_a_record_counts_from_its_entry_on_whatever_day_is_looked_at(
    target, record, as_of, known, yes
):
    found = results_of([site("S0"), site("S1", SHOP)], [record], as_of, known=known)
    assert found[target].count.yes == yes


often = examples(10, suppress_health_check=list(HealthCheck))
LISTED = {"T3": "outreach", "T5": "outreach", "T6": "compliance"}


def counted(typed_frames, look):
    year, t = look
    return Counted(typed_frames, PLANS[year], t)


def found_by_id(typed_frames, look):
    year, t = look
    found = targets.results(*typed_frames, PLANS[year], t, DISTRICTS)
    return {result.target.id: result for result in found}


def told_of(result):
    """Return all that a result tells of its count, in whatever order the data came."""
    lists = [frame.sort_index().to_dict() for frame in (result.counted, result.open)]
    counts = (result.count, result.cumulative, result.breakdown, result.reached_on)
    return (*counts, result.verdict, result.short, result.figures, *lists)


def same(frames, others, look):
    told, again = found_by_id(frames, look), found_by_id(others, look)
    return {n: told_of(told[n]) for n in told} == {n: told_of(again[n]) for n in again}


@often
@given(registers(), views)
def test_counts_add_up_and_have_their_list(world, look):
    found = counted(frames_of(*world), look)
    for name, axis in LISTED.items():
        result = found[name]
        parts = [result.counted["part"].value_counts().get(p, 0) for p in targets.PARTS]
        assert sum(parts) == result.count.total == len(result.counted)
        assert parts == [result.count.yes, result.count.unknown, result.count.no]
        opened = [result.open["part"].value_counts().get(p, 0) for p in targets.PARTS]
        assert tuple(opened) == opens(result.count)
        yes = result.counted["status"].isin(targets.YES[axis])
        assert (yes == (result.counted["part"] == "yes")).all()
        assert len(result.reached_on) == (result.count.yes if axis == "outreach" else 0)
        if result.breakdown:
            kinds = [numbers(part.count) + opens(part.count) for part in result.breakdown]
            whole = numbers(result.count) + opens(result.count)
            assert tuple(map(sum, zip(*kinds, strict=True))) == whole


@often
@given(registers(), views)
def test_every_site_of_its_kinds_is_counted_open_or_left_out_once(world, look):
    places, records = frames_of(*world)
    found = counted((places, records), look)
    for name in ("T3", "T4", "T6"):
        result = found[name]
        asked = places.index[places["kind"].isin(result.target.kinds)]
        lists = (result.counted, result.open, result.left_out)
        assert sorted(site for frame in lists for site in frame.index) == sorted(asked)


@often
@given(registers(), views)
def test_what_is_true_of_the_year_is_true_since_2021(world, look):
    result = counted(frames_of(*world), look)["T3"]
    assert result.cumulative.yes >= result.count.yes
    assert result.cumulative.most >= result.count.most
    assert result.cumulative.total == result.count.total
    assert result.cumulative.open == result.count.open


@often
@given(registers(), views, st.randoms(use_true_random=False))
def test_the_order_of_sites_and_records_does_not_matter(world, look, random):
    frames = frames_of(*world)
    shuffled = [f.iloc[random.sample(range(len(f)), len(f))] for f in frames]
    assert same(frames, shuffled, look)


@often
@given(registers(), views, st.sampled_from(EDGES))
def test_what_is_entered_after_the_day_of_knowledge_changes_nothing(world, look, known):
    places, records = world
    register_, evidence = frames_of(places, records)
    never = frames_of(places, [r for r in records if r["recorded_at"] <= known])
    assert same((register_, ev.known_at(evidence, known)), never, look)


@often
@given(registers(), views)
def test_what_happens_after_the_day_looked_at_changes_nothing(world, look):
    places, records = world
    _year, t = look
    # a plan speaks of days to come, and what replaces or withdraws speaks of knowledge
    of_the_world = {"held", "check", "self_declared", "cancelled", "milestone", "none_confirmed"}
    later = [
        r["id"]
        for r in records
        if r["kind"] in of_the_world and not r["supersedes"] and (r["event_date"] or t) > t
    ]
    never = frames_of(places, [r for r in records if r["id"] not in later])
    assert same(frames_of(places, records), never, look)
