"""The words people use: which header means which column, and which term means which value.

The terms stand in ``vocabulary.toml``. Not here: where the headers are in a file (``headers``), or
what a value may be (``sites``, ``evidence``, ``declarations``).
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from geodata.core.names import fold
from geodata.core.text import day, language
from geodata.register import lifecycle


class Meaning(NamedTuple):
    """What a header means: a canonical column, and how exactly it says so (0 is best)."""

    column: str
    rank: int


_WORDS: dict[str, Any] = tomllib.loads(
    files("geodata").joinpath("register", "vocabulary.toml").read_text("utf-8")
)

HEADERS: Mapping[str, Mapping[str, str]] = {
    kind: {column: words["vi"] for column, words in columns.items()}
    for kind, columns in _WORDS["columns"].items()
}
"""Kind of sheet to canonical column to its official Vietnamese header, in the order to show."""

VALUES: Mapping[str, tuple[str, ...]] = {
    column: tuple(values) for column, values in _WORDS["values"].items()
}
"""Column to its known values; those of ``kind`` are of sites and of events together."""

IGNORED_SHEETS: tuple[str, ...] = tuple(_WORDS["sheets"]["ignored"])
"""Names of sheets that are never taken in: those of the template that hold no data."""

FIELD_SHEET: str = _WORDS["sheets"]["field"]
"""Beginning of the names of sheets whose rows are visits, each filled in before it was made."""

TOPIC_WORDS: Mapping[str, Any] = _WORDS["topics"]
"""Words around a topic, words that only join others, and short words with what they stand for."""

_UNITS = (
    r"(?:(?:nghìn|ngàn|trăm|triệu|1[. ]?000|100|10)\s*[x×*]?\s*)?"
    r"(?:héc[ -]?ta|hecta|ha|km2|km²|m2|m²|mét vuông|công|km|mét)"
)
_UNIT = re.compile(rf"[\s,.:–-]+{_UNITS}\s*$", re.IGNORECASE)  # behind a name, without brackets
_NAMED_UNIT = re.compile(
    rf"(?P<stated>(?:ĐVT|đơn vị(?: tính)?|unit)\s*[:=]?\s*)?(?P<unit>{_UNITS}|m)", re.IGNORECASE
)
_ASIDE = {fold(header) for header in _WORDS["sheets"]["aside"]}
_LESS_EXACT = 100  # a header that is known only without what stands in brackets


@lru_cache(maxsize=4096)
def meaning_of(kind: str, header: str) -> Meaning | None:
    """Return what a header means in a kind of sheet, None if nobody knows.

    Parameters
    ----------
    kind
        A key of `HEADERS`.
    header
        As written: in Vietnamese or English, with or without diacritics, or the canonical name.
    """
    if header.startswith("_") and not _of_a_survey(header):
        return None  # what a survey tool keeps for itself, such as its own number of a form
    known = _meanings(kind)
    if exact := known.get(fold(header)):
        return exact
    bare = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", header)
    unitless = _UNIT.sub("", _parted(bare))
    for looser in (bare, _parted(bare), unitless, bare.rpartition("/")[2], _of_a_survey(bare)):
        if looser and (short := known.get(fold(looser))):
            return Meaning(short.column, short.rank + _LESS_EXACT)
    return None


def _parted(header: str) -> str:
    """Return words written together with a space between them: ``TenKCN`` is ``Ten KCN``."""
    return re.sub(r"(?<=[^\W\d_A-ZĐÀ-Ỵ])(?=[A-ZĐ])", " ", header.replace("_", " "))


def _of_a_survey(header: str) -> str:
    """Return what a column of a survey's point holds: ``_Vị trí_latitude`` is ``latitude``."""
    match = re.search(r"_(latitude|longitude|precision)$", header, re.IGNORECASE)
    return match[1] if match else ""


def unit_of(header: str) -> str:
    """Return the unit that a header or the line over a table names, as written; empty if none.

    Parameters
    ----------
    header
        As written: ``Diện tích (nghìn m2)``, ``dien_tich_m2``, ``ĐVT: ha``.
    """
    in_brackets = re.findall(r"[(\[]([^()\[\]]*)[)\]]", header)
    for part in (*in_brackets, header):
        named = _NAMED_UNIT.fullmatch(part.strip())
        if named and (named["stated"] or part is not header):
            return str(named["unit"]).strip()
    bare = _UNIT.search(_parted(header))
    return bare[0].strip(" ,.-–:") if bare else ""


def headers_of(kind: str) -> Iterator[tuple[str, str]]:
    """Yield every folded spelling of the headers of a kind of table, with its column."""
    yield from ((spelling, meaning.column) for spelling, meaning in _meanings(kind).items())


def is_aside(header: str) -> bool:
    """Say whether a column says nothing of its own: it numbers rows, or is there to be read."""
    return fold(header) in _ASIDE


def columns_beginning(kind: str, start: str) -> dict[str, str]:
    """Return the headers of a kind of sheet that begin so, folded, with their columns.

    Parameters
    ----------
    kind
        A key of `HEADERS`.
    start
        The beginning of a header, as a format cut it off; one in brackets is no other header.
    """
    begun = fold(start)
    return {
        fold(spelling): column
        for column, words in _WORDS["columns"][kind].items()
        for spelling in _spellings(column, words)
        if "(" not in spelling and fold(spelling).startswith(begun)
    }


def value_of(column: str, text: str) -> str | None:
    """Return the canonical value that a cell means, None if nobody knows.

    Parameters
    ----------
    column
        Canonical. One without a vocabulary takes any text as it is.
    text
        As written; of ``answers`` the whole cell, such as ``R1=có; R2=một phần``, of ``topic``
        a single one (``topics`` reads several).
    """
    if column not in VALUES:
        return text
    if column == "answers" and "=" in text:
        pairs = [_pair(part) for part in text.split(";") if part.strip()]
        answers = [(name, _values(column).get(fold(value))) for name, value in pairs]
        unknown = any(value is None for _name, value in answers)
        return None if unknown else ";".join(f"{name}={value}" for name, value in answers)
    return _values(column).get(fold(text))


def label_of(column: str, value: str, code: str = "") -> str:
    """Return the official term for a canonical value; any other text as it is.

    Parameters
    ----------
    column
        Canonical.
    value
        Canonical, as `value_of` returns it; of ``topic`` several joined by semicolons, of
        ``history`` as `lifecycle.spelled` writes it.
    code
        ``vi`` or ``en``; without one in the language spoken.
    """
    code = code or language()
    if column == "history":
        return _statements_label(value, code)
    terms = _WORDS["values"].get(column, {})
    if column == "answers" and "=" in value:
        pairs = [_pair(part) for part in value.split(";") if part.strip()]
        return "; ".join(f"{name}={label_of(column, answer, code)}" for name, answer in pairs)
    if column == "topic" and value not in terms:
        parts = [part.strip() for part in value.split(";")]
        return "; ".join(str(terms[p][code]) if p in terms else p for p in parts if p)
    return str(terms[value][code]) if value in terms else value


def header_of(kind: str, column: str, language: str = "vi") -> str:
    """Return the official header of a column of a kind of sheet, in ``vi`` or ``en``."""
    return str(_WORDS["columns"][kind][column][language])


def state_label(state: str, code: str = "") -> str:
    """Return the official term for the state of a statement, of lifecycle or founding."""
    return label_of("founding" if state in lifecycle.FOUNDED else "lifecycle", state, code)


def _statements_label(text: str, code: str) -> str:
    """Return statements in words, days dd/mm/yyyy; a text that holds none as it is."""
    try:
        statements = lifecycle.read(text)
    except ValueError:
        return text
    return lifecycle.joined(
        (
            state_label(statement.state, code),
            day(statement.since) if statement.since else "",
            statement.decision,
            day(statement.decision_date) if statement.decision_date else "",
            statement.source,
        )
        for statement in statements
    )


def spellings_of(column: str) -> Iterator[tuple[str, str]]:
    """Yield every spelling of a column's values, with the value."""
    for value, words in _WORDS["values"][column].items():
        yield from ((spelling, value) for spelling in _spellings(value, words))


def _pair(part: str) -> tuple[str, str]:
    """Return criterion and answer of one part of a cell of answers."""
    name, _equals, answer = part.partition("=")
    return name.strip(), answer.strip()


@cache
def _meanings(kind: str) -> dict[str, Meaning]:
    """Return the folded spellings of all headers of a kind of sheet."""
    known: dict[str, Meaning] = {}
    for column, words in _WORDS["columns"][kind].items():
        for rank, spelling in enumerate(_spellings(column, words)):
            known.setdefault(fold(spelling), Meaning(column, rank))
    return known


@cache
def _values(column: str) -> dict[str, str]:
    """Return the folded spellings of all values of a column."""
    known: dict[str, str] = {}
    for spelling, value in spellings_of(column):
        known.setdefault(fold(spelling), value)
    return known


def _spellings(name: str, words: Mapping[str, Any]) -> Iterator[str]:
    """Return all spellings of one term, the most exact first."""
    yield from (name, words["vi"], words["en"], *words["also"])
