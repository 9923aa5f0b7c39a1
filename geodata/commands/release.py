"""``release``: open data of a day as a folder that never changes again.

A command of its own beside ``export``: that writes one file of the newest state, drafts too, as
often as one likes; this only what was published, under its version. Not here: what is in it
(``outputs.open``).
"""

import argparse
import os
from pathlib import Path

from geodata.commands import place
from geodata.commands.common import DONE, add_demo, add_json, iso_day, print_json
from geodata.core.clock import today
from geodata.core.text import _, language
from geodata.outputs.open import release
from geodata.outputs.open.tables import origin_of
from geodata.reading.view import usual_day
from geodata.rules.plan import shipped


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "folder", type=Path, metavar="OUT/", help=_("the folder in which the release gets its own")
    )
    parser.add_argument("--as-of", type=iso_day, metavar="YYYY-MM-DD", help=_("the day looked at"))
    add_demo(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Write what was last published, or find that it stands there already."""
    store, workspace = place.open_store(), place.workspace(options)
    snapshot = store.load(workspace, published=True)
    origin = origin_of(
        store,
        snapshot,
        options.as_of or usual_day(shipped(), today()),
        place.configuration().letterhead,
        shipped(),
    )
    files = release.release(snapshot, options.folder, origin)
    if options.json:
        listed = [
            {"path": os.fspath(file.path), "title": file.title[language()], "bytes": file.bytes}
            for file in files
        ]
        print_json({"release": files[0].path.parent.name, "files": listed})
    else:
        for file in files:
            print(file.path)
    return DONE
