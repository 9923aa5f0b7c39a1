"""The screen of evidence in a browser: found as typed, and from a record to the place it is of."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from geodata.core.text import _
from tests.browser.screen import PATIENCE, PHONE, Screen
from tests.browser.server import Server

KNOWN = _("What is known, and what is not")


def test_a_record_is_found_and_leads_to_its_site(screen: Screen) -> None:
    screen.visit("minh-chung", KNOWN)
    box = screen.page.get_by_label(_("Find in the evidence"))
    with screen.rerun():
        box.fill("nha may dien sinh khoi")
        box.press("Enter")
    expect(screen.page).to_have_url(re.compile(r"minh-chung\?search=nha"), timeout=PATIENCE)
    screen.page.locator("[class*=st-key-record_]").get_by_role("link").first.click()
    screen.arrived()
    screen.expect_selected("HG-MH-07")


def test_on_a_phone_one_tap_leads_to_what_is_not_known(
    reader: Callable[..., Screen], server: Server
) -> None:
    screen = reader(server, PHONE)
    screen.visit("minh-chung", KNOWN)
    screen.page.get_by_role("link", name=KNOWN).click()
    expect(screen.page.get_by_role("heading", name=KNOWN, exact=True)).to_be_in_viewport(
        timeout=PATIENCE
    )
