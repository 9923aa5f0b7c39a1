"""Invented records: subjects play the fates dealt to them, and each event is entered as one.

Not here: the fates (`fates`), the sites (`places`).
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import cycle
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from geodata.register import evidence as ev
from geodata.register import frames
from geodata.rules.plan import Plan, Profile
from geodata.simulation import fates
from geodata.simulation.fates import FIRST_YEAR, LAST_YEAR, Event

SEASON_DAYS = 120  # what is not fixed to a day moves by up to so many days, together in a year …
JITTER_DAYS = 20  # … and each event by up to so many days of its own


class Cast(NamedTuple):
    """Subjects that play the rows of one table; ``scripts[row]`` are that row's records."""

    subjects: np.ndarray
    rows: np.ndarray
    scripts: list[list[dict[str, Any]]]


def casts(
    rng: np.random.Generator, sites: pd.DataFrame, districts: Sequence[str], plan: Plan
) -> list[Cast]:
    """Deal the rows of the tables to sites, districts and the province."""

    def cast(subjects: Iterable[str], table: Sequence[tuple[int, str]], kind: str = "") -> Cast:
        named = np.array(list(subjects), dtype=object)
        rows = fates.deal(rng, [weight for weight, _row in table], np.arange(len(named)))
        return Cast(named, rows, [_script(row, kind, plan) for _weight, row in table])

    # A site that is yet to open, or opened or closed within these years, has no history here.
    lasting = sites[["valid_from", "valid_to"]].isna().all(axis=1)
    sites = sites[lasting & ~sites["lifecycle"].isin(["planned", "established"])]
    model = sites["kind"] == "pilot_model"
    checked = sorted({kind for profile in plan.profiles for kind in profile.kinds})
    return [
        cast(sites.index[~model], fates.OUTREACH),
        cast(sites.index[model], fates.STAGES),
        *(cast(sites.index[sites["kind"] == kind], fates.COMPLIANCE, kind) for kind in checked),
        cast(districts, fates.DISTRICTS),
        cast(["province", "province"], fates.PROVINCE),
    ]


def _script(row: str, kind: str, plan: Plan) -> list[dict[str, Any]]:
    """Return the records that a row of a table means, in the order of the years.

    A check in a year in which the kind of site has no profile falls away.
    """
    lines = []
    for year, lot in enumerate(row.split(), FIRST_YEAR):
        profile = plan.profile_for(kind, date(year, 12, 31))
        for event in (e for fate in lot.split("+") for e in fates.FATES[fate]):
            if event.axis != "compliance":
                lines.append(_line(event, year))
            elif profile:
                lines.append(_line(event, year) | _asked(event, profile))
    return lines


def _line(event: Event, year: int) -> dict[str, Any]:
    """Return an event in a year as columns."""
    summary_vi, summary_en = fates.SUMMARIES[event.kind]
    return event._asdict() | {
        "day": np.datetime64(f"{year}-{event.day}"),
        "year": year,
        "soonest": event.entered[0],
        "latest": event.entered[1],
        "profile": None,
        "answers": None,
        "date_text": f"trong năm {year}" if event.grades == "D" else None,
        "document": fates.DOCUMENTS.get(event.kind),
        "summary_vi": f"Mô phỏng: {summary_vi}",
        "summary_en": f"Simulated: {summary_en}",
    }


def _asked(event: Event, profile: Profile) -> dict[str, str | None]:
    """Return the profile of a check and its answers, dealt to the criteria in turn."""
    pairs = zip(profile.criteria, cycle(event.says.split()), strict=False)
    answers = ";".join(f"{criterion}={answer}" for criterion, answer in pairs)
    return {"profile": profile.code, "answers": answers or None}


def perform(rng: np.random.Generator, cast: list[Cast]) -> pd.DataFrame:
    """Return the records of all casts, numbered in the order in which they were entered."""
    records = _described(rng, _numbered(_dated(rng, _played(cast))))
    texts = [c for c in ev.COLUMNS if c not in (*ev.DAYS, *ev.CATEGORIES)]
    types = dict.fromkeys(texts, "string") | dict.fromkeys(ev.DAYS, frames.DAY)
    return ev.categorised(records.reindex(columns=list(ev.COLUMNS)).astype(types))


def _played(casts: list[Cast]) -> pd.DataFrame:
    """Return the line of each record, with its `subject` and the number of its `actor`."""
    scripts = [script for cast in casts for script in cast.scripts]
    lines = pd.DataFrame([line for script in scripts for line in script])
    words = lines.columns[lines.dtypes == "str"].union(["method", "profile", "answers"])
    length = np.array([len(script) for script in scripts])
    offset = np.cumsum([0, *(len(cast.scripts) for cast in casts)])
    plays = np.concatenate([cast.rows + o for cast, o in zip(casts, offset, strict=False)])
    # An actor takes the lines of a script one by one: its first line, plus 0, 1, 2 …
    actor = np.repeat(np.arange(len(plays)), length[plays])
    first_line = (np.cumsum(length) - length)[plays]
    first_record = np.cumsum(length[plays]) - length[plays]
    at = (first_line - first_record)[actor] + np.arange(len(actor))
    subjects = pd.array(np.concatenate([cast.subjects for cast in casts]), "string")
    lines = lines.assign(**{word: lines[word].astype("category") for word in words})
    played = lines.take(at).reset_index(drop=True)
    return played.assign(actor=actor, subject=subjects.take(actor))


def _dated(rng: np.random.Generator, played: pd.DataFrame) -> pd.DataFrame:
    """Return the records with grade, day of the event and day of entry."""
    size = len(played)
    years = LAST_YEAR + 1 - FIRST_YEAR
    season = rng.integers(0, SEASON_DAYS + 1, (played["actor"].max() + 1, years))
    moved = season[played["actor"], played["year"] - FIRST_YEAR]
    moved = np.where(played["fixed"], 0, moved + rng.integers(0, JITTER_DAYS + 1, size))
    happened = played["day"] + pd.to_timedelta(moved, unit="D")
    lag = rng.integers(played["soonest"], played["latest"] + 1)
    letters = played["grades"].to_numpy(dtype="U2").view("U1").reshape(size, 2)
    one_or_other = np.where(letters[:, 1] == "", 0, rng.integers(0, 2, size))
    grade = letters[np.arange(size), one_or_other]
    return played.assign(
        grade=grade,
        event_date=happened.mask(grade == "D"),
        recorded_at=happened + pd.to_timedelta(lag, unit="D"),
    )


def _numbered(played: pd.DataFrame) -> pd.DataFrame:
    """Return the records in the order of entry, with their ids and those they speak of."""
    entry = np.empty(len(played), dtype=int)
    entry[np.argsort(played["recorded_at"].to_numpy(), kind="stable")] = np.arange(len(played))
    ids = ("SIM-EV-" + pd.Series(entry + 1).astype("string").str.zfill(7)).array
    meant = pd.Series(ids.take(np.arange(len(played)) - played["back"]))
    meant = meant.mask(played["back"] == 0)
    refers = played["kind"].isin(["cancelled", "withdraw"])
    linked = played.assign(id=ids, supersedes=meant.mask(refers), refers_to=meant.where(refers))
    return linked.iloc[np.argsort(entry)].reset_index(drop=True)


def _described(rng: np.random.Generator, records: pd.DataFrame) -> pd.DataFrame:
    """Return the records with head-counts of what was held, and documents of grade A."""
    size = len(records)
    held = records["kind"] == "held"
    official = records["grade"] == "A"
    number = pd.Series(rng.integers(1, 100, size).astype("str"), dtype="str").str.zfill(2)
    return records.assign(
        participants=pd.Series(rng.integers(15, 200, size)).astype("str").where(held),
        enterprises_present=pd.Series(rng.integers(1, 40, size)).astype("str").where(held),
        doc_no=(number + "/MP-" + records["document"].astype("str")).where(official),
        doc_date=records["event_date"].where(official),
    )
