"""What stands on a slide: text, tables, charts, bars and tiles, native so that they can be edited.

Not here: which of them a slide has (``talk``, ``appendix``), or how much room text takes.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_PATTERN
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Inches, Pt

from geodata.outputs.briefing.slides.fitting import HEAD, PAD, cut, lines_of, row_height
from geodata.outputs.briefing.slides.template import (
    ACROSS,
    BODY,
    FOOT,
    SIDE,
    TOP,
    WIDTH,
    Cell,
    Drawn,
    Frame,
)
from geodata.outputs.briefing.wording import STATUS_OF, plain, words
from geodata.outputs.fonts import OFFICE
from geodata.reading.answer import Bar
from geodata.reading.symbology import SYMBOLS
from geodata.reading.tokens import HATCH, INK, PAPER, QUIET, UNSETTLED
from geodata.rules.targets import Count

LEGEND = 14  # points; of a chart, so that its three terms stand on one line
DONE = SYMBOLS["outreach"]["reached"].fill

Box = tuple[float, float, float, float]  # left, top, width, height in inches
Paragraph = tuple[str, float, bool, str]  # text, size, bold, colour


def rgb(code: str) -> RGBColor:
    """Return a colour as the file wants it."""
    return RGBColor(*bytes.fromhex(code.removeprefix("#")))  # type: ignore[no-untyped-call]


def describe(shape: Any, text: str) -> None:
    """Say in words what a picture or chart shows."""
    shape._element.xpath("./*/p:cNvPr")[0].set("descr", text)  # noqa: SLF001 - no API for it


# --- text ----------------------------------------------------------------------------------


def band(slide: Drawn, text: str) -> None:
    """Write the marks across the top, where nothing can lie over them; many are small."""
    size = BODY if lines_of(text, ACROSS, BODY) == 1 else FOOT
    drawn = slide.shapes.add_textbox(0, 0, Inches(WIDTH), Inches(0.42))
    drawn.fill.solid()
    drawn.fill.fore_color.rgb = rgb(INK)
    drawn.text_frame.auto_size = MSO_AUTO_SIZE.NONE
    drawn.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    put(drawn.text_frame, [(cut(text, ACROSS, size, 2), size, True, PAPER)], PP_ALIGN.CENTER)


def put(frame: Frame, paragraphs: Iterable[Paragraph], align: PP_ALIGN = PP_ALIGN.LEFT) -> None:
    """Write paragraphs into a frame."""
    frame.word_wrap = True
    frame.margin_top = frame.margin_bottom = 0
    for n, (text, size, bold, colour) in enumerate(paragraphs):
        line = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        line.alignment = align
        line.space_after = Pt(6 if align == PP_ALIGN.LEFT else 0)
        run = line.add_run()
        run.text = text
        run.font.size, run.font.bold = Pt(size), bold
        run.font.color.rgb = rgb(colour)


def write(
    slide: Drawn, box: Box, paragraphs: Iterable[Paragraph], align: PP_ALIGN = PP_ALIGN.LEFT
) -> None:
    """Add paragraphs in a box."""
    frame = slide.shapes.add_textbox(*map(Inches, box)).text_frame
    frame.margin_left = frame.margin_right = 0
    put(frame, paragraphs, align)


def body(texts: Iterable[str], size: float = BODY) -> list[Paragraph]:
    """Return texts as paragraphs of the body."""
    return [(plain(text), size, False, INK) for text in texts]


# --- tables --------------------------------------------------------------------------------


def table(
    slide: Drawn,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    *,
    top: float = TOP,
    start: float = SIDE,
    left: Sequence[int] = (0,),
    most: int = 2,
) -> None:
    """Add a native table; columns not in `left` are centred. Its head may take more lines."""
    shape = slide.shapes.add_table(
        len(rows) + 1, len(head), Inches(start), Inches(top), Inches(sum(widths)), Inches(0.4)
    )
    drawn = shape.table
    for column, width in zip(drawn.columns, widths, strict=True):
        column.width = Inches(width)
    for n, texts in enumerate([head, *rows]):
        lines = most if n else HEAD
        fitting = [cut(t, w - 2 * PAD, BODY, lines) for t, w in zip(texts, widths, strict=True)]
        drawn.rows[n].height = Inches(row_height(fitting, widths, lines))
        for k, text in enumerate(fitting):
            _cell(drawn.cell(n, k), text, PP_ALIGN.LEFT if k in left else PP_ALIGN.CENTER, n)


def _cell(cell: Cell, text: str, align: PP_ALIGN, row: int) -> None:
    """Write one cell: white on accent in the head, ink on paper below."""
    cell.margin_left = cell.margin_right = Inches(PAD)
    cell.margin_top = cell.margin_bottom = Inches(PAD * 0.6)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    line = cell.text_frame.paragraphs[0]
    line.alignment = align
    run = line.add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(BODY), row == 0
    run.font.color.rgb = rgb(INK if row else PAPER)


# --- bars and tiles ------------------------------------------------------------------------


def bar(slide: Drawn, box: Box, drawn: Bar | None, text: str) -> None:
    """Add a bar: solid what is verified, hatched what is not known, a tick at the threshold.

    Where nothing is counted it is an empty one with a broken line, which is not a bar of none.
    """
    left, top, width, high = box
    frame = _block(slide, box, PAPER, edge=QUIET)
    describe(frame, text)
    if drawn is None:
        frame.line.dash_style = 4
        return
    if drawn.yes:
        _block(slide, (left, top, width * drawn.yes, high), DONE)
    if drawn.unknown:
        at = left + width * drawn.yes
        hatched = _block(slide, (at, top, width * drawn.unknown, high), PAPER)
        hatched.fill.patterned()
        hatched.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        hatched.fill.fore_color.rgb, hatched.fill.back_color.rgb = rgb(HATCH), rgb(PAPER)
    if drawn.goal is not None:
        at = left + min(width * drawn.goal, width - 0.04)
        _block(slide, (at, top - 0.05, 0.04, high + 0.1), INK)


def _block(slide: Drawn, box: Box, fill: str, edge: str = "") -> Any:
    """Add a plain rectangle."""
    block = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(Inches, box))
    block.shadow.inherit = False
    block.fill.solid()
    block.fill.fore_color.rgb = rgb(fill)
    if edge:
        block.line.color.rgb, block.line.width = rgb(edge), Pt(0.75)
    else:
        block.line.fill.background()
    return block


def tile(slide: Drawn, box: Box, colour: str, paragraphs: Iterable[Paragraph]) -> None:
    """Add a tile: text on paper beside an edge in the colour of what it says."""
    left, top, _width, high = box
    drawn = _block(slide, box, PAPER, edge=QUIET)
    frame = drawn.text_frame
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    frame.margin_left, frame.margin_right = Inches(0.26), Inches(PAD)
    put(frame, paragraphs)
    _block(slide, (left, top, 0.14, high), colour)


# --- charts --------------------------------------------------------------------------------


def chart(
    slide: Drawn,
    rows: Sequence[tuple[str, Count]],
    axis: str,
    box: Box,
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
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_STACKED_100, *map(Inches, box), data)
    describe(frame, "; ".join(name for name, _count in rows))
    drawn = frame.chart
    drawn.font.size, drawn.font.name = Pt(BODY), OFFICE
    drawn.font.color.rgb = rgb(INK)
    drawn.has_title = False
    drawn.has_legend = True
    drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    drawn.legend.font.size = Pt(LEGEND)
    drawn.category_axis.reverse_order = True  # else the first row is the lowest
    drawn.category_axis.format.line.fill.background()
    _name_every(drawn.category_axis)
    drawn.value_axis.has_major_gridlines = False
    drawn.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    drawn.value_axis.format.line.fill.background()
    drawn.plots[0].gap_width = 45 if len(rows) > 1 else 180
    done, _unknown, not_done = (SYMBOLS[axis][status].fill for status in STATUS_OF[axis])
    fills = ((done, PAPER), (UNSETTLED, INK), (not_done, PAPER))
    for series, (fill, ink) in zip(drawn.plots[0].series, fills, strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = rgb(fill)
        labels = series.data_labels
        labels.show_value = True
        labels.number_format, labels.number_format_is_linked = "#,##0;;;", False  # no label for 0
        labels.font.size, labels.font.bold = Pt(BODY), True
        labels.font.color.rgb = rgb(ink)


def _name_every(axis: Any) -> None:
    """Keep programs from leaving names of bars out where they are close."""
    skip = OxmlElement("c:tickLblSkip")
    skip.set("val", "1")
    axis._element.find(qn("c:noMultiLvlLbl")).addprevious(skip)  # noqa: SLF001 - no API for it
