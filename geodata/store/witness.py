"""The witness: a file outside the store in which each newest seal of the real journal is noted.

Who can write the database can recompute all seals, but not what was noted elsewhere. With a key
each line is signed, so that who can write the file too cannot make one up. Not here: the seals
(``journal``), and what is made of a difference (``geodata.doctor``).
"""

import hashlib
import hmac
import logging
import os
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from geodata.core.errors import StoreError
from geodata.core.text import _


class Noted(NamedTuple):
    """A seal that was noted, and whether its signature holds; None without a key to see."""

    seal: str
    signed: bool | None


class Witness:
    """The file, and the key it is signed with, if any."""

    def __init__(self, path: Path, key: str = "") -> None:
        self.path = path
        self._key = key.encode()
        self._newest = ""

    def note(self, at: datetime, entry: int, seal: str) -> None:
        """Add the newest seal, unless it was the last one noted here.

        What has been saved stays saved: where the file cannot be written, the log of the server
        says so, and the doctor.
        """
        if seal == self._newest:
            return
        line = f"{at:%Y-%m-%dT%H:%M:%SZ} {entry} {seal}"
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            with os.fdopen(handle, "a", encoding="utf-8") as file:
                file.write(f"{line}{self._signature(line)}\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            logging.getLogger(__name__).exception("The newest seal could not be noted")
        else:
            self._newest = seal

    def noted(self) -> list[Noted]:
        """Return what was noted, the oldest first; nothing where there is no file yet.

        Raises
        ------
        StoreError
            If the file cannot be read, or holds something else.
        """
        try:
            lines = self.path.read_text("utf-8").splitlines() if self.path.exists() else []
            return [self._noted(line) for line in lines]
        except (OSError, ValueError) as error:
            sentence = _("{path} cannot be read as a file of seals; look into it.")
            raise StoreError(sentence.format(path=self.path)) from error

    def _noted(self, text: str) -> Noted:
        at, entry, seal, *signature = text.split(" ")
        if not self._key:
            return Noted(seal, None)
        right = self._signature(f"{at} {entry} {seal}")
        return Noted(seal, hmac.compare_digest(right, f" {' '.join(signature)}"))

    def _signature(self, line: str) -> str:
        """Return what stands behind a line: nothing without a key."""
        if not self._key:
            return ""
        return (
            f" {hmac.new(self._key, line.encode(), hashlib.sha256).hexdigest()}"
            if self._key
            else ""
        )


def named(path: Path | None, key: str) -> Witness | None:
    """Return the witness that settings name, if they do."""
    return Witness(path, key) if path else None
