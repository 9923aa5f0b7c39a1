"""The workbook that a person fills in: official headers, drop-downs, notes, an example.

What is filled in goes through the intake. Not here: data that is there already (``exchange``).
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import pandas as pd

from geodata.core.text import _
from geodata.geography import units
from geodata.geography.units import Tier, Unit, Vintage
from geodata.outputs.data.exchange import TABLES, heads
from geodata.outputs.sheets import Lists, Looks, for_paper, workbook
from geodata.register import vocabulary
from geodata.register.evidence import EVENT_KINDS
from geodata.register.sites import KINDS
from geodata.rules.plan import shipped
from geodata.stewardship.entering import table_label

_CREATED = datetime(2024, 1, 1)  # noqa: DTZ001 - any day, so that an equal template is an equal file
_ROWS = 2000  # as many rows have drop-downs
_LISTS = vocabulary.IGNORED_SHEETS[2]
_WIDE = (
    *("name_vi", "name_en", "decision", "operator", "details", "source", "source_note", "history"),
    *("organiser", "summary_vi", "summary_en", "source_url", "position"),
)
_DATES = ("decision_date", "valid_from", "valid_to", "event_date", "recorded_at", "doc_date")
# A kind is of a site or of an event; the vocabulary holds both.
_UNITS = {"commune": Tier.COMMUNE, "district": Tier.DISTRICT}
_SUBJECTS = ("subject", "plant")
_KINDS = {"sites": KINDS, "evidence": EVENT_KINDS}
# These cells take several answers, or others than are listed: the list is help, not a rule.
_OPEN = ("topic", "commune", "district", "subject", "plant")
_UNLISTED = ("answers",)


def render(register: pd.DataFrame | None = None) -> bytes:
    """Return the template as a workbook.

    Parameters
    ----------
    register : DataFrame, optional
        The sites that evidence can be about, indexed by id: their codes are offered in a list.
    """

    def fill(book: Any) -> None:
        book.set_properties({"created": _CREATED})
        looks = Looks(book)
        _guide(book, looks)
        sheets = {table: book.add_worksheet(table_label(table)) for table in TABLES}
        _example(book, looks)
        lists = Lists(book, _LISTS)
        for table, sheet in sheets.items():
            _blank(sheet, table, looks, lists, register)
        next(iter(sheets.values())).activate()

    return workbook(fill)


def _blank(
    sheet: Any, table: str, looks: Looks, lists: Lists, register: pd.DataFrame | None
) -> None:
    """Write the headers with a note each, and drop-downs below them."""
    columns = list(vocabulary.HEADERS[table])
    heads(sheet, table, columns, looks)
    for_paper(sheet)
    for at, column in enumerate(columns):
        if note := _note(table, column):
            sheet.write_comment(0, at, note, {"x_scale": 2})
        sheet.set_column(
            at, at, 32 if column in _WIDE else 18, looks.day if column in _DATES else None
        )
        if (terms := _terms(table, column, register)) and column not in _UNLISTED:
            kind = "information" if column in _OPEN else "stop"
            lists.offer(sheet, at, (1, _ROWS), terms, error_type=kind)


def _terms(table: str, column: str, register: pd.DataFrame | None) -> list[str]:
    """Return what a column offers to choose from, none where anything may stand."""
    if column in _UNITS:
        of_level = [u for u in _units() if u.level is _UNITS[column]]
        return [unit.name for unit in of_level]
    if column in _SUBJECTS:
        return [] if register is None else list(register.index)
    if column == "profile":
        return sorted({profile.code for one in shipped() for profile in one.profiles})
    values = vocabulary.VALUES.get(column, ())
    if column == "kind":
        values = _KINDS[table]
    return [vocabulary.label_of(column, value) for value in values]


def _units() -> list[Unit]:
    """Return the communes of today and the districts that were, in the order of the lists."""
    every = units.gazetteer(units.load_legacy_communes())
    today = {Tier.COMMUNE: Vintage.Y2025, Tier.DISTRICT: Vintage.LEGACY}
    return [unit for unit in every if unit.vintage is today[unit.level]]


def _note(table: str, column: str) -> str:
    """Return what a person has to know about a column."""
    plain = _("A day as dd/mm/yyyy.") if column in _DATES else _notes().get(("", column), "")
    return _notes().get((table, column), plain)


def _notes() -> Mapping[tuple[str, str], str]:
    return {
        ("", "id"): _("Leave blank for something new; a code is given. A known code is changed."),
        ("sites", "lifecycle"): _(
            "Another state than before needs the day on which it began, in the column “{column}”. "
            "A blank cell keeps what is known."
        ).format(column=vocabulary.HEADERS["sites"]["valid_from"]),
        ("sites", "valid_from"): _("A day as dd/mm/yyyy: when this state began."),
        ("sites", "valid_to"): _("A day as dd/mm/yyyy: the last on which it is so; then closed."),
        ("sites", "history"): _(
            "What it was earlier, as {form}. Leave blank what need not be changed."
        ).format(form=_history_example()),
        ("sites", "commune"): _("The name as it is written; the district too if it was old."),
        ("sites", "position"): _(
            "In any form, such as 9,7845; 105,4701 or degrees with minutes and seconds; metres of "
            "VN-2000 in the columns X and Y."
        ),
        ("sites", "central_meridian"): _("Of X and Y: 105°00′ or 105°30′; blank if not known."),
        ("sites", "position_accuracy_m"): _("How far the position may be off, in metres."),
        ("sites", "public"): _("“Không” keeps the site from the public map and its files."),
        ("sites", "sectors"): _("Several are separated by a semicolon."),
        ("evidence", "event_date"): _(
            "A day as dd/mm/yyyy. An event whose day is not known is kept, never counted."
        ),
        ("evidence", "subject"): _(
            "The code or exact name of a site, the code of a district (930–937), or “whole "
            "province”; of one event at several sites all of them, separated by a semicolon."
        ),
        ("evidence", "event"): _(
            "The same code in all rows of one event. Leave it blank where one row names all sites: "
            "the event then gets a code."
        ),
        ("evidence", "grade"): _(
            "A: document or signed minutes; B: attendance list or photo and a second source; C: "
            "told by itself, by phone or the press; D: undated or unreadable."
        ),
        ("evidence", "topic"): _(
            "In words or as tags, several separated by a semicolon; outreach at a site counts if "
            "it was about sustainable production and consumption (SCP)."
        ),
        ("evidence", "answers"): _("For a check, such as R1=có; R2=một phần."),
        ("evidence", "supersedes"): _("The code of the record that this one replaces."),
        ("evidence", "refers_to"): _("The code of the record that is cancelled or withdrawn."),
        ("declarations", "plant"): _("The code of a site, or the name of the plant."),
        ("declarations", "consumption"): _("Of one material or fuel in the whole year."),
    }


def _history_example() -> str:
    return vocabulary.label_of("history", "operating | 2019-05-01; suspended | 2024-02-01")


def _guide(book: Any, looks: Looks) -> None:
    """Write how the workbook is filled in."""
    sheet = book.add_worksheet(vocabulary.IGNORED_SHEETS[0])
    sheet.set_column(0, 0, 100)
    for_paper(sheet)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, _("How to fill in this workbook"), looks.head)
    for row, line in enumerate(_steps(), 1):
        sheet.write_string(row, 0, f"{row}. {line}", wrapped)


def _steps() -> Iterator[str]:
    yield _("Each sheet is one table; sheets that are not needed may stay empty or be deleted.")
    yield _("Columns may be moved or deleted; a row with a title above the headers does no harm.")
    yield _("A missing column and a blank cell keep what is known; the word “xóa” empties a value.")
    yield _("Point at a header to read what belongs below it; terms are chosen from a list.")
    yield _("Formulas are taken by the value they show; a file with macros is refused.")
    yield _("Upload the file, read the diagnosis, correct, and save once nothing is wrong.")
    yield _("A steward enters what happened; the status of a site follows from it.")


def _example(book: Any, looks: Looks) -> None:
    """Write a row of each table as it might be, on a sheet that is never taken in."""
    sheet = book.add_worksheet(vocabulary.IGNORED_SHEETS[1])
    sheet.set_column(0, max(map(len, _examples().values())), 22)
    for_paper(sheet)
    row = 0
    for table, cells in _examples().items():
        sheet.write_string(row, 0, table_label(table), looks.head)
        for at, (column, value) in enumerate(cells.items()):
            sheet.set_row(row + 1, 32)
            sheet.write_string(row + 1, at, vocabulary.HEADERS[table][column], looks.head)
            sheet.write_string(row + 2, at, vocabulary.label_of(column, value), looks.text)
        row += 4


def _examples() -> dict[str, dict[str, str]]:
    return {
        "sites": {
            "kind": "supermarket",
            "name_vi": _("Example supermarket"),
            "lifecycle": "operating",
            "commune": "Phường Vị Tân",
            "position": "9,7845; 105,4701",
            "position_accuracy_m": "20",
            "public": "yes",
        },
        "evidence": {
            "subject": _("Example supermarket"),
            "axis": "compliance",
            "kind": "check",
            "event_date": "15/06/2025",
            "grade": "A",
            "scope": "site",
            "profile": "P45",
            "answers": "R1=yes;R2=partial",
            "method": "inspection",
            "doc_no": "12/BB-SCT",
        },
        "declarations": {
            "plant": _("Example plant"),
            "sector": "giấy",
            "input": "điện",
            "year": "2024",
            "consumption": "1250000",
            "consumption_unit": "kWh",
            "output": "830",
            "output_unit": "tấn",
            "grade": "B",
        },
    }
