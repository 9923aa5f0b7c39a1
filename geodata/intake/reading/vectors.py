"""Layers of features (GeoPackage, Shapefile, GeoJSON, KML) as tables with a position each.

Files are given to GDAL only from memory or a folder of our own, after their content is known.
Not here: finding out what a file is (``files``).
"""

import re
import zipfile
from collections.abc import Container, Iterator
from decimal import Decimal
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
from pyproj import CRS
from pyproj.exceptions import CRSError

from geodata.core.errors import DataError
from geodata.core.text import _, number
from geodata.geography.coordinates import WGS84, vn2000
from geodata.intake.reading import headers, legacy, placemarks
from geodata.intake.reading.archive import damaged
from geodata.intake.reading.grid import Grid, Sheet, Size

LAYERS = 50
_SIDECARS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_DEGREES = 360.0  # numbers beyond are metres
_DECIMALS = 8  # of a degree: a millimetre
_TM3, _UTM = 0.9999, 0.9996  # the scales of VN-2000 in zones of 3 and of 6 degrees
_VIRTUAL = re.compile(rb"create\s+virtual\s+table[^;\0]{0,300}?using\s+(\w+)", re.IGNORECASE)
_TABLE = re.compile(rb'create\s+table\s+["`\[]?([^"`\[\]\0(]{1,200}?)["`\]]?\s*\(', re.IGNORECASE)
_MEMBER = re.compile(rb'"((?:[^"\\]|\\.){0,200})"\s*:')
_NOT_FIELDS = 50  # names of members that GeoJSON itself has, and some foreign ones
_SEPARATOR = "\x1f"
_MERIDIANS = (102.0, 111.0)
_READ_ERRORS = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.FeatureError,
    pyogrio.errors.FieldError,
    pyogrio.errors.GeometryError,
    CRSError,
    ValueError,
    UnboundLocalError,  # pyogrio, where the coordinate system cannot be read
)


def geopackage(content: bytes, name: str) -> Iterator[Sheet]:
    """Yield the recognised layers of a GeoPackage.

    Raises
    ------
    DataError
        If it cannot be read, is too large, or has tables that lead to other files.
    """
    # Only the indexes that the format itself prescribes may be virtual.
    if {module.lower() for module in _VIRTUAL.findall(content)} - {b"rtree"}:
        raise damaged(name)
    stored = {table.decode("utf-8", "replace") for table in _TABLE.findall(content)}
    with TemporaryDirectory() as folder:
        path = Path(folder, "layers.gpkg")
        path.write_bytes(content)
        yield from _layers(path, name, stored=stored)


def shapefile(archive: zipfile.ZipFile, name: str) -> Iterator[Sheet]:
    """Yield the recognised layers of zipped Shapefiles.

    Raises
    ------
    DataError
        If one lacks its parts, or cannot be read.
    """
    members = {member.lower(): member for member in archive.namelist()}
    shapefiles = [member for member in members if member.endswith(".shp")][:LAYERS]
    for member in shapefiles:
        stem = member.removesuffix(".shp")
        if not {stem + ".shx", stem + ".dbf"} <= set(members):
            raise DataError(
                _(
                    "“{name}” lacks parts of the Shapefile: .shp, .shx and .dbf (and .prj) have "
                    "to be in one zip file."
                ).format(name=name)
            )
        with TemporaryDirectory() as folder:
            for suffix in _SIDECARS:
                if stem + suffix in members:
                    with archive.open(members[stem + suffix]) as source:
                        Path(folder, "layer" + suffix).write_bytes(source.read())
            title = PurePosixPath(members[member]).stem
            known = stem + ".cpg" in members
            yield from _layers(Path(folder, "layer.shp"), name, title, known=known)


def geojson(content: bytes, name: str) -> Iterator[Sheet]:
    """Yield the layer of a GeoJSON file.

    Raises
    ------
    DataError
        If it cannot be read or is too large.
    """
    names = set()
    for member in _MEMBER.finditer(content):
        names.add(member[1])
        Size().add(0, len(names) - _NOT_FIELDS, 0)  # before GDAL makes a field of each
    with TemporaryDirectory() as folder:
        path = Path(folder, "layer.geojson")
        path.write_bytes(content)
        yield from _layers(path, name, "")


def kml(content: bytes, name: str) -> Iterator[Sheet]:
    """Yield the placemarks of a KML document, with all folders in one table.

    Raises
    ------
    DataError
        If it is no KML, declares entities, or is too large.
    """
    try:
        features = placemarks.features(content, name)
    except ValueError as error:
        raise damaged(name) from error
    fields = list(dict.fromkeys(field for feature in features for field in feature.fields))
    table = {field: [feature.fields.get(field, "") for feature in features] for field in fields}
    points = gpd.GeoSeries([feature.geometry for feature in features], crs=WGS84)
    yield from _table("", table, points)


def _layers(
    path: Path,
    name: str,
    title: str | None = None,
    *,
    known: bool = True,
    stored: Container[str] | None = None,
) -> Iterator[Sheet]:
    """Yield the recognised layers of a file on disk; letters not known are found out.

    Only layers that are stored are read, if it is told which: a view may be endless.
    """
    try:
        layers = pyogrio.list_layers(path)[:LAYERS]
        size = Size()
        for layer, _kind in layers:
            if stored is not None and layer not in stored:
                continue
            about = pyogrio.read_info(path, layer=layer, force_feature_count=True)
            features, width = int(about["features"]), len(about["fields"])
            size.add(features, width, features * max(width, 1))
            frame = pyogrio.read_dataframe(
                path, layer=layer, encoding=None if known else "ISO-8859-1"
            )
            if not frame.columns.is_unique:
                raise damaged(name)
            fields = {
                str(column): _texts(frame[column]) for column in frame if column != "geometry"
            }
            fields, notes = (fields, ()) if known else _letters(fields, name)
            points = frame.geometry if isinstance(frame, gpd.GeoDataFrame) else None
            yield from _table(str(layer) if title is None else title, fields, points, notes)
    except _READ_ERRORS as error:
        raise damaged(name) from error


def _table(
    title: str,
    fields: dict[str, list[str]],
    shapes: gpd.GeoSeries | None,
    notes: tuple[str, ...] = (),
) -> Iterator[Sheet]:
    """Yield a layer as a table, if it is one of ours."""
    written = dict(enumerate([[*fields], *map(list, zip(*fields.values(), strict=True))]))
    repaired, more = legacy.repaired(Grid(title, written))
    names, *rows = repaired.rows.values()
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    kept, position_notes = _positions(shapes)
    sheet = headers.layer(title, dict(zip(names, map(list, columns), strict=True)), kept)
    if sheet:
        yield sheet.noting(*notes, *more, *position_notes)


def _texts(values: pd.Series) -> list[str]:
    """Return a field as text: days as ISO, numbers as plain digits, booleans as yes and no."""
    if pd.api.types.is_datetime64_any_dtype(values):
        return [str(day) for day in values.dt.strftime("%Y-%m-%d").fillna("")]
    return ["" if _is_missing(value) else _plain(value) for value in values.tolist()]


def _is_missing(value: Any) -> bool:
    """Say whether a field is blank."""
    return value is None or value is pd.NA or (isinstance(value, float) and np.isnan(value))


def _plain(value: Any) -> str:
    """Return one value as text."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else format(Decimal(repr(value)), "f")
    return str(value)


def _letters(
    fields: dict[str, list[str]], name: str
) -> tuple[dict[str, list[str]], tuple[str, ...]]:
    """Return fields read as Latin-1 in the letters they were written in, and a note."""
    parts = [text for field, column in fields.items() for text in (field, *column)]
    raw = _SEPARATOR.join(parts).encode("latin-1", "replace")
    notes: tuple[str, ...] = ()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text, encoding = legacy.decoded(raw, name)
        notes = (legacy.note(encoding),)
    pieces = iter(text.split(_SEPARATOR))
    return {next(pieces): [next(pieces) for _value in column] for column in fields.values()}, notes


def _positions(shapes: gpd.GeoSeries | None) -> tuple[dict[str, list[str]], tuple[str, ...]]:
    """Return the columns that geometries make, and notes on how."""
    if shapes is None:
        return {}, ()
    there = (~(shapes.isna() | shapes.is_empty)).to_numpy()
    if not there.any():
        return {}, ()
    notes = []
    drawn = there & (shapes.geom_type != "Point").to_numpy()
    if drawn.any():
        note = _("{n} lines or areas are represented by a point on each.")
        notes.append(note.format(n=number(int(drawn.sum()))))
    points = shapes[there].representative_point()
    farthest = np.abs(np.concatenate([points.x, points.y])).max()
    if farthest > _DEGREES and (points.crs is None or points.crs.is_geographic):
        notes.append(
            _("The layer names no coordinate system in metres: taken as VN-2000, X north, Y east.")
        )
        columns = {"vn2000_x": points.y, "vn2000_y": points.x}
        decimals = 3
    else:
        points, how = _to_wgs84(points)
        notes += how
        columns = {"lat": points.y, "lon": points.x}
        decimals = _DECIMALS
    texts = {}
    for column, values in columns.items():
        text = np.full(len(shapes), "", dtype=object)
        text[there] = [f"{v:.{decimals}f}".rstrip("0").rstrip(".") for v in values]
        texts[column] = text.tolist()
    return texts, tuple(notes)


def _to_wgs84(points: gpd.GeoSeries) -> tuple[gpd.GeoSeries, list[str]]:
    """Return points in EPSG:4326, and a note if they were in anything else."""
    if points.crs is None:
        note = _("The layer names no coordinate system: taken as WGS 84.")
        return points.set_crs(WGS84), [note]
    if points.crs == CRS(WGS84) or points.crs.to_epsg() == 4326:  # noqa: PLR2004
        return points, []
    definition = _pinned(points.crs)
    if definition is None:
        code = points.crs.to_epsg()
        note = _("Converted from {crs} to WGS 84.").format(
            crs=f"EPSG:{code}" if code else points.crs.name
        )
    else:
        points = points.set_crs(definition, allow_override=True)
        note = _("Converted from {crs} by the official VN-2000 parameters.").format(
            crs=f"VN-2000{_meridian(definition)}"
        )
    return points.to_crs(WGS84), [note]


def _meridian(definition: str) -> str:
    """Return the central meridian of a definition as papers write it: `` 105°30′``."""
    match = re.search(r"lon_0=([0-9.]+)", definition)
    degrees, part = divmod(float(match[1]), 1) if match else (0.0, 0.0)
    return f" {degrees:.0f}°{part * 60:02.0f}′" if match else ""


def _pinned(crs: CRS) -> str | None:
    """Return VN-2000 tied to WGS 84 by the official parameters, None for any other system.

    Files name it in many ways, or only by its projection: a scale of 0.9999 on a meridian of
    Việt Nam is no other. PROJ's own choice for it is 0.81 m off, a TOWGS84 of zeros 225 m.
    """
    plain = crs.source_crs if crs.is_bound and crs.source_crs else crs
    datum = plain.datum.name if plain.datum else ""
    named = re.search(
        r"vn[-_ ]?2000|viet[-_ ]?nam[-_ ]?2000", f"{plain.name} {datum}", re.IGNORECASE
    )
    if plain.is_geographic:
        return _geographic() if named else None
    projection = plain.coordinate_operation
    if projection is None or "Transverse Mercator" not in projection.method_name:
        return None
    values = {parameter.name: parameter.value for parameter in projection.params}
    meridian = float(values.get("Longitude of natural origin", 0.0))
    scale = round(float(values.get("Scale factor at natural origin", 0.0)), 6)
    is_ours = scale == _TM3 or (scale == _UTM and named)
    if not is_ours or not _MERIDIANS[0] <= meridian <= _MERIDIANS[1]:
        return None
    return vn2000(meridian).replace(f"+k={_TM3}", f"+k={scale:.10g}")


def _geographic() -> str:
    """Return VN-2000 in degrees, with the parameters of its grid."""
    shift = next(part for part in vn2000().split() if part.startswith("+towgs84="))
    return f"+proj=longlat +ellps=WGS84 {shift} +no_defs"
