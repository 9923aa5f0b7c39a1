"""How many examples a property is tried with: few while one works, more in CI, all at random."""

import os

from hypothesis import settings

DEEP = os.environ.get("HG_TEST_ALL") == "1"
RANDOM = os.environ.get("HG_TEST_RANDOM") == "1"

SHARE = 1 if RANDOM else 3 if DEEP else 4
"""The same examples each time find little more by being many; new ones do."""


def examples(most: int, **more: object) -> settings:
    """Return settings for a property that is worth so many examples."""
    return settings(max_examples=max(2, most // SHARE), deadline=None, **more)


ROUNDS = int(os.environ.get("HG_FAULT_ROUNDS", "5"))
"""How often a fault is tried; ``make faults`` says 200."""
