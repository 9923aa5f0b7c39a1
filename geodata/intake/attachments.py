"""Attachments: whether a file may be kept beside a record, judged by its content, not its name.

Not here: what a photo loses on the way in (``photos``), what a document might do (``active``),
where documents are kept (``store.documents``), or which record they belong to.
"""

import io
import re
import unicodedata
import warnings
from typing import NamedTuple

from PIL import Image
from pypdf import PdfReader

from geodata.core.errors import DataError
from geodata.core.text import _, number
from geodata.intake import active, photos
from geodata.intake.photos import MOST_PIXELS
from geodata.intake.reading import archive

MOST_BYTES = 20 * 1024 * 1024
MOST_PAGES = 2_000
LONGEST_NAME = 120

_PDF, _PNG, _JPEG = "application/pdf", "image/png", "image/jpeg"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_STARTS = {
    b"%PDF-": _PDF,
    b"\x89PNG\r\n\x1a\n": _PNG,
    b"\xff\xd8\xff": _JPEG,
    b"PK\x03\x04": _DOCX,
}
ENDINGS = {_PDF: "pdf", _PNG: "png", _JPEG: "jpg", _DOCX: "docx"}
"""Type of content to the ending of its name."""

# Where one of these stands inside a picture, the file is two files in one …
_FOREIGN = re.compile(rb"<!doctype html|<html|<script|<\?php|%PDF-", re.IGNORECASE)
# … and so is one that ends as an archive does, at most a comment of this length behind it.
_ARCHIVE_END, _ARCHIVE_TAIL = b"PK\x05\x06", 65_557


class Attachment(NamedTuple):
    """A file that may be kept: its clean name, its type by content, its size in bytes."""

    name: str
    type: str
    size: int


class Taken(NamedTuple):
    """A file as it is kept, its content, and what was done to it in sentences."""

    attachment: Attachment
    content: bytes
    notes: tuple[str, ...]


def taken(content: bytes, name: str, *, keep_position: bool = False) -> Taken:
    """Return a file as it is kept: HEIC as JPEG, photos without the place they were taken at.

    Parameters
    ----------
    content, name
        As `check` takes them.
    keep_position : bool
        Whether photos keep that place.

    Raises
    ------
    DataError
        As `check` does.
    """
    photo = photos.Photo(content)
    if len(content) <= MOST_BYTES:
        try:
            photo = photos.kept(content, keep_position=keep_position)
        except photos.TooManyPixelsError as error:
            raise _too_many_pixels(_clean(name)) from error
        except Exception as error:  # the readers have no common error for what is wrong
            raise _broken(_clean(name)) from error
    return Taken(check(photo.content, name), *photo)


def stranger_s(content: bytes, name: str) -> Taken:
    """Return a photo that a stranger sent, as a picture without anything that tells of them.

    Raises
    ------
    DataError
        If it is no photo, or a broken one.
    """
    shown = _clean(name)
    if content.startswith((b"%PDF-", b"PK")):
        raise DataError(_("“{name}” is no photo; send a JPEG or PNG.").format(name=shown))
    try:
        photo = photos.bare(content)
    except photos.TooManyPixelsError as error:
        raise _too_many_pixels(shown) from error
    except Exception as error:  # as above
        raise _broken(shown) from error
    return Taken(check(photo.content, name), *photo)


def is_worth_opening(content: bytes) -> bool:
    """Say whether a file is of a size and kind that is looked into at all."""
    starts = content.startswith(tuple(_STARTS)) or photos.is_heic(content)
    return 0 < len(content) <= MOST_BYTES and starts


def check(content: bytes, name: str) -> Attachment:
    """Return what a file is, or refuse it in a sentence.

    Parameters
    ----------
    content : bytes
        The whole file.
    name : str
        As the browser gave it; path, control characters and length are cleaned.

    Returns
    -------
    Attachment
        With the ending that its content asks for.

    Raises
    ------
    DataError
        If it is no PDF, DOCX, PNG or JPEG, too large, encrypted, broken, or would do something
        when it is opened.
    """
    shown = _clean(name)
    if not content:
        raise DataError(_("“{name}” is empty; choose the file again.").format(name=shown))
    if len(content) > MOST_BYTES:
        sentence = _("“{name}” is larger than {most} MB; scan it again at a lower resolution.")
        most = number(MOST_BYTES // 1024**2)
        raise DataError(sentence.format(name=shown, most=most))
    kind = next((kind for start, kind in _STARTS.items() if content.startswith(start)), None)
    if kind is None:
        sentence = _(
            "“{name}” is not a PDF, DOCX, PNG or JPEG file by its content; save it as PDF."
        )
        raise DataError(sentence.format(name=shown))
    if kind == _DOCX:
        _open_docx(content, shown)
    elif kind == _PDF:
        _open_document(content, shown)
    else:
        _open_picture(content, kind, shown)
    if kind != _DOCX and _ARCHIVE_END in content[-_ARCHIVE_TAIL:]:
        raise _broken(shown)
    stem, ending = _split(shown)
    wanted = ENDINGS[kind]
    same = ending == wanted or (kind == _JPEG and ending == "jpeg")
    return Attachment(_named(stem, ending if same else wanted), kind, len(content))


def _open_document(content: bytes, shown: str) -> None:
    """Refuse a PDF that is encrypted, has no page, or cannot be read."""
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        encrypted = reader.is_encrypted
        pages = 0 if encrypted else len(reader.pages)
        acts = not encrypted and active.in_pdf(reader)
    except Exception as error:  # the reader has no common error for what is wrong in a file
        raise _broken(shown) from error
    if encrypted:
        sentence = _(
            "“{name}” is protected by a password; save it without one and attach it again."
        )
        raise DataError(sentence.format(name=shown))
    if not 0 < pages <= MOST_PAGES:
        raise _broken(shown)
    if acts:
        raise _acting(shown)


def _open_docx(content: bytes, shown: str) -> None:
    """Refuse an archive that is no document of Word, or one that would do something."""
    with archive.opened(content, shown) as opened:
        if "word/document.xml" not in opened.namelist():
            raise _broken(shown)
        if active.in_docx(opened):
            raise _acting(shown)


def _open_picture(content: bytes, kind: str, shown: str) -> None:
    """Refuse a picture that is too large, broken, or carries another file behind itself."""
    wanted = {_PNG: "PNG", _JPEG: "JPEG"}[kind]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=(wanted,)) as picture:
                width, height = picture.size  # read from the head, nothing is unpacked yet
                too_large = width * height > MOST_PIXELS
                if not too_large:
                    _decode(picture)
    except Image.DecompressionBombError:
        too_large = True
    except Exception as error:  # as above
        raise _broken(shown) from error
    if too_large:
        raise _too_many_pixels(shown)
    if _FOREIGN.search(content):
        raise _broken(shown)


def _decode(picture: Image.Image) -> None:
    """Read a picture to its end; a JPEG at an eighth of its size, which costs little."""
    if picture.format == "JPEG":
        picture.draft("RGB", (picture.width // 8, picture.height // 8))
        picture.load()
    else:
        picture.verify()


def _too_many_pixels(shown: str) -> DataError:
    sentence = _("“{name}” has more than {most} million pixels; save it smaller.")
    return DataError(sentence.format(name=shown, most=number(MOST_PIXELS // 10**6)))


def _acting(shown: str) -> DataError:
    sentence = _(
        "“{name}” holds a script, a program or another file, which could do something when it is "
        "opened; print it to PDF and attach that."
    )
    return DataError(sentence.format(name=shown))


def broken(name: str) -> DataError:
    """Return the sentence on a file whose reading ended in another way than well."""
    return _broken(_clean(name))


def _broken(shown: str) -> DataError:
    sentence = _("“{name}” is damaged or is not what its first bytes say; save it again as PDF.")
    return DataError(sentence.format(name=shown))


def _clean(name: str) -> str:
    """Return a file's name without path, control characters and signs no system takes."""
    composed = unicodedata.normalize("NFC", name)
    last = re.split(r"[/\\]", composed)[-1]
    # Whole categories: control, format (which turns the line round), surrogate, private, none.
    seen = "".join(" " if unicodedata.category(c)[0] == "C" else c for c in last)
    plain = " ".join(re.sub(r'[<>:"|?*]', " ", seen).split()).strip(". ")
    stem, ending = _split(plain)
    return _named(stem, ending)


def _named(stem: str, ending: str) -> str:
    """Return a name of a stem and an ending, short enough for every system."""
    kept = stem[: LONGEST_NAME - len(ending) - 1].rstrip(". ") or _("untitled document")
    return f"{kept}.{ending}" if ending else kept


def _split(name: str) -> tuple[str, str]:
    """Return a name and its ending, the ending in small letters and only if it looks like one."""
    stem, point, ending = name.rpartition(".")
    if point and stem and re.fullmatch(r"[A-Za-z0-9]{1,5}", ending):
        return stem, ending.lower()
    return name, ""
