"""What is counted from the lists by formula: the board of targets, and unit by unit.

Not here: the lists (``lists``), or the figures themselves (``rules.targets``).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from geodata.core.text import _
from geodata.outputs.briefing.lists import COUNTED_SITES, figure_label, group_of, meanings, text_of
from geodata.outputs.briefing.sections import unit_name
from geodata.outputs.briefing.table import Cell, Formula, Plot, Table, TableColumn, whole
from geodata.outputs.briefing.wording import NOTHING, cumulative_label, not_named, open_head, words
from geodata.reading.briefing import Briefing, Line
from geodata.reading.labels import kind_label, verdict_label
from geodata.rules.coverage import NOWHERE
from geodata.rules.targets import Count, Result

_PARTS = ("yes", "unknown", "no")
_OPEN_PARTS = tuple(f"open_{part}" for part in _PARTS)
_COUNTED_APART = (
    "provincial_documents",
    "replications",
    "replications_reported",
    "convenience_stores",
)


def board(briefing: Briefing, lists: Mapping[str, Table], open_: Table) -> Table:
    """Return the seven targets, their kinds and their further figures, counted by formula."""
    columns = {
        "id": TableColumn(_("Target"), 8),
        "name": TableColumn(_("Subject"), 32),
        "yes": TableColumn(_("Numerator"), 8, "whole"),
        "total": TableColumn(_("Denominator"), 8, "whole"),
        "unknown": TableColumn(_("Unknown"), 8, "whole"),
        "most": TableColumn(_("At most, with all unknown"), 10, "whole"),
        "share": TableColumn(_("Share"), 8, "share"),
        "open": TableColumn(open_head(), 10, "whole"),
        "open_yes": TableColumn(_("Of these: yes"), 8, "whole"),
        "open_unknown": TableColumn(_("Of these: unknown"), 8, "whole"),
        "open_no": TableColumn(_("Of these: no"), 8, "whole"),
        "threshold": TableColumn(_("Threshold"), 9, "percent"),
        "verdict": TableColumn(_("Verdict"), 18),
        "short": TableColumn(_("Short"), 8, "whole"),
        "outside": TableColumn(_("Outside"), 8, "whole"),
        "note": TableColumn(_("Remark"), 16),
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
    note = " ".join(filter(None, (*line.notes, not_named(result))))
    row: dict[str, Cell] = {"id": line.id, "name": line.name, "note": note}
    row["threshold"] = line.threshold if result.target.threshold is not None else NOTHING
    if result.count is None:
        blank = ("yes", "total", "unknown", "most", "share", "open", "short", "outside")
        return row | dict.fromkeys(blank, NOTHING) | {"verdict": line.verdict_text}
    row |= _count(board, source, result.count, len(board.rows))
    outside = source.own.count(result.outside, group=group_of(result, inside=False))
    return row | {"outside": outside}


def _counted(
    board: Table, source: _Source, count: Count, at: int, column: str = "counts", **only: str
) -> dict[str, Cell]:
    """Return the cells of a count that hold what a column of the list says."""
    own, inside, counts_as = source.own, group_of(source.result, inside=True), meanings()
    row: dict[str, Cell] = {
        part: own.count(getattr(count, part), group=inside, **{column: counts_as[part]}, **only)
        for part in ("yes", "unknown")
    }
    row["most"] = Formula(f"{board.at('yes', at)}+{board.at('unknown', at)}", count.most)
    if count.total is None:
        return row | {"total": NOTHING, "share": NOTHING}
    total = own.count(count.total, group=inside, **only)
    return row | {"total": total, "share": _share(board, at, count, source.result)}


def _count(board: Table, source: _Source, count: Count, at: int, **only: str) -> dict[str, Cell]:
    """Return the cells of a count: what the lists hold, and what follows from it."""
    result, threshold = source.result, source.result.goal
    row = _counted(board, source, count, at, **only)
    row |= {"open": NOTHING, "verdict": verdict_label(None), "short": NOTHING}
    if count.total is not None and threshold is not None and threshold == result.target.threshold:
        row["threshold"] = float(threshold)
    if result.target.id in COUNTED_SITES:
        row |= _open_cells(board, source, count, at, **only)
    if threshold is not None:
        row |= _judged(board, at, count, result)
    return row


def _open_cells(
    board: Table, source: _Source, count: Count, at: int, **only: str
) -> dict[str, Cell]:
    """Return how many may belong to a denominator, in all and by what they would be."""
    target, counts_as = source.result.target.id, meanings()
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
    if result.target.id in COUNTED_SITES:
        ox, ou, on = (board.at(column, at) for column in _OPEN_PARTS)
        surely, hopeful = f"{p}*({n}+{ou}+{on})", f"({most}+{ox}+{ou})"
        best = f"{p}*({n}+{ox}+{ou})"
    text = f'IF({x}*{q}>={surely},"{met}",IF({hopeful}*{q}<{best},"{not_met}","{open_}"))'
    short = f"MAX(0,ROUNDUP({goal}/{q},0)-{x})"
    missing: str | float = count.short(threshold)
    if count.total is not None:
        none = f"{n}+{board.at('open', at)}" if result.target.id in COUNTED_SITES else n
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
    count = source.result.cumulative
    assert count  # noqa: S101 - asked only where there is one
    cells = _counted(board, source, count, at, "since_counts")
    return {"name": f"    {cumulative_label(briefing)}", **cells}


def _figures(board: Table, source: Table, result: Result, at: int) -> list[dict[str, Cell]]:
    """Return the lines of a target's further figures, which have no threshold."""
    figures = result.figures
    rows: list[dict[str, Cell]] = [
        {
            "name": figure_label(name),
            "yes": source.count(figures[name], reason=figure_label(name)),
        }
        for name in _COUNTED_APART
        if name in figures
    ]
    if "median_days" in figures:
        days, median = source.range("days"), figures["median_days"]
        text = f'IF(COUNT({days})=0,"{NOTHING}",MEDIAN({days}))'
        value = NOTHING if median is None else median
        rows.append({"name": figure_label("median_days"), "yes": Formula(text, value, "tenth")})
    if "enterprises" in figures:
        present, total = figures["enterprises_present"], figures["enterprises"]
        x, n = board.at("yes", at + len(rows)), board.at("total", at + len(rows))
        rows.append(
            {
                "name": figure_label("enterprises"),
                "yes": source.added("present", present),
                "total": source.added("enterprises", total),
                "share": Formula(f"{x}/{n}", present / total),
            }
        )
    return [row | {"name": f"    {row['name']}"} for row in rows]


def units(briefing: Briefing, title: str, source: Table, open_: Table) -> Table:
    """Return the units with counts over the list of their target, and their sum."""
    gaps = briefing.gaps
    yes, unknown, no = words(briefing.view.axis)
    columns = {
        "code": TableColumn(_("Unit code"), 9),
        "name": TableColumn(_("Unit"), 22),
        "sites": TableColumn(_("Sites counted"), 9, "whole"),
        "yes": TableColumn(yes, 10, "whole"),
        "unknown": TableColumn(unknown, 11, "whole"),
        "no": TableColumn(no, 12, "whole"),
        "share": TableColumn(_("Share"), 8, "share"),
        "open": TableColumn(open_head(), 11, "whole"),
        "rank": TableColumn(_("Rank"), 7, "whole"),
    }
    if "moved" in gaps:
        columns["moved"] = TableColumn(_("Moved"), 8, "moved")
    table = Table(_("Units"), title, columns)
    lists = _Source(source, open_, briefing.result)
    placed = gaps.assign(nowhere=gaps.index == NOWHERE)
    order = placed.sort_values(["nowhere", "rank", "sites"], ascending=[True, True, False])
    for code, row in order.iterrows():
        table.rows.append(_unit(table, lists, briefing, str(code), row))
    table.rows.append(_sum(table, briefing))
    table.total = True
    if charted := int((gaps["sites"] > 0).sum()):
        parts = {part: part for part in _PARTS}
        table.plot = Plot(_("Sites of the target by unit"), title, parts, charted)
    table.strong.add(len(table.rows) - 1)
    return table


def _unit(
    table: Table, lists: _Source, briefing: Briefing, code: str, row: pd.Series
) -> dict[str, Cell]:
    """Return the line of a unit."""
    at, counts_as, result = len(table.rows), meanings(), lists.result
    inside, code_cell = group_of(result, inside=True), {"code": table.at("code", at)}
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
        "name": unit_name(code, text_of(row["name"]), briefing),
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
