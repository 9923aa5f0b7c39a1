"""The legend as data: which rows, in which words, with which counts.

Not here: how it is drawn (``assets/legend.js``), or the counting (``geodata.reading.view``).
"""

from typing import Any

import pandas as pd

from geodata.core.text import _, number
from geodata.reading import labels
from geodata.reading.view import STAGE, View, counts, unplaced, within
from geodata.register.sites import KINDS, uncertain


def legend(
    sites: pd.DataFrame, status: pd.DataFrame, view: View, shown: pd.DataFrame | None = None
) -> dict[str, Any]:
    """Return the legend of a view: all statuses with counts that add up to all its sites.

    Parameters
    ----------
    sites, status : DataFrame
        The whole register and `status.status_of`, indexed alike by site id.
    view : View
        What is shown.
    shown : DataFrame, optional
        The sites that may be named, where it is not all: the others are counted, not drawn.
    """
    inside = within(sites, view)
    drawn = inside if shown is None else inside[inside.index.isin(shown.index)]
    unnamed = len(inside) - len(drawn)
    kinds = [kind for kind in KINDS if (inside["kind"] == kind).any()]
    models = "pilot_model" in kinds
    groups = _groups(counts(sites, status, view), view, models=models)
    missing = len(unplaced(drawn)) + unnamed
    notes = [
        _("Total: {n} sites, {m} not on the map").format(n=number(len(inside)), m=number(missing))
    ]
    if unnamed:
        notes.append(_("Of these {n} sites are counted and not named").format(n=number(unnamed)))
    if uncertain(drawn).any():
        notes.append(_("Dashed outline: position known only to the commune"))
    return {
        "title": _("Legend – {axis}").format(axis=labels.axis_label(view.axis)),
        "groups": groups,
        "kinds": [{"kind": kind, "label": labels.kind_label(kind)} for kind in kinds],
        "notes": notes,
    }


def _groups(numbers: pd.Series, view: View, *, models: bool) -> list[dict[str, Any]]:
    """Return the rows of the axis, and those of the stages if there are models."""
    statuses = [key for key in numbers.index if not key.startswith(STAGE)]
    groups = [{"title": "", "rows": [_row(view.axis, key, numbers, view) for key in statuses]}]
    if models:
        stages = [key for key in numbers.index if key.startswith(STAGE)]
        rows = [_row("stage", key, numbers, view) for key in stages]
        groups.append({"title": labels.axis_label("stage"), "rows": rows})
    return groups


def _row(axis: str, key: str, numbers: pd.Series, view: View) -> dict[str, Any]:
    """Return one row of the legend."""
    status = key.removeprefix(STAGE)
    return {
        "key": key,
        "axis": axis,
        "status": status,
        "label": labels.status_label(axis, status),
        "count": int(numbers[key]),
        "on": not view.statuses or key in view.statuses,
    }
