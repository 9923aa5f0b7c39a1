"""Findings: what the figures say, as sentences; none where the data cannot carry one.

Not here: the counting (``targets``) or where the sentences are shown.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

from geodata.pace import Pace, outlook, pace
from geodata.plan import Plan, Target
from geodata.symbology import kind_label
from geodata.targets import DISTRICTS_END, Count, Result
from geodata.text import _, day, number, share


def target_name(target_id: str) -> str:
    """Return what a target is about, in a few words."""
    return {
        "T1": _("Policies issued in time"),
        "T2": _("Less material and fuel"),
        "T3": _("Parks, clusters and craft villages reached"),
        "T4": _("Models built and applied"),
        "T5": _("Districts organising outreach"),
        "T6": _("Supermarkets and centres with friendly packaging"),
        "T7": _("The subject in teaching"),
    }[target_id]


def verdict_label(verdict: str | None) -> str:
    """Return the official term for a verdict; a target without threshold has none."""
    if verdict is None:
        return _("No threshold")
    return {
        "met": _("Met"),
        "not-met": _("Not met"),
        "undetermined": _("Undetermined"),
        "undefined": _("Undefined"),
    }[verdict]


def note_text(note: str) -> str:
    """Return what a note on a result means."""
    return {
        "no-baseline": _("No baseline year is set; that is for the plan's owner to decide."),
        "sectors-hidden": _("Figures of fewer than three plants are not shown."),
        "kind-below": _("Met in all, but not by each kind on its own."),
        "districts-ended": _("The district level ended on 30/06/2025; the count is frozen there."),
    }[note]


def reason_label(reason: str) -> str:
    """Return why something is outside a denominator."""
    return {
        "planned": _("Planned (master plan)"),
        "established": _("Established or recognised, not operating"),
        "suspended": _("Suspended"),
        "closed": _("Closed"),
        "unknown": _("Not known whether it operates"),
        "not-recognised": _("No decision establishes or recognises it"),
        "applied-earlier": _("Applied before this plan"),
        "no-local-action": _("Needs no local document"),
        "not-applicable": _("Not applicable"),
        "no-sectors-named": _("No data"),
    }[reason]


def sector_label(status: str) -> str:
    """Return what a sector, or one input of it, is found to be."""
    return {
        "exceeded": _("Met, beyond the range"),
        "met": _("Met"),
        "below": _("Not met"),
        "too-few": _("Not shown: fewer than three plants"),
        "reported": _("Reported, awaiting verification"),
        "not-comparable": _("Cannot be compared"),
        "undeclared": _("Present; nothing declared"),
        "no-baseline": _("Present; no baseline year"),
    }[status]


def reduction_text(reduction: Fraction, target: Target) -> str:
    """Return by how much less is used, never rounded onto a threshold that it misses.

    What is just above the range reads ``>8,0%``; a minus means that more is used.
    """
    if reduction < 0:
        return "-" + share(-reduction.numerator, reduction.denominator)
    text = share(reduction.numerator, reduction.denominator, target.threshold)
    top = target.ceiling
    on_top = top is not None and text == share(top.numerator, top.denominator) and reduction > top
    return f">{text}" if on_top else text


def counted(count: Count, result: Result) -> str:
    """Return a count as people read it: ``9/13 (69,2%)``, or a mere number."""
    if count.total is None:
        return number(count.yes)
    if result.target.unit == "sector":  # a share of sectors would be read as their reduction
        return f"{number(count.yes)}/{number(count.total)}"
    percent = share(count.yes, count.total, result.target.threshold)
    return f"{number(count.yes)}/{number(count.total)}" + (f" ({percent})" if percent else "")


def findings(results: tuple[Result, ...], plan: Plan, as_of: date) -> tuple[str, ...]:
    """Return one sentence a target that has something to say, in the plan's order."""
    said = (_SAYS[result.target.id](result, plan, as_of) for result in results)
    return tuple(sentence for sentence in said if sentence)


def _policies(result: Result, plan: Plan, as_of: date) -> str:
    count, days = result.count, result.figures.get("median_days")
    if not count or not count.total:
        return ""
    sentence = _("Up to {as_of}, {x} of {n} central documents have a provincial one.").format(
        as_of=day(min(as_of, plan.window.end)), x=number(count.yes), n=number(count.total)
    )
    if days is not None:
        sentence += " " + _("The median delay is {days} days.").format(
            days=number(days, 0 if days == int(days) else 1)
        )
    return sentence


def _sectors(result: Result, _plan: Plan, _as_of: date) -> str:
    count, least = result.count, result.target.threshold
    if not count or not count.total or least is None:
        return ""
    sentence = _(
        "Compared with {base}, {x}/{n} sectors present used at least {least} less per unit of "
        "product in {year}; {rest}"
    ).format(
        base=result.figures["baseline_year"],
        x=number(count.yes),
        n=number(count.total),
        least=reduction_text(least, result.target),
        year=result.figures["year"],
        rest=_rest(result),
    )
    below = result.counted.index[(result.counted["status"] == "below").to_numpy()]
    if below.empty:
        return sentence
    return sentence + " " + _("Below the threshold: {sectors}.").format(sectors=", ".join(below))


def _reached(result: Result, plan: Plan, as_of: date) -> str:
    subject = _("parks, clusters and craft villages have been reached")
    return _share_sentence(result, subject, plan, as_of)


def _districts(result: Result, plan: Plan, as_of: date) -> str:
    # Nothing is counted, and nobody is hurried, beyond the day the districts ended.
    window = replace(plan.window, end=min(plan.window.end, DISTRICTS_END))
    subject = _("districts have organised outreach")
    return _share_sentence(result, subject, replace(plan, window=window), as_of)


def _packaging(result: Result, plan: Plan, as_of: date) -> str:
    subject = _("supermarkets and shopping centres meet the packaging profile")
    return _share_sentence(result, subject, plan, as_of)


def _share_sentence(result: Result, subject: str, plan: Plan, as_of: date) -> str:
    """Return the sentence of a target that is a share."""
    if not result.count or not result.count.total:
        return ""
    head = _("Up to {as_of}, {counted} {subject}; {rest}").format(
        as_of=day(min(as_of, plan.window.end)),
        counted=counted(result.count, result),
        subject=subject,
        rest=_rest(result),
    )
    return " ".join([head, *_pace_sentences(result, plan, as_of), *_weakest(result)])


def _rest(result: Result) -> str:
    """Return what the verdict adds: how many are missing, and what is still open."""
    count = result.count
    assert count  # noqa: S101 - asked only of results that have one
    if result.verdict == "met":
        return _("the target is met.")
    most = f"{number(count.most)}/{number(count.total)}" if count.total else number(count.most)
    if result.verdict == "not-met":
        return _("the target is not met: {short} short.").format(short=number(result.short or 0))
    return _(
        "nothing can be concluded yet: {short} short, at most {most} with all unknown."
    ).format(short=number(result.short or 0), most=most)


def _pace_sentences(result: Result, plan: Plan, as_of: date) -> list[str]:
    """Return how fast it would have to go, and a cautious outlook where the data carries one."""
    count, short = result.count, result.short
    if not count or not short or not count.total:
        return []
    speed: Pace = pace(count.yes, short, plan.window, as_of)
    said = []
    if speed.needed is not None and speed.so_far is not None:
        said.append(
            _(
                "{needed} a quarter are needed to the end of the plan; so far it was {so_far}."
            ).format(needed=number(speed.needed, 1), so_far=number(speed.so_far, 1))
        )
    if ahead := outlook(result.reached_on, count.total, plan.window, as_of):
        few, many = (number(n) for n in ahead)
        span = few if few == many else _("{low} to {high}").format(low=few, high=many)
        said.append(
            _("Outlook (carried on, no promise): {span} by {end}.").format(
                span=span, end=day(plan.window.end)
            )
        )
    return said


def _weakest(result: Result) -> list[str]:
    """Return which kind is furthest behind, if the kinds differ."""
    parts = [part for part in result.breakdown if part.count.total]
    shares = {part.code: Fraction(part.count.yes, part.count.total or 1) for part in parts}
    if len(set(shares.values())) <= 1:
        return []
    low = min(parts, key=lambda part: shares[part.code])
    return [
        _("Lowest: {kind} {counted}.").format(
            kind=kind_label(low.code).lower(), counted=counted(low.count, result)
        )
    ]


def _models(result: Result, plan: Plan, as_of: date) -> str:
    count = result.count
    if not count:
        return ""
    return _("Up to {as_of}, {x} new models have been applied and {r} replicated; {rest}").format(
        as_of=day(min(as_of, plan.window.end)),
        x=number(count.yes),
        r=number(result.figures["replications"]),
        rest=_rest(result),
    )


def _silent(_result: Result, _plan: Plan, _as_of: date) -> str:
    return ""


_SAYS: dict[str, Callable[[Result, Plan, date], str]] = {
    "T1": _policies,
    "T2": _sectors,
    "T3": _reached,
    "T4": _models,
    "T5": _districts,
    "T6": _packaging,
    "T7": _silent,
}
