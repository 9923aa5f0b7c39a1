"""What a call makes briefings of: the data, the question, who issues them, the same for all units.

Not here: the options of the call (``briefing``), or the files of many units (``each``).
"""

import argparse
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import geopandas as gpd

from geodata.commands import place
from geodata.commands.material import WHAT_IF, Material, assumed, material_of
from geodata.commands.question import Question, plan_then
from geodata.core.clock import local, now
from geodata.core.errors import WrongCallError
from geodata.core.text import _
from geodata.geography import units
from geodata.intake import lines
from geodata.people.letterhead import Letterhead
from geodata.reading.briefing import Briefing, brief
from geodata.reading.imprint import Imprint, link
from geodata.reading.view import View
from geodata.register.evidence import entered_later
from geodata.store import SIMULATED


@dataclass(frozen=True)
class Basis:
    """All that briefings of one call have alike; `more` is what `brief` takes besides."""

    material: Material
    question: Question
    outlines: gpd.GeoDataFrame
    letterhead: Letterhead
    maker: str
    made_at: datetime
    seal: str  # of the data version; empty for figures made from files
    ways: gpd.GeoDataFrame | None  # waters and roads to draw beneath the sites
    more: dict[str, Any]

    def briefing(self, view: View) -> Briefing:
        """Return the briefing of a view.

        Raises
        ------
        WrongCallError
            If its unit is not there.
        """
        if view.unit and view.unit not in self.outlines.index:
            raise WrongCallError(
                _("There is no administrative unit with the code {code}.").format(code=view.unit)
            )
        made = brief(
            self.material.sites,
            self.material.evidence,
            self.question.plan,
            view,
            units=self.outlines,
            data_version=self.material.version,
            **self.more,
        )
        way = link(view, self.letterhead)
        imprint = Imprint(self.letterhead, self.maker, self.made_at, way, seal=self.seal)
        return replace(made, imprint=imprint, ways=self.ways)


def basis_of(
    options: argparse.Namespace, question: Question, view: View, letterhead: Letterhead
) -> Basis:
    """Return what a call's briefings are made of; a briefing given needs the store's own data."""
    material = material_of(options, question)
    if options.given and material.version == WHAT_IF:
        raise WrongCallError(_("Figures made from files are no briefing given; leave out --given."))
    compare: date | None = options.compare
    return Basis(
        material,
        question,
        units.dissolve(units.load_blocks(), view.units_of),
        letterhead,
        place.operator().name,
        local(now()),
        _seal(view, material),
        _ways(view),
        {
            "districts": units.districts(),
            "compared_to": compare,
            "earlier_plan": plan_then(compare),
            "sectors": material.sectors,
            "later": _later(material, question),
            "assumed": assumed(options),
        },
    )


def _seal(view: View, material: Material) -> str:
    """Return the seal of the data version; figures made from files have none, nor need a store."""
    if material.version == WHAT_IF:
        return ""
    return place.open_store().seal_of(view.workspace, material.version)


def _ways(view: View) -> gpd.GeoDataFrame | None:
    """Return waters and roads to draw beneath the sites."""
    area = units.load_blocks().geometry.union_all() if view.workspace == SIMULATED else None
    return lines.drawn(place.configuration().context, area)


def _later(material: Material, question: Question) -> int:
    """Return how many records of the plan's time were entered after the day of knowledge."""
    start, end = question.plan.window.start, question.plan.last_day(question.as_of)
    return entered_later(material.unseen, question.known_at, start, end)
