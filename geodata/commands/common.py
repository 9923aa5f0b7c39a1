"""What commands share without any library: exit codes, readers of arguments, common options.

Not here: the store a call works on (``place``), the plan, days and data it is about (``question``,
``material``).
"""

import argparse
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from geodata.core.text import _

DONE, DATA_ERROR, WRONG_CALL = 0, 1, 2
CANCELLED = 130  # as every shell command that Ctrl-C ends


def print_json(answer: Any) -> None:
    """Print an answer for machines, on one line."""
    print(json.dumps(answer, ensure_ascii=False))


# --- readers of arguments ------------------------------------------------------------------


def iso_day(text: str) -> date:
    """Return the day an argument names."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            _("“{text}” is not a day (YYYY-MM-DD)").format(text=text)
        ) from None


def whole(least: int, most: int) -> Callable[[str], int]:
    """Return a reader of whole numbers between two bounds."""

    def parse(text: str) -> int:
        if not (text.lstrip("-").isdecimal() and least <= int(text) <= most):
            sentence = _("“{text}” is not a whole number from {least} to {most}")
            raise argparse.ArgumentTypeError(sentence.format(text=text, least=least, most=most))
        return int(text)

    return parse


def positive(text: str) -> int:
    """Return the whole number greater than zero that an argument names."""
    if not (text.isdecimal() and int(text) > 0):
        raise argparse.ArgumentTypeError(
            _("“{text}” is not a whole number greater than zero").format(text=text)
        )
    return int(text)


# --- common options ------------------------------------------------------------------------


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add the option for an answer that machines read."""
    parser.add_argument("--json", action="store_true", help=_("machine-readable output"))


def add_demo(parser: argparse.ArgumentParser) -> None:
    """Add the option that turns to the simulated workspace."""
    parser.add_argument("--demo", action="store_true", help=_("of the simulated workspace"))


def add_days(parser: argparse.ArgumentParser) -> None:
    """Add the days and the plan that a call is about."""
    parser.add_argument("--as-of", type=iso_day, metavar="YYYY-MM-DD", help=_("the day looked at"))
    parser.add_argument(
        "--known-at",
        type=iso_day,
        metavar="YYYY-MM-DD",
        help=_("by what was entered up to this day"),
    )
    parser.add_argument(
        "--plan",
        type=whole(1, 9999),
        metavar="YEAR",
        help=_("the plan of this year; without it the one in force"),
    )
    parser.set_defaults(baseline_year=None)  # for those without sectors


def add_question(parser: argparse.ArgumentParser) -> None:
    """Add what every command that looks at a day takes."""
    add_days(parser)
    add_demo(parser)
    parser.add_argument(
        "--sites", type=Path, metavar="FILE.csv", help=_("with the sites of this file, as a trial")
    )
    parser.add_argument(
        "--evidence",
        type=Path,
        metavar="FILE.csv",
        help=_("with the evidence of this file, as a trial"),
    )
    parser.set_defaults(declarations=None)


def add_sectors(parser: argparse.ArgumentParser) -> None:
    """Add what a command that measures the sectors takes besides."""
    parser.add_argument(
        "--declarations",
        type=Path,
        metavar="FILE.csv",
        help=_("with the declarations of this file, as a trial"),
    )
    parser.add_argument(
        "--baseline-year",
        type=whole(1990, 2100),
        metavar="YEAR",
        help=_("measure the sectors from this year"),
    )
