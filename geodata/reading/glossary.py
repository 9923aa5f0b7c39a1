"""The terms of screens and pages, each with its meaning: one source wherever they are explained.

Pure. Not here: what a status or a kind of site is called (``labels``), or the rules
(``reading.method``, ``reading.passport``).
"""

from geodata.core.text import N_, _

_TERMS = {
    "site": (
        N_("Site"),
        N_("A place of the register: a park, cluster, craft village, shop or model."),
    ),
    "evidence": (
        N_("Evidence"),
        N_("A dated record of who held or checked what; it is kept, never rewritten."),
    ),
    "outreach": (
        N_("Outreach"),
        N_("Whether an event on the subject reached the site in the period."),
    ),
    "compliance": (
        N_("Compliance"),
        N_("Whether a check found the criteria of the site's profile met."),
    ),
    "stage": (
        N_("Stage of pilot models"),
        N_("How far a pilot model has come: being built, in use, taken up elsewhere."),
    ),
    "no_data": (
        N_("No data"),
        N_("No usable record speaks of it. Not known does not mean not done."),
    ),
    "denominator": (
        N_("Denominator"),
        N_("The sites that surely count towards a target: founded by a decision and at work."),
    ),
    "open": (
        N_("Not known whether it counts"),
        N_("A decision or the state is missing; the site stands beside the denominator."),
    ),
    "grade": (
        N_("Grade"),
        N_("How strong a record is: A and B count as verified, C as reported, D never."),
    ),
    "as_of": (
        N_("As of"),
        N_("The day in the world that is looked at; later events do not count."),
    ),
    "undetermined": (
        N_("Undetermined"),
        N_("What is not known could still turn the answer either way."),
    ),
}
FIGURES = ("denominator", "open", "no_data", "undetermined")
"""What the figure of a target speaks of."""
LEGEND = ("site", "evidence", "outreach", "compliance", "no_data")
"""What the legend of the map speaks of."""
SITE = ("evidence", "grade", "no_data")
"""What is said of one site on either axis speaks of."""


def glossary(*terms: str) -> list[tuple[str, str]]:
    """Return terms with their meaning, in the language spoken; all of them where none is named."""
    return [(_(name), _(meaning)) for name, meaning in map(_TERMS.__getitem__, terms or _TERMS)]
