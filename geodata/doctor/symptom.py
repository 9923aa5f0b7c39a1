"""What one check found. Not here: the checks."""

from dataclasses import dataclass
from typing import Literal

from geodata.core.text import number

Level = Literal["ok", "note", "fault"]
LISTED = 10
"""How many of what is wrong are named."""


@dataclass(frozen=True)
class Symptom:
    """What one check found, as a sentence for whoever runs the software."""

    check: str
    level: Level
    message: str


def judged(check: str, level: Level, wrong: list[str], well: str, sentence: str) -> Symptom:
    """Return a finding: well where nothing is wrong, else the sentence with what is."""
    if not wrong:
        return Symptom(check, "ok", well)
    listed = ", ".join(wrong[:LISTED]) + (" …" if len(wrong) > LISTED else "")
    return Symptom(check, level, sentence.format(n=number(len(wrong)), listed=listed))
