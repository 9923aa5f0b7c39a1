"""Documents: scanned minutes, photos, lists – files kept by their hash, never changed.

Not here: which record a document belongs to (the table ``document``), or what may be attached
(``intake``).
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from geodata.core.errors import DataError, StoreError
from geodata.core.text import _
from geodata.core.workroom import workroom

_KEY = re.compile(r"[0-9a-f]{64}")


class Documents:
    """A folder of documents; it lies outside everything the web server hands out.

    Parameters
    ----------
    folder : Path
        Made with the first document.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, content: bytes, *, expected: str | None = None) -> str:
        """Keep a document and return its key, the hash of its content; safe to repeat.

        Raises
        ------
        DataError
            If the content is not what was expected.
        StoreError
            If it cannot be written.
        """
        key = hashlib.sha256(content).hexdigest()
        if expected not in (None, key):
            raise DataError(_("The document {key} is damaged.").format(key=str(expected)[:12]))
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with workroom(path.parent) as folder:
                draft = folder / key
                draft.write_bytes(content)
                draft.replace(path)
        except OSError as error:
            sentence = _("The document could not be saved ({reason}).")
            raise StoreError(sentence.format(reason=error.strerror)) from error
        return key

    def get(self, key: str) -> bytes:
        """Return a document.

        Raises
        ------
        StoreError
            If it is missing or no longer what was put in.
        """
        try:
            content = self._path(key).read_bytes()
        except (OSError, ValueError) as error:
            raise _lost(key) from error
        if hashlib.sha256(content).hexdigest() != key:
            raise _lost(key)
        return content

    def files(self) -> Iterator[tuple[str, Path]]:
        """Give the key and the file of every document."""
        for path in sorted(self.folder.glob("??/*")):
            if _KEY.fullmatch(path.name):
                yield path.name, path

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError(key)
        return self.folder / key[:2] / key


def _lost(key: str) -> StoreError:
    sentence = _("The document {key} is missing or damaged; take it from a backup.")
    return StoreError(sentence.format(key=key[:12]))
