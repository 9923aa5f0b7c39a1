"""Events: one training at many sites is a record a site, entered and corrected as one.

The records share an event id. Not here: which sites were chosen (``choosing``), what a single
record's answers mean (``records``), or rows of files (``intake.judging.events``).
"""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from geodata.core.text import N_, _
from geodata.intake.judging.cells import Remark
from geodata.register import evidence as ev
from geodata.register import ids
from geodata.stewardship import answers as form
from geodata.stewardship import records
from geodata.stewardship.answers import REQUIRED, Edited, Known, canonical

SUBJECTS = "subjects"
"""The answer that names the sites, their ids joined by ``;``."""

_OWN = ("subject", "event", "refers_to")  # what a record has from its site, not from the form
_CARRIED = ("subject", "axis", "grade", "topic", "event")  # of a record that is withdrawn


def of_event(evidence: pd.DataFrame, event: str) -> pd.DataFrame:
    """Return the records of an event that stand, one a site."""
    stands = ev.standing(evidence)
    return stands[(stands["event"] == event).fillna(value=False).to_numpy(dtype=bool)]


def sites_of(answers: Mapping[str, str]) -> tuple[str, ...]:
    """Return the sites that a form's answers name, each once."""
    return tuple(dict.fromkeys(filter(None, answers.get(SUBJECTS, "").split(";"))))


def differing(old: pd.DataFrame) -> dict[str, list[str]]:
    """Return the answers in which the records of an event differ, each with its values."""
    typed = [records.typed(record) for _at, record in old.iterrows()]
    columns = [column for column in records.FORM if column not in _OWN]
    values = {c: list(dict.fromkeys(one.get(c, "") for one in typed)) for c in columns}
    return {column: texts for column, texts in values.items() if len(texts) > 1}


def typed(old: pd.DataFrame) -> dict[str, str]:
    """Return the records of an event as the answers of its form; the first speaks for all."""
    return records.typed(old.iloc[0]) | {SUBJECTS: ";".join(old["subject"])}


def edited(answers: Mapping[str, str], known: Known, old: pd.DataFrame | None = None) -> Edited:
    """Return the records of an event as a form's answers make them.

    Parameters
    ----------
    answers : mapping of str to str
        Of `records.FORM`, and `SUBJECTS`; absent is blank.
    known : Known
        The workspace.
    old : DataFrame, optional
        The records there are of the event, all standing, to be corrected as one. An answer
        that was not touched leaves each of them its own; a record is superseded only if
        something of it changes, and withdrawn if its site is no longer named.

    Returns
    -------
    Edited
        A row a site, as from `evidence.typed`, or none if an answer is wrong.
    """
    sites = sites_of(answers)
    text, remarks = _shared(answers, sites, known)
    before = {} if old is None else {str(row["subject"]): row for _at, row in old.iterrows()}
    touched = _touched(answers, text, old)
    event = _event_id(answers, known, several=len({*sites, *before}) > 1)
    rows: list[dict[str, str]] = []
    for site in sites:
        own = before.get(site)
        row = text if own is None else _plain(own) | touched
        row = row | {"subject": site, "event": event, "recorded_at": known.today.isoformat()}
        if own is None:
            row |= {"refers_to": _meant(answers, site, known), "supersedes": ""}
        elif all(row.get(c, "") == canonical(own[c]) for c in records.ANSWERS):
            continue
        else:
            row |= {"supersedes": str(own["id"])}
        rows.append(row)
    gone = [record for site, record in before.items() if site not in set(sites)]
    reason = _("Taken out of event {event}: the site did not take part.").format(event=event)
    rows += [_withdrawn(record, reason, known.today) for record in gone]
    if not rows and before:
        return form.unchanged(Edited(None, tuple(remarks)))
    result = _judged(rows or [text], remarks, known, answers.get("topic", ""))
    return _unless_ended(result, old, known)


def withdrawal(old: pd.DataFrame, reason: str, known: Known) -> Edited:
    """Return the records that withdraw all of an event, for a reason, as of today."""
    remarks = []
    if not reason.strip():
        message = _("Say why the record is withdrawn.")
        remarks.append(Remark(0, "summary_vi", "", REQUIRED, message))
    rows = [_withdrawn(record, reason.strip(), known.today) for _at, record in old.iterrows()]
    return _unless_ended(_judged(rows, remarks, known, ""), old, known)


def _unless_ended(edited: Edited, old: pd.DataFrame | None, known: Known) -> Edited:
    """Refuse what speaks of records that no longer stand."""
    ids_of_old = [] if old is None else old["id"].tolist()
    stands = set(ev.standing(known.evidence)["id"])
    first = next((record for record in ids_of_old if record not in stands), None)
    return edited if first is None else records.unless_ended(first, edited, known)


def _judged(
    rows: Sequence[dict[str, str]], remarks: list[Remark], known: Known, topic: str
) -> Edited:
    names = ids.of_records(known.workspace, known.evidence["id"], len(rows))
    numbered = [row | {"id": name} for row, name in zip(rows, names, strict=True)]
    return records.judged(numbered, remarks, known, topic)


def _shared(
    answers: Mapping[str, str], sites: Sequence[str], known: Known
) -> tuple[dict[str, str], list[Remark]]:
    """Return what the answers say of all sites alike, and what there is to say of them."""
    first = sites[0] if sites else ""
    meant = _meant(answers, first, known)
    text, remarks = records.plain({**answers, "subject": first, "refers_to": meant}, known)
    remarks = [remark for remark in remarks if remark.column != "subject"]
    if not sites:
        message = _("Choose at least one site.")
        remarks.append(Remark(0, SUBJECTS, "", REQUIRED, message))
    unknown = [site for site in sites if site not in known.sites.index]
    unplanned = [site for site in sites if meant and not _meant(answers, site, known)]
    for column, listed, message in (
        (SUBJECTS, unknown, _("The register does not have {sites}; take them out.")),
        ("refers_to", unplanned, _("This event was not planned at {sites}; take them out.")),
    ):
        if listed:
            sentence = message.format(sites=", ".join(listed))
            remarks.append(Remark(0, column, ", ".join(listed), N_("A known site"), sentence))
    return text, remarks


def _meant(answers: Mapping[str, str], site: str, known: Known) -> str:
    """Return the record that a site's own refers to: of an event, the one at that site."""
    named = answers.get("refers_to", "").strip()
    event = _event_of(named, known)
    if not event:
        return named
    here = of_event(known.evidence, event)
    match = here.loc[(here["subject"] == site).to_numpy(dtype=bool), "id"]
    return str(match.iloc[0]) if len(match) else ""


def _event_of(named: str, known: Known) -> str:
    """Return the event that is named, by its own id or that of one of its records."""
    if not named:
        return ""
    own = known.evidence["event"]
    if (own == named).any():
        return named
    of_record = own[(known.evidence["id"] == named).to_numpy(dtype=bool)].dropna()
    return str(of_record.iloc[0]) if len(of_record) else ""


def _touched(
    answers: Mapping[str, str], text: Mapping[str, str], old: pd.DataFrame | None
) -> dict[str, str]:
    """Return what the answers change of records there are, in plain form."""
    if old is None:
        return {}
    before = records.typed(old.iloc[0])
    columns = {c for c in records.FORM if before.get(c, "") != answers.get(c, "").strip()}
    if columns & {records.LAST_DAY, "event_date"}:
        columns |= {"date_text", "event_date"}
    return {c: text[c] for c in columns - {*_OWN, records.LAST_DAY}}


def _event_id(answers: Mapping[str, str], known: Known, *, several: bool) -> str:
    """Return the id of the event: the one it has, or a new one where several sites share it."""
    if own := answers.get("event", "").strip():
        return own
    used = known.evidence["event"].dropna()
    return ids.of_events(known.workspace, used, 1)[0] if several else ""


def _plain(record: pd.Series) -> dict[str, str]:
    return {column: canonical(record[column]) for column in records.ANSWERS}


def _withdrawn(record: pd.Series, reason: str, on: date) -> dict[str, str]:
    """Return the row that withdraws a record."""
    row = {column: canonical(record[column]) for column in _CARRIED}
    row |= {"kind": "withdraw", "refers_to": str(record["id"]), "summary_vi": reason}
    return row | {"event_date": on.isoformat(), "recorded_at": on.isoformat(), "supersedes": ""}
