"""The slides, read back: the briefing's figures to the digit, native, legible, in their place."""

import io
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from pptx import Presentation
from pptx.enum.dml import MSO_FILL, MSO_THEME_COLOR
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Inches, Length

from geodata.core.errors import WrongCallError
from geodata.core.text import _, day, number
from geodata.outputs.briefing import speech
from geodata.outputs.briefing.deck import deck as deck_of
from geodata.outputs.briefing.provenance import provenance
from geodata.outputs.briefing.slides import chart, fitting, keys, stage, talk, template
from geodata.outputs.briefing.wording import plain
from geodata.reading.findings import sentences
from geodata.reading.labels import shade_label
from geodata.reading.view import View
from geodata.rules import plan
from geodata.simulation import simulate
from tests.geodata.outputs.samples import BLOCKS, COMMUNES, brief
from tests.shipped import EVIDENCE, SITES

HOSTILE = [
    "Chợ <img src=x onerror=alert(1)> & <b>đậm</b>",
    "=cmd|' /C calc'!A0",
    "Dài " + "ô" * 480 + " hết dòng",
    "Dòng một\nDòng hai\r\n\tDòng ba\x00\x07",
    "Làng \u202egnort gnàl\u202c nghề",
    "سوق العربية في المدينة",
    "🏭 工業園區 " * 30,
    "W" * 500,
]


@pytest.fixture(scope="module")
def deck(shown, picture):
    return opened(shown, picture)


def opened(briefing, picture):
    return Presentation(io.BytesIO(talk.render(briefing, picture)))


def tables(deck):
    return [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]


def charts(deck):
    return [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]


def pictures(deck):
    return [s for slide in deck.slides for s in slide.shapes if hasattr(s, "image")]


def mapped(deck):
    (slide,) = [slide for slide in deck.slides if any(hasattr(s, "image") for s in slide.shapes)]
    return slide


def cells(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def texts(slide):
    """Every text of a slide, those of its tables too."""
    framed = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    return framed + [t for s in slide.shapes if s.has_table for r in cells(s.table) for t in r]


def all_text(deck):
    return "\n".join(text for slide in deck.slides for text in texts(slide))


def titled(deck, title):
    return [slide for slide in deck.slides if slide.shapes.title.text.startswith(title)]


def test_the_slides_are_16_to_9_and_each_has_its_own_title(deck):
    assert (deck.slide_width / deck.slide_height) == pytest.approx(16 / 9, rel=1e-3)
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert all(titles)
    assert len(set(titles)) == len(titles)


def test_the_board_is_a_native_table_with_every_figure(deck, shown):
    (slide,) = titled(deck, _("The seven targets"))
    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    rows = cells(table)[1:]
    assert len(rows) == len(shown.board) == 7
    for row, line, result in zip(rows, shown.board, shown.results, strict=True):
        assert row[0] == f"{line.id[1:]}. {line.name}"
        count = result.count
        assert [row[1], row[6]] == [line.counted, line.short or "–"]
        assert row[4] == ("–" if line.verdict is None else line.threshold)
        assert row[5] == f"{stage.SHAPES[line.verdict]} {line.verdict_text}"
        assert row[2].startswith(number(count.most) if count and count.unknown else "–")
        assert row[3] == (number(count.open) if count and count.open else "–")


def test_every_finding_stands_on_its_slide_word_for_word(deck, shown):
    said = "\n".join(
        text
        for slide in titled(deck, "Nhận định – số liệu đến 01/10/2024")
        for text in texts(slide)
    )
    assert shown.findings
    for sentence in shown.findings:
        assert sentence in said


def test_the_talk_comes_first_in_the_order_of_the_deck_each_slide_with_its_notes(deck, shown):
    every = deck_of(shown)
    assert 6 <= len(every) <= 8
    for slide, one in zip(list(deck.slides)[1 : len(every) + 1], every, strict=True):
        assert slide.shapes.title.text.removesuffix("…") in one.title
        assert one.figure in "\n".join(texts(slide))
        noted = slide.notes_slide.notes_text_frame.text
        notes = [plain(note) for note in one.notes]
        assert noted.split("\n") == [*notes, *provenance(shown)[1:]]
    rest = list(deck.slides)[len(every) + 1 :]
    assert rest
    assert not any(slide.has_notes_slide for slide in rest)


@pytest.mark.parametrize("target", ["T3", "T6"])
def test_each_share_has_its_figure_its_sentences_and_a_chart_to_edit(deck, shown, target):
    at, one = next((n, one) for n, one in enumerate(deck_of(shown)) if one.key == target)
    line, result = next(
        (li, re) for li, re in zip(shown.board, shown.results, strict=True) if li.id == target
    )
    slide = deck.slides[at + 1]
    (drawn,) = [shape.chart for shape in slide.shapes if shape.has_chart]
    said = "\n".join(texts(slide))
    assert line.counted.split(" ")[0] in said
    assert line.verdict_text in said
    title, *more = sentences(result, shown.plan, shown.view.as_of)
    assert one.title == title.removesuffix(".")
    for sentence in more:
        assert sentence in said
    counts = [part.count for part in result.breakdown] + [result.count]
    counts += [result.cumulative] if result.cumulative else []
    yes, unknown, no = (list(series.values) for series in drawn.plots[0].series)
    assert yes == [count.yes for count in counts]
    assert unknown == [count.unknown for count in counts]
    assert [sum(each) for each in zip(yes, unknown, no, strict=True)] == [c.total for c in counts]
    assert drawn.part.chart_workbook.xlsx_part is not None


def test_all_units_with_sites_are_ranked_once_with_their_move(deck, shown):
    slides = titled(deck, "Mục tiêu 3, ngưỡng 70%: ")
    rows = [row for s in slides for sh in s.shapes if sh.has_table for row in cells(sh.table)[1:]]
    gaps = shown.gaps[shown.gaps["sites"] > 0].sort_values("rank")
    assert sorted(row[1] for row in rows) == sorted(gaps["name"])
    assert [int(row[0]) for row in rows] == list(gaps["rank"])
    by_name = gaps.set_index("name")
    for row in rows:
        gap = by_name.loc[row[1]]
        assert row[2:6] == [number(gap[c]) for c in ("sites", "yes", "unknown", "no")]
        assert row[7] == number(gap["open"])
        assert row[8].strip("▲▼ –") == (number(abs(gap["moved"])) if gap["moved"] else "")


def test_many_units_take_several_slides(invented, picture):
    view = View(as_of=date(2025, 10, 1), workspace="simulated")
    deck = opened(brief(*invented, view, year=2025), picture)
    slides = titled(deck, "Mục tiêu 3, ngưỡng 70%: ")
    assert len(slides) > 1
    ranked = [row[1] for s in slides for sh in s.shapes if sh.has_table for row in cells(sh.table)]
    assert len(set(ranked)) > 20
    assert_nothing_overflows(deck)


def test_both_dates_stand_side_by_side(deck, shown):
    (slide,) = titled(deck, _("{before} beside {after}").partition("{")[0])
    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    rows = [tuple(row) for row in cells(table)[1:]]
    assert rows == [(r.name, r.then, r.now, r.change or "–", r.verdict) for r in shown.compared]


def test_the_changes_add_up_to_all_of_them(deck, shown):
    first, _sites = titled(
        deck, _("Changes since {earlier}").format(earlier=day(date(2024, 6, 30)))
    )
    (table,) = [shape.table for shape in first.shapes if shape.has_table]
    listed = sum(int(row[3]) for row in cells(table)[1:])
    rest = len(shown.changes) - listed
    said = _("… and {n} more; the XLSX file lists them all.").format(n=number(rest))
    assert rest == 0 or said in all_text(deck)


def test_without_a_date_to_compare_nothing_is_said_of_changes(invented, picture):
    deck = opened(brief(*invented, View(as_of=date(2024, 10, 1))), picture)
    assert not titled(deck, _("Changes since {earlier}").split("{")[0])
    assert "▲" not in all_text(deck)


def test_the_map_has_words_for_those_who_do_not_see_it(deck, shown):
    (drawn,) = pictures(deck)
    described = drawn._element.xpath("./*/p:cNvPr")[0].get("descr")
    assert day(shown.view.as_of) in described
    for group in shown.legend["groups"]:
        for row in group["rows"]:
            assert not row["count"] or f"{row['label']}: {number(row['count'])}" in described
    assert drawn.width / drawn.height == pytest.approx(200 / 130, rel=0.01)
    assert drawn.width > 0.45 * deck.slide_width


def test_nothing_lies_over_the_map(deck):
    slide = mapped(deck)
    (drawn,) = pictures(deck)
    over = [*slide.shapes]
    over = over[[shape.shape_id for shape in over].index(drawn.shape_id) + 1 :]
    right, foot = drawn.left + drawn.width, drawn.top + drawn.height
    for shape in over:
        beside = shape.left >= right or shape.left + shape.width <= drawn.left
        apart = shape.top >= foot or shape.top + shape.height <= drawn.top
        assert beside or apart or shape.shape_id == slide.shapes.title.shape_id, shape.name


def test_every_bar_has_room_for_its_name(deck):
    for shape in (shape for slide in deck.slides for shape in slide.shapes if shape.has_chart):
        wide, high = (Length(n).inches for n in (shape.width, shape.height))
        names = [str(name) for name in shape.chart.plots[0].categories]
        each = high * chart.AREA[3] / len(names)
        for name in names:
            lines = fitting.lines_of(name, wide * (chart.AREA[0] - 0.01), chart.SMALL)
            assert lines * chart.SMALL * fitting.LINE / 72 <= each


def test_the_legend_of_the_map_names_each_status_whole(deck, shown):
    slide = mapped(deck)
    for group in shown.legend["groups"]:
        for row in group["rows"]:
            assert not row["count"] or row["label"] in texts(slide)


def test_above_400_sites_the_legend_tells_how_units_are_shaded(picture):
    sites, evidence = simulate.simulate(BLOCKS, COMMUNES, plan.shipped(), 420, 1)
    many = brief(sites, evidence, View(as_of=date(2024, 10, 1)))
    every = texts(mapped(opened(many, picture)))
    shades = many.gaps["shade"].value_counts()
    for shade, n in shades.items():
        assert shade_label(str(shade)) in every
        assert number(int(n)) in every
    assert many.legend["kinds"][0]["label"] not in every


def test_each_slide_says_its_facts_and_has_a_number(deck, shown):
    for slide in deck.slides:
        assert " · ".join(shown.facts) in texts(slide)
        holders = {holder.placeholder_format.type for holder in slide.placeholders}
        assert {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER} <= holders
        assert slide._element.xpath('.//a:fld[@type="slidenum"]')


def test_type_is_large_everywhere_but_in_the_footer(deck):
    the_map = mapped(deck)
    for slide in deck.slides:
        runs = slide._element.xpath(".//a:rPr[@sz]")
        assert (
            min(int(run.get("sz")) for run in runs) >= (keys.SIZE if slide == the_map else 18) * 100
        )


def test_only_simulated_data_is_marked_and_then_on_every_slide(deck, shown, picture):
    mark = _("SIMULATED DATA – not real figures").upper()
    assert all(mark in "\n".join(texts(slide)) for slide in deck.slides)
    real = replace(shown, view=replace(shown.view, workspace="real"))
    assert mark not in all_text(opened(real, picture))


FILES = ("cac-dia-diem-moi-de-xuat-nam-2024.csv", "minh-chung-bo-sung.csv", "năm cơ sở 2019")


@pytest.fixture(scope="module")
def marked(shown, picture):
    """The slides of an office that assumes files, by what was known on a day."""
    known = {"known_at": date(2025, 1, 31), "later": 12}
    return opened(replace(shown, internal=True, assumed=FILES, **known), picture)


def test_every_mark_is_on_every_slide_and_none_is_cut_off(marked):
    for slide in marked.slides:
        (band,) = [text for text in texts(slide) if "GIẢ ĐỊNH" in text]
        assert "LƯU HÀNH NỘI BỘ" in band
        assert all(name in band for name in FILES)
    assert_nothing_overflows(marked)


def test_the_day_of_knowledge_stands_with_the_scope_and_below_every_slide(deck, shown, marked):
    words = "Theo hồ sơ đã nhập đến ngày 31/01/2025 (12 minh chứng của kỳ này nhập sau ngày đó)"
    assert "Theo hồ sơ đã nhập" not in all_text(deck)
    (cover,) = titled(marked, shown.title)
    assert any(text.split("\n")[2:3] == [words] for text in texts(cover))
    assert all(any(words in text for text in texts(slide)) for slide in marked.slides)


@pytest.fixture
def old(tmp_path):
    """An office's old template, 4:3: its own layouts, with a slide that shows how it looks."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(10), Inches(7.5)
    deck.slide_layouts[5].name = "Bảng"  # as ours is called, without our places
    deck.slides.add_slide(deck.slide_layouts[0]).shapes.title.text = "Trang thử của cơ quan"
    deck.save(tmp_path / "old.pptx")
    return tmp_path / "old.pptx"


def into(briefing, path):
    letterhead = replace(briefing.imprint.letterhead, slides=path)
    return replace(briefing, imprint=replace(briefing.imprint, letterhead=letterhead))


def test_an_offices_old_template_takes_every_slide_within_its_own_edges(deck, shown, picture, old):
    theirs = opened(into(shown, old), picture)
    assert (theirs.slide_width, theirs.slide_height) == (
        Presentation(old).slide_width,
        Presentation(old).slide_height,
    )
    titles = [[slide.shapes.title.text for slide in one.slides] for one in (theirs, deck)]
    assert "Trang thử của cơ quan" not in titles[0]
    assert [len(each) for each in titles] == [len(titles[1])] * 2
    assert len(charts(theirs)) == len(charts(deck)) > 0
    assert [cells(table) for table in tables(theirs)] == [cells(table) for table in tables(deck)]
    assert len(pictures(theirs)) == 1
    runs = [run for slide in theirs.slides for run in slide._element.xpath(".//a:rPr[@sz]")]
    assert min(int(run.get("sz")) for run in runs) >= 1200
    for drawn in charts(theirs):
        assert drawn.legend.font.size.pt >= 12
    for shape in (shape for slide in theirs.slides for shape in slide.shapes):
        high = sum(row.height for row in shape.table.rows) if shape.has_table else shape.height
        assert min(shape.left, shape.top) >= 0
        assert shape.left + shape.width <= theirs.slide_width
        assert shape.top + high <= theirs.slide_height


def test_what_is_needed_is_read_whole(deck, shown):
    (slide,) = titled(deck, speech.needs_title(4, 3))
    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    rows = [row[2] for row in cells(table)[1:]]
    assert rows == [plain(need) for _row, need in speech.needs(shown)]


def test_bars_of_a_chart_are_told_apart_in_grey_as_all_our_bars_are(deck):
    for drawn in charts(deck):
        yes, unknown, no = (series.format.fill for series in drawn.plots[0].series)
        assert yes.type == no.type == MSO_FILL.SOLID
        assert unknown.type == MSO_FILL.PATTERNED
        assert no.fore_color.theme_color == MSO_THEME_COLOR.BACKGROUND_1


def test_a_template_that_is_no_pptx_is_named_in_a_sentence(shown, picture, tmp_path):
    for name in ("none.pptx", "missing.pptx"):
        if name == "none.pptx":
            (tmp_path / name).write_text("không phải tệp trình chiếu")
        with pytest.raises(WrongCallError, match=rf"Không mở được tệp mẫu .*{name}"):
            talk.render(into(shown, tmp_path / name), picture)


def test_no_two_shapes_of_a_slide_share_an_id(deck):
    for slide in deck.slides:
        ids = [shape.shape_id for shape in slide.shapes]
        assert len(set(ids)) == len(ids)


def test_what_is_said_is_marked_as_vietnamese(deck):
    runs = [r for slide in deck.slides for r in slide._element.xpath(".//a:r/a:rPr")]
    assert {run.get("lang") for run in runs} == {"vi-VN"}


def assert_nothing_overflows(deck):
    """No shape leaves its slide, no table or text its place."""
    for slide in deck.slides:
        for shape in slide.shapes:
            assert min(shape.left, shape.top) >= 0
            assert shape.left + shape.width <= deck.slide_width
            high = sum(row.height for row in shape.table.rows) if shape.has_table else shape.height
            floor = deck.slide_height if shape.is_placeholder else Inches(template.BOTTOM + 0.05)
            assert shape.top + high <= floor
        for shape in slide.shapes:
            if shape.has_text_frame and not shape.is_placeholder:
                assert_text_fits(shape)
            if shape.has_table:
                for row in shape.table.rows:
                    for cell, column in zip(row.cells, shape.table.columns, strict=True):
                        width = column.width / Inches(1) - 0.16
                        assert fitting.lines_of(cell.text, width, 18) <= fitting.HEAD


def assert_text_fits(shape):
    """A box is high enough for its lines, by the same cautious measure that laid it out."""
    points = 0
    for line in shape.text_frame.paragraphs if shape.text_frame.text else ():
        size = line.runs[0].font.size.pt
        points += fitting.lines_of(line.text, shape.width / Inches(1), size) * size * fitting.LINE
    assert points <= shape.height.pt + 6


def test_hostile_names_stay_text_within_their_cell(invented, picture):
    sites, evidence = invented
    sites = sites.copy()
    named = pd.array([HOSTILE[n % len(HOSTILE)] for n in range(len(sites))], dtype="string")
    sites["name_vi"] = named
    view = View(as_of=date(2024, 10, 1), workspace="simulated")
    shown = brief(sites, evidence, view, names=HOSTILE, compared_to=date(2024, 6, 30))
    deck = opened(shown, picture)
    said = [text for slide in deck.slides for text in texts(slide)]
    assert "=cmd|' /C calc'!A0" in said
    assert any(text.startswith("Chợ <img src=x") for text in said)
    assert any(text.startswith("Dòng một Dòng hai") for text in said)
    assert any(text.startswith("Dài ôôô") and text.endswith("…") for text in said)
    assert not any(set(text) & set("\x00\x07\u202e\u202c") for text in said)
    assert_nothing_overflows(deck)
    for drawn in charts(deck):  # a chart's data is a worksheet: no name of a site goes there
        assert not {"=", "<"} & {char for label in drawn.plots[0].categories for char in label}


def test_real_data_and_both_axes_fit_their_slides(picture):
    for axis in ("outreach", "compliance"):
        view = View(as_of=date(2024, 12, 31), axis=axis)
        deck = opened(brief(SITES, EVIDENCE, view, compared_to=date(2024, 6, 30)), picture)
        assert_nothing_overflows(deck)


def test_an_empty_view_says_so(invented, picture):
    sites, evidence = invented
    sites = sites[(sites["kind"] != "craft_village").to_numpy()]
    view = View(as_of=date(2024, 10, 1), kinds=("craft_village",))
    deck = opened(brief(sites, evidence, view), picture)
    assert _("The view holds no site that counts.") in all_text(deck)
    assert len(tables(deck)) == 2  # what is needed and the board, which no filter narrows


def test_a_share_of_nothing_has_no_chart(picture):
    shops = SITES["kind"].isin(["supermarket", "shopping_centre"]).to_numpy()
    shown = brief(SITES[~shops], EVIDENCE, View(as_of=date(2024, 12, 31)))
    assert next(r for r in shown.results if r.target.id == "T6").count.total == 0
    at = next(n for n, one in enumerate(deck_of(shown)) if one.key == "T6")
    slide = opened(shown, picture).slides[at + 1]
    assert not any(shape.has_chart for shape in slide.shapes)
    assert any(_("The denominator is empty.") in text for text in texts(slide))


@pytest.mark.parametrize("text", [*HOSTILE, "", "ngắn", "một hai ba " * 50])
@pytest.mark.parametrize("lines", [1, 2])
def test_what_is_cut_fits_and_says_that_it_was_cut(text, lines):
    short = fitting.cut(text, 2.0, 18, lines)
    assert fitting.lines_of(short, 2.0, 18) <= lines
    assert short == " ".join(short.split())
    if fitting.lines_of(plain(text), 2.0, 18) > lines:
        assert short.endswith("…")
    else:
        assert short == plain(text)
