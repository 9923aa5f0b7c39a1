"""``headings``: what columns of the office's own files were said to mean, as a file.

Not here: where that is kept (``store.headings``), or taking files by it (``check``, ``import``).
"""

import argparse
from pathlib import Path

from geodata.commands import place
from geodata.commands.common import DONE, add_demo
from geodata.core.files import write_whole
from geodata.core.text import _
from geodata.outputs import sheets
from geodata.store.headings import Headings

COLUMNS = ("kind", "header", "column", "who", "at")


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("path", type=Path, metavar="OUT.csv", help=_("the file to write"))
    add_demo(parser)


def run(options: argparse.Namespace) -> int:
    """Write a row a column: kind of table, header as written, what it means, who said so."""
    remembered = Headings(place.open_store(), place.workspace(options)).listed()
    rows = ([one[name] for name in COLUMNS] for one in remembered)
    write_whole(options.path, sheets.csv_file(COLUMNS, rows))
    print(options.path)
    return DONE
