"""The doctor: is the store sound, does the data agree with itself, is the software complete.

Not here: repairing. What needs action is a fault; what a person should know is a note.
"""

import errno
import os
import re
import shutil
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import geopandas as gpd
import pandas as pd

from geodata import leaflet
from geodata.core.clock import local, now
from geodata.core.errors import DataError, ModelError, StoreError
from geodata.core.lookup import is_in
from geodata.core.text import _, number
from geodata.geography import units
from geodata.geography.coordinates import to_metres
from geodata.intake import laid, lines
from geodata.outputs import fonts
from geodata.people.access import Office
from geodata.register import evidence as ev
from geodata.register import sites
from geodata.stewardship import history
from geodata.store import REAL, Store, known_subjects
from geodata.store.accounts import Accounts
from geodata.store.documents import Documents

Level = Literal["ok", "note", "fault"]
STOPS_THE_APP = ("store", "leaflet", "port")

_GENERALISED_M = 30
_LEAST_FREE_MB = 100
_MB = 1_000_000
_LISTED = 10
_DESCRIBED = re.compile(r"\d+ sites, seed -?\d+")


@dataclass(frozen=True)
class Symptom:
    """What one check found, as a sentence for whoever runs the software."""

    check: str
    level: Level
    message: str


def examine(
    store: Store,
    documents: Documents,
    context: Path | None = None,
    office: Office | None = None,
    proofs: Sequence[str] = (),
) -> list[Symptom]:
    """Check the store, the real data in it, and what the software needs around it.

    Parameters
    ----------
    store, documents : Store, Documents
        They are only read.
    context : Path, optional
        The file of waters and roads that the settings name.
    office : Office, optional
        Who has which role; without it nobody has one.
    proofs : sequence of str
        Seals or data versions from outside, that the store has to go on from.

    Returns
    -------
    list of Symptom
        One a check; the data is not checked where the store cannot be read.
    """
    around = [_leaflet(), *_fonts(), *_disk(store), *_lines(context)]
    try:
        damage, breaks, miscopied = store.damage(), store.breaks(), store.miscopied()
        snapshot = store.load(REAL)
        kept = [*_guarded(store), *_accounts(store, office), *_witnessed(store, proofs, breaks)]
        kept += _clock(store)
    except ModelError as error:
        return [Symptom("store", "fault", str(error)), *around]
    opened = _("The store {store} is in order, its real data at version {version}.")
    return [
        Symptom("store", "ok", opened.format(store=store.name, version=snapshot.version)),
        *_whole(damage, breaks),
        *_copied(miscopied, store.columns),
        _judged(
            "documents",
            "fault",
            lost(snapshot.documents, documents),
            _("Every attached document is there and unchanged."),
            _("{n} attached documents are missing or damaged: {listed}; take them from a backup."),
        ),
        *kept,
        *_register(snapshot.sites),
        *_records(snapshot.evidence, snapshot.sites),
        *around,
    ]


def _whole(damage: list[str], breaks: list[str]) -> list[Symptom]:
    """Return whether the database's file and the journal in it are whole."""
    return [
        _judged(
            "integrity",
            "fault",
            damage,
            _("The database finds no damage in its file."),
            _("The database finds damage in its file ({listed}); put a backup in its place."),
        ),
        _judged(
            "journal",
            "fault",
            breaks,
            _("The seals of the journal hold: nothing was changed past the software."),
            _(
                "{n} entries of the journal do not fit their seal: {listed}; somebody changed the "
                "database past the software. Compare with a backup."
            ),
        ),
    ]


def _copied(miscopied: list[str], folder: Path | None) -> list[Symptom]:
    """Return whether the copies as columns are what the store's rows say; nothing without any."""
    if folder is None or not folder.is_dir():
        return []
    return [
        _judged(
            "columns",
            "fault",
            miscopied,
            _("The copies as columns hold what the store holds."),
            _(
                "{n} copies as columns are not what the store holds: {listed}; delete them, they "
                "are made anew."
            ),
        )
    ]


def port(port_number: int) -> Symptom:
    """Check that the app can listen at a port, as it will: on all addresses of both kinds."""
    words = _("Port {port} is free.")
    level: Level = "ok"
    for family, everywhere in ((socket.AF_INET, "0.0.0.0"), (socket.AF_INET6, "::")):  # noqa: S104
        try:
            with socket.socket(family) as asked:
                asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                asked.bind((everywhere, port_number))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                continue  # a machine without IPv6
            words = _("Port {port} is in use; end the other program or choose another with PORT=.")
            level = "fault"
    return Symptom("port", level, words.format(port=port_number))


def spool(folder: Path | None) -> list[Symptom]:
    """Check that reports of the public can be laid down where the settings say, if they do."""
    if folder is None:
        return []
    words = {"path": folder, "n": number(len(laid.names(folder)))}
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        sentence = _(
            "Reports from the public cannot be laid down in {path}; make that folder as "
            "docs/operations.md says."
        )
        return [Symptom("spool", "fault", sentence.format(**words))]
    aside = laid.lying_aside(folder)
    return [
        Symptom("spool", "ok", _("{n} reports wait in {path} for a steward.").format(**words)),
        *(
            [_judged("aside", "note", aside, "", _("{n} files of the spool lie aside: {listed}."))]
            if aside
            else []
        ),
    ]


# --- against whoever can write the database ---------------------------------------------------


def _guarded(store: Store) -> list[Symptom]:
    """Return whether the database still refuses changes, and says of itself what it should."""
    described = {name: one.description for name, one in store.workspaces().items()}
    strange = [
        f"{name}: {words}"
        for name, words in described.items()
        if words and (name == REAL or not _DESCRIBED.fullmatch(words))
    ]
    return [
        _judged(
            "guards",
            "fault",
            store.unguarded(),
            _("The database itself refuses to change what was entered."),
            _(
                "{n} guards of the database are gone: {listed}; somebody took them away. Compare "
                "with a backup and put it back."
            ),
        ),
        _judged(
            "descriptions",
            "fault",
            strange,
            _("What the workspaces say of themselves is what the software wrote."),
            _("{n} workspaces say what the software never wrote: {listed}."),
        ),
    ]


def _accounts(store: Store, office: Office | None) -> list[Symptom]:
    """Return which local accounts there are; no seal covers them, so a person has to know them."""
    listed = [account.email for account in Accounts(store).listed()]
    without = [email for email in listed if not (office and office.people.get(email))]
    if without:
        sentence = _("{n} local accounts have no role: {listed}; remove who is unknown to you.")
        return [_judged("accounts", "note", without, "", sentence)]
    well = _("Local accounts: {listed}.").format(listed=", ".join(listed) or _("none"))
    return [Symptom("accounts", "ok", well)]


def _witnessed(store: Store, proofs: Sequence[str], breaks: list[str]) -> list[Symptom]:
    """Return whether the store goes on from what was noted outside of it."""
    symptoms = []
    if proofs:
        symptoms.append(_goes_on(store, "against", proofs, breaks))
    if store.witness:
        noted = store.witness.noted()
        if forged := [one.seal for one in noted if one.signed is False]:
            sentence = _("{n} lines of the file of seals are not signed with this key: {listed}.")
            symptoms.append(_judged("signatures", "fault", forged, "", sentence))
        symptoms.append(_goes_on(store, "seals", [one.seal for one in noted], breaks))
        if store.seal(REAL) not in {one.seal for one in noted}:
            sentence = _(
                "The newest seal is not in the file of seals {path}; see who may write there."
            )
            symptoms.append(Symptom("witness", "note", sentence.format(path=store.witness.path)))
    return symptoms


def _goes_on(store: Store, check: str, proofs: Sequence[str], breaks: list[str]) -> Symptom:
    """Return whether a store goes on from each of some seals, unbroken."""
    lost = [proof for proof in proofs if breaks or store.holding(proof) is None]
    well = _("The store goes on from all {n} seals given: nothing up to them was changed.")
    sentence = _(
        "The store does not go on from {n} seals: {listed}; entries were changed or lost, or an "
        "older backup was put back."
    )
    return _judged(check, "fault", lost, well.format(n=number(len(proofs))), sentence)


def _clock(store: Store) -> list[Symptom]:
    """Return whether the clock runs forward: who knew what on a day goes by it."""
    journal = store.journal(REAL)
    if history.is_ahead(journal, now()):
        words = _(
            "This machine's clock shows {now}, before the newest entry ({at}); set it right before "
            "anything is entered."
        )
        newest = journal["at"].max().to_pydatetime()
        shown = {"now": f"{local(now()):%d/%m/%Y %H:%M}", "at": f"{local(newest):%d/%m/%Y %H:%M}"}
        return [Symptom("clock", "fault", words.format(**shown))]
    return [
        _judged(
            "clock",
            "note",
            [str(entry) for entry in history.backwards(journal)],
            _("The entries are dated in the order in which they were made."),
            _("{n} entries are dated before an earlier one ({listed}); the clock was set back."),
        )
    ]


# --- data ----------------------------------------------------------------------------------


def _register(register: gpd.GeoDataFrame) -> list[Symptom]:
    return [
        _judged(
            "codes",
            "fault",
            unknown_codes(register),
            _("Every unit code of every site is known in its vintage."),
            _("{n} sites have an unknown unit code: {listed}; correct the register."),
        ),
        _judged(
            "positions",
            "fault",
            misplaced(register),
            _("Every position lies in the units its site states."),
            _("{n} sites lie outside a unit they state: {listed}; correct position or code."),
        ),
        _judged(
            "unplaced",
            "note",
            register.loc[~sites.placed(register), "id"].tolist(),
            _("Every site has a position."),
            _("{n} sites have no position and are listed beside the map: {listed}."),
        ),
    ]


def _records(records: pd.DataFrame, register: gpd.GeoDataFrame) -> list[Symptom]:
    unknown = ev.unknown_subjects(records, known_subjects(register["id"]))
    return [
        _judged(
            "subjects",
            "fault",
            [fault.value for fault in unknown],
            _("All evidence is about known sites, districts, or the province."),
            _("{n} records are about something unknown: {listed}; complete the register."),
        ),
        _judged(
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


def _judged(check: str, level: Level, wrong: list[str], well: str, sentence: str) -> Symptom:
    """Return a finding: well where nothing is wrong, else the sentence with what is."""
    if not wrong:
        return Symptom(check, "ok", well)
    listed = ", ".join(wrong[:_LISTED]) + (" …" if len(wrong) > _LISTED else "")
    return Symptom(check, level, sentence.format(n=number(len(wrong)), listed=listed))


# --- around the data -----------------------------------------------------------------------


def _leaflet() -> Symptom:
    try:
        leaflet.located()
    except leaflet.MissingLeafletError as error:
        return Symptom("leaflet", "fault", str(error))
    return Symptom("leaflet", "ok", _("Leaflet, which draws the map, is installed."))


def _fonts() -> list[Symptom]:
    """Return which font of files and maps is missing."""
    try:
        fonts.folder()
    except fonts.MissingFontError as error:
        return [Symptom("fonts", "fault", str(error))]
    return []


def _lines(path: Path | None) -> list[Symptom]:
    """Return whether the file of waters and roads can be drawn, if one is named."""
    if path is None:
        return []
    try:
        frame, left_out = lines.read(path)
    except DataError as error:
        return [Symptom("context", "fault", str(error))]
    words = _("{n} waters and roads of {path} are drawn beneath the sites.")
    symptoms = [Symptom("context", "ok", words.format(n=number(len(frame)), path=path))]
    if left_out:
        listed = ", ".join(sorted(f"“{word}” ({n})" for word, n in left_out.items())[:_LISTED])
        more = _("Not drawn, of another class: {listed}.")
        symptoms.append(Symptom("context", "note", more.format(listed=listed)))
    return symptoms


def _disk(store: Store) -> list[Symptom]:
    """Return how much room the store's disk has, if the store is a file."""
    if not store.path:
        return []
    folder = next(parent for parent in store.path.absolute().parents if parent.is_dir())
    free = shutil.disk_usage(folder).free // _MB
    sentence = _("{free} MB are free on the disk of the store.")
    level: Level = "ok"
    if free < _LEAST_FREE_MB:
        sentence = _("Only {free} MB are free on the disk of the store; free some space.")
        level = "fault"
    return [Symptom("disk", level, sentence.format(free=number(free)))]
