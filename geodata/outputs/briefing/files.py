"""A briefing as a file of a kind: which kinds there are, and how each is made.

Not here: what a format looks like (``pdf``, ``slides``, ``report``, ``workbook``).
"""

from pathlib import Path
from typing import Protocol

from geodata.core.errors import WrongCallError
from geodata.core.files import write_whole
from geodata.core.progress import Listener, between, unheard
from geodata.core.text import _
from geodata.outputs import figure
from geodata.outputs.briefing import pdf
from geodata.outputs.briefing import report as docx
from geodata.outputs.briefing import workbook as xlsx
from geodata.outputs.briefing.slides import bare
from geodata.outputs.briefing.slides import talk as pptx
from geodata.reading.briefing import Briefing
from geodata.reading.imprint import stem

# Pixels; tall for a page, so that the legend can be read.
_TALL = (2000, 2270)
_REPORT = 108  # mm that the map is laid out for; shown larger, its letters are 9 points

_MAP = 0.8  # of the time that slides or a report take goes into their map


class Maker(Protocol):
    """Makes a file of a briefing and tells of its steps."""

    def __call__(self, briefing: Briefing, listener: Listener = unheard) -> bytes:
        """Return the file; nothing is kept if the listener raises."""


def _pdf(paper: str) -> Maker:
    """Return the maker of a PDF on some paper."""
    return lambda briefing, listener=unheard: pdf.render(briefing, paper, listener)


def _slides(briefing: Briefing, listener: Listener = unheard) -> bytes:
    listener(0, _("Drawing the map"))
    picture = bare.png(briefing)
    return pptx.render(briefing, picture, between(listener, _MAP, 1))


def _report(briefing: Briefing, listener: Listener = unheard) -> bytes:
    docx.template_of(briefing)  # before the map is drawn in vain
    half = between(listener, 0, _MAP)
    picture = figure.png(briefing, *_TALL, alone=False, width_mm=_REPORT, listener=half)
    return docx.render(briefing, picture, between(listener, _MAP, 1))


PAPERS = {"a4": "pdf", "a4-landscape": "pdf-landscape", "a3-poster": "pdf-poster"}
"""The kind of a PDF by its paper."""

KINDS: dict[str, Maker] = {
    **{kind: _pdf(paper) for paper, kind in PAPERS.items()},
    "pptx": _slides,
    "docx": _report,
    "xlsx": xlsx.render,
}


def kind_of(path: Path, paper: str | None = None) -> str:
    """Return the kind of file that a path's ending and a paper ask for.

    Raises
    ------
    WrongCallError
        If there is no such kind, or a paper is asked for that is none of a PDF.
    """
    kind = path.suffix.removeprefix(".").lower()
    if kind not in KINDS:
        known = " ".join(sorted({f".{ending(each)}" for each in KINDS}))
        raise WrongCallError(
            _("“{path}” must end in one of: {known}.").format(path=path, known=known)
        )
    if paper and kind != "pdf":
        raise WrongCallError(_("--paper is of PDF files only; leave it out."))
    return PAPERS[paper] if paper else kind


def ending(kind: str) -> str:
    """Return the ending of a file's name for a kind."""
    return kind.partition("-")[0]


def name(briefing: Briefing, kind: str) -> str:
    """Return what a file is called: workspace, unit, axis, day, and by whose records."""
    view = briefing.view
    unit = briefing.units["name"].get(view.unit, view.unit) if view.unit else ""
    parts = ["hau-giang", "mo-phong" if briefing.simulated else "", stem(view, unit)]
    parts.append(f"theo-ho-so-{briefing.known_at}" if briefing.known_at else "")
    return f"{'-'.join(filter(None, parts))}.{ending(kind)}"


def write(
    briefing: Briefing, path: Path, kind: str | None = None, *, listener: Listener = unheard
) -> None:
    """Write a briefing, as the kind named or else as its name ends, and tell of the steps.

    Raises
    ------
    WrongCallError
        If there is no such kind.
    OutputError
        If it cannot be written; nothing is left behind.
    """
    kind = kind or kind_of(path)
    content = KINDS[kind](briefing, listener)
    listener(1, _("Writing {path}").format(path=path))
    write_whole(path, content)
