"""Replication: the nearest site of the same trade, never one that has a model already."""

import pandas as pd
import pytest

from geodata.planning import replication
from geodata.register import sites

ROWS = [
    # id, kind, name, sectors, details, km east
    ("M1", "pilot_model", "HTX lúa chất lượng cao", "", "500 ha lúa", 0),
    ("M2", "pilot_model", "Nhà máy giấy bao bì", "", "", 10),
    ("A", "craft_village", "Làng nghề bún", "gạo", "", 9),
    ("B", "craft_village", "Làng nghề bánh tráng", "", "bột gạo", 3),
    ("C", "industrial_cluster", "CCN", "giấy", "", 10),
    ("D", "industrial_park", "KCN", "giày da", "", 1),
    ("E", "industrial_cluster", "CCN 2", "giấy; nhựa", "", 12),
    ("F", "craft_village", "Làng nghề gạo xa", "", "", None),
]


@pytest.fixture(scope="module")
def register():
    columns = ["id", "kind", "name_vi", "sectors", "details", "east"]
    table = pd.DataFrame(ROWS, columns=columns)
    known = table["east"].notna()
    table["lat"] = known.map({True: "9.7845", False: ""})
    table["lon"] = [
        f"{105.47 + e / 109.7:.8f}" if ok else ""
        for e, ok in zip(table["east"], known, strict=True)
    ]
    table["position_accuracy_m"] = "500"
    return sites.typed(table.drop(columns="east").astype(str))


def stages(**said):
    return pd.Series(said, dtype="object")


def test_the_nearest_sites_of_the_same_trade_come_first(register):
    found = replication.suggested(register, stages(M1="accepted", M2="proposed"))
    assert list(found["site"]) == ["B", "A"]
    assert found["metres"].round(-2).tolist() == [3000, 9000]
    assert (found["margin"] == 1000).all()


def test_of_sites_at_one_place_those_registered_first_are_told(register):
    twins = [register.loc[["B"]].rename(index={"B": f"B{n}"}) for n in (4, 2, 3)]
    found = replication.suggested(pd.concat([register, *twins]), stages(M1="accepted"))
    assert list(found["site"]) == ["B", "B4", "B2"]


def test_a_site_that_has_a_model_of_its_trade_is_left_out(register):
    found = replication.suggested(register, stages(M2="applied"))
    assert list(found["site"]) == ["E"]  # C lies where the model is


@pytest.mark.parametrize("stage", ["no-data", "proposed", "building"])
def test_a_model_that_does_not_work_yet_is_not_replicated(register, stage):
    assert replication.suggested(register, stages(M1=stage, M2=stage)).empty


@pytest.mark.parametrize(
    ("said", "trade"),
    [("giày da", set()), ("giấy", {"giấy"}), ("Cà phê", set()), ("cá thát lát", {"thủy sản"})],
)
def test_a_trade_is_found_as_a_whole_word_with_its_tone(said, trade):
    row = pd.DataFrame({"name_vi": ["X"], "sectors": [said], "details": [None]})
    assert set(replication.trades(row)[0]) == trade
