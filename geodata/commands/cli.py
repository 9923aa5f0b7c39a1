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
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import geopandas as gpd
import pandas as pd

from geodata import doctor, intake, settings
from geodata.commands import data as cli_data
from geodata.commands import field as cli_field
from geodata.commands import planning as cli_planning
from geodata.commands import store as cli_store
from geodata.commands import users as cli_users
from geodata.core import progress
from geodata.core.clock import today
from geodata.core.errors import ModelError, WrongCallError
from geodata.core.text import _, day, number
from geodata.geography import units
from geodata.outputs.briefing import files as output_files
from geodata.reading import briefing, findings
from geodata.reading.view import View
from geodata.register import declarations, evidence, frames
from geodata.rules import countable, intensity, plan, targets
from geodata.rules import status as rules
from geodata.simulation import simulate
from geodata.stewardship import history
from geodata.store import REAL, SIMULATED, Store, known_subjects
from geodata.store.documents import Documents

HOME = Path(__file__).parents[2]
DONE, DATA_ERROR, WRONG_CALL = 0, 1, 2
CANCELLED = 130  # as every shell command that Ctrl-C ends
WHAT_IF = "what-if"  # the data version of figures that files stand in for
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
        code = run(options)
        sys.stdout.flush()
    except WrongCallError as error:
        print(error, file=sys.stderr)
        return WRONG_CALL
    except ModelError as error:
        print(error, file=sys.stderr)
        return DATA_ERROR
    except OSError as error:  # a full disk, or nobody who reads on
        sentence = _("The output could not be written ({reason}).")
        print(sentence.format(reason=error.strerror), file=sys.stderr)
        return DATA_ERROR
    return code


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
    status.set_defaults(run=_status)

    indicators = commands.add_parser("indicators", help=_("the plan's targets at a date"))
    indicators.set_defaults(run=_indicators)

    brief = commands.add_parser("briefing", help=_("a briefing as a file"))
    brief.add_argument("path", type=Path, metavar="OUT.(pdf|pptx|docx|xlsx)")
    brief.add_argument("--unit", metavar="CODE", help=_("only this unit"))
    brief.add_argument("--compare", type=_day, metavar="YYYY-MM-DD", help=_("beside this day"))
    brief.add_argument("--given", action="store_true", help=_("note that it was given"))
    brief.set_defaults(run=_briefing)

    gaps, visits = cli_planning.register(commands, _planning)
    field = cli_field.register(commands, _planning)
    for command in (status, indicators, brief, gaps, visits, field):
        _add_common(command)

    for command in (indicators, brief):
        command.add_argument("--declarations", type=Path, metavar="FILE.csv")
        command.add_argument(
            "--baseline-year",
            type=_whole(1990, 2100),
            metavar="YEAR",
            help=_("measure the sectors from this year"),
        )
    for command in (status, gaps, visits):
        command.set_defaults(declarations=None, baseline_year=None)

    check = commands.add_parser("doctor", help=_("check store, data and software"))
    check.add_argument(
        "--port",
        type=_whole(1, 65535),
        help=_("before a start: also check this port, fail only on what stops the app"),
    )
    check.set_defaults(run=_doctor)

    cli_users.register(commands)
    cli_store.register(commands)
    cli_data.register(commands)

    for command in (init, status, indicators, gaps, visits, check):
        command.add_argument("--json", action="store_true", help=_("machine-readable output"))
    return parser


def _add_common(command: argparse.ArgumentParser) -> None:
    """Add what every command that looks at a day takes."""
    command.add_argument("--as-of", type=_day, metavar="YYYY-MM-DD", help=_("the day looked at"))
    command.add_argument(
        "--known-at",
        type=_day,
        metavar="YYYY-MM-DD",
        help=_("by what was entered up to this day"),
    )
    command.add_argument("--plan", type=_whole(1, 9999), metavar="YEAR")
    command.add_argument("--demo", action="store_true", help=_("of the simulated workspace"))
    command.add_argument("--sites", type=Path, metavar="FILE.csv")
    command.add_argument("--evidence", type=Path, metavar="FILE.csv")


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
        declared = simulate.declare()
        store.fill(SIMULATED, *invented, declared, replace=True, description=description)
    found = {name: workspace.version for name, workspace in store.workspaces().items()}
    if options.json:
        print(json.dumps({"store": store.name, "workspaces": found}, ensure_ascii=False))
    else:
        listed = ", ".join(f"{name} {version}" for name, version in found.items())
        print(_("The store {store} is ready: {listed}.").format(store=store.name, listed=listed))
    return DONE


def _status(options: argparse.Namespace) -> int:
    """Print the status of every site, from the store or from files given instead."""
    chosen, as_of = _asked(options)
    material = _material(options, chosen)
    register, records = material.sites, material.evidence
    status = rules.status_of(register, records, chosen, as_of)
    rows = _rows(register, status, rules.basis_of(register, records, chosen, as_of))
    if options.json:
        print(json.dumps(rows, ensure_ascii=False))
    else:
        print(_heading(options, chosen, as_of))
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


def _indicators(options: argparse.Namespace) -> int:
    """Print the plan's targets with what they were counted from."""
    chosen, as_of = _asked(options)
    material = _material(options, chosen)
    found = _results(material, chosen, as_of)
    if options.json:
        head = {
            "plan": chosen.year,
            "as_of": as_of.isoformat(),
            "known_at": _known_at(options).isoformat(),
            "data_version": material.version,
        }
        print(json.dumps({**head, "targets": [_target(r) for r in found]}, ensure_ascii=False))
        return DONE
    print(_heading(options, chosen, as_of))
    for result in found:
        count = findings.counted(result.count, result) if result.count else "–"
        if result.count and result.count.open:
            count += ", " + findings.open_text(result.count)
        verdict = findings.verdict_label(result.verdict)
        print(result.target.id, findings.target_name(result.target.id), count, verdict, sep="\t")
    return DONE


def _heading(options: argparse.Namespace, chosen: plan.Plan, as_of: date) -> str:
    """Return the line above a list: plan, day, and the day of knowledge if it is not today."""
    line = _("Plan {decision}, as of {as_of}").format(decision=chosen.decision, as_of=day(as_of))
    words = briefing.knowledge(_named_known_at(options), 0)
    return "; ".join((line, *words))


def _results(material: "_Material", chosen: plan.Plan, as_of: date) -> tuple[targets.Result, ...]:
    """Return the plan's targets at a date; what few plants declared shows no figures."""
    register, records = material.sites, material.evidence
    sectors = material.sectors(chosen)
    return targets.results(register, records, chosen, as_of, _districts(), sectors=sectors)


def _briefing(options: argparse.Namespace) -> int:
    """Write a briefing of the whole province or of one unit."""
    chosen, as_of = _asked(options)
    workspace = SIMULATED if options.demo else REAL
    if options.compare and options.compare >= as_of:
        raise WrongCallError(
            _("The day to compare with must lie before {as_of}.").format(as_of=day(as_of))
        )
    known_at = _known_at(options)
    shown = View(
        as_of,
        known_at=_named_known_at(options),
        workspace=workspace,
        unit=options.unit,
        plan=chosen.year,
        compare=options.compare,
    )
    outlines = units.dissolve(units.load_blocks(), shown.units_of)
    if options.unit and options.unit not in outlines.index:
        raise WrongCallError(
            _("There is no administrative unit with the code {code}.").format(code=options.unit)
        )
    material = _material(options, chosen)
    if options.given and material.version == WHAT_IF:
        raise WrongCallError(_("Figures made from files are no briefing given; leave out --given."))
    made = briefing.brief(
        material.sites,
        material.evidence,
        chosen,
        shown,
        units=outlines,
        districts=_districts(),
        data_version=material.version,
        compared_to=options.compare,
        earlier_plan=_plan_then(options.compare),
        sectors=material.sectors,
        later=evidence.entered_later(
            material.unseen, known_at, chosen.window.start, chosen.last_day(as_of)
        ),
        assumed=_assumed(options),
    )
    try:
        with progress.line(sys.stderr) as listener:
            output_files.write(made, options.path, listener=listener)
    except KeyboardInterrupt:
        print(_("Cancelled; no file was written."), file=sys.stderr)
        return CANCELLED
    print(options.path)
    if options.given:
        who = settings.operator(settings.load(os.environ, HOME).roles)
        _store().remember(workspace, history.noted(shown), who=who)
    return DONE


def _plan_then(compare: date | None) -> plan.Plan | None:
    """Return the plan under which an earlier day is looked at: that of the day."""
    return plan.default(plan.shipped(), compare) if compare else None


def _assumed(options: argparse.Namespace) -> tuple[str, ...]:
    """Return what a call assumes: the names of its files, and a baseline year of its own."""
    files = (options.sites, options.evidence, options.declarations)
    names = [path.name for path in files if path]
    if options.baseline_year is not None:
        names.append(_("baseline year {year}").format(year=options.baseline_year))
    return tuple(names)


def _districts() -> list[str]:
    """Return the codes of the eight districts."""
    return units.load_legacy_communes()["district_legacy"].unique().tolist()


def _target(result: targets.Result) -> dict[str, Any]:
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


def _sectors(result: targets.Result) -> list[dict[str, Any]]:
    """Return what each sector uses of each input as plain data; what is exact becomes a float."""
    rows = result.behind.drop(columns="figure").reset_index(names="sector").to_dict("records")
    return [
        {str(key): float(cell) if isinstance(cell, Fraction) else cell for key, cell in row.items()}
        for row in rows
    ]


def _count(count: targets.Count | None) -> dict[str, Any]:
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


def _planning(options: argparse.Namespace) -> cli_planning.Asked:
    """Return what a planner's call is about."""
    chosen, as_of = _asked(options)
    found = _material(options, chosen)
    return cli_planning.Asked(
        chosen,
        as_of,
        _known_at(options),
        found.sites,
        found.evidence,
        _results(found, chosen, as_of),
        found.version,
        _assumed(options),
        _named_known_at(options),
    )


def _asked(options: argparse.Namespace) -> tuple[plan.Plan, date]:
    """Return the plan and the as-of date that a call asks for."""
    as_of = options.as_of or today()
    _known_at(options)
    chosen = _plan(options.plan, options.as_of)
    plan.require_started(chosen, as_of)
    if options.baseline_year is not None:
        chosen = plan.with_baseline(chosen, options.baseline_year)
    return chosen, as_of


def _known_at(options: argparse.Namespace) -> date:
    """Return the day of knowledge that a call asks for; nothing is known of the future."""
    known_at: date = options.known_at or today()
    if known_at > today():
        raise WrongCallError(
            _("Nothing is known yet of {day}; --known-at must not lie after today.").format(
                day=day(known_at)
            )
        )
    return known_at


def _named_known_at(options: argparse.Namespace) -> date | None:
    """Return the day of knowledge where it is named: it is not today."""
    known_at = _known_at(options)
    return None if known_at == today() else known_at


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
    return plan.default(plans, as_of or today())


class _Material(NamedTuple):
    """What a call is about: as known on the day asked for, and the records entered later."""

    sites: gpd.GeoDataFrame
    evidence: pd.DataFrame
    unseen: pd.DataFrame
    declarations: pd.DataFrame
    owners: pd.Series  # who operates each plant, of the store too: a file may leave it out
    version: str

    def sectors(self, chosen: plan.Plan) -> pd.DataFrame:
        """Return the intensity of a plan's sectors; of few plants no figures are told."""
        found = intensity.of_plan(self.declarations, chosen, owners=self.owners)
        return intensity.public(found)


def _material(options: argparse.Namespace, chosen: plan.Plan) -> _Material:
    """Return sites, evidence and declarations: from the files named, the rest from the store."""
    known_at = _known_at(options)
    register = intake.read_sites(options.sites) if options.sites else None
    records = intake.read_evidence(options.evidence, today()) if options.evidence else None
    declared = _declared(options, chosen) if options.declarations else None
    version, unseen, owners = WHAT_IF, None, None
    if register is None or records is None:
        snapshot = _store().load(SIMULATED if options.demo else REAL, known_at=known_at)
        if register is None and records is None and declared is None:
            version = snapshot.version
        owners = snapshot.sites["operator"]
        register = snapshot.sites if register is None else register
        if records is None:
            records, unseen = snapshot.evidence, snapshot.unseen
        declared = snapshot.declarations if declared is None else declared
    if unseen is None:
        _refuse_unknown(records, register, options)
        for sentence in countable.sentences(countable.cannot_count(records, plan.shipped())):
            print(sentence, file=sys.stderr)
        unseen = records[~records["id"].isin(evidence.known_at(records, known_at)["id"])]
        records = evidence.known_at(records, known_at)
        _say_unseen(unseen, known_at)
    declared = declarations.none() if declared is None else declared
    known = declarations.known_at(declared, known_at)
    own = register["operator"]
    owners = own if owners is None else own.combine_first(owners)
    return _Material(register, records, unseen, known, owners, version)


def _declared(options: argparse.Namespace, chosen: plan.Plan) -> pd.DataFrame:
    """Return declarations from a file, or refuse them if the plan does not know a sector."""
    found = intake.read_declarations(options.declarations, today())
    listed = [sector for target in chosen.targets for sector in target.sectors]
    frames.refuse(str(options.declarations), declarations.unknown_sectors(found, listed))
    return found


def _refuse_unknown(
    records: pd.DataFrame, register: pd.DataFrame, options: argparse.Namespace
) -> None:
    """Refuse records from a file if they speak of something unknown."""
    faults = evidence.unknown_subjects(records, known_subjects(register.index))
    frames.refuse(str(options.evidence), faults)


def _say_unseen(unseen: pd.DataFrame, known_at: date) -> None:
    """Say how many records of a file were entered after the day of knowledge."""
    if len(unseen):
        sentence = _("{n} records were entered after {day} and are not seen; see recorded_at.")
        print(sentence.format(n=number(len(unseen)), day=day(known_at)), file=sys.stderr)


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
    """Print what is well and what is not; fail on faults that need action.

    Before a start, that is with a port, only what would stop the app is a reason to fail.
    """
    documents = Documents(settings.load(os.environ, HOME).documents)
    found = doctor.examine(_store(), documents)
    faults = [finding for finding in found if finding.level == "fault"]
    if options.port is not None:
        found.append(doctor.port(options.port))
        faults = [f for f in found if f.level == "fault" and f.check in doctor.STOPS_THE_APP]
    if options.json:
        print(json.dumps([asdict(finding) for finding in found], ensure_ascii=False))
    else:
        for finding in found:
            print(f"{finding.level:5} {finding.message}")
    return DATA_ERROR if faults else DONE
