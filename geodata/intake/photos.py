"""Photos from a phone: HEIC turned into JPEG, and the place where one was taken left out.

Not here: whether a file may be kept at all (``attachments``).
"""

import io
from typing import NamedTuple

import pillow_heif
from PIL import Image, ImageOps

from geodata.core.text import _

LONGEST_SIDE = 2048  # pixels
MOST_PIXELS = 50_000_000  # a page of A3 at 400 dots an inch has 31 million

_GPS = 0x8825  # the part of Exif that holds a position
_ORIENTATION = 0x0112
_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_FORMATS = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG"}
_QUALITY = 90  # of a JPEG made from HEIC: no eye tells it from the original


class TooManyPixelsError(Exception):
    """A picture has more than `MOST_PIXELS`."""


class Photo(NamedTuple):
    """A picture as it is kept, and what was done to it in sentences."""

    content: bytes
    notes: tuple[str, ...] = ()


def is_heic(content: bytes) -> bool:
    """Say whether a file is a picture of the kind that phones call HEIC."""
    return content[4:8] == b"ftyp" and content[8:12] in _HEIC


def kept(content: bytes, *, keep_position: bool = False) -> Photo:
    """Return a photo as it is kept.

    Parameters
    ----------
    content : bytes
        Of any file; what is neither HEIC nor a picture with a position comes back as it is.
    keep_position : bool
        Whether the place where it was taken is to stay in it.

    Returns
    -------
    Photo
        A JPEG in place of HEIC. Nothing else of a picture changes when its position goes.

    Raises
    ------
    TooManyPixelsError
        If it has.
    Exception
        Whatever the readers raise for a broken picture; they have no common error.
    """
    if is_heic(content):
        return _from_heic(content, keep_position=keep_position)
    kind = next((kind for start, kind in _FORMATS.items() if content.startswith(start)), None)
    if kind is None or keep_position:
        return Photo(content)
    with Image.open(io.BytesIO(content), formats=(kind,)) as picture:
        if not _has_position(picture):
            return Photo(content)
        _refuse_large(picture.size)
        return Photo(_saved(picture, kind, _without_position(picture)), (_left_out(),))


def bare(content: bytes) -> Photo:
    """Return a photo of a stranger's as a JPEG of its pixels, and nothing that tells of them.

    Neither where nor when it was taken, nor with whose camera; it lies as its maker saw it. What
    has to be drawn anew is at most `LONGEST_SIDE` wide and high.

    Raises
    ------
    TooManyPixelsError
        If it has.
    Exception
        Whatever the readers raise for what is no picture or a broken one.
    """
    if is_heic(content):
        content = _from_heic(content, keep_position=False).content
    packed = io.BytesIO()
    with Image.open(io.BytesIO(content), formats=tuple(_FORMATS.values())) as picture:
        _refuse_large(picture.size)
        if picture.format == "JPEG" and picture.getexif().get(_ORIENTATION, 1) == 1:
            picture.info = {}  # comments too, and what programs leave there
            picture.save(packed, "JPEG", quality="keep", exif=b"", icc_profile=None)
            return Photo(packed.getvalue())
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        drawn = Image.new("RGB", upright.size, "white")  # a new picture: nothing hangs on it
        drawn.paste(upright, mask=upright)
        drawn.save(packed, "JPEG", quality=_QUALITY)
    return Photo(packed.getvalue())


def _from_heic(content: bytes, *, keep_position: bool) -> Photo:
    opened = pillow_heif.open_heif(io.BytesIO(content), convert_hdr_to_8bit=True)
    _refuse_large(opened.size)
    picture = opened.to_pillow()
    notes = [_("The HEIC photo is kept as JPEG, which every computer opens.")]
    if not keep_position and _has_position(picture):
        notes.append(_left_out())
    exif = picture.getexif() if keep_position else _without_position(picture)
    return Photo(_saved(picture.convert("RGB"), "JPEG", exif), tuple(notes))


def _refuse_large(size: tuple[int, int]) -> None:
    if size[0] * size[1] > MOST_PIXELS:
        raise TooManyPixelsError


def _has_position(picture: Image.Image) -> bool:
    """Say whether a picture tells where it was taken, in Exif or in XMP beside it."""
    beside = picture.info.get("xmp", b"")
    text = beside if isinstance(beside, bytes) else str(beside).encode()
    return bool(picture.getexif().get_ifd(_GPS)) or b"GPSL" in text


def _without_position(picture: Image.Image) -> Image.Exif:
    exif = picture.getexif()
    exif.get_ifd(_GPS).clear()
    if _GPS in exif:
        del exif[_GPS]
    return exif


def _saved(picture: Image.Image, kind: str, exif: Image.Exif) -> bytes:
    """Return a picture as a file; a JPEG that was one keeps its pixels as they are packed."""
    packed = io.BytesIO()
    again = kind == "JPEG" and picture.format == "JPEG"
    quality = {"quality": "keep"} if again else {"quality": _QUALITY}
    how = quality if kind == "JPEG" else {}
    picture.save(packed, kind, exif=exif, icc_profile=picture.info.get("icc_profile"), **how)
    return packed.getvalue()


def _left_out() -> str:
    return _("The place where the photo was taken was left out of it.")
