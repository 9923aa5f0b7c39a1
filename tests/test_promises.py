"""Each promise of docs/promises.md names a test, and that test is there."""

import ast
import re
from pathlib import Path

HOME = Path(__file__).parents[1]
TEXT = (HOME / "docs" / "promises.md").read_text("utf-8")
ROWS = [line for line in TEXT.splitlines() if line.startswith("| ") and "| promise |" not in line]
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", TEXT)


def test_each_promise_names_exactly_one_test():
    assert len(ROWS) > 30
    assert [row for row in ROWS if len(re.findall(r"`tests/[^`]+::test_\w+` \|$", row)) != 1] == []
    assert len(NAMED) == len(ROWS)


def test_each_test_that_is_named_is_there():
    there = {
        (file, node.name)
        for file in {file for file, _name in NAMED}
        for node in ast.parse((HOME / file).read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }
    assert [one for one in NAMED if one not in there] == []
