"""Names as people type them: compared without case, diacritics, tone placement or punctuation.

Not here: which units exist (``units``). A name never identifies a place by itself.
"""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache


class UnitType(StrEnum):
    """The type an administrative unit carries before its name."""

    WARD = "ward"
    COMMUNE = "commune"
    TOWNSHIP = "township"
    DISTRICT = "district"
    TOWN = "town"
    CITY = "city"


_SPELLINGS = {
    "phường": UnitType.WARD,
    "p": UnitType.WARD,
    "xã": UnitType.COMMUNE,
    "x": UnitType.COMMUNE,
    "thị trấn": UnitType.TOWNSHIP,
    "tt": UnitType.TOWNSHIP,
    "huyện": UnitType.DISTRICT,
    "h": UnitType.DISTRICT,
    "thị xã": UnitType.TOWN,
    "tx": UnitType.TOWN,
    "thành phố": UnitType.CITY,
    "tp": UnitType.CITY,
}
# Official lists number the wards in Roman; everybody writes "Phường 7".
_ROMAN = {"1": "i", "2": "ii", "3": "iii", "4": "iv", "5": "v", "6": "vi", "7": "vii"}


def unaccent(text: str) -> str:
    """Return a text in lower case and without diacritics; everything else stays.

    Parameters
    ----------
    text
        Any text, composed (NFC) or decomposed (NFD).

    Returns
    -------
    plain
        ``"Đông Phước; 9°"`` becomes ``"dong phuoc; 9°"``.
    """
    decomposed = unicodedata.normalize("NFD", text.lower())
    letters = (char for char in decomposed if unicodedata.category(char) != "Mn")
    # The Icelandic eth looks like đ and is common in files from older Vietnamese fonts.
    return "".join(letters).translate({ord("đ"): "d", ord("ð"): "d"})


def halfwidth(text: str) -> str:
    """Return a text with the wide letters, digits and signs of Asian fonts as plain ones."""
    return text.translate(_WIDE)


_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}


@lru_cache(maxsize=32_768)
def fold(text: str) -> str:
    """Return the form in which two spellings of one name are equal.

    Parameters
    ----------
    text
        A name, for example ``"P. Thuỷ Hoà"``.

    Returns
    -------
    folded
        Plain lower-case words and numbers with one space between: ``"p thuy hoa"``.
    """
    return " ".join(map(_plain, _words(text)))


@lru_cache(maxsize=65_536)  # of a million records' words few are new
def _plain(word: str) -> str:
    return unaccent(word)


@lru_cache(maxsize=4096)
def strip_unit_type(text: str) -> tuple[UnitType | None, str]:
    """Split a name of an administrative unit into its type and the folded rest.

    The type is taken with its own diacritics or with none: "Xã" and "xa" are types, "Xà" is not,
    for there is a commune called Xà Phiên. Typed without diacritics, "xa phien" has two readings;
    this is the one with a type.

    Parameters
    ----------
    text
        A name with or without type, spelled out or abbreviated.

    Returns
    -------
    unit_type
        The type written, None where there is none.
    name
        The rest, folded; a bare ward number in Roman, as official lists have it.
    """
    words = _words(text)
    for size in (2, 1):
        head, rest = " ".join(words[:size]), fold(" ".join(words[size:]))
        if rest and head in _TYPES:
            return _TYPES[head], _ROMAN.get(rest, rest)
    return None, fold(text)


def _words(text: str) -> list[str]:
    """Return the runs of letters and the runs of digits of a text, lower-case and composed."""
    return re.findall(r"[^\W\d_]+|\d+", unicodedata.normalize("NFC", text).lower())


_TYPES = _SPELLINGS | {unaccent(spelling): kind for spelling, kind in _SPELLINGS.items()}
