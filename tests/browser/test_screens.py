"""Every screen, opened once, for everybody: by eye, by ear, by key, enlarged, with other colours.

Not here: what a screen shows (the file of each), and what keys do there (``test_keyboard``).
"""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Locator, Page, ViewportSize, expect

from geodata.core.text import _
from geodata.reading.tokens import theme
from tests.browser.conftest import Make
from tests.browser.screen import DESK, PHONE, WITHOUT_MAP, Screen, overflow

DOUBLED: ViewportSize = {"width": DESK["width"] // 2, "height": DESK["height"] // 2}
FOURFOLD: ViewportSize = {"width": 320, "height": 256}  # of 1280×1024, as WCAG 2.2 has it (1.4.10)
SIMULATED = "?workspace=simulated&as_of=2024-12-31"
WITH_MAP = [
    f"{path}{SIMULATED}" for path in ("", "khoang-trong", "lich-den")
]  # as the largest part
SCREENS = [*WITH_MAP, *(f"{path}{SIMULATED}" for path in ("bao-cao", *WITHOUT_MAP))]
# Other colours and words of the same: a slide, kinds instead of statuses, a day without a plan.
MORE = [f"bao-cao{SIMULATED}&slide=2", "?paint=kinds", "lich-den"]
every_screen = pytest.mark.parametrize("address", SCREENS, scope="module")
every_screen_and_more = pytest.mark.parametrize("address", [*SCREENS, *MORE], scope="module")
every_map = pytest.mark.parametrize("address", WITH_MAP, scope="module")
FOCUS = Path(__file__).with_name("focus.js").read_text("utf-8")
# What can be pressed where it is seen, but lies under something else.
COVERED = """() => {
  const pressed = "a[href], button, input, summary, [role=radio], [role=button]";
  const inside = (box, { left, top, right, bottom }) => ({ left: Math.max(box.left, left),
    top: Math.max(box.top, top), right: Math.min(box.right, right),
    bottom: Math.min(box.bottom, bottom) });
  function seen(one) {
    let box = inside(one.getBoundingClientRect(),
      { left: 0, top: 0, right: innerWidth, bottom: innerHeight });
    for (let up = one.parentElement; up; up = up.parentElement) {
      const cuts = getComputedStyle(up).overflowY !== "visible";
      if (cuts) box = inside(box, up.getBoundingClientRect());
    }
    return box;
  }
  function covered(one) {
    if (!one.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    const whole = one.getBoundingClientRect(), box = seen(one);
    const wide = box.right - box.left, high = box.bottom - box.top;
    if (whole.width < 4 || wide < 0.9 * whole.width || high < 0.9 * whole.height) return false;
    const hit = document.elementFromPoint(box.left + wide / 2, box.top + high / 2);
    const label = hit?.closest("label");
    return !(hit && (one.contains(hit) || hit.contains(one) || label?.contains(one)));
  }
  // What lies below the fold, under the panel of a phone, comes out when the page is scrolled.
  return [...document.querySelectorAll(pressed)].filter(covered).filter((one) => {
    one.scrollIntoView({ block: "center" });
    return covered(one);
  }).map((one) => `${one.tagName} ${one.getAttribute("aria-label") || one.textContent}`);
}"""
BANNER = _("SIMULATED DATA – not real figures")
ABOVE_BANNER = """() => {
  const box = document.getElementById("hg-banner").getBoundingClientRect();
  return document.elementFromPoint(box.x + 20, box.y + box.height / 2).id;
}"""
GROUND = "getComputedStyle(document.querySelector('.folium-map')).backgroundColor"
FILLS = """(all) => all.filter((one) => one.offsetWidth > 3).map((one) => [one, one.parentElement]
  .map((each) => getComputedStyle(each).backgroundColor))"""


def area(part: Locator, size: ViewportSize) -> float:
    """Return how much of a screen of that size a part takes."""
    box = part.bounding_box()
    assert box
    height = min(box["y"] + box["height"], size["height"]) - max(box["y"], 0)
    return max(height, 0) * box["width"]


def rgb(colour: str) -> str:
    red, green, blue = bytes.fromhex(colour[1:7])
    return f"rgb({red}, {green}, {blue})"


def barriers(page: Page | Frame, *rules: str) -> list[str]:
    """Return what axe finds that keeps somebody out, and where; of some rules alone, or of all."""
    chosen = {"runOnly": {"type": "rule", "values": [*rules]}} if rules else {}
    options = {"resultTypes": ["violations"], **chosen}
    violations = Axe().run(page, options=options).response["violations"]
    return [
        f"{one['id']}: {node['html'][:200]}"
        for one in violations
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"]
    ]


def walked(page: Page, key: str) -> list[dict[str, Any]]:
    """Press a key from the start of a page until the focus has left it; return where it was."""
    page.evaluate(FOCUS)
    total = page.evaluate("__walk.total")
    stops: list[dict[str, Any]] = []
    while len(stops) < 2 * total + 40:
        page.keyboard.press(key)
        stops.append(page.evaluate("__walk.here()"))
        if stops[-1]["body"]:
            return stops[:-1]
    raise AssertionError(f"the focus never leaves: {stops[-3:]}")


def missed(page: Page, stops: list[dict[str, Any]]) -> list[str]:
    """Return what can be pressed and was not reached; what was drawn anew is known by its name."""
    reached = {stop["at"] for stop in stops}
    names = {stop["name"] for stop in stops}
    left = [i for i in range(page.evaluate("__walk.total")) if i not in reached]
    return [n for n in page.evaluate("(which) => __walk.names(which)", left) if n not in names]


@every_map
def test_the_map_begins_below_the_bar_and_is_the_largest_thing_on_screen(
    still: Make, address: str
) -> None:
    fits(still(address), DESK)


@every_map
def test_on_a_phone_too_the_map_is_the_largest_thing_on_screen(still: Make, address: str) -> None:
    screen = still(address)
    screen.page.set_viewport_size(PHONE)  # opened on one: ``test_layout``
    fits(screen, PHONE)


@every_screen_and_more
def test_no_screen_keeps_anybody_out(still: Make, address: str) -> None:
    screen = still(address)
    assert barriers(screen.page) == []
    for frame in screen.page.frames[1:]:
        assert barriers(frame) == []


@every_screen_and_more
def test_in_the_dark_everything_can_still_be_read(still: Make, address: str) -> None:
    screen = still(address)
    screen.page.emulate_media(color_scheme="dark")
    ground = screen.page.locator(".stApp")
    expect(ground).to_have_css("background-color", rgb(theme("dark")["paper"]))
    if screen.iframe.count():
        screen.eventually(lambda: screen.frame.evaluate(GROUND), rgb(theme("dark")["ground"]))
    assert barriers(screen.page, "color-contrast") == []
    for frame in screen.page.frames[1:]:
        assert barriers(frame, "color-contrast") == []


@every_screen
def test_with_forced_colours_bars_and_choices_can_be_told_apart(still: Make, address: str) -> None:
    screen = still(address)
    screen.page.emulate_media(forced_colors="active")
    bars = screen.page.locator(".hg-bullet .hg-yes").evaluate_all(FILLS)
    assert [one for one, around in bars if one == around] == []
    assert bars or address.startswith("phuong-phap")
    for chosen in screen.page.locator("[role=radio][aria-checked=true]:visible").all():
        if chosen.evaluate("(one) => one.tagName") == "BUTTON":  # the others have a dot
            expect(chosen).to_have_css("outline-style", "solid")


@every_screen
def test_tab_reaches_everything_and_one_sees_where_one_is(still: Make, address: str) -> None:
    screen = still(address)
    there = walked(screen.page, "Tab")
    assert missed(screen.page, there) == []
    assert [stop["name"] for stop in there if not stop["seen"]] == []
    if address == SIMULATED:  # the map's; and there is a way back through all of it
        assert missed(screen.page, walked(screen.page, "Shift+Tab")) == []


@every_screen
def test_at_200_percent_nothing_is_covered_nor_runs_off_sideways(still: Make, address: str) -> None:
    screen = still(address)
    screen.page.set_viewport_size(DOUBLED)  # what a browser does that enlarges
    if address == SIMULATED:  # the map's
        expect(screen.map.get_by_text(BANNER)).to_be_in_viewport(ratio=1)
        screen.eventually(lambda: screen.frame.evaluate(ABOVE_BANNER), "hg-banner")
        for name in (_("Zoom in"), _("Zoom out"), _("Whole province")):
            expect(screen.map.get_by_role("button", name=name)).to_be_in_viewport()
    screen.eventually(lambda: overflow(screen.page), 0)
    screen.eventually(lambda: screen.page.evaluate(COVERED), [])
    for way in screen.page.locator(".st-key-bar a").all():
        expect(way).to_be_in_viewport(ratio=0.8)
    expect(screen.search_box()).to_be_in_viewport(ratio=0.8)
    if address in WITH_MAP:
        screen.eventually(lambda: overflow(screen.frame), 0)
        screen.eventually(lambda: screen.frame.evaluate(COVERED), [])
        box = screen.iframe.bounding_box()
        assert box
        assert box["height"] >= 150
        handle = screen.page.locator("[data-testid=stSidebar] .hg-handle")
        for _time in range(2):
            handle.click()
        screen.page.locator(".st-key-facts").scroll_into_view_if_needed()
        expect(screen.page.locator(".st-key-facts")).to_be_in_viewport()
        handle.click()  # pulled down again


@every_screen
def test_at_400_percent_one_reads_down_alone_and_a_map_is_left(still: Make, address: str) -> None:
    screen = still(address)
    screen.page.set_viewport_size(FOURFOLD)
    screen.eventually(lambda: overflow(screen.page), 0)
    screen.eventually(lambda: screen.page.evaluate(COVERED), [])
    if address in WITH_MAP:
        expect(screen.map.locator("#hg-legend > details")).not_to_have_attribute("open", "")
        part = screen.map.locator(".folium-map").bounding_box()
        assert part
        assert part["height"] >= FOURFOLD["height"] / 4


def fits(screen: Screen, size: ViewportSize) -> None:
    """See a map in its place, its panel begun, and nothing that runs off sideways."""
    panel = screen.page.get_by_test_id("stSidebar")
    expect(panel.get_by_role("heading", level=3).first).to_be_in_viewport(ratio=1)
    screen.eventually(lambda: (overflow(screen.page), overflow(screen.frame)), (0, 0))
    # The height of the bar, on a phone of the box that finds.
    screen.eventually(lambda: (screen.iframe.bounding_box() or {"y": 99})["y"] <= 60, wanted=True)
    shown = area(screen.iframe, size)
    assert shown > 0.5 * size["width"] * size["height"]
    assert shown > 2 * area(panel, size)
