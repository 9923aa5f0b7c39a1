"""The page of gaps as a planner works it: choose units, draw an area, take exactly what is seen."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
from playwright.sync_api import Locator, expect

from geodata.core.text import _
from geodata.geography import selection
from geodata.reading.view import plan_of
from geodata.rules.plan import shipped
from pages.parts.gaps import data as gap_data
from tests.browser.conftest import Make
from tests.browser.screen import PATIENCE, Screen
from tests.browser.server import Server
from tests.browser.truth import Truth

END = date(2024, 12, 31)
SOME_SITE = """() => {
  const layer = Object.values(map_hau_giang._layers).find((one) => one.columns);
  return layer.columns.id[layer.visible[0]];
}"""
PAGE = f"khoang-trong?as_of={END}&workspace=simulated"


def asked(truth: Truth):
    """Return the sites that the gaps on outreach are about."""
    view = truth.view(as_of=END)
    kinds = gap_data.kinds(plan_of(view, shipped()), "outreach")
    return truth.sites[truth.sites["kind"].isin(kinds).to_numpy()]


def fills(screen: Screen) -> list[str]:
    """Return with what the units on the map are filled."""
    return screen.outlines().evaluate_all("(all) => all.map((one) => one.getAttribute('fill'))")


def drawing(screen: Screen, name: str) -> Locator:
    return screen.map.get_by_role("button", name=_(name), exact=True)


def expect_address(screen: Screen, words: str) -> None:
    """Wait until the address asks for this, and still says where the map is."""
    wanted = re.compile(rf"/khoang-trong\?{re.escape(words)}#map=")
    expect(screen.page).to_have_url(wanted, timeout=PATIENCE)


def middle(screen: Screen) -> tuple[float, float]:
    """Return a place well inside the province, on the page."""
    box = screen.iframe.bounding_box()
    assert box
    return box["x"] + box["width"] * 0.62, box["y"] + box["height"] * 0.55


def saved(screen: Screen, name: str) -> bytes:
    """Save a file by its button."""
    with screen.page.expect_download(timeout=PATIENCE) as waiting:
        screen.page.locator(f".st-key-w_{name} button").click()
    return Path(waiting.value.path()).read_bytes()


def test_a_circle_drawn_on_the_map_is_counted_listed_and_saved_as_seen(
    still: Make, simulated: Truth
) -> None:
    screen = still(PAGE)
    mouse, (x, y) = screen.page.mouse, middle(screen)
    drawing(screen, "Draw a circle").click()
    mouse.click(x, y)
    screen.page.keyboard.press("Escape")  # a change of mind leaves nothing behind
    expect(screen.body).to_have_attribute("data-area", "")
    drawing(screen, "Draw a circle").click()
    mouse.click(x, y)
    mouse.move(x + 40, y)
    with screen.rerun():
        mouse.click(x + 90, y)
    area = screen.body.get_attribute("data-area")
    assert area
    assert area.startswith("circle:")
    sites = asked(simulated)
    inside = sites[selection.inside(sites, selection.read(area)).sites.to_numpy()]
    assert len(inside) > 0
    title = _("In the drawn area: {n:site|sites}").format(n=len(inside))
    expect(screen.page.get_by_role("heading", name=title)).to_be_visible(timeout=PATIENCE)
    assert screen.kept()
    rows = list(csv.reader(io.StringIO(saved(screen, "vung-ve_csv").decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == inside["name_vi"].tolist()
    book = openpyxl.load_workbook(io.BytesIO(saved(screen, "vung-ve_xlsx")))
    names = [row[0].value for row in book.active.iter_rows()]
    assert names[-len(inside) :] == inside["name_vi"].tolist()
    with screen.rerun():
        drawing(screen, "Remove the drawn area").click()
    expect_address(screen, f"as_of={END}&workspace=simulated")


def test_a_polygon_ends_with_enter_and_its_link_shows_it_again(
    still: Make, reader: Callable[..., Screen], server: Server
) -> None:
    screen = still(PAGE)
    x, y = middle(screen)
    drawing(screen, "Draw a polygon").click()
    for dx, dy in ((-60, -60), (80, -50), (10, 70)):
        screen.page.mouse.click(x + dx, y + dy)
    with screen.rerun():
        screen.page.keyboard.press("Enter")
    area = screen.body.get_attribute("data-area")
    assert area
    assert area.startswith("polygon:")
    again = reader(server).open(screen.page.url.removeprefix(screen.server))
    expect(again.body).to_have_attribute("data-area", area)
    with screen.rerun():
        drawing(screen, "Remove the drawn area").click()


def test_units_of_either_vintage_are_shaded_and_legend_sites_and_rows_answer(still: Make) -> None:
    screen = still(PAGE)
    expect(screen.outlines()).to_have_count(8)
    assert "#ffffff" not in fills(screen)
    screen.press(_("Communes of today ({n})").format(n=28))
    expect(screen.outlines()).to_have_count(28)
    assert screen.kept()
    with screen.rerun():
        screen.legend("overdue").first.click()
    expect_address(screen, f"as_of={END}&workspace=simulated&statuses=overdue&vintage=2025")
    site = str(screen.frame.evaluate(SOME_SITE))
    screen.look_at(site, 13)
    screen.click_site(site)
    expect(screen.passport()).to_contain_text(site)
    screen.close_passport()
    worklist = screen.page.get_by_label(_("Worklist"), exact=True)
    worklist.scroll_into_view_if_needed()
    # The first click after one into the map only takes the keyboard back from it.
    worklist.click(position={"x": 60, "y": 53})
    screen.page.wait_for_timeout(1_000)
    with screen.rerun():
        worklist.click(position={"x": 160, "y": 90})
    expect(screen.passport().get_by_role("heading").first).to_be_visible()
    assert "site=" in screen.page.url
