"""The evidence's schema: what is accepted, what is filled in, and what is refused by name."""

from datetime import date
from importlib.resources import files

import pandas as pd
import pytest

from geodata.core.errors import DataError
from geodata.register import evidence

ENTERED = date(2026, 11, 22)


@pytest.fixture
def table():
    with files("geodata").joinpath("data", "evidence.csv").open("rb") as lines:
        return pd.read_csv(lines, dtype=str, keep_default_na=False)


def one(**cells):
    said = {"axis": "outreach", "kind": "held", "event_date": "2024-05-01", "grade": "A"}
    return pd.DataFrame([{"id": "E1", "subject": "S1", **said, **cells}])


def test_the_shipped_evidence_is_valid(table):
    records = evidence.typed(table, ENTERED)
    assert list(records.columns) == list(evidence.COLUMNS)
    assert list(records["id"]) == list(table["id"])
    assert (records[list(evidence.CATEGORIES)].dtypes == "category").all()


def test_an_undated_record_is_kept_but_never_counts():
    record = evidence.typed(one(event_date="", grade="A"), ENTERED)
    assert record["grade"].item() == "D"
    assert evidence.live(record).empty


def test_a_record_is_entered_today_unless_it_says_when():
    assert evidence.typed(one(), ENTERED)["recorded_at"].item() == pd.Timestamp(ENTERED)
    said = evidence.typed(one(recorded_at="2024-06-01"), ENTERED)["recorded_at"].item()
    assert said == pd.Timestamp("2024-06-01")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("axis", "weather"),
        ("kind", "rumour"),
        ("grade", "E"),
        ("scope", "galaxy"),
        ("method", "dream"),
        ("answers", "R1=maybe"),
        ("answers", "R1"),
        ("event_date", "01/05/2024"),
        ("doc_date", "2024-13-01"),
    ],
)
def test_a_wrong_cell_is_named(column, value):
    with pytest.raises(DataError) as refused:
        evidence.typed(one(**{column: value}), ENTERED)
    assert column in str(refused.value)
    assert value in str(refused.value)


@pytest.mark.parametrize("column", ["id", "subject", "axis", "kind", "grade"])
def test_what_every_record_needs_is_missed(column):
    with pytest.raises(DataError, match=column):
        evidence.typed(one(**{column: ""}), ENTERED)


@pytest.mark.parametrize(("kind", "fits"), [("held", False), ("check", False), ("planned", True)])
def test_only_a_plan_may_lie_ahead(kind, fits):
    table = one(kind=kind, event_date="2027-01-01")
    if fits:
        assert len(evidence.typed(table, ENTERED)) == 1
    else:
        with pytest.raises(DataError, match="event_date"):
            evidence.typed(table, ENTERED)


def test_an_id_is_given_once():
    with pytest.raises(DataError, match="E1"):
        evidence.typed(pd.concat([one(), one()], ignore_index=True), ENTERED)


def test_a_record_about_nothing_known_is_named():
    records = evidence.typed(one(subject="nowhere"), ENTERED)
    (fault,) = evidence.unknown_subjects(records, pd.Index(["S1", "930", "province"]))
    assert (fault.row, fault.column, fault.value) == (1, "subject", "nowhere")
