"""Values that can hardly be are asked about; what is usual, known or confirmed is not."""

from datetime import date

import pandas as pd

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


def sheet_of(name, row):
    kind = "evidence" if "axis" in row else "sites"
    cells = pd.DataFrame([row], index=[2]).astype("string")
    types = pd.DataFrame(str(Type.NUMBER), cells.index, cells.columns)
    names = {name: f"{name} " for name in cells}
    return Sheet(name, kind, cells, dict.fromkeys(cells, "A"), names, (), (), types=types)


def checked(*rows, known=KNOWN, answers=None):
    """Rows, each on a sheet of its own, in one file."""
    sheets = [sheet_of(f"B{at}", row) for at, row in enumerate(rows)]
    return diagnose(sheets, known, date(2026, 11, 26), answers)


MEASURES = [
    ("Cụm công nghiệp", "area_ha", "75", "75.5"),
    ("Khu công nghiệp", "area_ha", "1000", "1001"),
    ("Siêu thị", "area_ha", "50", "51"),
    ("Siêu thị", "area_ha", "0.5", "-0.5"),
    ("Siêu thị", "year", "2026", "2027"),
    ("Siêu thị", "year", "1990", "1900"),
    ("Cụm công nghiệp", "enterprises", "10000", "10001"),
]


def test_a_measure_out_of_its_bounds_is_asked_about():
    names = ["Một Nơi", "Chợ Hoa", "Phố Mới", "Sông Cũ", "Đất Lành", "Vườn Xa", "Kho Đông"]
    sites = [{"name_vi": n, "kind": k} for n, (k, *_more) in zip(names, MEASURES, strict=True)]
    usual = [s | {m[1]: m[2]} for s, m in zip(sites, MEASURES, strict=True)]
    odd = [s | {m[1]: m[3]} for s, m in zip(sites, MEASURES, strict=True)]
    assert checked(*usual).open == ()
    asked = checked(*odd).open
    assert [(f.sheet, f.column) for f in asked] == [(f"B{n}", m[1]) for n, m in enumerate(MEASURES)]
    assert all("khác xa" in question.message for question in asked)
    for pick in (0, -1):
        answers = {(f.sheet, f.row, f.column): f.choices[pick].value for f in asked}
        assert checked(*odd, answers=answers).open == ()


def test_a_count_of_an_event_out_of_its_bounds_is_asked_about():
    columns = "participants", "enterprises_present"
    usual, odd = ("100000", "10000"), ("100001", "-3")
    for counts, asked in ((usual, ()), (odd, columns)):
        found = checked(EVENT | dict(zip(columns, counts, strict=True))).open
        assert sorted(f.column for f in found) == sorted(asked)


def test_what_is_known_is_not_asked_again():
    register = KNOWN.sites.copy()
    name = register.index[(register["kind"] == "industrial_cluster").to_numpy()][0]
    register.loc[name, "area_ha"] = 80.0
    row = {"id": name, "name_vi": register.loc[name, "name_vi"], "area_ha": "80"}
    done = checked(row, known=KNOWN._replace(sites=register))
    assert not [f for f in done.findings if f.column == "area_ha"]
