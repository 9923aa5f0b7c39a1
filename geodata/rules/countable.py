"""What keeps a record from ever counting, and what to write instead (domain section 3).

Here a record is only named; whether it is taken nevertheless is for those who ask. Not here: what
makes a row no record at all (``evidence``), or the status that follows from one (``status``).
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.core.text import _, day, number
from geodata.register import evidence as ev
from geodata.register import topics, vocabulary
from geodata.rules.plan import Period, Plan
from geodata.rules.status import STAGES

PROGRAMME = date(2020, 6, 24)
"""The day of Decision 889/QĐ-TTg: outreach before it cannot have been about the programme."""

GRAVE = frozenset(
    {
        *("kind", "scope", "topic-blank", "topic-unknown", "profile", "method"),
        *("replaces-itself", "replaces-other", "names-nothing", "names-itself"),
    }
)
"""The reasons that no one can have meant; the others may well be what happened."""

TAGS = {"model": STAGES[:-1], "policy": ("central", "provincial")}
"""Axis to the topic tags of which its events need one, beside those the plans name."""

_DISTRICT = r"\d{3}"
_SHOWN = 3  # records named in a sentence
_LONGEST = 60  # characters of a value


class Uncounted(NamedTuple):
    """One record that cannot count, or speaks of a day that cannot be right.

    ``row`` is its place (first is 1), ``rule`` a sentence that says why and what to write
    instead, ``reason`` a code for it, ``instead`` the values to choose from, if they are few.
    """

    row: int
    column: str
    value: str
    rule: str
    record: str
    reason: str
    instead: tuple[str, ...] = ()

    @property
    def grave(self) -> bool:
        """Whether nobody can have meant it so."""
        return self.reason in GRAVE


class _Rule(NamedTuple):
    """A rule, and the records that break it."""

    reason: str
    column: str
    broken: NDArray[np.bool_]
    sentence: str
    instead: tuple[str, ...] = ()


def cannot_count(
    records: pd.DataFrame, plans: Sequence[Plan], known: pd.DataFrame | None = None
) -> list[Uncounted]:
    """Return the records that cannot count under any of some plans, each with its reasons.

    What is said to be of grade D is kept without ever counting; of such a record only what it
    does to others is looked at.

    Parameters
    ----------
    records : DataFrame
        As from `evidence.typed`.
    plans : sequence of Plan
        Whose topics and profiles count.
    known : DataFrame, optional
        Other records that these may replace.

    Returns
    -------
    list of Uncounted
        By row.
    """
    counts = (records["event_date"].notna() & (records["grade"] != "D")).to_numpy(dtype=bool)
    rules = [
        *_kinds(records, counts),
        *_outreach(records, counts, plans),
        *_checks(records, counts, plans),
        *_other_axes(records, counts),
        *_references(records, known),
        *_days(records, counts),
    ]
    every = [one for rule in rules for one in _named(records, rule)]
    return sorted(every, key=lambda one: one.row)


def sentences(uncounted: Sequence[Uncounted]) -> list[str]:
    """Return one sentence for each kind of reason, with how many records it is about."""
    groups: dict[str, list[Uncounted]] = {}
    for one in uncounted:
        groups.setdefault(one.rule, []).append(one)
    return [
        _("{n} records ({listed}): {rule}").format(
            n=number(len(group)), listed=_listed(group), rule=rule
        )
        for rule, group in groups.items()
    ]


def _listed(group: Sequence[Uncounted]) -> str:
    """Return the first records of a group, each with the cell that is wrong."""
    shown = [
        f"{one.record} “{one.value[:_LONGEST]}”" if one.value else one.record
        for one in group[:_SHOWN]
    ]
    return ", ".join([*shown, *(["…"] if len(group) > _SHOWN else [])])


def _named(records: pd.DataFrame, rule: _Rule) -> Iterator[Uncounted]:
    """Give what there is to say of each record that breaks a rule."""
    places = rule.broken.nonzero()[0]
    if not len(places):
        return
    ids, cells = (records[column].iloc[places] for column in ("id", rule.column))
    for at, record, value in zip(places, ids, cells, strict=True):
        yield Uncounted(
            int(at) + 1, rule.column, _cell(value), rule.sentence, record, rule.reason, rule.instead
        )


def _cell(value: Any) -> str:
    """Return what stands in a cell as people write it."""
    if pd.isna(value):
        return ""
    return day(value.date()) if isinstance(value, pd.Timestamp) else str(value)


def _is(records: pd.DataFrame, column: str, *values: str) -> NDArray[np.bool_]:
    """Say of each record whether a column of few values holds one of these.

    By hand: some forty such questions are asked of each answer typed into a form.
    """
    cells = pd.Categorical(records[column])
    wanted = [name in values for name in cells.categories]
    wanted.append(False)  # for what is blank, code -1
    held: NDArray[np.bool_] = np.array(wanted)[cells.codes]
    return held


def _blank(records: pd.DataFrame, column: str) -> NDArray[np.bool_]:
    return records[column].isna().to_numpy(dtype=bool)


def _words(column: str, values: Sequence[str]) -> str:
    """Return values as people call them: “Tại cơ sở” or “Nhóm cơ sở”."""
    *some, last = (f"“{vocabulary.label_of(column, value)}”" for value in values)
    return _("{some} or {last}").format(some=", ".join(some), last=last) if some else last


# --- rules ---------------------------------------------------------------------------------


def _kinds(records: pd.DataFrame, counts: NDArray[np.bool_]) -> Iterator[_Rule]:
    """Yield events of a kind that their axis does not have."""
    sentence = _("This axis has no such kind of event; write {kinds}.")
    for axis, kinds in ev.KINDS_OF.items():
        fits = _is(records, "kind", *kinds, *ev.ON_ANY_AXIS) | _blank(records, "kind")
        instead = (*kinds, ev.ON_ANY_AXIS[0])
        broken = counts & _is(records, "axis", axis) & ~fits
        yield _Rule("kind", "kind", broken, sentence.format(kinds=_words("kind", instead)), instead)


def _outreach(
    records: pd.DataFrame, counts: NDArray[np.bool_], plans: Sequence[Plan]
) -> Iterator[_Rule]:
    """Yield outreach that was held without scope, or about nothing that counts for its subject."""
    held = counts & _is(records, "axis", "outreach") & _is(records, "kind", "held")
    sentence = _("Without a scope an outreach event does not count; write {scopes}.")
    sentence = sentence.format(scopes=_words("scope", ev.SCOPES))
    yield _Rule("scope", "scope", held & _blank(records, "scope"), sentence, ev.SCOPES)
    counted = {tag for plan in plans for tags in plan.topics.values() for tag in tags}
    named = ev.names_any(records["topic"], (*counted, *topics.KNOWN))
    district = records["subject"].str.fullmatch(_DISTRICT).fillna(value=False).to_numpy(dtype=bool)
    for target, asked in (("T3", held & ~district), ("T5", held & district)):
        tags = tuple(dict.fromkeys(tag for plan in plans for tag in plan.topics[target]))
        missed = asked & ~ev.names_any(records["topic"], tags)
        yield from _topics(records, missed, named, target, tags)


def _topics(
    records: pd.DataFrame,
    missed: NDArray[np.bool_],
    named: NDArray[np.bool_],
    target: str,
    tags: tuple[str, ...],
) -> Iterator[_Rule]:
    """Yield events that name none of the topics that count for a target."""
    blank = _blank(records, "topic")
    words = _words("topic", tags)
    sentence = _("Without a topic an outreach event does not count; write {topics}.")
    yield _Rule("topic-blank", "topic", missed & blank, sentence.format(topics=words), tags)
    sentence = _(
        "Nobody knows this topic, so the event does not count; write {topics}, or {other} before "
        "it if the event was about something else."
    ).format(topics=words, other=_words("topic", [topics.OTHER]))
    yield _Rule("topic-unknown", "topic", missed & ~blank & ~named, sentence, tags)
    # Mass communication reaches no single site, whatever it is about.
    about = missed & named & ~(_is(records, "scope", "mass") & (target == "T3"))
    sentence = _(
        "None of its topics counts for target {n}; if the event was about one of these too, add "
        "{topics}."
    ).format(n=target.removeprefix("T"), topics=words)
    yield _Rule("topic-other", "topic", about, sentence)


def _checks(
    records: pd.DataFrame, counts: NDArray[np.bool_], plans: Sequence[Plan]
) -> Iterator[_Rule]:
    """Yield checks without profile or method, or of a day on which the profile is not in force."""
    checks = counts & _is(records, "axis", "compliance")
    checks &= _is(records, "kind", "check", "self_declared")
    valid: dict[str, list[Period]] = {}
    for profile in (profile for plan in plans for profile in plan.profiles):
        valid.setdefault(profile.code, []).append(profile.valid)
    codes = tuple(valid)
    sentence = _("Without a known set of criteria a check does not count; write {profiles}.")
    sentence = sentence.format(profiles=_words("profile", codes))
    yield _Rule("profile", "profile", checks & ~_is(records, "profile", *codes), sentence, codes)
    sentence = _("A check counts only if it says how it was verified; write {methods}.")
    sentence = sentence.format(methods=_words("method", ev.METHODS))
    bare = checks & _is(records, "kind", "check") & _blank(records, "method")
    yield _Rule("method", "method", bare, sentence, ev.METHODS)
    sentence = _(
        "On this day the set of criteria {profile} is not in force, so the check does not count; "
        "correct the day, or use the set of criteria of that time."
    )
    for code, periods in valid.items():
        days = records["event_date"]
        fits = [days.between(pd.Timestamp(p.start), pd.Timestamp(p.end)) for p in periods]
        outside = checks & _is(records, "profile", code) & ~np.logical_or.reduce(fits)
        yield _Rule("profile-day", "event_date", outside, sentence.format(profile=code))


def _other_axes(records: pd.DataFrame, counts: NDArray[np.bool_]) -> Iterator[_Rule]:
    """Yield what the targets of models, documents, inputs and teaching pass over."""
    declared = counts & _is(records, "kind", "self_declared")
    sentence = _("On this axis a mere declaration does not count; write {kind}, with grade C.")
    for axis in ("outreach", "model", "policy"):
        broken = declared & _is(records, "axis", axis)
        instead = _words("kind", ev.KINDS_OF[axis][:1])
        yield _Rule("self-declared", "kind", broken, sentence.format(kind=instead))
    sentence = _("Consumption is counted from declared figures; enter them in that table.")
    yield _Rule("consumption", "axis", declared & _is(records, "axis", "consumption"), sentence)
    milestone = counts & _is(records, "axis", "model") & _is(records, "kind", "milestone")
    sentence = _("A milestone counts only if its topic names the stage; add {stages}.")
    sentence = sentence.format(stages=_words("topic", TAGS["model"]))
    unstaged = milestone & ~ev.names_any(records["topic"], TAGS["model"])
    yield _Rule("stage", "topic", unstaged, sentence)
    document = counts & _is(records, "axis", "policy") & _is(records, "kind", "document")
    sentence = _("A document counts only if its topic says whose it is; add {levels}.")
    sentence = sentence.format(levels=_words("topic", TAGS["policy"]))
    unmarked = document & ~ev.names_any(records["topic"], TAGS["policy"])
    yield _Rule("level", "topic", unmarked, sentence)
    taught = counts & _is(records, "axis", "education") & ~_is(records, "kind", "withdraw")
    sentence = _("Teaching is counted by institution; write which one it was.")
    yield _Rule("organiser", "organiser", taught & _blank(records, "organiser"), sentence)


def _references(records: pd.DataFrame, known: pd.DataFrame | None) -> Iterator[_Rule]:
    """Yield records that speak of themselves, of nothing, or of what they cannot replace."""
    itself = (records["supersedes"] == records["id"]).fillna(value=False).to_numpy(dtype=bool)
    sentence = _(
        "A record cannot replace itself; write the code of an earlier one, or leave blank."
    )
    yield _Rule("replaces-itself", "supersedes", itself, sentence)
    ends = _is(records, "kind", "withdraw", "cancelled")
    sentence = _(
        "A withdrawal or cancellation takes effect only on the record it names; write that "
        "record's code."
    )
    yield _Rule("names-nothing", "refers_to", ends & _blank(records, "refers_to"), sentence)
    same = (records["refers_to"] == records["id"]).fillna(value=False).to_numpy(dtype=bool)
    yield _Rule("names-itself", "refers_to", ends & same, sentence)
    sentence = _(
        "The record replaced speaks of another subject or axis; withdraw that one and enter this "
        "one as new."
    )
    yield _Rule("replaces-other", "supersedes", _of_another(records, known) & ~itself, sentence)


def _of_another(records: pd.DataFrame, known: pd.DataFrame | None) -> NDArray[np.bool_]:
    """Return which records replace one of another subject or axis."""
    if records["supersedes"].isna().all():
        return np.zeros(len(records), dtype=bool)
    columns = ["id", "subject", "axis"]
    parts = [frame[columns].astype(object) for frame in (known, records) if frame is not None]
    every = pd.concat(parts, ignore_index=True).drop_duplicates("id").set_index("id")
    before = every.reindex(records["supersedes"].astype(object))
    other = np.zeros(len(records), dtype=bool)
    for column in columns[1:]:
        was = before[column].fillna("").to_numpy()
        now = records[column].astype(object).fillna("").to_numpy()
        other |= (was != "") & (now != "") & (was != now)
    return other


def _days(records: pd.DataFrame, counts: NDArray[np.bool_]) -> Iterator[_Rule]:
    """Yield records without a day, or of a day before there was anything to count."""
    sentence = _("Without a day a record is of grade D, kept and never counted; write the day.")
    undated = _blank(records, "event_date") & ~_is(records, "kind", "withdraw")
    yield _Rule("undated", "event_date", undated, sentence)
    sentence = _(
        "This day lies before Decision 889/QĐ-TTg ({day}); look whether the year is right."
    )
    early = (records["event_date"] < pd.Timestamp(PROGRAMME)).to_numpy(dtype=bool)
    yield _Rule("early", "event_date", counts & early, sentence.format(day=day(PROGRAMME)))
