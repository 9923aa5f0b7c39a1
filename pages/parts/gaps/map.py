"""What the map is told on the screen of gaps: shaded units, the target's sites, an area.

Not here: the map itself (``map.view``).
"""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from geodata.core.text import _, number
from geodata.reading.labels import shade_label, status_label
from geodata.reading.legend import legend
from geodata.reading.symbology import SHADES
from geodata.reading.view import View, within
from geodata.rules.plan import Plan
from geodata.rules.targets import YES
from pages.parts.gaps import data as gap_data
from pages.parts.gaps.data import Gaps
from pages.parts.shared.data import Data, every_status, target_on

KEY = "map_gaps"
_SHARED = ("met", "near", "far", "zero")  # the shades of units that have a share


def looked_at(plan: Plan, view: View) -> View:
    """Return the view of the map: sites that are a gap, or may be one, as the target has them."""
    every = gap_data.reasons(view.axis)
    some = tuple(key for key in every if key in view.statuses)
    return replace(gap_data.counted(plan, view), statuses=some or every)


def target_legend(data: Data, plan: Plan, view: View) -> dict[str, Any]:
    """Return the legend of the sites that the target is about, on the day that it counts."""
    shown = looked_at(plan, view)
    words = legend(data.register, every_status(data, plan, shown.as_of), shown, data.sites)
    words["title"] = _("Legend")
    _only_drawn(words, gap_data.reasons(view.axis))
    may_count = target_on(view.axis, data, plan, view.as_of).open.index
    if n := len(may_count.intersection(within(data.register, shown).index)):
        note = _("Of these {n} sites are not known to belong to the denominator")
        words["notes"].insert(1, note.format(n=number(n)))
    return words


def _only_drawn(words: dict[str, Any], reasons: Collection[str]) -> None:
    """Leave in a legend the groups that this map draws; a note counts the others."""
    for block in words["groups"]:
        others = [row for row in block["rows"] if row["key"] not in reasons]
        block["parts"] = [part for part in block["parts"] if set(part["keys"]) & set(reasons)]
        if counts := [f"{row['label']} {number(row['count'])}" for row in others if row["count"]]:
            note = _("Counted and not drawn here: {counts}")
            words["notes"].insert(1, note.format(counts="; ".join(counts)))


def payload(data: Data, plan: Plan, gaps: Gaps, view: View) -> dict[str, Any]:
    """Return what the page is told beside the view: shades, their legend, and the area drawn."""
    shades = gaps.units["shade"].dropna()
    numbers = shades.value_counts()
    words = target_legend(data, plan, view)
    done = status_label(view.axis, YES[view.axis][0])
    words["shades"] = {
        "title": _("Share of a unit: {status}; target {share}").format(
            status=done.lower(), share=gap_data.percent(gaps.threshold)
        ),
        "rows": [
            {"shade": name, "label": shade_label(name), "count": int(numbers.get(name, 0))}
            for name in SHADES
        ],
    }
    return {
        "shades": {str(code): str(name) for code, name in shades.items() if code},
        "notes": {
            str(code): f"{number(row['yes'])}/{number(row['sites'])}"
            for code, row in gaps.units[gaps.units["shade"].isin(_SHARED).to_numpy()].iterrows()
        },
        "legend": words,
        "every": list(gap_data.reasons(view.axis)),
        "draw": True,
        "area": view.area,
    }
