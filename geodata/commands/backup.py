"""``backup``: the store and its documents in one file.

Not here: how that is made and checked (``store.copies``), which older ones stay (``rotation``).
"""

import argparse
import sys
from pathlib import Path

from geodata.commands import place
from geodata.commands.common import DATA_ERROR, DONE, add_json
from geodata.commands.copied import report
from geodata.core import progress
from geodata.core.clock import now
from geodata.core.errors import WrongCallError
from geodata.core.text import _
from geodata.store import copies, inbox, rotation


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "path", type=Path, metavar="FILE.zip|FOLDER", help=_("the file to write, or its folder")
    )
    parser.add_argument(
        "--rotate",
        action="store_true",
        help=_(
            "delete older backups of the folder; the newest of {days} days, {weeks} weeks and "
            "{months} months stays"
        ).format(days=rotation.DAYS, weeks=rotation.WEEKS, months=rotation.MONTHS),
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Save the store and its documents to one file; fail if a document could not come along.

    In a folder the file is named by its moment. Older ones go only once the new one is whole.
    """
    path = options.path
    if options.rotate and not path.is_dir():
        raise WrongCallError(_("--rotate needs a folder that is there: {path}.").format(path=path))
    path = rotation.named(path, now()) if path.is_dir() else path
    store, documents = place.store_and_documents()
    inbox.forget(store, now())  # before it would lie in one more file
    with progress.line(sys.stderr) as listener:
        damaged = copies.backup(store, documents, path, listener)
    if options.rotate and not damaged:
        rotation.rotate(options.path)
    report(options, store, damaged, str(path))
    return DATA_ERROR if damaged else DONE
