"""A slide with its measure: our inches and points, wherever its template has room for them.

Not here: what stands on it (``shapes``), or the room that a template leaves (``template``).
"""

from dataclasses import dataclass
from typing import Any

from pptx.util import Inches, Length, Pt

from geodata.outputs.briefing.slides.template import SIDE, TOP, Drawn, Measure

LEAST = 12  # points: no letter is smaller on any slide

Box = tuple[float, float, float, float]  # left, top, width, height in inches


@dataclass(frozen=True)
class Leaf:
    """A slide, and where our inches lie on it."""

    slide: Drawn
    place: Measure

    @property
    def shapes(self) -> Any:
        """What stands on the slide."""
        return self.slide.shapes

    def at(self, box: Box) -> tuple[Length, Length, Length, Length]:
        """Return a box of ours as the slide counts."""
        left, top, scale, _bottom = self.place
        x, y, wide, high = box
        placed = (left + (x - SIDE) * scale, top + (y - TOP) * scale, wide * scale, high * scale)
        x, y, wide, high = map(Inches, placed)
        return x, y, wide, high

    def inches(self, length: float) -> Length:
        """Return a length of ours as the slide counts."""
        return Inches(length * self.place.scale)

    def points(self, size: float) -> Length:
        """Return the width of a line of ours as the slide counts."""
        return Pt(size * self.place.scale)

    def letters(self, size: float) -> Length:
        """Return a size of letters of ours as the slide counts: never too small to be read."""
        return Pt(self.size(size) * self.place.scale)

    def size(self, size: float, least: float = LEAST) -> float:
        """Return which size of ours letters have that are nowhere smaller than so many points."""
        return max(size, min(size, least) / self.place.scale)

    def holder(self, at: int) -> Any:
        """Return one of our own places on the slide, if its layout has it."""
        for one in self.slide.placeholders:
            if one.placeholder_format.idx == at:
                return one
        return None

    def of_kind(self, kind: Any) -> Any:
        """Return the place for a picture, chart or table, if the layout has one."""
        for one in self.slide.placeholders:
            if one.placeholder_format.type == kind:
                return one
        return None
