"""Evidence: dated records of who held or checked what; columns, schema, and which ones live.

Not here: the status that follows from them (``status``), the store, or reading files.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geodata.core.lookup import is_in
from geodata.core.text import N_, _
from geodata.register import frames

if TYPE_CHECKING:
    import pandera.pandas as pa

PROVINCE = "province"
"""The subject of a record about the whole province."""
AXES = ("outreach", "compliance", "model", "policy", "consumption", "education")
EVENT_KINDS = (
    "planned",
    "held",
    "cancelled",
    "none_confirmed",
    "check",
    "milestone",
    "document",
    "withdraw",
    "self_declared",
)
KINDS_OF: Mapping[str, tuple[str, ...]] = {
    "outreach": ("held", "planned", "cancelled", "none_confirmed"),
    "compliance": ("check",),
    "model": ("milestone",),
    "policy": ("document",),
    "consumption": (),
    "education": (),
}
"""Axis to the kinds of event that belong to it, the usual one first."""
ON_ANY_AXIS = ("self_declared", "withdraw")
"""The kinds of event that belong to every axis."""
GRADES = ("A", "B", "C", "D")
SCOPES = ("site", "group", "mass")
METHODS = ("inspection", "document", "self")
ANSWERS = ("yes", "partial", "no", "na", "not_checked")

DAYS = ("event_date", "recorded_at", "doc_date")
COLUMNS = (
    "id",
    "subject",
    "axis",
    "kind",
    "event_date",
    "recorded_at",
    "grade",
    "scope",
    "topic",
    "profile",
    "answers",
    "method",
    "supersedes",
    "refers_to",
    "event",  # shared by the records of all sites that one event reached
    "organiser",
    "participants",
    "enterprises_present",
    "doc_no",
    "doc_date",
    "date_text",
    "summary_vi",
    "summary_en",
    "source_url",
)
# Few different values, many rows: kept as categories so that rules run once a value.
CATEGORIES = ("axis", "kind", "grade", "scope", "topic", "profile", "answers", "method")

# The public view is built from these and no others: head-counts stay inside.
PUBLIC_COLUMNS = tuple(c for c in COLUMNS if c not in {"participants", "enterprises_present"})
# What a record does to another one, and whether it may.
_BEARING = ("id", "kind", "event_date", "recorded_at", "grade", "supersedes", "refers_to")


@cache
def schema() -> "pa.DataFrameSchema":
    """Return what a cell of each column may hold."""
    import pandera.pandas as pa  # noqa: PLC0415 - a quarter of a second of each start

    return pa.DataFrameSchema(
        {
            "id": pa.Column("string", unique=True),
            "subject": pa.Column("string"),
            "axis": pa.Column("string", frames.one_of(AXES)),
            "kind": pa.Column("string", frames.one_of(EVENT_KINDS)),
            "grade": pa.Column("string", frames.one_of(GRADES)),
            "scope": pa.Column("string", frames.one_of(SCOPES), nullable=True),
            "method": pa.Column("string", frames.one_of(METHODS), nullable=True),
            "answers": pa.Column(
                "string",
                pa.Check(
                    lambda column: column.map(_well_formed).astype(bool),
                    error=N_("must read like R1=yes;R2=partial"),
                ),
                nullable=True,
            ),
        },
    )


def typed(table: pd.DataFrame, entered: date) -> pd.DataFrame:
    """Return a table of text as evidence, or refuse it whole.

    A blank `event_date` makes a record grade D: kept, never counted. A blank
    `recorded_at` is the day the record was entered.

    Parameters
    ----------
    table : DataFrame
        Text, one row a record, columns as in `COLUMNS`; absent ones are blank.
    entered : date
        The day on which these records are entered.

    Returns
    -------
    DataFrame
        `COLUMNS`; days as dates, `CATEGORIES` as categories.

    Raises
    ------
    DataError
        If any cell is wrong; the sentence names the first ones.
    """
    records, faults = read(table, entered)
    frames.refuse(_("Evidence"), faults)
    return records


def read(table: pd.DataFrame, entered: date) -> tuple[pd.DataFrame, list[frames.Fault]]:
    """Return a table of text as evidence, as in `typed`, and every cell that is wrong."""
    text = frames.blank_to_missing(table, COLUMNS)
    records = text.copy()
    faults = []
    for column in DAYS:
        records[column] = frames.days(text[column])
        faults += frames.unreadable(text[column], records[column], _("is not a day (YYYY-MM-DD)"))
    records["recorded_at"] = records["recorded_at"].fillna(pd.Timestamp(entered))
    records.loc[records["event_date"].isna(), "grade"] = "D"
    faults += frames.broken(records, schema()) + _recorded_before_it_happened(records)
    return categorised(records), faults


def categorised(records: pd.DataFrame) -> pd.DataFrame:
    """Return records with the columns of few values as categories."""
    return records.assign(**{column: pd.Categorical(records[column]) for column in CATEGORIES})


def _well_formed(answers: str) -> bool:
    """Say whether answers read ``R1=yes;R2=partial`` with known values."""
    pairs = [part.partition("=") for part in answers.split(";")]
    return all(name.strip() and value.strip() in ANSWERS for name, _equals, value in pairs)


def _recorded_before_it_happened(records: pd.DataFrame) -> list[frames.Fault]:
    """Return a fault for each event said to be over before it took place."""
    over = records["kind"].isin(["held", "check"])
    wrong = (over & (records["event_date"] > records["recorded_at"])).to_numpy().nonzero()[0]
    rule = _("an event that was held cannot lie after the day it was recorded")
    return [
        frames.Fault(int(i) + 1, "event_date", f"{records['event_date'].iloc[i]:%d/%m/%Y}", rule)
        for i in wrong
    ]


def unknown_subjects(records: pd.DataFrame, known: pd.Index) -> list[frames.Fault]:
    """Return a fault for each record about a site, district or province nobody knows."""
    wrong = (~is_in(records["subject"], known)).nonzero()[0]
    rule = _(
        "is neither a site of the register, nor a district code, nor “province”, the whole province"
    )
    return [
        frames.Fault(int(i) + 1, "subject", str(records["subject"].iloc[i]), rule) for i in wrong
    ]


def known_at(records: pd.DataFrame, known: date) -> pd.DataFrame:
    """Return the records entered by the end of a day (k in domain rule 4.0)."""
    return records[(records["recorded_at"] <= pd.Timestamp(known)).to_numpy()]


def entered_later(records: pd.DataFrame, known: date, start: date, end: date) -> int:
    """Return how many records of a period were entered only after a day."""
    happened = records["event_date"].between(pd.Timestamp(start), pd.Timestamp(end))
    return int((happened & (records["recorded_at"] > pd.Timestamp(known))).sum())


def live(records: pd.DataFrame) -> pd.DataFrame:
    """Return those of the known records that count (L in domain rule 4.2).

    Dated, of grade A to C, and neither superseded nor withdrawn by a record that is known. What
    is dead stays dead, whatever becomes of the record that replaced it.
    """
    withdraws = (records["kind"] == "withdraw").to_numpy()
    ended = pd.concat([records["supersedes"], records["refers_to"][withdraws]])
    counts = records["event_date"].notna() & (records["grade"] != "D")
    alive: pd.DataFrame = records[counts.to_numpy() & ~is_in(records["id"], ended)]
    return alive


def stands(records: pd.DataFrame) -> np.ndarray:
    """Return which records are neither superseded nor withdrawn, and withdraw nothing."""
    withdraws = (records["kind"] == "withdraw").to_numpy(dtype=bool)
    ended = pd.concat([records["supersedes"], records["refers_to"][withdraws]])
    still: np.ndarray = ~withdraws & ~is_in(records["id"], ended)
    return still


def standing(records: pd.DataFrame) -> pd.DataFrame:
    """Return the records that stand."""
    return records[stands(records)]


def event_sizes(records: pd.DataFrame) -> dict[str, int]:
    """Return how many records of each event stand, by event id; only of several."""
    sizes = standing(records)["event"].dropna().value_counts()
    return {str(event): int(count) for event, count in sizes.items() if count > 1}


def names_any(column: pd.Series, tags: tuple[str, ...]) -> np.ndarray:
    """Return which rows of a category column of ``;``-joined tags hold one of some tags."""
    wanted = set(tags)
    values = column.cat.categories
    hits = np.array([bool(wanted & {t.strip() for t in v.split(";")}) for v in values], dtype=bool)
    return np.append(hits, False)[column.cat.codes.to_numpy()]


def with_those_naming(records: pd.DataFrame, chosen: np.ndarray) -> np.ndarray:
    """Return which records are chosen or bear on chosen ones, wherever they speak.

    A correction, a withdrawal or a cancellation may be entered under another subject.
    Twice over, because what cancels a record may itself be replaced.
    """
    bears = (records["supersedes"].notna() | records["refers_to"].notna()).to_numpy()
    bearing = records[["supersedes", "refers_to"]][bears]
    named = is_in(records["id"], pd.concat([bearing["supersedes"], bearing["refers_to"]]))
    kept = chosen.copy()
    for _hop in range(2):
        ids = records["id"][kept & named]
        kept[bears] |= is_in(bearing["supersedes"], ids) | is_in(bearing["refers_to"], ids)
    return kept


def public(records: pd.DataFrame, subjects: pd.Index) -> pd.DataFrame:
    """Return what the public may see: records about some subjects, allow-listed columns.

    Of other records that replace, withdraw or cancel one of these only that much is kept, so
    that the public sees the status that is true.
    """
    shown = is_in(records["subject"], subjects)
    kept = records.loc[with_those_naming(records, shown), list(PUBLIC_COLUMNS)]
    hidden = ~is_in(kept["subject"], subjects)
    if hidden.any():
        kept.loc[hidden, [name for name in PUBLIC_COLUMNS if name not in _BEARING]] = None
    return kept
