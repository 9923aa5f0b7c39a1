"""Symbols: every kind and status has its own, told apart by everybody's eyes."""

import colorsys
from itertools import combinations, pairwise

import numpy as np
import pytest
from colorspacious import cspace_convert, deltaE

from geodata.reading import labels, symbology
from geodata.reading.symbology import (
    DARK_ENTRY_SYMBOLS,
    DARK_SYMBOLS,
    ENTRIES,
    ENTRY_SYMBOLS,
    GROUPS,
    MARKS,
    SHAPES,
    STATUSES,
    SYMBOLS,
)
from geodata.register.sites import KINDS
from geodata.rules import coverage

EYES = (None, "deuteranomaly", "protanomaly", "tritanomaly")
AXES = tuple(SYMBOLS)
TABLES = {"light": SYMBOLS, "dark": DARK_SYMBOLS}
INVENTORIES = {"light": ENTRY_SYMBOLS, "dark": DARK_ENTRY_SYMBOLS}


def rgb(colour):
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255


def seen(colour, eyes):
    if eyes is None:
        return rgb(colour)
    space = {"name": "sRGB1+CVD", "cvd_type": eyes, "severity": 100}
    return np.clip(cspace_convert(rgb(colour), space, "sRGB1"), 0, 1)


def luminance(colour):
    c = rgb(colour)
    linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def is_red(colour):
    hue, _lightness, saturation = colorsys.rgb_to_hls(*rgb(colour))
    return saturation > 0.25 and (hue < 25 / 360 or hue > 335 / 360)


def test_every_kind_has_a_shape_of_its_own():
    assert set(SHAPES) == set(KINDS)
    assert len(set(SHAPES.values())) == len(KINDS)


@pytest.mark.parametrize("axis", AXES)
def test_every_status_has_a_symbol_and_a_label_of_its_own(axis):
    assert set(SYMBOLS[axis]) == set(STATUSES[axis])
    names = {labels.status_label(axis, status) for status in STATUSES[axis]}
    assert len(names) == len(STATUSES[axis])
    assert all(names)


def test_every_kind_and_axis_has_a_label_of_its_own():
    assert len({labels.kind_label(kind) for kind in KINDS}) == len(KINDS)
    assert len({labels.axis_label(axis) for axis in STATUSES}) == len(STATUSES)


@pytest.mark.parametrize("axis", AXES)
def test_no_status_depends_on_colour_alone(axis):
    marks = [symbol.mark for symbol in SYMBOLS[axis].values()]
    assert len(set(marks)) == len(marks)


def test_every_mark_drawn_is_known_and_every_known_one_drawn():
    tables = [*SYMBOLS.values(), *ENTRY_SYMBOLS.values()]
    assert {symbol.mark for table in tables for symbol in table.values()} == set(MARKS)
    assert len(set(MARKS.values())) == len(MARKS)


@pytest.mark.parametrize("axis", AXES)
def test_every_status_is_in_one_group_and_its_colour_is_the_groups(axis):
    listed = [status for keys in GROUPS[axis].values() for status in keys]
    assert sorted(listed) == sorted(STATUSES[axis])
    fills = [{SYMBOLS[axis][status].fill for status in keys} for keys in GROUPS[axis].values()]
    assert all(len(of_group) == 1 for of_group in fills)
    assert len(set.union(*fills)) == len(fills)
    assert all(labels.group_label(axis, group) for group in GROUPS[axis])


@pytest.mark.parametrize("theme", TABLES)
@pytest.mark.parametrize("eyes", [*EYES, "grey"])
@pytest.mark.parametrize("axis", AXES)
def test_the_colours_of_any_two_groups_can_be_told_apart(axis, eyes, theme):
    fills = {keys[0]: TABLES[theme][axis][keys[0]].fill for keys in GROUPS[axis].values()}
    if eyes == "grey":
        looks = {key: np.full(3, luminance(fill) ** (1 / 2.2)) for key, fill in fills.items()}
    else:
        looks = {key: seen(fill, eyes) for key, fill in fills.items()}
    near = {
        pair: round(float(distance), 1)
        for pair in combinations(looks, 2)
        if (distance := deltaE(*(looks[s] for s in pair), input_space="sRGB1")) < 9
    }
    assert near == {}


@pytest.mark.parametrize("theme", TABLES)
@pytest.mark.parametrize("axis", AXES)
def test_a_mark_can_be_read_on_its_fill(axis, theme):
    for status, symbol in TABLES[theme][axis].items():
        assert symbol.mark == "none" or contrast(symbol.fill, symbol.ink) >= 3, status


@pytest.mark.parametrize("theme", INVENTORIES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_entry_of_the_inventory_can_be_told_from_the_others(kind, theme):
    drawn = INVENTORIES[theme][kind]
    assert list(drawn) == list(ENTRIES)
    assert len({(symbol.fill, symbol.mark) for symbol in drawn.values()}) == len(ENTRIES)
    assert len({labels.entry_label(entry) for entry in ENTRIES}) == len(ENTRIES)
    for symbol in drawn.values():
        assert symbol.mark == "none" or contrast(symbol.fill, symbol.ink) >= 3
    assert contrast(drawn["listed"].fill, drawn["idle"].fill) >= 2.5
    assert not is_red(drawn["listed"].fill)


@pytest.mark.parametrize("axis", AXES)
def test_missing_knowledge_is_never_red(axis):
    symbol = SYMBOLS[axis]["no-data"]
    assert not is_red(symbol.fill)
    assert not is_red(symbol.ink)


def test_the_red_of_the_hue_check_is_red():
    assert is_red(SYMBOLS["outreach"]["not-reached"].fill)


@pytest.mark.parametrize("axis", ["outreach", "compliance"])
def test_not_known_never_looks_like_not_applicable(axis):
    unknown, outside = SYMBOLS[axis]["no-data"], SYMBOLS[axis]["not-applicable"]
    assert unknown.fill != outside.fill
    assert unknown.mark != outside.mark


@pytest.mark.parametrize("name", SHAPES)
def test_a_shape_stays_in_the_unit_square(name):
    assert np.abs(SHAPES[name]).max() <= 1


@pytest.mark.parametrize("name", [name for name in MARKS if name != "none"])
def test_a_mark_stays_in_the_unit_square(name):
    assert max(np.abs(stroke).max() for stroke in MARKS[name]) <= 1


@pytest.mark.parametrize("eyes", EYES)
def test_the_more_of_a_unit_is_reached_the_darker_it_is_for_all_eyes(eyes):
    steps = [symbology.SHADES[name].fill for name in ("zero", "far", "near", "met")]
    seen_steps = [seen(colour, eyes) @ [0.2126, 0.7152, 0.0722] for colour in steps]
    assert all(light - dark > 0.08 for light, dark in pairwise(seen_steps))


def test_units_without_a_share_look_like_none_that_has_one():
    grey = rgb(symbology.SHADES["no-sites"].fill)
    assert grey.max() - grey.min() < 0.08
    for name in ("zero", "far", "near", "met"):
        assert deltaE(grey, rgb(symbology.SHADES[name].fill), input_space="sRGB1") > 10
    assert [name for name, shade in symbology.SHADES.items() if shade.hatched] == ["no-data"]
    assert set(symbology.SHADES) == set(coverage.SHADES)
