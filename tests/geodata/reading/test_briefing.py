"""The briefing: one source for screens and files; board, ranks and changes agree with the rules."""

from dataclasses import replace
from functools import cache

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.core.text import number
from geodata.geography import units
from geodata.reading import briefing, labels
from geodata.reading.view import View
from geodata.rules import plan
from tests.examples import examples
from tests.geodata.rules.test_status import AS_OFS, Dice, any_record, any_site, frames_of
from tests.geodata.rules.test_targets import (
    DISTRICTS,
    END,
    VILLAGE,
    D,
    check,
    held,
    milestone,
    said,
    site,
    typed,
)

JUNE = D(2024, 6, 30)
UNITS = (*DISTRICTS, "999", None)  # where a site may be said to be
OUTLINES = {vintage: units.dissolve(units.load_blocks(), vintage) for vintage in units.Vintage}


def briefed(places, records, *, compared_to=JUNE, frames=None, shown=None, **view):
    """Return the briefing of a view, each day under the plan of that day."""
    look = View(**({"as_of": END} | view))
    return briefing.brief(
        *(frames or typed(places, records)),
        plan.default(plan.shipped(), look.as_of),
        look,
        units=OUTLINES[look.units_of],
        districts=DISTRICTS,
        data_version="1-x",
        compared_to=compared_to,
        earlier_plan=plan.default(plan.shipped(), compared_to) if compared_to else None,
        shown=shown,
    )


@pytest.fixture(scope="module")
def crowd(simulated):
    """Gives briefings of many sites, each made once."""
    return cache(lambda **view: briefed(None, None, frames=simulated, **view))


def village(name, district, **more):
    return site(name, VILLAGE, district_legacy=district, **more)


# --- the board -----------------------------------------------------------------------------


def test_the_board_tells_the_results(crowd):
    told = crowd(compared_to=None)
    assert [line.id for line in told.board] == [result.target.id for result in told.results]
    for line, result in zip(told.board, told.results, strict=True):
        count = result.count
        assert (line.verdict, line.text) == (result.verdict, result.target.text)
        assert line.short == (number(result.short) if result.short else "")
        if count is None:
            assert line.counted == "–"
        elif count.total is None:
            assert line.counted == number(count.yes)
        else:
            assert line.counted.startswith(f"{number(count.yes)}/{number(count.total)}")
        assert bool(line.bounds) == bool(count and (count.unknown or count.open))
        if line.bounds:
            assert (f"{number(count.most)}" in line.bounds) or not count.unknown
            assert f"thêm {number(count.open)} cơ sở" in line.bounds or not count.open


def test_the_thresholds_read_as_the_plan_writes_them():
    lines = {line.id: line.threshold for line in briefed([], []).board}
    assert (lines["T2"], lines["T3"], lines["T4"]) == ("5–8%", "70%", "1–2")
    assert lines["T5"] == lines["T6"] == "100%"
    assert lines["T1"] == lines["T7"] == "không đặt ngưỡng"


def test_the_targets_ask_of_all_sites_whatever_is_filtered(crowd):
    everything = crowd(compared_to=None)
    some = crowd(compared_to=None, kinds=("supermarket",), unit="931")
    assert some.board == everything.board
    assert len(some.sites) < len(some.register) == len(everything.register)
    counted = {name for result in some.results for name in result.counted.index}
    sites_counted = {name for name in counted if name.startswith("SIM-") and "-EV-" not in name}
    assert sites_counted <= set(some.register.index)


@pytest.mark.parametrize(("axis", "unit"), [("compliance", None), ("outreach", "931")])
def test_every_unit_is_ranked_and_all_add_up_to_the_target_whatever_unit_is_chosen(
    crowd, axis, unit
):
    told = crowd(compared_to=None, axis=axis, unit=unit)
    count = told.result.count
    assert told.gaps[["sites", "yes", "unknown", "open"]].sum().tolist() == [
        *(count.total, count.yes, count.unknown, count.open),
    ]
    assert len(told.gaps) == 8
    rows = [row["count"] for group in told.legend["groups"] for row in group["rows"]]
    assert sum(rows) == len(told.sites)


# --- what may be named ---------------------------------------------------------------------


def cells(told):
    """Return every piece of text in what a briefing lists."""
    results = [
        getattr(r, n) for r in told.results for n in ("counted", "open", "left_out", "behind")
    ]
    frames = (told.register, told.sites, told.status, told.listed, told.gaps, told.changes)
    every = [frame.drop(columns="geometry", errors="ignore") for frame in (*results, *frames)]
    texts = [str(v) for f in every for v in (*f.index, *f.astype(object).to_numpy().ravel())]
    return {part.strip() for text in texts for part in text.split(";")}


@examples(4)
@given(
    st.integers(0, 2**16),
    st.lists(st.sampled_from(AS_OFS), min_size=2, max_size=2, unique=True),
    st.sampled_from(["outreach", "compliance"]),
)
def test_the_public_reads_the_offices_figures_and_no_private_name(seed, days, axis):
    pick, ids = Dice(seed), tuple(f"E{i}" for i in range(300))
    rows = [any_site(pick, f"S{i}") | {"district_legacy": pick(UNITS)} for i in range(80)]
    places, records = frames_of(rows, [any_record(pick, i, rows, ids) for i in ids])
    then, now = sorted(days)
    hidden = {f"S{i}" for i in range(80) if pick((True, False, False))}
    look = {"frames": (places, records), "compared_to": then, "as_of": now, "axis": axis}
    office = briefed(None, None, **look)
    public = briefed(None, None, **look, shown=places.drop(index=list(hidden)))
    for mine, theirs in zip(public.results, office.results, strict=True):
        for name in ("count", "breakdown", "cumulative", "verdict", "short", "outside", "figures"):
            assert getattr(mine, name) == getattr(theirs, name)
    assert [line.counted for line in public.board] == [line.counted for line in office.board]
    assert (public.findings, public.compared) == (office.findings, office.compared)
    assert public.legend["groups"] == office.legend["groups"]
    pd.testing.assert_frame_equal(public.gaps, office.gaps)
    assert not cells(public) & hidden
    assert cells(office) >= hidden


def test_it_is_said_how_many_sites_are_not_named():
    places = typed([village("A", "930"), village("B", "930", public="no")], [])
    told = briefed(None, None, frames=places, shown=places[0].loc[["A"]])
    assert "trong đó 1 cơ sở không nêu tên" in told.board[2].bounds
    assert not told.internal
    assert briefed(None, None, frames=places).internal


# --- ranks ---------------------------------------------------------------------------------


def test_a_unit_that_caught_up_moved_up():
    places = [village("A", "930"), village("B", "931")]
    records = [held("B", D(2024, 5, 1)), held("A", D(2024, 5, 1), grade="C")]
    records.append(held("A", D(2024, 9, 1)))
    gaps = briefed(places, records).gaps
    # in June 931 led 1/1 to 0/1; in December both have 1/1 and share the first rank
    assert gaps.loc[["930", "931"], "rank"].tolist() == [1, 1]
    assert gaps.loc[["930", "931"], "moved"].tolist() == [1, 0]
    assert gaps.loc["932", ["rank", "moved"]].isna().all()


def test_without_a_date_compared_nothing_moves_and_nothing_changes():
    told = briefed([village("A", "930")], [held("A", D(2024, 9, 1))], compared_to=None)
    assert "moved" not in told.gaps
    assert told.changes.empty


def test_new_units_rank_the_28_communes(crowd):
    told = crowd(compared_to=None, vintage="2025")
    assert len(told.gaps) == 28
    t5 = next(r for r in told.results if r.target.id == "T5")
    assert t5.count.total == 8


# --- changes -------------------------------------------------------------------------------

CHANGES = {
    "an event": ([held("A", D(2024, 9, 1), id="N")], ("no-data", "reached", "N")),
    "a report, then an event": (
        [held("A", D(2024, 5, 1), grade="C", id="O"), held("A", D(2024, 9, 1), id="N")],
        ("reported", "reached", "N"),
    ),
    "a cancellation": (
        [
            said("A", "outreach", "planned", END, recorded_at=D(2024, 5, 1), id="O"),
            said("A", "outreach", "cancelled", D(2024, 9, 1), refers_to="O", id="W"),
        ],
        ("planned", "no-data", "W"),
    ),
    "a cancellation that was withdrawn, and the day that passed": (
        [
            said("A", "outreach", "planned", D(2024, 8, 1), recorded_at=D(2024, 5, 1), id="O"),
            said("A", "outreach", "cancelled", D(2024, 9, 1), refers_to="O", id="W"),
            said("A", "outreach", "withdraw", D(2024, 9, 2), refers_to="W"),
        ],
        ("planned", "overdue", "O"),
    ),
    "the day of a plan that passed": (
        [said("A", "outreach", "planned", D(2024, 8, 1), recorded_at=D(2024, 5, 1), id="O")],
        ("planned", "overdue", "O"),
    ),
}


def of_case(case, records):
    """Records of a site of their own, under ids of their own."""
    names = "id", "subject", "refers_to"
    return [r | {name: f"{r[name]} of {case}" for name in names if r.get(name)} for r in records]


@pytest.fixture(scope="module")
def changed():
    """The changes of a site a case."""
    places = [village(f"A of {case}", "930") for case in CHANGES]
    records = [row for case, (some, _outcome) in CHANGES.items() for row in of_case(case, some)]
    return briefed(places, records).changes


@pytest.mark.parametrize("case", CHANGES)
def test_a_change_names_the_evidence_that_made_it(case, changed):
    (change,) = changed[changed["site"] == f"A of {case}"].to_dict("records")
    before, after, evidence = CHANGES[case][1]
    assert (change["before"], change["after"]) == (before, after)
    assert change["evidence"] == f"{evidence} of {case}"
    assert (change["name"], change["axis"]) == (f"A of {case}", "outreach")


# Both days are seen with the same knowledge: what is entered in between changes both.
STAYED = {
    "reached before": [held("A", D(2024, 5, 1))],
    "entered late": [held("A", D(2024, 5, 1), recorded_at=D(2024, 9, 1))],
    "withdrawn": [
        held("A", D(2024, 5, 1), id="O"),
        said("A", "outreach", "withdraw", D(2024, 9, 1), refers_to="O"),
    ],
}


def test_what_stayed_is_no_change():
    places = [village(f"A of {case}", "930") for case in STAYED]
    told = briefed(places, [row for case, some in STAYED.items() for row in of_case(case, some)])
    assert told.changes.empty
    assert {line.change for line in told.compared} == {"0", ""}


def test_an_earlier_year_is_read_under_its_own_plan():
    places = [village("A", "930"), village("B", "931")]
    records = [held("A", D(2024, 5, 1)), held("B", D(2025, 2, 1))]
    told = briefed(places, records, as_of=D(2025, 3, 1), compared_to=END)
    t3 = told.compared[2]
    # under Plan 66 A would have been no more than lapsed, and nothing reached in 2024
    assert (t3.then, t3.now, t3.change) == ("1/2 (50,0%)", "1/2 (50,0%)", "0")
    changes = told.changes.set_index("site")[["before", "after"]].to_numpy().tolist()
    assert changes == [["reached", "lapsed"], ["no-data", "reached"]]
    assert told.gaps.loc[["930", "931"], "rank"].tolist() == [2, 1]


def test_a_shop_changes_on_each_axis_for_itself_and_a_model_once():
    places = [site("W", "supermarket"), site("M", "pilot_model")]
    records = [check("W", D(2024, 9, 1), id="N"), milestone("M", "applied", D(2024, 9, 1), id="K")]
    changes = briefed(places, records).changes
    assert changes[["site", "axis", "before", "after", "evidence"]].to_numpy().tolist() == [
        ["M", "outreach", "stage-no-data", "stage-applied", "K"],
        ["W", "compliance", "no-data", "compliant", "N"],
    ]
    for row in changes.itertuples():
        assert labels.key_label(row.axis, row.after)


def test_only_sites_in_view_change():
    places = [village("A", "930"), village("B", "931")]
    records = [held("A", D(2024, 9, 1)), held("B", D(2024, 9, 1))]
    assert briefed(places, records, unit="931").changes["site"].tolist() == ["B"]


# --- what stands under every page ----------------------------------------------------------


def test_the_facts_name_date_plan_and_data_version():
    told = briefed([], [])
    assert told.facts[:3] == (
        *("Ngày chốt số liệu 31/12/2024", "Kế hoạch 45/KH-UBND (năm 2024)"),
        "Phiên bản dữ liệu 1-x",
    )
    assert not told.simulated
    assert replace(told, view=replace(told.view, workspace="simulated")).simulated


def test_the_day_of_knowledge_is_named_where_it_is_not_today():
    places = typed([], [])
    told = briefed(None, None, frames=places, known_at=END)
    assert "hồ sơ đã nhập đến ngày 31/12/2024" in told.facts[1]
    assert not any("hồ sơ" in fact for fact in briefed([], []).facts)
    (line,) = briefing.knowledge(END, 2)
    assert "2" in line


def test_an_empty_filter_still_has_a_board():
    told = briefed([village("A", "930")], [held("A")], unit="931")
    assert told.sites.empty
    assert len(told.board) == 7
    assert told.gaps["sites"].sum() == 1  # of another unit
