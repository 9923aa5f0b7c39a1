"""The tables of open data in every format that a release has.

Where a format allows it the same tables give the same bytes. Not here: GeoJSON and CSV as programs
get them (``features``), the release (``release``).
"""

import json
import tempfile
from collections.abc import Callable, Mapping
from datetime import datetime
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import shapely

from geodata.core.text import _, in_each, number
from geodata.outputs.data import exchange
from geodata.outputs.data.origin import lines
from geodata.outputs.open import features
from geodata.outputs.open.dictionary import Column, columns_of, table_title
from geodata.outputs.open.tables import NAMES, PLACED, Tables
from geodata.outputs.sheets import LOOKED_AT, Looks, csv_file, for_paper, width, workbook

_WIDTHS = (8, 45)  # characters
_FIRST_YEAR = 1900  # Excel has no days before

MOST_ROWS = {"xlsx": 50_000, "geojson": 100_000, "kml": 10_000, "gpkg": 100_000}
"""By format the rows of a table that it still has: what reads it can do little with more."""
ANY_ROWS = ("csv", "parquet")
"""The formats that a table has however long it is."""


def _csv(frame: Any, table: str, _about: Mapping[str, str]) -> bytes:
    return features.csv(frame, table)


def _geojson(frame: Any, table: str, about: Mapping[str, str]) -> bytes:
    return features.geojson(features.features(frame, table), about)


def _kml(frame: Any, table: str, about: dict[str, str]) -> bytes:
    return exchange.layer(frame, table, "kml", about)


def _parquet(frame: Any, table: str, about: Mapping[str, str]) -> bytes:
    """Return a table as GeoParquet 1.1, or Parquet where its rows have no place."""
    out = BytesIO()
    typed = _typed(frame, table)
    if isinstance(typed, gpd.GeoDataFrame):
        typed.to_parquet(out, index=False, schema_version="1.1.0", write_covering_bbox=True)
    else:
        typed.to_parquet(out, index=False)
    written = pq.read_table(BytesIO(out.getvalue()))
    known = {b"about": json.dumps(about, ensure_ascii=False).encode()}
    out = BytesIO()
    pq.write_table(written.replace_schema_metadata({**written.schema.metadata, **known}), out)
    return out.getvalue()


WRITERS: Mapping[str, Callable[[Any, str, dict[str, str]], bytes]] = {
    "csv": _csv,
    "geojson": _geojson,
    "kml": _kml,
    "parquet": _parquet,
}


def fits(frame: Any, kind: str) -> bool:
    """Say whether a format has a table of so many rows."""
    return len(frame) <= MOST_ROWS.get(kind, len(frame))


def left_out(tables: Tables) -> list[str]:
    """Return a sentence on each table that is too long for some formats."""
    words = _("“{table}” has {n} rows: too many for {kinds}; it is there as {others}.")
    written = []
    for table in NAMES:
        limited = MOST_ROWS if table in PLACED else ("xlsx", "gpkg")
        missing = [kind for kind in limited if not fits(tables[table], kind)]
        others = [*ANY_ROWS, *(kind for kind in limited if kind not in missing)]
        parts = {
            "table": table_title(table),
            "n": number(len(tables[table])),
            "kinds": ", ".join(missing).upper(),
            "others": ", ".join(others).upper(),
        }
        written += [words.format(**parts)] if missing else []
    return written


def _typed(frame: Any, table: str) -> Any:
    """Return a table with the types of the dictionary: text, whole numbers, numbers, days."""
    kinds = {"string": "string", "integer": "Int64", "number": "float64"}
    made = {}
    for column in columns_of(table):
        values = frame[column.name]
        made[column.name] = values if column.type == "date" else values.astype(kinds[column.type])
    plain = pd.DataFrame(made)
    if table not in PLACED:
        return plain
    shapes = shapely.orient_polygons(frame.geometry.to_numpy())
    return gpd.GeoDataFrame(plain, geometry=shapes, crs=frame.crs)


def geopackage(tables: Tables, about: Mapping[str, str]) -> bytes:
    """Return all tables as layers of one file; the clock of its own is that of the data."""
    with (
        exchange.dated(datetime.fromisoformat(about["made_at"])),
        tempfile.TemporaryDirectory() as folder,
    ):
        path = Path(folder) / "all.gpkg"
        for at, table in enumerate(name for name in NAMES if fits(tables[name], "gpkg")):
            how: dict[str, Any] = {"layer_options": {"IDENTIFIER": table_title(table)}}
            if not at:
                how["dataset_metadata"] = about
            rows = _days_alone(_typed(tables[table], table))
            pyogrio.write_dataframe(rows, path, layer=table, driver="GPKG", append=bool(at), **how)
        return path.read_bytes()


def _days_alone(frame: Any) -> Any:
    """Return a table with its days as such: a moment at midnight would be of some zone."""
    days = frame.select_dtypes("datetime").columns
    return frame.assign(**{day: frame[day].dt.strftime("%Y-%m-%d") for day in days})


def book_of(tables: Tables, about: Mapping[str, str]) -> bytes:
    """Return all tables as sheets, the dictionary's words above their columns."""

    def fill(book: Any) -> None:
        book.set_properties({"created": datetime.fromisoformat(about["made_at"])})
        looks = Looks(book)
        for table in (name for name in NAMES if fits(tables[name], "xlsx")):
            _sheet(
                book.add_worksheet(table_title(table).replace("/", "-")[:31]), tables, table, looks
            )
        sheet = book.add_worksheet(exchange.ORIGIN_SHEET)
        sheet.set_column(0, 0, 100)
        for row, text in enumerate([*lines(about), *left_out(tables)]):
            sheet.write_string(row, 0, text, looks.text)

    return workbook(fill)


def _sheet(sheet: Any, tables: Tables, table: str, looks: Looks) -> None:
    """Write a table under its headers; a day is a day, all text is text."""
    frame = tables[table]
    for at, column in enumerate(columns_of(table)):
        sheet.write_string(0, at, column.title, looks.head)
        values = frame[column.name]
        texts = values.dropna().astype(str).head(LOOKED_AT)
        sheet.set_column(at, at, width(column.title, texts, _WIDTHS))
        for row, value in enumerate(values, 1):
            if pd.isna(value):
                continue
            if column.type == "date" and value.year >= _FIRST_YEAR:
                sheet.write_datetime(row, at, value, looks.day)
            elif column.type in ("integer", "number"):
                sheet.write_number(row, at, value)
            else:
                sheet.write_string(row, at, str(value), looks.text)
    sheet.freeze_panes(1, 1)
    for_paper(sheet)
    sheet.repeat_rows(0)


def dictionary() -> bytes:
    """Return what every column means, in both languages."""
    spoken = in_each(lambda: [(table, one) for table in NAMES for one in columns_of(table)])
    spelled = [f"{word}_{code}" for word in ("title", "meaning", "values") for code in spoken]
    rows = [
        (table, own.name, own.type, own.unit, *chain(*zip(_words(own), _words(other), strict=True)))
        for (table, own), (_table, other) in zip(spoken["vi"], spoken["en"], strict=True)
    ]
    return csv_file(("table", "column", "type", "unit", *spelled), rows)


def _words(column: Column) -> tuple[str, str, str]:
    """Return what a column is called, what it means, and its values with their terms."""
    terms = (column.values or {}).items()  # noqa: PD011 - no frame
    return column.title, column.meaning, "; ".join(f"{value} = {term}" for value, term in terms)
