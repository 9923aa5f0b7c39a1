"""What a term means stands beside it, for who has no mouse as well."""

from playwright.sync_api import expect

from geodata.core.text import _
from geodata.reading.glossary import FIGURES, glossary
from tests.browser.conftest import Make


def test_a_figure_explains_its_terms_to_the_keyboard(still: Make) -> None:
    screen = still("?paint=statuses")
    page = screen.page
    page.locator(".st-key-answer").get_by_role("button", name=_("Help")).focus()
    meanings = page.get_by_test_id("stTooltipContent")
    for _term, meaning in glossary(*FIGURES):
        expect(meanings).to_contain_text(meaning)


def test_the_terms_of_the_legend_stay_unfolded_whatever_is_chosen(still: Make) -> None:
    screen = still("?paint=statuses")
    terms = screen.map.locator("#hg-legend details details")
    terms.locator("summary").press("Enter")
    meaning = glossary("no_data")[0][1]
    expect(terms.get_by_text(meaning)).to_be_visible()
    with screen.rerun():
        screen.map.locator("#hg-legend .hg-row").first.click()
    expect(terms.get_by_text(meaning)).to_be_visible()
