"""How figures are counted, in sentences that the screen and the files share.

Pure. Not here: the counting (``rules.targets``), or the rules of a status (``reading.passport``).
"""

from geodata.core.text import _


def counting() -> tuple[str, ...]:
    """Return who belongs to a denominator, how a verdict is found, and that all sites count."""
    return (
        _(
            "In the denominator: established or recognised by a decision and operating on the "
            "day counted. Out: planned, suspended, closed or not recognised. If one of the two "
            "is not known, the site is neither in nor out; it is counted beside."
        ),
        _("A count is shown as x/N (%), then how many sites are not known to belong to it."),
        _(
            "Met: even if every such site that is not a verified yes belonged to it. Not met: "
            "not even if everything unknown turned out well. Else nothing can be concluded."
        ),
        _("The units add up to the target; sites of no known unit stand in a row of their own."),
        _("Private sites are counted like all others; they are only not named in public."),
    )
