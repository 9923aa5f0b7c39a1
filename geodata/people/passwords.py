"""Passwords of local accounts: how they are kept, how strong they are, when guessing stops.

Not here: where accounts are kept (``store.accounts``) or how a password is asked for.
"""

import unicodedata
from datetime import timedelta
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from geodata.core.errors import WrongCallError
from geodata.core.text import _

LEAST, MOST = 12, 256
"""How many characters a password has; the upper bound keeps a sign-in cheap."""

ALLOWED = (5, 25)
"""How many failures in a row cost nothing: of one address from one source; of a source in all."""

_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(minutes=30)
# A check takes 64 MiB: however many ask at once, so many are looked at, the others wait.
_AT_ONCE = BoundedSemaphore(2)

_HASHER = PasswordHasher()  # argon2id with the library's parameters, RFC 9106 for low memory


def hashed(password: str) -> str:
    """Return the argon2id hash to keep of a new password, its salt and parameters in it.

    Raises
    ------
    WrongCallError
        If the password is too short or too long.
    """
    if not LEAST <= len(_composed(password)) <= MOST:
        raise WrongCallError(
            _(
                "A password has {least} to {most} characters; several words are easy to remember."
            ).format(least=LEAST, most=MOST)
        )
    with _AT_ONCE:
        return _HASHER.hash(_composed(password))


def matches(kept: str | None, password: str) -> bool:
    """Say whether a password is the one kept; takes as long where none is kept."""
    known = _composed(password)
    if len(known) > MOST:
        return False
    stand_in = _nobodys()
    try:
        with _AT_ONCE:
            return _HASHER.verify(kept or stand_in, known) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def outdated(kept: str) -> bool:
    """Say whether a hash was made with weaker parameters than those of today."""
    return _HASHER.check_needs_rehash(kept)


def wait_after(failures: int, allowed: int) -> timedelta:
    """Return for how long nobody may try again after so many failures in a row.

    Nothing before the last one allowed, then half a minute, doubled by each further one up to half
    an hour: a person who mistypes hardly notices, who guesses gets some fifty guesses a day.
    """
    if failures < allowed:
        return timedelta(0)
    doubled: int = 2 ** min(failures - allowed, 10)
    return min(_FIRST_WAIT * doubled, _LONGEST_WAIT)


def _composed(password: str) -> str:
    """Return a password in one spelling: keyboards send Vietnamese letters in two."""
    return unicodedata.normalize("NFC", password)


@cache
def _nobodys() -> str:
    """Return a hash that stands in for that of an account that there is not."""
    return _HASHER.hash("nobody's password")
