"""Rows about sites, from text to the register: values, units, positions, ids, twins.

Not here: what single cells, units or positions mean (``cells``, ``places``, ``positions``).
"""

from collections.abc import Mapping, Sequence
from functools import cache, partial

import geopandas as gpd
import numpy as np
import pandas as pd

from geodata.core.progress import Listener
from geodata.core.text import N_, _, number
from geodata.geography import units
from geodata.intake.judging import (
    cells,
    difference,
    duplicates,
    places,
    positions,
    readings,
    statements,
)
from geodata.intake.judging.cells import Choice, Level, Remark
from geodata.intake.judging.difference import Difference
from geodata.intake.judging.rows import NEW, ROW, SAME, Rows, at_place, unchanged_cells
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

ID_RULE = N_("Each row is one site of the register, or a new one")
TWIN_RULE = N_("Each site stands in one row")
NEAR_TWIN_RULE = N_("Sites of much the same name stand apart")

_DIGITS = 2  # of an id


def judge(
    rows: Rows, register: gpd.GeoDataFrame, listener: Listener
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

    Returns
    -------
    sites : GeoDataFrame
        As from `sites.read`; wrong cells are missing.
    difference : Difference
        Against the register.
    """
    known = difference.by_id(difference.as_text(register, sites.COLUMNS))
    listener(0.0, _("Reading the cells …"))
    for column, allowed in VALUES.items():
        rows.read_column(
            column, partial(cells.read_value, column=column, known=allowed), cells.VALUE_RULE
        )
    for column in sites.DAYS:
        rows.read_column(column, cells.read_day, cells.DAY_RULE)
    for column in MEASURES:
        rows.read_column(column, partial(cells.read_number, column=column), cells.NUMBER_RULE)
    rows.read_column("history", statements.read_history, statements.CELL_RULE)
    for at, identity in rows.identity.items():
        if identity != NEW:
            rows.table.loc[at, "id"] = identity
    listener(0.3, _("Comparing positions with communes …"))
    _place(rows, known)
    listener(0.6, _("Comparing with the register …"))
    _identify(rows, known)
    statements.keep(rows, known)
    rows.complete(known, [c for c in sites.COLUMNS if c not in ("id", *lifecycle.COLUMNS)])
    statements.carry(rows, known)
    _look_for_twins(rows, known)
    _number(rows, known)
    listener(0.8, _("Checking the rules …"))
    frame, faults = sites.read(rows.table)
    asked = {rows.table["id"].iloc[r.at] for r in rows.remarks if r.level is Level.QUESTION}
    # An id that occurs twice is no fault of its own while a row of it may yet be left out.
    rows.say_faults(f for f in faults if f.column != "id" or f.value not in asked)
    return frame, difference.compare(known, difference.as_text(frame, sites.COLUMNS))


def _place(rows: Rows, known: pd.DataFrame) -> None:
    """Put unit codes and positions in the place of what was written."""
    table = rows.table
    says_units = rows.present[list(places.COLUMNS)].any(axis=1)
    says_where = rows.present[list(readings.COLUMNS)].any(axis=1)
    settled = _settled(rows, known)
    for given, other in (("lat", "lon"), ("lon", "lat")):  # half a position keeps its other half
        halved = rows.present[given].to_numpy() & ~rows.present[other].to_numpy()
        halved &= rows.known_in(known)
        table.loc[halved, other] = known[other].reindex(table["id"][halved]).to_numpy()
    ids = table["id"]
    for code in places.CODES:  # a file of ids and positions is tried on the known units
        inherit = ~says_units.to_numpy() & rows.known_in(known)
        table.loc[inherit, code] = known[code].reindex(ids[inherit]).to_numpy()
    at = (~settled).nonzero()[0]
    asked = table.loc[at].reset_index(drop=True)
    outlines, bounds = _ground()
    candidates = readings.candidates(asked, bounds)
    gazetteer = places.Gazetteer.from_communes(units.load_legacy_communes())
    named, remarks = places.resolve(asked, gazetteer, candidates, outlines)
    rows.say(remarks, at)
    accuracy = pd.to_numeric(asked["position_accuracy_m"], errors="coerce").astype("float64")
    near = positions.distances(candidates, named["key"], outlines)
    judged = positions.judge(near, asked, named["key"], accuracy)
    unsure = {remark.at for remark in remarks if remark.level is not Level.NOTICE}
    rows.say([r for r in positions.remarks(judged, asked, named["name"]) if r.at not in unsure], at)
    _write_units(rows, at, named, known)
    where = says_where.to_numpy()[at]
    _write_positions(rows, at[where], judged[where])
    rows.present.loc[at[where], ["lat", "lon"]] = True


@cache
def _ground() -> tuple[gpd.GeoDataFrame, tuple[float, float, float, float]]:
    """Return the areas a row can name, and the bounds of them all in degrees."""
    blocks = units.load_blocks()
    west, south, east, north = blocks.total_bounds
    return positions.areas(blocks), (west, south, east, north)


def _settled(rows: Rows, known: pd.DataFrame) -> np.ndarray:
    """Return the rows of known sites whose units and position are those of the register."""
    same = unchanged_cells(rows, known, places.CODES)
    for column in ("lat", "lon"):
        old = pd.to_numeric(known[column].reindex(rows.table["id"]), errors="coerce").to_numpy()
        now = pd.to_numeric(rows.table[column], errors="coerce").to_numpy()
        old, now = old.astype(float, copy=False), now.astype(float, copy=False)
        both = (old == now) | (np.isnan(old) & rows.table[column].isna().to_numpy())
        same &= both | ~rows.present[column].to_numpy()
    foreign = ["commune", "district", "position", "vn2000_x", "vn2000_y"]
    return np.asarray(same & rows.table[foreign].isna().all(axis=1).to_numpy())


def _write_units(rows: Rows, at: np.ndarray, named: pd.DataFrame, known: pd.DataFrame) -> None:
    """Put the codes of units into the table.

    A cell left blank in a column of codes stays blank, unless the row names its units
    elsewhere or is new. Where a name leaves a code open, the register's stays if it agrees.
    """
    table = rows.table
    ids = table["id"].iloc[at]
    is_known = rows.known_in(known)[at]
    by_name = table[list(places.NAMES)].notna().any(axis=1).to_numpy()[at]
    old = known[list(places.CODES)].reindex(ids).reset_index(drop=True)
    codes = named[list(places.CODES)]
    agrees = ((old == codes) | old.isna() | codes.isna()).fillna(value=True).all(axis=1).to_numpy()
    for code in places.CODES:
        given = table[code].iloc[at].notna().to_numpy() | by_name | ~is_known
        has = rows.present[code].to_numpy()[at]
        value = codes[code].where(given)
        kept = value.isna().to_numpy() & ~has & agrees & is_known
        table.loc[at, code] = value.where(~kept, old[code]).to_numpy()
        rows.present.loc[at, code] = True


def _write_positions(rows: Rows, at: np.ndarray, judged: pd.DataFrame) -> None:
    """Put degrees into the table; what has no certain position has none."""
    certain = judged["verdict"].isin(["ok", "read"])
    text = difference.as_text(judged[["lon", "lat"]].where(certain), ["lon", "lat"])
    for column in ("lon", "lat"):
        rows.table.loc[at, column] = text[column].to_numpy()


def _identify(rows: Rows, known: pd.DataFrame) -> None:
    """Give rows without id the id of the known site of their name and kind, if it is the one."""
    matches = difference.matched(rows.table, known)
    claims: dict[str, int] = {}
    for ids in matches:
        for site in ids:
            claims[site] = claims.get(site, 0) + 1
    for at in matches.map(bool).to_numpy().nonzero()[0]:
        ids, name = matches.iloc[at], str(rows.table["name_vi"].iloc[at])
        if at in rows.identity:
            continue
        if len(ids) == 1 and claims[ids[0]] == 1:
            rows.table.loc[at, "id"] = ids[0]
            message = _(
                "The row has no code; by its name “{name}” it is {id} of the register."
            ).format(name=name, id=ids[0])
            rows.say([Remark(int(at), "id", "", ID_RULE, message, ids[0], Level.NOTICE)])
            continue
        choices = [Choice(SAME + site, f"{site} – {known.loc[site, 'name_vi']}") for site in ids]
        choices.append(Choice(NEW, _("a new site")))
        message = _(
            "The row has no code, and “{name}” can be {ids}, or a new site. Choose one."
        ).format(name=name, ids=", ".join(ids))
        remark = Remark(int(at), "id", "", ID_RULE, message, "", Level.QUESTION, tuple(choices))
        rows.say([remark])


def _look_for_twins(rows: Rows, known: pd.DataFrame) -> None:
    """Ask about rows that may be one site with another row or with a site of the register."""
    asked = {r.at for r in rows.remarks if r.column == "id" and r.level is Level.QUESTION}
    columns = ["id", "kind", "name_vi", "commune_2025", "lat", "lon"]
    others = known.loc[~known["id"].isin(rows.table["id"]), columns]
    every = pd.concat([rows.table[columns], others], ignore_index=True)
    for column in ("lat", "lon"):
        every[column] = pd.to_numeric(every[column], errors="coerce").astype("float64")
    every["known"] = every["id"].isin(known.index)
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
        message = _("{site} (row {row})")
        other = message.format(site=other, row=rows.numbers[pair.stays])
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
        keep = _("the same site: {other} stays").format(other=other)
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
