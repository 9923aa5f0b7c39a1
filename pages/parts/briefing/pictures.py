"""A slide of a talk as markup, with everything escaped: title, number, picture, sentences, notes.

Not here: what it says (``geodata.outputs.briefing.deck``), its looks (``style``), or leading the
talk (``slides``).
"""

import html
from collections.abc import Callable, Iterable
from typing import Any

from geodata.core.text import _, number
from geodata.outputs.briefing import wording
from geodata.outputs.briefing.deck import Cells, Everywhere, Shares, Slide, Steps, Targets, Tiles
from geodata.reading.answer import Bar
from geodata.reading.board import without_threshold
from geodata.rules.targets import Count
from pages.parts.briefing import markup


def slide(one: Slide, mark: str) -> str:
    """Return a slide; `mark` is what each says of its data, as a map does by itself."""
    over = isinstance(one.picture, Everywhere)
    marked = _tagged("mark", mark) if mark and not over else ""
    return (
        f'<section class="hg-slide{" hg-over" if over else ""}">'
        f'<p class="hg-about">{_escaped(one.about)}{marked}</p>'
        f"<h2>{_escaped(one.title)}</h2>"
        f'<div class="hg-number">{_number(one)}</div>'
        f"{'' if over else _picture(one)}"
        f'<div class="hg-sentences">{"".join(_tagged("p", text) for text in one.sentences)}</div>'
        f"</section>{_notes(one.notes)}"
    )


def _escaped(text: str) -> str:
    return html.escape(text)


def _tagged(tag: str, text: str) -> str:
    return f"<{tag}>{html.escape(text)}</{tag}>"


def _number(one: Slide) -> str:
    """Return the number of a slide, what it counts, and what stands beside it in few words."""
    verdict = markup.verdict(*one.verdict) if one.verdict else ""
    facts = "".join(_tagged("li", fact) for fact in one.facts)
    return (
        f"<b>{_escaped(one.figure)}</b><span>{_escaped(one.unit)}</span>{verdict}<ul>{facts}</ul>"
    )


def _notes(notes: Iterable[str]) -> str:
    """Return what stands before who speaks, once it is called up."""
    head = _tagged("b", _("How the figure comes about"))
    return (
        f'<aside class="hg-notes">{head}<ul>{"".join(_tagged("li", n) for n in notes)}</ul></aside>'
    )


def _picture(one: Slide) -> str:
    drawn = _PICTURES[type(one.picture)](one.picture)
    return f'<div class="hg-picture">{drawn}</div>'


# --- pictures --------------------------------------------------------------------------------


def _targets(picture: Targets) -> str:
    """Return each target as a bar on one scale, and below them those that have no threshold."""
    rows = "".join(
        f"<li><span>{_escaped(markup.numbered(row.line))}</span>"
        f"<b>{_escaped(row.line.counted)}</b>"
        f"{markup.bar(row.bar, f'{row.line.counted}; {row.line.verdict_text}')}"
        f"{markup.verdict(row.line.verdict, row.line.verdict_text)}</li>"
        for row in picture.rows
    )
    others = (f"{row.line.name}: {without_threshold(row.line)}" for row in picture.others)
    return (
        f'<ol class="hg-answers">{rows}</ol>{markup.keys()}'
        f'<ul class="hg-quiet">{"".join(_tagged("li", text) for text in others)}</ul>'
    )


def _shares(picture: Shares) -> str:
    """Return counts side by side, each as a bar with what it counts."""
    if not picture.rows:
        return _tagged("p", _("The denominator is empty."))
    rows = "".join(
        f"<li><span>{_escaped(name)}</span><b>{_escaped(text)}</b>"
        f"{markup.bar(_bar(count, picture.goal), _in_words(count, picture.axis))}</li>"
        for name, text, count in picture.rows
    )
    return f'<ol class="hg-shares">{rows}</ol>{markup.keys()}'


def _bar(count: Count, goal: float | None) -> Bar:
    total = count.total or 1
    return Bar(count.yes / total, count.unknown / total, goal)


def _in_words(count: Count, axis: str) -> str:
    """Return the parts of a count in words, for who does not see its bar."""
    parts = zip(wording.words(axis), (count.yes, count.unknown, count.no), strict=True)
    return "; ".join(f"{name}: {number(n)}" for name, n in parts)


def _tiles(picture: Tiles) -> str:
    """Return a tile for each district."""
    rows = (
        f'<li style="border-left-color:{colour}">{_tagged("b", name)}{_tagged("span", words)}</li>'
        for name, words, colour in picture.rows
    )
    return markup.many(rows, "hg-tiles")


def _cells(picture: Cells) -> str:
    """Return a table."""
    head = "".join(_tagged("th", text) for text in picture.head)
    rows = ("".join(_tagged("td", text) for text in row) for row in picture.rows)
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f'<table class="hg-cells"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _steps(picture: Steps) -> str:
    """Return visits one below the other, and how many sites are reached after each."""
    rows = "".join(
        f"<li><span>{n}. {_escaped(name)}</span><b>{number(covered)}/{number(picture.total)}</b>"
        f"{markup.bar(Bar(covered / picture.total, 0, None), f'{covered}/{picture.total}')}"
        f"{_tagged('p', reason)}</li>"
        for n, (name, reason, covered) in enumerate(picture.rows, 1)
    )
    return f'<ol class="hg-shares hg-steps">{rows}</ol>'


_PICTURES: dict[type, Callable[[Any], str]] = {
    Targets: _targets,
    Shares: _shares,
    Tiles: _tiles,
    Cells: _cells,
    Steps: _steps,
}
