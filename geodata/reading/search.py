"""Finding by name: sites, units of both vintages, kinds and records, as people type them.

Pure. Not here: the names themselves (``register``, ``geography.units``), which records a list of
evidence shows (``records_choice``), or the box in which one types.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

import pandas as pd
from rapidfuzz import fuzz, process

from geodata.core.names import fold, strip_unit_type, unaccent
from geodata.core.text import _, day, number
from geodata.geography.units import Tier, Unit, Vintage
from geodata.reading.labels import kind_label
from geodata.reading.view import UNIT_COLUMN
from geodata.register.sites import KINDS
from geodata.register.vocabulary import spellings_of

GROUPS = ("site", "unit", "kind", "record")
MOST, EACH = 10, 2  # how many are shown in all, and of each group at least
_LETTERS = 90  # of a record's summary
_SIMILARITY = 80  # percent of letters in common, below which a name is no suggestion
_UNIT_COLUMNS = ("commune_2025", "commune_legacy", "district_legacy")
_SIGNS_INSIDE = re.compile(r"\S*\w[^\w\s]+\w\S*")  # “Co.opmart”, “45/KH-UBND”
_EXACT, _BEGINS, _NAME, _WORDS, _INSIDE, _ALIKE = range(6)
Rank = tuple[float, ...]
"""How well something matches, the smaller the better; see `_rank`."""


@dataclass(frozen=True)
class Findable:
    """One thing that can be found: what it is called, and by which words."""

    key: str
    """``site:ID``, ``unit:VINTAGE:CODE``, ``commune:CODE``, ``kind:KIND`` or ``record:ID``."""
    group: str
    label: str
    note: str
    names: tuple[str, ...]  # folded: whole, and as people write it together or without its type
    words: str  # all it is known by, folded, each after a space
    aside: bool = False  # of no interest at first: a unit that the view does not have


class MatchGroup(NamedTuple):
    """The best matches of one group, and how many there are."""

    group: str
    best: tuple[Findable, ...]
    total: int


class _Word(NamedTuple):
    """A word as typed: its parts, and written together (“45/KH-UBND”, “Co.op”)."""

    parts: tuple[str, ...]
    together: str

    def begins_in(self, words: str) -> bool:
        return f" {self.together}" in words or all(f" {part}" in words for part in self.parts)

    def lies_in(self, words: str) -> bool:
        return self.together in words or all(part in words for part in self.parts)


# --- what can be found ---------------------------------------------------------------------------


def findable_sites(
    sites: pd.DataFrame, unit_names: Mapping[tuple[str, str], str], vintage: Vintage
) -> list[Findable]:
    """Return the sites that may be named, each known by name, code, operator, kind and units.

    Parameters
    ----------
    sites : DataFrame
        Those that may be named, by id.
    unit_names : Mapping
        The name of each unit by its column of the register and its code.
    vintage : Vintage
        Whose unit stands beside the name.
    """
    column, spelled = UNIT_COLUMN[vintage], _kind_words()
    rows = sites[["name_vi", "kind", "operator", *_UNIT_COLUMNS]].astype(object)
    listed = []
    for site, *cells in rows.where(rows.notna(), "").itertuples():
        name, kind, operator, *codes = map(str, cells)
        units = {
            c: unit_names.get((c, code), "") for c, code in zip(_UNIT_COLUMNS, codes, strict=True)
        }
        note = " · ".join(
            part for part in (kind_label(kind), units[column] or units["district_legacy"]) if part
        )
        known_by = (name, str(site), operator, spelled[kind], *units.values())
        listed.append(_findable(f"site:{site}", name, note, known_by, _forms(name)))
    return listed


def findable_units(
    units: Iterable[Unit], legacy_communes: pd.DataFrame, vintage: Vintage
) -> list[Findable]:
    """Return the units of both vintages, those of the other vintage aside.

    A legacy commune is on no map: its note says in which unit in view it lies.

    Parameters
    ----------
    units, legacy_communes
        As from `units.gazetteer` and `units.load_legacy_communes`.
    vintage : Vintage
        The one in view.
    """
    every = [_findable_unit(unit, legacy_communes, vintage) for unit in units]
    in_view = f"unit:{vintage.value}:"
    return [replace(one, aside=not one.key.startswith(in_view)) for one in every]


def _findable_unit(unit: Unit, legacy_communes: pd.DataFrame, vintage: Vintage) -> Findable:
    bare = strip_unit_type(unit.name)[1]
    before = fold(unit.name).removesuffix(bare).split()
    short = "".join(word[0] for word in before) + f" {bare}"  # “TP Vị Thanh”, “P. Vị Thanh”
    names, known_by = (*_forms(unit.name), bare, short), (unit.name, unit.code, short)
    if unit.vintage == Vintage.LEGACY and unit.level == Tier.COMMUNE:
        row = legacy_communes.loc[unit.code]
        if vintage == Vintage.LEGACY:
            note = _("to 30/06/2025, in {unit}").format(unit=row["district_legacy_name"])
        else:
            note = _("to 30/06/2025, now in {unit}").format(unit=row["commune_2025_name"])
        return _findable(f"commune:{unit.code}", unit.name, note, known_by, names)
    to, since = _("to 30/06/2025"), _("from 01/07/2025")
    note = to if unit.vintage == Vintage.LEGACY else since
    return _findable(f"unit:{unit.vintage.value}:{unit.code}", unit.name, note, known_by, names)


def findable_kinds(kinds: pd.Series) -> list[Findable]:
    """Return each kind of which there are sites: all of them at once.

    `kinds` is that of every site, named or not.
    """
    numbers, spelled = kinds.value_counts(), _kind_words()
    return [
        _findable(
            f"kind:{kind}",
            _("All of a kind: {kind}").format(kind=kind_label(kind).lower()),
            _("{n} sites").format(n=number(int(numbers[kind]))),
            spelled[kind].split("; "),
            tuple(map(fold, spelled[kind].split("; "))),
        )
        for kind in KINDS
        if kind in numbers
    ]


def findable_records(evidence: pd.DataFrame, names: Mapping[str, str]) -> list[Findable]:
    """Return the records that may be shown, the newest first.

    Parameters
    ----------
    evidence : DataFrame
        Those that may be shown.
    names : Mapping
        What each site or unit that may be named is called, by its code.
    """
    columns = ["id", "subject", "doc_no", "organiser", "summary_vi", "event_date"]
    rows = evidence[columns].sort_values(["event_date", "id"], ascending=False, na_position="last")
    written = {on: day(on.date()) for on in rows["event_date"].dropna().unique()}  # few are many
    days = rows["event_date"].map(written).fillna("")
    texts = rows[columns[:-1]].astype(object)
    listed = []
    for cells, on in zip(texts.where(texts.notna(), "").itertuples(index=False), days, strict=True):
        code, subject, doc_no, organiser, summary = map(str, cells)
        about = names.get(subject, "")
        note = " · ".join(filter(None, (doc_no, on, about)))
        listed.append(
            _findable(
                f"record:{code}",
                _short(summary) or doc_no or code,
                note,
                (code, doc_no, summary, organiser, about),
                (*_forms(code), *_forms(doc_no)),
            )
        )
    return listed


def _short(text: str) -> str:
    """Return a text cut between two words."""
    return text if len(text) <= _LETTERS else text[:_LETTERS].rsplit(" ", 1)[0] + " …"


def _kind_words() -> dict[str, str]:
    """Return all spellings of each kind of site."""
    words: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for spelling, kind in spellings_of("kind"):
        if kind in words:
            words[kind].append(spelling)
    return {kind: "; ".join(spellings) for kind, spellings in words.items()}


def _findable(
    key: str, label: str, note: str, known_by: Iterable[str], names: tuple[str, ...]
) -> Findable:
    words = dict.fromkeys(word for text in known_by for word in _words(text))
    return Findable(
        key=key,
        group="unit" if key.startswith("commune:") else key.partition(":")[0],
        label=label,
        note=note,
        names=names,
        words=" " + " ".join(words),
    )


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    """Return the words of a text folded, those with signs inside also written together."""
    return (*fold(text).split(), *(_together(word) for word in _SIGNS_INSIDE.findall(text)))


@lru_cache(maxsize=4096)
def _forms(text: str) -> tuple[str, ...]:
    """Return a name folded, and once more with its words written together where that differs."""
    forms = [fold(text)]
    if _SIGNS_INSIDE.search(text):
        forms.append(" ".join(filter(None, map(_together, text.split()))))
    return tuple(filter(None, forms))


def _together(word: str) -> str:
    return fold(word).replace(" ", "")


# --- what is found -------------------------------------------------------------------------------


def matches(asked: str, index: Sequence[Findable], most: int = MOST) -> list[MatchGroup]:
    """Return what best matches a text, in groups; that of the best match first.

    All words must occur, in any order, as beginnings of words, with or without diacritics; where
    nothing has them so, inside words; where nothing has them at all, names spelled much alike come
    instead. Whole names come first, then names that begin so, then other names, then what is
    known by such words. What is typed with diacritics prefers what has the same.

    Parameters
    ----------
    asked : str
        What a person typed.
    index : sequence of Findable
        What there is.
    most : int
        How many are shown in all.
    """
    by_group: dict[str, list[Findable]] = {}
    for _rank, entry in _ranked(asked, index):
        by_group.setdefault(entry.group, []).append(entry)
    room = most - sum(min(EACH, len(entries)) for entries in by_group.values())
    groups = []
    for group, entries in by_group.items():
        more = min(max(room, 0), max(len(entries) - EACH, 0))
        room -= more
        groups.append(MatchGroup(group, tuple(entries[: EACH + more]), len(entries)))
    return groups


def _ranked(asked: str, index: Sequence[Findable]) -> list[tuple[Rank, Findable]]:
    """Return what matches with its rank, the best first."""
    wanted = fold(asked)
    if not wanted:
        return []
    words = [_Word(tuple(fold(word).split()), _together(word)) for word in asked.split()]
    words = [word for word in words if word.parts]
    together = " ".join(word.together for word in words)
    written = " ".join(unicodedata.normalize("NFC", asked).lower().split())
    accented = written != unaccent(written)
    rarest = max((word.parts[0] for word in words), key=len)  # a quick look before a long one
    ranked = []
    for at, entry in enumerate(index):
        if rarest not in entry.words:
            continue
        if (tier := _tier(entry, (wanted, together), words)) is not None:
            label = unicodedata.normalize("NFC", entry.label).lower()
            apart = accented and tier < _WORDS and written not in label
            ranked.append((_rank(tier, entry, at, apart=apart), entry))
    whole = [pair for pair in ranked if pair[0][0] < _INSIDE]
    return sorted(whole or ranked or _alike(wanted, index), key=lambda pair: pair[0])


def _rank(tier: float, entry: Findable, at: int, *, apart: bool = False) -> Rank:
    """Return a rank: how it matches, whether diacritics differ, what it is, how short, where."""
    return (tier, apart, GROUPS.index(entry.group), entry.aside, len(entry.names[0]), at)


def _tier(entry: Findable, wanted: tuple[str, str], words: Sequence[_Word]) -> int | None:
    """Return how well an entry matches, None if not at all."""
    if not all(word.lies_in(entry.words) for word in words):
        return None
    if any(name in wanted for name in entry.names):
        return _EXACT
    if any(name.startswith(wanted) for name in entry.names):
        return _BEGINS
    if any(all(word.begins_in(f" {name}") for word in words) for name in entry.names):
        return _NAME
    return _WORDS if all(word.begins_in(entry.words) for word in words) else _INSIDE


def _alike(wanted: str, index: Sequence[Findable]) -> list[tuple[Rank, Findable]]:
    """Return the entries whose name is spelled much like a text, with their ranks."""
    named = [entry for entry in index if entry.group != "record"]  # a summary is like anything
    names = [entry.names[0] for entry in named]
    similar = process.extract(
        wanted, names, scorer=fuzz.partial_ratio, limit=MOST, score_cutoff=_SIMILARITY
    )
    return [(_rank(_ALIKE - score, named[at], at), named[at]) for _name, score, at in similar]


def most_wanting(units: pd.DataFrame, most: int = 3) -> list[tuple[str, int, int]]:
    """Return the units in which most sites do not count as reached, with how many of how many.

    `units` is a table as from `coverage.by_unit`.
    """
    rows = units[(units.index != "") & (units["yes"] < units["sites"]).to_numpy()]
    rows = rows.assign(left=rows["sites"] - rows["yes"]).sort_values("left", ascending=False)
    return [
        (str(code), int(row["left"]), int(row["sites"])) for code, row in rows.head(most).iterrows()
    ]
