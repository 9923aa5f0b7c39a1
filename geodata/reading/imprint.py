"""Where a file comes from: the issuing body, who made it and when, its view and its name.

Pure. Not here: what the letterhead is (``people.letterhead``), or the view's words (``address``).
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import urlencode

from geodata.core.names import fold
from geodata.core.text import _, day
from geodata.people.letterhead import Letterhead
from geodata.reading.address import to_query
from geodata.reading.labels import axis_label
from geodata.reading.view import View

SCREEN = "bao-cao"  # of the briefing, where its address ends


@dataclass(frozen=True)
class Imprint:
    """Who issues a file, who made it and when (as the clocks in Việt Nam show it), and its link.

    `seal` is that of the data, which proves on paper what the store held. Each is empty where it
    is not known: a file of a public page has no maker.
    """

    letterhead: Letterhead = field(default_factory=Letterhead)
    maker: str = ""
    made_at: datetime | None = None
    link: str = ""
    seal: str = ""

    @property
    def facts(self) -> tuple[str, ...]:
        """What is said of it in words, part by part."""
        made = self.made_at
        parts = (
            (self.letterhead.body, _("Issued by: {name}")),
            (self.maker, _("Made by: {name}")),
            (f"{made:%H:%M}, {day(made.date())}" if made else "", _("Made at {name}")),
        )
        return tuple(words.format(name=name) for name, words in parts if name)


def link(view: View, letterhead: Letterhead) -> str:
    """Return the address at which a view's briefing stands; nothing without a public address.

    The day looked at is always named: on paper an address has to mean the same next year.
    """
    if not letterhead.address:
        return ""
    words = to_query(view, date.min)
    return f"{letterhead.address.rstrip('/')}/{SCREEN}?{urlencode(words)}"


def stem(view: View, unit: str) -> str:
    """Return what the name of a view's file says: unit by its name, axis, day.

    Only letters that every system and every mail keeps.
    """
    words = (fold(unit), fold(axis_label(view.axis)), view.as_of.isoformat())
    return "-".join(filter(None, words)).replace(" ", "-")
