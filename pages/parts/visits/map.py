"""What the map is told on the screen of visits: numbered venues, their reach, the sites covered.

Not here: the map itself (``map.view``).
"""

from dataclasses import replace
from typing import Any

from geodata.core.text import _
from geodata.planning.scenario import Prepared
from geodata.planning.visits import Solution
from geodata.planning.words import to_words
from geodata.reading.view import View
from geodata.rules.plan import Plan
from pages.parts.gaps import map as gap_map
from pages.parts.gaps.data import reasons
from pages.parts.shared.data import Data
from pages.parts.shared.private import recalled

KEY = "map_visits"
_KM = 1000


def looked_at(plan: Plan, view: View) -> View:
    """Return the view of the map: the open sites and no others, whichever unit is chosen."""
    return replace(gap_map.looked_at(plan, view), site=None)


def payload(
    data: Data, plan: Plan, view: View, answer: tuple[Prepared, Solution] | None
) -> dict[str, Any]:
    """Return what the page is told beside the view."""
    words = gap_map.target_legend(data, plan, view)
    seen = {"legend": words, "every": list(reasons(view.axis))}
    if answer is None:
        return seen
    ready, choice = answer
    words["notes"] = [_("Numbered: a venue chosen. Shaded: a site it covers."), *words["notes"]]
    round_ = not ready.scenario.distances
    if round_:
        words["notes"].insert(1, _("Circles: the radius, straight across the land."))
    at = ready.venues.geometry
    picks = [
        [at[v].y, at[v].x, number, round_ and str(ready.venues["source"][v])[:5] != "whole"]
        for number, v in enumerate(choice.venues, start=1)
        if at[v] is not None
    ]
    return {
        **seen,
        "visits": {
            "radius": ready.scenario.radius_km * _KM,
            "picks": picks,
            "covered": list(choice.sites),
            **recalled(to_words(ready.scenario)),
        },
    }
