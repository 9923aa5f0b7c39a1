"""Editing one site: what a form's answers make of it.

The rules are those of a whole file. A status is never among the answers: it follows from the
records. Not here: the screen, the store, or where a position lies (``placing``).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pandas as pd

from geodata.core.text import _
from geodata.intake.judging import places, statements
from geodata.intake.judging.cells import Level, Remark
from geodata.register import ids, lifecycle, sites
from geodata.stewardship import answers as form
from geodata.stewardship import placing
from geodata.stewardship.answers import REQUIRED, Edited, Known, answers_of, canonical
from geodata.stewardship.placing import Place

ANSWERS = (
    tuple(column for column in sites.COLUMNS if column not in {"id", "lat", "lon", *places.CODES})
    + placing.ANSWERS
)
"""What can be answered about a site: its columns, where it is in one answer."""
CORRECTS = "corrects"
"""The answer, ``yes`` or blank, that what the register says of its state never held."""


def edited_site(old: pd.Series | None, answers: Mapping[str, str], known: Known) -> Edited:
    """Return a site as a form's answers make it.

    Parameters
    ----------
    old : Series or None
        Its row in the register; None for a new site, which gets an id of its own.
    answers : mapping of str to str
        Of `ANSWERS`, and `CORRECTS`; absent is blank. An answer that is still what the register
        says is not read again, so that nothing gets lost by looking.
    known : Known
        The workspace and the geography.

    Returns
    -------
    Edited
        One row as from `sites.typed`, or none if an answer is wrong or nothing changed.
    """
    before = {} if old is None else answers_of(old, ANSWERS)
    given = {column: answers.get(column, "").strip() for column in ANSWERS}
    text, remarks = form.read_answers(given, sites.DAYS, sites.NUMBERS)
    kept = {column for column in before if before[column] == given[column]}
    remarks = [remark for remark in remarks if remark.column not in kept]
    text |= {column: canonical(old[column]) for column in kept if old is not None and column in old}
    remarks += form.missing(given, ("kind", "name_vi")) + _site_faults(text, known.today)
    place = _placed(given, text, old, before, known)
    remarks += place.remarks
    if place.lat is not None and not given["position_accuracy_m"]:
        message = _(
            "Say how far the position may be off: 10 m by GPS, 3.000 m if only the commune."
        )
        remarks.append(Remark(0, "position_accuracy_m", "", REQUIRED, message))
    text |= dict(zip(places.CODES, place.units, strict=True))
    text |= {"lat": _exact(place.lat), "lon": _exact(place.lon)}
    text["id"] = _id(given["kind"], known) if old is None else str(old["id"])
    text.pop(placing.POSITION), text.pop("central_meridian")
    remarks += _history(text)
    if old is not None and not any(map(_about_states, remarks)):
        remarks += _carried(old, text, corrects=answers.get(CORRECTS) == "yes")
    edited = form.finished(pd.DataFrame([text]), sites.read, remarks, place)
    if edited.frame is not None and old is not None and _same(old, edited.frame.iloc[0]):
        return form.unchanged(edited)
    return edited


def _history(text: dict[str, str]) -> list[Remark]:
    """Read what the answers say of earlier; return what there is to say of it."""
    cell = statements.read_history(text["history"])
    if cell.text is None:
        return [Remark(0, "history", text["history"], statements.CELL_RULE, cell.message)]
    text["history"] = cell.text
    return []


def _about_states(remark: Remark) -> bool:
    """Say whether an answer on what the site was when cannot be read."""
    return remark.column in lifecycle.COLUMNS and placing.blocking((remark,))


def _carried(old: pd.Series, text: dict[str, str], *, corrects: bool) -> list[Remark]:
    """Keep what the site was before in the answers; return what has to be asked of the change."""
    columns = (*lifecycle.COLUMNS, "source")
    before = {column: canonical(old[column]) for column in columns} | {"history": text["history"]}
    after = {column: text[column] for column in columns} | {"history": ""}
    named = "decided" if text["decision"] and text["lifecycle"] != "planned" else "unknown"
    after |= {"lifecycle": text["lifecycle"] or "unknown", "founding": text["founding"] or named}
    if before == after | {name: before[name] for name in ("history", "source")}:
        return []
    text["history"] = lifecycle.carried(before, after, corrects=corrects) or ""
    after["history"] = text["history"]
    doubts = lifecycle.doubts(before, after, corrects=corrects)
    return [statements.asked(doubt, after) for doubt in doubts]


def _placed(
    given: Mapping[str, str],
    text: Mapping[str, str],
    old: pd.Series | None,
    before: Mapping[str, str],
    known: Known,
) -> Place:
    """Return where the site is; what the register says already stands, whatever it is."""
    accuracy = pd.to_numeric(text["position_accuracy_m"], errors="coerce")
    asked = {name: given[name] for name in placing.ANSWERS}
    asked |= {name: text[name] for name in ("valid_from", "valid_to")}
    accuracy_m = None if pd.isna(accuracy) else float(accuracy)
    place = placing.place(asked, accuracy_m, known.geography)
    if old is None or any(given[name] != before.get(name, "") for name in placing.ANSWERS):
        return place
    stands = tuple(remark._replace(level=Level.NOTICE) for remark in place.remarks)
    lat, lon = (None if pd.isna(old[name]) else float(old[name]) for name in ("lat", "lon"))
    units = places.Option(*(canonical(old[code]) for code in places.CODES))
    return replace(place, lat=lat, lon=lon, units=units, remarks=stands)


def _site_faults(text: Mapping[str, str], today: date) -> list[Remark]:
    """Return what the answers of one site say against each other."""
    remarks = []
    if text["decision_date"] and not text["decision"]:
        message = _("A decision has a day but no number; enter its number, too.")
        remarks.append(Remark(0, "decision", "", REQUIRED, message))
    if text["decision_date"] > today.isoformat():
        message = _("The decision cannot be of a later day than today.")
        remarks.append(Remark(0, "decision_date", text["decision_date"], message, message))
    if text["valid_from"] and text["valid_to"] and text["valid_to"] < text["valid_from"]:
        message = _("This state cannot end before it began.")
        remarks.append(Remark(0, "valid_to", text["valid_to"], message, message))
    return remarks


def _id(kind: str, known: Known) -> str:
    """Return the id of a new site; without a kind it has none yet, and is not saved either."""
    if kind not in ids.PREFIXES:
        return "–"
    return ids.of_site(known.workspace, kind, known.sites["id"])


def _same(old: pd.Series, new: pd.Series) -> bool:
    columns = [column for column in sites.COLUMNS if column != "id"]
    return all(canonical(old[column]) == canonical(new[column]) for column in columns)


def _exact(value: float | None) -> str:
    return "" if value is None else repr(value)
