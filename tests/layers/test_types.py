"""The scripts of page and components, checked by TypeScript's compiler for their JSDoc types.

It is no part of what runs: `make` lays it into the environment with npm, by the lock file in
``types``. Run by the node that comes with Playwright.
"""

import os
import subprocess
from pathlib import Path

import pytest
from playwright._impl._driver import compute_driver_executable

ROOT = Path(__file__).parents[2]
COMPILER = ROOT / ".venv/types/node_modules/typescript/bin/tsc"
ABSENT = "the types of scripts need npm: install it (Debian: apt install npm) and run “make lint”"


def test_the_scripts_keep_to_their_types():
    if not COMPILER.exists():
        if os.environ.get("HG_TEST_ALL") == "1":
            pytest.fail(ABSENT, pytrace=False)
        pytest.skip(ABSENT)
    node, _cli = compute_driver_executable()
    config = Path(__file__).parent / "types"
    run = subprocess.run(
        [node, COMPILER, "--project", config, "--pretty", "false"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stdout + run.stderr == ""
