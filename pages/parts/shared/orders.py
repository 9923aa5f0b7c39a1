"""Orders of files: however many readers want one, so many are made at once; the others wait.

Not here: how a file is made (``geodata.outputs``), or the solver's turns (``visits.solving``).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from geodata.core.errors import DataError
from geodata.core.progress import Listener, unheard
from geodata.core.text import _
from pages.parts.server import refusals

AT_ONCE = 2
PATIENCE_S = 60.0
_STEP_S = 0.25
_turns = BoundedSemaphore(AT_ONCE)


@contextmanager
def turn(progress: Listener = unheard) -> Iterator[None]:
    """Wait for a turn, and hold it within; who listens hears of the wait and may end it.

    Raises
    ------
    DataError
        If it does not come within a minute: a server that so many ask is not asked for more.
    """
    for _step in range(int(PATIENCE_S / _STEP_S)):
        if _turns.acquire(timeout=_STEP_S):
            break
        progress(0.0, _("Waiting for the files of others"))
    else:
        refusals.note("file out of turn")
        raise DataError(_("Many files are being made right now; please try again in a minute."))
    try:
        yield
    finally:
        _turns.release()
