"""Units answer on the map, and rings stand for what would cover each other."""

import math
import re

from playwright.sync_api import expect

from geodata.core.text import _
from geodata.reading.unit_sheet import in_short
from geodata.reading.view import plan_of
from geodata.rules.plan import shipped
from geodata.rules.targets import of_axis, results
from tests.browser.screen import DESK, PHONE, Screen
from tests.browser.test_labels import LOOK
from tests.browser.truth import Truth

UNIT, NAME = "935", "Huyện Vị Thủy"
DRAWN = """() => {
  const layer = Object.values(map_hau_giang._layers).find((one) => one.columns);
  const boxes = [], totals = layer.rings.list.map((ring) => ring.n);
  layer.rings.eachBox(layer._lens(), (box) => boxes.push(box));
  const parts = layer.rings.list.map((ring) => ring.parts.reduce((sum, part) => sum + part.n, 0));
  return { boxes, totals, parts, alone: layer.single.length };
}"""
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


def over(one, other) -> bool:
    """Say whether the circles in two boxes cover each other."""
    centres = [((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) for box in (one, other)]
    return math.dist(*centres) < (one[2] - one[0] + other[2] - other[0]) / 2 - 0.1


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
    assert screen.frame.evaluate(EDGE, UNIT) > edge
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
        assert screen.place[0] > before[0]
        with screen.rerun():
            leave()
        expect(title).to_have_count(0)
        screen.expect_drawn(real.drawn())
        assert screen.place == before  # back where it was opened
    assert screen.kept()


def test_rings_add_up_to_all_keep_apart_and_give_way_to_symbols(
    reader, server, simulated: Truth
) -> None:
    for size in (DESK, PHONE):
        screen = reader(server, size).open("?workspace=simulated")
        screen.expect_drawn(simulated.drawn())
        seen = screen.frame.evaluate(DRAWN)
        assert len(seen["totals"]) == 28
        assert sum(seen["totals"]) + seen["alone"] == simulated.drawn()
        assert seen["parts"] == seen["totals"]
        boxes = seen["boxes"]
        assert not any(over(one, other) for k, one in enumerate(boxes) for other in boxes[k + 1 :])
    near = screen.frame.evaluate(LOOK, 14)
    assert screen.frame.evaluate(DRAWN)["totals"] == []
    assert "site" in {label["kind"] for label in near["labels"]}
    screen.open("?workspace=simulated&statuses=reached")
    seen = screen.frame.evaluate(DRAWN)
    assert sum(seen["totals"]) + seen["alone"] == simulated.drawn(statuses=("reached",))
