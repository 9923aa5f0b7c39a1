"""``doctor``: what is well with store, data and software, and what is not.

Not here: the checks themselves (``geodata.doctor``).
"""

import argparse
from dataclasses import asdict
from pathlib import Path

from geodata import settings
from geodata.commands import place
from geodata.commands.common import DATA_ERROR, DONE, add_json, print_json, whole
from geodata.core.text import _
from geodata.doctor import around, examine
from geodata.store.witness import Witness


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "--port",
        type=whole(1, 65535),
        help=_("before a start: also check this port, fail only on what stops the app"),
    )
    parser.add_argument(
        "--against",
        metavar="SEAL",
        action="append",
        default=[],
        help=_(
            "prove that the store goes on from a seal or data version on an earlier paper, or from "
            "a file of seals"
        ),
    )
    add_json(parser)


def _proofs(given: list[str]) -> list[str]:
    """Return the seals given, those of a file each; spaces are those of the paper."""
    proofs = []
    for words in given:
        path = Path(words)
        try:
            lines = Witness(path).noted() if path.is_file() else None
        except OSError:  # no name of a file
            lines = None
        proofs += ["".join(words.split()).lower()] if lines is None else [n.seal for n in lines]
    return proofs


def run(options: argparse.Namespace) -> int:
    """Print what is well and what is not; fail on faults that need action.

    Before a start, that is with a port, only what would stop the app is a reason to fail.
    """
    configured = place.configuration()
    findings = examine.examine(
        *place.store_and_documents(),
        configured.context,
        settings.office(configured.roles),
        _proofs(options.against),
    )
    findings += around.spool(configured.spool)
    faults = [finding for finding in findings if finding.level == "fault"]
    if options.port is not None:
        findings.append(around.port(options.port))
        faults = [f for f in findings if f.level == "fault" and f.check in examine.STOPS_THE_APP]
    if options.json:
        print_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            print(f"{finding.level:5} {finding.message}")
    return DATA_ERROR if faults else DONE
