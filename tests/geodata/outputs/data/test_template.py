"""The template: filled in as a person would, it passes; blank, it says nothing."""

import io
from datetime import date

import openpyxl
import pytest

from geodata import intake
from geodata.core.text import _
from geodata.intake.judging import diagnosis
from geodata.intake.reading import files
from geodata.outputs.data import exchange, template
from geodata.register import declarations, evidence, sites, vocabulary

TODAY = date(2026, 3, 1)
SHEETS = dict(
    zip(("Danh mục cơ sở", "Minh chứng", "Số liệu khai báo"), exchange.TABLES, strict=True)
)
SITE = {
    "Loại cơ sở": "Siêu thị",
    "Tên cơ sở": "Siêu thị Thử Nghiệm",
    "Tình trạng hoạt động": "Đang hoạt động",
    "Xã, phường, thị trấn": "Phường Vị Tân",
    "Tọa độ": "9,7845; 105,4701",
    "Sai số vị trí (m)": 20,
    "Công khai": "Không",
}
RECORD = {
    "Mã cơ sở hoặc địa bàn": "Siêu thị Thử Nghiệm",
    "Nhóm nội dung": "Đáp ứng",
    "Loại sự kiện": "Kiểm tra",
    "Ngày diễn ra": date(2025, 6, 15),
    "Hạng minh chứng": "A",
    "Phạm vi": "Tại cơ sở",
    "Bộ tiêu chí": "P45",
    "Kết quả từng tiêu chí": "R1=có; R2=một phần",
    "Cách xác minh": "Kiểm tra tại chỗ",
    "Số hiệu văn bản": "12/BB-SCT",
}
DECLARATION = {
    "Cơ sở sản xuất": "Nhà máy giấy A",
    "Ngành sản xuất": "giấy",
    "Nguyên, nhiên vật liệu": "điện",
    "Năm": 2024,
    "Mức tiêu hao": 1250000,
    "Đơn vị tính mức tiêu hao": "kWh",
    "Sản lượng": 830,
    "Đơn vị tính sản lượng": "tấn",
    "Hạng minh chứng": "B",
}


@pytest.fixture
def book():
    return openpyxl.load_workbook(io.BytesIO(template.render()))


def filled(book, **rows):
    """The workbook as a file, with a row put under the headers of each sheet named."""
    for sheet, table in SHEETS.items():
        at = {cell.value: cell.column for cell in book[sheet][1]}
        for header, value in rows.get(table, {}).items():
            book[sheet].cell(2, at[header], value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def judged(content):
    known = diagnosis.Holdings(
        intake.shipped_sites(), intake.shipped_evidence(), declarations.none()
    )
    return diagnosis.diagnose(files.read(content, "mẫu.xlsx"), known, TODAY)


def offered(book, sheet, column):
    """The terms that the drop-down of a column offers."""
    for rule in book[sheet].data_validations.dataValidation:
        if f"{column.column_letter}2" in rule.sqref:
            name, cells = rule.formula1.split("!")
            return [row[0].value for row in book[name][cells.replace("$", "")]]
    return []


def test_the_headers_are_the_official_ones_and_no_sheet_has_others(book):
    for sheet, table in SHEETS.items():
        assert [cell.value for cell in book[sheet][1]] == list(vocabulary.HEADERS[table].values())
    assert [name for name in book.sheetnames if name not in SHEETS] == [
        *vocabulary.IGNORED_SHEETS[:3]
    ]
    assert book["lists"].sheet_state == "hidden"


@pytest.mark.parametrize(
    ("sheet", "header", "values"),
    [
        ("Danh mục cơ sở", "Loại cơ sở", sites.KINDS),
        ("Danh mục cơ sở", "Tình trạng hoạt động", sites.LIFECYCLES),
        ("Danh mục cơ sở", "Tình trạng thành lập, công nhận", sites.FOUNDINGS),
        ("Danh mục cơ sở", "Công khai", ("yes", "no")),
        ("Minh chứng", "Nhóm nội dung", evidence.AXES),
        ("Minh chứng", "Loại sự kiện", evidence.EVENT_KINDS),
        ("Minh chứng", "Hạng minh chứng", evidence.GRADES),
        ("Minh chứng", "Phạm vi", evidence.SCOPES),
        ("Minh chứng", "Cách xác minh", evidence.METHODS),
        ("Số liệu khai báo", "Hạng minh chứng", evidence.GRADES),
    ],
)
def test_a_drop_down_offers_all_values_and_the_intake_knows_each(book, sheet, header, values):
    (head,) = (cell for cell in book[sheet][1] if cell.value == header)
    column = next(c for c, said in vocabulary.HEADERS[SHEETS[sheet]].items() if said == header)
    terms = offered(book, sheet, head)
    assert {vocabulary.value_of(column, term) for term in terms} == set(values)


def test_where_a_person_could_go_wrong_a_note_says_what_to_write(book):
    notes = {c.value: c.comment.text for c in book["Danh mục cơ sở"][1] if c.comment}
    assert "9,7845; 105,4701" in notes["Tọa độ"]
    assert notes["Ngày quyết định"] == "Ngày ghi dd/mm/yyyy."
    assert {"Mã cơ sở", "Kinh tuyến trục", "Công khai"} <= set(notes)
    assert "Tình trạng có từ ngày" in notes["Tình trạng hoạt động"]
    assert "Đang hoạt động | 01/05/2019" in notes["Các mốc tình trạng trước đó"]


def test_the_blank_template_changes_nothing():
    found = judged(template.render())
    assert (found.ok, found.rows, found.changes().sites.empty) == (True, 0, True)
    assert not found.findings


def test_filled_in_it_passes_and_what_names_each_other_belongs_together(book):
    content = filled(book, sites=SITE, evidence=RECORD, declarations=DECLARATION)
    found = judged(content)
    assert found.ok, found.open
    assert found.rows == 3
    (site,) = found.changes().sites.index
    (record,) = found.changes().evidence.to_dict("records")
    (declared,) = found.changes().declarations.to_dict("records")
    assert record["subject"] == site
    assert (record["event_date"].date(), record["answers"]) == (
        date(2025, 6, 15),
        "R1=yes;R2=partial",
    )
    assert (declared["year"], declared["consumption"]) == (2024, 1250000)
    assert found.changes().sites.loc[site, ["public", "commune_2025"]].tolist() == ["no", "31333"]


def test_the_example_would_pass_too(book):
    rows = list(book[vocabulary.IGNORED_SHEETS[1]].iter_rows(values_only=True))
    given = {
        table: {h: v for h, v in zip(rows[at + 1], rows[at + 2], strict=True) if h}
        for table, at in zip(exchange.TABLES, range(0, 12, 4), strict=True)
    }
    found = judged(filled(book, **given))
    assert found.ok, found.open
    assert [len(part.new) for part in found.difference.values()] == [1, 1, 1]


def test_the_guide_is_numbered_steps(book):
    lines = [row[0] for row in book[vocabulary.IGNORED_SHEETS[0]].iter_rows(values_only=True)]
    assert lines[0] == _("How to fill in this workbook")
    assert [line.partition(".")[0] for line in lines[1:]] == [str(n) for n in range(1, len(lines))]


@pytest.mark.parametrize(
    ("sheet", "header", "among"),
    [
        ("Danh mục cơ sở", "Xã, phường, thị trấn", "Phường Vị Tân"),
        ("Danh mục cơ sở", "Huyện, thị xã, thành phố", "Huyện Vị Thủy"),
        ("Minh chứng", "Mã cơ sở hoặc địa bàn", "HG-ST-01"),
        ("Minh chứng", "Chủ đề", "Sản xuất và tiêu dùng bền vững"),
        ("Minh chứng", "Bộ tiêu chí", "P45"),
    ],
)
def test_a_list_of_units_sites_and_topics_helps_and_binds_nobody(sheet, header, among):
    content = template.render(intake.shipped_sites())
    book = openpyxl.load_workbook(io.BytesIO(content))
    (head,) = (cell for cell in book[sheet][1] if cell.value == header)
    assert among in offered(book, sheet, head)
    rules = book[sheet].data_validations.dataValidation
    (rule,) = (rule for rule in rules if f"{head.column_letter}2" in rule.sqref)
    assert rule.errorStyle == (None if header == "Bộ tiêu chí" else "information")
