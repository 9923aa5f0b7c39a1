"""A release: all open data of a day as files in a folder, the same each time, never overwritten.

Its name says data version and day; once it stands, nothing in it changes. Not here: what is in the
tables (``tables``), or which release a command makes (``commands.release``).
"""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from geodata.core.files import OutputError, reason, write_whole
from geodata.core.text import _, in_each, speaking
from geodata.outputs.data.exchange import MAPS
from geodata.outputs.data.origin import Provenance, facts, lines
from geodata.outputs.open import catalogue, packages
from geodata.outputs.open.catalogue import Distribution
from geodata.outputs.open.dictionary import table_title
from geodata.outputs.open.formats import WRITERS, book_of, dictionary, fits, geopackage, left_out
from geodata.outputs.open.packages import Described
from geodata.outputs.open.tables import NAMES, PLACED, Tables, tables_of
from geodata.store import SIMULATED, Snapshot

PACKAGE, CATALOGUE = "datapackage.json", "catalog.jsonld"
DICTIONARY, ABOUT = "dictionary.csv", "README.txt"
WHOLE = "hau-giang"
"""What the workbook and the GeoPackage are called, which hold all tables."""

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json",
    "gpkg": "application/geopackage+sqlite3",
    "json": "application/json",
    "jsonld": catalogue.MEDIA_TYPE,
    "kml": "application/vnd.google-earth.kml+xml",
    "parquet": "application/vnd.apache.parquet",
    "txt": "text/plain; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
OURS = ("csv", "geojson")
"""Formats written by us to the byte, whatever a library's version: they tell releases apart."""


class ReleasedFile(NamedTuple):
    """A file of a release: where it is, what it is called in both languages, what and how large."""

    path: Path
    title: Mapping[str, str]
    media_type: str
    bytes: int


Contents = dict[str, tuple[Mapping[str, str], bytes]]
"""Files by name: titles by language, and bytes."""


def name_of(snapshot: Snapshot, origin: Provenance) -> str:
    """Return what a release is called: its data version and day, and what was known if earlier."""
    known = "" if origin.known_at == origin.made_at.date() else f"-known-{origin.known_at}"
    simulated = "mo-phong-" if snapshot.workspace == SIMULATED else ""
    return f"{simulated}{snapshot.version}-{origin.as_of}{known}"


def release(snapshot: Snapshot, folder: Path, origin: Provenance) -> list[ReleasedFile]:
    """Write a release of what all may see into a folder of its own below `folder`.

    The same again changes nothing and gives the same list. Texts that need a language are
    Vietnamese; titles, dictionary, package and catalogue have both.

    Parameters
    ----------
    snapshot : Snapshot
        What was last published, as from ``Store.load(…, published=True)``.
    folder : Path
        Below which the release gets its folder, `name_of` it.
    origin : Provenance
        As from `tables.origin_of`: the day looked at (`as_of`) and its plan; `known_at` and
        `made_at` are of the moment when the data version was entered, the same each time.

    Returns
    -------
    list of ReleasedFile
        Tables first, then what describes them: path, title by language, media type, bytes.

    Raises
    ------
    OutputError
        If something else stands under that name, or the disk refuses.
    """
    place = folder / name_of(snapshot, origin)
    if place.exists():
        with speaking("vi"):
            origin = replace(origin, public=True)
            tables, about = tables_of(snapshot, origin), facts(snapshot, origin)
            ours = _written(tables, about, OURS)
        _require_same(place, {file: content for file, (_titles, content) in ours.items()})
    else:
        _write(place, contents(snapshot, origin))
    return _listed(place)


def contents(snapshot: Snapshot, origin: Provenance) -> Contents:
    """Return every file of a release by name, with its titles; what `release` writes."""
    with speaking("vi"):
        origin = replace(origin, public=True)
        tables, about = tables_of(snapshot, origin), facts(snapshot, origin)
        return _described(
            _written(tables, about, WRITERS) | _whole(tables, snapshot, origin), about
        )


def _written(tables: Tables, about: dict[str, str], kinds: Iterable[str]) -> Contents:
    """Return the tables in some formats, by file name, each with its title."""
    return {
        f"{table}.{kind}": (_titles(table), WRITERS[kind](tables[table], table, about))
        for kind in kinds
        for table in (PLACED if kind in MAPS else NAMES)
        if fits(tables[table], kind)
    }


def _titles(table: str) -> Mapping[str, str]:
    return in_each(lambda: table_title(table))


def _whole(tables: Tables, snapshot: Snapshot, origin: Provenance) -> Contents:
    """Return the files of all tables, and those that say what they are in words."""
    about = facts(snapshot, origin)
    return {
        f"{WHOLE}.xlsx": (_all_in(tables, "xlsx"), book_of(tables, about)),
        f"{WHOLE}.gpkg": (_all_in(tables, "gpkg"), geopackage(tables, about)),
        DICTIONARY: (in_each(lambda: _("Data dictionary")), dictionary()),
        ABOUT: (in_each(lambda: _("About this data")), _about(snapshot, origin, tables)),
    }


def _all_in(tables: Tables, kind: str) -> Mapping[str, str]:
    """Return what a file of all tables is called, and so that nobody takes some for all."""
    if all(fits(table, kind) for table in tables.values()):
        return in_each(lambda: _("All tables"))
    return in_each(lambda: _("All tables that are not too long for it"))


def _described(contents: Contents, about: Mapping[str, str]) -> Contents:
    """Return files with those that describe them for programs."""
    described = [
        Described(file, titles, media_type(file), len(content), _digest(content))
        for file, (titles, content) in contents.items()
    ]
    listed = [Distribution(d.title, d.name, d.media_type, d.size) for d in described]
    return {
        **contents,
        PACKAGE: (in_each(lambda: _("Data package")), packages.document(about, described)),
        CATALOGUE: (in_each(lambda: _("Catalogue")), catalogue.document(about, listed)),
    }


def _listed(place: Path) -> list[ReleasedFile]:
    """Return the files of a release that stands, as its package names them."""
    package = json.loads((place / PACKAGE).read_bytes())
    titles = {
        one["path"]: {"vi": one["title"], "en": one["title_en"]} for one in package["resources"]
    }
    titles[PACKAGE] = in_each(lambda: _("Data package"))
    titles[CATALOGUE] = in_each(lambda: _("Catalogue"))
    return [
        ReleasedFile(place / file, title, media_type(file), (place / file).stat().st_size)
        for file, title in titles.items()
    ]


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def media_type(file: str) -> str:
    """Return what kind of file it is, by its name."""
    return MEDIA_TYPES[file.rpartition(".")[2]]


def _about(snapshot: Snapshot, origin: Provenance, tables: Tables) -> bytes:
    """Return where the data comes from and what may be done with it, in both languages."""
    parts = in_each(
        lambda: [*lines(facts(snapshot, origin)), *left_out(tables), "", catalogue.description()]
    )
    return "\n\n".join(map("\n".join, parts.values())).encode() + b"\n"


# --- writing -----------------------------------------------------------------------------------


def _write(place: Path, contents: Contents) -> None:
    """Write a folder under a temporary name and rename it, so that no reader sees half of it."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=place.parent, prefix=f".{place.name}"))
        try:
            for file, (_titles, content) in contents.items():
                write_whole(draft / file, content)
            draft.chmod(0o755)
            draft.rename(place)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
    except OSError as error:
        sentence = _(
            "“{path}” could not be written ({reason}); free some space or choose another folder."
        )
        raise OutputError(sentence.format(path=place, reason=reason(error))) from error


def _require_same(place: Path, ours: Mapping[str, bytes]) -> None:
    """Refuse a release of other tables, or one that is no longer what it was."""
    try:
        there = {file.name: file.read_bytes() for file in place.iterdir()}
        listed = json.loads(there[PACKAGE])["resources"]
        digests = {one["path"]: one["hash"] for one in listed}
        whole = all(digests[file] == f"sha256:{_digest(there[file])}" for file in digests)
        same = all(there[file] == content for file, content in ours.items())
        unchanged = whole and same and CATALOGUE in there
    except (OSError, KeyError, ValueError):
        unchanged = False
    if not unchanged:
        sentence = _("The release “{path}” stands already with other content; nothing was changed.")
        raise OutputError(sentence.format(path=place))
