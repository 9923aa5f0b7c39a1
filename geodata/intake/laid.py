"""What was laid down in the spool, for the stewards' server to take out: whole, foreign or damaged.

Whoever can write there may have laid down anything: each file is judged before it is believed.
Not here: laying down (``spool``), where reports are kept (``store.inbox``).
"""

import contextlib
import hashlib
import json
import os
import stat
import time
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from geodata.core.errors import DataError
from geodata.core.text import _
from geodata.intake.reading import apart
from geodata.intake.spool import ENDING, HEAD, UNFINISHED
from geodata.register import reports
from geodata.register.reports import PublicReport

ASIDE = "aside"
"""The folder for what is no report; only who takes reports out looks into it."""

LARGEST = 4 * 1024 * 1024
_ABANDONED_S = 3600  # a report takes moments to be written
_DIGEST = 64


class LaidReport(NamedTuple):
    """A report as it was laid down; `digest` is that of the whole file."""

    number: str
    report: PublicReport
    photo: bytes
    sent: datetime  # UTC
    digest: str


def names(folder: Path) -> list[str]:
    """Return what lies in a spool, in no order that means anything; nothing if there is none.

    What a killed process has begun and left goes here.
    """
    listed = []
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name == ASIDE:
                continue
            if entry.name.endswith(UNFINISHED):
                _sweep(entry)
                continue
            listed.append(entry.name)
    return sorted(listed)


def _sweep(entry: "os.DirEntry[str]") -> None:
    """Take an unfinished file away once nobody can be writing it any more."""
    with contextlib.suppress(OSError):
        if time.time() - entry.stat(follow_symlinks=False).st_mtime > _ABANDONED_S:
            Path(entry.path).unlink()


def judged(folder: Path, name: str) -> LaidReport:
    """Return the report in a file of the spool.

    Raises
    ------
    DataError
        If it is none, or a damaged one; the sentence says why.
    FileNotFoundError
        If somebody else has just taken it out.
    PermissionError
        If it may not be read here: then nothing is known of it.
    """
    number = name.removesuffix(ENDING)
    if number == name or not reports.is_number(number):
        raise DataError(_("no report by its name"))
    content = _content(folder / name)
    head, body = content[: len(HEAD) + _DIGEST], content[len(HEAD) + _DIGEST + 1 :]
    digest = hashlib.sha256(body).hexdigest()
    if head != HEAD + digest.encode():
        raise _damaged()
    line, _newline, photo = body.partition(b"\n")
    try:
        words = json.loads(line)
        sent = datetime.fromisoformat(words["sent"])
        given = [str(words[name]) for name in ("site", "topic", "words", "contact")]
        report = reports.checked(*given)
        if words["number"] != number or sent.tzinfo is not None:
            raise _damaged()
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _damaged() from error
    if photo:
        photo = apart.stranger_s_photo(photo, "photo.jpg").content
    return LaidReport(number, report, photo, sent, hashlib.sha256(content).hexdigest())


def _content(path: Path) -> bytes:
    """Return the bytes of a file, if it is one of its own and of a size that reports have."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            about = os.fstat(handle)
            if not stat.S_ISREG(about.st_mode):
                raise DataError(_("it cannot be opened as a file of its own"))
            if about.st_size > LARGEST:
                raise DataError(_("it is larger than any report"))
            with os.fdopen(handle, "rb", closefd=False) as file:
                return file.read(LARGEST)
        finally:
            os.close(handle)
    except (FileNotFoundError, PermissionError):
        raise
    except OSError as error:
        raise DataError(_("it cannot be opened as a file of its own")) from error


def _damaged() -> DataError:
    return DataError(_("it is damaged, or was not written by the public server"))


def take_away(folder: Path, name: str) -> bool:
    """Take a file out of the spool; say whether that could be done."""
    try:
        (folder / name).unlink(missing_ok=True)
    except OSError:
        return False
    return True


def set_aside(folder: Path, name: str) -> bool:
    """Lay what is no report where nobody takes it for one; say whether that could be done."""
    aside = folder / ASIDE
    try:
        aside.mkdir(mode=0o700, exist_ok=True)
        about = aside.lstat()
        if not stat.S_ISDIR(about.st_mode) or about.st_uid != os.geteuid():
            return False  # somebody else's: it may lead anywhere
        (folder / name).rename(aside / f"{name[:100]}.{time.time_ns()}")
    except OSError:
        return False
    return True


def lying_aside(folder: Path) -> list[str]:
    """Return the names of what was set aside."""
    try:
        return sorted(path.name for path in (folder / ASIDE).iterdir())
    except OSError:
        return []
