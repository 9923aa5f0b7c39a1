"""A planner's way through the next visits: choose, keep, ask why not, and compare two scenarios."""

import re

from playwright.sync_api import Locator, expect

from geodata.core.text import _
from tests.browser.screen import PATIENCE, PHONE, Screen, overflow

ADDRESS = "lich-den?workspace=simulated&as_of=2024-12-31&n=3"


def button(screen: Screen, name: str) -> Locator:
    return screen.page.get_by_role("button", name=name, exact=True)


def choose(screen: Screen, label: str, typed: str) -> None:
    """Choose from a list the first that matches what is typed."""
    box = screen.page.get_by_role("combobox", name=label)
    box.click()
    box.fill(typed)
    screen.page.get_by_role("option").first.click()
    screen.settle()


def name_and_save(screen: Screen, name: str) -> None:
    field = screen.page.get_by_label(_("Name of this scenario"))
    field.fill(name)
    field.press("Enter")
    screen.settle()
    button(screen, _("Save scenario")).click()
    screen.settle()


def test_visits_are_chosen_kept_asked_after_and_compared(screen: Screen) -> None:
    screen.open(ADDRESS)
    expect(screen.body).to_have_attribute("data-visits", "3")
    covered = int(screen.body.get_attribute("data-covered"))
    assert covered > 0
    name_and_save(screen, "Ba điểm")

    # Keep the last of the three: it comes first then, and the address says so.
    kept = screen.page.locator(".st-key-pick_3 strong").first.inner_text()
    screen.page.locator(".st-key-pick_3").get_by_role("button", name=_("Keep")).click()
    screen.settle()
    first = screen.page.locator(".st-key-pick_1 strong").first
    expect(first).to_have_text(re.compile(re.escape(kept.split(". ", 1)[1].strip("\u2068\u2069"))))
    expect(screen.page).to_have_url(re.compile("keep="))

    choose(screen, _("Why not …?"), "Xã")
    answer = screen.page.get_by_test_id("stAlertContentInfo").first
    expect(answer).to_have_text(re.compile(r"\w+.*\."))

    # One more venue covers no fewer sites, and the map follows without being made anew.
    number = screen.page.get_by_label(_("Number of venues (N)")).first
    number.fill("4")
    number.press("Enter")
    expect(screen.body).to_have_attribute("data-visits", "4", timeout=PATIENCE)
    assert int(screen.body.get_attribute("data-covered")) >= covered
    assert screen.frame.evaluate("window.__mark") == "kept"
    name_and_save(screen, "Bốn điểm")
    choose(screen, _("Compare with the scenario"), "Ba")
    beside = screen.page.get_by_test_id("stTable")
    expect(beside).to_contain_text("Ba điểm")
    expect(beside).to_contain_text("Bốn điểm")

    # On a phone the choices stand below the map that they change.
    for part in ("stSidebarContent", "stMain"):
        screen.page.get_by_test_id(part).evaluate("(one) => one.scrollTo(0, 0)")
    screen.page.set_viewport_size(PHONE)
    screen.eventually(lambda: overflow(screen.page), 0)
    screen.page.locator("[data-testid=stSidebar] .hg-handle").click()
    number = screen.page.get_by_label(_("Number of venues (N)")).first
    expect(number).to_be_in_viewport()
    # With a thumb: a tap is one more or one less.
    more = button(screen, _("Increment")).first
    size = more.bounding_box()
    assert size
    assert min(size["width"], size["height"]) >= 36
    more.click()
    expect(screen.body).to_have_attribute("data-visits", "5", timeout=PATIENCE)
    expect(screen.iframe).to_be_in_viewport(ratio=0.5)
    assert screen.frame.evaluate("window.__mark") == "kept"
