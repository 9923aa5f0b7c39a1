"""From a diagnosis to what is written: the change a file makes, and that change in words.

Not here: judging the file (``diagnosis``), or writing (``store``).
"""

from geodata.core.text import _, number
from geodata.intake.judging.diagnosis import Diagnosis, Finding
from geodata.store import Change


def change_of(diagnosis: Diagnosis) -> Change | None:
    """Return what a file writes that has nothing wrong, None if that is nothing."""
    new = diagnosis.changes()
    if not any(frame is not None and len(frame) for frame in new):
        return None
    replaced = frozenset(key for part in diagnosis.difference.values() for key in part.changed)
    return Change(new.sites, new.evidence, new.declarations, replaces=replaced)


def table_label(kind: str) -> str:
    """Return what a kind of table is called."""
    return {
        "sites": _("Sites"),
        "evidence": _("Evidence"),
        "declarations": _("Declarations"),
    }[kind]


def sentence_of(finding: Finding) -> str:
    """Return what there is to say of a cell, with the correction suggested if there is one."""
    if not finding.suggestion:
        return finding.message
    return _("{message} Suggested: {value}.").format(
        message=finding.message, value=finding.suggestion.rstrip(".")
    )


def counted(diagnosis: Diagnosis) -> str:
    """Return how many rows are new, changed and unchanged, table by table."""
    sentence = _("{table}: {new} new, {changed} changed, {same} unchanged")
    return "; ".join(
        sentence.format(
            table=table_label(kind),
            new=number(len(part.new)),
            changed=number(len(part.changed)),
            same=number(len(part.unchanged)),
        )
        for kind, part in diagnosis.difference.items()
    )
