"""``doctor``: what is well with store, data and software, and what is not.

Not here: the checks themselves (``geodata.doctor``).
"""

import argparse
from dataclasses import asdict

from geodata import doctor
from geodata.commands import place
from geodata.commands.common import DATA_ERROR, DONE, add_json, print_json, whole
from geodata.core.text import _


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "--port",
        type=whole(1, 65535),
        help=_("before a start: also check this port, fail only on what stops the app"),
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print what is well and what is not; fail on faults that need action.

    Before a start, that is with a port, only what would stop the app is a reason to fail.
    """
    findings = doctor.examine(*place.store_and_documents(), place.configuration().context)
    faults = [finding for finding in findings if finding.level == "fault"]
    if options.port is not None:
        findings.append(doctor.port(options.port))
        faults = [f for f in findings if f.level == "fault" and f.check in doctor.STOPS_THE_APP]
    if options.json:
        print_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            print(f"{finding.level:5} {finding.message}")
    return DATA_ERROR if faults else DONE
