"""Folders to work in beside a target: for their owner alone, and swept away if that one was killed.

What is made in them may be a whole copy of a store. Not here: files written whole (``files``).
"""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

try:
    import fcntl
except ImportError:  # Windows: who is gone is then told by age alone
    fcntl = None  # type: ignore[assignment]

_PREFIX = ".hg-work-"
_JUST_MADE_S, _LEFT_S = 60, 3600


@contextmanager
def workroom(beside: Path) -> Iterator[Path]:
    """Give a new folder of mode 700, and take it away in the end; left ones are swept first."""
    swept(beside)
    with TemporaryDirectory(prefix=_PREFIX, dir=beside) as name:  # of mode 700, as it says
        folder = Path(name)
        with _claimed(folder):
            yield folder


def swept(beside: Path) -> None:
    """Take away what runs that were killed have left in a folder."""
    for left in beside.glob(f"{_PREFIX}*"):
        if _abandoned(left):
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _claimed(folder: Path) -> Iterator[None]:
    """Hold a lock that the system lets go of when its process ends, however it ends."""
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def _abandoned(folder: Path) -> bool:
    """Say whether nobody works in a folder any more."""
    try:
        age = time.time() - folder.stat().st_mtime
        if fcntl is None or age < _JUST_MADE_S:  # it may not be claimed yet
            return age > _LEFT_S
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # gone in the meantime, or somebody else's
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(handle)
    return True
