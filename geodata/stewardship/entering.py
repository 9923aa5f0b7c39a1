"""From a diagnosis to what is written: the change a file makes, and that change in words.

Not here: judging the file (``diagnosis``), or writing (``store``).
"""

from collections.abc import Sequence

from geodata.core.text import _, number
from geodata.intake.judging.diagnosis import KINDS, Diagnosis, Finding
from geodata.intake.reading.grid import LeftOut, Part, Sheet
from geodata.register import vocabulary
from geodata.store import Change

_NAMED = 20  # parts named in a sentence


def change_of(diagnosis: Diagnosis) -> Change | None:
    """Return what a file writes that has nothing wrong, None if that is nothing."""
    new = diagnosis.changes()
    if not any(frame is not None and len(frame) for frame in new):
        return None
    replaced = frozenset(key for part in diagnosis.difference.values() for key in part.changed)
    return Change(new.sites, new.evidence, new.declarations, replaces=replaced)


def table_label(kind: str) -> str:
    """Return what a kind of table is called."""
    return {
        "sites": _("Sites"),
        "evidence": _("Evidence"),
        "declarations": _("Declarations"),
    }[kind]


def sentence_of(finding: Finding) -> str:
    """Return what there is to say of a cell, with the correction suggested if there is one."""
    if not finding.suggestion:
        return finding.message
    return _("{message} Suggested: {value}.").format(
        message=finding.message, value=finding.suggestion.rstrip(".")
    )


def header_of(column: str, kind: str = "") -> str:
    """Return the official header of a column of a kind of table, of any if it is not said."""
    headers = (vocabulary.HEADERS[one].get(column) for one in ((kind,) if kind else KINDS))
    return next((header for header in headers if header), column)


def place_text(finding: Finding) -> str:
    """Return where a finding is, in words: sheet and row, or layer and feature, and the column."""
    sheet = _("layer “{name}”, ") if finding.is_layer else _("sheet “{name}”, ")
    place = (
        _("{sheet}feature {row}, “{column}”")
        if finding.is_layer
        else _("{sheet}row {row}, column “{column}”")
    )
    return place.format(
        sheet=sheet.format(name=finding.sheet) if finding.sheet else "",
        row=finding.row,
        column=header_of(finding.column, finding.kind),
    )


def blanks_text(diagnosis: Diagnosis, *, clears: bool) -> str:
    """Return what the blank cells of a file do to known values, empty if there is none of them.

    ``clears`` says whether they empty them.
    """
    if not diagnosis.blanks:
        return ""
    listed = ", ".join(
        f"{header_of(column)} ({number(count)})" for column, count in diagnosis.blanks.items()
    )
    sentence = (
        _("Blank cells empty {n} known values: {listed}.")
        if clears
        else _("Blank cells leave {n} known values as they are: {listed}.")
    )
    return sentence.format(n=number(sum(diagnosis.blanks.values())), listed=listed)


def left_out_text(part: LeftOut) -> str:
    """Return what of a file was not taken in, and why."""
    sheet = f"{part.sheet}: " if part.sheet else ""
    listed = ", ".join(part.items[:_NAMED]) + (" …" if len(part.items) > _NAMED else "")
    if part.part is Part.GEOMETRY:
        sentence = _("{sheet}{listed} not taken in. {reason}")
        return sentence.format(sheet=sheet, listed=listed, reason=part.reason)
    words = {
        Part.COLUMN: _("columns"),
        Part.ROW: _("rows"),
        Part.SHEET: _("sheets"),
        Part.LAYER: _("layers"),
        Part.FILE: _("files"),
        Part.FEATURE: _("features"),
        Part.CELL: _("cells"),
    }
    sentence = _("{sheet}{n} {parts} not taken in: {listed}. {reason}")
    return sentence.format(
        sheet=sheet,
        n=number(len(part.items)),
        parts=words[part.part],
        listed=listed,
        reason=part.reason,
    )


def rows_text(sheets: Sequence[Sheet], diagnosis: Diagnosis) -> str:
    """Return how much of a file was read, rows or features of map layers, and what it changes."""
    sentence = (
        _("{n} features read. {counts}.")
        if all(sheet.is_layer for sheet in sheets)
        else _("{n} rows read. {counts}.")
    )
    return sentence.format(n=number(diagnosis.rows), counts=counted(diagnosis))


def counted(diagnosis: Diagnosis) -> str:
    """Return how many rows are new, changed and unchanged, table by table."""
    sentence = _("{table}: {new} new, {changed} changed, {same} unchanged")
    return "; ".join(
        sentence.format(
            table=table_label(kind),
            new=number(len(part.new)),
            changed=number(len(part.changed)),
            same=number(len(part.unchanged)),
        )
        for kind, part in diagnosis.difference.items()
    )
