"""How the workbook looks: a table on its sheet, with what stands above it, for screen and paper.

Not here: what stands in tables (``lists``, ``tally``, ``workbook``).
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, time
from functools import partial
from io import BytesIO
from textwrap import wrap
from typing import Any

from geodata.core.progress import Listener
from geodata.core.text import LANGUAGE, _, language
from geodata.outputs.briefing import plot, qr
from geodata.outputs.briefing.table import TOP, Cell, Formula, Table, TableColumn
from geodata.outputs.briefing.wording import marks
from geodata.outputs.fonts import OFFICE
from geodata.outputs.sheets import COMMANDS, for_paper, in_margin, pixels, workbook
from geodata.reading.briefing import Briefing
from geodata.reading.labels import verdict_label
from geodata.reading.tokens import ACCENT, ALERT, COLOURS, FRAME, PANEL, PAPER, QUIET

LINE, HIGHEST = 13, 409  # points: a line of text, and the highest row there can be
ACROSS = 1.05  # letters of the font in a width of one
LONGEST = 16_000  # letters; a cell holds 32.767 halves of one
_PROPERTY = 250  # letters of what a file says of itself
_TITLE = 20  # points: the row of a title
_BESIDE = 2.0, 68.0  # letters: the gap between a table and the chart beside it, and the chart
_CODE = 96  # pixels of the code that leads to the view
VERDICT_COLOURS = {key: COLOURS[key].light for key in ("met", "not-met", "undetermined")}
FORMATS = {
    "whole": "[$-42A]#,##0",
    "tenth": "[$-42A]#,##0.0",
    "share": "[$-42A]0.0%",
    "percent": "[$-42A]0%",
    "plain": "General",
    "degrees": "[$-42A]0.00000",
    "moved": "[$-42A]+0;-0;0",
    "day": r"dd\/mm\/yyyy",
}
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_Format = dict[str, Any]
_EDGE: _Format = {"border": 1, "border_color": FRAME}


def written(briefing: Briefing, tables: Sequence[Table], listener: Listener) -> bytes:
    """Return the workbook of some tables, one a sheet."""

    def fill(book: Any) -> None:
        book.set_properties(_properties(briefing))
        look = _Look(book)
        sheets = [book.add_worksheet(clean(table.sheet)) for table in tables]
        for n, (sheet, table) in enumerate(zip(sheets, tables, strict=True)):
            sentence = _("Writing the sheet “{sheet}”")
            listener(0.6 * n / len(tables), sentence.format(sheet=table.sheet))
            _sheet(sheet, table, look, briefing)
            _below(book, sheet, table, look, briefing)
        listener(0.6, _("Packing the workbook"))

    return workbook(fill, {"default_date_format": FORMATS["day"]})


def _properties(briefing: Briefing) -> dict[str, Any]:
    """Return what the file says of itself; the same briefing makes the same file."""
    imprint = briefing.imprint
    made = datetime.combine(briefing.view.as_of, time(), UTC).replace(tzinfo=None)
    texts = {
        "title": briefing.title,
        "comments": "; ".join((*briefing.facts, *imprint.facts)),
        "author": imprint.maker,
        "company": imprint.letterhead.body,
    }
    return {key: clean(text)[:_PROPERTY] for key, text in texts.items()} | {"created": made}


class _Look:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[Any, ...], Any] = {}

    def __call__(self, style: str = "", **more: Any) -> Any:
        key = (style, *sorted(more.items()))
        if key not in self._made:
            basic: _Format = {"font_name": OFFICE, "font_size": 10, "valign": "top", "indent": 1}
            if style in FORMATS:
                basic |= {"num_format": _spoken(FORMATS[style]), "align": "right"}
            else:
                basic |= {"text_wrap": style != "long", "align": "left", "bold": style == "term"}
            self._made[key] = self._book.add_format({**basic, **more})
        return self._made[key]


def _spoken(form: str) -> str:
    """Return the form of a number in the language spoken; the forms are Vietnamese."""
    return form if language() == LANGUAGE else form.replace("[$-42A]", "[$-809]")


def _sheet(sheet: Any, table: Table, look: _Look, briefing: Briefing) -> None:
    """Write a table on its sheet: banner, title, facts, heads, rows."""
    sheet.hide_gridlines(2)
    _above(sheet, table, look, briefing)
    head: _Format = {
        "bold": True,
        "font_color": PAPER,
        "bg_color": ACCENT,
        "valign": "vcenter",
        "text_wrap": True,
    }
    for place, column in enumerate(table.columns.values()):
        sheet.set_column(place, place, column.width)
        sheet.write_string(TOP, place, clean(column.head), look(**head, **_EDGE))
    sheet.set_row(TOP, _height((c.head for c in table.columns.values()), table))
    for n, row in enumerate(table.rows):
        sheet.set_row(TOP + 1 + n, _height(map(row.get, table.columns), table))
        mark: _Format = {"bold": True, "bg_color": PANEL} if n in table.strong else {}
        paint = partial(look, **mark, **_EDGE)
        for place, (name, column) in enumerate(table.columns.items()):
            _put(sheet, (TOP + 1 + n, place), row.get(name), column.style, paint)
    _printed(sheet, table, look, briefing)


def _height(cells: Iterable[Cell], table: Table) -> float:
    """Return how high a row must be in points so that its texts show; not all programs see to it.

    Parameters
    ----------
    cells : iterable of Cell
        One a column; numbers take one line, and long texts as much as the others leave.
    table : Table
        Whose columns' widths hold.
    """
    most = 1
    for cell, column in zip(cells, table.columns.values(), strict=True):
        text = cell.value if isinstance(cell, Formula) else cell
        if isinstance(text, str) and column.style != "long":
            room = max(1, int(column.width * ACROSS - 1))
            most = max(most, sum(_lines(line, room) for line in text.split("\n")))
    return min(HIGHEST, LINE * most + 2)


def _lines(text: str, room: int) -> int:
    """Return how many lines a text takes; most fit on one, and breaking them takes long."""
    return 1 if len(text) <= room else max(1, len(wrap(text, room)))


def _above(sheet: Any, table: Table, look: _Look, briefing: Briefing) -> None:
    """Write what stands above the heads: the marks, or the title where there are none; facts."""
    line: _Format = {"text_wrap": False, "indent": 0}
    if every := marks(briefing):
        warning = look(bold=True, font_color=PAPER, bg_color=ALERT, **line)
        for place in range(len(table.columns)):
            sheet.write_blank(0, place, None, warning)
        sheet.write_string(0, 0, clean(" · ".join(every)), warning)
    else:
        sheet.write_string(0, 0, clean(briefing.title), look(font_color=ACCENT, **line))
    sheet.set_row(1, _TITLE)
    sheet.write_string(1, 0, clean(table.title), look(bold=True, font_size=13, **line))
    facts = " · ".join(briefing.facts)
    sheet.write_string(2, 0, clean(facts), look(font_color=QUIET, **line))


def _put(
    sheet: Any, at: tuple[int, int], cell: Cell, style: str, paint: Callable[..., Any]
) -> None:
    """Write a cell as what it is; text is never taken for a formula, a number or an address."""
    if isinstance(cell, Formula):
        sheet.write_formula(*at, f"={cell.text}", paint(cell.style or style), cell.value)
    elif isinstance(cell, str):
        text = clean(cell)
        # The mark of a quoted text keeps it text when somebody edits the cell.
        quoted = {"quote_prefix": True} if text.startswith(COMMANDS) else {}
        sheet.write_string(*at, text, paint(style, **quoted))
    elif isinstance(cell, date):
        sheet.write_datetime(*at, cell, paint(style))
    elif cell is None:
        sheet.write_blank(*at, None, paint(style))
    else:
        sheet.write_number(*at, cell, paint(style))


def _below(book: Any, sheet: Any, table: Table, look: _Look, briefing: Briefing) -> None:
    """Write what stands below a table: sentences, its chart, where the file comes from."""
    row, right = TOP + 1 + len(table.rows), len(_widths(table)) - 1
    link = briefing.imprint.link
    if table.sentences:
        row = _paragraphs(sheet, _widths(table), row + 1, table.sentences, look())
    if table.plot and table.plot.goal:
        plot.add(book, sheet, table, (row + 1, 0), sum(map(pixels, _widths(table))))
        row += 1 + plot.high(table.plot)
    elif table.plot:
        plot.add(book, sheet, table, (TOP, right), pixels(_BESIDE[-1]))
        row = max(row, TOP + plot.high(table.plot))
        sheet.set_column(right - 1, right - 1, _BESIDE[0])
        sheet.set_column(right, right, _BESIDE[-1])
    if table.origin:
        link = briefing.imprint.link
        row = _paragraphs(sheet, _widths(table), row + 1, table.origin, look(font_color=QUIET))
        if link:
            row = _paragraphs(sheet, _widths(table), row, [link], look(font_color=QUIET))
            code = {"image_data": BytesIO(qr.png(link)), "description": link, "object_position": 2}
            scale = _CODE / qr.pixels(link)
            sheet.insert_image(row, 0, "qr.png", code | {"x_scale": scale, "y_scale": scale})
            row += -(-_CODE // plot.ROW)
    sheet.print_area(0, 0, row - 1, right)


def _paragraphs(
    sheet: Any, widths: Sequence[float], row: int, texts: Iterable[str], form: Any
) -> int:
    """Write texts below each other, each across some columns; return the row after them."""
    across = Table("", "", {"text": TableColumn("", sum(widths))})
    for text in texts:
        sheet.set_row(row, _height([text], across))
        sheet.merge_range(row, 0, row, len(widths) - 1, "", form)
        sheet.write_string(row, 0, clean(text), form)
        row += 1
    return row


def _widths(table: Table) -> list[float]:
    """Return how wide the columns are that are printed, and those that lying bars stand on."""
    widths = [column.width for column in table.columns.values()][: table.unprinted]
    return [*widths, *_BESIDE] if table.plot and not table.plot.goal else widths


def _printed(sheet: Any, table: Table, look: _Look, briefing: Briefing) -> None:
    """Set how a sheet is looked through and printed: on its side, its heads on every page."""
    last, right = TOP + max(1, len(table.rows) - table.total), len(table.columns) - 1
    if not table.sentences:
        sheet.freeze_panes(TOP + 1, 2)
        sheet.autofilter(TOP, 0, last, right)
    for_paper(sheet, _widths(table), pages=1 if table.sentences else 0)
    sheet.repeat_rows(TOP)
    head = " · ".join(marks(briefing)) or briefing.title
    sheet.set_header(f"&C&B{in_margin(clean(head))}")
    sheet.set_footer(f"&L&8{in_margin(clean(' · '.join(briefing.facts[:-1])))}&R&8&P/&N")
    if "verdict" in table.columns:
        place = list(table.columns).index("verdict")
        for verdict, colour in VERDICT_COLOURS.items():
            rule = {"type": "cell", "criteria": "==", "value": f'"{verdict_label(verdict)}"'}
            form = look(font_color=colour, bold=True)
            sheet.conditional_format(TOP + 1, place, last, place, {**rule, "format": form})


def clean(text: str) -> str:
    """Return a text that a cell can hold: no unseen characters, not too long."""
    kept = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return kept if len(kept) <= LONGEST else kept[: LONGEST - 1] + "…"
