"""The simulated workspace: the same each time, full of cases, and plainly not real."""

from datetime import date
from importlib.resources import files

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from geodata.core import names
from geodata.geography import units
from geodata.register import evidence as ev
from geodata.register import frames, lifecycle, sites
from geodata.rules import intensity, plan, status
from geodata.simulation import fates, simulate

PLANS = {p.year: p for p in plan.shipped()}
BLOCKS = units.load_blocks()
COMMUNES = units.load_legacy_communes()
YEAR_ENDS = [(2024, date(2024, 12, 31)), (2025, date(2025, 12, 31))]


def simulated(n, seed=1):
    return simulate.simulate(BLOCKS, COMMUNES, plan.shipped(), n, seed)


@pytest.fixture(scope="module")
def workspace():
    return simulated(3000)


def as_text(frame, columns):
    """Return a typed frame as the table of text a file would hold."""
    text = pd.DataFrame(frame).reindex(columns=list(columns)).reset_index(drop=True)
    days = text.select_dtypes("datetime")
    return text.assign(**{c: days[c].dt.strftime("%Y-%m-%d") for c in days}).astype("string")


def test_the_same_number_and_seed_give_the_same_workspace(workspace):
    for once, again in zip(workspace, simulated(3000), strict=True):
        assert_frame_equal(once, again)


def test_another_seed_gives_another_workspace(workspace):
    places, evidence = simulated(3000, seed=2)
    assert not places["lat"].equals(workspace[0]["lat"])
    assert not evidence["event_date"].equals(workspace[1]["event_date"])


def test_the_register_passes_the_rules_for_files(workspace):
    places, _evidence = workspace
    assert_frame_equal(sites.typed(as_text(places, sites.COLUMNS)), places)


def test_the_evidence_passes_the_rules_for_files(workspace):
    places, evidence = workspace
    again = ev.typed(as_text(evidence, ev.COLUMNS), date(2020, 1, 1))
    assert_frame_equal(again, evidence, check_categorical=False)
    known = pd.Index([*places.index, *BLOCKS["district_legacy"], "province"])
    assert ev.unknown_subjects(evidence, known) == []


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("year", "t"), YEAR_ENDS)
def test_every_status_and_stage_occurs_from_150_sites_on(year, t, seed):
    found = status.status_of(*simulated(150, seed), PLANS[year], t)
    assert set(found["outreach"]) == set(status.OUTREACH)
    assert set(found["compliance"]) == set(status.COMPLIANCE)
    assert set(found["stage"].dropna()) == set(status.STAGES)


def test_every_kind_of_record_grade_and_lifecycle_occurs(workspace):
    places, evidence = workspace
    assert set(places["kind"]) == set(sites.KINDS)
    assert set(places["lifecycle"]) == set(lifecycle.LIFECYCLES)
    assert set(places["founding"]) == set(lifecycle.FOUNDINGS)
    assert set(evidence["kind"]) == set(ev.EVENT_KINDS)
    assert set(evidence["grade"]) == set(ev.GRADES)
    assert set(evidence["scope"].dropna()) == set(ev.SCOPES)
    assert set(evidence["method"].dropna()) == set(ev.METHODS)
    assert set(evidence["profile"].dropna()) == {"P45", "ND08-64", "CV56"}
    assert {"930", "937", "province"} <= set(evidence["subject"])


def test_some_sites_stood_still_for_a_time_or_have_closed_on_a_day(workspace):
    places, _evidence = workspace
    told = places.dropna(subset="history")
    days = [date(2023, 5, 31), date(2024, 4, 30), date(2024, 5, 1), date(2025, 9, 1)]
    lives = {
        tuple(row) for row in zip(*(lifecycle.lifecycle_on(told, day) for day in days), strict=True)
    }
    assert lives == {
        ("operating", "suspended", "operating", "operating"),
        ("operating", "operating", "operating", "closed"),
    }


def test_links_name_earlier_records_of_the_same_subject(workspace):
    evidence = workspace[1].set_index("id")
    for column in ("supersedes", "refers_to"):
        linked = evidence[evidence[column].notna()]
        meant = evidence.loc[linked[column]]
        assert len(linked) > 0
        assert (meant["subject"].to_numpy() == linked["subject"].to_numpy()).all()
        assert (meant["axis"].to_numpy() == linked["axis"].to_numpy()).all()
        assert (meant["recorded_at"].to_numpy() <= linked["recorded_at"].to_numpy()).all()
        assert (meant.index < linked.index).all()


def test_a_site_has_five_to_ten_records_on_average(workspace):
    places, evidence = workspace
    assert 5 <= len(evidence) / len(places) <= 10


@pytest.mark.parametrize("vintage", units.Vintage)
def test_unit_codes_agree_with_positions(workspace, vintage):
    placed = workspace[0][sites.placed(workspace[0])]
    column = "district_legacy" if vintage is units.Vintage.LEGACY else "commune_2025"
    found = units.locate(units.dissolve(BLOCKS, vintage), placed["lon"], placed["lat"])
    assert list(found) == list(placed[column])


def test_the_legacy_commune_belongs_to_both_units(workspace):
    home = COMMUNES.loc[workspace[0]["commune_legacy"]]
    for column in ("district_legacy", "commune_2025"):
        assert list(home[column]) == list(workspace[0][column])


def test_some_positions_are_of_the_commune_only_and_shared_and_some_missing(workspace):
    places, _evidence = workspace
    placed = places[sites.placed(places)]
    vague = placed[sites.uncertain(placed)]
    assert 0.01 < 1 - len(placed) / len(places) < 0.04
    assert 0.05 < len(vague) / len(places) < 0.2
    points = vague.drop_duplicates(["commune_legacy", "lon", "lat"])
    assert points["commune_legacy"].is_unique
    assert vague.duplicated(["lon", "lat"]).any()
    assert places.loc[~sites.placed(places), "position_accuracy_m"].isna().all()


def test_no_name_is_of_a_real_place(workspace):
    places, evidence = workspace
    with (files("geodata") / "data" / "sites.csv").open(encoding="utf-8") as lines:
        real = pd.read_csv(lines, dtype="string")
    assert places["name_vi"].str.contains("Mô phỏng").all()
    assert places["name_en"].str.startswith("Simulated").all()
    assert places["id"].str.startswith("SIM-").all()
    assert places["name_vi"].is_unique
    assert not set(places["name_vi"].map(names.fold)) & set(real["name_vi"].map(names.fold))
    # Nor is there a real unit, organiser or operator in any other text.
    real_units = {unit.name for unit in units.gazetteer(COMMUNES)}
    columns = [places[c] for c in ("name_vi", "operator", "source")]
    texts = pd.concat([*columns, evidence["organiser"]]).unique()
    assert not [text for text in texts for name in real_units if name in text]


def test_records_say_that_they_are_simulated(workspace):
    _places, evidence = workspace
    assert evidence["summary_vi"].str.startswith("Mô phỏng:").all()
    assert evidence["organiser"].str.contains("mô phỏng").all()
    assert evidence["doc_no"].dropna().str.contains("/MP-").all()
    assert evidence["source_url"].isna().all()


@pytest.mark.parametrize("n", [0, 1, 2, 19, 61])
def test_any_number_of_sites(n):
    places, evidence = simulated(n)
    assert len(places) == n
    assert frames.broken(places, sites.schema()) == []
    status.status_of(places, evidence, PLANS[2025], date(2025, 12, 31))


def test_archetypes_tell_of_the_years_they_claim():
    rows = [row for table in (fates.OUTREACH, fates.COMPLIANCE) for _weight, row in table]
    assert {len(row.split()) for row in rows} == {5, 6}
    dealt = {f for row in rows for year in row.split() for f in year.split("+")}
    assert dealt <= set(fates.FATES)


def test_few_sites_lack_a_history(workspace):
    places, evidence = workspace
    silent = ~places.index.isin(evidence["subject"])
    assert np.mean(silent) < 0.15


def test_plants_declare_so_that_every_verdict_of_a_sector_shows():
    named = plan.with_baseline(PLANS[2024], 2019)
    rows = intensity.of_plan(simulate.declare(), named).set_index("sector")
    assert rows["status"].to_dict() == {
        "chế biến thủy sản": "met",
        "rượu bia nước giải khát": "below",
        "giấy": "exceeded",  # of two plants
        "nhựa": "reported",
        "dệt may": "not-comparable",
    }
    assert list(rows.index[rows["hidden"].astype(bool)]) == ["giấy"]
