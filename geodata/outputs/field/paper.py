"""What the pages of a day in the field are set with: sizes, text, tables, lines to write on.

Not here: what stands on a page (``field.pdf`` for the overview, ``field.pages`` for a site).
"""

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Flowable, Paragraph, Spacer, Table

from geodata.core.text import number
from geodata.outputs.field.day import Stop
from geodata.outputs.figure import MM, tidy
from geodata.outputs.fonts import BOLD, REGULAR
from geodata.reading.labels import kind_label
from geodata.reading.symbology import ACCENT, INK, QUIET

WIDE, TALL = A4
SIDE, TOP, BOTTOM = 15 * MM, 17 * MM, 15 * MM
ACROSS, HIGH = WIDE - 2 * SIDE, TALL - TOP - BOTTOM
LETTERS = 9.0
"""Points; other sizes are given in letters."""

LINE, PALE = "#c3ccd5", "#eef2f6"
NAME = 160
"""Letters of a name in a heading; longer ones are cut."""

_METRES = 1000  # of a kilometre


def say(text: object, size: float = 1, *, most: int = 600, **how: Any) -> Paragraph:
    """Return data or a sentence as a paragraph: text, never markup."""
    return markup_text(escape(tidy(text, most)), size, **how)


def markup_text(
    markup: str,
    size: float = 1,
    *,
    bold: bool = False,
    colour: str = INK,
    align: int = 0,
    after: float = 0,
) -> Paragraph:
    """Return text that is already escaped as a paragraph; sizes are in letters."""
    letters = size * LETTERS
    style = ParagraphStyle(
        "",
        fontName=BOLD if bold else REGULAR,
        fontSize=letters,
        leading=1.32 * letters,
        textColor=HexColor(colour),
        alignment=align,
        spaceAfter=after * LETTERS,
    )
    return Paragraph(markup, style)


def tall(flowables: Sequence[Flowable]) -> float:
    """Return the height, points, that flowables take one below the other over the whole width."""
    return float(sum(f.wrap(ACROSS, HIGH)[1] + f.getSpaceAfter() for f in flowables))


def heading(text: str) -> Paragraph:
    """Return the heading of a part of a page."""
    return say(text, 1.1, bold=True, colour=ACCENT, after=0.35)


def gap(size: float) -> Spacer:
    """Return empty space, in letters."""
    return Spacer(0, size * LETTERS)


def table(
    rows: Sequence[Sequence[Any]],
    shares: Sequence[float],
    *,
    heads: int = 0,
    boxed: bool = False,
) -> Table:
    """Return a table over the whole width; `boxed` ones have a line around each cell."""
    total, pad = sum(shares), 0.3 * LETTERS
    line = HexColor(LINE)
    style: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), pad if boxed else 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), pad),
        ("TOPPADDING", (0, 0), (-1, -1), pad),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.3 * pad),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, line),
    ]
    if boxed:
        style.append(("GRID", (0, 0), (-1, -1), 0.5, line))
    if heads:
        style += [
            ("BACKGROUND", (0, 0), (-1, heads - 1), HexColor(PALE)),
            ("LINEBELOW", (0, heads - 1), (-1, heads - 1), 1, HexColor(ACCENT)),
            ("VALIGN", (0, 0), (-1, heads - 1), "BOTTOM"),
        ]
    widths = [ACROSS * part / total for part in shares]
    return Table(list(rows), colWidths=widths, repeatRows=heads, style=style, hAlign="LEFT")


def heads(*texts: str, aligned: tuple[int, ...] = ()) -> list[Paragraph]:
    """Return the heads of columns; `aligned` tells where each stands, at the left by default."""
    where = aligned or (0,) * len(texts)
    return [
        say(text, 0.85, bold=True, colour=QUIET, align=align)
        for text, align in zip(texts, where, strict=True)
    ]


class Blank(Flowable):  # type: ignore[misc]
    """A label with a dotted line to write on behind it."""

    def __init__(self, label: str, high: float = 2.1 * LETTERS) -> None:
        super().__init__()
        self.label, self.height = label, high

    def wrap(self, wide: float, _high: float) -> tuple[float, float]:
        """Take all the width there is."""
        self.width = wide
        return wide, self.height

    def draw(self) -> None:
        """Draw label and line."""
        canvas, base = self.canv, 0.35 * LETTERS
        canvas.setFont(REGULAR, LETTERS)
        canvas.setFillColor(HexColor(INK))
        canvas.drawString(0, base, self.label)
        begin = pdfmetrics.stringWidth(self.label, REGULAR, LETTERS) + (4 if self.label else 0)
        canvas.setStrokeColor(HexColor(QUIET))
        canvas.setLineWidth(0.6)
        canvas.setDash(0.6, 2)
        canvas.line(begin, base - 1, self.width, base - 1)
        canvas.setDash()


def blanks(rows: Sequence[Sequence[str]]) -> list[Flowable]:
    """Return rows of labels with lines to write on, each row spread over the page."""
    gap = 1.2 * LETTERS
    style = [
        ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
        *((f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "TOP", "BOTTOM")),
        ("RIGHTPADDING", (0, 0), (-1, -1), gap),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
    ]
    return [
        Table(
            [[Blank(label) for label in row]],
            colWidths=[ACROSS / len(row)] * len(row),
            style=style,
            hAlign="LEFT",
        )
        for row in rows
    ]


def km(metres: float | None) -> str:
    """Return metres as kilometres with one decimal."""
    return number((metres or 0.0) / _METRES, 1)


def kind_text(stop: Stop) -> str:
    """Return kind and code of a site."""
    return f"{kind_label(stop.site['kind'])} · {stop.site['id']}"
