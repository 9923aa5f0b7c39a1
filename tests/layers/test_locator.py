"""The small picture of the country: both archipelagos, and a mark where the map lies."""

import re

import numpy as np

from geodata.geography import context
from layers import locator
from layers.basemap import CENTRE


def test_both_archipelagos_are_drawn_and_named_and_nothing_leaves_the_picture():
    outline = context.load_outline()
    picture = locator.drawn(outline, CENTRE)
    assert picture.count("h.1") == outline[outline["kind"] == "islands"].count_coordinates().sum()
    assert ">Hoàng Sa</text>" in picture
    assert ">Trường Sa</text>" in picture
    wide, high = map(int, re.search(r'viewBox="0 0 (\d+) (\d+)"', picture).groups())
    places = np.array(re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", picture), dtype=float)
    assert places.min() >= 0
    assert (places <= (wide, high)).all()


def test_the_mark_lies_in_the_south_west_of_the_country():
    picture = locator.drawn(context.load_outline(), CENTRE)
    x, y = map(float, re.search(r'cx="([\d.]+)" cy="([\d.]+)"', picture).groups())
    assert (x, y) == (26.5, 100.7)
