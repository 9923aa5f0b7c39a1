"""Units answer on the map."""

import re

from playwright.sync_api import expect

from geodata.core.text import _
from geodata.reading.unit_sheet import in_short
from geodata.reading.view import plan_of
from geodata.rules.plan import shipped
from geodata.rules.targets import of_axis, results
from tests.browser.screen import Screen
from tests.browser.truth import Truth

UNIT, NAME = "935", "Huyện Vị Thủy"
IN_UNIT = """(code) => {
  const { x, y } = map_hau_giang.hgUnits.shown().list.find((one) => one.code === code).at;
  const lens = hg.lens(map_hau_giang);
  const box = document.querySelector(".folium-map").getBoundingClientRect();
  const place = [x * lens.scale - lens.x, y * lens.scale - lens.y];
  const at = map_hau_giang.layerPointToContainerPoint(place);
  return [at.x + box.x, at.y + box.y];
}"""
EDGE = "(code) => Object.values(map_hau_giang._layers).find((l) => l.unit === code).options.weight"


def middle(screen: Screen, code: str) -> tuple[float, float]:
    """Return where on the page the middle of a unit is."""
    x, y = screen.frame.evaluate(IN_UNIT, code)
    box = screen.iframe.bounding_box()
    assert box
    return box["x"] + x, box["y"] + y


def test_a_unit_is_pointed_at_opened_and_left(screen: Screen, real: Truth) -> None:
    screen.open("?vintage=legacy&paint=statuses")
    before, edge = screen.place, screen.frame.evaluate(EDGE, UNIT)
    screen.page.mouse.move(*middle(screen, UNIT))
    label = screen.map.locator("#hg-label")
    expect(label).to_contain_text(NAME)
    view = real.view(vintage="legacy")
    plan = plan_of(view, shipped())
    counted = results(real.register, real.records, plan, plan.last_day(view.as_of), ())
    unit = real.register["district_legacy"]
    names = unit.dropna().drop_duplicates().set_axis(unit.dropna().unique())
    for line in in_short(of_axis(counted, "outreach"), "outreach", names, unit)[UNIT]:
        expect(label).to_contain_text(line)
    screen.eventually(lambda: screen.frame.evaluate(EDGE, UNIT) > edge, wanted=True)
    title = screen.page.get_by_test_id("stSidebar").get_by_role("heading", name=NAME)
    for leave in (
        lambda: screen.page.keyboard.press("Escape"),
        lambda: screen.page.mouse.click(*middle(screen, UNIT)),
        lambda: screen.page.get_by_role("button", name=_("Back to the whole province")).click(),
    ):
        with screen.rerun():
            screen.page.mouse.click(*middle(screen, UNIT))
        expect(title).to_be_visible()
        expect(screen.page).to_have_url(re.compile(f"unit={UNIT}"))
        screen.expect_drawn(real.drawn(vintage="legacy", unit=UNIT))
        screen.eventually(lambda: screen.place[0] > before[0], wanted=True)
        with screen.rerun():
            leave()
        expect(title).to_have_count(0)
        screen.expect_drawn(real.drawn())
        screen.eventually(lambda: screen.place, before)  # back where it was opened
    assert screen.kept()
