"""``check``: what is wrong with a file, and what it would change; nothing is saved.

Not here: the diagnosis itself (``intake.judging``), or the marked copy (``outputs.data.marked``).
"""

import argparse
from pathlib import Path

from geodata.commands import place
from geodata.commands.common import DATA_ERROR, DONE, add_json, print_json
from geodata.commands.diagnosed import add_file, diagnosed, tell
from geodata.core.files import write_whole
from geodata.core.text import _
from geodata.outputs.data import marked
from geodata.store.headings import Headings


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add_json(parser)
    parser.add_argument(
        "--marked", type=Path, metavar="OUT.xlsx", help=_("a copy with a comment on each cell")
    )
    add_file(parser)


def run(options: argparse.Namespace) -> int:
    """Print what is wrong with a file and what it would change."""
    store, workspace = place.open_store(), place.workspace(options)
    ways = Headings(store, workspace).ways()
    sheets, diagnosis = diagnosed(options, store.load(workspace), ways)
    if options.marked:
        content = options.path.read_bytes()
        write_whole(options.marked, marked.render(content, sheets, diagnosis.findings))
    if options.json:
        print_json(diagnosis.as_dict())
    else:
        tell(options, sheets, diagnosis)
    return DONE if diagnosis.ok else DATA_ERROR
