"""Rows about sites, from text to the register: values, ids, places, what stays, twins.

Not here: what single cells mean (``cells``), which site a row is (``identity``), or where it lies
(``placement``).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

import geopandas as gpd
import numpy as np
import pandas as pd

from geodata.core.lookup import is_in
from geodata.core.progress import Listener
from geodata.core.text import N_, _, number
from geodata.geography import units
from geodata.intake.judging import (
    blanks,
    cells,
    dated,
    difference,
    duplicates,
    identity,
    keeping,
    letters,
    mistyped,
    numbers,
    placement,
    places,
    plausible,
    statements,
)
from geodata.intake.judging.cells import Choice, Level, Remark
from geodata.intake.judging.difference import Difference
from geodata.intake.judging.rows import NEW, ROW, SAME, Rows, at_place
from geodata.register import lifecycle, sites, vocabulary
from geodata.register.ids import PREFIXES

VALUES: Mapping[str, Sequence[str]] = {
    "kind": sites.KINDS,
    "lifecycle": lifecycle.LIFECYCLES,
    "founding": lifecycle.FOUNDINGS,
    "confidence": vocabulary.VALUES["confidence"],
    "public": ("yes", "no"),
}
MEASURES = ("area_ha", "position_accuracy_m", "year", "enterprises")

TWIN_RULE = N_("Each site stands in one row")
NEAR_TWIN_RULE = N_("Sites of much the same name stand apart")

_TEXTS = ("name_vi", "name_en", "decision", "operator", "sectors", "details", "contact_name")
_NAMED_OR_NOT = ("decision", "operator", "contact_name", "contact_phone", "contact_email")
_EMPTY_STATES = {"lifecycle": "unknown", "founding": "unknown"}
_DIGITS = 2  # of an id


REQUIRED = ("id", "kind", "name_vi")


def judge(
    rows: Rows,
    register: gpd.GeoDataFrame,
    listener: Listener,
    *,
    entered: date,
    blank_clears: bool = False,
) -> tuple[gpd.GeoDataFrame, Difference]:
    """Judge rows about sites; what there is to say is added to their remarks.

    Parameters
    ----------
    rows : Rows
        Changed in place: afterwards the table is the register's text.
    register : GeoDataFrame
        The sites known, as from `sites.typed`.
    listener : Listener
        Is told the share done, 0 to 1, and a sentence.
    entered : date
        The day on which the file is entered: what lies after it is asked about.
    blank_clears : bool
        Whether a blank cell empties what is known; else it leaves it.

    Returns
    -------
    sites : GeoDataFrame
        As from `sites.read`; wrong cells are missing.
    difference : Difference
        Against the register.
    """
    known = difference.by_id(difference.as_text(register, sites.COLUMNS))
    listener(0.0, _("Reading the cells …"))
    clears = keeping.cleared(rows, REQUIRED, "sites")
    doubts = _read_cells(rows, known, entered)
    listener(0.3, _("Comparing with the register …"))
    gazetteer = places.Gazetteer.from_communes(units.load_legacy_communes())
    units_of = partial(placement.units_of, rows, gazetteer)
    identity.identify(rows, known, units_of, partial(placement.at_spot_of, rows, known))
    may_empty = [c for c in sites.COLUMNS if c not in (*REQUIRED, *lifecycle.COLUMNS)]
    keeping.keep(rows, known, may_empty, clears, blank_clears=blank_clears)
    plausible.ask(
        rows, known, MEASURES, entered, doubts
    )  # once it is known which site of the register a row is
    listener(0.5, _("Comparing positions with communes …"))
    placement.put(rows, known, clears, gazetteer)
    statements.keep(rows, known)
    rows.complete(known, [c for c in sites.COLUMNS if c not in ("id", *lifecycle.COLUMNS)])
    for column in lifecycle.COLUMNS:
        rows.table.loc[clears[column].to_numpy(), column] = _EMPTY_STATES.get(column, pd.NA)
    statements.carry(rows, known)
    _note_kinds(rows, known)
    _look_for_twins(rows, known)
    _number(rows, known)
    listener(0.8, _("Checking the rules …"))
    frame, faults = sites.read(rows.table)
    asked = {rows.table["id"].iloc[r.at] for r in rows.remarks if r.level is Level.QUESTION}
    # An id that occurs twice is no fault of its own while a row of it may yet be left out.
    rows.say_faults(f for f in faults if f.column != "id" or f.value not in asked)
    return frame, difference.compare(known, difference.as_text(frame, sites.COLUMNS))


def _read_cells(rows: Rows, known: pd.DataFrame, entered: date) -> numbers.Doubts:
    """Put values, days, numbers and statements into plain form; return what numbers mean else."""
    mistyped.days_as_text(rows, (*_TEXTS, "source"), known, in_words=["source_note"])
    mistyped.phones_as_numbers(rows, "contact_phone")
    blanks.emptied(rows, (*VALUES, *sites.DAYS, *MEASURES, *_NAMED_OR_NOT))
    for column, allowed in VALUES.items():
        rows.read_column(
            column, partial(cells.read_value, column=column, known=allowed), cells.VALUE_RULE
        )
    for column in sites.DAYS:
        dated.read(rows, column)
    dated.ask_far(rows, known, sites.DAYS, entered)
    letters.check(rows, (*_TEXTS, "source", "source_note"), known)
    mistyped.days_as_numbers(rows, MEASURES)
    doubts = numbers.read_columns(rows, MEASURES, known)
    rows.read_column("history", statements.read_history, statements.CELL_RULE)
    return doubts


def _note_kinds(rows: Rows, known: pd.DataFrame) -> None:
    """Note the known sites that a file makes another kind of site: the code may be another's."""
    ids = rows.table["id"].fillna("").to_numpy(dtype=object)
    was = known["kind"].reindex(ids).fillna("").to_numpy(dtype=object)
    now = rows.table["kind"].fillna("").to_numpy(dtype=object)
    for at in ((was != now) & (was != "") & (now != "")).nonzero()[0].tolist():
        message = _("{id} is “{was}” in the register, the file says “{now}”; check the code.")
        before, after = (vocabulary.label_of("kind", str(kind[at])) for kind in (was, now))
        name = str(rows.table["id"].iloc[at])
        sentence = message.format(id=name, was=before, now=after)
        rows.say([Remark(at, "kind", after, identity.ID_RULE, sentence, level=Level.NOTICE)])


def _look_for_twins(rows: Rows, known: pd.DataFrame) -> None:
    """Ask about rows that may be one site with another row or with a site of the register."""
    asked = {r.at for r in rows.remarks if r.column == "id" and r.level is Level.QUESTION}
    columns = ["id", "kind", "name_vi", "commune_2025", "lat", "lon"]
    others = known.loc[~is_in(known["id"], rows.table["id"]), columns]
    every = pd.concat([rows.table[columns], others], ignore_index=True)
    for column in ("lat", "lon"):
        every[column] = pd.to_numeric(every[column], errors="coerce").astype("float64")
    every["known"] = is_in(every["id"], known.index)
    for pair in duplicates.sites(every):
        if pair.goes >= len(rows.table) or pair.goes in asked or pair.goes in rows.identity:
            continue
        rows.say([_twin(rows, every, pair)])


def _twin(rows: Rows, every: pd.DataFrame, pair: duplicates.Pair) -> Remark:
    """Return the question whether two sites are one."""
    stays, name = every.iloc[pair.stays], str(every["name_vi"].iloc[pair.goes])
    in_file = pair.stays < len(rows.table)
    same = at_place(rows, pair.stays) if not stays["known"] else SAME + str(stays["id"])
    other = f"{stays['id']} – {stays['name_vi']}" if stays["known"] else str(stays["name_vi"])
    if in_file:
        other = f"{other} ({rows.row_text(pair.stays)})"
    away = ""
    if np.isfinite(pair.distance_m):
        away = _(", {metres} m away").format(metres=number(pair.distance_m))
    if pair.exact:
        message = _("“{name}” is a duplicate of {other}{away}. Keep one of them, or both.")
    else:
        message = _("“{name}” looks like {other}{away}. Is it the same site?")
    if same.startswith(ROW):
        keep = _("leave this row out, {other} stays").format(other=other)
    else:
        keep = _("the same site, {other} stays").format(other=other)
    return Remark(
        pair.goes,
        "id",
        "" if pd.isna(every["id"].iloc[pair.goes]) else str(every["id"].iloc[pair.goes]),
        TWIN_RULE if pair.exact else NEAR_TWIN_RULE,
        message.format(name=name, other=other, away=away),
        keep,
        Level.QUESTION,
        (Choice(same, keep), Choice(NEW, _("two different sites"))),
    )


def _number(rows: Rows, known: pd.DataFrame) -> None:
    """Give new sites an id that continues the register's."""
    prefixes = rows.table["kind"].map(PREFIXES)
    order = ["kind", "name_vi", "commune_2025", "lat", "lon"]
    # A row whose kind cannot be read gets its id with the next check.
    rows.table["id"] = difference.numbered(
        rows.table, prefixes.fillna("HG"), order, known.index, _DIGITS
    )
