"""``gaps``: who has not been reached, unit by unit.

Not here: what a gap is (``rules.coverage``, ``reading.worklist``).
"""

import argparse
from typing import Any

import pandas as pd

from geodata.commands.common import DONE, add_json, add_question, print_json
from geodata.commands.material import Material, material_of
from geodata.commands.question import Question, question_of
from geodata.commands.results import add_axis, results_of
from geodata.core.lookup import is_in
from geodata.core.text import _, number
from geodata.geography import units
from geodata.reading import worklist
from geodata.reading.view import UNIT_COLUMN
from geodata.rules import coverage
from geodata.rules.plan import shipped
from geodata.rules.targets import Count, Result, of_axis

BY = {"district-legacy": units.Vintage.LEGACY, "commune-2025": units.Vintage.Y2025}


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "--by",
        choices=BY,
        default="commune-2025",
        help=_("communes of today, or the former districts"),
    )
    add_axis(parser)
    add_question(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print who has not been reached, unit by unit."""
    question = question_of(options)
    material = material_of(options, question)
    axis, vintage = options.axis, BY[options.by]
    result = of_axis(results_of(material, question), axis)
    names = units.dissolve(units.load_blocks(), vintage)["name"]
    unit = material.sites[UNIT_COLUMN[vintage]]
    table = coverage.by_unit(result, unit, names)
    if options.json:
        answer = {
            **question.head(material.version),
            "by": options.by,
            "axis": axis,
            "target": result.target.id,
            "total": _total(result),
            "units": _units(material.sites, result, table, unit, names),
            "without_unit": _nowhere(table),
            **_worklists(question, material, result, axis),
        }
        print_json(answer)
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
    sites: pd.DataFrame, result: Result, table: pd.DataFrame, unit: pd.Series, names: pd.Series
) -> list[dict[str, Any]]:
    """Return the units as plain data, each with the kinds of site that it has."""
    kinds = {
        kind: coverage.by_unit(result, unit, names, rows.index)
        for kind, rows in sites.groupby("kind")
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


def _worklists(
    question: Question, material: Material, result: Result, axis: str
) -> dict[str, list[dict[str, Any]]]:
    """Return the sites that are a gap, those that may count or not, and what will lapse."""
    sites, records, as_of = material.sites, material.evidence, question.as_of
    about = sites, records, result, axis, as_of
    lists = {"sites": worklist.gaps(*about), "open_sites": worklist.undecided(*about)}
    lapsing = worklist.lapsing(sites, records, shipped(), as_of)
    lapsing = lapsing[(lapsing["axis"] == axis) & is_in(lapsing["site"], result.counted.index)]
    plain = {
        name: _plain(rows.drop(columns="geometry").reset_index(names="id"))
        for name, rows in lists.items()
    }
    return plain | {"lapsing": _plain(lapsing)}


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
