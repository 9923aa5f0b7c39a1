"""An empty deck, 16:9: one layout with title, footer and number, in our type and colours.

Not here: what stands on a slide (``shapes``, ``talk``, ``appendix``).
"""

from datetime import UTC, datetime
from typing import Any, TypeAlias

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.util import Inches

from geodata.core.text import LANGUAGE
from geodata.outputs.briefing.wording import plain
from geodata.outputs.fonts import OFFICE
from geodata.reading.briefing import Briefing
from geodata.reading.tokens import ACCENT, INK

TITLE, LONG_TITLE, HUGE, BODY, FOOT = 28, 22, 54, 18, 12  # points
WIDTH, HEIGHT, SIDE = 13.333, 7.5, 0.5  # inches
TOP, BOTTOM = 1.3, 6.95  # between these lies what a slide says
ACROSS, TALL = WIDTH - 2 * SIDE, BOTTOM - TOP

# What python-pptx hands out; it types itself only in part, and not always truly.
Deck: TypeAlias = Any
Drawn: TypeAlias = Any  # a slide in the file
Cell: TypeAlias = Any
Frame: TypeAlias = Any

FOOTER, NUMBER = PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER


def empty(briefing: Briefing) -> Deck:
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
        FOOTER: (SIDE, 7.0, ACROSS - 1, 0.44),
        NUMBER: (WIDTH - SIDE - 0.9, 7.0, 0.9, 0.44),
    }
    for holder in (*master.placeholders, *deck.slide_layouts[0].placeholders):
        place = places.get(holder.placeholder_format.type)
        if place is None:
            holder._element.getparent().remove(holder._element)  # noqa: SLF001
            continue
        holder.left, holder.top, holder.width, holder.height = map(Inches, place)
        if holder.placeholder_format.type in (FOOTER, NUMBER):
            left = holder.placeholder_format.type == FOOTER
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


def speak(deck: Deck) -> None:
    """Say that the text is Vietnamese, so that no speller marks every word."""
    for slide in deck.slides:
        for properties in slide._element.iter(qn("a:rPr")):  # noqa: SLF001
            properties.set("lang", f"{LANGUAGE}-VN")
