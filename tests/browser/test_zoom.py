"""At 200 %, with the colours of a reader's own, and without motion: nothing is lost or covered."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from geodata.core.text import _
from tests.browser.screen import DESK, PATIENCE, Screen, overflow
from tests.browser.server import Server

DOUBLED = {"width": DESK["width"] // 2, "height": DESK["height"] // 2}
WITH_MAP = ("", "khoang-trong", "lich-den")
SCREENS = (*WITH_MAP, "bao-cao", "phuong-phap", "minh-chung")
SIMULATED = "?workspace=simulated&as_of=2024-12-31"
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
MOVING = """() => document.getAnimations()
  .filter((one) => Number(one.effect.getComputedTiming().duration) > 20)
  .map((one) => one.animationName || one.transitionProperty)"""
FILLS = """(all) => all.filter((one) => one.offsetWidth > 3).map((one) => [one, one.parentElement]
  .map((each) => getComputedStyle(each).backgroundColor))"""


def opened(screen: Screen, path: str) -> Screen:
    """Open a screen of the simulated workspace and wait until it stands."""
    if path in WITH_MAP:
        return screen.open(f"{path}{SIMULATED}")
    screen.page.goto(f"{screen.server}{path}{SIMULATED}")
    expect(screen.page.get_by_role("heading").first).to_be_visible(timeout=PATIENCE)
    screen.settle()
    return screen


@pytest.mark.parametrize("path", SCREENS)
def test_at_200_percent_nothing_is_covered_nor_runs_off_sideways(
    reader: Callable[..., Screen], server: Server, path: str
) -> None:
    screen = opened(reader(server, DOUBLED), path)
    assert overflow(screen.page) == 0
    screen.eventually(lambda: screen.page.evaluate(COVERED), [])
    for way in screen.page.locator(".st-key-bar a").all():
        expect(way).to_be_in_viewport(ratio=0.8)
    expect(screen.search_box()).to_be_in_viewport(ratio=0.8)
    if path in WITH_MAP:
        assert overflow(screen.frame) == 0
        screen.eventually(lambda: screen.frame.evaluate(COVERED), [])
        box = screen.iframe.bounding_box()
        assert box
        assert box["height"] >= 150
        handle = screen.page.locator("[data-testid=stSidebar] .hg-handle")
        for _time in range(2):
            handle.click()
        screen.page.locator(".st-key-facts").scroll_into_view_if_needed()
        expect(screen.page.locator(".st-key-facts")).to_be_in_viewport()


@pytest.mark.parametrize("path", SCREENS)
def test_with_forced_colours_bars_and_choices_can_be_told_apart(screen: Screen, path: str) -> None:
    screen.page.emulate_media(forced_colors="active")
    opened(screen, path)
    bars = screen.page.locator(".hg-bullet .hg-yes").evaluate_all(FILLS)
    assert [one for one, around in bars if one == around] == []
    assert bars or path == "phuong-phap"
    for chosen in screen.page.locator("[role=radio][aria-checked=true]:visible").all():
        if chosen.evaluate("(one) => one.tagName") == "BUTTON":  # the others have a dot
            expect(chosen).to_have_css("outline-style", "solid")
    screen.page.emulate_media(forced_colors="none")


def test_who_wants_no_motion_gets_none(reader: Callable[..., Screen], server: Server) -> None:
    screen = reader(server, DOUBLED)
    screen.page.emulate_media(reduced_motion="reduce")
    opened(screen, "")
    assert screen.page.evaluate(MOVING) == []
    screen.page.locator("[data-testid=stSidebar] .hg-handle").click()
    assert screen.page.evaluate(MOVING) == []
    screen.page.get_by_role("link", name=_("Briefing")).click()
    assert screen.page.evaluate(MOVING) == []
    expect(screen.page).to_have_url(re.compile("bao-cao"), timeout=PATIENCE)
    screen.settle()
    assert screen.page.evaluate(MOVING) == []
    screen.page.emulate_media(reduced_motion="no-preference")
