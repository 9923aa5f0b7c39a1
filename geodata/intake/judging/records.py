"""Rows of records that are only ever added: evidence and declarations, from text to typed.

A record with a known id has to say what it said; a correction is a new one that supersedes it.
Not here: sites (``site_rows``), single cells (``cells``), what each kind has of its own (``kinds``)
and whom records speak of (``subjects``).
"""

import re
from collections.abc import Sequence
from datetime import date
from functools import partial

import numpy as np
import pandas as pd
from rapidfuzz import process

from geodata.core.lookup import is_in
from geodata.core.progress import Listener
from geodata.core.text import N_, _
from geodata.intake.judging import (
    blanks,
    cells,
    dated,
    difference,
    duplicates,
    events,
    identity,
    keeping,
    letters,
    mistyped,
    numbers,
    plausible,
    subjects,
    uncounted,
)
from geodata.intake.judging.cells import Cell, Choice, Level, Remark
from geodata.intake.judging.difference import Difference
from geodata.intake.judging.kinds import EVIDENCE, Kind
from geodata.intake.judging.rows import NEW, SAME, Rows, at_place, unchanged_cells
from geodata.intake.judging.subjects import Subjects
from geodata.register import ids, topics, vocabulary
from geodata.rules import countable, plan

ADD_ONLY_RULE = N_("A record is never changed; a new one takes its place")
REFERENCE_RULE = N_("A record replaces or names a known record")
FUTURE_RULE = N_("What has happened does not lie in the future")
UNDATED_RULE = N_("Without a day a record is grade D: kept, never counted")
DOCUMENT_RULE = N_("Grade A rests on a document with its number")
ANSWERS_RULE = N_("Each criterion stands with its answer")
TWIN_RULE = N_("Each event stands in one row")

_DIGITS = 3  # of an id
_SIMILARITY = 60
_JOINING = re.compile(r"\s*[:=–-]\s*|\s+")  # between a criterion and its answer
_OFFERED = 3  # subjects, to choose from


def judge(
    rows: Rows,
    kind: Kind,
    known: pd.DataFrame,
    *,
    entered: date,
    bearers: Subjects,
    listener: Listener,
    blank_clears: bool = False,
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
    entered, bearers
        The day on which new ones are entered; what evidence speaks of, as from `subjects.known`.
    listener : Listener
        Told the share done, 0 to 1, and a sentence.
    blank_clears : bool
        Whether a blank cell empties what is known.

    Returns
    -------
    records, difference
        Typed, wrong cells missing; and what that changes of the known ones.
    """
    old = difference.by_id(difference.as_text(known, kind.columns))
    listener(0.0, _("Reading the cells …"))
    shared = events.spread(rows, bearers.codes, old)
    clears = keeping.cleared(rows, kind.required, kind.sheet)
    written = _read_topics(rows, old) if kind is EVIDENCE else None
    doubts = _read_cells(rows, kind, clears, old)
    listener(0.4, _("Comparing with the records known …"))
    if kind is EVIDENCE:
        subjects.resolve(rows, bearers, old)
    _recognise(rows, old)
    _identify(rows, kind, old)
    _complete(rows, kind, old, clears, blank_clears=blank_clears)
    shared.name(rows, old)
    _take_corrections(rows, kind, old)
    _look_up_references(rows, kind, old)
    if kind is EVIDENCE:
        _look_for_twins(rows, old)
        _note_weak_ones(rows, old, entered)
        _ask_unlikely(rows, kind, old, entered, doubts)
    _number(rows, kind, old)
    listener(0.8, _("Checking the rules …"))
    records, faults = kind.parse(rows.table, entered)
    rows.say_faults(faults)
    _name_uncounted(rows, records, written, known)
    shared.once(rows)
    return records, difference.compare(old, difference.as_text(records, kind.columns))


def _read_cells(rows: Rows, kind: Kind, clears: pd.DataFrame, old: pd.DataFrame) -> numbers.Doubts:
    """Put values, days and numbers into plain form; return what numbers might mean else.

    A month in place of a day becomes words, and takes the place of the day that was known:
    ``clears`` has it emptied.
    """
    in_words = [column for column in ("date_text",) if column in kind.columns]
    mistyped.days_as_text(rows, kind.texts, old, in_words)
    blanks.emptied(rows, (*kind.known, *kind.days, *kind.numbers, *kind.named_or_not))
    if "sector" in kind.known:
        rows.table["sector"] = rows.table["sector"].str.lower()
    for column, allowed in kind.known.items():
        rows.read_column(
            column, partial(cells.read_value, column=column, known=allowed), cells.VALUE_RULE
        )
    for column in kind.days:
        written = rows.table[column].notna()
        periods = dated.read(rows, column, keeps_words=column == "event_date")
        if column == "event_date":
            clears[column] |= written & rows.table[column].isna()
            _keep_periods(rows, periods)
    letters.check(rows, kind.texts, old)
    mistyped.days_as_numbers(rows, kind.numbers)
    doubts = numbers.read_columns(rows, kind.numbers, old)
    if "answers" in kind.columns:
        rows.read_column("answers", _answers, ANSWERS_RULE)
    return doubts


def _answers(text: str) -> Cell:
    """Read answers, also with other signs between them; what cannot be read stays to be named."""
    if plain := vocabulary.value_of("answers", text):
        return Cell(plain)
    parts = (part.strip() for part in re.split(r"[;,\n]", text) if part.strip())
    joined = ";".join(_JOINING.sub("=", part, count=1) for part in parts)
    plain = vocabulary.value_of("answers", joined)
    if plain is None or "=" not in joined:
        return Cell(text)
    message = _("“{value}” is read as “{answers}”.")
    label = vocabulary.label_of("answers", plain)
    sentence = message.format(value=text, answers=label)
    return Cell(plain, sentence, label, Level.NOTICE)


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
    """Keep a month, quarter or year as text, and say so in place of calling it wrong.

    So are the words for several days; text that is there already stays before them.
    """
    at = periods.notna()
    before = rows.table["date_text"].where(rows.table["date_text"] != periods)
    rows.table.loc[at, "date_text"] = (before + "; ").fillna("")[at] + periods[at]
    undated = periods.mask(rows.table["event_date"].notna())
    period_by_row = {int(row): str(undated[row]) for row in undated.notna().to_numpy().nonzero()[0]}
    kept = [r for r in rows.remarks if not (r.column == "event_date" and r.at in period_by_row)]
    rows.remarks[:] = kept
    message = _("“{value}” names no day: kept as text, and the record is grade D.")
    for row, text in period_by_row.items():
        sentence = message.format(value=text)
        rows.say([Remark(row, "event_date", text, UNDATED_RULE, sentence, level=Level.NOTICE)])


def _complete(
    rows: Rows, kind: Kind, old: pd.DataFrame, clears: pd.DataFrame, *, blank_clears: bool
) -> None:
    """Fill what rows of known records do not speak of, also the day on which they were entered."""
    may_empty = [c for c in kind.columns if c not in (*kind.required, "recorded_at")]
    keeping.keep(rows, old, may_empty, clears, blank_clears=blank_clears)
    rows.complete(old, [c for c in kind.columns if c != "id"])
    entered_before = rows.known_in(old) & rows.table["recorded_at"].isna().to_numpy()
    names = rows.table.loc[entered_before, "id"]
    rows.table.loc[entered_before, "recorded_at"] = old["recorded_at"].reindex(names).to_numpy()


def _recognise(rows: Rows, old: pd.DataFrame) -> None:
    """Put known ids in the place of other spellings of them."""
    codes = rows.table["id"]
    unknown = (codes.notna().to_numpy() & ~rows.known_in(old)).nonzero()[0].tolist()
    index = ids.Index(old.index if unknown else ())
    for at in unknown:
        code, alike = str(codes.iloc[at]), index.alike(str(codes.iloc[at]))
        if len(alike) == 1:
            rows.table.loc[at, "id"] = alike[0]
            rows.say([identity.spelled_otherwise(at, "id", code, alike[0])])


def _identify(rows: Rows, kind: Kind, old: pd.DataFrame) -> None:
    """Give rows the id of the known record a person named, or that says the very same."""
    for at, chosen in rows.identity.items():
        if chosen != NEW and chosen in old.index:
            rows.table.loc[at, list(kind.columns)] = old.loc[chosen, list(kind.columns)].to_numpy()
    wanting = rows.table["id"].isna().to_numpy(copy=True)
    wanting[list(rows.identity)] = False
    compared = [c for c in kind.columns if c not in {"id", "recorded_at"}]
    others = old[~is_in(old["id"], rows.table["id"])]
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
        headers = ", ".join(kind.header(column) for column in columns)
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


def _number(rows: Rows, kind: Kind, old: pd.DataFrame) -> None:
    """Give new records an id that continues those there are."""
    prefixes = pd.Series(kind.prefix, index=rows.table.index, dtype="string")
    order = [c for c in kind.columns if c != "id"]
    rows.table["id"] = difference.numbered(rows.table, prefixes, order, old.index, _DIGITS)


def _look_up_references(rows: Rows, kind: Kind, old: pd.DataFrame) -> None:
    """Name the references to records nobody knows."""
    known = {*old.index, *rows.table["id"].dropna()}
    for column in kind.references:
        texts = rows.table[column]
        asked = texts.notna().to_numpy() & ~unchanged_cells(rows, old, [column])
        for at in asked.nonzero()[0]:
            if texts.iloc[at] in known:
                continue
            text = str(texts.iloc[at])
            close = process.extractOne(text, sorted(known), score_cutoff=_SIMILARITY)
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
    others = others[~is_in(others["id"], rows.table["id"])]
    every = pd.concat([rows.table[columns], others], ignore_index=True)
    every["known"] = np.append(rows.known_in(old), np.ones(len(others), dtype=bool))
    for pair in duplicates.events(every):
        if pair.goes >= len(rows.table) or pair.goes in rows.identity:
            continue
        stays = every.iloc[pair.stays]
        if stays["known"]:
            other, same = str(stays["id"]), SAME + str(stays["id"])
        else:
            other = rows.row_text(pair.stays)
            same = at_place(rows, pair.stays)
        message = _("Same subject, day, kind and organiser as {other}: probably one event.").format(
            other=other
        )
        keep = _("one event, {other} stays").format(other=other)
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


def _ask_unlikely(
    rows: Rows, kind: Kind, old: pd.DataFrame, entered: date, doubts: numbers.Doubts
) -> None:
    """Ask about numbers and days that can hardly be; an event to come is asked about elsewhere."""
    plausible.ask(rows, old, kind.numbers, entered, doubts)
    dated.ask_far(rows, old, [c for c in kind.days if c != "event_date"], entered)
    dated.ask_far(rows, old, ["event_date"], None)


def _name_uncounted(
    rows: Rows, records: pd.DataFrame, written: pd.Series | None, known: pd.DataFrame
) -> None:
    """Name the new records that cannot count, and how topics were read, unless said already."""
    if written is None:
        return
    new = records[~is_in(records["id"], known["id"])]
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
