"""The data a call is about: from the files it names, the rest from the store.

Not here: reading files (``intake``), the plan and the days (``question``), what is counted from it
(``results``).
"""

import argparse
import sys
from datetime import date
from typing import NamedTuple

import geopandas as gpd
import pandas as pd

from geodata import intake
from geodata.commands import place
from geodata.commands.question import Question
from geodata.core.clock import today
from geodata.core.lookup import is_in
from geodata.core.text import _, day, number
from geodata.register import declarations, evidence, frames, vocabulary
from geodata.rules import countable, intensity
from geodata.rules.plan import Plan, shipped
from geodata.store import known_subjects

WHAT_IF = "what-if"  # the data version of figures that files stand in for


class Material(NamedTuple):
    """What a call is about: as known on the day asked for, and the records entered later."""

    sites: gpd.GeoDataFrame
    evidence: pd.DataFrame
    unseen: pd.DataFrame
    declarations: pd.DataFrame
    owners: pd.Series  # who operates each plant, of the store too: a file may leave it out
    version: str

    def sectors(self, chosen: Plan) -> pd.DataFrame:
        """Return the intensity of a plan's sectors; of few plants no figures are told."""
        measured = intensity.of_plan(self.declarations, chosen, owners=self.owners)
        return intensity.public(measured)


def material_of(options: argparse.Namespace, question: Question) -> Material:
    """Return sites, evidence and declarations: from the files named, the rest from the store."""
    known_at = question.known_at
    register = intake.read_sites(options.sites) if options.sites else None
    records = intake.read_evidence(options.evidence, today()) if options.evidence else None
    declared = _declared(options, question.plan) if options.declarations else None
    version, unseen, owners = WHAT_IF, None, None
    if register is None or records is None:
        snapshot = place.open_store().load(place.workspace(options), known_at=known_at)
        if register is None and records is None and declared is None:
            version = snapshot.version
        owners = snapshot.sites["operator"]
        register = snapshot.sites if register is None else register
        if records is None:
            records, unseen = snapshot.evidence, snapshot.unseen
        declared = snapshot.declarations if declared is None else declared
    if unseen is None:
        _refuse_unknown(records, register, options)
        for sentence in countable.sentences(countable.cannot_count(records, shipped())):
            print(sentence, file=sys.stderr)
        unseen = records[~is_in(records["id"], evidence.known_at(records, known_at)["id"])]
        records = evidence.known_at(records, known_at)
        _say_unseen(unseen, known_at)
    declared = declarations.none() if declared is None else declared
    known = declarations.known_at(declared, known_at)
    own = register["operator"]
    owners = own if owners is None else own.combine_first(owners)
    return Material(register, records, unseen, known, owners, version)


def assumed(options: argparse.Namespace) -> tuple[str, ...]:
    """Return what a call assumes: the names of its files, and a baseline year of its own."""
    files = (options.sites, options.evidence, options.declarations)
    names = [path.name for path in files if path]
    if options.baseline_year is not None:
        names.append(_("baseline year {year}").format(year=options.baseline_year))
    return tuple(names)


def _declared(options: argparse.Namespace, chosen: Plan) -> pd.DataFrame:
    """Return declarations from a file, or refuse them if the plan does not know a sector."""
    declared = intake.read_declarations(options.declarations, today())
    listed = [sector for target in chosen.targets for sector in target.sectors]
    frames.refuse(str(options.declarations), declarations.unknown_sectors(declared, listed))
    return declared


def _refuse_unknown(
    records: pd.DataFrame, register: pd.DataFrame, options: argparse.Namespace
) -> None:
    """Refuse records from a file if they speak of something unknown."""
    faults = evidence.unknown_subjects(records, known_subjects(register.index))
    frames.refuse(str(options.evidence), faults)


def _say_unseen(unseen: pd.DataFrame, known_at: date) -> None:
    """Say how many records of a file were entered after the day of knowledge."""
    if len(unseen):
        sentence = _(
            "{n} records were entered after {day} and are not seen; see the column “{header}” "
            "({column})."
        )
        column = "recorded_at"
        named = {"header": vocabulary.HEADERS["evidence"][column], "column": column}
        print(sentence.format(n=number(len(unseen)), day=day(known_at), **named), file=sys.stderr)
