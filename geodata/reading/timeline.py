"""What changed as a timeline: which event, on which day, moved which sites from where to where.

Pure. Not here: which sites changed and by which records (``briefing``), or how it is drawn.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from geodata.core.text import _
from geodata.reading.records import title

MOST = 12  # happenings that are shown one by one; more are put together by month


@dataclass(frozen=True)
class Moved:
    """Sites that moved alike: `names` and `evidence` in the same order, ``""`` without a record."""

    axis: str
    before: str
    after: str
    names: tuple[str, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Happening:
    """What happened from `first` to `last` day, and what it moved.

    Without days it is the passing of time, or a change in the register. `event` is the one that
    all its records name, if there is one.
    """

    first: date | None
    last: date | None
    what: str
    event: str
    moved: tuple[Moved, ...]

    @property
    def sites(self) -> int:
        """How many changes of a site's status it brought."""
        return sum(len(move.names) for move in self.moved)

    @property
    def evidence(self) -> tuple[str, ...]:
        """The records behind it, each once."""
        ids = (record for move in self.moved for text in move.evidence for record in _ids(text))
        return tuple(dict.fromkeys(ids))


def happenings(changes: pd.DataFrame, evidence: pd.DataFrame, since: date) -> tuple[Happening, ...]:
    """Return what happened, the newest first, what has no day last.

    Parameters
    ----------
    changes : DataFrame
        As `Briefing.changes`.
    evidence : DataFrame
        The records that may be shown, with `id`, `event`, `axis`, `kind` and their days.
    since : date
        The day compared: what was on record before it and still decides has lapsed or run out.
    """
    records = evidence.drop_duplicates("id").set_index("id")
    groups: dict[tuple[date | None, str, str], list[tuple[str, ...]]] = defaultdict(list)
    columns = (changes[name] for name in ("axis", "before", "after", "name", "evidence"))
    for axis, before, after, name, ids in zip(*columns, strict=True):
        text = ids if isinstance(ids, str) else ""
        key = _occasion(records[records.index.isin(_ids(text))], str(after), since)
        groups[key].append((axis, before, after, name, text))
    made = [
        Happening(on, on, what, event, _moved(cells)) for (on, what, event), cells in groups.items()
    ]
    return tuple(sorted(made, key=_newest))


def by_month(every: Sequence[Happening], most: int = MOST) -> tuple[Happening, ...]:
    """Return many happenings put together by month and by what they are; few as they are."""
    if len(every) <= most:
        return tuple(every)
    groups: dict[tuple[object, ...], list[Happening]] = defaultdict(list)
    for one in every:
        month = (one.first.year, one.first.month) if one.first else None
        groups[(month, one.what, one.event)].append(one)
    return tuple(sorted(map(_together, groups.values()), key=_newest))


def _together(some: Sequence[Happening]) -> Happening:
    """Return happenings of one kind as one."""
    days = [one.first for one in some if one.first]
    cells = [
        (move.axis, move.before, move.after, name, text)
        for one in some
        for move in one.moved
        for name, text in zip(move.names, move.evidence, strict=True)
    ]
    first, last = (min(days), max(days)) if days else (None, None)
    return replace(some[0], first=first, last=last, moved=_moved(cells))


def _newest(one: Happening) -> tuple[int, int, str]:
    """Return what sorts the newest first; of one day, what moved most."""
    return (-one.last.toordinal() if one.last else 1, -one.sites, one.what)


def _moved(cells: Iterable[tuple[str, ...]]) -> tuple[Moved, ...]:
    """Return sites that moved alike together, the most first."""
    alike: dict[tuple[str, str, str], list[tuple[str, str]]] = defaultdict(list)
    for axis, before, after, name, text in cells:
        alike[(axis, before, after)].append((name, text))
    made = [
        Moved(
            axis,
            before,
            after,
            tuple(name for name, _text in rows),
            tuple(text for _name, text in rows),
        )
        for (axis, before, after), rows in alike.items()
    ]
    return tuple(sorted(made, key=lambda move: -len(move.names)))


def _ids(text: str) -> list[str]:
    return text.split("; ") if text else []


# --- what it was, and when -------------------------------------------------------------------


def _occasion(records: pd.DataFrame, after: str, since: date) -> tuple[date | None, str, str]:
    """Return the day of what changed a status, what that was, and the event all of it names."""
    if records.empty:
        return None, _("No record: the register itself, or one that is not shown"), ""
    seen = [(_seen(record, after), record) for _id, record in records.iterrows()]
    latest, record = max(seen, key=lambda pair: pair[0] or date.min)
    if latest is None or latest <= since:
        return None, _("No new record: what was verified has lapsed or run out of date"), ""
    events = list(records["event"].dropna().unique()) if "event" in records else []
    return latest, _what(record, after), str(events[0]) if len(events) == 1 else ""


def _seen(record: pd.Series, after: str) -> date | None:
    """Return the day on which a record came to decide; a plan, when it was made or was missed."""
    on = record["event_date"]
    if record["kind"] == "planned" and after != "overdue":
        on = record["recorded_at"] if pd.isna(record["doc_date"]) else record["doc_date"]
    return None if pd.isna(on) else pd.Timestamp(on).date()


def _what(record: pd.Series, after: str) -> str:
    """Return what a record is about, in the words of the register."""
    if record["kind"] == "planned" and after == "overdue":
        return _("The planned day passed without a report")
    return title(record)
