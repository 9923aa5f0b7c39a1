"""Values that can hardly be are asked about; what is usual, known or confirmed is not."""

from datetime import date

import pandas as pd
import pytest

from geodata.intake.judging.diagnosis import diagnose
from geodata.intake.reading.grid import Sheet, Type
from tests.shipped import KNOWN

EVENT = {
    "subject": "HG-LN-05",
    "axis": "outreach",
    "kind": "held",
    "grade": "B",
    "scope": "site",
    "topic": "scp",
    "event_date": "05/06/2024",
}


def checked(row, known=KNOWN, answers=None):
    kind = "evidence" if "axis" in row else "sites"
    cells = pd.DataFrame([row], index=[2]).astype("string")
    types = pd.DataFrame(str(Type.NUMBER), cells.index, cells.columns)
    names = {name: f"{name} " for name in cells}
    sheet = Sheet("B", kind, cells, dict.fromkeys(cells, "A"), names, (), (), types=types)
    return diagnose([sheet], known, date(2026, 11, 26), answers)


@pytest.mark.parametrize(
    ("kind", "column", "usual", "odd"),
    [
        ("Cụm công nghiệp", "area_ha", "75", "75.5"),
        ("Khu công nghiệp", "area_ha", "1000", "1001"),
        ("Siêu thị", "area_ha", "50", "51"),
        ("Siêu thị", "area_ha", "0.5", "-0.5"),
        ("Siêu thị", "year", "2026", "2027"),
        ("Siêu thị", "year", "1990", "1900"),
        ("Cụm công nghiệp", "enterprises", "10000", "10001"),
    ],
)
def test_a_measure_out_of_its_bounds_is_asked_about(kind, column, usual, odd):
    site = {"name_vi": "Nơi Thử", "kind": kind}
    assert not [f for f in checked(site | {column: usual}).open if f.column == column]
    (question,) = [f for f in checked(site | {column: odd}).open if f.column == column]
    assert "khác xa" in question.message
    place = (question.sheet, question.row, question.column)
    for choice in (question.choices[0], question.choices[-1]):
        done = checked(site | {column: odd}, answers={place: choice.value})
        assert not [f for f in done.open if f.column == column]


@pytest.mark.parametrize(
    ("column", "usual", "odd"),
    [("participants", "100000", "100001"), ("enterprises_present", "10000", "-3")],
)
def test_a_count_of_an_event_out_of_its_bounds_is_asked_about(column, usual, odd):
    assert not [f for f in checked(EVENT | {column: usual}).open if f.column == column]
    assert [f for f in checked(EVENT | {column: odd}).open if f.column == column]


def test_what_is_known_is_not_asked_again():
    register = KNOWN.sites.copy()
    name = register.index[(register["kind"] == "industrial_cluster").to_numpy()][0]
    register.loc[name, "area_ha"] = 80.0
    row = {"id": name, "name_vi": register.loc[name, "name_vi"], "area_ha": "80"}
    done = checked(row, KNOWN._replace(sites=register))
    assert not [f for f in done.findings if f.column == "area_ha"]
