"""The briefing: one source for screens and files; board, ranks and changes agree with the rules."""

from dataclasses import replace

import pytest

from geodata import briefing, plan, simulate, units
from geodata.legend import legend
from geodata.text import number
from geodata.view import View
from tests.geodata.test_targets import (
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

PLAN = plan.of_year(plan.shipped(), 2024)
JUNE = D(2024, 6, 30)
OUTLINES = {vintage: units.dissolve(units.load_blocks(), vintage) for vintage in units.Vintage}


def briefed(places, records, *, compared_to=JUNE, frames=None, **view):
    look = View(**({"as_of": END} | view))
    return briefing.brief(
        *(frames or typed(places, records)),
        PLAN,
        look,
        units=OUTLINES[look.units_of],
        districts=DISTRICTS,
        data_version="1-x",
        compared_to=compared_to,
    )


@pytest.fixture(scope="module")
def crowd():
    blocks, legacy = units.load_blocks(), units.load_legacy_communes()
    return simulate.simulate(blocks, legacy, plan.shipped(), 300, 1)


def village(name, district, **more):
    return site(name, VILLAGE, district_legacy=district, **more)


# --- the board -----------------------------------------------------------------------------


def test_the_board_tells_the_results(crowd):
    told = briefed(None, None, frames=crowd)
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
        assert number(count.most) in line.bounds if count and count.unknown else not line.bounds


def test_the_thresholds_read_as_the_plan_writes_them():
    lines = {line.id: line.threshold for line in briefed([], []).board}
    assert (lines["T2"], lines["T3"], lines["T4"]) == ("5–8%", "70%", "1–2")
    assert lines["T5"] == lines["T6"] == "100%"
    assert lines["T1"] == lines["T7"] == "không đặt ngưỡng"


def test_the_targets_ask_of_all_sites_whatever_is_filtered(crowd):
    everything = briefed(None, None, frames=crowd)
    some = briefed(None, None, frames=crowd, kinds=("supermarket",), unit="931")
    assert some.board == everything.board
    assert len(some.sites) < len(some.register) == len(everything.register)
    counted = {name for result in some.results for name in result.counted.index}
    sites_counted = {name for name in counted if name.startswith("SIM-") and "-EV-" not in name}
    assert sites_counted <= set(some.register.index)


@pytest.mark.parametrize("axis", ["outreach", "compliance"])
def test_legend_and_table_of_units_agree(crowd, axis):
    told = briefed(None, None, frames=crowd, axis=axis)
    assert told.legend == legend(crowd[0], told.status, told.view)
    rows = {row["key"]: row["count"] for g in told.legend["groups"] for row in g["rows"]}
    yes = rows["reached" if axis == "outreach" else "compliant"]
    unplaced = told.sites["district_legacy"].isna()
    hidden = told.status.loc[unplaced, axis].isin(["reached", "compliant"]).sum()
    assert told.gaps["yes"].sum() == yes - hidden


# --- ranks ---------------------------------------------------------------------------------


def test_a_unit_that_caught_up_moved_up():
    places = [village("A", "930"), village("B", "931")]
    records = [held("B", D(2024, 5, 1)), held("A", D(2024, 9, 1))]
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
    told = briefed(None, None, frames=crowd, vintage="2025")
    assert len(told.gaps) == 28
    t5 = next(r for r in told.results if r.target.id == "T5")
    assert t5.count.total == 8


# --- changes -------------------------------------------------------------------------------

CHANGES = {
    "an event": ([held("A", D(2024, 9, 1), id="N")], ("no-data", "reached", "N")),
    "an event entered late": (
        [held("A", D(2024, 5, 1), recorded_at=D(2024, 9, 1), id="N")],
        ("no-data", "reached", "N"),
    ),
    "a second source": (
        [
            held("A", D(2024, 5, 1), grade="C", id="O"),
            held("A", D(2024, 5, 1), recorded_at=D(2024, 9, 1), id="N"),
        ],
        ("reported", "reached", "N"),
    ),
    "a withdrawal": (
        [
            held("A", D(2024, 5, 1), id="O"),
            said("A", "outreach", "withdraw", D(2024, 9, 1), refers_to="O", id="W"),
        ],
        ("reached", "no-data", "W"),
    ),
    "a withdrawal that leaves a report": (
        [
            *(held("A", D(2024, 5, 1), id="O"), held("A", D(2024, 4, 1), grade="C", id="R")),
            said("A", "outreach", "withdraw", D(2024, 9, 1), refers_to="O", id="W"),
        ],
        ("reached", "reported", "R; W"),
    ),
    "a cancellation": (
        [
            said("A", "outreach", "planned", END, recorded_at=D(2024, 5, 1), id="O"),
            said("A", "outreach", "cancelled", D(2024, 9, 1), refers_to="O", id="W"),
        ],
        ("planned", "no-data", "W"),
    ),
    "the day of a plan that passed": (
        [said("A", "outreach", "planned", D(2024, 8, 1), recorded_at=D(2024, 5, 1), id="O")],
        ("planned", "overdue", "O"),
    ),
}


@pytest.mark.parametrize(("records", "expected"), CHANGES.values(), ids=CHANGES)
def test_a_change_names_the_evidence_that_made_it(records, expected):
    changes = briefed([village("A", "930")], records).changes
    assert changes[["before", "after", "evidence"]].values.tolist() == [list(expected)]
    assert changes.loc[0, ["site", "name", "axis"]].tolist() == ["A", "A", "outreach"]


def test_what_stayed_is_no_change():
    told = briefed([village("A", "930")], [held("A", D(2024, 5, 1))])
    assert told.changes.empty


def test_a_shop_changes_on_each_axis_for_itself_and_a_model_once():
    places = [site("W", "supermarket"), site("M", "pilot_model")]
    records = [check("W", D(2024, 9, 1), id="N"), milestone("M", "applied", D(2024, 9, 1), id="K")]
    changes = briefed(places, records).changes
    assert changes[["site", "axis", "before", "after", "evidence"]].values.tolist() == [
        ["M", "outreach", "stage-no-data", "stage-applied", "K"],
        ["W", "compliance", "no-data", "compliant", "N"],
    ]
    for row in changes.itertuples():
        assert briefing.status_name(row.axis, row.after)


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


def test_an_empty_filter_still_has_a_board():
    told = briefed([village("A", "930")], [held("A")], unit="931")
    assert told.sites.empty
    assert len(told.board) == 7
    assert told.gaps["sites"].sum() == 0
