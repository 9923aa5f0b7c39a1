"""What people write that is longer than a day: several days, a month, a quarter, a year.

Not here: one day (``days``).
"""

import re
from datetime import date

from geodata.core.text import _, day
from geodata.intake.judging.cells import Cell, Level

# Several days: 10-12/6/2024, từ 10 đến 12/6/2024, 10, 11, 12/6/2024, 30/5 – 2/6/2024.
_TO = r"\s*(?:-|–|—|den ngay|den|toi|,|;|va|&|\+)\s*"
_RANGE = re.compile(
    rf"(?:tu )?(?:ngay )?(?P<d>\d{{1,2}})(?:[/.](?P<m>\d{{1,2}})(?:[/.](?P<y>\d{{4}}|\d\d))?)?"
    rf"(?P<more>(?:{_TO}\d{{1,2}}(?:[/.]\d{{1,2}}(?:[/.]\d{{4}})?)?)*?)"
    rf"(?P<to>{_TO})(?:ngay )?(?P<d2>\d{{1,2}})[/.](?P<m2>\d{{1,2}})[/.](?P<y2>\d{{4}}|\d\d)"
)
_ISO_DAY = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_CENTURY = 2000  # of a year with two digits

# A month, a quarter, a year and the like: words of this kind only, a year among them.
_WORDS = {
    *("dau", "giua", "cuoi", "nua", "ca", "trong", "khoang", "truoc", "sau", "tu", "den", "va"),
    *("thang", "thg", "t", "quy", "q", "nam", "tuan", "hoc", "ky", "mua", "he", "giai", "doan"),
    *("i", "ii", "iii", "iv"),
}
_IN_FIGURES = re.compile(r"\d{1,2}[/.\-]\d{4}|\d{4}-\d{1,2}|\d{4}(?:\s*[\-–]\s*\d{4})?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY_IN_IT = re.compile(r"\d{1,4}[/.\-]\d{1,2}[/.\-]\d{1,4}")
_MONTHS, _QUARTERS, _WEEKS = range(1, 13), range(1, 5), range(1, 54)
_COUNTS = {"quy": _QUARTERS, "q": _QUARTERS, "tuan": _WEEKS}
"""What a number behind a word can be; behind any other it is a month."""


def several(text: str, bare: str) -> Cell | None:
    """Return the first of several days, and the words that name them all.

    Parameters
    ----------
    text
        As written.
    bare
        In lower case, without diacritics and what stands around the days.
    """
    match = _RANGE.fullmatch(_ISO_DAY.sub(r"\3/\2/\1", bare))
    if match is None:
        return None
    month, year = match["m"] or match["m2"], match["y"] or match["y2"]
    try:
        first = date(_whole(year), int(month), int(match["d"]))
        last = date(_whole(match["y2"]), int(match["m2"]), int(match["d2"]))
    except ValueError:
        message = _("“{value}” is not a day; write dd/mm/yyyy, for example 31/12/2024.")
        return Cell(None, message.format(value=text))
    joins = {part for part in re.split(r"[\d/.\s]+|ngay|tu", match["more"] + match["to"]) if part}
    apart = joins & {"va", "&", "+", ",", ";"}
    if last <= first or (apart and match["m"] and match["m"] != match["m2"]):
        message = _("“{value}” names several days; write each event into a row of its own.")
        return Cell(None, message.format(value=text), day(first))
    message = _("“{value}” names several days: the first, {day}, is taken, and the words are kept.")
    sentence = message.format(value=text, day=day(first))
    return Cell(first.isoformat(), sentence, level=Level.NOTICE, period=text)


def _whole(year: str) -> int:
    return int(year) if len(year) == 4 else _CENTURY + int(year)  # noqa: PLR2004 - digits


def longer(text: str, plain: str) -> Cell | None:
    """Return the words of a month, quarter or year, which name no day.

    Parameters
    ----------
    text
        As written.
    plain
        In lower case, without diacritics.
    """
    tokens = re.findall(r"[a-z]+|\d+", plain)
    words = {token for token in tokens if token.isalpha()}
    counted = zip(tokens, ["", *tokens], strict=False)
    numbers = [(int(token), before) for token, before in counted if token.isdecimal()]
    years = [number for number, _before in numbers if _YEAR.fullmatch(str(number))]
    in_order = all(
        number in _COUNTS.get(before, _MONTHS) for number, before in numbers if number not in years
    )
    if (
        not years
        or not in_order
        or not words <= _WORDS
        or _DAY_IN_IT.search(plain)
        or re.search(r"[^\w\s/.,()\-–]", plain)
        or not (words or _IN_FIGURES.fullmatch(plain))
    ):
        return None
    message = _("“{value}” names no day; write the whole day, or leave the cell blank.")
    return Cell(None, message.format(value=text), period=text)
