"""Opening archives safely: nothing is unpacked before its size, names and secrecy are judged.

Not here: what is in them (``spreadsheet``, ``vectors``).
"""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from geodata.core.errors import DataError
from geodata.core.text import _, number

MEMBERS = 2000
TOTAL = 120_000_000  # bytes, unpacked
SMALL = 1_000_000  # bytes; below this a high ratio does no harm
RATIO = 150  # tables pack to a tenth or a thirtieth, bombs to a thousandth
_ASIDE = {".ds_store", "thumbs.db", "desktop.ini"}

# What zipfile raises for archives that are not what they say.
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError),
    *(ValueError, struct.error),
)


@contextmanager
def opened(content: bytes, name: str) -> Iterator[zipfile.ZipFile]:
    """Open a zip archive that is safe to read.

    Parameters
    ----------
    content
        The archive.
    name
        Of the file, for the sentences.

    Raises
    ------
    DataError
        If it is damaged, protected by a password, would unpack to too much, or has members
        whose names lead out of a folder.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _judge(archive.infolist(), name)
            yield archive
    except BROKEN as error:
        raise damaged(name) from error


def is_aside(member: str) -> bool:
    """Say whether a member is what a Mac or Windows keeps beside the files themselves."""
    name = member.rpartition("/")[2]
    return member.startswith("__MACOSX/") or name.startswith("._") or name.lower() in _ASIDE


def damaged(name: str) -> DataError:
    """Return the sentence for a file that breaks off or contradicts itself."""
    return DataError(
        _("“{name}” is damaged and cannot be read; save it again and try again.").format(name=name)
    )


def _judge(members: list[zipfile.ZipInfo], name: str) -> None:
    """Refuse an archive by what it says of its members."""
    if any(member.flag_bits & 0x1 for member in members):
        raise DataError(
            _("“{name}” is protected by a password; remove it and try again.").format(name=name)
        )
    if any(_leads_out(member) for member in members):
        raise DataError(
            _(
                "“{name}” holds files whose names lead out of its folder, so nothing of it was "
                "opened; pack it again and try again."
            ).format(name=name)
        )
    total = sum(member.file_size for member in members)
    swollen = any(member.file_size > max(SMALL, RATIO * member.compress_size) for member in members)
    if len(members) > MEMBERS or total > TOTAL or swollen:
        raise DataError(
            _(
                "“{name}” would unpack to far more than a table needs (limit {limit} MB), so "
                "nothing of it was opened; save only the table and try again."
            ).format(name=name, limit=number(TOTAL // 1_000_000))
        )


def _leads_out(member: zipfile.ZipInfo) -> bool:
    """Say whether the name of a member is a path that could be written elsewhere."""
    # zipfile cuts names at a NUL; the name as it stands in the file tells.
    path = member.orig_filename.replace("\\", "/")
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    return (
        path.startswith("/") or ":" in path or "\x00" in path or ".." in path.split("/") or is_link
    )
