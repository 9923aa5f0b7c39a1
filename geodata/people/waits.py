"""Waits: how long nobody may try again after trying often, the same for whatever is tried.

Not here: what counts as a try, and where it is remembered (``store.attempts``, ``people.turns``).
"""

from datetime import timedelta

_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(minutes=30)


def wait_after(tries: int, allowed: int) -> timedelta:
    """Return for how long nobody may try again after so many tries in a row.

    Nothing before the last one allowed, then half a minute, doubled by each further one up to half
    an hour: a person who mistypes hardly notices, who guesses gets some fifty guesses a day.
    """
    if tries < allowed:
        return timedelta(0)
    doubled: int = 2 ** min(tries - allowed, 10)
    return min(_FIRST_WAIT * doubled, _LONGEST_WAIT)
