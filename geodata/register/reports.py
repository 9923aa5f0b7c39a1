"""Reports from the public: what one says of a site, how much of it, and how long it is kept.

A report is a hint to look, never evidence. Pure. Not here: how it is handed over
(``intake.spool``), where it is kept (``store.inbox``), what it is called (``reading.labels``).
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from geodata.core.errors import DataError
from geodata.core.text import _, number

TOPICS = ("place", "name", "kind", "status", "closed", "other")
"""What may be wrong: the first thing a steward sorts by."""

STATES = ("new", "looking", "mended", "unmended", "dropped")
ANSWERED = ("mended", "unmended")
"""Where a report stands; one that is dropped was none, such as an advertisement."""

LEAST_WORDS, MOST_WORDS, MOST_CONTACT, MOST_ANSWER = 3, 2000, 200, 500
MOST_PHOTO = 1024 * 1024

KEPT_ANSWERED = timedelta(days=90)
"""So long after its answer words, contact and photo stay: whoever asks back does it by then …"""
KEPT = timedelta(days=365)
"""… and so long after it was sent, answered or not: what nobody looked at in a year nobody will."""

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Of numbers: none that is taken for another when it is read out over the telephone."""
LENGTH = 10

_NUMBER = re.compile(f"[{LETTERS}]{{{LENGTH}}}")


@dataclass(frozen=True)
class PublicReport:
    """What somebody says of a site; `contact` is empty for who does not want an answer."""

    site: str
    topic: str
    words: str
    contact: str = ""


@dataclass(frozen=True)
class PublicAnswer:
    """What the office answered to a report: days in Việt Nam, and a sentence."""

    sent: date
    answered: date
    mended: bool
    sentence: str


@dataclass(frozen=True)
class Reported:
    """What the public sees of the reports on a site; the newest answer comes first."""

    waiting: int
    answers: tuple[PublicAnswer, ...]


NOTHING_REPORTED = Reported(0, ())


def checked(site: str, topic: str, words: str, contact: str = "") -> PublicReport:
    """Return a report as it is kept: text alone, without signs that nobody sees.

    Raises
    ------
    DataError
        If something is missing or too long.
    """
    if topic not in TOPICS:
        raise DataError(_("Choose what is wrong."))
    said_of, own, reached = cleaned(site), cleaned(words), cleaned(contact)
    if len(own) < LEAST_WORDS:
        raise DataError(_("Say in your own words what is wrong; a sentence is enough."))
    if len(own) > MOST_WORDS:
        sentence = _("This is longer than {n} characters; leave out what is not needed.")
        raise DataError(sentence.format(n=number(MOST_WORDS)))
    if len(reached) > MOST_CONTACT:
        sentence = _("How to reach you is longer than {n} characters; one way is enough.")
        raise DataError(sentence.format(n=number(MOST_CONTACT)))
    return PublicReport(said_of, topic, own, " ".join(reached.split()))


def answered(sentence: str) -> str:
    """Return an answer as the public reads it: one line.

    Raises
    ------
    DataError
        If it is missing or too long.
    """
    line = " ".join(cleaned(sentence).split())
    if not line:
        raise DataError(_("Write a sentence for the public; it stands beside the answer."))
    if len(line) > MOST_ANSWER:
        wording = _("The answer is longer than {n} characters; say it shorter.")
        raise DataError(wording.format(n=number(MOST_ANSWER)))
    return line


def cleaned(text: str) -> str:
    """Return text without control signs and marks that turn the line; lines stay lines."""
    lines = unicodedata.normalize("NFC", text).splitlines()
    seen = ("".join(" " if unicodedata.category(c)[0] == "C" else c for c in one) for one in lines)
    joined = "\n".join(" ".join(line.split()) for line in seen)
    return re.sub(r"\n{3,}", "\n\n", joined).strip()


def is_number(text: str) -> bool:
    """Say whether a text is a number as reports have it."""
    return _NUMBER.fullmatch(text) is not None


def spelled(number_of: str) -> str:
    """Return a number as people read it: ``K7M4Q-2XB9R``."""
    half = LENGTH // 2
    return f"{number_of[:half]}-{number_of[half:]}"
