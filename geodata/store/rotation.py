"""Rotation: which backups of a folder stay, so that it never fills and yet reaches far back.

Not here: making a backup (``copies``).
"""

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

DAYS, WEEKS, MONTHS = 7, 5, 12
"""The newest backup of each of so many days, weeks and months stays."""

_FORM = "haugiang-%Y%m%dT%H%M%SZ.zip"
_NAME = re.compile(r"haugiang-\d{8}T\d{6}Z\.zip")
_PERIODS: tuple[tuple[int, Callable[[datetime], object]], ...] = (
    (DAYS, lambda moment: moment.date()),
    (WEEKS, lambda moment: moment.isocalendar()[:2]),
    (MONTHS, lambda moment: (moment.year, moment.month)),
)


def named(folder: Path, moment: datetime) -> Path:
    """Return where a backup of a moment (UTC) goes in a folder."""
    return folder / moment.strftime(_FORM)


def kept(moments: Iterable[datetime]) -> set[datetime]:
    """Return which of some moments stay: the newest of each period, for each kind of period."""
    newest_first = sorted(moments, reverse=True)
    staying: set[datetime] = set()
    for most, period_of in _PERIODS:
        newest: dict[object, datetime] = {}
        for moment in newest_first:
            newest.setdefault(period_of(moment), moment)
        staying.update(list(newest.values())[:most])
    return staying


def rotate(folder: Path) -> list[Path]:
    """Delete the backups of a folder that need not stay; return them.

    Only files with the name that `named` gives are looked at.
    """
    moments = {
        datetime.strptime(path.name, _FORM): path  # noqa: DTZ007 - UTC, as the name says
        for path in folder.iterdir()
        if _NAME.fullmatch(path.name) and path.is_file()
    }
    staying = kept(moments)
    gone = [path for moment, path in moments.items() if moment not in staying]
    for path in gone:
        path.unlink()
    return sorted(gone)
