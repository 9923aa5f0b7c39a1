"""Every text a person sees: the catalogue, and numbers and dates in the form of a language.

Not here: sentences. They stand in English where they are used and in Vietnamese in
``locale/vi/LC_MESSAGES/messages.po``; a further language is a further file.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import TypeVar

from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

T = TypeVar("T")

LANGUAGE = "vi"
LANGUAGES = {"vi": "vi-VN", "en": "en-GB"}
"""Languages there are, with the tag that files bear; English is that of the code."""

_SPOKEN: ContextVar[str | None] = ContextVar("language", default=None)
_READER_S: list[Callable[[], str | None]] = []


def language() -> str:
    """Return the language spoken here: as `speaking` says, else the reader's, else Vietnamese."""
    return _SPOKEN.get() or next((code for ask in _READER_S if (code := ask())), LANGUAGE)


def listen_to(ask: Callable[[], str | None]) -> None:
    """Ask, wherever `speaking` says nothing, which language the reader of this moment wants.

    A server of many readers runs their scripts, callbacks and fragments in threads that begin
    anew; it knows whose turn it is in each, and says None where it is nobody's.
    """
    if ask not in _READER_S:
        _READER_S.append(ask)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak one of `LANGUAGES` in what is done within; threads and processes begin anew."""
    token = _SPOKEN.set(code)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def in_each(make: Callable[[], T]) -> dict[str, T]:
    """Return what is made in each of `LANGUAGES`, by its code."""
    made = {}
    for code in LANGUAGES:
        with speaking(code):
            made[code] = make()
    return made


@cache
def catalogue(code: str = LANGUAGE) -> Mapping[str, str]:
    """Return the translations into a language, read from its ``.po`` file; none into English."""
    if code == "en":
        return {}
    source = files("geodata").joinpath("locale", code, "LC_MESSAGES", "messages.po")
    with source.open("rb") as lines:
        return {str(m.id): str(m.string) for m in read_po(lines, locale=code) if m.id and m.string}


def _(message: str) -> str:
    """Return the text people read for an English message of the catalogue."""
    return catalogue(language()).get(message, message)


def N_(message: str) -> str:  # noqa: N802 - the name gettext's tools look for
    """Mark an English message for the catalogue where it is translated only later."""
    return message


def day(value: date) -> str:
    """Return a date as people here write it: ``31/12/2024``."""
    return str(format_date(value, "dd/MM/yyyy", locale=language()))


class Numeral(str):
    """A number as people write it, which a message can ask for with the words that follow it.

    ``{n:site|sites}`` becomes “1 site” or “2 sites”: English counts so, Vietnamese does not.
    """

    __slots__ = ()

    def __format__(self, words: str) -> str:
        """Return the number, and of two words parted by "|" the one that goes with it."""
        one, parted, many = words.partition("|")
        return f"{self!s} {one if self == '1' else many}" if parted else format(str(self), words)


def number(value: float, decimals: int = 0) -> str:
    """Return a number with decimal comma and thousands point: ``1.622,4``; English ``1,622.4``."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return Numeral(format_decimal(value, pattern, locale=language()))


def share(yes: int, total: int, threshold: Fraction | None = None) -> str:
    """Return a share as people write it, such as ``69,2%``; empty for a share of nothing.

    One decimal, rounded half up, but never onto or across the threshold from either side:
    16 of 23 is not 70 %.
    """
    if total == 0:
        return ""
    exact = Fraction(yes, total)
    tenths = int(exact * 1000 + Fraction(1, 2))
    if threshold is not None and exact < threshold <= Fraction(tenths, 1000):
        tenths = int(exact * 1000)
    return number(tenths / 10, 1) + "%"
