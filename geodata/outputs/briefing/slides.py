"""The briefing as slides, 16:9, one idea a slide, in type legible from the back of a room.

Tables and charts are native, so that they can be edited. Not here: what the figures are
(``reading.briefing``), what all files say (``sections``), or how the map is drawn.
"""

import math
import unicodedata
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, TypeAlias

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Inches, Pt

from geodata.core.progress import Listener, unheard
from geodata.core.text import LANGUAGE, _, day, number
from geodata.outputs.briefing.sections import Sections, TableSection, TargetSection, sections
from geodata.outputs.briefing.wording import (
    NAME,
    NOTHING,
    STATUS_OF,
    axis_name,
    axis_of,
    marks,
    not_named,
    plain,
    sectors,
    sectors_remark,
    transitions,
    words,
)
from geodata.outputs.fonts import OFFICE
from geodata.reading.briefing import Briefing
from geodata.reading.findings import counted, findings
from geodata.reading.labels import axis_label, key_label, kind_label
from geodata.reading.symbology import SYMBOLS
from geodata.reading.tokens import ACCENT, COLOURS, INK, PAPER
from geodata.rules.targets import YES, Count, Result

TITLE, LONG_TITLE, HUGE, BODY, FOOT = 28, 22, 54, 18, 12  # points
LEGEND = 14  # of a chart, so that its three terms stand on one line
WIDTH, HEIGHT, SIDE = 13.333, 7.5, 0.5  # inches
TOP, BOTTOM = 1.3, 6.95  # between these lies what a slide says
ACROSS, TALL = WIDTH - 2 * SIDE, BOTTOM - TOP
LINE = 1.22  # height of a line of text, in its type size
HEAD = 4  # lines that the head of a table may take
SHARES = ("T3", "T5", "T6")
UNSETTLED = COLOURS["line"].light

# What python-pptx hands out; it types itself only in part, and not always truly.
Deck: TypeAlias = Any
Slide: TypeAlias = Any
Cell: TypeAlias = Any
Frame: TypeAlias = Any

# Told by shape and word, never by colour; all four shapes are in Arial.
SHAPES = {"met": "●", "not-met": "■", "undetermined": "◊", "undefined": "○", None: "–"}


def render(briefing: Briefing, picture: bytes, listener: Listener = unheard) -> bytes:
    """Return the briefing as a PPTX file.

    Parameters
    ----------
    briefing : Briefing
        What is shown; no figure comes from elsewhere.
    picture : bytes
        The map as a PNG; it is fitted to its slide.
    listener : callable, optional
        Told of each step before it begins.
    """
    listener(0, _("Laying out the slides: board, map, targets"))
    talk = _Talk(_empty_deck(briefing), briefing, sections(briefing))
    _title(talk)
    _board(talk)
    _comparison(talk)
    _map(talk, picture)
    for target in talk.parts.targets:
        if target.line.id in SHARES:
            _target(talk, target)
    listener(0.5, _("Laying out the slides: units, findings, changes"))
    _sectors(talk)
    _ranking(talk)
    _findings(talk)
    _changes(talk)
    _method(talk)
    _speak(talk.deck)
    out = BytesIO()
    talk.deck.save(out)
    return out.getvalue()


# --- how much room text takes --------------------------------------------------------------


def extent(text: str) -> float:
    """Return about how wide a text is, in its type size; rather more than less."""
    return sum(map(_em, text))


def _em(char: str) -> float:
    """Return about how wide a letter of Arial is."""
    if unicodedata.combining(char):
        return 0.0
    if unicodedata.east_asian_width(char) in "WF":
        return 1.0
    if char in "iíìỉĩịjl.,;:|' ()[]ftr-/":
        return 0.33
    return 0.75 if char.isupper() or char in "mwMW%@&" else 0.56


def lines_of(text: str, width: float, size: float) -> int:
    """Return on about how many lines a text is set, `width` in inches and `size` in points."""
    a_line = width * 72 / size
    lines, used = 1, 0.0
    for word in text.split(" "):
        needs = extent(word)
        if used and used + 0.33 + needs > a_line:
            lines, used = lines + 1, 0.0
        lines += int(needs // a_line)  # a word longer than a line is broken anywhere
        used += needs % a_line + (0.33 if used else 0)
    return lines


def cut(text: str, width: float, size: float, lines: int) -> str:
    """Return a text that takes no more than so many lines, its end given as ``…``."""
    text = plain(text)
    if lines_of(text, width, size) <= lines:
        return text
    room = (width * 72 / size) * lines
    while text and (extent(text) > room - 1 or lines_of(text + "…", width, size) > lines):
        text = text[:-1]
    return text.rstrip() + "…"


# --- the deck ------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Talk:
    """A deck in the making, and what it tells."""

    deck: Deck
    briefing: Briefing
    parts: Sections

    def slide(self, title: str) -> Slide:
        """Add a slide with its title, footer, number and, if need be, marks."""
        layout = self.deck.slide_layouts[0]
        slide = self.deck.slides.add_slide(layout)
        slide.shapes.title.text = text = cut(title, ACROSS, TITLE, 2)
        if lines_of(text, ACROSS, TITLE) > 1:  # two lines have to be smaller to stay below marks
            slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size = Pt(LONG_TITLE)
        # Footers stand on a slide only if copied from its layout, number field and all.
        for shape in layout.placeholders:
            if shape.placeholder_format.type in (PP_PLACEHOLDER.FOOTER, _NUMBER):
                slide.shapes._spTree.append(deepcopy(shape._element))  # noqa: SLF001
        foot = next(p for p in slide.placeholders if p.placeholder_format.type == _FOOTER)
        foot.text_frame.text = cut(" · ".join(self.briefing.facts), ACROSS - 1.2, FOOT, 2)
        if every := marks(self.briefing):
            _band(slide, " · ".join(every))
        return slide


_FOOTER, _NUMBER = PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER


def _empty_deck(briefing: Briefing) -> Deck:
    """Return a deck without slides: 16:9, one layout, our type and colour."""
    deck: Deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    for layout in list(deck.slide_layouts):
        if layout.name != "Title Only":
            deck.slide_layouts.remove(layout)
    _theme(deck)
    _placeholders(deck)
    properties = deck.core_properties
    properties.title, properties.author = plain(briefing.title), ""
    properties.language = f"{LANGUAGE}-VN"
    properties.created = properties.modified = datetime.now(UTC)
    return deck


def _theme(deck: Deck) -> None:
    """Put our type and accent into the theme, so that what is added later has them too."""
    theme = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    blob = theme.blob.replace(b'typeface="Calibri"', f'typeface="{OFFICE}"'.encode())
    for old, new in ((b"4F81BD", ACCENT), (b"1F497D", INK)):
        blob = blob.replace(old, new.removeprefix("#").upper().encode())
    theme.blob = blob


def _placeholders(deck: Deck) -> None:
    """Place title, footer and number on the master, for 16:9; the date is in the footer."""
    master = deck.slide_master
    places = {
        PP_PLACEHOLDER.TITLE: (SIDE, 0.45, ACROSS, 0.8),
        PP_PLACEHOLDER.BODY: (SIDE, TOP, ACROSS, TALL),
        _FOOTER: (SIDE, 7.0, ACROSS - 1, 0.44),
        _NUMBER: (WIDTH - SIDE - 0.9, 7.0, 0.9, 0.44),
    }
    for holder in (*master.placeholders, *deck.slide_layouts[0].placeholders):
        place = places.get(holder.placeholder_format.type)
        if place is None:
            holder._element.getparent().remove(holder._element)  # noqa: SLF001
            continue
        holder.left, holder.top, holder.width, holder.height = map(Inches, place)
        if holder.placeholder_format.type in (_FOOTER, _NUMBER):
            left = holder.placeholder_format.type == _FOOTER
            _align(holder.text_frame, "l" if left else "r")
        holder.text_frame.margin_left = holder.text_frame.margin_right = 0
    _styles(deck)


def _align(frame: Frame, align: str) -> None:
    """Align what will stand in a placeholder, and give it the small type of footers."""
    for level in frame._txBody.iter(qn("a:lvl1pPr")):  # noqa: SLF001 - no API for list styles
        level.set("algn", align)
        for run in level.iter(qn("a:defRPr")):
            run.set("sz", str(FOOT * 100))
            for colour in run.iter(qn("a:schemeClr")):
                colour.set("val", "tx2")
                for tint in list(colour):
                    colour.remove(tint)


def _styles(deck: Deck) -> None:
    """Set titles in bold accent, on the left."""
    style = deck.slide_master._element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")  # noqa: SLF001
    style.set("algn", "l")
    run = style.find(qn("a:defRPr"))
    run.set("sz", str(TITLE * 100))
    run.set("b", "1")
    for colour in run.iter(qn("a:schemeClr")):
        colour.set("val", "accent1")


def _speak(deck: Deck) -> None:
    """Say that the text is Vietnamese, so that no speller marks every word."""
    for slide in deck.slides:
        for properties in slide._element.iter(qn("a:rPr")):  # noqa: SLF001
            properties.set("lang", f"{LANGUAGE}-VN")


def _colour(code: str) -> RGBColor:
    return RGBColor(*bytes.fromhex(code.removeprefix("#")))  # type: ignore[no-untyped-call]


def _band(slide: Slide, text: str) -> None:
    """Write the marks across the top, where nothing can lie over them; many are small."""
    size = BODY if lines_of(text, ACROSS, BODY) == 1 else FOOT
    band = slide.shapes.add_textbox(0, 0, Inches(WIDTH), Inches(0.42))
    band.fill.solid()
    band.fill.fore_color.rgb = _colour(INK)
    band.text_frame.auto_size = MSO_AUTO_SIZE.NONE
    band.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    _put(band.text_frame, [(cut(text, ACROSS, size, 2), size, True, PAPER)], PP_ALIGN.CENTER)


_Paragraph = tuple[str, float, bool, str]  # text, size, bold, colour


def _put(frame: Frame, paragraphs: Iterable[_Paragraph], align: PP_ALIGN = PP_ALIGN.LEFT) -> None:
    """Write paragraphs into a frame."""
    frame.word_wrap = True
    frame.margin_top = frame.margin_bottom = 0
    for n, (text, size, bold, colour) in enumerate(paragraphs):
        line = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        line.alignment = align
        line.space_after = Pt(6 if align == PP_ALIGN.LEFT else 0)
        run = line.add_run()
        run.text = text
        run.font.size, run.font.bold = Pt(size), bold
        run.font.color.rgb = _colour(colour)


def _text(
    slide: Slide, box: tuple[float, float, float, float], paragraphs: Iterable[_Paragraph]
) -> None:
    """Add paragraphs at left, top, width, height in inches."""
    frame = slide.shapes.add_textbox(*map(Inches, box)).text_frame
    frame.margin_left = frame.margin_right = 0
    _put(frame, paragraphs)


def _body(texts: Iterable[str], size: float = BODY) -> list[_Paragraph]:
    """Return texts as paragraphs of the body."""
    return [(plain(text), size, False, INK) for text in texts]


def _height(texts: Iterable[str], width: float, size: float = BODY) -> float:
    """Return about how high paragraphs are, in inches."""
    return sum(lines_of(plain(t), width, size) * size * LINE + 6 for t in texts) / 72


# --- tables --------------------------------------------------------------------------------

_PAD = 0.08  # inches beside and above the text of a cell


def _table(
    slide: Slide,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    *,
    top: float = TOP,
    left: Sequence[int] = (0,),
) -> None:
    """Add a native table; columns not in `left` are centred. Its head may take more lines."""
    shape = slide.shapes.add_table(
        len(rows) + 1, len(head), Inches(SIDE), Inches(top), Inches(sum(widths)), Inches(0.4)
    )
    table = shape.table
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Inches(width)
    for n, texts in enumerate([head, *rows]):
        lines = 2 if n else HEAD
        shown = [cut(t, w - 2 * _PAD, BODY, lines) for t, w in zip(texts, widths, strict=True)]
        table.rows[n].height = Inches(row_height(shown, widths, lines))
        for k, text in enumerate(shown):
            _cell(table.cell(n, k), text, PP_ALIGN.LEFT if k in left else PP_ALIGN.CENTER, n)


def row_height(texts: Sequence[str], widths: Sequence[float], most: int = 2) -> float:
    """Return about how high a row of a table of at most so many lines is, in inches."""
    pairs = zip(texts, widths, strict=True)
    lines = max(min(most, lines_of(plain(t), w - 2 * _PAD, BODY)) for t, w in pairs)
    return lines * BODY * LINE / 72 + 2 * _PAD * 0.6


def _cell(cell: Cell, text: str, align: PP_ALIGN, row: int) -> None:
    """Write one cell: white on accent in the head, ink on paper below."""
    cell.margin_left = cell.margin_right = Inches(_PAD)
    cell.margin_top = cell.margin_bottom = Inches(_PAD * 0.6)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    line = cell.text_frame.paragraphs[0]
    line.alignment = align
    run = line.add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(BODY), row == 0
    run.font.color.rgb = _colour(INK if row else PAPER)


def _pages(
    rows: Sequence[Sequence[str]], head: Sequence[str], widths: Sequence[float], room: float
) -> list[Sequence[Sequence[str]]]:
    """Return rows parted into slides of about equal length, each with room for its head."""
    heights = [row_height(row, widths) for row in rows]
    usable = room - row_height(head, widths, HEAD)
    pages = max(1, math.ceil(sum(heights) / usable), math.ceil(len(rows) * 0.42 / usable))
    each = math.ceil(len(rows) / pages) if rows else 0
    while each > 1 and any(sum(heights[n : n + each]) > usable for n in range(0, len(rows), each)):
        each -= 1
    return [rows[n : n + each] for n in range(0, len(rows), each)] if rows else []


def _of(title: str, n: int, total: int) -> str:
    """Return the title of one of several slides."""
    return title if total == 1 else f"{title} ({n}/{total})"


# --- the slides ----------------------------------------------------------------------------


def _title(talk: _Talk) -> None:
    """Say what this is: plan, date, data version, and what the view was narrowed to."""
    briefing = talk.briefing
    as_of, *known, plan, version, _borders = briefing.facts
    slide = talk.slide(briefing.title)
    head = [(plain(plan), 32.0, True, INK), (plain(as_of), 32.0, True, ACCENT)]
    head += [(cut(text, ACROSS, 20, 1), 20.0, False, INK) for text in known]
    if briefing.compared_to:
        earlier = _("Compared with {earlier}").format(earlier=day(briefing.compared_to))
        head.append((earlier, 24.0, False, INK))
    _text(slide, (SIDE, 1.9, ACROSS, 2.0), head)
    axis, unit, *more = talk.parts.scope
    texts = filter(None, (version, f"{axis} · {unit}", *more, talk.parts.closed))
    _text(slide, (SIDE, 4.2, ACROSS, 2.75), _body(cut(text, ACROSS, BODY, 2) for text in texts))


def _board(talk: _Talk) -> None:
    """Show the seven targets as a table."""
    slide = talk.slide(_("The seven targets"))
    head = (
        _("Target"),
        _("Result"),
        _("At most"),
        _("Membership not known"),
        _("Threshold"),
        _("Verdict"),
        _("Short"),
    )
    rows = [_board_row(target) for target in talk.parts.targets]
    _table(slide, head, rows, (3.95, 1.85, 1.3, 1.3, 1.2, 1.9, 0.83), top=TOP - 0.1)


def _board_row(target: TargetSection) -> tuple[str, ...]:
    """Return one target as a row."""
    line, count = target.line, target.result.count
    verdict = f"{SHAPES[line.verdict]} {line.verdict_text}"
    more = number(count.open) if count and count.open else NOTHING
    goal = NOTHING if line.verdict is None else line.threshold  # the verdict says there is none
    return target.name, line.counted, _most(count), more, goal, verdict, line.short or NOTHING


def _most(count: Count | None) -> str:
    """Return the upper bound of a count that has one."""
    if not count or not count.unknown:
        return "–"
    return number(count.most) + ("" if count.total is None else f"/{number(count.total)}")


def _comparison(talk: _Talk) -> None:
    """Show the targets at both dates, if two are compared."""
    if part := talk.parts.comparison:
        slide = talk.slide(part.title)
        _table(slide, part.head, part.rows, (4.9, 2.2, 2.2, 0.8, 2.2))
        _below(slide, *part.notes)


def _map(talk: _Talk, picture: bytes) -> None:
    """Show the map, with words for those who do not see it."""
    view = talk.briefing.view
    slide = talk.slide(_("Map – {axis}").format(axis=axis_label(view.axis)))
    drawn = slide.shapes.add_picture(BytesIO(picture), 0, 0)
    note = talk.parts.no_site or talk.parts.closed
    tall = TALL - (0.4 if note else 0)
    scale = min(Inches(ACROSS) / drawn.width, Inches(tall) / drawn.height)
    drawn.width, drawn.height = int(drawn.width * scale), int(drawn.height * scale)
    drawn.left = (Inches(WIDTH) - drawn.width) // 2
    drawn.top = Inches(TOP)
    _describe(drawn, talk.parts.map)
    _below(slide, note)


def _describe(shape: Any, text: str) -> None:
    """Say in words what a picture or chart shows."""
    shape._element.xpath("./*/p:cNvPr")[0].set("descr", text)  # noqa: SLF001 - no API for it


def _target(talk: _Talk, target: TargetSection) -> None:
    """Show one share: the figure, the verdict, the chart, and the sentence that says it."""
    briefing, line, result = talk.briefing, target.line, target.result
    slide = talk.slide(target.name)
    sentences = [
        *findings((result,), briefing.plan, briefing.view.as_of),
        *target.beside,
        *line.notes,
    ]
    sentences += _open_units(briefing, result)
    if unnamed := not_named(result):
        sentences.append(f"{unnamed}.")
    high = min(_height(sentences, ACROSS), 3.05)  # the figure and the chart need the rest
    verdict = f"{SHAPES[line.verdict]} {line.verdict_text}"
    threshold = _("Threshold {threshold}").format(threshold=line.threshold)
    figure, _space, percent = line.counted.partition(" ")
    head: list[_Paragraph] = [
        (figure, HUGE if lines_of(figure, 4.3, HUGE) == 1 else 36, True, ACCENT),
        (percent.strip("()") or "–", 36, True, ACCENT),
        (verdict, 24, True, INK),
        (threshold, BODY, False, INK),
    ]
    _text(slide, (SIDE, TOP, 4.3, TALL - high), head)
    rows = _bars(briefing, result)
    if not rows:
        _text(
            slide,
            (4.9, TOP + 0.1, WIDTH - SIDE - 4.9, TALL - 0.1),
            _body([_("The denominator is empty."), *sentences], 24),
        )
        return
    _chart(slide, rows, axis_of(result), (4.5, TOP, WIDTH - SIDE - 4.5, TALL - high - 0.1))
    _text(slide, (SIDE, BOTTOM - high, ACROSS, high), _body(sentences))


def _open_units(briefing: Briefing, result: Result) -> list[str]:
    """Name the districts that are not yet among the yes, where the view knows their names."""
    names = briefing.units["name"]
    status = result.counted["status"]
    still = status[(~status.isin(YES[axis_of(result)])).to_numpy()]
    if result.target.unit != "district" or not still.index.isin(names.index).all():
        return []
    grouped = still.groupby(still, sort=False)
    return [
        cut(
            f"{key_label('outreach', str(key))}: {', '.join(names.loc[which.index])}",
            ACROSS,
            18,
            2,
        )
        for key, which in grouped
    ]


def _bars(briefing: Briefing, result: Result) -> list[tuple[str, Count]]:
    """Return what the chart of a share compares: kinds, all together, and since earlier."""
    rows = [(kind_label(part.code), part.count) for part in result.breakdown]
    if result.count:
        rows.append((_("All together"), result.count))
    if result.cumulative:
        since = _("Since {start}").format(start=day(briefing.plan.cumulative_since))
        rows.append((since, result.cumulative))
    return [(f"{name}: {counted(count, result)}", count) for name, count in rows if count.total]


def _chart(
    slide: Slide,
    rows: Sequence[tuple[str, Count]],
    axis: str,
    box: tuple[float, float, float, float],
) -> None:
    """Add a native chart of yes, unknown and no; bars are shares, labels are counts.

    Categories are official terms, never names of sites: a chart's data is a worksheet, where
    a name could be read as a formula.
    """
    data: Any = CategoryChartData(number_format="0")  # type: ignore[no-untyped-call]
    data.categories = [name for name, _count in rows]
    yes, unknown, no = words(axis)
    data.add_series(yes, [count.yes for _name, count in rows])
    data.add_series(unknown, [count.unknown for _name, count in rows])
    data.add_series(no, [(count.total or 0) - count.most for _name, count in rows])
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_STACKED_100, *map(Inches, box), data)
    _describe(frame, "; ".join(name for name, _count in rows))
    chart = frame.chart
    chart.font.size, chart.font.name = Pt(BODY), OFFICE
    chart.font.color.rgb = _colour(INK)
    chart.has_title = False
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.legend.font.size = Pt(LEGEND)
    chart.category_axis.reverse_order = True  # else the first row is the lowest
    chart.category_axis.format.line.fill.background()
    _name_every(chart.category_axis)
    chart.value_axis.has_major_gridlines = False
    chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    chart.value_axis.format.line.fill.background()
    chart.plots[0].gap_width = 45 if len(rows) > 1 else 180
    done, _unknown, not_done = (SYMBOLS[axis][status].fill for status in STATUS_OF[axis])
    fills = ((done, PAPER), (UNSETTLED, INK), (not_done, PAPER))
    for series, (fill, ink) in zip(chart.plots[0].series, fills, strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = _colour(fill)
        labels = series.data_labels
        labels.show_value = True
        labels.number_format, labels.number_format_is_linked = "#,##0;;;", False  # no label for 0
        labels.font.size, labels.font.bold = Pt(BODY), True
        labels.font.color.rgb = _colour(ink)


def _name_every(axis: Any) -> None:
    """Keep programs from leaving names of bars out where they are close."""
    skip = OxmlElement("c:tickLblSkip")
    skip.set("val", "1")
    axis._element.find(qn("c:noMultiLvlLbl")).addprevious(skip)  # noqa: SLF001 - no API for it


def _sectors(talk: _Talk) -> None:
    """Show the sectors, on as many slides as they need; on none without a baseline year."""
    head, rows = sectors(talk.briefing, remarks=False)
    if not rows:
        return
    widths = (2.3, 2.9, 1.45, 1.45, 1.3, 0.9, 2.03)
    title, remark = _("Material and fuel by sector"), sectors_remark(talk.briefing)
    _paged(talk, TableSection(title, head, tuple(rows), notes=(remark,)), widths, (0, 1), 0.35)


def _paged(
    talk: _Talk, part: TableSection, widths: Sequence[float], left: Sequence[int], below: float
) -> None:
    """Show a table on as many slides as it needs, with its notes in so many inches below."""
    pages = _pages(part.rows, part.head, widths, TALL - below - 0.1)
    note = cut(" ".join(part.notes), ACROSS, BODY, 2)
    for n, page in enumerate(pages, 1):
        slide = talk.slide(_of(part.title, n, len(pages)))
        _table(slide, part.head, page, widths, left=left)
        _below(slide, note, high=below)


def _ranking(talk: _Talk) -> None:
    """Show the units by rank, on as many slides as they need."""
    part = talk.parts.units
    if not part.rows:
        _text(talk.slide(part.title), (SIDE, TOP, ACROSS, 1), _body([part.empty], 24))
        return
    widths = (0.85, 2.65, 0.95, 1.4, 1.5, 1.5, 1.15, 1.35, 0.95)[: len(part.head)]
    _paged(talk, part, widths, (1,), 0.65)


def _findings(talk: _Talk) -> None:
    """Say the findings, on as many slides as they need."""
    sentences = talk.parts.findings
    size = 24 if _height(sentences, ACROSS, 24) < TALL - 0.2 else 20
    pages: list[list[str]] = [[]]
    for sentence in sentences:
        if pages[-1] and _height([*pages[-1], sentence], ACROSS, size) > TALL - 0.2:
            pages.append([])
        pages[-1].append(sentence)
    for n, page in enumerate(pages, 1):
        slide = talk.slide(_of(talk.parts.findings_title, n, len(pages)))
        _text(slide, (SIDE, TOP + 0.1, ACROSS, TALL - 0.1), _body(page, size))


def _changes(talk: _Talk) -> None:
    """Show which statuses changed since the date compared, then which sites, by what evidence."""
    briefing, part = talk.briefing, talk.parts.changes
    if part is None or briefing.compared_to is None:
        return
    title = _("Changes since {earlier}").format(earlier=day(briefing.compared_to))
    if not part.rows:
        _text(talk.slide(title), (SIDE, TOP, ACROSS, 1), _body([part.empty], 24))
        return
    fitting = _listed(talk, title, part.head, part.rows, (2.2, 4.45, 4.45, 1.2))
    _more(talk, sum(n for *_words, n in transitions(briefing)[fitting:]))
    _more(talk, len(briefing.changes) - _changed_sites(talk, title), *part.notes)


def _changed_sites(talk: _Talk, title: str) -> int:
    """Name the first sites that changed, with the records that decided; return how many."""
    columns = ("name", "axis", "before", "after", "evidence")
    rows = [
        (
            plain(name, NAME),
            f"{axis_name(axis, after)}: {key_label(axis, before)} → {key_label(axis, after)}",
            plain(evidence, NAME) if isinstance(evidence, str) else "–",
        )
        for name, axis, before, after, evidence in zip(
            *(talk.briefing.changes[column] for column in columns), strict=True
        )
    ]
    head = (_("Name"), _("Change"), _("Evidence"))
    return _listed(talk, _("{title}: sites").format(title=title), head, rows, (3.9, 5.6, 2.8))


def _listed(
    talk: _Talk,
    title: str,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
) -> int:
    """Add a slide with the rows that fit on it, as a table; return how many."""
    room, fitting = TALL - 0.45 - row_height(head, widths, HEAD), 0
    while fitting < len(rows) and room >= (high := row_height(rows[fitting], widths)):
        room, fitting = room - high, fitting + 1
    _table(talk.slide(title), head, rows[:fitting], widths, left=(0, 1, 2))
    return fitting


def _more(talk: _Talk, n: int, *notes: str) -> None:
    """Say on the last slide how many changes are not on it, and where they are."""
    rest = _("… and {n} more; the XLSX file lists them all.").format(n=number(n)) if n else ""
    _below(talk.deck.slides[len(talk.deck.slides) - 1], rest, *notes)


def _below(slide: Slide, *notes: str, high: float = 0.35) -> None:
    """Say something in the last inches of a slide, if there is anything to say."""
    if text := " ".join(filter(None, notes)):
        _text(slide, (SIDE, BOTTOM - high, ACROSS, high), _body([text]))


def _method(talk: _Talk) -> None:
    """Say how it was counted and where it comes from."""
    sources = (
        _("The sites and their evidence are invented.")
        if talk.briefing.simulated
        else _("Sites and evidence: the register, each record with its source.")
    )
    sentences = [
        _("Only verified evidence (grade A or B) counts as a yes."),
        _("Unknown is neither yes nor no: it is counted apart and only raises the upper bound."),
        _("Shares are x/N first; no share is rounded onto or across its threshold."),
        _("What may belong to the denominator is counted apart; a verdict holds either way."),
        _("Undetermined: the threshold lies between what is verified and the upper bound."),
        _("Rank 1 is the highest share; equal shares have the same rank."),
        sources,
        " · ".join(talk.briefing.facts),
    ]
    _text(talk.slide(_("Method and sources")), (SIDE, TOP, ACROSS, TALL), _body(sentences, 20))
