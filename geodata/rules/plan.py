"""A plan: window, targets, profiles and the topics that count, read from ``plans/*.toml``.

Not here: how a status or a figure follows from it (``status``).
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from geodata.core.errors import WrongCallError
from geodata.core.text import _, day


@dataclass(frozen=True)
class Period:
    """Days from ``start`` to ``end``, both included; the last day there is means open."""

    start: date
    end: date = date.max

    def __contains__(self, moment: date) -> bool:
        return self.start <= moment <= self.end


@dataclass(frozen=True)
class Target:
    """One of the seven targets, in the plan's own words (section II)."""

    id: str
    text: str
    unit: str
    threshold: Fraction | None = None
    ceiling: Fraction | None = None
    kinds: tuple[str, ...] = ()
    profile: str | None = None
    sectors: tuple[str, ...] = ()
    baseline_year: int | None = None  # what a reduction is measured from


@dataclass(frozen=True)
class Profile:
    """A dated rule set: the mandatory criteria a kind of site is checked against."""

    code: str
    name: str
    basis: str
    valid: Period
    kinds: tuple[str, ...]
    fresh_days: int
    criteria: Mapping[str, str]


@dataclass(frozen=True)
class Plan:
    """One year's plan of the province."""

    year: int
    decision: str
    issued: date
    issuer: str
    window: Period
    study_area: str
    study_vintage: str
    cumulative_since: date
    topics: Mapping[str, tuple[str, ...]]
    targets: tuple[Target, ...]
    profiles: tuple[Profile, ...]

    def last_day(self, as_of: date) -> date:
        """Return the last day that counts at a date: it, or the end of the window if past."""
        return min(as_of, self.window.end)

    def profile_for(self, kind: str, on: date) -> Profile | None:
        """Return the profile a kind of site is checked against on a day, if any."""
        fits = (p for p in self.profiles if kind in p.kinds and on in p.valid)
        return next(fits, None)


def parse(table: Mapping[str, Any]) -> Plan:
    """Return the plan that a TOML table describes.

    Raises
    ------
    WrongCallError
        If its baseline year is not an earlier one.
    """
    made = Plan(
        year=table["year"],
        decision=table["decision"],
        issued=table["issued"],
        issuer=table["issuer"],
        window=Period(**table["window"]),
        study_area=table["study_area"]["name"],
        study_vintage=table["study_area"]["vintage"],
        cumulative_since=table["cumulative_since"],
        topics={target: tuple(tags) for target, tags in table["topics"].items()},
        targets=tuple(_target(t) for t in table["targets"]),
        profiles=tuple(_profile(p) for p in table["profiles"]),
    )
    for target in made.targets:
        _require_earlier(target.baseline_year, made)
    return made


def with_baseline(plan: Plan, year: int) -> Plan:
    """Return a plan whose sectors are measured from a year.

    Raises
    ------
    WrongCallError
        If that is not before the plan's year.
    """
    _require_earlier(year, plan)
    targets = (replace(t, baseline_year=year) if t.sectors else t for t in plan.targets)
    return replace(plan, targets=tuple(targets))


def _require_earlier(baseline_year: int | None, plan: Plan) -> None:
    if baseline_year is not None and baseline_year >= plan.year:
        raise WrongCallError(
            _(
                "The baseline year {baseline} must be before the plan's year {year}; "
                "choose an earlier one."
            ).format(baseline=baseline_year, year=plan.year)
        )


def _target(table: Mapping[str, Any]) -> Target:
    exact = {k: Fraction(table[k]) for k in ("threshold", "ceiling") if k in table}
    lists = {k: tuple(table[k]) for k in ("kinds", "sectors") if k in table}
    return Target(**{**table, **exact, **lists})


def _profile(table: Mapping[str, Any]) -> Profile:
    return Profile(**{**table, "valid": Period(**table["valid"]), "kinds": tuple(table["kinds"])})


@cache
def shipped() -> tuple[Plan, ...]:
    """Return the plans that come with the project, oldest first.

    Raises
    ------
    WrongCallError
        If a file of them is no plan.
    """
    folder = files("geodata").joinpath("plans")
    plans = (_of_file(f.name, f.read_bytes()) for f in folder.iterdir() if f.name.endswith(".toml"))
    return tuple(sorted(plans, key=lambda plan: plan.year))


def _of_file(name: str, content: bytes) -> Plan:
    """Return the plan of a file that an office may have edited; else name the file."""
    try:
        return parse(tomllib.loads(content.decode("utf-8")))
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as error:
        sentence = _("The plan file {name} cannot be read: {reason}. Correct it.")
        raise WrongCallError(sentence.format(name=name, reason=error)) from error


def of_year(plans: Sequence[Plan], year: int) -> Plan:
    """Return the plan of a year.

    Raises
    ------
    WrongCallError
        If there is no plan for that year.
    """
    for plan in plans:
        if plan.year == year:
            return plan
    known = ", ".join(str(plan.year) for plan in plans)
    raise WrongCallError(
        _("There is no plan for the year {year}; choose one of: {known}.").format(
            year=year, known=known
        )
    )


def in_force(plans: Sequence[Plan], as_of: date) -> Plan | None:
    """Return the plan whose window holds the as-of date, if any."""
    return next((plan for plan in plans if as_of in plan.window), None)


def default(plans: Sequence[Plan], as_of: date) -> Plan:
    """Return the plan to show at a date: the one whose window holds it, else the latest begun.

    Raises
    ------
    WrongCallError
        If the date lies before the first plan.
    """
    require_started(min(plans, key=lambda plan: plan.window.start), as_of)
    begun = [plan for plan in plans if plan.window.start <= as_of]
    return in_force(begun, as_of) or max(begun, key=lambda plan: plan.year)


def require_started(plan: Plan, as_of: date) -> None:
    """Check that the as-of date is not before the plan's window.

    Raises
    ------
    WrongCallError
        If it is: nothing can be said under a plan that had not begun.
    """
    if as_of < plan.window.start:
        raise WrongCallError(
            _(
                "The as-of date {as_of} is before plan {decision} begins ({start}); "
                "choose a later date."
            ).format(as_of=day(as_of), decision=plan.decision, start=day(plan.window.start))
        )
