"""Who issues a paper: the body, who signs it and who is sent it, as the office set them.

Not here: where they are set (``settings``), or how a paper shows them (``outputs``).
"""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Letterhead:
    """What an official paper says of those who issue it; an empty part stays a marked blank.

    `sign_for` is the line of authority above the signatory's `position`: ``TM. ỦY BAN NHÂN DÂN``,
    ``KT. GIÁM ĐỐC``. `drafted_by` is the drafting unit's code among those that file a copy.
    `address` is where the public opens the app. `contents` says whether reports have a table of
    contents; `report` and `slides` are the office's own templates.
    """

    body: str = ""
    parent: str = ""
    place: str = ""
    sign_for: str = ""
    position: str = ""
    signatory: str = ""
    recipients: tuple[str, ...] = ()
    drafted_by: str = ""
    address: str = ""
    contents: bool = False
    report: Path | None = None
    slides: Path | None = None
