"""The legend: every status with a count, all counts together every site of the view."""

from dataclasses import replace

import pytest

from geodata.reading import view as views
from geodata.reading.legend import legend
from geodata.register.sites import KINDS

CHOICES = [
    {},
    {"axis": "compliance"},
    {"kinds": ("supermarket", "shopping_centre")},
    {"kinds": ("pilot_model",)},
    {"unit": "931"},
    {"unit": "931", "kinds": ("craft_village",), "axis": "compliance"},
    {"statuses": ("reached", "stage-applied")},
]
EACH = pytest.mark.parametrize("choice", CHOICES, ids=str)


def rows(of):
    return [row for group in of["groups"] for row in group["rows"]]


@EACH
def test_the_counts_add_up_to_all_sites_of_the_view(sites, statuses, view, choice):
    some = replace(view, **choice)
    counts = [row["count"] for row in rows(legend(sites, statuses, some))]
    assert sum(counts) == len(views.within(sites, some)) > 0


@EACH
def test_every_status_has_its_row_even_where_no_site_has_it(sites, statuses, view, choice):
    some = replace(view, **choice)
    found = [row["key"] for row in rows(legend(sites, statuses, some))]
    models = not some.kinds or "pilot_model" in some.kinds
    expected = [k for k in views.statuses(some.axis) if models or not k.startswith(views.STAGE)]
    assert sorted(found) == sorted(expected)


@EACH
def test_the_groups_are_the_sums_of_their_statuses_and_add_up_to_all(sites, statuses, view, choice):
    some = replace(view, **choice)
    told = legend(sites, statuses, some)
    by_key = {row["key"]: row["count"] for row in rows(told)}
    parts = [part for block in told["groups"] for part in block["parts"]]
    assert [part["count"] for part in parts] == [sum(map(by_key.get, p["keys"])) for p in parts]
    assert sum(part["count"] for part in parts) == len(views.within(sites, some))


def test_how_many_statuses_no_site_has_is_said(sites, statuses, view):
    one = legend(sites, statuses, replace(view, unit="931", kinds=("supermarket",)))
    (block,) = one["groups"]
    zero = sum(not row["count"] for row in block["rows"])
    assert zero > 0
    assert block["empty"].startswith(str(zero))


def test_a_status_that_is_not_shown_is_switched_off(sites, statuses, view):
    some = replace(view, statuses=("reached", "stage-applied"))
    on = {row["key"] for row in rows(legend(sites, statuses, some)) if row["on"]}
    assert on == {"reached", "stage-applied"}


def test_without_a_choice_everything_is_switched_on(sites, statuses, view):
    assert all(row["on"] for row in rows(legend(sites, statuses, view)))


def test_shapes_are_explained_for_the_kinds_in_view_only(sites, statuses, view):
    all_kinds = [entry["kind"] for entry in legend(sites, statuses, view)["kinds"]]
    assert all_kinds == [kind for kind in KINDS if (sites["kind"] == kind).any()]
    one = legend(sites, statuses, replace(view, kinds=("supermarket",)))["kinds"]
    assert [entry["kind"] for entry in one] == ["supermarket"]


def test_the_sites_that_are_not_on_the_map_are_counted(sites, statuses, view):
    lost = sites.copy()
    lost.loc[lost.index[:3], ["lat", "lon"]] = None
    more = len(views.unplaced(sites).index.difference(lost.index[:3])) + 3
    (total, *_rest) = legend(lost, statuses, view)["notes"]
    assert "200" in total
    assert str(more) in total


def test_sites_that_may_not_be_named_are_counted_and_it_is_said(sites, statuses, view):
    placed = sites.drop(index=views.unplaced(sites).index)
    told = legend(placed, statuses, view, shown=placed.iloc[3:])
    assert rows(told) == rows(legend(placed, statuses, view))
    total, unnamed = told["notes"][:2]
    assert "trong đó 3 chưa có trên bản đồ" in total
    assert "3 cơ sở" in unnamed
    assert "không nêu tên" in unnamed


def test_dashed_outlines_are_explained_where_there_are_any(sites, statuses, view):
    sure = sites.assign(position_accuracy_m=10.0)
    vague = sites.assign(position_accuracy_m=3000.0)
    assert len(legend(vague, statuses, view)["notes"]) == 2
    assert len(legend(sure, statuses, view)["notes"]) == 1


@pytest.mark.parametrize("axis", ["outreach", "compliance"])
def test_the_title_names_the_axis(sites, statuses, view, axis):
    other = {"outreach": "compliance", "compliance": "outreach"}[axis]
    titles = [legend(sites, statuses, replace(view, axis=a))["title"] for a in (axis, other)]
    assert titles[0] != titles[1]
