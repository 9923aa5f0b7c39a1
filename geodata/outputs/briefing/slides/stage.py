"""A slide of the deck with what every slide has: title, foot, number, marks, notes.

Not here: what it says (``talk``, ``appendix``), or the deck's looks (``template``).
"""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from pptx.enum.text import MSO_ANCHOR
from pptx.util import Inches, Pt

from geodata.outputs.briefing.provenance import provenance
from geodata.outputs.briefing.sections import Sections
from geodata.outputs.briefing.slides import template
from geodata.outputs.briefing.slides.fitting import cut, height
from geodata.outputs.briefing.slides.leaf import Leaf
from geodata.outputs.briefing.slides.shapes import band, write
from geodata.outputs.briefing.slides.template import ACROSS, FOOT, SIDE, TITLE, WIDTH, Deck
from geodata.outputs.briefing.wording import marks, plain
from geodata.reading.briefing import Briefing
from geodata.reading.tokens import QUIET

# Told by shape and word, never by colour; all four shapes are in Arial.
SHAPES = {"met": "●", "not-met": "■", "undetermined": "◊", "undefined": "○", None: "–"}
_SIZES = (TITLE, 24, 22, 20, 18)  # of a title, the largest that fits
_BOLD = 0.92  # of a width is left for letters in bold


@dataclass(frozen=True)
class Stage:
    """A deck in the making, and what it tells."""

    deck: Deck
    briefing: Briefing
    parts: Sections

    def slide(self, kind: str, title: str, notes: Sequence[str] = ()) -> Leaf:
        """Add a slide of a kind, with title, foot, number, marks and, if need be, notes."""
        layout = template.layout(self.deck, kind)
        leaf = Leaf(self.deck.slides.add_slide(layout), template.place(self.deck, layout))
        if not template.is_ours(layout):
            _emptied(leaf)
        self._foot(leaf, layout)
        _titled(leaf, title)
        if every := marks(self.briefing):
            band(leaf, " · ".join(every), self.deck.slide_width)
        if notes:
            texts = [*map(plain, notes), *provenance(self.briefing)[1:]]
            leaf.slide.notes_slide.notes_text_frame.text = "\n".join(texts)
        return leaf

    def _foot(self, leaf: Leaf, layout: Any) -> None:
        """Write the facts at the foot, and the slide's number where the layout has it."""
        facts = " · ".join(self.briefing.facts)
        # Footers stand on a slide only if copied from its layout, number field and all.
        wanted = {template.NUMBER, *([template.FOOTER] if template.is_ours(layout) else ())}
        for shape in layout.placeholders:
            if shape.placeholder_format.type in wanted:
                leaf.slide.shapes._spTree.append(deepcopy(shape._element))  # noqa: SLF001
        foot = [p for p in leaf.slide.placeholders if p.placeholder_format.type == template.FOOTER]
        if foot:
            foot[0].text_frame.text = cut(facts, ACROSS - 1.2, FOOT, 2)
            return
        line = [(cut(facts, ACROSS - 1, leaf.size(FOOT), 2), FOOT, False, QUIET)]
        write(leaf, (SIDE, leaf.place.bottom + 0.05, ACROSS - 1, 0.44), line)


def _emptied(leaf: Leaf) -> None:
    """Leave of another's layout only the title, which is filled: the rest would ask for a click."""
    for holder in list(leaf.slide.placeholders):
        if holder.placeholder_format.type not in template.TITLES:
            holder._element.getparent().remove(holder._element)  # noqa: SLF001


def _titled(leaf: Leaf, title: str) -> None:
    """Write the title as large as its place allows; a template without one gets a line."""
    shape = leaf.slide.shapes.title
    if shape is None:
        shape = leaf.slide.shapes.add_textbox(*leaf.at((SIDE, 0.45, WIDTH - 2 * SIDE, 0.8)))
        shape.text_frame.word_wrap = True
    wide, high = (_BOLD * (shape.width / Inches(1) - 0.1), shape.height / Inches(1))
    text = plain(title)
    size = next((s for s in _SIZES if height([text], wide, s) - 6 / 72 <= high), _SIZES[-1])
    lines = max(1, int(high * 72 / (size * 1.2)))
    shape.text_frame.text = cut(text, wide, size, lines)
    if size < TITLE or not template.is_ours(leaf.slide.slide_layout):
        shape.text_frame.paragraphs[0].runs[0].font.size = Pt(size)
    if template.is_ours(leaf.slide.slide_layout):
        shape.text_frame.vertical_anchor = MSO_ANCHOR.TOP
