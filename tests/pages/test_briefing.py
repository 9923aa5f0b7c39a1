"""The briefing on the screen: the board, the sentences, two dates, slides and files."""

import html
import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from streamlit.runtime.scriptrunner import RerunData, RerunException

from geodata.core.text import number
from geodata.outputs.briefing.deck import deck
from geodata.outputs.briefing.files import KINDS, ending
from geodata.outputs.briefing.wording import watermark
from geodata.reading import briefing as briefings
from geodata.reading.briefing import brief
from geodata.reading.view import View
from geodata.rules import plan, targets
from geodata.store import REAL, SIMULATED
from pages.parts.briefing import downloads
from pages.parts.briefing.downloads import MADE
from pages.parts.shared import data
from tests.written import squeezed, text_of

SCREEN = str(Path(__file__).parents[2] / "pages" / "briefing.py")
DAY = {"as_of": "2024-12-31"}
INVENTED = {"workspace": SIMULATED, **DAY}


@pytest.fixture
def opened(open_app):
    """Open the briefing at an address."""

    def run(**query):
        app = open_app("briefing", **query)
        assert not app.exception
        assert not app.error
        return app

    return run


@pytest.fixture
def truth(store):
    """Return the briefing of a workspace at the end of 2024, made without the screen."""

    def of(workspace, **choices):
        known = store.load(workspace)
        frames = data.unit_frames()
        return brief(
            known.sites,
            known.evidence,
            plan.of_year(plan.shipped(), 2024),
            View(as_of=date(2024, 12, 31), workspace=workspace, **choices),
            units=frames["legacy"],
            districts=tuple(frames["legacy"].index),
            data_version=known.version,
            compared_to=choices.get("compare"),
            shown=data.sites.public(known.sites),
        )

    return of


def drawn(app):
    """What the page draws as markup."""
    return html.unescape("\n".join(str(part.proto.body) for part in app.get("html")))


@pytest.mark.parametrize("workspace", [REAL, SIMULATED])
def test_the_board_shows_every_target_with_the_count_that_was_made(opened, truth, workspace):
    text = drawn(opened(workspace=workspace, **DAY))
    for line in truth(workspace).board:
        assert line.name in text
        assert line.verdict is None or line.counted.split(" ")[0] in text
        assert line.verdict is None or line.verdict_text in text


def test_another_choice_of_the_same_day_counts_no_target_anew(opened, monkeypatch):
    seen = []

    def counted(case, target):
        seen.append((target.id, case.end))
        return targets.counted(case, target)

    def results(*_all, **_how):
        raise AssertionError

    monkeypatch.setattr(data, "counted", counted)
    monkeypatch.setattr(briefings, "results", results)
    data._target.clear()
    data._briefing.clear()
    for choice in ({}, {"unit": "931"}, {"kinds": "supermarket"}, {"axis": "compliance"}):
        opened(**INVENTED, **choice)
    assert seen == [(f"T{n}", date(2024, 12, 31)) for n in range(1, 8)]


@pytest.mark.parametrize(("target", "kinds"), [("T6", 2), ("T3", 3), ("T4", 1)])
def test_choosing_a_target_has_address_and_map_look_at_what_it_counts(opened, target, kinds):
    app = opened(**INVENTED)
    app = app.button(key=f"w_target_{target}").click().run()
    assert len(app.query_params["kinds"].split(",")) == kinds
    assert ("axis" in app.query_params) == (target == "T6")
    app = app.button(key=f"w_target_{target}").click().run()
    assert "kinds" not in app.query_params


def test_choosing_the_districts_shows_them_alone(opened, shown):
    app = opened(workspace=SIMULATED, as_of="2025-12-31")
    app = app.button(key="w_target_T5").click().run()
    assert app.query_params["vintage"] == "legacy"
    assert len(shown(app).map()["state"]["shades"]) == 8


def test_every_finding_is_said(opened, truth):
    app = opened(**INVENTED)
    (said,) = (str(m.value).split("\n") for m in app.markdown if str(m.value).startswith("- "))
    assert len(said) == len(truth(SIMULATED).findings) > 0


def test_two_dates_stand_side_by_side_with_what_changed(opened):
    tables = opened(compare="2024-06-30", **INVENTED).table
    (both,) = (t.value for t in tables if {"30/06/2024", "31/12/2024"} <= set(t.value.columns))
    for row in both.to_dict("records"):
        if "/" in row["30/06/2024"]:
            then, now = (int(row[day].split("/")[0]) for day in ("30/06/2024", "31/12/2024"))
            assert int(row["±"].replace("−", "-")) == now - then


def test_a_day_of_an_earlier_plan_is_counted_under_that_plan_and_says_so(opened, shown):
    app = opened(workspace=SIMULATED, as_of="2025-06-30", compare="2024-12-31")
    assert "Số liệu ngày 31/12/2024 tính theo Kế hoạch 45/KH-UBND" in shown(app).text()
    counted = drawn(opened(**INVENTED))
    (both,) = (t.value for t in app.table if "31/12/2024" in t.value.columns)
    assert all(then.split(" ")[0] in counted for then in both["31/12/2024"])


def test_what_changed_names_the_evidence_that_changed_it(opened):
    assert "SIM-EV-" in drawn(opened(compare="2024-06-30", **INVENTED))


def ranked(app):
    return next(t.value for t in app.dataframe if "Hạng" in t.value.columns)


def test_the_ranking_has_a_table_with_every_unit_that_adds_up_to_the_target(opened, truth):
    rows, result = ranked(opened(**INVENTED)), truth(SIMULATED).result
    assert len(rows) >= 8
    yes, sites = zip(*(map(int, c.split("/")) for c in rows["Đã được phổ biến"]), strict=True)
    assert (sum(yes), sum(sites)) == (result.count.yes, result.count.total)


def test_a_chosen_unit_is_marked_among_all(opened):
    every, chosen = ranked(opened(**INVENTED)), ranked(opened(unit="934", **INVENTED))
    assert len(chosen) == len(every)
    assert chosen["Hạng"].tolist() == every["Hạng"].tolist()
    (marked,) = (name for name in chosen["Địa bàn"] if name.startswith("▶"))
    assert marked.endswith("Phụng Hiệp")


def test_partly_is_not_called_confirmed_not(opened):
    columns = ranked(opened(axis="compliance", **INVENTED)).columns
    assert "Chưa đáp ứng hoặc đáp ứng một phần" in columns


def press(app, label):
    (button,) = (button for button in app.button if button.label == label)
    return button.click().run()


def slides_of(app):
    bodies = (str(part.proto.body) for part in app.get("html"))
    return [body for body in bodies if 'class="hg-slide' in body]


def test_a_presentation_has_the_slides_of_the_deck_with_their_notes(opened, truth):
    app = press(opened(**INVENTED), "Trình chiếu")
    assert app.query_params["slide"] == "1"
    assert not app.sidebar.selectbox
    every = deck(truth(SIMULATED))
    assert len(every) == len(slides_of(app))
    for text, slide in zip(slides_of(app), every, strict=True):
        assert f"<h2>{html.escape(slide.title)}</h2>" in text
        assert all(html.escape(note) in text for note in slide.notes[:-1])


def test_every_slide_of_simulated_data_says_so_and_the_map_does_by_itself(opened):
    marked = ["DỮ LIỆU MÔ PHỎNG" in text for text in slides_of(opened(slide="1", **INVENTED))]
    assert [n for n, is_marked in enumerate(marked, 1) if not is_marked] == [2]
    assert "DỮ LIỆU MÔ PHỎNG" not in "".join(slides_of(opened(slide="1", **DAY)))


def test_a_file_says_what_the_screen_says(opened, truth):
    app = opened(**INVENTED, compare="2024-06-30", unit="932", kinds="craft_village")
    wanted = truth(SIMULATED, compare=date(2024, 6, 30), unit="932", kinds=("craft_village",))
    for kind in KINDS:
        app.selectbox(key="w_file").set_value(kind)
        app = press(app.run() if MADE in app.session_state else app, "Tạo tệp")
        assert not app.exception
        says(app.session_state[MADE][1], kind, wanted)


def says(content, kind, wanted):
    """Check that a file of some kind has the words and the figures of a briefing."""
    text = text_of(content, ending(kind))
    unit = wanted.units["name"][wanted.view.unit]
    for said in ("31/12/2024", wanted.data_version, unit, watermark()):
        assert squeezed(said).casefold() in text.casefold(), said
    if kind == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        values = {cell.value for row in book.worksheets[0].iter_rows() for cell in row}
        counts = [r.count for r in wanted.results if r.count and r.count.total]
        assert {n for count in counts for n in (count.yes, count.total)} <= values
    elif kind == "pdf-poster":  # three numbers for the wall, not the board
        count = wanted.result.count
        assert squeezed(f"{number(count.yes)}/{number(count.total)}") in text
    else:
        for line in wanted.board:
            assert squeezed(line.counted) in text, line.id
            assert line.verdict is None or squeezed(line.verdict_text) in text, line.id


def test_a_file_belongs_to_the_view_it_was_made_of(opened):
    app = press(opened(**DAY), "Tạo tệp")
    assert len(app.get("download_button")) == 1
    app = app.date_input(key="w_as_of").set_value(date(2024, 6, 30)).run()
    assert not app.get("download_button")


def test_choices_that_no_target_counts_leave_board_and_units_whole_and_say_so(opened):
    plain, app = opened(**INVENTED), opened(kinds="pilot_model", unit="936", **INVENTED)
    whole, some = plain.dataframe[-1].value, app.dataframe[-1].value
    assert some["Hạng"].notna().any()
    assert some["Tỷ lệ"].tolist() == whole["Tỷ lệ"].tolist()
    words = " ".join(caption.value for caption in app.caption)
    assert "Không loại hình nào đã chọn được tính vào T3" in words
    assert "toàn tỉnh" in words
    assert "Huyện Long Mỹ" in words
    (drop,) = (button for button in app.button if button.label == "Bỏ lựa chọn")
    app = drop.click().run()
    assert "kinds" not in app.query_params
    assert "unit" not in app.query_params


def test_the_board_of_a_slide_has_no_more_than_the_seven_targets(opened):
    app = opened(slide="1", **INVENTED)
    assert not app.dataframe
    assert not app.expander


def test_a_click_while_a_file_is_made_keeps_nothing_of_it(opened, monkeypatch):
    steps = []

    def clicked_away(_briefing, told):
        told(0.5, "half done")
        steps.append("half done")
        raise RerunException(RerunData())  # what Streamlit raises at the next step after a click

    monkeypatch.setitem(downloads.KINDS, "pdf", clicked_away)
    app = press(opened(**DAY), "Tạo tệp")
    assert steps == ["half done"]
    assert MADE not in app.session_state
    assert not app.get("download_button")
    assert "Hủy" not in [button.label for button in app.button]
