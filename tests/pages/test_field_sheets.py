"""The buttons for field sheets: there for sites that can be visited, a sentence for others."""

import io
from datetime import date

import pytest
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from geodata.outputs.briefing.wording import watermark
from geodata.rules import plan
from pages.parts.shared import data, field_sheets

AS_OF = date(2025, 6, 1)


def screen(chosen):
    from datetime import date

    from geodata.rules import plan
    from pages.parts.shared import data, field_sheets

    day = date(2025, 6, 1)
    of = data.data("simulated")
    field_sheets.offer(chosen, of, plan.default(plan.shipped(), day), day)


def shown(chosen):
    app = AppTest.from_function(screen, args=(chosen,), default_timeout=60).run()
    assert not app.exception
    buttons = [button.proto.label for button in app.get("download_button")]
    return buttons, [caption.value for caption in app.caption]


@pytest.mark.usefixtures("store_path")
def test_sites_that_can_be_visited_have_a_button_for_paper_and_one_for_the_screen():
    chosen = list(data.data("simulated").sites.index[:2])
    buttons, captions = shown(chosen)
    assert buttons == ["Phiếu đi thực địa (PDF)", "Phiếu đi thực địa (XLSX)"]
    assert captions == []


@pytest.mark.usefixtures("store_path")
@pytest.mark.parametrize(("chosen", "said"), [([], "ít nhất một"), (["<b>*x*"], "không có trong")])
def test_a_choice_that_makes_no_day_has_a_sentence_in_place_of_buttons(chosen, said):
    buttons, captions = shown(chosen)
    assert buttons == []
    assert said in captions[0]
    assert "<b>" not in captions[0]


@pytest.mark.usefixtures("store_path")
def test_the_file_has_a_page_a_site_and_never_shows_what_is_private(private):
    of = data.data("real")
    rules = plan.default(plan.shipped(), AS_OF)
    content = field_sheets.made("pdf", ["HG-ST-01", "HG-LN-01"], of, rules, AS_OF)
    pages = PdfReader(io.BytesIO(content)).pages
    said = " ".join(page.extract_text() for page in pages)
    assert len(pages) == 3
    assert watermark() not in said
    assert private.participants not in said
    assert private.source_note not in said


@pytest.mark.usefixtures("store_path")
def test_pages_of_the_simulated_workspace_say_so():
    of = data.data("simulated")
    rules = plan.default(plan.shipped(), AS_OF)
    content = field_sheets.made("pdf", list(of.sites.index[:1]), of, rules, AS_OF)
    for page in PdfReader(io.BytesIO(content)).pages:
        assert watermark() in page.extract_text()
