"""The commands for planners: sums agree with the whole, and a wrong call gets a sentence."""

import json

import pytest

from geodata import cli

COLUMN = {"district-legacy": "district_legacy", "commune-2025": "commune_2025"}


@pytest.fixture(autouse=True, scope="module")
def store(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HG_STORE", str(tmp_path_factory.mktemp("store") / "store.sqlite"))
        assert cli.main(["init", "--demo", "--sites", "300"]) == 0
        yield


def called(capsys, *words):
    capsys.readouterr()
    code = cli.main([*words, "--json"])
    said = capsys.readouterr()
    return code, json.loads(said.out) if said.out else said.err


@pytest.mark.parametrize("by", ["district-legacy", "commune-2025"])
@pytest.mark.parametrize("axis", ["outreach", "compliance"])
def test_units_add_up_to_the_whole(capsys, by, axis):
    code, told = called(capsys, "gaps", "--demo", "--by", by, "--axis", axis)
    assert code == 0
    parts = told["units"]
    for name in ("sites", "reached", "unknown", "not_reached"):
        for part in parts:
            assert sum(kind[name] for kind in part["kinds"].values()) == part[name]
    open_ = sum(part["unknown"] + part["not_reached"] for part in parts)
    nowhere = [site for site in told["sites"] if not site[COLUMN[by]]]
    assert open_ + len(nowhere) == len(told["sites"])
    assert all((part["short"] is None) == (part["sites"] == 0) for part in parts)


def test_visits_cover_only_open_sites_and_keep_what_is_locked(capsys):
    words = ("visits", "--demo", "--count", "3", "--radius-km", "5")
    _code, told = called(capsys, *words)
    first = told["chosen"][0]["venue"]
    code, again = called(capsys, *words, "--avoid", first, "--lock", "31321")
    assert code == 0
    assert again["chosen"][0]["venue"] == "31321"
    assert again["chosen"][0]["locked"]
    assert first not in [pick["venue"] for pick in again["chosen"]]
    assert again["covered"] <= told["covered"] == told["bound"]
    _code, gaps = called(capsys, "gaps", "--demo")
    open_ = {site["id"] for site in gaps["sites"]}
    assert {site for pick in told["chosen"] for site in pick["adds"]} <= open_


def test_visits_tell_the_curve_and_the_smallest_number(capsys):
    words = ("visits", "--demo", "--count", "3", "--radius-km", "5", "--venues", "site")
    code, told = called(capsys, *words)
    assert code == 0
    counts = {point["count"]: point["covered"] for point in told["curve"]}
    assert counts[3] == told["covered"]
    smallest = told["smallest"]
    assert smallest["proven"]
    if smallest["count"]:
        assert counts.get(smallest["count"] - 1, 0) < told["open"]
        assert len(smallest["venues"]) == smallest["count"]


def test_visits_take_distances_from_a_file(capsys, tmp_path):
    _code, gaps = called(capsys, "gaps", "--demo")
    ids = [site["id"] for site in gaps["sites"]]
    path = tmp_path / "xa.csv"
    rows = [",".join(["km", *ids]), ",".join(["Tuyến 1", *["1"] * len(ids)])]
    path.write_text("\n".join(rows), "utf-8")
    words = ("visits", "--demo", "--count", "1", "--radius-km", "2", "--distances", str(path))
    code, told = called(capsys, *words)
    assert code == 0
    assert told["distance"] == "file"
    assert told["chosen"][0]["venue"] == "Tuyến 1"
    assert told["covered"] == len(ids)
    path.write_text(rows[0] + "\nTuyến 1,1\n", "utf-8")
    code, said = called(capsys, *words)
    assert code == 1
    assert ids[1] in said


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--count", "0", "--radius-km", "5"], 2),
        (["--count", "2", "--radius-km", "0"], 1),
        (["--count", "2", "--radius-km", "nan"], 1),
        (["--count", "99999", "--radius-km", "5"], 1),
        (["--count", "2", "--radius-km", "5", "--lock", "nowhere"], 1),
        (["--count", "1", "--radius-km", "5", "--lock", "31321", "--avoid", "31321"], 1),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_sentence(capsys, words, code):
    found, said = called(capsys, "visits", "--demo", *words)
    assert found == code
    assert len(said.strip().splitlines()) == 1
