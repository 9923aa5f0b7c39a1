"""Cells that say nothing in words: a dash, three dots, “không có”, “chưa có”.

Not here: what a blank cell means for what is known (``rows``).
"""

from collections.abc import Iterable

import pandas as pd

from geodata.core.names import fold
from geodata.core.text import N_, _, number
from geodata.intake.judging.cells import Level, Remark
from geodata.intake.judging.rows import Rows
from geodata.register import vocabulary

BLANK_RULE = N_("A dash, or “none”, is a blank cell")

_NAMED = 5  # words in a sentence
_SIGNS = {"-", "–", "—", "--", "---", "…", "...", ".", "/", "x", "X"}
_WORDS = {
    fold(word)
    for word in (
        *("không có", "chưa có", "không", "chưa", "chưa rõ", "không rõ", "chưa xác định"),
        *("không xác định", "không có thông tin", "chưa có thông tin", "chưa cập nhật"),
        *("n/a", "na", "none", "null", "nil", "k có", "ko có", "ko"),
    )
}
_LONGEST = 30  # characters of a cell that says nothing


def emptied(rows: Rows, columns: Iterable[str]) -> None:
    """Take cells of some columns that say nothing in words as blank, with a notice a column.

    Parameters
    ----------
    rows : Rows
        Changed in place.
    columns : iterable of str
        Those in which such words cannot be meant: days, numbers, known values, numbers of
        documents. A word that is a known value of its column stays.
    """
    for column in columns:
        texts = rows.table[column]
        silent = [text for text in texts.dropna().unique() if _says_nothing(column, text)]
        at = texts.isin(silent).to_numpy(dtype=bool, na_value=False).nonzero()[0]
        if not len(at):
            continue
        words = ", ".join(f"“{word}”" for word in silent[:_NAMED])
        sentence = _("{words} is taken as a blank cell ({n} in this column).")
        message = sentence.format(words=words, n=number(len(at)))
        first = int(at[0])
        value = str(texts.iloc[first])
        rows.say([Remark(first, column, value, BLANK_RULE, message, level=Level.NOTICE)])
        rows.table.loc[at, column] = pd.NA


def _says_nothing(column: str, text: str) -> bool:
    if text not in _SIGNS and (len(text) > _LONGEST or fold(text) not in _WORDS):
        return False
    return column not in vocabulary.VALUES or vocabulary.value_of(column, text) is None
