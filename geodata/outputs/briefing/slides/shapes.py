"""What stands on a slide: text, tables, bars and tiles, native so that they can be edited.

Not here: charts (``chart``), which of them a slide has (``talk``, ``appendix``), or how much room
text takes (``fitting``).
"""

from collections.abc import Iterable, Sequence
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_PATTERN, MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN

from geodata.outputs.briefing.slides.fitting import HEAD, PAD, cut, lines_of, row_height
from geodata.outputs.briefing.slides.leaf import Box, Leaf
from geodata.outputs.briefing.slides.template import (
    ACROSS,
    BODY,
    FOOT,
    SIDE,
    TOP,
    Cell,
    Frame,
)
from geodata.outputs.briefing.wording import plain
from geodata.reading.answer import Bar
from geodata.reading.symbology import SYMBOLS, Shade
from geodata.reading.tokens import ACCENT, HATCH, INK, PANEL, PAPER, QUIET

DONE = SYMBOLS["outreach"]["reached"].fill

_FIRST = 2  # among the parts of a slide's tree; before it lie two that are no shapes
Paragraph = tuple[str, float, bool, str]  # text, size, bold, colour


# Letters and grounds follow the template's theme, so that they are seen on its slides too.
_THEME = {
    INK: MSO_THEME_COLOR.TEXT_1,
    PAPER: MSO_THEME_COLOR.BACKGROUND_1,
    QUIET: MSO_THEME_COLOR.TEXT_2,
    ACCENT: MSO_THEME_COLOR.ACCENT_1,
}


def tint(colour: Any, code: str) -> None:
    """Give something a colour: that of the theme where it has one for the purpose."""
    if code in _THEME:
        colour.theme_color = _THEME[code]
    else:
        colour.rgb = RGBColor(*bytes.fromhex(code.removeprefix("#")))  # type: ignore[no-untyped-call]


def describe(shape: Any, text: str) -> None:
    """Say in words what a picture or chart shows."""
    shape._element.xpath("./*/p:cNvPr")[0].set("descr", text)  # noqa: SLF001 - no API for it


# --- text ----------------------------------------------------------------------------------


def band(leaf: Leaf, text: str, width: int) -> None:
    """Write the marks across the top, where nothing can lie over them; many are small."""
    size = BODY if lines_of(text, ACROSS, BODY) == 1 else FOOT
    drawn = leaf.shapes.add_textbox(0, 0, width, leaf.inches(0.42))
    drawn.fill.solid()
    tint(drawn.fill.fore_color, INK)
    drawn.text_frame.auto_size = MSO_AUTO_SIZE.NONE
    drawn.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    text = cut(text, ACROSS, size, 2)
    put(leaf, drawn.text_frame, [(text, size, True, PAPER)], PP_ALIGN.CENTER)


def put(
    leaf: Leaf, frame: Frame, paragraphs: Iterable[Paragraph], align: PP_ALIGN = PP_ALIGN.LEFT
) -> None:
    """Write paragraphs into a frame."""
    frame.word_wrap = True
    frame.margin_top = frame.margin_bottom = 0
    for n, (text, size, bold, colour) in enumerate(paragraphs):
        line = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        line.alignment = align
        line.space_after = leaf.points(6 if align == PP_ALIGN.LEFT else 0)
        run = line.add_run()
        run.text = text
        run.font.size, run.font.bold = leaf.letters(size), bold
        tint(run.font.color, colour)


def write(
    leaf: Leaf,
    box: Box,
    paragraphs: Iterable[Paragraph],
    align: PP_ALIGN = PP_ALIGN.LEFT,
    holder: int | None = None,
) -> None:
    """Write paragraphs in a box: in the layout's own place for them, if it has one."""
    shape = None if holder is None else leaf.holder(holder)
    if shape is None:
        shape = leaf.shapes.add_textbox(*leaf.at(box))
    else:
        shape.left, shape.top, shape.width, shape.height = leaf.at(box)
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = 0
    put(leaf, frame, paragraphs, align)


def body(texts: Iterable[str], size: float = BODY) -> list[Paragraph]:
    """Return texts as paragraphs of the body."""
    return [(plain(text), size, False, INK) for text in texts]


# --- tables --------------------------------------------------------------------------------


def table(
    leaf: Leaf,
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
    box = leaf.at((start, top, sum(widths), 0.4))
    holder, size = leaf.of_kind(PP_PLACEHOLDER.TABLE), (len(rows) + 1, len(head))
    shape = holder.insert_table(*size) if holder else leaf.shapes.add_table(*size, *box)
    shape.left, shape.top, shape.width, shape.height = box
    drawn = shape.table
    for column, width in zip(drawn.columns, widths, strict=True):
        column.width = leaf.inches(width)
    for n, texts in enumerate([head, *rows]):
        lines = most if n else HEAD
        fitting = [cut(t, w - 2 * PAD, BODY, lines) for t, w in zip(texts, widths, strict=True)]
        drawn.rows[n].height = leaf.inches(row_height(fitting, widths, lines))
        for k, text in enumerate(fitting):
            align = PP_ALIGN.LEFT if k in left else PP_ALIGN.CENTER
            _cell(leaf, drawn.cell(n, k), text, align, n)


def _cell(leaf: Leaf, cell: Cell, text: str, align: PP_ALIGN, row: int) -> None:
    """Write one cell: white on accent in the head, ink on paper below."""
    cell.margin_left = cell.margin_right = leaf.inches(PAD)
    cell.margin_top = cell.margin_bottom = leaf.inches(PAD * 0.6)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    line = cell.text_frame.paragraphs[0]
    line.alignment = align
    run = line.add_run()
    run.text = text
    run.font.size, run.font.bold = leaf.letters(BODY), row == 0
    tint(run.font.color, INK if row else PAPER)


# --- bars and tiles ------------------------------------------------------------------------


def bar(leaf: Leaf, box: Box, drawn: Bar | None, text: str) -> None:
    """Add a bar: solid what is verified, hatched what is not known, a tick at the threshold.

    Where nothing is counted it is an empty one with a broken line, which is not a bar of none.
    """
    left, top, width, high = box
    frame = _block(leaf, box, PAPER, edge=QUIET)
    describe(frame, text)
    if drawn is None:
        frame.line.dash_style = 4
        return
    if drawn.yes:
        _block(leaf, (left, top, width * drawn.yes, high), DONE)
    if drawn.unknown:
        at = left + width * drawn.yes
        _hatched(_block(leaf, (at, top, width * drawn.unknown, high), PAPER))
    if drawn.goal is not None:
        at = left + min(width * drawn.goal, width - 0.04)
        _block(leaf, (at, top - 0.05, 0.04, high + 0.1), INK)


def swatch(leaf: Leaf, box: Box, shade: Shade) -> None:
    """Add a small area that is filled as units are."""
    area = _block(leaf, box, shade.fill, edge=QUIET)
    if shade.hatched:
        _hatched(area)


def _hatched(area: Any) -> None:
    """Hatch an area: what is not known."""
    area.fill.patterned()
    area.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
    tint(area.fill.fore_color, HATCH)
    tint(area.fill.back_color, PAPER)


def _block(leaf: Leaf, box: Box, fill: str, edge: str = "") -> Any:
    """Add a plain rectangle."""
    block = leaf.shapes.add_shape(MSO_SHAPE.RECTANGLE, *leaf.at(box))
    block.shadow.inherit = False
    block.fill.solid()
    tint(block.fill.fore_color, fill)
    if edge:
        tint(block.line.color, edge)
        block.line.width = leaf.points(0.75)
    else:
        block.line.fill.background()
    return block


def ground(leaf: Leaf, box: Box) -> None:
    """Lay a quiet ground below all else on the slide, its layout's own places too."""
    block = _block(leaf, box, PANEL)._element  # noqa: SLF001 - no API for it
    tree = block.getparent()
    tree.remove(block)
    tree.insert(_FIRST, block)


def tile(leaf: Leaf, box: Box, colour: str, paragraphs: Iterable[Paragraph]) -> None:
    """Add a tile: text on paper beside an edge in the colour of what it says."""
    left, top, _width, high = box
    drawn = _block(leaf, box, PAPER, edge=QUIET)
    frame = drawn.text_frame
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    frame.margin_left, frame.margin_right = leaf.inches(0.26), leaf.inches(PAD)
    put(leaf, frame, paragraphs)
    _block(leaf, (left, top, 0.14, high), colour)
