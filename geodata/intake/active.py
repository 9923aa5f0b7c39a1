"""Documents that do something when they are opened: scripts, programs and links in PDF and DOCX.

Not here: whether a file may be kept at all (``attachments``).
"""

import zipfile
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

_MOST_OBJECTS = 200_000
_ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Movie", "/Sound", "/GoToE"}
_KEYS = {"/JS", "/EmbeddedFiles", "/EF", "/RichMedia", "/XFA"}
_SUBTYPES = {"/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/3D"}
# Parts of a document of Word that hold a program, a foreign object or a control.
_PARTS = ("vbaproject", "activex", "embeddings/", "macrosheets", "customui")


def in_pdf(reader: PdfReader) -> bool:
    """Say whether a PDF holds a script, a file, or an action beyond going to a page or a link.

    Raises
    ------
    ValueError
        If it has more objects than any scan or office document.
    """
    return any(_acts(one) for one in _dictionaries(reader))


def in_docx(archive: zipfile.ZipFile) -> bool:
    """Say whether a document of Word holds a program or an object, or draws on another file."""
    names = [name.lower() for name in archive.namelist()]
    if any(part in name for name in names for part in _PARTS):
        return True
    return any(
        b'TargetMode="External"' in text and b"/hyperlink" not in text
        for name in archive.namelist()
        if name.endswith(".rels")
        for text in archive.read(name).split(b"<Relationship ")
    )


def _acts(one: DictionaryObject) -> bool:
    return bool(_KEYS & one.keys() or one.get("/S") in _ACTIONS or one.get("/Subtype") in _SUBTYPES)


def _dictionaries(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Yield every dictionary that can be reached from the trailer, each once."""
    waiting: list[Any] = [reader.trailer]
    seen: set[tuple[int, int]] = set()
    count = 0
    while waiting:
        one = waiting.pop()
        if isinstance(one, IndirectObject):
            if (one.idnum, one.generation) in seen:
                continue
            seen.add((one.idnum, one.generation))
            one = one.get_object()
        count += 1
        if count > _MOST_OBJECTS:
            raise ValueError(count)
        if isinstance(one, DictionaryObject):
            yield one
            waiting += [one.raw_get(key) for key in one]
        elif isinstance(one, ArrayObject):
            waiting += list(one)
