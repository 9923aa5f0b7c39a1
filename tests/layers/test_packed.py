"""Columns packed into a file: the page's own script reads back what went in."""

import json
import random
import subprocess
from pathlib import Path

import pytest
from playwright._impl._driver import compute_driver_executable

from geodata import intake
from layers import sites as layer
from layers.packed import packed

SCRIPT = Path(__file__).parents[2] / "layers/assets/columns.js"
# As JSON knows no arrays of bytes, they are written as lists.
UNPACK = """
globalThis.hg = {};
require(process.argv[1]);
const bytes = require("node:fs").readFileSync(0);
const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
const plain = (_, cells) => (ArrayBuffer.isView(cells) ? Array.from(cells) : cells);
console.log(JSON.stringify(hg.unpacked(file), plain));
"""
NAMES = [
    "",
    "a",
    "ab\nc",
    "ab\u2028",
    "🏭 x",
    "🏭🧑‍🌾 y",
    "🏭🧑 z",
    "Làng nghề 9",
    "Làng nghề 10",
    '"\\<',
    "Ở" * 300,
]


def unpacked(content):
    """What the page would make of a file, as far as it draws it."""
    node, _cli = compute_driver_executable()
    run = [node, "-e", UNPACK, str(SCRIPT)]
    output = subprocess.run(run, input=content, capture_output=True, check=True).stdout
    return json.loads(output)


@pytest.mark.parametrize("some", ["simulated", "shipped", "none", "hostile"])
def test_what_is_packed_is_read_back(some, sites, codes):
    of = {"simulated": sites, "shipped": intake.shipped_sites(), "none": sites.head(0)}
    columns = layer.columns(of.get(some, sites), codes)
    if some == "hostile":
        chance = random.Random(1)  # noqa: S311 - no secret
        columns["name"] = chance.choices(NAMES, k=len(sites))
        columns["accuracy"] = [chance.choice((0, 1, 2**30)) for _name in columns["name"]]
    read = unpacked(packed(columns))
    assert {name: read[name] for name in columns} == columns
