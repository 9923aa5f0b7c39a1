"""Files written whole or not at all, and why the system refused. Not here: what is in them."""

import errno
import os
import tempfile
from pathlib import Path

from geodata.core.errors import ModelError
from geodata.core.text import N_, _

_REASONS = {
    errno.ENOSPC: N_("the disk is full"),
    errno.EDQUOT: N_("the disk is full"),
    errno.EACCES: N_("writing is not allowed there"),
    errno.EPERM: N_("writing is not allowed there"),
    errno.EROFS: N_("the disk can only be read"),
    errno.ENOTDIR: N_("a part of the path is a file, not a folder"),
    errno.EEXIST: N_("a part of the path is a file, not a folder"),
    errno.ENOENT: N_("there is no such folder"),
    errno.EISDIR: N_("there is a folder of that name"),
    errno.ENAMETOOLONG: N_("the name is too long"),
}


def reason(error: OSError) -> str:
    """Return in a few words why the system refused, or its number where it is a rare one."""
    known = _REASONS.get(error.errno or 0)
    return _(known) if known else _("system error {code}").format(code=error.errno)


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
            ).format(path=path, reason=reason(error))
        ) from error
