"""The data itself as a file that can be taken in again without a difference.

XLSX speaks the office's words and dates, the other kinds the names of the model. Beside the data
stand the statuses of a day, which no file that comes in changes. Not here: where a file says it
comes from (``origin``), reading files (``intake``), or figures (``briefing.files``).
"""

import html
import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio

from geodata.core.errors import WrongCallError
from geodata.core.files import OutputError
from geodata.core.text import _, language
from geodata.geography import coordinates
from geodata.intake.judging import difference
from geodata.outputs.data.origin import STATUSES, Provenance, facts, lines, statuses
from geodata.outputs.sheets import (
    LONGEST,
    LOOKED_AT,
    Looks,
    csv_file,
    for_paper,
    width,
    workbook,
)
from geodata.reading.labels import axis_label, status_label
from geodata.register import declarations, evidence, sites, vocabulary
from geodata.stewardship.entering import table_label
from geodata.stewardship.wording import subject_name
from geodata.store import Snapshot, known_subjects

TABLES = ("sites", "evidence", "declarations")
SUBJECTS = {"sites": "id", "evidence": "subject", "declarations": "plant"}
"""By table the column that names the site a row is about."""
KINDS = ("xlsx", "csv", "geojson", "gpkg", "kml")

MAPS = KINDS[2:]
"""Kinds in which each row has a place."""

_DAYS = {"sites": sites.DAYS, "evidence": evidence.DAYS, "declarations": declarations.DAYS}
_DRIVERS = {"geojson": "GeoJSON", "gpkg": "GPKG", "kml": "LIBKML"}
ORIGIN_SHEET = vocabulary.IGNORED_SHEETS[3]
_FIRST_YEAR = 1900  # Excel has no days before
_HEAD_HIGH = 48  # points: three lines
_WIDTHS = (10, 45)  # characters
# KML keeps some names for its own elements: the id would be lost, the name not shown as such.
_OF_KML = {"id": "code", "name_vi": "name", "subject_name": "name"}


def render(snapshot: Snapshot, origin: Provenance, kind: str, table: str = "sites") -> bytes:
    """Return a workspace's data as a file.

    Parameters
    ----------
    snapshot : Snapshot
        What is written.
    origin : Provenance
        Whose statuses it carries, and whether only what all may see is written.
    kind : str
        One of `KINDS`. A workbook holds all tables, the others one.
    table : str
        Which of `TABLES` that is; on maps the rows stand where their site is.

    Raises
    ------
    OutputError
        If a text is too long for a cell.
    WrongCallError
        If there is no such kind or table, or the table is not public.
    """
    if kind not in KINDS or table not in TABLES:
        raise WrongCallError(
            _("“{kind}” is not a kind of file for data; choose one of: {known}.").format(
                kind=kind if kind not in KINDS else table,
                known=", ".join(KINDS if kind not in KINDS else TABLES),
            )
        )
    tables = tables_of(snapshot, origin)
    given = facts(snapshot, origin)
    if kind == "xlsx":
        return _workbook(tables, lines(given), origin.made_at)
    if table not in tables:
        raise WrongCallError(_("Declarations are not public; leave out --public."))
    if kind == "csv":
        return _delimited(tables[table])
    return layer(placed(tables[table], table, snapshot.sites), table, kind, given)


def tables_of(snapshot: Snapshot, origin: Provenance) -> dict[str, pd.DataFrame]:
    """Return what is written of each table, with the status of its rows' sites beside them."""
    register, records = snapshot.sites, snapshot.evidence
    status = statuses(snapshot, origin)
    if origin.public:
        register = sites.public(register)
        records = evidence.public(records, known_subjects(register.index))
        records = records[records["subject"].notna()]
    every = {"sites": register, "evidence": records, "declarations": snapshot.declarations}
    if origin.public:
        del every["declarations"]
    return {table: _with_status(frame, table, status) for table, frame in every.items()}


def _with_status(frame: pd.DataFrame, table: str, status: pd.DataFrame) -> pd.DataFrame:
    """Return a table's own columns in the model's order, then the status of each row's site."""
    own = pd.DataFrame(frame[[c for c in vocabulary.HEADERS[table] if c in frame.columns]])
    beside = status.reindex(own[SUBJECTS[table]].astype(object)).set_axis(own.index)
    return own.join(beside)


def unplaced(snapshot: Snapshot, origin: Provenance, table: str) -> Counter[str]:
    """Return how many rows of a table have no place on a map, by the subject they are about."""
    subject = tables_of(snapshot, origin)[table][SUBJECTS[table]]
    placed = snapshot.sites.index[sites.placed(snapshot.sites).to_numpy()]
    return Counter(subject_name(key, {}) for key in subject[~subject.isin(placed).to_numpy()])


# --- CSV -----------------------------------------------------------------------------------


def _delimited(frame: pd.DataFrame) -> bytes:
    """Return a table as a CSV file, its values as the model spells them."""
    text = difference.as_text(frame, list(frame.columns)).fillna("")
    return csv_file(frame.columns, text.itertuples(index=False))


def companion(snapshot: Snapshot, origin: Provenance, name: str) -> bytes:
    """Return what a CSV file says of itself, for CSV has no place for it (CSV on the Web).

    Parameters
    ----------
    snapshot, origin
        As in `render`.
    name
        Of the CSV file, beside which this one stands as ``NAME-metadata.json``.
    """
    given = facts(snapshot, origin)
    terms = {"title": "title", "license": "licence", "source": "source", "publisher": "issued_by"}
    head = {"@context": ["http://www.w3.org/ns/csvw", {"@language": language()}], "url": name}
    known = {f"dc:{term}": given[key] for term, key in terms.items() if key in given}
    notes = {key: text for key, text in given.items() if key not in terms.values()}
    whole = {**head, **known, "notes": [notes]}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


# --- maps ----------------------------------------------------------------------------------


def placed(frame: pd.DataFrame, table: str, register: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return rows where their site is, in EPSG:4326; those without a position have no geometry."""
    points = register.geometry.reindex(frame[SUBJECTS[table]].astype(object))
    rows = gpd.GeoDataFrame(
        frame.reset_index(drop=True), geometry=points.to_numpy(), crs=register.crs
    )
    if table != "sites":
        names = register["name_vi"].to_dict()
        subjects = frame[SUBJECTS[table]].fillna("")
        rows.insert(0, "subject_name", [subject_name(key, names) for key in subjects])
    return rows.to_crs(coordinates.WGS84)


def layer(rows: gpd.GeoDataFrame, table: str, kind: str, given: dict[str, str]) -> bytes:
    """Return rows as a map layer of one of `MAPS` that says of itself where it comes from.

    Parameters
    ----------
    rows : GeoDataFrame
        In EPSG:4326, as from `placed`.
    table : str
        What the layer is called.
    kind, given
        One of `MAPS`; the facts, as from `origin.facts`.
    """
    texts = lines(given)
    # KML has no numbers of its own: GDAL would write small ones with an exponent. Those of
    # declarations keep their digits.
    kinds = ["datetime", "number"] if kind == "kml" or table == "declarations" else ["datetime"]
    rows = rows.drop(columns=["lat", "lon"], errors="ignore")
    written = list(rows.select_dtypes(kinds).columns)
    rows[written] = difference.as_text(rows, written).set_axis(rows.index)
    how: dict[str, Any] = {}
    if kind == "kml":
        rows = rows.rename(columns=_OF_KML)
        # Viewers show it as HTML.
        text = "<br/>".join(map(html.escape, texts[1:]))
        how["dataset_options"] = {"NAME": texts[0], "DESCRIPTION": text}
    elif kind == "geojson":
        how["layer_options"] = {"AUTODETECT_JSON_STRINGS": "NO"}  # text in brackets stays text
    else:
        how = {"dataset_metadata": given, "layer_metadata": given}
        how["layer_options"] = {"IDENTIFIER": table_label(table), "DESCRIPTION": "\n".join(texts)}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{table}.{kind}"
        with dated(datetime.fromisoformat(given["made_at"])):
            pyogrio.write_dataframe(rows, path, layer=table, driver=_DRIVERS[kind], **how)
        content = path.read_bytes()
    return _with_members(content, given) if kind == "geojson" else content


@contextmanager
def dated(moment: datetime) -> Iterator[None]:
    """Have a GeoPackage say that it was changed at a moment: equal data, equal files."""
    changed = moment.astimezone(UTC)
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{changed:%Y-%m-%dT%H:%M:%S.000Z}"})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def _with_members(content: bytes, given: dict[str, str]) -> bytes:
    """Return GeoJSON with a member of its own that says where it comes from (RFC 7946, 6.1)."""
    head, brace, rest = content.partition(b"{")
    members = json.dumps({"metadata": given}, ensure_ascii=False)[1:-1].encode()
    return head + brace + b"\n" + members + b"," + rest


# --- workbook ------------------------------------------------------------------------------


def _workbook(tables: Mapping[str, pd.DataFrame], texts: Iterable[str], made_at: datetime) -> bytes:
    def fill(book: Any) -> None:
        book.set_properties({"created": made_at})
        looks = Looks(book)
        for table, frame in tables.items():
            _sheet(book.add_worksheet(table_label(table)), table, frame, looks)
        sheet = book.add_worksheet(ORIGIN_SHEET)
        sheet.set_column(0, 0, 100)
        for row, text in enumerate(texts):
            sheet.write_string(row, 0, text, looks.text)

    return workbook(fill)


def _sheet(sheet: Any, table: str, frame: pd.DataFrame, looks: Looks) -> None:
    """Write a table under the official headers, its values in the official words."""
    heads(sheet, table, list(frame.columns), looks)
    for_paper(sheet)
    sheet.repeat_rows(0)
    for at, column in enumerate(frame.columns):
        sheet.set_column(at, at, _width(table, column, frame[column]))
        for row, value in enumerate(frame[column].astype(object), 1):
            if not pd.isna(value):
                _put(sheet, (row, at), value, (column, _head(table, column)), looks)
    if len(frame):
        sheet.autofilter(0, 0, len(frame), len(frame.columns) - 1)


def _width(table: str, column: str, values: pd.Series) -> float:
    """Return how many characters wide a column is shown: as its first values and header need."""
    if column in _DAYS[table]:
        return _WIDTHS[0] + 2
    texts = values.dropna().astype(str).head(LOOKED_AT)
    labels = (_label(column, text) for text in texts)
    return width(_head(table, column), labels, _WIDTHS)


def _head(table: str, column: str) -> str:
    """Return the header of a column; those of statuses are never taken in again."""
    axis = {name: axis for axis, name in STATUSES.items()}.get(column)
    if axis is None:
        return vocabulary.HEADERS[table][column]
    return _("Status: {axis}").format(axis=axis_label(axis))


def _label(column: str, value: str) -> str:
    """Return a value in the official words."""
    axis = {name: axis for axis, name in STATUSES.items()}.get(column)
    return status_label(axis, value) if axis else vocabulary.label_of(column, value)


def heads(sheet: Any, table: str, columns: list[str], looks: Looks) -> None:
    """Write the official headers of columns, and keep them in sight."""
    for at, column in enumerate(columns):
        sheet.write_string(0, at, _head(table, column), looks.head)
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
        text = _label(column[0], value)
        if len(text) > LONGEST:
            sentence = _(
                "The text in row {row}, column “{column}” is longer than a cell of Excel "
                "holds; export as CSV instead."
            )
            raise OutputError(sentence.format(row=place[0] + 1, column=column[1]))
        sheet.write_string(*place, text, looks.text)
    else:
        sheet.write_number(*place, value)
