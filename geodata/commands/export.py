"""``export``: the data as a file, with the statuses of a day beside it.

Not here: the formats (``outputs.data.exchange``), or what files say of themselves (``origin``).
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

from geodata.commands import place
from geodata.commands.common import DONE, add_days, add_demo
from geodata.commands.question import question_of
from geodata.core.clock import local, now
from geodata.core.files import write_whole
from geodata.core.text import _, number
from geodata.outputs.data import exchange
from geodata.outputs.data.origin import Provenance

_NAMED = 12  # subjects without a place that are named


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "path",
        type=Path,
        metavar="OUT.(xlsx|csv|geojson|gpkg|kml)",
        help=_("the file to write; its ending says which kind"),
    )
    parser.add_argument("--table", choices=exchange.TABLES, default="sites", help=_("which table"))
    parser.add_argument("--public", action="store_true", help=_("only what the public may see"))
    add_days(parser)
    add_demo(parser)


def run(options: argparse.Namespace) -> int:
    """Write a table of the store in the format that the file's name asks for."""
    kind = options.path.suffix.removeprefix(".").lower()
    question = question_of(options)
    origin = Provenance(
        question.plan,
        question.as_of,
        question.known_at,
        local(now()),
        place.configuration().letterhead,
        place.operator().name,
        public=options.public,
    )
    known_at = question.named_known_at
    snapshot = place.open_store().load(place.workspace(options), known_at=known_at)
    write_whole(options.path, exchange.render(snapshot, origin, kind, options.table))
    print(options.path)
    if kind == "csv":
        beside = options.path.with_name(f"{options.path.name}-metadata.json")
        write_whole(beside, exchange.companion(snapshot, origin, options.path.name))
        print(beside)
    if kind in exchange.MAPS:
        _say_unplaced(exchange.unplaced(snapshot, origin, options.table))
    return DONE


def _say_unplaced(rows: Counter[str]) -> None:
    """Say which rows of a map have no point."""
    if not rows:
        return
    named = [f"{subject} ({number(n)})" for subject, n in rows.most_common(_NAMED)]
    if len(rows) > _NAMED:
        named.append(_("and {n} others").format(n=number(len(rows) - _NAMED)))
    sentence = _("{n} rows are in the file without a point; what they are about has none: {who}.")
    print(sentence.format(n=number(rows.total()), who="; ".join(named)), file=sys.stderr)
