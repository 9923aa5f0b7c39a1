"""A scenario in words, as an address or a file spells it, there and back.

Not here: what the words ask for (``scenario``), or the file (``scenario_file``).
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any

import numpy as np

from geodata.planning.scenario import HEAVIEST, MOST, WEIGHTS, Scenario
from geodata.planning.venues import SOURCES
from geodata.reading.address import unusable
from geodata.register.sites import KINDS

# How each field is spelled in an address or a file.
WORDS = {
    "name": "scenario",
    "count": "n",
    "radius_km": "km",
    "sources": "at",
    "locked": "keep",
    "avoided": "leave",
    "capacity": "seats",
    "kinds": "kinds_count",
    "weigh": "weigh",
    "points": "points",
    "distances": "distances",
    "undecided": "undecided",
}


def to_words(scenario: Scenario) -> dict[str, str]:
    """Return a scenario as words of an address; what is as usual is left out."""
    usual = Scenario()
    values = {f.name: getattr(scenario, f.name) for f in fields(Scenario)}
    return {
        WORDS[name]: _spelled(value)
        for name, value in values.items()
        if value != getattr(usual, name)
    }


def _spelled(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, tuple):
        return f"{value:g}" if isinstance(value, float) else str(value)
    parts = (":".join(map(str, part)) if isinstance(part, tuple) else str(part) for part in value)
    return ",".join(parts)


def from_words(words: Mapping[str, str]) -> tuple[Scenario, list[str]]:
    """Return the scenario that words describe, and a sentence for each that is of no use."""
    made, problems = Scenario(), []
    for name, reader in _READERS.items():
        text = words.get(WORDS[name])
        if not text:
            continue
        try:
            made = replace(made, **{name: reader(text)})
        except (ValueError, OverflowError, KeyError):
            problems.append(unusable(WORDS[name], text))
    return made, problems


def _whole(most: int, least: int = 1) -> Callable[[str], int]:
    def read(text: str) -> int:
        value = int(text)
        if not least <= value <= most:
            raise ValueError
        return value

    return read


def _radius(text: str) -> float:
    value = float(text.replace(",", "."))
    if not 0 < value <= MOST["radius_km"]:
        raise ValueError
    return round(value, 3)


def _several(known: tuple[str, ...]) -> Callable[[str], tuple[str, ...]]:
    def read(text: str) -> tuple[str, ...]:
        chosen = set(text.split(","))
        if not chosen <= set(known):
            raise ValueError
        return tuple(word for word in known if word in chosen)

    return read


def _kinds(text: str) -> tuple[tuple[str, int], ...]:
    pairs = (part.partition(":") for part in text.split(","))
    weights = {kind: _whole(HEAVIEST, 0)(weight) for kind, _colon, weight in pairs}
    if not set(weights) <= set(KINDS):
        raise ValueError
    return tuple((kind, weights[kind]) for kind in KINDS if kind in weights)


def _points(text: str) -> tuple[tuple[float, float], ...]:
    parts = [part.split(":") for part in text.split(",")][: MOST["points"]]
    points = tuple((float(lon), float(lat)) for lon, lat in parts)
    if not all(np.isfinite(point).all() for point in points):
        raise ValueError
    return points


def _ids(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for part in text.split(",") if part))


_READERS: dict[str, Callable[[str], Any]] = {
    "name": lambda text: text[: MOST["name"]],
    "count": _whole(MOST["count"]),
    "radius_km": _radius,
    "sources": _several(SOURCES),
    "locked": _ids,
    "avoided": _ids,
    "capacity": _whole(MOST["capacity"]),
    "kinds": _kinds,
    "weigh": _several(WEIGHTS),
    "points": _points,
    "distances": lambda text: text[:100],
    "undecided": lambda text: {"yes": True}[text],
}
