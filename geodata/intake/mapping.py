"""Which column of ours a column of a file is, where a person has to say so; remembered ways of it.

Pure. Not here: headers that are known (``register.vocabulary``), or where the ways are kept
(``store``).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import pandas as pd
from rapidfuzz import fuzz, process

from geodata.core.names import fold
from geodata.core.text import _
from geodata.intake.reading.grid import LeftOut, Part, Sheet
from geodata.register import vocabulary
from geodata.register.evidence import EVENT_KINDS
from geodata.register.sites import KINDS

Ways = Mapping[tuple[str, str], str]
"""Kind of table and folded header to the canonical column; empty for one that is not needed."""

SAMPLES = 3
_LOOKED_AT = 50  # values of a column that tell what it holds
_SIMILARITY = 75  # of headers, of 100
_MOST = 0.8  # share of the values that have to look alike
_PHONE = re.compile(r"\+?[\d .\-()/]{8,20}")
_EMAIL = re.compile(r"\S+@\S+\.\S+")
_KINDS = {"sites": KINDS, "evidence": EVENT_KINDS}


class Unknown(NamedTuple):
    """A column that nobody recognised: its header, some values, and what it may be."""

    header: str
    samples: tuple[str, ...]
    guess: str


def unknown(sheet: Sheet, kind: str, ways: Ways) -> list[Unknown]:
    """Return the columns of a table that a person has not spoken of yet.

    Parameters
    ----------
    sheet : Sheet
        As read.
    kind : str
        Of the table; that of the sheet where it was recognised.
    ways : Ways
        What is remembered.
    """
    asked = [str(header) for header in sheet.spare if (kind, fold(str(header))) not in ways]
    values = {header: sheet.spare[header].dropna().head(_LOOKED_AT) for header in asked}
    guesses = guessed(kind, values, sheet.cells.columns)
    return [
        Unknown(header, tuple(dict.fromkeys(values[header]))[:SAMPLES], guesses[header])
        for header in asked
    ]


def guessed(kind: str, values: Mapping[str, Iterable[str]], taken: Iterable[str]) -> dict[str, str]:
    """Return the column that each header most likely means, empty where none is likely.

    What the values tell counts before what the header resembles; no column is guessed twice.
    """
    used = set(taken)
    guesses: dict[str, str] = {}
    for header, texts in values.items():
        column = _by_values(kind, list(texts))
        guesses[header] = "" if column in used else column
        used.add(column)
    for header in values:
        free = {s: c for s, c in vocabulary.headers_of(kind) if c not in used}
        close = process.extractOne(fold(header), free.keys(), scorer=fuzz.token_sort_ratio)
        if not guesses[header] and close and close[1] >= _SIMILARITY:
            guesses[header] = free[close[0]]
            used.add(guesses[header])
    return guesses


def _by_values(kind: str, texts: Sequence[str]) -> str:
    """Return the column that only such values belong to, empty if they tell nothing."""
    if not texts:
        return ""
    needed = _MOST * len(texts)
    terms = _KINDS.get(kind, ())
    if sum(vocabulary.value_of("kind", text) in terms for text in texts) >= needed and terms:
        return "kind"
    if kind == "sites" and sum(bool(_EMAIL.fullmatch(text)) for text in texts) >= needed:
        return "contact_email"
    phones = (_PHONE.fullmatch(text) and text.lstrip("(+")[:1] in "08" for text in texts)
    if kind == "sites" and sum(map(bool, phones)) >= needed:
        return "contact_phone"
    return ""


def likeliest_kind(sheet: Sheet) -> str:
    """Return the kind of table that the columns of an unrecognised one speak most of."""
    counts = {
        kind: sum(1 for column in unknown(sheet, kind, {}) if column.guess)
        for kind in vocabulary.HEADERS
    }
    return max(counts, key=lambda kind: counts[kind])


def applied(sheet: Sheet, ways: Ways) -> Sheet:
    """Return a table with its spare columns in the places that a person gave them."""
    chosen = {
        str(header): ways[sheet.kind, fold(str(header))]
        for header in sheet.spare
        if (sheet.kind, fold(str(header))) in ways
    }
    placed = {h: c for h, c in chosen.items() if c and c not in sheet.cells.columns}
    if not chosen:
        return sheet
    more = sheet.spare[list(placed)].rename(columns=placed)
    types = sheet.spare_types[list(placed)].rename(columns=placed)
    return replace(
        sheet,
        cells=pd.concat([sheet.cells, more], axis=1),
        types=pd.concat([sheet.types, types], axis=1),
        places={**sheet.places, **{column: header for header, column in placed.items()}},
        headers={**sheet.headers, **{column: header for header, column in placed.items()}},
        spare=sheet.spare.drop(columns=list(chosen)),
        spare_types=sheet.spare_types.drop(columns=list(chosen)),
        left_out=tuple(_left_out(sheet, chosen, placed)),
        units={**sheet.units, **{c: vocabulary.unit_of(h) for h, c in placed.items()}},
    )


def _left_out(
    sheet: Sheet, chosen: Mapping[str, str], placed: Mapping[str, str]
) -> Iterable[LeftOut]:
    """Yield what is left out still: columns that were placed no more, refused ones by choice."""
    refused = tuple(header for header in chosen if header not in placed)
    for part in sheet.left_out:
        if part.part is not Part.COLUMN or part.sheet != sheet.name:
            yield part
            continue
        items = tuple(i for i in part.items if re.sub(r" \([A-Z]+\)$", "", i) not in chosen)
        if items:
            yield part._replace(items=items)
    if refused:
        reason = _("It was chosen not to be taken in.")
        yield LeftOut(sheet.name, Part.COLUMN, refused, reason)


def remembered(sheets: Iterable[Sheet], ways: Ways) -> tuple[Sheet, ...]:
    """Return the unrecognised tables of whose columns a person has said what they are."""
    known: list[Sheet] = []
    for sheet in sheets:
        spellings = {fold(str(header)) for header in sheet.spare}
        counts = {
            kind: sum(
                1 for (k, s), column in ways.items() if k == kind and column and s in spellings
            )
            for kind in vocabulary.HEADERS
        }
        kind = max(counts, key=lambda kind: counts[kind])
        if counts[kind]:
            known.append(as_kind(sheet, kind))
    return tuple(known)


def as_kind(sheet: Sheet, kind: str) -> Sheet:
    """Return an unrecognised table as one of a kind, its columns still spare."""
    return replace(sheet, kind=kind)
