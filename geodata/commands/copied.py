"""What ``backup``, ``restore`` and ``copy`` say when they are done.

Not here: the commands, or how a store is copied (``store.copies``).
"""

import argparse
import sys
from collections.abc import Sequence

from geodata.commands import place
from geodata.commands.common import print_json
from geodata.core.text import _
from geodata.store import Store


def report(options: argparse.Namespace, store: Store, damaged: Sequence[str], made: str) -> None:
    """Print what was made, and on stderr which documents could not come along."""
    if options.json:
        versions = place.versions(store)
        print_json({"made": made, "workspaces": versions, "damaged_documents": list(damaged)})
    else:
        print(made)
    if damaged:
        sentence = _("{n} documents are damaged and were left out: {listed}.")
        listed = ", ".join(key[:12] for key in damaged)
        print(sentence.format(n=len(damaged), listed=listed), file=sys.stderr)
