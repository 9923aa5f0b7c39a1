"""Topics as people write them: in words, as tags, abbreviated, several in one cell.

The terms stand in ``vocabulary.toml``. Not here: which topics count (``plan``), or what a record
without one is told (``geodata.rules.countable``).
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from geodata.core.names import fold
from geodata.register import vocabulary

OTHER = "other"
"""The tag behind which topics stand that are none of the known ones."""

KNOWN = frozenset(vocabulary.VALUES["topic"])
"""The tags that have words."""

_JOINT = ";"
_COMMAS = 3  # in one term at the most
_SIMILARITY = 80
_LONGEST = 200  # characters of one term, with what stands around it


class Topics(NamedTuple):
    """What a cell names: tags, and what nobody knows as it was written, in that order.

    ``understood`` are the tags that were read out of a longer phrase, by that phrase.
    """

    parts: tuple[str, ...]
    understood: Mapping[str, str]

    @property
    def unknown(self) -> tuple[str, ...]:
        """What is no tag."""
        return tuple(part for part in self.parts if part not in KNOWN)

    def __str__(self) -> str:
        """Return the topics as a record keeps them: ``scp;plastic_reduction``."""
        return _JOINT.join(self.parts)


@lru_cache(maxsize=4096)
def read(text: str) -> Topics:
    """Read a cell of topics, joined by semicolons, commas or line breaks.

    Parameters
    ----------
    text
        As written. A comma inside a term (“sản xuất, tiêu dùng bền vững”) does not split it.
    """
    pairs = [pair for segment in re.split(r"[;\n]", text) for pair in _phrases(segment)]
    understood = {phrase: tag for phrase, tag in pairs if tag and fold(phrase) not in _spelled()}
    return Topics(tuple(dict.fromkeys(tag or phrase for phrase, tag in pairs)), understood)


def canonical(text: str) -> str:
    """Return topics as a record keeps them; what nobody knows stays as it is written."""
    return str(read(text))


def within(text: str) -> tuple[str, ...]:
    """Return the tags whose words occur somewhere in a text, the longest first."""
    words = f" {_plain(text)} "
    tags = []
    for spelling, tag in sorted(_plainly_spelled().items(), key=lambda item: -len(item[0])):
        if f" {spelling} " in words:
            words = words.replace(f" {spelling} ", " | ")
            tags.append(tag)
    return tuple(dict.fromkeys(tags))


def alike(text: str) -> tuple[str, ...]:
    """Return the tag whose words a misspelt text is closest to, if it is close to any."""
    close = process.extractOne(
        _plain(text), list(_plainly_spelled()), scorer=fuzz.ratio, score_cutoff=_SIMILARITY
    )
    return (_plainly_spelled()[close[0]],) if close else ()


def _phrases(segment: str) -> Iterator[tuple[str, str | None]]:
    """Yield what stands between commas, with its tag; commas inside a term, or unknown, stay."""
    pieces = [piece for text in segment.split(",") if (piece := " ".join(text.split()))]
    start = at = 0
    while at < len(pieces):
        sizes = range(min(_COMMAS + 1, len(pieces) - at), 0, -1)
        known = ((size, _tag(", ".join(pieces[at : at + size]))) for size in sizes)
        size, tag = next(((size, tag) for size, tag in known if tag), (1, None))
        if tag:
            if start < at:
                yield ", ".join(pieces[start:at]), None
            yield ", ".join(pieces[at : at + size]), tag
            start = at + size
        at += size
    if start < at:
        yield ", ".join(pieces[start:at]), None


def _tag(phrase: str) -> str | None:
    """Return what a phrase means as a whole, words like “tập huấn về” before it aside."""
    if len(phrase) > _LONGEST:
        return None
    known = _plainly_spelled()
    words = _plain(phrase)
    while words not in known:
        lead = next((lead for lead in _around() if words.startswith(f"{lead} ")), None)
        if lead is None:
            return None
        words = words.removeprefix(f"{lead} ")
    return known[words]


def _plain(text: str) -> str:
    """Return folded words, short ones spelled out, “và” left out."""
    short, joining = _short()
    words = (short.get(word, word) for word in fold(text).split() if word not in joining)
    return " ".join(words)


@cache
def _short() -> tuple[Mapping[str, str], frozenset[str]]:
    """Return what short words stand for, and the words that only join others."""
    short = {fold(word): fold(meant) for word, meant in vocabulary.TOPIC_WORDS["short"].items()}
    return short, frozenset(map(fold, vocabulary.TOPIC_WORDS["joining"]))


@cache
def _around() -> tuple[str, ...]:
    return tuple(map(fold, vocabulary.TOPIC_WORDS["around"]))


@cache
def _spelled() -> frozenset[str]:
    """Return all spellings of topics, folded."""
    return frozenset(fold(spelling) for spelling, _tag in vocabulary.spellings_of("topic"))


@cache
def _plainly_spelled() -> Mapping[str, str]:
    """Return the tag of each spelling in plain words."""
    return {_plain(spelling): tag for spelling, tag in vocabulary.spellings_of("topic")}
