"""Texts whose letters were lost on the way: “L?ng ngh?”, “V�”, “LÃ ng nghá»”.

Not here: letters of old sets, and such as were read twice and can be put back (``legacy``).
"""

import re
from collections.abc import Iterable

import pandas as pd

from geodata.core.names import unaccent
from geodata.core.text import N_, _
from geodata.intake.judging.cells import Remark
from geodata.intake.judging.rows import Rows

LETTERS_RULE = N_("No letter is lost in a text")

_LINK = re.compile(r"\w+://\S+")
_LOST = re.compile(
    r"\ufffd"
    r"|[^\W\d_]\?+[^\W\d_]"  # a mark for the letter within a word …
    r"|(?<!\S)\?+[^\W\d_]"  # … or as its first
    # UTF-8 read as a set of one byte a letter:
    r"|á[º»]|Ä[‚ƒ©¨‘’\x80-\x94]|Å[©¨]|Æ[°¡¯]|â€|(?<=[a-z])[ÃÄÅÆ]"
    r"|Ã[\xa0-¿\x80-\x9f€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œŸ]"
)
_CUT = re.compile(r"(?<!\S)([^\W\d_]{1,3})\?(?!\S)")
_ONSETS = {*"bcdghlmnpqrstvx", "ch", "gh", "gi", "kh", "ng", "ngh", "nh", "ph", "qu", "th", "tr"}
"""What a word of Vietnamese begins with and is never whole: “V? Thanh” lost a vowel."""


def lost(text: str) -> bool:
    """Say whether letters of a text were lost; a question mark behind a whole word is none."""
    if "?" not in text and not _LOST.search(text):
        return False  # nearly all texts: links need not be looked for
    bare = _LINK.sub("", text)
    cut = any(unaccent(word) in _ONSETS for word in _CUT.findall(bare))
    return cut or _LOST.search(bare) is not None


def check(rows: Rows, columns: Iterable[str], known: pd.DataFrame) -> None:
    """Say which texts have lost letters.

    Parameters
    ----------
    rows : Rows
        To be judged.
    columns : iterable of str
        Those of free text.
    known : DataFrame
        The records known, indexed by id: a text that is known already is left alone.
    """
    for column in columns:
        texts = rows.table[column]
        already = set(known[column].dropna()) if column in known else set()
        broken = {text for text in texts.dropna().unique() if lost(text)} - already
        for at in texts.isin(broken).to_numpy(dtype=bool, na_value=False).nonzero()[0]:
            value = str(texts.iloc[at])
            sentence = _(
                "Letters of “{value}” were lost when the file was saved (“?” or odd signs stand in "
                "their place); type it again here, or take the file from its program once more, "
                "as .xlsx or “CSV UTF-8”."
            )
            message = sentence.format(value=value[:80])
            rows.say([Remark(int(at), column, value, LETTERS_RULE, message)])
