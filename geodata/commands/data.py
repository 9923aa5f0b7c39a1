"""The command line's part for data in files: ``check, import, template, export``.

Not here: reading (``intake``), writing (``outputs``), or the store.
"""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from geodata import settings
from geodata.core import progress
from geodata.core.clock import today
from geodata.core.errors import DataError
from geodata.core.files import write_whole
from geodata.core.text import _, number
from geodata.intake.judging import diagnosis
from geodata.intake.reading import files
from geodata.intake.reading.grid import Sheet
from geodata.outputs.data import exchange, marked, template
from geodata.stewardship import entering
from geodata.store import REAL, SIMULATED, Snapshot, Store

HOME = Path(__file__).parents[2]
DONE, DATA_ERROR = 0, 1
_LISTED = 20


def register(commands: Any) -> None:
    """Add the commands to those of the command line."""
    check = commands.add_parser("check", help=_("what is wrong with a file; saves nothing"))
    check.add_argument("--json", action="store_true", help=_("machine-readable output"))
    check.add_argument(
        "--marked", type=Path, metavar="OUT.xlsx", help=_("a copy with a comment on each cell")
    )
    check.set_defaults(run=_check)

    taken = commands.add_parser("import", help=_("take a file into the store, as a draft"))
    taken.add_argument("--publish", action="store_true", help=_("review and publish it at once"))
    taken.add_argument("--note", default="", help=_("a remark for the journal"))
    taken.set_defaults(run=_import)

    for command in (check, taken):
        command.add_argument("path", type=Path, metavar="FILE")
        command.add_argument("--demo", action="store_true", help=_("of the simulated workspace"))

    blank = commands.add_parser("template", help=_("a workbook to fill in"))
    blank.add_argument("path", type=Path, metavar="OUT.xlsx")
    blank.set_defaults(run=_template)

    export = commands.add_parser("export", help=_("the data as a file"))
    export.add_argument("path", type=Path, metavar="OUT.(xlsx|csv|geojson|gpkg|kml)")
    export.add_argument("--table", choices=exchange.TABLES, default="sites")
    export.add_argument("--demo", action="store_true", help=_("of the simulated workspace"))
    export.set_defaults(run=_export)


def _check(options: argparse.Namespace) -> int:
    """Print what is wrong with a file and what it would change."""
    sheets, found = _judged(options, _opened().load(_workspace(options)))
    if options.marked:
        content = options.path.read_bytes()
        write_whole(options.marked, marked.render(content, sheets, found.findings))
    if options.json:
        print(json.dumps(found.as_dict(), ensure_ascii=False))
    else:
        _tell(sheets, found)
    return DONE if found.ok else DATA_ERROR


def _import(options: argparse.Namespace) -> int:
    """Take a file into the store, all or nothing."""
    store, workspace = _opened(), _workspace(options)
    before = store.load(workspace)
    _sheets, found = _judged(options, before)
    if not found.ok:
        _tell(_sheets, found)
        raise DataError(_("Nothing was saved; correct the file and try again."))
    change = entering.change_of(found)
    if change is None:
        print(_("The file changes nothing."))
        return DONE
    who = settings.operator(_settings().roles)
    entry = store.write(
        workspace,
        change,
        who=who,
        origin=options.path.name,
        action="import",
        note=options.note,
        based_on=before.revision,
    )
    told = entering.counted(found)
    print(_("Saved as entry {entry}, a draft: {told}.").format(entry=entry, told=told))
    if options.publish:
        store.review(workspace, entry, who=who)
        store.publish(workspace, who=who)
        print(_("Reviewed and published."))
    return DONE


def _template(options: argparse.Namespace) -> int:
    write_whole(options.path, template.render())
    print(options.path)
    return DONE


def _export(options: argparse.Namespace) -> int:
    kind = options.path.suffix.removeprefix(".").lower()
    snapshot = _opened().load(_workspace(options))
    write_whole(options.path, exchange.render(snapshot, kind, options.table))
    print(options.path)
    return DONE


def _judged(
    options: argparse.Namespace, before: Snapshot
) -> tuple[tuple[Sheet, ...], diagnosis.Diagnosis]:
    """Read and diagnose a file, telling how far that is."""
    with progress.line(sys.stderr) as listener:
        sheets = files.read(options.path, options.path.name, progress.between(listener, 0, 0.5))
        known = diagnosis.Known(before.sites, before.evidence, before.declarations)
        found = diagnosis.diagnose(
            sheets, known, today(), listener=progress.between(listener, 0.5, 1)
        )
    return sheets, found


def _tell(sheets: tuple[Sheet, ...], found: diagnosis.Diagnosis) -> None:
    """Print a diagnosis for a person: what is wrong first, then what would change."""
    for sheet in sheets:
        for note in sheet.notes:
            print(note, file=sys.stderr)
    for finding in found.open[:_LISTED]:
        where = f"{finding.sheet}!{finding.place}{finding.row}"
        print(f"{where}\t{entering.sentence_of(finding)}")
    if (more := len(found.open) - _LISTED) > 0:
        print(_("… and {n} more; --json or --marked has them all.").format(n=number(more)))
    if found.ok:
        print(_("Nothing is wrong: {told}.").format(told=entering.counted(found)))


def _settings() -> settings.Settings:
    return settings.load(os.environ, HOME)


def _opened() -> Store:
    return Store(_settings().store)


def _workspace(options: argparse.Namespace) -> str:
    return SIMULATED if options.demo else REAL
