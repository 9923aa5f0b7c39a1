"""``export``: the data as a file. Not here: the formats (``outputs.data.exchange``)."""

import argparse
from pathlib import Path

from geodata.commands import place
from geodata.commands.common import DONE, add_demo
from geodata.core.files import write_whole
from geodata.core.text import _
from geodata.outputs.data import exchange


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "path",
        type=Path,
        metavar="OUT.(xlsx|csv|geojson|gpkg|kml)",
        help=_("the file to write; its ending says which kind"),
    )
    parser.add_argument("--table", choices=exchange.TABLES, default="sites", help=_("which table"))
    add_demo(parser)


def run(options: argparse.Namespace) -> int:
    """Write a table of the store in the format that the file's name asks for."""
    kind = options.path.suffix.removeprefix(".").lower()
    snapshot = place.open_store().load(place.workspace(options))
    write_whole(options.path, exchange.render(snapshot, kind, options.table))
    print(options.path)
    return DONE
