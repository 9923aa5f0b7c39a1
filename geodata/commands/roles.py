"""Roles given at the command line, written into the office's roles file.

Not here: reading that file (``settings``), or what a role allows (``people.access``).
"""

import os
import re
from pathlib import Path
from tempfile import NamedTemporaryFile

from geodata import settings
from geodata.core.errors import WrongCallError
from geodata.core.text import _
from geodata.people import access

_PEOPLE = re.compile(r"^[ \t]*\[[ \t]*people[ \t]*\][ \t]*(#.*)?$", re.MULTILINE)


def give_roles(path: Path, email: str, roles: list[str]) -> None:
    """Write roles of a person into a roles file, in place of those they had.

    What else stands in the file, remarks included, stays; it changes at once or not at all.

    Raises
    ------
    WrongCallError
        If the file is written in a way that only a person can change.
    """
    known = access.required_address(email)
    before = settings.office(path)
    text = path.read_text("utf-8") if path.exists() else "one_person = false\n"
    listed = ", ".join(f'"{role}"' for role in roles)
    line = f'"{known}" = [{listed}]'
    theirs = re.compile(
        rf'^[ \t]*["\']{re.escape(known)}["\'][ \t]*=.*$', re.IGNORECASE | re.MULTILINE
    )
    if theirs.search(text):
        text = theirs.sub(line, text)
    else:
        if not _PEOPLE.search(text):
            text = text.rstrip("\n") + "\n\n[people]"
        text = _PEOPLE.sub(lambda head: f"{head[0]}\n{line}", text, count=1)
    people = {**before.people, known: tuple(roles)}
    _replace(path, text.rstrip("\n") + "\n", access.Office(people, before.one_person))


def _replace(path: Path, text: str, wanted: access.Office) -> None:
    """Put a text in the place of a roles file if it says what is wanted."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(
        "w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}-", delete=False
    ) as draft:
        draft.write(text)
        draft.flush()
        os.fsync(draft.fileno())
    try:
        try:
            right = settings.office(Path(draft.name)) == wanted
        except WrongCallError:
            right = False
        if not right:
            sentence = _("{path} cannot be changed safely; write the role into it by hand.")
            raise WrongCallError(sentence.format(path=path))
        if path.exists():
            Path(draft.name).chmod(path.stat().st_mode & 0o777)
        Path(draft.name).replace(path)
    finally:
        Path(draft.name).unlink(missing_ok=True)
