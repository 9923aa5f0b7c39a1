"""``indicators``: the plan's targets with what they were counted from.

Not here: how a target is counted (``rules.targets``), or its name (``reading.findings``).
"""

import argparse
from fractions import Fraction
from typing import Any

from geodata.commands.common import DONE, add_json, add_question, add_sectors, print_json
from geodata.commands.material import material_of
from geodata.commands.question import question_of
from geodata.commands.results import results_of
from geodata.reading import findings, labels
from geodata.rules.targets import Count, Result


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add_question(parser)
    add_sectors(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print the plan's targets with what they were counted from."""
    question = question_of(options)
    material = material_of(options, question)
    results = results_of(material, question)
    if options.json:
        head = question.head(material.version)
        print_json({**head, "targets": [_target(result) for result in results]})
        return DONE
    print(question.heading())
    for result in results:
        count = findings.counted(result.count, result) if result.count else "–"
        if result.count and result.count.open:
            count += ", " + findings.open_text(result.count)
        verdict = labels.verdict_label(result.verdict)
        print(result.target.id, labels.target_name(result.target.id), count, verdict, sep="\t")
    return DONE


def _target(result: Result) -> dict[str, Any]:
    """Return one target as plain data; a share's threshold is that share of one."""
    threshold = result.target.threshold
    return {
        "id": result.target.id,
        "unit": result.target.unit,
        **_count(result.count),
        "open_sites": result.open["status"].to_dict(),
        "outside": result.outside,
        "threshold": None if threshold is None else float(threshold),
        "verdict": result.verdict,
        "short": result.short,
        "breakdown": [{"code": part.code, **_count(part.count)} for part in result.breakdown],
        "cumulative": _count(result.cumulative) if result.cumulative else None,
        "counted": result.counted["status"].to_dict(),
        "left_out": result.left_out["reason"].to_dict(),
        "figures": dict(result.figures),
        "notes": list(result.notes),
    } | ({"sectors": _sectors(result)} if result.target.unit == "sector" else {})


def _sectors(result: Result) -> list[dict[str, Any]]:
    """Return what each sector uses of each input as plain data; what is exact becomes a float."""
    rows = result.behind.drop(columns="figure").reset_index(names="sector").to_dict("records")
    return [
        {str(key): float(cell) if isinstance(cell, Fraction) else cell for key, cell in row.items()}
        for row in rows
    ]


def _count(count: Count | None) -> dict[str, Any]:
    """Return a count as plain data."""
    if count is None:
        empty = ("numerator", "denominator", "unknown", "open")
        return {**dict.fromkeys(empty), "open_parts": None}
    return {
        "numerator": count.yes,
        "denominator": count.total,
        "unknown": count.unknown,
        "open": count.open,
        "open_parts": {
            "yes": count.open_yes,
            "unknown": count.open_unknown,
            "no": count.open_no,
        },
    }
