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
from geodata.intake.judging.diagnosis import Diagnosis, Known, diagnose
from geodata.intake.reading import files
from geodata.intake.reading.grid import Sheet
from geodata.stewardship import entering
from geodata.store import Snapshot

_LISTED = 20


def add_file(parser: argparse.ArgumentParser) -> None:
    """Add the file, and the workspace it is for."""
    parser.add_argument("path", type=Path, metavar="FILE")
    add_demo(parser)


def diagnosed(options: argparse.Namespace, before: Snapshot) -> tuple[tuple[Sheet, ...], Diagnosis]:
    """Read and diagnose a file, telling how far that is."""
    with progress.line(sys.stderr) as listener:
        reading, judging = progress.between(listener, 0, 0.5), progress.between(listener, 0.5, 1)
        sheets = files.read(options.path, options.path.name, reading)
        known = Known(before.sites, before.evidence, before.declarations)
        diagnosis = diagnose(sheets, known, today(), listener=judging)
    return sheets, diagnosis


def tell(sheets: tuple[Sheet, ...], diagnosis: Diagnosis) -> None:
    """Print a diagnosis for a person: what is wrong first, then what would change."""
    for sheet in sheets:
        for note in sheet.notes:
            print(note, file=sys.stderr)
    for finding in diagnosis.open[:_LISTED]:
        where = f"{finding.sheet}!{finding.place}{finding.row}"
        print(f"{where}\t{entering.sentence_of(finding)}")
    if (more := len(diagnosis.open) - _LISTED) > 0:
        print(_("… and {n} more; --json or --marked has them all.").format(n=number(more)))
    if diagnosis.ok:
        print(_("Nothing is wrong: {told}.").format(told=entering.counted(diagnosis)))
