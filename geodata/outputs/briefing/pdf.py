"""The briefing as a PDF: A4 pages for the file, one A3 page for the wall.

Pages are set by reportlab, the map is matplotlib's own vectors laid into them. Not here: what
the figures are (``geodata.reading.briefing``), how the map is drawn (``figure``).
"""

import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from xml.sax.saxutils import escape

import pandas as pd
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject, TextStringObject
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A3, A4, landscape
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    KeepInFrame,
    PageBreak,
    Paragraph,
    Spacer,
    Table,
)

from geodata.core.errors import WrongCallError
from geodata.core.progress import Listener, unheard
from geodata.core.text import LANGUAGE, _, number, share
from geodata.outputs import figure, fonts, paper
from geodata.outputs.briefing.sections import (
    Sections,
    TableSection,
    TargetSection,
    moved_text,
    rank_text,
    ranked,
    sections,
)
from geodata.outputs.briefing.wording import NOTHING, STATUS_OF, open_head, sectors, words
from geodata.outputs.fonts import MM, tidy
from geodata.outputs.paper import SNUG, Paper
from geodata.reading.briefing import Briefing, Line
from geodata.reading.labels import key_label
from geodata.reading.symbology import MARK_SIZE, MARKS, SHAPES, SYMBOLS, Symbol
from geodata.reading.tokens import ACCENT, INK, PAPER, QUIET
from geodata.reading.view import STAGE, unplaced
from geodata.rules.targets import VERDICTS

PAPERS = {"A4 portrait": A4, "A4 landscape": landscape(A4), "A3 poster": landscape(A3)}

_NAME = 120  # letters of a name; longer ones are cut
_LISTED = 60  # changed sites named one by one; the counts above the list have them all
_KEPT = 0.6  # of a page: so much stays together
_SMALLEST = 0.6  # letters of findings on the poster, in letters of the sheet
_UNPLACED = 12  # sites named that are not on the map

# A verdict is told by colour, mark and word.
_VERDICTS = {
    verdict: SYMBOLS["compliance"][status]
    for verdict, status in zip(
        VERDICTS, ("compliant", "non-compliant", "no-data", "not-applicable"), strict=True
    )
}


def render(briefing: Briefing, size: str = "A4 portrait", listener: Listener = unheard) -> bytes:
    """Return a briefing as a PDF file; the same briefing makes the same bytes.

    Parameters
    ----------
    briefing : Briefing
        What is told; no figure comes from elsewhere.
    size : str
        One of `PAPERS`.
    listener : callable, optional
        Told of each step before it begins.

    Raises
    ------
    WrongCallError
        If there is no such paper.
    """
    fonts.register()
    if size not in PAPERS:
        raise WrongCallError(
            _("There is no paper “{paper}”; choose one of: {known}.").format(
                paper=size, known=", ".join(PAPERS)
            )
        )
    poster = size == "A3 poster"
    width, height = PAPERS[size]
    sheet = Paper(width, height, 12 if poster else 9.5)
    listener(0, _("Setting the pages: board, findings, tables"))
    story, space = (_poster if poster else _pages)(briefing, sheet)
    pages = paper.pages(sheet, story, briefing, briefing.title, 2)
    listener(0.1, _("Drawing the map"))
    map_ = figure.map_figure(
        briefing, space.width / MM, space.height / MM, alone=False, text_pt=space.letters
    )
    listener(0.4, _("Writing the map as lines and letters"))
    picture = figure.pdf(map_)
    listener(0.9, _("Putting pages and map together"))
    return _with_map(pages, briefing, space, picture)


# --- setting ---------------------------------------------------------------------------------


class _MapSpace(Flowable):  # type: ignore[misc]
    """Room for the map, which remembers where it came to stand."""

    def __init__(self, width: float, height: float, letters: float) -> None:
        super().__init__()
        self.width, self.height, self.letters = width, height, letters
        self.page, self.corner = 1, (0.0, 0.0)

    def draw(self) -> None:
        self.page = self.canv.getPageNumber()
        self.corner = self.canv.absolutePosition(0, 0)


class _Sign(Flowable):  # type: ignore[misc]
    """One symbol of a legend or a verdict."""

    def __init__(self, symbol: Symbol, size: float, kind: str = "supermarket") -> None:
        super().__init__()
        self.symbol, self.kind = symbol, kind
        self.width = self.height = size

    def draw(self) -> None:
        canvas, radius = self.canv, 0.42 * self.width
        canvas.translate(self.width / 2, self.height / 2)
        canvas.setLineJoin(1)
        canvas.setLineCap(1)
        canvas.setFillColor(HexColor(self.symbol.fill))
        ink = HexColor(self.symbol.ink)
        canvas.setStrokeColor(HexColor(self.symbol.edge))
        canvas.setLineWidth(0.14 * radius)
        canvas.drawPath(self._path(SHAPES[self.kind], radius, closed=True), fill=1)
        canvas.setStrokeColor(ink)
        canvas.setLineWidth(0.2 * radius)
        for stroke in MARKS[self.symbol.mark]:
            canvas.drawPath(self._path(stroke, MARK_SIZE * radius))

    def _path(
        self, points: Sequence[tuple[float, float]], size: float, closed: bool = False
    ) -> Any:
        path = self.canv.beginPath()
        for k, (x, y) in enumerate(points):
            (path.lineTo if k else path.moveTo)(x * size, -y * size)
        if closed:
            path.close()
        return path


class _Bar(Flowable):  # type: ignore[misc]
    """Parts of a whole, side by side: reached, unknown, not."""

    def __init__(self, parts: Sequence[tuple[int, str]], width: float, height: float) -> None:
        super().__init__()
        self.parts, self.width, self.height = parts, width, height

    def draw(self) -> None:
        total = sum(count for count, _colour in self.parts)
        self.canv.setStrokeColor(HexColor(QUIET))
        self.canv.setLineWidth(0.4)
        left = 0.0
        for count, colour in self.parts:
            wide = self.width * count / total if total else 0
            if wide:
                self.canv.setFillColor(HexColor(colour))
                self.canv.rect(left, 0, wide, self.height, fill=1)
            left += wide


def _with_map(pages: bytes, briefing: Briefing, space: _MapSpace, picture: bytes) -> bytes:
    """Return the file: the pages with the map beneath, and what the file says of itself."""
    writer = PdfWriter(clone_from=io.BytesIO(pages))
    (drawn,) = PdfReader(io.BytesIO(picture)).pages
    _lay_under(writer, writer.pages[space.page - 1], drawn, space.corner)
    writer.metadata = None
    writer.add_metadata({"/Title": tidy(f"{briefing.title} – {briefing.facts[0]}")})
    writer.root_object[NameObject("/Lang")] = TextStringObject(f"{LANGUAGE}-VN")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _lay_under(
    writer: PdfWriter, page: PageObject, picture: PageObject, corner: tuple[float, float]
) -> None:
    """Put one page beneath another as a form: pypdf's own merge would parse every symbol."""
    form = StreamObject()
    form.set_data(picture.get_contents().get_data())  # type: ignore[union-attr]
    form.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): picture.mediabox,
            NameObject("/Resources"): picture["/Resources"].clone(writer),
        }
    )
    form = form.flate_encode()
    forms = page["/Resources"].setdefault(NameObject("/XObject"), DictionaryObject())  # type: ignore[attr-defined]
    forms[NameObject("/Map")] = writer._add_object(form)  # noqa: SLF001 - pypdf's only way
    before = StreamObject()
    before.set_data(b"q 1 0 0 1 %.3f %.3f cm /Map Do Q\n" % corner)
    drawn = writer._add_object(before)  # noqa: SLF001
    page[NameObject("/Contents")] = ArrayObject([drawn, page.raw_get("/Contents")])


# --- what the pages say ----------------------------------------------------------------------


def _pages(briefing: Briefing, sheet: Paper) -> tuple[list[Flowable], _MapSpace]:
    """Return the A4 pages: board, map, findings, units, changes."""
    parts, front = sections(briefing), []
    for letters in (1.0, 0.95, 0.9, 0.85):  # a board that runs over by a line is no board
        smaller = replace(sheet, letters=letters * sheet.letters)
        front = [*_title(briefing, parts, smaller), _board(parts, smaller)]
        if sheet.high(front) <= sheet.tall:
            break
    findings = [sheet.gap(1.4), *_findings(parts, sheet)]
    if sheet.high([*front, *findings]) <= sheet.tall:  # all that matters on one page
        front, findings = front + findings, []
    above, below = _heading(sheet, _("Map of sites")), _not_on_the_map(briefing, sheet)
    room = sheet.tall - sheet.high([*above, *below]) - 1
    space = _MapSpace(
        sheet.across, room, (1.05 if sheet.height > sheet.width else 0.9) * sheet.letters
    )
    story = [*front, PageBreak(), *above, space, *below, PageBreak(), *findings]
    story += [*_comparison(parts.comparison, sheet), *_sectors(briefing, sheet)]
    story += [*_units(briefing, parts.units, sheet), *_changes(briefing, parts.changes, sheet)]
    while isinstance(story[-1], Spacer):  # room that does not fit would be a page of its own
        story.pop()
    return story, space


def _poster(briefing: Briefing, sheet: Paper) -> tuple[list[Flowable], _MapSpace]:
    """Return the one page of the poster: title, below it the map, and the words beside it."""
    parts = sections(briefing)
    above = _title(briefing, parts, sheet, brief=True)
    tall = sheet.tall - sheet.high(above) - 1
    wide = 0.46 * sheet.across
    size = 1.0
    board = _brief_board(parts, sheet, wide)
    while True:
        beside_map = [board, sheet.gap(1), *_findings(parts, sheet, size)]
        if size < _SMALLEST or sheet.high(beside_map, wide) <= tall:
            break
        size -= 0.04
    gap = 1.5 * sheet.letters
    space = _MapSpace(sheet.across - wide - gap, tall, 0.88 * sheet.letters)
    words_ = KeepInFrame(wide, tall, beside_map, mode="shrink")
    row = Table([[space, words_]], colWidths=[space.width + gap, wide], style=SNUG)
    return [*above, row], space


def _brief_board(parts: Sections, sheet: Paper, width: float) -> Table:
    """Return the board in few and large words."""
    rows = []
    for target in parts.targets:
        line = target.line
        goal = [_("Threshold {threshold}").format(threshold=line.threshold)]
        if line.verdict is None:
            goal = [line.threshold]
        if line.short:
            goal.append(_("{n} short").format(n=line.short))
        verdict = [sheet.say(line.verdict_text, bold=True)] if line.verdict else []
        rows.append(
            [
                sheet.say(target.name, bold=True, most=_NAME),
                _counts(line, sheet, 1.3),
                _sign(line, sheet),
                [*verdict, sheet.say(" · ".join(goal), 0.8, colour=QUIET)],
            ]
        )
    heads = (_("Target"), _("Counted"), "", _("Verdict"))
    return sheet.table([_heads(sheet, heads), *rows], (56, 56, 8, 46), width=width, pad=0.25)


def _title(
    briefing: Briefing, parts: Sections, sheet: Paper, *, brief: bool = False
) -> list[Flowable]:
    """Return the title with the date and what the view was narrowed to."""
    title = sheet.say(briefing.title, 2.3 if brief else 1.9, bold=True, after=0.5, most=_NAME)
    *when, _version, _borders = briefing.facts
    view = list(parts.scope)
    if briefing.view.kinds or briefing.view.unit or briefing.view.statuses:
        view.append(_("the targets count the whole province, whatever the view shows"))
    view += filter(None, [parts.closed])
    if brief:
        return [title, sheet.say(" · ".join([*when, *view]), 0.9, colour=QUIET, after=1)]
    return [
        sheet.say(_("Briefing").upper(), 0.9, bold=True, colour=ACCENT, after=0.3),
        title,
        sheet.say(" · ".join(when), 1.15, bold=True, colour=QUIET, after=0.35),
        sheet.say(" · ".join(view), 0.9, colour=QUIET, after=1),
    ]


def _heads(sheet: Paper, heads: Sequence[str], right: Sequence[int] = ()) -> list[Paragraph]:
    """Return the heads of columns; some stand at the right, as their numbers do."""
    return [
        sheet.say(head, 0.82, colour=QUIET, align=TA_RIGHT * (k in right))
        for k, head in enumerate(heads)
    ]


def _board(parts: Sections, sheet: Paper) -> Table:
    """Return the board: a line a target, with the words of the plan and all notes."""
    heads = (_("Target"), _("Counted"), _("Threshold"), "", _("Verdict"), _("Short"))
    shares = (114, 44, 22, 7, 36, 12) if sheet.width > sheet.height else (76, 41, 21, 7, 28, 14)
    rows = [_board_row(target, target.line, sheet) for target in parts.targets]
    return sheet.table([_heads(sheet, heads, (5,)), *rows], shares)


def _board_row(target: TargetSection, line: Line, sheet: Paper) -> list[Any]:
    """Return a line of the board."""
    return [
        [
            sheet.say(target.name, bold=True, most=_NAME),
            sheet.say(line.text, 0.82, colour=QUIET, most=400),
            *(sheet.say(note, 0.82, most=300) for note in (*line.notes, *target.beside)),
        ],
        _counts(line, sheet),
        sheet.say(line.threshold, colour=INK if line.verdict else QUIET),
        _sign(line, sheet),
        sheet.say(line.verdict_text if line.verdict else "–", bold=line.verdict is not None),
        sheet.say(line.short or "–", 1.2, bold=bool(line.short), align=TA_RIGHT),
    ]


def _counts(line: Line, sheet: Paper, size: float = 1.15) -> list[Paragraph]:
    """Return what was counted, large, and the upper bound."""
    bounds = [sheet.say(line.bounds, 0.82, colour=QUIET)] if line.bounds else []
    return [sheet.say(line.counted, size, bold=True), *bounds]


def _sign(line: Line, sheet: Paper) -> Flowable | str:
    """Return the sign of a verdict; a target without threshold has none."""
    return _Sign(_VERDICTS[line.verdict], 1.5 * sheet.letters) if line.verdict else ""


def _findings(parts: Sections, sheet: Paper, size: float = 1.05) -> list[Flowable]:
    """Return the findings as sentences."""
    sentences = [sheet.say(sentence, size, after=0.5) for sentence in parts.findings]
    return [*_heading(sheet, parts.findings_title), *sentences, sheet.gap(0.8)]


def _not_on_the_map(briefing: Briefing, sheet: Paper) -> list[Flowable]:
    """Return the line that names the sites without a position, if there are any."""
    missing = unplaced(briefing.listed)
    if missing.empty:
        return []
    names = [tidy(name, 60) for name in missing["name_vi"][:_UNPLACED]]
    if len(missing) > _UNPLACED:
        names.append(_("and {n} more").format(n=number(len(missing) - _UNPLACED)))
    text = _("Not on the map, position not known ({n}): {names}").format(
        n=number(len(missing)), names="; ".join(names)
    )
    return [sheet.gap(0.4), sheet.say(text, 0.82, colour=QUIET)]


def _comparison(part: TableSection | None, sheet: Paper) -> list[Flowable]:
    """Return the targets at both dates, if two are compared."""
    if part is None:
        return []
    now, right = 2, (1, 2, 3)
    rows = [
        [
            sheet.say(text, bold=k == now, align=TA_RIGHT * (k in right))
            for k, text in enumerate(row)
        ]
        for row in part.rows
    ]
    *heads, verdict = part.head
    for row in rows:
        row.insert(-1, "")  # keeps what stands at the right from what stands at the left
    head = _heads(sheet, (*heads, "", verdict), right)
    table = sheet.table([head, *rows], (68, 34, 34, 14, 3, 44), pad=0.3)
    notes = [sheet.say(text, 0.82, colour=QUIET) for text in part.notes]
    return [*_together(sheet, [*_heading(sheet, part.title), table, *notes]), sheet.gap(1.4)]


def _heading(sheet: Paper, text: str) -> list[Flowable]:
    """Return the heading of a section, which never ends a page."""
    head = sheet.say(text, 1.35, bold=True, colour=ACCENT, after=0.7)
    return [CondPageBreak(9 * sheet.letters), head]


def _together(sheet: Paper, part: list[Flowable]) -> list[Flowable]:
    """Return what belongs together on one page, if a page has room for it and more."""
    tall = sheet.high(part)
    return [CondPageBreak(tall), *part] if tall < _KEPT * sheet.tall else part


def _sectors(briefing: Briefing, sheet: Paper) -> list[Flowable]:
    """Return the table of sectors, input by input, if the plan has a baseline year."""
    head, body = sectors(briefing)
    if not body:
        return []
    right = (2, 3, 4, 5)
    rows = [
        [sheet.say(text, align=TA_RIGHT * (k in right), most=_NAME) for k, text in enumerate(row)]
        for row in body
    ]
    table = sheet.table([_heads(sheet, head, right), *rows], (34, 44, 22, 22, 20, 17, 36))
    return [*_heading(sheet, _("Material and fuel by sector")), table, sheet.gap(1)]


# --- units -----------------------------------------------------------------------------------


def _units(briefing: Briefing, part: TableSection, sheet: Paper) -> list[Flowable]:
    """Return the table of units, best first, with the sum below; a bar tells it at a glance."""
    gaps, head = ranked(briefing), _heading(sheet, part.title)
    if gaps.empty:
        return [*head, sheet.say(part.empty)]
    moved = "moved" in gaps
    shares = (12, 44, 24, 20, 24, 26, 24, 22, *((16,) if moved else ()))
    rows = [_unit(row, briefing, sheet, moved=moved) for _code, row in gaps.iterrows()]
    if len(gaps) > 1:
        total = gaps[["yes", "sites", "unknown", "no", "open"]].sum()
        rows.append(_unit(total, briefing, sheet, moved=moved))
    table = sheet.table([_unit_heads(sheet, briefing.view.axis, moved=moved), *rows], shares)
    notes = [sheet.say(text, 0.82, colour=QUIET, after=0.3) for text in part.notes]
    return [*_together(sheet, [*head, table, sheet.gap(0.5), *notes]), sheet.gap(1)]


def _unit_heads(sheet: Paper, axis: str, *, moved: bool) -> list[Paragraph]:
    """Return the heads of the table of units; three of them explain the colours of the bars."""
    yes, unknown, no = (
        _swatch(word, SYMBOLS[axis][key].fill, sheet)
        for word, key in zip(words(axis), STATUS_OF[axis], strict=True)
    )
    rank, unit = _heads(sheet, (_("Rank"), _("Unit")))
    ratio, open_, empty, shift = _heads(
        sheet, (_("Share"), open_head(), "", _("Moved") if moved else ""), (0, 1, 3)
    )
    return [rank, unit, yes, ratio, unknown, no, open_, empty, *([shift] if moved else [])]


def _swatch(word: str, colour: str, sheet: Paper) -> Paragraph:
    """Return the head of a column with the colour of its part of the bar; white is a frame."""
    square, fill = ("□", QUIET) if colour == PAPER else ("■", colour)
    markup = f'<font color="{fill}">{square}</font> {escape(word)}'
    return sheet.paragraph(markup, 0.82, colour=QUIET, align=TA_RIGHT)


def _unit(row: pd.Series, briefing: Briefing, sheet: Paper, *, moved: bool) -> list[Any]:
    """Return the cells of a unit, or of the sum, which has no name."""
    whole, axis = "name" not in row, briefing.view.axis
    counts = zip((row["yes"], row["unknown"], row["no"]), STATUS_OF[axis], strict=True)
    parts = [(int(n), SYMBOLS[axis][key].fill) for n, key in counts]
    percent = share(row["yes"], row["sites"], briefing.result.goal) or NOTHING
    cells = [
        sheet.say("" if whole else rank_text(row["rank"])),
        sheet.say(_("Together") if whole else row["name"], bold=whole, most=_NAME),
        sheet.say(f"{number(row['yes'])}/{number(row['sites'])}", bold=True, align=TA_RIGHT),
        sheet.say(percent, bold=whole, align=TA_RIGHT),
        *(
            sheet.say(number(row[key]), bold=whole, align=TA_RIGHT)
            for key in ("unknown", "no", "open")
        ),
        _Bar(parts, 0.1 * sheet.across, sheet.letters),
    ]
    if moved:
        cells.append(sheet.say("" if whole else moved_text(row["moved"]), align=TA_RIGHT))
    return cells


# --- changes ---------------------------------------------------------------------------------


def _changes(briefing: Briefing, part: TableSection | None, sheet: Paper) -> list[Flowable]:
    """Return what changed since the day compared: how many, and the first of them by name."""
    if part is None:
        return []
    head = _heading(sheet, part.title)
    head += [sheet.say(note, 0.9, colour=QUIET, after=0.5) for note in part.notes]
    if not part.rows:
        return [*head, sheet.say(part.empty)]
    rows = [
        [*(sheet.say(word, 0.9) for word in names), sheet.say(n, bold=True, align=TA_RIGHT)]
        for *names, n in part.rows
    ]
    counted = sheet.table([_heads(sheet, part.head, (3,)), *rows], (38, 60, 60, 20), pad=0.2)
    return [*head, counted, sheet.gap(1.4), *_listed(briefing, sheet)]


def _listed(briefing: Briefing, sheet: Paper) -> list[Flowable]:
    """Return the sites that changed, with the records behind; of very many only the first."""
    changes = briefing.changes
    heads = (_("Name"), "", _("Before"), "", _("Now"), _("Evidence"))
    rows = [_change(row, sheet) for row in changes.head(_LISTED).itertuples(index=False)]
    heading = _heading(sheet, _("Sites whose status changed"))
    if len(changes) > _LISTED:
        text = _("The first {few} of {n} changes; the workbook (XLSX) lists all.")
        text = text.format(few=number(_LISTED), n=number(len(changes)))
        heading.append(sheet.say(text, 0.9, colour=QUIET, after=0.5))
    table = sheet.table([_heads(sheet, heads), *rows], (50, 6, 41, 6, 41, 32), pad=0.2)
    return [*heading, table]


def _change(row: Any, sheet: Paper) -> list[Any]:
    """Return the cells of one change."""
    states: list[Any] = []
    for key in (row.before, row.after):
        axis = "stage" if key.startswith(STAGE) else row.axis
        symbol = SYMBOLS[axis][key.removeprefix(STAGE)]
        states += [_Sign(symbol, 1.2 * sheet.letters), sheet.say(key_label(row.axis, key), 0.9)]
    evidence = "" if pd.isna(row.evidence) else row.evidence
    return [sheet.say(row.name, 0.9, most=_NAME), *states, sheet.say(evidence, 0.75, most=80)]
