"""Cells that a spreadsheet turned into something else than was typed: 12/5 into a day, and so on.

A document's number that became a day, a count that is shown as one, a phone number that lost its
nought. Not here: days in columns of days (``days``).
"""

import re
from collections.abc import Iterable
from datetime import date

import pandas as pd

from geodata.core.text import N_, _, day
from geodata.intake.judging.cells import Level, Remark
from geodata.intake.judging.days import serial
from geodata.intake.judging.rows import Rows
from geodata.intake.reading.grid import Type

MISTYPED_RULE = N_("What is no day is kept as it was typed")
PHONE_RULE = N_("A phone number begins with its nought")

_WITHOUT_NOUGHT = re.compile(r"[235789]\d{8}|2\d{9}")  # a mobile number, or one with a region


def days_as_text(
    rows: Rows, columns: Iterable[str], known: pd.DataFrame, in_words: Iterable[str] = ()
) -> None:
    """Name the cells of columns of text that hold a day: Excel made one of what was typed.

    A cell that says what is known of its record is left alone.

    Parameters
    ----------
    rows : Rows
        Changed in place.
    columns : iterable of str
        Those in which no day is meant.
    known : DataFrame
        Text, indexed by id.
    in_words : iterable of str
        Those of remarks, which may well be a day: there it is kept as people write one.
    """
    for column in (*columns, *in_words):
        typed = rows.types[column].isin([str(Type.DAY), str(Type.MONTH)])
        for at in typed.to_numpy().nonzero()[0].tolist():
            text = rows.table[column].iloc[at]
            name = rows.table["id"].iloc[at]
            if pd.isna(text) or (name in known.index and known.loc[name, column] == text):
                continue
            if column not in in_words:
                rows.say([_no_day(at, column, str(text))])
            elif rows.types[column].iloc[at] == str(Type.DAY):
                written = day(date.fromisoformat(str(text)[:10]))
                message = _("The cell holds a day; kept as “{day}”.").format(day=written)
                details = (MISTYPED_RULE, message, written, Level.NOTICE)
                rows.say([Remark(at, column, str(text), *details)])
                rows.table.loc[at, column] = written


def _no_day(at: int, column: str, text: str) -> Remark:
    """Return what to say of a day or month that stands where none is meant."""
    iso = re.match(r"(\d{4})-(\d\d)-(\d\d)", text)
    month = re.fullmatch(r"0?(\d{1,2})/(\d{4})", text)
    shown = day(date.fromisoformat(iso[0])) if iso else text
    typed = f"{int(iso[3])}/{int(iso[2])}/{iso[1]}" if iso else text
    if month:
        typed = f"{month[1]}/{month[2]}"
    message = _(
        "The cell holds the day {day}: Excel made it of what was typed. Write it again as "
        "text, with an apostrophe before it."
    )
    return Remark(at, column, text, MISTYPED_RULE, message.format(day=shown), typed)


def days_as_numbers(rows: Rows, columns: Iterable[str]) -> None:
    """Name the cells of columns of numbers that show a day: the number behind it was typed."""
    for column in columns:
        for at in (rows.types[column] == str(Type.DAY)).to_numpy().nonzero()[0].tolist():
            text = rows.table[column].iloc[at]
            if pd.isna(text):
                continue
            written = date.fromisoformat(str(text)[:10])
            number = str(serial(written))
            message = _("The cell shows the day {day}, but a number belongs here: {number}?")
            sentence = message.format(day=day(written), number=number)
            rows.say([Remark(at, column, str(text), MISTYPED_RULE, sentence, number)])
            rows.table.loc[at, column] = pd.NA


def phones_as_numbers(rows: Rows, column: str) -> None:
    """Give phone numbers that were kept as numbers their nought back, and say so."""
    for at in (rows.types[column] == str(Type.NUMBER)).to_numpy().nonzero()[0].tolist():
        text = rows.table[column].iloc[at]
        if pd.isna(text) or not _WITHOUT_NOUGHT.fullmatch(text):
            continue
        whole = f"0{text}"
        message = _("The nought before “{value}” was lost in a cell of numbers; read as {phone}.")
        sentence = message.format(value=text, phone=whole)
        rows.say([Remark(at, column, str(text), PHONE_RULE, sentence, whole, Level.NOTICE)])
        rows.table.loc[at, column] = whole
