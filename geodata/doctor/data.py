"""Does the data agree with itself: codes, positions, subjects, references, attached documents.

Not here: whether the store kept it (``kept``).
"""

import geopandas as gpd
import pandas as pd

from geodata.core.errors import StoreError
from geodata.core.lookup import is_in
from geodata.core.text import _
from geodata.doctor.symptom import Symptom, judged
from geodata.geography import units
from geodata.geography.coordinates import to_metres
from geodata.register import evidence as ev
from geodata.register import sites
from geodata.store import known_subjects
from geodata.store.documents import Documents

_GENERALISED_M = 30


def attached(listed: pd.DataFrame, documents: Documents) -> Symptom:
    """Return whether every attached document is there and what it was."""
    return judged(
        "documents",
        "fault",
        lost(listed, documents),
        _("Every attached document is there and unchanged."),
        _("{n} attached documents are missing or damaged: {listed}; take them from a backup."),
    )


def register(register: gpd.GeoDataFrame) -> list[Symptom]:
    """Return whether codes and positions of the sites fit, and which have none."""
    return [
        judged(
            "codes",
            "fault",
            unknown_codes(register),
            _("Every unit code of every site is known in its vintage."),
            _("{n} sites have an unknown unit code: {listed}; correct the register."),
        ),
        judged(
            "positions",
            "fault",
            misplaced(register),
            _("Every position lies in the units its site states."),
            _("{n} sites lie outside a unit they state: {listed}; correct position or code."),
        ),
        judged(
            "unplaced",
            "note",
            register.loc[~sites.placed(register), "id"].tolist(),
            _("Every site has a position."),
            _("{n} sites have no position and are listed beside the map: {listed}."),
        ),
    ]


def records(records: pd.DataFrame, register: gpd.GeoDataFrame) -> list[Symptom]:
    """Return whether the records speak of what there is."""
    unknown = ev.unknown_subjects(records, known_subjects(register["id"]))
    return [
        judged(
            "subjects",
            "fault",
            [fault.value for fault in unknown],
            _("All evidence is about known sites, districts, or the province."),
            _("{n} records are about something unknown: {listed}; complete the register."),
        ),
        judged(
            "references",
            "note",
            dangling(records),
            _("Every record that another one replaces or withdraws is there."),
            _("{n} records replace or withdraw a record that is not there: {listed}."),
        ),
    ]


def lost(attached: pd.DataFrame, documents: Documents) -> list[str]:
    """Return the names of attached documents that are missing or no longer what they were."""
    names = []
    for key, name in attached.drop_duplicates("id").set_index("id")["name"].items():
        try:
            documents.get(str(key))
        except StoreError:
            names.append(str(name))
    return names


def unknown_codes(register: pd.DataFrame) -> list[str]:
    """Return the ids of sites with a unit code that their vintage does not have."""
    communes = units.load_legacy_communes().reset_index()
    wrong = pd.Series(data=False, index=register.index)
    for column in ("district_legacy", "commune_legacy", "commune_2025"):
        wrong |= register[column].notna() & ~register[column].isin(communes[column])
    return list(register.loc[wrong, "id"])


def misplaced(register: gpd.GeoDataFrame) -> list[str]:
    """Return the ids of sites further outside a unit they state than their accuracy allows.

    Districts of the legacy vintage and communes of 2025 are looked at; the borders themselves
    are generalised to 30 m, and a position without a stated accuracy is known to its commune.
    """
    blocks = units.load_blocks()
    placed = to_metres(register[sites.placed(register)])
    allowed = placed["position_accuracy_m"].fillna(sites.UNCERTAIN_M) + _GENERALISED_M
    wrong = pd.Series(data=False, index=placed.index)
    for vintage, column in (
        (units.Vintage.LEGACY, "district_legacy"),
        (units.Vintage.Y2025, "commune_2025"),
    ):
        borders = to_metres(units.dissolve(blocks, vintage)).geometry
        stated = borders.reindex(placed[column]).set_axis(placed.index)
        wrong |= placed.distance(stated) > allowed
    return list(placed.loc[wrong, "id"])


def dangling(records: pd.DataFrame) -> list[str]:
    """Return the ids of records that supersede or refer to a record that is not there."""
    # Only a document may name several: one local plan can answer many central ones.
    many = records["refers_to"].where((records["kind"] == "document").to_numpy()).str.split(";")
    one = records["refers_to"].where((records["kind"] != "document").to_numpy())
    named = pd.concat([records["supersedes"], one, many.explode()]).dropna()
    missing = named[~is_in(named, records["id"])]
    return list(records.loc[sorted(set(missing.index)), "id"])
