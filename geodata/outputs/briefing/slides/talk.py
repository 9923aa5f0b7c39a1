"""A briefing as a PPTX file: the talk slide by slide, each with its notes, then the appendix.

Not here: what the slides say (``briefing.deck``), or how a shape is made (``shapes``).
"""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from pptx.enum.text import MSO_ANCHOR
from pptx.util import Inches, Pt

from geodata.core.progress import Listener, unheard
from geodata.core.text import _
from geodata.outputs.briefing.deck import (
    Cells,
    Everywhere,
    Shares,
    Slide,
    Steps,
    Targets,
    Tiles,
    deck,
)
from geodata.outputs.briefing.sections import sections
from geodata.outputs.briefing.slides import appendix, template
from geodata.outputs.briefing.slides.fitting import cut, height, lines_of
from geodata.outputs.briefing.slides.shapes import (
    Box,
    Paragraph,
    bar,
    body,
    chart,
    describe,
    table,
    tile,
    write,
)
from geodata.outputs.briefing.slides.stage import SHAPES, Stage
from geodata.outputs.briefing.slides.template import (
    ACROSS,
    BODY,
    BOTTOM,
    HUGE,
    SIDE,
    WIDTH,
    Drawn,
)
from geodata.reading.answer import Bar
from geodata.reading.board import without_threshold
from geodata.reading.briefing import Briefing
from geodata.reading.tokens import ACCENT, INK, QUIET

ABOUT, SMALL_TITLE, SENTENCE = 18, 24, 20  # points
LINES = 2  # that a title across a slide takes at most
BOLD = 0.92  # of a width is left for letters in bold
TOP = 1.8  # what lies below the title of a talk's slide
NUMBER = 3.3  # inches that the number takes at the left
GAP = 0.3
RIGHT = SIDE + NUMBER + GAP  # where the picture begins


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
    listener(0, _("Laying out the slides: the talk"))
    stage = Stage(template.empty(briefing), briefing, sections(briefing))
    for slide in deck(briefing):
        if isinstance(slide.picture, Everywhere):
            _map(stage, slide, picture, slide.picture.words)
        else:
            _slide(stage, slide)
    listener(0.5, _("Laying out the slides: the appendix"))
    appendix.add(stage)
    template.speak(stage.deck)
    out = BytesIO()
    stage.deck.save(out)
    return out.getvalue()


def _slide(stage: Stage, slide: Slide) -> None:
    """Add a slide: title across, number at the left, picture at the right, sentences below."""
    drawn = stage.slide(slide.title, slide.notes)
    _title(drawn, slide, ACROSS)
    texts = body(slide.sentences, SENTENCE)
    low = min(height(slide.sentences, ACROSS, SENTENCE), 2.0)
    room = BOTTOM - low - 0.1 - TOP
    write(drawn, (SIDE, TOP, NUMBER, room), _number(slide, NUMBER))
    _PICTURES[type(slide.picture)](drawn, slide.picture, (RIGHT, TOP, WIDTH - SIDE - RIGHT, room))
    if texts:
        write(drawn, (SIDE, BOTTOM - low, ACROSS, low), texts)


def _title(drawn: Drawn, slide: Slide, width: float) -> float:
    """Say what the slide is about, small, and the answer below it; return where that ends."""
    write(
        drawn, (SIDE, 0.5, width, 0.36), [(cut(slide.about, width, ABOUT, 1), ABOUT, False, QUIET)]
    )
    title, narrow = drawn.shapes.title, BOLD * width
    size = SMALL_TITLE if lines_of(slide.title, narrow, SMALL_TITLE) <= LINES else BODY + 2
    title.text = text = cut(slide.title, narrow, size, LINES if width == ACROSS else 7)
    title.left, title.top, title.width = Inches(SIDE), Inches(0.82), Inches(width)
    high = height([text], narrow, size) + 0.1
    title.height = Inches(high)
    title.text_frame.vertical_anchor = MSO_ANCHOR.TOP
    title.text_frame.paragraphs[0].runs[0].font.size = Pt(size)
    return 0.82 + high


def _number(slide: Slide, width: float) -> list[Paragraph]:
    """Return the number of a slide, what it counts, and what stands beside it in few words."""
    size = HUGE if lines_of(slide.figure, width, HUGE) == 1 else 36
    lines: list[Paragraph] = [(slide.figure, size, True, ACCENT)]
    if slide.unit:
        lines.append((slide.unit, SENTENCE, True, ACCENT))
    if slide.verdict:
        code, words = slide.verdict
        lines.append((f"{SHAPES[code]} {words}", SENTENCE, True, INK))
    return [*lines, *body(slide.facts)]


def _map(stage: Stage, slide: Slide, picture: bytes, words: str) -> None:
    """Add the map from the top to the foot, and at its left what it says."""
    drawn = stage.slide(slide.title, slide.notes)
    width = 3.9
    top = _title(drawn, slide, width) + 0.1
    texts = [*slide.sentences, *filter(None, (stage.parts.no_site, stage.parts.closed))]
    room = BOTTOM - top
    write(drawn, (SIDE, top, width, room), [*_number(slide, width), *body(texts)])
    shape = drawn.shapes.add_picture(BytesIO(picture), 0, 0)
    left, high = SIDE + width + GAP, BOTTOM - 0.44
    scale = min(Inches(WIDTH - left - GAP) / shape.width, Inches(high) / shape.height)
    shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)
    shape.left, shape.top = Inches(WIDTH - GAP) - shape.width, Inches(0.44)
    describe(shape, words)


# --- pictures --------------------------------------------------------------------------------


def _targets(drawn: Drawn, picture: Targets, box: Box) -> None:
    """Draw each target as a bar on one scale, and name those that have no threshold."""
    left, top, width, room = box
    others = [f"{row.line.name}: {without_threshold(row.line)}" for row in picture.others]
    each = (room - 0.36 * len(others)) / max(1, len(picture.rows))
    side = 3.4  # of the verdict, beside the bar
    for n, row in enumerate(picture.rows):
        at, line = top + n * each, row.line
        name = cut(f"{line.id.removeprefix('T')}. {line.name}", width - 2.3, BODY, 1)
        write(drawn, (left, at, width - 2.2, 0.32), [(name, BODY, False, INK)])
        write(drawn, (left + width - 2.2, at, 2.2, 0.32), [(line.counted, BODY, True, INK)])
        words = f"{name}: {line.counted}; {line.verdict_text}"
        bar(drawn, (left, at + 0.39, width - side - 0.2, 0.2), row.bar, words)
        verdict = cut(f"{SHAPES[line.verdict]} {line.verdict_text}", side, BODY, 1)
        beside = (left + width - side, at + 0.33, side, 0.32)
        write(drawn, beside, [(verdict, BODY, False, INK)])
    for n, text in enumerate(others):
        at = top + room - 0.36 * (len(others) - n)
        write(drawn, (left, at, width, 0.32), [(cut(text, width, BODY, 1), BODY, False, QUIET)])


def _shares(drawn: Drawn, picture: Shares, box: Box) -> None:
    """Draw the kinds of a share as a chart."""
    if not picture.rows:
        write(drawn, box, body([_("The denominator is empty.")], 24))
        return
    rows = [(f"{name}: {text}", count) for name, text, count in picture.rows]
    chart(drawn, rows, picture.axis, box)


def _tiles(drawn: Drawn, picture: Tiles, box: Box) -> None:
    """Draw a tile for each district, four in a row."""
    left, top, width, room = box
    gap, across = 0.15, 4
    down = -(-len(picture.rows) // across)
    wide = (width - gap * (across - 1)) / across
    high = min(1.9, (room - gap * (down - 1)) / max(1, down))
    for n, (name, status, colour) in enumerate(picture.rows):
        at = (left + (n % across) * (wide + gap), top + (n // across) * (high + gap), wide, high)
        words = cut(status, wide - 0.5, BODY, 3)
        lines = [(cut(name, wide - 0.5, BODY, 2), BODY, True, INK), (words, BODY, False, INK)]
        tile(drawn, at, colour, lines)


def _cells(drawn: Drawn, picture: Cells, box: Box) -> None:
    """Draw a small table."""
    left, top, width, _room = box
    parts = {3: (3.2, 1.2), 4: (3.6, 1.9, 1.9)}[len(picture.head)]
    widths = (*parts, width - sum(parts))
    first = (0, len(widths) - 1) if len(widths) == 3 else (0,)  # noqa: PLR2004
    table(
        drawn,
        picture.head,
        picture.rows,
        widths,
        top=top,
        start=left,
        left=first,
    )


def _steps(drawn: Drawn, picture: Steps, box: Box) -> None:
    """Draw visits one below the other: how many sites are reached after each, and why there."""
    left, top, width, room = box
    rows, total = picture.rows, picture.total
    each = min(1.5, room / len(rows))
    for n, (name, reason, covered) in enumerate(rows):
        at = top + n * each
        title = cut(f"{n + 1}. {name}", width - 1.9, SENTENCE, 1)
        write(drawn, (left, at, width - 1.8, 0.36), [(title, SENTENCE, True, INK)])
        count = f"{covered}/{total}"
        write(drawn, (left + width - 1.7, at, 1.7, 0.36), [(count, SENTENCE, True, ACCENT)])
        bar(
            drawn,
            (left, at + 0.42, width, 0.18),
            Bar(covered / total, 0, None),
            f"{title}: {count}",
        )
        lines = 2 if each > 1.3 else 1  # noqa: PLR2004 - inches
        words = cut(reason, width, BODY, lines)
        write(drawn, (left, at + 0.66, width, 0.32 * lines), body([words]))


_PICTURES: dict[type, Callable[[Drawn, Any, Box], None]] = {
    Targets: _targets,
    Shares: _shares,
    Tiles: _tiles,
    Cells: _cells,
    Steps: _steps,
}
