"""The official report, read back: layout of Decree 30/2020, every figure, and marked blanks."""

import io
import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from geodata import intake
from geodata.core.clock import local
from geodata.core.errors import WrongCallError
from geodata.core.text import _, day, number, share
from geodata.outputs.briefing import report as docx
from geodata.outputs.briefing import wording
from geodata.people.letterhead import Letterhead
from geodata.reading.imprint import Imprint, link
from geodata.reading.labels import kind_label
from geodata.reading.view import View
from tests.geodata.outputs.samples import brief

HOME = Path(__file__).parents[4]
MADE_AT = local(datetime.fromisoformat("2025-01-02 02:05"))  # five past nine in Việt Nam
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


def headings(report, level=""):
    return [p.text for p in report.paragraphs if p.style.name.startswith(f"Heading {level}")]


def styled(report, name):
    return [p.text for p in report.paragraphs if p.style.name == name]


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


def signed(report):
    """The table of recipients and signature."""
    return next(t for t in report.tables if t.cell(0, 0).text.startswith("Nơi nhận"))


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
    assert all(line.style.font.bold for line in (nation, motto))
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


def test_it_opens_with_the_plan_it_carries_out(report):
    opening = next(text for text in lines(report) if text.startswith("Thực hiện Kế hoạch số 45"))
    assert opening.endswith("báo cáo kết quả như sau:")


def test_there_are_four_sections_numbered_by_their_style(report):
    assert headings(report, 1) == [
        "Tình hình chung",
        "Kết quả thực hiện các mục tiêu",
        "Khó khăn, hạn chế",
        "Kiến nghị, nhiệm vụ tiếp theo",
    ]
    assert all(report.styles[f"Heading {n}"].element.xpath("./w:pPr/w:numPr") for n in (1, 2))
    assert report.styles["Heading 1"].font.all_caps


def test_the_words_of_the_program_are_not_the_reports(report):
    said = "\n".join(text for text in lines(report) if not text.startswith("{"))
    assert "trục" not in said.lower()
    assert "tất cả" not in said.lower()
    assert "{" not in all_text(report)


def test_recipients_stand_left_in_small_type_and_the_signature_right(report):
    recipients, signature = signed(report).rows[0].cells
    first, *others, last = recipients.text.strip().split("\n")
    assert first == "Nơi nhận:"
    assert others
    assert all(line.startswith("- ") and line.endswith(";") for line in others)
    assert last.startswith("- Lưu: VT")
    assert last.endswith(".")
    assert report.styles["Nơi nhận"].font.size == Pt(11)
    assert "Họ và tên" in signature.text


def test_the_office_fills_in_its_letterhead_once(shown, picture):
    office = Letterhead(
        body="SỞ CÔNG THƯƠNG",
        parent="UBND TỈNH <HẬU GIANG>",
        place="Vị Thanh",
        sign_for="KT. GIÁM ĐỐC",
        position="PHÓ GIÁM ĐỐC",
        signatory="Nguyễn Văn A",
        recipients=("UBND tỉnh", "Lưu & theo dõi"),
        drafted_by="QLCN",
        address="https://map.example.vn",
    )
    imprint = Imprint(office, "Lan", MADE_AT, link(shown.view, office))
    report = opened(replace(shown, imprint=imprint), picture)
    told = all_text(report)
    for name in ("body", "parent", "place", "sign_for", "position", "signatory"):
        assert getattr(office, name) in told
    assert "- UBND tỉnh;\n- Lưu & theo dõi;\n- Lưu: VT, QLCN." in told
    assert "Lập lúc 09:05, 02/01/2025" in told
    assert "Người lập: Lan" in told
    assert "Xem trên bản đồ: https://map.example.vn/bao-cao?as_of=2024-10-01" in told
    _drawn, code = report.inline_shapes
    assert code._inline.docPr.get("descr") == imprint.link
    assert not any("CƠ QUAN BAN HÀNH" in text for text in blank_texts(report))


def test_without_a_public_address_there_is_no_code(report):
    assert len(report.inline_shapes) == 1


def blank_texts(report):
    in_cells = (p for t in report.tables for r in t.rows for c in r.cells for p in c.paragraphs)
    every = [run for p in (*report.paragraphs, *in_cells) for run in p.runs]
    return [run.text for run in every if run.font.highlight_color]


def test_a_contents_is_there_for_those_who_want_one(shown, picture):
    for wanted in (True, False):
        imprint = Imprint(Letterhead(contents=wanted))
        report = opened(replace(shown, imprint=imprint), picture)
        fields = [e.text for e in report.element.iter(qn("w:instrText"))]
        assert any(text.strip().startswith("TOC") for text in fields) is wanted


def test_pages_are_numbered_from_the_second_on(report):
    section = report.sections[0]
    assert section.different_first_page_header_footer
    fields = [
        part._element.xpath(".//w:fldSimple/@w:instr")
        for part in (section.first_page_header, section.header)
    ]
    assert [len(found) for found in fields] == [0, 1]
    assert fields[1][0].strip() == "PAGE"


def test_the_language_is_vietnamese(report):
    spoken = {e.get(qn("w:val")) for e in report.styles.element.iter(qn("w:lang"))}
    assert spoken == {"vi-VN"}
    assert report.core_properties.language == "vi-VN"


def test_heads_of_tables_are_repeated_and_rows_are_not_torn(report):
    for first in ("TT", "Hạng", "Nội dung"):
        table = headed(report, first)
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
        assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows)


def test_tables_stay_within_the_margins(report):
    for table in report.tables:
        assert sum(column.width for column in table.columns) <= docx.MAP + Mm(0.1)


def test_what_a_person_must_write_is_marked(report):
    texts = blank_texts(report)
    assert len(texts) >= 12
    assert all(text.startswith("[… ") and text.endswith(" …]") for text in texts)


# --- figures -------------------------------------------------------------------------------


def test_every_figure_of_the_board_is_in_the_table(report, shown):
    rows = cells(headed(report, "TT"))[1:]
    for row, line in zip(rows, shown.board, strict=True):
        assert row[0] == line.id[1:]
        assert row[1] == line.name
        assert all(note in "\n".join(styled(report, "Ghi chú")) for note in line.notes)
        assert row[2].split("\n") == [text for text in (line.counted, line.bounds) if text]
        assert row[3:] == [line.threshold, line.verdict_text, line.short or "–"]


def test_every_finding_is_there_word_for_word(report, shown):
    assert shown.findings
    for sentence in shown.findings:
        assert sentence in styled(report, "Gạch đầu dòng")


def test_every_unit_with_sites_is_in_the_table(report, shown):
    rows = cells(headed(report, "Hạng"))[1:]
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
    rows = cells(headed(report, "Nội dung"))[1:]
    assert sum(int(row[3]) for row in rows) == len(shown.changes) > 0


def test_without_a_date_to_compare_there_is_no_part_on_changes(invented, picture):
    report = opened(brief(*invented, View(as_of=date(2024, 10, 1))), picture)
    assert not any(text.startswith("So sánh") for text in headings(report))
    assert "Phụ lục I" in lines(report)
    assert "▲" not in all_text(report)


def test_without_a_change_there_is_a_sentence_and_no_appendix_of_nothing(shown, picture):
    quiet = replace(shown, changes=shown.changes.head(0))
    report, changed = (all_text(opened(briefing, picture)) for briefing in (quiet, shown))
    assert "không cơ sở nào đổi trạng thái." in report
    assert "Thay đổi trạng thái của các cơ sở" not in report
    assert "(chi tiết tại Phụ lục II)." in changed
    assert "Thay đổi trạng thái của các cơ sở" in changed


def test_the_map_has_words_for_those_who_do_not_see_it(report, shown):
    (drawn,) = report.inline_shapes
    described = drawn._inline.docPr.get("descr")
    assert day(shown.view.as_of) in described
    assert shown.legend["notes"][0] in described
    assert drawn.width == docx.MAP


def test_section_three_counts_what_is_unknown(report, shown):
    no_data = next(
        row["count"] for g in shown.legend["groups"] for row in g["rows"] if row["key"] == "no-data"
    )
    off_map = int(shown.sites["lat"].isna().sum())
    said = all_text(report)
    assert f"{number(off_map)} cơ sở chưa có vị trí, chưa đưa lên bản đồ." in said
    assert f"{number(no_data)} cơ sở chưa có dữ liệu về tuyên truyền." in said


def test_section_three_names_what_may_count_and_what_is_missing(report, shown):
    reached = next(r for r in shown.results if r.target.id == "T3")
    assert len(reached.open) == reached.count.open > 0
    assert f"thêm {reached.count.open} cơ sở chưa rõ có thuộc mẫu số." in all_text(report)
    tables = [t for t in report.tables if t.cell(0, 0).text == "Tên cơ sở"]
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
    results = tuple(result if r is reached else r for r in shown.results)
    report = opened(replace(shown, results=results), picture)
    table = next(t for t in report.tables if t.cell(0, 0).text == "Tên cơ sở")
    assert len(table.rows) == docx.LISTED + 1
    assert "Còn 5 cơ sở khác, có trong tệp bảng tính kèm theo." in lines(report)


def test_both_dates_stand_side_by_side(report, shown):
    rows = cells(headed(report, "Mục tiêu"))
    assert rows[0][1:3] == [day(date(2024, 6, 30)), day(date(2024, 10, 1))]
    assert [tuple(row[:3]) for row in rows[1:]] == [(r.name, r.then, r.now) for r in shown.compared]
    assert [row[3] for row in rows[1:]] == [r.change or "–" for r in shown.compared]


def test_tables_are_numbered_in_their_order(report):
    captions = [p.text for p in report.paragraphs if p.style.name == "Caption"]
    numbers = [re.match(r"Bảng (\d+)\. ", text) for text in captions]
    assert [int(n[1]) for n in numbers if n] == list(range(1, sum(map(bool, numbers)) + 1))


def test_the_day_of_knowledge_is_named_only_where_it_is_not_today(report, shown, picture):
    assert "theo hồ sơ đã nhập" not in "\n".join(lines(report)).lower()
    known = opened(replace(shown, known_at=date(2025, 1, 31), later=12), picture)
    below = "(Số liệu đến ngày 01/10/2024, theo hồ sơ đã nhập đến ngày 31/01/2025)"
    assert lines(known).count(below) == 1
    words = "12 minh chứng của kỳ này nhập sau ngày đó"
    assert any(words in text for text in lines(known))
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


# --- the template --------------------------------------------------------------------------


def given(path, shown):
    return replace(shown, imprint=Imprint(Letterhead(report=path)))


def changed(tmp_path, text):
    """The template as an office changed it: its last paragraph is another."""
    template = Document(docx.TEMPLATE)
    template.add_paragraph(text)
    template.save(tmp_path / "office.docx")
    return tmp_path / "office.docx"


def test_the_office_changes_the_words_in_word(shown, picture, tmp_path):
    path = changed(tmp_path, "Kỳ này {{ headline }}")
    assert lines(opened(given(path, shown), picture))[-1].startswith("Kỳ này Đạt")


@pytest.mark.parametrize("blank", ["{{ strange }}", "{{ ''.__class__.__mro__ }}", "{% if %}"])
def test_a_blank_that_nobody_knows_is_refused_in_a_sentence(shown, picture, tmp_path, blank):
    with pytest.raises(WrongCallError, match=r"office\.docx.*danh sách các chỗ trống"):
        opened(given(changed(tmp_path, blank), shown), picture)


@pytest.mark.parametrize("content", [b"", b"no document", b"PK\x03\x04 torn"])
def test_a_template_that_is_none_is_refused_in_a_sentence(shown, picture, tmp_path, content):
    path = tmp_path / "office.docx"
    path.write_bytes(content)
    with pytest.raises(WrongCallError, match="không phải tệp DOCX"):
        opened(given(path, shown), picture)


def test_every_blank_is_in_the_list_for_offices(shown):
    listed = (HOME / "docs" / "report-template.md").read_text("utf-8")
    names = set(re.findall(r"^\| `(\w+)`", listed, re.MULTILINE))
    assert names == {*docx.blanks(shown), "map", "qr", "table_no"}


def test_a_name_is_never_a_command_of_the_template(invented, picture):
    view = View(as_of=date(2024, 10, 1), workspace="simulated")
    names = ["{{ 7*7 }}", "{% for x in [] %}", "{_{ facts }_}"]
    said = all_text(opened(brief(*invented, view, names=names), picture))
    assert "{{ 7*7 }}" in said
    assert "49" not in said.split("{{ 7*7 }}")[1][:20]
    assert "{% for x in [] %}" in said


# --- workspaces, hostile names, empty views ------------------------------------------------


def test_only_simulated_data_is_marked_and_then_on_every_page(report, shown, picture):
    mark = "DỮ LIỆU MÔ PHỎNG – KHÔNG PHẢI SỐ LIỆU THẬT"
    first, others, *feet = running(report)
    assert mark in first
    assert mark in others
    assert feet == [" · ".join(shown.facts)] * 2
    assert _("WHAT IF") not in others
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
    named = [row[1] for row in cells(headed(whole, "Hạng"))[1:]]
    assert {HOSTILE[0], HOSTILE[1], "Dòng một Dòng hai Dòng ba", "Làng gnort gnàl nghề"} <= {*named}
    assert max(map(len, named)) == wording.NAME


def test_an_empty_view_says_so(invented, picture):
    sites, evidence = invented
    sites = sites[(sites["kind"] != "craft_village").to_numpy()]
    view = View(as_of=date(2024, 10, 1), kinds=("craft_village",))
    report = opened(brief(sites, evidence, view), picture)
    assert _("The view holds no site that counts.") in lines(report)
    assert len(headed(report, "TT").rows) == 8


def test_real_data_and_the_year_without_districts(picture):
    sites, evidence = intake.shipped_sites(), intake.shipped_evidence()
    for day_of, year in ((date(2024, 12, 31), 2024), (date(2025, 10, 1), 2025)):
        for axis in ("outreach", "compliance"):
            shown = brief(sites, evidence, View(as_of=day_of, axis=axis), year=year)
            said = all_text(opened(shown, picture))
            assert all(sentence in said for sentence in shown.findings)
            assert "vi phạm" not in said.lower()
