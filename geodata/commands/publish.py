"""``publish``: the public map as a folder of static pages, for any web server or none.

The pages are what a browser shows, so they are written by ``layers``; that is imported here when
the command is called, and nowhere else in ``geodata`` (ADR 8). Not here: what stands on them.
"""

import argparse
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geodata.commands import place
from geodata.commands.common import DONE, add_demo, add_json, iso_day, print_json
from geodata.core.clock import today
from geodata.core.text import _, number
from geodata.geography import units
from geodata.intake import lines
from geodata.outputs.open.tables import origin_of
from geodata.reading.view import usual_day
from geodata.rules.plan import shipped
from geodata.store import REAL, SIMULATED


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("path", type=Path, metavar="OUT/", help=_("the folder to write"))
    parser.add_argument("--verify", action="store_true", help=_("look the site over first"))
    parser.add_argument(
        "--address", default="", metavar="https://…", help=_("where the site will lie")
    )
    parser.add_argument("--as-of", type=iso_day, metavar="YYYY-MM-DD", help=_("the day looked at"))
    add_json(parser)
    add_demo(parser)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no garbage meanwhile: of 100,000 sites that takes a tenth of the time for 2 %."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def run(options: argparse.Namespace) -> int:
    """Write what was last published as a site."""
    from layers.site.build import publish  # noqa: PLC0415 - pages are above the model
    from layers.site.edition import edition_of  # noqa: PLC0415

    store, workspace = place.open_store(), place.workspace(options)
    configured, day = place.configuration(), today()
    snapshot = store.load(workspace, published=True)
    as_of = options.as_of or usual_day(shipped(), day)
    edition = edition_of(
        snapshot,
        origin_of(store, snapshot, as_of, configured.letterhead, shipped()),
        day,
        address=options.address,
        reported=store.reported(workspace),
        app=configured.letterhead.address if configured.spool and workspace == REAL else "",
        ways=lines.drawn(
            configured.context,
            units.load_blocks().geometry.union_all() if workspace == SIMULATED else None,
        ),
    )
    with _uncollected():
        written = publish(edition, options.path, verify=options.verify)
    if options.json:
        print_json({"path": str(options.path), "data_version": edition.snapshot.version, **written})
        return DONE
    words = _("{path}: {n} files, {mb} MB, data version {version}")
    size = number(written["bytes"] / 1e6, 1)
    parts = {"path": options.path, "n": number(written["files"]), "mb": size}
    print(words.format(**parts, version=edition.snapshot.version))
    return DONE
