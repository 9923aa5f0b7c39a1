"""The plan's targets for a call: ``indicators`` prints them, ``gaps`` and ``visits`` take one.

Not here: how a target is counted (``rules.targets``), or the data (``material``).
"""

import argparse

from geodata.commands.material import Material
from geodata.commands.question import Question
from geodata.core.text import _
from geodata.geography import units
from geodata.rules import targets


def results_of(material: Material, question: Question) -> tuple[targets.Result, ...]:
    """Return the plan's targets at a date; what few plants declared shows no figures."""
    return targets.results(
        material.sites,
        material.evidence,
        question.plan,
        question.as_of,
        units.districts(),
        sectors=material.sectors(question.plan),
    )


def add_axis(parser: argparse.ArgumentParser) -> None:
    """Add the option that says which axis, and so which target, a call is about."""
    parser.add_argument(
        "--axis",
        choices=targets.OF_AXIS,
        default="outreach",
        help=_("outreach, or meeting the criteria"),
    )
