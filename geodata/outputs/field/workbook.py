"""A day in the field as a workbook: each visit a row of evidence to be filled in.

What is filled in goes through the intake, which leaves rows without a report out. Not here: the
pages for paper (``field.pdf``), or blank tables (``template``).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from geodata.core.text import _, number
from geodata.outputs.briefing.wording import marks
from geodata.outputs.field.day import FieldDay, Stop, km
from geodata.outputs.fonts import tidy
from geodata.outputs.sheets import DAY, Lists, for_paper, in_margin, workbook
from geodata.reading.labels import kind_label, status_label
from geodata.reading.tokens import ACCENT, ALERT, ASKED, COLOURS, LINE, PANEL, QUIET
from geodata.register import evidence as ev
from geodata.register import vocabulary
from geodata.rules.status import STAGES

TABLE = "evidence"
SHEET = vocabulary.FIELD_SHEET
GUIDE, LISTS = vocabulary.IGNORED_SHEETS[0], vocabulary.IGNORED_SHEETS[2]
HEAD = 2
"""Row of the headers, from 0: a title and a sentence stand above."""

# Columns of evidence with their widths in characters; the first ones are filled in before.
WIDTHS = {
    "subject": 13, "axis": 12, "kind": 14, "event_date": 13, "grade": 8, "answers": 36,
    "participants": 10, "enterprises_present": 12, "doc_no": 15, "doc_date": 13,
    "organiser": 22, "summary_vi": 32, "topic": 18, "scope": 11, "profile": 9, "method": 15,
}  # fmt: skip
BLANK = (
    *("event_date", "grade", "answers", "participants", "enterprises_present"),
    *("doc_no", "doc_date", "organiser", "summary_vi"),
)
_LEADING = 2  # columns before those: the number of the stop, and its name
_SPARE = 20  # rows below the visits, for events beside them
_DAYS = ("event_date", "doc_date")
_COUNTS = ("participants", "enterprises_present")
_NAME = 120  # letters of a name
_LINE = 15  # points


def render(day: FieldDay) -> bytes:
    """Return a day in the field as a workbook."""

    def fill(book: Any) -> None:
        looks = _looks(book)
        sheet = book.add_worksheet(SHEET)
        _guide(book.add_worksheet(GUIDE), day, looks)
        _visits(sheet, day, looks)
        _choices(book, sheet, day)
        for each in book.worksheets():
            _for_paper(each, day)

    return workbook(fill)


def visits(day: FieldDay) -> Iterator[tuple[int, Stop, dict[str, str]]]:
    """Yield number of the stop, stop, and canonical cells of each row, as far as known before."""
    for n, stop in enumerate(day.stops, 1):
        for cells in _events(day, stop):
            yield n, stop, {"subject": str(stop.site["id"]), "scope": "site", **cells}


def _events(day: FieldDay, stop: Stop) -> Iterator[dict[str, str]]:
    """Yield what can happen at a stop: an outreach event, and a check if there are criteria."""
    if stop.site["kind"] == "pilot_model":
        yield {"axis": "model", "kind": "milestone"}
        return
    yield {"axis": "outreach", "kind": "held", "topic": day.plan.topics["T3"][0]}
    if profile := stop.passport.profile:
        yield {
            "axis": "compliance",
            "kind": "check",
            "profile": profile.code,
            "method": "inspection",
            "answers": ";".join(f"{code}=not_checked" for code in profile.criteria),
        }


# --- sheets ----------------------------------------------------------------------------------


def _looks(book: Any) -> Mapping[str, Any]:
    """Return how cells look: what is known is grey, what is asked for is white in a frame."""
    line = {"border": 1, "border_color": LINE, "valign": "top", "text_wrap": True}
    known = {**line, "bg_color": PANEL, "num_format": "@"}
    asked = {**line, "bg_color": ASKED}
    return {
        "title": book.add_format({"bold": True, "font_size": 14, "font_color": ACCENT}),
        "alert": book.add_format({"bold": True, "font_size": 14, "font_color": ALERT}),
        "said": book.add_format({"text_wrap": True, "valign": "top", "align": "left"}),
        "quiet": book.add_format({"font_color": QUIET}),
        "head": book.add_format({**line, "bold": True, "bg_color": COLOURS["accent-paper"].light}),
        "known": book.add_format(known),
        "asked": book.add_format({**asked, "num_format": "@"}),
        "day": book.add_format({**asked, "num_format": DAY, "align": "left"}),
        "count": book.add_format({**asked, "num_format": "0"}),
    }


def _title(day: FieldDay) -> str:
    """Return what stands above, the marks before it."""
    title = _("Field sheet: {n} sites").format(n=number(len(day.stops)))
    return " · ".join((*marks(day), title))


def _visits(sheet: Any, day: FieldDay, looks: Mapping[str, Any]) -> None:
    """Write the headers and a row a visit."""
    columns = list(WIDTHS)
    sheet.write_string(0, 0, _title(day), looks["alert" if marks(day) else "title"])
    how = _("Fill in the yellow cells; a row without day and results is left out when taken in.")
    sheet.write_string(1, 0, how, looks["quiet"])
    heads = [_("Stop"), _("Where to"), *(vocabulary.HEADERS[TABLE][c] for c in columns)]
    for at, (head, width) in enumerate(zip(heads, (6, 30, *WIDTHS.values()), strict=True)):
        sheet.set_column(at, at, width)
        sheet.write_string(HEAD, at, head, looks["head"])
    sheet.set_row(HEAD, 3 * _LINE)
    sheet.freeze_panes(HEAD + 1, _LEADING)
    for row, (n, stop, cells) in enumerate(visits(day), HEAD + 1):
        sheet.set_row(row, 4 * _LINE)
        sheet.write_number(row, 0, n, looks["known"])
        sheet.write_string(row, 1, _place(day, stop), looks["known"])
        for at, column in enumerate(columns, _LEADING):
            text = vocabulary.label_of(column, cells.get(column, ""))
            look = looks[_look(column, cells)]
            if text:
                sheet.write_string(row, at, text, look)
            else:
                sheet.write_blank(row, at, None, look)
        if notes := _explained(stop, cells):
            column, note = notes
            at = _LEADING + columns.index(column)
            sheet.write_comment(row, at, note, {"x_scale": 3, "y_scale": 2})


def _look(column: str, cells: Mapping[str, str]) -> str:
    """Return how a cell of a column looks; the stage of a model is its topic, and asked for."""
    if column in _DAYS:
        return "day"
    if column in _COUNTS:
        return "count"
    stage = column == "topic" and cells["axis"] == "model"
    return "asked" if column in BLANK or stage else "known"


def _place(day: FieldDay, stop: Stop) -> str:
    """Return name, kind and unit of a stop."""
    name = tidy(stop.site["name_vi"], _NAME)
    parts = [kind_label(stop.site["kind"]), tidy(day.unit_of(stop), _NAME)]
    return f"{name} ({', '.join(text for text in parts if text)})"


def _explained(stop: Stop, cells: Mapping[str, str]) -> tuple[str, str] | None:
    """Return the column of a row that needs words beside it, and the words."""
    profile = stop.passport.profile
    if cells["axis"] == "model":
        return "topic", _stages()
    if profile is None or "answers" not in cells:
        return None
    words = ", ".join(vocabulary.label_of("answers", answer) for answer in ev.ANSWERS)
    lines = [f"{code}: {tidy(text, 200)}" for code, text in profile.criteria.items()]
    sentence = _("After each criterion write one of: {words}.").format(words=words)
    return "answers", "\n".join([*lines, sentence])


def _stages() -> str:
    """Return which tag stands for which stage of a model."""
    stages = ", ".join(f"{stage} ({status_label('stage', stage)})" for stage in STAGES[:-1])
    return _("Topic of a milestone of a pilot model: {stages}.").format(stages=stages)


# --- drop-downs ------------------------------------------------------------------------------


def _choices(book: Any, sheet: Any, day: FieldDay) -> None:
    """Give the columns their drop-downs, days and counts their rules."""
    lists = Lists(book, LISTS)
    first, last = HEAD + 1, HEAD + sum(1 for _row in visits(day)) + _SPARE
    for column, terms in _terms(day).items():
        how = {"input_message": _grades()} if column == "grade" else {}
        lists.offer(sheet, _LEADING + list(WIDTHS).index(column), (first, last), terms, **how)
    for column in (*_DAYS, *_COUNTS):
        at = _LEADING + list(WIDTHS).index(column)
        hint = _("A day as dd/mm/yyyy.") if column in _DAYS else _("A whole number.")
        sheet.data_validation(first, at, last, at, {"validate": "any", "input_message": hint})


def _grades() -> str:
    """Return what the grades mean, in words a drop-down has room for."""
    return _(
        "A: document or signed minutes; B: attendance list or photo and a second source; C: "
        "told by itself, by phone or the press; D: undated or unreadable."
    )


def _terms(day: FieldDay) -> dict[str, list[str]]:
    """Return the terms that the columns offer."""
    values = {
        "axis": ev.AXES,
        "kind": ev.EVENT_KINDS,
        "grade": ev.GRADES,
        "scope": ev.SCOPES,
        "method": ev.METHODS,
    }
    codes = sorted({s.passport.profile.code for s in day.stops if s.passport.profile})
    offered = {
        column: [vocabulary.label_of(column, value) for value in known]
        for column, known in values.items()
    }
    return offered | ({"profile": codes} if codes else {})


# --- guide -----------------------------------------------------------------------------------


def _guide(sheet: Any, day: FieldDay, looks: Mapping[str, Any]) -> None:
    """Write how the sheet is filled in, and the order of the day."""
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 1, 95)
    sheet.set_column(2, 2, 14)
    sheet.write_string(0, 0, _title(day), looks["alert" if marks(day) else "title"])
    sheet.write_string(1, 0, " · ".join(day.facts), looks["quiet"])
    row = 3
    models = any(stop.site["kind"] == "pilot_model" for stop in day.stops)
    for n, line in enumerate([*_steps(), *([_stages()] if models else [])], 1):
        sheet.write_number(row, 0, n, looks["said"])
        sheet.write_string(row, 1, line, looks["said"])
        row += 1
    row += 1
    for at, head in enumerate((_("Stop"), _("Where to"), _("Leg, km"))):
        sheet.write_string(row, at, head, looks["head"])
    for n, stop in enumerate(day.stops, 1):
        leg = "–" if stop.metres is None else km(stop.metres)
        sheet.write_number(row + n, 0, n, looks["known"])
        sheet.write_string(row + n, 1, _place(day, stop), looks["known"])
        sheet.write_string(row + n, 2, leg, looks["known"])
    sheet.write_string(row + len(day.stops) + 1, 1, day.order_text, looks["said"])


def _steps() -> Iterator[str]:
    yield _("Grey cells are known; fill in the yellow ones of the visits that took place.")
    yield _("A visit needs its day and a grade; grade A also the number of the document.")
    yield _("A row left without day and results is no evidence: it is left out when taken in.")
    yield _("If something else happened, choose another kind of event, or add a row below.")
    yield _("No formulas and no macros; the file is refused with them.")
    yield _("Upload the file, read the diagnosis, correct, and save once nothing is wrong.")


def _for_paper(sheet: Any, day: FieldDay) -> None:
    """Make a sheet as wide as a page when printed."""
    for_paper(sheet)
    sheet.repeat_rows(HEAD)
    if every := marks(day):
        sheet.set_header("&C" + in_margin(" · ".join(every)))
