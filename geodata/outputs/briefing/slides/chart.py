"""Shares as a native chart, with a line at the threshold and the parts told apart in grey too.

Not here: other things that stand on a slide (``shapes``).
"""

from collections.abc import Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE_DASH_STYLE, MSO_PATTERN
from pptx.enum.shapes import MSO_CONNECTOR, PP_PLACEHOLDER
from pptx.enum.text import PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.oxml.xmlchemy import OxmlElement

from geodata.core.text import _, number
from geodata.outputs.briefing.slides.leaf import Box, Leaf
from geodata.outputs.briefing.slides.shapes import describe, tint, write
from geodata.outputs.briefing.slides.template import BODY
from geodata.outputs.briefing.wording import STATUS_OF, words
from geodata.outputs.fonts import OFFICE
from geodata.reading.symbology import SYMBOLS
from geodata.reading.tokens import HATCH, INK, PAPER
from geodata.rules.targets import Count

SMALL = 14  # points: of the legend, and of the bars' names, so that each has its place
AREA = (0.4, 0.1, 0.56, 0.74)  # of the chart that the bars take: left, top, width, height
_LOWER = 0.62  # of its height where letters are larger beside it


def chart(
    leaf: Leaf, rows: Sequence[tuple[str, Count]], axis: str, goal: float | None, box: Box
) -> None:
    """Add a native chart of yes, unknown and no; bars are shares, labels are counts.

    Categories are official terms, never names of sites: a chart's data is a worksheet, where
    a name could be read as a formula.
    """
    data: Any = CategoryChartData(number_format="0")  # type: ignore[no-untyped-call]
    data.categories = [name for name, _count in rows]
    yes, unknown, no = words(axis)
    data.add_series(yes, [count.yes for _name, count in rows])
    data.add_series(unknown, [count.unknown for _name, count in rows])
    data.add_series(no, [(count.total or 0) - count.most for _name, count in rows])
    holder, kind = leaf.of_kind(PP_PLACEHOLDER.CHART), XL_CHART_TYPE.BAR_STACKED_100
    if holder:
        frame = holder.insert_chart(kind, data)
        frame.left, frame.top, frame.width, frame.height = leaf.at(box)
    else:
        frame = leaf.shapes.add_chart(kind, *leaf.at(box), data)
    describe(frame, "; ".join(name for name, _count in rows))
    _plain(leaf, frame.chart)
    frame.chart.plots[0].gap_width = 45 if len(rows) > 1 else 180
    _coloured(leaf, frame.chart.plots[0].series, axis)
    if goal is not None:
        _threshold(leaf, goal, box)


def _plain(leaf: Leaf, drawn: Any) -> None:
    """Leave out of a chart what says nothing, and keep its bars where the threshold finds them."""
    drawn.font.size, drawn.font.name = leaf.letters(BODY), OFFICE
    tint(drawn.font.color, INK)
    drawn.has_title = False
    drawn.has_legend = True
    drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    drawn.legend.font.size = leaf.letters(SMALL)
    drawn.category_axis.reverse_order = True  # else the first row is the lowest
    drawn.category_axis.format.line.fill.background()
    drawn.category_axis.tick_labels.font.size = leaf.letters(SMALL)
    # Programs would leave names of bars out where they are close.
    skip = OxmlElement("c:tickLblSkip")
    skip.set("val", "1")
    names = drawn.category_axis._element  # noqa: SLF001 - no API for it
    names.find(qn("c:noMultiLvlLbl")).addprevious(skip)
    drawn.value_axis.has_major_gridlines = False
    drawn.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    drawn.value_axis.format.line.fill.background()
    plot = drawn._chartSpace.chart.plotArea  # noqa: SLF001 - no API for it
    for old in plot.findall(qn("c:layout")):
        plot.remove(old)
    area = _area(leaf)
    sides = "".join(f'<c:{side} val="{value}"/>' for side, value in zip("xywh", area, strict=True))
    plot.insert(
        0,
        parse_xml(
            f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/>'
            f'<c:xMode val="edge"/><c:yMode val="edge"/>{sides}</c:manualLayout></c:layout>'
        ),
    )


def _area(leaf: Leaf) -> tuple[float, float, float, float]:
    """Return which part of a chart its bars take on a slide."""
    enlarged = leaf.size(SMALL) > SMALL
    return (*AREA[:3], _LOWER) if enlarged else AREA


def _coloured(leaf: Leaf, parts: Any, axis: str) -> None:
    """Fill what is verified, hatch what is unknown, leave the rest empty: as all our bars do.

    So they differ in grey, where black could not be told from a dark colour.
    """
    done = SYMBOLS[axis][STATUS_OF[axis][0]].fill
    looks = ((done, PAPER), (None, INK), (PAPER, INK))
    for series, (fill, ink) in zip(parts, looks, strict=True):
        form = series.format
        if fill:
            form.fill.solid()
            tint(form.fill.fore_color, fill)
        else:
            form.fill.patterned()
            form.fill.pattern = MSO_PATTERN.LIGHT_UPWARD_DIAGONAL
            tint(form.fill.fore_color, HATCH)
            tint(form.fill.back_color, PAPER)
        tint(form.line.color, INK if series is parts[2] else HATCH)
        form.line.width = leaf.points(1)
        labels = series.data_labels
        labels.show_value = True
        labels.position = XL_LABEL_POSITION.INSIDE_BASE  # away from the line of the threshold
        labels.number_format, labels.number_format_is_linked = "#,##0;;;", False  # no label for 0
        labels.font.size, labels.font.bold = leaf.letters(BODY), True
        tint(labels.font.color, ink)


def _threshold(leaf: Leaf, goal: float, box: Box) -> None:
    """Draw the line that the bars have to reach, and say above it what it is."""
    left, top, width, high = box
    x, y, wide, tall = _area(leaf)
    at = left + width * (x + wide * min(goal, 1))
    begin, end = top + high * y - 0.02, top + high * (y + tall)
    x1, y1, *_size = leaf.at((at, begin, 0, 0))
    x2, y2, *_size = leaf.at((at, end, 0, 0))
    line = leaf.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, x1, y1, x2, y2)
    tint(line.line.color, INK)
    line.line.width, line.line.dash_style = leaf.points(2.25), MSO_LINE_DASH_STYLE.DASH
    text = _("threshold {share}").format(share=f"{number(100 * goal)}%")
    describe(line, text)
    room = (min(at - 1.1, left + width - 2.2), begin - 0.36, 2.2, 0.34)
    write(leaf, room, [(text, BODY, True, INK)], PP_ALIGN.CENTER)
