"""``drill``: can the store be got back – a backup put back elsewhere, proved by seal and figures.

Not here: what is compared (``geodata.drill``).
"""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import gettempdir

from geodata import drill
from geodata.commands import place
from geodata.commands.common import DATA_ERROR, DONE, add_json, print_json
from geodata.core import progress
from geodata.core.progress import Listener
from geodata.core.text import _, number
from geodata.core.workroom import workroom
from geodata.store import copies


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "path", type=Path, nargs="?", metavar="FILE.zip", help=_("a backup; without one, a new one")
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Say of each workspace whether the backup could stand in for the store; fail if it could not.

    A backup of before the store was itself put back, or made anew, does not continue in it.
    """
    with progress.line(sys.stderr) as listener, _backup(options.path, listener) as path:
        proofs = drill.rehearse(place.open_store(), path, listener)
    if options.json:
        print_json([asdict(proof) for proof in proofs])
    else:
        for proof in proofs:
            print(f"{'ok' if proof.holds else 'fault':5} {_sentence(proof)}")
    return DONE if all(proof.holds for proof in proofs) else DATA_ERROR


@contextmanager
def _backup(path: Path | None, listener: Listener) -> Iterator[Path]:
    """Give the backup named, else one made now that is gone afterwards."""
    if path:
        yield path
        return
    store, documents = place.store_and_documents()
    with workroom(Path(gettempdir())) as folder:
        made = folder / "backup.zip"
        copies.backup(store, documents, made, listener)
        yield made


def _sentence(proof: drill.Proof) -> str:
    if not proof.continues:
        words = _(
            "{workspace} {version}: put back, but the store holds another history at that entry; "
            "find out which of the two is right before you use either."
        )
    elif not proof.same_figures:
        words = _(
            "{workspace} {version}: put back, but its figures are not those of the store; tell "
            "whoever maintains the software."
        )
    else:
        words = _(
            "{workspace} {version}: put back elsewhere, {sites} sites and {records} records, the "
            "same history and the same figures as the store."
        )
    return words.format(
        workspace=proof.workspace,
        version=proof.version,
        sites=number(proof.sites),
        records=number(proof.records),
    )
