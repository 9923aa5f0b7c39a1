"""What the layers are given: a simulated register, the units of both vintages, a view."""

import gc
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import HealthCheck, settings

from geodata.core import clock as office_clock
from geodata.geography import units
from geodata.reading.view import View
from geodata.rules import plan, status
from geodata.simulation import simulate
from tests.examples import RANDOM, SHARE

AS_OF = date(2024, 12, 31)

# The same examples each time, so that a run says of the code alone; at random to look for more.
# How long it takes to think of them is no matter of the code: no limit by the clock there either.
PATIENT = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("random", **PATIENT)
settings.register_profile("same", **PATIENT, derandomize=True, max_examples=100 // SHARE)
settings.load_profile("random" if RANDOM else "same")

# To look for garbage through all that is loaded took 2 to 9 % of the time.
gc.set_threshold(100_000, 20, 50)


def pytest_collection_finish():
    """What is loaded by now stays until the end: no need to look through it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def clock(monkeypatch):
    """Stop the one clock of the office: after ``clock(day)`` it is noon there on that day."""

    def stop(day):
        noon = datetime.combine(day, time(5), UTC)

        class Still(datetime):
            @classmethod
            def now(cls, tz=None):
                return noon.astimezone(tz)

        monkeypatch.setattr(office_clock, "datetime", Still)

    return stop


@pytest.fixture(scope="session")
def unit_frames():
    blocks = units.load_blocks()
    return {vintage.value: units.dissolve(blocks, vintage) for vintage in units.Vintage}


@pytest.fixture(scope="session")
def codes(unit_frames):
    return {vintage: list(frame.index) for vintage, frame in unit_frames.items()}


@pytest.fixture(scope="session")
def simulated():
    """Sites and evidence; the sites with all columns, private ones too."""
    made = simulate.simulate(
        units.load_blocks(), units.load_legacy_communes(), plan.shipped(), 200, 11
    )
    return made[0].copy(), made[1]


@pytest.fixture(scope="session")
def sites(simulated):
    return simulated[0]


@pytest.fixture(scope="session")
def statuses(simulated):
    return status.status_of(*simulated, plan.of_year(plan.shipped(), AS_OF.year), AS_OF)


@pytest.fixture(scope="session")
def view():
    return View(as_of=AS_OF)
