"""The deck that slides are put into: our template, or the office's own, and its layouts.

Ours is ``templates/slides.pptx``: type, six colours and a layout for each kind of slide. Not here:
what stands on a slide (``shapes``, ``talk``, ``appendix``).
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias
from zipfile import BadZipFile

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PackageNotFoundError
from pptx.oxml.ns import qn
from pptx.util import Inches

from geodata.core.errors import WrongCallError
from geodata.core.text import LANGUAGES, _, language
from geodata.outputs.briefing.wording import plain
from geodata.reading.briefing import Briefing

TEMPLATE = Path(__file__).parents[1] / "templates" / "slides.pptx"
TITLE, HUGE, BODY, FOOT = 28, 54, 18, 12  # points
WIDTH, HEIGHT, SIDE = 13.333, 7.5, 0.5  # inches of our slides; others are measured by them
TOP, BOTTOM = 1.3, 6.95  # between these lies what a slide says
ACROSS, TALL = WIDTH - 2 * SIDE, BOTTOM - TOP
LEAST = 0.3  # of a slide's height that a template has to leave below its titles

# What python-pptx hands out; it types itself only in part, and not always truly.
Deck: TypeAlias = Any
Drawn: TypeAlias = Any  # a slide in the file
Layout: TypeAlias = Any
Cell: TypeAlias = Any
Frame: TypeAlias = Any

FOOTER, NUMBER = PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER
TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
_RUNNING = (FOOTER, NUMBER, PP_PLACEHOLDER.DATE)
# What our layouts are called, by what they are for; the office may call its own so.
NAMES = {
    "cover": "Mở đầu",
    "number": "Số liệu",
    "chart": "Biểu đồ",
    "map": "Bản đồ",
    "table": "Bảng",
}

ABOUT, FIGURE, SENTENCES, _SHOWN = 13, 14, 15, 16  # places of our layouts
_PLACES = {
    NAMES["cover"]: {ABOUT, SENTENCES},
    NAMES["number"]: {ABOUT, FIGURE, SENTENCES},
    NAMES["chart"]: {ABOUT, FIGURE, SENTENCES, _SHOWN},
    NAMES["map"]: {ABOUT, FIGURE, _SHOWN},
    NAMES["table"]: {_SHOWN},
}


class Measure(NamedTuple):
    """Where our inches lie on a slide: the corner of what it says, and how large one of them is.

    `bottom` is the lowest of ours above the foot: a slide that is not as wide as ours is deeper.
    """

    left: float
    top: float
    scale: float
    bottom: float = BOTTOM


def opened(briefing: Briefing) -> Deck:
    """Return the template's deck without slides.

    Raises
    ------
    WrongCallError
        If the office's template is none, or has no layout.
    """
    path = briefing.imprint.letterhead.slides or TEMPLATE
    try:
        deck: Deck = Presentation(str(path))
        layouts = len(deck.slide_layouts)
    except (PackageNotFoundError, BadZipFile, SyntaxError, ValueError, KeyError, OSError) as error:
        sentence = _(
            "“{path}” is not a PPTX file that can be opened; save it anew from PowerPoint."
        )
        raise WrongCallError(sentence.format(path=path)) from error
    if not layouts:
        raise WrongCallError(_("“{path}” has no slide layout.").format(path=path))
    _empty(deck)
    properties = deck.core_properties
    properties.title, properties.author = plain(briefing.title), briefing.imprint.maker
    properties.language = LANGUAGES[language()]
    properties.created = properties.modified = datetime.now(UTC)
    return deck


def _empty(deck: Deck) -> None:
    """Take the slides out that show how a template looks, and the sections that name them."""
    slides = deck.slides._sldIdLst  # noqa: SLF001 - no API for it
    for one in list(slides):
        deck.part.drop_rel(one.rId)
        slides.remove(one)
    for more in deck.element.findall(f"{qn('p:extLst')}/{qn('p:ext')}"):
        if any(child.tag.endswith("sectionLst") for child in more):
            more.getparent().remove(more)


def layout(deck: Deck, kind: str) -> Layout:
    """Return the layout for a kind of slide: by its name, else one that has a title and no more."""
    every = list(deck.slide_layouts)
    for one in every:
        if one.name.strip().casefold() == NAMES[kind].casefold():
            return one
    wanted = TITLES[1] if kind == "cover" else TITLES[0]

    def unfit(one: Layout) -> tuple[bool, bool, int]:
        kinds = [holder.placeholder_format.type for holder in one.placeholders]
        more = [each for each in kinds if each not in (*TITLES, *_RUNNING)]
        return (not set(kinds) & set(TITLES), wanted not in kinds, len(more))

    return min(every, key=unfit)


def is_ours(one: Layout) -> bool:
    """Say whether a layout has our places for what a slide says, on a slide as wide as ours."""
    width = one.part.package.presentation_part.presentation.slide_width / Inches(1)
    places = {holder.placeholder_format.idx for holder in one.placeholders}
    wanted = _PLACES.get(one.name)
    return wanted is not None and wanted <= places and abs(width - WIDTH) < SIDE


def place(deck: Deck, one: Layout) -> Measure:
    """Return where our inches lie on the slides of a layout: between its title and its foot."""
    if is_ours(one):
        return Measure(SIDE, TOP, 1)
    wide, high = deck.slide_width / Inches(1), deck.slide_height / Inches(1)
    left, right, top, foot = 0.04 * wide, 0.96 * wide, 0.2 * high, 0.97 * high
    for holder in one.placeholders:
        kind, upper, lower = holder.placeholder_format.type, holder.top, holder.top + holder.height
        if kind in TITLES and lower < (1 - LEAST) * deck.slide_height:
            top = max(0.1 * high, lower / Inches(1))
        if kind in _RUNNING and upper > 0.8 * deck.slide_height:
            foot = min(foot, upper / Inches(1))
    scale = min((right - left) / ACROSS, (foot - top) / (HEIGHT - TOP))
    bottom = TOP + (foot - top) / scale - (HEIGHT - BOTTOM)
    return Measure(left + ((right - left) - scale * ACROSS) / 2, top, scale, bottom)


def finish(deck: Deck) -> None:
    """Take out the places that nothing filled, and say that the text is Vietnamese."""
    for slide in deck.slides:
        for holder in list(slide.placeholders):
            kind = holder.placeholder_format.type
            empty = holder.has_text_frame and not holder.text_frame.text
            if empty and kind not in (*TITLES, *_RUNNING):
                holder._element.getparent().remove(holder._element)  # noqa: SLF001
        for properties in slide._element.iter(qn("a:rPr")):  # noqa: SLF001
            properties.set("lang", LANGUAGES[language()])  # so that no speller marks every word
