"""The ledger of a day: every record that may be shown, with what it supports in words.

Not here: the rules behind it (``reading.records``), files of it, or how a screen shows it.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

import pandas as pd

from geodata.core.lookup import is_in
from geodata.core.text import _
from geodata.outputs.briefing.lists import status_text
from geodata.reading import knowledge, records
from geodata.reading.labels import axis_label, status_label
from geodata.rules.plan import Plan
from geodata.rules.targets import OWN, REPLY, Result, grounds


class Records(NamedTuple):
    """What is shown of the records: they by id, how many there are, and what is not known.

    `table` may hold the newest alone of the `listed` that may be shown.
    """

    table: pd.DataFrame  # as from `records.ledger`
    listed: int
    tally: knowledge.Tally
    unjudged: tuple[Result, ...]
    openings: tuple[knowledge.Opening, ...]

    @property
    def unlisted(self) -> int:
        """Records that are counted and speak of what is not public."""
        return self.tally.records - self.listed


class AllKnown(NamedTuple):
    """All that is known: the whole register and every record, the plan and the day looked at."""

    register: pd.DataFrame
    records: pd.DataFrame
    plan: Plan
    as_of: date


class Uses(NamedTuple):
    """The records behind the plan's targets, and what each of all supports; in no language."""

    behind: pd.DataFrame  # as from `targets.grounds`
    used: pd.DataFrame  # as from `records.supports`


def uses_of(known: AllKnown, counted: tuple[Result, ...], districts: Sequence[str]) -> Uses:
    """Return what the records are used for; `districts` are the codes of the districts."""
    behind = grounds(counted, *known, districts=tuple(districts))
    return Uses(behind, records.supports(*known, behind))


def every_record(
    known: AllKnown,
    counted: tuple[Result, ...],
    uses: Uses,
    *,
    shown: tuple[pd.DataFrame, pd.Index],
    names: Mapping[str, str],
    plans: Sequence[Plan],
    most: int | None = None,
) -> Records:
    """Return the records of a workspace, as they stand at a day under a plan.

    Parameters
    ----------
    known : AllKnown
        What is counted.
    counted : tuple of Result
        The plan's targets, over the whole register.
    uses : Uses
        As from `uses_of`.
    shown : tuple of DataFrame and Index
        The records that may be shown, and the ids of the sites that may be named.
    names : mapping
        What each subject that may be named is called.
    plans
        All there are.
    most : int, optional
        How many records are wanted in words, the newest; else all that may be shown.
    """
    behind, used = uses
    listed = records.listed(shown[0], names)
    rows = records.newest(listed)[:most]
    why_not = records.reasons(*known, grounds=behind, used=used, plans=plans, asked=rows["id"])
    wanted = used[is_in(used["evidence"], rows["id"])]
    return Records(
        records.ledger(rows, names, shown[1], _in_words(wanted, counted), why_not),
        len(listed),
        knowledge.tally(known.records, known.register, used),
        knowledge.unjudged(counted),
        knowledge.openings(counted, known.register),
    )


def _in_words(used: pd.DataFrame, counted: tuple[Result, ...]) -> dict[str, str]:
    """Return what each record supports, as people read it."""
    by_id = {result.target.id: result for result in counted}

    @cache  # many records support few things
    def words(axis: str | None, target: str | None, status: str) -> str:
        if target is None:
            return f"{axis_label(str(axis))}: {status_label(str(axis), status)}"
        return _("target {n}: {status}").format(
            n=target.removeprefix("T"), status=_status(by_id[target], status)
        )

    uses: dict[str, list[str]] = {}
    cells = used.astype(object).where(used.notna(), None)
    for record, *use in cells.itertuples(index=False):
        uses.setdefault(record, []).append(words(*use))
    return {record: "; ".join(dict.fromkeys(every)) for record, every in uses.items()}


def _status(result: Result, status: str) -> str:
    """Return what a record says of what a target counts."""
    own = {
        REPLY: _("Provincial document that implements a central one"),
        OWN: _("Provincial document of the plan's period"),
    }
    return own[status] if status in own else status_text(result, status)
