"""What the map is told after each choice: small, however many sites there are."""

import json
from datetime import date

import pytest

from geodata.geography import units
from geodata.reading.view import View
from geodata.rules import plan
from geodata.simulation import simulate
from pages.parts.map import unit
from pages.parts.map import view as map_view
from pages.parts.shared.data import Data

MOST = 2000  # bytes, as they go over the socket
DAY = date(2025, 12, 31)
PAINTS = (("outreach", "kinds"), ("outreach", "statuses"), ("compliance", "statuses"))


def spelled(message):
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()


def invented(count):
    sites, records = simulate.simulate(
        units.load_blocks(), units.load_legacy_communes(), plan.shipped(), count, 1
    )
    named = sites[(sites["public"] == "yes").to_numpy()]
    known = (sites, records, records.head(0))
    return Data("simulated", str(count), None, named, lambda: records, *known, lambda _plan: None)


@pytest.fixture
def told(store_path, monkeypatch):  # noqa: ARG001 - the app opens it
    """What the map is told of a view of some data."""

    def run(data, view, paint):
        messages = []
        monkeypatch.setattr(map_view, "_shell", lambda **given: messages.append(given["data"]))
        rules = plan.of_year(plan.shipped(), DAY.year)
        more = {"about": unit.on_units(data, view, rules, paint), "near": True}
        more["time"] = {"as_of": DAY.isoformat(), "text": "31/12/2025"}
        map_view.render(data, view, rules, lambda: None, paint=paint, more=more)
        return spelled(messages[-1])

    return run


@pytest.mark.parametrize("count", [60, 3000])
def test_the_map_is_told_little_however_many_sites_there_are(told, count):
    data = invented(count)
    for axis, paint in PAINTS:
        view = View(as_of=DAY, workspace="simulated", axis=axis)
        assert len(told(data, view, paint)) <= MOST, (axis, paint)


def test_of_the_real_sites_too(open_app, shown):
    for axis, paint in PAINTS:
        seen = shown(open_app(axis=axis, paint=paint, as_of=DAY.isoformat())).map()
        assert len(spelled(seen)) <= MOST, (axis, paint)
