"""What a site was when, as lines on a screen. Not here: what follows (``register.lifecycle``)."""

import pandas as pd

from geodata.core.text import _, day
from geodata.register import vocabulary
from geodata.register.lifecycle import Statement
from pages.parts.shared.words import links, plain


def line(statement: Statement, site: pd.Series) -> str:
    """Return one statement: the state, from which day on, by which decision, and its source.

    A source that the site as a whole names is not said again.
    """
    state = vocabulary.state_label(statement.state)
    parts = [f"**{plain(state)}** {_since(statement)}".rstrip(), _decision(statement)]
    known = [] if pd.isna(site["source"]) else str(site["source"]).split()
    if own := " ".join(word for word in statement.source.split() if word not in known):
        parts.append(links(own) or plain(statement.source))
    return " · ".join(part for part in parts if part)


def _since(statement: Statement) -> str:
    if statement.since:
        return _("from {day}").format(day=day(statement.since))
    return "" if statement.state == "unknown" else _("(no day given)")


def _decision(statement: Statement) -> str:
    """Return the number and the day of the decision a statement rests on, as far as it has them."""
    if not statement.decision:
        return ""
    number = plain(statement.decision)
    if statement.decision_date is None:
        return _("decision {number}").format(number=number)
    words = _("decision {number} of {day}")
    return words.format(number=number, day=day(statement.decision_date))
