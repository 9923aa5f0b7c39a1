"""Single cells: days, numbers and known values as people type them, and what to say of the rest.

Not here: positions, units, or anything that takes a second cell to judge.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

import pandas as pd
from rapidfuzz import fuzz, process

from geodata.core.names import fold, unaccent
from geodata.core.text import N_, _, day, number
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


DAY_RULE = N_("A day is written dd/mm/yyyy")
NUMBER_RULE = N_("A number stands without words, with one decimal comma")
VALUE_RULE = N_("Only known values are used")

_EXCEL_START = date(1899, 12, 30)
_SERIALS = range(25_569, 73_051)  # 1970 to 2099: smaller numbers are years or counts
_LATEST_SHORT_YEAR = 68  # as POSIX reads two digits: 00–68 lie in this century
_SIMILARITY = 60
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_NAMED_DAY = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2}) nam (\d{4})")
_SPLIT_DAY = re.compile(r"(\d{1,4})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{1,4})(?:[t ]\d[\d:.]*z?)?")
_PERIOD = re.compile(
    r"(?:(?:dau|giua|cuoi) )?(?:(?:thang|t) ?(?P<month>\d{1,2})[ /.\-]*(?:nam )?"
    r"|(?P<bare>\d{1,2})[/.\-]"
    r"|quy ?(?P<quarter>[1-4]|i{1,3}|iv)[ /.\-]*(?:nam )?"
    r"|(?:nam )?)(?P<year>(?:19|20)\d\d)"
)
_ISO_MONTH = re.compile(r"(?P<year>(?:19|20)\d\d)-(?P<month>\d{1,2})")
_MONTHS = range(1, 13)

# What stands behind a number, and how many of the column's own unit it is.
_UNITS: Mapping[str, Mapping[str, float]] = {
    "area_ha": {"ha": 1, "hecta": 1, "hec ta": 1, "m2": 1e-4, "km2": 100},
    "position_accuracy_m": {"m": 1, "met": 1, "km": 1000},
}
_COUNTED = {"dn", "doanh nghiep", "co so", "don vi", "ho"}
WHOLE = ("year", "enterprises")
_NUMBER = re.compile(r"(?P<digits>-?\d[\d., ]*?)\s*(?P<unit>[^\W\d_][^.,]*)?")


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


def read_day(text: str) -> Cell:
    """Read one day: dd/mm/yyyy, ISO, an Excel serial number, or words; or a longer period.

    Returns
    -------
    Cell
        The day in ISO form. A month, quarter or year is no day: `Cell.period` holds its words.
    """
    plain = " ".join(unaccent(text).split())
    if plain.isdecimal() and int(plain) in _SERIALS:
        parsed = _EXCEL_START + timedelta(days=int(plain))
        message = _("“{value}” is the number Excel keeps for a day; read as {day}.")
        return _noticed(text, parsed, message)
    parts = _NAMED_DAY.fullmatch(plain) or _SPLIT_DAY.fullmatch(plain)
    if parts:
        return _day_of(text, *(str(part) for part in parts.groups()[:3]))
    period = _PERIOD.fullmatch(plain) or _ISO_MONTH.fullmatch(plain)
    month = period and (period.groupdict().get("month") or period.groupdict().get("bare"))
    if period and (month is None or int(month) in _MONTHS):
        message = _("“{value}” names no day; write the whole day, or leave the cell blank.")
        return Cell(None, message.format(value=text), period=text)
    return _no_day(text)


def _day_of(text: str, first: str, month: str, last: str) -> Cell:
    """Return the day that three numbers name, the year standing first or last."""
    iso = len(first) > 2  # noqa: PLR2004 - digits of a day
    year, of_month = (first, last) if iso else (last, first)
    if len(year) == 3 or len(of_month) > 2:  # noqa: PLR2004 - digits of a year, of a day
        return _no_day(text)
    short = len(year) <= 2  # noqa: PLR2004
    century = (2000 if int(year) <= _LATEST_SHORT_YEAR else 1900) if short else 0
    try:
        parsed = date(century + int(year), int(month), int(of_month))
    except ValueError:
        return _no_day(text, _turned(century + int(year), int(of_month), int(month)))
    if short:
        return _noticed(text, parsed, _("In “{value}” the year has two digits; read as {day}."))
    return Cell(parsed.isoformat())


def _turned(year: int, month: int, of_month: int) -> str:
    """Return the day meant where month and day changed places, if there is one."""
    try:
        return day(date(year, month, of_month))
    except ValueError:
        return ""


def _noticed(text: str, parsed: date, message: str) -> Cell:
    sentence = message.format(value=text, day=day(parsed))
    return Cell(parsed.isoformat(), sentence, day(parsed), Level.NOTICE)


def _no_day(text: str, suggestion: str = "") -> Cell:
    message = _("“{value}” is not a day; write dd/mm/yyyy, for example 31/12/2024.")
    return Cell(None, message.format(value=text), suggestion)


def read_number(text: str, column: str) -> Cell:
    """Read one number of a column: points and commas for thousands or decimals, units behind.

    Where a separator can mean both and the column holds measures, a person is asked; only a
    point in a bare number is decimal, as in every number cell of Excel, and noted.

    Returns
    -------
    Cell
        The number with a decimal point, in the column's own unit.
    """
    plain = unaccent(text).replace("\N{NO-BREAK SPACE}", " ").replace("²", "2").strip()
    parts = _NUMBER.fullmatch(plain)
    unit = (parts["unit"] or "").strip(" .") if parts else ""
    factor = _factor(unit, column)
    meanings = _meanings(parts["digits"], whole=column in WHOLE) if parts else []
    if not meanings or factor is None:
        message = _("“{value}” is not a number; write digits only, for example 290,79.")
        return Cell(None, message.format(value=text))
    if len(meanings) == 1:
        return _measured(text, meanings[0], factor, unit)
    decimal, thousands = meanings
    if "," in text or unit:
        choices = tuple(Choice(_plain(m, factor), _shown(m, factor)) for m in meanings)
        message = _("“{value}” can be {decimal} or {thousands}; choose one.")
        return Cell(
            None,
            message.format(value=text, decimal=choices[0].label, thousands=choices[1].label),
            level=Level.QUESTION,
            choices=choices,
        )
    message = _("“{value}” is read as {decimal}; if {thousands} is meant, write it without point.")
    return Cell(
        _plain(decimal, factor),
        message.format(value=text, decimal=_shown(decimal, 1), thousands=_shown(thousands, 1)),
        level=Level.NOTICE,
    )


def _factor(unit: str, column: str) -> float | None:
    """Return how many of a column's units one of what was written is, None if nobody knows."""
    if not unit or (column in WHOLE and unit in _COUNTED):
        return 1
    return _UNITS.get(column, {}).get(unit)


def _meanings(digits: str, *, whole: bool) -> list[str]:
    """Return what a number can mean, with decimal point; the decimal meaning first."""
    bare = digits.replace(" ", "")
    meanings: list[str] = []
    for decimal, thousands in (".,", ",."):
        if re.fullmatch(rf"-?\d+([{decimal}]\d+)?", bare):
            meanings.insert(0, bare.replace(decimal, "."))
        elif re.fullmatch(rf"-?\d{{1,3}}([{thousands}]\d{{3}})+([{decimal}]\d+)?", bare):
            meanings.append(bare.replace(thousands, "").replace(decimal, "."))
    meanings = list(dict.fromkeys(meanings))
    if whole:
        meanings = [meaning for meaning in meanings if float(meaning).is_integer()]
    elif meanings and re.match(r"-?0\d{0,2}[.,]", bare):  # no thousand starts with a nought
        meanings = meanings[:1]
    return meanings


def _measured(text: str, meaning: str, factor: float, unit: str) -> Cell:
    """Return a number in the column's unit; a conversion is said."""
    if factor == 1:
        return Cell(meaning)
    message = _("“{value}” is converted from {unit}; read as {number}.").format(
        value=text, unit=unit, number=_shown(meaning, factor)
    )
    return Cell(_plain(meaning, factor), message, level=Level.NOTICE)


def _plain(meaning: str, factor: float) -> str:
    return meaning if factor == 1 else repr(float(meaning) * factor)


def _shown(meaning: str, factor: float) -> str:
    value = float(meaning) * factor
    decimals = len(f"{value:.10f}".rstrip("0").partition(".")[2])
    return number(value, min(decimals, 6))


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
