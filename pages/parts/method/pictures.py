"""Pictures of the rules as markup: drawn from the symbols and colours of the map, in both themes.

Each says the same in words below it. They are images, since Streamlit lets no other drawing into a
text. Not here: the rules (``rules``), or how a site is drawn (``geodata.reading.symbology``).
"""

import html
from base64 import b64encode
from functools import cache

from geodata.core.text import _, number
from geodata.reading.symbology import (
    DARK_SYMBOLS,
    LOWERED,
    MARK_SIZE,
    MARKS,
    SHAPES,
    SYMBOLS,
    Outline,
)
from geodata.rules.plan import Plan
from pages.parts.shared import style

Spot = tuple[float, float]
KIND, ROUND = "craft_village", "supermarket"  # whose shape stands on a picture, and beside words
_ROOT = 'xmlns="http://www.w3.org/2000/svg" style="color-scheme:light dark"'


@cache
def symbol(axis: str, status: str) -> str:
    """Return a status as the map draws it, beside words that name it."""
    address = _image("-12 -12 24 24", _sign(axis, status, ROUND, 9))
    return f'<img class="hg-sign" alt="" src="{address}">'


def _image(box: str, drawn: str) -> str:
    """Return a drawing as the address of an image."""
    svg = f'<svg {_ROOT} viewBox="{box}">{drawn}</svg>'
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def _sign(axis: str, status: str, kind: str, radius: float, at: Spot = (0, 0)) -> str:
    """Return the drawing of a status around a place."""
    (x, y), light, dark = at, SYMBOLS[axis][status], DARK_SYMBOLS[axis][status]
    ink, fill, edge = (
        f"light-dark({one},{other})"
        for one, other in (
            (light.ink, dark.ink),
            (light.fill, dark.fill),
            (light.edge, dark.edge),
        )
    )
    low = LOWERED.get(kind, 0) * radius
    marks = "".join(_path(stroke, radius * MARK_SIZE) for stroke in MARKS[light.mark])
    return (
        f'<g transform="translate({x:g} {y:g})">'
        f'<path d="{_path(SHAPES[kind], radius)}Z" style="fill:{fill};stroke:{edge}"/>'
        f'<path d="{marks}" transform="translate(0 {low:g})" stroke-linecap="round" '
        f'style="fill:none;stroke:{ink};stroke-width:{radius / 5:g}"/></g>'
    )


def _path(outline: Outline, size: float) -> str:
    return "M" + "L".join(f"{x * size:.1f} {y * size:.1f}" for x, y in outline)


def _picture(words: str, height: int, drawn: str) -> str:
    """Return a picture with what it says in words, which stands below it for everybody."""
    image = _image(f"0 0 340 {height}", style.PICTURE + drawn)
    return (
        f'<figure class="hg-rule-of"><img alt="" src="{image}">'
        f"<figcaption>{html.escape(words)}</figcaption></figure>"
    )


def _text(x: float, y: float, words: str, look: str = "", anchor: str = "middle") -> str:
    text = html.escape(words)
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" class="{look}">{text}</text>'


# --- the pictures ----------------------------------------------------------------------------


def lapse(plan: Plan) -> str:
    """Return how an event of an earlier year lapses when the plan's year begins."""
    years = range(plan.cumulative_since.year, plan.window.end.year + 1)
    wide = 320 / len(years)
    begins, earlier = 330 - wide, 330 - 2.5 * wide
    ticks = "".join(
        f'<path d="M{10 + k * wide:g} 74v8" class="rule"/>'
        + _text(10 + (k + 0.5) * wide, 93, str(year))
        for k, year in enumerate(years)
    )
    drawn = (
        f'<rect x="{begins:g}" y="8" width="{wide:g}" height="66" class="window"/>'
        f'<path d="M10 74H330" class="rule"/>{ticks}'
        f'<path d="M{earlier:g} 30H{begins:g}" class="good"/>'
        f'<path d="M{begins:g} 30H330" class="gone"/>'
        f'<path d="M{330 - 0.5 * wide:g} 56H330" class="good"/>'
        + _sign("outreach", "reached", KIND, 10, (earlier, 30))
        + _sign("outreach", "lapsed", KIND, 10, (begins, 30))
        + _sign("outreach", "reached", KIND, 10, (330 - 0.5 * wide, 56))
    )
    words = _(
        "An event of an earlier year counts until the plan's year begins (blue): then the site has "
        "to be reached again. An event within the year counts for it."
    )
    return _picture(words, 100, drawn)


def membership() -> str:
    """Return the three values of membership: in, not known, and out."""
    columns = (
        (_("counted in"), "in", "✓", "✓"),
        (_("counted beside"), "open", "✓", "?"),
        (_("left out"), "out", "✓", "✕"),
    )
    heads = _text(4, 31, _("a decision"), anchor="start") + _text(
        4, 57, _("operates"), anchor="start"
    )
    drawn = heads + "".join(
        f'<rect x="{92 + k * 84}" y="8" width="76" height="88" rx="4" class="box {look}"/>'
        + _text(130 + k * 84, 32, first, "big")
        + _text(130 + k * 84, 58, second, "big")
        + _text(130 + k * 84, 86, name, "strong")
        for k, (name, look, first, second) in enumerate(columns)
    )
    words = _(
        "A decision and operation together put a site in the denominator. If one is surely "
        "missing it is out; if one is not known it stands beside, and is counted apart."
    )
    return _picture(words, 104, drawn)


def radius() -> str:
    """Return what a venue covers: what lies within its radius, surely or perhaps."""
    sites = (("not-reached", 140, 36), ("overdue", 192, 30), ("not-reached", 286, 40))
    drawn = (
        '<circle cx="166" cy="58" r="52" class="near"/>'
        '<circle cx="216" cy="84" r="22" class="maybe"/>'
        + "".join(_sign("outreach", status, KIND, 8, (x, y)) for status, x, y in sites)
        + _sign("outreach", "no-data", KIND, 8, (216, 84))
        + '<circle cx="166" cy="62" r="11" class="pin"/>'
        + _text(166, 66, "1", "on-pin")
    )
    words = _(
        "A visit covers the sites within its radius, in a straight line. A site whose position is "
        "known only roughly (dashed) is covered perhaps: it is counted apart."
    )
    return _picture(words, 116, drawn)


def freshness(days: int) -> str:
    """Return how a check stays fresh for some days, and is out of date after them."""
    drawn = (
        '<path d="M40 30H230" class="good"/><path d="M230 30H330" class="gone"/>'
        '<path d="M230 14v32" class="rule"/>'
        + _sign("compliance", "compliant", ROUND, 10, (40, 30))
        + _sign("compliance", "stale", ROUND, 10, (280, 30))
        + _text(135, 62, _("fresh for {n} days").format(n=number(days)))
        + _text(280, 62, _("out of date"))
    )
    words = _(
        "A check stays fresh for a fixed number of days. After that it settles nothing: the site "
        "counts as not known, not as failing."
    )
    return _picture(words, 72, drawn)
