"""How much room text takes on a slide: about, and rather more than less.

Not here: anything that is drawn.
"""

import math
import unicodedata
from collections.abc import Iterable, Sequence

from geodata.outputs.briefing.slides.template import BODY
from geodata.outputs.briefing.wording import plain

LINE = 1.22  # height of a line of text, in its type size
HEAD = 4  # lines that the head of a table may take
PAD = 0.08  # inches beside and above the text of a cell


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


def height(texts: Iterable[str], width: float, size: float) -> float:
    """Return about how high paragraphs are, in inches."""
    return sum(lines_of(plain(t), width, size) * size * LINE + 6 for t in texts) / 72


def row_height(texts: Sequence[str], widths: Sequence[float], most: int = 2) -> float:
    """Return about how high a row of a table of at most so many lines is, in inches."""
    pairs = zip(texts, widths, strict=True)
    lines = max(min(most, lines_of(plain(t), w - 2 * PAD, BODY)) for t, w in pairs)
    return lines * BODY * LINE / 72 + 2 * PAD * 0.6


def pages(
    rows: Sequence[Sequence[str]], head: Sequence[str], widths: Sequence[float], room: float
) -> list[Sequence[Sequence[str]]]:
    """Return rows parted into slides of about equal length, each with room for its head."""
    heights = [row_height(row, widths) for row in rows]
    usable = room - row_height(head, widths, HEAD)
    parts = max(1, math.ceil(sum(heights) / usable), math.ceil(len(rows) * 0.42 / usable))
    each = math.ceil(len(rows) / parts) if rows else 0
    while each > 1 and any(sum(heights[n : n + each]) > usable for n in range(0, len(rows), each)):
        each -= 1
    return [rows[n : n + each] for n in range(0, len(rows), each)] if rows else []
