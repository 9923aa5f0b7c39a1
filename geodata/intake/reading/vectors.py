"""Map files (GeoPackage, Shapefile, GeoJSON, KML, GPX) as tables: what of each is read or left out.

Files are given to GDAL only from a folder of our own, after their content is known. Not here:
finding out what a file is (``files``), how formats of text become features (``placemarks``,
``geojson``, ``gpx``), or how a layer becomes a table (``layer``).
"""

import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from pyproj import CRS

from geodata.core.errors import DataError
from geodata.core.text import _, number
from geodata.geography.coordinates import WGS84
from geodata.intake.reading import dbase, placemarks
from geodata.intake.reading import geojson as json_features
from geodata.intake.reading import geopackage as packages
from geodata.intake.reading import gpx as waypoints
from geodata.intake.reading.archive import damaged, is_aside
from geodata.intake.reading.grid import LeftOut, Part, Sheet, Size
from geodata.intake.reading.layer import (
    READ_ERRORS,
    Layer,
    layer_names,
    of_features,
    stored,
    tables,
    unique_names,
)

LAYERS = 50
_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_BESIDE = (".sbn", ".sbx", ".qix", ".qpj", ".qmd", ".fix", ".idm", ".ind", ".shp.xml")


def geopackage(content: bytes, name: str) -> Iterator[Sheet | LeftOut]:
    """Yield the recognised layers of a GeoPackage, and what of it was left out.

    Raises
    ------
    DataError
        If it cannot be read, is too large, or nothing in it is recognised.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder, "layers.gpkg")
        contents = packages.write_harmless(content, path, name)
        yield from tables(_of_package(path, name, contents), name, contents.notes)


def _of_package(path: Path, name: str, contents: packages.Contents) -> Iterator[Layer | LeftOut]:
    """Yield the layers of a GeoPackage that is safe to open."""
    yield from contents.left_out
    try:
        every = layer_names(path) if contents.listed else []
        titles = [title for title in every if title in contents.tables]
        size = Size()
        for title in titles[:LAYERS]:
            yield _read_or_named(
                Part.LAYER,
                title,
                partial(stored, path, title, size, columns=contents.tables[title]),
            )
    except READ_ERRORS as error:
        raise damaged(name) from error
    if beyond := titles[LAYERS:]:
        yield LeftOut("", Part.LAYER, tuple(beyond), _beyond())
    if unlisted := tuple(title for title in contents.tables if title not in titles):
        yield LeftOut("", Part.LAYER, unlisted, _("The file does not list it as a layer."))


def shapefile(archive: zipfile.ZipFile, name: str) -> Iterator[Sheet | LeftOut]:
    """Yield the recognised layers of zipped Shapefiles, and what was left out.

    Raises
    ------
    DataError
        If none is whole, one cannot be read, or nothing is recognised.
    """
    yield from tables(_of_archive(archive, name), name)


def _of_archive(archive: zipfile.ZipFile, name: str) -> Iterator[Layer | LeftOut]:
    """Yield the layers of an archive; files that belong to none are named."""
    files = [m for m in archive.namelist() if not (is_aside(m) or m.endswith("/"))]
    members = {member.lower(): member for member in files}
    stems = [member.removesuffix(".shp") for member in members if member.endswith(".shp")]
    whole = [stem for stem in stems if {stem + ".shx", stem + ".dbf"} <= set(members)]
    if not whole:
        raise incomplete(name)
    titles = [PurePosixPath(members[stem + ".shp"]).stem for stem in whole]
    size = Size()
    for stem, title in list(zip(whole, titles, strict=True))[:LAYERS]:
        unique = title if titles.count(title) == 1 else members[stem + ".shp"].removesuffix(".shp")
        parts = {suffix: members[stem + suffix] for suffix in _PARTS if stem + suffix in members}
        reader = partial(_shapefile, archive, parts, unique, size)
        yield _read_or_named(Part.FILE, members[stem + ".shp"], reader)
    own = {stem + suffix for stem in stems for suffix in (*_PARTS, *_BESIDE)}
    untaken = (
        ([s for s in stems if s not in whole], _("A part of it is missing: .shp, .shx or .dbf.")),
        (whole[LAYERS:], _beyond()),
    )
    for missing, reason in untaken:
        if missing:
            gone = tuple(members[stem + ".shp"] for stem in missing)
            yield LeftOut("", Part.FILE, gone, reason)
    if others := tuple(member for low, member in members.items() if low not in own):
        yield LeftOut("", Part.FILE, others, _("It belongs to no Shapefile that is read."))


def _read_or_named(part: Part, title: str, reader: Callable[[], Layer]) -> Layer | LeftOut:
    """Return a layer, or what was left out if it alone is damaged."""
    try:
        return reader()
    except READ_ERRORS:
        return LeftOut("", part, (title,), _("It is damaged and cannot be read."))


def incomplete(name: str) -> DataError:
    """Return the sentence for a Shapefile that is not whole."""
    return DataError(
        _(
            "“{name}” lacks parts of the Shapefile: .shp, .shx and .dbf (and .prj) have "
            "to be in one zip file."
        ).format(name=name)
    )


def _shapefile(
    archive: zipfile.ZipFile, members: Mapping[str, str], title: str, size: Size
) -> Layer:
    """Return one Shapefile; its letters and the names of its fields are read by us."""
    contents = {suffix: archive.read(member) for suffix, member in members.items()}
    codepage = contents.pop(".cpg", b"").decode("ascii", "replace").strip()
    contents[".dbf"], names = dbase.plain_names(contents[".dbf"])
    with TemporaryDirectory() as folder:
        for suffix, content in contents.items():
            Path(folder, "layer" + suffix).write_bytes(content)
        layer = stored(Path(folder, "layer.shp"), "layer", size, title=title, encoding="ISO-8859-1")
    titles = [field.raw.decode("latin-1") for field in names][: len(layer.fields)]
    columns, notes = dbase.letters([titles, *layer.fields.values()], title, codepage)
    written = dict(zip(unique_names(columns[0]), columns[1:], strict=True))
    meant, more = dbase.whole(written, [field.is_cut for field in names][: len(written)])
    titles = [meant.get(field, field) for field in written]
    return layer._replace(
        fields=dict(zip(titles, written.values(), strict=True)),
        types=dict(zip(titles, layer.types.values(), strict=True)),
        notes=(*layer.notes, *notes, *more),
    )


def _beyond() -> str:
    return _("Only the first {n} layers of a file are read.").format(n=number(LAYERS))


def geojson(content: bytes, name: str) -> Iterator[Sheet | LeftOut]:
    """Yield the layer of a GeoJSON file.

    Raises
    ------
    DataError
        If it cannot be read, is too large, or is not recognised.
    """
    document = json_features.read(content, name)
    layer = of_features("", document.features, document.crs, document.notes)
    yield from tables([layer], name)


def kml(content: bytes, name: str) -> Iterator[Sheet | LeftOut]:
    """Yield the placemarks of a KML document, with all folders in one table.

    Raises
    ------
    DataError
        If it is no KML, declares entities, is too large, or is not recognised.
    """
    yield from tables(_of_document("", content, name), name)


def kmz(archive: zipfile.ZipFile, name: str) -> Iterator[Sheet | LeftOut]:
    """Yield the placemarks of all documents of a KMZ, the main one first.

    Raises
    ------
    DataError
        As for one document.
    """
    files = [m for m in archive.namelist() if not (is_aside(m) or m.endswith("/"))]
    documents = [member for member in files if member.lower().endswith(".kml")]
    documents.sort(key=lambda member: (member.lower() != "doc.kml", member.count("/")))
    items: list[Layer | LeftOut] = []
    for member in documents[:LAYERS]:
        title = member if len(documents) > 1 else ""
        try:
            items += _of_document(title, archive.read(member), name)
        except DataError as error:
            if len(documents) == 1:
                raise
            items.append(LeftOut("", Part.FILE, (member,), str(error)))
    if beyond := documents[LAYERS:]:
        items.append(LeftOut("", Part.FILE, tuple(beyond), _beyond()))
    if others := [member for member in files if member not in documents]:
        items.append(LeftOut("", Part.FILE, tuple(others), _("It is no document with places.")))
    yield from tables(items, name)


def _of_document(title: str, content: bytes, name: str) -> Iterator[Layer | LeftOut]:
    """Yield the placemarks of one document, their kind by their folder where none is written."""
    document = placemarks.read(content, name)
    yield from document.left_out
    notes = placemarks.kinds_by_folder(document.features)
    layer = of_features(title, document.features, CRS(WGS84), (*document.notes, *notes))
    folders = {folder: None for f in document.features for folder in f.folders[-1:]}
    unknown = tuple(folder for folder in folders if not placemarks.kind_of(folder))
    if unknown:
        reason = _("The name of the folder is no kind of site.")
        yield LeftOut(title, Part.CELL, unknown, reason)
    yield layer


def gpx(content: bytes, name: str) -> Iterator[Sheet | LeftOut]:
    """Yield the waypoints of a GPX file; its tracks and routes are named.

    Raises
    ------
    DataError
        If it is damaged, is too large, or has no waypoints.
    """
    document = waypoints.read(content, name)
    layer = of_features("", document.features, CRS(WGS84), ())
    yield from tables([*document.left_out, layer], name)
