"""What is said of records that cannot count when they are entered, and the answers there are.

A file and a form say the same. Not here: what keeps a record from counting (``countable``).
"""

from geodata.core.text import N_, _
from geodata.intake.judging.cells import Choice, Level, Remark
from geodata.register import topics, vocabulary
from geodata.rules.countable import Uncounted
from geodata.rules.plan import shipped

RULE = N_("No record that cannot count is taken in silence")
TOPIC_RULE = N_("Topics are read in any spelling")


def remark(one: Uncounted, hint: str = "") -> Remark:
    """Return what there is to say of one record.

    Nobody can mean a grave reason, so it keeps the record out: a question where few values can
    put it right, else an error. Anything else may be as it happened, and is only noted.

    Parameters
    ----------
    one : Uncounted
        As from `countable.cannot_count`.
    hint : str
        What else the record says: the topic is looked for in it.
    """
    close: tuple[str, ...] = ()
    if one.column == "topic":
        close = topics.within(f"{one.value}; {hint}") or topics.alike(one.value)
    choices = _choices(one, close) if one.grave else ()
    level = Level.QUESTION if choices else Level.ERROR if one.grave else Level.NOTICE
    named = choices[0].label if choices and close else ""
    return Remark(one.row - 1, one.column, one.value, RULE, one.rule, named, level, choices)


def topic_notes(at: int, text: str) -> list[Remark]:
    """Return what to say of how a row's topics were read: out of a phrase, or not at all."""
    reading = topics.read(text)
    message = _("“{value}” is read as “{topic}”.")
    notes = [
        message.format(value=phrase, topic=vocabulary.label_of("topic", tag))
        for phrase, tag in reading.understood.items()
    ]
    if reading.unknown and topics.OTHER not in reading.parts:
        message = _("Nobody knows the topic “{value}”; it is kept as it is written.")
        notes.append(message.format(value="; ".join(reading.unknown)))
    return [Remark(at, "topic", text, TOPIC_RULE, note, level=Level.NOTICE) for note in notes]


def _choices(one: Uncounted, close: tuple[str, ...]) -> tuple[Choice, ...]:
    """Return the values that put a record right, those it seems to mean first."""
    if one.column != "topic":
        return tuple(Choice(value, _label(one.column, value)) for value in one.instead)
    offered = dict.fromkeys([*close, *one.instead])
    written = [topics.OTHER, *topics.read(one.value).parts]
    about_else = Choice(";".join(written), _("something else, which does not count"))
    return (*(Choice(tag, _label("topic", tag)) for tag in offered), about_else)


def _label(column: str, value: str) -> str:
    """Return what a value is called; of a profile the code and its name."""
    if column != "profile":
        return vocabulary.label_of(column, value)
    named = {profile.code: profile.name for plan in shipped() for profile in plan.profiles}
    return f"{value} – {named[value]}" if value in named else value
