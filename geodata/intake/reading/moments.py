"""A moment of the clock as a day in Việt Nam: 23:30 on 31/12 in UTC is already the next year here.

The one place where time zones become days. Not here: days without a clock (``judging.cells``).
"""

import re
from datetime import UTC, date, datetime
from typing import NamedTuple

from geodata.core.clock import local
from geodata.core.text import _, day

_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?",
    re.IGNORECASE,
)
_MILLISECONDS = re.compile(r"[1-3]\d{12}")  # since 1970, as programs of the web count: 2001–2096


class Moment(NamedTuple):
    """The day of a moment in Việt Nam, and a sentence how it was read; empty if it is plain."""

    day: date
    message: str


def read(text: str) -> Moment | None:
    """Return the day in Việt Nam of a moment in ISO form, None for any other text.

    A moment without a zone is taken as the clocks here show it. Midnight without a zone is how
    programs write a day, and not worth a sentence.

    Parameters
    ----------
    text
        Such as ``2024-12-31T23:30:00Z``, ``2025-01-01 06:30:00+07:00`` or ``1735687800000``.
    """
    iso = text.strip()
    if _MILLISECONDS.fullmatch(iso):
        iso = datetime.fromtimestamp(int(iso) / 1000, UTC).isoformat(timespec="seconds")
    parts = _ISO.fullmatch(iso)
    if parts is None:
        return None
    written, clock, zone = parts.groups()
    try:
        moment = datetime.fromisoformat(f"{written}T{clock}{_offset(zone)}")
        if moment.tzinfo:
            moment = local(moment.astimezone(UTC))
    except (ValueError, OverflowError):
        return None
    here = moment.date()
    if zone is None and clock.strip("0:") == "":
        return Moment(here, "")
    sentence = (
        _("“{value}” is a moment; taken as the day in Việt Nam, {day}.")
        if zone
        else _("The hour of “{value}” is left off; read as {day}.")
    )
    return Moment(here, sentence.format(value=text, day=day(here)))


def _offset(zone: str | None) -> str:
    """Return a zone as Python reads it."""
    if zone is None:
        return ""
    return zone if zone[0] in "+-" else "+00:00"
