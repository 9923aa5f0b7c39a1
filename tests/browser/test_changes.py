"""A change of the data reaches the map, however small the change (field notes 3.A.1)."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from playwright.sync_api import Route, expect

from geodata.reading.labels import axis_label, status_label
from geodata.register import evidence, sites
from geodata.store import SIMULATED, Store
from tests.browser.screen import Screen
from tests.browser.server import Server
from tests.entering import entered


def register(name: str) -> gpd.GeoDataFrame:
    """Return one site of a name."""
    row = {
        "id": "x-1",
        "kind": "supermarket",
        "name_vi": name,
        "lifecycle": "operating",
        "lat": "9.78",
        "lon": "105.6",
        "position_accuracy_m": "100",
    }
    return sites.typed(pd.DataFrame([row], dtype="string"))


def record(key: str, grade: str) -> pd.DataFrame:
    """Return one record of outreach."""
    row = {
        "id": key,
        "subject": "x-1",
        "axis": "outreach",
        "kind": "held",
        "event_date": "2025-03-03",
        "recorded_at": "2025-03-04",
        "grade": grade,
        "scope": "site",
        "topic": "scp",
        "organiser": "Sở Công Thương",
    }
    return evidence.typed(pd.DataFrame([row], dtype="string"), date(2025, 3, 4))


def nothing() -> pd.DataFrame:
    return record("none", "A").iloc[:0]


@pytest.fixture(scope="module")
def changing(serve: Callable[[Callable[[Path], None]], Server]) -> Server:
    def fill(path: Path) -> None:
        store = Store(f"sqlite:///{path}")
        store.create(register("status x-a"), nothing())
        store.fill(SIMULATED, register("status x-a"), nothing())

    return serve(fill)


def store(server: Server) -> Store:
    return Store(f"sqlite:///{server.store}")


def test_new_evidence_repaints_the_map_of_a_running_app(
    reader: Callable[..., Screen], changing: Server
) -> None:
    screen = reader(changing).open("?paint=statuses")
    screen.expect_statuses({"x-1": "no-data"})
    screen.wheel(-200)
    place = screen.place
    looks = (lambda: screen.click_site("x-1"), screen.close_passport)  # the app looks at any click
    for look, (key, grade, status) in zip(
        looks, (("e_a", "C", "reported"), ("e_b", "A", "reached")), strict=True
    ):
        entered(store(changing), record(key, grade))
        look()
        screen.expect_statuses({"x-1": status})
        expect(screen.legend(status).locator("b")).to_have_text("1")
        assert screen.place == pytest.approx(place, abs=1e-3)
    screen.page.reload()
    screen.arrived()
    screen.expect_statuses({"x-1": "reached"})
    screen.click_site("x-1")
    expect(screen.passport()).to_contain_text(status_label("outreach", "reached"))


def test_a_name_that_differs_by_one_letter_is_shown(
    reader: Callable[..., Screen], changing: Server
) -> None:
    screen = reader(changing).open("?workspace=simulated")
    label = screen.map.locator("#hg-label")
    for name, axis in (("status x-b", "outreach"), ("status_x_b", "compliance")):
        store(changing).fill(SIMULATED, register(name), nothing(), replace=True)
        screen.press(axis_label(axis))
        screen.arrived()
        screen.page.mouse.move(0, 0)
        screen.page.mouse.move(*screen.site_at("x-1"))
        expect(label).to_contain_text(name)
        screen.eventually(lambda: screen.table_row(0)[0], name)


def test_what_is_published_while_the_page_is_on_its_way_is_shown(
    reader: Callable[..., Screen], changing: Server
) -> None:
    screen = reader(changing)
    names = iter(("status y-a", "status y-b"))

    def published_meanwhile(route: Route) -> None:
        if name := next(names, None):
            store(changing).fill(SIMULATED, register(name), nothing(), replace=True)
        route.continue_()

    screen.page.route("**/map/public/*.html*", published_meanwhile, times=1)
    screen.open("?workspace=simulated&paint=statuses")
    screen.eventually(lambda: screen.table_row(0)[0], "status y-a")
    screen.page.route("**/map/public/*.json", published_meanwhile, times=1)
    screen.map.locator("#hg-time-open").click()
    screen.eventually(lambda: screen.table_row(0)[0], "status y-b")
    screen.expect_statuses({"x-1": "no-data"})
