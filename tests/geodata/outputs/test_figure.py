"""The printed map: true positions and scale, counted legend, vectors and text, any names."""

import html
import io
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import shapely
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from PIL import Image

from geodata.core.text import _, number
from geodata.geography import coordinates, units
from geodata.geography.lines import fitted
from geodata.outputs import figure
from geodata.outputs.briefing.wording import across
from geodata.outputs.fonts import folded, letters_wide, tidy
from geodata.outputs.map import draw
from geodata.reading import briefing as briefings
from geodata.reading.tokens import ACCENT, COLOURS
from geodata.reading.view import View
from geodata.register.sites import placed, uncertain
from geodata.rules import plan
from geodata.simulation import simulate
from geodata.simulation.lines import invented as sample_ways
from tests.shipped import EVIDENCE, SITES

BLOCKS = units.load_blocks()
COMMUNES = units.load_legacy_communes()
PLANS = plan.shipped()
DAY = date(2024, 12, 31)
WATER_AND_ROADS = {COLOURS[key].light for key in ("water", "road", "motorway", "ferry")}


def brief(sites, evidence, **choice):
    view = View(**{"as_of": DAY, **choice})
    return briefings.brief(
        sites,
        evidence,
        plan.of_year(PLANS, 2024),
        view,
        units=units.dissolve(BLOCKS, view.units_of),
        districts=sorted(COMMUNES["district_legacy"].unique()),
        data_version="7-abc",
    )


@pytest.fixture(scope="module")
def shown(invented):
    return brief(*invented, workspace="simulated")


@pytest.fixture(scope="module")
def real():
    return brief(SITES, EVIDENCE)


def drawn(briefing):
    """The map of a briefing on axes of its own."""
    axes = Figure(figsize=(8, 6)).add_axes((0, 0, 1, 1))
    draw(briefing, axes)
    return axes


@pytest.fixture(scope="module")
def axes(shown):
    return drawn(shown)


@pytest.fixture(scope="module")
def whole(shown):
    """The map on a sheet of its own, as a file."""
    return figure.svg(figure.map_figure(shown, 180, 240))


def stamps(axes):
    """The collections that hold sites: those with a halo, an outline and perhaps a mark."""
    return [c for c in axes.collections if isinstance(c, PathCollection) and len(c.get_sizes())]


def spots(axes):
    """Where the sites stand, one row each, metres."""
    return np.concatenate([c.get_offsets()[:: len(c.get_paths())] for c in stamps(axes)])


def words(briefing):
    return words_of(figure.svg(figure.map_figure(briefing, 180, 240)))


@cache
def words_of(made):
    texts = re.findall(r"<text [^>]*>([^<]*)</text>", made)
    return " ".join(" ".join(map(html.unescape, texts)).split())


# --- where things are ------------------------------------------------------------------------


def test_a_site_alone_at_its_position_stands_where_vn2000_says(real):
    alone = real.sites[~real.sites.duplicated(["lat", "lon"], keep=False) & placed(real.sites)]
    place = coordinates.to_vn2000(alone["lon"].to_numpy(), alone["lat"].to_numpy())
    found = spots(drawn(real))
    for east, north in zip(place.east_y, place.north_x, strict=True):
        assert np.hypot(*(found - (east, north)).T).min() < 0.01


def test_every_placed_site_of_the_view_is_drawn_once(shown, axes):
    assert len(spots(axes)) == placed(shown.sites).sum()


def test_only_the_statuses_chosen_are_drawn(invented):
    some = brief(*invented, statuses=("reached", "stage-applied"))
    assert 0 < placed(some.listed).sum() < placed(some.sites).sum()
    assert len(spots(drawn(some))) == placed(some.listed).sum()


def test_sites_at_one_position_are_spread(invented):
    sites = invented[0].copy()
    few = sites.index[placed(sites).to_numpy()][:9]
    sites.loc[few, ["lat", "lon"]] = [9.78, 105.6]
    sites = sites.set_geometry(
        [p if i not in few else type(p)(105.6, 9.78) for i, p in sites.geometry.items()],
        crs=sites.crs,
    )
    here = coordinates.to_vn2000(105.6, 9.78)
    found = spots(drawn(brief(sites, invented[1])))
    around = found[np.hypot(*(found - (here.east_y, here.north_x)).T) < 5000]
    assert len(np.unique(around.round(1), axis=0)) >= 9


def test_an_uncertain_position_has_a_dashed_outline(shown, axes):
    dashed = sum(
        len(c.get_offsets()) // len(c.get_paths())
        for c in stamps(axes)
        if c.get_linestyle()[1][1] is not None
    )
    assert dashed == (uncertain(shown.sites) & placed(shown.sites)).sum() > 0


def test_the_scale_bar_is_as_long_as_it_says(axes):
    said = next(t for t in axes.texts if t.get_text().endswith(" km"))
    start = next(t for t in axes.texts if t.get_text() == "0")
    km = float(said.get_text().removesuffix(" km").replace(",", "."))
    assert said.get_position()[0] - start.get_position()[0] == pytest.approx(km * 1000)
    assert axes.get_aspect() == "auto"
    width, height = np.ptp(axes.get_xlim()), np.ptp(axes.get_ylim())
    assert width / height == pytest.approx(8 / 6)  # a metre is a metre in both directions


def test_the_unit_chosen_stands_out_and_fills_the_map(invented, axes):
    near = drawn(brief(*invented, unit="931"))
    edges = {to_hex(c) for line in near.collections for c in line.get_edgecolors()}
    assert ACCENT in edges
    assert np.ptp(near.get_xlim()) < np.ptp(axes.get_xlim()) / 2


def test_a_site_outside_the_map_is_told(invented):
    sites = invented[0].copy()
    first = sites.index[placed(sites).to_numpy()][0]
    sites.loc[first, ["lat", "lon"]] = [16.5, 112.0]
    moved = [p if i != first else type(p)(112.0, 16.5) for i, p in sites.geometry.items()]
    axes = drawn(brief(sites.set_geometry(moved, crs=sites.crs), invented[1]))
    told = _("{n} sites lie outside this map").format(n=1)
    assert told in [t.get_text() for t in axes.texts]


# --- what is written -------------------------------------------------------------------------


@pytest.mark.parametrize("axis", ["outreach", "compliance"])
def test_the_legend_has_every_row_with_its_count(invented, shown, whole, axis):
    some = shown if axis == "outreach" else brief(*invented, axis=axis)
    said = words_of(whole) if some is shown else words(some)
    for group in some.legend["groups"]:
        for row in group["rows"]:
            assert f"{row['label']} {number(row['count'])}" in said
    for note in some.legend["notes"]:
        assert note in said


def test_alone_it_says_what_it_shows_and_of_when(real):
    said = words(real)
    for text in (real.title, *real.facts, figure.projection_text(), figure.source_text(real)):
        assert text in said


@pytest.mark.parametrize("vintage", ["legacy", "2025"])
def test_every_unit_is_named(real, vintage):
    some = brief(real.sites, EVIDENCE, vintage=vintage)
    said = words(some)
    assert [name for name in some.units["name"] if name not in said] == []


def test_simulated_data_is_watermarked_and_real_data_is_not(shown, real):
    for briefing in (shown, real):
        texts = figure.map_figure(briefing, 180, 240).texts
        turned = [text.get_text() for text in texts if text.get_rotation()]
        assert turned == [across(briefing)] * briefing.simulated


def test_names_are_text_never_formulas_or_markup(shown):
    names = [
        "$\\frac{1}{2}$",
        "<b>Xã</b> & %s {0}",
        "Dòng\nhai\r\n ba",
        "A\u202eB\u202c",
        "x" * 500,
    ]
    outlines = shown.units.assign(name=[names[k % 5] for k in range(len(shown.units))])
    said = words(replace(shown, units=outlines))
    for text in ("$\\frac{1}{2}$", "<b>Xã</b>", "Dòng hai ba", "AB", "x" * 20):
        assert text in said


@pytest.mark.parametrize(
    ("text", "most", "tidied"),
    [
        ("Làng nghề", 50, "Làng nghề"),
        ("a\u0302\u0301", 50, "ấ"),
        ("một\r\nhai\tba\u2028bốn", 50, "một hai ba bốn"),
        ("\u202eABC\u202c\u200b\x00D", 50, "ABC D"),
        ("x" * 500, 10, "x" * 9 + "…"),
        ("mười chữ số", 11, "mười chữ số"),
        ("", 5, ""),
        (12, 5, "12"),
    ],
)
def test_a_text_becomes_one_line_that_fits(text, most, tidied):
    assert tidy(text, most) == tidied


def test_folded_lines_are_never_wider_than_asked(shown):
    for line in folded(f"{shown.title} {'y' * 90} {shown.board[2].text}", 120, 9):
        assert letters_wide(line, bold=False) * 9 <= 120


# --- how it is made --------------------------------------------------------------------------


def test_it_is_vectors_and_its_texts_are_text_of_one_typeface(whole):
    assert "<image" not in whole
    assert set(re.findall(r"<text [^>]*font-family: ([^;]+)", whole)) == {"'Source Sans Pro'"}


def test_a_symbol_is_one_artist_however_many_sites(invented, axes):
    few = drawn(brief(invented[0].iloc[::4], invented[1]))
    assert len(spots(axes)) > 3 * len(spots(few)) > 0
    # Of a rare kind or status a quarter of the sites may have none.
    assert len(axes.collections) < 2.5 * len(few.collections)


def test_the_picture_has_the_size_asked_for_and_stays_the_same(shown):
    one = figure.png(shown, 801, 453)
    assert Image.open(io.BytesIO(one)).size == (801, 453)
    assert figure.png(shown, 801, 453) == one


@pytest.mark.parametrize("size", [(1600, 900), (900, 1600), (400, 260)])
def test_the_picture_stays_within_its_edges(shown, size):
    made = figure.map_figure(shown, 190, 190 * size[1] / size[0])
    made.draw_without_rendering()
    paper = made.bbox
    for text in made.findobj(lambda artist: hasattr(artist, "get_text")):
        if text.get_text() and text.get_text() != across(shown):
            box = text.get_window_extent()
            assert paper.x0 <= box.x0 <= box.x1 <= paper.x1 + 1
            assert paper.y0 - 1 <= box.y0 <= box.y1 <= paper.y1 + 1


def test_a_view_without_sites_is_a_map_of_the_units(invented):
    none = brief(invented[0].head(0), invented[1])
    assert none.title in words(none)


def test_no_font_of_the_machine_and_no_pyplot_is_needed(tmp_path):
    code = (
        "import sys; from geodata.outputs import figure, fonts;"
        "from matplotlib.figure import Figure;"
        "f = Figure(); f.text(.5, .5, 'Sản xuất', fontproperties=fonts.sized(9));"
        "assert 'Source Sans Pro' in figure.svg(f); assert 'matplotlib.pyplot' not in sys.modules"
    )
    # Without PATH there is no fc-list, without HOME no font folder or cache of the user.
    bare = {"PATH": "", "HOME": str(tmp_path), "MPLCONFIGDIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=bare | {"PYTHONPATH": str(Path.cwd())}, check=False
    )
    assert done.returncode == 0


# --- what covers what ------------------------------------------------------------------------


@pytest.mark.parametrize("vintage", ["legacy", "2025"])
def test_no_name_covers_a_site_or_another_name(invented, vintage):
    made = figure.map_figure(brief(*invented, vintage=vintage), 178, 235, alone=False, text_pt=9.5)
    made.draw_without_rendering()
    axes = max(made.axes, key=lambda one: np.ptp(one.get_xlim()))  # counts in metres
    places = axes.transData.transform(spots(axes))
    extents = {}
    for text in axes.texts:
        box = text.get_window_extent()
        extents[round(box.x0), round(box.y0)] = box.padded(-1)
    boxes = list(extents.values())
    assert len(boxes) > 8
    for n, box in enumerate(boxes):
        assert not ((places > box.p0) & (places < box.p1)).all(axis=1).any()
        assert not any(box.overlaps(other) for other in boxes[n + 1 :])


@pytest.fixture(scope="module")
def laid():
    """The printed map of real data with waters and roads beneath it."""
    some = brief(SITES, EVIDENCE, vintage="2025")
    some = replace(some, ways=fitted(sample_ways(some.units.geometry.union_all())))
    made = figure.map_figure(some, 178, 235, alone=False, text_pt=9.5)
    made.draw_without_rendering()
    return made, max(made.axes, key=lambda one: np.ptp(one.get_xlim()))  # counts in metres


def test_towns_waters_roads_and_neighbours_are_named_once_and_cover_nothing(laid):
    _figure, axes = laid
    texts = [text for text in axes.texts if not text.get_path_effects()]
    names = [text.get_text() for text in texts]
    for name in ("Cần Thơ", "Một Ngàn", "Sông mẫu", "Quốc lộ mẫu", "Kênh mẫu 2", "Vĩnh Long"):
        assert names.count(name) == 1, name
    for town in ("Vị Thanh", "Ngã Bảy", "Long Mỹ", "Phụng Hiệp"):  # units are called so
        assert sum(name.endswith(town) for name in names) == 1
    places = axes.transData.transform(spots(axes))
    boxes = [shapely.box(*text.get_window_extent().padded(-1).extents) for text in texts]
    assert not any(shapely.contains_xy(box, *places.T).any() for box in boxes)
    tree = shapely.STRtree(boxes)
    assert [(a, b) for a, b in tree.query(boxes, predicate="intersects").T if a < b] == []


def test_waters_and_roads_lie_over_the_units_and_under_the_sites(laid):
    _figure, axes = laid
    lines = [c for c in axes.collections if isinstance(c, LineCollection)]
    lines = [c for c in lines if to_hex(c.get_edgecolor()[0]) in WATER_AND_ROADS]
    assert len(lines) >= 6
    assert max(c.get_zorder() for c in lines) < min(c.get_zorder() for c in stamps(axes))


@pytest.fixture(scope="module")
def many():
    """So many sites that their units are shaded; waters and roads are known."""
    every = brief(*simulate.simulate(BLOCKS, COMMUNES, PLANS, 420, 1))
    every = replace(every, ways=fitted(sample_ways(every.units.geometry.union_all())))
    return every, words(every)


def test_where_units_are_shaded_no_lines_lie_over_the_shades(many):
    assert "Sông mẫu" not in many[1]


def test_above_400_sites_units_are_shown_by_their_share(many):
    many, found = many
    for name, yes, sites in many.gaps[["name", "yes", "sites"]].itertuples(index=False):
        assert name in found
        assert f"{number(yes)}/{number(sites)}" in found


def test_a_map_at_its_own_size_names_a_round_scale_that_is_true(shown):
    made = figure.map_figure(shown, 178, 235, alone=False, text_pt=9.5)
    axes = max(made.axes, key=lambda one: np.ptp(one.get_xlim()))  # counts in metres
    scale = next(t.get_text() for t in axes.texts if t.get_text().startswith("Tỷ lệ 1:"))
    wide = axes.get_position().width * made.get_size_inches()[0] * 0.0254
    n = int(scale.removeprefix("Tỷ lệ 1:").replace(".", ""))
    assert n % 10_000 == 0
    assert np.ptp(axes.get_xlim()) / wide == pytest.approx(n, rel=1e-6)
