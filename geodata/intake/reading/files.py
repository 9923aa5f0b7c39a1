"""Any foreign file as recognised tables of text; what it is, its content tells, not its name.

Not here: how each format is read (``spreadsheet``, ``delimited``, ``vectors``), or what is wrong in
the cells.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from geodata.core.errors import DataError
from geodata.core.progress import Listener, unheard
from geodata.core.text import _, number
from geodata.intake.reading import archive, delimited, headers, legacy, spreadsheet, vectors
from geodata.intake.reading.grid import Grid, LeftOut, Part, Sheet, UnrecognisedError
from geodata.register import vocabulary

LARGEST = 50_000_000  # bytes

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Excel to 2003, and anything with a password
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_GEOPACKAGE = (b"GPKG", b"GP10", b"GP11")  # at byte 68 of an SQLite file
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\x00", b"MM\x00*")
_NO_TABLES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"\x7fELF", b"{\\rtf", b"SQLite format 3\x00")
_OF_SHAPEFILE = (b"\x00\x00\x27\x0a", b"\x03", b"\x83", b"\xf5")  # .shp and .shx; .dbf
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_WORKBOOKS = ("xl/workbook.xml", "xl/workbook.bin")
_TABLES = (
    *(".xlsx", ".xls", ".xlsb", ".ods", ".csv", ".gpkg", ".geojson", ".json", ".gpx"),
    *(".kmz", ".zip"),
)
_BEGINNING = 4096
_SHOWN, _SHORT = 12, 40  # columns named in a sentence, characters of each
_JSON = re.compile(rb'"(type|features|coordinates|geometry)"\s*:')  # of a map, with any fault


def read(content: bytes | Path, name: str, listener: Listener = unheard) -> tuple[Sheet, ...]:
    """Return the tables of sites, evidence and declarations in a file.

    Parameters
    ----------
    content
        The file, or where it is.
    name
        As the person knows it; only for sentences.
    listener
        Called now and then with the share done and a sentence.

    Returns
    -------
    sheets
        At least one; see `Sheet`.

    Raises
    ------
    DataError
        If the file is empty, too large, protected, damaged, holds macros, or is no table.
        Nothing is written but in a temporary folder.
    UnrecognisedError
        If it holds tables, but none of ours.
    """
    name = shown_name(name)
    listener(0.0, _("Reading {name} …").format(name=name))
    sheets: list[Sheet] = []
    unknown: list[Sheet] = []
    left_out: list[LeftOut] = []
    for sheet in _sheets(_filled(content_of(content, name), name), name, listener):
        if isinstance(sheet, LeftOut):
            left_out.append(sheet)
        elif sheet.kind:
            sheets.append(sheet)
        else:
            unknown.append(sheet)
    if not sheets:
        raise _unrecognised(name, unknown)
    left_out += [_no_table_on(sheet.name) for sheet in unknown]
    sheets[0] = sheets[0].leaving_out(*left_out)
    listener(1.0, _("{name} has been read.").format(name=name))
    return tuple(sheets)


def shown_name(name: str) -> str:
    """Return a file's name as sentences show it: without folders, of bounded length."""
    return Path(name.replace("\\", "/")).name[:100] or "?"


def content_of(content: bytes | Path, name: str) -> bytes:
    """Return the content of a file, given itself or by its path.

    Raises
    ------
    DataError
        If it cannot be opened or is too large.
    """
    try:
        size = content.stat().st_size if isinstance(content, Path) else len(content)
        if size <= LARGEST:
            return content.read_bytes() if isinstance(content, Path) else content
    except OSError as error:
        raise DataError(
            _("The file “{path}” cannot be opened ({reason}).").format(
                path=name, reason=error.strerror
            )
        ) from error
    raise DataError(
        _("“{name}” is larger than {limit} MB; split it and try again.").format(
            name=name, limit=number(LARGEST // 1_000_000)
        )
    )


def _filled(content: bytes, name: str) -> bytes:
    """Return the content of a file that is not empty."""
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        raise DataError(_("“{name}” is empty; choose another file.").format(name=name))
    return content


def _sheets(
    content: bytes, name: str, listener: Listener, *, in_parcel: bool = False
) -> Iterator[Sheet | LeftOut]:
    """Yield the tables of a file by what its content is, and what of it was left out."""
    beginning = content[:_BEGINNING].lstrip(b"\xef\xbb\xbf \t\r\n\x1e")
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        with archive.opened(content, name) as opened:
            yield from _packed(content, opened, name, listener, in_parcel=in_parcel)
    elif content.startswith(_OLE):
        yield from _workbook(content, None, name, listener)
    elif content.startswith(b"SQLite format 3\x00") and content[68:72] in _GEOPACKAGE:
        yield from vectors.geopackage(content, name)
    elif beginning.startswith((b"{", b"[")) and _JSON.search(content):
        yield from vectors.geojson(content, name)
    elif beginning.startswith(b"<"):
        yield from _marked_up(content, name)
    elif content.startswith(b"%PDF"):
        raise _other(name, _("a PDF"), _("copy its table into Excel and save it as .xlsx"))
    elif content.startswith(_PICTURES):
        raise _other(name, _("a picture"), _("type its table into Excel and save it as .xlsx"))
    elif content.startswith(_NO_TABLES):
        raise _no_table(name)
    elif content.startswith(_OF_SHAPEFILE):
        raise vectors.incomplete(name)
    else:
        grid, notes = delimited.grid(content, name)
        yield from _recognised(grid, notes)


def _packed(
    content: bytes, opened: zipfile.ZipFile, name: str, listener: Listener, *, in_parcel: bool
) -> Iterator[Sheet | LeftOut]:
    """Yield the tables of a zip archive; a parcel in a parcel is not opened, it may have no end."""
    members = [member for member in opened.namelist() if not archive.is_aside(member)]
    lower = {member.lower() for member in members}
    if lower.intersection(_WORKBOOKS) or _ODS in content[:_BEGINNING]:
        yield from _workbook(content, opened, name, listener)
    elif any(member.lower().endswith((".shp", ".dbf")) for member in members):
        yield from vectors.shapefile(opened, name)
    elif any(member.lower().endswith(".kml") for member in members):
        yield from vectors.kmz(opened, name)
    elif "word/document.xml" in lower:
        raise _other(name, _("a document of Word"), _("copy its table into Excel and save it"))
    else:
        files = [member for member in members if not member.endswith("/")]
        if in_parcel or not any(member.lower().endswith(_TABLES) for member in files):
            raise _no_table(name)
        yield from _several(opened, files, listener)


def _several(
    opened: zipfile.ZipFile, files: list[str], listener: Listener
) -> Iterator[Sheet | LeftOut]:
    """Yield the tables of all files in a zip archive that is only a parcel; name the others."""
    for member in files:
        if not member.lower().endswith(_TABLES):
            yield LeftOut("", Part.FILE, (member,), _("It is not a table or map layer."))
            continue
        content = opened.read(member)
        try:
            items = list(_sheets(content, shown_name(member), listener, in_parcel=True))
        except DataError as error:
            if len(files) == 1:
                raise
            yield LeftOut("", Part.FILE, (member,), str(error))
            continue
        for item in items:
            yield _named_after(member, item) if len(files) > 1 else item


def _named_after(member: str, item: Sheet | LeftOut) -> Sheet | LeftOut:
    """Return a table of a file in a parcel under a name that no other has."""
    if isinstance(item, LeftOut):
        return item._replace(items=tuple(f"{member}: {part}".strip(": ") for part in item.items))
    title = " – ".join(filter(None, (member, item.name)))
    return replace(item, name=title, left_out=tuple(p._replace(sheet=title) for p in item.left_out))


def _workbook(
    content: bytes, opened: zipfile.ZipFile | None, name: str, listener: Listener
) -> Iterator[Sheet | LeftOut]:
    """Yield the tables of a spreadsheet, and what of it was left out."""
    if opened is None and _ENCRYPTED in content:
        raise DataError(
            _("“{name}” is protected by a password; remove it and try again.").format(name=name)
        )
    if opened is None and not any(stream in content for stream in _STREAMS):
        raise _no_table(name)
    doing = _("Reading {name} …").format(name=name)
    for grid in spreadsheet.grids(content, opened, name, lambda share: listener(share, doing)):
        if grid.name in vocabulary.IGNORED_SHEETS:
            reason = _("The sheet belongs to the template: explanations and examples.")
            yield LeftOut("", Part.SHEET, (grid.name,), reason)
        else:
            yield from _recognised(grid)


def _marked_up(content: bytes, name: str) -> Iterator[Sheet | LeftOut]:
    """Yield the tables of a text that begins with a mark, or say what it is."""
    beginning = content[: 1 << 16]
    if re.search(rb"<(\w+:)?kml[\s>]", beginning):
        yield from vectors.kml(content, name)
    elif re.search(rb"<(\w+:)?gpx[\s>]", beginning):
        yield from vectors.gpx(content, name)
    elif b"urn:schemas-microsoft-com:office:spreadsheet" in beginning:
        raise _other(name, _("an XML file of Excel 2003"), _resave())
    elif re.search(rb"<(!doctype\s+html|html|table|head|body|meta)[\s>]", beginning, re.IGNORECASE):
        raise _other(name, _("a web page, whatever its ending"), _resave())
    else:
        raise _no_table(name)


def _recognised(grid: Grid, notes: tuple[str, ...] = ()) -> Iterator[Sheet | LeftOut]:
    """Yield the table of a sheet, or the sheet as left out if it holds none of ours."""
    grid, more = legacy.repaired(grid)
    yield from grid.left_out
    tables = headers.tables(grid)
    if not tables and (unknown := headers.unrecognised(grid)):
        tables = [unknown]
    if tables:
        first, *below = tables
        yield first.noting(*notes, *grid.notes, *more)
        yield from below
    elif grid.rows:
        yield _no_table_on(grid.name)


def _no_table_on(title: str) -> LeftOut:
    reason = _("No table of sites, evidence or declarations was recognised on it.")
    return LeftOut("", Part.SHEET, (title,), reason)


def _unrecognised(name: str, sheets: list[Sheet]) -> UnrecognisedError:
    titles = vocabulary.HEADERS["sites"]
    sentence = _(
        "No table of sites, evidence or declarations was recognised in “{name}”; name the "
        "columns as in the template, for sites at least “{id}” or “{title}” and “{kind}”."
    ).format(name=name, id=titles["id"], title=titles["name_vi"], kind=titles["kind"])
    if columns := [str(header)[:_SHORT] for sheet in sheets for header in sheet.spare]:
        shown = "; ".join(columns[:_SHOWN]) + (" …" if len(columns) > _SHOWN else "")
        sentence += " " + _("The columns of the file: {columns}.").format(columns=shown)
    return UnrecognisedError(sentence, tuple(sheets))


def _no_table(name: str) -> DataError:
    return DataError(
        _(
            "“{name}” is not a table or map layer that can be read; save it as .xlsx, CSV, "
            "GeoPackage, zipped Shapefile, GeoJSON or KML and try again."
        ).format(name=name)
    )


def _other(name: str, what: str, remedy: str) -> DataError:
    """Return the sentence for a file that is something else: what it is, and what to do."""
    return DataError(
        _("“{name}” is {what}; {remedy}, and try again.").format(
            name=name, what=what, remedy=remedy
        )
    )


def _resave() -> str:
    return _("open it in Excel and choose Save as .xlsx")
