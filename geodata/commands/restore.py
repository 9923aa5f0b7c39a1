"""``restore``: a backup in the place of the store.

Not here: how a backup is checked and put there (``store.copies``).
"""

import argparse
import sys
from pathlib import Path

from geodata.commands import place
from geodata.commands.common import DONE, add_json
from geodata.commands.copied import report
from geodata.core import progress
from geodata.core.errors import WrongCallError
from geodata.core.text import _
from geodata.store import copies

_YES = ("y", "yes", "c", "có", "co")


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("--yes", action="store_true", help=_("do not ask"))
    parser.add_argument("path", type=Path, metavar="FILE.zip", help=_("the backup"))
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Put a backup in the place of the store; a person at a terminal is asked first."""
    store, documents = place.store_and_documents()
    if sys.stdin.isatty() and not options.yes:
        sentence = _("Everything in {store} is replaced by {path}. Go on? (y/n)")
        print(sentence.format(store=store.name, path=options.path), end=" ", file=sys.stderr)
        sys.stderr.flush()
        if sys.stdin.readline().strip().lower() not in _YES:
            raise WrongCallError(_("Nothing was replaced."))
    with progress.line(sys.stderr) as listener:
        copies.restore(store, documents, options.path, listener)
    report(options, store, [], store.name)
    return DONE
