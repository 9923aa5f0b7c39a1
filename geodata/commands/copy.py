"""``copy``: a store into an empty one, of any engine.

Not here: how a copy is made and checked (``store.copies``).
"""

import argparse
import sys

from geodata.commands import place
from geodata.commands.common import DATA_ERROR, DONE, add_json
from geodata.commands.copied import report
from geodata.core import progress
from geodata.core.text import _
from geodata.store import copies


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    for name, metavar in (("source", "FROM"), ("target", "TO")):
        parser.add_argument(
            name, metavar=metavar, help=_("path of a file, or postgresql+psycopg://…")
        )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Copy a store and, where the two keep them apart, its documents."""
    source, kept = place.store_and_documents(options.source)
    target, wanted = place.store_and_documents(options.target)
    with progress.line(sys.stderr) as listener:
        copies.copy(source, target, listener)
    damaged = [] if kept.folder == wanted.folder else copies.copy_documents(kept, wanted)
    report(options, target, damaged, target.name)
    return DATA_ERROR if damaged else DONE
