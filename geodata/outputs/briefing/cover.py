"""The workbook's first sheet: the answer, each target then and now, a chart, where it comes from.

Not here: the figures, which stand on the board (``tally``), or how sheets look (``layout``).
"""

from geodata.core.text import _, day
from geodata.outputs.briefing import answer
from geodata.outputs.briefing.provenance import provenance
from geodata.outputs.briefing.table import Cell, Formula, Plot, Table, TableColumn
from geodata.outputs.briefing.wording import NOTHING
from geodata.reading import board as answers
from geodata.reading.briefing import Briefing, Compared
from geodata.rules.targets import Result

_SHOWN = ("yes", "total", "share", "threshold", "verdict", "short")  # as the board has them


def cover(briefing: Briefing, board: Table) -> Table:
    """Return the first sheet; each of its figures is a formula over the board."""
    columns = {
        "id": TableColumn(_("Target"), 8),
        "name": TableColumn(_("Subject"), 36),
        "yes": TableColumn(_("Numerator"), 11, "whole"),
        "total": TableColumn(_("Denominator"), 13, "whole"),
        "share": TableColumn(_("Share"), 9, "share"),
        "threshold": TableColumn(_("Threshold"), 16, "percent"),
        "short": TableColumn(_("Short"), 9, "whole"),
        "verdict": TableColumn(_("Verdict"), 24),
    }
    if briefing.compared_to:
        columns["then"] = TableColumn(day(briefing.compared_to), 16)
        columns["now"] = TableColumn(day(briefing.view.as_of), 16)
        columns["change"] = TableColumn("±", 7, "moved")
    printed = len(columns)
    columns |= {
        "bar": TableColumn(_("Chart: verified"), 10, "share"),
        "bar_unknown": TableColumn(_("Chart: unknown"), 10, "share"),
        "bar_goal": TableColumn(_("Chart: threshold"), 10, "percent"),
    }
    table = Table(_("Answer"), answers.tally(briefing.results), columns, unprinted=printed)
    targets = zip(sorted(board.strong), briefing.results, strict=True)
    for n, (at, result) in enumerate(targets):
        row = {**_line(board, at), **_bar(table, board, at, result)}
        if briefing.compared_to:
            row |= _compared(briefing.compared[n])
        table.rows.append(row)
    table.sentences = tuple(answer.sentences(briefing))
    table.plot = _plot(briefing, len(table.rows))
    table.origin = tuple(provenance(briefing))
    return table


def _line(board: Table, at: int) -> dict[str, Cell]:
    """Return a target as the board has it."""
    row = board.rows[at]
    return {"id": row["id"], "name": row["name"]} | {key: _same(board, key, at) for key in _SHOWN}


def _same(board: Table, column: str, at: int) -> Cell:
    """Return a figure of the board as a formula; its texts as they are."""
    cell = board.rows[at][column]
    if isinstance(cell, str) or cell is None:
        return cell
    value = cell.value if isinstance(cell, Formula) else cell
    return Formula(board.elsewhere(column, at), value)  # type: ignore[arg-type]


def _bar(table: Table, board: Table, at: int, result: Result) -> dict[str, Cell]:
    """Return the parts of a target's bar: of the whole or, without one, of what is asked for."""
    count, goal, row = result.count, result.goal, len(table.rows)
    if count is None or count.total == 0 or (count.total is None and goal is None):
        return {}
    yes, unknown = table.at("yes", row), board.elsewhere("unknown", at)
    whole = table.at("total", row)
    if count.total:
        parts = (f"{yes}/{whole}", count.yes / count.total)
        more = (f"{unknown}/{whole}", count.unknown / count.total)
        mark = None if goal is None else float(goal)
    else:
        least = float(goal or 1)
        parts = (f"MIN(1,{yes}/{least:g})", min(1.0, count.yes / least))
        rest = f"MIN(1-{table.at('bar', row)},{unknown}/{least:g})"
        more = (rest, min(1 - parts[1], count.unknown / least))
        mark = 1.0
    return {"bar": Formula(*parts), "bar_unknown": Formula(*more), "bar_goal": mark}


def _compared(compared: Compared) -> dict[str, Cell]:
    """Return a target at both dates, and by how much it changed."""
    change = compared.change.replace("−", "-")
    return {
        "then": compared.then,
        "now": compared.now,
        "change": int(change) if change else NOTHING,
    }


def _plot(briefing: Briefing, rows: int) -> Plot:
    """Return the chart of the targets, whose words are those of the board."""
    lines = (f"{line.name}: {line.counted}, {line.verdict_text}" for line in briefing.board)
    return Plot(
        _("Targets against their threshold; a number is measured by what is asked for"),
        "; ".join(lines),
        {"yes": "bar", "unknown": "bar_unknown"},
        rows,
        goal="bar_goal",
    )
