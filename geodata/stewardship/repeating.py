"""Records and sites that are perhaps entered a second time: asked about as in a file.

Pure. Not here: what makes two of them alike (``intake.judging.duplicates``).
"""

from typing import NamedTuple

import pandas as pd

from geodata.core.text import _
from geodata.intake.judging import difference, duplicates
from geodata.stewardship.answers import Known

ANSWER = "not_repeated"
"""The answer that names what a person has seen and found to be another one."""

_EVENT = ["id", "subject", "event_date", "kind", "organiser", "supersedes"]
_SHOWN = 5  # named in a question
_SITE = ["id", "kind", "name_vi", "commune_2025", "lat", "lon"]


class Repeated(NamedTuple):
    """What may be entered a second time: its subject, and the record or site there is."""

    subject: str
    other: str


def events(new: pd.DataFrame, known: Known) -> tuple[Repeated, ...]:
    """Return the new records that repeat one there is: same subject, day, kind and organiser."""
    known_ones = known.evidence
    same_day = known_ones["event_date"].isin(new["event_date"].dropna()).to_numpy(dtype=bool)
    tables = [
        difference.as_text(frame[_EVENT], _EVENT).assign(known=known_before)
        for frame, known_before in ((new, False), (known_ones[same_day], True))
    ]
    withdrawn = known_ones.loc[(known_ones["kind"] == "withdraw").to_numpy(), "refers_to"]
    gone = {*withdrawn.dropna(), *new["refers_to"].dropna(), *new["supersedes"].dropna()}
    every = pd.concat(tables, ignore_index=True)
    every = every[~every["id"].isin(gone).to_numpy(dtype=bool)].reset_index(drop=True)
    ends = {*known_ones["supersedes"].dropna()}
    every = every[~every["id"].isin(ends).to_numpy(dtype=bool)].reset_index(drop=True)
    return tuple(
        Repeated(str(every["subject"].iloc[pair.goes]), str(every["id"].iloc[pair.stays]))
        for pair in duplicates.events(every)
    )


def sites(new: pd.DataFrame, known: Known) -> tuple[Repeated, ...]:
    """Return the new sites that are much like one of the register, near it."""
    every = pd.concat([pd.DataFrame(f)[_SITE] for f in (known.sites, new)], ignore_index=True)
    every["known"] = [True] * len(known.sites) + [False] * len(new)
    return tuple(
        Repeated(str(every["id"].iloc[pair.goes]), str(every["id"].iloc[pair.stays]))
        for pair in duplicates.sites(every)
    )


def spelled(repeated: tuple[Repeated, ...]) -> str:
    """Return what a person saw of them, so that other ones are asked about anew."""
    return ";".join(sorted(f"{one.subject}={one.other}" for one in repeated))


def question(repeated: tuple[Repeated, ...], *, many: bool) -> str:
    """Return the question about records: by name, the first few of many."""
    if not many:
        sentence = _(
            "Same subject, day, kind and organiser as {other}: probably one event. Is it the same?"
        )
        return sentence.format(other=repeated[0].other)
    sentence = _(
        "At {n} sites there is a record of the same day, kind and organiser already: probably one "
        "event ({listed}). Is it the same?"
    )
    shown = [f"{one.subject}: {one.other}" for one in repeated[:_SHOWN]]
    more = ["…"] if len(repeated) > _SHOWN else []
    return sentence.format(n=len(repeated), listed=", ".join([*shown, *more]))


def site_question(repeated: tuple[Repeated, ...], known: Known) -> str:
    """Return the question about a new site, empty if it is like none."""
    names = known.sites["name_vi"].fillna("").to_dict()
    listed = ", ".join(f"{one.other} {names[one.other]}".strip() for one in repeated)
    if not listed:
        return ""
    sentence = _("The register has a site of this name nearby: {sites}. Is it the same?")
    return sentence.format(sites=listed)
