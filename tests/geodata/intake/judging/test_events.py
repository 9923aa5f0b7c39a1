"""One training for many sites in one row of a file: a record a site, under one event."""

import pandas as pd
import pytest

from geodata.intake.judging.cells import Level
from geodata.register import evidence
from tests.geodata.intake.judging.test_diagnosis import KNOWN, answer, diagnosed, event

VILLAGES = ["HG-LN-05", "HG-LN-06", "HG-LN-07"]
CELL = "HG-LN-05; HG-LN-06\nHG-LN-07"


def rows_of(diagnosis):
    assert not [f for f in diagnosis.findings if f.level is not Level.NOTICE], diagnosis.findings
    return diagnosis.changes().evidence


def training(**cells):
    return event(event_date="5/6/2025", topic="scp", scope="group", subject=CELL, **cells)


def after(diagnosis):
    every = pd.concat([KNOWN.evidence, rows_of(diagnosis)], ignore_index=True)
    return KNOWN._replace(evidence=evidence.categorised(every))


@pytest.mark.parametrize(
    "cell",
    [CELL, "HG-LN-05\nHG-LN-06\nHG-LN-07", "hg ln 5;HGLN06 ;HG-LN-07;", f"{CELL};HG-LN-05"],
)
def test_a_cell_of_several_sites_is_a_record_a_site_under_one_event(cell):
    diagnosis = diagnosed(training() | {"subject": cell}, kind="evidence")
    rows = rows_of(diagnosis)
    assert rows["subject"].tolist() == VILLAGES
    assert rows["id"].nunique() == 3
    assert set(rows["event"]) == {"SK-0001"}
    assert any("3 cơ sở trong một ô" in f.message for f in diagnosis.findings)
    assert diagnosis.difference["evidence"].new == tuple(rows["id"])


def test_names_are_sites_too_and_two_rows_are_two_events():
    names = KNOWN.sites.loc[VILLAGES[:2], "name_vi"]
    rows = rows_of(
        diagnosed(
            training() | {"subject": "; ".join(names)},
            training() | {"event_date": "6/6/2025"},
            kind="evidence",
        )
    )
    assert rows["subject"].tolist() == [*VILLAGES[:2], *VILLAGES]
    assert rows["event"].tolist() == ["SK-0001"] * 2 + ["SK-0002"] * 3


def test_what_was_counted_is_of_each_record_and_read_as_in_any_column():
    rows = rows_of(diagnosed(training(participants="35 người"), kind="evidence"))
    assert rows["participants"].tolist() == ["35", "35", "35"]


def test_an_event_code_of_the_file_is_kept():
    assert set(rows_of(diagnosed(training(event="Đợt 7"), kind="evidence"))["event"]) == {"Đợt 7"}


@pytest.mark.parametrize("more", [{}, {"event": ""}])
def test_the_same_file_again_changes_nothing(more):
    known = after(diagnosed(training(), kind="evidence"))
    again = diagnosed(training(**more), kind="evidence", known=known)
    assert [f.message for f in again.findings if f.level is not Level.NOTICE] == []
    assert len(again.difference["evidence"].unchanged) == 3
    assert again.difference["evidence"].new == ()


def test_a_part_that_nobody_knows_is_named_and_the_others_are_not_lost():
    diagnosis = diagnosed(training() | {"subject": "HG-LN-05; HG-LM-06; Xyz"}, kind="evidence")
    (wrong,) = [f for f in diagnosis.findings if f.column == "subject"]
    assert wrong.level is Level.ERROR
    assert "“HG-LM-06”, “Xyz”" in wrong.message
    diagnosis = diagnosed(training() | {"subject": "HG-LN-05; HG-LM-06"}, kind="evidence")
    (wrong,) = [f for f in diagnosis.findings if f.column == "subject"]
    assert wrong.suggestion == "HG-LN-05; HG-LN-06"
    put_right = {(wrong.sheet, wrong.row, "subject"): wrong.suggestion}
    mended = diagnosed(training() | {"subject": wrong.value}, kind="evidence", answers=put_right)
    assert rows_of(mended)["subject"].tolist() == VILLAGES[:2]


def test_what_is_wrong_with_the_row_is_said_once():
    diagnosis = diagnosed(training() | {"event_date": "31/2/2025", "scope": ""}, kind="evidence")
    places = [(f.row, f.column) for f in diagnosis.findings if f.level is not Level.NOTICE]
    assert sorted(set(places)) == sorted(places)


def test_an_event_entered_already_is_asked_about_once_and_either_answer_holds():
    known = after(diagnosed(training(), kind="evidence"))
    again = training(summary_vi="chép lại")
    diagnosis = diagnosed(again, kind="evidence", known=known)
    (question,) = [f for f in diagnosis.findings if f.level is Level.QUESTION]
    assert "cơ sở khác" in question.message
    same = diagnosed(again, kind="evidence", known=known, answers=answer(diagnosis))
    assert same.difference["evidence"].new == ()
    other = diagnosed(again, kind="evidence", known=known, answers=answer(diagnosis, 1))
    rows = rows_of(other)
    assert rows["subject"].tolist() == VILLAGES
    assert set(rows["event"]) == {"SK-0002"}


def test_a_row_is_not_left_out_whole_for_one_of_its_sites():
    diagnosis = diagnosed(event(event_date="5/6/2025", topic="scp", scope="group",
                                subject="HG-LN-06"), training(), kind="evidence")  # fmt: skip
    questions = [f for f in diagnosis.findings if f.level is Level.QUESTION]
    assert questions
    for question in questions:
        if question.row == 6:
            assert not [one for one in question.choices if one.value.startswith("row:")]
            assert "khỏi ô" in question.message
