"""Native charts of the workbook: bars whose parts differ in grey too, a mark at the threshold.

Not here: what is charted (``cover``, ``tally``), or what stands around it (``layout``).
"""

from typing import Any

from geodata.core.text import _
from geodata.outputs.briefing.table import Plot, Table
from geodata.outputs.fonts import OFFICE
from geodata.reading.tokens import COLOURS, HATCH, INK, LINE, PAPER

ROW = 20  # pixels: of a row as workbooks come
_DONE = COLOURS["done"].light
_HIGH, _EACH, _ROUND = 320, 25, 130  # of a chart of columns; of a lying bar, and of what is around
_FONT = {"name": OFFICE, "size": 10, "color": INK}
_FILLS: dict[str, dict[str, Any]] = {
    "yes": {"fill": {"color": _DONE}, "border": {"color": _DONE}},
    "unknown": {
        "pattern": {"pattern": "wide_upward_diagonal", "fg_color": HATCH, "bg_color": PAPER},
        "border": {"color": HATCH},
    },
    "no": {"fill": {"color": INK}, "border": {"color": INK}},
}


def high(plot: Plot) -> int:
    """Return how many rows of a sheet a chart covers."""
    return -(-_pixels(plot) // ROW)


def add(book: Any, sheet: Any, table: Table, at: tuple[int, int], width: int) -> None:
    """Put the chart of a table on its sheet, at a row and column, some pixels wide."""
    plot = table.plot
    assert plot  # noqa: S101 - asked only where there is one
    chart = book.add_chart({"type": "column" if plot.goal else "bar", "subtype": "stacked"})
    names = _at(table, plot.names, plot)
    for part, column in plot.parts.items():
        series = {"name": _part(table, part, column, plot), "categories": names, "gap": 60}
        chart.add_series(series | {"values": _at(table, column, plot)} | _FILLS[part])
    if plot.goal:
        _mark(book, chart, table, plot)
    chart.set_title({"name": plot.title, "name_font": {**_FONT, "size": 12}, "overlay": False})
    chart.set_legend({"position": "bottom", "font": _FONT})
    names_axis = {
        "num_font": _FONT | {"size": 9},
        "line": {"color": INK},
        "major_tick_mark": "none",
    }
    names_axis |= {"interval_unit": 1, "reverse": not plot.goal}
    # Lying bars are read from above: their scale would go there too.
    scale: dict[str, Any] = {"num_font": _FONT, "min": 0, "line": {"none": True}}
    scale |= {"num_format": "#,##0", "label_position": "next_to" if plot.goal else "high"}
    scale["major_gridlines"] = {"visible": True, "line": {"color": LINE}}
    if plot.goal:
        scale |= {"max": 1, "num_format": "0%", "major_unit": 0.25}
    across, up = (names_axis, scale) if plot.goal else (scale, names_axis)
    chart.set_x_axis(across)
    chart.set_y_axis(up)
    chart.set_size({"width": width, "height": _pixels(plot)})
    sheet.insert_chart(*at, chart, {"description": plot.text, "object_position": 2})


def _mark(book: Any, chart: Any, table: Table, plot: Plot) -> None:
    """Add the thresholds as short lines across the bars."""
    marks = book.add_chart({"type": "line"})
    marks.add_series(
        {
            "name": _("threshold"),
            "categories": _at(table, plot.names, plot),
            "values": _at(table, plot.goal, plot),
            "line": {"none": True},
            "marker": {
                "type": "long_dash",
                "size": 24,
                "border": {"color": INK},
                "fill": {"color": INK},
            },
        }
    )
    chart.combine(marks)


def _part(table: Table, part: str, column: str, plot: Plot) -> str:
    """Return what a part of the bars is called: of the board in its words, else as the column."""
    if plot.goal:
        return {"yes": _("verified"), "unknown": _("not known")}[part]
    return table.columns[column].head


def _at(table: Table, column: str, plot: Plot) -> str:
    return f"={table.range(column, plot.rows)}"


def _pixels(plot: Plot) -> int:
    return _HIGH if plot.goal else _ROUND + _EACH * plot.rows
