"""``briefing --each unit``: a briefing of every unit, made in several processes at once.

The processes make contents and this one writes them, so that breaking off leaves whole files or
none. Not here: what a briefing is made of (``basis``), or how a file looks (``outputs.briefing``).
"""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from geodata.commands.basis import Basis
from geodata.core import progress
from geodata.core.files import OutputError, write_whole
from geodata.core.text import _, language, number, speaking
from geodata.outputs.briefing import files
from geodata.outputs.briefing.sections import without_sites
from geodata.reading.view import View

_MOST = 8  # processes: each takes the memory of a briefing of its own


class Made(NamedTuple):
    """A unit's files, contents by name; what it is called, and whether it has a site at all."""

    view: View
    name: str
    contents: Mapping[str, bytes]
    empty: bool


def write_each(
    basis: Basis, view: View, kinds: Sequence[str], folder: Path, written: Callable[[View], None]
) -> None:
    """Write the files of every unit into a folder, and name each on stdout once it is there.

    Parameters
    ----------
    basis : Basis
        What the briefings are made of.
    view : View
        What they have alike; the unit is filled in.
    kinds : sequence of str
        Of `files.KINDS`.
    folder : Path
        Made if it is not there.
    written : callable
        Told of the view of each unit whose files are there.
    """
    views = [replace(view, unit=str(code)) for code in basis.outlines.index]
    empty: list[str] = []
    every = _in_processes(basis, views, kinds)
    with closing(every), progress.line(sys.stderr) as listener:
        listener(0, _("Making the briefings of {n} units").format(n=number(len(views))))
        for n, made in enumerate(every, 1):
            for name, content in made.contents.items():
                write_whole(folder / name, content)
                print(folder / name, flush=True)
            written(made.view)
            empty += [made.name] if made.empty else []
            step = _("{n} of {all}: {name}")
            listener(n / len(views), step.format(n=n, all=len(views), name=made.name))
    if empty:
        sentence = _("Units without a site on record ({n}), as their briefings say: {names}.")
        names = ", ".join(sorted(empty))
        print(sentence.format(n=number(len(empty)), names=names), file=sys.stderr)


def _spoken(code: str, basis: Basis, view: View, kinds: Sequence[str]) -> Made:
    """Return the files of one unit in a language: a new process speaks Vietnamese."""
    with speaking(code):
        return made_of(basis, view, kinds)


def made_of(basis: Basis, view: View, kinds: Sequence[str]) -> Made:
    """Return the files of one unit, the same as a call for it alone makes."""
    briefing = basis.briefing(view)
    name = str(basis.outlines["name"][view.unit])
    return Made(
        view,
        name,
        {f"{view.unit}-{files.name(briefing, k)}": files.KINDS[k](briefing) for k in kinds},
        without_sites(briefing),
    )


def _in_processes(basis: Basis, views: Sequence[View], kinds: Sequence[str]) -> Generator[Made]:
    """Yield the files of each unit as they are made; few wait, so that memory does not grow."""
    workers = min(len(views), os.cpu_count() or 1, _MOST)
    context = multiprocessing.get_context("spawn")  # the same on all systems, and no threads copied
    waiting = iter(views)
    with ProcessPoolExecutor(workers, context, initializer=_left_to_the_caller) as pool:
        try:
            running: set[Future[Made]] = set()
            while True:
                room = islice(waiting, workers - len(running))
                running |= {pool.submit(_spoken, language(), basis, view, kinds) for view in room}
                if not running:
                    return
                done, running = wait(running, return_when=FIRST_COMPLETED)
                yield from (one.result() for one in done)
        except BrokenProcessPool as error:
            sentence = _("The system ended a process that made files; close other programs.")
            raise OutputError(sentence) from error
        except BaseException:
            # No more is begun; what is being made is waited for and not written. A process ended
            # while it hands over what it made would leave the pool waiting for the rest for ever.
            pool.shutdown(cancel_futures=True)
            raise


def _left_to_the_caller() -> None:
    """Leave Ctrl+C to the process that writes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
