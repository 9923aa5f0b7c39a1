"""What the pages of a day in the field are set with: sizes, text, tables, lines to write on.

Not here: what stands on a page (``field.pdf`` for the overview, ``field.pages`` for a site).
"""

from collections.abc import Sequence
from functools import partial

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Flowable, Paragraph, Table

from geodata.outputs.field.day import Stop
from geodata.outputs.fonts import MM
from geodata.outputs.paper import REGULAR, SNUG, Paper
from geodata.reading.labels import kind_label
from geodata.reading.tokens import ACCENT, INK, QUIET

SHEET = Paper(
    A4[0], A4[1], 9.0, 15 * MM, 17 * MM, 15 * MM, head=10 * MM, foot=8 * MM, fine=2.5, leading=1.32
)
ACROSS, HIGH, LETTERS = SHEET.across, SHEET.tall, SHEET.letters
say, markup_text, gap, tall = SHEET.say, SHEET.paragraph, SHEET.gap, SHEET.high
table = partial(SHEET.table, pad=0.3, apart=(0.3, 0.3), shaded=True)
NAME = 160
"""Letters of a name in a heading; longer ones are cut."""


def heading(text: str) -> Paragraph:
    """Return the heading of a part of a page."""
    return say(text, 1.1, bold=True, colour=ACCENT, after=0.35)


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
        *SNUG,
        ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
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


def kind_text(stop: Stop) -> str:
    """Return kind and code of a site."""
    return f"{kind_label(stop.site['kind'])} · {stop.site['id']}"
