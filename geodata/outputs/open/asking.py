"""What a program asks of open data: the words of an address, held against what there is.

Strict: a word that means nothing is refused with a sentence, never left out. Not here: what
is answered (``answers``, ``ogc``).
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

import geopandas as gpd
import pandas as pd
import shapely

from geodata.core.errors import WrongCallError
from geodata.core.lookup import is_in
from geodata.core.text import _
from geodata.geography import units
from geodata.geography.units import Vintage
from geodata.outputs.data.origin import STATUSES
from geodata.outputs.open.tables import UNITS, Tables
from geodata.reading.view import AXES, View, plan_of, selected, statuses, usual_day
from geodata.register.sites import KINDS
from geodata.rules.plan import Plan

T = TypeVar("T")

MOST = 10_000
"""Rows of one answer, at most."""
LONGEST = 2_000
"""Characters of a query, at most."""
ABOUT_SITES = ("kind", "axis", "status", "unit", "vintage")
PAGED = ("bbox", "limit", "offset")
COMMON = ("as_of", "lang")

_NUMBER = re.compile(r"[0-9]{1,9}")
_CORNERS = (4, 6)  # a box may have heights, which nothing here has


class NothingThereError(WrongCallError):
    """There is nothing at this address."""


@dataclass(frozen=True)
class Chosen:
    """What is looked at, where, and which rows of it; `box` in EPSG:4326, degrees."""

    view: View
    box: Any = None
    limit: int = MOST
    offset: int = 0
    about_sites: bool = False  # whether rows of evidence are narrowed to some sites
    words: Mapping[str, str] = field(default_factory=dict)


def words_of(pairs: Iterable[tuple[str, str]], known: Sequence[str]) -> dict[str, str]:
    """Return the words of a query.

    Raises
    ------
    WrongCallError
        If one is none of those `known`, stands twice, or all are too long.
    """
    words: dict[str, str] = {}
    for name, text in pairs:
        if name not in known:
            sentence = _("“{name}” cannot be asked for here; choose from: {known}.")
            raise WrongCallError(sentence.format(name=name[:60], known=", ".join(known)))
        if name in words:
            raise WrongCallError(_("“{name}” stands twice in the address.").format(name=name))
        words[name] = text if name != "f" else read(name, text, _one_of(["json"]))
    if sum(map(len, words.values())) > LONGEST:
        raise WrongCallError(_("The question is too long; ask for less at once."))
    return words


def wanted(
    words: Mapping[str, str], today: date, plans: Sequence[Plan], usual: int = MOST
) -> Chosen:
    """Return what the words of `words_of` ask for.

    Parameters
    ----------
    words : Mapping
        ``as_of`` is a day not after `today`; without it the usual one is looked at.
    today, plans
        The day on which it is asked, and the plans that answer.
    usual : int
        How many rows are answered where no limit is asked for; more than `MOST` never are.

    Raises
    ------
    WrongCallError
        If a word cannot be used, or no plan answers for the day.
    """
    view = View(as_of=usual_day(plans, today))
    readers: dict[str, tuple[str, Callable[[str], Any]]] = {
        "as_of": ("as_of", lambda text: _past(text, today)),
        "axis": ("axis", _one_of(AXES)),
        "kind": ("kinds", lambda text: tuple(map(_one_of(KINDS), text.split(",")))),
        "unit": ("unit", str),
        "vintage": ("vintage", _one_of([vintage.value for vintage in Vintage])),
    }
    for name, (part, reader) in readers.items():
        if name in words:
            view = replace(view, **{part: read(name, words[name], reader)})
    plan_of(view, plans)
    if "status" in words:
        listed = _one_of(statuses(view.axis))
        shown = read("status", words["status"], lambda t: tuple(map(listed, t.split(","))))
        view = replace(view, statuses=shown)
    if view.unit is not None and view.unit not in _codes(view.units_of):
        sentence = _("There is no administrative unit with the code {code}.")
        raise WrongCallError(sentence.format(code=view.unit[:60]))
    return Chosen(
        view,
        box=read("bbox", words["bbox"], box) if "bbox" in words else None,
        limit=min(MOST, read("limit", words.get("limit", str(usual)), _whole(1))),
        offset=read("offset", words.get("offset", "0"), _whole(0)),
        about_sites=bool({"kind", "status", "unit"} & words.keys()),
        words=words,
    )


def read(name: str, text: str, reader: Callable[[str], T]) -> T:
    """Return what a word means; a reader refuses with ValueError what it cannot use.

    Raises
    ------
    WrongCallError
        If it does.
    """
    try:
        return reader(text)
    except ValueError:
        sentence = _("“{text}” cannot be used as {name}.")
        raise WrongCallError(sentence.format(text=text[:60], name=name)) from None


def _past(text: str, today: date) -> date:
    moment = date.fromisoformat(text)
    if moment > today:
        raise ValueError
    return moment


def _one_of(values: Iterable[str]) -> Callable[[str], str]:
    listed = list(values)
    return lambda text: listed[listed.index(text)]


def _whole(least: int) -> Callable[[str], int]:
    def reader(text: str) -> int:
        if not _NUMBER.fullmatch(text) or int(text) < least:
            raise ValueError
        return int(text)

    return reader


def box(text: str) -> Any:
    """Return a box of west, south, east, north; one from east to west goes around the world.

    Raises
    ------
    ValueError
        If it is none.
    """
    corners = [float(number) for number in text.split(",")]
    if len(corners) not in _CORNERS or not all(map(math.isfinite, corners)):
        raise ValueError
    half = len(corners) // 2
    west, south, east, north = (*corners[:2], *corners[half : half + 2])
    if south > north:
        raise ValueError
    if west <= east:
        return shapely.box(west, south, east, north)
    return shapely.union_all(
        [shapely.box(west, south, 180, north), shapely.box(-180, south, east, north)]
    )


def _codes(vintage: Vintage) -> set[str]:
    communes = units.load_legacy_communes()
    return set(communes["district_legacy" if vintage is Vintage.LEGACY else "commune_2025"])


# --- rows --------------------------------------------------------------------------------------


def rows(tables: Tables, table: str, question: Chosen) -> pd.DataFrame:
    """Return the rows of a table that are asked for, all pages of them.

    Parameters
    ----------
    tables : Mapping
        As from `tables.tables_of`, of the day of the question.
    table : str
        One of `tables.NAMES`.
    question : Chosen
        Evidence is narrowed to records about the sites of its kinds, statuses and unit.
    """
    frame = tables[table]
    if table in ("sites", "status"):
        frame = frame[is_in(frame["id"], _sites(tables, question.view))]
    elif table == "evidence" and question.about_sites:
        frame = frame[is_in(frame["subject"], _sites(tables, question.view))]
    if question.box is not None and table != "indicators":
        frame = frame[_inside(tables, frame, question.box)]
    return frame


def _sites(tables: Tables, view: View) -> pd.Index:
    """Return the sites of a view, by the rule of the screens."""
    register = tables["sites"].set_index("id", drop=False)
    status = register[list(STATUSES.values())].set_axis(list(STATUSES), axis=1)
    return selected(register, status, view).index


def _inside(tables: Tables, frame: pd.DataFrame, within: Any) -> Any:
    """Return which rows touch a box; one without a place touches none."""
    if isinstance(frame, gpd.GeoDataFrame):
        return frame.geometry.intersects(within).to_numpy()
    sites = tables["sites"]
    touching = sites["id"][sites.geometry.intersects(within).to_numpy()]
    return frame["id"].isin(touching).to_numpy()


def table_of_units(view: View) -> str:
    """Return the table of the units that a view looks at."""
    return UNITS[view.units_of]
