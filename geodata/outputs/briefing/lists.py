"""The lists behind the targets: what is in, what is out and why, and what may count.

Not here: the figures counted from them (``tally``).
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import pandas as pd

from geodata.core.lookup import is_in
from geodata.core.text import _
from geodata.geography.units import load_legacy_communes
from geodata.outputs.briefing.table import Cell, Formula, Table, TableColumn
from geodata.outputs.briefing.wording import (
    NOTHING,
    axis_of,
    keeper,
    missing_text,
    open_head,
    open_results,
    status_on_list,
)
from geodata.reading.briefing import Briefing
from geodata.reading.labels import kind_label, reason_label, sector_label, status_label
from geodata.reading.view import UNIT_COLUMN
from geodata.rules import intensity
from geodata.rules.targets import UNKNOWN, YES, Result

LISTED = ("T1", "T2", "T3", "T4", "T5", "T6", "T7")
_OF_SITES = ("T3", "T4", "T6")
_PLACE = ("name_vi", "kind", "lat", "lon", "commune_legacy", *UNIT_COLUMN.values())
COUNTED_SITES = ("T3", "T6")  # of which each site is a part of the count, or may be


def group_of(result: Result, *, inside: bool) -> str:
    """Return what stands beside a row of a list: whether it is in the denominator."""
    if result.count and result.count.total is None:
        return _("Considered") if inside else _("Not considered")
    return _("In the denominator") if inside else _("Outside the denominator")


def meanings() -> dict[str, str]:
    """Return what a row of a list may count as."""
    return {
        "yes": _("Numerator"),
        "unknown": _("Unknown"),
        "no": _("No"),
        "": _("Not counted"),
    }


def figure_label(figure: str) -> str:
    """Return what one of the further figures counts."""
    return {
        "median_days": _("Median days from the central document to the provincial one"),
        "provincial_documents": _("Provincial documents issued in the plan's window"),
        "enterprises": _("Enterprises present, of all at the sites with both numbers"),
        "replications": _("Replications of models (verified)"),
        "replications_reported": _("Replications of models (only reported)"),
        "convenience_stores": _("Convenience stores on the register, outside the target"),
    }[figure]


def _status_of(result: Result, row: pd.Series) -> str:
    """Return what the status of a row of a target's list is called."""
    if result.target.id in COUNTED_SITES:
        return status_on_list(result, row)
    return status_text(result, str(row["status"]))


def status_text(result: Result, status: str) -> str:
    """Return what a status on a target's list is called."""
    own = _own_statuses().get(result.target.id, {})
    return own[status][0] if status in own else status_label(axis_of(result), status)


def _own_statuses() -> dict[str, dict[str, tuple[str, str]]]:
    """Return what statuses of a target's own are called, and what they count as."""
    yes, unknown = intensity.YES, intensity.UNKNOWN
    return {
        "T1": {
            "answered": (_("A provincial document implements it"), "yes"),
            "open": (_("No provincial document yet"), "no"),
        },
        "T2": {
            key: (sector_label(key), "yes" if key in yes else "unknown" if key in unknown else "no")
            for key in intensity.STATUSES
        },
        "T4": {
            "applied": (_("Applied in the plan's window"), "yes"),
            "reported": (_("Applied, only reported"), "unknown"),
            "unsettled": (_("No data"), "unknown"),
            "not-applied": (_("Not applied yet"), "no"),
        },
        "T5": {
            "reached": (_("Has organised outreach"), "yes"),
            "lapsed": (_("Organised in an earlier period only"), "unknown"),
            "not-reached": (_("Has not organised (confirmed)"), "no"),
        },
        "T7": {
            "taught": (_("Teaches it (verified)"), "yes"),
            "reported": (_("Says it teaches it"), "unknown"),
        },
    }


def _meaning_of(result: Result, row: pd.Series) -> str:
    """Return what a row of a target's list counts as."""
    if result.target.id in COUNTED_SITES:
        return meanings()[row["part"]]
    return meaning(result, str(row["status"]))


def meaning(result: Result, status: str) -> str:
    """Return what a status on a target's list counts as."""
    axis, own = axis_of(result), _own_statuses().get(result.target.id, {})
    if status in own:
        return meanings()[own[status][1]]
    part = "yes" if status in YES[axis] else "unknown" if status in UNKNOWN[axis] else "no"
    return meanings()[part]


def list_of(briefing: Briefing, result: Result) -> Table:
    """Return what a target was counted from: what is in, what is out and why, what stands by."""
    target = result.target
    table = Table(target.id, f"{target.id}. {target.text}", _list_columns(result))
    names = _names(briefing, result)
    for key, row in result.counted.iterrows():
        table.rows.append(
            {
                **names(str(key)),
                "group": group_of(result, inside=True),
                "status": _status_of(result, row),
                "counts": _meaning_of(result, row),
                **_extra(result, str(key), row, len(table.rows), table),
            }
        )
    table.rows += _beside(result, names)
    return table


def _beside(result: Result, names: Callable[[str], dict[str, Cell]]) -> list[dict[str, Cell]]:
    """Return what is on a target's list without counting for it, and why."""
    rows = []
    # Firms stand in columns of their own, beside the sites they are at; so does intensity.
    apart = result.behind["figure"].isin(["enterprises", "intensity"]).to_numpy()
    behind = result.behind[~apart]
    outside = group_of(result, inside=False)
    for frame, column, group, label in (
        (result.left_out, "reason", outside, reason_label),
        (behind, "figure", _("Further figures"), figure_label),
    ):
        for key, row in frame.iterrows():
            name = {"name": str(row["name"])} if pd.notna(row.get("name")) else {}
            cells = {"group": group, "reason": label(str(row[column]))}
            rows.append({**names(str(key)), **name, **cells, "counts": meanings()[""]})
    return rows


def open_list(briefing: Briefing) -> Table:
    """Return the sites that may count for a target or not, with what is missing to say so."""
    columns = {
        "target": TableColumn(_("Target"), 8),
        "id": TableColumn(_("Code"), 17),
        **_place_columns(),
        "status": TableColumn(_("Status"), 28),
        "counts": TableColumn(_("Would count as"), 12),
        "missing": TableColumn(_("What is missing"), 34),
        "keeper": TableColumn(_("Who would know"), 26),
    }
    table = Table(_("Open"), open_head(), columns)
    for result in open_results(briefing):
        names = _names(briefing, result)
        kinds = briefing.register["kind"].reindex(result.open.index)
        for key, row in result.open.iterrows():
            table.rows.append(
                {
                    "target": result.target.id,
                    **names(str(key)),
                    "status": status_on_list(result, row),
                    "counts": meanings()[row["part"]],
                    "missing": missing_text(row["missing"]),
                    "keeper": keeper(kinds[key]),
                }
            )
    return table


def _place_columns() -> dict[str, TableColumn]:
    """Return the columns that say which site a row is about, after its code."""
    return {
        "name": TableColumn(_("Name"), 26),
        "kind": TableColumn(_("Kind"), 16),
        "code": TableColumn(_("Unit code"), 9),
        **where_columns(),
    }


def where_columns() -> dict[str, TableColumn]:
    """Return the columns that say where a site is: its units of both times, its position."""
    return {
        "commune_legacy": TableColumn(_("Commune to 30/06/2025"), 19),
        "district": TableColumn(_("District to 30/06/2025"), 19),
        "commune": TableColumn(_("Commune from 01/07/2025"), 19),
        "lat": TableColumn(_("Latitude"), 9, "degrees"),
        "lon": TableColumn(_("Longitude"), 10, "degrees"),
    }


def where(place: Mapping[Any, Any]) -> dict[str, Cell]:
    """Return where a site of the register is; what is not known of it is marked so."""
    units = {"commune_legacy": "commune_legacy", "district": "district_legacy"}
    units["commune"] = "commune_2025"
    cells: dict[str, Cell] = {
        key: unit_names(column).get(text_of(place[column]), NOTHING)
        for key, column in units.items()
    }
    for key in ("lat", "lon"):
        cells[key] = NOTHING if pd.isna(place[key]) else float(place[key])
    return cells


def _list_columns(result: Result) -> dict[str, TableColumn]:
    """Return the columns of a target's list."""
    target = result.target.id
    heads = {"T1": _("Document number"), "T2": _("Sector")}
    columns = {
        "id": TableColumn(_("Code"), 15),
        "name": TableColumn(heads.get(target, _("Name")), 34),
    }
    if target in _OF_SITES:
        columns |= _place_columns()
    columns |= {
        "group": TableColumn(_("Group"), 14),
        "status": TableColumn(_("Status"), 20),
        "counts": TableColumn(_("Counts as"), 11),
        "reason": TableColumn(_("Remark"), 15),
    }
    if target == "T2":
        columns["sites"] = TableColumn(_("Sites that name it"), 14, "whole")
    if target == "T1":
        columns |= {
            "issued": TableColumn(_("Issued by the centre"), 14, "day"),
            "answered_on": TableColumn(_("Issued by the province"), 14, "day"),
            "days": TableColumn(_("Days between"), 11, "whole"),
        }
    if target == "T3":
        columns |= {
            "since": TableColumn(_("Since the cumulative count began"), 18),
            "since_counts": TableColumn(_("Counts cumulatively as"), 13),
        }
    if "enterprises" in result.figures:
        columns |= {
            "present": TableColumn(_("Enterprises present"), 12, "whole"),
            "enterprises": TableColumn(_("Enterprises in all"), 12, "whole"),
        }
    return columns


def _extra(result: Result, key: str, row: pd.Series, at: int, table: Table) -> dict[str, Cell]:
    """Return what a row of the list has beside its status, target by target."""
    if result.target.id == "T3":
        since = str(row["cumulative"])
        firms: Any = result.behind.loc[key] if key in result.behind.index else None
        return {
            "since": status_text(result, since),
            "since_counts": meaning(result, since),
            "present": None if firms is None else int(firms["enterprises_present"]),
            "enterprises": None if firms is None else int(firms["enterprises"]),
        }
    if result.target.id == "T2":
        return {"sites": int(row["sites"])}
    if result.target.id == "T1":
        cells: dict[str, Cell] = {"name": text_of(row["name"]), "issued": row["issued"].date()}
        if pd.notna(row["answered_on"]):
            cells["answered_on"] = row["answered_on"].date()
            cells["days"] = Formula(
                f"{table.at('answered_on', at)}-{table.at('issued', at)}",
                (row["answered_on"] - row["issued"]).days,
            )
        return cells
    return {}


def _names(briefing: Briefing, result: Result) -> Callable[[str], dict[str, Cell]]:
    """Return how the ids of a list are named: sites by the register, districts by their code."""
    target = result.target.id
    if target == "T5":
        return lambda key: {"id": key, "name": unit_names("district_legacy").get(key, key)}
    if target in {"T2", "T7"}:
        return lambda key: {"id": NOTHING, "name": key}
    if target not in _OF_SITES:
        return lambda key: {"id": key}
    column = UNIT_COLUMN[briefing.view.units_of]
    register = pd.DataFrame(briefing.register[list(_PLACE)])
    listed = (result.counted, result.open, result.left_out, result.behind)
    asked = is_in(register.index, [str(key) for frame in listed for key in frame.index])
    places = register[asked].to_dict("index")

    def site(key: str) -> dict[str, Cell]:
        if key not in places:
            return {"id": key}
        place = places[key]
        return {
            "id": key,
            "name": text_of(place["name_vi"]),
            "kind": kind_label(place["kind"]),
            "code": place[column] if place[column] in briefing.units.index else NOTHING,
            **where(place),
        }

    return site


@cache
def unit_names(column: str) -> Mapping[str, str]:
    """Return the names of the units that a column of the register holds, by code.

    Codes of communes before and since 01/07/2025 are of one series: each column has its own.
    """
    table = load_legacy_communes().reset_index()
    return dict(zip(table[column], table[f"{column}_name"], strict=True))


def text_of(value: object) -> str:
    """Return a text of the register, an empty one where nothing is known."""
    return "" if pd.isna(value) else str(value)  # type: ignore[call-overload]
