"""The sectors on the screen: sums where three plants report, and never what a plant declared."""

from pathlib import Path

import pytest

from geodata.reading.findings import intensity_label
from geodata.reading.labels import note_text
from geodata.rules import plan
from geodata.store import SIMULATED
from pages.parts.shared import data

SCREEN = str(Path(__file__).parents[2] / "pages" / "briefing.py")
INVENTED = {"workspace": SIMULATED, "as_of": "2024-12-31"}


@pytest.fixture
def measured(monkeypatch):
    """Plans whose owner has named a baseline year."""
    named = tuple(plan.with_baseline(p, 2019) for p in plan.shipped())
    monkeypatch.setattr(data, "shipped", lambda: named)
    kept = (data._briefing, data._target, data._case)
    for one in kept:
        one.clear()
    yield
    for one in kept:
        one.clear()


def table(app):
    """Return the table of sectors by sector, or None."""
    frames = [element.value for fold in app.main.expander for element in fold.table]
    return {row[0]: list(row[1:]) for row in frames[0].to_numpy()} if frames else None


def test_without_a_baseline_year_the_board_says_who_decides(open_app, shown):
    app = open_app("briefing", **INVENTED)
    assert note_text("no-baseline").encode() in shown(app).payload()
    assert table(app) is None


@pytest.mark.usefixtures("measured")
def test_sums_of_three_plants_are_shown_and_those_of_two_are_not(open_app):
    rows = table(open_app("briefing", **INVENTED))
    # 5.100.000 kWh by 6.000 t = 850; 4.790.000 by 6.000 = 798,3: 6,1 % less.
    assert rows["chế biến thủy sản"][1:5] == ["850,0", "798,3", "6,1%", "3"]
    hidden = intensity_label({"status": "exceeded", "hidden": True})
    assert rows["giấy"] == ["điện (kWh/tấn)", *["–"] * 4, hidden]


@pytest.mark.usefixtures("measured")
def test_no_plant_and_nothing_it_declared_reaches_the_screen(open_app, store, shown):
    app = open_app("briefing", **INVENTED)
    text = shown(app).text() + str(table(app))
    told = store.load(SIMULATED).declarations
    assert len(told)
    assert not [name for name in told["plant"] if name in text]
    frames = [value for value in data.data(SIMULATED) if hasattr(value, "columns")]
    assert not [frame for frame in frames if "consumption" in frame.columns]
