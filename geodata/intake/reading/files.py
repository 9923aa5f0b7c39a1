"""Any foreign file as recognised tables of text; what it is, its content tells, not its name.

Not here: how each format is read (``workbook``, ``delimited``, ``vectors``), or what is wrong in
the cells.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from geodata.core.errors import DataError
from geodata.core.progress import Listener, unheard
from geodata.core.text import _, number
from geodata.intake.reading import archive, delimited, headers, legacy, vectors, workbook
from geodata.intake.reading.grid import Grid, Sheet
from geodata.register import vocabulary

LARGEST = 50_000_000  # bytes

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Excel to 2003, and anything with a password
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_GEOPACKAGE = (b"GPKG", b"GP10", b"GP11")  # at byte 68 of an SQLite file
_NO_TABLES = (
    *(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b"),
    *(b"RIFF", b"II*\x00", b"MM\x00*", b"\x7fELF", b"{\\rtf", b"SQLite format 3\x00"),
)
_BEGINNING = 4096


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
        If the file is empty, too large, protected, damaged, holds macros or formulas, is no
        table, or no table in it is recognised. Nothing is written but in a temporary folder.
    """
    name = shown_name(name)
    listener(0.0, _("Reading {name} …").format(name=name))
    sheets, left_out = [], []
    for sheet in _sheets(_filled(content_of(content, name), name), name, listener):
        if isinstance(sheet, Sheet):
            sheets.append(sheet)
        else:
            left_out.append(sheet)
    if not sheets:
        raise _unrecognised(name)
    if left_out:
        listed = ", ".join(f"“{title}”" for title in left_out)
        note = _("Sheets without a recognised table, left out: {sheets}.").format(sheets=listed)
        sheets[0] = sheets[0].noting(note)
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


def _sheets(content: bytes, name: str, listener: Listener) -> Iterator[Sheet | str]:
    """Yield the tables of a file by what its content is, and the names of other sheets."""
    beginning = content[:_BEGINNING].lstrip(b"\xef\xbb\xbf \t\r\n")
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        with archive.opened(content, name) as opened:
            yield from _packed(opened, name, listener)
    elif content.startswith(_OLE):
        raise _old_excel(name, locked=_ENCRYPTED in content)
    elif content.startswith(b"SQLite format 3\x00") and content[68:72] in _GEOPACKAGE:
        yield from vectors.geopackage(content, name)
    elif beginning.startswith(b"{") and re.search(rb'"type"\s*:\s*"Feature', content):
        yield from vectors.geojson(content, name)
    elif beginning.startswith(b"<"):
        if not re.search(rb"<(\w+:)?kml[\s>]", content[: 1 << 16]):
            raise _no_table(name)
        yield from vectors.kml(content, name)
    elif content.startswith(_NO_TABLES):
        raise _no_table(name)
    else:
        grid, notes = delimited.grid(content, name)
        yield from _recognised(grid, notes)


def _packed(opened: zipfile.ZipFile, name: str, listener: Listener) -> Iterator[Sheet | str]:
    """Yield the tables of a zip archive."""
    members = opened.namelist()
    if "xl/workbook.xml" in members:
        doing = _("Reading {name} …").format(name=name)
        for grid in workbook.grids(opened, name, lambda share: listener(share, doing)):
            if grid.name not in vocabulary.IGNORED_SHEETS:
                yield from _recognised(grid)
    elif any(member.lower().endswith(".shp") for member in members):
        yield from vectors.shapefile(opened, name)
    elif documents := [member for member in members if member.lower().endswith(".kml")]:
        yield from vectors.kml(opened.read(documents[0]), name)
    else:
        raise _no_table(name)


def _recognised(grid: Grid, notes: tuple[str, ...] = ()) -> Iterator[Sheet | str]:
    """Yield the table of a sheet, or its name if it holds none of ours."""
    grid, more = legacy.repaired(grid)
    sheet = headers.sheet(grid)
    yield sheet.noting(*notes, *more) if sheet else grid.name


def _unrecognised(name: str) -> DataError:
    titles = vocabulary.HEADERS["sites"]
    return DataError(
        _(
            "No table of sites, evidence or declarations was recognised in “{name}”; name the "
            "columns as in the template, for sites at least “{id}” or “{title}” and “{kind}”."
        ).format(name=name, id=titles["id"], title=titles["name_vi"], kind=titles["kind"])
    )


def _no_table(name: str) -> DataError:
    return DataError(
        _(
            "“{name}” is not a table or map layer that can be read; save it as .xlsx, CSV, "
            "GeoPackage, zipped Shapefile, GeoJSON or KML and try again."
        ).format(name=name)
    )


def _old_excel(name: str, *, locked: bool) -> DataError:
    if locked:
        return DataError(
            _("“{name}” is protected by a password; remove it and try again.").format(name=name)
        )
    return DataError(
        _("“{name}” is in the old Excel format (.xls); save it as .xlsx and try again.").format(
            name=name
        )
    )
