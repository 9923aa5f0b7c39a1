"""Frames from text: column types, and what is wrong with a frame, cell by cell.

Not here: which columns there are (``sites``, ``evidence``) or where the text comes from.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

import pandas as pd

from geodata.core.errors import DataError
from geodata.core.text import N_, _, number

if TYPE_CHECKING:
    import pandera.pandas as pa

# Our frames have few rows and many columns of text, of which rows are taken all the time: what
# pyarrow asks of a column each time is more than the work. Plain strings are quicker up to 20,000
# sites, and in every rule.
pd.set_option("mode.string_storage", "python")

SHOWN = 5
REQUIRED = N_("must be filled in")
"""The rule of a cell that may not be blank, in English."""
DAY = "datetime64[s]"


class Fault(NamedTuple):
    """One wrong cell: data row (first is 1), column, the value, and the rule it breaks."""

    row: int
    column: str
    value: str
    rule: str

    def __str__(self) -> str:
        return _("row {row}, column “{column}”, value “{value}”: {rule}").format(
            row=self.row, column=self.column, value=self.value[:60], rule=self.rule
        )


def one_of(values: tuple[str, ...]) -> "pa.Check":
    """Return the check of a column that holds some known values only."""
    import pandera.pandas as pa  # noqa: PLC0415 - a quarter of a second of each start

    return pa.Check.isin(values, error=N_("is not one of the known values"))


def blank_to_missing(frame: pd.DataFrame, columns: Iterable[str]) -> pd.DataFrame:
    """Return the named columns as stripped text in Unicode NFC, blanks missing, all present."""
    blank = pd.Series(pd.NA, index=frame.index, dtype="string")
    # Most columns of most tables are absent or blank: what is not there need not be cleaned.
    cleaned = {
        column: _stripped(frame[column])
        if column in frame and frame[column].notna().any()
        else blank
        for column in columns
    }
    return pd.DataFrame(cleaned, index=frame.index, columns=list(cleaned))


def _stripped(column: pd.Series) -> pd.Series:
    # In one walk: a column for each step on the way takes longer than the steps.
    text = column.astype("string").to_numpy(dtype=object, na_value="")
    cells = [normalize("NFC", cell).strip() or None for cell in text]
    return pd.Series(cells, index=column.index, dtype="string")


def days(column: pd.Series) -> pd.Series:
    """Return ISO days as dates; what is no ISO day becomes missing."""
    return pd.to_datetime(column, format="%Y-%m-%d", errors="coerce").astype(DAY)  # type: ignore[call-overload,no-any-return]


def unreadable(text: pd.Series, parsed: pd.Series, rule: str) -> list[Fault]:
    """Return a fault for each cell that had text and lost it on the way to its type."""
    lost = (text.notna() & parsed.isna()).to_numpy().nonzero()[0]
    return [Fault(int(i) + 1, str(text.name), str(text.iloc[i]), rule) for i in lost]


def broken(frame: pd.DataFrame, schema: "pa.DataFrameSchema") -> list[Fault]:
    """Return a fault for each cell that breaks the schema; the check's name is its rule."""
    from pandera.errors import SchemaErrors  # noqa: PLC0415 - as above

    if _sound(frame, schema):
        return []
    try:
        schema.validate(frame.reset_index(drop=True), lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases
        return [
            Fault(
                0 if pd.isna(case.index) else int(case.index) + 1,
                str(case.column),
                "" if pd.isna(case.failure_case) else str(case.failure_case),
                _(_rule(str(case.check))),
            )
            for case in cases.itertuples()
        ]
    return []


def _sound(frame: pd.DataFrame, schema: "pa.DataFrameSchema") -> bool:
    """Say whether no cell breaks the schema, by its own checks: what pandera adds is the report.

    Making that ready for every column takes five times as long as looking, and most frames
    have nothing to report.
    """
    return all(_fits(frame[str(name)], column) for name, column in schema.columns.items())


def _fits(cells: pd.Series, column: "pa.Column") -> bool:
    filled = cells.dropna()
    if len(filled) < len(cells) and not column.nullable:
        return False
    if column.unique and cells.duplicated().any():
        return False
    return filled.empty or all(bool(check(filled).check_passed) for check in column.checks)


def _rule(check: str) -> str:
    """Return the catalogue's sentence for a check: its own, or one for pandera's built-ins."""
    if check.startswith("not_nullable"):
        return REQUIRED
    if check.startswith("field_uniqueness"):
        return N_("must occur only once")
    return check


def refuse(what: str, faults: list[Fault]) -> None:
    """Raise one sentence that lists the first faults and counts the rest.

    Raises
    ------
    DataError
        If there is any fault.
    """
    if faults:
        listed = "; ".join(str(fault) for fault in faults[:SHOWN])
        more = len(faults) - SHOWN
        rest = _(" … and {n} more").format(n=number(more)) if more > 0 else ""
        raise DataError(
            _("{what}: {n} wrong cells, nothing was used. {listed}{rest}.").format(
                what=what, n=number(len(faults)), listed=listed, rest=rest
            )
        )
