"""``backup``: the store and its documents in one file.

Not here: how that is made and checked (``store.copies``).
"""

import argparse
import sys
from pathlib import Path

from geodata.commands import place
from geodata.commands.common import DATA_ERROR, DONE, add_json
from geodata.commands.copied import report
from geodata.core import progress
from geodata.core.text import _
from geodata.store import copies


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("path", type=Path, metavar="FILE.zip", help=_("the file to write"))
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Save the store and its documents to one file; fail if a document could not come along."""
    store, documents = place.store_and_documents()
    with progress.line(sys.stderr) as listener:
        damaged = copies.backup(store, documents, options.path, listener)
    report(options, store, damaged, str(options.path))
    return DATA_ERROR if damaged else DONE
