"""Ids of new sites and records: how they are made, in one place for files and screens.

Not here: which ids there are.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

REAL, SIMULATED = "real", "simulated"

PREFIXES: Mapping[str, str] = {
    "industrial_park": "HG-KCN",
    "industrial_cluster": "HG-CCN",
    "craft_village": "HG-LN",
    "supermarket": "HG-ST",
    "shopping_centre": "HG-TTTM",
    "convenience_store": "HG-CH",
    "pilot_model": "HG-MH",
}
"""How the ids of the register begin, by kind of site."""

_SITE_DIGITS = {REAL: 2, SIMULATED: 4}
_RECORDS = {REAL: ("EV", 3), SIMULATED: ("SIM-EV", 7)}


def of_site(workspace: str, kind: str, used: Iterable[str]) -> str:
    """Return the id of a new site.

    Parameters
    ----------
    workspace : str
        ``real`` or ``simulated``.
    kind : str
        One of `sites.KINDS`.
    used : iterable of str
        Every site id there is.
    """
    prefix = PREFIXES[kind]
    if workspace == SIMULATED:
        prefix = "SIM-" + prefix.removeprefix("HG-")
    return fresh([prefix], used, _SITE_DIGITS[workspace])[0]


def of_record(workspace: str, used: Iterable[str]) -> str:
    """Return the id of a new record of evidence; `used` are all there are."""
    prefix, digits = _RECORDS[workspace]
    return fresh([prefix], used, digits)[0]


def fresh(prefixes: Sequence[str], used: Iterable[str], digits: int) -> list[str]:
    """Return unused ids that continue the numbers in use, one for each prefix given.

    Parameters
    ----------
    prefixes : sequence of str
        ``HG-ST`` for ``HG-ST-04``; the same one may come several times.
    used : iterable of str
        All ids in use; gaps between them are not filled.
    digits : int
        Least number of digits.
    """
    highest: dict[str, int] = {}
    for name in used:
        if parts := re.fullmatch(r"(.+)-([0-9]+)", name):
            highest[parts[1]] = max(highest.get(parts[1], 0), int(parts[2]))
    given = []
    for prefix in prefixes:
        highest[prefix] = highest.get(prefix, 0) + 1
        given.append(f"{prefix}-{highest[prefix]:0{digits}d}")
    return given
