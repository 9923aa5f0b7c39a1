"""Declarations: what a plant used of one material or fuel in a year, and what it made with it.

One plant, one sector, one year, one input to a declaration; a correction supersedes. The public
sees none of them, only what `intensity.public` makes of all together.
Pure. Not here: what follows from them (``intensity``), the store, or reading files.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from geodata.core.text import N_, _
from geodata.register import evidence, frames
from geodata.register.evidence import GRADES
from geodata.register.sectors import spelled

if TYPE_CHECKING:
    import pandera.pandas as pa

TEXT = (
    "id",
    "plant",  # a site id of the register, or the plant's name
    "sector",  # as the plan lists it
    "input",  # the material or fuel: điện, nước, hạt nhựa …
    "consumption_unit",
    "output_unit",
    "grade",  # A to D, as for evidence
    "supersedes",  # the id of the declaration that this one replaces
    "source",
)
DAYS = ("recorded_at",)
NUMBERS = ("year", "consumption", "output")
COLUMNS = (
    "id",
    "plant",
    "sector",
    "input",
    "year",
    "consumption",
    "consumption_unit",
    "output",
    "output_unit",
    "grade",
    "recorded_at",
    "supersedes",
    "source",
)

known_at = evidence.known_at  # by the day of entry, as for evidence

# What a declaration cannot do without: with one of these blank it is kept, never counted.
_NEEDED = ("year", "consumption", "consumption_unit", "output", "output_unit")
_DECIMAL = r"[+-]?\d+(\.\d+)?"
_DIGITS = 15  # so many come back from a float as they were written


@cache
def schema() -> "pa.DataFrameSchema":
    """Return what a cell of each column may hold."""
    import pandera.pandas as pa  # noqa: PLC0415 - a quarter of a second of each start

    not_negative = pa.Check.ge(0, error=N_("must not be negative"))
    return pa.DataFrameSchema(
        {
            "id": pa.Column("string", unique=True),
            "plant": pa.Column("string"),
            "sector": pa.Column("string"),
            "input": pa.Column("string"),
            "year": pa.Column(
                "float64",
                pa.Check(
                    lambda years: years.between(1990, 2100) & (years % 1 == 0),
                    error=N_("is not a whole year from 1990 to 2100"),
                ),
                nullable=True,
            ),
            "consumption": pa.Column("float64", not_negative, nullable=True),
            "output": pa.Column(
                "float64",
                pa.Check.gt(0, error=N_("must be greater than zero")),
                nullable=True,
            ),
            "grade": pa.Column("string", frames.one_of(GRADES)),
        },
    )


def typed(table: pd.DataFrame, entered: date) -> pd.DataFrame:
    """Return a table of text as declarations, or refuse it whole.

    Without its year, its numbers or their units a declaration is of grade D: kept, never
    counted (so one of grade D that supersedes another withdraws it). A blank `recorded_at` is
    the day it was entered.

    Parameters
    ----------
    table : DataFrame
        Text, one row a declaration, columns as in `COLUMNS`; absent ones are blank. Numbers
        have a decimal point and at most 15 digits.
    entered : date
        The day on which these declarations are entered.

    Returns
    -------
    DataFrame
        `COLUMNS`; days as dates, `NUMBERS` as float64, the rest as text in Unicode NFC.

    Raises
    ------
    DataError
        If any cell is wrong; the sentence names the first ones.
    """
    records, faults = read(table, entered)
    frames.refuse(_("Declarations"), faults)
    return records


def read(table: pd.DataFrame, entered: date) -> tuple[pd.DataFrame, list[frames.Fault]]:
    """Return a table of text as declarations, as in `typed`, and every cell that is wrong."""
    text = frames.blank_to_missing(table, COLUMNS)
    text = text.apply(lambda column: column.str.normalize("NFC"))
    records = text.copy()
    records["recorded_at"] = frames.days(text["recorded_at"])
    faults = frames.unreadable(
        text["recorded_at"], records["recorded_at"], _("is not a day (YYYY-MM-DD)")
    )
    records["recorded_at"] = records["recorded_at"].fillna(pd.Timestamp(entered))
    for column in NUMBERS:
        records[column] = _numbers(text[column])
        rule = _("is not a number of at most 15 digits with a decimal point")
        faults += frames.unreadable(text[column], records[column], rule)
    records.loc[text[list(_NEEDED)].isna().any(axis=1), "grade"] = "D"
    faults += frames.broken(records, schema()) + _declared_too_early(records)
    return records, faults


def none() -> pd.DataFrame:
    """Return no declarations, typed."""
    return typed(pd.DataFrame(), date.min)


def live(declarations: pd.DataFrame) -> pd.DataFrame:
    """Return the declarations that count: of grade A to C, not superseded by another of them.

    What is superseded stays so, whatever becomes of the declaration that replaced it. For what
    counted on an earlier day, give those `known_at` that day.
    """
    ended = declarations["id"].isin(declarations["supersedes"].dropna()).to_numpy()
    return declarations[(declarations["grade"] != "D").to_numpy() & ~ended]


def unknown_sectors(declarations: pd.DataFrame, sectors: Iterable[str]) -> list[frames.Fault]:
    """Return a fault for each declaration of a sector that is not on a plan's list."""
    listed = {spelled(sector) for sector in sectors}
    known = declarations["sector"].map(spelled).isin(listed)
    rule = _("is not one of the plan's sectors")
    return [
        frames.Fault(int(i) + 1, "sector", str(declarations["sector"].iloc[i]), rule)
        for i in (~known).to_numpy().nonzero()[0]
    ]


def _numbers(text: pd.Series) -> pd.Series:
    """Return decimals as floats that give back what was written; what is none is missing."""
    digits = text.str.count(r"\d")
    fits = text.str.fullmatch(_DECIMAL).fillna(value=False) & (digits <= _DIGITS)
    return text[fits.astype(bool)].map(float).astype("float64").reindex(text.index)


def _declared_too_early(records: pd.DataFrame) -> list[frames.Fault]:
    """Return a fault for each year that had not begun when it was declared."""
    wrong = (records["year"] > records["recorded_at"].dt.year).to_numpy().nonzero()[0]
    rule = _("a year cannot be declared before it begins")
    return [
        frames.Fault(int(i) + 1, "year", str(int(records["year"].iloc[i])), rule) for i in wrong
    ]
