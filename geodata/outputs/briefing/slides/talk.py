"""A briefing as a PPTX file: the talk slide by slide, each with its notes, then the appendix.

Not here: what the slides say (``briefing.deck``), or how a shape is made (``shapes``).
"""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER

from geodata.core.progress import Listener, unheard
from geodata.core.text import _, day
from geodata.outputs.briefing import qr
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
from geodata.outputs.briefing.slides import appendix, keys, template
from geodata.outputs.briefing.slides.chart import chart
from geodata.outputs.briefing.slides.fitting import LINE, cut, height, lines_of, row_height
from geodata.outputs.briefing.slides.leaf import Box, Leaf
from geodata.outputs.briefing.slides.shapes import (
    Paragraph,
    bar,
    body,
    describe,
    ground,
    table,
    tile,
    write,
)
from geodata.outputs.briefing.slides.stage import SHAPES, Stage
from geodata.outputs.briefing.slides.template import (
    ACROSS,
    BODY,
    HUGE,
    SIDE,
    TOP,
    WIDTH,
)
from geodata.outputs.briefing.wording import plain
from geodata.reading.answer import Bar
from geodata.reading.board import without_threshold
from geodata.reading.briefing import Briefing
from geodata.reading.tokens import ACCENT, INK, QUIET

ABOUT, SENTENCE = 18, 20  # points
UPPER = 1.8  # inches; what lies below the title of a talk's slide
NUMBER = 3.3  # inches that the number takes at the left
GAP = 0.3
RIGHT = SIDE + NUMBER + GAP  # where the picture begins
ASIDE, MAP_BELOW = 3.3, 3.7  # beside a map: how wide, and where its number begins
LEGEND, WIDER = 3.0, 3.7  # inches of the legend right of a map; in a template of others
_COVERED = 5  # lines at the foot of the first slide


def render(briefing: Briefing, picture: bytes, listener: Listener = unheard) -> bytes:
    """Return the briefing as a PPTX file.

    Parameters
    ----------
    briefing : Briefing
        What is shown; no figure comes from elsewhere. Its letterhead may name a template.
    picture : bytes
        The map as a PNG, without its legend; it is fitted to its slide.
    listener : callable, optional
        Told of each step before it begins.
    """
    listener(0, _("Laying out the slides: the talk"))
    stage = Stage(template.opened(briefing), briefing, sections(briefing))
    _cover(stage)
    for slide in deck(briefing):
        if isinstance(slide.picture, Everywhere):
            _map(stage, slide, picture, slide.picture.words)
        else:
            _slide(stage, slide)
    listener(0.5, _("Laying out the slides: the appendix"))
    appendix.add(stage)
    listener(0.9, _("Packing the slides"))
    template.finish(stage.deck)
    out = BytesIO()
    stage.deck.save(out)
    return out.getvalue()


def _cover(stage: Stage) -> None:
    """Say who shows what, of which day and which part, and where it stands on the screen."""
    briefing, parts = stage.briefing, stage.parts
    leaf = stage.slide("cover", briefing.title)
    as_of, *known, plan, version, _borders = briefing.facts
    head = [(plain(plan), 28.0, True, INK), (plain(as_of), 28.0, True, ACCENT)]
    wide = ACROSS - 2.6  # beside the code
    head += body(cut(text, wide, BODY, 2) for text in known)
    if briefing.compared_to:
        earlier = _("Compared with {earlier}").format(earlier=day(briefing.compared_to))
        head += body([earlier])
    low = 5.4 if known else 4.95
    write(leaf, (SIDE, 3.2, wide, low - 3.2), head, holder=template.ABOUT)
    texts = [*briefing.imprint.facts, f"{version} · {parts.total}"]
    texts += [*parts.narrowed, *filter(None, (parts.closed,))]
    size, deep = leaf.size(BODY), leaf.place.bottom - low
    fitting = min(_COVERED - len(known), int((deep + 6 / 72) / ((size * LINE + 6) / 72)))
    lines = body(cut(text, wide, size, 1) for text in texts[:fitting])
    write(leaf, (SIDE, low, wide, deep), lines, holder=template.SENTENCES)
    if link := briefing.imprint.link:
        corner = leaf.at((WIDTH - 2.6, 4.8, 2.1, 2.1))
        code = leaf.shapes.add_picture(BytesIO(qr.png(link)), *corner)
        describe(code, link)


def _slide(stage: Stage, slide: Slide) -> None:
    """Add a slide: title across, number at the left, picture at the right, sentences below."""
    charted = isinstance(slide.picture, Shares) and bool(slide.picture.rows)
    leaf = stage.slide("chart" if charted else "number", slide.title, slide.notes)
    _about(leaf, slide, ACROSS)
    texts = body(slide.sentences, SENTENCE)
    low = min(height(slide.sentences, ACROSS, SENTENCE), 2.0)
    room = leaf.place.bottom - low - 0.1 - UPPER
    numbered = (SIDE, UPPER, NUMBER, room)
    write(leaf, numbered, _number(slide, NUMBER), holder=template.FIGURE)
    _PICTURES[type(slide.picture)](leaf, slide.picture, (RIGHT, UPPER, WIDTH - SIDE - RIGHT, room))
    if texts:
        write(leaf, (SIDE, leaf.place.bottom - low, ACROSS, low), texts, holder=template.SENTENCES)


def _about(leaf: Leaf, slide: Slide, width: float) -> None:
    """Say what the slide is about, small: above the title, or below it on another's layout."""
    line = [(cut(slide.about, width, ABOUT, 1), ABOUT, False, QUIET)]
    top = 0.5 if leaf.holder(template.ABOUT) else TOP + 0.05
    write(leaf, (SIDE, top, width, 0.36), line, holder=template.ABOUT)


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
    """Add the map from edge to edge, what it says at its left, and its legend on it."""
    leaf = stage.slide("map", slide.title, slide.notes)
    ours = leaf.holder(template.ABOUT) is not None
    _about(leaf, slide, ASIDE)
    texts = [*slide.sentences, *filter(None, (stage.parts.no_site, stage.parts.closed))]
    top = MAP_BELOW if ours else UPPER
    beside = (SIDE, top, ASIDE, leaf.place.bottom - top)
    write(leaf, beside, [*_number(slide, ASIDE), *body(texts)], holder=template.FIGURE)
    ceiling, legend = (0.0, LEGEND) if ours else (TOP, WIDER)
    left = SIDE + ASIDE + GAP
    room = (left, ceiling, (WIDTH if ours else WIDTH - SIDE) - left, leaf.place.bottom - ceiling)
    ground(leaf, room)
    holder = leaf.of_kind(PP_PLACEHOLDER.PICTURE)
    shape = holder.insert_picture(BytesIO(picture)) if holder else None
    shape = shape or leaf.shapes.add_picture(BytesIO(picture), 0, 0)
    _fitted(leaf, shape, (room[0], room[1], room[2] - legend, room[3]))
    describe(shape, words)
    begin = ceiling + (0.5 if ours else 0.1)  # below the marks
    keys.add(leaf, stage.briefing, (room[0] + room[2] - legend, begin, legend))


def _fitted(leaf: Leaf, shape: Any, box: Box) -> None:
    """Show a picture whole, as large as a box allows, in its middle."""
    shape.crop_left = shape.crop_right = shape.crop_top = shape.crop_bottom = 0
    wide, high = shape.image.size
    left, top, width, room = leaf.at(box)
    scale = min(width / wide, room / high)
    shape.width, shape.height = int(wide * scale), int(high * scale)
    shape.left, shape.top = left + (width - shape.width) // 2, top + (room - shape.height) // 2


# --- pictures --------------------------------------------------------------------------------


def _targets(leaf: Leaf, picture: Targets, box: Box) -> None:
    """Draw each target as a bar on one scale, and name those that have no threshold."""
    left, top, width, room = box
    others = [f"{row.line.name}: {without_threshold(row.line)}" for row in picture.others]
    each = (room - 0.36 * len(others)) / max(1, len(picture.rows))
    side = 3.4  # of the verdict, beside the bar
    for n, row in enumerate(picture.rows):
        at, line = top + n * each, row.line
        name = cut(f"{line.id.removeprefix('T')}. {line.name}", width - 2.3, BODY, 1)
        write(leaf, (left, at, width - 2.2, 0.32), [(name, BODY, False, INK)])
        write(leaf, (left + width - 2.2, at, 2.2, 0.32), [(line.counted, BODY, True, INK)])
        words = f"{name}: {line.counted}; {line.verdict_text}"
        bar(leaf, (left, at + 0.39, width - side - 0.2, 0.2), row.bar, words)
        verdict = cut(f"{SHAPES[line.verdict]} {line.verdict_text}", side, BODY, 1)
        beside = (left + width - side, at + 0.33, side, 0.32)
        write(leaf, beside, [(verdict, BODY, False, INK)])
    for n, text in enumerate(others):
        at = top + room - 0.36 * (len(others) - n)
        write(leaf, (left, at, width, 0.32), [(cut(text, width, BODY, 1), BODY, False, QUIET)])


def _shares(leaf: Leaf, picture: Shares, box: Box) -> None:
    """Draw the kinds of a share as a chart."""
    if not picture.rows:
        write(leaf, box, body([_("The denominator is empty.")], 24))
        return
    rows = [(f"{name}: {text}", count) for name, text, count in picture.rows]
    chart(leaf, rows, picture.axis, picture.goal, box)


def _tiles(leaf: Leaf, picture: Tiles, box: Box) -> None:
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
        tile(leaf, at, colour, lines)


def _cells(leaf: Leaf, picture: Cells, box: Box) -> None:
    """Draw a small table."""
    left, top, width, room = box
    parts = {3: (3.2, 1.2), 4: (3.6, 1.9, 1.9)}[len(picture.head)]
    widths = (*parts, width - sum(parts))
    # As many lines a cell as there is room for: what is needed is to be read whole.
    heights = {n: sum(row_height(row, widths, n) for row in (picture.head, *picture.rows))
               for n in (4, 3)}  # fmt: skip
    most = next((n for n, high in heights.items() if high <= room), 2)
    first = (0, len(widths) - 1) if len(widths) == 3 else (0,)  # noqa: PLR2004
    table(
        leaf,
        picture.head,
        picture.rows,
        widths,
        top=top,
        start=left,
        left=first,
        most=most,
    )


def _steps(leaf: Leaf, picture: Steps, box: Box) -> None:
    """Draw visits one below the other: how many sites are reached after each, and why there."""
    left, top, width, room = box
    rows, total = picture.rows, picture.total
    each = min(1.5, room / len(rows))
    for n, (name, reason, covered) in enumerate(rows):
        at = top + n * each
        title = cut(f"{n + 1}. {name}", width - 1.9, SENTENCE, 1)
        write(leaf, (left, at, width - 1.8, 0.36), [(title, SENTENCE, True, INK)])
        count = f"{covered}/{total}"
        write(leaf, (left + width - 1.7, at, 1.7, 0.36), [(count, SENTENCE, True, ACCENT)])
        bar(
            leaf,
            (left, at + 0.42, width, 0.18),
            Bar(covered / total, 0, None),
            f"{title}: {count}",
        )
        lines = 2 if each > 1.3 else 1  # noqa: PLR2004 - inches
        words = cut(reason, width, BODY, lines)
        write(leaf, (left, at + 0.66, width, 0.32 * lines), body([words]))


_PICTURES: dict[type, Callable[[Leaf, Any, Box], None]] = {
    Targets: _targets,
    Shares: _shares,
    Tiles: _tiles,
    Cells: _cells,
    Steps: _steps,
}
