"""A link, a code and a frame of exactly what is seen."""

from collections.abc import Callable
from urllib.parse import quote

from playwright.sync_api import expect

from geodata.core.text import _
from geodata.outputs.briefing import qr
from tests.browser.screen import Screen
from tests.browser.server import Server


def test_link_code_and_frame_lead_to_the_same_view_and_the_copied_link_to_its_place(
    reader: Callable[..., Screen], server: Server
) -> None:
    screen = reader(server).open("?paint=statuses&kinds=supermarket")
    screen.put("13/9.78/105.47")
    drawn = int(screen.body.get_attribute("data-drawn") or 0)
    screen.page.get_by_text(_("Share this view")).click()
    texts = screen.page.locator(".st-key-share code")
    expect(texts).to_have_count(2)
    link, frame = texts.all_text_contents()
    code = screen.page.locator(".hg-qr")
    expect(code).to_have_attribute("src", f"data:image/svg+xml,{quote(qr.svg(link))}")
    assert code.evaluate("(picture) => picture.naturalWidth") > 0

    screen.context.grant_permissions(["clipboard-read", "clipboard-write"])
    screen.page.get_by_role("button", name=_("Copy the link with the place of the map")).click()
    expect(screen.page.get_by_role("button", name=_("Copied"), exact=True)).to_be_visible()
    copied = screen.page.evaluate("navigator.clipboard.readText()")
    assert copied.partition("#")[0] == link
    other = reader(server).open(copied.removeprefix(server.url))
    assert other.place == screen.place == (13, 9.78, 105.47)
    other.expect_drawn(drawn)

    (source,) = (part for part in frame.split('"') if part.startswith("http"))
    screen.page.goto(source.replace("&amp;", "&"))
    screen.page.locator("iframe[data-ready=yes]").wait_for()
    screen.expect_drawn(drawn)
    expect(screen.page.get_by_text(_("Open the whole map"))).to_be_visible()
