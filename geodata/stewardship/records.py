"""Records entered by hand: a new one, one in place of another, a withdrawal, and their documents.

Not here: what a record does to a status (``status``), or whether a file may be kept
(``intake.attachments``).
"""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date

import pandas as pd

from geodata.core.text import N_, _, day
from geodata.intake.attachments import Attachment
from geodata.intake.judging import days, uncounted
from geodata.intake.judging.cells import Level, Remark
from geodata.register import evidence as ev
from geodata.register import ids, topics
from geodata.rules import countable, plan
from geodata.stewardship import answers as form
from geodata.stewardship.answers import REQUIRED, Edited, Known, answers_of, canonical

ANSWERS = tuple(
    column for column in ev.COLUMNS if column not in {"id", "recorded_at", "supersedes"}
)
"""What can be answered about a record; the rest is not for people to say."""

LAST_DAY = "last_day"
"""The answer that names the last day of an event of several; kept as words beside the first."""

FORM = (*ANSWERS, LAST_DAY)
"""The answers of a form."""

_TO = "–"

PAST = frozenset({"held", "check", "milestone", "document", "withdraw"})
"""The kinds of event that cannot lie ahead."""

EVENTS: Mapping[str, tuple[str, ...]] = {
    axis: (*kinds, "self_declared") for axis, kinds in ev.KINDS_OF.items()
}
"""Axis to the kinds of events that can be entered for it, the usual one first."""


def new_evidence(answers: Mapping[str, str], known: Known) -> Edited:
    """Return a new record as a form's answers make it, entered today.

    Parameters
    ----------
    answers : mapping of str to str
        Of `ANSWERS`; absent is blank. A month or quarter in place of a day is kept as
        written, and the record is then of grade D.
    known : Known
        The workspace.

    Returns
    -------
    Edited
        One row as from `evidence.typed`, or none if an answer is wrong.
    """
    return _record(answers, known, supersedes="")


def superseding(record: pd.Series, answers: Mapping[str, str], known: Known) -> Edited:
    """Return a new record that takes the place of one there is; `answers` as for a new one."""
    edited = _record(answers, known, supersedes=str(record["id"]))
    before, now = typed(record), _with_last_day(answers)
    if all(before.get(column, "") == now.get(column, "").strip() for column in FORM):
        edited = form.unchanged(edited)
    return unless_ended(str(record["id"]), edited, known)


def typed(record: pd.Series) -> dict[str, str]:
    """Return a record as the answers of its form, the last of several days by itself."""
    return _with_last_day(answers_of(record, ANSWERS))


def _with_last_day(answers: Mapping[str, str]) -> dict[str, str]:
    """Return answers with the words of a form about several days taken apart again."""
    first, dash, last = answers.get("date_text", "").partition(_TO)
    if dash and first == answers.get("event_date") and not answers.get(LAST_DAY):
        return {**answers, "date_text": "", LAST_DAY: last}
    return dict(answers)


def withdrawal(record: pd.Series, reason: str, on: date, known: Known) -> Edited:
    """Return the record that withdraws one there is, for a reason, as of a day.

    Parameters
    ----------
    record : Series
        Of the evidence.
    reason : str
        Why; kept as the summary.
    on : date
        The day of the withdrawal, not after today.
    known : Known
        The workspace.
    """
    answers = {
        column: canonical(record[column]) for column in ("subject", "axis", "grade", "topic")
    }
    answers |= {"kind": "withdraw", "refers_to": str(record["id"]), "summary_vi": reason}
    edited = _record(answers | {"event_date": day(on)}, known, supersedes="")
    if not reason.strip():
        message = _("Say why the record is withdrawn.")
        missing = Remark(0, "summary_vi", "", REQUIRED, message)
        edited = Edited(None, (*edited.remarks, missing))
    return unless_ended(str(record["id"]), edited, known)


def ended_by(record: str, known: Known) -> str:
    """Return the record that superseded or withdrew one, empty if it stands."""
    records = known.evidence
    withdrew = (records["kind"] == "withdraw") & (records["refers_to"] == record)
    later = records.loc[((records["supersedes"] == record) | withdrew).fillna(value=False), "id"]
    return str(later.iloc[0]) if len(later) else ""


def unless_ended(record: str, edited: Edited, known: Known) -> Edited:
    """Refuse what speaks of a record that no longer stands."""
    later = ended_by(record, known)
    if not later:
        return edited
    message = _("{record} no longer stands since {later} was entered; change that one.").format(
        record=record, later=later
    )
    rule = N_("Only a record that stands can be superseded or withdrawn")
    return Edited(None, (*edited.remarks, Remark(0, "", record, rule, message)))


def _record(answers: Mapping[str, str], known: Known, *, supersedes: str) -> Edited:
    text, remarks = plain(answers, known)
    taken = known.evidence["id"]
    text |= {"id": ids.of_record(known.workspace, taken), "supersedes": supersedes}
    return judged([text], remarks, known, answers.get("topic", ""))


def plain(answers: Mapping[str, str], known: Known) -> tuple[dict[str, str], list[Remark]]:
    """Return answers in plain form, by column, and what there is to say of each.

    Parameters
    ----------
    answers : mapping of str to str
        Of `FORM`; absent is blank.
    known : Known
        The workspace.
    """
    given = {column: answers.get(column, "").strip() for column in FORM}
    text, remarks = form.read_answers(given, ("event_date", "doc_date", LAST_DAY), form.COUNTS)
    remarks = [_undated(remark, given) for remark in remarks]
    text["date_text"] = given["date_text"] or _period(given["event_date"])
    if _outdated(text["date_text"], text["event_date"]):
        message = _("“{words}” was written of another day, and is left out.")
        sentence = message.format(words=text["date_text"])
        remarks.append(Remark(0, "event_date", "", message, sentence, level=Level.NOTICE))
        text["date_text"] = ""
    if last := text.pop(LAST_DAY):
        remarks += _last_day_faults(given, text["event_date"], last, known.today)
        first, until = (day(date.fromisoformat(iso)) for iso in (text["event_date"] or last, last))
        text["date_text"] = f"{first}{_TO}{until}"
    remarks += form.missing(given, ("subject", "axis", "kind", "grade"))
    remarks += _record_faults(given, text, known)
    text |= {"recorded_at": known.today.isoformat(), "topic": topics.canonical(given["topic"])}
    return text, remarks


def judged(
    rows: Sequence[Mapping[str, str]], remarks: list[Remark], known: Known, topic: str
) -> Edited:
    """Return rows in plain form as records, unless something keeps them out.

    What holds of several rows alike is said once.
    """
    table = pd.DataFrame(rows)
    frame, faults = ev.read(table, known.today)
    heard = {remark.column for remark in remarks}
    remarks = [*remarks, *dict.fromkeys(_uncounted(frame, known, heard))]
    if not any(remark.column == "topic" for remark in remarks):
        remarks += uncounted.topic_notes(0, topic)
    once = {(fault.column, fault.value, fault.rule): fault for fault in faults}
    return form.finished(table, lambda _table: (frame, list(once.values())), remarks)


def _outdated(words: str, on: str) -> bool:
    """Say whether words about a time name whole days, none of them the one of the record."""
    days_named = re.findall(r"\d\d/\d\d/\d{4}", words)
    return bool(on and days_named) and day(date.fromisoformat(on)) not in days_named


def _last_day_faults(given: Mapping[str, str], first: str, last: str, today: date) -> list[Remark]:
    """Return what the last day of an event says against its first and against today."""
    message = ""
    if not first:
        message = _("Write the first day as well, or leave the last day blank.")
    elif last <= first:
        message = _("The last day comes after the first; for one day leave it blank.")
    elif given["kind"] in PAST and last > today.isoformat():
        message = _("This day lies ahead; enter what is still to come as planned.")
    return [Remark(0, LAST_DAY, given[LAST_DAY], message, message)] if message else []


def _uncounted(record: pd.DataFrame, known: Known, heard: Collection[str]) -> list[Remark]:
    """Return what keeps a record from counting, beside answers nothing was said of yet."""
    reasons = countable.cannot_count(record, plan.shipped(), known.evidence)
    summary = canonical(record["summary_vi"].iloc[0])
    return [
        _beside(uncounted.remark(one, summary))._replace(at=0)
        for one in reasons
        if one.column not in heard
    ]


def _beside(remark: Remark) -> Remark:
    """Return a remark as the form says it, where what a record replaces is not for people to say.

    What is blank is said once saving was tried, and only topics need buttons: the other fields
    offer their values.
    """
    blank = not remark.value and remark.level is not Level.NOTICE
    return remark._replace(
        column="axis" if remark.column == "supersedes" else remark.column,
        rule=REQUIRED if blank else remark.rule,
        choices=remark.choices if remark.column == "topic" else (),
    )


def _period(text: str) -> str:
    """Return what was said in place of a day, if it was a month, a quarter or a year."""
    return (text and days.read_day(text).period) or ""


def _undated(remark: Remark, given: Mapping[str, str]) -> Remark:
    """Return a remark; one about a month in place of a day is only told, and what follows."""
    if remark.column != "event_date" or not _period(given["event_date"]):
        return remark
    message = _("“{value}” names no day: the record is kept with grade D and not counted.")
    return remark._replace(message=message.format(value=remark.value), level=Level.NOTICE)


def _record_faults(given: Mapping[str, str], text: Mapping[str, str], known: Known) -> list[Remark]:
    """Return what the answers of one record say against each other and the workspace."""
    remarks = []
    if not given["event_date"] and given["kind"] != "withdraw":
        message = _("Without a day the record is kept with grade D and not counted.")
        remarks.append(Remark(0, "event_date", "", message, message, level=Level.NOTICE))
    if given["refers_to"] and given["refers_to"] not in set(known.evidence["id"]):
        message = _("There is no record with this id; choose one of the list.")
        remarks.append(Remark(0, "refers_to", given["refers_to"], message, message))
    if given["kind"] == "cancelled" and not given["refers_to"]:
        remarks.append(
            Remark(0, "refers_to", "", REQUIRED, _("Choose the event that was cancelled."))
        )
    if given["kind"] == "check" and given["profile"] and not given["answers"]:
        message = _("A check says what was found for at least one criterion.")
        remarks.append(Remark(0, "answers", "", REQUIRED, message))
    if given["kind"] in PAST and text["event_date"] > known.today.isoformat():
        message = _("This day lies ahead; enter what is still to come as planned.")
        remarks.append(Remark(0, "event_date", given["event_date"], message, message))
    return remarks


def documents_of(documents: pd.DataFrame, record: str) -> pd.DataFrame:
    """Return the documents attached to a record."""
    named = documents["evidence"].fillna("").str.split(";")
    return documents[[record in records for records in named]]


def attached(documents: pd.DataFrame, files: Mapping[str, Attachment], record: str) -> pd.DataFrame:
    """Return the rows that attach files to a record.

    One set of minutes often proves what was held at many sites: `evidence` then names all the
    records it belongs to, joined by ``;``.

    Parameters
    ----------
    documents : DataFrame
        Those there are, as the store gives them.
    files : mapping of str to Attachment
        By the hash of their content.
    record : str
        The id of the record.
    """
    before = documents.set_index("id")["evidence"].fillna("").to_dict()
    rows = [
        {
            "id": key,
            "evidence": f"{before[key]};{record}" if before.get(key) else record,
            "name": file.name,
            "type": file.type,
            "size": float(file.size),
        }
        for key, file in files.items()
    ]
    columns = ["id", "evidence", "name", "type", "size"]
    text = dict.fromkeys(columns[:-1], "string")
    return pd.DataFrame(rows, columns=columns).astype({**text, "size": "float64"})
