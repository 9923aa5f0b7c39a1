"""``briefing``: a briefing of the whole province or of one unit, as a file.

Not here: what a briefing says (``reading.briefing``), or the files (``outputs.briefing``).
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import geopandas as gpd

from geodata.commands import place
from geodata.commands.common import CANCELLED, DONE, add_question, add_sectors, iso_day
from geodata.commands.material import WHAT_IF, Material, assumed, material_of
from geodata.commands.question import Question, plan_then, question_of
from geodata.commands.results import districts
from geodata.core import progress
from geodata.core.clock import local, now
from geodata.core.errors import WrongCallError
from geodata.core.text import _, day
from geodata.geography import units
from geodata.intake import lines
from geodata.outputs.briefing import files
from geodata.reading.briefing import Briefing, brief
from geodata.reading.imprint import Imprint, link
from geodata.reading.view import AXES, VINTAGES, View, statuses
from geodata.register.evidence import entered_later
from geodata.register.sites import KINDS
from geodata.stewardship import history
from geodata.store import SIMULATED

_TEMPLATES = {".docx": "report", ".pptx": "slides"}


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
    _add_view(parser)
    parser.add_argument(
        "--template",
        type=Path,
        metavar="FILE.(docx|pptx)",
        help=_("the office's own template of the report or the slides"),
    )
    parser.add_argument("--given", action="store_true", help=_("note that it was given"))
    add_question(parser)
    add_sectors(parser)


def _add_view(parser: argparse.ArgumentParser) -> None:
    """Add what a view is narrowed to, as its address says it."""
    parser.add_argument("--axis", choices=list(AXES), default="outreach", help=_("which question"))
    parser.add_argument("--kinds", metavar="KIND,…", help=_("only these kinds of sites"))
    parser.add_argument("--statuses", metavar="STATUS,…", help=_("only sites that stand so"))
    parser.add_argument(
        "--vintage", choices=VINTAGES, default="date", help=_("units of which time; else the day's")
    )


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
        axis=options.axis,
        kinds=_listed(options.kinds, KINDS, "--kinds"),
        statuses=_listed(options.statuses, statuses(options.axis), "--statuses"),
        unit=options.unit,
        vintage=options.vintage,
        plan=question.plan.year,
        compare=options.compare,
    )
    kind = files.kind_of(options.path, options.paper)
    made = _made(options, question, view)
    imprint = replace(
        _imprint(options, view), seal=place.open_store().seal_of(view.workspace, made.data_version)
    )
    made = replace(made, imprint=imprint, ways=_ways(view))
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


def _ways(view: View) -> gpd.GeoDataFrame | None:
    """Return waters and roads to draw beneath the sites."""
    area = units.load_blocks().geometry.union_all() if view.workspace == SIMULATED else None
    return lines.drawn(place.configuration().context, area)


def _listed(text: str | None, known: Sequence[str], option: str) -> tuple[str, ...]:
    """Return the words of a list, each of which has to be known."""
    given = tuple(filter(None, (text or "").split(",")))
    if strange := [word for word in given if word not in known]:
        raise WrongCallError(
            _("{option} does not know “{word}”; choose from: {known}.").format(
                option=option, word=strange[0], known=", ".join(known)
            )
        )
    return given


def _imprint(options: argparse.Namespace, view: View) -> Imprint:
    """Return who issues and makes a file, with the template that the call names."""
    letterhead = place.configuration().letterhead
    if options.template:
        ending = options.path.suffix.lower()
        if ending not in _TEMPLATES or options.template.suffix.lower() != ending:
            sentence = _(
                "A template is for slides (.pptx) or a report (.docx), each by its own kind."
            )
            raise WrongCallError(sentence)
        letterhead = replace(letterhead, **{_TEMPLATES[ending]: options.template})
    return Imprint(letterhead, place.operator().name, local(now()), link(view, letterhead))


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
