"""What a site was when, as lines on a screen. Not here: what follows (``register.lifecycle``)."""

import pandas as pd

from geodata.reading.passport_words import decision_text, since_text
from geodata.register import vocabulary
from geodata.register.lifecycle import Statement
from pages.parts.shared.words import links, plain


def line(statement: Statement, site: pd.Series) -> str:
    """Return one statement: the state, from which day on, by which decision, and its source.

    A source that the site as a whole names is not said again.
    """
    state = vocabulary.state_label(statement.state)
    parts = [
        f"**{plain(state)}** {since_text(statement)}".rstrip(),
        plain(decision_text(statement)),
    ]
    known = [] if pd.isna(site["source"]) else str(site["source"]).split()
    if own := " ".join(word for word in statement.source.split() if word not in known):
        parts.append(links(own) or plain(statement.source))
    return " · ".join(part for part in parts if part)
