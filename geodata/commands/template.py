"""``template``: a workbook to fill in. Not here: what stands in it (``outputs.data.template``)."""

import argparse
from pathlib import Path

from geodata.commands.common import DONE
from geodata.core.files import write_whole
from geodata.core.text import _
from geodata.outputs.data import template


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("path", type=Path, metavar="OUT.xlsx", help=_("the file to write"))


def run(options: argparse.Namespace) -> int:
    """Write the workbook."""
    write_whole(options.path, template.render())
    print(options.path)
    return DONE
