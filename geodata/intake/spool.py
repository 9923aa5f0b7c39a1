"""The spool: where a public server lays down reports, a file each, and can do nothing else.

It may neither list nor read the folder; a file appears there whole under its name, or not at all.
Not here: taking them out (``intake.laid``), what a report is (``register.reports``).
"""

import contextlib
import hashlib
import json
import logging
import os
import secrets
from datetime import datetime
from pathlib import Path

from geodata.core.errors import ModelError
from geodata.core.text import _
from geodata.register.reports import LENGTH, LETTERS, PublicReport

MOST_FILES, MOST_BYTES = 500, 200 * 1024 * 1024
"""What may wait at once; a steward takes it out by opening the inbox."""

HEAD = b"hg-report 1 "
ENDING, UNFINISHED = ".report", ".part"
_MODE = 0o640  # its maker's, and for the group of the folder to read
_TRIES = 5


class SpoolError(ModelError):
    """A report could not be laid down; nothing of it was."""


class Spool:
    """A folder that this process only adds files to.

    Parameters
    ----------
    folder : Path
        Made by whoever runs the stewards' server (docs/operations.md).
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._own: list[Path] = []

    def put(self, report: PublicReport, photo: bytes, sent: datetime) -> str:
        """Lay a report down and return its number.

        Parameters
        ----------
        report : PublicReport
            As `reports.checked` gives it.
        photo : bytes
            As `apart.stranger_s_photo` gives it; empty for none.
        sent : datetime
            UTC.

        Raises
        ------
        SpoolError
            If the folder is not there or full, or the disk refuses.
        """
        for _turn in range(_TRIES):
            number = "".join(secrets.choice(LETTERS) for _letter in range(LENGTH))
            content = packed(number, report, photo, sent)
            self._refuse_full(len(content))
            try:
                self._written(number, content)
            except FileExistsError:
                continue
            except OSError as error:
                logging.getLogger(__name__).exception("A report could not be laid down")
                raise SpoolError(
                    _(
                        "The report could not be handed over just now, nothing was sent. What you "
                        "wrote is still here: try again later, or tell the office directly."
                    )
                ) from error
            return number
        raise FileExistsError(self._folder)  # five numbers of 49 bits each: somebody made them so

    def _written(self, number: str, content: bytes) -> None:
        """Write a file under another name first: nobody ever takes half a report for one."""
        path = self._folder / f"{number}{ENDING}"
        unfinished = self._folder / f"{number}{UNFINISHED}"
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE)
        try:
            with os.fdopen(handle, "wb") as out:
                os.fchmod(handle, _MODE)  # whatever the process leaves off
                out.write(content)
                out.flush()
                os.fsync(handle)
            os.link(unfinished, path)  # never over another one, as a renaming would be
        finally:
            unfinished.unlink()
        self._own.append(path)

    def _refuse_full(self, more: int) -> None:
        """Refuse what no longer fits; who may not list the folder counts what is its own."""
        sizes = self._sizes()
        if len(sizes) >= MOST_FILES or sum(sizes) + more > MOST_BYTES:
            raise SpoolError(
                _(
                    "So many reports wait for the office that no further one fits. What you wrote "
                    "is still here: try again tomorrow, or tell the office directly."
                )
            )

    def _sizes(self) -> list[int]:
        try:
            with os.scandir(self._folder) as entries:
                paths = [Path(entry.path) for entry in entries if entry.name.endswith(ENDING)]
        except OSError:  # a missing folder is said when it is written to
            self._own = [path for path in self._own if _size(path) is not None]
            paths = self._own
        return [size for path in paths if (size := _size(path)) is not None]


def _size(path: Path) -> int | None:
    with contextlib.suppress(OSError):
        return path.lstat().st_size
    return None


def packed(number: str, report: PublicReport, photo: bytes, sent: datetime) -> bytes:
    """Return a report as a file: the digest of all that follows, a line of JSON, the photo."""
    words = {**vars(report), "number": number, "sent": sent.isoformat(timespec="seconds")}
    body = json.dumps(words, ensure_ascii=False).encode() + b"\n" + photo
    return HEAD + hashlib.sha256(body).hexdigest().encode() + b"\n" + body
