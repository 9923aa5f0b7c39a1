"""A briefing as a file of a kind: which kinds there are, and how each is made.

Not here: what a format looks like (``pdf``, ``pptx``, ``docx``, ``xlsx``).
"""

from collections.abc import Callable
from pathlib import Path

from geodata.briefing import Briefing
from geodata.errors import WrongCallError
from geodata.outputs import docx, figure, pdf, pptx, write_whole, xlsx
from geodata.text import _

# Pixels; wide for a slide, tall for a page, so that the legend can be read.
_WIDE, _TALL = (2000, 1300), (2000, 2300)

KINDS: dict[str, Callable[[Briefing], bytes]] = {
    "pdf": lambda briefing: pdf.render(briefing, "A4 portrait"),
    "pdf-landscape": lambda briefing: pdf.render(briefing, "A4 landscape"),
    "pdf-poster": lambda briefing: pdf.render(briefing, "A3 poster"),
    "pptx": lambda briefing: pptx.render(briefing, figure.png(briefing, *_WIDE)),
    "docx": lambda briefing: docx.render(briefing, figure.png(briefing, *_TALL)),
    "xlsx": xlsx.render,
}


def ending(kind: str) -> str:
    """Return the ending of a file's name for a kind."""
    return kind.partition("-")[0]


def write(briefing: Briefing, path: Path, kind: str | None = None) -> None:
    """Write a briefing, as the kind named or else as its name ends.

    Raises
    ------
    WrongCallError
        If there is no such kind.
    OutputError
        If it cannot be written; nothing is left behind.
    """
    kind = kind or path.suffix.removeprefix(".").lower()
    if kind not in KINDS:
        known = " ".join(sorted({f".{ending(each)}" for each in KINDS}))
        raise WrongCallError(
            _("“{path}” must end in one of: {known}.").format(path=path, known=known)
        )
    write_whole(path, KINDS[kind](briefing))
