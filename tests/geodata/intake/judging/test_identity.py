"""Which row is which site: codes in any spelling, then name, kind and place; else a question."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.intake.judging.cells import Level
from geodata.intake.judging.diagnosis import diagnose
from geodata.intake.judging.difference import as_text
from geodata.register import ids, sites
from tests.examples import examples
from tests.geodata.intake.judging.test_diagnosis import (
    FIRST,
    KNOWN,
    TODAY,
    answer,
    diagnosed,
    event,
    findings,
    sheet,
)

NAMES = KNOWN.sites["name_vi"]


def known_row(site, **cells):
    return {"id": site, "name_vi": NAMES[site], "kind": KNOWN.sites.loc[site, "kind"], **cells}


@pytest.mark.parametrize(
    "code", ["hg-st-03", "HG-ST-O3", "HG ST 3", "HGST03", "hg_st_003", "HG–ST–03", "HG.ST.03"]
)
def test_a_code_is_known_in_any_spelling(code):
    assert list(ids.Index(KNOWN.sites.index).alike(code)) == ["HG-ST-03"]


@pytest.mark.parametrize("code", ["hg-st-03", "HG-ST-O3", "HG ST 3"])
def test_a_code_in_another_spelling_is_the_site_and_is_said(code):
    diagnosis = diagnosed({**known_row("HG-ST-03"), "id": code})
    assert diagnosis.ok
    assert diagnosis.difference["sites"].unchanged == ("HG-ST-03",)
    assert [(f.level, f.column, f.value) for f in diagnosis.findings] == [
        (Level.NOTICE, "id", code)
    ]


def test_a_guessed_letter_and_another_name_are_asked_about():
    diagnosis = diagnosed({**known_row("HG-ST-01"), "id": "HG-ST-O1", "name_vi": "Chợ Bến Tre"})
    assert findings(diagnosis, Level.QUESTION) == [(FIRST, "id")]
    assert diagnosis.open[0].choices[0].value == "same:HG-ST-01"


@pytest.mark.parametrize(
    ("code", "name", "asked"),
    [
        ("HG-ST-13", "WinMart Vị Thanh 2", True),  # one figure, and a name, from HG-ST-03
        ("HG-ST-99", "WinMart Vị Thanh", True),  # the very name of HG-ST-03
        ("HG-SX-03", "Siêu thị lạ", True),  # no prefix of ours, but almost
        ("HG-ST-13", "", True),
        ("HG-ST-13", "Siêu thị lạ", False),
        ("HG-ST-99", "Siêu thị lạ", False),
    ],
)
def test_a_code_nobody_knows_is_asked_about_or_said_to_be_new(code, name, asked):
    row = {"id": code, "name_vi": name, "kind": "Siêu thị", "commune_2025": "31333"}
    on_code = [f.level for f in diagnosed(row).findings if f.column == "id"]
    assert on_code == [Level.QUESTION if asked else Level.NOTICE]


def test_the_answer_makes_it_a_new_site_under_its_own_code_or_the_known_one():
    row = {"id": "HG-ST-13", "name_vi": "WinMart Vị Thanh 2", "kind": "Siêu thị"}
    asked = diagnosed(row)
    values = [choice.value for choice in asked.open[0].choices]
    assert values == ["same:HG-ST-01", "same:HG-ST-03", "new"]
    new = diagnosed(row, answers=answer(asked, -1))
    assert (new.ok, new.difference["sites"].new) == (True, ("HG-ST-13",))
    same = diagnosed(row, answers=answer(asked, 1))
    assert (same.ok, list(same.difference["sites"].changed)) == (True, ["HG-ST-03"])


def test_the_site_of_that_name_is_offered_first():
    row = {"id": "HG-ST-99", "name_vi": NAMES["HG-ST-02"], "kind": "Siêu thị"}
    assert diagnosed(row).open[0].choices[0].value == "same:HG-ST-02"


def test_codes_of_an_office_of_its_own_are_new_sites():
    row = {"id": "KT/2024-7", "name_vi": "Siêu thị mã riêng", "kind": "Siêu thị"}
    diagnosis = diagnosed({**row, "commune_2025": "31333"})
    assert (diagnosis.ok, diagnosis.difference["sites"].new) == (True, ("KT/2024-7",))


def test_two_spellings_of_one_code_in_a_file_are_an_error():
    rows = (known_row("HG-ST-03"), {**known_row("HG-ST-03"), "id": "hg-st-03"})
    assert findings(diagnosed(*rows), Level.ERROR) == [(5, "id"), (6, "id")]


def test_a_name_without_a_unit_column_finds_the_site_and_keeps_its_units():
    rows = [{"name_vi": NAMES[s], "kind": k, "enterprises": "25"} for s, k in
            (("HG-ST-01", "Siêu thị"), ("HG-KCN-01", "KCN"))]  # fmt: skip
    diagnosis = diagnosed(*rows)
    assert diagnosis.ok
    changed = diagnosis.difference["sites"].changed
    assert changed == {site: {"enterprises": ("", "25")} for site in ("HG-ST-01", "HG-KCN-01")}


def test_a_name_without_a_kind_finds_the_one_site_that_bears_it():
    diagnosis = diagnosed({"name_vi": NAMES["HG-ST-01"], "kind": None, "area_ha": "1"})
    assert diagnosis.ok
    assert list(diagnosis.difference["sites"].changed["HG-ST-01"]) == ["area_ha"]


def two_of_a_name():
    text = as_text(KNOWN.sites, sites.COLUMNS)
    text.loc[text["id"] == "HG-ST-02", "name_vi"] = NAMES["HG-ST-01"]
    return KNOWN._replace(sites=sites.typed(text))


@pytest.mark.parametrize(
    ("commune", "site"),
    [("Phường Vị Thanh", "HG-ST-01"), ("P. Ngã Bảy, TP Ngã Bảy", "HG-ST-02"), (None, None)],
)
def test_of_two_sites_of_a_name_the_commune_chooses(commune, site):
    row = {"name_vi": NAMES["HG-ST-01"], "kind": "Siêu thị", "commune": commune, "area_ha": "1"}
    if commune == "Phường Vị Thanh":
        row |= {"commune": None, "commune_2025": "31321"}
    diagnosis = diagnosed(row, known=two_of_a_name())
    if site:
        assert diagnosis.ok, diagnosis.open
        assert list(diagnosis.difference["sites"].changed) == [site]
    else:
        assert findings(diagnosis, Level.QUESTION) == [(FIRST, "id")]


def test_a_known_name_in_another_commune_is_asked_about():
    row = {"name_vi": NAMES["HG-ST-01"], "kind": "Siêu thị", "commune_2025": "31340"}
    asked = diagnosed(row)
    assert findings(asked, Level.QUESTION) == [(FIRST, "id")]
    new = diagnosed(row, answers=answer(asked, -1))
    assert new.difference["sites"].new == ("HG-ST-04",)


def test_another_kind_under_a_known_code_is_said():
    diagnosis = diagnosed({**known_row("HG-KCN-01"), "kind": "Siêu thị"})
    assert findings(diagnosis, Level.NOTICE) == [(FIRST, "kind")]


@pytest.mark.parametrize("text", ["hg-st-01", "HG-ST-O1", "HG ST 01"])
def test_evidence_speaks_of_a_site_in_any_spelling_of_its_code(text):
    diagnosis = diagnosed(event(subject=text), kind="evidence")
    assert diagnosis.ok
    assert diagnosis.evidence["subject"].tolist() == ["HG-ST-01"]
    assert findings(diagnosis, Level.NOTICE) == [(FIRST, "subject")]


def test_a_subject_nobody_knows_gets_the_codes_nearest_to_it():
    diagnosis = diagnosed(event(subject="HG-ST-13"), kind="evidence")
    (error,) = diagnosis.open
    assert error.suggestion.startswith("HG-ST-01 (")


def test_a_record_in_another_spelling_of_its_code_is_that_record():
    old = KNOWN.evidence.iloc[[15]]
    row = as_text(old, old.columns.drop("geometry", errors="ignore")).assign(
        id=old["id"].str.lower().to_numpy()
    )
    diagnosis = diagnose([sheet(row, "evidence")], KNOWN, TODAY)
    assert diagnosis.ok
    assert diagnosis.difference["evidence"].unchanged == tuple(old["id"])


def _lower(code):
    return code.lower()


def _letters(code):
    head, number = code.rsplit("-", 1)
    return f"{head}-{number.replace('0', 'O').replace('1', 'l')}"


@examples(10)
@given(st.sampled_from(list(KNOWN.sites["id"])), st.sampled_from([_lower, _letters, str.strip]))
def test_no_spelling_of_a_known_code_makes_a_second_site(site, spelling):
    diagnosis = diagnosed({**known_row(site), "id": spelling(site)})
    assert diagnosis.difference["sites"].new == ()
    assert diagnosis.difference["sites"].unchanged == (site,)
    assert pd.isna(diagnosis.sites["id"]).sum() == 0
