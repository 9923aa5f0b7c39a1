"""One stop of a day in the field on one page: what is known, and all that is to be filled in.

Here it is put in words; ``templates/field.typ`` sets it. Not here: the overview before it
(``field.pdf``), or what is known itself (``field.day``).
"""

from urllib.parse import urlencode

import pandas as pd

from geodata.core.text import _, day, number
from geodata.geography.coordinates import CENTRAL_MERIDIAN, to_vn2000
from geodata.outputs import typeset
from geodata.outputs.briefing import qr
from geodata.outputs.field.day import FieldDay, Stop, km, statuses
from geodata.outputs.fonts import tidy
from geodata.outputs.typeset import Content
from geodata.reading.labels import kind_label, status_label
from geodata.register import evidence as ev
from geodata.register import vocabulary
from geodata.rules.status import STAGES

NAME = 160
"""Letters of a name in a heading; longer ones are cut."""
_LONG = 260  # letters of a reason, or of what a record says


def content(field_day: FieldDay, n: int, stop: Stop) -> Content:
    """Return the page of one stop.

    Parameters
    ----------
    field_day : FieldDay
        The day.
    n : int
        Number of the stop.
    stop : Stop
        The site.
    """
    link = _address(field_day, stop)
    code = {
        "link": f"link-{n}",
        "picture": f"qr-{n}",
        "alt": _("QR code: this site in the app, {address}").format(address=link),
    }
    return {
        "number": _("Stop {n} of {all}").format(n=n, all=len(field_day.stops)),
        "name": tidy(stop.site["name_vi"], NAME),
        "kind": kind_text(stop),
        "qr": code if link else None,
        "facts": _facts(stop),
        "known": {"title": _("What is known"), "table": _known(stop)},
        "checklist": _checklist(stop),
        "event": _outreach(field_day, stop),
    }


def kind_text(stop: Stop) -> str:
    """Return kind and code of a site."""
    return f"{kind_label(stop.site['kind'])} · {stop.site['id']}"


def way_back(field_day: FieldDay, n: int, stop: Stop) -> dict[str, str]:
    """Return the address of a stop in the app and its code, under the names `content` gives."""
    link = _address(field_day, stop)
    return {f"link-{n}": link, f"qr-{n}": qr.svg(link)} if link else {}


def _address(field_day: FieldDay, stop: Stop) -> str:
    """Return where a site stands in the app; nothing where the app's address is not known."""
    if not field_day.address:
        return ""
    query = {"site": stop.site["id"], **({"workspace": "simulated"} if field_day.simulated else {})}
    return f"{field_day.address}?{urlencode(query)}"


def _facts(stop: Stop) -> list[tuple[str, str]]:
    """Return place and register, each with its label."""
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
    return [
        (label, tidy(unknown if pd.isna(text) or not text else text, NAME)) for label, text in pairs
    ]


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


def _known(stop: Stop) -> Content:
    """Return the status on each axis, why, and the last record."""
    heads = (_("Axis"), _("Status"), _("Why"), _("Last evidence on record"))
    rows = [
        [axis, [status], tidy(rule, _LONG), tidy(_record(record), _LONG)]
        for axis, status, rule, record in statuses(stop.passport)
    ]
    return typeset.table(heads, rows, (24, 36, 58, 62))


def _record(record: pd.Series | None) -> str:
    """Return one record in a few words."""
    if record is None:
        return _("none on record")
    when = record["event_date"]
    parts = [
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
    # What is a sentence of its own elsewhere is a part of one here.
    return "; ".join(part.rstrip(".;") for part in parts)


def _checklist(stop: Stop) -> Content:
    """Return the criteria of the profile in force, and the answers there are."""
    profile = stop.passport.profile
    named = profile and f"{profile.code} – {profile.name} ({profile.basis})"
    return {
        "title": _("Checklist"),
        "none": _("No profile is in force for this kind of site: nothing to check by criteria."),
        "profile": tidy(named or "", 240),
        "criterion": _("Criterion"),
        "answers": [vocabulary.label_of("answers", answer) for answer in ev.ANSWERS],
        "remark": _("Remark"),
        "rows": [(code, tidy(text, 240)) for code, text in profile.criteria.items()]
        if profile
        else [],
    }


def _outreach(field_day: FieldDay, stop: Stop) -> Content:
    """Return the blanks of an outreach event, or of a milestone of a model."""
    if stop.site["kind"] == "pilot_model":
        words = [status_label("stage", s) for s in STAGES[:-1]]
        return {
            "title": _("Milestone of the model"),
            "blanks": [[_("Day:"), _("Organiser:")]],
            "boxes": {"label": _("Stage reached:"), "words": words},
            "after": [],
        }
    tags = dict.fromkeys([*field_day.plan.topics["T3"], *field_day.plan.topics["T5"]])
    return {
        "title": _("Outreach event"),
        "blanks": [
            [_("Day:"), _("Organiser:")],
            [_("Participants:"), _("Enterprises present:")],
        ],
        "boxes": {"label": _("Topic:"), "words": [*map(_topic_label, tags)]},
        "after": [[_("Another topic:")]],
    }


def _topic_label(tag: str) -> str:
    """Return what a topic is called, with its tag; one we have no words for by its tag."""
    words = {
        "scp": _("Sustainable production and consumption"),
        "sustainable_consumption": _("Sustainable consumption"),
        "sustainable_lifestyle": _("Sustainable lifestyle"),
    }
    return words.get(tag, tag)
