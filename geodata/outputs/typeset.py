"""Pages set by Typst: a template of ours, what stands on it as data, and a tagged PDF (PDF/UA-1).

What comes from data is handed over as JSON and stays text: no markup is ever put together. Not
here: what stands on the pages (``briefing.pdf``), or how they look (``templates``).
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import typst

from geodata.core.text import _, language
from geodata.outputs import fonts
from geodata.outputs.briefing.wording import Marked, across, marks
from geodata.outputs.fonts import FAMILY, SUBSTITUTE
from geodata.reading.symbology import MARK_SIZE, MARKS, SHAPES, Symbol
from geodata.reading.tokens import theme

_LONG = re.compile(r"[^\s\u200b]{25,}")  # more than any word of a language
_PIECE = re.compile(".{1,6}")  # of such a word: narrower than any column
_TEMPLATES = Path(__file__).parent / "templates"
Content = dict[str, Any]


def pdf(
    template: str, content: Content, about: Marked, on: date, pictures: Mapping[str, str] = {}
) -> bytes:
    """Return a file; the same content makes the same bytes.

    Parameters
    ----------
    template : str
        One of ``templates``, without its ending.
    content : dict
        What it asks for, and its `title`; numbers are points or shares, all else is text.
    about : Marked
        Whose marks and facts every page bears.
    on : date
        The day the file says it is of.
    pictures : mapping of str, optional
        SVG by the name under which the template asks for it.
    """
    dress = {
        "language": language(),
        "fonts": [FAMILY, SUBSTITUTE],
        "colours": theme("light"),
        "marks": list(marks(about)),
        "across": across(about),
        "facts": list(about.facts),
        "page": _("Page {page}/{pages}"),
    }
    compiler = typst.Compiler(
        str(_TEMPLATES / f"{template}.typ"),
        root=str(_TEMPLATES),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"content": json.dumps(_printable(dress | content)), **pictures},
    )
    moment = datetime.combine(on, time(), UTC)
    made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=moment)
    assert isinstance(made, bytes)  # noqa: S101 - one file, not a picture a page
    return made


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[fonts.folder().name],
    )


def _printable(value: Any) -> Any:
    """Return content that can be set: signs that no font has are spelled, endless words broken.

    A tagged file has no boxes for signs that are missing.
    """
    if isinstance(value, str):
        return _LONG.sub(
            lambda word: "\u200b".join(_PIECE.findall(word[0])), fonts.printable(value)
        )
    if isinstance(value, Mapping):
        return {key: _printable(part) for key, part in value.items()}
    return [_printable(part) for part in value] if isinstance(value, list | tuple) else value


# --- what templates draw ---------------------------------------------------------------------


def table(
    head: Sequence[Any],
    rows: Sequence[Sequence[Any]],
    columns: Sequence[float],
    *,
    right: Sequence[int] = (),
    strong: Sequence[int] = (),
) -> Content:
    """Return a table for a template.

    Parameters
    ----------
    head, rows : sequence
        Cells: text, or what `sign` and `briefing.answer.drawn` return.
    columns : sequence of float
        The width of each beside the others.
    right : sequence of int, optional
        Which columns stand at the right, as numbers do.
    strong : sequence of int, optional
        Which rows stand out, negative ones from the end.
    """
    return {
        "head": list(head),
        "rows": [list(row) for row in rows],
        "columns": list(columns),
        "right": list(right),
        "strong": [n % len(rows) for n in strong],
    }


def part(
    title: str,
    table: Content | None = None,
    *,
    above: Sequence[str] = (),
    sentences: Sequence[str] = (),
    below: Sequence[str] = (),
) -> Content:
    """Return a part of the pages: title, notes, sentences, table, notes."""
    texts = {"above": above, "sentences": sentences, "below": below}
    return {"title": title, "table": table} | {
        name: [fonts.tidy(text, 2000) for text in some] for name, some in texts.items()
    }


def sign(symbol: Symbol, kind: str = "supermarket") -> Content:
    """Return a symbol of the map for a template: its outline and the strokes of its mark."""
    strokes = [[[x * MARK_SIZE, y * MARK_SIZE] for x, y in s] for s in MARKS[symbol.mark]]
    outline = [list(corner) for corner in SHAPES[kind]]
    look = {"fill": symbol.fill, "ink": symbol.ink, "edge": symbol.edge}
    return {"outline": outline, "strokes": strokes, **look}
