"""Blank keeps, “xóa” empties, and a file may say once that its blank cells empty."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.intake.judging.cells import Level
from geodata.intake.judging.diagnosis import diagnose
from geodata.intake.judging.difference import as_text
from geodata.register import evidence, lifecycle, sites
from tests.examples import examples
from tests.geodata.intake.judging.test_diagnosis import FIRST, KNOWN, TODAY, findings, sheet

TEXT = as_text(KNOWN.sites, sites.COLUMNS).set_index("id", drop=False)
RECORDS = as_text(KNOWN.evidence, evidence.COLUMNS)
PLAIN = [c for c in sites.COLUMNS if c not in {"id", "kind", "name_vi", *lifecycle.COLUMNS}]


def row(site, **cells):
    return {
        "id": site,
        "kind": TEXT.loc[site, "kind"],
        "name_vi": TEXT.loc[site, "name_vi"],
        **cells,
    }


def judged(*rows, kind="sites", **how):
    return diagnose([sheet(list(rows), kind)], KNOWN, TODAY, **how)


@examples(8)
@given(st.sampled_from(list(TEXT.index)), st.sets(st.sampled_from(list(sites.COLUMNS[3:]))))
def test_blank_cells_of_a_known_site_leave_everything_as_it_is(site, blank):
    cells = {column: None if column in blank else TEXT.loc[site, column] for column in TEXT}
    diagnosis = judged(cells)
    assert diagnosis.ok, diagnosis.open
    assert diagnosis.difference["sites"].unchanged == (site,)


@pytest.mark.parametrize("column", ["kind", "name_vi"])
def test_blank_cells_of_what_has_to_be_there_leave_it_too(column):
    diagnosis = judged({**row("HG-ST-02"), column: None})
    assert diagnosis.difference["sites"].unchanged == ("HG-ST-02",)


@pytest.mark.parametrize("foreign", ["commune", "district", "position", "vn2000_x"])
def test_a_blank_column_of_names_or_positions_leaves_units_and_position(foreign):
    diagnosis = judged(row("HG-ST-01", **{foreign: None}))
    assert diagnosis.difference["sites"].unchanged == ("HG-ST-01",)


@pytest.mark.parametrize("word", ["xóa", "xoá", "XÓA", "Xóa", "clear"])
def test_the_word_empties_a_value(word):
    columns = "operator", "area_ha", "name_en", "position_accuracy_m"
    site = next(iter(TEXT[list(columns)].dropna().index))
    diagnosis = judged(row(site, **dict.fromkeys(columns, word)))
    assert diagnosis.ok, diagnosis.open
    emptied = {column: (TEXT.loc[site, column], "") for column in columns}
    assert diagnosis.difference["sites"].changed == {site: emptied}


@pytest.mark.parametrize(
    ("cell", "gone"),
    [
        ({"position": "xóa"}, {"lat", "lon"}),
        ({"lat": "xóa", "lon": "xóa"}, {"lat", "lon"}),
        ({"commune": "xóa"}, {"commune_legacy", "commune_2025"}),
        ({"commune_legacy": "xóa"}, {"commune_legacy"}),
    ],
)
def test_the_word_empties_units_and_positions(cell, gone):
    diagnosis = judged(row("HG-ST-01", **cell))
    assert diagnosis.ok, diagnosis.open
    assert set(diagnosis.difference["sites"].changed["HG-ST-01"]) == gone


@pytest.mark.parametrize("column", ["name_vi", "kind"])
def test_what_has_to_be_there_cannot_be_emptied(column):
    diagnosis = judged({**row("HG-ST-01"), column: "xóa"})
    assert findings(diagnosis, Level.ERROR) == [(FIRST, column)]
    assert "Không thể xóa" in diagnosis.open[0].message


def test_emptying_a_state_asks_from_which_day():
    diagnosis = judged(row("HG-ST-01", lifecycle="xóa"))
    assert findings(diagnosis, Level.ERROR) == [(FIRST, "valid_from")]


def test_how_many_values_blank_cells_would_empty_is_counted_by_column():
    rows = [row("HG-ST-01", operator=None, lat=None, lon=None, area_ha=None, enterprises=None)]
    rows += [row("HG-KCN-01", operator=None, area_ha=None, enterprises=None)]
    diagnosis = judged(*rows)
    wanted = {
        column: int(TEXT.loc[["HG-ST-01", "HG-KCN-01"], column].notna().sum())
        for column in ("area_ha", "operator", "enterprises")
    }
    wanted = {column: n for column, n in wanted.items() if n}
    assert {c: n for c, n in diagnosis.blanks.items() if c not in {"lat", "lon"}} == wanted
    # The columns stand in the file for both rows.
    assert (diagnosis.blanks["lat"], diagnosis.blanks["lon"]) == (2, 2)
    assert diagnosis.as_dict()["blanks"] == dict(diagnosis.blanks)


def test_a_file_may_say_that_its_blank_cells_empty():
    cells = row("HG-ST-01", operator=None, position=None, commune=None, lifecycle=None)
    diagnosis = judged(cells, blank_clears=True)
    assert diagnosis.ok, diagnosis.open
    changed = diagnosis.difference["sites"].changed["HG-ST-01"]
    assert set(changed) == {"operator", "lat", "lon", "commune_legacy", "commune_2025"}
    assert diagnosis.blanks == dict.fromkeys(changed, 1)
    # What has to be there, and what a site was when, stay.
    assert "lifecycle" not in changed


@examples(8)
@given(st.sampled_from(list(TEXT.index)), st.sets(st.sampled_from(PLAIN), min_size=1))
def test_as_many_values_go_as_were_said_to(site, blank):
    cells = {column: None if column in blank else TEXT.loc[site, column] for column in TEXT}
    kept, cleared = judged(cells), judged(cells, blank_clears=True)
    gone = cleared.difference["sites"].changed.get(site, {})
    emptied = {column for column, (_before, after) in gone.items() if not after}
    assert emptied - {"public"} == set(kept.blanks) - {"public"}


def test_blank_cells_of_a_known_record_leave_it():
    cells = {**RECORDS.iloc[15].to_dict(), "organiser": None, "doc_no": None, "summary_vi": None}
    diagnosis = judged(cells, kind="evidence")
    assert (diagnosis.ok, diagnosis.findings) == (True, ())
    assert diagnosis.difference["evidence"].unchanged == (cells["id"],)


def test_the_word_in_a_known_record_is_a_correction_that_is_asked_about():
    at = RECORDS["organiser"].notna().to_numpy().nonzero()[0][0]
    cells = {**RECORDS.iloc[at].to_dict(), "organiser": "xóa"}
    diagnosis = judged(cells, kind="evidence")
    assert findings(diagnosis, Level.QUESTION) == [(FIRST, "id")]
    chosen = {("Biểu 1", FIRST, "id"): "new"}
    (made,) = judged(cells, kind="evidence", answers=chosen).changes().evidence.to_dict("records")
    assert pd.isna(made["organiser"])
    assert made["supersedes"] == cells["id"]


def test_a_month_in_place_of_a_known_day_is_no_blank():
    at = RECORDS["event_date"].notna().to_numpy().nonzero()[0][0]
    cells = {**RECORDS.iloc[at].to_dict(), "event_date": "tháng 6/2024"}
    assert findings(judged(cells, kind="evidence"), Level.QUESTION) == [(FIRST, "id")]


def test_a_blank_cell_of_a_new_site_is_blank():
    new = {
        "name_vi": "Siêu thị Mới",
        "kind": "Siêu thị",
        "commune_2025": "31441",
        "operator": "xóa",
    }
    diagnosis = judged(new)
    assert diagnosis.ok
    assert diagnosis.sites["operator"].isna().all()
    assert diagnosis.blanks == {}
