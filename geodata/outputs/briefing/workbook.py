"""The briefing as a workbook: every figure a formula over the list behind it.

Each formula carries the value that the briefing has, so that readers which do not calculate show
the same; XlsxWriter writes both, openpyxl cannot. Not here: what the figures are (``briefing``).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import partial
from io import BytesIO
from math import ceil
from typing import Any, NamedTuple

import pandas as pd
import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from geodata.core.progress import Listener, between, unheard
from geodata.core.text import _, day
from geodata.geography.units import load_legacy_communes
from geodata.outputs.briefing.wording import (
    NOTHING,
    axis_name,
    axis_of,
    closed,
    comparison,
    comparison_head,
    comparison_note,
    comparison_title,
    cumulative_label,
    input_of,
    keeper,
    marks,
    missing_text,
    open_head,
    open_results,
    scope,
    sectors_head,
    status_on_list,
    unit_name,
    units_title,
    unlisted,
    words,
)
from geodata.reading.briefing import Briefing, Line
from geodata.reading.findings import intensity_label
from geodata.reading.findings import title as findings_title
from geodata.reading.labels import (
    axis_label,
    key_label,
    kind_label,
    reason_label,
    sector_label,
    status_label,
    verdict_label,
)
from geodata.reading.symbology import ACCENT, PAPER
from geodata.reading.view import UNIT_COLUMN
from geodata.register.lifecycle import lifecycle_on
from geodata.rules import intensity
from geodata.rules.coverage import NOWHERE
from geodata.rules.targets import UNKNOWN, YES, Count, Result

FONT = "Arial"  # on every machine with an office suite, with all Vietnamese letters
LINE, HIGHEST = 13, 409  # points: a line of text, and the highest row there can be
ACROSS = 1.15  # letters of the font in a width of one
_MARGIN = 235  # letters of a page's margin, with room for its own commands
LONGEST = 16_000  # letters; a cell holds 32.767 halves of one
TOP = 3  # the row of the heads, counted from 0; above it stand banner, title and facts
A4, WARNING, PALE = 9, "#b42318", "#eef3f8"
VERDICT_COLOURS = {"met": "#0b6e53", "not-met": "#b42318", "undetermined": "#8a5a00"}
# The tag makes the decimal comma Vietnamese where the program lets a cell choose.
FORMATS = {
    "whole": "[$-42A]#,##0",
    "tenth": "[$-42A]#,##0.0",
    "share": "[$-42A]0.0%",
    "percent": "[$-42A]0%",
    "plain": "General",
    "moved": "[$-42A]+0;-0;0",
    "day": r"dd\/mm\/yyyy",
}
# What no file can hold, and marks that turn the text beside them round; line breaks stay.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_COMMANDS = ("=", "+", "-", "@", "\t")
_Format = dict[str, Any]
_EDGE: _Format = {"border": 1, "border_color": "#c5ced6"}


class Formula(NamedTuple):
    """A formula, what it comes to, and a number format other than its column's."""

    text: str
    value: str | float
    style: str = ""


Cell = str | float | date | Formula | None


def whole(text: str, listed: int, value: int) -> Formula:
    """Return a formula over a list, with what is counted and not listed added as a number."""
    return Formula(f"{text}+{value - listed}" if value > listed else text, value)


@dataclass(frozen=True)
class Column:
    """A column of a table: the head people read, its width in letters, and a number format."""

    head: str
    width: float
    style: str = ""


@dataclass
class Table:
    """A table on a sheet of its own: rows of cells by column, of which some are `strong`."""

    sheet: str
    title: str
    columns: Mapping[str, Column]
    rows: list[dict[str, Cell]] = field(default_factory=list)
    strong: set[int] = field(default_factory=set)
    total: bool = False  # whether the last row adds the others up
    _tallies: dict[Any, Counter[tuple[Cell, ...]]] = field(default_factory=dict)

    def at(self, column: str, row: int) -> str:
        """Return where a cell stands, as formulas name it: ``C5``."""
        return str(xl_rowcol_to_cell(TOP + 1 + row, list(self.columns).index(column)))

    def range(self, column: str) -> str:
        """Return where a column stands, as formulas on any sheet name it."""
        place = list(self.columns).index(column)
        ends = (TOP + 1, TOP + max(1, len(self.rows) - self.total))
        first, last = (xl_rowcol_to_cell(r, place, row_abs=True, col_abs=True) for r in ends)
        return f"'{self.sheet}'!{first}:{last}"

    def count(self, value: int, **wanted: str) -> Formula:
        """Return the formula that counts the rows with these texts in these columns.

        It comes to `value`: what is counted and on no list, for it is not named, is added.
        """
        return whole(self.call(wanted), self.listed(wanted), value)

    def call(self, wanted: Mapping[str, str], cells: Mapping[str, str] | None = None) -> str:
        """Return the call that counts rows; of some columns the text wanted is in `cells`."""
        asked = {column: f'"{text}"' for column, text in wanted.items()} | {**(cells or {})}
        pairs = ",".join(f"{self.range(column)},{cell}" for column, cell in asked.items())
        return f"COUNTIFS({pairs})"

    def listed(self, wanted: Mapping[str, str]) -> int:
        """Return how many rows have these texts in these columns."""
        return self._tally(tuple(wanted))[tuple(wanted.values())]

    def added(self, column: str, value: int) -> Formula:
        """Return the formula that adds up a column; it comes to `value`, as `count` does."""
        cells = (row.get(column) for row in self.rows)
        listed = sum(float(cell) for cell in cells if isinstance(cell, int | float))
        return whole(f"SUM({self.range(column)})", int(listed), value)

    def _tally(self, columns: tuple[str, ...]) -> Counter[tuple[Cell, ...]]:
        """Return how many rows have which texts in some columns."""
        key = (columns, len(self.rows))
        if key not in self._tallies:
            self._tallies[key] = Counter(tuple(map(row.get, columns)) for row in self.rows)
        return self._tallies[key]


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
    lists = {r.target.id: _list(briefing, r) for r in briefing.results if r.target.id in _LISTED}
    sectors = [_intensities(r) for r in briefing.results if "baseline_year" in r.figures]
    open_ = _open(briefing)
    tables = [_board(briefing, lists, open_)]
    if briefing.compared_to:
        tables.append(_comparison(briefing))
    tables += [*(lists[key] for key in sorted(lists)), open_, *sectors]
    tables += [_units(briefing, lists[briefing.result.target.id], open_), _sites(briefing)]
    if briefing.compared_to:
        tables.append(_changes(briefing, briefing.compared_to))
    return _written(briefing, [*tables, _notes(briefing)], between(listener, 0.35, 1))


# --- words ---------------------------------------------------------------------------------


def _group(result: Result, *, inside: bool) -> str:
    """Return what stands beside a row of a list: whether it is in the denominator."""
    if result.count and result.count.total is None:
        return _("Considered") if inside else _("Not considered")
    return _("In the denominator") if inside else _("Outside the denominator")


def _counts_as() -> dict[str, str]:
    """Return what a row of a list may count as."""
    return {
        "yes": _("Numerator"),
        "unknown": _("Unknown"),
        "no": _("No"),
        "": _("Not counted"),
    }


def _figure_label(figure: str) -> str:
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
    if result.target.id in _COUNTED_SITES:
        return status_on_list(result, row)
    return _status_text(result, str(row["status"]))


def _status_text(result: Result, status: str) -> str:
    """Return what a status on a target's list is called."""
    own = {
        "T1": {
            "answered": _("A provincial document implements it"),
            "open": _("No provincial document yet"),
        },
        "T4": {
            "applied": _("Applied in the plan's window"),
            "reported": _("Applied, only reported"),
            "unsettled": _("No data"),
            "not-applied": _("Not applied yet"),
        },
        "T5": {
            "reached": _("Has organised outreach"),
            "lapsed": _("Organised in an earlier period only"),
            "not-reached": _("Has not organised (confirmed)"),
        },
        "T2": {key: sector_label(key) for key in intensity.STATUSES},
        "T7": {"taught": _("Teaches it (verified)"), "reported": _("Says it teaches it")},
    }.get(result.target.id, {})
    return own.get(status) or status_label(axis_of(result), status)


def _meaning_of(result: Result, row: pd.Series) -> str:
    """Return what a row of a target's list counts as."""
    if result.target.id in _COUNTED_SITES:
        return _counts_as()[row["part"]]
    return _meaning(result, str(row["status"]))


def _meaning(result: Result, status: str) -> str:
    """Return what a status on a target's list counts as."""
    yes, unknown = {
        "T1": (("answered",), ()),
        "T2": (intensity.YES, intensity.UNKNOWN),
        "T4": (("applied",), ("reported", "unsettled")),
        "T7": (("taught",), ("reported",)),
    }.get(result.target.id, (YES[axis_of(result)], UNKNOWN[axis_of(result)]))
    counts_as = _counts_as()
    return counts_as["yes" if status in yes else "unknown" if status in unknown else "no"]


def _lifecycle(key: str) -> str:
    return _("Operating") if key == "operating" else reason_label(key)


# --- the lists behind the targets ----------------------------------------------------------

_LISTED = ("T1", "T2", "T3", "T4", "T5", "T6", "T7")
_OF_SITES = ("T3", "T4", "T6")
_COUNTED_SITES = ("T3", "T6")  # of which each site is a part of the count, or may be
_COUNTED_APART = (
    "provincial_documents",
    "replications",
    "replications_reported",
    "convenience_stores",
)


def _list(briefing: Briefing, result: Result) -> Table:
    """Return what a target was counted from: what is in, what is out and why, what stands by."""
    target = result.target
    table = Table(target.id, f"{target.id}. {target.text}", _list_columns(result))
    names = _names(briefing, result)
    for key, row in result.counted.iterrows():
        table.rows.append(
            {
                **names(str(key)),
                "group": _group(result, inside=True),
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
    outside = _group(result, inside=False)
    for frame, column, group, label in (
        (result.left_out, "reason", outside, reason_label),
        (behind, "figure", _("Further figures"), _figure_label),
    ):
        for key, row in frame.iterrows():
            name = {"name": str(row["name"])} if pd.notna(row.get("name")) else {}
            cells = {"group": group, "reason": label(str(row[column]))}
            rows.append({**names(str(key)), **name, **cells, "counts": _counts_as()[""]})
    return rows


def _open(briefing: Briefing) -> Table:
    """Return the sites that may count for a target or not, with what is missing to say so."""
    columns = {
        "target": Column(_("Target"), 8),
        "id": Column(_("Code"), 17),
        **_place_columns(),
        "status": Column(_("Status"), 28),
        "counts": Column(_("Would count as"), 12),
        "missing": Column(_("What is missing"), 34),
        "keeper": Column(_("Who would know"), 26),
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
                    "counts": _counts_as()[row["part"]],
                    "missing": missing_text(row["missing"]),
                    "keeper": keeper(kinds[key]),
                }
            )
    return table


def _place_columns() -> dict[str, Column]:
    """Return the columns that say which site a row is about, after its code."""
    return {
        "name": Column(_("Name"), 34),
        "kind": Column(_("Kind"), 18),
        "code": Column(_("Unit code"), 9),
        "unit": Column(_("Unit"), 20),
    }


def _list_columns(result: Result) -> dict[str, Column]:
    """Return the columns of a target's list."""
    target = result.target.id
    heads = {"T1": _("Document number"), "T2": _("Sector")}
    columns = {"id": Column(_("Code"), 17), "name": Column(heads.get(target, _("Name")), 34)}
    if target in _OF_SITES:
        columns |= _place_columns()
    columns |= {
        "group": Column(_("Group"), 19),
        "status": Column(_("Status"), 28),
        "counts": Column(_("Counts as"), 12),
        "reason": Column(_("Remark"), 22),
    }
    if target == "T2":
        columns["sites"] = Column(_("Sites that name it"), 14, "whole")
    if target == "T1":
        columns |= {
            "issued": Column(_("Issued by the centre"), 14, "day"),
            "answered_on": Column(_("Issued by the province"), 14, "day"),
            "days": Column(_("Days between"), 11, "whole"),
        }
    if target == "T3":
        columns |= {
            "since": Column(_("Since the cumulative count began"), 26),
            "since_counts": Column(_("Counts cumulatively as"), 13),
        }
    if "enterprises" in result.figures:
        columns |= {
            "present": Column(_("Enterprises present"), 12, "whole"),
            "enterprises": Column(_("Enterprises in all"), 12, "whole"),
        }
    return columns


def _extra(result: Result, key: str, row: pd.Series, at: int, table: Table) -> dict[str, Cell]:
    """Return what a row of the list has beside its status, target by target."""
    if result.target.id == "T3":
        since = str(row["cumulative"])
        firms: Any = result.behind.loc[key] if key in result.behind.index else None
        return {
            "since": _status_text(result, since),
            "since_counts": _meaning(result, since),
            "present": None if firms is None else int(firms["enterprises_present"]),
            "enterprises": None if firms is None else int(firms["enterprises"]),
        }
    if result.target.id == "T2":
        return {"sites": int(row["sites"])}
    if result.target.id == "T1":
        cells: dict[str, Cell] = {"name": _told(row["name"]), "issued": row["issued"].date()}
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
    target, units = result.target.id, _unit_names()
    if target == "T5":
        return lambda key: {"id": key, "name": units.get(key, key)}
    if target in {"T2", "T7"}:
        return lambda key: {"id": NOTHING, "name": key}
    if target not in _OF_SITES:
        return lambda key: {"id": key}
    column = UNIT_COLUMN[briefing.view.units_of]
    places = briefing.register[["name_vi", "kind", column]].to_dict("index")

    def site(key: str) -> dict[str, Cell]:
        if key not in places:
            return {"id": key}
        place = places[key]
        return {
            "id": key,
            "name": _told(place["name_vi"]),
            "kind": kind_label(place["kind"]),
            "code": place[column] if place[column] in briefing.units.index else NOTHING,
            "unit": units.get(_told(place[column]), _("Unit not known")),
        }

    return site


def _unit_names() -> dict[str, str]:
    """Return the names of the districts and of the communes of 2025 by code."""
    table = load_legacy_communes()
    old = dict(zip(table["district_legacy"], table["district_legacy_name"], strict=True))
    return old | dict(zip(table["commune_2025"], table["commune_2025_name"], strict=True))


def _told(value: object) -> str:
    return "" if pd.isna(value) else str(value)  # type: ignore[call-overload]


# --- the board -----------------------------------------------------------------------------


_PARTS = ("yes", "unknown", "no")
_OPEN_PARTS = tuple(f"open_{part}" for part in _PARTS)


def _board(briefing: Briefing, lists: Mapping[str, Table], open_: Table) -> Table:
    """Return the seven targets, their kinds and their further figures, counted by formula."""
    columns = {
        "id": Column(_("Target"), 8),
        "name": Column(_("Subject"), 44),
        "yes": Column(_("Numerator"), 10, "whole"),
        "total": Column(_("Denominator"), 11, "whole"),
        "unknown": Column(_("Unknown"), 10, "whole"),
        "most": Column(_("At most, with all unknown"), 13, "whole"),
        "share": Column(_("Share"), 9, "share"),
        "open": Column(open_head(), 14, "whole"),
        "open_yes": Column(_("Of these: yes"), 9, "whole"),
        "open_unknown": Column(_("Of these: unknown"), 9, "whole"),
        "open_no": Column(_("Of these: no"), 9, "whole"),
        "threshold": Column(_("Threshold"), 10, "percent"),
        "verdict": Column(_("Verdict"), 25),
        "short": Column(_("Short"), 9, "whole"),
        "outside": Column(_("Outside"), 9, "whole"),
        "note": Column(_("Remark"), 28),
    }
    board = Table(_("Board"), _("The seven targets"), columns)
    for line, result in zip(briefing.board, briefing.results, strict=True):
        board.strong.add(len(board.rows))
        source = _Source(lists[line.id], open_, result)
        board.rows.append(_line(board, source, line))
        board.rows += _below(board, source, briefing)
    return board


@dataclass(frozen=True)
class _Source:
    """What a target is counted from: its own list, and the one of what may count."""

    own: Table
    open: Table
    result: Result


def _line(board: Table, source: _Source, line: Line) -> dict[str, Cell]:
    """Return a target's line of the board."""
    result = source.result
    notes = list(line.notes)
    if result.unnamed:
        notes.append(_("Of these {n} sites are counted and not named").format(n=result.unnamed))
    row: dict[str, Cell] = {"id": line.id, "name": line.name, "note": " ".join(notes)}
    row["threshold"] = line.threshold if result.target.threshold is not None else NOTHING
    if result.count is None:
        blank = ("yes", "total", "unknown", "most", "share", "open", "short", "outside")
        return row | dict.fromkeys(blank, NOTHING) | {"verdict": line.verdict_text}
    row |= _count(board, source, result.count, len(board.rows))
    outside = source.own.count(result.outside, group=_group(result, inside=False))
    return row | {"outside": outside}


def _count(board: Table, source: _Source, count: Count, at: int, **only: str) -> dict[str, Cell]:
    """Return the cells of a count: what the lists hold, and what follows from it."""
    result, own = source.result, source.own
    inside, counts_as = _group(result, inside=True), _counts_as()
    threshold = result.goal
    row: dict[str, Cell] = {
        "yes": own.count(count.yes, group=inside, counts=counts_as["yes"], **only),
        "unknown": own.count(count.unknown, group=inside, counts=counts_as["unknown"], **only),
        "total": NOTHING,
        "share": NOTHING,
        "open": NOTHING,
        "most": Formula(f"{board.at('yes', at)}+{board.at('unknown', at)}", count.most),
        "verdict": verdict_label(None),
        "short": NOTHING,
    }
    if count.total is not None:
        row["total"] = own.count(count.total, group=inside, **only)
        row["share"] = _share(board, at, count, result)
        if threshold is not None and threshold == result.target.threshold:
            row["threshold"] = float(threshold)
    if result.target.id in _COUNTED_SITES:
        row |= _open_cells(board, source, count, at, **only)
    if threshold is not None:
        row |= _judged(board, at, count, result)
    return row


def _open_cells(
    board: Table, source: _Source, count: Count, at: int, **only: str
) -> dict[str, Cell]:
    """Return how many may belong to a denominator, in all and by what they would be."""
    target, counts_as = source.result.target.id, _counts_as()
    row: dict[str, Cell] = {
        name: source.open.count(getattr(count, name), target=target, counts=counts_as[part], **only)
        for name, part in zip(_OPEN_PARTS, _PARTS, strict=True)
    }
    ends = f"{board.at(_OPEN_PARTS[0], at)}:{board.at(_OPEN_PARTS[-1], at)}"
    return row | {"open": Formula(f"SUM({ends})", count.open)}


def _share(board: Table, at: int, count: Count, result: Result, total: str = "total") -> Formula:
    """Return the share; below its threshold it is kept from being shown rounded onto it."""
    x, n = board.at("yes", at), board.at(total, at)
    text, value = f"{x}/{n}", count.yes / count.total if count.total else NOTHING
    threshold = result.goal
    if threshold is not None:
        p, q = threshold.numerator, threshold.denominator
        tenth = (-(-1000 * p // q) - 1) / 1000  # the last tenth of a per cent below it
        text = f"IF({x}*{q}<{p}*{n},MIN({x}/{n},{tenth}),{x}/{n})"
        if count.total and count.yes * q < p * count.total:
            value = min(count.yes / count.total, tenth)
    return Formula(f'IF({n}=0,"{NOTHING}",{text})', value)


def _judged(board: Table, at: int, count: Count, result: Result) -> dict[str, Cell]:
    """Return verdict and what is short, in whole numbers (domain rule 4.4)."""
    threshold = result.goal
    assert threshold is not None  # noqa: S101 - asked only where there is one
    p, q = threshold.numerator, threshold.denominator
    x, most, n = (board.at(column, at) for column in ("yes", "most", "total"))
    goal = f"{p}*{n}" if count.total is not None else str(p)
    met, not_met, open_, undefined = map(
        verdict_label, ("met", "not-met", "undetermined", "undefined")
    )
    surely, hopeful, best = goal, most, goal
    if result.target.id in _COUNTED_SITES:
        ox, ou, on = (board.at(column, at) for column in _OPEN_PARTS)
        surely, hopeful = f"{p}*({n}+{ou}+{on})", f"({most}+{ox}+{ou})"
        best = f"{p}*({n}+{ox}+{ou})"
    text = f'IF({x}*{q}>={surely},"{met}",IF({hopeful}*{q}<{best},"{not_met}","{open_}"))'
    short = f"MAX(0,ROUNDUP({goal}/{q},0)-{x})"
    missing: str | float = count.short(threshold)
    if count.total is not None:
        none = f"{n}+{board.at('open', at)}" if result.target.id in _COUNTED_SITES else n
        text = f'IF({none}=0,"{undefined}",{text})'
        short = f'IF({n}=0,"{NOTHING}",{short})'
        missing = missing if count.total else NOTHING
    return {
        "verdict": Formula(text, verdict_label(count.verdict(threshold))),
        "short": Formula(short, missing),
    }


def _below(board: Table, source: _Source, briefing: Briefing) -> list[dict[str, Cell]]:
    """Return the lines below a target: its kinds, the count since 2021, further figures."""
    result = source.result
    rows: list[dict[str, Cell]] = []
    # What a sector is found to be stands on the target's own sheet.
    for part in result.breakdown if result.target.kinds else ():
        kind = kind_label(part.code)
        at = len(board.rows) + len(rows)
        counted = _count(board, source, part.count, at, kind=kind)
        rows.append({"name": f"    {kind}", **counted})
    if result.cumulative:
        rows.append(_since(board, source, briefing, len(board.rows) + len(rows)))
    return rows + _figures(board, source.own, result, len(board.rows) + len(rows))


def _since(board: Table, source: _Source, briefing: Briefing, at: int) -> dict[str, Cell]:
    """Return the line of the cumulative count; it has no verdict, for a year's plan sets none."""
    result, own = source.result, source.own
    count, counts_as, inside = result.cumulative, _counts_as(), _group(result, inside=True)
    assert count  # noqa: S101 - asked only where there is one
    return {
        "name": f"    {cumulative_label(briefing)}",
        "yes": own.count(count.yes, group=inside, since_counts=counts_as["yes"]),
        "unknown": own.count(count.unknown, group=inside, since_counts=counts_as["unknown"]),
        "total": own.count(count.total or 0, group=inside),
        "most": Formula(f"{board.at('yes', at)}+{board.at('unknown', at)}", count.most),
        "share": _share(board, at, count, result),
    }


def _figures(board: Table, source: Table, result: Result, at: int) -> list[dict[str, Cell]]:
    """Return the lines of a target's further figures, which have no threshold."""
    figures = result.figures
    rows: list[dict[str, Cell]] = [
        {
            "name": _figure_label(name),
            "yes": source.count(figures[name], reason=_figure_label(name)),
        }
        for name in _COUNTED_APART
        if name in figures
    ]
    if "median_days" in figures:
        days, median = source.range("days"), figures["median_days"]
        text = f'IF(COUNT({days})=0,"{NOTHING}",MEDIAN({days}))'
        value = NOTHING if median is None else median
        rows.append({"name": _figure_label("median_days"), "yes": Formula(text, value, "tenth")})
    if "enterprises" in figures:
        present, total = figures["enterprises_present"], figures["enterprises"]
        x, n = board.at("yes", at + len(rows)), board.at("total", at + len(rows))
        rows.append(
            {
                "name": _figure_label("enterprises"),
                "yes": source.added("present", present),
                "total": source.added("enterprises", total),
                "share": Formula(f"{x}/{n}", present / total),
            }
        )
    return [row | {"name": f"    {row['name']}"} for row in rows]


def _intensities(result: Result) -> Table:
    """Return what the sectors use of each input, the reduction as a formula of both years."""
    heads = sectors_head(result)
    keys = ("name", "input", "baseline", "current", "reduction", "plants", "status")
    styles = ("", "", "plain", "plain", "share", "whole", "")
    widths = (24, 30, 16, 16, 12, 10, 34)
    columns = dict(zip(keys, map(Column, heads, widths, styles), strict=True))
    columns["left_out"] = Column(_("Plants left out"), 12, "whole")
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


# --- units, sites, changes, notes ----------------------------------------------------------


def _comparison(briefing: Briefing) -> Table:
    """Return the targets at both dates."""
    styles, widths = ("", "", "", "moved", ""), (50, 18, 18, 9, 25)
    keys = ("name", "then", "now", "change", "verdict")
    heads = comparison_head(briefing)
    columns = dict(zip(keys, map(Column, heads, widths, styles), strict=True))
    note = comparison_note(briefing)
    title = " – ".join(filter(None, (comparison_title(briefing), note.removesuffix("."))))
    table = Table(_("Comparison"), title, columns)
    for row, compared in zip(comparison(briefing), briefing.compared, strict=True):
        change = compared.change.replace("−", "-")
        cells: dict[str, Cell] = {**dict(zip(keys, row, strict=True))}
        table.rows.append(cells | {"change": int(change) if change else NOTHING})
    return table


def _units(briefing: Briefing, source: Table, open_: Table) -> Table:
    """Return the units with counts over the list of their target, and their sum."""
    gaps = briefing.gaps
    yes, unknown, no = words(briefing.view.axis)
    columns = {
        "code": Column(_("Unit code"), 9),
        "name": Column(_("Unit"), 26),
        "sites": Column(_("Sites counted"), 13, "whole"),
        "yes": Column(yes, 16, "whole"),
        "unknown": Column(unknown, 16, "whole"),
        "no": Column(no, 16, "whole"),
        "share": Column(_("Share"), 10, "share"),
        "open": Column(open_head(), 14, "whole"),
        "rank": Column(_("Rank"), 8, "whole"),
    }
    if "moved" in gaps:
        columns["moved"] = Column(_("Moved"), 10, "moved")
    table = Table(_("Units"), units_title(briefing), columns)
    lists = _Source(source, open_, briefing.result)
    placed = gaps.assign(nowhere=gaps.index == NOWHERE)
    order = placed.sort_values(["nowhere", "rank", "sites"], ascending=[True, True, False])
    for code, row in order.iterrows():
        table.rows.append(_unit(table, lists, briefing, str(code), row))
    table.rows.append(_sum(table, briefing))
    table.total = True
    table.strong.add(len(table.rows) - 1)
    return table


def _unit(
    table: Table, lists: _Source, briefing: Briefing, code: str, row: pd.Series
) -> dict[str, Cell]:
    """Return the line of a unit."""
    at, counts_as, result = len(table.rows), _counts_as(), lists.result
    inside, code_cell = _group(result, inside=True), {"code": table.at("code", at)}
    # A choice of kinds is a sum of counts, a kind each.
    chosen = [{"kind": kind_label(kind)} for kind in briefing.view.kinds] or [{}]

    def counted(value: int, source: Table, **wanted: str) -> Formula:
        every = [{"code": code or NOTHING, **kind, **wanted} for kind in chosen]
        text = "+".join(source.call(each, code_cell) for each in every)
        return whole(text, sum(map(source.listed, every)), value)

    n = Count(int(row["yes"]), int(row["sites"]))
    ends = f"{table.at('yes', at)}:{table.at('no', at)}"
    line: dict[str, Cell] = {
        "code": code or NOTHING,
        "name": unit_name(code, _told(row["name"]), briefing),
        **{
            part: counted(int(row[part]), lists.own, group=inside, counts=counts_as[part])
            for part in _PARTS
        },
        "sites": Formula(f"SUM({ends})", int(row["sites"])),
        "share": _share(table, at, n, result, "sites"),
        "open": counted(int(row["open"]), lists.open, target=result.target.id),
        "rank": NOTHING if pd.isna(row["rank"]) else int(row["rank"]),
    }
    if "moved" in table.columns:
        line["moved"] = NOTHING if pd.isna(row["moved"]) else int(row["moved"])
    return line


def _sum(table: Table, briefing: Briefing) -> dict[str, Cell]:
    """Return the line that adds the units up: the target itself, of the kinds chosen."""
    gaps, last = briefing.gaps, len(table.rows) - 1
    line: dict[str, Cell] = {"name": _("All together")}
    for column in ("sites", *_PARTS, "open"):
        ends = f"{table.at(column, 0)}:{table.at(column, last)}"
        line[column] = Formula(f"SUM({ends})", int(gaps[column].sum()))
    n = Count(int(gaps["yes"].sum()), int(gaps["sites"].sum()))
    return line | {"share": _share(table, last + 1, n, briefing.result, "sites")}


def _sites(briefing: Briefing) -> Table:
    """Return the sites within the view; where statuses are chosen, which of them are shown."""
    view, inside = briefing.view, briefing.sites
    columns = {
        "id": Column(_("Code"), 17),
        "name": Column(_("Name"), 36),
        "kind": Column(_("Kind"), 17),
        "district": Column(_("To 30/06/2025"), 19),
        "commune": Column(_("From 01/07/2025"), 19),
        "lifecycle": Column(_("Lifecycle"), 17),
        "outreach": Column(axis_label("outreach"), 24),
        "compliance": Column(axis_label("compliance"), 24),
        "stage": Column(axis_label("stage"), 14),
        "accuracy": Column(_("Position accuracy (m)"), 11, "whole"),
        # A long list of addresses stays on its line, cut off by a column that is never empty.
        "source": Column(_("Source"), 40, "long"),
        "counts": Column(_("Counts for the target as"), 14),
    }
    if view.statuses:
        columns["shown"] = Column(_("In the view"), 9)
    table = Table(
        _("Sites"), _("Sites in view – {axis}").format(axis=axis_label(view.axis)), columns
    )
    lives = lifecycle_on(inside, view.as_of)
    listed, names = set(briefing.listed.index), _unit_names()
    counts_as = _counted_as(briefing.result)
    # Those in view first; otherwise in the register's order.
    order = sorted(inside.index, key=lambda key: key not in listed)
    places: dict[Any, Any] = inside.to_dict("index")
    statuses: dict[Any, Any] = briefing.status.astype(object).to_dict("index")
    for key in order:
        row: dict[str, Cell] = _site(places[key], statuses[key], names)
        row["lifecycle"] = _lifecycle(lives[key])
        row["counts"] = counts_as.get(key, _counts_as()[""])
        table.rows.append(row | {"shown": _("yes") if key in listed else _("no")})
    if not table.rows:
        table.rows.append({"name": _("No site in this view.")})
    return table


def _counted_as(result: Result) -> dict[Any, str]:
    """Return by id what each site counts as for a target, where it counts or may."""
    counts_as = _counts_as()
    counted = result.counted["part"].map(counts_as).to_dict()
    return counted | dict.fromkeys(result.open.index, open_head())


def _site(
    place: Mapping[Any, Any], status: Mapping[Any, Any], units: Mapping[str, str]
) -> dict[str, Cell]:
    """Return the line of a site: what the register and the evidence say of it."""
    model, accuracy = place["kind"] == "pilot_model", place["position_accuracy_m"]
    return {
        "id": place["id"],
        "name": _told(place["name_vi"]),
        "kind": kind_label(place["kind"]),
        "district": units.get(_told(place["district_legacy"]), NOTHING),
        "commune": units.get(_told(place["commune_2025"]), NOTHING),
        "outreach": NOTHING if model else status_label("outreach", status["outreach"]),
        "compliance": NOTHING if model else status_label("compliance", status["compliance"]),
        "stage": status_label("stage", status["stage"]) if model else NOTHING,
        "accuracy": None if pd.isna(accuracy) else accuracy,
        "source": _told(place["source"]),
    }


def _changes(briefing: Briefing, earlier: date) -> Table:
    """Return which sites changed their status, and the evidence that made it."""
    columns = {
        "id": Column(_("Code"), 17),
        "name": Column(_("Name"), 40),
        "axis": Column(_("Axis"), 20),
        "before": Column(_("Before"), 30),
        "after": Column(_("Now"), 30),
        "evidence": Column(_("Evidence"), 40),
    }
    title = _("Changes since {earlier}").format(earlier=day(earlier))
    title = ". ".join(filter(None, (title, unlisted(briefing))))
    table = Table(_("Changes"), title, columns)
    for row in briefing.changes.to_dict("records"):
        table.rows.append(
            {
                "id": row["site"],
                "name": _told(row["name"]),
                "axis": axis_name(row["axis"], row["after"]),
                "before": key_label(row["axis"], row["before"]),
                "after": key_label(row["axis"], row["after"]),
                "evidence": _told(row["evidence"]) or _("the passing of time, or the register"),
            }
        )
    if not table.rows:
        sentence = _("No site changed its status between the two dates.")
        table.rows.append({"name": sentence})
    return table


def _notes(briefing: Briefing) -> Table:
    """Return what the figures are of, what they say, and how each is counted."""
    columns = {"about": Column(_("About"), 28, "term"), "text": Column(_("Text"), 110)}
    plan = briefing.plan
    window = _("{start} to {end}").format(start=day(plan.window.start), end=day(plan.window.end))
    shown = [*briefing.facts, *scope(briefing), _("Plan's window: {window}").format(window=window)]
    shown += filter(None, (closed(briefing), *marks(briefing)))
    says = briefing.findings or (_("The data on record cannot carry a finding yet."),)
    heading = findings_title(plan, briefing.view.as_of)
    table = Table(_("Notes"), _("Notes and method"), columns)
    parts = [(_("What is shown"), shown), (heading, says), (_("Method"), _method())]
    parts += [
        (f"{r.target.id}. {line.name}", (r.target.text, *line.notes))
        for r, line in zip(briefing.results, briefing.board, strict=True)
    ]
    for about, texts in parts:
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


# --- writing -------------------------------------------------------------------------------


def _written(briefing: Briefing, tables: Sequence[Table], listener: Listener) -> bytes:
    """Return the workbook of some tables, one a sheet."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": FORMATS["day"]})
    book.set_properties(_properties(briefing))
    look = _Look(book)
    sheets = [book.add_worksheet(clean(table.sheet)) for table in tables]
    for n, (sheet, table) in enumerate(zip(sheets, tables, strict=True)):
        listener(0.6 * n / len(tables), _("Writing the sheet “{sheet}”").format(sheet=table.sheet))
        _sheet(sheet, table, look, briefing)
    listener(0.6, _("Packing the workbook"))
    book.close()
    return out.getvalue()


def _properties(briefing: Briefing) -> dict[str, Any]:
    """Return what the file says of itself; the same briefing makes the same file."""
    made = datetime.combine(briefing.view.as_of, time(), UTC).replace(tzinfo=None)
    facts = "; ".join(briefing.facts)
    return {"title": briefing.title, "comments": facts, "created": made}


class _Look:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[Any, ...], Any] = {}

    def __call__(self, style: str = "", **more: Any) -> Any:
        key = (style, *sorted(more.items()))
        if key not in self._made:
            basic: _Format = {"font_name": FONT, "font_size": 10, "valign": "top", "indent": 1}
            if style in FORMATS:
                basic |= {"num_format": FORMATS[style], "align": "right"}
            else:
                basic |= {"text_wrap": style != "long", "align": "left", "bold": style == "term"}
            self._made[key] = self._book.add_format({**basic, **more})
        return self._made[key]


def _sheet(sheet: Any, table: Table, look: _Look, briefing: Briefing) -> None:
    """Write a table on its sheet: banner, title, facts, heads, rows."""
    sheet.hide_gridlines(2)
    _above(sheet, table, look, briefing)
    head: _Format = {
        "bold": True,
        "font_color": PAPER,
        "bg_color": ACCENT,
        "valign": "vcenter",
        "text_wrap": True,
    }
    for place, column in enumerate(table.columns.values()):
        sheet.set_column(place, place, column.width)
        sheet.write_string(TOP, place, clean(column.head), look(**head, **_EDGE))
    sheet.set_row(TOP, _height((c.head for c in table.columns.values()), table))
    for n, row in enumerate(table.rows):
        sheet.set_row(TOP + 1 + n, _height(map(row.get, table.columns), table))
        mark: _Format = {"bold": True, "bg_color": PALE} if n in table.strong else {}
        paint = partial(look, **mark, **_EDGE)
        for place, (name, column) in enumerate(table.columns.items()):
            _put(sheet, (TOP + 1 + n, place), row.get(name), column.style, paint)
    _printed(sheet, table, look, briefing)


def _height(cells: Iterable[Cell], table: Table) -> float:
    """Return how high a row must be in points so that its texts show; not all programs see to it.

    Parameters
    ----------
    cells : iterable of Cell
        One a column; numbers take one line, and long texts as much as the others leave.
    table : Table
        Whose columns' widths hold.
    """
    most = 1
    for cell, column in zip(cells, table.columns.values(), strict=True):
        text = cell.value if isinstance(cell, Formula) else cell
        if isinstance(text, str) and column.style != "long":
            room = max(1.0, column.width * ACROSS - 1)
            most = max(most, sum(max(1, ceil(len(line) / room)) for line in text.split("\n")))
    return min(HIGHEST, LINE * most + 2)


def _above(sheet: Any, table: Table, look: _Look, briefing: Briefing) -> None:
    """Write what stands above the heads: the marks, or the title where there are none; facts."""
    line: _Format = {"text_wrap": False, "indent": 0}
    if every := marks(briefing):
        warning = look(bold=True, font_color=PAPER, bg_color=WARNING, **line)
        for place in range(len(table.columns)):
            sheet.write_blank(0, place, None, warning)
        sheet.write_string(0, 0, clean(" · ".join(every)), warning)
    else:
        sheet.write_string(0, 0, clean(briefing.title), look(font_color=ACCENT, **line))
    sheet.write_string(1, 0, clean(table.title), look(bold=True, font_size=13, **line))
    facts = " · ".join(briefing.facts)
    sheet.write_string(2, 0, clean(facts), look(font_color="#4a5560", **line))


def _put(
    sheet: Any, at: tuple[int, int], cell: Cell, style: str, paint: Callable[..., Any]
) -> None:
    """Write a cell as what it is; text is never taken for a formula, a number or an address."""
    if isinstance(cell, Formula):
        sheet.write_formula(*at, f"={cell.text}", paint(cell.style or style), cell.value)
    elif isinstance(cell, str):
        text = clean(cell)
        # The mark of a quoted text keeps it text when somebody edits the cell.
        quoted = {"quote_prefix": True} if text.startswith(_COMMANDS) else {}
        sheet.write_string(*at, text, paint(style, **quoted))
    elif isinstance(cell, date):
        sheet.write_datetime(*at, cell, paint(style))
    elif cell is None:
        sheet.write_blank(*at, None, paint(style))
    else:
        sheet.write_number(*at, cell, paint(style))


def _printed(sheet: Any, table: Table, look: _Look, briefing: Briefing) -> None:
    """Set how a sheet is looked through and printed: A4 landscape, its heads on every page."""
    last, right = TOP + max(1, len(table.rows) - table.total), len(table.columns) - 1
    sheet.freeze_panes(TOP + 1, 2)
    sheet.autofilter(TOP, 0, last, right)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(TOP)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    head = " · ".join(marks(briefing)) or briefing.title
    sheet.set_header(f"&C&B{in_margin(head)}")
    sheet.set_footer(f"&L&8{in_margin(' · '.join(briefing.facts[:-1]))}&R&8&P/&N")
    if "verdict" in table.columns:
        place = list(table.columns).index("verdict")
        for verdict, colour in VERDICT_COLOURS.items():
            rule = {"type": "cell", "criteria": "==", "value": f'"{verdict_label(verdict)}"'}
            form = look(font_color=colour, bold=True)
            sheet.conditional_format(TOP + 1, place, last, place, {**rule, "format": form})


def in_margin(text: str) -> str:
    """Return a text fit for a page's margin, where an ampersand commands and 255 letters fit."""
    line = clean(text).replace("\n", " ").replace("&", "&&")
    cut = line[:_MARGIN]
    return cut[:-1] if (len(cut) - len(cut.rstrip("&"))) % 2 else cut  # half an ampersand


def clean(text: str) -> str:
    """Return a text that a cell can hold: no unseen characters, not too long."""
    kept = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return kept if len(kept) <= LONGEST else kept[: LONGEST - 1] + "…"
