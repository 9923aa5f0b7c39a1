"""Where the sites of a file lie: codes of units and degrees in the place of what was written.

Not here: which unit a name is (``places``), which reading of a position holds (``positions``), or
the units of a position whose row names none (``located``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.core.text import _
from geodata.geography import units
from geodata.geography.notation import Notation
from geodata.intake.judging import difference, located, places, positions, readings, spots
from geodata.intake.judging.cells import Choice, Level, Remark
from geodata.intake.judging.rows import Rows, unchanged_cells
from geodata.intake.reading.grid import Type
from geodata.register.sites import UNCERTAIN_M

_CODES = list(places.CODES)
_THREE = 3  # decimals of a degree: a hundred metres


@dataclass(frozen=True)
class _Placement:
    """The rows that say something new of their place.

    ``row_numbers`` counts them among all rows; ``says_units`` and ``says_where`` are of all rows.
    """

    rows: Rows
    known: pd.DataFrame
    clears: pd.DataFrame
    gazetteer: places.Gazetteer
    row_numbers: NDArray[np.int64]
    says_units: NDArray[np.bool_]
    says_where: NDArray[np.bool_]


def put(rows: Rows, known: pd.DataFrame, clears: pd.DataFrame, gazetteer: places.Gazetteer) -> None:
    """Put unit codes and degrees in the place of what was written.

    Parameters
    ----------
    rows : Rows
        Changed in place; ids are settled.
    known : DataFrame
        The register as text, indexed by id.
    clears : DataFrame
        As from `keeping.cleared`: what is to be emptied.
    gazetteer : Gazetteer
        Of all units.
    """
    one = _Placement(
        *(rows, known, clears, gazetteer),
        row_numbers=(~_settled(rows, known, clears)).nonzero()[0],
        says_units=rows.table[list(places.COLUMNS)].notna().any(axis=1).to_numpy(),
        says_where=rows.table[list(readings.COLUMNS)].notna().any(axis=1).to_numpy(),
    )
    if not len(one.row_numbers):
        return
    asked = _completed(one).loc[one.row_numbers].reset_index(drop=True)
    outlines, bounds = _ground()
    candidates = readings.candidates(asked, bounds)
    named, remarks = places.resolve(asked, gazetteer, candidates, outlines)
    rows.say(remarks, one.row_numbers)
    accuracy = pd.to_numeric(asked["position_accuracy_m"], errors="coerce").astype("float64")
    near = positions.distances(candidates, named["key"], outlines)
    judged = positions.judge(near, asked, named["key"], accuracy)
    unsure = {remark.at for remark in remarks if remark.level is not Level.NOTICE}
    insisted = asked["commune"].fillna("").str.endswith(places.INSISTED).to_numpy(dtype=bool)
    insisted &= (judged["verdict"] == "outside").to_numpy()
    insisted &= judged["distance_m"].to_numpy() <= UNCERTAIN_M
    judged.loc[insisted, "verdict"] = "read"
    settled = _decided_before(one, asked, candidates, judged)
    judged.loc[settled, "verdict"] = "read"
    _keep_units(one, settled, asked, named)
    on_positions = positions.remarks(judged, asked, named["name"])
    on_positions = [remark for remark in on_positions if remark.at not in unsure]
    rows.say(_saying_where(one, on_positions, asked, named, judged), one.row_numbers)
    _locate(one, asked, named, judged, unsure)
    _write_units(one, named)
    _write_positions(one, judged)


def _decided_before(
    one: _Placement, asked: pd.DataFrame, candidates: pd.DataFrame, judged: pd.DataFrame
) -> NDArray[np.bool_]:
    """Return the rows near their unit whose site the register has at the very spot they say."""
    known = one.known[["lon", "lat"]].reindex(asked["id"]).reset_index(drop=True)
    near = (judged["verdict"] == "outside") & (judged["distance_m"] <= UNCERTAIN_M)
    in_words = one.says_where[one.row_numbers] & asked[_CODES].isna().all(axis=1).to_numpy()
    return np.asarray(near.to_numpy() & in_words & spots.taken(candidates, known))


def _keep_units(
    one: _Placement, settled: NDArray[np.bool_], asked: pd.DataFrame, named: pd.DataFrame
) -> None:
    """Leave rows the units that the register has for them, and say so; changes ``named``."""
    old = one.known[_CODES].reindex(asked["id"]).reset_index(drop=True)
    for turn in settled.nonzero()[0].tolist():
        if pd.isna(old["commune_2025"].iloc[turn]):
            continue
        if named["commune_2025"].iloc[turn] != old["commune_2025"].iloc[turn]:
            text, unit = asked["commune"].iloc[turn], places.Option(*old.loc[turn].fillna(""))
            message = _("“{value}”: the site lies where the register has it, and stays in {unit}.")
            sentence = message.format(value=text, unit=one.gazetteer.name(unit))
            where = turn, "commune", str(text), places.AGREEMENT_RULE, sentence
            one.rows.say([Remark(*where, level=Level.NOTICE)], one.row_numbers)
        named.loc[turn, _CODES] = old.loc[turn]


def units_of(rows: Rows, gazetteer: places.Gazetteer, at: NDArray[np.int64]) -> pd.DataFrame:
    """Return the units that some rows name: `places.CODES`, in the order of ``at``."""
    asked = rows.table.loc[at].reset_index(drop=True)
    outlines, bounds = _ground()
    return places.resolve(asked, gazetteer, readings.candidates(asked, bounds), outlines)[0]


def at_spot_of(rows: Rows, known: pd.DataFrame, at: int, sites: Sequence[str]) -> tuple[str, ...]:
    """Return those of some sites that the register has where a row says that its site lies."""
    asked = rows.table.loc[[at]].reset_index(drop=True)
    candidates = readings.candidates(asked, _ground()[1])
    where = known.loc[list(sites), ["lon", "lat"]]
    here = [spots.taken(candidates, where.iloc[[turn]])[0] for turn in range(len(where))]
    return tuple(site for site, same in zip(sites, here, strict=True) if same)


@cache
def _ground() -> tuple[gpd.GeoDataFrame, tuple[float, float, float, float]]:
    """Return the areas a row can name, and the bounds of them all in degrees."""
    blocks = units.load_blocks()
    west, south, east, north = blocks.total_bounds
    return positions.areas(blocks), (west, south, east, north)


def _settled(rows: Rows, known: pd.DataFrame, clears: pd.DataFrame) -> NDArray[np.bool_]:
    """Return the rows of known sites that say nothing new of units and position."""
    same = unchanged_cells(rows, known, _CODES)
    for column in ("lat", "lon"):
        old = pd.to_numeric(known[column].reindex(rows.table["id"]), errors="coerce").to_numpy()
        now = pd.to_numeric(rows.table[column], errors="coerce").to_numpy()
        old, now = old.astype(float, copy=False), now.astype(float, copy=False)
        same &= (old == now) | rows.table[column].isna().to_numpy()
    foreign = ["commune", "district", "position", "vn2000_x", "vn2000_y"]
    same &= rows.table[foreign].isna().all(axis=1).to_numpy()
    return np.asarray(same & ~clears[[*_CODES, "lat", "lon"]].any(axis=1).to_numpy())


def _completed(one: _Placement) -> pd.DataFrame:
    """Return the table with what is known of a site's place where its row does not speak of it.

    Half a position keeps its other half; a position is tried on the units the register knows, and
    new units on the position it knows.
    """
    table = one.rows.table.copy()
    is_known = one.rows.known_in(one.known)
    whole = table[["position", "vn2000_x", "vn2000_y"]].isna().all(axis=1).to_numpy()
    needs = dict.fromkeys(_CODES, ~one.says_units)
    needs |= dict.fromkeys(("lat", "lon"), whole & (one.says_where | one.says_units))
    needs["position_accuracy_m"] = np.ones(len(table), dtype=bool)
    for column, wanted in needs.items():
        inherit = is_known & wanted & table[column].isna().to_numpy()
        inherit &= ~one.clears[column].to_numpy()
        if inherit.any():
            ids = table["id"][inherit]
            table.loc[inherit, column] = one.known[column].reindex(ids).to_numpy()
    return table


def _saying_where(
    one: _Placement,
    remarks: list[Remark],
    asked: pd.DataFrame,
    named: pd.DataFrame,
    judged: pd.DataFrame,
) -> list[Remark]:
    """Return remarks on positions; of those outside of their unit with where they do lie.

    Near the unit that a row names in words, a person is asked which of the two is right; a
    question goes without the order to correct one of them.
    """
    outside = [r for r in remarks if judged["verdict"].iloc[r.at] == "outside"]
    nearest = [judged["candidates"].iloc[remark.at][0] for remark in outside]
    inside = located.where([(place.lon, place.lat) for place in nearest], _ground()[0])
    sentence = _("{message} The position itself lies in {unit}. Correct the position or the unit.")
    replaced = {}
    for remark, place, code in zip(outside, nearest, inside, strict=True):
        if not code:
            continue
        unit = one.gazetteer.name(places.Option(new=code))
        row, meant = asked.iloc[remark.at], named.iloc[remark.at]
        fact = positions.outside_text(place, str(meant["name"]))
        near = judged["distance_m"].iloc[remark.at] <= UNCERTAIN_M
        in_words = pd.notna(row["commune"]) and row[_CODES].isna().all()
        if near and in_words and pd.notna(meant["commune_2025"]):
            question = remark._replace(message=fact)
            replaced[remark.at] = _which(question, str(row["commune"]), meant, (code, unit))
        else:
            message = sentence.format(message=fact, unit=unit)
            replaced[remark.at] = remark._replace(message=message)
    return [replaced.get(remark.at, remark) for remark in remarks]


def _which(remark: Remark, text: str, meant: pd.Series, there: tuple[str, str]) -> Remark:
    """Return the question which is right: the unit that is named, or where the position lies."""
    code, unit = there
    legacy = meant["commune_legacy"]
    kept = f"2025:{meant['commune_2025']}" if pd.isna(legacy) else f"legacy:{legacy}"
    message = _("{message} The position itself lies in {unit}. Which of the two is right?")
    choices = (
        Choice(f"2025:{code}", _("{unit}, where the position lies").format(unit=unit)),
        Choice(kept + places.INSISTED, _("“{unit}”, and the position stays").format(unit=text)),
    )
    return Remark(
        *(remark.at, "commune", text, remark.rule),
        message.format(message=remark.message, unit=unit),
        level=Level.QUESTION,
        choices=choices,
    )


def _locate(
    one: _Placement,
    asked: pd.DataFrame,
    named: pd.DataFrame,
    judged: pd.DataFrame,
    unsure: set[int],
) -> None:
    """Name the units of exact positions whose rows name no commune; changes ``named``."""
    wanted = judged["verdict"].isin(["ok", "read"]).to_numpy() & one.says_where[one.row_numbers]
    wanted &= named[["commune_legacy", "commune_2025"]].isna().all(axis=1).to_numpy()
    wanted &= ~one.clears["commune_2025"].to_numpy()[one.row_numbers]
    turns = [turn for turn in wanted.nonzero()[0].tolist() if turn not in unsure]
    stated = pd.to_numeric(asked["position_accuracy_m"], errors="coerce").to_numpy(dtype=float)
    reach = np.nan_to_num(np.fmax(stated, judged["stated_m"].to_numpy()))
    districts = named["district_legacy"].fillna("").tolist()
    where = judged[["lon", "lat"]].to_numpy()
    # Plain degrees with more than three decimals are exact to a few metres; of a number that was
    # no text nobody knows the noughts at its end.
    rough = (judged["reading"] != Notation.DECIMAL).to_numpy(copy=True)
    rough |= (np.round(where, _THREE) == where).any(axis=1)
    types = one.rows.types[["lat", "lon"]].to_numpy()[one.row_numbers]
    rough &= ~(types == str(Type.NUMBER)).all(axis=1)
    texts = asked[list(readings.COLUMNS)].astype(object).to_numpy()
    points = [
        located.Located(
            turn,
            float(where[turn, 0]),
            float(where[turn, 1]),
            districts[turn],
            float(reach[turn]),
            partial(_digits_m, texts[turn].tolist()) if rough[turn] else float,
        )
        for turn in turns
    ]
    options, remarks = located.communes(points, _ground()[0], one.gazetteer)
    one.rows.say(remarks, one.row_numbers)
    chosen = list(options)
    for code, values in zip(_CODES, zip(*options.values(), strict=True), strict=False):
        named.loc[chosen, code] = pd.array([value or None for value in values], dtype="string")


def _digits_m(texts: Sequence[object]) -> float:
    """Return how far off a position may be by its last digits, metres; cells as they stand."""
    written = zip(readings.COLUMNS, texts, strict=True)
    return readings.precision_m({name: text for name, text in written if isinstance(text, str)})


def _write_units(one: _Placement, named: pd.DataFrame) -> None:
    """Put the codes of units into the table.

    Where a row leaves a code open, the register's stays if it agrees; if not, that is said.
    """
    rows, at = one.rows, one.row_numbers
    is_known = rows.known_in(one.known)[at]
    old = one.known[_CODES].reindex(rows.table["id"].iloc[at]).reset_index(drop=True)
    codes = named[_CODES]
    agrees = ((old == codes) | old.isna() | codes.isna()).fillna(value=True).all(axis=1).to_numpy()
    lost = np.zeros(len(at), dtype=bool)
    for code in _CODES:
        open_code = codes[code].isna().to_numpy() & is_known & ~one.clears[code].to_numpy()[at]
        kept = open_code & (agrees | ~one.says_units[at])
        lost |= open_code & ~kept & old[code].notna().to_numpy()
        rows.table.loc[at, code] = codes[code].where(~kept, old[code]).to_numpy()
        rows.present.loc[at, code] = True
    wrong = {
        remark.at
        for remark in rows.remarks
        if remark.level is not Level.NOTICE and remark.column in places.COLUMNS
    }
    turns = [turn for turn in lost.nonzero()[0].tolist() if int(at[turn]) not in wrong]
    rows.say((_lost(turn, old.iloc[turn], codes.iloc[turn], one.gazetteer) for turn in turns), at)


def _lost(at: int, old: pd.Series, codes: pd.Series, gazetteer: places.Gazetteer) -> Remark:
    """Return what to say where the units that a row names leave no room for one that is known."""
    before, now = (places.Option(*row[_CODES].fillna("")) for row in (old, codes))
    if now.new:
        column, level = "commune_legacy" if before.legacy else "district_legacy", Level.NOTICE
        message = _("“{old}” of the register does not belong to “{new}” and is left blank.")
    else:
        column, level = "district", Level.ERROR
        message = _("The register has “{old}”, which is not in “{new}”; name the commune too.")
    named = {"old": gazetteer.name(before), "new": gazetteer.name(now)}
    rule, sentence = places.AGREEMENT_RULE, message.format(**named)
    return Remark(at, column, named["old"], rule, sentence, level=level)


def _write_positions(one: _Placement, judged: pd.DataFrame) -> None:
    """Put degrees into the table; what has no certain position has none.

    An accuracy that stands with the position itself counts where the row gives no other.
    """
    rows = one.rows
    says = one.says_where[one.row_numbers]
    at, of_rows = one.row_numbers[says], judged[says]
    columns = ["lon", "lat", "stated_m"]
    certain = of_rows["verdict"].isin(["ok", "read"])
    text = difference.as_text(of_rows[columns].where(certain), columns)
    for column in ("lon", "lat"):
        rows.table.loc[at, column] = text[column].to_numpy()
        rows.present.loc[at, column] = True
    stated = text["stated_m"].notna().to_numpy(copy=True)
    stated &= rows.table["position_accuracy_m"].iloc[at].isna().to_numpy()
    rows.table.loc[at[stated], "position_accuracy_m"] = text["stated_m"][stated].to_numpy()
    rows.present.loc[at[stated], "position_accuracy_m"] = True
