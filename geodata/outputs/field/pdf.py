"""A day in the field on paper: an overview of the stops, then a page to fill in for each.

A4 portrait, letters and map as vectors. Not here: a site's page (``field.pages``), the small map
(``field.map``), or the sheet for the screen (``field.workbook``).
"""

from functools import partial
from typing import Any

from reportlab.lib.enums import TA_RIGHT
from reportlab.platypus import Flowable, KeepInFrame, PageBreak, Table

from geodata.core.text import _, number
from geodata.outputs.field.day import FieldDay, km
from geodata.outputs.field.map import DayMap
from geodata.outputs.field.pages import site_page
from geodata.outputs.field.paper import (
    ACROSS,
    HIGH,
    NAME,
    SHEET,
    blanks,
    gap,
    heads,
    kind_text,
    say,
    table,
    tall,
)
from geodata.outputs.fonts import tidy
from geodata.outputs.paper import pages, register
from geodata.reading.tokens import QUIET
from geodata.register.sites import UNCERTAIN_M

_SMALLEST, _LARGEST = 0.26, 0.42  # of a page, of the map


def render(day: FieldDay) -> bytes:
    """Return a day in the field as a PDF file; the same day makes the same bytes."""
    register()
    title = _("Field sheet: {n} sites").format(n=number(len(day.stops)))
    story = _overview(day, title)
    for n, stop in enumerate(day.stops, 1):
        page = KeepInFrame(ACROSS, HIGH, site_page(day, n, stop), mode="shrink")
        story += [PageBreak(), page]
    return pages(SHEET, story, day, title)


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
        start = say(_("Start: {name}").format(name=tidy(day.start, NAME)))
        rows.append(["", start, "", "", "", ""])
    right, walked = partial(say, align=TA_RIGHT), 0.0
    for n, stop in enumerate(day.stops, 1):
        walked += stop.metres or 0.0
        name = say(stop.site["name_vi"], bold=True, most=100)
        kind = say(kind_text(stop), 0.85, colour=QUIET)
        unit = say(day.unit_of(stop) or "–", 0.9, most=80)
        leg = right("–" if stop.metres is None else km(stop.metres))
        if not stop.placed:
            leg = right(_("position not known"), 0.8, colour=QUIET)
        whole = right(km(walked) if stop.placed else "–")
        rows.append([say(n, bold=True), [name, kind], unit, leg, whole, ""])
    if day.route.home:
        way_home = day.start or tidy(day.stops[0].site["name_vi"], NAME)
        back, route = say(_("Back: {name}").format(name=way_home)), day.route
        rows.append(["", back, "", right(km(route.home)), right(km(route.total)), ""])
    return table(rows, (11, 74, 41, 19, 23, 20))


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
