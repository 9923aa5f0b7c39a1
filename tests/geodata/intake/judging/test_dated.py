"""Columns of days: one order of day and month a column, and no odd day in silence."""

from datetime import date

import pandas as pd
import pytest

from geodata.intake.judging.cells import Level
from geodata.intake.judging.diagnosis import diagnose
from geodata.intake.reading.grid import Sheet, Type
from tests.shipped import KNOWN

TODAY = date(2026, 11, 26)
SITE = {"name_vi": "Siêu thị Thử", "kind": "Siêu thị"}
EVENT = {"subject": "HG-LN-05", "axis": "outreach", "kind": "held", "grade": "B", "scope": "site"}
NAMES = {"event_date": "Ngày diễn ra", "decision_date": "Ngày quyết định"}


def checked(column, *texts, kind="evidence", types="t", answers=None, **more):
    """The diagnosis of a sheet with a row a text in one column."""
    base = (EVENT | {"topic": "scp"}) if kind == "evidence" else SITE
    rows = [
        {
            **base,
            column: text,
            **more,
            "name_vi" if kind == "sites" else "organiser": f"Nơi {at}{at}",
        }
        for at, text in enumerate(texts)
    ]
    cells = pd.DataFrame(rows, index=range(2, len(rows) + 2)).astype("string")
    letters = pd.DataFrame("t", cells.index, cells.columns)
    letters[column] = list(types) if len(types) > 1 else types * len(rows)
    names = {name: NAMES.get(name, name + " ") for name in cells}
    sheet = Sheet("B", kind, cells, dict.fromkeys(cells, "A"), names, (), (), types=letters)
    return diagnose([sheet], KNOWN, TODAY, answers)


def days(done):
    table = done.evidence if done.evidence is not None else done.sites
    column = "event_date" if done.evidence is not None else "decision_date"
    return table[column].dt.strftime("%Y-%m-%d").tolist()


def asked(done, column="event_date"):
    return [f for f in done.open if f.column == column]


def test_one_question_decides_the_order_of_a_column():
    texts = ("03/08/2024", "10/31/2024", "2024-08-03", "5.8.24", "ngày 5 tháng 8 năm 2024")
    (question,) = asked(checked("event_date", *texts))
    assert (question.row, question.level) == (3, Level.QUESTION)
    assert "cả cột" in question.message
    place = (question.sheet, question.row, question.column)
    first, second = (choice.value for choice in question.choices)
    done = checked("event_date", *texts, answers={place: first})
    # What stands in ISO form, with points or in words never has the month first.
    assert days(done) == ["2024-03-08", "2024-10-31", "2024-08-03", "2024-08-05", "2024-08-05"]
    assert any("03/08/2024" in notice.message for notice in done.notices)
    (wrong,) = asked(checked("event_date", *texts, answers={place: second}))
    assert (wrong.level, wrong.suggestion) == (Level.ERROR, "31/10/2024")


def test_a_slip_among_days_that_show_their_order_is_one_wrong_cell():
    (wrong,) = asked(checked("event_date", "15/08/2024", "08/15/2024"))
    assert (wrong.level, wrong.suggestion) == (Level.ERROR, "15/08/2024")


@pytest.mark.parametrize("text", ["05/06/1924", "05/06/0204", "1899-12-30 08:30"])
def test_a_day_long_ago_is_asked_about_and_kept_when_confirmed(text):
    (question,) = asked(checked("event_date", text))
    place = (question.sheet, question.row, question.column)
    done = checked("event_date", text, answers={place: question.choices[0].value})
    assert not asked(done)
    assert days(done) == [question.choices[0].value]


def test_a_decision_of_the_future_is_asked_about():
    (question,) = asked(checked("decision_date", "05/06/2124", kind="sites"), "decision_date")
    assert "chưa tới" in question.message
    assert not asked(checked("decision_date", "05/06/2024", kind="sites"), "decision_date")


def test_several_days_are_one_only_where_the_words_can_be_kept():
    done = checked("event_date", "10-12/6/2024", date_text="từ sáng thứ Hai")
    assert done.evidence["date_text"].tolist() == ["từ sáng thứ Hai; 10-12/6/2024"]
    (wrong,) = asked(checked("decision_date", "10-12/6/2024", kind="sites"), "decision_date")
    assert (wrong.level, wrong.suggestion) == (Level.ERROR, "10/06/2024")


def test_a_year_typed_as_a_day_is_offered_only_where_a_year_will_do():
    assert asked(checked("event_date", "1905-07-16", types=Type.DAY))[0].suggestion == "2024"
    done = checked("decision_date", "1905-07-16", kind="sites", types=Type.DAY)
    assert [f.suggestion for f in asked(done, "decision_date")] == [""]


def test_a_month_keeps_the_words_that_were_there():
    done = checked("event_date", "06/2024", types=Type.MONTH, date_text="tháng Sáu")
    assert done.evidence["date_text"].tolist() == ["tháng Sáu; 06/2024"]
    assert done.evidence["grade"].tolist() == ["D"]
    assert any("hạng D" in notice.message for notice in done.notices)


def test_what_was_said_of_the_day_once_is_not_said_twice():
    done = checked("event_date", "06/2024", date_text="06/2024")
    assert done.evidence["date_text"].tolist() == ["06/2024"]
