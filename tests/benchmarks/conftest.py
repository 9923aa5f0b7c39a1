"""Benchmarks print ratios measured in one run; none of them has a time limit."""

import os

import pytest

LINES = []


@pytest.fixture
def report():
    """Return a function that takes a line for the summary at the end of the run."""
    return LINES.append


@pytest.fixture(autouse=True)
def _only_when_asked():
    if os.environ.get("HG_TEST_ALL") != "1":
        pytest.skip("benchmarks run with HG_TEST_ALL=1")


def pytest_terminal_summary(terminalreporter):
    if LINES:
        terminalreporter.section("benchmarks")
        for line in LINES:
            terminalreporter.line(line)
