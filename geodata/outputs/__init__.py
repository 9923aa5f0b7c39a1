"""Files we write: whole or not at all. One module a format; not here: what the figures are."""

import os
import tempfile
from pathlib import Path

from geodata.errors import ModelError
from geodata.text import _


class OutputError(ModelError):
    """A file could not be written; nothing of it was left behind."""


def write_whole(path: Path, content: bytes) -> None:
    """Write a file under a temporary name and rename it, so that no reader sees half of it.

    Raises
    ------
    OutputError
        If the folder or the disk refuses.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(content)
            temporary.chmod(0o644)
            temporary.replace(path)
        except BaseException:  # an interrupt too leaves nothing behind
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OutputError(
            _(
                "“{path}” could not be written ({reason}); "
                "free some space or choose another folder."
            ).format(path=path, reason=error.strerror)
        ) from error
