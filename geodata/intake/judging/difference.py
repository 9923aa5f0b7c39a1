"""What a file would change: new, changed cell by cell, unchanged, and missing from the file.

Also which row is which record: by id, by name, or by a fresh id in the register's own scheme.
Pure. Not here: whether the rows are right (``diagnosis``).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata.core.names import fold
from geodata.register.ids import fresh


@dataclass(frozen=True)
class Difference:
    """What separates the records of a file from those known, by id.

    ``changed`` holds, for each id, each column's text before and after; blank is the empty text.
    """

    new: tuple[str, ...]
    changed: Mapping[str, Mapping[str, tuple[str, str]]]
    unchanged: tuple[str, ...]
    missing: tuple[str, ...]


def as_text(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Return a typed frame as text: days in ISO form, numbers as the shortest that reads back.

    Parameters
    ----------
    frame : DataFrame
        As from `sites.typed`, `evidence.typed` or `declarations.typed`.
    columns : sequence of str
        In the order wanted.

    Returns
    -------
    DataFrame
        Of dtype ``string``, missing where blank, rows counted from 0.
    """
    plain = pd.DataFrame(frame).reindex(columns=list(columns)).reset_index(drop=True)
    out = {}
    for name in columns:
        column = plain[name]
        if pd.api.types.is_datetime64_any_dtype(column):
            column = column.dt.strftime("%Y-%m-%d")
        elif pd.api.types.is_float_dtype(column):
            column = column.map(_shortest, na_action="ignore")
        is_text = isinstance(column.dtype, pd.StringDtype) and column.dtype.na_value is pd.NA
        out[name] = column if is_text else column.astype("object").astype("string")
    return pd.DataFrame(out, columns=list(columns))


def by_id(text: pd.DataFrame) -> pd.DataFrame:
    """Return records as text indexed by id, for many look-ups; ``id`` stays a column."""
    return text.set_axis(pd.Index(text["id"].to_numpy(dtype=object), dtype=object))


def _shortest(value: float) -> str:
    """Return the shortest text that reads back as a number: ``2007``, ``290.79``."""
    return np.format_float_positional(value, trim="-")


def compare(before: pd.DataFrame, after: pd.DataFrame) -> Difference:
    """Return what changes when records take the place of the known ones.

    Parameters
    ----------
    before : DataFrame
        The records known, as from `as_text` and `by_id`.
    after : DataFrame
        The records of the file, complete, as from `as_text`.

    Returns
    -------
    Difference
        Sorted by id, whatever the order of the rows.
    """
    now = by_id(after.dropna(subset="id").drop_duplicates("id").sort_values("id"))
    at = before.index.get_indexer(now.index)
    both = now.index[at >= 0]
    was, new = before.iloc[at[at >= 0]].fillna(""), now[at >= 0].fillna("")
    texts, old_texts = new.to_numpy(dtype=object), was.to_numpy(dtype=object)
    unlike = old_texts != texts
    changed = {
        str(both[at]): {
            str(name): (str(old_texts[at, c]), str(texts[at, c]))
            for c, name in enumerate(new.columns)
            if unlike[at, c]
        }
        for at in unlike.any(axis=1).nonzero()[0].tolist()
    }
    return Difference(
        new=tuple(map(str, now.index[at < 0])),
        changed=changed,
        unchanged=tuple(map(str, both[~unlike.any(axis=1)])),
        missing=tuple(sorted(set(before.index) - set(now.index))),
    )


def matched(rows: pd.DataFrame, known: pd.DataFrame) -> pd.Series:
    """Return, for each row without an id, the ids of the known sites of its name and kind.

    Parameters
    ----------
    rows : DataFrame
        ``id``, ``name_vi``, ``kind`` as text.
    known : DataFrame
        The same of the register.

    Returns
    -------
    Series
        Tuples of ids, empty where the row has an id or nothing fits; ids that other rows of the
        file bear are taken. A row that names no kind goes by its name alone.
    """
    taken = set(rows["id"].dropna())
    by_name: dict[tuple[str, str | None], list[str]] = {}
    for site, name, kind in zip(known["id"], known["name_vi"], known["kind"], strict=True):
        if site not in taken:
            by_name.setdefault((fold(name), kind), []).append(site)
            by_name.setdefault((fold(name), None), []).append(site)
    candidates = [
        tuple(by_name.get((fold(name), kind if pd.notna(kind) else None), ()))
        if by_name and pd.isna(site) and pd.notna(name)
        else ()
        for site, name, kind in zip(rows["id"], rows["name_vi"], rows["kind"], strict=True)
    ]
    return pd.Series(candidates, index=rows.index, dtype=object)


def numbered(
    rows: pd.DataFrame, prefixes: pd.Series, order: Sequence[str], used: Iterable[str], digits: int
) -> pd.Series:
    """Return the ids of all rows, fresh ones where they are missing.

    Parameters
    ----------
    rows : DataFrame
        With ``id`` and the columns of ``order``, as text.
    prefixes : Series
        For each row; missing where the row can have no id yet.
    order : sequence of str
        Columns by which fresh ids are dealt out, so that the order of the rows does not matter.
    used : iterable of str
        Ids in use beside those of the rows.
    digits : int
        Least number of digits.
    """
    ids = rows["id"].copy()
    wanting = rows[ids.isna() & prefixes.notna()].sort_values(list(order), kind="stable").index
    taken = {*used, *ids.dropna()}
    ids.loc[wanting] = np.array(fresh(prefixes.loc[wanting].tolist(), taken, digits), object)
    return ids
