"""``visits``: the next visits that reach most sites.

Not here: how they are chosen (``planning.visits``), or why, in words (``planning.reasons``).
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from geodata.commands.common import DONE, add_json, add_question, positive, print_json
from geodata.commands.material import Material, material_of
from geodata.commands.question import Question, question_of
from geodata.commands.results import add_axis, results_of
from geodata.core.text import _, day
from geodata.geography import units
from geodata.intake import matrix
from geodata.intake.reading import apart
from geodata.planning import reasons, scenario, venues, visits
from geodata.reading import worklist
from geodata.rules.targets import Result, of_axis

MORE = 5  # counts of venues beyond those asked for that the curve goes on for


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "--count", type=positive, required=True, metavar="N", help=_("how many visits")
    )
    parser.add_argument(
        "--radius-km",
        type=float,
        required=True,
        metavar="R",
        help=_("how far a site may be from its visit, km"),
    )
    parser.add_argument(
        "--lock",
        action="append",
        default=[],
        metavar="ID",
        help=_("a venue that is kept; can be repeated"),
    )
    parser.add_argument(
        "--avoid",
        action="append",
        default=[],
        metavar="ID",
        help=_("a venue that is not used; can be repeated"),
    )
    parser.add_argument(
        "--capacity",
        type=positive,
        metavar="SITES",
        help=_("how many sites one visit takes at most"),
    )
    parser.add_argument(
        "--venues",
        nargs="+",
        choices=venues.SOURCES,
        default=["site", "commune"],
        metavar="KIND",
        help=_("where visits may be: {values}").format(values=", ".join(venues.SOURCES)),
    )
    parser.add_argument(
        "--weigh",
        nargs="+",
        choices=scenario.WEIGHTS,
        default=[],
        metavar="WHAT",
        help=_("what counts for more: {values}").format(values=", ".join(scenario.WEIGHTS)),
    )
    parser.add_argument(
        "--with-open",
        action="store_true",
        help=_("also sites of which it is not known whether they count"),
    )
    parser.add_argument(
        "--distances", type=Path, metavar="FILE", help=_("a table of distances by road")
    )
    add_axis(parser)
    add_question(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print the visits chosen, why each of them, and whether fewer would do."""
    question = question_of(options)
    material = material_of(options, question)
    result = of_axis(results_of(material, question), options.axis)
    ready = _prepared(options, question, material, result)
    choice = visits.best(ready.problem, options.count)
    if options.json:
        head = question.head(material.version)
        print_json(head | _answer(options, result, ready, choice))
        return DONE
    as_of = day(question.as_of)
    print(_("As of {as_of}:").format(as_of=as_of), reasons.of_choice(ready, choice))
    for pick in choice.picks:
        name, why = reasons.name(ready, pick.venue), reasons.of_pick(ready, pick, options.axis)
        print(pick.venue, name, why, sep="\t")
    print(reasons.of_proof(ready, choice))
    return DONE


def _prepared(
    options: argparse.Namespace, question: Question, material: Material, result: Result
) -> scenario.Prepared:
    """Return the problem that the options pose."""
    about = material.sites, material.evidence, result, options.axis, question.as_of
    open_ = worklist.gaps(*about)
    if options.with_open:
        open_ = worklist.with_undecided(open_, worklist.undecided(*about), result)
    wanted = _scenario(options)
    blocks = units.load_blocks()
    frames = {vintage.value: units.dissolve(blocks, vintage) for vintage in units.Vintage}
    metres = (
        apart.distances(options.distances, str(options.distances)) if options.distances else None
    )
    if metres is not None and (blank := matrix.unreachable(metres)):
        print(blank, file=sys.stderr)
    places = venues.candidates(material.sites, frames, scenario.sources(wanted))
    return scenario.prepare(wanted, open_, material.sites["enterprises"], places, metres)


def _scenario(options: argparse.Namespace) -> scenario.Scenario:
    """Return what the options ask for."""
    return scenario.Scenario(
        count=options.count,
        radius_km=options.radius_km,
        sources=tuple(options.venues),
        locked=tuple(options.lock),
        avoided=tuple(options.avoid),
        capacity=options.capacity,
        weigh=tuple(options.weigh),
        distances=str(options.distances or ""),
    )


def _answer(
    options: argparse.Namespace,
    result: Result,
    ready: scenario.Prepared,
    choice: visits.Solution,
) -> dict[str, Any]:
    """Return the answer as plain data."""
    needed, counted = scenario.short_of(result)
    towards = scenario.towards(ready, counted)
    least = visits.least(towards, needed) if needed else None
    table = visits.curve(ready.problem, max(options.count, len(ready.problem.locked)) + MORE)
    return {
        "axis": options.axis,
        "count": options.count,
        "radius_km": options.radius_km,
        "distance": "file" if options.distances else "straight line",
        "open": len(ready.sites),
        "unplaced": ready.unplaced,
        "covered": choice.covered,
        "certain": reasons.certain(ready, choice),
        "bound": choice.bound,
        "proven": choice.proven,
        "chosen": _picks(choice.picks, ready),
        "curve": table.to_dict("records"),
        "smallest": {
            "needed": needed,
            "count": 0 if needed == 0 else None if least is None else len(least.picks),
            "proven": least is None or least.proven,
            "venues": [] if least is None else list(least.venues),
        },
    }


def _picks(picks: Sequence[visits.Pick], ready: scenario.Prepared) -> list[dict[str, Any]]:
    return [
        {
            "venue": pick.venue,
            "name": reasons.name(ready, pick.venue),
            "source": ready.venues["source"][pick.venue],
            "locked": pick.locked,
            "gain": pick.gain,
            "alone": pick.alone,
            "adds": list(pick.adds),
        }
        for pick in picks
    ]
