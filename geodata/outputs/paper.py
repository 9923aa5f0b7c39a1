"""What all pages we set have alike: text, tables, running lines, the mark of what is not real.

Not here: what stands on the pages (``briefing.pdf``, ``field``), or the map on them (``figure``).
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from geodata.core.text import LANGUAGES, _, language
from geodata.outputs.briefing.wording import Marked, across, marks
from geodata.outputs.fonts import FILES, MM, SUBSTITUTE, folded, tidy
from geodata.reading.tokens import ACCENT, ALERT, INK, LINE, PANEL, QUIET

REGULAR, BOLD = "DejaVuSans", "DejaVuSans-Bold"
_FINE = 0.9  # letters of a running line, in those of the others
SNUG: list[tuple[Any, ...]] = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    *((f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
]
"""Style of a table that only puts its cells side by side."""


@cache
def register() -> None:
    """Make the fonts known to reportlab, once a process."""
    for name, path in zip((REGULAR, BOLD), FILES[SUBSTITUTE], strict=True):
        pdfmetrics.registerFont(TTFont(name, str(path)))


@dataclass(frozen=True)
class Paper:
    """A size of paper with its letters, margins and running lines, all in points.

    `head` and `foot` are how far these lines stand from the edges, `fine` by how much their letters
    are larger than half of the others; `leading` is in letters.
    """

    width: float
    height: float
    letters: float
    side: float = 16 * MM
    top: float = 19 * MM
    bottom: float = 17 * MM
    head: float = 11 * MM
    foot: float = 9.5 * MM
    fine: float = 2
    leading: float = 1.35

    @property
    def across(self) -> float:
        """Width between the margins."""
        return self.width - 2 * self.side

    @property
    def tall(self) -> float:
        """Height between the margins."""
        return self.height - self.top - self.bottom

    def say(self, text: object, size: float = 1, *, most: int = 2000, **how: Any) -> Paragraph:
        """Return data or a sentence as a paragraph: text, never markup."""
        return self.paragraph(escape(tidy(text, most)), size, **how)

    def paragraph(
        self,
        markup: str,
        size: float = 1,
        *,
        bold: bool = False,
        colour: str = INK,
        align: int = 0,
        after: float = 0,
    ) -> Paragraph:
        """Return text that is already escaped as a paragraph; sizes are in letters of the sheet."""
        letters = size * self.letters
        style = ParagraphStyle(
            "",
            fontName=BOLD if bold else REGULAR,
            fontSize=letters,
            leading=self.leading * letters,
            textColor=HexColor(colour),
            alignment=align,
            spaceAfter=after * self.letters,
        )
        return Paragraph(markup, style)

    def gap(self, size: float) -> Spacer:
        """Return empty space, in letters."""
        return Spacer(0, size * self.letters)

    def high(self, flowables: Sequence[Flowable], width: float | None = None) -> float:
        """Return the height some flowables take one below the other."""
        wide = width or self.across
        return float(sum(f.wrap(wide, 1e6)[1] + f.getSpaceAfter() for f in flowables))

    def table(
        self,
        rows: Sequence[Sequence[Any]],
        shares: Sequence[float],
        *,
        heads: int = 1,
        width: float | None = None,
        pad: float = 0.4,
        apart: tuple[float, float] = (0.6, 0),
        boxed: bool = False,
        shaded: bool = False,
    ) -> Table:
        """Return a table over the whole width, ruled by thin lines; its heads repeat.

        Parameters
        ----------
        rows : sequence
            The first `heads` of them are heads.
        shares : sequence of float
            The width of each column beside the others.
        width : float, optional
            Points; the sheet's by default.
        pad, apart : float
            Letters above a text; letters to its right, and in the last column.
        boxed, shaded : bool
            Whether there is a line around each cell, and a ground under the heads.
        """
        whole, line, pad = ((0, 0), (-1, -1)), HexColor(LINE), pad * self.letters
        style: list[tuple[Any, ...]] = [
            ("VALIGN", *whole, "TOP"),
            ("LEFTPADDING", *whole, pad if boxed else 0),
            ("RIGHTPADDING", *whole, apart[0] * self.letters),
            ("RIGHTPADDING", (-1, 0), (-1, -1), apart[1] * self.letters),
            ("TOPPADDING", *whole, pad),
            ("BOTTOMPADDING", *whole, 1.3 * pad),
        ]
        if heads:
            head = ((0, 0), (-1, heads - 1))
            style += [("VALIGN", *head, "BOTTOM"), ("LINEBELOW", *head, 1, HexColor(ACCENT))]
            style += [("BACKGROUND", *head, HexColor(PANEL))] if shaded else []
        style.append(("LINEBELOW", (0, heads), (-1, -1), 0.5, line))
        style += [("GRID", *whole, 0.5, line)] if boxed else []
        part = (width or self.across) / sum(shares)
        widths = [part * share for share in shares]
        return Table(list(rows), colWidths=widths, repeatRows=heads, style=style, hAlign="LEFT")


class _Counted(Canvas):  # type: ignore[misc]
    """A canvas that dresses each page when it knows how many there are."""

    def __init__(self, *args: Any, dress: Callable[[Canvas, int, int], None], **how: Any) -> None:
        super().__init__(*args, **how)
        self._dress = dress
        self._done: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        self._done.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        done = self._done
        for page, state in enumerate(done, 1):
            self.__dict__.update(state)
            self._dress(self, page, len(done))
            super().showPage()
        super().save()


def pages(sheet: Paper, story: list[Flowable], about: Marked, title: str, first: int = 1) -> bytes:
    """Return a file of pages that bear marks and facts, and their title from page `first` on.

    The same story makes the same bytes.
    """
    out = io.BytesIO()
    frame = Frame(
        sheet.side, sheet.bottom, sheet.across, sheet.tall,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip
    file = BaseDocTemplate(
        out,
        pagesize=(sheet.width, sheet.height),
        pageCompression=1,
        title=title,
        lang=LANGUAGES[language()],
    )
    file.addPageTemplates(PageTemplate(frames=[frame]))

    def dress(canvas: Canvas, page: int, last: int) -> None:
        number = _("Page {page}/{pages}").format(page=page, pages=last)
        _foot(canvas, sheet, " · ".join(about.facts), number)
        _head(canvas, sheet, title if page >= first else "", " · ".join(marks(about)))
        if mark := across(about):
            _watermark(canvas, sheet, mark)

    def canvas(*args: Any, **how: Any) -> _Counted:
        return _Counted(*args, **how | {"dress": dress, "invariant": 1})

    file.build(story, canvasmaker=canvas)
    return out.getvalue()


def _foot(canvas: Canvas, sheet: Paper, facts: str, number: str) -> None:
    """Write the facts at the foot of a page, and its number."""
    small, right = 0.5 * sheet.letters + sheet.fine, sheet.width - sheet.side
    above = sheet.foot + 1.6 * small
    canvas.setStrokeColor(HexColor(LINE))
    canvas.setLineWidth(0.5)
    canvas.line(sheet.side, above, right, above)
    canvas.setFillColor(HexColor(QUIET))
    canvas.setFont(REGULAR, small)
    canvas.drawRightString(right, sheet.foot, number)
    room = sheet.across - pdfmetrics.stringWidth(number, REGULAR, small) - 2 * small
    # On one line if that takes only a little smaller letters, else on two.
    fitting = min(small, small * room / pdfmetrics.stringWidth(facts, REGULAR, small))
    size = fitting if fitting >= _FINE * small else small
    canvas.setFont(REGULAR, size)
    for k, line in enumerate(folded(facts, room * 1.001, size)[:2]):
        canvas.drawString(sheet.side, sheet.foot - 1.3 * k * size, line)


def _head(canvas: Canvas, sheet: Paper, title: str, mark: str) -> None:
    """Write the title at the head of a page, and above it the marks."""
    small, base = 0.5 * sheet.letters + sheet.fine, sheet.height - sheet.head
    if title:
        canvas.setFont(REGULAR, small)
        canvas.drawString(sheet.side, base, title)
    canvas.setFont(BOLD, small)
    canvas.setFillColor(HexColor(ALERT))
    for k, line in enumerate(reversed(folded(mark, sheet.across, small, bold=True)[:2])):
        canvas.drawRightString(sheet.width - sheet.side, base + (1.5 + 1.25 * k) * small, line)


def _watermark(canvas: Canvas, sheet: Paper, text: str) -> None:
    """Write across the page that its figures are not those of the office."""
    # A short mark is no larger than the long one.
    size = 0.88 * sheet.width / max(11.0, pdfmetrics.stringWidth(text, BOLD, 1))
    canvas.saveState()
    canvas.translate(sheet.width / 2, sheet.height / 2)
    canvas.rotate(38)
    canvas.setFillColor(HexColor(INK), alpha=0.07)
    canvas.setFont(BOLD, size)
    canvas.drawCentredString(0, -size / 3, text)
    canvas.restoreState()
