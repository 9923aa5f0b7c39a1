"""What a store does not take: rows that are there already, of nothing known, or overtaken.

Not here: writing (``entries``), or the rules of a single row (``register``).
"""

from collections.abc import Iterable, Sequence

import pandas as pd
import sqlalchemy as sa

from geodata.core.errors import DataError, WrongCallError
from geodata.core.lookup import is_in
from geodata.core.text import _, number
from geodata.geography import units
from geodata.register import evidence as ev
from geodata.register import frames
from geodata.store import journal, rows, tables
from geodata.store.change import Change
from geodata.store.tables import DECLARATIONS, DOCUMENTS, EVIDENCE, SITES, Kept

DIRECT = ("import", "edit")  # the actions that people choose, and may undo
CHANGES = (*DIRECT, "undo")  # the actions that wait for a review
_NUL = "\x00"
_LAST = 2**31 - 1


def known_subjects(site_ids: Iterable[str]) -> pd.Index:
    """Return what evidence may speak of: the given sites, the districts, and the province."""
    return pd.Index([*site_ids, *units.districts(), ev.PROVINCE])


def no_workspace(workspace: str) -> WrongCallError:
    """Return the error for a workspace that is not in the store."""
    return WrongCallError(
        _(
            "The store holds no workspace “{workspace}”; run “python -m geodata init” for the real "
            "one, with --demo for the simulated one."
        ).format(workspace=workspace)
    )


def author(connection: sa.Connection, workspace: str, entry: int, actions: Sequence[str]) -> str:
    """Return who made an entry of certain actions.

    Raises
    ------
    WrongCallError
        If there is no such entry, or it is none of these.
    """
    fields = tables.journal.c
    query = sa.select(fields.who, fields.action).where(
        fields.workspace == workspace, fields.entry == entry
    )
    row = connection.execute(query).one_or_none()
    if row is None or row.action not in actions:
        raise no_entry(entry)
    return str(row.who)


def no_entry(entry: int) -> WrongCallError:
    """Return the error for an entry that is not there or of another action."""
    sentence = _("The journal has no entry {entry} for which this can be done.")
    return WrongCallError(sentence.format(entry=entry))


def refuse_undone(connection: sa.Connection, workspace: str, entry: int) -> None:
    """Refuse to take back an entry twice."""
    fields = tables.journal.c
    query = sa.select(fields.entry).where(
        fields.workspace == workspace, fields.about == entry, fields.action == "undo"
    )
    if connection.scalar(query) is not None:
        sentence = _("Entry {entry} has been undone already.")
        raise DataError(sentence.format(entry=entry))


def refuse_misuse(change: Change, action: str, based_on: int | None) -> None:
    """Refuse what only other doors of the store may do, such as changing evidence.

    Raises
    ------
    ValueError
        Always a mistake of the caller's, never of a person's.
    """
    if action not in DIRECT:
        raise ValueError(action)
    register = set() if change.sites is None else set(change.sites["id"])
    if not set(change.gone) <= {"site"} or not change.replaces <= register:
        raise ValueError("only sites are changed or removed")
    if based_on is None and (change.replaces or change.gone):
        raise ValueError("based_on")


def refuse_replaced(connection: sa.Connection, workspace: str, seen: str | None) -> None:
    """Refuse what was decided by a journal that this one does not go on from.

    Numbers begin anew where a backup was put back; a seal is that of one entry, and of all before
    it, for ever.
    """
    if seen is not None and journal.entry_of(connection, workspace, seen) is None:
        raise DataError(
            _(
                "The store was replaced by a backup since you looked, nothing was done; reload "
                "the page and look again."
            )
        )


def refuse_unseen(
    connection: sa.Connection, workspace: str, revision: int, seen: str | None
) -> None:
    """Refuse to publish what came in after the person had looked."""
    if seen is not None and revision > (journal.entry_of(connection, workspace, seen) or 0):
        sentence = _("Something was entered since you looked; reload the page and look again.")
        raise DataError(sentence)


def refuse_outdated(
    connection: sa.Connection, workspace: str, change: Change, based_on: int
) -> None:
    """Refuse a change of sites that somebody else changed since the state it was made from."""
    fields = SITES.table.c
    query = (
        sa.select(fields.id)
        .where(fields.workspace == workspace, fields.entry > based_on)
        .distinct()
    )
    later = set(connection.scalars(query)) & {*change.replaces, *change.gone_ids("site")}
    if later:
        raise DataError(
            _(
                "Somebody else has changed {sites} in the meantime, nothing was saved; look at "
                "the new version and enter your change again."
            ).format(sites=_some(later))
        )


def refuse_taken(connection: sa.Connection, workspace: str, change: Change) -> None:
    """Refuse rows whose id is in the workspace already, or twice among them."""
    words = {
        "site": _("Sites"),
        "evidence": _("Evidence"),
        "declaration": _("Declarations"),
        "document": _("Documents"),
    }
    for kept, frame, _gone in change.parts():
        there = _alive(connection, kept, workspace, frame["id"]) - change.replaces
        rule = _("is already in the store; nothing is entered twice")
        ids = rows.identity(kept, frame)
        taken = (is_in(ids, there) | ids.duplicated().to_numpy()).nonzero()[0]
        faults = [frames.Fault(int(i) + 1, "id", str(frame["id"].iloc[i]), rule) for i in taken]
        frames.refuse(words[kept.table.name], faults)


def _alive(connection: sa.Connection, kept: Kept, workspace: str, ids: pd.Series) -> set[str]:
    """Return what names the rows that the workspace holds under some ids."""
    fields = kept.table.c
    columns = [fields.removed, *(fields[column] for column in kept.key)]
    here = sa.select(*columns).where(fields.workspace == workspace)
    if not connection.execute(here.limit(1)).first():
        return set()
    last: dict[str, bool] = {}
    for start in range(0, len(ids), rows.CHUNK):
        some = ids.iloc[start : start + rows.CHUNK].tolist()
        query = here.where(fields.id.in_(some)).order_by(fields.entry, fields.line)
        last.update((rows.SEPARATOR.join(key), gone) for gone, *key in connection.execute(query))
    return {key for key, removed in last.items() if not removed}


def refuse_unknown(connection: sa.Connection, workspace: str, change: Change) -> None:
    """Refuse records about something nobody knows, and taking what records speak of."""
    if change.evidence is not None and len(change.evidence):
        named = change.evidence["subject"].drop_duplicates()
        there = _alive(connection, SITES, workspace, named)
        faults = ev.unknown_subjects(change.evidence, known_subjects(there))
        frames.refuse(_("Evidence"), faults)
    if gone := change.gone_ids("site"):
        records = rows.latest(connection, EVIDENCE, workspace, _LAST)
        declared = rows.latest(connection, DECLARATIONS, workspace, _LAST)
        spoken = {*records["subject"], *declared["plant"]} & gone
        if spoken:
            raise DataError(
                _(
                    "{sites} cannot be taken from the register, because records speak of them; "
                    "enter the day they closed instead, or undo the records first."
                ).format(sites=_some(spoken))
            )
    bearing = {
        *_bearing(connection, EVIDENCE, workspace, "supersedes", change.gone_ids("evidence")),
        *_bearing(connection, EVIDENCE, workspace, "refers_to", change.gone_ids("evidence")),
        *_bearing(
            connection, DECLARATIONS, workspace, "supersedes", change.gone_ids("declaration")
        ),
        *_bearing(connection, DOCUMENTS, workspace, "evidence", change.gone_ids("evidence")),
    }
    if bearing:
        sentence = _("Later records ({listed}) speak of what would go; undo those first.")
        raise DataError(sentence.format(listed=_some(bearing)))


def _bearing(
    connection: sa.Connection, kept: Kept, workspace: str, column: str, gone: set[str]
) -> list[str]:
    """Return the ids of the rows that name something that goes; a column may name several."""
    if not gone:
        return []
    alive = rows.latest(connection, kept, workspace, _LAST)
    named = alive[column].str.split(";").explode()
    ids: list[str] = alive["id"][named[named.isin(gone)].index.unique()].tolist()
    return ids


def refuse_built_on(
    connection: sa.Connection, kept: Kept, workspace: str, entry: int, wrote: set[str]
) -> None:
    """Refuse to take back rows that later entries have written anew, unless those are undone."""
    log = tables.journal.c
    undos = sa.select(log.entry, log.about).where(log.workspace == workspace, log.action == "undo")
    settled = {number for row in connection.execute(undos) for number in row}
    fields = kept.table.c
    later = (fields.entry > entry) & fields.entry.not_in(settled)
    if again := rows.written(connection, kept, workspace, later) & wrote:
        sentence = _("{listed} were changed again later; undo that first.")
        raise DataError(
            sentence.format(listed=_some(key.split(rows.SEPARATOR)[0] for key in again))
        )


def refuse_nul(frame: pd.DataFrame) -> None:
    """Refuse the one character that not every database can hold."""
    if frame.empty:
        return
    for column in frame.select_dtypes(["string", "category"]):
        text = frame[column].astype("string")
        if text.str.contains(_NUL, regex=False, na=False).any():
            raise DataError(
                _("“{column}” holds a character that is no text (NUL); remove it.").format(
                    column=column
                )
            )


def waiting(log: pd.DataFrame) -> list[int]:
    """Return the entries of a journal that have to be reviewed before the next publication.

    What was undone before the public saw it needs no review, nor does its undoing.
    """
    unseen = log["entry"].where(~log["published"])
    settled = log["undone"] | ((log["action"] == "undo") & log["about"].isin(unseen.dropna()))
    wrote = log["action"].isin(CHANGES) & ~log["published"]
    return sorted(log.loc[(wrote & ~log["reviewed"] & ~settled).to_numpy(), "entry"])


def unpublishable(waiting: Sequence[int]) -> DataError:
    """Return the error for a publication with entries nobody has reviewed, or with nothing new."""
    if not waiting:
        return DataError(_("There is nothing new to publish."))
    sentence = _("Entries {listed} are not reviewed yet; review or undo them, then publish.")
    return DataError(sentence.format(listed=_some({str(n) for n in waiting})))


def _some(names: Iterable[str]) -> str:
    """Return the first names of a list, and how many more there are."""
    shown = sorted(names)
    more = len(shown) - frames.SHOWN
    rest = _(" … and {n} more").format(n=number(more)) if more > 0 else ""
    return ", ".join(shown[: frames.SHOWN]) + rest
