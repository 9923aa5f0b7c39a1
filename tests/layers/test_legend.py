"""The legend of the page: from counts alone what the app's own legend is."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from playwright._impl._driver import compute_driver_executable

from geodata.reading.inventory import entries
from geodata.reading.legend import inventory, legend, spare
from layers import page

SCRIPT = Path(__file__).parents[2] / "layers/assets/legend.js"
WORDED = """
globalThis.hg = {};
require(process.argv[1]);
const [texts, look, counted] = JSON.parse(require("node:fs").readFileSync(0));
console.log(JSON.stringify(hg.worded(look, texts, counted)));
"""


def worded(counted):
    node, _cli = compute_driver_executable()
    given = json.dumps([page._texts(), page._symbols(), counted]).encode()
    run = [node, "-e", WORDED, str(SCRIPT)]
    return json.loads(subprocess.run(run, input=given, capture_output=True, check=True).stdout)


def without_choice(rows):
    return [{name: cell for name, cell in row.items() if name != "on"} for row in rows]


@pytest.mark.parametrize("axis", ["outreach", "compliance"])
def test_the_page_puts_a_legend_together_from_its_counts(sites, statuses, view, axis):
    whole = legend(sites, statuses, replace(view, axis=axis))
    told = worded(spare(whole))
    for block in whole["groups"]:
        block["rows"] = without_choice(block["rows"])
    assert (told["groups"], told["kinds"]) == (whole["groups"], whole["kinds"])


def test_what_is_counted_and_not_drawn_is_in_no_group(sites, statuses, view):
    whole = legend(sites, statuses, view)
    (first, *others), *_stages = (block["parts"] for block in whole["groups"])
    whole["groups"][0]["parts"] = others
    told = worded(spare(whole))["groups"][0]
    assert told["parts"] == others
    assert not {row["key"] for row in told["rows"]} & set(first["keys"])


def test_it_names_kinds_and_signs_itself(simulated, view):
    sites, records = simulated[:2]
    whole = inventory(sites, entries(sites, records, view.as_of), view, sites)
    told = worded(spare(whole))
    assert told["things"] == without_choice(whole["things"])
    assert told["signs"] == whole["signs"]
