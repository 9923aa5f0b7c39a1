"""Passwords of local accounts: how they are kept, how strong they are, when guessing stops.

Not here: how long a wait is (``waits``), where accounts are kept (``store.accounts``), or how a
password is asked for.
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from geodata.core.errors import AccessError, WrongCallError
from geodata.core.text import _

LEAST, MOST = 12, 128
"""How many characters a password has; the upper bound keeps a sign-in cheap."""

ALLOWED = (5, 25)
"""How many failures in a row cost nothing: of one address from one source; of a source in all."""

_HERE = ("haugiang", "vithanh", "cantho", "matkhau")  # what its lists of other countries lack
_HARD = 3  # of zxcvbn's 0 to 4: a hundred million guesses
_LOOKED_AT = 72  # characters, as many as it takes; what is hard so far is hard

# Each costs 64 MB while it runs: more than a few at once would be a way to stop the server.
_AT_ONCE, _WAIT_S = 2, 20
_places = BoundedSemaphore(_AT_ONCE)

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
    with _turn():
        return _HASHER.hash(_composed(password))


def chosen(password: str, *about: str) -> str:
    """Return the hash to keep of a password that somebody has just chosen for themselves.

    Parameters
    ----------
    about : str
        What a stranger would try first: the owner's address and name.

    Raises
    ------
    WrongCallError
        If the password is too short or too long, or would be guessed soon.
    """
    from zxcvbn import zxcvbn  # noqa: PLC0415 - a quarter of a second, and only here

    kept = hashed(password)
    tried = [*_HERE, *re.split(r"[@\s]+", " ".join(about).lower())]
    if zxcvbn(_composed(password)[:_LOOKED_AT], user_inputs=tried)["score"] < _HARD:
        raise WrongCallError(
            _(
                "This password would be guessed soon: it is a common one, a pattern, or made of a "
                "name and a number. Put several words together."
            )
        )
    return kept


def matches(kept: str | None, password: str) -> bool:
    """Say whether a password is the one kept; takes as long where none is kept."""
    known = _composed(password)
    if len(known) > MOST:
        return False
    stand_in = _nobodys()
    try:
        with _turn():
            return _HASHER.verify(kept or stand_in, known) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


@contextmanager
def _turn() -> Iterator[None]:
    """Wait until few enough passwords are worked on.

    Raises
    ------
    AccessError
        If that takes too long.
    """
    if not _places.acquire(timeout=_WAIT_S):
        raise AccessError(_("Many people are signing in just now; try again in a minute."))
    try:
        yield
    finally:
        _places.release()


def outdated(kept: str) -> bool:
    """Say whether a hash was made with weaker parameters than those of today."""
    return _HASHER.check_needs_rehash(kept)


def _composed(password: str) -> str:
    """Return a password in one spelling: keyboards send Vietnamese letters in two."""
    return unicodedata.normalize("NFC", password)


@cache
def _nobodys() -> str:
    """Return a hash that stands in for that of an account that there is not."""
    return _HASHER.hash("nobody's password")
