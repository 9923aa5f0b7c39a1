"""The command line's part for planners: ``gaps`` and ``visits``.

Not here: what a gap is (``coverage``, ``worklist``), or how visits are chosen (``visits``).
"""

import argparse
import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import geopandas as gpd
import pandas as pd

from geodata import coverage, reasons, scenario, units, venues, visits, worklist
from geodata.intake import matrix
from geodata.plan import Plan, shipped
from geodata.status import status_of
from geodata.text import _, day, number
from geodata.view import UNIT_COLUMN

DONE = 0
BY = {"district-legacy": units.Vintage.LEGACY, "commune-2025": units.Vintage.Y2025}
MORE = 5  # counts of venues beyond those asked for that the curve goes on for


class Asked(NamedTuple):
    """What a call is about: the plan, the day, the data and its version."""

    plan: Plan
    as_of: Any
    sites: gpd.GeoDataFrame
    evidence: pd.DataFrame
    version: str


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
    best.add_argument("--distances", type=Path, metavar="FILE")
    best.set_defaults(run=lambda options: _visits(options, asked(options)))
    for command in (gaps, best):
        command.add_argument("--axis", choices=coverage.TARGET, default="outreach")
    return [gaps, best]


def _positive(text: str) -> int:
    if not (text.isdecimal() and int(text) > 0):
        raise argparse.ArgumentTypeError(
            _("“{text}” is not a whole number greater than zero").format(text=text)
        )
    return int(text)


def _kinds(of: Asked, axis: str) -> gpd.GeoDataFrame:
    """Return the sites that the axis's target is about."""
    return of.sites[of.sites["kind"].isin(coverage.target_of(of.plan, axis).kinds).to_numpy()]


# --- gaps ----------------------------------------------------------------------------------


def _gaps(options: argparse.Namespace, of: Asked) -> int:
    axis, vintage = options.axis, BY[options.by]
    threshold = coverage.target_of(of.plan, axis).threshold or Fraction(1)
    inside = _kinds(of, axis)
    status = status_of(of.sites, of.evidence, of.plan, of.as_of)[axis]
    names = units.dissolve(units.load_blocks(), vintage)["name"]
    column = UNIT_COLUMN[vintage]
    table = _table(inside, status, names, column, (axis, threshold))
    kinds = {
        kind: _table(rows, status, names, column, (axis, threshold))
        for kind, rows in inside.groupby("kind")
    }
    open_ = worklist.gaps(inside, of.evidence, status, axis, of.as_of)
    lapsing = worklist.lapsing(inside, of.evidence, shipped(), of.as_of)
    if options.json:
        head = {"plan": of.plan.year, "as_of": of.as_of.isoformat(), "data_version": of.version}
        told = {
            **head,
            "by": options.by,
            "axis": axis,
            "units": [
                _unit(
                    str(code),
                    row,
                    {kind: of_kind.T[code] for kind, of_kind in kinds.items()},
                )
                for code, row in table.iterrows()
            ],
            "without_unit": int(inside[column].isna().sum()),
            "sites": _plain(open_.drop(columns="geometry").reset_index(names="id")),
            "lapsing": _plain(lapsing[(lapsing["axis"] == axis).to_numpy()]),
        }
        print(json.dumps(told, ensure_ascii=False))
        return DONE
    for code, row in table.iterrows():
        print(code, row["name"], f"{row['yes']}/{row['sites']}", _short(row["short"]), sep="\t")
    return DONE


def _short(short: Any) -> str:
    return "–" if pd.isna(short) else _("short of {n}").format(n=number(int(short)))


def _table(
    inside: pd.DataFrame,
    status: pd.Series,
    names: pd.Series,
    column: str,
    target: tuple[str, Fraction],
) -> pd.DataFrame:
    axis, threshold = target
    table = coverage.by_unit(status.loc[inside.index], inside[column], names, axis)
    return table.assign(short=coverage.short(table, threshold))


def _unit(code: str, row: pd.Series, kinds: dict[Any, pd.Series]) -> dict[str, Any]:
    return {
        "code": code,
        "name": row["name"],
        **_counts(row),
        "rank": None if pd.isna(row["rank"]) else int(row["rank"]),
        "kinds": {str(kind): _counts(part) for kind, part in kinds.items() if part["sites"]},
    }


def _counts(row: pd.Series) -> dict[str, int | None]:
    counts = {
        "sites": "sites",
        "reached": "yes",
        "unknown": "unknown",
        "not_reached": "no",
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
    status = status_of(of.sites, of.evidence, of.plan, of.as_of)[axis]
    open_ = worklist.gaps(_kinds(of, axis), of.evidence, status, axis, of.as_of)
    asked = _scenario(options)
    blocks = units.load_blocks()
    frames = {vintage.value: units.dissolve(blocks, vintage) for vintage in units.Vintage}
    metres = matrix.read(options.distances, str(options.distances)) if options.distances else None
    places = venues.candidates(of.sites, frames, scenario.sources(asked))
    ready = scenario.prepare(asked, open_, of.sites["enterprises"], places, metres)
    found = visits.best(ready.problem, asked.count)
    if options.json:
        print(json.dumps(_told(options, of, ready, found, status), ensure_ascii=False))
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
    status: pd.Series,
) -> dict[str, Any]:
    """Return the answer as plain data."""
    target = coverage.target_of(of.plan, options.axis)
    until = min(of.as_of, of.plan.window.end)
    needed, counted = scenario.short_of(target, of.sites, status, until)
    towards = scenario.towards(ready, counted)
    least = visits.least(towards, needed) if needed else None
    table = visits.curve(ready.problem, max(options.count, len(ready.problem.locked)) + MORE)
    return {
        "plan": of.plan.year,
        "as_of": of.as_of.isoformat(),
        "data_version": of.version,
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
