"""The screen of evidence in a browser: found as typed, and from a record to the place it is of."""

import re

from playwright.sync_api import expect

from geodata.core.text import _
from tests.browser.screen import PATIENCE, PHONE, Screen

KNOWN = _("What is known, and what is not")


def test_a_tap_leads_to_what_is_not_known_and_a_record_that_is_found_to_its_site(
    screen: Screen,
) -> None:
    screen.visit("minh-chung", KNOWN)
    screen.page.set_viewport_size(PHONE)
    screen.page.get_by_role("link", name=KNOWN).click()
    expect(screen.page.get_by_role("heading", name=KNOWN, exact=True)).to_be_in_viewport()
    screen.page.set_viewport_size(screen.size)
    box = screen.page.get_by_label(_("Find in the evidence"))
    with screen.rerun():
        box.fill("nha may dien sinh khoi")
        box.press("Enter")
    expect(screen.page).to_have_url(re.compile(r"minh-chung\?search=nha"), timeout=PATIENCE)
    screen.page.locator("[class*=st-key-record_]").get_by_role("link").first.click()
    screen.arrived()
    screen.expect_selected("HG-MH-07")
