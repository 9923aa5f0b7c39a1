"""The command line's part for a day in the field: ``field``.

Not here: the order of the stops (``routes``), or the files (``outputs.field``).
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from geodata.commands.planning import Asked
from geodata.core.errors import WrongCallError
from geodata.core.files import write_whole
from geodata.core.text import _
from geodata.geography import units
from geodata.outputs.field import pdf as field_pdf
from geodata.outputs.field import workbook as field_xlsx
from geodata.outputs.field.day import FieldDay, Geography, Known, prepare

DONE = 0
KINDS: dict[str, Callable[[FieldDay], bytes]] = {
    "pdf": field_pdf.render,
    "xlsx": field_xlsx.render,
}


def register(commands: Any, asked: Callable[[argparse.Namespace], Asked]) -> Any:
    """Add the command to those of the command line, and return it for common options.

    `asked` reads the common options.
    """
    field = commands.add_parser("field", help=_("sheets for a day in the field"))
    field.add_argument("path", type=Path, metavar="OUT.(pdf|xlsx)")
    field.add_argument("--site", action="append", default=[], metavar="ID", help=_("a stop"))
    field.add_argument("--start", metavar="ID", help=_("a site or commune the day begins at"))
    field.add_argument("--back", action="store_true", help=_("end the day where it began"))
    field.add_argument("--address", default="", metavar="URL", help=_("where the app is found"))
    field.set_defaults(
        run=lambda options: _field(options, asked), declarations=None, baseline_year=None
    )
    return field


def _field(options: argparse.Namespace, asked: Callable[[argparse.Namespace], Asked]) -> int:
    """Write the sheets of a day, and say what order the stops have."""
    kind = options.path.suffix.removeprefix(".").lower()
    if kind not in KINDS:
        kinds = " ".join(f".{each}" for each in KINDS)
        raise WrongCallError(
            _("“{path}” must end in one of: {known}.").format(path=options.path, known=kinds)
        )
    of = asked(options)
    blocks = units.load_blocks()
    of_vintage = {vintage.value: units.dissolve(blocks, vintage) for vintage in units.Vintage}
    geography = Geography.of(of_vintage, units.load_legacy_communes())
    known = Known(
        of.sites,
        of.evidence,
        of.plan,
        of.as_of,
        geography,
        of.version,
        simulated=options.demo,
        assumed=of.assumed,
        known_at=of.named_known_at,
    )
    field_day = prepare(
        options.site, known, start=options.start, back=options.back, address=options.address
    )
    write_whole(options.path, KINDS[kind](field_day))
    print(field_day.order_text, file=sys.stderr)
    print(options.path)
    return DONE
