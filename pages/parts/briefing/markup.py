"""The briefing's own drawings as markup: a target, a unit, what happened, with everything escaped.

Not here: what they say (``geodata.reading``), their looks (``style``), or where they stand.
"""

import html
from collections.abc import Iterable

from geodata.core.text import _, day, number
from geodata.reading.answer import Bar
from geodata.reading.board import BoardRow
from geodata.reading.briefing import Line
from geodata.reading.labels import axis_label, key_label
from geodata.reading.timeline import Happening, Moved
from pages.parts.shared.bullet import bullet

# Told by shape and word, never by colour alone.
SHAPES = {"met": "✓", "not-met": "✕", "undetermined": "?", "undefined": "○", None: "–"}
FEW = 3  # names that are written out; more are folded


def verdict(code: str | None, words: str) -> str:
    """Return a verdict as shape and word."""
    shape = f'<i aria-hidden="true">{SHAPES[code]}</i>'
    return f'<span class="hg-verdict hg-{code or "none"}">{shape} {html.escape(words)}</span>'


def figure(counted: str) -> str:
    """Return a count large, and its share beside it smaller."""
    count, _space, percent = counted.partition(" ")
    small = f" <small>{html.escape(percent)}</small>" if percent else ""
    return f'<b class="hg-count">{html.escape(count)}{small}</b>'


def target(row: BoardRow, *, on: bool = False) -> str:
    """Return a target: count, bar, verdict and facts, and what is missing; `on` if chosen."""
    line = row.line
    seen = [_("on the map now")] if on else []
    facts = " · ".join(html.escape(text) for text in (*row.facts, *seen))
    less = " ".join(html.escape(text) for text in (row.missing, row.note) if text)
    words = f"{line.counted}; " + "; ".join((line.verdict_text, *row.facts))
    return (
        f'<div class="hg-target{" hg-on" if on else ""}">'
        f'<div class="hg-line"><span>{html.escape(numbered(line))}</span>'
        f"{figure(line.counted)}</div>"
        f"{bar(row.bar, words)}"
        f'<p class="hg-facts">{verdict(line.verdict, line.verdict_text)} {facts}</p>'
        f"{f'<p>{less}</p>' if less else ''}</div>"
    )


def numbered(line: Line) -> str:
    """Return the name of a target with its number."""
    return f"{line.id.removeprefix('T')}. {line.name}"


def bar(drawn: Bar | None, words: str) -> str:
    """Return a bar; where nothing is counted an empty one, which is not a bar of none."""
    if drawn is None:
        return (
            f'<div class="hg-bullet hg-empty" role="img" aria-label="{html.escape(words)}"></div>'
        )
    return bullet(drawn, words)


def scale() -> str:
    """Return the scale below the bars, and what their parts mean."""
    return (
        '<div class="hg-scale" aria-hidden="true"><span>0%</span><span>50%</span>'
        f"<span>100%</span></div>{keys()}"
    )


def keys() -> str:
    """Return what the parts of a bar mean."""
    parts = (
        ("hg-yes", _("verified")),
        ("hg-open", _("not known")),
        ("hg-goal", _("threshold")),
    )
    legend = "".join(
        f'<span><i class="{name}"></i>{html.escape(text)}</span>' for name, text in parts
    )
    return f'<p class="hg-keys">{legend}</p>'


def measured(name: str, text: str, drawn: Bar | None, more: str = "") -> str:
    """Return one of several things on the same scale: name, bar, and its count as text."""
    after = f" <small>{html.escape(more)}</small>" if more else ""
    return (
        f'<li><span class="hg-name">{html.escape(name)}</span>{bar(drawn, f"{name}: {text}")}'
        f'<span class="hg-text">{html.escape(text)}{after}</span></li>'
    )


def many(rows: Iterable[str], name: str = "hg-units") -> str:
    """Return several things one below the other."""
    return f'<ol class="{name}">{"".join(rows)}</ol>'


# --- what happened ---------------------------------------------------------------------------


def happening(one: Happening) -> str:
    """Return what happened: day, what it was, which sites moved, and by which records."""
    what = html.escape(one.what + (f" ({one.event})" if one.event else ""))
    changes = _("{n} changes").format(n=number(one.sites))
    n = f' <span class="hg-n">· {html.escape(changes)}</span>' if len(one.moved) > 1 else ""
    moves = "".join(f"<li>{_moved(move)}</li>" for move in one.moved)
    return (
        f"<li><time>{html.escape(days(one))}</time><div><b>{what}</b>{n}<ul>{moves}</ul></div></li>"
    )


def days(one: Happening) -> str:
    """Return the day of a happening, or the first and the last of several."""
    if one.first is None or one.last is None:
        return _("without a day")
    if one.first == one.last:
        return day(one.first)
    return f"{day(one.first)[:5]} – {day(one.last)}"


def moved_text(move: Moved) -> str:
    """Return how many sites moved from which status to which."""
    before, after = (key_label(move.axis, key) for key in (move.before, move.after))
    axis = "" if move.after.startswith("stage-") else f"{axis_label(move.axis)}: "
    words = _("{n} sites: {axis}{before} → {after}")
    return words.format(n=number(len(move.names)), axis=axis, before=before, after=after)


def _moved(move: Moved) -> str:
    text = html.escape(moved_text(move))
    pairs = zip(move.names, move.evidence, strict=True)
    parts = [html.escape(name + (f" ({ids})" if ids else "")) for name, ids in pairs]
    listed = f'<span class="hg-names">{"; ".join(parts)}</span>'
    if len(parts) <= FEW:
        return f"{text}: {listed}"
    fold = html.escape(_("names and evidence"))
    return f"{text} <details><summary>{fold}</summary>{listed}</details>"
