"""What a blank cell leaves as it is, what the word “xóa” empties, and how many values may go.

Not here: words that stand for a blank cell (``blanks``), or what a site was when (``statements``).
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from geodata.core.text import N_, _
from geodata.intake.judging import places, readings
from geodata.intake.judging.cells import Remark
from geodata.intake.judging.rows import Rows
from geodata.register import vocabulary

CLEAR_RULE = N_("A value is emptied by the word “clear”, and what has to be there cannot be")

WORDS = tuple(
    form
    for word in ("xóa", "xoá", "xoa", "clear")
    for form in (word, word.capitalize(), word.upper())
)
"""What empties a value, as people write it."""

_SAID_BY: Mapping[str, Sequence[str]] = {
    "lat": readings.COLUMNS,
    "lon": readings.COLUMNS,
    "district_legacy": ("district_legacy", "district"),
    "commune_legacy": ("commune_legacy", "commune"),
    "commune_2025": ("commune_2025", "commune"),
}
"""Columns of the register to all those of a file that may say what belongs there."""


def cleared(rows: Rows, required: Iterable[str], kind: str) -> pd.DataFrame:
    """Take the word that empties a value out of its cells; return where it stood.

    Parameters
    ----------
    rows : Rows
        Changed in place; a column that has to be filled gets a remark.
    required : iterable of str
        Those columns.
    kind : str
        Of the table, for the names of its columns.

    Returns
    -------
    DataFrame
        Of the shape of the table: is the value of that column to be emptied?
    """
    table = rows.table
    words = pd.DataFrame(
        {column: table[column].isin(WORDS).to_numpy(dtype=bool) for column in table},
        index=table.index,
    )
    for column in words.columns[words.any()]:
        at = words[column].to_numpy().nonzero()[0]
        if column in required:
            rows.say(_refused(int(row), column, str(table[column].iloc[row]), kind) for row in at)
            words[column] = False
        table.loc[at, column] = pd.NA
    out = words.copy()
    for column, sources in _SAID_BY.items():
        if column in words:
            out[column] = words[list(sources)].any(axis=1)
    return out


def _refused(at: int, column: str, value: str, kind: str) -> Remark:
    message = _("“{column}” cannot be emptied; write what it is, or leave the cell blank.")
    header = vocabulary.HEADERS[kind].get(column, column)
    return Remark(at, column, value, CLEAR_RULE, message.format(column=header))


def keep(
    rows: Rows,
    known: pd.DataFrame,
    columns: Iterable[str],
    clears: pd.DataFrame,
    *,
    blank_clears: bool,
) -> None:
    """Have blank cells of known records say nothing, or empty what is known, as the file says.

    Parameters
    ----------
    rows : Rows
        Changed in place: where a cell says nothing its column is absent, and `Rows.blanks` says
        how many known values blank cells of the file would empty.
    known : DataFrame
        Text, indexed by id.
    columns : iterable of str
        Those in which a blank cell may empty something.
    clears : DataFrame
        As from `cleared`; blank cells are added where they empty.
    blank_clears : bool
        Whether they do.
    """
    at = known.index.get_indexer(pd.Index(rows.table["id"].fillna("").to_numpy(dtype=object)))
    is_known = at >= 0
    may_empty = set(columns)
    for column in rows.table.columns:
        blank = is_known & rows.table[column].isna().to_numpy()
        if not blank.any():
            continue
        if column in may_empty:
            sources = list(_SAID_BY.get(column, (column,)))
            # Of units that a row names the others follow.
            telling = list(places.COLUMNS) if column in places.CODES else sources
            unsaid = blank & rows.table[telling].isna().all(axis=1).to_numpy()
            unsaid &= rows.present[sources].any(axis=1).to_numpy()
            unsaid &= ~clears[column].to_numpy()
            unsaid[unsaid] = known[column].notna().to_numpy()[at[unsaid]]
            if unsaid.any():
                rows.blanks[column] = int(np.count_nonzero(unsaid))
                clears[column] |= unsaid & blank_clears
        rows.present.loc[blank & ~clears[column].to_numpy(), column] = False
        rows.present.loc[blank & clears[column].to_numpy(), column] = True
