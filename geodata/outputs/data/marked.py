"""The workbook that came in, given back with a comment on every cell that is wrong.

Not here: what is wrong (``intake.diagnosis``).
"""

import zipfile
from collections import defaultdict
from collections.abc import Iterable
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from geodata.core.text import _
from geodata.intake.judging.diagnosis import Finding
from geodata.intake.reading.grid import Sheet, letter
from geodata.stewardship.entering import sentence_of

_FILLS = {"error": "F4C7B8", "question": "FBE5A3", "notice": "DCE9F5"}
_ORDER = ("error", "question", "notice")
_AUTHOR = "Hậu Giang"
_WIDTH, _HEIGHT = 320, 140  # pixels of a comment


def render(given: bytes, sheets: Iterable[Sheet], findings: Iterable[Finding]) -> bytes:
    """Return a workbook with a comment and a colour on each cell that something is said of.

    Parameters
    ----------
    given : bytes
        The file that came in; the tables of one that is no workbook are written into a new one.
    sheets : iterable of Sheet
        The tables read from it.
    findings : iterable of Finding
        What is said of their cells.
    """
    tables = list(sheets)
    content = given if _is_workbook(given) else None
    book = openpyxl.load_workbook(BytesIO(content)) if content else _made_of(tables)
    by_cell: dict[tuple[str, int, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        by_cell[finding.sheet, finding.row, finding.place].append(finding)
    for (name, row, place), of_cell in by_cell.items():
        title = name if content else _title(name)
        if row and title in book.sheetnames:
            # Several tables may stand on one sheet, one below another.
            of_row = (t for t in tables if t.name == name and row in t.cells.index)
            _mark(book[title], row, _column(place, next(of_row, None), content), of_cell)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _is_workbook(content: bytes) -> bool:
    """Say whether a file that has been read is a workbook."""
    file = BytesIO(content)
    if not zipfile.is_zipfile(file):
        return False
    with zipfile.ZipFile(file) as archive:
        return "xl/workbook.xml" in archive.namelist()


def _mark(sheet: Worksheet, row: int, column: int, findings: list[Finding]) -> None:
    """Put a comment on a cell; of merged cells only the first can carry one."""
    cell: Any = sheet.cell(row, column)
    for merged in sheet.merged_cells.ranges:
        if cell.coordinate in merged:
            cell = sheet.cell(merged.min_row, merged.min_col)
    findings.sort(key=lambda finding: _ORDER.index(finding.level))
    lines = [sentence_of(finding) for finding in findings]
    cell.comment = Comment("\n".join(lines), _AUTHOR, width=_WIDTH, height=_HEIGHT)
    cell.fill = PatternFill("solid", start_color=_FILLS[findings[0].level])


def _column(place: str, sheet: Sheet | None, content: bytes | None) -> int:
    """Return the number of the column that a place names; the first for a whole row."""
    if content:
        return column_index_from_string(place) if place.isalpha() and place.isascii() else 1
    places = list(sheet.places.values()) if sheet else []
    return places.index(place) + 1 if place in places else 1


def _made_of(tables: Iterable[Sheet]) -> openpyxl.Workbook:
    """Return a workbook of tables that came in as something else, rows where they stood."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    made: dict[str, Worksheet] = {}
    for table in tables:
        if table.name not in made:
            made[table.name] = book.create_sheet(_title(table.name))
        sheet = made[table.name]
        first = min(table.cells.index, default=2)
        for at, column in enumerate(table.places, 1):
            sheet.cell(max(1, first - 1), at, table.headers.get(column, letter(at - 1)))
            for row, value in table.cells[column].dropna().items():
                cell = sheet.cell(row, at)
                cell.value = str(value)
                cell.data_type = "s"  # never a formula, whatever it starts with
    return book


def _title(name: str) -> str:
    kept = "".join(" " if sign in "[]:*?/\\'" else sign for sign in name).strip()
    return kept[:31] or _("Data")
