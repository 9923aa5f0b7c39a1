"""The typeface of all paper, that of the screen, and texts fitted to the room there is.

Source Sans has every Vietnamese letter; what it lacks is drawn from DejaVu Sans, and what both
lack is spelled. Both come with packages, so that every machine makes the same file. Not here:
sizes and colours, which each kind of paper has of its own.
"""

import shutil
import unicodedata
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import font_source_sans_pro
import matplotlib as mpl
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font
from matplotlib.textpath import TextToPath

from geodata.core.errors import ModelError
from geodata.core.text import _

FAMILY, SUBSTITUTE = "Source Sans Pro", "DejaVu Sans"
OFFICE = "Arial"  # on every machine with an office suite, with all Vietnamese letters
MM = 72 / 25.4  # points

_SOURCE = Path(font_source_sans_pro.__file__).parent / "files"
_DEJAVU = Path(mpl.get_data_path()) / "fonts" / "ttf"
FILES = {
    FAMILY: (_SOURCE / "SourceSansPro-Regular.ttf", _SOURCE / "SourceSansPro-Bold.ttf"),
    SUBSTITUTE: (_DEJAVU / "DejaVuSans.ttf", _DEJAVU / "DejaVuSans-Bold.ttf"),
}
_VARIANTS = range(0xFE00, 0xFE10)  # say only how the sign before them is to look


class MissingFontError(ModelError):
    """A package that carries a font is not installed, or not whole."""


@cache
def folder() -> TemporaryDirectory[str]:
    """Return a folder with the fonts of paper and no other, kept as long as the process."""
    kept = TemporaryDirectory(prefix="hg-fonts-")
    for path in (path for family in FILES for path in files(family)):
        shutil.copy(path, kept.name)
    return kept


def files(family: str) -> tuple[Path, Path]:
    """Return the files of a font, regular and bold.

    Raises
    ------
    MissingFontError
        If one of them is not there.
    """
    for path in FILES[family]:
        if not path.is_file():
            sentence = _(
                "The font {name} is missing, and with it every file; run “make run” again."
            )
            raise MissingFontError(sentence.format(name=path.name))
    return FILES[family]


def sized(size: float, *, bold: bool = False, text: str = "") -> FontProperties:
    """Return the font for matplotlib, by its file: the first that has every letter of a text."""
    family = FAMILY if _letters(FAMILY).issuperset(map(ord, text)) else SUBSTITUTE
    weight = "bold" if bold else "normal"
    return FontProperties(family=family, weight=weight, fname=files(family)[bold], size=size)


@cache
def _letters(family: str) -> frozenset[int]:
    """Return the signs that a font can draw."""
    return frozenset(FT2Font(files(family)[0]).get_charmap())


@cache
def letters_wide(text: str, *, bold: bool) -> float:
    """Return the width of a text in letters of 1 pt; matplotlib keeps no such cache."""
    width: float = TextToPath().get_text_width_height_descent(
        text, sized(100, bold=bold, text=text), ismath=False
    )[0]
    return width / 100


def printable(text: str) -> str:
    """Return a text of signs that can be drawn; any other is spelled: ``[U+1F389]``."""
    return text if text.isascii() else "".join(map(_drawable, text))


def _drawable(sign: str) -> str:
    """Return a sign, or its number where no font has it."""
    code = ord(sign)
    if code in _letters(FAMILY) or code in _letters(SUBSTITUTE):
        return sign
    return "" if code in _VARIANTS else f"[U+{code:04X}]"


def tidy(text: object, most: int = 500) -> str:
    """Return any text as one line of composed letters, cut with “…” where it is too long.

    Marks that turn the direction of writing and other invisible ones are dropped: in print
    they could only make a name look like another.
    """
    letters = unicodedata.normalize("NFC", str(text))
    spaced = (" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in letters)
    seen = (c for c in spaced if unicodedata.category(c) not in {"Cf", "Cs", "Co", "Cn"})
    line = " ".join("".join(seen).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def folded(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Return a text in lines no wider than a width in points; too long a word is cut."""
    lines = [""]
    for word in printable(tidy(text)).split():
        longer = f"{lines[-1]} {word}".strip()
        if letters_wide(longer, bold=bold) * size <= width:
            lines[-1] = longer
            continue
        lines += [] if lines == [""] else [""]
        cut = word
        while len(cut) > 1 and letters_wide(cut, bold=bold) * size > width:
            cut = cut.rstrip("…")[:-1] + "…"
        lines[-1] = cut
    return lines
