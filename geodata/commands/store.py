"""The command line's part for whole stores: ``backup``, ``restore``, ``copy``.

Not here: how a copy is made and checked (``store.copies``).
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from geodata import settings
from geodata.core import progress
from geodata.core.errors import WrongCallError
from geodata.core.text import _
from geodata.store import Store, copies
from geodata.store.documents import Documents

HOME = Path(__file__).parents[2]
_YES = ("y", "yes", "c", "có", "co")


def register(commands: Any) -> None:
    """Add the commands to those of the command line."""
    backup = commands.add_parser("backup", help=_("save the store and its documents to one file"))
    backup.set_defaults(run=_backup)
    restore = commands.add_parser("restore", help=_("put a backup in the place of the store"))
    restore.add_argument("--yes", action="store_true", help=_("do not ask"))
    restore.set_defaults(run=_restore)
    for command in (backup, restore):
        command.add_argument("path", type=Path, metavar="FILE.zip")
    copy = commands.add_parser("copy", help=_("copy a store into an empty one, of any engine"))
    for name in ("source", "target"):
        copy.add_argument(name, metavar={"source": "FROM", "target": "TO"}[name],
                          help=_("path of a file, or postgresql+psycopg://…"))  # fmt: skip
    copy.set_defaults(run=_copy)
    for command in (backup, restore, copy):
        command.add_argument("--json", action="store_true", help=_("machine-readable output"))


def _backup(options: argparse.Namespace) -> int:
    store, documents = _place()
    with progress.line(sys.stderr) as listener:
        damaged = copies.backup(store, documents, options.path, listener)
    _report(options, store, damaged, str(options.path))
    return 1 if damaged else 0


def _restore(options: argparse.Namespace) -> int:
    """Put a backup in the place of the store; a person at a terminal is asked first."""
    store, documents = _place()
    if sys.stdin.isatty() and not options.yes:
        sentence = _("Everything in {store} is replaced by {path}. Go on? (y/n)")
        print(sentence.format(store=store.name, path=options.path), end=" ", file=sys.stderr)
        sys.stderr.flush()
        if sys.stdin.readline().strip().lower() not in _YES:
            raise WrongCallError(_("Nothing was replaced."))
    with progress.line(sys.stderr) as listener:
        copies.restore(store, documents, options.path, listener)
    _report(options, store, [], store.name)
    return 0


def _copy(options: argparse.Namespace) -> int:
    """Copy a store and, where the two keep them apart, its documents."""
    source, kept = _place(options.source)
    target, wanted = _place(options.target)
    with progress.line(sys.stderr) as listener:
        copies.copy(source, target, listener)
    damaged = [] if kept.folder == wanted.folder else copies.copy_documents(kept, wanted)
    _report(options, target, damaged, target.name)
    return 1 if damaged else 0


def _place(store: str | None = None) -> tuple[Store, Documents]:
    """Return a store and its documents, those of the settings unless named."""
    said = {**os.environ, "HG_STORE": store} if store else os.environ
    found = settings.load(said, HOME)
    return Store(found.store), Documents(found.documents)


def _report(options: argparse.Namespace, store: Store, damaged: Sequence[str], made: str) -> None:
    """Print what was made, and on stderr which documents could not come along."""
    if options.json:
        found = {name: of.version for name, of in store.workspaces().items()}
        summary = {"made": made, "workspaces": found, "damaged_documents": list(damaged)}
        print(json.dumps(summary, ensure_ascii=False))
    else:
        print(made)
    if damaged:
        sentence = _("{n} documents are damaged and were left out: {listed}.")
        listed = ", ".join(key[:12] for key in damaged)
        print(sentence.format(n=len(damaged), listed=listed), file=sys.stderr)
