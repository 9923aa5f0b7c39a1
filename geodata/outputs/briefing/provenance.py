"""All that a file says of where it comes from: issuer, maker, days, plan, version, sources.

Not here: the parts of it (``reading.imprint``, ``reading.briefing``).
"""

from geodata.core.text import _, day
from geodata.outputs.figure import source_text
from geodata.reading.briefing import Briefing

_GROUP = 8  # signs of a seal, to be read and typed


def provenance(briefing: Briefing) -> tuple[str, ...]:
    """Return the facts on one line, then the sources; the day of knowledge is always named."""
    facts = [*briefing.imprint.facts, *briefing.facts]
    made = briefing.imprint.made_at
    if made and not briefing.known_at:
        words = _("By the records entered up to {known_at}")
        facts.append(words.format(known_at=day(made.date())))
    if seal := briefing.imprint.seal:
        groups = [seal[at : at + _GROUP] for at in range(0, len(seal), _GROUP)]
        facts.append(_("Seal {seal}").format(seal=" ".join(groups)))
    return (" · ".join(facts), source_text(briefing))
