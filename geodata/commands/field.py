"""``field``: the sheets for a day in the field.

Not here: the order of the stops (``planning.routes``), or the files (``outputs.field``).
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from geodata.commands.common import DONE, add_question
from geodata.commands.material import assumed, material_of
from geodata.commands.question import question_of
from geodata.core.errors import WrongCallError
from geodata.core.files import write_whole
from geodata.core.text import _
from geodata.geography import units
from geodata.outputs.field import pdf as field_pdf
from geodata.outputs.field import workbook as field_xlsx
from geodata.outputs.field.day import DayMaterial, FieldDay, UnitNames, prepare

KINDS: dict[str, Callable[[FieldDay], bytes]] = {
    "pdf": field_pdf.render,
    "xlsx": field_xlsx.render,
}


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "path",
        type=Path,
        metavar="OUT.(pdf|xlsx)",
        help=_("the file to write; its ending says which kind"),
    )
    parser.add_argument("--site", action="append", default=[], metavar="ID", help=_("a stop"))
    parser.add_argument("--start", metavar="ID", help=_("a site or commune the day begins at"))
    parser.add_argument("--back", action="store_true", help=_("end the day where it began"))
    parser.add_argument("--address", default="", metavar="URL", help=_("where the app is found"))
    add_question(parser)


def run(options: argparse.Namespace) -> int:
    """Write the sheets of a day, and say what order the stops have."""
    kind = options.path.suffix.removeprefix(".").lower()
    if kind not in KINDS:
        kinds = " ".join(f".{each}" for each in KINDS)
        raise WrongCallError(
            _("“{path}” must end in one of: {known}.").format(path=options.path, known=kinds)
        )
    question = question_of(options)
    material = material_of(options, question)
    blocks = units.load_blocks()
    of_vintage = {vintage.value: units.dissolve(blocks, vintage) for vintage in units.Vintage}
    known = DayMaterial(
        material.sites,
        material.evidence,
        question.plan,
        question.as_of,
        UnitNames.of(of_vintage, units.load_legacy_communes()),
        material.version,
        simulated=options.demo,
        assumed=assumed(options),
        known_at=question.named_known_at,
    )
    field_day = prepare(
        options.site, known, start=options.start, back=options.back, address=options.address
    )
    write_whole(options.path, KINDS[kind](field_day))
    print(field_day.order_text, file=sys.stderr)
    print(options.path)
    return DONE
