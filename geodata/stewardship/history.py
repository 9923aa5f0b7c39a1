"""History in words: what two states of a workspace differ in, what an entry of the journal did.

Pure. Not here: reading the journal (``store``), comparing one table (``intake``), or single cells
(``wording``).
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Protocol
from urllib.parse import parse_qs, urlencode

import pandas as pd

from geodata.core.clock import local
from geodata.core.lookup import is_in
from geodata.core.text import _, day, number
from geodata.intake.judging.difference import as_text, by_id, compare
from geodata.reading.address import to_query
from geodata.reading.view import View
from geodata.register.evidence import PROVINCE
from geodata.register.frames import SHOWN
from geodata.register.vocabulary import HEADERS
from geodata.stewardship.wording import subject_name, value_text

COLUMNS = ("table", "id", "about", "name", "change", "column", "before", "after")
CHANGES = ("added", "removed", "changed")
WRITING = ("fill", "import", "edit", "undo")
"""The actions that change data; the others only note something."""

TABLES = ("site", "evidence", "declaration", "document")
_UNEVEN = timedelta(minutes=5)  # by which the clocks of two machines may differ
_SHEET = {"site": "sites", "evidence": "evidence", "declaration": "declarations"}


class State(Protocol):
    """The frames of a workspace at a moment, as a snapshot of the store has them."""

    @property
    def sites(self) -> pd.DataFrame:
        """The register, indexed by site id."""

    @property
    def evidence(self) -> pd.DataFrame:
        """The records."""

    @property
    def declarations(self) -> pd.DataFrame:
        """What plants declared."""

    @property
    def documents(self) -> pd.DataFrame:
        """Which documents belong to which record."""


# --- two states ----------------------------------------------------------------------------


def compared(
    before: State | None,
    after: State,
    units: Mapping[str, str] | None = None,
    *,
    most: int = 1000,
) -> pd.DataFrame:
    """Return what two states of a workspace differ in, as people read it.

    Parameters
    ----------
    before, after : State
        The earlier and the later one; None is the state before anything was entered.
    units : Mapping, optional
        Names of the administrative units that evidence speaks of, by code.
    most : int
        Of so many added and removed records of a table is told what they say; of more, only
        which they are.

    Returns
    -------
    DataFrame
        One row a changed cell, and one a record that was added or removed, with all that it
        says in `after` or `before`. Columns as in `COLUMNS`: `table` (``site``, ``evidence``,
        ``declaration`` or ``document``), `id`, `about` (the site or unit it speaks of), `name`
        of that, `change` (one of `CHANGES`), `column`, canonical and empty for a whole record,
        and the two values: days dd/mm/yyyy, decimal commas, known values by their official
        term, empty where there was nothing.
    """
    names = dict(units or {}) | {PROVINCE: subject_name(PROVINCE, {})}
    states = [state for state in (before, after) if state is not None]
    for state in states:
        names |= dict(zip(state.sites.index, state.sites["name_vi"], strict=True))
    parts = []
    for table, new in _tables(after).items():
        old = new.head(0) if before is None else _tables(before)[table]
        part = _differences(table, old, new, most)
        part["name"] = part["about"].map(names).fillna(part["about"])
        parts.append(part)
    return pd.concat(parts, ignore_index=True)[list(COLUMNS)]


def of_site(differences: pd.DataFrame, site: str) -> pd.DataFrame:
    """Return the differences that are about one site."""
    return differences[(differences["about"] == site).to_numpy()]


def summary(differences: pd.DataFrame) -> list[str]:
    """Return a line for each kind of difference: how many rows of which table, and which."""
    lines = []
    for table in TABLES:
        for change in CHANGES:
            alike = (differences["table"] == table) & (differences["change"] == change)
            rows = differences[alike.to_numpy()].drop_duplicates("id")
            if rows.empty:
                continue
            names = rows["name"].drop_duplicates().tolist()
            more = _(" … and {n} more").format(n=number(len(names) - SHOWN))
            words = _("{change}: {n} × {what} – {names}")
            lines.append(
                words.format(
                    change=change_label(change),
                    n=number(len(rows)),
                    what=table_label(table).lower(),
                    names=", ".join(names[:SHOWN]) + more * (len(names) > SHOWN),
                )
            )
    return lines


def _tables(state: State) -> dict[str, pd.DataFrame]:
    """Return the tables of a state by name; a document is about what its record is about."""
    subject = state.evidence.set_index("id")["subject"]
    about = state.documents["evidence"].map(subject)
    return {
        "site": state.sites.assign(about=state.sites["id"]),
        "evidence": state.evidence.assign(about=state.evidence["subject"]),
        "declaration": state.declarations.assign(about=state.declarations["plant"]),
        "document": state.documents.assign(about=about.fillna(state.documents["evidence"])),
    }


def _differences(table: str, before: pd.DataFrame, after: pd.DataFrame, most: int) -> pd.DataFrame:
    """Return the differences of one table, without `name`."""
    columns = after.columns.drop(["about", "geometry"], errors="ignore").tolist()
    added = after[~is_in(after["id"], before["id"])]
    removed = before[~is_in(before["id"], after["id"])]
    # Text takes long to make: only of what differs.
    both = pd.concat([before[columns], after[columns]], ignore_index=True)
    alike = both.duplicated(keep=False).to_numpy()
    old = before[~alike[: len(before)]]
    new = after[~alike[len(before) :] & is_in(after["id"], before["id"])]
    difference = compare(by_id(as_text(old, columns)), as_text(new, columns))
    rows = [
        (key, "changed", column, value_text(column, was), value_text(column, now))
        for key, cells in difference.changed.items()
        for column, (was, now) in cells.items()
    ]
    contents = _contents(table, as_text(added.head(most), columns))
    rows += [(key, "added", "", "", contents.get(key, "")) for key in added["id"]]
    contents = _contents(table, as_text(removed.head(most), columns))
    rows += [(key, "removed", "", contents.get(key, ""), "") for key in removed["id"]]
    made = pd.DataFrame(rows, columns=["id", *COLUMNS[4:]], dtype=object)
    about = {**_subjects(before), **_subjects(after)}
    return made.assign(table=table, about=made["id"].map(about).astype(object))


def _subjects(rows: pd.DataFrame) -> dict[str, str]:
    return dict(zip(rows["id"], rows["about"], strict=True))


def _contents(table: str, text: pd.DataFrame) -> dict[str, str]:
    """Return all that each record of a table says, on one line, by its id."""
    rows = by_id(text).fillna("")
    parts_by_id: dict[str, list[str]] = {key: [] for key in rows.index}
    for column in rows.columns.drop("id"):
        label = column_label(table, column)
        for key, value in rows[column].items():
            if value:
                parts_by_id[str(key)].append(f"{label}: {value_text(column, value)}")
    return {key: "; ".join(parts) for key, parts in parts_by_id.items()}


# --- words ---------------------------------------------------------------------------------


def column_label(table: str, column: str) -> str:
    """Return what a column of a table is called; a whole record has none."""
    if table in _SHEET:
        return HEADERS[_SHEET[table]].get(column, column)
    return {
        "evidence": _("Evidence"),
        "name": _("File name"),
        "type": _("Type of file"),
        "size": _("Size (bytes)"),
    }.get(column, column)


def table_label(table: str) -> str:
    """Return what one row of a table is called."""
    return {
        "site": _("Site"),
        "evidence": _("Evidence"),
        "declaration": _("Declaration"),
        "document": _("Attached document"),
    }[table]


def change_label(change: str) -> str:
    """Return what a kind of difference is called."""
    return {
        "added": _("Added"),
        "removed": _("Removed"),
        "changed": _("Changed"),
    }[change]


# --- the journal ---------------------------------------------------------------------------


def entry_text(entry: Mapping[Any, Any]) -> str:
    """Return what an entry of the journal did, in words."""
    words = {
        "fill": _("Data that comes with the software"),
        "import": _("Import of a file: {origin}"),
        "edit": _("Entry or correction ({origin})"),
        "undo": _("Entry {about} undone"),
        "review": _("Entry {about} reviewed"),
        "publish": _("Published up to entry {about}"),
        "briefing": _("Briefing given"),
        "headings": _("Columns of the office's files said"),
        "answer": _("Report from the public answered"),
    }
    given = given_on(entry["note"]) if entry["action"] == "briefing" else None
    if given:
        return _("Briefing given, as of {as_of}").format(as_of=day(given))
    origin = _("on screen") if entry["origin"] == "screen" else entry["origin"]
    about = None if pd.isna(entry["about"]) else int(entry["about"])
    return words[entry["action"]].format(origin=origin or "–", about=about)


def who_text(entry: Mapping[Any, Any]) -> str:
    """Return who made an entry: an address, or the name somebody has at the command line."""
    who = str(entry["who"])
    if entry["action"] == "fill":
        return _("the software")
    if who.startswith("cli:"):
        return _("{login} (command line)").format(login=who.removeprefix("cli:"))
    return who


def count_text(entry: Mapping[Any, Any]) -> str:
    """Return how many rows of each table an entry wrote."""
    words = {
        "sites": _("{n} sites"),
        "evidence": _("{n} records"),
        "declarations": _("{n} declarations"),
        "documents": _("{n} documents"),
    }
    written = {name: int(entry[name]) for name in words}
    return ", ".join(words[name].format(n=number(n)) for name, n in written.items() if n)


def state_of(entry: Mapping[Any, Any]) -> str:
    """Return how far an entry has come: draft, reviewed, published or undone; note if no data."""
    if entry["action"] not in WRITING:
        return "note"
    for state in ("undone", "published", "reviewed"):
        if entry[state]:
            return state
    return "draft"


def state_label(state: str) -> str:
    """Return what a state of `state_of` is called."""
    return {
        "draft": _("Draft"),
        "reviewed": _("Reviewed"),
        "published": _("Published"),
        "undone": _("Undone"),
        "note": "–",
    }[state]


def unpublished(journal: pd.DataFrame) -> pd.DataFrame:
    """Return the entries that changed data since the last publication, oldest first."""
    waits = journal["action"].isin(WRITING) & ~journal["published"]
    return journal[waits.to_numpy()].sort_values("entry")


def backwards(journal: pd.DataFrame) -> list[int]:
    """Return the entries that are dated before one made earlier: the clock had been set back."""
    oldest_first = journal.sort_values("entry")
    late = oldest_first["at"] < oldest_first["at"].cummax()
    return [int(entry) for entry in oldest_first.loc[late, "entry"]]


def is_ahead(journal: pd.DataFrame, moment: datetime) -> bool:
    """Say whether the newest moment of a journal is still to come, by the clock of this machine."""
    return bool(len(journal) and journal["at"].max() > pd.Timestamp(moment) + _UNEVEN)


def entry_before(journal: pd.DataFrame, entry: int) -> int | None:
    """Return the number of the entry before another one; None before the first."""
    earlier = journal.loc[(journal["entry"] < entry).to_numpy(), "entry"]
    return int(earlier.max()) if len(earlier) else None


def entry_on(journal: pd.DataFrame, on: date) -> int | None:
    """Return the last entry made by the end of a day in Việt Nam; None if there was none yet."""
    made = journal["at"].map(lambda moment: local(moment).date() <= on).astype(bool)
    entries = journal.loc[made.to_numpy(), "entry"]
    return int(entries.max()) if len(entries) else None


# --- briefings given -----------------------------------------------------------------------


def noted(view: View) -> str:
    """Return the view of a briefing as the journal keeps it: words of an address, with the day."""
    return urlencode(to_query(view, date.min))


def given_on(note: str) -> date | None:
    """Return the as-of date of a briefing that was given; None if the note tells none."""
    try:
        return date.fromisoformat(parse_qs(note)["as_of"][0])
    except (KeyError, ValueError):
        return None


def last_given(notes: Iterable[str], before: date) -> date | None:
    """Return the as-of date of the last briefing given that lies before a day.

    Parameters
    ----------
    notes : iterable of str
        What `noted` gave for each briefing, newest first.
    before : date
        The as-of date looked at.
    """
    days = (given_on(note) for note in notes)
    return next((given for given in days if given and given < before), None)
