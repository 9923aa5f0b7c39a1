"""How a test knows that a screen failed: the app catches that, and only its log says so."""

import pytest

LOGGED = "A screen failed"  # as app.py says it
MARKER = "breaks_a_screen"


def failures(records):
    """What made screens fail, from the records of a log."""
    return [str((one.exc_info or (None, LOGGED))[1]) for one in records if _tells(one)]


def none_failed(records):
    """Fail the test if its log says that a screen failed."""
    if causes := failures(records):
        pytest.fail(f"{LOGGED}: {'; '.join(causes)}", pytrace=False)


def _tells(record):
    return record.getMessage() == LOGGED
