"""``init``: the store with the shipped data; with ``--demo`` the simulated workspace too.

Not here: how a store is made (``store``), or what is invented (``simulation``).
"""

import argparse

from geodata import intake
from geodata.commands import place
from geodata.commands.common import DONE, add_json, print_json, whole
from geodata.core.text import _
from geodata.geography import units
from geodata.rules import plan
from geodata.simulation import simulate
from geodata.store import SIMULATED


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("--demo", action="store_true", help=_("make the simulated workspace"))
    parser.add_argument(
        "--sites",
        type=whole(1, 1_000_000),
        default=300,
        metavar="N",
        help=_("how many sites are simulated"),
    )
    parser.add_argument(
        "--seed",
        type=whole(0, 2**32 - 1),
        default=1,
        metavar="S",
        help=_("the same number simulates the same data again"),
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Make the store with the shipped data; with --demo the simulated workspace too."""
    store = place.open_store()
    store.create(intake.shipped_sites(), intake.shipped_evidence())
    if options.demo:
        legacy = units.load_legacy_communes()
        invented = simulate.simulate(
            units.load_blocks(), legacy, plan.shipped(), options.sites, options.seed
        )
        description = f"{options.sites} sites, seed {options.seed}"
        declared = simulate.declare()
        store.fill(SIMULATED, *invented, declared, replace=True, description=description)
    for name in store.workspaces():
        store.load(name)  # leaves a copy as columns where that saves a public server its time
    versions = place.versions(store)
    if options.json:
        print_json({"store": store.name, "workspaces": versions})
    else:
        listed = ", ".join(f"{name} {version}" for name, version in versions.items())
        print(_("The store {store} is ready: {listed}.").format(store=store.name, listed=listed))
    return DONE
