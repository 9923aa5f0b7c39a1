"""Reading a foreign file in a process of its own, with bounds on its memory and its time.

What parses files is native code (calamine, GDAL, expat), and a file may be made to harm it: then
that process ends, and a sentence remains. One process reads one file; the next stands ready, so
that nobody waits for its start. What it answers is JSON, never code. Not here: the reading
(``files``), the judging of documents (``attachments``). Linux only, as the bounds are.
"""

import base64
import contextlib
import io
import json
import os
import resource
import selectors
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Generator, Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geodata.core.errors import DataError
from geodata.core.progress import Listener, unheard
from geodata.core.text import _
from geodata.intake.reading import archive as archives
from geodata.intake.reading.grid import Sheet, UnrecognisedError
from geodata.intake.reading.piped import Arriving, plain

if TYPE_CHECKING:
    from geodata.intake.attachments import Taken

MEMORY = 280_000_000  # bytes beyond what the process has before it sees the file …
PICTURE = 900_000_000  # the same where a picture is unpacked: 50 million pixels, and copies
PER_BYTE = 6  # … and for each byte of it, unpacked
SECONDS = 90.0  # by the clock
ANSWER = 400_000_000  # bytes of an answer, ten times the largest table
_PIECE = 1 << 20

_waiting: list[subprocess.Popen[bytes]] = []
_lock = threading.Lock()


def read(
    content: bytes | Path, name: str, listener: Listener = unheard, *, memory: int = MEMORY
) -> tuple[Sheet, ...]:
    """Return the tables in a file, as `files.read` does, from a process of its own.

    Parameters
    ----------
    content
        The file, or where it is.
    name
        As the person knows it; only for sentences.
    listener
        Is told the share done and a sentence; what it raises ends the reading.
    memory
        Bytes that the process may take beyond `PER_BYTE` of the file.

    Raises
    ------
    DataError
        As `files.read` raises it; also if the file takes too much memory or time.
    """
    tables: list[Arriving] = []
    with contextlib.closing(_work(_whole(content, name), name, "tables", memory)) as messages:
        for message in messages:
            if "share" in message:
                listener(message["share"], message["step"])
            elif "sheet" in message:
                tables.append(Arriving(message["sheet"]))
            elif "part" in message:
                tables[-1].take(message)
            else:
                break
    return _answered(message.get("refused"), tuple(one.sheet() for one in tables))


def distances(content: bytes | Path, name: str) -> pd.DataFrame:
    """Return the distances in a file, as `matrix.read` does, from a process of its own.

    Raises
    ------
    DataError
        As `matrix.read` raises it; also if the file takes too much memory or time.
    """
    with contextlib.closing(_work(_whole(content, name), name, "distances", MEMORY)) as messages:
        message = next(messages)
    if "refused" in message:
        raise DataError(message["refused"])
    metres = np.array(message["metres"], dtype=float)  # one that is null is none …
    metres[np.isnan(metres)] = np.inf  # … as JSON has no infinity
    return pd.DataFrame(metres, pd.Index(message["venues"]), pd.Index(message["sites"]))


def document(content: bytes, name: str, *, keep_position: bool = False) -> "Taken":
    """Return a file as it is kept beside a record, as `attachments.taken` does, judged apart.

    Raises
    ------
    DataError
        As `attachments.taken` raises it; also if the file takes too much memory or time.
    """
    return _judged(content, name, "document", keep_position=keep_position)


def stranger_s_photo(content: bytes, name: str) -> "Taken":
    """Return a photo that a stranger sent, as `attachments.stranger_s` does, judged apart.

    Raises
    ------
    DataError
        As that raises it; also if the photo takes too much memory or time.
    """
    return _judged(content, name, "photo")


def _judged(content: bytes, name: str, what: str, **options: bool) -> "Taken":
    """Return a document or photo as a process of its own says that it is to be kept."""
    from geodata.intake import attachments  # noqa: PLC0415 - not at start

    if not attachments.is_worth_opening(content):
        return attachments.taken(content, name)  # refuses it
    with contextlib.closing(_work(content, name, what, PICTURE, **options)) as messages:
        message = next(messages)
    if "refused" in message:
        raise DataError(message["refused"])
    kept = base64.b64decode(message["content"]) if "content" in message else content
    attached = attachments.Attachment(*message["document"])
    return attachments.Taken(attached, kept, tuple(message["notes"]))


def _whole(content: bytes | Path, name: str) -> bytes:
    """Return the bytes of a file that may hold tables."""
    from geodata.intake.reading.files import content_of, shown_name  # noqa: PLC0415 - not at start

    return content_of(content, shown_name(name))


def _work(
    whole: bytes, name: str, what: str, memory: int, **options: bool
) -> Generator[dict[str, Any], None, None]:
    """Have a process read a file; yield what it says, and end it when nobody listens any more."""
    process = _taken()
    try:
        job = {"name": name, "what": what, "memory": memory, "size": len(whole), "options": options}
        writer = threading.Thread(target=_send, args=(process, job, whole), daemon=True)
        writer.start()
        yield from _messages(process)
        raise _unreadable(name) if what in ("document", "photo") else _ended(process, name)
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream:
                stream.close()


def _unreadable(name: str) -> DataError:
    from geodata.intake import attachments  # noqa: PLC0415 - not at start

    return attachments.broken(name)


def _answered(refused: str | None, sheets: tuple[Sheet, ...]) -> tuple[Sheet, ...]:
    """Return the tables of a file, or raise what was said of it."""
    if refused is None:
        return sheets
    raise UnrecognisedError(refused, sheets) if sheets else DataError(refused)


def ready() -> None:
    """Have a process stand ready for the next file."""
    with _lock:
        _waiting[:] = [process for process in _waiting if process.poll() is None]
        if not _waiting:
            _waiting.append(_started())


def _taken() -> subprocess.Popen[bytes]:
    ready()
    with _lock:
        return _waiting.pop()


def _started() -> subprocess.Popen[bytes]:
    home = str(Path(__file__).parents[3])
    paths = os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(
        [sys.executable, "-m", "geodata.intake.reading.apart"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": paths, "MALLOC_ARENA_MAX": "1"},
    )


def _send(process: subprocess.Popen[bytes], job: dict[str, Any], content: bytes) -> None:
    """Hand a file over; a process that ends before it has all of it says so by its silence."""
    try:
        if process.stdin:
            process.stdin.write(json.dumps(job).encode() + b"\n")
            process.stdin.write(content)
            process.stdin.flush()
    except OSError:
        return


def _messages(process: subprocess.Popen[bytes]) -> Iterator[dict[str, Any]]:
    """Yield what a process says until it ends, says too much, or has had its time."""
    if process.stdout is None:
        return
    until = time.monotonic() + SECONDS
    unread, size = bytearray(), 0
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while (left := until - time.monotonic()) > 0 and size <= ANSWER:
            if not selector.select(left):
                return
            piece = os.read(process.stdout.fileno(), _PIECE)
            if not piece:
                return
            size += len(piece)
            unread += piece
            *lines, rest = unread.split(b"\n") if b"\n" in piece else [unread]
            unread = bytearray(rest)
            for line in lines:
                yield json.loads(line)


def _ended(process: subprocess.Popen[bytes], name: str) -> DataError:
    """Return the sentence on a process that ended, or has to be ended, without an answer."""
    from geodata.intake.reading.files import shown_name  # noqa: PLC0415 - not at start

    shown = shown_name(name)
    with contextlib.suppress(subprocess.TimeoutExpired):
        if process.wait(1) == 1:  # as Python ends when nothing was prepared for an error
            return archives.damaged(shown)
    return DataError(
        _(
            "“{name}” takes more memory or time to read than any table needs, so nothing of it was "
            "read; save only the table as a new .xlsx file and try again."
        ).format(name=shown)
    )


# --- the process itself --------------------------------------------------------------------


def _serve(source: IO[bytes], answer: IO[bytes]) -> None:
    """Read the one file that comes in, and answer line by line."""
    from geodata.intake.reading import files, vectors  # noqa: F401, PLC0415 - while nobody waits

    head = source.readline()
    if not head:  # whoever started this has ended
        return
    job = json.loads(head)
    content = source.read(job["size"])
    _bound(job["memory"] + PER_BYTE * _unpacked(content))

    def tell(message: dict[str, Any]) -> None:
        answer.write(json.dumps(message, ensure_ascii=False).encode() + b"\n")
        answer.flush()

    try:
        if job["what"] == "distances":
            tell(_distances(content, job["name"]))
            return
        if job["what"] in ("document", "photo"):
            tell(_document(content, job["name"], job["what"], **job["options"]))
            return
        sheets = files.read(
            content, job["name"], lambda share, step: tell({"share": share, "step": step})
        )
        _tell_all(sheets, tell)
        tell({})
    except UnrecognisedError as error:
        _tell_all(error.sheets, tell)
        tell({"refused": str(error)})
    except DataError as error:
        tell({"refused": str(error)})
    except MemoryError:  # said by whoever waits for an answer
        return


def _distances(content: bytes, name: str) -> dict[str, Any]:
    """Return a table of distances as JSON takes it."""
    from geodata.intake import matrix  # noqa: PLC0415 - while nobody waits

    table = matrix.read(content, name)
    metres = table.astype(object).where(np.isfinite(table), None)
    return {
        "venues": table.index.tolist(),
        "sites": table.columns.tolist(),
        "metres": metres.to_numpy().tolist(),
    }


def _document(content: bytes, name: str, what: str, **options: bool) -> dict[str, Any]:
    """Return what a document is as JSON takes it, with its content where that has changed."""
    from geodata.intake import attachments  # noqa: PLC0415 - while nobody waits

    judge = attachments.stranger_s if what == "photo" else attachments.taken
    made = judge(content, name, **options)
    answer: dict[str, Any] = {"document": made.attachment, "notes": made.notes}
    if made.content != content:
        answer["content"] = base64.b64encode(made.content).decode()
    return answer


def _tell_all(sheets: Iterable[Sheet], tell: Callable[[dict[str, Any]], None]) -> None:
    for sheet in sheets:
        for message in plain(sheet):
            tell(message)


def _unpacked(content: bytes) -> int:
    """Return the size of a file, of an archive that of all in it, as far as one is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except archives.BROKEN:
        size = len(content)
    return min(size, archives.TOTAL)


def _bound(memory: int) -> None:
    """Set how much this process may still take of memory and of the processor."""
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + memory, used + memory))
    seconds = int(SECONDS)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    # What native code prints must not stand between the answers, nor on anybody's screen.
    answers, sys.stderr = os.fdopen(os.dup(1), "wb"), os.fdopen(os.dup(2), "w")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    _serve(sys.stdin.buffer, answers)
