"""The legend as data: which rows, in which words, with which counts.

Not here: how it is drawn (``assets/legend.js``), or the counting (``geodata.reading.view``).
"""

from dataclasses import replace
from typing import Any

import pandas as pd

from geodata.core.lookup import is_in
from geodata.core.text import _, number
from geodata.reading import labels, symbology
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
    kinds = [kind for kind in KINDS if (inside["kind"] == kind).any()]
    models = "pilot_model" in kinds
    return {
        "title": _("Legend – {axis}").format(axis=labels.axis_label(view.axis)),
        "groups": _groups(counts(sites, status, view), view, models=models),
        "kinds": [{"kind": kind, "label": labels.kind_label(kind)} for kind in kinds],
        "notes": _notes(inside, shown),
    }


def inventory(
    sites: pd.DataFrame, entries: pd.Series, view: View, shown: pd.DataFrame
) -> dict[str, Any]:
    """Return the legend of what is where: the kinds with their counts, and what else a symbol says.

    Parameters
    ----------
    sites : DataFrame
        The whole register.
    entries : Series
        As from `inventory.entries`, of the same sites.
    view, shown
        As in `legend`.
    """
    every, inside = within(sites, replace(view, kinds=())), within(sites, view)
    of_kind = every["kind"].value_counts()
    here = entries[inside.index].astype("string")
    drawn_so = {
        "recorded": here.isin(symbology.RECORDED),
        "idle": here.str.startswith("idle"),
    }
    notes = _notes(inside, shown)
    if inside["area_ha"].ge(symbology.SIZES_HA[0]).any():
        small, large = map(number, symbology.SIZES_HA)
        words = _("Larger symbols: from {small} ha, from {large} ha")
        notes.append(words.format(small=small, large=large))
    return {
        "title": _("Legend – {axis}").format(axis=labels.inventory_label()),
        "groups": [],
        "things": [
            {
                "kind": kind,
                "label": labels.kind_label(kind),
                "count": int(of_kind[kind]),
                "on": not view.kinds or kind in view.kinds,
            }
            for kind in KINDS
            if kind in of_kind
        ],
        "signs": [
            {"entry": entry, "label": label, "count": int(drawn_so[entry].sum())}
            for entry, label in signs().items()
        ],
        "kinds": [],
        "notes": notes,
    }


def signs() -> dict[str, str]:
    """Return what a symbol says beside its kind, by the entry that shows it."""
    return {
        "recorded": _("Dot in the middle: has public evidence"),
        "idle": _("Pale: planned, or not at work"),
    }


def spare(words: dict[str, Any]) -> dict[str, Any]:
    """Return of a legend what the map page has not got itself: counts without labels and groups."""
    slim = {"groups": [_spare_block(block) for block in words["groups"]]}
    for name, column in (("kinds", "kind"), ("things", "kind"), ("signs", "entry")):
        if name in words:
            slim[name] = _only(words[name], (column, "count"))
    return {**words, **slim}


def _spare_block(block: dict[str, Any]) -> dict[str, Any]:
    """Return a block without its groups, which the page puts together again from what is drawn."""
    among = {key for part in block["parts"] for key in part["keys"]}
    rows = [row if row["key"] in among else {**row, "drawn": False} for row in block["rows"]]
    return {
        **{name: block[name] for name in ("title", "axis", "empty")},
        "rows": _only(rows, ("key", "count", "drawn")),
    }


def _only(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> list[dict[str, Any]]:
    return [{name: row[name] for name in columns if name in row} for row in rows]


def _notes(inside: pd.DataFrame, shown: pd.DataFrame | None) -> list[str]:
    """Return how many sites there are, on the map and off it, and what a dashed outline is."""
    drawn = inside if shown is None else inside[is_in(inside.index, shown.index)]
    unnamed = len(inside) - len(drawn)
    missing = len(unplaced(drawn)) + unnamed
    notes = [
        _("Total: {n:site|sites}, {m} not on the map").format(
            n=number(len(inside)), m=number(missing)
        )
    ]
    if unnamed:
        notes.append(
            _("Of these {n:site is|sites are} counted and not named").format(n=number(unnamed))
        )
    if uncertain(drawn).any():
        notes.append(_("Dashed outline: position known only to the commune"))
    return notes


def _groups(numbers: pd.Series, view: View, *, models: bool) -> list[dict[str, Any]]:
    """Return the rows of the axis, and those of the stages if there are models."""
    statuses = [key for key in numbers.index if not key.startswith(STAGE)]
    blocks = [_block("", view.axis, [_row(view.axis, key, numbers, view) for key in statuses])]
    if models:
        stages = [key for key in numbers.index if key.startswith(STAGE)]
        rows = [_row("stage", key, numbers, view) for key in stages]
        blocks.append(_block(labels.axis_label("stage"), "stage", rows))
    return blocks


def _block(title: str, axis: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the rows of an axis in the order of its groups, and the groups with their sums."""
    parts, ordered = [], []
    for group, among in symbology.GROUPS[axis].items():
        inside = [row for row in rows if row["status"] in among]
        ordered += inside
        parts.append(
            {
                "label": labels.group_label(axis, group),
                "keys": [row["key"] for row in inside],
                "count": sum(row["count"] for row in inside),
            }
        )
    empty = sum(not row["count"] for row in rows)
    none = _("{n} statuses without a site").format(n=number(empty)) if empty else ""
    return {"title": title, "axis": axis, "rows": ordered, "parts": parts, "empty": none}


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
