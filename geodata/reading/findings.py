"""Findings: what the figures say, as sentences; none where the data cannot carry one.

Not here: the counting (``targets``) or where the sentences are shown.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from geodata.core.text import _, day, number, share
from geodata.reading.labels import kind_label, sector_label
from geodata.rules.pace import DAYS_A_QUARTER, outlook, pace
from geodata.rules.plan import Plan, Target
from geodata.rules.targets import DISTRICTS_END, Count, Result, district_window


def intensity_label(row: Mapping[Any, Any]) -> str:
    """Return what one input of a sector is found to be, and why its figures are not shown."""
    label = sector_label(row["status"])
    return f"{label}. {hidden_text()}" if row["hidden"] else label


def hidden_text() -> str:
    """Return why figures of a sector are not shown."""
    return _("Figures not shown: fewer than three plants report, or one makes more than 80%")


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


def open_text(count: Count) -> str:
    """Return how many sites may belong to a denominator or not."""
    words = _("plus {n:site|sites} not known to belong to the denominator")
    return words.format(n=number(count.open))


def threshold_text(target: Target) -> str:
    """Return the threshold of a target as the plan writes it: ``70%``, ``1–2``, ``5–8%``."""
    if target.threshold is None:
        return _("no threshold")
    if target.unit == "model":
        return f"{target.threshold}–{target.ceiling}"
    low = share(target.threshold.numerator, target.threshold.denominator).replace(",0%", "%")
    if target.ceiling is None:
        return low
    high = share(target.ceiling.numerator, target.ceiling.denominator).replace(",0%", "%")
    return f"{low.removesuffix('%')}–{high}"


def title(plan: Plan, as_of: date) -> str:
    """Return what stands above the sentences: their day stands there, and in none of them."""
    return _("Findings – figures to {day}").format(day=day(plan.last_day(as_of)))


def findings(results: tuple[Result, ...], plan: Plan, as_of: date) -> tuple[str, ...]:
    """Return what each target has to say, in the plan's order; they belong below `title`."""
    texts = (" ".join(sentences(result, plan, as_of)) for result in results)
    return tuple(text for text in texts if text)


def sentences(result: Result, plan: Plan, as_of: date) -> tuple[str, ...]:
    """Return what one target has to say, how many it counts first; nothing if it has no data."""
    return tuple(_SAYS[result.target.id](result, plan, as_of))


# --- targets without a share of sites --------------------------------------------------------


def _policies(result: Result, _plan: Plan, _as_of: date) -> list[str]:
    count, days = result.count, result.figures.get("median_days")
    if not count or not count.total:
        return []
    texts = [
        _("{x}/{n} central documents have a provincial one.").format(
            x=number(count.yes), n=number(count.total)
        )
    ]
    if days is not None:
        words = _("Between the two lie {days} days in the median.")
        texts.append(words.format(days=number(days, 0 if days == int(days) else 1)))
    return texts


def _sectors(result: Result, _plan: Plan, _as_of: date) -> list[str]:
    count, least = result.count, result.target.threshold
    if not count or not count.total or least is None:
        return []
    head = _(
        "Compared with {base}, {x}/{n} sectors present used at least {least} less per unit of "
        "product in {year}"
    ).format(
        base=result.figures["baseline_year"],
        x=number(count.yes),
        n=number(count.total),
        least=reduction_text(least, result.target),
        year=result.figures["year"],
    )
    texts = [f"{head}{_most(count)}.", _verdict(result, _("{n} sectors"))]
    below = result.counted.index[(result.counted["status"] == "below").to_numpy()]
    if len(below):
        words = _("Below the threshold: {sectors}.")
        texts.append(words.format(sectors=", ".join(below)))
    return texts


def _models(result: Result, _plan: Plan, _as_of: date) -> list[str]:
    count = result.count
    if not count:
        return []
    head = _("{x} new models have been applied in the period")
    if not count.yes:
        head = _("No new model has been applied in the period yet")
    head = head.format(x=number(count.yes))
    if again := result.figures["replications"]:
        head += _(", {r} replicated").format(r=number(again))
    return [f"{head}{_most(count)}.", _verdict(result, _("{n} models"))]


def _silent(_result: Result, _plan: Plan, _as_of: date) -> list[str]:
    return []


# --- shares of sites and districts -----------------------------------------------------------


class _Words(NamedTuple):
    """How a share is put into words; each is a sentence or a part of one, with its blanks."""

    yes: str
    none_sure: str
    some: str
    pace: str
    left: str
    outlook: str


def _reached_words() -> _Words:
    return _Words(
        _("{x}/{n} parks, clusters and craft villages have been reached ({percent})"),
        _("No park, cluster or craft village is sure to belong to the denominator"),
        _("{n} sites"),
        _(
            "So far {so_far} sites a quarter were reached; {needed} a quarter are needed from now "
            "to {end}."
        ),
        _("So far {so_far} sites a quarter were reached; {short} are needed in {days} days left."),
        _("Carried on at this pace, {span} sites will have been reached by {end} (no promise)."),
    )


def _district_words() -> _Words:
    return _Words(
        _("{x}/{n} districts have organised outreach ({percent})"),
        "",  # districts are known, every one
        _("{n} districts"),
        _(
            "So far {so_far} districts a quarter organised outreach; {needed} a quarter are needed "
            "from now to {end}."
        ),
        _(
            "So far {so_far} districts a quarter organised outreach; {short} are needed in {days} "
            "days left."
        ),
        _("Carried on at this pace, {span} districts will have done so by {end} (no promise)."),
    )


def _packaging_words() -> _Words:
    return _Words(
        _("{x}/{n} supermarkets and centres meet the packaging profile ({percent})"),
        _("No supermarket or centre is sure to belong to the denominator"),
        _("{n} sites"),
        _(
            "So far {so_far} sites a quarter came to meet it; {needed} a quarter are needed from "
            "now to {end}."
        ),
        _("So far {so_far} sites a quarter came to meet it; {short} are needed in {days} days."),
        "",  # no days are known on which shops came to meet it
    )


def _reached(result: Result, plan: Plan, as_of: date) -> list[str]:
    return _of_share(result, _reached_words(), plan, as_of)


def _packaging(result: Result, plan: Plan, as_of: date) -> list[str]:
    return _of_share(result, _packaging_words(), plan, as_of)


def _districts(result: Result, plan: Plan, as_of: date) -> list[str]:
    # Nothing is counted, and nobody is hurried, beyond the day the districts ended.
    texts = _of_share(result, _district_words(), replace(plan, window=district_window(plan)), as_of)
    if not texts or "districts-ended" not in result.notes:
        return texts
    head = _("When the district level ended ({day}), {text}")
    return [head.format(day=day(DISTRICTS_END), text=texts[0]), *texts[1:]]


def _of_share(result: Result, words: _Words, plan: Plan, as_of: date) -> list[str]:
    """Return what a share says: both bounds, the verdict, the pace, and what is furthest behind."""
    count = result.count
    if not count or not (count.total or count.open):
        return []
    if not count.total and result.verdict == "undetermined":
        return [f"{words.none_sure}; {_undecided(count)}"]
    if not count.total:
        return [f"{words.none_sure}, {open_text(count)}.", _verdict(result, words.some)]
    head = words.yes.format(
        x=number(count.yes),
        n=number(count.total),
        percent=share(count.yes, count.total, result.target.threshold),
    )
    if count.open:
        head += f", {open_text(count)}"
    return [
        f"{head}{_most(count)}.",
        _verdict(result, words.some),
        *_pace_sentences(result, words, plan, as_of),
        *_weakest(result),
    ]


def _most(count: Count) -> str:
    """Return the upper bound of a count, where it is another than the count."""
    if not count.unknown:
        return ""
    top = number(count.most) + ("" if count.total is None else f"/{number(count.total)}")
    return "; " + _("at most {top} with all unknown").format(top=top)


def _verdict(result: Result, some: str) -> str:
    """Return the verdict as a sentence: how many are missing, or what is still open."""
    count, goal = result.count, threshold_text(result.target)
    assert count  # noqa: S101 - asked only of results that have one
    short = some.format(n=number(result.short or 0))
    if result.verdict == "met":
        words = _("The target of {goal} is met.")
        if count.open:
            words = _("The target of {goal} is met, whatever becomes of those not known.")
    elif result.verdict == "not-met":
        words = _("The target of {goal} is not met: {short} short.")
    elif result.short:
        words = _("Nothing can be concluded of the target of {goal} yet: {short} short.")
    else:
        return _("{goal} of those sure to count are there, but {rest}").format(
            goal=goal, rest=_undecided(count)
        )
    return words.format(goal=goal, short=short)


def _undecided(count: Count) -> str:
    """Return why nothing can be concluded where nothing is missing."""
    words = _("nothing can be concluded: {n} sites are not known to belong to the denominator.")
    return words.format(n=number(count.open))


def _pace_sentences(result: Result, words: _Words, plan: Plan, as_of: date) -> list[str]:
    """Return how fast it goes and would have to go, and an outlook where the data carries one."""
    count, short, window = result.count, result.short, plan.window
    assert count  # noqa: S101 - asked only of results that have one
    if not short or not count.total:
        return []
    speed = pace(result.figures.get("gained", 0), short, window, as_of)
    if speed.so_far is None or speed.needed is None:
        return []
    days = (window.end - as_of).days
    sentence = words.pace if days >= DAYS_A_QUARTER else words.left
    texts = [
        sentence.format(
            so_far=_rate(speed.so_far),
            needed=_rate(speed.needed),
            end=day(window.end),
            short=number(short),
            days=number(days),
        )
    ]
    ahead = outlook(result.reached_on, count.total, window, as_of)
    if words.outlook and ahead:
        few, many = (number(n) for n in ahead)
        span = few if few == many else _("{low} to {high}").format(low=few, high=many)
        texts.append(words.outlook.format(span=span, end=day(window.end)))
    return texts


def _rate(a_quarter: float) -> str:
    """Return a number a quarter with one decimal; a whole one has none."""
    text = number(a_quarter, 1)
    return text.removesuffix(",0")


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


_SAYS: dict[str, Callable[[Result, Plan, date], list[str]]] = {
    "T1": _policies,
    "T2": _sectors,
    "T3": _reached,
    "T4": _models,
    "T5": _districts,
    "T6": _packaging,
    "T7": _silent,
}
