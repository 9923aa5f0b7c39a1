"""The official report, read back: layout of Decree 30/2020, every figure, and marked blanks."""

import io
import re
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from geodata import intake
from geodata.core.text import _, day, number, share
from geodata.outputs.briefing import report as docx
from geodata.outputs.briefing import wording
from geodata.reading.labels import kind_label
from geodata.reading.view import View
from tests.geodata.outputs.samples import brief

HOSTILE = [
    "Chợ <img src=x onerror=alert(1)> & <b>đậm</b>",
    "=cmd|' /C calc'!A0",
    "Dài " + "ô" * 480 + " hết dòng",
    "Dòng một\nDòng hai\r\n\tDòng ba\x00\x07",
    "Làng \u202egnort gnàl\u202c nghề",
    "سوق العربية في المدينة",
]


@pytest.fixture(scope="module")
def report(shown, picture):
    return opened(shown, picture)


def opened(briefing, picture):
    return Document(io.BytesIO(docx.render(briefing, picture)))


def lines(report):
    return [paragraph.text for paragraph in report.paragraphs]


def headings(report):
    return [p.text for p in report.paragraphs if p.style.name.startswith("Heading")]


def headed(report, first):
    """The table whose first head is this."""
    return next(t for t in report.tables if t.cell(0, 0).text == first)


def cells(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def all_text(report):
    in_tables = [text for table in report.tables for row in cells(table) for text in row]
    return "\n".join(lines(report) + in_tables)


def running(report):
    """The texts at the head of the first page and of the others, then at their feet."""
    section = report.sections[0]
    parts = (
        section.first_page_header,
        section.header,
        section.first_page_footer,
        section.footer,
    )
    return ["\n".join(p.text for p in part.paragraphs) for part in parts]


def letterhead(report, text):
    """The paragraph of the letterhead with a text."""
    found = [p for row in report.tables[0].rows for c in row.cells for p in c.paragraphs]
    return next(p for p in found if p.text == text)


# --- layout --------------------------------------------------------------------------------


def test_paper_margins_and_type_are_those_of_the_decree(report):
    (section,) = report.sections
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx((210, 297), abs=0.1)
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [side.mm for side in sides] == pytest.approx([20, 20, 30, 15], abs=0.1)
    for name in ("Normal", "Heading 1", "Heading 2", "Header", "Footer"):
        style = report.styles[name]
        assert style.font.name == "Times New Roman"
        assert not [a for a in style.element.rPr.rFonts.attrib if a.endswith("Theme")]
    assert report.styles["Normal"].font.size == Pt(14)


def test_the_nation_and_its_motto_stand_at_the_top_with_a_line(report):
    nation = letterhead(report, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    motto = letterhead(report, "Độc lập - Tự do - Hạnh phúc")
    assert all(run.bold for line in (nation, motto) for run in line.runs)
    assert motto._p.getnext().xpath("./w:pPr/w:pBdr/w:bottom")


def test_number_place_and_date_are_left_to_be_filled(report):
    said = "\n".join(text for row in cells(report.tables[0]) for text in row)
    assert "Số: …/BC-…" in said
    place = report.tables[0].cell(1, 1).paragraphs[0]
    assert place.text.endswith(", ngày … tháng … năm …")
    assert all(run.italic for run in place.runs)


def test_the_title_names_the_plan(report):
    assert "BÁO CÁO" in lines(report)
    title = next(text for text in lines(report) if "45/KH-UBND" in text)
    assert "ngày 08 tháng 3 năm 2024" in title


def test_there_are_four_numbered_sections(report):
    romans = [text.split(". ")[0] for text in headings(report) if re.match("[IV]+[.] ", text)]
    assert romans == ["I", "II", "III", "IV"]
    assert "I. Tình hình chung" in headings(report)
    assert "IV. Kiến nghị, nhiệm vụ tiếp theo" in headings(report)


def test_recipients_stand_left_in_small_type_and_the_signature_right(report):
    recipients, signature = report.tables[-1].rows[0].cells
    assert recipients.paragraphs[0].text == "Nơi nhận:"
    assert {run.font.size for p in recipients.paragraphs[1:] for run in p.runs} == {Pt(11)}
    assert "Lưu: VT" in recipients.text
    assert "Họ và tên" in signature.text


def test_pages_are_numbered_from_the_second_on(report):
    section = report.sections[0]
    assert section.different_first_page_header_footer
    fields = [
        part._element.xpath(".//w:instrText")
        for part in (section.first_page_header, section.header)
    ]
    assert [len(found) for found in fields] == [0, 1]
    assert fields[1][0].text == "PAGE"


def test_the_language_is_vietnamese(report):
    spoken = {e.get(qn("w:val")) for e in report.styles.element.iter(qn("w:lang"))}
    assert spoken == {"vi-VN"}
    assert report.core_properties.language == "vi-VN"


def test_heads_of_tables_are_repeated_and_rows_are_not_torn(report):
    for first in (_("No."), _("Rank"), _("Axis")):
        table = headed(report, first)
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
        assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows)


def test_tables_stay_within_the_margins(report):
    for table in report.tables:
        assert sum(column.width for column in table.columns) <= Mm(docx.TEXT_WIDTH + 0.1)


def test_what_a_person_must_write_is_marked(report):
    runs = [run for p in report.paragraphs for run in p.runs if run.font.highlight_color]
    assert len(runs) >= 5
    assert all(run.text.startswith("[… ") and run.text.endswith(" …]") for run in runs)


# --- figures -------------------------------------------------------------------------------


def test_every_figure_of_the_board_is_in_the_table(report, shown):
    rows = cells(headed(report, _("No.")))[1:]
    for row, line in zip(rows, shown.board, strict=True):
        assert row[0] == line.id[1:]
        assert row[1].split("\n") == [line.name, *line.notes]
        assert row[2].split("\n") == [text for text in (line.counted, line.bounds) if text]
        assert row[3:] == [line.threshold, line.verdict_text, line.short or "–"]


def test_every_finding_is_there_word_for_word(report, shown):
    assert shown.findings
    for sentence in shown.findings:
        assert f"- {sentence}" in lines(report)


def test_every_unit_with_sites_is_in_the_table(report, shown):
    rows = cells(headed(report, _("Rank")))[1:]
    gaps = shown.gaps[shown.gaps["sites"] > 0].set_index("name")
    assert sorted(row[1] for row in rows) == sorted(gaps.index)
    for row in rows:
        gap = gaps.loc[row[1]]
        assert row[0] == number(gap["rank"])
        assert row[2:6] == [number(gap[c]) for c in ("sites", "yes", "unknown", "no")]
        assert row[6:8] == [share(gap["yes"], gap["sites"]), number(gap["open"])]
    captions = [p.text for p in report.paragraphs if p.style.name == "Caption"]
    assert any("Mục tiêu 3, ngưỡng 70%: " in text for text in captions)


def test_the_changes_add_up(report, shown):
    rows = cells(headed(report, _("Axis")))[1:]
    assert sum(int(row[3]) for row in rows) == len(shown.changes) > 0


def test_without_a_date_to_compare_there_is_no_part_on_changes(invented, picture):
    report = opened(brief(*invented, View(as_of=date(2024, 10, 1))), picture)
    assert not any(_("What changed") in text for text in headings(report))
    assert "▲" not in all_text(report)


def test_the_map_has_words_for_those_who_do_not_see_it(report, shown):
    (drawn,) = report.inline_shapes
    described = drawn._inline.docPr.get("descr")
    assert day(shown.view.as_of) in described
    assert shown.legend["notes"][0] in described
    assert drawn.width <= Mm(docx.TEXT_WIDTH)
    assert drawn.height <= docx.MAP_HEIGHT


def test_section_three_counts_what_is_unknown(report, shown):
    no_data = next(
        row["count"] for g in shown.legend["groups"] for row in g["rows"] if row["key"] == "no-data"
    )
    off_map = int(shown.sites["lat"].isna().sum())
    said = all_text(report)
    assert f"- {_('Sites not on the map for want of a position')}: {number(off_map)}." in said
    assert re.search(rf"“{_('No data')}”[^\n]*: {re.escape(number(no_data))}\.", said)


def test_section_three_names_what_may_count_and_what_is_missing(report, shown):
    reached = next(r for r in shown.results if r.target.id == "T3")
    assert len(reached.open) == reached.count.open > 0
    assert f"thêm {reached.count.open} cơ sở chưa rõ có thuộc mẫu số." in all_text(report)
    tables = [t for t in report.tables if t.cell(0, 0).text == _("Name")]
    rows = [row for table in tables for row in cells(table)[1:]]
    for site, row in reached.open.iterrows():
        name, kind = shown.register.loc[site, ["name_vi", "kind"]]
        assert [name, kind_label(kind), wording.missing_text(row["missing"])] in rows


def test_of_very_many_only_the_first_are_named_and_the_rest_counted(shown, picture):
    (reached,) = [r for r in shown.results if r.target.id == "T3"]
    known = shown.register[(shown.register["kind"] == "craft_village").to_numpy()].index[:45]
    many = pd.DataFrame({"status": "no-data", "part": "unknown", "missing": "lifecycle"}, known)
    count = replace(reached.count, open_yes=0, open_unknown=45, open_no=0)
    result = replace(reached, open=many, count=count)
    report = opened(replace(shown, results=(result,), board=(shown.board[2],)), picture)
    (table,) = [t for t in report.tables if t.cell(0, 0).text == _("Name")]
    assert len(table.rows) == docx.LISTED + 1
    assert _("Not listed: {n} sites.").format(n=5) in lines(report)


def test_both_dates_stand_side_by_side(report, shown):
    rows = cells(headed(report, _("Target")))
    assert rows[0][1:3] == [day(date(2024, 6, 30)), day(date(2024, 10, 1))]
    assert [tuple(row[:3]) for row in rows[1:]] == [(r.name, r.then, r.now) for r in shown.compared]
    assert [row[3] for row in rows[1:]] == [r.change or "–" for r in shown.compared]


def test_tables_are_numbered_in_their_order(report):
    captions = [p.text for p in report.paragraphs if p.style.name == "Caption"]
    numbers = [re.match(r"Bảng (\d+)\. ", text) for text in captions]
    assert [int(n[1]) for n in numbers if n] == list(range(1, sum(map(bool, numbers)) + 1))


def test_the_day_of_knowledge_is_named_only_where_it_is_not_today(report, shown, picture):
    words = "Theo hồ sơ đã nhập đến ngày 31/01/2025 (12 minh chứng của kỳ này nhập sau ngày đó)"
    assert "Theo hồ sơ đã nhập" not in all_text(report)
    known = opened(replace(shown, known_at=date(2025, 1, 31), later=12), picture)
    assert lines(known).count(words) == 1  # below the title
    assert f"- {words}." in lines(known)
    assert all(words in foot for foot in running(known)[2:])


def test_what_stands_beside_a_share_is_told(report, shown):
    reached = next(r for r in shown.results if r.target.id == "T3")
    assert all(sentence in all_text(report) for sentence in wording.beside(reached))
    assert number(reached.outside) in wording.beside(reached)[0]


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (date(2024, 3, 8), "ngày 08 tháng 3 năm 2024"),
        (date(2025, 2, 28), "ngày 28 tháng 02 năm 2025"),
        (date(2024, 12, 31), "ngày 31 tháng 12 năm 2024"),
    ],
)
def test_dates_are_written_as_the_decree_asks(moment, said):
    assert wording.in_words(moment) == said


# --- workspaces, hostile names, empty views ------------------------------------------------


def test_only_simulated_data_is_marked_and_then_on_every_page(report, shown, picture):
    mark = "DỮ LIỆU MÔ PHỎNG – KHÔNG PHẢI SỐ LIỆU THẬT"
    first, others, *feet = running(report)
    assert mark in first
    assert mark in others
    assert feet == [" · ".join(shown.facts)] * 2
    real = replace(shown, view=replace(shown.view, workspace="real"))
    assert not any(mark in text for text in running(opened(real, picture)))


def test_what_files_assume_and_private_names_are_marked_at_the_head_of_every_page(shown, picture):
    real = replace(shown.view, workspace="real")
    made = opened(replace(shown, view=real, internal=True, assumed=("a.csv", "b.csv")), picture)
    for head in running(made)[:2]:
        assert "LƯU HÀNH NỘI BỘ · GIẢ ĐỊNH (a.csv, b.csv)" in head


def test_hostile_names_stay_text(invented, picture):
    view = View(as_of=date(2024, 10, 1), unit="932", workspace="simulated")
    for unit in (None, "932"):
        said = all_text(opened(brief(*invented, replace(view, unit=unit), names=HOSTILE), picture))
        assert not set(said) & set("\x00\x07\u202e\u202c")
    whole = opened(brief(*invented, replace(view, unit=None), names=HOSTILE), picture)
    named = [row[1] for row in cells(headed(whole, _("Rank")))[1:]]
    assert {HOSTILE[0], HOSTILE[1], "Dòng một Dòng hai Dòng ba", "Làng gnort gnàl nghề"} <= {*named}
    assert max(map(len, named)) == wording.NAME


def test_an_empty_view_says_so(invented, picture):
    sites, evidence = invented
    sites = sites[(sites["kind"] != "craft_village").to_numpy()]
    view = View(as_of=date(2024, 10, 1), kinds=("craft_village",))
    report = opened(brief(sites, evidence, view), picture)
    assert _("The view holds no site that counts.") in lines(report)
    assert len(headed(report, _("No.")).rows) == 8


def test_real_data_and_the_year_without_districts(picture):
    sites, evidence = intake.shipped_sites(), intake.shipped_evidence()
    for day_of, year in ((date(2024, 12, 31), 2024), (date(2025, 10, 1), 2025)):
        for axis in ("outreach", "compliance"):
            shown = brief(sites, evidence, View(as_of=day_of, axis=axis), year=year)
            said = all_text(opened(shown, picture))
            assert all(sentence in said for sentence in shown.findings)
            assert "vi phạm" not in said.lower()
