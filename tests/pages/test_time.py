"""Time on the map: each quarter is what its own day is, and only real days are taken."""

import json
from datetime import date, timedelta

import pytest

from geodata.core.clock import today
from geodata.rules.plan import shipped
from pages.parts.map import served, time
from pages.parts.shared import data, state

FILTERED = {"axis": "compliance", "paint": "statuses", "kinds": "supermarket,pilot_model"}


@pytest.fixture
def opened(open_app, shown):
    """Open the map with its time control in use; return what it is told and the two files."""

    def run(**query):
        app = open_app(**query)
        app.session_state[time.OPEN] = True
        told = shown(app.run()).map()["state"]
        files = map(served.address, told["time"]["files"])
        letters, scenes = (json.loads(served.fetched(file)) for file in files)
        return told, letters, scenes

    return run


def test_nothing_is_worked_out_before_it_is_asked_for(open_app, shown):
    told = shown(open_app()).map()["state"]["time"]
    assert "files" not in told
    assert told["as_of"]


@pytest.mark.parametrize(
    "query",
    [{}, {"plan": "2024"}, {**FILTERED, "unit": "31321"}],
    ids=["", "plan", "filtered"],
)
def test_a_quarter_is_what_the_screen_of_its_day_is(opened, open_app, shown, query):
    _told, letters, scenes = opened(**query)
    stops = {stop["as_of"]: stop for stop in scenes["stops"]}
    assert max(stops) == today().isoformat()
    for day in ("2024-03-31", "2025-06-30", "2025-09-30"):
        then = shown(open_app(**{**query, "as_of": day})).map()["state"]
        if "unit" in query and day < "2025-07-01":  # it did not exist
            whole = {name: text for name, text in query.items() if name != "unit"}
            then = shown(open_app(**{**whole, "as_of": day})).map()["state"]
        stop = stops[day]
        assert {name: stop[name] for name in ("day", "vintage", "unit", "legend")} == {
            name: then[name] for name in ("day", "vintage", "unit", "legend")
        }
        own = served.fetched(served.address(then["day"]))
        assert letters[stop["day"]] == json.loads(own)


def test_what_was_known_then_goes_along_with_the_day(opened, open_app, shown):
    _told, _letters, scenes = opened(as_of="2025-06-30", known_at="2025-06-30", paint="statuses")
    stop = next(one for one in scenes["stops"] if one["as_of"] == "2024-12-31")
    then = open_app(as_of="2024-12-31", known_at="2024-12-31", paint="statuses")
    assert stop["legend"] == shown(then).map()["state"]["legend"]


def test_the_letters_stay_the_same_file_whatever_is_filtered(opened):
    files = [opened(**query)[0]["time"]["files"] for query in ({}, FILTERED)]
    assert files[0][0] == files[1][0]
    assert files[0][1] != files[1][1]


def test_of_a_private_site_nothing_is_in_the_files(opened, private):
    told, letters, scenes = opened(paint="statuses")
    every = len(data.data("real").register)
    assert {len(of_axis) for day in letters.values() for of_axis in day.values()} == {every - 1}
    (outreach, _stages) = scenes["stops"][0]["legend"]["groups"]
    assert sum(row["count"] for row in outreach["rows"]) < every
    sent = json.dumps([told, letters, scenes])
    assert [secret for secret in vars(private).values() if secret in sent] == []


def test_a_day_compared_is_told_with_its_own_file_and_the_units_on_the_map(open_app, shown):
    query = {"as_of": "2025-09-30", "unit": "31321", "paint": "statuses"}
    told = shown(open_app(**query, compare="2024-12-31")).map()["state"]
    before = told["time"]["compare"]
    assert (before["as_of"], before["unit"], before["vintage"]) == ("2024-12-31", "31321", "2025")
    assert before["day"] != told["day"]


@pytest.mark.parametrize(
    ("event", "changes"),
    [
        ({"day": "2024-12-31"}, [{"as_of": date(2024, 12, 31)}]),
        ({"compare": "2024-12-31"}, [{"compare": date(2024, 12, 31)}]),
        ({"compare": ""}, [{"compare": None}]),
        ({"time": False}, [{"compare": None}]),
        ({"time": True}, []),
        ({"day": (today() + timedelta(days=1)).isoformat()}, []),
        ({"day": (shipped()[0].window.start - timedelta(days=1)).isoformat()}, []),
        ({"day": "yesterday"}, []),
        ({"day": None}, []),
    ],
    ids=str,
)
def test_only_days_that_can_be_looked_at_are_taken(monkeypatch, event, changes):
    made = []
    monkeypatch.setattr(state, "change", lambda **to: made.append(to))
    monkeypatch.setattr(time.st, "session_state", {})
    assert time.took(event)
    assert made == changes


def test_other_events_are_left_to_others():
    assert not time.took({"site": "HG-ST-01"})
