"""Progress: how far a piece of work has come, told in a sentence while it goes on.

Who listens may stop the work by raising. Not here: the steps themselves, or how a screen
shows them.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

# Called at the beginning of each step: the share done (0 to 1) and what is being done, in words.
Listener = Callable[[float, str], None]


def unheard(_share: float, _step: str) -> None:
    """Listen to nothing."""


def between(listener: Listener, start: float, end: float) -> Listener:
    """Return a listener for a part of some work that goes from one share of it to another."""
    return lambda share, step: listener(start + (end - start) * share, step)


@contextmanager
def line(stream: TextIO) -> Iterator[Listener]:
    """Give a listener that writes to a stream: one line rewritten on a terminal, else a line each.

    Parameters
    ----------
    stream : TextIO
        Where to; a terminal's line is ended in any case, so that nothing is written behind it.
    """
    terminal = stream.isatty()
    start, end = ("\r\x1b[K", "") if terminal else ("", "\n")

    def write(share: float, step: str) -> None:
        stream.write(f"{start}{share:4.0%}  {step}{end}")
        stream.flush()

    try:
        yield write
    finally:
        if terminal:
            stream.write("\n")
