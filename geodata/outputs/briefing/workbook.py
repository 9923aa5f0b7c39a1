"""The briefing as a workbook: every figure a formula over the list behind it.

Each formula carries the value that the briefing has, so that readers which do not calculate show
the same; XlsxWriter writes both, openpyxl cannot. Not here: what the figures are (``briefing``).
"""

from collections.abc import Mapping
from datetime import date
from math import ceil
from typing import Any

import pandas as pd

from geodata.core.progress import Listener, between, unheard
from geodata.core.text import _, day
from geodata.outputs.briefing.cover import cover
from geodata.outputs.briefing.layout import written
from geodata.outputs.briefing.lists import (
    LISTED,
    list_of,
    meanings,
    open_list,
    text_of,
    where,
    where_columns,
)
from geodata.outputs.briefing.sections import Sections, TableSection, sections
from geodata.outputs.briefing.table import Cell, Formula, Table, TableColumn
from geodata.outputs.briefing.tally import board, units
from geodata.outputs.briefing.wording import (
    NOTHING,
    axis_name,
    input_of,
    marks,
    open_head,
    sectors_head,
)
from geodata.reading.briefing import Briefing
from geodata.reading.findings import intensity_label
from geodata.reading.labels import axis_label, key_label, kind_label, reason_label, status_label
from geodata.register.lifecycle import lifecycle_on
from geodata.rules.targets import Result


def render(briefing: Briefing, listener: Listener = unheard) -> bytes:
    """Return the briefing as an XLSX workbook.

    Parameters
    ----------
    briefing : Briefing
        What is shown. The lists behind the targets hold all sites the plan asks of that may be
        named, whatever the filter; the sheet of sites holds those of the view.
    listener : callable, optional
        Told of each step before it begins.
    """
    listener(0, _("Collecting the lists behind the figures"))
    parts = sections(briefing)
    lists = {r.target.id: list_of(briefing, r) for r in briefing.results if r.target.id in LISTED}
    inputs = [_intensities(r) for r in briefing.results if "baseline_year" in r.figures]
    open_ = open_list(briefing)
    counted = board(briefing, lists, open_)
    tables = [cover(briefing, counted), counted]
    tables += [*(lists[key] for key in sorted(lists)), open_, *inputs]
    tables += [
        units(briefing, parts.units.title, lists[briefing.result.target.id], open_),
        _sites(briefing, parts.no_site),
    ]
    if parts.changes and briefing.compared_to:
        tables.append(_changes(briefing, parts.changes, briefing.compared_to))
    return written(briefing, [*tables, _notes(briefing, parts)], between(listener, 0.35, 1))


def _lifecycle(key: str) -> str:
    return _("Operating") if key == "operating" else reason_label(key)


def _intensities(result: Result) -> Table:
    """Return what the sectors use of each input, the reduction as a formula of both years."""
    heads = sectors_head(result)
    keys = ("name", "input", "baseline", "current", "reduction", "plants", "status")
    styles = ("", "", "plain", "plain", "share", "whole", "")
    widths = (24, 30, 16, 16, 12, 10, 34)
    columns = dict(zip(keys, map(TableColumn, heads, widths, styles), strict=True))
    columns["left_out"] = TableColumn(_("Plants left out"), 12, "whole")
    table = Table(_("Intensity"), f"{result.target.id}. {result.target.text}", columns)
    for sector, row in zip(result.behind.index, result.behind.to_dict("records"), strict=True):
        numbers = {key: row[key] for key in ("baseline", "current")}
        table.rows.append(
            {
                "name": str(sector),
                "input": input_of(row),
                **{key: NOTHING if n is None else float(n) for key, n in numbers.items()},
                "reduction": _reduction(table, row, result),
                "plants": _shown(row["plants"]),
                "status": intensity_label(row),
                "left_out": _shown(row["plants_left_out"]),
            }
        )
    return table


def _shown(plants: int | None) -> Cell:
    return NOTHING if plants is None else plants


def _reduction(table: Table, row: Mapping[Any, Any], result: Result) -> Cell:
    """Return the reduction; below the threshold it is kept from being shown rounded onto it."""
    exact, least = row["reduction"], result.target.threshold
    if exact is None:
        return NOTHING
    before, now = (table.at(column, len(table.rows)) for column in ("baseline", "current"))
    text, value = f"1-{now}/{before}", float(exact)
    if least is not None and exact < least:
        tenth = (ceil(1000 * least) - 1) / 1000
        text, value = f"MIN({text},{tenth})", min(value, tenth)
    return Formula(text, value)


def _sites(briefing: Briefing, none: str) -> Table:
    """Return the sites within the view; where statuses are chosen, which of them are shown."""
    view, inside = briefing.view, briefing.sites
    columns = {
        "id": TableColumn(_("Code"), 15),
        "name": TableColumn(_("Name"), 30),
        "kind": TableColumn(_("Kind"), 16),
        **where_columns(),
        "accuracy": TableColumn(_("Position accuracy (m)"), 9, "whole"),
        "lifecycle": TableColumn(_("Lifecycle"), 14),
        "outreach": TableColumn(axis_label("outreach"), 18),
        "compliance": TableColumn(axis_label("compliance"), 18),
        "stage": TableColumn(axis_label("stage"), 11),
        # A long list of addresses stays on its line, cut off by a column that is never empty.
        "source": TableColumn(_("Source"), 24, "long"),
        "counts": TableColumn(_("Counts for the target as"), 12),
    }
    if view.statuses:
        columns["shown"] = TableColumn(_("In the view"), 9)
    table = Table(
        _("Sites"), _("Sites in view – {axis}").format(axis=axis_label(view.axis)), columns
    )
    lives = lifecycle_on(inside, view.as_of)
    listed = set(briefing.listed.index)
    counts_as = _counted_as(briefing.result)
    # Those in view first; otherwise in the register's order.
    order = sorted(inside.index, key=lambda key: key not in listed)
    places: dict[Any, Any] = inside.to_dict("index")
    statuses: dict[Any, Any] = briefing.status.astype(object).to_dict("index")
    for key in order:
        row: dict[str, Cell] = _site(places[key], statuses[key])
        row["lifecycle"] = _lifecycle(lives[key])
        row["counts"] = counts_as.get(key, meanings()[""])
        table.rows.append(row | {"shown": _("yes") if key in listed else _("no")})
    if not table.rows:
        table.rows.append({"name": none})
    return table


def _counted_as(result: Result) -> dict[Any, str]:
    """Return by id what each site counts as for a target, where it counts or may."""
    counts_as = meanings()
    counted = result.counted["part"].map(counts_as).to_dict()
    return counted | dict.fromkeys(result.open.index, open_head())


def _site(place: Mapping[Any, Any], status: Mapping[Any, Any]) -> dict[str, Cell]:
    """Return the line of a site: what the register and the evidence say of it."""
    model, accuracy = place["kind"] == "pilot_model", place["position_accuracy_m"]
    return {
        "id": place["id"],
        "name": text_of(place["name_vi"]),
        "kind": kind_label(place["kind"]),
        **where(place),
        "outreach": NOTHING if model else status_label("outreach", status["outreach"]),
        "compliance": NOTHING if model else status_label("compliance", status["compliance"]),
        "stage": status_label("stage", status["stage"]) if model else NOTHING,
        "accuracy": None if pd.isna(accuracy) else accuracy,
        "source": text_of(place["source"]),
    }


def _changes(briefing: Briefing, part: TableSection, earlier: date) -> Table:
    """Return which sites changed their status, and the evidence that made it."""
    columns = {
        "id": TableColumn(_("Code"), 17),
        "name": TableColumn(_("Name"), 40),
        "axis": TableColumn(_("Axis"), 20),
        "before": TableColumn(_("Before"), 30),
        "after": TableColumn(_("Now"), 30),
        "evidence": TableColumn(_("Evidence"), 40),
    }
    title = _("Changes since {earlier}").format(earlier=day(earlier))
    table = Table(_("Changes"), ". ".join((title, *part.notes)), columns)
    for row in briefing.changes.to_dict("records"):
        table.rows.append(
            {
                "id": row["site"],
                "name": text_of(row["name"]),
                "axis": axis_name(row["axis"], row["after"]),
                "before": key_label(row["axis"], row["before"]),
                "after": key_label(row["axis"], row["after"]),
                "evidence": text_of(row["evidence"]) or _("the passing of time, or the register"),
            }
        )
    if not table.rows:
        table.rows.append({"name": part.empty})
    return table


def _notes(briefing: Briefing, parts: Sections) -> Table:
    """Return what the figures are of, what they say, and how each is counted."""
    columns = {"about": TableColumn(_("About"), 28, "term"), "text": TableColumn(_("Text"), 110)}
    plan = briefing.plan
    window = _("{start} to {end}").format(start=day(plan.window.start), end=day(plan.window.end))
    shown = [
        *briefing.facts,
        *parts.narrowed,
        parts.total,
        _("Plan's window: {window}").format(window=window),
    ]
    shown += filter(None, (parts.closed, *marks(briefing)))
    table = Table(_("Notes"), _("Notes and method"), columns)
    groups = [(_("What is shown"), shown), (parts.findings_title, parts.findings)]
    groups += [(_("Method"), _method())]
    groups += [
        (f"{r.target.id}. {line.name}", (r.target.text, *line.notes))
        for r, line in zip(briefing.results, briefing.board, strict=True)
    ]
    for about, texts in groups:
        for n, text in enumerate(texts):
            table.rows.append({"about": "" if n else about, "text": text})
    return table


def _method() -> tuple[str, ...]:
    """Return how the figures come about, in short."""
    return (
        _("Board: each figure is counted by formula from the list on its target's sheet."),
        _("Numerator: verified by evidence of grade A or B; unknown is neither yes nor no."),
        _("At most: numerator and all unknown together."),
        _("Share: numerator by denominator; below the threshold no rounding shows it as reached."),
        _("Met, in whole numbers: the numerator reaches the threshold of the denominator."),
        _("Not met: all unknown together would not reach it. Undetermined: in between."),
        _("Undefined: there is no denominator. Short: how many more the numerator needs."),
        _("Not known whether in the denominator: counted apart; a verdict holds either way."),
        _("Units: counted from the list of their target, which is their sum."),
        _("A number added in a formula counts sites that are not named."),
        _("Lists of targets and units: all sites the plan asks of. Sites: what the view holds."),
    )
