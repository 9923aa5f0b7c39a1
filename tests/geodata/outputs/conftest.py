"""Simulated data, a briefing of it compared with an earlier day, and a picture for a map."""

import io
from datetime import date

import pytest
from PIL import Image

from geodata.reading.view import View
from geodata.rules import plan
from geodata.simulation import simulate
from tests.geodata.outputs.samples import BLOCKS, COMMUNES, brief


@pytest.fixture(scope="session")
def invented():
    return simulate.simulate(BLOCKS, COMMUNES, plan.shipped(), 160, 1)


@pytest.fixture(scope="session")
def picture():
    out = io.BytesIO()
    Image.new("RGB", (200, 130), "white").save(out, "PNG")
    return out.getvalue()


@pytest.fixture(scope="session")
def shown(invented):
    view = View(as_of=date(2024, 10, 1), workspace="simulated")
    return brief(*invented, view, compared_to=date(2024, 6, 30))
