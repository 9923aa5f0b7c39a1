"""``briefing``: a briefing of the whole province or of one unit, as a file.

Not here: what a briefing says (``reading.briefing``), or the files (``outputs.briefing``).
"""

import argparse
import sys
from pathlib import Path

from geodata.commands import place
from geodata.commands.common import CANCELLED, DONE, add_question, add_sectors, iso_day
from geodata.commands.material import WHAT_IF, Material, assumed, material_of
from geodata.commands.question import Question, plan_then, question_of
from geodata.commands.results import districts
from geodata.core import progress
from geodata.core.errors import WrongCallError
from geodata.core.text import _, day
from geodata.geography import units
from geodata.outputs.briefing import files
from geodata.reading.briefing import Briefing, brief
from geodata.reading.view import View
from geodata.register.evidence import entered_later
from geodata.stewardship import history


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "path",
        type=Path,
        metavar="OUT.(pdf|pptx|docx|xlsx)",
        help=_("the file to write; its ending says which kind"),
    )
    parser.add_argument("--paper", choices=files.PAPERS, help=_("of a PDF; a4 by default"))
    parser.add_argument("--unit", metavar="CODE", help=_("only this unit"))
    parser.add_argument("--compare", type=iso_day, metavar="YYYY-MM-DD", help=_("beside this day"))
    parser.add_argument("--given", action="store_true", help=_("note that it was given"))
    add_question(parser)
    add_sectors(parser)


def run(options: argparse.Namespace) -> int:
    """Write a briefing of the whole province or of one unit."""
    question = question_of(options)
    if options.compare and options.compare >= question.as_of:
        raise WrongCallError(
            _("The day to compare with must lie before {as_of}.").format(as_of=day(question.as_of))
        )
    view = View(
        question.as_of,
        known_at=question.named_known_at,
        workspace=place.workspace(options),
        unit=options.unit,
        plan=question.plan.year,
        compare=options.compare,
    )
    kind = files.kind_of(options.path, options.paper)
    made = _made(options, question, view)
    try:
        with progress.line(sys.stderr) as listener:
            files.write(made, options.path, kind, listener=listener)
    except KeyboardInterrupt:
        print(_("Cancelled; no file was written."), file=sys.stderr)
        return CANCELLED
    print(options.path)
    if options.given:
        who = place.operator()
        place.open_store().remember(view.workspace, history.noted(view), who=who)
    return DONE


def _made(options: argparse.Namespace, question: Question, view: View) -> Briefing:
    """Return the briefing of a view, or refuse a unit that is not there."""
    outlines = units.dissolve(units.load_blocks(), view.units_of)
    if options.unit and options.unit not in outlines.index:
        raise WrongCallError(
            _("There is no administrative unit with the code {code}.").format(code=options.unit)
        )
    material = material_of(options, question)
    if options.given and material.version == WHAT_IF:
        raise WrongCallError(_("Figures made from files are no briefing given; leave out --given."))
    return brief(
        material.sites,
        material.evidence,
        question.plan,
        view,
        units=outlines,
        districts=districts(),
        data_version=material.version,
        compared_to=options.compare,
        earlier_plan=plan_then(options.compare),
        sectors=material.sectors,
        later=_later(material, question),
        assumed=assumed(options),
    )


def _later(material: Material, question: Question) -> int:
    """Return how many records of the plan's time were entered after the day of knowledge."""
    start, end = question.plan.window.start, question.plan.last_day(question.as_of)
    return entered_later(material.unseen, question.known_at, start, end)
