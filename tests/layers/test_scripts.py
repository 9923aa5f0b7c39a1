"""The page's scripts, run by the node that comes with Playwright and by its own runner."""

import subprocess
from pathlib import Path

from playwright._impl._driver import compute_driver_executable


def test_what_the_scripts_calculate_is_right():
    node, _cli = compute_driver_executable()
    tests = Path(__file__).with_name("scripts.test.js")
    run = subprocess.run([node, "--test", tests], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "pass 11" in run.stdout, run.stdout
