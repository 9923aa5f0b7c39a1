"""A day in the field on paper: an overview of the stops, then a page to fill in for each.

A4 portrait, letters and map as vectors, tagged for those who do not see it. Not here: a stop's page
(``field.pages``), the small map (``field.map``), or the sheet for the screen (``field.workbook``).
"""

from math import ceil
from typing import Any

from geodata.core.text import _, number
from geodata.outputs import typeset
from geodata.outputs.field import map as day_map
from geodata.outputs.field import pages
from geodata.outputs.field.day import FieldDay, km
from geodata.outputs.field.pages import NAME, kind_text
from geodata.outputs.fonts import MM, letters_wide, printable, tidy
from geodata.outputs.typeset import Content
from geodata.register.sites import UNCERTAIN_M

_ACROSS, _TALL = 180 * MM, 263 * MM  # of a page, between its margins
_SMALLEST, _LARGEST = 0.26, 0.42  # of a page, of the map
_LINE = 18.9  # points from one line to write on to the next
_LETTERS, _LEADING, _EDGES = 10, 11.6, 3.4  # points, of the order: letters, a line, around a row
_COLUMNS = (10, 70, 41, 24, 23, 20)  # of the order, beside each other
_AROUND = 152  # points of the overview beside the map and the order


def render(day: FieldDay) -> bytes:
    """Return a day in the field as a PDF file; the same day makes the same bytes."""
    title = _("Field sheet: {n} sites").format(n=number(len(day.stops)))
    overview = _overview(day)
    pictures = {}
    if day.route.order:
        pictures["map"] = day_map.drawn(day, _ACROSS, _map_height(overview["order"]["rows"]))
    stops = list(enumerate(day.stops, 1))
    for n, stop in stops:
        pictures |= pages.way_back(day, n, stop)
    content = {
        "title": title,
        "running": title,
        "line": _LINE,
        "overview": overview,
        "stops": [pages.content(day, n, stop) for n, stop in stops],
        "papers": {
            "title": _("Photos and documents"),
            "blanks": [[_("Photos, numbers:"), _("Minutes, number and day:")], [_("Remark:")]],
        },
        "signing": [_("For the site"), _("Inspector"), _("Head of the team")],
        "sign": _("(signature, full name)"),
    }
    return typeset.pdf("field", content, day, day.as_of, pictures)


# --- overview --------------------------------------------------------------------------------


def _overview(day: FieldDay) -> Content:
    """Return the first page: blanks of the day, order of the stops, what is to be said of it."""
    return {
        "blanks": [[_("Day of the visits:"), _("Vehicle:")], [_("Members of the team:")]],
        "alt": _(
            "Map of the day: {n} numbered stops, the way between them, and the units around; the "
            "table below names them in their order."
        ).format(n=number(len(day.route.order))),
        "order": _order(day),
        "notes": [day.order_text, *_totals(day)],
    }


def _map_height(order: list[list[Any]]) -> float:
    """Return how high the map is: as high as leaves room for the order, or high on two pages."""
    free = _TALL - _AROUND - sum(map(_row_height, order))
    return min(free, _LARGEST * _TALL) if free > _SMALLEST * _TALL else _LARGEST * _TALL


def _row_height(row: list[Any]) -> float:
    """Return how high about a row of the order is set: as its longest text needs."""
    part, lines = _ACROSS / sum(_COLUMNS), 1.0
    for cell, share in zip(row, _COLUMNS, strict=True):
        first, *more = cell if isinstance(cell, list) else [cell]
        wide = share * part - 0.7 * _LETTERS
        needs = 1.1 * _LETTERS * letters_wide(printable(first), bold=isinstance(cell, list))
        lines = max(lines, ceil(needs / wide) + 0.85 * len(more))
    return lines * _LEADING + _EDGES


def _order(day: FieldDay) -> Content:
    """Return the table of the stops in order."""
    heads = (_("Stop"), _("Site"), _("Unit"), _("Leg, km"), _("Sum, km"), _("Arrived"))
    rows: list[list[Any]] = []
    if day.start is not None:
        start = _("Start: {name}").format(name=tidy(day.start, NAME))
        rows.append(["", start, "", "", "", ""])
    walked = 0.0
    for n, stop in enumerate(day.stops, 1):
        walked += stop.metres or 0.0
        leg: Any = "–" if stop.metres is None else km(stop.metres)
        rows.append(
            [
                [str(n)],
                [tidy(stop.site["name_vi"], 100), kind_text(stop)],
                tidy(day.unit_of(stop) or "–", 80),
                leg if stop.placed else _("position not known"),
                km(walked) if stop.placed else "–",
                "",
            ]
        )
    if day.route.home:
        way_home = day.start or tidy(day.stops[0].site["name_vi"], NAME)
        back, route = _("Back: {name}").format(name=tidy(way_home, NAME)), day.route
        rows.append(["", back, "", km(route.home), km(route.total), ""])
    return typeset.table(heads, rows, _COLUMNS, right=(3, 4, 5))


def _totals(day: FieldDay) -> list[str]:
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
    return [" ".join(totals)] if totals else []
