"""What ``check`` and ``import`` share: a file read and diagnosed, and how that is told.

Not here: reading and judging (``intake``), or the words of a finding (``stewardship.entering``).
"""

import argparse
import sys
from pathlib import Path

from geodata.commands.common import add_demo
from geodata.core import progress
from geodata.core.clock import today
from geodata.core.text import _, number
from geodata.intake import mapping
from geodata.intake.judging.diagnosis import Diagnosis, Holdings, diagnose
from geodata.intake.reading import apart
from geodata.intake.reading.grid import Sheet, UnrecognisedError
from geodata.stewardship import entering
from geodata.store import Snapshot

_LISTED = 20


def add_file(parser: argparse.ArgumentParser) -> None:
    """Add the file, and the workspace it is for."""
    parser.add_argument("path", type=Path, metavar="FILE", help=_("a table or map layer"))
    parser.add_argument(
        "--blank-clears",
        action="store_true",
        help=_("blank cells of known sites and records empty what is known"),
    )
    add_demo(parser)


def diagnosed(
    options: argparse.Namespace, before: Snapshot, ways: mapping.Ways
) -> tuple[tuple[Sheet, ...], Diagnosis]:
    """Read and diagnose a file, with the columns remembered, telling how far that is."""
    with progress.line(sys.stderr) as listener:
        reading, judging = progress.between(listener, 0, 0.5), progress.between(listener, 0.5, 1)
        try:
            sheets = apart.read(options.path, options.path.name, reading)
        except UnrecognisedError as error:
            sheets = mapping.remembered(error.sheets, ways)
            if not sheets:
                raise
        sheets = tuple(mapping.applied(sheet, ways) for sheet in sheets)
        known = Holdings(before.sites, before.evidence, before.declarations)
        diagnosis = diagnose(
            sheets, known, today(), listener=judging, blank_clears=options.blank_clears
        )
    return sheets, diagnosis


def tell_reading(sheets: tuple[Sheet, ...], diagnosis: Diagnosis) -> None:
    """Print how a file was read, and what of it was not taken in."""
    for sheet in sheets:
        for note in sheet.notes:
            print(f"{sheet.name}: {note}".removeprefix(": "), file=sys.stderr)
    for part in diagnosis.left_out:
        print(entering.left_out_text(part), file=sys.stderr)


def tell(options: argparse.Namespace, sheets: tuple[Sheet, ...], diagnosis: Diagnosis) -> None:
    """Print a diagnosis for a person: what is wrong first, then what would change."""
    tell_reading(sheets, diagnosis)
    if blanks := entering.blanks_text(diagnosis, clears=options.blank_clears):
        print(blanks, file=sys.stderr)
    for finding in diagnosis.open[:_LISTED]:
        print(f"{entering.place_text(finding)}: {entering.sentence_of(finding)}")
    if (more := len(diagnosis.open) - _LISTED) > 0:
        print(
            _("… and {n} more; “check” with --json or --marked tells all.").format(n=number(more))
        )
    if diagnosis.ok:
        print(_("Nothing is wrong: {counts}.").format(counts=entering.counted(diagnosis)))
