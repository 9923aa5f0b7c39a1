"""Single cells: what is read from one, what there is to say of it, and known values.

Not here: days (``days``), numbers (``numbers``), positions, or what takes a second cell to judge.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import NamedTuple

import pandas as pd
from rapidfuzz import fuzz, process

from geodata.core.names import fold
from geodata.core.text import N_, _
from geodata.register import vocabulary


class Level(StrEnum):
    """What has to happen before the file can be taken."""

    ERROR = "error"  # the file has to be corrected
    QUESTION = "question"  # a person has to choose
    NOTICE = "notice"  # nothing: this is how it was read


class Choice(NamedTuple):
    """One answer to a question: the value that stands for it, and what a person reads."""

    value: str
    label: str


class Remark(NamedTuple):
    """What there is to say of one cell; ``at`` counts the rows of the table from 0.

    ``rule`` is a text of the catalogue in English; ``message`` and ``suggestion`` are Vietnamese.
    """

    at: int
    column: str
    value: str
    rule: str
    message: str
    suggestion: str = ""
    level: Level = Level.ERROR
    choices: tuple[Choice, ...] = ()


class Cell(NamedTuple):
    """One cell as it was read: its plain form, or none, and what there is to say of it."""

    text: str | None
    message: str = ""
    suggestion: str = ""
    level: Level = Level.ERROR
    choices: tuple[Choice, ...] = ()
    period: str | None = None  # what was said in place of a day: a month, a quarter, a year


VALUE_RULE = N_("Only known values are used")

_SIMILARITY = 60


def column_of(
    cells: pd.Series, reader: Callable[[str], Cell], rule: str
) -> tuple[pd.Series, pd.Series, list[Remark]]:
    """Read a column cell by cell, each different text once.

    Parameters
    ----------
    cells : Series
        Text, missing where blank.
    reader : Callable
        Reads one text.
    rule : str
        Of the remarks, from the catalogue.

    Returns
    -------
    plain : Series
        Text in plain form, missing where blank or not read.
    periods : Series
        What was said in place of a day.
    remarks : list of Remark
        On the cells there is something to say about.
    """
    known = {text: reader(text) for text in cells.dropna().unique()}
    if not known:
        return cells.astype("string"), cells.astype("string"), []
    plain = cells.map({text: cell.text for text, cell in known.items()}).astype("string")
    periods = cells.map({text: cell.period for text, cell in known.items()}).astype("string")
    noted = {text for text, cell in known.items() if cell.message}
    remarks = [
        Remark(
            int(at),
            str(cells.name),
            text,
            rule,
            known[text].message,
            known[text].suggestion,
            known[text].level,
            known[text].choices,
        )
        for at in cells.isin(noted).to_numpy().nonzero()[0]
        for text in [cells.iloc[at]]
    ]
    return plain, periods, remarks


def read_value(text: str, column: str, known: Iterable[str]) -> Cell:
    """Read one of the known values of a column, by itself or by its label in either language.

    Returns
    -------
    Cell
        The value, or the closest one as a suggestion.
    """
    allowed = list(known)
    if text in allowed:
        return Cell(text)
    value = vocabulary.value_of(column, text)
    if value in allowed:
        return Cell(value)
    labels = {value: vocabulary.label_of(column, value) for value in allowed}
    spelled = {fold(value): value for value in allowed} | {
        fold(label): value for value, label in labels.items()
    }
    close = process.extractOne(fold(text), spelled.keys(), scorer=fuzz.WRatio)
    suggestion = labels[spelled[close[0]]] if close and close[1] >= _SIMILARITY else ""
    message = _("“{value}” is not a known value; use one of: {known}.")
    return Cell(
        None,
        message.format(value=text, known=", ".join(labels.values())),
        suggestion,
    )
