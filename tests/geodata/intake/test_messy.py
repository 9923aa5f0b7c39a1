"""What is said of the messy files: the whole way from the file to the diagnosis."""

from datetime import date

import pytest

from geodata.core.text import _
from geodata.intake.judging import uncounted
from geodata.intake.judging.cells import Level
from geodata.intake.judging.diagnosis import diagnose
from tests.shipped import KNOWN

TODAY = date(2026, 11, 22)
ERROR, QUESTION, NOTICE = Level.ERROR, Level.QUESTION, Level.NOTICE

# File: new records, and what is said, by level, row and column.
EXPECTED = {
    "bom_positions.csv": (
        3,
        {
            (NOTICE, 2, "position"),
            *((NOTICE, row, "commune_2025") for row in (2, 3, 4)),
            (QUESTION, 3, "id"),  # named like a site of the register, not far from it
            (QUESTION, 4, "id"),
            (NOTICE, 4, "position"),
        },
    ),
    "homonyms.csv": (6, {(QUESTION, 7, "id"), (QUESTION, 8, "id")}),
    "layers.gpkg": (3, {(NOTICE, row, "commune_2025") for row in (1, 2)}),
    "meridians.csv": (
        5,
        {(NOTICE, row, column) for row in range(2, 7) for column in ("vn2000_x", "commune_2025")},
    ),
    "models.geojson": (2, {(NOTICE, 1, "commune_2025")}),
    "office_form.xlsx": (
        3,
        {(NOTICE, 11, "vn2000_x"), (ERROR, 13, "vn2000_x"), (ERROR, 14, "vn2000_x")},
    ),
    "old_font.xlsx": (3, set()),
    "placemarks.kmz": (2, {(NOTICE, row, "commune_2025") for row in (1, 2)}),
    "semicolon_1258.csv": (
        3,
        {
            *((NOTICE, row, "commune_2025") for row in (5, 6, 7)),
            (QUESTION, 6, "area_ha"),  # in the same column once with decimals, once without
        },
    ),
    "serial_days.xlsx": (
        5,
        {
            (NOTICE, 2, "event_date"),
            (NOTICE, 4, "event_date"),
            (NOTICE, 6, "event_date"),
            *((NOTICE, row, "doc_no") for row in (2, 3, 5)),
            *((QUESTION, row, column) for row in (2, 3, 5) for column in ("scope", "topic")),
            (QUESTION, 3, "id"),  # the same day in three habits: the same event
            (QUESTION, 5, "id"),
        },
    ),
    "shapefile_vn2000.zip": (2, {(NOTICE, row, "commune_2025") for row in (1, 2)}),
    "tcvn3.csv": (3, set()),
    "topics.xlsx": (
        9,
        {
            (NOTICE, 3, "topic"),  # read out of a phrase
            (QUESTION, 5, "topic"),  # blank
            (QUESTION, 6, "topic"),
            (NOTICE, 7, "topic"),
            (NOTICE, 10, "topic"),  # about something that does not count at a site
        },
    ),
    "vni.csv": (3, set()),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_messy_file_is_read_and_every_doubt_is_said(name, messy):
    new, remarks = EXPECTED[name]
    diagnosis = diagnose(messy(name), KNOWN, TODAY)
    assert {(f.level, f.row, f.column) for f in diagnosis.findings} == remarks
    assert diagnosis.ok == all(level is NOTICE for level, _row, _column in remarks)
    (difference,) = diagnosis.difference.values()
    assert (len(difference.new), dict(difference.changed)) == (new, {})


def test_the_two_meridians_of_one_file_are_told_apart(messy):
    diagnosis = diagnose(messy("meridians.csv"), KNOWN, TODAY)
    on_positions = [f for f in diagnosis.findings if f.column == "vn2000_x"]
    used = [f.message.rpartition("VN-2000")[2] for f in on_positions]
    assert ["105°30′" in text for text in used] == [False, False, True, True, False]


def test_old_units_are_found_by_name_in_every_encoding(messy):
    made = [diagnose(messy(name), KNOWN, TODAY).sites for name in ("tcvn3.csv", "vni.csv")]
    for sites in made:
        assert sites["commune_legacy"].notna().all()
        assert sites["commune_legacy"].tolist()[-1] == "31447"


def test_every_question_of_a_messy_file_can_be_answered(messy):
    # The first answer makes two rows one, the last keeps them apart.
    picks = {"homonyms.csv": 0, "serial_days.xlsx": 0, "topics.xlsx": 0, "bom_positions.csv": -1}
    for name, pick in picks.items():
        tables = messy(name)
        asked = diagnose(tables, KNOWN, TODAY)
        answers = {(f.sheet, f.row, f.column): f.choices[pick].value for f in asked.open}
        assert diagnose(tables, KNOWN, TODAY, answers).ok, name


def test_every_event_counts_whatever_its_topic_is_called_or_is_named(messy):
    diagnosis = diagnose(messy("topics.xlsx"), KNOWN, TODAY)
    named = {f.row for f in diagnosis.findings if f.rule == _(uncounted.RULE)}
    tags = diagnosis.evidence["topic"].astype(str)
    counted = {row for row, topic in enumerate(tags, start=2) if topic == "scp"}
    assert (counted, named) == ({2, 3, 4, 7, 8, 9}, {5, 6, 10})
