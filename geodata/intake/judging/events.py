"""One event of many sites in one row: spread to a row a site, under one shared event id.

Not here: what a record says (``records``), or the same in a form (``stewardship.events``).
"""

import re
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from geodata.core.names import fold
from geodata.core.text import N_, _
from geodata.intake.judging.cells import Level, Remark
from geodata.intake.judging.rows import NEW, ROW, Rows
from geodata.register import evidence as ev
from geodata.register import ids

RULE = N_("Several sites in one cell share one event")
_WHOLE = "toàn tỉnh"  # as people write it; it is read back

_APART = re.compile(r"[;\r\n]+")
_TWIN = ["event_date", "kind", "organiser"]


class Shared:
    """The rows that came out of one row each: by the row's place there, where its copies stand."""

    def __init__(self, groups: Sequence[list[int]]) -> None:
        self.groups = groups
        self._first = {at: group[0] for group in groups for at in group}

    def name(self, rows: Rows, old: pd.DataFrame) -> None:
        """Give the new records of each row one event id, where neither file nor register has it."""
        if not self.groups:
            return
        table, new = rows.table, ~rows.known_in(old)
        taken = {*old["event"].dropna(), *table["event"].dropna()}
        for group in self.groups:
            known = table.loc[group, "event"].dropna()
            event = known.iloc[0] if len(known) else ids.of_events(ids.REAL, taken, 1)[0]
            taken.add(str(event))
            unnamed = new & table["event"].isna().to_numpy(dtype=bool)
            blank = [at for at in group if unnamed[at]]
            table.loc[blank, "event"] = event

    def once(self, rows: Rows) -> None:
        """Say of the copies of a row once what holds of all; their questions become one."""
        if not self.groups:
            return
        kept: list[Remark] = []
        there: dict[tuple[object, ...], int] = {}
        for remark in rows.remarks:
            first = self._first.get(remark.at)
            if first is None:
                kept.append(remark)
                continue
            asks = remark.column == "id" and remark.level is Level.QUESTION
            key = (first, "id") if asks else (first, *remark[1:])
            if key not in there:
                there[key] = len(kept)
                kept.append(_answerable(remark) if asks else remark)
            elif asks and not kept[there[key]].message.endswith(more := _more()):
                before = kept[there[key]]
                kept[there[key]] = before._replace(message=f"{before.message} {more}")
        rows.remarks[:] = kept


def _more() -> str:
    return _("The same holds of other sites of this row.")


def _answerable(remark: Remark) -> Remark:
    """Return a question without the answer that would leave the whole row out, other sites too."""
    choices = tuple(one for one in remark.choices if not one.value.startswith(ROW))
    if len(choices) == len(remark.choices):
        return remark
    message = _("{message} If it is one, take the site out of this cell.")
    suggestion = choices[0].label if choices else ""
    text = message.format(message=remark.message)
    return remark._replace(message=text, choices=choices, suggestion=suggestion)


def written(subject: str) -> str:
    """Return a subject as people write it: a code, but the province in words."""
    return _WHOLE if subject == ev.PROVINCE else subject


def spread(rows: Rows, subjects: Mapping[str, str], old: pd.DataFrame) -> Shared:
    """Spread each row that names several known subjects to a row a subject, in place.

    A row with a part that nobody knows is left whole, and the part named, so that mending the
    cell keeps the others.

    Parameters
    ----------
    rows : Rows
        As gathered; before anything else is judged.
    subjects : Mapping
        The codes of `subjects.known`.
    old : DataFrame
        The records known, as text, indexed by id.
    """
    several = _several(rows, subjects) if "subject" in rows.table else {}
    if not several:
        return Shared([])
    counts = [len(several.get(at, ())) or 1 for at in range(len(rows.table))]
    take = np.repeat(np.arange(len(rows.table)), counts)
    starts = np.concatenate([[0], np.cumsum(counts)])[:-1].tolist()
    for name in ("table", "present", "types"):
        setattr(rows, name, getattr(rows, name).iloc[take].reset_index(drop=True))
    for name in ("sheets", "numbers", "letters", "headers", "units", "layers"):
        values = getattr(rows, name)
        if values:
            setattr(rows, name, [values[at] for at in take])
    rows.remarks[:] = [r._replace(at=starts[r.at]) for r in rows.remarks]
    rows.answered = {(starts[at], column) for at, column in rows.answered}
    groups = {at: range(starts[at], starts[at] + counts[at]) for at in several}
    identity, rows.identity = rows.identity, {}
    for at, chosen in identity.items():
        if at not in groups:
            rows.identity[starts[at]] = chosen
    for at, group in groups.items():
        codes = several[at]
        rows.table.loc[list(group), "subject"] = codes
        rows.table.loc[list(group)[1:], "id"] = pd.NA  # an id is of one record
        if rows.table["event"].isna()[group[0]]:
            rows.present.loc[list(group), "event"] = False  # what is known of it stays
        rows.identity |= _identified(
            identity.get(at, ""), dict(zip(group, codes, strict=True)), old
        )
        rows.say([_notice(group[0], codes)])
    return Shared([list(group) for group in groups.values()])


def _several(rows: Rows, subjects: Mapping[str, str]) -> dict[int, list[str]]:
    """Return the subjects of each row that names several; say of a part that nobody knows."""
    cells = rows.table["subject"].fillna("")
    asked = cells[cells.str.contains(_APART.pattern).to_numpy(dtype=bool)]
    index = ids.Index(set(subjects.values()) - {""}) if len(asked) else ids.Index(())
    several = {}
    for at, cell in asked.items():
        parts = [part.strip() for part in _APART.split(str(cell)) if part.strip()]
        if len(parts) <= 1 or subjects.get(fold(str(cell))):
            continue
        codes = [_code(part, subjects, index) for part in parts]
        unknown = [part for part, code in zip(parts, codes, strict=True) if not code]
        if unknown:
            rows.say([_unknown(int(str(at)), str(cell), unknown, index)])
        else:
            several[int(str(at))] = list(dict.fromkeys(codes))
    return several


def _code(part: str, subjects: Mapping[str, str], index: ids.Index) -> str:
    """Return the one subject a part means, empty if that is none or several."""
    alike = index.alike(part)
    return subjects.get(part) or subjects.get(fold(part)) or (alike[0] if len(alike) == 1 else "")


def _unknown(at: int, cell: str, unknown: Sequence[str], index: ids.Index) -> Remark:
    """Return what to say of parts that nobody knows, the whole cell put right where one is near."""
    message = _(
        "{parts}: neither a site of the register, nor a district code, nor “whole province”; "
        "correct it in this cell, the other sites stay."
    ).format(parts=", ".join(f"“{part}”" for part in unknown))
    near = {part: index.near(part) for part in unknown}
    suggestion = ""
    if all(len(codes) == 1 for codes in near.values()):
        parts = (part.strip() for part in _APART.split(cell) if part.strip())
        suggestion = "; ".join(near[part][0] if part in near else part for part in parts)
    return Remark(at, "subject", cell, RULE, message, suggestion)


def _notice(at: int, codes: Sequence[str]) -> Remark:
    message = _("{n} sites in one cell: one record each, under one event ({sites}).")
    sentence = message.format(n=len(codes), sites=", ".join(map(written, codes)))
    return Remark(at, "subject", "; ".join(codes), RULE, sentence, level=Level.NOTICE)


def _identified(chosen: str, codes: Mapping[int, str], old: pd.DataFrame) -> dict[int, str]:
    """Return what each copy is, where a person said of the row that it is a known record.

    That one stands for its like at the other sites: of the same day, kind and organiser.
    """
    if chosen == NEW:
        return dict.fromkeys(codes, NEW)
    if chosen not in old.index:
        return {}
    one = old.loc[chosen]
    like = (old[_TWIN].fillna("") == one[_TWIN].fillna("")).all(axis=1).to_numpy(dtype=bool)
    by_subject = dict(zip(old["subject"][like], old["id"][like], strict=True))
    return {at: by_subject[code] for at, code in codes.items() if code in by_subject}
