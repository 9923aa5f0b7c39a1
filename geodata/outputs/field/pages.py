"""One stop of a day in the field on one page: what is known, and all that is to be filled in.

Not here: the overview before it (``field.pdf``), or what is known itself (``field.day``).
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from xml.sax.saxutils import escape

import pandas as pd
from reportlab.graphics.barcode.qr import QrCode
from reportlab.lib.enums import TA_CENTER
from reportlab.platypus import Flowable, Table

from geodata.core.text import _, day, number
from geodata.geography.coordinates import CENTRAL_MERIDIAN, to_vn2000
from geodata.outputs.field.day import FieldDay, Stop, km, statuses
from geodata.outputs.field.paper import (
    ACROSS,
    HIGH,
    LETTERS,
    NAME,
    blanks,
    gap,
    heading,
    heads,
    kind_text,
    markup_text,
    say,
    table,
    tall,
)
from geodata.outputs.fonts import MM, tidy
from geodata.outputs.paper import SNUG
from geodata.reading.labels import status_label
from geodata.reading.tokens import ACCENT, QUIET
from geodata.register import evidence as ev
from geodata.register import vocabulary
from geodata.rules.status import STAGES

_BOX = "☐"
_MOST_LINES = 8  # to write on


def site_page(field_day: FieldDay, n: int, stop: Stop) -> list[Flowable]:
    """Return the page of one stop; the room that is left over takes lines to write on.

    Parameters
    ----------
    day : FieldDay
        The day.
    n : int
        Number of the stop.
    stop : Stop
        The site.
    """
    above = [
        *_title(field_day, n, stop),
        _facts(stop),
        gap(0.7),
        heading(_("What is known")),
        _known(stop),
        gap(0.7),
        *_checklist(stop),
        gap(0.7),
        *_outreach(field_day, stop),
        gap(0.7),
        *_papers(),
    ]
    below = [gap(1.2), _signatures()]
    free = HIGH - tall(above) - tall(below)
    lines = int(min(_MOST_LINES, max(1, free / tall(blanks([[""]])))))
    return [*above, *blanks([[""]] * lines), *below]


def _title(field_day: FieldDay, n: int, stop: Stop) -> list[Flowable]:
    """Return number, name and kind of a site; beside them the way to its page in the app."""
    lines = [
        say(
            _("Stop {n} of {all}").format(n=n, all=len(field_day.stops)),
            0.95,
            bold=True,
            colour=ACCENT,
            after=0.2,
        ),
        say(stop.site["name_vi"], 1.7, bold=True, most=NAME, after=0.3),
        say(kind_text(stop), 1, colour=QUIET, after=0.6),
    ]
    if not field_day.address:
        return lines
    query = {"site": stop.site["id"], **({"workspace": "simulated"} if field_day.simulated else {})}
    size = 21 * MM
    code = QrCode(f"{field_day.address}?{urlencode(query)}", width=size, height=size, qrBorder=0)
    return [
        Table(
            [[lines, code]],
            colWidths=[ACROSS - size, size],
            hAlign="LEFT",
            style=SNUG,
        ),
        gap(0.6),
    ]


def _facts(stop: Stop) -> Table:
    """Return place and register in two columns."""
    site, unknown = stop.site, _("Not known")
    lifecycle = vocabulary.label_of("lifecycle", site["lifecycle"])
    lat_lon, grid = _position(site)
    pairs = [
        (_("From 01/07/2025"), stop.unit_now),
        (_("To 30/06/2025"), stop.unit_before),
        (_("WGS 84"), lat_lon),
        (_("VN-2000, {meridian}°").format(meridian=number(CENTRAL_MERIDIAN)), grid),
        (_("Lifecycle"), lifecycle),
        (_("Operator"), site["operator"]),
        (_("Decision"), site["decision"]),
        (_("From the stop before"), _leg(stop)),
    ]
    cells = [
        markup_text(
            f'<font color="{QUIET}" size="{0.85 * LETTERS}">{escape(label)}</font><br/>'
            f"{escape(tidy(unknown if pd.isna(text) or not text else text, 160))}"
        )
        for label, text in pairs
    ]
    return table([cells[k : k + 2] for k in range(0, len(cells), 2)], (1, 1), heads=0)


def _leg(stop: Stop) -> str:
    """Return how far a stop is from the one before it."""
    if stop.metres is not None:
        return f"{km(stop.metres)} km"
    return _("the first stop") if stop.placed else ""


def _position(site: pd.Series) -> tuple[str, str]:
    """Return a position in both systems, X being the north, with its accuracy."""
    if pd.isna(site["lat"]) or pd.isna(site["lon"]):
        return "", ""
    grid = to_vn2000(site["lon"], site["lat"])
    off = site["position_accuracy_m"]
    accuracy = (
        _("accuracy ±{m} m").format(m=number(off)) if pd.notna(off) else _("accuracy not known")
    )
    lat_lon = _("{lat} N, {lon} E").format(lat=number(site["lat"], 5), lon=number(site["lon"], 5))
    metres = _("X (north) {x} m, Y (east) {y} m").format(
        x=number(float(grid.north_x)), y=number(float(grid.east_y))
    )
    return f"{lat_lon}; {accuracy}", metres


def _known(stop: Stop) -> Table:
    """Return the status on each axis, why, and the last record."""
    rows: list[Sequence[Any]] = [
        heads(_("Axis"), _("Status"), _("Why"), _("Last evidence on record"))
    ]
    for axis, status, rule, record in statuses(stop.passport):
        rows.append(
            [
                say(axis, 0.9),
                say(status, 0.95, bold=True),
                say(rule, 0.85, most=260),
                say(_record(record), 0.85, most=260),
            ]
        )
    return table(rows, (24, 36, 58, 62))


def _record(record: pd.Series | None) -> str:
    """Return one record in a few words."""
    if record is None:
        return _("none on record")
    when = record["event_date"]
    lines = [
        _("without a date") if pd.isna(when) else day(when.date()),
        _("grade {grade}").format(grade=record["grade"]),
        *(
            tidy(record[c], 70)
            for c in ("doc_no", "organiser", "summary_vi")
            if pd.notna(record[c])
        ),
        *([] if "reason" not in record else [tidy(record["reason"], 60).lower()]),
        str(record["id"]),
    ]
    return "; ".join(lines)


def _checklist(stop: Stop) -> list[Flowable]:
    """Return the criteria of the profile in force, a box for each answer."""
    profile = stop.passport.profile
    if profile is None:
        none = _("No profile is in force for this kind of site: nothing to check by criteria.")
        return [heading(_("Checklist")), say(none)]
    words = [vocabulary.label_of("answers", answer) for answer in ev.ANSWERS]
    rows: list[Sequence[Any]] = [
        heads(*(_("Criterion"), *words, _("Remark")), aligned=(0, *[TA_CENTER] * len(words), 0))
    ]
    for code, text in profile.criteria.items():
        boxes = [say(_BOX, 1.25, align=TA_CENTER) for _answer in words]
        criterion = markup_text(f"<b>{escape(code)}</b> {escape(tidy(text, 240))}", 0.95)
        rows.append([criterion, *boxes, ""])
    name = f"{profile.code} – {profile.name} ({profile.basis})"
    return [
        heading(_("Checklist")),
        say(name, 0.9, colour=QUIET, most=240, after=0.3),
        table(rows, (82, 10, 14, 14, 16, 16, 28), boxed=True),
    ]


def _outreach(field_day: FieldDay, stop: Stop) -> list[Flowable]:
    """Return the blanks of an outreach event, or of a milestone of a model."""
    if stop.site["kind"] == "pilot_model":
        return [
            heading(_("Milestone of the model")),
            *blanks([[_("Day:"), _("Organiser:")]]),
            gap(0.4),
            _boxes(_("Stage reached:"), [status_label("stage", s) for s in STAGES[:-1]]),
        ]
    tags = dict.fromkeys([*field_day.plan.topics["T3"], *field_day.plan.topics["T5"]])
    return [
        heading(_("Outreach event")),
        *blanks(
            [
                [_("Day:"), _("Organiser:")],
                [_("Participants:"), _("Enterprises present:")],
            ]
        ),
        gap(0.4),
        _boxes(_("Topic:"), [*map(_topic_label, tags)]),
        *blanks([[_("Another topic:")]]),
    ]


def _topic_label(tag: str) -> str:
    """Return what a topic is called, with its tag; one we have no words for by its tag."""
    words = {
        "scp": _("Sustainable production and consumption"),
        "sustainable_consumption": _("Sustainable consumption"),
        "sustainable_lifestyle": _("Sustainable lifestyle"),
    }
    return words.get(tag, tag)


def _boxes(label: str, words: Sequence[str]) -> Flowable:
    """Return a label with a box before each of some words."""
    joined = "   ".join(f"{_BOX}\u00a0{word}" for word in words)
    return markup_text(escape(f"{label} {joined}"))


def _papers() -> list[Flowable]:
    """Return the blanks for photos, minutes and remarks."""
    return [
        heading(_("Photos and documents")),
        *blanks(
            [
                [_("Photos, numbers:"), _("Minutes, number and day:")],
                [_("Remark:")],
            ]
        ),
    ]


def _signatures() -> Table:
    """Return the places to sign."""
    who = (_("For the site"), _("Inspector"), _("Head of the team"))
    sign = _("(signature, full name)")
    row = [
        [say(name, bold=True, align=TA_CENTER), say(sign, 0.85, colour=QUIET, align=TA_CENTER)]
        for name in who
    ]
    plain = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("BOTTOMPADDING", (0, 0), (-1, -1), 14 * MM)]
    return Table([row], colWidths=[ACROSS / len(row)] * len(row), style=plain, hAlign="LEFT")
