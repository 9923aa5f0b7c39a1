"""A view as words of an address, there and back; what means nothing is said and left out.

Pure. Not here: what a view shows (``view``), or the screen that keeps its address.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from geodata.core.errors import WrongCallError
from geodata.core.text import _
from geodata.geography import selection
from geodata.reading.view import (
    AXES,
    PAINTS,
    RADII_KM,
    VINTAGES,
    View,
    plan_of,
    statuses,
    usual_day,
)
from geodata.register.ids import WORKSPACES
from geodata.register.sites import KINDS
from geodata.rules.plan import Plan


def to_query(view: View, usual_as_of: date) -> dict[str, str]:
    """Return the view as words of an address; what is as usual is left out.

    `usual_as_of` is the day looked at where an address names none, as from `usual_day`.
    """
    usual = View(as_of=usual_as_of)
    words = {f.name: getattr(view, f.name) for f in fields(View)}
    return {name: _spelled(value) for name, value in words.items() if value != getattr(usual, name)}


def _spelled(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return ",".join(value) if isinstance(value, tuple) else str(value)


def from_query(
    query: Mapping[str, str],
    today: date,
    plans: Sequence[Plan],
    units: Mapping[str, Collection[str]],
) -> tuple[View, list[str]]:
    """Return the view an address describes, and a sentence for each word it cannot use.

    Parameters
    ----------
    query : Mapping
        The words of the address.
    today : date
        Where the address names no day, `usual_day` of it is looked at; none may be later.
    plans : sequence of Plan
        Those that can be chosen.
    units : Mapping
        For each vintage the codes of its units.
    """
    usual = usual_day(plans, today)
    view = View(as_of=usual)
    problems = []
    for name, reader in _readers(today, plans).items():
        if not (text := query.get(name)):
            continue
        try:
            view = replace(view, **{name: reader(text)})
        except ValueError:
            problems.append(unusable(name, text))
    try:
        plan_of(view, plans)
    except WrongCallError as error:
        problems.append(str(error))
        view = replace(view, as_of=usual, plan=None)
    if view.compare and view.compare >= view.as_of:
        problems.append(unusable("compare", view.compare.isoformat()))
        view = replace(view, compare=None)
    if strange := [key for key in view.statuses if key not in statuses(view.axis)]:
        problems.append(unusable("statuses", ",".join(strange)))
        view = replace(view, statuses=tuple(k for k in view.statuses if k not in strange))
    if view.unit and view.unit not in units[view.units_of]:
        problems.append(unusable("unit", view.unit))
        view = replace(view, unit=None)
    return view, problems


def unusable(name: str, text: str) -> str:
    """Return the sentence for a word of the address that means nothing."""
    return _(
        "The address asks for {name} = “{text}”, which does not exist; it was left out."
    ).format(name=name, text=text[:60])


def _readers(today: date, plans: Sequence[Plan]) -> dict[str, Callable[[str], Any]]:
    """Return for each word of the address how it is read; a wrong one raises."""
    every = {key for axis in AXES for key in statuses(axis)}

    def past_day(text: str) -> date:
        moment = date.fromisoformat(text)
        if moment > today:
            raise ValueError
        return moment

    return {
        "as_of": past_day,
        "known_at": past_day,
        "workspace": _one_of(WORKSPACES),
        "axis": _one_of(tuple(AXES)),
        "paint": _one_of(PAINTS),
        "kinds": lambda text: tuple(map(_one_of(KINDS), text.split(","))),
        "statuses": lambda text: tuple(map(_one_of(tuple(every)), text.split(","))),
        "unit": str,
        "vintage": _one_of(VINTAGES),
        "plan": lambda text: int(_one_of(tuple(str(p.year) for p in plans))(text)),
        "site": str,
        "compare": past_day,
        "slide": lambda text: max(1, int(text)),
        "area": lambda text: selection.spelled(selection.read(text)),
        "radius_km": _radius,
    }


def _radius(text: str) -> float:
    """Return a radius, which a person may have typed; to the metre, as it is spelled."""
    value = round(float(text.replace(",", ".")), 3)
    least, most = RADII_KM
    if not least <= value <= most:
        raise ValueError
    return value


def _one_of(values: Sequence[str]) -> Callable[[str], str]:
    """Return a reader that takes one of some values and refuses all else."""

    def read(text: str) -> str:
        return values[values.index(text)]

    return read
