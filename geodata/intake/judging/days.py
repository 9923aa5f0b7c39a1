"""One day as people write it: in numbers or words, with its hour, with a day of the week.

Not here: moments with a zone (``reading.moments``), several days and months (``stretches``), what
the column decides (``dated``), or what follows for a record (``records``).
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from geodata.core.names import halfwidth, unaccent
from geodata.core.text import N_, _, day
from geodata.intake.judging import stretches
from geodata.intake.judging.cells import Cell, Level
from geodata.intake.reading import moments

DAY_RULE = N_("A day is written dd/mm/yyyy")

EXCEL_START = date(1899, 12, 30)
_SERIALS = range(25_569, 73_051)  # 1970 to 2099: smaller numbers are years or counts
_YEARS = range(1900, 2101)  # a year typed into a cell of Excel that shows days
_LATEST_SHORT_YEAR = 68  # as POSIX reads two digits: 00–68 lie in this century
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"({'|'.join(_MONTHS)})[a-z]*\.?"
_ENGLISH = re.compile(rf"(\d{{1,2}})[ \-]*{_MONTH}[ ,\-]*(\d{{4}}|\d\d)")
_AMERICAN = re.compile(rf"{_MONTH} (\d{{1,2}})[ ,]+(\d{{4}})")
_NUMBERED = re.compile(
    r"(?<=\d)[\s\-]*(?:thang|thg)\s*(\d{1,2})(?:\s*(?:[,/.\-]|nam)\s*)+((?:19|20)\d\d)\b"
)
_SPLIT_DAY = re.compile(r"(\d{1,4})\s*([/.\-])\s*(\d{1,2})\s*\2\s*(\d{1,4})")
_SOLID_DAY = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_FRACTION = re.compile(r"(\d{5})[.,]\d+")  # Excel keeps the hour behind the point
_NO_YEAR = re.compile(r"(?:ngay )?\d{1,2}[/.\-]\d{1,2}|(?:thang|quy) \w{1,3}")
_MINUTES = r"\d{1,2}(?::\d\d)?(?!\d|[/.]|-\d{1,2}-)"
_CLOCK = rf"\d{{1,2}}(?:\s*(?:h|gio|g|:)\s*(?:{_MINUTES})?\s*(?:phut|p\b)?|\s*(?=[ap]m\b))"
# What stands around a day and says nothing of it: the hour, the day of the week.
_ASIDE = re.compile(
    rf"(?:\b(?:vao luc|luc|tu) )?{_CLOCK}\s*(?:[ap]m\b)?(?:\s*(?:-|–|den)\s*{_CLOCK})?"
    r"|\(?\b(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|cn)\b\)?"
    r"|\b(?:buoi )?(?:sang|trua|chieu)\b|\bbuoi toi\b|^toi\b|\btoi$"
)
_IN_FIGURES = re.compile(r"[\d/\-:, ]+(?:[ap]m)?")
_MISREAD = str.maketrans("oli|", "0111")  # letters typed in place of digits


def read_day(text: str, *, month_first: bool = False) -> Cell:
    """Read one day, or the first of several.

    Parameters
    ----------
    text
        dd/mm/yyyy, ISO, an Excel serial number, words, with an hour or a day of the week; a
        range; or a month, quarter or year.
    month_first
        Whether 6/5/2024 is the fifth of June.

    Returns
    -------
    Cell
        The day in ISO form. `Cell.period` holds the words where they say more than that day:
        several days, or a month, quarter or year, which is no day at all.
    """
    if moment := moments.read(text):
        typed = _typed_year(text, moment.day)
        return typed or Cell(moment.day.isoformat(), moment.message, level=Level.NOTICE)
    plain = _plain(text)
    whole = _FRACTION.fullmatch(plain)
    serial_number = whole[1] if whole else plain
    if serial_number.isdecimal() and int(serial_number) in _SERIALS:
        parsed = EXCEL_START + timedelta(days=int(serial_number))
        message = _("“{value}” is the number Excel keeps for a day; read as {day}.")
        return _noticed(text, parsed, message)
    named = _NUMBERED.sub(r"/\1/\2", plain)
    bare = _alone(named)
    if parts := _parts(bare):
        cell = _day_of(text, *parts, month_first=month_first and _may_turn(plain))
        more = bare != named.removeprefix("ngay ") or _SOLID_DAY.fullmatch(bare)
        if not cell.text or cell.message or not more:
            return cell
        return _noticed(text, date.fromisoformat(cell.text), _("“{value}” is read as {day}."))
    longer = stretches.several(text, bare) or stretches.longer(text, plain)
    return longer or _no_day(text, next(_days_in(bare), ""))


def order_of(text: str) -> str:
    """Return what a text shows of the order of day and month: ``dmy``, ``mdy``, ``open`` or none.

    Days in ISO form or with words or points show nothing, nor do such as read the same either way.
    """
    plain = _plain(text)
    parts = _parts(_alone(plain))
    if parts is None or len(parts[0]) > 2 or not _may_turn(plain):  # noqa: PLR2004 - a year first
        return ""
    first, second = read_day(text).text, read_day(text, month_first=True).text
    if first and second:
        return "open" if first != second else ""
    return "dmy" if first else "mdy" if second else ""


def _may_turn(plain: str) -> bool:
    """Say whether the month may stand first: only programs write it so, in figures and strokes."""
    return _IN_FIGURES.fullmatch(plain) is not None


def _plain(text: str) -> str:
    return " ".join(unaccent(halfwidth(text)).split())


def _alone(named: str) -> str:
    """Return a day without what stands around it: the hour, the day of the week."""
    bare = " ".join(_ASIDE.sub(" ", named).split()).strip(" ,;.-–()")
    bare = re.sub(r"^(?:vao )?(?:ngay )?", "", bare)
    if english := _ENGLISH.fullmatch(bare):
        return f"{english[1]}/{_MONTHS.index(english[2]) + 1}/{english[3]}"
    if american := _AMERICAN.fullmatch(bare):
        return f"{american[2]}/{_MONTHS.index(american[1]) + 1}/{american[3]}"
    return bare


def _parts(bare: str) -> tuple[str, str, str] | None:
    """Return the three numbers of a day in their order, None if a text is of no such form."""
    if split := _SPLIT_DAY.fullmatch(bare):
        return split[1], split[3], split[4]
    solid = _SOLID_DAY.fullmatch(bare)
    return (solid[1], solid[2], solid[3]) if solid else None


def _day_of(text: str, first: str, second: str, last: str, *, month_first: bool) -> Cell:
    """Return the day that three numbers name, the year standing first or last."""
    iso = len(first) > 2  # noqa: PLR2004 - digits of a day
    year, month, of_month = (first, second, last) if iso else (last, second, first)
    if len(year) == 3 or len(of_month) > 2:  # noqa: PLR2004 - digits of a year, of a day
        return _no_day(text)
    if month_first and not iso:
        month, of_month = of_month, month
    short = len(year) <= 2  # noqa: PLR2004
    century = (2000 if int(year) <= _LATEST_SHORT_YEAR else 1900) if short else 0
    try:
        parsed = date(century + int(year), int(month), int(of_month))
    except ValueError:
        return _no_day(text, _turned(century + int(year), int(of_month), int(month)))
    if short:
        return _noticed(text, parsed, _("In “{value}” the year has two digits; read as {day}."))
    return _typed_year(text, parsed) or Cell(parsed.isoformat())


def _typed_year(text: str, parsed: date) -> Cell | None:
    """Return the question about a year typed into a cell that shows days: 2024 is 16/07/1905."""
    typed = serial(parsed)
    if typed not in _YEARS:
        return None
    message = _(
        "“{value}” is {day}: probably the year {year} was typed into a cell that shows days; "
        "write the whole day, or the year alone as text."
    )
    sentence = message.format(value=text, day=day(parsed), year=typed)
    return Cell(None, sentence, str(typed))


def serial(shown: date) -> int:
    """Return the number behind a day in a cell of Excel, which knows a 29/02/1900."""
    days = (shown - EXCEL_START).days
    return days if days > 60 else days - 1  # noqa: PLR2004 - that day


def _days_in(bare: str) -> Iterator[str]:
    """Yield the days that stand somewhere in a text, or are meant where a letter is no digit."""
    for one in (bare, bare.translate(_MISREAD)):
        for match in _SPLIT_DAY.finditer(one):
            first, _sign, month, last = match.groups()
            year, of_month = (first, last) if len(first) > 2 else (last, first)  # noqa: PLR2004
            if len(year) == 4 and len(of_month) <= 2:  # noqa: PLR2004 - digits, as above
                meant = _turned(int(year), int(month), int(of_month))
                yield from filter(None, [meant or _turned(int(year), int(of_month), int(month))])


def _turned(year: int, month: int, of_month: int) -> str:
    """Return a day as people write it, empty if there is none such."""
    try:
        return day(date(year, month, of_month))
    except ValueError:
        return ""


def _noticed(text: str, parsed: date, message: str) -> Cell:
    sentence = message.format(value=text, day=day(parsed))
    return Cell(parsed.isoformat(), sentence, day(parsed), Level.NOTICE)


def _no_day(text: str, suggestion: str = "") -> Cell:
    if _NO_YEAR.fullmatch(_plain(text)):
        message = _("“{value}” names no year; write dd/mm/yyyy, for example 31/12/2024.")
    else:
        message = _("“{value}” is not a day; write dd/mm/yyyy, for example 31/12/2024.")
    return Cell(None, message.format(value=text), suggestion)
