"""What an exported file says of where it comes from: days, plan, version, licence, sources.

Not here: how a format holds it (``exchange``), or what briefings say of it (``provenance``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import pandas as pd

from geodata.core.names import fold
from geodata.core.text import _, day
from geodata.people.letterhead import Letterhead
from geodata.rules.plan import Plan
from geodata.rules.status import status_of
from geodata.store import SIMULATED, Snapshot

STATUSES = {column: f"status_{column}" for column in ("outreach", "compliance", "stage")}
"""Columns of statuses, and what they are called in files: they follow from the evidence."""


LICENCE = "https://creativecommons.org/licenses/by/4.0/"
"""Where the terms of what comes with the software stand; simulated data has none."""


@dataclass(frozen=True)
class Provenance:
    """Of which day, plan and knowledge a file is, who made it, and whether all may see it."""

    plan: Plan
    as_of: date
    known_at: date
    made_at: datetime
    letterhead: Letterhead = field(default_factory=Letterhead)
    maker: str = ""
    public: bool = False
    seal: str = ""  # of the data version, where it is to be proven


def statuses(snapshot: Snapshot, origin: Provenance) -> pd.DataFrame:
    """Return every site's status on both axes, and the stage of models, as `STATUSES` calls them.

    It is counted from all that is known, whoever may see it.
    """
    status = status_of(snapshot.sites, snapshot.evidence, origin.plan, origin.as_of)
    return status[list(STATUSES)].astype("string").rename(columns=STATUSES)


def facts(snapshot: Snapshot, origin: Provenance) -> dict[str, str]:
    """Return what a file says of itself, by names that machines read; days are ISO."""
    simulated = snapshot.workspace == SIMULATED
    every = {
        "title": title(),
        "workspace": snapshot.workspace,
        "as_of": origin.as_of.isoformat(),
        "known_at": origin.known_at.isoformat(),
        "plan": f"{origin.plan.decision} ({origin.plan.year})",
        "data_version": snapshot.version,
        "seal": origin.seal,
        "issued_by": origin.letterhead.body,
        "made_by": "" if origin.public else origin.maker,
        "made_at": f"{origin.made_at:%Y-%m-%dT%H:%M}+07:00",
        "access": "public" if origin.public else "internal",
        "licence": licence(simulated=simulated),
        "source": sources(simulated=simulated),
    }
    return {name: text for name, text in every.items() if text}


def lines(given: Mapping[str, str]) -> list[str]:
    """Return `facts` in words, a line each."""
    known, as_of = (day(date.fromisoformat(given[name])) for name in ("known_at", "as_of"))
    made_at = datetime.fromisoformat(given["made_at"])
    given = {**given, "made_at": f"{made_at:%H:%M}, {day(made_at)}"}
    parts = {
        "issued_by": _("Issued by: {name}"),
        "made_by": _("Made by: {name}"),
        "made_at": _("Made at {name}"),
        "plan": _("Plan {name}"),
        "data_version": _("Data version {name}"),
        "licence": _("Licence: {name}"),
        "source": "{name}",
    }
    named = [text.format(name=given[name]) for name, text in parts.items() if name in given]
    marks = [_("SIMULATED DATA – not real figures").upper()]
    marks = marks if given["workspace"] == SIMULATED else []
    marks += [_("FOR INTERNAL USE")] if given["access"] == "internal" else []
    days = _("As of {as_of}"), _("By the records entered up to {known_at}")
    dated = [words.format(as_of=as_of, known_at=known) for words in days]
    return [given["title"], *marks, *dated, *named]


def title() -> str:
    """Return what the data is called."""
    return _("Sustainable production and consumption – Hậu Giang")


def licence(*, simulated: bool) -> str:
    """Return under what terms the data may be used."""
    if simulated:
        return _("Invented data; free to use as long as it is not taken for real")
    return _("Compiled data: CC BY 4.0; what the office entered: as the office decides")


def sources(*, simulated: bool) -> str:
    """Return where sites, evidence and borders come from."""
    if simulated:
        return _(
            "Source: simulated sites and evidence on the real administrative borders; "
            "towns: GeoNames, CC BY 4.0."
        )
    return _(
        "Sources: sites and evidence compiled from public pages, each row naming its own; "
        "administrative borders published by the State; towns: GeoNames, CC BY 4.0."
    )


def file_name(snapshot: Snapshot, origin: Provenance, kind: str, table: str = "") -> str:
    """Return what a file is called: workspace, what it holds, day and data version."""
    parts = [
        "hau-giang",
        "mo-phong" if snapshot.workspace == SIMULATED else "",
        "cong-khai" if origin.public else "",
        fold(table).replace(" ", "-") or "du-lieu",
        str(origin.as_of),
        snapshot.version,
    ]
    return f"{'-'.join(filter(None, parts))}.{kind}"
