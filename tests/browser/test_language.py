"""Every text on screen is Vietnamese, and every page says so to the browser."""

import re

from playwright.sync_api import expect

from geodata.core.text import _
from tests.browser.screen import Screen

# Words that occur in English sentences and in no Vietnamese one.
ENGLISH = re.compile(
    r"(?i)\b(the|and|of|or|is|are|not|with|from|for|your|this|that|all|any|map|site|sites|data|"
    r"date|day|status|legend|search|find|select|choose|option|options|results?|reached|planned|"
    r"outreach|compliance|plan|close|open|show|hide|zoom|loading|running|please|wait|error|"
    r"enter|apply|press|source|document|download|menu|settings|stop|rerun)\b"
)
WORDS = """() => {
  const texts = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const parent = node.parentElement;
    if (parent.closest("script, style, canvas, [data-testid=stIconMaterial]")) continue;
    if (parent.checkVisibility({ visibilityProperty: true })) texts.push(node.textContent.trim());
  }
  const named = document.querySelectorAll("[title], [placeholder], [aria-label]");
  for (const one of named) {
    texts.push(one.title, one.value ? "" : one.placeholder || "", one.ariaLabel || "");
  }
  return texts.filter(Boolean);
}"""


def english(screen: Screen) -> set[str]:
    """Return the texts on screen that read like English."""
    texts = screen.page.evaluate(WORDS)
    for frame in screen.page.frames[1:]:
        texts += frame.evaluate(WORDS)
    assert texts
    return {text for text in texts if ENGLISH.search(text)}


def test_map_page_is_vietnamese_in_all_its_parts(screen: Screen) -> None:
    screen.open("?workspace=simulated&as_of=2025-06-30&unit=930&site=SIM-LN-0001")
    expect(screen.passport()).to_contain_text("SIM-LN-0001")
    for part in (screen.page, screen.frame):
        assert part.evaluate("document.documentElement.lang") == "vi"
        assert "Hậu Giang" in part.title()
    assert english(screen) == set()
    screen.close_passport()  # it lies over the panel
    screen.search("khong co gi ca")
    screen.unfold(_("Plan and administrative units"))
    assert english(screen) == set()
    for label in ("Kinds of sites", "Statuses", "Unit", "Plan", "Administrative units"):
        screen.unroll(_(label))
        assert english(screen) == set()
        screen.page.keyboard.press("Escape")
        expect(screen.page.get_by_role("option")).to_have_count(0)
    screen.page.get_by_test_id("stDateInputCalendarButton").first.click()
    expect(screen.page.get_by_role("grid")).to_be_visible()
    assert english(screen) == set()


def test_method_page_is_vietnamese(screen: Screen) -> None:
    screen.visit("phuong-phap", _("Method"))
    assert english(screen) == set()
    expect(screen.page.locator("html[lang=vi]")).to_have_count(1)


def languages(screen: Screen) -> list[str]:
    """Return what page and map tell the browser of their language."""
    return [part.evaluate("document.documentElement.lang") for part in (screen.page, screen.frame)]


def switch(screen: Screen, to: str) -> None:
    """Go over to the other language and wait until its map stands."""
    screen.page.locator(f"a.hg-language[hreflang={to}]").click()
    expect(screen.page.locator(f"html[lang={to}]")).to_have_count(1)
    screen.arrived()


def test_the_switch_keeps_view_and_place_and_is_remembered(screen: Screen) -> None:
    asked = "paint=statuses&kinds=supermarket"
    screen.open(f"?{asked}")
    screen.put("13/9.78/105.47")
    place = screen.place
    drawn = screen.body.get_attribute("data-drawn") or ""
    switch(screen, "en")
    screen.expect_query(f"{asked}&lang=en")
    assert (languages(screen), screen.place) == (["en", "en"], place)
    screen.expect_drawn(int(drawn))
    screen.open(f"?{asked}")
    screen.expect_query(f"{asked}&lang=en")
    assert languages(screen) == ["en", "en"]
    screen.put("13/9.78/105.47")
    expect(screen.page).to_have_url(re.compile("#map=13/"))
    left: list[str] = []
    screen.page.on("framenavigated", lambda frame: left.append(frame.url))
    switch(screen, "vi")
    screen.expect_query(asked)
    assert (languages(screen), screen.place) == (["vi", "vi"], place)
    assert [url for url in left if "lang=" in url] == []
    screen.open()
    screen.expect_query("")
    assert languages(screen) == ["vi", "vi"]
