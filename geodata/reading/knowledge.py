"""What is known and what is not: how much is on record, and where papers would change most.

Pure. Not here: the records themselves (``records``), the rules that judge (``rules``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from geodata.core.lookup import is_in
from geodata.core.text import _, number
from geodata.register import evidence as ev
from geodata.rules.targets import PARTS, UNSETTLED, Result

_UNKNOWN = PARTS[1]


@dataclass(frozen=True)
class Tally:
    """How many records and sites there are: all, and those that something is known of."""

    records: int
    sourced: int  # with an address or a document's number
    used: int  # behind a status or a figure
    weak: int  # of grade D: kept, never counted
    sites: int
    with_records: int

    @property
    def left(self) -> int:
        """Records that are behind nothing."""
        return self.records - self.used

    @property
    def without(self) -> int:
        """Sites of which no record speaks."""
        return self.sites - self.with_records


def _spoken_of(evidence: pd.DataFrame, sites: pd.DataFrame) -> int:
    """Return of how many sites a record speaks that stands, whatever it counts for."""
    return int(is_in(sites.index, ev.standing(evidence)["subject"]).sum())


def tally(evidence: pd.DataFrame, sites: pd.DataFrame, used: pd.DataFrame) -> Tally:
    """Return how much is known, over every site and record.

    Parameters
    ----------
    evidence, sites : DataFrame
        The records that are known, and all of the register.
    used : DataFrame
        As from `records.supports`.
    """
    sourced = evidence["source_url"].notna() | evidence["doc_no"].notna()
    return Tally(
        records=len(evidence),
        sourced=int(sourced.sum()),
        used=int(is_in(evidence["id"], used["evidence"]).sum()),
        weak=int((evidence["grade"] == "D").sum()),
        sites=len(sites),
        with_records=_spoken_of(evidence, sites),
    )


def unjudged(counted: Sequence[Result]) -> tuple[Result, ...]:
    """Return the targets with a threshold of which nothing can be concluded."""
    return tuple(one for one in counted if one.verdict in {"undetermined", "undefined"})


@dataclass(frozen=True)
class Opening:
    """A district, and how much is not known there of each target that cannot be judged."""

    district: str
    unknown: Mapping[str, int]

    @property
    def total(self) -> int:
        """All that is not known there."""
        return sum(self.unknown.values())


def opening_text(opening: Opening) -> str:
    """Return what papers of a district would settle, target by target."""
    forms = {
        "T3": _("{n} parks, clusters and craft villages"),
        "T4": _("{n} models"),
        "T6": _("{n} supermarkets and centres"),
        "T5": _("whether the district organised outreach"),
    }
    words = _("{what} (target {n})")
    return ", ".join(
        words.format(what=forms[target].format(n=number(n)), n=target[1:])
        for target, n in opening.unknown.items()
        if target in forms
    )


def known_texts(tally: Tally) -> tuple[str, ...]:
    """Return in sentences how many records are behind anything, and of how many sites none is."""
    return (
        _("{n} of {every} records are behind a status or a target; {left} are not.").format(
            n=number(tally.used), every=number(tally.records), left=number(tally.left)
        ),
        _("{n} records are of grade D (undated or unnamed): kept, never counted.").format(
            n=number(tally.weak)
        ),
        _("No record speaks of {n:site|sites}. Not known does not mean not done.").format(
            n=number(tally.without)
        ),
    )


def openings(counted: Sequence[Result], sites: pd.DataFrame, most: int = 3) -> tuple[Opening, ...]:
    """Return the districts where papers would change most.

    Those with most sites, models and districts that keep a target from being judged; more
    targets go before fewer where they are equal.

    Parameters
    ----------
    counted : sequence of Result
        The plan's targets.
    sites : DataFrame
        All of the register, with `district_legacy`.
    most : int
        How many at the most.
    """
    unknown: dict[str, dict[str, int]] = {}
    for result in unjudged(counted):
        for key in _unknown(result):
            place = sites["district_legacy"].get(key) if result.target.unit != "district" else key
            if place is not None and pd.notna(place):
                of_place = unknown.setdefault(str(place), {})
                of_place[result.target.id] = of_place.get(result.target.id, 0) + 1
    every = [Opening(place, by_target) for place, by_target in unknown.items()]
    every.sort(key=lambda one: (-one.total, -len(one.unknown), one.district))
    return tuple(every[:most])


def _unknown(result: Result) -> list[str]:
    """Return the ids that keep a target from being judged."""
    rows = result.counted
    if "part" in rows:
        keep = rows["part"] == _UNKNOWN
    elif result.target.unit == "model":
        keep = rows["status"].isin(UNSETTLED)
    else:
        return []
    return [*rows.index[keep.to_numpy(dtype=bool)], *result.open.index]
