"""``indicators``: the sectors from declarations in a file and another baseline year."""

import json

import pytest

from geodata.commands.main import main
from tests.geodata.commands.samples import SITES, digest

DECLARED = "id,plant,sector,input,year,consumption,consumption_unit,output,output_unit,grade\n"
TWO_YEARS = DECLARED + "".join(
    f"{plant}1,{plant},thép,điện,2020,100,kWh,10,tấn,A\n"
    f"{plant}2,{plant},thép,điện,2024,95,kWh,10,tấn,A\n"
    for plant in "KLM"  # of fewer than three no figures are told
)

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
def sectors(capsys):
    """Run `indicators --json` and return what it says of T2."""

    def run(*options):
        capsys.readouterr()
        assert main(["indicators", "--json", "--plan", "2024", *options]) == 0
        answer = json.loads(capsys.readouterr().out)
        return next(target for target in answer["targets"] if target["id"] == "T2")

    return run


def test_a_baseline_year_and_a_file_of_declarations_are_a_what_if(store, file, sectors):
    before = digest(store)
    declared = ("--declarations", file("d.csv", TWO_YEARS), "--sites", file("s.csv", SITES))
    assert sectors(*declared)["verdict"] == "undefined"
    # 1 − (285/30)/(300/30) = 5 %, exactly the threshold.
    target = sectors(*declared, "--baseline-year", "2020")
    assert (target["numerator"], target["denominator"], target["verdict"]) == (1, 1, "met")
    assert (target["threshold"], target["counted"]) == (0.05, {"thép": "met"})
    (row,) = target["sectors"]
    assert (row["baseline"], row["current"], row["reduction"], row["plants"]) == (10, 9.5, 0.05, 3)
    assert digest(store) == before


def test_the_simulated_workspace_has_declarations_and_the_real_one_none(sectors):
    assert sectors("--baseline-year", "2019", "--demo")["counted"]["nhựa"] == "reported"
    assert sectors("--baseline-year", "2019")["sectors"] == []


def test_a_declaration_of_a_sector_nobody_knows_ends_with_1(file, refusal):
    path = file("d.csv", TWO_YEARS.replace("thép", "giày da"))
    code, message = refusal("indicators", "--declarations", path, "--as-of", "2024-12-31")
    assert code == 1
    assert "giày da" in message


def test_a_baseline_year_that_is_not_earlier_ends_with_2(refusal):
    code, message = refusal("indicators", "--plan", "2024", "--baseline-year", "2024")
    assert code == 2
    assert "2024" in message
