"""The parts of a passport in words: status, place, criteria checked, when it was what, reports.

Pure. Not here: what a passport holds (``passport``), its markup (screens and pages have their own).
"""

from collections.abc import Iterator

import pandas as pd

from geodata.core.text import _, day, number
from geodata.geography.coordinates import to_vn2000
from geodata.reading.labels import status_label
from geodata.reading.passport import Standing
from geodata.reading.records import date_text
from geodata.register.lifecycle import Statement
from geodata.register.reports import Reported


def standing_text(standing: Standing) -> str:
    """Return a status in words; what a check found is told with the day of the check."""
    label = status_label(standing.axis, standing.status)
    if standing.axis != "compliance" or standing.records.empty:
        return label
    on = date_text(standing.records["event_date"].iloc[0])
    return _("{status} – by the record of {day}").format(status=label, day=on)


def answers(cell: str) -> Iterator[tuple[str, str]]:
    """Yield what a check found: the name of each criterion, and the answer in a word."""
    words = {
        "yes": _("yes"),
        "partial": _("in part"),
        "no": _("no"),
        "na": _("not applicable"),
        "not_checked": _("not checked"),
    }
    for part in cell.split(";"):
        name, _equals, value = part.partition("=")
        yield name, words[value.strip()]


def position_text(site: pd.Series) -> str:
    """Return a position in both systems with its accuracy, or that there is none."""
    if pd.isna(site["lat"]) or pd.isna(site["lon"]):
        return _("no position: listed beside the map")
    grid = to_vn2000(site["lon"], site["lat"])
    text = _("{lat} N, {lon} E · VN-2000 X {x}, Y {y}").format(
        lat=number(site["lat"], 5),
        lon=number(site["lon"], 5),
        x=number(float(grid.north_x)),
        y=number(float(grid.east_y)),
    )
    if pd.notna(site["position_accuracy_m"]):
        text += _(" · accuracy ±{m} m").format(m=number(site["position_accuracy_m"]))
    return text


def since_text(statement: Statement) -> str:
    """Return from which day on a statement holds."""
    if statement.since:
        return _("from {day}").format(day=day(statement.since))
    return "" if statement.state == "unknown" else _("(no day given)")


def decision_text(statement: Statement) -> str:
    """Return the number and the day of the decision a statement rests on, as far as it has them."""
    if not statement.decision:
        return ""
    if statement.decision_date is None:
        return _("decision {number}").format(number=statement.decision)
    words = _("decision {number} of {day}")
    return words.format(number=statement.decision, day=day(statement.decision_date))


def reported_text(reported: Reported) -> list[str]:
    """Return what the office answered to reports of the public, a line each; who wrote is nobody's.

    Last comes how many have no answer yet.
    """
    mended = _("Report of {sent}: mended on {answered} – {sentence}")
    unmended = _("Report of {sent}: not changed, answered on {answered} – {sentence}")
    lines = [
        (mended if one.mended else unmended).format(
            sent=day(one.sent), answered=day(one.answered), sentence=one.sentence
        )
        for one in reported.answers
    ]
    if reported.waiting:
        lines.append(_("Not answered yet: {n}").format(n=number(reported.waiting)))
    return lines
