"""Sectors of production: how their names are compared, wherever they were written.

Not here: which sectors a plan asks of (``plan``) or how they do (``intensity``, ``targets``).
"""

import re
import unicodedata
from functools import lru_cache

_REMARK = re.compile(r"\([^()]*\)")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


@lru_cache(maxsize=4096)  # many sites, few lists of sectors
def spelled(names: str) -> str:
    """Return the words of a list of sectors so that one can be found in it, as a whole word.

    Where a tone mark stands in a word does not matter, but which one does: "giày" is not
    "giấy". What stands in brackets is a remark, not a sector.
    """
    words = re.findall(r"[^\W\d_]+|;", unicodedata.normalize("NFC", _REMARK.sub(";", names)))
    return " " + " ".join(map(_tone_last, words)) + " "


def _tone_last(word: str) -> str:
    letters = unicodedata.normalize("NFD", word.lower())
    return _TONES.sub("", letters) + "".join(_TONES.findall(letters))
