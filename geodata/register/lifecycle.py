"""Lifecycle: what a site was on a day, from dated statements, and whether it counts.

A statement says which state began on which day, by which decision, and where that stands. The
register's own columns are the newest one; `history` keeps those before it. Pure. Not here: the
register's schema (``sites``), what follows for a status (``status``), or how people write and are
asked for statements (``intake.statements``).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

LIFECYCLES = ("planned", "established", "operating", "suspended", "closed", "unknown")
FOUNDINGS = ("decided", "not_decided", "unknown")
FOUNDED_KINDS = ("industrial_park", "industrial_cluster", "craft_village")
MEMBERSHIPS = ("in", "out", "open")

COLUMNS = (
    "lifecycle",
    "founding",
    "valid_from",
    "valid_to",
    "decision",
    "decision_date",
    "history",
)
"""The columns of the register that say what a site was when."""

_STATED = (*COLUMNS, "source")  # what a statement is made of

FOUNDED = ("decided", "not_decided")
"""The states of a statement that speak of founding."""

_BEFORE = {
    **dict.fromkeys(("planned", "established", "operating"), "planned"),
    "decided": "not_decided",
}
"""What a site was before the first dated statement; before any other state nobody knows."""

_MAY_COUNT = frozenset({"operating", "unknown"})

Row = Mapping[Any, Any] | pd.Series
"""One site of the register, typed or as text."""

_BETWEEN, _PARTS = "; ", " | "


@dataclass(frozen=True)
class Statement:
    """From which day on a site is in a state; without a day, from the start."""

    state: str
    since: date | None = None
    decision: str = ""
    decision_date: date | None = None
    source: str = ""

    @property
    def about_founding(self) -> bool:
        """Whether it says if a decision establishes or recognises the site."""
        return self.state in FOUNDED


def spelled(statements: Iterable[Statement]) -> str:
    """Return statements as the cell `history` holds them.

    ``operating | 2019-05-01 | QĐ 12/QĐ-UBND | 2019-04-20 | source``, joined by ``;``.
    """
    return joined(
        (
            statement.state,
            _iso(statement.since),
            statement.decision,
            _iso(statement.decision_date),
            statement.source,
        )
        for statement in statements
    )


def joined(statements: Iterable[Iterable[str]]) -> str:
    """Return statements, each by its parts, as one cell; what is blank at the end is left out."""
    return _BETWEEN.join(_PARTS.join(map(_word, parts)).rstrip(" |") for parts in statements)


@lru_cache(maxsize=4096)
def read(text: str) -> tuple[Statement, ...]:
    """Return the statements of a cell, as `spelled` writes them.

    Raises
    ------
    ValueError
        If a state or a day is none.
    """
    return tuple(map(_statement, parted(text)))


def parted(text: str) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield the five parts of each statement of a cell: the opposite of `joined`.

    Raises
    ------
    ValueError
        If a statement has more parts.
    """
    for statement in filter(str.strip, text.split(";")):
        state, since, decision, decided, source, *more = (
            *(part.strip() for part in statement.split("|")),
            *[""] * 4,
        )
        if any(more):
            raise ValueError(statement)
        yield state, since, decision, decided, source


def _statement(parts: tuple[str, str, str, str, str]) -> Statement:
    state, since, decision, decided, source = parts
    if state not in (*LIFECYCLES, *FOUNDED):
        raise ValueError(_PARTS.join(parts))
    return Statement(state, _day(since), decision, _day(decided), source)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _word(text: str) -> str:
    """Return a text that holds none of the marks that part the cell."""
    return " ".join(text.replace(";", ",").replace("|", "/").split())


# --- the sequence of one site --------------------------------------------------------------


def sequence(site: Row) -> tuple[Statement, ...]:
    """Return all that the register says of when a site was what, the earliest first.

    Those without a day come first. Before the first dated statement a site was planned if it
    then began, no decision founded it if one then did, and else nobody knows (`_BEFORE`), unless
    a statement without a day says otherwise.

    Parameters
    ----------
    site : Row
        Days as dates or ISO.
    """
    return _sequence(*(_plain(site.get(column)) for column in _STATED))


@lru_cache(maxsize=2**15)  # the same sites are asked about for many days
def _sequence(*cells: str | date | None) -> tuple[Statement, ...]:
    site = dict(zip(_STATED, cells, strict=True))
    return tuple(sorted((*read(_text(site["history"])), *_own(site)), key=_order))


def _plain(value: object) -> str | date | None:
    """Return a cell as plain text or a plain day, None where it is missing."""
    if value is None or isinstance(value, str):
        return value
    return None if pd.isna(value) else pd.Timestamp(value).date()  # type: ignore[call-overload,arg-type]


def _order(statement: Statement) -> tuple[date, bool]:
    """Return what statements are sorted by; what tells nothing stands before all others."""
    return statement.since or date.min, not _empty(statement)


def _empty(statement: Statement) -> bool:
    """Say whether a statement tells nothing: not known, from no day on."""
    return statement.state == "unknown" and statement.since is None


def _own(site: Row) -> list[Statement]:
    """Return what the register's own columns state."""
    since, until = _date(site.get("valid_from")), _date(site.get("valid_to"))
    decided = _date(site.get("decision_date"))
    decision, source = _word(_text(site.get("decision"))), _word(_text(site.get("source")))
    state, founding = _text(site.get("lifecycle")) or "unknown", _text(site.get("founding"))
    stated = [Statement(state, since, "", None, source)]
    if until:
        stated.append(Statement("closed", until + timedelta(days=1), "", None, source))
    if founding in FOUNDED:
        begun = decided if founding == "decided" else None
        stated.append(Statement(founding, begun, decision, decided, source))
    return stated


def _text(value: object) -> str:
    plain = _plain(value)
    return "" if plain is None else str(plain)


def _date(value: object) -> date | None:
    plain = _plain(value)
    return date.fromisoformat(plain) if isinstance(plain, str) and plain else plain or None


def _at(statements: Iterable[Statement], on: date) -> str:
    """Return the state on a day: the last that began by then, else what held from the start.

    Of statements of one day the later written counts, also for what came before it.
    """
    state = ""
    for statement in {s.since: s for s in statements}.values():
        if statement.since is not None and statement.since > on:
            return state or _BEFORE.get(statement.state, "unknown")
        state = statement.state
    return state or "unknown"


# --- the state of all sites on a day -------------------------------------------------------


def lifecycle_on(sites: pd.DataFrame, on: date) -> pd.Series:
    """Return each site's lifecycle on a day: one of `LIFECYCLES`.

    The register's own row holds from `valid_from` to `valid_to`, both included: the day before
    that a site was what `history` says, else what comes before such a state; the day after it
    is closed.
    """
    return pd.Series(_lifecycles(sites, on, _histories(sites)), index=sites.index)


def founding_on(sites: pd.DataFrame, on: date) -> pd.Series:
    """Return whether a decision had founded each site by a day: one of `FOUNDINGS`."""
    return pd.Series(_foundings(sites, on, _histories(sites)), index=sites.index)


_Histories = list[tuple[int, tuple[Statement, ...]]]

# Plain arrays: every status and target asks, and columns would take most of its time.


def _lifecycles(sites: pd.DataFrame, on: date, histories: _Histories) -> np.ndarray:
    moment = np.datetime64(on)
    early = sites["valid_from"].to_numpy() > moment
    state = np.array(sites["lifecycle"], dtype=object)  # pandas' own copy may be none (3.1)
    held = state[early]
    state[sites["valid_to"].to_numpy() < moment] = "closed"
    state[early] = [_BEFORE.get(name, "unknown") for name in held]
    for at, statements in histories:
        state[at] = _at((s for s in statements if not s.about_founding), on)
    return state


def _foundings(sites: pd.DataFrame, on: date, histories: _Histories) -> np.ndarray:
    state = np.array(sites["founding"], dtype=object)  # as above
    late = sites["decision_date"].to_numpy() > np.datetime64(on)
    state[late & (state == "decided")] = "not_decided"
    for at, statements in histories:
        state[at] = _at((s for s in statements if s.about_founding), on)
    return state


def _histories(sites: pd.DataFrame) -> _Histories:
    """Return the place and the sequence of each site that has more than its own row."""
    if "history" not in sites:
        return []
    at = np.flatnonzero(sites["history"].notna().to_numpy())
    if not len(at):
        return []
    columns = [_cells(sites[name], at) if name in sites else [None] * len(at) for name in _STATED]
    return [(int(place), _sequence(*cells)) for place, *cells in zip(at, *columns, strict=True)]


def _cells(column: pd.Series, at: np.ndarray) -> list[Any]:
    """Return some cells of a column as plain text or plain days, None where one is missing."""
    if pd.api.types.is_datetime64_any_dtype(column):
        return list(column.to_numpy("datetime64[D]")[at].astype(object))
    some = column.iloc[at]
    cells = np.array(some, dtype=object)
    cells[some.isna().to_numpy()] = None
    return list(cells)


def membership_on(sites: pd.DataFrame, on: date) -> pd.Series:
    """Return whether each site belongs to a denominator on a day (domain rule 4.1).

    ``in``: founded by a decision, where its kind needs one, **and** operating; ``out``: planned,
    only established, suspended, closed, or founded by none; ``open``: one of the two is unknown.
    """
    founded = sites["kind"].isin(FOUNDED_KINDS).to_numpy()
    histories = _histories(sites)
    founding = np.where(founded, _foundings(sites, on, histories), "decided")
    lifecycle = _lifecycles(sites, on, histories)
    outside = ~pd.Series(lifecycle).isin(_MAY_COUNT).to_numpy()
    unsure = (lifecycle == "unknown") | (founding == "unknown")
    answer = np.select([outside | (founding == "not_decided"), unsure], ["out", "open"], "in")
    return pd.Series(answer, index=sites.index)


def missing_on(sites: pd.DataFrame, on: date) -> pd.Series:
    """Return what is not known of each site on a day: ``decision`` and ``lifecycle``, as tuples."""
    needs = sites["kind"].isin(FOUNDED_KINDS) & (founding_on(sites, on) == "unknown")
    lacks = {"decision": needs, "lifecycle": lifecycle_on(sites, on) == "unknown"}
    rows = zip(*lacks.values(), strict=True)
    names = [tuple(n for n, lacking in zip(lacks, row, strict=True) if lacking) for row in rows]
    return pd.Series(names, index=sites.index, dtype=object)


def shut_out_on(sites: pd.DataFrame, on: date) -> pd.Series:
    """Return what keeps each site out on a day: its lifecycle and ``not_decided``, as tuples."""
    lifecycle = lifecycle_on(sites, on)
    shut = lifecycle.where(~lifecycle.isin(["operating", "unknown"]), "")
    needs = sites["kind"].isin(FOUNDED_KINDS) & (founding_on(sites, on) == "not_decided")
    undecided = needs.map({True: "not_decided", False: ""})
    names = [tuple(filter(None, row)) for row in zip(shut, undecided, strict=True)]
    return pd.Series(names, index=sites.index, dtype=object)


# --- a change ------------------------------------------------------------------------------


def carried(before: Row, after: Row, *, corrects: bool = False) -> str | None:
    """Return the `history` of a site whose row is replaced by a newer one; None if it has none.

    What either row keeps of earlier stays, and what the old row stated joins it, unless the new
    row states something of the same day or dates the same decision: that corrects it. A row
    that says another thing without a day has to be asked about first (`needs_day`).

    Parameters
    ----------
    before, after : Row
        Days as dates or ISO.
    corrects : bool
        Whether what the old row stated never held, so that the new one takes its place.
    """
    new, old = _own(after), [] if corrects else _own(before)
    earlier, given = (read(_text(row.get("history"))) for row in (before, after))
    kept: dict[tuple[bool, date | None], Statement] = {}
    for statement in (*earlier, *old, *given):
        if not _empty(statement) or _topic(statement) not in kept:
            kept[_topic(statement)] = statement
    for statement in new:
        if corrects or not _empty(statement):
            kept.pop(_topic(statement), None)
    named = {s.decision for s in new if s.state == "decided" and s not in old}
    left = [s for s in kept.values() if s.state != "decided" or not _same_decision(s, named)]
    return spelled(sorted(left, key=_order)) or None


def _topic(statement: Statement) -> tuple[bool, date | None]:
    """Return what two statements share of which the later corrects the earlier."""
    return statement.about_founding, statement.since


def _same_decision(statement: Statement, named: set[str]) -> bool:
    """Say whether a statement is about one of the decisions named; one without a number may be."""
    return bool(named) and statement.decision in named | {""}


class Doubt(NamedTuple):
    """What has to be asked before a row takes another's place: of which column, why, against what.

    ``why`` is ``no-day`` (another state, from no day of its own), ``overtaken`` (a later statement
    says otherwise), ``same-state`` (only the day is another) or ``taken-back`` (what was said of
    the founding is said no more).
    """

    column: str
    why: str
    known: Statement


def doubts(before: Row, after: Row, *, corrects: bool = False) -> tuple[Doubt, ...]:
    """Return what has to be asked of a change of one site, none if it only says more.

    Parameters
    ----------
    before, after : Row
        Days as dates or ISO. The newer one has its `carried` history.
    corrects : bool
        As in `carried`; then only what is on record of a later day speaks against it.
    """
    was, now = _own(before), _own(after)
    asked = []
    against = _overtaking(after) or _unsaid(before, after)
    if corrects:
        return (Doubt("valid_from", "overtaken", against),) if against else ()
    if needs_day(before, after):
        asked.append(Doubt("valid_from", "no-day", was[0]))
    elif against:
        asked.append(Doubt("valid_from", "overtaken", against))
    elif was[0].state == now[0].state != "unknown" and was[0].since != now[0].since:
        asked.append(Doubt("valid_from", "same-state", was[0]))
    stated = next((s for s in was if s.about_founding), None)
    founding = _text(after.get("founding"))
    if stated and founding == "decided" != stated.state and not _date(after.get("decision_date")):
        asked.append(Doubt("decision_date", "no-day", stated))
    elif stated and founding not in (stated.state, "decided"):
        asked.append(Doubt("founding", "taken-back", stated))
    return tuple(asked)


def needs_day(before: Row, after: Row) -> bool:
    """Say whether a newer row tells another lifecycle without saying from which day.

    To learn what was not known changes nothing in the world and needs no day.
    """
    was, now = _text(before.get("lifecycle")), _text(after.get("lifecycle"))
    if was in (now, "unknown"):
        return False
    since = _date(after.get("valid_from"))
    return since is None or since == _date(before.get("valid_from"))


def _unsaid(before: Row, after: Row) -> Statement | None:
    """Return the statement that said what a site was before a newer row's own day, if that is lost.

    What was concluded from it – planned, before it operated – no longer follows once another
    state begins earlier.
    """
    since = _own(after)[0].since
    if since is None:
        return None
    earlier = since - timedelta(days=1)
    known, left = ([s for s in sequence(row) if not s.about_founding] for row in (before, after))
    if _at(known, earlier) in (_at(left, earlier), "unknown"):
        return None
    return next((s for s in known if s.since is not None and s.since > earlier), None)


def _overtaking(site: Row) -> Statement | None:
    """Return the earlier statement that a row's own lifecycle, meant as the newest, cannot follow.

    It begins while the row's own state holds and says another.
    """
    own, until = _own(site)[0], _date(site.get("valid_to"))
    for statement in sorted(read(_text(site.get("history"))), key=_order):
        if statement.about_founding or statement.since is None or statement.state == own.state:
            continue
        later = own.since is None or statement.since > own.since
        if later and (until is None or statement.since <= until):
            return statement
    return None
