"""What a call asks: the plan, the day looked at, and the day of knowledge.

Not here: the data it is asked of (``material``), or what a plan is (``rules.plan``).
"""

import argparse
from datetime import date
from typing import Any, NamedTuple

from geodata.core.clock import today
from geodata.core.errors import WrongCallError
from geodata.core.text import _, day
from geodata.rules import plan


class Question(NamedTuple):
    """A plan, the day it is looked at, and the day up to whose entries that is answered."""

    plan: plan.Plan
    as_of: date
    known_at: date

    @property
    def named_known_at(self) -> date | None:
        """The day of knowledge where it is named: it is not today."""
        return None if self.known_at == today() else self.known_at

    def heading(self) -> str:
        """Return the line above a list: plan, day, and the day of knowledge if it is not today."""
        decision, as_of = self.plan.decision, day(self.as_of)
        line = _("Plan {decision}, as of {as_of}").format(decision=decision, as_of=as_of)
        if self.named_known_at is None:
            return line
        # Only here, for it loads the libraries of the map as well.
        from geodata.reading import briefing  # noqa: PLC0415

        return "; ".join((line, *briefing.knowledge(self.named_known_at, 0)))

    def head(self, version: str) -> dict[str, Any]:
        """Return what machine output, made from a data version, says of itself first."""
        return {
            "plan": self.plan.year,
            "as_of": self.as_of.isoformat(),
            "known_at": self.known_at.isoformat(),
            "data_version": version,
        }


def question_of(options: argparse.Namespace) -> Question:
    """Return what a call asks.

    Raises
    ------
    WrongCallError
        If no plan answers for the day, or nothing can be known yet.
    """
    as_of = options.as_of or today()
    known_at = _known_at(options)
    chosen = _plan(options.plan, options.as_of)
    plan.require_started(chosen, as_of)
    if options.baseline_year is not None:
        chosen = plan.with_baseline(chosen, options.baseline_year)
    return Question(chosen, as_of, known_at)


def plan_then(compare: date | None) -> plan.Plan | None:
    """Return the plan under which an earlier day is looked at: that of the day."""
    return plan.default(plan.shipped(), compare) if compare else None


def _known_at(options: argparse.Namespace) -> date:
    """Return the day of knowledge that a call asks for; nothing is known of the future."""
    known_at: date = options.known_at or today()
    if known_at > today():
        raise WrongCallError(
            _("Nothing is known yet of {day}; --known-at must not lie after today.").format(
                day=day(known_at)
            )
        )
    return known_at


def _plan(year: int | None, as_of: date | None) -> plan.Plan:
    """Return the plan asked for, else the one of the date.

    A date that was asked for and lies outside every plan is a question without an answer;
    today's date is not asked for, and shows the latest plan.
    """
    plans = plan.shipped()
    if year is not None:
        return plan.of_year(plans, year)
    if as_of is not None and plan.in_force(plans, as_of) is None:
        known = ", ".join(str(p.year) for p in plans)
        raise WrongCallError(
            _("No plan is in force on {as_of}; name one with --plan ({known}).").format(
                as_of=day(as_of), known=known
            )
        )
    return plan.default(plans, as_of or today())
