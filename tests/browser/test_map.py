"""The map: everything is on it, it obeys every choice, and it keeps its place."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from geodata.core.text import _
from geodata.reading.labels import axis_label, inventory_label, kind_label, status_label
from geodata.reading.view import AXES, unplaced
from tests.browser.conftest import Make
from tests.browser.screen import Screen
from tests.browser.truth import Truth

NEAR = 1e-3
STATUSES = "?paint=statuses"  # of the real sites too little is known to open on them


def moved(screen: Screen) -> tuple[float, ...]:
    """Move the map away from where it opens, and return where it is now."""
    screen.drag(70, 40)
    screen.wheel(-200)
    return screen.place


UNIT_NAME = """(code) => {
  return Object.values(map_hau_giang._layers).find((one) => one.unit === code).name;
}"""


def test_all_placed_sites_are_drawn_and_the_others_are_named(still: Make, real: Truth) -> None:
    screen = still()
    screen.expect_drawn(real.drawn())
    lost = unplaced(real.sites)
    assert len(lost) == len(real.sites) - real.drawn() > 0
    listed = screen.unfold(_("Not on the map: {n}").format(n=len(lost)))
    for name in lost["name_vi"]:
        expect(listed).to_contain_text(name)


def test_map_page_opened_by_itself_draws_filters_and_stays_in_the_province(
    still: Make, real: Truth
) -> None:
    screen = still()
    address, usual = screen.frame.url.partition("#")[0], screen.place
    page = screen.context.new_page()
    page.goto(address)
    body, key = page.locator("body"), real.common("outreach")
    expect(body).to_have_attribute("data-drawn", str(real.drawn()))
    row = page.locator(f"#hg-legend button[data-status='{key}']")
    row.click()
    expect(body).to_have_attribute("data-drawn", str(real.drawn(statuses=(key,))))
    row.click()
    expect(body).to_have_attribute("data-drawn", str(real.drawn()))
    for none in ("99/999/999", "Infinity/9.8/105.6", "-3/9.8/105.6/7", "12/10/-80", "x"):
        page.goto(f"{address}#map={none}")
        page.reload()  # another place alone loads nothing anew
        expect(body).to_have_attribute("data-ready", "yes")
        zoom, *where = map(float, page.evaluate("document.body.dataset.view").split("/"))
        assert 8 <= zoom <= 18
        assert where == pytest.approx(usual[1:], abs=0.3)
    page.close()


def test_simulated_data_says_so_in_the_page_and_in_the_map(
    still: Make, real: Truth, simulated: Truth
) -> None:
    screen = still()
    banner, line = screen.map.locator("#hg-banner"), screen.page.get_by_text(re.compile("^DỮ LIỆU"))
    expect(banner).to_be_hidden()
    expect(line).to_have_count(0)
    screen.pick(_("Simulated data"))
    screen.arrived()
    screen.expect_drawn(simulated.drawn())
    expect(banner).to_contain_text("DỮ LIỆU MÔ PHỎNG")
    expect(line).to_be_visible()
    screen.pick(_("Real data"))
    screen.arrived()
    screen.expect_drawn(real.drawn())
    expect(banner).to_be_hidden()
    expect(line).to_have_count(0)


def test_of_little_known_it_opens_on_what_is_where_and_all_else_is_one_click_away(
    still: Make, real: Truth
) -> None:
    screen = still()
    summary = screen.map.locator("#hg-legend > details > summary")
    expect(summary).to_contain_text(inventory_label())
    screen.expect_drawn(real.drawn())
    place, villages = moved(screen), ("craft_village",)
    row = screen.legend("craft_village")
    for left in (real.drawn(kinds=villages), real.drawn()):
        with screen.rerun():
            row.click()
        screen.expect_drawn(left)
    for axis in AXES:
        screen.press(axis_label(axis))
        expect(summary).to_contain_text(axis_label(axis))
        screen.expect_statuses(real.statuses(axis=axis))
        screen.expect_drawn(real.drawn(axis=axis))
        screen.expect_counts(real.legend(axis=axis))
        assert sum(real.counts(axis=axis)) == len(real.sites)
    assert real.statuses(axis="compliance") != real.statuses()
    expect(screen.outlines()).to_have_count(28)
    screen.unfold(_("Plan and administrative units"))
    screen.choose(_("Administrative units"), _("8 districts (to 30/06/2025)"))
    expect(screen.outlines()).to_have_count(8)
    screen.choose(_("Administrative units"), _("28 communes (from 01/07/2025)"))
    expect(screen.outlines()).to_have_count(28)
    assert screen.place == pytest.approx(place, abs=NEAR)
    assert screen.kept()


def test_click_in_the_legend_isolates_and_the_second_click_restores(
    still: Make, real: Truth
) -> None:
    screen = still(STATUSES)
    place = moved(screen)
    key = real.common("outreach")
    screen.legend(key).click()
    screen.expect_drawn(real.drawn(statuses=(key,)))
    expect(screen.legend(key)).to_have_attribute("aria-pressed", "true")
    expect(screen.map.locator("#hg-legend [aria-pressed=true]")).to_have_count(1)
    screen.expect_counts(real.legend())
    screen.legend(key).click()
    screen.expect_drawn(real.drawn())
    expect(screen.map.locator("#hg-legend [aria-pressed=false]")).to_have_count(0)
    assert screen.place == pytest.approx(place, abs=NEAR)
    assert screen.kept()


def test_panning_and_zooming_asks_nothing_of_the_server(still: Make, real: Truth) -> None:
    screen = still(STATUSES)
    before, pages = screen.reruns, screen.page.evaluate("history.length")
    assert before > 0  # the count counts
    screen.drag(120, -60)
    screen.wheel(-300)
    screen.map.get_by_role("button", name=_("Zoom out")).click()
    screen.map.get_by_role("button", name=_("Whole province")).click()
    screen.page.wait_for_function("location.hash.startsWith('#map=')")
    assert screen.reruns == before
    assert screen.page.evaluate("history.length") == pages  # nothing to go back through
    screen.legend(real.common("outreach")).click()
    screen.expect_drawn(real.drawn(statuses=(real.common("outreach"),)))
    screen.eventually(lambda: screen.reruns, before + 1)  # drawn before the app is asked
    with screen.rerun():
        screen.legend(real.common("outreach")).click()


def test_filters_draw_what_the_model_says_and_the_map_stays(still: Make, real: Truth) -> None:
    screen = still(STATUSES)
    place = moved(screen)
    unit = str(real.rows(statuses=("no-data",))["commune_2025"].mode().iloc[0])
    steps = [
        (_("Statuses"), status_label("outreach", "no-data"), {"statuses": ("no-data",)}),
        (_("Unit"), screen.frame.evaluate(UNIT_NAME, unit), {"unit": unit}),
        (_("Kinds of sites"), kind_label("industrial_cluster"), {"kinds": ("industrial_cluster",)}),
    ]
    chosen: dict[str, object] = {}
    left = real.drawn()
    for label, option, choice in steps:
        screen.choose(label, option)
        chosen |= choice
        assert real.drawn(**chosen) < left
        left = real.drawn(**chosen)
        screen.expect_drawn(left)
        heard = screen.map.get_by_role("status").filter(
            has_text=_("On the map: {n}").format(n=left)
        )
        expect(heard).to_have_count(1)  # for who does not see it
        if label == _("Unit"):  # what is newly chosen comes into sight
            screen.moved_from(place)
            place = screen.place
        assert screen.place == pytest.approx(place, abs=NEAR)
    assert screen.kept()


def test_date_changes_statuses_and_units_and_the_map_stays(
    screen: Screen, simulated: Truth
) -> None:
    screen.open("?workspace=simulated&statuses=reached")
    screen.expect_drawn(simulated.drawn(statuses=("reached",)))
    expect(screen.outlines()).to_have_count(28)
    place = moved(screen)
    screen.set_day("30062024")
    then = {"as_of": date(2024, 6, 30), "statuses": ("reached",)}
    assert simulated.drawn(**then) != simulated.drawn(statuses=("reached",))
    expect(screen.outlines()).to_have_count(8)
    screen.expect_drawn(simulated.drawn(**then))
    screen.expect_statuses(simulated.statuses(**then))
    assert screen.place == pytest.approx(place, abs=NEAR)
    assert screen.kept()


def test_the_statuses_of_a_group_unfold_by_hand_and_where_symbols_show_them(
    still: Make, simulated: Truth
) -> None:
    screen = still("?workspace=simulated")
    expect(screen.body).not_to_have_attribute("data-rings", "0")
    group, status = screen.legend("lapsed overdue not-reached"), screen.legend("overdue")
    expect(group).to_be_visible()
    expect(status).to_be_hidden()
    more = screen.map.locator("#hg-legend [data-group='lapsed overdue not-reached']")
    more.click()
    expect(status).to_be_visible()
    more.click()
    expect(status).to_be_hidden()
    other = screen.legend("reported")
    screen.look_at(str(simulated.rows(statuses=("overdue",)).index[0]), 14)
    expect(screen.body).to_have_attribute("data-rings", "0")
    expect(other).to_be_visible()
    expect(status).to_be_hidden()  # folded by hand it stays so
