"""One text as a number: its digits with either decimal sign, and the unit behind it.

Not here: which sign a column means, and what is said of it once (``numbers``).
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from geodata.core.names import halfwidth, unaccent
from geodata.core.text import _, number
from geodata.intake.judging.cells import Cell, Choice, Level

WHOLE = ("year", "enterprises", "participants", "enterprises_present")
POINT, COMMA = ".", ","
"""What is the decimal sign of a column; also the answers to the question which one it is."""

OWN_UNIT: Mapping[str, str] = {"area_ha": "ha", "position_accuracy_m": "m"}
"""Columns whose numbers have a unit, and which."""
_SIZES: Mapping[str, Mapping[str, float]] = {
    "area_ha": {
        **dict.fromkeys(("ha", "hecta", "hec ta", "hec-ta"), 1.0),
        **dict.fromkeys(("m2", "met vuong"), 1e-4),
        "km2": 100.0,
        "cong": 0.1,  # of Nam Bộ, 1.000 m²
    },
    "position_accuracy_m": {"m": 1.0, "met": 1.0, "km": 1000.0},
}
_TIMES: Mapping[str, float] = {
    "": 1,
    "10": 10,
    "100": 100,
    "1000": 1000,
    "tram": 100,
    "nghin": 1000,
    "ngan": 1000,
    "trieu": 1e6,
}
_SIZED = tuple(size for sizes in _SIZES.values() for size in sizes)
_UNIT = re.compile(r"(?P<times>tram|nghin|ngan|trieu|1000|100|10|)\s*[x×*]?\s*(?P<size>\D.*)")
_COUNTED = {
    *("dn", "doanh nghiep", "co so", "don vi", "ho", "nguoi", "luot", "luot nguoi", "dai bieu"),
    *("hoc vien", "ho dan", "cong ty", "nha may", "htx", "hop tac xa", "hoi vien", "lao dong"),
    *("nguoi du", "nguoi tham du", "nguoi tham gia", "ng", "can bo", "nong dan", "to chuc"),
}
_SPACES = r" '’ʼ´`"
_NUMBER = re.compile(rf"(?P<digits>-?[0-9][0-9.,{_SPACES}]*?)\s*(?P<unit>[^\W\d_][^.,]*)?")
_GROUPED = re.compile(rf"-?[0-9]{{1,3}}(?:[{_SPACES}][0-9]{{3}})+(?:[.,][0-9]+)?")
_ABOUT = re.compile(r"(?:~|≈|khoang|tren|hon|gan|xap xi|uoc|>|<|toi da|toi thieu)\s*(.+)")
_BETWEEN = re.compile(r"([0-9.,]+)\s*(?:-|–|den)\s*[0-9.,]+(.*)")
_DIGITS = 15  # so many come back from a float as they were written


class Written(NamedTuple):
    """A text as a number: what it means with either decimal sign, and the unit behind it."""

    meanings: Mapping[str, str]  # decimal sign to plain digits; one entry where there is no doubt
    unit: str

    @property
    def is_open(self) -> bool:
        """Whether the two signs give different numbers."""
        return len(set(self.meanings.values())) > 1

    @property
    def ordered(self) -> list[str]:
        """What it can mean, the smaller number first."""
        return sorted(set(self.meanings.values()), key=float)


def written(text: str, column: str) -> Written | None:
    """Return a text as a number with its unit, None if it is none.

    The key of a meaning is its decimal sign; empty where neither point nor comma stands there.
    """
    parts = _NUMBER.fullmatch(_plain(text))
    if parts is None:
        return None
    digits = parts["digits"].rstrip(".," + _SPACES)
    if re.search(rf"[{_SPACES}]", digits):
        if not _GROUPED.fullmatch(digits):
            return None
        digits = re.sub(rf"[{_SPACES}]", "", digits)
    meanings = _meanings(digits)
    if len(re.sub(r"\D", "", digits).lstrip("0")) > _DIGITS or not meanings:
        return None
    if re.match(r"-?0[0-9]{0,2}[.,]", digits):
        # No thousand starts with a nought: the sign that stands there is the decimal one.
        meanings = {sign: plain for sign, plain in meanings.items() if f"{sign}" in digits[:4]}
    if column in WHOLE:
        whole = {sign: plain for sign, plain in meanings.items() if float(plain).is_integer()}
        meanings = {sign: f"{float(plain):.0f}" for sign, plain in whole.items()} or meanings
    return Written(meanings, (parts["unit"] or "").strip(" ."))


def _plain(text: str) -> str:
    """Return a text with plain digits, blanks and units: ``１ ２００ m²`` is ``1 200 m2``."""
    return " ".join(unaccent(halfwidth(text)).replace("m²", "m2").split())


def _meanings(digits: str) -> dict[str, str]:
    """Return what digits mean, by the decimal sign that makes them mean it."""
    if re.fullmatch(r"-?[0-9]+", digits):
        return {"": digits}
    meanings = {}
    for decimal, thousands in ((POINT, COMMA), (COMMA, POINT)):
        if re.fullmatch(rf"-?[0-9]+[{decimal}][0-9]+", digits):
            meanings[decimal] = digits.replace(decimal, ".")
        elif re.fullmatch(rf"-?[0-9]{{1,3}}([{thousands}][0-9]{{3}})+([{decimal}][0-9]+)?", digits):
            meanings[decimal] = digits.replace(thousands, "").replace(decimal, ".")
    return meanings


def factor_of(unit: str, column: str) -> float | None:
    """Return how many of a column's own units one of what was written is, None if nobody knows.

    Parameters
    ----------
    unit
        As written, without diacritics or with them; none is the column's own.
    column
        Canonical.
    """
    plain = re.sub(r"(?<=1)[. ](?=000)", "", _plain(unit))
    if not plain or (column in WHOLE and column != "year" and plain in _COUNTED):
        return 1.0
    parts = _UNIT.fullmatch(plain)
    size = parts and _SIZES.get(column, {}).get(parts["size"].strip())
    return None if parts is None or size is None else _TIMES[parts["times"]] * size


def read_number(text: str, column: str, sign: str = "", unit: str = "") -> Cell:
    """Read one number.

    Parameters
    ----------
    text
        As written.
    column
        Canonical.
    sign
        The decimal sign of the column, empty if nobody knows: then a doubt is a question.
    unit
        What the header names; one behind the number goes before it.

    Returns
    -------
    Cell
        The number with a decimal point, in the column's own unit.
    """
    one = written(text, column)
    factor = None if one is None else factor_of(one.unit or unit, column)
    if one is not None and factor is None and (one.unit or unit) and column in OWN_UNIT:
        named = text if one.unit else f"{text} {unit}"
        message = _("The unit of “{value}” is not known; write the number in {unit}.")
        return Cell(None, message.format(value=named, unit=OWN_UNIT[column]))
    if one is None or factor is None:
        return _no_number(text, column)
    if one.is_open and sign not in one.meanings:
        return _question(text, [scaled(meaning, factor) for meaning in one.ordered], column)
    meaning = one.meanings[sign] if one.is_open else one.ordered[0]
    if column in WHOLE and not float(meaning).is_integer():
        message = _("“{value}” is not a whole number.")
        return Cell(None, message.format(value=shown(meaning)))
    value = scaled(meaning, factor)
    if factor == 1:
        return Cell(value)
    message = _("“{value}” is converted; read as {number}.")
    named = f"{shown(value)} {OWN_UNIT[column]}"
    return Cell(value, message.format(value=text, number=named), level=Level.NOTICE)


def scaled(meaning: str, factor: float) -> str:
    """Return a number in plain digits, so many times as large."""
    return meaning if factor == 1 else _digits(float(meaning) * factor)


def _digits(value: float) -> str:
    """Return a number in plain digits, never with a power of ten."""
    text = f"{value:.12g}"
    return text if "e" not in text else f"{value:.15f}".rstrip("0").rstrip(".")


def _question(text: str, values: list[str], column: str) -> Cell:
    """Return the question which of two numbers a text is."""
    choices = tuple(Choice(unmistakable(value, column), shown(value)) for value in values)
    message = _("“{value}” can be {decimal} or {thousands}; choose one.").format(
        value=text, decimal=choices[0].label, thousands=choices[1].label
    )
    return Cell(None, message, level=Level.QUESTION, choices=choices)


def _no_number(text: str, column: str) -> Cell:
    """Return what to say of no number, with the number in it as a suggestion if there is one."""
    plain = _plain(text)
    about = _ABOUT.fullmatch(plain)
    between = _BETWEEN.fullmatch(plain)
    inner = about[1] if about else between[1] if between else plain
    one = written(inner, column)
    suggestion = ""
    if one and column in WHOLE and not any(map(one.unit.endswith, _SIZED)):
        # Whatever was counted, its number stands there.
        suggestion = one.ordered[0] if float(one.ordered[0]).is_integer() else ""
    elif one and factor_of(one.unit, column) is not None:
        suggestion = inner
    message = _("“{value}” is not a number; write digits only, for example 290,79.")
    return Cell(None, message.format(value=text), "" if suggestion == text else suggestion)


def unmistakable(plain: str, column: str) -> str:
    """Return a number in plain digits as a cell that no column can read otherwise.

    With its unit, and never with three decimals, which might be thousands.
    """
    decimals = len(plain.partition(".")[2])
    digits = plain + "0" if decimals == 3 else plain  # noqa: PLR2004 - as thousands have
    return f"{digits} {OWN_UNIT[column]}" if column in OWN_UNIT else digits


@lru_cache(maxsize=4096)
def shown(plain: str) -> str:
    """Return a number as people here write it."""
    decimals = len(f"{float(plain):.10f}".rstrip("0").partition(".")[2])
    return number(float(plain), min(decimals, 6))
