"""The commands for planners: sums agree with the whole, and a wrong call gets a sentence."""

import json

import pytest

from geodata.commands.main import main
from geodata.core import clock
from geodata.intake import matrix
from geodata.intake.reading import apart
from geodata.rules.targets import OF_AXIS

COUNTED = ("sites", "reached", "unknown", "not_reached", "open")


@pytest.fixture(autouse=True, scope="module")
def store(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HG_STORE", str(tmp_path_factory.mktemp("store") / "store.sqlite"))
        assert main(["init", "--demo", "--sites", "80"]) == 0
        yield


def called(capsys, *words):
    capsys.readouterr()
    code = main([*words, "--json"])
    printed = capsys.readouterr()
    return code, json.loads(printed.out) if printed.out else printed.err


AXIS = pytest.mark.parametrize("axis", OF_AXIS)


@pytest.mark.parametrize(
    "about", [["--demo"], ["--as-of", "2024-12-31"]], ids=["simulated, today", "real, 2024"]
)
def test_one_figure_is_the_targets_the_units_the_worklists_and_the_visits(capsys, about):
    _code, answer = called(capsys, "indicators", *about)
    for axis, name in OF_AXIS.items():
        target = next(t for t in answer["targets"] if t["id"] == name)
        one_figure(capsys, about, axis, target)


def one_figure(capsys, about, axis, target):
    """Check that the units and the worklists of an axis add up to its target."""
    total = {
        "sites": target["denominator"],
        "reached": target["numerator"],
        "unknown": target["unknown"],
        "not_reached": target["denominator"] - target["numerator"] - target["unknown"],
        "open": target["open"],
        "short": target["short"],
    }
    assert sum(target["open_parts"].values()) == len(target["open_sites"]) == target["open"]
    for by in ("district-legacy", "commune-2025"):
        code, gaps = called(capsys, "gaps", *about, "--axis", axis, "--by", by)
        assert (code, gaps["total"], gaps["target"]) == (0, total, target["id"])
        for name in COUNTED:
            assert sum(unit[name] for unit in gaps["units"]) == total[name]
            for unit in gaps["units"]:
                assert sum(kind[name] for kind in unit["kinds"].values()) == unit[name]
        nowhere = [unit for unit in gaps["units"] if not unit["code"]]
        assert sum(u["sites"] + u["open"] for u in nowhere) == gaps["without_unit"]
    assert len(gaps["sites"]) == total["sites"] - total["reached"]
    assert {row["id"] for row in gaps["open_sites"]} == set(target["open_sites"])
    assert {row["status"] for row in gaps["open_sites"]} <= set(target["open_sites"].values())


@AXIS
def test_visits_start_from_what_the_target_has_not_reached(capsys, axis):
    _code, gaps = called(capsys, "gaps", "--demo", "--axis", axis)
    words = ("visits", "--demo", "--axis", axis, "--count", "1", "--radius-km", "5")
    _code, answer = called(capsys, *words)
    assert answer["open"] == gaps["total"]["sites"] - gaps["total"]["reached"]
    _code, more = called(capsys, *words, "--with-open")
    undone = [s for s in gaps["open_sites"] if s["status"] not in {"reached", "compliant"}]
    assert more["open"] == answer["open"] + len(undone) > answer["open"]
    assert more["smallest"]["needed"] == answer["smallest"]["needed"] == gaps["total"]["short"]


@pytest.mark.parametrize(
    "command",
    [["indicators"], ["gaps"], ["visits", "--count", "1", "--radius-km", "9"]],
    ids=lambda words: words[0],
)
def test_both_days_are_told_and_what_was_entered_later_is_not_seen(capsys, command):
    days = ["--demo", "--as-of", "2024-12-31", "--known-at", "2024-06-30"]
    code, answer = called(capsys, *command, *days)
    assert (code, answer["as_of"], answer["known_at"]) == (0, "2024-12-31", "2024-06-30")
    _code, now = called(capsys, *command, *days[:-2])
    assert now["known_at"] == clock.today().isoformat()
    assert {**now, "known_at": answer["known_at"]} != answer


def test_visits_cover_only_open_sites_and_keep_what_is_locked(capsys):
    words = ("visits", "--demo", "--count", "3", "--radius-km", "5")
    _code, answer = called(capsys, *words)
    first = answer["chosen"][0]["venue"]
    code, again = called(capsys, *words, "--avoid", first, "--lock", "31321")
    assert code == 0
    assert again["chosen"][0]["venue"] == "31321"
    assert again["chosen"][0]["locked"]
    assert first not in [pick["venue"] for pick in again["chosen"]]
    assert again["covered"] <= answer["covered"] == answer["bound"]
    _code, gaps = called(capsys, "gaps", "--demo")
    open_ = {site["id"] for site in gaps["sites"]}
    assert {site for pick in answer["chosen"] for site in pick["adds"]} <= open_


def test_visits_tell_the_curve_and_the_smallest_number(capsys):
    words = ("visits", "--demo", "--count", "3", "--radius-km", "5", "--venues", "site")
    code, answer = called(capsys, *words)
    assert code == 0
    counts = {point["count"]: point["covered"] for point in answer["curve"]}
    assert counts[3] == answer["covered"]
    smallest = answer["smallest"]
    assert smallest["proven"]
    if smallest["count"]:
        assert counts.get(smallest["count"] - 1, 0) < answer["open"]
        assert len(smallest["venues"]) == smallest["count"]


def test_visits_take_distances_from_a_file(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(apart, "distances", matrix.read)  # in this process
    _code, gaps = called(capsys, "gaps", "--demo")
    ids = [site["id"] for site in gaps["sites"]]
    path = tmp_path / "xa.csv"
    rows = [",".join(["km", *ids]), ",".join(["Tuyến 1", *["1"] * len(ids)])]
    path.write_text("\n".join(rows), "utf-8")
    words = ("visits", "--demo", "--count", "1", "--radius-km", "2", "--distances", str(path))
    code, answer = called(capsys, *words)
    assert code == 0
    assert answer["distance"] == "file"
    assert answer["chosen"][0]["venue"] == "Tuyến 1"
    assert answer["covered"] == len(ids)
    path.write_text(rows[0] + "\nTuyến 1,1\n", "utf-8")  # the others cannot be reached
    code, answer = called(capsys, *words)
    assert (code, answer["covered"]) == (0, 1)
    path.write_text(rows[0] + "\nTuyến 1,1,x\n", "utf-8")
    code, message = called(capsys, *words)
    assert code == 1
    assert ids[1] in message


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
    ended, message = called(capsys, "visits", "--demo", *words)
    assert ended == code
    assert len(message.strip().splitlines()) == 1
