"""Choosing sites: by a pasted list, by kind and unit, by an area drawn on the map.

Pure. Not here: what is entered about them (``events``).
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import geopandas as gpd
import pandas as pd
from rapidfuzz import fuzz, process

from geodata.core.names import fold
from geodata.core.text import _
from geodata.geography import selection
from geodata.geography.selection import Area
from geodata.register import ids
from geodata.register.sites import placed

_SIMILARITY = 75
_OFFERED = 3
_CODE_FIRST = re.compile(r"^\s*(?:\d+[.)]\s+)?(\S+)\s*[,:;–—\t-]?\s")


class Pasted(NamedTuple):
    """What a list means: the sites, and by line a sentence on what means none for sure."""

    sites: tuple[str, ...]
    unclear: Mapping[str, str]


def pasted(text: str, sites: pd.DataFrame) -> Pasted:
    """Return the sites that a list of codes or names means, one a line or apart by ``;``.

    Parameters
    ----------
    text : str
        As pasted; codes in any spelling, names in any case and with or without accents.
    sites : DataFrame
        The register, indexed by id.
    """
    index = ids.Index(sites.index)
    names: dict[str, list[str]] = {}
    for site, name in sites["name_vi"].dropna().items():
        names.setdefault(fold(str(name)), []).append(str(site))
    chosen: dict[str, None] = {}
    unclear: dict[str, str] = {}
    for line in filter(None, (part.strip() for part in re.split(r"[;\r\n]+", text))):
        matches = _matches(line, index, names)
        if len(matches) == 1:
            chosen[matches[0]] = None
        else:
            unclear[line] = _unclear(line, matches, index, names, sites)
    return Pasted(tuple(chosen), unclear)


def _matches(line: str, index: ids.Index, names: dict[str, list[str]]) -> Sequence[str]:
    """Return the sites that one line may mean: by its code, by its name, by a code before it."""
    if exact := index.alike(line) or names.get(fold(line)):
        return exact
    first = _CODE_FIRST.match(line)
    return index.alike(first[1]) if first else ()


def _unclear(
    line: str,
    matches: Sequence[str],
    index: ids.Index,
    names: dict[str, list[str]],
    sites: pd.DataFrame,
) -> str:
    """Return the sentence about a line that names no site, or several."""
    if matches:
        sentence = _("“{value}” is the name of {n} sites; write the code of one: {codes}.")
        return sentence.format(value=line, n=len(matches), codes=", ".join(matches))
    close = process.extract(
        fold(line), list(names), scorer=fuzz.ratio, limit=_OFFERED, score_cutoff=_SIMILARITY
    )
    near = [*index.near(line), *(site for name, _score, _at in close for site in names[name])]
    if not near:
        return _("“{value}” is no site of the register; write its code or its exact name.").format(
            value=line
        )
    by_code = sites["name_vi"].fillna("").to_dict()
    listed = [f"{key} ({by_code[key]})" for key in dict.fromkeys(near)]
    return _("“{value}” is no site of the register; was it {sites}?").format(
        value=line, sites=", ".join(listed[:_OFFERED])
    )


def in_unit(
    sites: pd.DataFrame, kinds: Sequence[str], column: str = "", code: str = ""
) -> tuple[str, ...]:
    """Return the sites of some kinds (none is all) in a unit, or wherever they are."""
    fits = pd.Series(data=True, index=sites.index)
    if kinds:
        fits &= sites["kind"].isin(kinds)
    if code:
        fits &= (sites[column] == code).fillna(value=False)
    return tuple(sites.index[fits.to_numpy(dtype=bool)])


class Drawn(NamedTuple):
    """What lies in an area: the sites, how many of them only perhaps, how many lie nowhere."""

    sites: tuple[str, ...]
    unsure: int
    unplaced: int


def in_area(sites: gpd.GeoDataFrame, kinds: Sequence[str], area: Area) -> Drawn:
    """Return the sites of some kinds (none is all) in an area."""
    asked = sites.loc[list(in_unit(sites, kinds))]
    hits = selection.inside(asked, area)
    inside = tuple(asked.index[hits.sites.to_numpy(dtype=bool)])
    return Drawn(inside, int(hits.unsure.sum()), int((~placed(asked)).sum()))
