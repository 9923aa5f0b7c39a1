"""Columns of numbers: where a point or comma may part thousands or decimals, the column decides.

What its other cells show, or else one answer of a person for all of them; what was converted is
said once a column. Not here: one text as a number (``amounts``), what is plausible (``plausible``).
"""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.core.names import fold
from geodata.core.text import N_, _, number
from geodata.intake.judging import amounts
from geodata.intake.judging.cells import Cell, Choice, Level, Remark
from geodata.intake.judging.rows import COLUMN, Rows
from geodata.intake.reading.grid import Type

NUMBER_RULE = N_("A number stands without words, with one decimal comma")
IN_WORDS = ("participants", "enterprises_present")
"""Counts that are kept as text: what is no number stays as its source has it."""

_NAMED = 3  # cells in a sentence
_OTHER_UNITS = {"sao", "mau", "mau ta", "acre", "acres", "are", "thuoc", "ft2", "feet"}
"""Units that are never guessed: their size differs from place to place, or nobody uses them."""

_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


class _How(StrEnum):
    """How a cell was read: by itself, or in a way that is said once of its column."""

    PLAINLY = "plainly"
    ASKED = "asked"
    BY_COLUMN = "by its column"
    CONVERTED = "converted"
    IN_WORDS = "in words"


Doubts = dict[tuple[int, str], str]
"""By row and column, the other number that a cell might have meant."""


class _Column(NamedTuple):
    """The filled cells of a column of one sheet, and how they are to be read."""

    name: str
    places: NDArray[np.intp]
    texts: NDArray[np.object_]
    exact: NDArray[np.bool_]  # numbers of the file, and what is known already: no doubt
    sign: str
    unit: str


def read_columns(rows: Rows, columns: Iterable[str], known: pd.DataFrame) -> Doubts:
    """Read columns of numbers in place.

    Parameters
    ----------
    rows : Rows
        Changed in place.
    columns : iterable of str
        Those to read.
    known : DataFrame
        The records known, as text, indexed by id: a cell that says what is known is not asked
        about.

    Returns
    -------
    Doubts
        Where other cells decided what a text means, what it would have meant else.
    """
    sheets = np.array(rows.sheets, dtype=object)
    doubts: Doubts = {}
    for column in columns:
        filled = rows.table[column].notna().to_numpy()
        for sheet in dict.fromkeys(rows.sheets):
            places = np.flatnonzero(filled & (sheets == sheet))
            if len(places):
                doubts |= _read(rows, _of_sheet(rows, column, places, known))
    return doubts


def _of_sheet(rows: Rows, column: str, places: NDArray[np.intp], known: pd.DataFrame) -> _Column:
    texts = rows.table[column].to_numpy(dtype=object)[places]
    numeric = (rows.types[column] == str(Type.NUMBER)).to_numpy()[places]
    same = texts == _known_texts(rows, column, places, known)
    first = int(places[0])
    canonical = rows.headers[first].get(column) == column
    decided = rows.decided.get((rows.sheets[first], column))
    sign = decided or _sign(column, dict.fromkeys(texts[~(numeric | same)]), canonical=canonical)
    return _Column(column, places, texts, numeric | same, sign, _unit(rows, column, first))


def _read(rows: Rows, column: _Column) -> Doubts:
    """Read the filled cells of a column of one sheet, each different text once."""
    cells = {
        (text, sure): _reading(column, text, sure=sure)
        for text, sure in dict.fromkeys(zip(column.texts, column.exact, strict=True))
    }
    plain: list[object] = []
    together: dict[_How, list[int]] = {}
    doubts: Doubts = {}
    pairs = zip(column.places.tolist(), column.texts, column.exact, strict=True)
    for turn, (place, text, sure) in enumerate(pairs):
        cell, how = cells[text, sure]
        plain.append(pd.NA if cell.text is None else cell.text)
        if how is not _How.PLAINLY:
            together.setdefault(how, []).append(turn)
        elif cell.message:
            details = (cell.message, cell.suggestion, cell.level, cell.choices)
            rows.say([Remark(place, column.name, text, NUMBER_RULE, *details)])
        if how is _How.BY_COLUMN:
            doubts[place, column.name] = _other(column, text, str(cell.text))
    index = rows.table.index[column.places]
    rows.table.loc[index, column.name] = pd.Series(plain, index=index, dtype="string")
    rows.say(_of_all(column, how, turns, plain) for how, turns in together.items())
    return doubts


def _reading(column: _Column, text: str, *, sure: bool) -> tuple[Cell, _How]:
    """Read one text, and say which sentence about its column it belongs to."""
    factor = amounts.factor_of(column.unit, column.name)
    whole = column.name not in amounts.WHOLE or "." not in text
    if sure and whole and factor is not None and _PLAIN.fullmatch(text):
        how = _How.PLAINLY if factor == 1 else _How.CONVERTED
        return Cell(amounts.scaled(text, factor)), how
    cell = amounts.read_number(text, column.name, column.sign, column.unit)
    if cell.level is Level.QUESTION:
        return cell, _How.ASKED
    if cell.text is None and column.name in IN_WORDS:
        return Cell(text), _How.PLAINLY if sure else _How.IN_WORDS
    if cell.text is None:
        return cell, _How.PLAINLY
    if cell.message:
        return cell, _How.CONVERTED
    one = amounts.written(text, column.name)
    return cell, _How.BY_COLUMN if one and one.is_open else _How.PLAINLY


def _other(column: _Column, text: str, plain: str) -> str:
    """Return what a text would have meant with the other decimal sign, in the column's own unit."""
    one = amounts.written(text, column.name)
    factor = one and amounts.factor_of(one.unit or column.unit, column.name)
    meanings = [amounts.scaled(m, factor) for m in one.ordered] if one and factor else []
    return next((meaning for meaning in meanings if meaning != plain), "")


def _known_texts(
    rows: Rows, column: str, places: NDArray[np.intp], known: pd.DataFrame
) -> NDArray[np.object_]:
    """Return what is known of each row in a column, empty where nothing is."""
    if column not in known:
        return np.full(len(places), "", dtype=object)
    ids = rows.table["id"].fillna("").to_numpy(dtype=object)[places]
    return np.asarray(known[column].reindex(ids).fillna("").to_numpy(dtype=object))


def _unit(rows: Rows, column: str, place: int) -> str:
    """Return the unit that the header of a cell names, known or not; empty for the column's own."""
    if column not in amounts.OWN_UNIT:
        return ""
    in_brackets = re.findall(r"[(\[]([^()\[\]]*)[)\]]", rows.headers[place].get(column, ""))
    strange = (part for part in in_brackets if fold(part) in _OTHER_UNITS)
    return rows.units[place].get(column) or next(strange, "")


def _sign(column: str, texts: Iterable[str], *, canonical: bool) -> str:
    """Return the decimal sign that some cells of a column show beyond doubt, empty if none does.

    A column under its canonical name comes from a program, whose sign is the point.
    """
    if canonical:
        return amounts.POINT
    numbers = (amounts.written(text, column) for text in texts)
    signs = {next(iter(one.meanings)) for one in numbers if one and len(one.meanings) == 1}
    signs -= {""}
    return signs.pop() if len(signs) == 1 else ""


def _of_all(column: _Column, how: _How, turns: Sequence[int], plain: Sequence[object]) -> Remark:
    """Return what is said once of all cells of a column that were read in one way."""
    first = turns[0]
    place, text = int(column.places[first]), str(column.texts[first])
    if how is _How.ASKED:
        return _question(column, place, text, len(turns))
    named = dict.fromkeys(turns[:_NAMED])
    values = [
        f"“{column.texts[turn]}”" if how is _How.IN_WORDS else _pair(column, turn, plain)
        for turn in named
    ]
    listed = ", ".join([*values, *(["…"] if len(turns) > _NAMED else [])])
    sentence = _sentence(how).format(values=listed, n=number(len(turns)))
    return Remark(place, column.name, text, NUMBER_RULE, sentence, level=Level.NOTICE)


def _pair(column: _Column, turn: int, plain: Sequence[object]) -> str:
    """Return a cell as written and as read: ``“20.000 m2” → 2 ha``."""
    text, unit = str(column.texts[turn]), amounts.OWN_UNIT.get(column.name, "")
    written = amounts.shown(text) if column.exact[turn] and _PLAIN.fullmatch(text) else text
    return f"“{written}” → {amounts.shown(str(plain[turn]))} {unit}".rstrip()


def _sentence(how: _How) -> str:
    if how is _How.IN_WORDS:
        return _("{values} is no number and is kept as written ({n} in this column).")
    if how is _How.BY_COLUMN:
        return _("Read as the other cells of the column are written ({n} cells): {values}.")
    return _("Converted to the unit of the register ({n} cells): {values}.")


def _question(column: _Column, place: int, text: str, count: int) -> Remark:
    """Return the question, once, which sign is the decimal one; the answer holds for all cells."""
    one = amounts.written(text, column.name)
    meanings = one.meanings if one else {}
    unit = one.unit or column.unit if one else ""
    signs = sorted(meanings, key=lambda sign: float(meanings[sign]))
    labels = [f"{amounts.shown(meanings[sign])} {unit}".rstrip() for sign in signs]
    choices = tuple(Choice(COLUMN + s, label) for s, label in zip(signs, labels, strict=True))
    message = _(
        "“{value}” can be {decimal} or {thousands}; choose for the whole column ({n} cells)."
    )
    sentence = message.format(value=text, decimal=labels[0], thousands=labels[-1], n=number(count))
    details = (NUMBER_RULE, sentence, "", Level.QUESTION, choices)
    return Remark(place, column.name, text, *details)
