"""What a spreadsheet made of what was typed is named, or put back aloud."""

from datetime import date

import pandas as pd
import pytest

from geodata.intake.judging.diagnosis import diagnose
from geodata.intake.reading.grid import Sheet, Type
from tests.shipped import KNOWN

SITE = {"name_vi": "Siêu thị Thử", "kind": "Siêu thị"}
EVENT = {
    "subject": "HG-LN-05",
    "axis": "outreach",
    "kind": "held",
    "grade": "B",
    "scope": "site",
    "topic": "scp",
    "event_date": "05/06/2024",
}


def checked(kind, columns, text, letter):
    row = (EVENT if kind == "evidence" else SITE) | dict.fromkeys(columns, text)
    cells = pd.DataFrame([row], index=[2]).astype("string")
    types = pd.DataFrame("t", cells.index, cells.columns)
    types[list(columns)] = str(letter)
    names = {name: f"{name} " for name in cells}
    places = dict.fromkeys(cells, "A")
    sheet = Sheet("B", kind, cells, places, names, (), (), types=types)
    return diagnose([sheet], KNOWN, date(2026, 11, 26))


@pytest.mark.parametrize(
    ("kind", "columns"), [("evidence", ["doc_no", "organiser"]), ("sites", ["decision", "source"])]
)
@pytest.mark.parametrize(
    ("text", "letter", "typed"),
    [("2024-10-05", Type.DAY, "5/10/2024"), ("06/2024", Type.MONTH, "6/2024")],
)
def test_a_day_where_none_is_meant_is_named_with_what_was_typed(kind, columns, text, letter, typed):
    named = {f.column: f.suggestion for f in checked(kind, columns, text, letter).open}
    assert {column: named[column] for column in columns} == dict.fromkeys(columns, typed)


@pytest.mark.parametrize(("kind", "column"), [("evidence", "date_text"), ("sites", "source_note")])
def test_a_day_in_a_remark_is_kept_as_people_write_it(kind, column):
    done = checked(kind, [column], "2024-10-05", Type.DAY)
    table = done.evidence if kind == "evidence" else done.sites
    assert table[column].tolist() == ["05/10/2024"]
    assert any("05/10/2024" in notice.message for notice in done.notices)


@pytest.mark.parametrize(
    ("text", "letter", "kept"),
    [
        *(("913123456", Type.NUMBER, "0913123456"), ("2933123456", Type.NUMBER, "02933123456")),
        *(("913123456", Type.TEXT, "913123456"), ("0913123456", Type.TEXT, "0913123456")),
    ],
)
def test_a_phone_number_has_its_nought(text, letter, kept):
    done = checked("sites", ["contact_phone"], text, letter)
    assert done.sites["contact_phone"].tolist() == [kept]
    assert len([f for f in done.notices if f.column == "contact_phone"]) == (text != kept)
