"""Taking reports out of the spool: each is kept before its file goes, so none is lost or doubled.

Not here: judging a file (``intake.laid``), keeping it (``store.inbox``).
"""

from pathlib import Path
from typing import NamedTuple

from geodata.core.errors import DataError
from geodata.intake import laid
from geodata.store.inbox import Inbox

MOST_AT_ONCE = 50
"""Photos are judged one by one, each in a process of its own: more would keep a person waiting."""
_MOST_LOOKED_AT = 1000


class StrangeFile(NamedTuple):
    """A file of the spool that is no report, and why; `moved` says whether it lies aside now."""

    name: str
    reason: str
    moved: bool


class TakenIn(NamedTuple):
    """What came of it: how many new reports, what was strange, how many files still lie there."""

    new: int
    strange: tuple[StrangeFile, ...]
    left: int


def take_in(folder: Path, inbox: Inbox) -> TakenIn:
    """Take what lies in the spool into the store; killed anywhere, it goes on from there.

    Raises
    ------
    StoreError
        If the store cannot be written; what has not been kept still lies in the spool.
    """
    names = laid.names(folder)[:_MOST_LOOKED_AT]
    strange: list[StrangeFile] = []
    new = stay = 0
    for at, name in enumerate(names):
        if new + len(strange) >= MOST_AT_ONCE:
            stay += len(names) - at
            break
        try:
            one = laid.judged(folder, name)
            new += inbox.add(one.number, one.report, one.photo, one.sent, one.digest)
        except FileNotFoundError:  # another steward was faster
            continue
        except PermissionError:  # it may be a sound one: it stays until who may read is set right
            stay += 1
            continue
        except DataError as error:
            moved = laid.set_aside(folder, name)
            strange.append(StrangeFile(name, str(error), moved))
            stay += not moved
            continue
        stay += not laid.take_away(folder, name)
    return TakenIn(new, tuple(strange), stay)
