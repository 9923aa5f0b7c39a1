"""Subjects: what evidence can speak of, and reading it in place of the codes.

Not here: which records there are (``records``).
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd
from rapidfuzz import process

from geodata.core.names import fold
from geodata.core.text import N_, _
from geodata.geography.units import Tier, Unit
from geodata.intake.judging import events, identity
from geodata.intake.judging.cells import Choice, Level, Remark
from geodata.intake.judging.rows import Rows, unchanged_cells
from geodata.register import evidence, ids

SUBJECT_RULE = N_("A record speaks of a known site, district or the province")

_SIMILARITY = 60
_OFFERED = 3


class Subjects(NamedTuple):
    """What evidence can speak of.

    ``codes`` has each code by itself and by folded name, nothing for a name that several bear;
    ``names`` has the names as they are written, by code.
    """

    codes: Mapping[str, str]
    names: Mapping[str, str]


def known(register: pd.DataFrame, listed: Sequence[Unit]) -> Subjects:
    """Return what evidence can speak of: sites, districts and the province.

    Parameters
    ----------
    register : DataFrame
        ``id`` and ``name_vi`` of all sites, known and new.
    listed : sequence of Unit
        As from `units.gazetteer`.

    """
    province = evidence.PROVINCE
    bearers: dict[str, set[str]] = {fold(word): {province} for word in ("tỉnh", "toàn tỉnh")}
    names = {unit.code: unit.name for unit in listed if unit.level is Tier.DISTRICT}
    ours = {province, *names}
    for site, name in zip(register["id"], register["name_vi"], strict=True):
        if pd.notna(site):
            ours.add(str(site))
            if pd.notna(name):
                names[str(site)] = str(name)
    for code, name in names.items():
        bearers.setdefault(fold(name), set()).add(code)
    codes = {
        name: next(iter(of_name)) if len(of_name) == 1 else ""
        for name, of_name in bearers.items()
        if name
    }
    return Subjects(codes | {code: code for code in ours}, names)


def resolve(rows: Rows, subjects: Subjects, old: pd.DataFrame) -> None:
    """Put ids and codes in the place of names."""
    column, codes = rows.table["subject"], subjects.codes
    fine = column.isna() | column.isin(codes.keys() & set(codes.values()))
    fine |= unchanged_cells(rows, old, ["subject"])
    index = ids.Index(set(codes.values()) - {""} if not fine.all() else ())
    fine |= column.index.isin(
        [r.at for r in rows.remarks if r.column == "subject" and r.level is Level.ERROR]
    )
    for at in (~fine).to_numpy().nonzero()[0]:
        text = str(column.iloc[at])
        subject = codes.get(fold(text))
        if subject:
            rows.table.loc[at, "subject"] = subject
            code = events.written(subject)
            message = _("“{value}” is {id} by its name.").format(value=text, id=code)
            remark = Remark(int(at), "subject", text, SUBJECT_RULE, message, code, Level.NOTICE)
        elif len(alike := index.alike(text)) == 1:
            rows.table.loc[at, "subject"] = alike[0]
            remark = identity.spelled_otherwise(int(at), "subject", text, alike[0])
        else:
            remark = _unknown_subject(int(at), text, subjects, index.near(text))
        rows.say([remark])


def _unknown_subject(at: int, text: str, subjects: Subjects, near: Sequence[str]) -> Remark:
    """Return what to say of a subject nobody knows, or several bear, and those most like it."""
    codes, names = subjects
    close = process.extract(fold(text), list(codes), limit=3, score_cutoff=_SIMILARITY)
    by_name = (codes[name] for name, _score, _at in close if codes[name])
    offered = list(dict.fromkeys((*near, *by_name)))[:_OFFERED]
    choices = tuple(
        Choice(code, f"{code} ({names[subject]})" if subject in names else code)
        for subject in offered
        for code in [events.written(subject)]
    )
    message = _(
        "“{value}” is neither a site of the register, nor a district code, nor “whole province”; "
        "write the code."
    ).format(value=text)
    suggestion = ", ".join(choice.label for choice in choices)
    return Remark(at, "subject", text, SUBJECT_RULE, message, suggestion, choices=choices)
