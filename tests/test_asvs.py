"""docs/asvs.md adds up, and what it points to is there."""

import re
from collections import Counter
from pathlib import Path

HOME = Path(__file__).parents[1]
TEXT = (HOME / "docs" / "asvs.md").read_text("utf-8")
VERDICTS = ("met", "n/a", "not met")
ROW = re.compile(r"^\| ([\d.,– ]+) \| .* \| (met|n/a|not met) \| .* \|$", re.MULTILINE)
PROPOSED = re.compile(r"^\| ([\d.,– ]+) \| [^|]+ \|$", re.MULTILINE)
TALLY = re.compile(r"^\| (?:V(\d+) .*|all) \| (\d+) \| (\d+) \| (\d+) \|$", re.MULTILINE)


def _ids(cell):
    for part in cell.split(", "):
        first, _dash, last = part.partition("–")
        section, _point, begin = first.rpartition(".")
        end = (last or first).rpartition(".")[2]
        yield from (f"{section}.{n}" for n in range(int(begin), int(end) + 1))


VERDICT = [(one, verdict) for cell, verdict in ROW.findall(TEXT) for one in _ids(cell)]


def test_each_point_has_one_verdict_and_the_tally_counts_them():
    assert len(dict(VERDICT)) == len(VERDICT)
    counted = Counter((one.partition(".")[0], verdict) for one, verdict in VERDICT)
    counted.update(("", verdict) for _one, verdict in VERDICT)
    stated = {chapter: tuple(map(int, n)) for chapter, *n in TALLY.findall(TEXT)}
    assert len(stated) == 15
    assert stated == {c: tuple(counted[c, verdict] for verdict in VERDICTS) for c in stated}


def test_what_is_not_met_has_a_proposal_and_nothing_else_has():
    proposed = [one for cell in PROPOSED.findall(TEXT) for one in _ids(cell)]
    assert sorted(proposed) == sorted(one for one, verdict in VERDICT if verdict == "not met")


def test_what_shows_it_is_there():
    named = set(re.findall(r"`([\w./-]+\.(?:py|md|toml|yaml|sql|lock|service|example))`", TEXT))
    named |= {"deploy/Caddyfile"}
    files = {name for name in named if "/" in name or name[0].isupper()}
    assert len(files) > 50
    assert not [name for name in files if not (HOME / name).exists()]
