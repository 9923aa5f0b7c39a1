"""The official periodic report, laid out as Decree 30/2020/NĐ-CP asks (A4, Times New Roman).

Figures are filled in; what only a person can know is a marked blank.
Not here: what the figures are (``briefing``), the wording all files share (``wording``).
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO

from docx import Document
from docx.document import Document as Doc
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.section import Section
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from geodata.core.progress import Listener, unheard
from geodata.core.text import LANGUAGE, _, day, number
from geodata.outputs.briefing.sections import Sections, TableSection, sections
from geodata.outputs.briefing.wording import (
    NAME,
    cumulative_label,
    in_words,
    marks,
    missing_text,
    open_results,
    plain,
    sectors,
)
from geodata.reading.briefing import Briefing, Line
from geodata.reading.findings import counted, open_text
from geodata.reading.labels import axis_label, kind_label, target_name
from geodata.reading.symbology import STATUSES
from geodata.register.sites import placed, uncertain
from geodata.rules.targets import UNKNOWN, Result

FONT = "Times New Roman"
BODY, LETTERHEAD, TABLE, RECIPIENTS, SMALL = Pt(14), Pt(13), Pt(12), Pt(11), Pt(8)
INDENT = Mm(10)
TEXT_WIDTH = 165  # mm between the margins
MAP_HEIGHT = Mm(150)
LISTED = 40  # sites named in a table; the workbook has all
_COUNTRY = "VN"

_LEFT, _CENTRE = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER


def render(briefing: Briefing, picture: bytes, listener: Listener = unheard) -> bytes:
    """Return the periodic report as a DOCX file.

    Parameters
    ----------
    briefing : Briefing
        What is reported; no figure comes from elsewhere.
    picture : bytes
        The map as a PNG; it is fitted to the page's width.
    listener : callable, optional
        Told of each step before it begins.
    """
    listener(0, _("Writing the report: situation, targets, units"))
    report = Document()
    _page(report, briefing)
    _letterhead(report)
    _subject(report, briefing)
    parts = sections(briefing)
    _situation(report, briefing, parts)
    _achievements(report, briefing, parts, picture)
    listener(0.6, _("Writing the report: difficulties, proposals, signature"))
    _difficulties(report, briefing)
    _proposals(report)
    _closing(report)
    out = BytesIO()
    report.save(out)
    return out.getvalue()


# --- page, styles, running lines -----------------------------------------------------------


def _page(report: Doc, briefing: Briefing) -> None:
    """Set paper, margins, type, language and the lines at the head and foot of pages."""
    paper = report.sections[0]
    paper.page_width, paper.page_height = Mm(210), Mm(297)
    paper.top_margin = paper.bottom_margin = Mm(20)
    paper.left_margin, paper.right_margin = Mm(30), Mm(15)
    paper.header_distance = paper.footer_distance = Mm(7)
    _type(report, "Normal", BODY)
    for style in ("Heading 1", "Heading 2"):
        _type(report, style, BODY, bold=True)
    _type(report, "Caption", TABLE, bold=True)
    _type(report, "Header", BODY)
    _type(report, "Footer", SMALL)
    _speak(report)
    _running_lines(paper, briefing)
    properties = report.core_properties
    properties.title = _short_title(briefing)
    properties.author = properties.comments = ""
    properties.language = f"{LANGUAGE}-{_COUNTRY}"
    properties.created = properties.modified = datetime.now(UTC)


def _type(report: Doc, name: str, size: Length, *, bold: bool = False) -> None:
    """Give a style the report's type; the template's own follows a theme, in colour."""
    style = report.styles[name]
    assert isinstance(style, ParagraphStyle)  # noqa: S101 - all named here are
    style.font.name, style.font.size, style.font.bold = FONT, size, bold
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
        fonts.attrib.pop(qn(f"w:{script}Theme"), None)
    fonts.attrib.pop(qn("w:cstheme"), None)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)


def _speak(report: Doc) -> None:
    """Say that the text is Vietnamese, so that no speller marks every word."""
    for language in report.styles.element.iter(qn("w:lang")):
        for script in ("val", "eastAsia"):
            language.set(qn(f"w:{script}"), f"{LANGUAGE}-{_COUNTRY}")


def _running_lines(paper: Section, briefing: Briefing) -> None:
    """Write the page number from page 2 on, and marks and facts on every page."""
    paper.different_first_page_header_footer = True
    for first in (True, False):
        head = paper.first_page_header if first else paper.header
        foot = paper.first_page_footer if first else paper.footer
        line = head.paragraphs[0]
        line.alignment = _CENTRE
        if not first:
            _page_number(line.add_run())
        if every := marks(briefing):
            line = line if first else head.add_paragraph()
            line.alignment = _CENTRE
            mark = line.add_run(" · ".join(every))
            mark.bold, mark.font.size = True, RECIPIENTS
        foot.paragraphs[0].add_run(plain(" · ".join(briefing.facts)))


def _page_number(run: Run) -> None:
    """Put the number of the page into a run."""
    for kind, tag in (("begin", "fldChar"), (None, "instrText"), ("end", "fldChar")):
        part = OxmlElement(f"w:{tag}")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = "PAGE"
        run._r.append(part)  # noqa: SLF001 - python-docx has no fields


# --- pieces --------------------------------------------------------------------------------


def _say(report: Doc, text: str = "", *, hang: str = "") -> Paragraph:
    """Add a paragraph of the body: justified, first line indented."""
    line = report.add_paragraph(hang + plain(text))
    line.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    line.paragraph_format.first_line_indent = INDENT
    line.paragraph_format.space_after = Pt(6)
    return line


def _head(report: Doc, text: str, level: int = 1) -> None:
    """Add a numbered heading of a section."""
    line = report.add_heading(text, level)
    line.paragraph_format.first_line_indent = INDENT
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(6)


def _blank(line: Paragraph, what: str, size: Length = BODY, *, bold: bool = False) -> None:
    """Add a place where a person must write, marked so that none is overlooked."""
    run = line.add_run(f"[… {what} …]")
    run.bold, run.font.size = bold, size
    run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _to_add(report: Doc, what: str) -> None:
    """Add a paragraph that a person must write."""
    _blank(_say(report, hang="- "), _("{what} – to be added").format(what=what))


def _centred(
    place: _Cell | Doc, text: str = "", size: Length = BODY, *, bold: bool = False
) -> Paragraph:
    """Add a centred line; the first of a cell takes the paragraph that is there."""
    fresh = isinstance(place, _Cell) and len(place.paragraphs) == 1 and not place.text
    line = place.paragraphs[0] if fresh else place.add_paragraph()
    line.alignment = _CENTRE
    if text:
        run = line.add_run(text)
        run.bold, run.font.size = bold, size
    return line


def _rule(place: _Cell | Doc, inset: float) -> None:
    """Draw a line that stays `inset` mm from either side: a paragraph's lower border."""
    line = place.add_paragraph()
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = Mm(inset)
    line.paragraph_format.line_spacing = Pt(3)
    line.paragraph_format.space_after = Pt(4)
    borders, lower = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        lower.set(qn(f"w:{name}"), value)
    borders.append(lower)
    line._p.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind")  # noqa: SLF001


def _grid(report: Doc, widths: Sequence[float], *, style: str | None = "Table Grid") -> Table:
    """Add a table of fixed columns (mm), still without rows."""
    table: Table = report.add_table(rows=0, cols=len(widths), style=style)
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return table


def _row(table: Table, widths: Sequence[float]) -> tuple[_Cell, ...]:
    """Add a row that is never torn between two pages."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001
    for cell, width in zip(row.cells, widths, strict=True):
        cell.width = Mm(width)
    return row.cells


def _table(
    report: Doc,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    left: Sequence[int],
) -> Table:
    """Add a table whose head is repeated on each page; columns not in `left` are centred."""
    table = _grid(report, widths)
    _fill(_row(table, widths), head, bold=True)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001
    for cells in rows:
        _fill(_row(table, widths), cells, left)
    report.add_paragraph().paragraph_format.line_spacing = Pt(6)
    return table


def _fill(
    cells: Sequence[_Cell], texts: Sequence[str], left: Sequence[int] = (), *, bold: bool = False
) -> None:
    """Write a row; lines of a cell are parted by a line break."""
    for n, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        line = cell.paragraphs[0]
        line.alignment = _LEFT if n in left else _CENTRE
        run = line.add_run("\n".join(plain(part) for part in text.split("\n")))
        run.bold, run.font.size = bold, TABLE


def _caption(report: Doc, text: str) -> None:
    """Name a table or a picture; it stays with what follows."""
    line = report.add_paragraph(plain(text), "Caption")
    line.alignment = _CENTRE
    line.paragraph_format.keep_with_next = True
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(4)


def _title_table(report: Doc, title: str) -> None:
    """Name a table; tables are numbered through the report."""
    of_tables = _("Table {n}. {title}")
    begin = of_tables.partition("{")[0]
    before = [p for p in report.paragraphs if p.style and p.style.name == "Caption"]
    n = 1 + sum(line.text.startswith(begin) for line in before)
    _caption(report, of_tables.format(n=n, title=title))


# --- the parts of the report ---------------------------------------------------------------


def _letterhead(report: Doc) -> None:
    """Write the issuing body on the left, the nation's name and motto on the right."""
    widths = (66, 99)
    table = _grid(report, widths, style=None)
    body, nation = _row(table, widths)
    _blank(_centred(body), _("SUPERIOR BODY"), TABLE)
    _blank(_centred(body), _("ISSUING BODY"), TABLE, bold=True)
    _rule(body, 21)
    _centred(nation, _("SOCIALIST REPUBLIC OF VIET NAM"), TABLE, bold=True)
    _centred(nation, _("Independence - Freedom - Happiness"), LETTERHEAD, bold=True)
    _rule(nation, 19.5)
    number_of, place = _row(table, widths)
    _centred(number_of, _("No.: …/BC-…"), LETTERHEAD)
    line = _centred(place)
    _blank(line, _("place"), LETTERHEAD)
    line.add_run(_(", day … month … year …"))
    for run in line.runs:
        run.italic, run.font.size = True, LETTERHEAD


def _short_title(briefing: Briefing) -> str:
    """Return what the report is about, in one line."""
    plan = briefing.plan
    return plain(
        _("Results of Plan No. {decision} dated {issued} of {issuer}").format(
            decision=plan.decision, issued=in_words(plan.issued), issuer=plan.issuer
        )
    )


def _subject(report: Doc, briefing: Briefing) -> None:
    """Write the kind of paper and what it is about."""
    title = _centred(report, _("REPORT"), bold=True)
    title.paragraph_format.space_before = Pt(18)
    _centred(report, _short_title(briefing), bold=True)
    _as_of, *known, _plan, _version, _borders = briefing.facts
    figures_to = _("(figures to {as_of})").format(as_of=day(briefing.view.as_of))
    _centred(report, figures_to, bold=True)
    for text in known:
        _centred(report, text)
    _rule(report, 55)


def _situation(report: Doc, briefing: Briefing, parts: Sections) -> None:
    """Write section I: the plan, the basis, the period, the cut-off date, the scope."""
    plan, view = briefing.plan, briefing.view
    _head(report, "I. " + _("General situation"))
    _say(
        report,
        _("Basis: Plan No. {decision} dated {issued} of {issuer}.").format(
            decision=plan.decision, issued=in_words(plan.issued), issuer=plan.issuer
        ),
        hang="- ",
    )
    _to_add(report, _("other papers the report is based on"))
    _say(
        report,
        _("Reporting period: from {start} to {end}; as-of date: {as_of}.").format(
            start=day(plan.window.start),
            end=day(min(plan.window.end, view.as_of)),
            as_of=day(view.as_of),
        ),
        hang="- ",
    )
    _as_of, *known, _plan, _version, _borders = briefing.facts
    for text in filter(None, (*(f"{words}." for words in known), parts.closed)):
        _say(report, text, hang="- ")
    scope = "; ".join(part[:1].lower() + part[1:] for part in parts.scope)
    _say(report, _("Scope of the figures: {said}.").format(said=scope), hang="- ")
    _say(
        report,
        _(
            "Only verified evidence (grade A or B) counts as a yes. What is unknown is counted "
            "apart and is neither reached nor not reached; the upper bound takes all of it in."
        ),
        hang="- ",
    )
    _to_add(report, _("direction and organisation of the work in the period"))


def _achievements(report: Doc, briefing: Briefing, parts: Sections, picture: bytes) -> None:
    """Write section II: the seven targets, the findings, the units, the map, what changed."""
    _head(report, "II. " + _("Results against the targets"))
    compared, units, changes = parts.comparison, parts.units, parts.changes
    head, rows = sectors(briefing)
    # Parts differ from report to report; their numbers run on.
    written: list[tuple[str, Callable[[], object]]] = [
        (_("The seven targets"), lambda: _board(report, briefing))
    ]
    if compared:
        widths = (55, 36, 36, 12, 26)
        written.append((compared.title, lambda: _part(report, compared, widths, (0,))))
    written.append((parts.findings_title, lambda: _findings(report, briefing, parts)))
    if rows:
        sizes = (25, 36, 22, 22, 18, 14, 28)
        title = _("Material and fuel by sector")
        written.append((title, lambda: _table(report, head, rows, sizes, (0, 1))))
    written += [
        (_("Unit by unit"), lambda: _part(report, units, _UNITS, (1,))),
        (_("Map"), lambda: _map(report, briefing, parts, picture)),
    ]
    if changes:
        columns = (30, 58, 58, 19)
        written.append((_("What changed"), lambda: _part(report, changes, columns, (0, 1, 2))))
    for n, (title, write) in enumerate(written, 1):
        _head(report, f"{n}. {title}", 2)
        write()


_UNITS = (15, 33, 14, 18, 18, 19, 16, 17, 15)  # mm, of the columns of the table of units


def _part(report: Doc, part: TableSection, widths: Sequence[float], left: Sequence[int]) -> None:
    """Write a part: its table, or that there is nothing in it, and what is said below."""
    if part.rows:
        _title_table(report, part.title)
        _table(report, part.head, part.rows, widths[: len(part.head)], left)
    else:
        _say(report, part.empty)
    for note in part.notes:
        _say(report, note)


def _board(report: Doc, briefing: Briefing) -> None:
    """Write the board as a table."""
    _title_table(report, _("The seven targets as of {d}").format(d=day(briefing.view.as_of)))
    head = (_("No."), _("Target"), _("Result"), _("Threshold"), _("Verdict"), _("Short"))
    rows = [_board_row(line) for line in briefing.board]
    _table(report, head, rows, (11, 52, 40, 22, 25, 15), left=(1,))


def _board_row(line: Line) -> tuple[str, ...]:
    """Return one target as a row of the table."""
    name = "\n".join([line.name, *line.notes])
    result = "\n".join(filter(None, [line.counted, line.bounds]))
    which = line.id.removeprefix("T")
    return which, name, result, line.threshold, line.verdict_text, line.short or "–"


def _findings(report: Doc, briefing: Briefing, parts: Sections) -> None:
    """Write the sentences that the figures carry, and what stands beside each share."""
    for sentence in parts.findings:
        _say(report, sentence, hang="- ")
    for target in parts.targets:
        result, sentences = target.result, target.beside
        if result.cumulative:
            of_all = counted(result.cumulative, result)
            sentences = (f"{cumulative_label(briefing)}: {of_all}.", *sentences)
        if sentences:
            _say(report, f"{target.line.name}: " + " ".join(sentences), hang="- ")
        _kinds(report, result)
    _to_add(report, _("what was done for each target"))


def _kinds(report: Doc, result: Result) -> None:
    """Write how the kinds of sites stand on their own."""
    parts = [p for p in result.breakdown if p.count.total is not None and result.target.kinds]
    sentences = [f"{kind_label(p.code).lower()} {counted(p.count, result)}" for p in parts]
    if sentences:
        _say(report, _("Kind by kind: {said}.").format(said="; ".join(sentences)), hang="+ ")


def _map(report: Doc, briefing: Briefing, parts: Sections, picture: bytes) -> None:
    """Put the map in, with words for those who do not see it."""
    line = _centred(report)
    line.paragraph_format.keep_with_next = True
    drawn = line.add_run().add_picture(BytesIO(picture))
    scale = min(Mm(TEXT_WIDTH) / drawn.width, MAP_HEIGHT / drawn.height)
    drawn.width, drawn.height = Length(drawn.width * scale), Length(drawn.height * scale)
    drawn._inline.docPr.set("descr", parts.map)  # noqa: SLF001 - no API for it
    view = briefing.view
    title = _("Figure 1. Map of {axis} as of {as_of}").format(
        axis=axis_label(view.axis).lower(), as_of=day(view.as_of)
    )
    _caption(report, title)
    report.paragraphs[-1].paragraph_format.keep_with_next = False
    if parts.no_site:
        _say(report, parts.no_site)


def _difficulties(report: Doc, briefing: Briefing) -> None:
    """Write section III: what is not known, in figures; the reasons are for a person."""
    _head(report, "III. " + _("Difficulties and limits"))
    _head(report, "1. " + _("What is not known yet"), 2)
    for text, n in _gaps_in_data(briefing):
        _say(report, f"{text}: {number(n)}.", hang="- ")
    for result in open_results(briefing):
        _open(report, briefing, result)
    for line in briefing.board:
        if line.verdict in {"undetermined", "undefined"}:
            _say(report, f"{line.name}: {line.verdict_text.lower()}.", hang="- ")
    _head(report, "2. " + _("Reasons"), 2)
    _to_add(report, _("difficulties, limits and their reasons"))


def _gaps_in_data(briefing: Briefing) -> Iterator[tuple[str, int]]:
    """Yield what is unknown of the sites in view, with how many."""
    view, sites = briefing.view, briefing.sites
    rows = {row["key"]: row for group in briefing.legend["groups"] for row in group["rows"]}
    for key in reversed(STATUSES[view.axis]):
        if key in UNKNOWN[view.axis] and (rows[key]["count"] or key == "no-data"):
            label = _("Sites with the status “{status}” ({axis})").format(
                status=rows[key]["label"], axis=axis_label(view.axis).lower()
            )
            yield label, rows[key]["count"]
    on_map = placed(sites)
    yield _("Sites not on the map for want of a position"), int((~on_map).sum())
    vague = _("Sites whose position is known only to the commune")
    yield vague, int((uncertain(sites) & on_map).sum())


def _open(report: Doc, briefing: Briefing, result: Result) -> None:
    """Write which sites may count for a target or not, and what is missing to say so."""
    count = result.count
    assert count  # noqa: S101 - asked only of results that have one
    name = target_name(result.target.id)
    _say(report, f"{name}: {open_text(count)}.", hang="- ")
    listed = result.open.head(LISTED)
    if listed.empty:
        return
    _title_table(report, _("{target}: not known whether in the denominator").format(target=name))
    named = briefing.register[["name_vi", "kind"]].reindex(listed.index)
    rows = [
        (plain(name, NAME), kind_label(kind), missing_text(missing))
        for name, kind, missing in zip(
            named["name_vi"], named["kind"], listed["missing"], strict=True
        )
    ]
    _table(report, (_("Name"), _("Kind"), _("What is missing")), rows, (62, 33, 70), (0, 1, 2))
    if more := count.open - len(listed):
        _say(report, _("Not listed: {n} sites.").format(n=number(more)))


def _proposals(report: Doc) -> None:
    """Write section IV, which is a person's."""
    _head(report, "IV. " + _("Proposals and next tasks"))
    for n, (title, what) in enumerate(
        [
            (_("Next tasks"), _("tasks, who does them, by when")),
            (_("Proposals"), _("proposals to the superior body and other agencies")),
        ],
        1,
    ):
        _head(report, f"{n}. {title}", 2)
        _to_add(report, what)


def _closing(report: Doc) -> None:
    """Write the recipients on the left, the signature on the right."""
    report.add_paragraph()
    for line in report.paragraphs[-3:]:  # a signature never stands on a page of its own
        line.paragraph_format.keep_with_next = True
    widths = (75, 90)
    recipients, signature = _row(_grid(report, widths, style=None), widths)
    head = recipients.paragraphs[0].add_run(_("Recipients:"))
    head.bold = head.italic = True
    head.font.size = TABLE
    for start, what in (
        ("- ", _("recipient")),
        ("- ", _("recipient")),
        (_("- Filed: VT, "), _("drafting unit")),
    ):
        line = recipients.add_paragraph()
        line.add_run(start).font.size = RECIPIENTS
        _blank(line, what, RECIPIENTS)
    _blank(_centred(signature), _("AUTHORITY, POSITION OF THE SIGNATORY"), bold=True)
    seal = _centred(signature, _("(signature and seal)"))
    seal.runs[0].italic = True
    seal.paragraph_format.space_after = Pt(48)
    _blank(_centred(signature), _("full name"), bold=True)
