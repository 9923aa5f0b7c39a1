"""Values that can hardly be: a cluster of 100 ha, a year 1900. They are asked about, not refused.

Bounds of area: a cluster of at most 75 ha (Nghị định 32/2024/NĐ-CP, điều 2, khoản 1); a park of
1,000 ha and a supermarket of 50 ha are what no place of the province comes near, as are the others.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from geodata.core.text import N_, _
from geodata.intake.judging import amounts
from geodata.intake.judging.cells import Choice, Level, Remark
from geodata.intake.judging.numbers import Doubts
from geodata.intake.judging.rows import Rows

PLAUSIBLE_RULE = N_("A value far out of the usual is confirmed by a person")


class Bounds(NamedTuple):
    """The least and the most that is taken without a question."""

    least: float
    most: float


AREAS: Mapping[str, Bounds] = {
    "industrial_park": Bounds(5, 1_000),
    "industrial_cluster": Bounds(1, 75),
    "craft_village": Bounds(0.01, 2_000),
    "supermarket": Bounds(0.01, 50),
    "shopping_centre": Bounds(0.01, 50),
    "convenience_store": Bounds(0.001, 5),
    "pilot_model": Bounds(0.001, 2_000),
}
"""By kind, in hectares."""
ANY_AREA = Bounds(0.001, 5_000)
"""Where the kind of a place is not known."""
OTHERS: Mapping[str, Bounds] = {
    "enterprises": Bounds(0, 10_000),
    "enterprises_present": Bounds(0, 10_000),
    "participants": Bounds(0, 100_000),
    "position_accuracy_m": Bounds(0.1, 30_000),
}

_FIRST_YEAR = 1930  # no place of the register was founded before


def ask(
    rows: Rows, known: pd.DataFrame, columns: Iterable[str], entered: date, doubts: Doubts
) -> None:
    """Ask about numbers out of their bounds, unless a person confirmed them.

    What is known of the record already is not asked again.

    Parameters
    ----------
    rows : Rows
        Numbers in plain form.
    known : DataFrame
        Text, indexed by id.
    columns : iterable of str
        Of numbers.
    entered : date
        A year after it has not come yet.
    doubts : Mapping
        What cells might mean else, as from `numbers.read_columns`.
    """
    nothing = pd.Series("", index=rows.table.index)
    kinds = rows.table.get("kind", nothing).fillna("").to_numpy(dtype=object)
    ids = rows.table["id"].fillna("").to_numpy(dtype=object)
    for column in columns:
        values = pd.to_numeric(rows.table[column], errors="coerce").to_numpy(float, na_value=np.nan)
        before = pd.to_numeric(known[column].reindex(ids), errors="coerce")
        same = values == before.to_numpy(float, na_value=np.nan)
        for at in np.flatnonzero(np.isfinite(values) & ~same).tolist():
            bounds = _bounds(column, str(kinds[at]), entered)
            if bounds is None or bounds.least <= values[at] <= bounds.most:
                continue
            if (at, column) not in rows.answered:
                text = str(rows.table[column].iloc[at])
                other = doubts.get((at, column), "")
                rows.say([_question(at, column, text, bounds, other)])


def _bounds(column: str, kind: str, entered: date) -> Bounds | None:
    if column == "year":
        return Bounds(_FIRST_YEAR, entered.year)
    return OTHERS.get(column) or (AREAS.get(kind, ANY_AREA) if column == "area_ha" else None)


def _question(at: int, column: str, text: str, bounds: Bounds, other: str) -> Remark:
    """Return the question; ``other`` is the number the cell means with the other decimal sign."""
    values = [text, *([other] if other else [])]
    labels = [_labelled(value, column) for value in values]
    least, most = (_labelled(f"{end:f}".rstrip("0").rstrip("."), column) for end in bounds)
    message = _("{value} is far out of the usual {least} to {most}; is it right?")
    sentence = message.format(value=labels[0], least=least, most=most)
    answers = [amounts.unmistakable(value, column) for value in values]
    choices = [
        Choice(answer, _("yes, {value} is right").format(value=label) if not turn else label)
        for turn, (answer, label) in enumerate(zip(answers, labels, strict=True))
    ]
    choices.append(Choice("", _("no, leave it out")))
    details = (PLAUSIBLE_RULE, sentence, "", Level.QUESTION, tuple(choices))
    return Remark(at, column, text, *details)


def _labelled(plain: str, column: str) -> str:
    """Return a number as a person reads it: a year without a point, a size with its unit."""
    shown = plain if column == "year" else amounts.shown(plain)
    return f"{shown} {amounts.OWN_UNIT.get(column, '')}".rstrip()
