"""From a symbol, a row or a name to the passport of the site, and what it says."""

import pandas as pd
import pytest
from playwright.sync_api import expect

from geodata.core.text import _, day
from geodata.reading.labels import kind_label, status_label
from geodata.reading.passport import passport
from geodata.reading.view import plan_of
from geodata.register.sites import placed
from geodata.rules.plan import shipped
from tests.browser.conftest import Make
from tests.browser.screen import Screen
from tests.browser.truth import Truth


def documented(truth: Truth) -> str:
    """Return a placed site with evidence that decides its status today, with a source."""
    view = truth.view()
    for site in truth.sites.index[placed(truth.sites).to_numpy()]:
        found = passport(site, truth.sites, truth.evidence, plan_of(view, shipped()), view.as_of)
        if any(len(finding.records) for finding in found.findings):
            return str(site)
    pytest.fail("no shipped site has evidence that counts today")


def twins(truth: Truth) -> list[list[str]]:
    """Return the groups of sites that share a position."""
    known = truth.sites[placed(truth.sites).to_numpy()]
    groups = known.groupby([known["lat"].round(5), known["lon"].round(5)])["id"]
    return [list(ids) for _place, ids in groups if len(ids) > 1]


def test_click_on_the_map_opens_a_passport_traced_back_to_evidence_and_opens_it_again(
    still: Make, real: Truth
) -> None:
    site = documented(real)
    screen = still()
    screen.look_at(site, 13)
    screen.click_site(site)
    screen.expect_selected(site)
    expect(screen.passport().get_by_text(site)).to_be_visible()
    text = screen.passport()
    view = real.view()
    wanted = passport(site, real.sites, real.evidence, plan_of(view, shipped()), view.as_of)
    expect(text).to_contain_text(str(wanted.site["name_vi"]))
    expect(text).to_contain_text(kind_label(wanted.site["kind"]))
    for finding in wanted.findings:
        expect(text).to_contain_text(status_label(finding.axis, finding.status))
        expect(text).to_contain_text(finding.rule)
        for _id, record in finding.records.iterrows():
            expect(text).to_contain_text(str(record["id"]))
            expect(text).to_contain_text(day(record["event_date"].date()))
            if pd.notna(record["source_url"]):
                link = str(record["source_url"]).split()[0]
                expect(text.locator(f"a[href='{link}']").first).to_be_visible()
    register, legacy = screen.unfold(_("Place and register")), _("To 30/06/2025")
    expect(register).to_contain_text(legacy)
    expect(register).to_contain_text(_("From 01/07/2025"))
    expect(register.get_by_text(legacy)).not_to_contain_text(f"{legacy}: {_('not known')}")
    screen.expect_query(f"site={site}")
    screen.close_passport()
    expect(screen.page.get_by_text(site)).to_have_count(0)
    screen.expect_query("")
    screen.click_site(site)
    screen.expect_selected(site)
    box = screen.iframe.bounding_box()
    assert box
    with screen.rerun():  # a click beside the sites closes it, too
        screen.page.mouse.click(box["x"] + box["width"] - 60, box["y"] + box["height"] / 2)
    screen.expect_selected("")
    expect(screen.page.get_by_text(site)).to_have_count(0)
    assert screen.kept()


def test_every_placed_site_can_be_clicked_where_the_map_opens(still: Make, real: Truth) -> None:
    """Also those that share a position, and without zooming."""
    assert twins(real)
    address = still().frame.url.partition("#")[0]
    page = still().context.new_page()
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(address)
    body = page.locator("body")
    expect(body).to_have_attribute("data-ready", "yes")
    for site in real.sites.index[placed(real.sites).to_numpy()]:
        page.mouse.click(*Screen.point(page.main_frame, site))
        expect(body).to_have_attribute("data-selected", site)
    page.close()


def test_sites_that_share_a_position_open_their_own_passports(still: Make, real: Truth) -> None:
    group = twins(real)[0]
    screen = still()
    screen.look_at(group[0], 14)
    for site in group:
        screen.click_site(site)
        screen.expect_selected(site)
        name = str(real.sites.loc[site, "name_vi"])
        expect(screen.passport().get_by_role("heading").first).to_contain_text(name)
    # The circle of accuracy has the size that the register states.
    metres = float(real.sites.loc[group[-1], "position_accuracy_m"])
    screen.look_at(group[-1], 11)
    box = screen.ring().bounding_box()
    assert box
    scale = 40_075_016 / 256 / 2**11 * 0.985  # metres a pixel at 10° north
    assert box["width"] / 2 * scale == pytest.approx(metres, rel=0.05)
    screen.close_passport()
    expect(screen.ring()).to_have_count(0)


def test_row_of_the_table_opens_the_passport_and_moves_the_map(still: Make, real: Truth) -> None:
    screen = still()
    row, site = 2, str(real.rows().index[2])
    name = str(real.sites.loc[site, "name_vi"])
    assert screen.table_row(row)[0] == name
    screen.click_row(row)
    screen.expect_selected(site)
    expect(screen.passport().get_by_role("heading").first).to_contain_text(name)
    screen.expect_place(*real.sites.loc[site, ["lat", "lon"]])
    screen.close_passport()
    screen.click_row(row + 1)
    screen.expect_selected(str(real.rows().index[row + 1]))


def test_table_lists_the_sites_of_the_view(screen: Screen, real: Truth) -> None:
    rows = real.rows(kinds=("supermarket",))
    screen.open("?kinds=supermarket")
    title = _("The same {n:site|sites} as a table").format(n=len(rows))
    expect(screen.page.get_by_role("heading", name=title)).to_be_visible()
    assert [screen.table_row(n)[0] for n in range(len(rows))] == rows["name_vi"].tolist()
    expect(screen.page.get_by_test_id(f"glide-cell-0-{len(rows)}")).to_have_count(0)
