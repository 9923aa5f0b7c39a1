"""A slide of the deck with what every slide has: title, foot, number, marks, notes.

Not here: what it says (``talk``, ``appendix``).
"""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

from pptx.util import Pt

from geodata.outputs.briefing.sections import Sections
from geodata.outputs.briefing.slides import template
from geodata.outputs.briefing.slides.fitting import cut, lines_of
from geodata.outputs.briefing.slides.shapes import band
from geodata.outputs.briefing.slides.template import ACROSS, FOOT, LONG_TITLE, TITLE, Deck, Drawn
from geodata.outputs.briefing.wording import marks, plain
from geodata.reading.briefing import Briefing

# Told by shape and word, never by colour; all four shapes are in Arial.
SHAPES = {"met": "●", "not-met": "■", "undetermined": "◊", "undefined": "○", None: "–"}


@dataclass(frozen=True)
class Stage:
    """A deck in the making, and what it tells."""

    deck: Deck
    briefing: Briefing
    parts: Sections

    def slide(self, title: str, notes: Sequence[str] = ()) -> Drawn:
        """Add a slide with its title, footer, number, notes and, if need be, marks."""
        layout = self.deck.slide_layouts[0]
        slide = self.deck.slides.add_slide(layout)
        slide.shapes.title.text = text = cut(title, ACROSS, TITLE, 2)
        if lines_of(text, ACROSS, TITLE) > 1:  # two lines have to be smaller to stay below marks
            slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size = Pt(LONG_TITLE)
        # Footers stand on a slide only if copied from its layout, number field and all.
        for shape in layout.placeholders:
            if shape.placeholder_format.type in (template.FOOTER, template.NUMBER):
                slide.shapes._spTree.append(deepcopy(shape._element))  # noqa: SLF001
        foot = next(p for p in slide.placeholders if p.placeholder_format.type == template.FOOTER)
        foot.text_frame.text = cut(" · ".join(self.briefing.facts), ACROSS - 1.2, FOOT, 2)
        if every := marks(self.briefing):
            band(slide, " · ".join(every))
        if notes:
            slide.notes_slide.notes_text_frame.text = "\n".join(map(plain, notes))
        return slide
