"""A file of distances by road or canal as a table in metres: rows venues, columns sites.

A venue may be a route, if its row holds the distance to the nearest stop. Not here: what is done
with the distances (``scenario``), or how archives are opened (``archive``).
"""

import csv
import io
import math
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from geodata.core.errors import DataError
from geodata.core.text import _, number
from geodata.intake.reading import archive, files, workbook
from geodata.intake.reading.grid import CELLS, clean

_UNIT = re.compile(r"(?<!\w)(km|m)(?!\w)", re.IGNORECASE)
_METRES = {"km": 1000.0, "m": 1.0}


def read(content: bytes | Path, name: str) -> pd.DataFrame:
    """Return the distances in a file.

    Parameters
    ----------
    content
        XLSX (its first sheet) or text in UTF-8 or UTF-16, parted by comma, semicolon or tab. The
        first row holds the ids of sites, the first column those of venues, the first cell the
        unit: km or m.
    name
        As the person knows it; for sentences.

    Returns
    -------
    DataFrame
        Metres as numbers from 0 on, indexed by venue, a column a site.

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


def _rows(content: bytes, name: str) -> list[list[str]]:
    """Return the rows that hold something."""
    if content.startswith(b"PK\x03\x04"):
        with archive.opened(content, name) as opened:
            if "xl/workbook.xml" not in opened.namelist():
                raise _no_table(name)
            grid = next(workbook.grids(opened, name, lambda _share: None), None)
        return [row for row in grid.rows.values() if any(row)] if grid else []
    return list(_text_rows(content, name))


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
    try:
        value = float(clean(cell).replace(",", "."))
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
