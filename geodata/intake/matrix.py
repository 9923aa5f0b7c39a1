"""A file of distances by road or canal as a table in metres: rows venues, columns sites.

A venue may be a route, if its row holds the distance to the nearest stop. Not here: what is done
with the distances (``scenario``), or how archives are opened (``archive``).
"""

import csv
import io
import math
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from geodata.core.errors import DataError
from geodata.core.text import _, number
from geodata.intake.reading import archive, files, spreadsheet
from geodata.intake.reading.grid import CELLS, Grid, clean

_UNIT = re.compile(r"(?<!\w)(km|m)(?!\w)", re.IGNORECASE)
_BLANK = ("", "-", "–", "—", "…")  # as people write that there is no way
_WORKBOOKS = {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}
_METRES = {"km": 1000.0, "m": 1.0}


def read(content: bytes | Path, name: str) -> pd.DataFrame:
    """Return the distances in a file.

    Parameters
    ----------
    content
        A workbook (its first sheet) or text in UTF-8 or UTF-16, parted by comma, semicolon or
        tab. The first row holds the ids of sites, the first column those of venues, the first
        cell the unit: km or m.
    name
        As the person knows it; for sentences.

    Returns
    -------
    DataFrame
        Metres as numbers from 0 on, indexed by venue, a column a site; infinite where the cell
        is blank or a dash: that site cannot be reached from there.

    Raises
    ------
    DataError
        If the file is no such table; the sentence names the first cell that is wrong.
    """
    name = files.shown_name(name)
    rows = _rows(files.content_of(content, name), name)
    if len(rows) <= 1 or len(rows[0]) <= 1:
        raise DataError(
            _(
                "“{name}” holds no table of distances: put venues in rows and sites in columns."
            ).format(name=name)
        )
    sites = [clean(cell) for cell in rows[0][1:]]
    unit = _UNIT.search(rows[0][0])
    if unit is None:
        raise DataError(
            _("“{name}” does not say its unit; write km or m into the first cell.").format(
                name=name
            )
        )
    venues = [clean(row[0]) for row in rows[1:]]
    for ids in (sites, venues):
        _require_named_once(ids, name)
    factor = _METRES[unit[1].lower()]
    table = [
        [_metres(cell, factor, (venue, site, name)) for site, cell in _paired(sites, row[1:])]
        for venue, row in zip(venues, rows[1:], strict=True)
    ]
    return pd.DataFrame(table, pd.Index(venues), pd.Index(sites), dtype=float)


def unreachable(distances: pd.DataFrame) -> str:
    """Return a sentence on the cells that were blank, none if every cell has a distance."""
    blank = int(np.isinf(distances.to_numpy()).sum())
    if not blank:
        return ""
    sentence = _("{n} of {total} distances are blank: that site cannot be reached from there.")
    return sentence.format(n=number(blank), total=number(distances.size))


def _require_complete(grid: Grid, name: str) -> None:
    """Refuse a sheet whose formulas have no value: a blank there is no statement."""
    if cells := [item for part in grid.left_out for item in part.items]:
        raise DataError(
            _("Cell {cell} of “{name}” has no value; correct it and try again.").format(
                cell=cells[0], name=name
            )
        )


def _rows(content: bytes, name: str) -> list[list[str]]:
    """Return the rows that hold something."""
    if content.startswith(b"PK\x03\x04"):
        with archive.opened(content, name) as opened:
            if not _WORKBOOKS.intersection(member.lower() for member in opened.namelist()):
                raise _no_table(name)
            return _first_sheet(content, opened, name)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return _first_sheet(content, None, name)
    return list(_text_rows(content, name))


def _first_sheet(content: bytes, opened: zipfile.ZipFile | None, name: str) -> list[list[str]]:
    """Return the rows of the first sheet of a workbook that holds something."""
    every = spreadsheet.grids(content, opened, name, lambda _share: None)
    grid = next((grid for grid in every if grid.rows), None)
    if grid is None:
        return []
    _require_complete(grid, name)
    return [row for row in grid.rows.values() if any(row)]


def _text_rows(content: bytes, name: str) -> Iterator[list[str]]:
    try:
        encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _no_table(name) from error
    if "\x00" in text:
        raise _no_table(name)
    head = text.partition("\n")[0]
    delimiter = max(";\t,", key=head.count)
    cells = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            cells += len(row)
            if cells > CELLS:
                raise DataError(
                    _("“{name}” has more than {n} cells; leave out venues or sites.").format(
                        name=name, n=number(CELLS)
                    )
                )
            if any(cell.strip() for cell in row):
                yield row
    except csv.Error as error:
        raise _no_table(name) from error


def _no_table(name: str) -> DataError:
    return DataError(
        _("“{name}” is no table of distances; save it as .xlsx or CSV (UTF-8).").format(name=name)
    )


def _require_named_once(ids: list[str], name: str) -> None:
    if "" in ids:
        raise DataError(
            _("A row or column of “{name}” has no id; write the id of the venue or site.").format(
                name=name
            )
        )
    if len(set(ids)) < len(ids):
        twice = next(one for one in ids if ids.count(one) > 1)
        raise DataError(
            _("“{id}” stands twice in “{name}”; keep one.").format(id=twice[:60], name=name)
        )


def _paired(sites: list[str], cells: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each site with its cell; cells that are not there are holes."""
    yield from zip(sites, cells + [""] * (len(sites) - len(cells)), strict=False)


def _metres(cell: str, factor: float, where: tuple[str, str, str]) -> float:
    """Return a distance in metres, or refuse what is none and say where it stands."""
    text = clean(cell)
    if text in _BLANK:
        return math.inf
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = math.nan
    if not 0 <= value < math.inf:
        venue, site, name = where
        message = _(
            "“{name}” has no distance from {venue} to {site} (it says “{cell}”); fill it in."
        )
        raise DataError(
            message.format(name=name, venue=venue[:60], site=site[:60], cell=clean(cell)[:30])
        )
    return value * factor
