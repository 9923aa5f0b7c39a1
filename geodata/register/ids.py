"""Ids of sites and records: how new ones are made, and when two spellings are one.

In one place for files and screens. Not here: which ids there are.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

WORKSPACES = REAL, SIMULATED = ("real", "simulated")
"""Real places with real evidence, and those made up for practice; ids never pass between them."""

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
_EVENTS = {REAL: ("SK", 4), SIMULATED: ("SIM-SK", 4)}


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
    return of_records(workspace, used, 1)[0]


def of_records(workspace: str, used: Iterable[str], count: int) -> list[str]:
    """Return the ids of so many new records of evidence; `used` are all there are."""
    prefix, digits = _RECORDS[workspace]
    return fresh([prefix] * count, used, digits)


def of_events(workspace: str, used: Iterable[str], count: int) -> list[str]:
    """Return the ids of so many new events; `used` are all there are."""
    prefix, digits = _EVENTS[workspace]
    return fresh([prefix] * count, used, digits)


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


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """Return the form in which two spellings of an id are equal.

    Parameters
    ----------
    name : str
        As written: in any case, with or without dashes, spaces and leading noughts, O for 0, I or
        l for 1.

    Returns
    -------
    str
        ``HGST|3`` for ``hg-st-03``; without a number, only what stands before it.
    """
    plain = re.sub(r"[\s\-_.–—/]+", "-", name.strip().upper())
    head, dash, last = plain.rpartition("-")
    if not (dash and re.fullmatch(r"[0-9OIL]+", last)):
        parts = re.fullmatch(r"(.*?)([0-9OIL]*[0-9][0-9OIL]*)", plain)
        head, last = (parts[1], parts[2]) if parts else (plain, "")
    head = head.replace("-", "").translate(_ALIKE)
    return f"{head}|{int(last.translate(_ALIKE))}" if last else head


_ALIKE = str.maketrans("OIL", "011")
_FIGURES = "0123456789"


class Index:
    """Ids in use, to be found by what people make of them."""

    def __init__(self, used: Iterable[str]) -> None:
        self.names: dict[str, list[str]] = {}
        self.prefixes: dict[str, int] = {}
        self._near: dict[str, tuple[str, ...]] = {}
        for name in used:
            form = folded(name)
            self.names.setdefault(form, []).append(name)
            head, bar, _number = form.partition("|")
            if bar:
                self.prefixes[head] = self.prefixes.get(head, 0) + 1

    def alike(self, name: str) -> tuple[str, ...]:
        """Return the ids of which a text is another spelling."""
        return tuple(self.names.get(folded(name), ()))

    def near(self, name: str) -> tuple[str, ...]:
        """Return the ids from which a text is one letter or figure away."""
        head, bar, number = folded(name).partition("|")
        if not bar:
            return ()
        forms = {f"{prefix}|{number}" for prefix in self._beside(head)}
        if head in self.prefixes:
            forms |= {f"{head}|{other}" for other in _neighbours(number)}
        return tuple(name for form in sorted(forms) for name in self.names.get(form, ()))

    def _beside(self, head: str) -> tuple[str, ...]:
        """Return the prefixes from which one is a letter away; files repeat theirs row by row."""
        if head not in self._near:
            self._near[head] = tuple(p for p in self.prefixes if _one_apart(p, head))
        return self._near[head]

    def looks_like_ours(self, name: str) -> bool:
        """Say whether a text is built as the ids in use are: a prefix of theirs, and a number."""
        head, bar, _number = folded(name).partition("|")
        return bool(bar) and head in self.prefixes


def _neighbours(number: str) -> set[str]:
    """Return the numbers that are one figure away: more, less, another, or two changed over."""
    cuts = [(number[:at], number[at:]) for at in range(len(number) + 1)]
    texts = {a + figure + b for a, b in cuts for figure in _FIGURES}
    texts |= {a + figure + b[1:] for a, b in cuts if b for figure in ("", *_FIGURES)}
    texts |= {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    return {str(int(text)) for text in texts if text} - {number}


def _one_apart(one: str, other: str) -> bool:
    """Say whether two prefixes differ in one letter."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    same = next(
        (at for at, pair in enumerate(zip(short, long, strict=False)) if pair[0] != pair[1]),
        len(short),
    )
    return short[same + (len(short) == len(long)) :] == long[same + 1 :]
