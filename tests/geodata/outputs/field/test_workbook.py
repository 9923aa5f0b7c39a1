"""The field sheet as a workbook: made, filled in and taken in; what is left blank stays out."""

import io
from datetime import date, datetime
from functools import cache

import openpyxl
import pandas as pd
import pytest

from geodata.geography import units
from geodata.intake.judging import diagnosis
from geodata.intake.reading import files
from geodata.outputs.briefing.wording import watermark
from geodata.outputs.field import workbook as field_xlsx
from geodata.outputs.field.day import DayMaterial, UnitNames, prepare
from geodata.register import declarations, evidence, vocabulary
from geodata.rules import plan
from geodata.rules.status import status_of
from geodata.stewardship.entering import change_of
from tests.shipped import EVIDENCE as RECORDS
from tests.shipped import SITES as REGISTER

BLOCKS = units.load_blocks()
GEOGRAPHY = UnitNames.of(
    {v.value: units.dissolve(BLOCKS, v) for v in units.Vintage}, units.load_legacy_communes()
)
AS_OF = date(2025, 6, 1)
ENTERED = date(2025, 7, 2)
VISITED = datetime(2025, 7, 1)  # noqa: DTZ001 - a day, as Excel keeps it
PLAN = plan.of_year(plan.shipped(), 2025)
STOPS = ["HG-ST-01", "HG-LN-05", "HG-KCN-01", "HG-MH-01"]
HEADERS = vocabulary.HEADERS["evidence"]


def day_of(chosen=STOPS, register=REGISTER, *, simulated=False, assumed=()):
    known = DayMaterial(register, RECORDS, PLAN, AS_OF, GEOGRAPHY, "7-abc", simulated, assumed)
    return prepare(chosen, known)


@cache
def made():
    """The sheet of the usual stops."""
    return field_xlsx.render(day_of())


def opened(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    return book, book[field_xlsx.SHEET]


def places(sheet):
    """Where the columns are, by their official headers."""
    return {cell.value: cell.column for cell in sheet[field_xlsx.HEAD + 1]}


def row_of(sheet, subject, axis):
    at = places(sheet)
    for row in range(field_xlsx.HEAD + 2, sheet.max_row + 1):
        said = [sheet.cell(row, at[HEADERS[c]]).value for c in ("subject", "axis")]
        if said == [subject, vocabulary.label_of("axis", axis)]:
            return row
    raise LookupError(subject)


def filled(content, *visits):
    """The file with some visits filled in: subject, axis, and cells by column."""
    book, sheet = opened(content)
    at = places(sheet)
    for subject, axis, cells in visits:
        row = row_of(sheet, subject, axis)
        for column, value in cells.items():
            sheet.cell(row, at[HEADERS[column]], value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def judged(content, name="phieu.xlsx"):
    known = diagnosis.Holdings(REGISTER, RECORDS, declarations.none())
    sheets = files.read(content, name)
    return sheets, diagnosis.diagnose(sheets, known, ENTERED)


OUTREACH = {"event_date": VISITED, "grade": "B", "participants": 45, "organiser": "Sở Công Thương"}
CHECK = {
    "event_date": VISITED,
    "grade": "A",
    "answers": "R1=có; R2=một phần",
    "doc_no": "12/BB-SCT",
    "summary_vi": "Siêu thị còn dùng túi ni lông",
}


def test_what_is_filled_in_becomes_evidence_and_moves_the_status():
    content = filled(
        made(),
        ("HG-LN-05", "outreach", OUTREACH),
        ("HG-ST-01", "compliance", CHECK),
    )
    _sheets, found = judged(content)
    assert found.ok, found.findings
    records = change_of(found).evidence.set_index("subject")
    assert len(records) == 2
    event = records.loc["HG-LN-05"]
    assert (event["axis"], event["kind"], event["topic"], event["scope"]) == (
        "outreach", "held", "scp", "site",
    )  # fmt: skip
    assert (event["event_date"].date(), event["participants"]) == (VISITED.date(), "45")
    check = records.loc["HG-ST-01"]
    assert (check["profile"], check["answers"], check["method"]) == (
        "P45", "R1=yes;R2=partial", "inspection",
    )  # fmt: skip
    known = pd.concat([RECORDS, found.evidence], ignore_index=True)
    status = status_of(REGISTER, evidence.categorised(known), PLAN, ENTERED)
    assert status.loc["HG-LN-05", "outreach"] == "reached"
    assert status.loc["HG-ST-01", "compliance"] == "partial"


def test_a_sheet_nobody_filled_in_changes_nothing_and_says_so():
    sheets, found = judged(made())
    assert found.ok
    assert change_of(found) is None
    assert found.rows == 0
    assert any("dòng 4, 5, 6, 7, 8, 9." in note for note in sheets[0].notes)


def test_results_without_a_day_are_named_and_never_count():
    told = {"grade": "B", "participants": 12}
    sheets, found = judged(filled(made(), ("HG-LN-05", "outreach", told)))
    _book, sheet = opened(made())
    assert any(f"dòng {row_of(sheet, 'HG-LN-05', 'outreach')}." in note for note in sheets[0].notes)
    assert found.evidence["grade"].tolist() == ["D"]


def test_a_check_with_answers_alone_is_a_report():
    told = {"answers": "R1=có; R2=chưa kiểm tra"}
    _sheets, found = judged(filled(made(), ("HG-ST-01", "compliance", told)))
    assert found.evidence["answers"].tolist() == ["R1=yes;R2=not_checked"]


@pytest.mark.parametrize("cells", [{"event_date": VISITED}, {**CHECK, "answers": "R1=tốt"}])
def test_a_visit_filled_in_wrongly_is_refused(cells):
    _sheets, found = judged(filled(made(), ("HG-ST-01", "compliance", cells)))
    assert not found.ok


def test_undated_rows_of_other_workbooks_are_still_kept():
    book, sheet = opened(filled(made(), ("HG-LN-05", "outreach", {"grade": "C"})))
    sheet.title = "Minh chứng"
    out = io.BytesIO()
    book.save(out)
    _sheets, found = judged(out.getvalue())
    assert found.rows == 6


def test_every_stop_has_its_rows_in_the_order_of_the_day():
    day = day_of()
    _book, sheet = opened(made())
    rows = [[c.value for c in row[:4]] for row in sheet.iter_rows(min_row=field_xlsx.HEAD + 2)]
    subjects = [row[2] for row in rows if row[2]]
    assert list(dict.fromkeys(subjects)) == list(day.route.stops)
    said = {subject: [row[3] for row in rows if row[2] == subject] for subject in STOPS}
    assert said["HG-ST-01"] == ["Tuyên truyền", "Đáp ứng"]
    assert said["HG-LN-05"] == ["Tuyên truyền", "Đáp ứng"]
    assert said["HG-KCN-01"] == ["Tuyên truyền"]
    assert said["HG-MH-01"] == ["Mô hình"]


def test_drop_downs_offer_what_the_intake_understands():
    book, sheet = opened(made())
    at = places(sheet)
    offered = {}
    for rule in sheet.data_validations.dataValidation:
        if rule.type == "list":
            name, cells = rule.formula1.split("!")
            column = next(iter(rule.sqref.ranges)).min_col
            offered[column] = [r[0].value for r in book[name.strip("=")][cells.replace("$", "")]]
    for column in ("axis", "kind", "grade", "scope", "method"):
        terms = offered[at[HEADERS[column]]]
        assert terms
        assert all(vocabulary.value_of(column, term) in vocabulary.VALUES[column] for term in terms)
    assert offered[at[HEADERS["profile"]]] == ["CV56", "P45"]


@pytest.mark.parametrize(
    "name", ["=1+1", "<b>Siêu thị</b>\nhai dòng", "ô" * 500, "Tổng cộng", "@x"]
)
def test_a_name_is_text_and_the_rows_still_come_back(name):
    day = day_of(["HG-LN-05"], REGISTER.assign(name_vi=name))
    content = filled(field_xlsx.render(day), ("HG-LN-05", "outreach", OUTREACH))
    book, sheet = opened(content)
    assert all(c.data_type != "f" for each in book for row in each.iter_rows() for c in row)
    assert len(sheet.cell(field_xlsx.HEAD + 2, 2).value) < 300
    _sheets, found = judged(content)
    assert found.ok
    assert found.evidence["subject"].tolist() == ["HG-LN-05"]


def test_simulated_data_says_so_on_every_sheet_that_is_seen():
    book, _sheet = opened(field_xlsx.render(day_of(["HG-LN-05"], simulated=True)))
    for sheet in book:
        if sheet.sheet_state == "visible":
            assert sheet["A1"].value.startswith(watermark())
    book, _sheet = opened(made())
    assert all(watermark() not in str(c.value) for s in book for row in s.iter_rows() for c in row)


def test_what_files_assume_and_private_names_are_marked_on_every_sheet_that_is_seen():
    day = day_of(["HG-LN-05"], REGISTER.assign(public="no"), assumed=("a & b.csv",))
    book, _sheet = opened(field_xlsx.render(day))
    for sheet in book:
        if sheet.sheet_state == "visible":
            assert sheet["A1"].value.startswith("LƯU HÀNH NỘI BỘ · GIẢ ĐỊNH (a & b.csv) · ")
            assert "GIẢ ĐỊNH (a && b.csv)" in sheet.oddHeader.center.text
