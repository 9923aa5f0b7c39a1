"""Rows of records that are only ever added: evidence and declarations, from text to typed.

A record with a known id has to say what it said; a correction is a new one that supersedes it.
Not here: sites (``site_rows``), single cells (``cells``).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd
from rapidfuzz import process

from geodata.core.names import fold
from geodata.core.progress import Listener
from geodata.core.text import N_, _
from geodata.geography.units import Level as Tier
from geodata.geography.units import Unit
from geodata.intake.judging import cells, difference, duplicates, uncounted
from geodata.intake.judging.cells import Choice, Level, Remark
from geodata.intake.judging.difference import Difference
from geodata.intake.judging.rows import NEW, SAME, Rows, at_place, unchanged_cells
from geodata.register import declarations, evidence, frames, topics, vocabulary
from geodata.rules import countable, plan

ADD_ONLY_RULE = N_("A record is never changed; a new one takes its place")
SUBJECT_RULE = N_("A record speaks of a known site, district or the province")
REFERENCE_RULE = N_("A record replaces or names a known record")
FUTURE_RULE = N_("What has happened does not lie in the future")
UNDATED_RULE = N_("Without a day a record is grade D: kept, never counted")
DOCUMENT_RULE = N_("Grade A rests on a document with its number")
TWIN_RULE = N_("Each event stands in one row")

PROVINCE = "province"
_DIGITS = 3  # of an id
_SIMILARITY = 60


class Kind(NamedTuple):
    """What is particular to evidence, or to declarations."""

    columns: Sequence[str]
    days: Sequence[str]
    numbers: Sequence[str]
    known: Mapping[str, Sequence[str]]
    references: Sequence[str]
    prefix: str
    parse: Callable[[pd.DataFrame, date], tuple[pd.DataFrame, list[frames.Fault]]]


_SECTORS = tuple(
    dict.fromkeys(s for one in plan.shipped() for target in one.targets for s in target.sectors)
)
"""What the plans call the sectors whose consumption they count."""

EVIDENCE = Kind(
    evidence.COLUMNS,
    evidence.DAYS,
    (),
    {
        "axis": evidence.AXES,
        "kind": evidence.EVENT_KINDS,
        "grade": evidence.GRADES,
        "scope": evidence.SCOPES,
        "method": evidence.METHODS,
    },
    ("supersedes", "refers_to"),
    "EV",
    evidence.read,
)
DECLARATIONS = Kind(
    declarations.COLUMNS,
    declarations.DAYS,
    declarations.NUMBERS,
    {"grade": evidence.GRADES, "sector": _SECTORS},
    ("supersedes",),
    "DC",
    declarations.read,
)


def judge(
    rows: Rows,
    kind: Kind,
    known: pd.DataFrame,
    *,
    entered: date,
    subjects: Mapping[str, str],
    listener: Listener,
) -> tuple[pd.DataFrame, Difference]:
    """Judge rows of records; what there is to say is added to their remarks.

    Parameters
    ----------
    rows : Rows
        Changed in place.
    kind : Kind
        `EVIDENCE` or `DECLARATIONS`.
    known : DataFrame
        The records known, typed.
    entered : date
        The day on which the new ones are entered.
    subjects : Mapping
        What evidence can speak of: id or code by itself and by folded name; an empty value
        for a name that several bear.
    listener : Listener
        Is told the share done, 0 to 1, and a sentence.

    Returns
    -------
    records : DataFrame
        Typed; wrong cells are missing.
    difference : Difference
        Against the known ones.
    """
    old = difference.by_id(difference.as_text(known, kind.columns))
    listener(0.0, _("Reading the cells …"))
    written = _read_topics(rows, old) if kind is EVIDENCE else None
    _read_cells(rows, kind)
    listener(0.4, _("Comparing with the records known …"))
    if kind is EVIDENCE:
        _resolve_subjects(rows, subjects, old)
    _identify(rows, kind, old)
    rows.complete(old, [c for c in kind.columns if c != "id"])
    entered_before = rows.known_in(old) & rows.table["recorded_at"].isna().to_numpy()
    ids = rows.table.loc[entered_before, "id"]
    rows.table.loc[entered_before, "recorded_at"] = old["recorded_at"].reindex(ids).to_numpy()
    _take_corrections(rows, kind, old)
    _look_up_references(rows, kind, old)
    if kind is EVIDENCE:
        _look_for_twins(rows, old)
        _note_weak_ones(rows, old, entered)
    prefixes = pd.Series(kind.prefix, index=rows.table.index, dtype="string")
    order = [c for c in kind.columns if c != "id"]
    rows.table["id"] = difference.numbered(rows.table, prefixes, order, old.index, _DIGITS)
    listener(0.8, _("Checking the rules …"))
    records, faults = kind.parse(rows.table, entered)
    rows.say_faults(faults)
    if written is not None:
        _name_uncounted(rows, records, written, known)
    return records, difference.compare(old, difference.as_text(records, kind.columns))


def _read_cells(rows: Rows, kind: Kind) -> None:
    """Put values, days and numbers into plain form; a month in place of a day becomes words."""
    if "sector" in kind.known:
        rows.table["sector"] = rows.table["sector"].str.lower()
    for column, allowed in kind.known.items():
        rows.read_column(
            column, partial(cells.read_value, column=column, known=allowed), cells.VALUE_RULE
        )
    for column in kind.days:
        periods = rows.read_column(column, cells.read_day, cells.DAY_RULE)
        if column == "event_date":
            _keep_periods(rows, periods)
    for column in kind.numbers:
        rows.read_column(column, partial(cells.read_number, column=column), cells.NUMBER_RULE)
    if "answers" in kind.columns:
        answers = rows.table["answers"].map(_answers, na_action="ignore")
        rows.table["answers"] = answers.astype("string")


def _answers(text: str) -> str:
    """Return answers with known values; what cannot be read stays, for the rule to name it."""
    return vocabulary.value_of("answers", text) or text


def _read_topics(rows: Rows, old: pd.DataFrame) -> pd.Series:
    """Put topics into plain form, those of known records too; return them as written.

    What was entered before topics were read in any spelling is then no change.
    """
    written = rows.table["topic"]
    for table in (rows.table, old):
        plain = {text: topics.canonical(text) or pd.NA for text in table["topic"].dropna().unique()}
        table["topic"] = table["topic"].map(plain).astype("string")
    return written


def _keep_periods(rows: Rows, periods: pd.Series) -> None:
    """Keep a month, quarter or year as text, and say so in place of calling it wrong."""
    period_by_row = {int(at): str(periods[at]) for at in periods.notna().to_numpy().nonzero()[0]}
    kept = [r for r in rows.remarks if not (r.column == "event_date" and r.at in period_by_row)]
    rows.remarks[:] = kept
    message = _("“{value}” names no day: kept as text, and the record is grade D.")
    undated = rows.table["date_text"].isna()
    for at, text in period_by_row.items():
        if undated[at]:
            rows.table.loc[at, "date_text"] = text
        sentence = message.format(value=text)
        rows.say([Remark(at, "event_date", text, UNDATED_RULE, sentence, level=Level.NOTICE)])


def _identify(rows: Rows, kind: Kind, old: pd.DataFrame) -> None:
    """Give rows the id of the known record a person named, or that says the very same."""
    for at, identity in rows.identity.items():
        if identity != NEW and identity in old.index:
            rows.table.loc[at, list(kind.columns)] = old.loc[
                identity, list(kind.columns)
            ].to_numpy()
    wanting = rows.table["id"].isna().to_numpy(copy=True)
    wanting[list(rows.identity)] = False
    compared = [c for c in kind.columns if c not in {"id", "recorded_at"}]
    others = old[~old["id"].isin(rows.table["id"].dropna().unique())]
    has = rows.present[compared].to_numpy()
    for columns in np.unique(has[wanting], axis=0):
        names = [c for c, there in zip(compared, columns, strict=True) if there]
        known: dict[tuple[str, ...], list[str]] = {}
        for name, text in zip(others["id"], _tuples(others, names), strict=True):
            known.setdefault(text, []).append(name)
        asked = (wanting & (has == columns).all(axis=1)).nonzero()[0]
        texts = _tuples(rows.table.iloc[asked], names)
        for at, text in zip(asked.tolist(), texts, strict=True):
            if same := known.get(text):
                rows.table.loc[at, "id"] = same.pop(0)


def _tuples(table: pd.DataFrame, columns: Sequence[str]) -> list[tuple[str, ...]]:
    """Return rows of text as tuples, blank cells as empty text."""
    return list(table[list(columns)].fillna("").itertuples(index=False, name=None))


def _resolve_subjects(rows: Rows, subjects: Mapping[str, str], old: pd.DataFrame) -> None:
    """Put ids and codes in the place of names."""
    column = rows.table["subject"]
    fine = column.isna() | column.isin(subjects.keys() & set(subjects.values()))
    fine |= unchanged_cells(rows, old, ["subject"])
    names = {id_: name for name, id_ in subjects.items() if name != id_}
    for at in (~fine).to_numpy().nonzero()[0]:
        text = str(column.iloc[at])
        subject = subjects.get(fold(text))
        if subject:
            rows.table.loc[at, "subject"] = subject
            message = _("“{value}” is {id} by its name.").format(value=text, id=subject)
            remark = Remark(int(at), "subject", text, SUBJECT_RULE, message, subject, Level.NOTICE)
        else:
            remark = _unknown_subject(int(at), text, subjects, names)
        rows.say([remark])


def _unknown_subject(
    at: int, text: str, subjects: Mapping[str, str], names: Mapping[str, str]
) -> Remark:
    """Return what to say of a subject nobody knows, or several bear."""
    close = process.extract(fold(text), list(subjects), limit=3, score_cutoff=_SIMILARITY)
    ids = list(dict.fromkeys(subjects[name] for name, _score, _at in close if subjects[name]))
    suggestion = ", ".join(f"{id_} ({names[id_]})" if id_ in names else id_ for id_ in ids)
    message = _(
        "“{value}” is neither a site of the register, nor a district code, nor “province”; "
        "write the code."
    )
    return Remark(at, "subject", text, SUBJECT_RULE, message.format(value=text), suggestion)


def _take_corrections(rows: Rows, kind: Kind, old: pd.DataFrame) -> None:
    """Ask about known records that would change; put an answer into effect."""
    content = [c for c in kind.columns if c != "id"]
    table = rows.table
    at_known = rows.known_in(old).nonzero()[0]
    was = old[content].reindex(table["id"].iloc[at_known]).fillna("").to_numpy(dtype=object)
    now = table[content].iloc[at_known].fillna("").to_numpy(dtype=object)
    for turn in (was != now).any(axis=1).nonzero()[0]:
        at = int(at_known[turn])
        name = str(table["id"].iloc[at])
        if rows.identity.get(at) == NEW:
            table.loc[at, "id"] = pd.NA
            table.loc[at, "supersedes"] = name
            if not rows.present["recorded_at"].iloc[at]:
                table.loc[at, "recorded_at"] = pd.NA
            continue
        columns = [c for c, a, b in zip(content, was[turn], now[turn], strict=True) if a != b]
        headers = ", ".join(_header(kind, column) for column in columns)
        message = _(
            "{id} is already recorded and differs in: {columns}. Records are never changed: "
            "enter a new one in its place, or leave it as it is."
        ).format(id=name, columns=headers)
        choices = (
            Choice(NEW, _("a new record that replaces {id}").format(id=name)),
            Choice(SAME + name, _("leave {id} as it is").format(id=name)),
        )
        keep = choices[0].label
        rows.say([Remark(at, "id", name, ADD_ONLY_RULE, message, keep, Level.QUESTION, choices)])


def _header(kind: Kind, column: str) -> str:
    """Return the official header of a column."""
    sheet = "evidence" if kind is EVIDENCE else "declarations"
    return vocabulary.HEADERS[sheet].get(column, column)


def _look_up_references(rows: Rows, kind: Kind, old: pd.DataFrame) -> None:
    """Name the references to records nobody knows."""
    ids = {*old.index, *rows.table["id"].dropna()}
    for column in kind.references:
        texts = rows.table[column]
        asked = texts.notna().to_numpy() & ~unchanged_cells(rows, old, [column])
        for at in asked.nonzero()[0]:
            if texts.iloc[at] in ids:
                continue
            text = str(texts.iloc[at])
            close = process.extractOne(text, sorted(ids), score_cutoff=_SIMILARITY)
            message = _("There is no record {value}; write the code of a known one.").format(
                value=text
            )
            suggestion = close[0] if close else ""
            rows.say([Remark(int(at), column, text, REFERENCE_RULE, message, suggestion)])


def _look_for_twins(rows: Rows, old: pd.DataFrame) -> None:
    """Ask about rows that repeat an event."""
    columns = ["id", "subject", "event_date", "kind", "organiser", "supersedes"]
    same_day = old["event_date"].isin(rows.table["event_date"].dropna().unique())
    others = old.loc[same_day, columns]
    others = others[~others["id"].isin(rows.table["id"].dropna().unique())]
    every = pd.concat([rows.table[columns], others], ignore_index=True)
    every["known"] = np.append(rows.known_in(old), np.ones(len(others), dtype=bool))
    for pair in duplicates.events(every):
        if pair.goes >= len(rows.table) or pair.goes in rows.identity:
            continue
        stays = every.iloc[pair.stays]
        if stays["known"]:
            other, same = str(stays["id"]), SAME + str(stays["id"])
        else:
            other = _("row {row}").format(row=rows.numbers[pair.stays])
            same = at_place(rows, pair.stays)
        message = _("Same subject, day, kind and organiser as {other}: probably one event.").format(
            other=other
        )
        keep = _("one event: {other} stays").format(other=other)
        choices = (Choice(same, keep), Choice(NEW, _("two different events")))
        value = every["id"].iloc[pair.goes]
        value = "" if pd.isna(value) else str(value)
        rows.say(
            [Remark(pair.goes, "id", value, TWIN_RULE, message, keep, Level.QUESTION, choices)]
        )


def _note_weak_ones(rows: Rows, old: pd.DataFrame, entered: date) -> None:
    """Name events in the future; note new records of no day, or of grade A without number."""
    table = rows.table
    new = pd.Series(~rows.known_in(old), index=table.index)
    late = (table["event_date"] > entered.isoformat()).fillna(value=False)
    over = ~table["kind"].isin(["planned", "cancelled"])
    for at in (new & late & over).to_numpy().nonzero()[0]:
        text = _shown(table["event_date"].iloc[at])
        message = _(
            "“{value}” lies in the future; correct the day, or record it as planned."
        ).format(value=text)
        rows.say([Remark(int(at), "event_date", text, FUTURE_RULE, message)])
    remarked = {r.at for r in rows.remarks if r.column == "event_date"}
    undated = new & table["event_date"].isna() & (table["grade"] != "D").fillna(value=False)
    for at in undated.to_numpy().nonzero()[0]:
        if at not in remarked:
            message = _("The day is blank: the record is kept as grade D and never counted.")
            rows.say([Remark(int(at), "event_date", "", UNDATED_RULE, message, level=Level.NOTICE)])
    bare = new & (table["grade"] == "A").fillna(value=False) & table["doc_no"].isna()
    for at in (bare & table["event_date"].notna()).to_numpy().nonzero()[0]:
        message = _("Grade A, but no document number; add it, or use grade B.")
        rows.say([Remark(int(at), "doc_no", "", DOCUMENT_RULE, message, level=Level.NOTICE)])


def _name_uncounted(
    rows: Rows, records: pd.DataFrame, written: pd.Series, known: pd.DataFrame
) -> None:
    """Name the new records that cannot count, and how topics were read, unless said already."""
    new = records[~records["id"].isin(known["id"]).to_numpy(dtype=bool)]
    spoken_of = {(r.at, r.column) for r in rows.remarks}
    summaries = rows.table["summary_vi"].fillna("")
    for one in countable.cannot_count(new, plan.shipped(), known):
        at = int(new.index[one.row - 1])
        if (at, one.column) not in spoken_of and one.reason != "undated":
            rows.say([uncounted.remark(one, str(summaries.iloc[at]))._replace(at=at)])
    settled = {r.at for r in rows.remarks if r.column == "topic" and r.level is not Level.NOTICE}
    for at, text in zip(new.index.tolist(), written[new.index], strict=True):
        if at not in settled and pd.notna(text):
            rows.say(uncounted.topic_notes(at, text))


def _shown(iso: str) -> str:
    """Return an ISO day as ``31/12/2024``."""
    year, month, of_month = iso.split("-")
    return f"{of_month}/{month}/{year}"


def subjects(register: pd.DataFrame, listed: Sequence[Unit]) -> dict[str, str]:
    """Return what evidence can speak of: codes by themselves, and by folded name.

    Parameters
    ----------
    register : DataFrame
        ``id`` and ``name_vi`` of all sites, known and new.
    listed : sequence of Unit
        As from `units.gazetteer`.

    Returns
    -------
    dict
        An empty value for a name that several bear.
    """
    codes = {PROVINCE: PROVINCE}
    names: dict[str, set[str]] = {fold("tỉnh"): {PROVINCE}, fold("toàn tỉnh"): {PROVINCE}}
    for unit in listed:
        if unit.level is Tier.DISTRICT:
            codes[unit.code] = unit.code
            names.setdefault(fold(unit.name), set()).add(unit.code)
    for site, name in zip(register["id"], register["name_vi"], strict=True):
        if pd.notna(site):
            codes[str(site)] = str(site)
            if pd.notna(name):
                names.setdefault(fold(name), set()).add(str(site))
    return {
        name: next(iter(ids)) if len(ids) == 1 else "" for name, ids in names.items() if name
    } | codes
