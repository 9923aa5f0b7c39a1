"""Is what the store keeps whole, guarded, and what it was: file, journal, copies, accounts, seals.

Not here: the data in it (``data``).
"""

import re
from collections.abc import Sequence
from pathlib import Path

from geodata.core.clock import local, now
from geodata.core.text import _, number
from geodata.doctor.symptom import Symptom, judged
from geodata.people.access import Office
from geodata.stewardship import history
from geodata.store import REAL, Store
from geodata.store.accounts import Accounts

_DESCRIBED = re.compile(r"\d+ sites, seed -?\d+")


def whole(damage: list[str], breaks: list[str]) -> list[Symptom]:
    """Return whether the database's file and the journal in it are whole."""
    return [
        judged(
            "integrity",
            "fault",
            damage,
            _("The database finds no damage in its file."),
            _("The database finds damage in its file ({listed}); put a backup in its place."),
        ),
        judged(
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


def copied(miscopied: list[str], folder: Path | None) -> list[Symptom]:
    """Return whether the copies as columns are what the store's rows say; nothing without any."""
    if folder is None or not folder.is_dir():
        return []
    return [
        judged(
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


def guarded(store: Store) -> list[Symptom]:
    """Return whether the database still refuses changes, and says of itself what it should."""
    described = {name: one.description for name, one in store.workspaces().items()}
    strange = [
        f"{name}: {words}"
        for name, words in described.items()
        if words and (name == REAL or not _DESCRIBED.fullmatch(words))
    ]
    return [
        judged(
            "guards",
            "fault",
            store.unguarded(),
            _("The database itself refuses to change what was entered."),
            _(
                "{n} guards of the database are gone: {listed}; somebody took them away. Compare "
                "with a backup and put it back."
            ),
        ),
        judged(
            "descriptions",
            "fault",
            strange,
            _("What the workspaces say of themselves is what the software wrote."),
            _("{n} workspaces say what the software never wrote: {listed}."),
        ),
    ]


def accounts(store: Store, office: Office | None) -> list[Symptom]:
    """Return which local accounts there are; no seal covers them, so a person has to know them."""
    listed = [account.email for account in Accounts(store).listed()]
    without = [email for email in listed if not (office and office.people.get(email))]
    if without:
        sentence = _("{n} local accounts have no role: {listed}; remove who is unknown to you.")
        return [judged("accounts", "note", without, "", sentence)]
    well = _("Local accounts: {listed}.").format(listed=", ".join(listed) or _("none"))
    return [Symptom("accounts", "ok", well)]


def witnessed(store: Store, proofs: Sequence[str], breaks: list[str]) -> list[Symptom]:
    """Return whether the store goes on from what was noted outside of it."""
    symptoms = []
    if proofs:
        symptoms.append(_goes_on(store, "against", proofs, breaks))
    if store.witness:
        noted = store.witness.noted()
        if forged := [one.seal for one in noted if one.signed is False]:
            sentence = _("{n} lines of the file of seals are not signed with this key: {listed}.")
            symptoms.append(judged("signatures", "fault", forged, "", sentence))
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
    return judged(check, "fault", lost, well.format(n=number(len(proofs))), sentence)


def clock(store: Store) -> list[Symptom]:
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
        judged(
            "clock",
            "note",
            [str(entry) for entry in history.backwards(journal)],
            _("The entries are dated in the order in which they were made."),
            _("{n} entries are dated before an earlier one ({listed}); the clock was set back."),
        )
    ]
