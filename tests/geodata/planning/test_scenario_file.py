"""Saved scenarios come back from their file, and nothing else is taken for one."""

import json

import pytest

from geodata.core.errors import DataError
from geodata.planning import scenario_file
from geodata.planning.scenario import Scenario

SAVED = (Scenario("Mùa khô", count=4, locked=("31321",)), Scenario("Mùa lũ", radius_km=2.5))


def test_scenarios_come_back():
    assert scenario_file.read(scenario_file.write(SAVED), "x.json") == (SAVED, [])


def test_a_word_of_no_use_is_said():
    told = json.loads(scenario_file.write(SAVED))
    told["scenarios"][0]["n"] = "-4"
    made, problems = scenario_file.read(json.dumps(told).encode(), "x.json")
    assert made[0].count == Scenario().count
    assert len(problems) == 1


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'{"format":"x","scenarios":[]}', b"[" * 100_000, b"\xff"],
)
@pytest.mark.parametrize("wrapped", [False, True])
def test_another_file_is_refused(content, wrapped):
    if wrapped:
        content = b'{"format":"hau-giang-visits-1","scenarios":' + content + b"3}"
    with pytest.raises(DataError):
        scenario_file.read(content, "x.json")
