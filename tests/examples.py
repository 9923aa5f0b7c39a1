"""How many examples a property is tried with: few while one works, all of them in CI."""

import os

from hypothesis import settings

DEEP = os.environ.get("HG_TEST_ALL") == "1"


def examples(most: int, **more: object) -> settings:
    """Return settings for a property that is worth so many examples."""
    return settings(max_examples=most if DEEP else max(2, most // 4), deadline=None, **more)


ROUNDS = int(os.environ.get("HG_FAULT_ROUNDS", "8"))
"""How often a fault is tried; ``make faults`` says 200."""
