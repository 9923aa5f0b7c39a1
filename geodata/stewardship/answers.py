"""Answers: what a person types into a form, held against what is known, and what comes of it.

A row comes of it, or sentences beside the answers. Not here: which answers a site or a record takes
(``editing``, ``records``).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import geopandas as gpd
import pandas as pd

from geodata.core.text import N_, _, day
from geodata.intake.judging import amounts, days, numbers
from geodata.intake.judging.cells import Cell, Remark
from geodata.register import frames
from geodata.stewardship import placing
from geodata.stewardship.placing import Geography, Place

REQUIRED = N_("must be filled in")
COUNTS = ("participants", "enterprises_present")
"""Answers that are whole numbers though kept as text."""


@dataclass(frozen=True)
class Known:
    """What answers are held against: a workspace as it stands, the geography, the day."""

    workspace: str
    sites: gpd.GeoDataFrame
    evidence: pd.DataFrame
    geography: Geography
    today: date


class Edited(NamedTuple):
    """A row ready for the store, or none, and what there is to say of the answers."""

    frame: pd.DataFrame | None
    remarks: tuple[Remark, ...]
    place: Place | None = None

    def of(self, column: str) -> list[Remark]:
        """Return what there is to say of one answer."""
        return [remark for remark in self.remarks if remark.column == column]


def answers_of(row: pd.Series, columns: Iterable[str]) -> dict[str, str]:
    """Return a row as answers, the way a person would type them.

    Parameters
    ----------
    row : Series
        Of the register or the evidence.
    columns : Iterable of str
        Those to return, if the row has them.
    """
    answers = {column: _typed_as(row[column]) for column in columns if column in row.index}
    if "lat" in row.index and pd.notna(row["lat"]) and pd.notna(row["lon"]):
        answers[placing.POSITION] = f"{_typed_as(row['lat'])}; {_typed_as(row['lon'])}"
    return answers


def _typed_as(value: Any) -> str:
    """Return a cell as a person types it: 31/12/2024, 290,79, text as it is."""
    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return day(value.date())
    if isinstance(value, float):
        text = f"{value:.0f}" if value.is_integer() else repr(float(value))
        return text.replace(".", ",")
    return str(value)


def read_answers(
    answers: Mapping[str, str], of_days: Iterable[str], of_numbers: Iterable[str]
) -> tuple[dict[str, str], list[Remark]]:
    """Return answers in plain form, days and numbers read as in a file, and what to say."""
    readers: dict[str, tuple[Callable[[str], Cell], str]] = dict.fromkeys(
        of_days, (days.read_day, days.DAY_RULE)
    )
    for column in of_numbers:
        unit = "enterprises" if column in COUNTS else column  # whole, nothing behind
        readers[column] = (_number_reader(unit), numbers.NUMBER_RULE)
    text, remarks = dict(answers), []
    for column, (reader, rule) in readers.items():
        if not answers.get(column):
            continue
        cell = reader(answers[column])
        text[column] = cell.text or ""
        if cell.message:
            details = (cell.message, cell.suggestion, cell.level, cell.choices)
            remarks.append(Remark(0, column, answers[column], rule, *details))
    return text, remarks


def _number_reader(column: str) -> Callable[[str], Cell]:
    return lambda text: amounts.read_number(text, column)


def missing(answers: Mapping[str, str], columns: Iterable[str]) -> list[Remark]:
    """Return a remark for each answer that has to be given."""
    message = _("Fill this in.")
    return [Remark(0, column, "", REQUIRED, message) for column in columns if not answers[column]]


def finished(
    table: pd.DataFrame,
    parse: Callable[[pd.DataFrame], tuple[pd.DataFrame, list[frames.Fault]]],
    remarks: list[Remark],
    place: Place | None = None,
) -> Edited:
    """Return a row under the rules of its table, unless something keeps it out."""
    frame, faults = parse(table)
    heard = {remark.column for remark in remarks if placing.blocking((remark,))}
    for fault in faults:
        if fault.column not in heard:
            message = f"“{fault.value}” {fault.rule}."
            remarks.append(Remark(0, fault.column, fault.value, fault.rule, message))
    every = tuple(remarks)
    return Edited(None if placing.blocking(every) else frame, every, place)


def canonical(value: Any) -> str:
    """Return a typed cell as the text it is read from."""
    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return repr(float(value)) if isinstance(value, float) else str(value)


def unchanged(edited: Edited) -> Edited:
    """Return what was edited as not worth saving."""
    nothing = Remark(0, "", "", N_("Nothing was changed"), _("Nothing was changed yet."))
    return Edited(None, (*edited.remarks, nothing), edited.place)
