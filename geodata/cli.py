"""The command line: same logic as the screens. JSON on stdout, messages on stderr.

Exit code 0 done, 1 the data has errors, 2 wrong call. Not here: rules, SQL, reading files.
"""

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import pandas as pd

from geodata import doctor, evidence, frames, intake, plan, settings, simulate, units
from geodata import status as rules
from geodata.errors import ModelError, WrongCallError
from geodata.store import REAL, SIMULATED, Store, known_subjects
from geodata.text import _, day

HOME = Path(__file__).parents[1]
DONE, DATA_ERROR, WRONG_CALL = 0, 1, 2
_SAID = re.compile(r"“.*|'[^']*'|--[\w-]+|(?<=arguments: ).*|(?<=required: ).*")


class _Parser(argparse.ArgumentParser):
    """Says in one Vietnamese sentence what is wrong with a call."""

    def error(self, message: str) -> NoReturn:
        # argparse speaks English: of its message only what the person wrote is taken.
        said = ", ".join(dict.fromkeys(_SAID.findall(message))) or "…"
        raise WrongCallError(
            _("The call is wrong: {said}. See “{prog} --help”.").format(said=said, prog=self.prog)
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    try:
        options = _parser().parse_args(arguments)
        run: Callable[[argparse.Namespace], int] = options.run
        return run(options)
    except WrongCallError as error:
        print(error, file=sys.stderr)
        return WRONG_CALL
    except ModelError as error:
        print(error, file=sys.stderr)
        return DATA_ERROR


def _parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = _Parser(prog="python -m geodata", description=_("Monitoring map of Hậu Giang"))
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)

    init = commands.add_parser("init", help=_("make the store, or bring it up to date"))
    init.add_argument("--demo", action="store_true", help=_("make the simulated workspace"))
    init.add_argument("--sites", type=_whole(1, 1_000_000), default=300, metavar="N")
    init.add_argument("--seed", type=_whole(0, 2**32 - 1), default=1, metavar="S")
    init.set_defaults(run=_init)

    status = commands.add_parser("status", help=_("status of every site at a date"))
    status.add_argument("--as-of", type=_day, metavar="YYYY-MM-DD")
    status.add_argument("--plan", type=_whole(1, 9999), metavar="YEAR")
    status.add_argument("--demo", action="store_true", help=_("of the simulated workspace"))
    status.add_argument("--sites", type=Path, metavar="FILE.csv")
    status.add_argument("--evidence", type=Path, metavar="FILE.csv")
    status.set_defaults(run=_status)

    check = commands.add_parser("doctor", help=_("check store, data and software"))
    check.add_argument("--port", type=_whole(1, 65535), help=_("also check that this port is free"))
    check.set_defaults(run=_doctor)

    for command in (init, status, check):
        command.add_argument("--json", action="store_true", help=_("machine-readable output"))
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            _("“{text}” is not a day (YYYY-MM-DD)").format(text=text)
        ) from None


def _whole(least: int, most: int) -> Callable[[str], int]:
    """Return a reader of whole numbers between two bounds."""

    def read(text: str) -> int:
        if not (text.lstrip("-").isdecimal() and least <= int(text) <= most):
            sentence = _("“{text}” is not a whole number from {least} to {most}")
            raise argparse.ArgumentTypeError(sentence.format(text=text, least=least, most=most))
        return int(text)

    return read


def _store() -> Store:
    return Store(settings.load(os.environ, HOME).store)


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the office's own day


def _init(options: argparse.Namespace) -> int:
    """Make the store with the shipped data; with --demo the simulated workspace too."""
    store = _store()
    store.create(intake.shipped_sites(), intake.shipped_evidence())
    if options.demo:
        legacy = units.load_legacy_communes()
        invented = simulate.simulate(
            units.load_blocks(), legacy, plan.shipped(), options.sites, options.seed
        )
        description = f"{options.sites} sites, seed {options.seed}"
        store.fill(SIMULATED, *invented, replace=True, description=description)
    found = {name: workspace.version for name, workspace in store.workspaces().items()}
    if options.json:
        print(json.dumps({"store": store.name, "workspaces": found}, ensure_ascii=False))
    else:
        listed = ", ".join(f"{name} {version}" for name, version in found.items())
        print(_("The store {store} is ready: {listed}.").format(store=store.name, listed=listed))
    return DONE


def _status(options: argparse.Namespace) -> int:
    """Print the status of every site, from the store or from files given instead."""
    as_of = options.as_of or _today()
    chosen = _plan(options.plan, options.as_of)
    plan.require_started(chosen, as_of)
    register, records = _material(options)
    status = rules.status_of(register, records, chosen, as_of)
    rows = _rows(register, status, rules.basis_of(register, records, chosen, as_of))
    if options.json:
        print(json.dumps(rows, ensure_ascii=False))
    else:
        print(
            _("Plan {decision}, as of {as_of}").format(decision=chosen.decision, as_of=day(as_of))
        )
        for row in rows:
            print(
                row["id"],
                row["kind"],
                row["outreach"],
                row["compliance"],
                row.get("stage", ""),
                sep="\t",
            )
    return DONE


def _plan(year: int | None, as_of: date | None) -> plan.Plan:
    """Return the plan asked for, else the one of the date.

    A date that was asked for and lies outside every plan is a question without an answer;
    today's date is not asked for, and shows the latest plan.
    """
    plans = plan.shipped()
    if year is not None:
        return plan.of_year(plans, year)
    if as_of is not None and plan.in_force(plans, as_of) is None:
        known = ", ".join(str(p.year) for p in plans)
        raise WrongCallError(
            _("No plan is in force on {as_of}; name one with --plan ({known}).").format(
                as_of=day(as_of), known=known
            )
        )
    return plan.default(plans, as_of or _today())


def _material(options: argparse.Namespace) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return sites and evidence: from the files named, the rest from the store."""
    register = intake.read_sites(options.sites) if options.sites else None
    records = intake.read_evidence(options.evidence, _today()) if options.evidence else None
    if register is None or records is None:
        snapshot = _store().load(SIMULATED if options.demo else REAL)
        if register is None:
            register = snapshot.sites
        if records is None:
            # Sites given in place of the register's: what is said of others is not asked.
            records = snapshot.evidence
            return register, records[records["subject"].isin(known_subjects(register.index))]
    faults = evidence.unknown_subjects(records, known_subjects(register.index))
    frames.refuse(str(options.evidence), faults)
    return register, records


def _rows(sites: pd.DataFrame, status: pd.DataFrame, basis: pd.DataFrame) -> list[dict[str, Any]]:
    """Return one plain record a site; models also have their stage."""
    plain = status.astype(object).where(status.notna(), None).to_dict("records")
    behind = {
        axis: group.groupby("site")["evidence"].agg(list).to_dict()
        for axis, group in basis.groupby("axis")
    }
    return [
        {
            "id": site,
            "kind": kind,
            "outreach": row["outreach"],
            "compliance": row["compliance"],
            "profile": row["profile"],
            "outreach_evidence": behind.get("outreach", {}).get(site, []),
            "compliance_evidence": behind.get("compliance", {}).get(site, []),
        }
        | ({} if row["stage"] is None else {"stage": row["stage"]})
        for site, kind, row in zip(sites.index, sites["kind"], plain, strict=True)
    ]


def _doctor(options: argparse.Namespace) -> int:
    """Print what is well and what is not; fail on faults that need action."""
    findings = doctor.examine(_store())
    if options.port is not None:
        findings.append(doctor.port(options.port))
    if options.json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False))
    else:
        for finding in findings:
            print(f"{finding.level:5} {finding.message}")
    return DATA_ERROR if any(finding.level == "fault" for finding in findings) else DONE
