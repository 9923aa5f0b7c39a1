"""A day in the field on paper: an overview of the stops, then a page to fill in for each.

A4 portrait, letters and map as vectors. Not here: a site's page (``field.pages``), the small map
(``field.map``), or the sheet for the screen (``field.workbook``).
"""

import io
from typing import Any

from pypdf import PdfReader
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepInFrame,
    PageBreak,
    PageTemplate,
    Table,
)

from geodata.core.text import LANGUAGE, _, number
from geodata.outputs import figure, fonts
from geodata.outputs.briefing.wording import across, marks
from geodata.outputs.field.day import FieldDay
from geodata.outputs.field.map import DayMap
from geodata.outputs.field.pages import site_page
from geodata.outputs.field.paper import (
    ACROSS,
    BOTTOM,
    HIGH,
    LINE,
    NAME,
    SIDE,
    TALL,
    WIDE,
    blanks,
    gap,
    heads,
    kind_text,
    km,
    say,
    table,
    tall,
)
from geodata.outputs.figure import ALERT, MM, tidy
from geodata.outputs.fonts import BOLD, REGULAR
from geodata.reading.symbology import INK, QUIET
from geodata.register.sites import UNCERTAIN_M

_SMALLEST, _LARGEST = 0.26, 0.42  # of a page, of the map


def render(day: FieldDay) -> bytes:
    """Return a day in the field as a PDF file; the same day makes the same bytes."""
    fonts.register()
    title = _("Field sheet: {n} sites").format(n=number(len(day.stops)))
    first = _set(day, title, _overview(day, title), 0)  # only to know how many pages it takes
    pages = len(PdfReader(io.BytesIO(first)).pages) + len(day.stops)
    story = _overview(day, title)
    for n, stop in enumerate(day.stops, 1):
        page = KeepInFrame(ACROSS, HIGH, site_page(day, n, stop), mode="shrink")
        story += [PageBreak(), page]
    return _set(day, title, story, pages)


def _set(day: FieldDay, title: str, story: list[Flowable], pages: int) -> bytes:
    """Return pages as a file, told how many there are."""
    out = io.BytesIO()
    frame = Frame(
        SIDE, BOTTOM, ACROSS, HIGH,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip
    file = BaseDocTemplate(
        out, pagesize=A4, pageCompression=1, title=title, lang=f"{LANGUAGE}-VN", invariant=1
    )

    def dress(canvas: Canvas, _file: BaseDocTemplate) -> None:
        _running_lines(canvas, day, title, pages)
        if mark := across(day):
            _watermark(canvas, mark)

    file.addPageTemplates(PageTemplate(frames=[frame], onPageEnd=dress))
    file.build(story)
    return out.getvalue()


def _running_lines(canvas: Canvas, day: FieldDay, title: str, pages: int) -> None:
    """Write head and foot of a page."""
    small, foot, head = 7.0, 8 * MM, TALL - 10 * MM
    right = WIDE - SIDE
    canvas.setStrokeColor(HexColor(LINE))
    canvas.setLineWidth(0.5)
    canvas.line(SIDE, foot + 1.5 * small, right, foot + 1.5 * small)
    canvas.setFillColor(HexColor(QUIET))
    canvas.setFont(REGULAR, small)
    facts = figure.folded(" · ".join(day.facts), 0.85 * ACROSS, small)[:2]
    for k, line in enumerate(facts):
        canvas.drawString(SIDE, foot - 1.3 * k * small, line)
    page = _("Page {page}/{pages}").format(page=canvas.getPageNumber(), pages=pages)
    canvas.drawRightString(right, foot, page)
    canvas.drawString(SIDE, head, title)
    canvas.setFont(BOLD, small)
    canvas.setFillColor(HexColor(ALERT))
    mark = figure.folded(" · ".join(marks(day)), ACROSS, small, bold=True)[:2]
    for k, line in enumerate(reversed(mark)):
        canvas.drawRightString(right, head + (1.5 + 1.25 * k) * small, line)


def _watermark(canvas: Canvas, text: str) -> None:
    """Write across the page that its figures are not those of the office."""
    # A short mark is no larger than the long one.
    size = 0.88 * WIDE / max(11.0, pdfmetrics.stringWidth(text, BOLD, 1))
    canvas.saveState()
    canvas.translate(WIDE / 2, TALL / 2)
    canvas.rotate(52)
    canvas.setFillColor(HexColor(INK), alpha=0.06)
    canvas.setFont(BOLD, size)
    canvas.drawCentredString(0, -size / 3, text)
    canvas.restoreState()


# --- overview --------------------------------------------------------------------------------


def _overview(day: FieldDay, title: str) -> list[Flowable]:
    """Return the first page: blanks of the day, map, order of the stops."""
    above: list[Flowable] = [
        say(title, 2, bold=True, after=0.3),
        say(" · ".join(day.facts), 1, colour=QUIET, after=0.4),
        *blanks([[_("Day of the visits:"), _("Vehicle:")], [_("Members of the team:")]]),
        gap(1.2),
    ]
    below = [gap(0.8), _order(day), gap(0.6), say(day.order_text, 0.9, colour=QUIET), *_totals(day)]
    if not day.route.order:
        return [*above, *below]
    # One page if the map can be small enough for that, else a large one.
    free = (HIGH - tall(above) - tall(below)) / HIGH
    high = min(free, _LARGEST) if free > _SMALLEST else _LARGEST
    return [*above, DayMap(day, ACROSS, high * HIGH - 1), *below]


def _order(day: FieldDay) -> Table:
    """Return the table of the stops in order."""
    rows: list[list[Any]] = [
        heads(
            *(_("Stop"), _("Site"), _("Unit"), _("Leg, km"), _("Sum, km"), _("Arrived")),
            aligned=(0, 0, 0, TA_RIGHT, TA_RIGHT, TA_RIGHT),
        ),
    ]
    if day.start is not None:
        rows.append(
            ["", say(_("Start: {name}").format(name=tidy(day.start, NAME))), "", "", "", ""]
        )
    walked = 0.0
    for n, stop in enumerate(day.stops, 1):
        walked += stop.metres or 0.0
        far = stop.metres is not None
        known = say(km(walked), align=TA_RIGHT) if stop.placed else say("–", align=TA_RIGHT)
        rows.append(
            [
                say(n, bold=True),
                [
                    say(stop.site["name_vi"], bold=True, most=100),
                    say(kind_text(stop), 0.85, colour=QUIET),
                ],
                say(day.unit_of(stop) or "–", 0.9, most=80),
                say(km(stop.metres) if far else "–", align=TA_RIGHT)
                if stop.placed
                else say(_("position not known"), 0.8, colour=QUIET, align=TA_RIGHT),
                known,
                "",
            ]
        )
    if day.route.home:
        way_home = day.start or tidy(day.stops[0].site["name_vi"], NAME)
        rows.append(
            [
                "",
                say(_("Back: {name}").format(name=way_home)),
                "",
                say(km(day.route.home), align=TA_RIGHT),
                say(km(day.route.total), align=TA_RIGHT),
                "",
            ]
        )
    return table(rows, (11, 74, 41, 19, 23, 20), heads=1)


def _totals(day: FieldDay) -> list[Flowable]:
    """Return what the distances come to, and what they leave out."""
    totals = []
    if day.route.order:
        totals.append(_("Together {km} km.").format(km=km(day.route.total)))
    if unplaced := len(day.route.unplaced):
        totals.append(
            _("{n} stops without a known position stand at the end, without distance.").format(
                n=number(unplaced)
            )
        )
    vague = sum(s.placed and not s.site["position_accuracy_m"] < UNCERTAIN_M for s in day.stops)
    if vague:
        totals.append(
            _("Dashed circles: position known only to the commune ({n}); ask for the way.").format(
                n=number(vague)
            )
        )
    return [say(" ".join(totals), 0.9, colour=QUIET)] if totals else []
