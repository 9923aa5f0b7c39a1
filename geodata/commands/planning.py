"""The command line's part for planners: ``gaps`` and ``visits``.

Not here: what a gap is (``coverage``, ``worklist``), or how visits are chosen (``visits``).
"""

import argparse
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import geopandas as gpd
import pandas as pd

from geodata.core.text import _, day, number
from geodata.geography import units
from geodata.intake import matrix
from geodata.planning import reasons, scenario, venues, visits
from geodata.reading import worklist
from geodata.reading.view import UNIT_COLUMN
from geodata.rules import coverage
from geodata.rules.plan import Plan, shipped
from geodata.rules.targets import OF_AXIS, Count, Result, of_axis

DONE = 0
BY = {"district-legacy": units.Vintage.LEGACY, "commune-2025": units.Vintage.Y2025}
MORE = 5  # counts of venues beyond those asked for that the curve goes on for


class Asked(NamedTuple):
    """What a call is about: the plan, the days, the data, what it adds up to, and its version."""

    plan: Plan
    as_of: date
    known_at: date
    sites: gpd.GeoDataFrame
    evidence: pd.DataFrame
    results: tuple[Result, ...]
    version: str
    assumed: tuple[str, ...]
    named_known_at: date | None  # the day of knowledge, where it is not today

    @property
    def head(self) -> dict[str, Any]:
        """What machine output says of itself first."""
        return {
            "plan": self.plan.year,
            "as_of": self.as_of.isoformat(),
            "known_at": self.known_at.isoformat(),
            "data_version": self.version,
        }


def register(commands: Any, asked: Callable[[argparse.Namespace], Asked]) -> list[Any]:
    """Add the commands to those of the command line, and return them for common options.

    `asked` reads the common options.
    """
    gaps = commands.add_parser("gaps", help=_("who has not been reached, unit by unit"))
    gaps.add_argument("--by", choices=BY, default="commune-2025")
    gaps.set_defaults(run=lambda options: _gaps(options, asked(options)))

    best = commands.add_parser("visits", help=_("the next visits that reach most sites"))
    best.add_argument("--count", type=_positive, required=True, metavar="N")
    best.add_argument("--radius-km", type=float, required=True, metavar="R")
    best.add_argument("--lock", action="append", default=[], metavar="ID")
    best.add_argument("--avoid", action="append", default=[], metavar="ID")
    best.add_argument("--capacity", type=_positive, metavar="SITES")
    best.add_argument(
        "--venues", nargs="+", choices=venues.SOURCES, default=["site", "commune"], metavar="KIND"
    )
    best.add_argument("--weigh", nargs="+", choices=scenario.WEIGHTS, default=[], metavar="WHAT")
    best.add_argument(
        "--with-open",
        action="store_true",
        help=_("also sites of which it is not known whether they count"),
    )
    best.add_argument("--distances", type=Path, metavar="FILE")
    best.set_defaults(run=lambda options: _visits(options, asked(options)))
    for command in (gaps, best):
        command.add_argument("--axis", choices=OF_AXIS, default="outreach")
    return [gaps, best]


def _positive(text: str) -> int:
    if not (text.isdecimal() and int(text) > 0):
        raise argparse.ArgumentTypeError(
            _("“{text}” is not a whole number greater than zero").format(text=text)
        )
    return int(text)


# --- gaps ----------------------------------------------------------------------------------


def _gaps(options: argparse.Namespace, asked: Asked) -> int:
    axis, vintage = options.axis, BY[options.by]
    result = of_axis(asked.results, axis)
    names = units.dissolve(units.load_blocks(), vintage)["name"]
    unit = asked.sites[UNIT_COLUMN[vintage]]
    table = coverage.by_unit(result, unit, names)
    if options.json:
        told = {
            **asked.head,
            "by": options.by,
            "axis": axis,
            "target": result.target.id,
            "total": _total(result),
            "units": _units(asked, result, table, unit, names),
            "without_unit": _nowhere(table),
            **_worklists(asked, result, axis),
        }
        print(json.dumps(told, ensure_ascii=False))
        return DONE
    for code, row in table.iterrows():
        name = row["name"] if code else _("Unit not known")
        print(code, name, f"{row['yes']}/{row['sites']}", _short(row["short"]), sep="\t")
    return DONE


def _total(result: Result) -> dict[str, int | None]:
    """Return the target itself, in the words of a unit's row."""
    count = result.count or Count(0, 0)
    return {
        "sites": count.total,
        "reached": count.yes,
        "unknown": count.unknown,
        "not_reached": count.no,
        "open": count.open,
        "short": result.short,
    }


def _units(
    asked: Asked, result: Result, table: pd.DataFrame, unit: pd.Series, names: pd.Series
) -> list[dict[str, Any]]:
    kinds = {
        kind: coverage.by_unit(result, unit, names, rows.index)
        for kind, rows in asked.sites.groupby("kind")
        if kind in result.target.kinds
    }
    return [
        {
            "code": code,
            "name": row["name"],
            **_counts(row),
            "rank": None if pd.isna(row["rank"]) else int(row["rank"]),
            "kinds": {
                str(kind): _counts(of_kind)
                for kind, part in kinds.items()
                for _code, of_kind in part[part.index == code].iterrows()
                if of_kind["sites"] or of_kind["open"]
            },
        }
        for code, row in table.iterrows()
    ]


def _nowhere(table: pd.DataFrame) -> int:
    """Return how many sites of the target have no known unit."""
    rows = table[table.index == coverage.NOWHERE]
    return int(rows[["sites", "open"]].to_numpy().sum())


def _worklists(asked: Asked, result: Result, axis: str) -> dict[str, Any]:
    """Return the sites that are a gap, those that may count or not, and what will lapse."""
    about = asked.sites, asked.evidence, result, axis, asked.as_of
    lists = {"sites": worklist.gaps(*about), "open_sites": worklist.undecided(*about)}
    lapsing = worklist.lapsing(asked.sites, asked.evidence, shipped(), asked.as_of)
    lapsing = lapsing[(lapsing["axis"] == axis) & lapsing["site"].isin(result.counted.index)]
    told = {
        name: _plain(rows.drop(columns="geometry").reset_index(names="id"))
        for name, rows in lists.items()
    }
    return told | {"lapsing": _plain(lapsing)}


def _short(short: Any) -> str:
    return "–" if pd.isna(short) else _("short of {n}").format(n=number(int(short)))


def _counts(row: pd.Series) -> dict[str, int | None]:
    counts = {
        "sites": "sites",
        "reached": "yes",
        "unknown": "unknown",
        "not_reached": "no",
        "open": "open",
        "short": "short",
    }
    return {
        name: None if pd.isna(row[column]) else int(row[column]) for name, column in counts.items()
    }


def _plain(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows as plain data: days ISO, missing null, metres whole."""
    text = table.copy()
    for name in text.columns:
        if pd.api.types.is_datetime64_any_dtype(text[name]):
            text[name] = text[name].dt.strftime("%Y-%m-%d")
        elif pd.api.types.is_float_dtype(text[name]):
            text[name] = text[name].round().astype("Int64")
    rows = text.astype(object).where(text.notna(), None).to_dict("records")
    return [{str(name): cell for name, cell in row.items()} for row in rows]


# --- visits --------------------------------------------------------------------------------


def _visits(options: argparse.Namespace, of: Asked) -> int:
    axis = options.axis
    result = of_axis(of.results, axis)
    about = of.sites, of.evidence, result, axis, of.as_of
    open_ = worklist.gaps(*about)
    if options.with_open:
        open_ = worklist.with_undecided(open_, worklist.undecided(*about), result)
    asked = _scenario(options)
    blocks = units.load_blocks()
    frames = {vintage.value: units.dissolve(blocks, vintage) for vintage in units.Vintage}
    metres = matrix.read(options.distances, str(options.distances)) if options.distances else None
    places = venues.candidates(of.sites, frames, scenario.sources(asked))
    ready = scenario.prepare(asked, open_, of.sites["enterprises"], places, metres)
    found = visits.best(ready.problem, asked.count)
    if options.json:
        print(json.dumps(_told(options, of, ready, found), ensure_ascii=False))
        return DONE
    print(_("As of {as_of}:").format(as_of=day(of.as_of)), reasons.of_choice(ready, found))
    for pick in found.picks:
        name, why = reasons.name(ready, pick.venue), reasons.of_pick(ready, pick, axis)
        print(pick.venue, name, why, sep="\t")
    print(reasons.of_proof(ready, found))
    return DONE


def _scenario(options: argparse.Namespace) -> scenario.Scenario:
    """Return what the options ask for."""
    return scenario.Scenario(
        count=options.count,
        radius_km=options.radius_km,
        sources=tuple(options.venues),
        locked=tuple(options.lock),
        avoided=tuple(options.avoid),
        capacity=options.capacity,
        weigh=tuple(options.weigh),
        distances=str(options.distances or ""),
    )


def _told(
    options: argparse.Namespace,
    of: Asked,
    ready: scenario.Prepared,
    found: visits.Choice,
) -> dict[str, Any]:
    """Return the answer as plain data."""
    needed, counted = scenario.short_of(of_axis(of.results, options.axis))
    towards = scenario.towards(ready, counted)
    least = visits.least(towards, needed) if needed else None
    table = visits.curve(ready.problem, max(options.count, len(ready.problem.locked)) + MORE)
    return {
        **of.head,
        "axis": options.axis,
        "count": options.count,
        "radius_km": options.radius_km,
        "distance": "file" if options.distances else "straight line",
        "open": len(ready.sites),
        "unplaced": ready.unplaced,
        "covered": found.covered,
        "certain": reasons.certain(ready, found),
        "bound": found.bound,
        "proven": found.proven,
        "chosen": [_pick(pick, ready) for pick in found.picks],
        "curve": table.to_dict("records"),
        "smallest": {
            "needed": needed,
            "count": 0 if needed == 0 else None if least is None else len(least.picks),
            "proven": least is None or least.proven,
            "venues": [] if least is None else list(least.venues),
        },
    }


def _pick(pick: visits.Pick, ready: scenario.Prepared) -> dict[str, Any]:
    return {
        "venue": pick.venue,
        "name": reasons.name(ready, pick.venue),
        "source": ready.venues["source"][pick.venue],
        "locked": pick.locked,
        "gain": pick.gain,
        "alone": pick.alone,
        "adds": list(pick.adds),
    }
