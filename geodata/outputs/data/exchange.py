"""The data itself as a file that can be taken in again without a difference.

XLSX speaks the office's words and dates, the other kinds the names of the model. Not here: reading
files (``intake``), or figures (``files``).
"""

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from geodata.core.errors import WrongCallError
from geodata.core.files import OutputError
from geodata.core.text import _
from geodata.geography import coordinates
from geodata.intake.judging import difference
from geodata.outputs.sheets import LONGEST, LOOKED_AT, Looks, csv_file, width, workbook
from geodata.register import declarations, evidence, sites, vocabulary
from geodata.stewardship.entering import table_label
from geodata.store import Snapshot

TABLES = ("sites", "evidence", "declarations")
KINDS = ("xlsx", "csv", "geojson", "gpkg", "kml")

_DAYS = {"sites": sites.DAYS, "evidence": evidence.DAYS, "declarations": declarations.DAYS}
_DRIVERS = {"geojson": "GeoJSON", "gpkg": "GPKG", "kml": "LIBKML"}
_FIRST_YEAR = 1900  # Excel has no days before
_HEAD_HIGH = 48  # points: three lines
_WIDTHS = (10, 45)  # characters
# KML keeps some names for its own elements: the id would be lost, the name not shown as such.
_OF_KML = {"id": "code", "name_vi": "name"}


def render(snapshot: Snapshot, kind: str, table: str = "sites") -> bytes:
    """Return a workspace's data as a file.

    Parameters
    ----------
    snapshot : Snapshot
        What is written, or the part of it that may be seen.
    kind : str
        One of `KINDS`. A workbook holds all tables, a CSV file one, a map file the sites.
    table : str
        Which of `TABLES` a CSV file holds.

    Raises
    ------
    OutputError
        If a text is too long for a cell.
    WrongCallError
        If there is no such kind or table.
    """
    if kind not in KINDS or table not in TABLES:
        raise WrongCallError(
            _("“{kind}” is not a kind of file for data; choose one of: {known}.").format(
                kind=kind if kind not in KINDS else table,
                known=", ".join(KINDS if kind not in KINDS else TABLES),
            )
        )
    if kind == "xlsx":
        return _workbook(snapshot)
    if kind == "csv":
        return _delimited(frame_of(snapshot, table))
    return _layer(snapshot.sites, _DRIVERS[kind], f".{kind}")


def frame_of(snapshot: Snapshot, table: str) -> pd.DataFrame:
    """Return one table of a snapshot without geometry, its columns in the model's order."""
    frame: pd.DataFrame = getattr(snapshot, table)
    return pd.DataFrame(frame[[c for c in vocabulary.HEADERS[table] if c in frame.columns]])


# --- CSV -----------------------------------------------------------------------------------


def _delimited(frame: pd.DataFrame) -> bytes:
    """Return a table as a CSV file, its values as the model spells them."""
    text = difference.as_text(frame, list(frame.columns)).fillna("")
    return csv_file(frame.columns, text.itertuples(index=False))


# --- maps ----------------------------------------------------------------------------------


def _layer(register: gpd.GeoDataFrame, driver: str, suffix: str) -> bytes:
    """Return the sites as a layer in EPSG:4326; those without a position have no geometry."""
    columns = [c for c in sites.COLUMNS if c in register.columns]
    layer = register[[*columns, "geometry"]].reset_index(drop=True)
    # KML has no numbers of its own: GDAL would write small ones with an exponent.
    written = [*sites.DAYS, *(sites.NUMBERS if driver == "LIBKML" else ())]
    layer[written] = difference.as_text(layer, written)
    layer = layer.drop(columns=["lat", "lon"]).to_crs(coordinates.WGS84)
    options: dict[str, str] = {}
    if driver == "LIBKML":
        layer = layer.rename(columns=_OF_KML)
    elif driver == "GeoJSON":
        options["AUTODETECT_JSON_STRINGS"] = "NO"  # text in brackets stays text
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"sites{suffix}"
        layer.to_file(path, driver=driver, engine="pyogrio", layer="sites", **options)
        return path.read_bytes()


# --- workbook ------------------------------------------------------------------------------


def _workbook(snapshot: Snapshot) -> bytes:
    def fill(book: Any) -> None:
        looks = Looks(book)
        for table in TABLES:
            _sheet(book.add_worksheet(table_label(table)), table, frame_of(snapshot, table), looks)

    return workbook(fill)


def _sheet(sheet: Any, table: str, frame: pd.DataFrame, looks: Looks) -> None:
    """Write a table under the official headers, its values in the official words."""
    heads(sheet, table, list(frame.columns), looks)
    for at, column in enumerate(frame.columns):
        sheet.set_column(at, at, _width(table, column, frame[column]))
        for row, value in enumerate(frame[column].astype(object), 1):
            if not pd.isna(value):
                _put(sheet, (row, at), value, (column, vocabulary.HEADERS[table][column]), looks)
    if len(frame):
        sheet.autofilter(0, 0, len(frame), len(frame.columns) - 1)


def _width(table: str, column: str, values: pd.Series) -> float:
    """Return how many characters wide a column is shown: as its first values and header need."""
    if column in _DAYS[table]:
        return _WIDTHS[0] + 2
    texts = values.dropna().astype(str).head(LOOKED_AT)
    labels = (vocabulary.label_of(column, text) for text in texts)
    return width(vocabulary.HEADERS[table][column], labels, _WIDTHS)


def heads(sheet: Any, table: str, columns: list[str], looks: Looks) -> None:
    """Write the official headers of columns, and keep them in sight."""
    for at, column in enumerate(columns):
        sheet.write_string(0, at, vocabulary.HEADERS[table][column], looks.head)
    sheet.set_row(0, _HEAD_HIGH)
    sheet.freeze_panes(1, 1)


def _put(
    sheet: Any, place: tuple[int, int], value: Any, column: tuple[str, str], looks: Looks
) -> None:
    """Write a value of a column into a cell, as what it is."""
    if isinstance(value, date) and value.year < _FIRST_YEAR:
        sheet.write_string(*place, f"{value:%Y-%m-%d}", looks.text)
    elif isinstance(value, date):
        sheet.write_datetime(*place, value, looks.day)
    elif isinstance(value, str):
        text = vocabulary.label_of(column[0], value)
        if len(text) > LONGEST:
            sentence = _(
                "The text in row {row}, column “{column}” is longer than a cell of Excel "
                "holds; export as CSV instead."
            )
            raise OutputError(sentence.format(row=place[0] + 1, column=column[1]))
        sheet.write_string(*place, text, looks.text)
    else:
        sheet.write_number(*place, value)
