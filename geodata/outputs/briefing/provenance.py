"""All that a file says of where it comes from: issuer, maker, days, plan, version, sources.

Not here: the parts of it (``reading.imprint``, ``reading.briefing``).
"""

from geodata.core.text import _
from geodata.outputs.figure import source_text
from geodata.reading.briefing import Briefing, knowledge

_GROUP = 8  # signs of a seal, to be read and typed


def provenance(briefing: Briefing) -> tuple[str, ...]:
    """Return the facts on one line, then the sources."""
    return (" · ".join([*origin(briefing), *briefing.facts]), source_text(briefing))


def origin(briefing: Briefing) -> tuple[str, ...]:
    """Return what is said once a file, and not at the foot of its pages: who made it and when.

    The day of knowledge is always named: where it is that of making, it stands here.
    """
    facts, made = briefing.imprint.facts, briefing.imprint.made_at
    if made and not briefing.known_at:
        facts = (*facts, *knowledge(made.date(), 0))
    if seal := briefing.imprint.seal:
        groups = [seal[at : at + _GROUP] for at in range(0, len(seal), _GROUP)]
        facts = (*facts, _("Seal {seal}").format(seal=" ".join(groups)))
    return facts
